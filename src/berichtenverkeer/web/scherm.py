"""Making a page: a template with what stands on every page beside what is its own."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from ..api.antwoord.problemen import Probleem
from ..api.rondom.knooppunt import Knooppunt
from ..regels.regel import REGELS
from . import opmaak, statisch
from .opmaak import los
from .toegang import EENMALIG, ZEKER, Ingang, wie_is

MAG = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: only what is ours, and no script or style that stands in the page itself."""

_KOPPEN = {
    "Content-Security-Policy": MAG,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_OMGEVING = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "sjablonen"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_OMGEVING.filters |= dict(opmaak.FILTERS)

Noem = Callable[[str], str]
"""Says who a code is, by name and code."""

Kruimels = Sequence[tuple[str, str]]
"""The way to a page: of each step its name and its address."""


def toon(
    request: Request, sjabloon: str, titel: str, *, kruimels: Kruimels = (), status: int = 200, **waarden: Any
) -> Response:
    """A page. ``titel`` is its h1 and stands in the title of the window."""
    app = request.app
    knooppunt: Knooppunt = app.state.knooppunt
    ingang: Ingang | None = getattr(request.state, "ingang", None)
    ik = wie_is(request, knooppunt)
    html = _OMGEVING.get_template(sjabloon).render(
        titel=titel,
        kruimels=kruimels,
        ik=ik,
        menu=[punt for punt in app.state.menu if ik is not None and punt.ziet(ik)],
        pad=request.url.path,
        proefmodus=knooppunt.instellingen.proefmodus,
        zeker=(ZEKER, ingang.zeker if ingang else ""),
        eenmalig=lambda: (EENMALIG, secrets.token_urlsafe(24)),
        statisch=statisch.adres,
        alle_regels=REGELS,
        bladzijde_van=app.state.bladzijde_van,
        naam_van=partial(partijnaam, knooppunt),
        partij_van=partial(met_partijnaam, knooppunt),
        **waarden,
    )
    return HTMLResponse(html, status, _KOPPEN)


def partijnaam(knooppunt: Knooppunt, code: str) -> str:
    """What a party is called; one that is not known its code."""
    partij = knooppunt.register.partij(code)
    return partij.naam if partij else code


def met_partijnaam(knooppunt: Knooppunt, code: str) -> str:
    """A party by its name and code; a gemeente that this node does not know as the CBS calls it, another by its code alone."""
    partij = knooppunt.register.partij(code)
    naam = los(partij.naam) if partij else opmaak.gemeentenaam(code)
    return f"{naam} ({code})" if naam else code


def toon_probleem(request: Request, probleem: Probleem) -> Response:
    """A page that says what is wrong and what to do."""
    inhoud = probleem.inhoud
    if inhoud["type"].endswith(":http"):  # what the framework says is about the interface
        inhoud = {
            **inhoud,
            "detail": "Deze bladzijde is er niet.",
            "advies": "Controleer het adres, of ga naar het begin.",
        }
    antwoord = toon(request, "fout.html", inhoud["title"], status=probleem.status, probleem=inhoud)
    antwoord.headers.update(probleem.headers or {})
    return antwoord
