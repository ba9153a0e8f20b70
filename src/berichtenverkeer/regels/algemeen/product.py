"""Rules on a product that is assigned or asked for: what must be filled beside what (301, 315, 317)."""

from collections.abc import Iterator
from datetime import date

from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct, TeWijzigenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Context
from ..regel import regel
from ..zinsdeel import van_omvang, van_product

_MetProduct = ToegewezenProduct | AangevraagdProduct | NieuwProduct
_MetOmvang = _MetProduct | TeWijzigenProduct
_MET_PRODUCT = (ToegewezenProduct, AangevraagdProduct, NieuwProduct)
_MET_OMVANG = (*_MET_PRODUCT, TeWijzigenProduct)

GRENS = date(2020, 12, 31)
"""Some rules leave alone what ended on or before this day (release 3.0)."""

_PER_WEEK = "2"


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_PRODUCT)
def CD041(product: _MetProduct, context: Context) -> Iterator[Overtreding]:
    """Omvang is gevuld als Product/Code gevuld is."""
    if _code(product) is not None and product.Omvang is None:
        yield Overtreding(
            product,
            "Omvang",
            f"Omvang ontbreekt bij productcode {_code(product)}.",
            "Vul Omvang, of laat Product/Code weg.",
        )


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_OMVANG)
def CD075(product: _MetOmvang, context: Context) -> Iterator[Overtreding]:
    """Einddatum (315: ToewijzingEinddatum) is gevuld als Budget gevuld is."""
    if product.Budget is not None and _einde(product) is None:
        element = _element_einde(product)
        yield Overtreding(product, element, f"{element} ontbreekt bij Budget {product.Budget}.", "Vul de einddatum.")


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_OMVANG)
def CD076(product: _MetOmvang, context: Context) -> Iterator[Overtreding]:
    """Einddatum (315: ToewijzingEinddatum) is gevuld als Frequentie 2 (per week) is."""
    if product.Omvang is not None and product.Omvang.Frequentie == _PER_WEEK and _einde(product) is None:
        element = _element_einde(product)
        yield Overtreding(product, element, f"{element} ontbreekt bij Frequentie 2 (per week).", "Vul de einddatum.")


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_OMVANG)
def CD077(product: _MetOmvang, context: Context) -> Iterator[Overtreding]:
    """Omvang is leeg als Budget gevuld is."""
    if product.Budget is not None and product.Omvang is not None:
        yield Overtreding(product, "Omvang", _beide(product.Omvang, product.Budget), "Kies één van beide.")


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_OMVANG)
def CD078(product: _MetOmvang, context: Context) -> Iterator[Overtreding]:
    """Budget is leeg als Omvang gevuld is."""
    if product.Omvang is not None and product.Budget is not None:
        yield Overtreding(product, "Budget", _beide(product.Omvang, product.Budget), "Kies één van beide.")


@regel(Niveau.BERICHT, "0001", "301 315 317", *_MET_PRODUCT)
def CD079(product: _MetProduct, context: Context) -> Iterator[Overtreding]:
    """Product is gevuld als Budget leeg is."""
    if product.Budget is None and product.Product is None:
        yield Overtreding(
            product,
            "Product",
            "Product en Budget ontbreken allebei.",
            "Vul Product, of bij een generieke toewijzing Budget.",
        )


@regel(Niveau.BERICHT, "0001", "301", ToegewezenProduct)
def CD080(product: ToegewezenProduct, context: Context) -> Iterator[Overtreding]:
    """Omvang is leeg als Product/Code leeg is en Einddatum na 31-12-2020 ligt of leeg is."""
    yield from _geen_omvang_zonder_code(product)


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CD095(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """Omvang is leeg als Product/Code leeg is en ToewijzingEinddatum na 31-12-2020 ligt of leeg is."""
    yield from _geen_omvang_zonder_code(product)


@regel(Niveau.BERICHT, "0001", "317", NieuwProduct)
def CD096(product: NieuwProduct, context: Context) -> Iterator[Overtreding]:
    """Omvang is leeg als Product/Code leeg is en Einddatum na 31-12-2020 ligt of leeg is."""
    yield from _geen_omvang_zonder_code(product)


@regel(Niveau.BERICHT, "0001", "301 317", ToegewezenProduct, NieuwProduct, TeWijzigenProduct)
def CS338(product: ToegewezenProduct | NieuwProduct | TeWijzigenProduct, context: Context) -> Iterator[Overtreding]:
    """Bij Eenheid 14, 16, 83 of 84 en een Einddatum na 31-12-2020 of leeg is Frequentie 2, 4 of 6, dus niet per dag.

    De iJw-tabel noemt de regel drie keer, de iWmo-tabel één keer (tegenstrijdigheid 60): één controle op Omvang.
    """
    yield from _niet_per_dag(product)


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CS343(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """Bij Eenheid 14, 16, 83 of 84 en een ToewijzingEinddatum na 31-12-2020 of leeg is Frequentie 2, 4 of 6."""
    yield from _niet_per_dag(product)


def _beide(omvang: Omvang, budget: int) -> str:
    return f"Omvang ({van_omvang(omvang)}) en Budget ({budget}) zijn allebei gevuld."


def _geen_omvang_zonder_code(product: _MetProduct) -> Iterator[Overtreding]:
    if product.Omvang is not None and _code(product) is None and _geldt_nog(product):
        yield Overtreding(
            product,
            "Omvang",
            f"Omvang ({van_omvang(product.Omvang)}) is gevuld terwijl Product/Code leeg is ({van_product(product.Product)}).",
            "Vul Product/Code, of laat Omvang weg.",
        )


def _niet_per_dag(product: _MetOmvang) -> Iterator[Overtreding]:
    omvang = product.Omvang
    if omvang is None or omvang.Eenheid not in ("14", "16", "83", "84") or not _geldt_nog(product):
        return
    if omvang.Frequentie not in ("2", "4", "6"):
        yield Overtreding(
            product,
            "Omvang/Frequentie",
            f"Frequentie {omvang.Frequentie} (per dag) mag niet bij Eenheid {omvang.Eenheid}.",
            "Gebruik Frequentie 2 (per week), 4 (per maand) of 6 (totaal).",
        )


def _code(product: _MetProduct) -> str | None:
    return product.Product.Code if product.Product else None


def _einde(product: _MetOmvang) -> date | None:
    return product.ToewijzingEinddatum if isinstance(product, AangevraagdProduct) else product.Einddatum


def _element_einde(product: _MetOmvang) -> str:
    return "ToewijzingEinddatum" if isinstance(product, AangevraagdProduct) else "Einddatum"


def _geldt_nog(product: _MetOmvang) -> bool:
    einde = _einde(product)
    return einde is None or einde > GRENS
