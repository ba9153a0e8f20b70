"""A list of ``/v1`` as a page: filters in the address, a table, the next page, and the same list as CSV and XLSX.

Whoever adds a list adds one ``Lijstpagina``. Columns are those of the model of its items, by the names that they have in CSV; how each
is written follows from its type, and a code gets its meaning. A Bsn is asked for by a form that is sent (POST), never in the address.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import Request, Response
from markupsafe import Markup
from pydantic import BaseModel

from ...api.antwoord.lijst import Vraag
from ...api.antwoord.problemen import Probleem
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...partijen.partij import Partij, Partijrol
from ...tabellen.kolom import Kolom
from ...tabellen.model import OMSCHRIJVING, kolommen
from .. import opmaak
from ..formulieren.formulier import Formulierroute, Onjuist, lees, van_probleem, velden
from ..gezegd import VELDEN, gezegd
from ..scherm import Kruimels, Noem, met_partijnaam, toon
from ..toegang import HetFormulier, Ik, Lezer
from .volgorde import Kopcel, gesorteerd, kopcel

PER_BLAD = 50

VORM = "vorm"
"""The field of an address that asks for the list as a file."""

VORMEN = {"csv": Gedaante.CSV, "xlsx": Gedaante.XLSX}

SORTEER = "sorteer"
"""The field of an address that says by which column a list is sorted, with a - from high to low. A list is in order of change; in another
order it is only when all of it is on the page."""

_VAN_ONS = (VORM, SORTEER, *VELDEN)
"""Fields of an address that are none of the question."""

_PARTIJEN = frozenset({"gemeente", "aanbieder", "hoofdaannemer", "partner", "tegenpartij"})
"""Columns that hold the code of a party."""

_ZELF: Mapping[Partijrol, frozenset[str]] = {
    Partijrol.GEMEENTE: frozenset({"gemeente"}),
    Partijrol.AANBIEDER: frozenset({"aanbieder"}),
    Partijrol.HOOFDAANNEMER: frozenset({"aanbieder"}),
}
"""The column in which a party of a role stands itself."""

Haal = Callable[[Knooppunt, Partij, datetime, Any, Gedaante], Any]
"""The function of a list of ``/v1``."""


@dataclass(frozen=True, slots=True)
class Kop:
    """A column: its heading, and the column of the model. ``naar``: it links to the page of the item."""

    titel: str
    veld: str
    naar: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the question: how it is asked for, with a hint. Its choices follow from its type."""

    titel: str
    veld: str
    hint: str = ""


