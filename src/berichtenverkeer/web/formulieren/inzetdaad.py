"""An act on an inzet, of its hoofdaannemer or of its partner: a form, then what will happen to say yes to, and only then the act.

Whoever adds an act adds one ``Inzetdaad``: its question is that of ``/v1``, and what does it is the function of the route there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import FormData

from ...api.antwoord.problemen import van_geweigerd
from ...hoofdaannemer.fouten import Geweigerd
from ...invoer import Invoer
from ..scherm import Kruimels, toon
from .formulier import Onjuist, lees, van_probleem, velden
from .veld import Veld

BEVESTIGD = "bevestigd"
"""The field that says yes."""


@dataclass(frozen=True, slots=True)
class Inzetdaad:
    """An act: its words, its question with the fields of it, and what does it. ``uitleg`` says what comes of it."""

    titel: str
    knop: str
    uitleg: str
    vraag: type[Invoer]
    velden: tuple[Veld, ...]
    doe: Callable[..., Any]
    vast: Mapping[str, Any] = field(default_factory=dict)
    """Of the question what nobody fills in."""


def vraag_of_doe(
    request: Request,
    daad: Inzetdaad,
    velden_: tuple[Veld, ...],
    formulier: FormData | None,
    doe: Callable[[Any], Response],
    *,
    over: list[tuple[str, Any]],
    terug: str,
    kruimels: Kruimels,
    vast: Mapping[str, str] | None = None,
    ernaast: tuple[str, str] | None = None,
) -> Response:
    """The page of an act. Without a form it asks; with one it says what will happen, and once that was said yes to ``doe`` does it with
    the question as it was read. ``over`` tells what it is about, ``terug`` is where one goes instead,
    ``vast`` is of the question what nobody fills in, and ``ernaast`` another page that helps, by its name and address."""
    fouten: Mapping[str, str] = {}
    niet_gedekt: list[Mapping[str, date | None]] = []
    te_bevestigen = False
    gegeven = velden(formulier) if formulier is not None else {}
    ingevuld = {veld.naam: gegeven[veld.naam] for veld in velden_ if veld.naam in gegeven}
    if formulier is not None:
        try:
            vraag = lees(daad.vraag, {**ingevuld, **daad.vast, **(vast or {})})
            if BEVESTIGD in gegeven:
                try:
                    return doe(vraag)
                except Geweigerd as fout:
                    probleem = van_geweigerd(fout)
                    niet_gedekt = probleem.inhoud["niet_gedekt"]
                    raise van_probleem(probleem, {veld.naam: "" for veld in velden_}) from None
            te_bevestigen = True
        except Onjuist as onjuist:
            fouten = onjuist.fouten
    return toon(
        request,
        "inzetdaad.html",
        daad.titel,
        kruimels=kruimels,
        status=422 if fouten else 200,
        daad=daad,
        velden=velden_,
        ingevuld=ingevuld,
        getoond=[(veld.titel, _getoond(veld, ingevuld[veld.naam])) for veld in velden_ if veld.naam in ingevuld],
        fouten=fouten,
        niet_gedekt=niet_gedekt,
        te_bevestigen=te_bevestigen or not velden_,
        bevestigd=BEVESTIGD,
        over=over,
        terug=terug,
        ernaast=ernaast,
    )


def _getoond(veld: Veld, waarde: str) -> Any:
    """What was filled in, as it is read."""
    if veld.keuzes:
        return dict(veld.keuzes).get(waarde, waarde)
    if veld.soort == "date":
        try:
            return date.fromisoformat(waarde)
        except ValueError:
            return waarde
    return waarde
