"""Rules on stacking: the same product twice in overlapping periods."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from ...levensloop.toewijzing import telt_niet_mee
from ...standaard.berichten.basis import Product
from ...standaard.berichten.onderdeel import Onderdeel
from ...standaard.berichten.toewijzing import Client301, ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import Client315
from ...standaard.berichten.verzoek_om_wijziging import OngewijzigdProduct, Verzoek
from ...standaard.domein import Domein
from ..bevinding import Niveau, Overtreding
from ..kennis import Context, Kennis
from ..regel import regel, signaal
from ..zinsdeel import van_product

HULPMIDDELEN = frozenset({"11", "12", "13", "14"})
"""The iWmo categories that may overlap with each other and with an assignment without category."""


class Periode(NamedTuple):
    """A product over a period, both days inclusive; no ``einde`` is ongoing. ``deel`` is the class it stands in."""

    deel: Onderdeel
    product: Product | None
    begin: date
    einde: date | None


@regel(Niveau.BERICHT, "0001", "301", Client301)
def TR302(client: Client301, context: Context) -> Iterator[Overtreding]:
    """Hetzelfde product staat alleen vaker in één 301 als de perioden elkaar niet overlappen.

    Vergeleken wordt op categorie en code; mist één van beide een code, dan op categorie; zonder categorie (generiek) mag
    er geen enkele overlap zijn. Begin- en einddag tellen mee. Toewijzingen met Einddatum = Ingangsdatum en
    RedenWijziging 13 of 01 tellen niet mee. iWmo: producten in de categorieën 11 tot en met 14 mogen onderling
    overlappen, en een toewijzing zonder categorie mag alleen met die categorieën overlappen.
    """
    yield from _overlap(_toegewezen(client.ToegewezenProducten), context.domein, "Ingangsdatum")


@regel(Niveau.BERICHT, "0001", "315", Client315)
def TR386(client: Client315, context: Context) -> Iterator[Overtreding]:
    """Hetzelfde product staat alleen vaker in één 315 als de gevraagde perioden elkaar niet overlappen.

    Vergeleken wordt als bij TR302, van ToewijzingIngangsdatum tot en met ToewijzingEinddatum.
    """
    perioden = [
        Periode(product, product.Product, product.ToewijzingIngangsdatum, product.ToewijzingEinddatum)
        for product in client.AangevraagdeProducten
    ]
    yield from _overlap(perioden, context.domein, "ToewijzingIngangsdatum")


@regel(Niveau.BERICHT, "0001", "317", Verzoek)
def TR410(verzoek: Verzoek, context: Context) -> Iterator[Overtreding]:
    """Hetzelfde product staat alleen vaker als NieuwProduct in één 317 als de gevraagde perioden elkaar niet overlappen.

    Vergeleken wordt als bij TR302, van GewensteIngangsdatum tot en met Einddatum, en alleen tussen nieuwe producten
    onderling; over het hele verzoek gaat TR361.
    """
    perioden = [
        Periode(product, product.Product, product.GewensteIngangsdatum, product.Einddatum)
        for product in verzoek.NieuweProducten
    ]
    yield from _overlap(perioden, context.domein, "GewensteIngangsdatum")


@regel(Niveau.BERICHTOVERSTIJGEND, "9361", "317", Verzoek)
def TR361(verzoek: Verzoek, kennis: Kennis) -> Iterator[Overtreding]:
    """Hetzelfde product staat alleen vaker in het hele 317 als de perioden elkaar niet overlappen.

    Vergeleken wordt als bij TR302, tussen ongewijzigde, te wijzigen en nieuwe producten samen. Het product van een
    bestaande toewijzing, en van een ongewijzigde ook de periode, komt uit de toewijzing zelf; een te wijzigen product telt
    van GewensteIngangsdatum tot en met de gevraagde Einddatum, dus wat er tot die dag nog loopt telt niet mee. Een
    toewijzing die niet actueel is telt niet mee (afgeleid): dat is TR350 of TR351.
    """
    perioden = [*_bestaand(verzoek, kennis)]
    perioden += (
        Periode(product, product.Product, product.GewensteIngangsdatum, product.Einddatum)
        for product in verzoek.NieuweProducten
    )
    yield from _overlap(perioden, kennis.domein, "GewensteIngangsdatum")


def _bestaand(verzoek: Verzoek, kennis: Kennis) -> Iterator[Periode]:
    """What is asked of the actual toewijzingen: those that stay as they are, then those that change."""
    dossier, dag = kennis.dossier, kennis.dagtekening
    for blijft in verzoek.OngewijzigdeProducten:
        if (oud := dossier.actueel(blijft.ToewijzingNummer, dag)) is not None:
            yield Periode(blijft, oud.Product, oud.Ingangsdatum, oud.Einddatum)
    for wijzigt in verzoek.TeWijzigenProducten:
        if (oud := dossier.actueel(wijzigt.ToewijzingNummer, dag)) is not None:
            yield Periode(wijzigt, oud.Product, wijzigt.GewensteIngangsdatum, wijzigt.Einddatum)


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", Client301)
def OP259(client: Client301, kennis: Kennis) -> Iterator[Overtreding]:
    """Hetzelfde product wordt niet gestapeld toegewezen, ook niet met een toewijzing uit een eerder 301.

    Vergeleken wordt als bij TR302, met de toewijzingen van deze cliënt bij deze aanbieder die niet in dit bericht staan. Een verlopen
    toewijzing telt mee voor de dagen waarop zij liep (afgeleid). Toewijzingen met Einddatum = Ingangsdatum en RedenWijziging 13 of 01
    tellen niet mee (tegenstrijdigheid 4). Stapeling binnen het bericht is TR302.
    """
    hier = {product.ToewijzingNummer for product in client.ToegewezenProducten}
    eerder = [toewijzing.product for nummer, toewijzing in kennis.dossier.toewijzingen.items() if nummer not in hier]
    if not eerder:
        return
    for zelf, ander in tegenover(_toegewezen(client.ToegewezenProducten), _toegewezen(eerder), kennis.domein):
        yield Overtreding(
            zelf.deel,
            "Ingangsdatum",
            f"{_hoofdletter(_genoemd(zelf))} overlapt met {_genoemd(ander)}, die niet in dit bericht staat.",
            "Trek een van beide in of verwijder haar, zodat de perioden op elkaar aansluiten.",
        )


@signaal(Niveau.BERICHTOVERSTIJGEND, "315", Client315)
def OP307(client: Client315, kennis: Kennis) -> Iterator[Overtreding]:
    """Een VOT (315) vraagt een product waarvoor in de gevraagde periode nog geen actuele toewijzing is.

    Vergeleken wordt als bij TR302. Actueel is wat op Dagtekening loopt, die dag nog eindigt, of later ingaat, en niet is verwijderd
    (tegenstrijdigheid 57). Of er een verwijzing of een open beschikking is, zegt het bericht niet.
    """
    if not kennis.dossier.toewijzingen:
        return
    lopend = [a for nummer in kennis.dossier.toewijzingen if (a := kennis.dossier.actueel(nummer, kennis.dagtekening))]
    gevraagd = [
        Periode(product, product.Product, product.ToewijzingIngangsdatum, product.ToewijzingEinddatum)
        for product in client.AangevraagdeProducten
    ]
    for zelf, ander in tegenover(gevraagd, _toegewezen(lopend), kennis.domein):
        yield Overtreding(
            zelf.deel,
            "ToewijzingIngangsdatum",
            f"In de gevraagde periode, vanaf {zelf.begin}, is er voor dit product al {_genoemd(ander)}.",
            "Vraag een verandering van wat loopt aan met een 317, of vraag aan vanaf de dag na het einde van die toewijzing.",
        )


def _toegewezen(producten: Iterable[ToegewezenProduct]) -> list[Periode]:
    """The periods of toewijzingen that count."""
    return [
        Periode(product, product.Product, product.Ingangsdatum, product.Einddatum)
        for product in producten
        if not telt_niet_mee(product)
    ]


def tegenover(zelf: Iterable[Periode], anderen: Sequence[Periode], domein: Domein) -> Iterator[tuple[Periode, Periode]]:
    """Each of these periods that overlaps another of the same product among ``anderen``, once, with one of those."""
    if not anderen:
        return
    hulpmiddelen = HULPMIDDELEN if domein is Domein.IWMO else frozenset()
    telt = [p for p in anderen if p.product is None or p.product.Categorie not in hulpmiddelen]
    groepen: dict[object, list[Periode]] = defaultdict(list)
    for periode in telt:
        product = periode.product
        sleutels = (None,) if product is None else (product.Categorie, (product.Categorie, product.Code))
        for sleutel in sleutels:
            groepen[sleutel].append(periode)
    geordend = {sleutel: _Geordend(groep) for sleutel, groep in groepen.items()} | {_ALLES: _Geordend(telt)}
    for een in zelf:
        product = een.product
        if product is None:
            gezocht: tuple[object, ...] = (_ALLES,)
        elif product.Categorie in hulpmiddelen:
            continue
        elif product.Code is None:
            gezocht = (None, product.Categorie)
        else:
            gezocht = (None, (product.Categorie, product.Code), (product.Categorie, None))
        gevonden = (geordend[sleutel].overlappend(een) for sleutel in gezocht if sleutel in geordend)
        ander = next((periode for periode in gevonden if periode is not None), None)
        if ander is not None:
            yield een, ander


_ALLES = "alles"
"""Stands for every period, of whatever product; a category has two digits."""


class _Geordend:
    """Periods in order of begin, with up to each of them the one that ends last: to find an overlap without going through
    all."""

    def __init__(self, perioden: Iterable[Periode]) -> None:
        self._perioden = sorted(perioden, key=lambda periode: periode.begin)
        self._begin = [periode.begin for periode in self._perioden]
        self._langste = list(accumulate(self._perioden, _langste))

    def overlappend(self, een: Periode) -> Periode | None:
        """One that overlaps this period: it had begun by then and runs on, or it begins before this one ends."""
        plek = bisect_right(self._begin, een.begin)
        if plek and ((eerder := self._langste[plek - 1]).einde is None or eerder.einde >= een.begin):
            return eerder
        if plek < len(self._begin) and (een.einde is None or self._begin[plek] <= een.einde):
            return self._perioden[plek]
        return None


def _genoemd(periode: Periode) -> str:
    nummer = getattr(periode.deel, "ToewijzingNummer", None)
    waarvan = f"toewijzing {nummer}" if nummer is not None else "het product"
    return f"{waarvan} vanaf {periode.begin} ({van_product(periode.product)})"


def _hoofdletter(zin: str) -> str:
    return zin[0].upper() + zin[1:]


def _overlap(perioden: Iterable[Periode], domein: Domein, element: str) -> Iterator[Overtreding]:
    for later, eerder in gestapeld(perioden, domein):
        ongewijzigd = isinstance(later.deel, OngewijzigdProduct)
        yield Overtreding(
            later.deel,
            "ToewijzingNummer" if ongewijzigd else element,
            f"{_hoofdletter(_genoemd(later))} overlapt met {_genoemd(eerder)}.",
            "Laat de perioden op elkaar aansluiten of gebruik één periode.",
        )


@dataclass(slots=True)
class _Laatste:
    """Of the periods seen so far, the one that ends last: of all that count together, and by code."""

    alle: Periode | None = None
    zonder_code: Periode | None = None
    op_code: dict[str, Periode] = field(default_factory=dict)


def gestapeld(perioden: Iterable[Periode], domein: Domein) -> Iterator[tuple[Periode, Periode]]:
    """Every period that overlaps an earlier begun one of the same product, with that one.

    One pass over the periods in order of begin, so that the time grows with their number and not with its square.
    """
    op_begin = sorted(perioden, key=lambda p: p.begin)
    codes = {(product.Categorie, product.Code) for _, product, _, _ in op_begin if product is not None and product.Code}
    if len(codes) == len(op_begin):  # nearly always: each is of another product
        return
    hulpmiddelen = HULPMIDDELEN if domein is Domein.IWMO else frozenset()
    op_categorie: dict[str, _Laatste] = {}
    generiek: Periode | None = None
    overige: Periode | None = None
    for periode in op_begin:
        eerder: list[Periode | None]
        if periode.product is None:
            eerder = [generiek, overige]
            generiek = _langste(generiek, periode)
        elif periode.product.Categorie in hulpmiddelen:
            continue
        else:
            laatste = op_categorie.setdefault(periode.product.Categorie, _Laatste())
            code = periode.product.Code
            if code is None:
                eerder = [generiek, laatste.alle]
                laatste.zonder_code = _langste(laatste.zonder_code, periode)
            else:
                eerder = [generiek, laatste.op_code.get(code), laatste.zonder_code]
                laatste.op_code[code] = _langste(laatste.op_code.get(code), periode)
            laatste.alle = _langste(laatste.alle, periode)
            overige = _langste(overige, periode)
        for ander in eerder:
            if ander is not None and (ander.einde is None or ander.einde >= periode.begin):
                yield periode, ander
                break


def _langste(een: Periode | None, ander: Periode) -> Periode:
    if een is None or (een.einde is not None and (ander.einde is None or ander.einde > een.einde)):
        return ander
    return een