@dataclass(frozen=True)
class Lijstpagina:
    """A list as a page. ``leeg`` says what to do when there is nothing at all; with ``nieuwste_eerst`` it begins with what came last."""

    pad: str
    titel: str
    haal: Haal
    vraag: type[Vraag]
    item: type[BaseModel]
    koppen: Sequence[Kop]
    filters: Sequence[Filter]
    leeg: str
    inleiding: str = ""
    noem: Callable[[Knooppunt, Partij], Noem] = lambda knooppunt, _: partial(met_partijnaam, knooppunt)
    """What parties are called: as this node knows them, or as a hoofdaannemer does."""

    ernaast: tuple[str, str] | None = None
    """Another page that helps, by its name and address."""

    haal_client: Haal | None = None
    zoekvraag: type[Vraag] | None = None
    naar: Callable[[Any], str] | None = None
    nieuwste_eerst: bool = False
    kruimels: Kruimels = ()
    handelingen: Callable[[Ik], Sequence[tuple[str, str]]] = lambda _: ()
    """What someone may do from here, each with its address."""
    wie: Any = Lezer
    """Who may see it: the type of the parameter that says so (``toegang``)."""

    _kolommen: Mapping[str, Kolom] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_kolommen", {kolom.naam: kolom for kolom in kolommen(self.item)})
        for onbekend in (kop.veld for kop in self.koppen if kop.veld not in self._kolommen):
            raise KeyError(f"{self.item.__name__} has no column {onbekend}; it has {', '.join(self._kolommen)}")

    def router(self) -> Router:
        """Its routes."""
        router = Router(route_class=Formulierroute)

        def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
            return self._toon(request, knooppunt, ik, nu, dict(request.query_params), self.haal, self.vraag)

        lijst.__annotations__["ik"] = self.wie
        router.get(self.pad)(lijst)
        if self.haal_client is not None and self.zoekvraag is not None:
            haal_client, zoekvraag = self.haal_client, self.zoekvraag

            def zoek(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, formulier: HetFormulier) -> Response:
                return self._toon(request, knooppunt, ik, nu, velden(formulier), haal_client, zoekvraag)

            zoek.__annotations__["ik"] = self.wie
            router.post(f"{self.pad}/zoeken")(zoek)

        return router

    def _toon(
        self,
        request: Request,
        knooppunt: Knooppunt,
        ik: Ik,
        nu: datetime,
        gegeven: Mapping[str, str],
        haal: Haal,
        model: type[Vraag],
    ) -> Response:
        ingevuld = {naam: waarde for naam, waarde in gegeven.items() if waarde and naam not in _VAN_ONS}
        vorm = VORMEN.get(gegeven.get(VORM, ""), Gedaante.JSON)
        items, volgende, aantal, fouten, heel = [], None, None, {}, False
        try:
            vraag = lees(model, self._vast(vorm) | ingevuld)
            try:
                uit = haal(knooppunt, ik.partij, nu, vraag, vorm)
            except Probleem as probleem:
                if probleem.status not in (400, 422):
                    raise
                raise van_probleem(probleem, ingevuld) from None
            if isinstance(uit, Response):
                return uit
            items, aantal = uit.items, uit.aantal
            volgende = uit.volgende if len(items) == vraag.limiet else None
            heel = volgende is None and "gewijzigdNa" not in ingevuld and "bsn" not in ingevuld
        except Onjuist as onjuist:
            fouten = onjuist.fouten
        op = gegeven.get(SORTEER, "")
        if heel:
            items = self._gesorteerd(items, op)
        getoond = [kop for kop in self.koppen if not self._is_zelf(kop.veld, items, ik.partij)]
        return toon(
            request,
            "lijst.html",
            self.titel,
            kruimels=self.kruimels,
            status=422 if fouten else 200,
            lijst=self,
            gezegd=gezegd(request),
            handelingen=self.handelingen(ik),
            koppen=self._koppen(getoond, ingevuld, op if heel else None),
            rijen=self._rijen(items, getoond, request.app.state.bladzijde_van, self.noem(knooppunt, ik.partij)),
            aantal=aantal,
            ingevuld=ingevuld,
            gefilterd={naam: w for naam, w in ingevuld.items() if naam not in ("gewijzigdNa", "limiet")},
            fouten=fouten,
            per_client="bsn" in ingevuld,
            velden=[self._veld(een) for een in self.filters],
            volgende=volgende and self._adres(ingevuld, gewijzigdNa=volgende),
            begin=self._adres({k: w for k, w in ingevuld.items() if k != "gewijzigdNa"}),
            bestanden=[(vorm.upper(), self._adres(ingevuld, vorm=vorm)) for vorm in VORMEN],
        )

    def _gesorteerd(self, items: list[Any], op: str) -> list[Any]:
        """In the order of a column, what is empty last; in their own for one that is none."""
        veld = op.removeprefix("-")
        if veld not in {kop.veld for kop in self.koppen}:
            return items
        return gesorteerd(items, self._kolommen[veld].lees, op)

    def _is_zelf(self, veld: str, items: Sequence[Any], partij: Partij) -> bool:
        """Whether a column tells who looks no more than that it is about themselves."""
        return veld in _ZELF.get(partij.rol, ()) and all(self._kolommen[veld].lees(een) == partij.code for een in items)

    def _koppen(self, koppen: Iterable[Kop], ingevuld: Mapping[str, str], op: str | None) -> list[Kopcel]:
        """Of each column its heading; ``op`` None: it is not sorted."""
        if op is None:
            return [(een.titel, None, None) for een in koppen]
        return [kopcel(een.veld, een.titel, op, lambda op: self._adres(ingevuld, **{SORTEER: op})) for een in koppen]

    def _vast(self, vorm: Gedaante) -> dict[str, Any]:
        """What of a question is not filled in."""
        return {"limiet": PER_BLAD, "aantal": vorm is Gedaante.JSON, "nieuwsteEerst": self.nieuwste_eerst}

    def _adres(self, ingevuld: Mapping[str, str], **anders: str) -> str:
        vraag = {naam: waarde for naam, waarde in {**ingevuld, **anders}.items() if naam != "bsn"}
        return f"{self.pad}?{urlencode(vraag)}" if vraag else self.pad

    def _rijen(
        self, items: Iterable[Any], koppen: Sequence[Kop], bladzijde_van: Callable[[str], str | None], noem: Noem
    ) -> list[list[tuple[str | Markup, str | None]]]:
        uit = []
        for item in items:
            naar = bladzijde_van(self.naar(item) if self.naar else f"{self.pad}/{item.id}")
            uit.append([(self.cel(item, kop.veld, noem), naar if kop.naar else None) for kop in koppen])
        return uit

    def cel(self, item: Any, veld: str, noem: Noem) -> str | Markup:
        """What stands in a column of an item: a party by its name."""
        code = self._kolommen[veld].lees(item) if veld in _PARTIJEN else None
        return opmaak.tekst(noem(code)) if code else cel(self._kolommen, item, veld)

    def gegevens(self, item: Any, wat: Iterable[tuple[str, str]], noem: Noem) -> list[tuple[str, str | Markup]]:
        """What stands in these columns of an item, each with its heading."""
        return [(titel, self.cel(item, veld, noem)) for titel, veld in wat]

    def _veld(self, een: Filter) -> dict[str, Any]:
        """A filter as a field of a form: its name in an address, and its choices when there is a fixed number."""
        info = self.vraag.model_fields[een.veld]
        soorten = (info.annotation, *get_args(info.annotation))
        keuzes = next((list(s) for s in soorten if isinstance(s, type) and issubclass(s, Enum)), [])
        return {
            "naam": info.alias or een.veld,
            "titel": een.titel,
            "hint": een.hint,
            "keuzes": [("", "Alle"), *((str(k.value), str(opmaak.woord(k))) for k in keuzes)] if keuzes else [],
            "soort": "date" if any("date" in str(s) for s in soorten) else "text",
        }


def cel(kolommen_: Mapping[str, Kolom], item: Any, veld: str) -> str | Markup:
    """A value of a model as it is written: by its kind, a Bsn masked, a code with its meaning, a word of ours as one reads it."""
    kolom = kolommen_[veld]
    waarde = kolom.lees(item)
    if waarde is None:
        return opmaak.LEEG
    if veld == "bsn" or veld.endswith("_bsn"):
        return opmaak.bsn(waarde)
    if isinstance(waarde, Enum) and str(waarde.value)[1:].islower():  # a word says it by itself
        return opmaak.woord(waarde)
    if (betekenis := kolommen_.get(f"{veld}_{OMSCHRIJVING}")) is not None and isinstance(waarde, str):
        return opmaak.met_betekenis(waarde, betekenis.lees(item))
    return opmaak.PER_SOORT.get(kolom.soort, opmaak.toon)(waarde)
