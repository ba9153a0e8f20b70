"""Operational rules on how a toewijzing (301) changes: beside the version of the same ToewijzingNummer before it.

That is the last one established no later, whatever the order in which they came in (OP080, IV013). What was taken back
(RedenWijziging 13) counts as never sent: what comes after it changes nothing.
"""

from collections.abc import Iterator

from ...levensloop.toewijzing import CORRECTIE, OVER_DE_HELE_LOOPTIJD, is_verwijderd, vastgesteld, verschillen
from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import signaal
from ..zinsdeel import van_omvang, van_product


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", ToegewezenProduct)
def OP257(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Op een bestaand ToewijzingNummer wijzigen Product, Ingangsdatum en Omvang niet: daar is een nieuwe toewijzing voor.

    Wel mogen Einddatum, Budget en, bij Frequentie 6, het Volume (OP033x1, IV066). Verwijderen mag ook. Onder RedenWijziging 14
    zegt OP033x1 hetzelfde; wijzigen Product en Ingangsdatum allebei, dan is het een andere toewijzing (TR332).
    """
    if product.RedenWijziging != CORRECTIE:
        advies = "Trek de toewijzing in tot de dag van de wijziging, en wijs vanaf die dag toe onder een nieuw nummer."
        yield from _verboden(product, kennis, "wijzigt", advies)


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", ToegewezenProduct)
def OP033x1(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Ook een administratieve correctie (RedenWijziging 14) laat Product, Ingangsdatum en Omvang zoals zij waren.

    Zij mag alleen wat iedere wijziging mag: Einddatum, Budget en, bij Frequentie 6, het Volume. Een correctie zonder enig
    verschil is IV099.
    """
    if product.RedenWijziging == CORRECTIE:
        advies = (
            "Verwijder de toewijzing (RedenWijziging 13) en wijs goed toe onder een nieuw nummer, in hetzelfde 301."
        )
        yield from _verboden(product, kennis, "is geen administratieve correctie (RedenWijziging 14):", advies)


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", ToegewezenProduct)
def IV099(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """RedenWijziging is gevuld als de toewijzing afwijkt van de vorige versie met hetzelfde nummer, en anders leeg.

    Vergeleken worden Product, Ingangsdatum, Einddatum, Omvang en Budget, en of zij verwijderd is. Bij een nieuw nummer hoort zij
    ook leeg, maar wat hier nieuw is kan elders al bestaan: daarover zwijgt het signaal (afgeleid).
    """
    if product.RedenWijziging is None and not _gewijzigd(product, kennis):
        return
    oud = _vorige(product, kennis)
    if oud is None:
        return
    anders = verschillen(oud, product)
    if (anders or is_verwijderd(product)) and product.RedenWijziging is None:
        yield Overtreding(
            product,
            "RedenWijziging",
            f"RedenWijziging is leeg, maar toewijzing {product.ToewijzingNummer} verschilt van de vorige versie: "
            f"{', '.join(anders)}.",
            "Vul de reden waarom de toewijzing wijzigt.",
        )
    elif not anders and not is_verwijderd(product) and product.RedenWijziging is not None:
        yield Overtreding(
            product,
            "RedenWijziging",
            f"RedenWijziging {product.RedenWijziging} is gevuld, maar toewijzing {product.ToewijzingNummer} is gelijk aan de "
            "vorige versie.",
            "Laat RedenWijziging leeg bij een toewijzing die u ongewijzigd opnieuw stuurt.",
        )


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", ToegewezenProduct)
def IV013(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een wijziging heeft een nieuwe Toewijzingsdatum of Toewijzingstijd, en een herhaling die van de vorige versie.

    De twee zeggen wanneer de toewijzing is vastgesteld, en daarmee welke versie geldt. Verwijderen is een wijziging.
    """
    oud = _vorige(product, kennis) if _gewijzigd(product, kennis) else None
    if oud is None:
        return
    gewijzigd = bool(verschillen(oud, product)) or is_verwijderd(product)
    zelfde_moment = vastgesteld(oud) == vastgesteld(product)
    if gewijzigd == zelfde_moment:
        moment = f"{oud.Toewijzingsdatum} {oud.Toewijzingstijd}"
        yield Overtreding(
            product,
            "Toewijzingsdatum",
            f"Toewijzing {product.ToewijzingNummer} wijzigt, maar is volgens Toewijzingsdatum en Toewijzingstijd vastgesteld op "
            f"hetzelfde moment als de vorige versie, {moment}."
            if gewijzigd
            else f"Toewijzing {product.ToewijzingNummer} is gelijk aan de vorige versie van {moment}, maar is volgens "
            "Toewijzingsdatum en Toewijzingstijd later vastgesteld.",
            "Geef een gewijzigde toewijzing het moment waarop de wijziging is vastgesteld, en laat het moment staan als u haar "
            "ongewijzigd opnieuw stuurt.",
        )


def _gewijzigd(product: ToegewezenProduct, kennis: Kennis) -> bool:
    """Whether a known number comes with a content or a moment that it did not have: not so for most of a 301."""
    bekend = kennis.dossier.toewijzingen.get(product.ToewijzingNummer)
    return bekend is not None and not bekend.kent(product)


def _vorige(product: ToegewezenProduct, kennis: Kennis) -> ToegewezenProduct | None:
    """The version before this one; None for a new number, when that one was taken back, or is another toewijzing (TR332)."""
    bekend = kennis.dossier.toewijzingen.get(product.ToewijzingNummer)
    oud = bekend.vorige(product) if bekend is not None else None
    if oud is None or is_verwijderd(oud):
        return None
    return None if oud.Product != product.Product and oud.Ingangsdatum != product.Ingangsdatum else oud


def _verboden(product: ToegewezenProduct, kennis: Kennis, wat: str, advies: str) -> Iterator[Overtreding]:
    """What changes that may not, an element each."""
    oud = _vorige(product, kennis) if _gewijzigd(product, kennis) else None
    if oud is None or is_verwijderd(product):
        return
    van_naar: dict[str, tuple[str, str]] = {}
    if oud.Product != product.Product:
        van_naar["Product"] = van_product(oud.Product), van_product(product.Product)
    if oud.Ingangsdatum != product.Ingangsdatum:
        van_naar["Ingangsdatum"] = str(oud.Ingangsdatum), str(product.Ingangsdatum)
    if oud.Omvang != product.Omvang and not _ander_totaal(oud.Omvang, product.Omvang):
        van_naar["Omvang"] = _omvang(oud.Omvang), _omvang(product.Omvang)
    for element, (van, naar) in van_naar.items():
        yield Overtreding(
            product,
            element,
            f"Toewijzing {product.ToewijzingNummer} {wat} {element}: van {van} naar {naar}. Dat mag niet op hetzelfde nummer.",
            advies,
        )


def _ander_totaal(oud: Omvang | None, nieuw: Omvang | None) -> bool:
    """Whether only the Volume differs, and both are for the whole run."""
    if oud is None or nieuw is None:
        return False
    return oud.Eenheid == nieuw.Eenheid and oud.Frequentie == nieuw.Frequentie == OVER_DE_HELE_LOOPTIJD


def _omvang(omvang: Omvang | None) -> str:
    return "geen Omvang" if omvang is None else van_omvang(omvang)
