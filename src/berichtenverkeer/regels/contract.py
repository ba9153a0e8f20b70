"""What one gemeente and one aanbieder agreed, as far as it is known here: product codes, tariffs, and named choices.

A message does not hold its contract. What is not known leaves a rule without anything to hold against: it stays silent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from ..levensloop.kalender import Kalender
from ..levensloop.rekenen.kader import Kader
from ..levensloop.rekenen.variant import GebrokenMaand, Uitvoeringsvariant
from ..standaard.berichten.basis import Product
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein
from ..standaard.geldig import laatste, op_dag
from ..standaard.indeling import INDELING, Indeling
from .instelling import INSTELLINGEN, VOLGT_EENHEID


@dataclass(frozen=True, slots=True)
class Productcode:
    """A code on the list of a gemeente (IV075) and an Eenheid it is delivered in, valid from ``van`` to ``tot``.

    Both days count; no ``tot`` is for ever. A code with two Eenheden stands on the list twice.
    """

    categorie: str
    code: str
    eenheid: str
    variant: Uitvoeringsvariant
    van: date
    tot: date | None = None

    def geldig_op(self, dag: date) -> bool:
        """Whether the code may be used on this day."""
        return op_dag(self.van, self.tot, dag)


@dataclass(frozen=True, slots=True)
class Tarief:
    """What one ``eenheid`` of a product code costs, in eurocent, from ``van`` to ``tot``, both inclusive (IV081)."""

    productcode: str
    eenheid: str
    eurocent: int
    van: date
    tot: date | None = None

    def geldig_op(self, dag: date) -> bool:
        """Whether the tariff holds on this day."""
        return op_dag(self.van, self.tot, dag)


_Sleutel = TypeVar("_Sleutel")
_Rij = TypeVar("_Rij", Productcode, Tarief)


@dataclass(frozen=True)
class Contract:
    """The agreement between one gemeente and one aanbieder; ``Contract()`` knows nothing and chooses by default.

    ``productcodes`` is the gemeente's own list, empty when none is loaded. ``instellingen`` holds the named choices that
    differ from the default (see ``regels.instelling``). ``kalender`` has the days on which they do not work, ``indeling`` the
    gemeenten there are.
    """

    productcodes: tuple[Productcode, ...] = ()
    tarieven: tuple[Tarief, ...] = ()
    instellingen: Mapping[str, str] = field(default_factory=dict, hash=False)
    kalender: Kalender = field(default_factory=Kalender)
    indeling: Indeling = INDELING

    def keuze(self, naam: str) -> str:
        """The value of a setting: what was agreed, else the strict default. Raises ``KeyError`` for an unknown name."""
        return self.instellingen.get(naam, INSTELLINGEN[naam].standaard)

    def kent_code(
        self, categorie: str, code: str, dag: date, toegewezen: ToegewezenProduct | None = None
    ) -> bool | None:
        """Whether the code fits the category on this day; None when there is no list to hold it against.

        The codes of each law are a list by itself, which counts from its first to its last day; before and after that
        there is none (afgeleid). On a toewijzing a code that was valid when it began stays good; when the list tells
        nothing of that day, the code that the toewijzing names is not held against it (afgeleid).
        """
        nu = self._kent_code(categorie, code, dag)
        if nu is not False or toegewezen is None:
            return nu
        bij_ingang = self._kent_code(categorie, code, toegewezen.Ingangsdatum)
        genoemd = toegewezen.Product is not None and toegewezen.Product.Code == code
        return False if bij_ingang is None and not genoemd else bij_ingang

    def _kent_code(self, categorie: str, code: str, dag: date) -> bool | None:
        if not self.productcodes:
            return None
        if not op_dag(*self._lijst.looptijd.get(_wet(categorie), _GEEN_DAG), dag):
            return None
        return any(rij.geldig_op(dag) for rij in self._lijst.op_code.get((categorie, code), ()))

    def eenheden(self, product: ToegewezenProduct, categorie: str, code: str, dag: date) -> frozenset[str]:
        """In what this code may be declared on a toewijzing on this day: that of its Omvang, or else those on the list
        (TR341), where a code that is on it no more counts as when the toewijzing began. Empty when nothing tells it."""
        if product.Omvang is not None:
            return frozenset({product.Omvang.Eenheid})
        rijen = self._lijst.op_code.get((categorie, code), ())
        return frozenset(rij.eenheid for rij in _geldig(rijen, dag, product.Ingangsdatum))

    def variant(
        self, product: Product | None, dag: date, eenheid: str | None = None, ingangsdatum: date | None = None
    ) -> Uitvoeringsvariant:
        """How the contract has this Product delivered, in this Eenheid, on this day. What is not agreed is chosen as the standard has
        the Eenheid."""
        return self.afgesproken_variant(product, dag, eenheid, ingangsdatum) or Uitvoeringsvariant.van_eenheid(eenheid)

    def afgesproken_variant(
        self, product: Product | None, dag: date, eenheid: str | None = None, ingangsdatum: date | None = None
    ) -> Uitvoeringsvariant | None:
        """The same, and None when it is not agreed.

        Of a category without code it is the variant that all codes of the category share. ``ingangsdatum`` is that of the
        toewijzing: a code that is on the list no more counts as it was then. What the list does not tell, or tells in more
        than one way, is what the setting ``variant`` says; its default says nothing.
        """
        keuze = self.keuze("variant")
        gekozen = None if keuze == VOLGT_EENHEID else Uitvoeringsvariant(keuze)
        if not self.productcodes:
            return gekozen
        rijen: tuple[Productcode, ...] = ()
        if product is not None and product.Code is None:
            rijen = self._lijst.op_categorie.get(product.Categorie, ())
        elif product is not None and product.Code is not None:
            rijen = self._lijst.op_code.get((product.Categorie, product.Code), ())
        geldig = _geldig(rijen, dag, ingangsdatum)
        varianten = {rij.variant for rij in geldig if rij.eenheid == eenheid} or {rij.variant for rij in geldig}
        if len(varianten) == 1:
            return varianten.pop()
        return gekozen

    def kader(self, product: ToegewezenProduct, domein: Domein, dag: date) -> Kader:
        """How much may be declared on a toewijzing, as was agreed for this day."""
        eenheid = product.Omvang.Eenheid if product.Omvang else None
        variant = self.variant(product.Product, dag, eenheid, product.Ingangsdatum)
        return Kader.van(product, domein, variant, GebrokenMaand(self.keuze("gebroken-maand")))

    def eenheden_met_tarief(self, code: str, dag: date) -> list[str]:
        """The Eenheden for which a tariff of this code is known on this day."""
        return sorted({tarief.eenheid for tarief in self._tarieven_op_code.get(code, ()) if tarief.geldig_op(dag)})

    def codes(self, categorie: str, dag: date) -> list[str]:
        """The codes of a category that are on the list on this day."""
        return sorted({rij.code for rij in self._lijst.op_categorie.get(categorie, ()) if rij.geldig_op(dag)})

    def tarief(self, code: str, eenheid: str, dag: date) -> int | None:
        """The tariff in eurocent for one Eenheid of this code on this day.

        Of several that are valid the one that began last counts: a new tariff takes the place of the old (afgeleid).
        """
        geldig = (tarief for tarief in self._tarieven.get((code, eenheid), ()) if tarief.geldig_op(dag))
        gevonden = next(geldig, None)
        return gevonden.eurocent if gevonden else None

    @cached_property
    def _lijst(self) -> "_Lijst":
        return _lijst(self.productcodes)

    @cached_property
    def _tarieven(self) -> Mapping[tuple[str, str], tuple[Tarief, ...]]:
        return _nieuwste_eerst(((rij.productcode, rij.eenheid), rij) for rij in self.tarieven)

    @cached_property
    def _tarieven_op_code(self) -> Mapping[str, tuple[Tarief, ...]]:
        return _nieuwste_eerst((rij.productcode, rij) for rij in self.tarieven)


@dataclass(frozen=True, slots=True)
class _Lijst:
    """A list of product codes to look things up in, and its first and last day by law."""

    op_code: Mapping[tuple[str, str], tuple[Productcode, ...]]
    op_categorie: Mapping[str, tuple[Productcode, ...]]
    looptijd: Mapping[Domein, tuple[date, date]]


_GEEN_DAG = date.max, date.min
"""A period that no day lies in."""


@lru_cache(maxsize=1024)
def _lijst(productcodes: tuple[Productcode, ...]) -> _Lijst:
    """Made once for a gemeente: all its contracts have the same list."""
    per_wet = _nieuwste_eerst((_wet(rij.categorie), rij) for rij in productcodes)
    return _Lijst(
        _nieuwste_eerst(((rij.categorie, rij.code), rij) for rij in productcodes),
        _nieuwste_eerst((rij.categorie, rij) for rij in productcodes),
        {wet: (rijen[-1].van, max(laatste(rij.tot) for rij in rijen)) for wet, rijen in per_wet.items()},
    )


def _geldig(rijen: Iterable[Productcode], dag: date, ingangsdatum: date | None) -> list[Productcode]:
    """The rows that hold on this day, or else on the day on which the toewijzing began."""
    geldig = [rij for rij in rijen if rij.geldig_op(dag)]
    if geldig or ingangsdatum is None:
        return geldig
    return [rij for rij in rijen if rij.geldig_op(ingangsdatum)]


@cache
def _wet(categorie: str) -> Domein:
    """The law of a ProductCategorie; the two lists have none in common."""
    return Domein.IJW if categorie in codelijst("JZ020", Domein.IJW) else Domein.IWMO


def _nieuwste_eerst(paren: Iterable[tuple[_Sleutel, _Rij]]) -> dict[_Sleutel, tuple[_Rij, ...]]:
    """The rows by key, of each the one that began last first."""
    per_sleutel: dict[_Sleutel, list[_Rij]] = defaultdict(list)
    for sleutel, rij in paren:
        per_sleutel[sleutel].append(rij)
    return {
        sleutel: tuple(sorted(rijen, key=lambda rij: rij.van, reverse=True)) for sleutel, rijen in per_sleutel.items()
    }
