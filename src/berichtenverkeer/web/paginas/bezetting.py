"""Bezetting: how full the awarded places are in a quarter, with what threatens."""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from ...api.hoofdaannemer import bezetting
from ...api.hoofdaannemer.bezetting import Bezettingsvraag, BezettingUit
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.knooppunt import HetKnooppunt, Nu
from ...api.tabel import Gedaante
from ..bureau import BEGIN
from ..formulier import Onjuist, lees
from ..lijstpagina import VORM, VORMEN
from ..scherm import toon
from ..toegang import Lezer

router = APIRouter()

PAD = "/hoofdaannemer/bezetting"

_PER = (
    ("gemeente,segment", "Gemeente en segment"),
    ("gemeente", "Gemeente"),
    ("segment", "Segment"),
    ("partner", "Partner"),
    ("gemeente,segment,partner", "Gemeente, segment en partner"),
)

_MEESTE = 200
"""Rows on the page; the file has all."""


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """That of a quarter, of the one of today when none is asked for."""
    gegeven = request.query_params
    ingevuld = {
        "kwartaal": gegeven.get("kwartaal") or kwartaal_van(nu.date()),
        "per": gegeven.get("per") or _PER[0][0],
    }
    items: list[BezettingUit] = []
    fouten = {}
    try:
        vraag = lees(Bezettingsvraag, ingevuld)
        uit = bezetting.lijst(
            bureau_van(knooppunt, ik.partij), nu, vraag, VORMEN.get(gegeven.get(VORM, ""), Gedaante.JSON)
        )
        if isinstance(uit, Response):
            return uit
        items = uit.items
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    return toon(
        request,
        "bezetting.html",
        "Bezetting",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        ingevuld=ingevuld,
        per=_PER,
        items=items[:_MEESTE],
        aantal=len(items),
        fouten=fouten,
        bestanden=[(een.upper(), f"{PAD}?{urlencode({**ingevuld, VORM: een})}") for een in VORMEN],
    )


def kwartaal_van(dag: date) -> str:
    """The quarter of a day, as ``2026-Q1``."""
    return f"{dag.year}-Q{(dag.month + 2) // 3}"
