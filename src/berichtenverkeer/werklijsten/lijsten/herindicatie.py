"""Renewals of which a step is open."""

from collections.abc import Iterable, Iterator

from ...bedrijfsbureau import herindicaties
from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.herindicatie import Herindicatie, HerindicatieWachtOp
from ..bureau import Bureaurij, over_herindicatie, van_hoofdaannemer, van_partner
from ..lijst import Peil, Werklijst

_REGEL = "herindicatie"
_STAPPEN = {
    "stop_37": "het 307 met reden 37",
    "evaluatie": "de evaluatie",
    "opvolger": "de nieuwe toewijzing",
    "start": "het 305 daarop",
    "inzorgmelding": "de inzet daarop",
}


def _rijen(zitting: Zitting, rijen: Iterable[Herindicatie], *, voor_partner: bool) -> Iterator[Bureaurij]:
    for rij in rijen:
        open_ = [wat for naam, wat in _STAPPEN.items() if getattr(rij.stappen, naam) is None]
        wie = {
            HerindicatieWachtOp.PARTNER: rij.partner or zitting.code,
            HerindicatieWachtOp.GEMEENTE: rij.toegewezen.kenmerk.gemeente,
            HerindicatieWachtOp.HOOFDAANNEMER: zitting.code,
        }[rij.wacht_op]
        uiterlijk = rij.uiterlijk if rij.wacht_op is HerindicatieWachtOp.PARTNER else rij.einddatum
        waarom = f"De toewijzing eindigt op {rij.einddatum}. Open: {', '.join(open_)}."
        yield over_herindicatie(
            zitting, rij.toegewezen, wie, uiterlijk, voor_partner=voor_partner, regel=_REGEL, waarom=waarom
        )  # fmt: skip


def _van_hoofdaannemer(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    return _rijen(zitting, herindicaties.van(zitting, peil.vandaag), voor_partner=False)


def _van_partner(zitting: Zitting, partner: str, peil: Peil) -> Iterator[Bureaurij]:
    eigen = (rij for rij in herindicaties.van(zitting, peil.vandaag, partner) if rij.partner == partner)
    return _rijen(zitting, (rij for rij in eigen if rij.wacht_op is HerindicatieWachtOp.PARTNER), voor_partner=True)


LIJST = Werklijst(
    "herindicatie",
    "Toewijzingen van een hoofdaannemer die binnenkort eindigen of net voorbij zijn, zolang niet alle vijf stappen van de "
    "herindicatie er zijn.",
    "Partner: meld de stop met reden 37 en de evaluatie. Gemeente: besluit over een nieuwe toewijzing. Hoofdaannemer: meld daarna de "
    "start en zet een partner in. De keuzes `herindicatie-vooruit` en `herindicatie-uiterlijk` zeggen hoeveel dagen ervoor.",
    (van_hoofdaannemer(_van_hoofdaannemer), van_partner(_van_partner)),
)
