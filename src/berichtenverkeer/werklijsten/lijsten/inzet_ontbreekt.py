"""Toewijzingen in a segment that is passed on, without inzet."""

from collections.abc import Iterator
from datetime import date

from ...bedrijfsbureau.bureau import Zitting
from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.termijnen import START, begin_start
from ...opslag import inzetten
from ..bureau import Bureaurij, over_toewijzing, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "inzet"


def _rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    ingezet = inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code)
    bezet = {een.inzet.toewijzing for een in ingezet.values() if een.effectief is not None}
    for rij in inzetten.geldig_tussen(zitting.verbinding, zitting.code, peil.vandaag, date.max):
        segment = zitting.segmenten.segment(rij.categorie, rij.code)
        if segment is None or rij.id in bezet or rij.levering == Leveringstoestand.DEFINITIEF_GESTOPT:
            continue
        bekend = rij.bekend_op.date() if rij.bekend_op else None
        uiterlijk = START.uiterlijk(begin_start(rij.ingangsdatum, bekend), peil.kalender)
        waarom = (
            f"De toewijzing gaat in op {rij.ingangsdatum} en valt in het segment {segment}, maar er is geen partner ingezet. "
            f"Uiterlijk {uiterlijk} hoort een start gemeld te zijn als de levering meteen begint ({START.regel})."
        )
        yield over_toewijzing(zitting, rij, zitting.code, uiterlijk, regel=_REGEL, waarom=waarom)


LIJST = Werklijst(
    "inzet-ontbreekt",
    "Toewijzingen van een hoofdaannemer die niet voorbij zijn en in een van zijn segmenten vallen, zonder inzet die telt.",
    "Hoofdaannemer: zet een partner in. De dag is de laatste waarop een start gemeld hoort te zijn, als de levering meteen begint.",
    (van_hoofdaannemer(_rijen),),
)
