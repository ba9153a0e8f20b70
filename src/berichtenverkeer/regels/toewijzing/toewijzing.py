"""Rules on a toewijzing (301): its reason for change, its number."""

from collections.abc import Iterator

from ...levensloop.toewijzing import VERWIJDERD, is_verwijderd
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Context, Kennis
from ..regel import regel
from ..zinsdeel import van_product


@regel(Niveau.BERICHT, "0001", "301", ToegewezenProduct)
def CS335(product: ToegewezenProduct, context: Context) -> Iterator[Overtreding]:
    """RedenWijziging 13 (verwijderd) alleen als Ingangsdatum gelijk is aan Einddatum."""
    if product.RedenWijziging == "13" and product.Ingangsdatum != product.Einddatum:
        yield Overtreding(
            product,
            "RedenWijziging",
            f"RedenWijziging 13 (verwijderd) is gevuld terwijl Einddatum {product.Einddatum or 'leeg'} niet gelijk is aan "
            f"Ingangsdatum {product.Ingangsdatum}.",
            f"Vul Einddatum {product.Ingangsdatum} om te verwijderen, of kies een andere RedenWijziging om in te trekken.",
        )


@regel(Niveau.BERICHT, "0001", "301", ToegewezenProduct)
def CS336(product: ToegewezenProduct, context: Context) -> Iterator[Overtreding]:
    """RedenWijziging 01 (administratieve correctie, vervallen sinds release 3.1) wordt niet gebruikt."""
    if product.RedenWijziging == "01":
        yield Overtreding(
            product,
            "RedenWijziging",
            "RedenWijziging 01 is vervallen.",
            "Gebruik 13 om te verwijderen of 14 voor een administratieve correctie.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9332", "301", ToegewezenProduct)
def TR332(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een ToewijzingNummer is binnen een gemeente uniek per wettelijk domein.

    Hetzelfde nummer als wijziging of herhaling van dezelfde toewijzing is juist verplicht (IV066). Fout is hergebruik
    voor een ándere toewijzing (afgeleid): van een andere cliënt of aanbieder, of van dezelfde cliënt met zowel een ander
    Product als een andere Ingangsdatum. Alleen een ander Product op hetzelfde nummer mag ook niet, maar daar is
    geen retourcode voor, wel een signaal (OP257). Een verwijderde toewijzing geldt als niet verzonden: haar nummer mag opnieuw (afgeleid).
    """
    nummer = product.ToewijzingNummer
    advies = "Geef de nieuwe toewijzing een eigen, nog niet gebruikt nummer."
    if nummer in kennis.nummers_elders:
        yield Overtreding(
            product,
            "ToewijzingNummer",
            f"ToewijzingNummer {nummer} is bij deze gemeente al in gebruik voor een andere cliënt of aanbieder.",
            advies,
        )
    elif bekend := kennis.dossier.toewijzingen.get(nummer):
        oud = bekend.product
        if not is_verwijderd(oud) and oud.Product != product.Product and oud.Ingangsdatum != product.Ingangsdatum:
            yield Overtreding(
                product,
                "ToewijzingNummer",
                f"ToewijzingNummer {nummer} hoort bij een toewijzing van {van_product(oud.Product)} vanaf {oud.Ingangsdatum}, niet van "
                f"{van_product(product.Product)} vanaf {product.Ingangsdatum}.",
                advies,
            )


@regel(Niveau.BERICHTOVERSTIJGEND, "9385", "301", ToegewezenProduct)
def TR385(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een toewijzing met goedgekeurde, niet gecrediteerde prestaties wordt niet verwijderd (RedenWijziging 13).

    Zijn zij alle gecrediteerd, dan mag het wel. Een prestatie die nog niet is beantwoord is nog niet goedgekeurd.
    """
    aantal = kennis.dossier.boek.toegekend(product.ToewijzingNummer)
    if product.RedenWijziging == VERWIJDERD and aantal:
        yield Overtreding(
            product,
            "RedenWijziging",
            f"RedenWijziging 13 (verwijderd) op toewijzing {product.ToewijzingNummer}, waarop "
            f"{'1 prestatie is' if aantal == 1 else f'{aantal} prestaties zijn'} toegekend en niet gecrediteerd.",
            "Trek de toewijzing in met een Einddatum, of vraag de aanbieder eerst te crediteren.",
        )
