"""A list that is in memory as a whole, as a page: search in it, sort it by any column, and take all of it as CSV or XLSX. For what there is
little of: parties, people, credentials, settings."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from markupsafe import Markup
from pydantic import BaseModel

from ..api.tabel import als_tabel
from ..tabellen.model import kolommen
from .lijstpagina import PER_BLAD, SORTEER, VORM, VORMEN, Kop, cel
from .scherm import Kruimels, toon

M = TypeVar("M", bound=BaseModel)

_VANAF, _ZOEK = "vanaf", "zoek"


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
    vraag = request.query_params
    vorm, zoek, op = (vraag.get(naam, "").strip() for naam in (VORM, _ZOEK, SORTEER))
    namen = {kolom.naam: kolom for kolom in kolommen(model)}
    gevonden = [item for item in items if zoek.casefold() in _tekst(item, koppen, namen).casefold()]
    veld = op.removeprefix("-")
    if veld in {kop.veld for kop in koppen}:
        lees = namen[veld].lees
        gevuld = sorted((item for item in gevonden if lees(item) is not None), key=lees, reverse=op.startswith("-"))
        gevonden = gevuld + [item for item in gevonden if lees(item) is None]
    if vorm in VORMEN:
        return als_tabel(VORMEN[vorm], request.url.path.rpartition("/")[2], list(namen.values()), gevonden)
    gekozen = {naam: waarde for naam, waarde in ((_ZOEK, zoek), (SORTEER, op)) if waarde}
    vanaf = max(0, int(v)) if (v := vraag.get(_VANAF, "")).isdecimal() and len(v) < 9 else 0
    verder = vanaf + PER_BLAD

    def adres(**anders: Any) -> str:
        alles = {**gekozen, **anders}
        return f"{request.url.path}?{urlencode(alles)}" if alles else request.url.path

    return toon(
        request,
        waarden.pop("sjabloon", "beheerlijst.html"),
        titel,
        kruimels=kruimels,
        koppen=[_kop(kop, op, adres) for kop in koppen],
        rijen=[
            [(cel(namen, item, kop.veld), naar(item) if naar and kop.naar else None) for kop in koppen]
            for item in gevonden[vanaf:verder]
        ],
        aantal=len(gevonden),
        zoek=zoek,
        leeg=leeg,
        volgende=adres(vanaf=verder) if verder < len(gevonden) else None,
        begin=adres() if vanaf else None,
        bestanden=[(een.upper(), adres(vorm=een)) for een in VORMEN],
        **{"inleiding": "", "knoppen": (), "gezegd": (), **waarden},
    )


def _kop(kop: Kop, op: str, adres: Callable[..., str]) -> tuple[str, str, str | None]:
    nu = {kop.veld: "ascending", f"-{kop.veld}": "descending"}.get(op)
    return kop.titel, adres(sorteer=f"-{kop.veld}" if nu == "ascending" else kop.veld), nu


def _tekst(item: BaseModel, koppen: Sequence[Kop], namen: Any) -> str:
    return " ".join(str(Markup(cel(namen, item, kop.veld)).striptags()) for kop in koppen)
