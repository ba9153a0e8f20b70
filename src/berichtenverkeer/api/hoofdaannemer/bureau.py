"""Who calls: a hoofdaannemer at its bureau, or a partner at the balie."""

from typing import Annotated

from fastapi import Depends

from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.partner import Balie
from ...partijen.partij import Partij, Partijrol
from ..antwoord.problemen import niet_gevonden
from ..rondom.aanmelding import DePartij
from ..rondom.knooppunt import HetKnooppunt, Knooppunt

WORTEL = "/hoofdaannemer"
"""Where all that is of a hoofdaannemer stands."""


def bureau_van(knooppunt: Knooppunt, partij: Partij) -> Bedrijfsbureau | None:
    """The bureau of a party; None for what is no hoofdaannemer, whose lists are empty."""
    if partij.rol is not Partijrol.HOOFDAANNEMER:
        return None
    return Bedrijfsbureau(knooppunt.engine, partij.code, knooppunt.kalender)


def eis_bureau(bureau: Bedrijfsbureau | None) -> Bedrijfsbureau:
    """A bureau that is there. Raises problem 404."""
    if bureau is None:
        raise niet_gevonden("Dit")
    return bureau


def balie_van(knooppunt: Knooppunt, partij: Partij) -> Balie:
    """Where a party is a partner."""
    return Balie(knooppunt.engine, partij.code, knooppunt.kalender)


async def bureau_of_niets(knooppunt: HetKnooppunt, partij: DePartij) -> Bedrijfsbureau | None:
    """The bureau of who calls; None for who is no hoofdaannemer."""
    return bureau_van(knooppunt, partij)


BureauOfNiets = Annotated[Bedrijfsbureau | None, Depends(bureau_of_niets)]


async def het_bureau(bureau: BureauOfNiets) -> Bedrijfsbureau:
    """The bureau of who calls. Raises problem 404 for who is no hoofdaannemer."""
    return eis_bureau(bureau)


HetBureau = Annotated[Bedrijfsbureau, Depends(het_bureau)]


async def de_balie(knooppunt: HetKnooppunt, partij: DePartij) -> Balie:
    """Where who calls is a partner."""
    return balie_van(knooppunt, partij)


DeBalie = Annotated[Balie, Depends(de_balie)]
