"""A list that is in memory as a whole, as a page: search in it, sort it by any column, and take all of it as CSV or XLSX. For what there is
little of: parties, people, credentials, settings, rules, codes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from fastapi import Request, Response
from markupsafe import Markup
from pydantic import BaseModel

from ...api.tabel import Gedaante, als_tabel
from ...tabellen.model import kolommen
from ..gezegd import VELDEN
from ..scherm import Kruimels, toon
from .heeltabel import VANAF, Kolom, adres, als_bestanden, blad, gevraagde_vorm
from .lijstpagina import VORM, Kop, cel

M = TypeVar("M", bound=BaseModel)

_ZOEK = "zoek"
_EIGEN = frozenset({_ZOEK, VANAF, VORM, *VELDEN})
"""What of an address a search begins anew."""


def toon_lijst(
    request: Request,
    titel: str,
    model: type[M],
    items: Sequence[M],
    koppen: Sequence[Kop],
    *,
    kruimels: Kruimels,
    leeg: str,
    naar: Callable[[M], str] | None = None,
    zoek_ook: Sequence[str] = (),
    **waarden: Any,
) -> Response:
    """The list as it is asked for. ``zoek_ook`` are columns that are searched and not shown; ``waarden`` are for the template, which
    stands around it."""
    vraag = request.query_params
    zoek = vraag.get(_ZOEK, "").strip()
    namen = {kolom.naam: kolom for kolom in kolommen(model)}
    velden = [*(kop.veld for kop in koppen), *zoek_ook]
    gevonden = [item for item in items if zoek.casefold() in _tekst(item, velden, namen).casefold()]
    vorm = gevraagde_vorm(request)
    if vorm is not Gedaante.JSON:
        return als_tabel(vorm, request.url.path.rpartition("/")[2], list(namen.values()), gevonden)

    def in_cel(kop: Kop, item: M) -> Any:
        return cel(namen, item, kop.veld), naar(item) if naar and kop.naar else None

    return toon(
        request,
        waarden.pop("sjabloon", "beheerlijst.html"),
        titel,
        kruimels=kruimels,
        blad=blad(request, gevonden, [Kolom(k.veld, k.titel, namen[k.veld].lees, partial(in_cel, k)) for k in koppen]),
        zoek=zoek,
        ook={naam: waarde for naam, waarde in vraag.items() if naam not in _EIGEN},
        alles=adres(request, **{_ZOEK: "", VANAF: ""}),
        leeg=leeg,
        bestanden=als_bestanden(request),
        **{"inleiding": "", "knoppen": (), "gezegd": (), **waarden},
    )


def _tekst(item: BaseModel, velden: Sequence[str], namen: Any) -> str:
    return " ".join(str(Markup(cel(namen, item, veld)).striptags()) for veld in velden)
