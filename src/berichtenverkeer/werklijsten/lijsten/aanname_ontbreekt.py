"""Inzetten that a partner did not answer."""

from collections.abc import Iterable, Iterator

from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.overgangen import Inzetaanname
from ...opslag.bureau import inzetten
from ...opslag.bureau.inzetten import Inzetrij
from ..bureau import Bureaurij, over_inzet, van_hoofdaannemer, van_partner
from ..lijst import Peil, Werklijst

_REGEL = "aanname"


def _rijen(zitting: Zitting, rijen: Iterable[Inzetrij], peil: Peil, *, voor_partner: bool) -> Iterator[Bureaurij]:
    termijn = zitting.keuzes.dagen("aanname-termijn")
    for rij in rijen:
        gevraagd = rij.aangeboden_op.date()
        uiterlijk = peil.kalender.werkdagen_na(gevraagd, termijn)
        waarom = f"De inzet is op {gevraagd} aangeboden aan {zitting.noem(rij.partner)}; die antwoordt binnen {termijn} werkdagen."
        yield over_inzet(rij, rij.partner, uiterlijk, voor_partner=voor_partner, regel=_REGEL, waarom=waarom)


def _van_hoofdaannemer(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    open_ = inzetten.in_aanname(zitting.verbinding, zitting.code, Inzetaanname.AANGEBODEN)
    return _rijen(zitting, open_, peil, voor_partner=False)


def _van_partner(zitting: Zitting, partner: str, peil: Peil) -> Iterator[Bureaurij]:
    open_ = inzetten.in_aanname(zitting.verbinding, zitting.code, Inzetaanname.AANGEBODEN, partner)
    return _rijen(zitting, open_, peil, voor_partner=True)


LIJST = Werklijst(
    "aanname-ontbreekt",
    "Inzetten die een hoofdaannemer heeft aangeboden en waarop de partner nog niet heeft geantwoord. Tot hij weigert, tellen zij.",
    "Partner: neem de inzet aan, of weiger haar met een reden. Hoofdaannemer: vraag de partner om antwoord; de termijn is de keuze "
    "`aanname-termijn`.",
    (van_hoofdaannemer(_van_hoofdaannemer), van_partner(_van_partner)),
)
