"""The page that shows our OpenAPI and tries it out: Swagger UI from a package (Apache License 2.0). Nothing comes from elsewhere, and
no script or style stands in the page itself."""

from importlib.resources import files
from pathlib import Path

from fastapi import Response

from .antwoord.problemen import niet_gevonden
from .rondom.route import Router

router = Router(prefix="/docs")

_PAGINA = """<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>De interface van berichtenverkeer</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="interface">De interface staat in <a href="/v1/openapi.json">/v1/openapi.json</a>; deze bladzijde toont haar met JavaScript.</div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/begin.js"></script>
</body>
</html>
"""

_BEGIN = """SwaggerUIBundle({
  dom_id: "#interface",
  urls: [
    {name: "berichtenverkeer", url: "/v1/openapi.json"},
    {name: "VSP", url: "/vsp/openapi.json"},
    {name: "GGK", url: "/ggk/openapi.json"},
    {name: "validatie", url: "/validatie/openapi.json"},
  ],
  url: "/v1/openapi.json",
  deepLinking: true,
  docExpansion: "none",
  presets: [SwaggerUIBundle.presets.apis],
});
"""

_VERPAKT = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}

_LICENTIE = Path(__file__).parent / "licentie-swagger-ui.txt"

_MAG = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
"""What the page may load. Swagger UI sets styles on elements; a script it does not need to write."""


@router.get("", response_class=Response)
async def pagina() -> Response:
    """The page."""
    return Response(_PAGINA, media_type="text/html", headers={"Content-Security-Policy": _MAG})


@router.get("/{bestand}", response_class=Response)
def geef(bestand: str) -> Response:
    """What the page is made of."""
    if bestand == "begin.js":
        return Response(_BEGIN, media_type="text/javascript")
    if bestand == "licentie.txt":
        return Response(_LICENTIE.read_bytes(), media_type="text/plain")
    if bestand not in _VERPAKT:
        raise niet_gevonden("Dit bestand")
    inhoud = files("fastapi_swagger.resources").joinpath(bestand).read_bytes()
    return Response(inhoud, media_type=_VERPAKT[bestand])
