"""Places of which too few or too many are taken this quarter."""

from collections.abc import Iterator
from decimal import Decimal

from ...bedrijfsbureau import bezetting
from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.bezetting import Bezettingsignaal, Kwartaal
from ..bureau import Bureaurij, over_afspraak, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "bezetting"


def _rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    kwartaal = Kwartaal(peil.vandaag.year, (peil.vandaag.month + 2) // 3)
    for rij in bezetting.van(zitting, kwartaal, peil.vandaag):
        cijfers = rij.cijfers
        if cijfers.signaal is None:
            continue
        te = "te laag" if cijfers.signaal is Bezettingsignaal.ONDER else "te hoog"
        groep = rij.groep
        waarom = (
            f"De bezetting van {groep.segment} in gemeente {groep.gemeente} is dit kwartaal {te}: {_getal(cijfers.bezetting)} van de "
            f"{_getal(cijfers.plekken)} plekken, een graad van {_getal(cijfers.graad)}."
        )  # fmt: skip
        yield over_afspraak(
            zitting, (kwartaal, *groep), kwartaal.looptijd.laatste, groep.gemeente, regel=_REGEL, waarom=waarom
        )  # fmt: skip


def _getal(waarde: Decimal | None) -> str:
    return str(waarde).replace(".", ",")


LIJST = Werklijst(
    "bezetting",
    "Segmenten van een gemeente waarvan dit kwartaal te weinig of te veel plekken bezet zijn.",
    "Hoofdaannemer: bespreek het met de gemeente; bij een te lage bezetting kan het voorschot omlaag, bij een te hoge is er meer nodig. De "
    "keuzes `bezetting-onder` en `bezetting-over` zijn de grenzen. De dag is de laatste van het kwartaal.",
    (van_hoofdaannemer(_rijen),),
)
