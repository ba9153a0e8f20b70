"""Who calls: a hoofdaannemer at its bureau, or a partner at the balie."""

from typing import Annotated

from fastapi import Depends

from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.partner import Balie
from ...partijen.partij import Partijrol
from ..aanmelding import DePartij
from ..knooppunt import HetKnooppunt
from ..problemen import niet_gevonden

WORTEL = "/hoofdaannemer"
"""Where all that is of a hoofdaannemer stands."""


async def bureau_of_niets(knooppunt: HetKnooppunt, partij: DePartij) -> Bedrijfsbureau | None:
    """The bureau of who calls; None for who is no hoofdaannemer, whose lists are empty."""
    if partij.rol is not Partijrol.HOOFDAANNEMER:
        return None
    return Bedrijfsbureau(knooppunt.engine, partij.code, knooppunt.kalender)


BureauOfNiets = Annotated[Bedrijfsbureau | None, Depends(bureau_of_niets)]


async def het_bureau(bureau: BureauOfNiets) -> Bedrijfsbureau:
    """The bureau of who calls. Raises problem 404 for who is no hoofdaannemer."""
    if bureau is None:
        raise niet_gevonden("Dit")
    return bureau


HetBureau = Annotated[Bedrijfsbureau, Depends(het_bureau)]


async def de_balie(knooppunt: HetKnooppunt, partij: DePartij) -> Balie:
    """Where who calls is a partner."""
    return Balie(knooppunt.engine, partij.code, knooppunt.kalender)


DeBalie = Annotated[Balie, Depends(de_balie)]
