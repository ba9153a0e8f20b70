"""A list that is in memory as a whole, as a page: search in it, sort it by any column, and take all of it as CSV or XLSX. For what there is
little of: parties, people, credentials, settings."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from fastapi import Request, Response
from markupsafe import Markup
from pydantic import BaseModel

from ..api.tabel import Gedaante, als_tabel
from ..tabellen.model import kolommen
from .heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm
from .lijstpagina import Kop, cel
from .scherm import Kruimels, toon

M = TypeVar("M", bound=BaseModel)

_ZOEK = "zoek"


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
    **waarden: Any,
) -> Response:
    """The list as it is asked for. ``waarden`` are for the template, which stands around it."""
    zoek = request.query_params.get(_ZOEK, "").strip()
    namen = {kolom.naam: kolom for kolom in kolommen(model)}
    gevonden = [item for item in items if zoek.casefold() in _tekst(item, koppen, namen).casefold()]
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
        leeg=leeg,
        bestanden=als_bestanden(request),
        **{"inleiding": "", "knoppen": (), "gezegd": (), **waarden},
    )


def _tekst(item: BaseModel, koppen: Sequence[Kop], namen: Any) -> str:
    return " ".join(str(Markup(cel(namen, item, kop.veld)).striptags()) for kop in koppen)
