"""Which other toewijzing of a client a start, a stop or a Prestatie fits on: so that an advice can name it."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from ..levensloop.rekenen.periode import Periode
from ..levensloop.toewijzing import is_verwijderd
from ..standaard.berichten.basis import Product
from ..standaard.berichten.declaratie import Prestatie
from ..standaard.berichten.toewijzing import ToegewezenProduct
from .kennis import Kennis

_HOOGSTENS = 3
"""How many are named."""


def andere_toewijzing(prestatie: Prestatie, kennis: Kennis, anders: str) -> str:
    """On which toewijzingen this debetregel can be declared, each with its part of the month; ``anders`` when there is none
    but the one it names."""
    periode = Periode(
        prestatie.ProductPeriode.Begindatum,
        max(prestatie.ProductPeriode.Einddatum, prestatie.ProductPeriode.Begindatum),
    )
    product = Product(Categorie=prestatie.ProductCategorie, Code=prestatie.ProductCode)
    gevonden = list(islice(_passend(product, periode, kennis), _HOOGSTENS))
    if all(toegewezen.ToewijzingNummer == prestatie.ToewijzingNummer for toegewezen, _ in gevonden):
        return anders
    delen = " en ".join(f"op toewijzing {toegewezen.ToewijzingNummer} over {deel}" for toegewezen, deel in gevonden)
    return f"Declareer {delen}: daar past deze levering."


def passende_nummers(product: Product | None, dag: date, kennis: Kennis) -> str:
    """The numbers of the toewijzingen of this product that run on this day, as an advice; empty when there are none."""
    gevonden = [
        str(toegewezen.ToewijzingNummer)
        for toegewezen, _ in islice(_passend(product, Periode(dag, dag), kennis), _HOOGSTENS)
    ]
    return f"Van deze cliënt past toewijzing {' of '.join(gevonden)}: gebruik dat nummer." if gevonden else ""


def _passend(product: Product | None, periode: Periode, kennis: Kennis) -> Iterator[tuple[ToegewezenProduct, Periode]]:
    """Those that are of this product, or of no product in particular, and run in the period; with what of it they have."""
    for _, bekend in sorted(kennis.dossier.toewijzingen.items()):
        toegewezen = bekend.product
        deel = None if is_verwijderd(toegewezen) else _looptijd(toegewezen).doorsnede(periode)
        if deel is not None and _omvat(toegewezen.Product, product):
            yield toegewezen, deel


def _looptijd(toegewezen: ToegewezenProduct) -> Periode:
    return Periode(toegewezen.Ingangsdatum, toegewezen.Einddatum or date.max)


def _omvat(toegewezen: Product | None, product: Product | None) -> bool:
    """Whether what was assigned leaves room for this product (IV075)."""
    if toegewezen is None or product is None:
        return toegewezen is None
    return toegewezen.Categorie == product.Categorie and toegewezen.Code in (None, product.Code)
