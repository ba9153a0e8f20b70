"""An inzorgmelding or uitzorgmelding as JSON, as a page to print, and as PDF."""

from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from ..antwoord.accept import gekozen
from ..antwoord.problemen import Probleem, antwoorden
from .inzet_uit import ZorgmeldingUit
from .pdf import GeenPdf, als_pdf

JSON, HTML, PDF = "application/json", "text/html", "application/pdf"

_BLADZIJDE = "zorgmelding.html"
_ALLEEN_ZICHZELF = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
"""The page needs nothing but its own style, and runs nothing."""

ZORGMELDING: dict[int | str, dict[str, Any]] = antwoorden(400, 401, 404, 406, 501) | {
    200: {
        "description": "De melding, in de gevraagde vorm",
        "content": {
            HTML: {"schema": {"type": "string"}, "example": "<!doctype html>"},
            PDF: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
"""What the API description says of the answers."""


def gevraagde_vorm(request: Request) -> str:
    """The form that is asked for. Raises problem 406."""
    return gekozen(request, (JSON, HTML, PDF))


def als_antwoord(melding: ZorgmeldingUit, vorm: str) -> Response:
    """The melding in this form. Raises problem 501 for a PDF where none can be made."""
    if vorm == JSON:
        return JSONResponse(melding.model_dump(mode="json"))
    html = bladzijde(melding)
    if vorm == HTML:
        return HTMLResponse(html, headers=_ALLEEN_ZICHZELF)
    try:
        pdf = als_pdf(html)
    except GeenPdf:
        raise Probleem(
            501,
            "geen-pdf",
            "Dit knooppunt kan geen PDF maken: de bibliotheek Pango ontbreekt.",
            f"Vraag om {HTML} en druk dat af, of vraag de beheerder Pango te installeren.",
        ) from None
    return Response(pdf, media_type=PDF, headers={"Content-Disposition": f'inline; filename="{melding.soort}.pdf"'})


def bladzijde(melding: ZorgmeldingUit) -> str:
    """The page to print. All that comes from outside is escaped."""
    return _OMGEVING.get_template(_BLADZIJDE).render(melding=melding)


def _dag(dag: date | None) -> str:
    return f"{dag:%d-%m-%Y}" if dag else ""


_OMGEVING = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined
)
_OMGEVING.filters["dag"] = _dag
