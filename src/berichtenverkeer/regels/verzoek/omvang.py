"""Rules on the Omvang of a TeWijzigenProduct (317): whether the toewijzing it changes can have one.

They hold against a toewijzing that was not taken back, also one that ran out; that it is not actual is TR351.
"""

from collections.abc import Iterator

from ...levensloop.toewijzing import telt_niet_mee
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_wijziging import TeWijzigenProduct
from ..algemeen.product import GRENS
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from ..zinsdeel import van_omvang


@regel(Niveau.BERICHTOVERSTIJGEND, "9375", "317", TeWijzigenProduct)
def TR375(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Omvang is leeg als de toewijzing geen Product heeft en haar Einddatum na 31-12-2020 ligt of leeg is."""
    toegewezen = _toegewezen(product, kennis)
    if toegewezen is not None and toegewezen.Product is None:
        yield from _geen_omvang(product, toegewezen, "geen Product heeft (generiek)")


@regel(Niveau.BERICHTOVERSTIJGEND, "9411", "317", TeWijzigenProduct)
def TR411(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Omvang is gevuld als de toewijzing een Product/Code heeft, ook als alleen de Einddatum wijzigt."""
    toegewezen = _toegewezen(product, kennis)
    if toegewezen is not None and _code(toegewezen) is not None and product.Omvang is None:
        yield Overtreding(
            product,
            "Omvang",
            f"Omvang ontbreekt, terwijl toewijzing {product.ToewijzingNummer} productcode {_code(toegewezen)} heeft.",
            "Vul de gewenste Omvang; neem die over uit de toewijzing als zij niet wijzigt.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9412", "317", TeWijzigenProduct)
def TR412(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Omvang is leeg als de toewijzing geen Product/Code heeft en haar Einddatum na 31-12-2020 ligt of leeg is.

    Ontbreekt ook het Product, dan geldt TR375 eveneens; de instelling omvang-zonder-code zegt of dat dan twee codes geeft
    (standaard) of alleen die van TR375 (tegenstrijdigheid 11).
    """
    toegewezen = _toegewezen(product, kennis)
    if toegewezen is None or _code(toegewezen) is not None:
        return
    if toegewezen.Product is not None:
        waarom = f"wel een ProductCategorie ({toegewezen.Product.Categorie}) maar geen productcode heeft (aspecifiek)"
        yield from _geen_omvang(product, toegewezen, waarom)
    elif kennis.contract.keuze("omvang-zonder-code") == "beide":
        yield from _geen_omvang(product, toegewezen, "geen productcode heeft (generiek)")


def _geen_omvang(product: TeWijzigenProduct, toegewezen: ToegewezenProduct, waarom: str) -> Iterator[Overtreding]:
    loopt_later = toegewezen.Einddatum is None or toegewezen.Einddatum > GRENS
    if product.Omvang is not None and loopt_later:
        yield Overtreding(
            product,
            "Omvang",
            f"Omvang ({van_omvang(product.Omvang)}) is gevuld, terwijl toewijzing {product.ToewijzingNummer} {waarom}.",
            "Laat Omvang weg; wijzig Budget of Einddatum, of vraag een NieuwProduct met productcode aan.",
        )


def _toegewezen(product: TeWijzigenProduct, kennis: Kennis) -> ToegewezenProduct | None:
    bekend = kennis.dossier.toewijzingen.get(product.ToewijzingNummer)
    return bekend.product if bekend is not None and not telt_niet_mee(bekend.product) else None


def _code(toegewezen: ToegewezenProduct) -> str | None:
    return toegewezen.Product.Code if toegewezen.Product is not None else None
