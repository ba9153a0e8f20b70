"""VECOZO's older SOAP: whoever still calls it hears, in SOAP, which door to take."""

from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from ...keten.envelop.stuf import schrijf_soap_fout
from ...keten.envelop.vspsoap import wegwijzer
from ..rondom.lichaam import mediatype

_SOORTEN = ("text/xml", "application/soap+xml")


def is_soap(request: Request) -> bool:
    """Whether a request is one of SOAP, by what it says of itself; nothing of its body is read."""
    soort = mediatype(request.headers)
    return request.method == "POST" and soort in _SOORTEN


def wijs_de_weg(request: Request) -> Response:
    """A soap:Fault that says where to go."""
    zin = wegwijzer(str(request.base_url).rstrip("/"))
    return Response(schrijf_soap_fout(zin), 500, media_type=_SOORTEN[0])


def installeer(app: FastAPI) -> None:
    """Answer so where SOAP comes to an address that is no door: which address such software has, is for who set it up."""
    anders: Any = app.exception_handlers[HTTPException]

    @app.exception_handler(HTTPException)
    async def _geen_deur(request: Request, fout: HTTPException) -> Response:
        if fout.status_code in (404, 405) and is_soap(request):
            return wijs_de_weg(request)
        antwoord: Response = await anders(request, fout)
        return antwoord
