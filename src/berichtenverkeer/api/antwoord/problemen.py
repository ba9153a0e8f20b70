"""Errors as problem+json (RFC 9457), with all findings and advice in Dutch. No error quotes a value of a message."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...hoofdaannemer import fouten as bureaufouten
from ...inname.beurten import Vol
from ...inname.kind import KindGestopt, TaakTeZwaar
from ...inname.schrijver import NodeStopt
from ...invoer import TEKEN_ONJUIST
from ...oordeel.weigering import Reden, Weigering
from ...opslag.wachttijd import ONBEREIKBAAR, DatabaseWeg
from ...regels.bevinding import Ernst
from ...spoor import spoor
from ...trace import huidig
from ...versleuteling.bos import OnleesbareGegevens, Vernietigd
from ...voorstel.voorstellen import NietGevonden, NietVanPartij, VoorstelFout
from .onjuist import MEESTE, fouten, samengevat
from .probleemvoorbeeld import VOORBEELDEN

log = structlog.get_logger()

STATUS = {
    Reden.ONLEESBAAR: 400,
    Reden.TE_GROOT: 413,
    Reden.ONBEKEND_BERICHT: 422,
    Reden.XSD_ONGELDIG: 422,
    Reden.VREEMDE_AFZENDER: 403,
    Reden.ONBEKENDE_ONTVANGER: 422,
    Reden.RETOUR_ZONDER_HEENBERICHT: 422,
    Reden.RETOUR_BESTAAT_AL: 409,
    Reden.GOEDKEURING_BOTST: 409,
    Reden.AL_AANGEBODEN: 409,
    Reden.IDENTIFICATIE_GEBRUIKT: 409,
    Reden.FUNCTIE_NIET_ACTIEF: 422,
    Reden.ANDER_KENMERK: 422,
    Reden.CONTROLES: 422,
    Reden.REGELS: 422,
    Reden.BSN_NIET_FICTIEF: 422,
}
"""The HTTP status of each refusal."""

_TITELS = {
    400: "Niet te lezen",
    401: "Niet aangemeld",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Niet in deze vorm",
    408: "Te traag",
    409: "Bestaat al",
    410: "Vernietigd",
    413: "Te groot",
    414: "Adres te lang",
    415: "Ander soort inhoud",
    416: "Bereik onjuist",
    422: "Niet aanvaard",
    429: "Te veel",
    431: "Headers te groot",
    500: "Storing",
    501: "Kan hier niet",
    503: "Even niet bereikbaar",
}


class BevindingUit(BaseModel):
    """One finding on a message."""

    regel: str = Field(description="Code van de regel, of XSD", examples=["TR019"])
    ernst: Ernst = Field(Ernst.FOUT, description="fout: keurt af; signaal: noemt alleen wat beter moet")
    niveau: str = Field(description="xsd, bericht, berichtoverstijgend of externe-bron")
    retourcode: str | None = Field(examples=["9019"])
    regelnummer: int | None = Field(description="Regel in het ontvangen bestand")
    pad: str = Field(examples=["/Bericht/Client/StartProducten/StartProduct[1]/ToewijzingNummer"])
    element: str
    melding: str
    advies: str
    klasse: str | None = Field(None, description="De klasse die fout is", examples=["StartProduct"])
    waarde: str | None = Field(
        None, description="Wat er in het element staat; *** bij een persoonsgegeven", examples=["1009"]
    )
    berekening: list[str] = Field([], description="Hoe een bedrag of volume is berekend, stap voor stap")
    toewijzingnummer: int | None = Field(None, description="Dat in de klasse, als zij er een heeft")


class RijfoutUit(BaseModel):
    """What is wrong in a row that was delivered."""

    regel: int = Field(
        description="in het bestand; in JSON wat de rij in `regel` zegt, anders haar plaats in de lijst, van 1 af"
    )
    kolom: str
    melding: str


class LaadfoutUit(BaseModel):
    """What is wrong in a file that a hoofdaannemer loads."""

    rij: int = Field(description="zoals een spreadsheet telt: de kop is 1")
    kolom: str = Field(description="leeg: de rij als geheel")
    waarde: str = Field(description="wat er in de cel staat")
    melding: str
    advies: str


class LooptijdUit(BaseModel):
    """Days, both included; without tot there is no end."""

    van: date
    tot: date | None


class OnjuistVeld(BaseModel):
    """A field of a question that is wrong."""

    veld: str = Field(examples=["limiet"])
    melding: str = Field(examples=["is hoogstens 1000"])


class ProbleemUit(BaseModel):
    """A problem as RFC 9457 has it, with what is wrong with the message."""

    type: str
    title: str
    status: int
    detail: str
    advies: str
    trace: str | None = Field(
        None,
        description="Waaraan de beheerder terugvindt wat er gebeurde",
        examples=["0af7651916cd43dd8448eb211c80319c"],
    )
    pad: str | None = None
    regelnummer: int | None = None
    bevindingen: list[BevindingUit] = []
    fouten: list[RijfoutUit | LaadfoutUit] = []
    onjuist: list[OnjuistVeld] = Field([], description="welke velden van de vraag niet goed zijn, en waarom")
    niet_gedekt: list[LooptijdUit] = Field([], description="de dagen waarop de partner geen contract heeft")
    vernietigd_op: date | None = Field(None, description="wanneer de sleutel is vernietigd van wat u vraagt")
    errors: dict[str, list[str]] = Field({}, description="VSP: teksten bij een veld of bij een code")


PROBLEEM = "application/problem+json"
"""The media type of a problem."""

API_VERSIE = "1.0.0"
"""Of our own interface, by semantic versioning; its first number is that in ``/v1``."""

KOPPEN = (
    (b"api-version", API_VERSIE.encode()),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""On every answer (Logius API Design Rules: version-header, security-headers)."""

TLS_KOPPEN = ((b"strict-transport-security", b"max-age=31536000"),)
"""And where TLS is spoken."""


class Probleem(HTTPException):
    """An answer other than success. It is one of the framework's own, which lets no other through while a body is read."""

    def __init__(
        self,
        status: int,
        soort: str,
        detail: str,
        advies: str,
        /,
        headers: dict[str, str] | None = None,
        **meer: Any,
    ) -> None:
        super().__init__(status, detail, headers)
        self.status = status
        self.inhoud = {
            "type": f"urn:berichtenverkeer:probleem:{soort}",
            "title": _TITELS.get(status, "Fout"),
            "status": status,
            "detail": detail,
            "advies": advies,
            **meer,
        }

    def json(self) -> dict[str, Any]:
        """The problem as JSON values."""
        return dict(jsonable_encoder(self.inhoud))

    def antwoord(self) -> JSONResponse:
        """The problem as an answer, with the trace of the request, by which the operator finds what happened."""
        nu = huidig()
        waar = {"trace": nu.id} if nu is not None else {}
        return JSONResponse(self.json() | waar, self.status, self.headers, media_type=PROBLEEM)


def niet_gevonden(wat: str, advies: str = "") -> Probleem:
    """What is not there, or belongs to others: the two are not told apart."""
    advies = advies or "Controleer het adres; u ziet alleen wat van u is."
    return Probleem(404, "niet-gevonden", f"{wat} is niet gevonden.", advies)


def teken_onjuist(waar: str) -> Probleem:
    """Text that no database can keep."""
    return Probleem(
        400,
        "teken-onjuist",
        f"{waar} heeft een teken dat geen tekst is (NUL of een half teken).",
        "Laat dat teken weg.",
    )


def van_voorstel(fout: VoorstelFout) -> Probleem:
    """Why there can be no proposal."""
    if isinstance(fout, NietGevonden):
        return niet_gevonden(fout.wat)
    if isinstance(fout, NietVanPartij):
        advies = "Laat de partij die dit bericht verstuurt het voorstel vragen."
        return Probleem(403, "niet-van-u", str(fout), advies)
    return Probleem(422, "voorstel-onmogelijk", str(fout), "Pas de vraag aan.")


def van_geweigerd(fout: bureaufouten.Geweigerd, **meer: Any) -> Probleem:
    """What breaks a rule of the back-office, all at once."""
    adviezen = dict.fromkeys(een.advies for een in fout.bezwaren if een.advies)
    return Probleem(
        422,
        "geweigerd",
        " ".join(een.melding for een in fout.bezwaren[:MEESTE]),
        " ".join(adviezen) or "Pas de vraag aan.",
        onjuist=[{"veld": een.veld, "melding": str(een)} for een in fout.bezwaren[:MEESTE]],
        niet_gedekt=[{"van": dagen.van, "tot": dagen.tot} for dagen in fout.niet_gedekt],
        **meer,
    )


def niet_aangemeld(soort: str, detail: str, advies: str) -> Probleem:
    """There is no credential that counts."""
    return Probleem(401, soort, detail, advies, headers={"WWW-Authenticate": "Bearer"})


def van_weigering(weigering: Weigering) -> Probleem:
    """The problem for a refused message."""
    return Probleem(
        STATUS[weigering.reden],
        weigering.reden,
        weigering.melding,
        weigering.advies,
        pad=weigering.pad or None,
        regelnummer=weigering.regelnummer,
        bevindingen=weigering.bevindingen,
    )


def antwoorden(*statussen: int) -> dict[int | str, dict[str, Any]]:
    """What the API description says of these statuses, and of those that any request can get."""
    return {
        status: {
            "description": _TITELS[status],
            "content": {
                PROBLEEM: {"schema": {"$ref": "#/components/schemas/ProbleemUit"}, "example": _voorbeeld(status)}
            },
        }
        for status in sorted({*statussen, 400, 410, 500, 503})
    }


Toon = Callable[[Request, Probleem], Response]
"""How a problem is told: as JSON, or as a page."""


def als_json(_: Request, probleem: Probleem) -> Response:
    """A problem as problem+json."""
    return probleem.antwoord()


def _voorbeeld(status: int) -> dict[str, Any]:
    een = VOORBEELDEN[status]
    return Probleem(status, een.soort, een.detail, een.advies).json()


class Vangnet:
    """ASGI middleware: what nobody expected becomes a problem, and of the error only its place in the code is logged.

    Left to the server, the error itself would be logged, and its text may hold what a message says of a person.
    """

    def __init__(self, app: ASGIApp, toon: Toon) -> None:
        self._app, self._toon = app, toon

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begonnen = False

        async def stuur(bericht: Message) -> None:
            nonlocal begonnen
            if not begonnen and bericht["type"] == "http.response.start":
                eigen = dict(bericht["headers"])
                koppen = (*KOPPEN, *(TLS_KOPPEN if scope["scheme"] == "https" else ()))
                bericht["headers"] = [*bericht["headers"], *(kop for kop in koppen if kop[0] not in eigen)]
            begonnen = True
            await send(bericht)

        try:
            await self._app(scope, receive, stuur)
        except ClientDisconnect:
            return
        except Exception as fout:
            if scope["type"] != "http":
                raise
            if not isinstance(fout, DatabaseWeg):  # who found that out said so
                log.error("verzoek mislukt", methode=scope["method"], fout=spoor(fout))
            if not begonnen:
                await self._toon(Request(scope), _van_storing(fout))(scope, receive, send)


def database_onbereikbaar() -> Probleem:
    """What needs the database cannot be answered now."""
    return Probleem(
        503,
        "database-onbereikbaar",
        "Het knooppunt kan nu niet bij zijn database.",
        "Bied het straks opnieuw aan; hetzelfde bericht twee keer aanbieden kan geen kwaad.",
        {"Retry-After": "5"},
    )


def _van_storing(fout: Exception) -> Probleem:
    if isinstance(fout, ONBEREIKBAAR):
        return database_onbereikbaar()
    return Probleem(
        500,
        "storing",
        "Er ging iets mis in het knooppunt.",
        "Bied het opnieuw aan; blijft het misgaan, meld het de beheerder.",
    )


def installeer(app: FastAPI, toon: Toon = als_json) -> None:
    """Make every error of the app a problem, told so."""
    app.add_middleware(Vangnet, toon=toon)

    async def antwoord(request: Request, fout: Exception) -> Response:
        return toon(request, probleem_van(request, fout))

    for soort in _PROBLEEM_VAN:
        app.add_exception_handler(soort, antwoord)


def probleem_van(request: Request, fout: Exception) -> Probleem:
    """The problem that an expected error is."""
    maak = next(_PROBLEEM_VAN[soort] for soort in type(fout).__mro__ if soort in _PROBLEEM_VAN)
    return maak(request, fout)


def _van_vraag(request: Request, fout: RequestValidationError) -> Probleem:
    gevallen = fout.errors()
    if any(geval["type"] == TEKEN_ONJUIST for geval in gevallen):
        return teken_onjuist("De inhoud")
    return vraag_onjuist(fouten(gevallen, _velden_van(request)), "bij /docs staat de vorm van elk")


def vraag_onjuist(onjuist: Sequence[Mapping[str, str]], waar: str) -> Probleem:
    """A question of which these fields are not as they should be, with ``veld`` and ``melding`` each; ``waar`` says where one can read how."""
    return Probleem(
        400,
        "vraag-onjuist",
        f"De vraag is niet goed ingevuld: {samengevat(onjuist)}",
        f"Verbeter deze velden; {waar}.",
        onjuist=onjuist[:MEESTE],
    )


def _van_onleesbaar(fout: OnleesbareGegevens) -> Probleem:
    advies = "Vraag de beheerder van het knooppunt naar de sleutels; opnieuw aanbieden helpt niet."
    return Probleem(500, "gegevens-onleesbaar", str(fout), advies, title="Niet te lezen")


def _van_vernietigd(fout: Vernietigd) -> Probleem:
    advies = "Opnieuw vragen helpt niet. Vraag de andere partij wat u nog nodig hebt."
    return Probleem(410, "gegevens-vernietigd", str(fout), advies, vernietigd_op=fout.op)


def _van_botsing(fout: bureaufouten.Botsing) -> Probleem:
    advies = "Vraag op hoe het er nu voor staat; er is niets gewijzigd."
    return Probleem(409, "botsing", str(fout), advies, title="Gaat niet meer")


def _van_http(request: Request, fout: HTTPException) -> Probleem:
    titel, koppen = _TITELS.get(fout.status_code, "Fout"), dict(fout.headers or {})
    advies = "Kijk bij /docs welke adressen er zijn."
    if fout.status_code == 405:
        koppen["Allow"] = ", ".join(_methoden(request))
        advies = f"Hier kan: {koppen['Allow']}."
    return Probleem(fout.status_code, "http", f"{titel}.", advies, koppen)


def _later() -> Probleem:
    return Probleem(
        503,
        "druk",
        "Het knooppunt komt nu niet aan deze vraag toe; er is niets gebeurd dat niet nog eens kan.",
        "Bied hem straks opnieuw aan; hetzelfde bericht twee keer aanbieden kan geen kwaad.",
        {"Retry-After": "10"},
    )


def _te_zwaar() -> Probleem:
    return Probleem(
        413,
        "te-zwaar",
        "De inhoud vraagt meer tijd of geheugen dan het knooppunt aan één vraag geeft.",
        "Splits haar in kleinere delen.",
    )


def _stopt() -> Probleem:
    return Probleem(
        503,
        "stopt",
        "Het knooppunt stopt; het bericht is niet aangenomen.",
        "Bied het bericht straks opnieuw aan.",
        {"Retry-After": "5"},
    )


_PROBLEEM_VAN: Mapping[type[Exception], Callable[[Request, Any], Probleem]] = {
    Probleem: lambda _, fout: fout,
    Weigering: lambda _, fout: van_weigering(fout),
    RequestValidationError: _van_vraag,
    VoorstelFout: lambda _, fout: van_voorstel(fout),
    bureaufouten.Geweigerd: lambda _, fout: van_geweigerd(fout),
    bureaufouten.NietGevonden: lambda _, fout: niet_gevonden(fout.wat, fout.advies),
    bureaufouten.Botsing: lambda _, fout: _van_botsing(fout),
    HTTPException: _van_http,
    KindGestopt: lambda *_: _later(),
    Vol: lambda *_: _later(),
    TaakTeZwaar: lambda *_: _te_zwaar(),
    NodeStopt: lambda *_: _stopt(),
    Vernietigd: lambda _, fout: _van_vernietigd(fout),
    OnleesbareGegevens: lambda _, fout: _van_onleesbaar(fout),
}
"""Of each error that is expected the problem that it is."""


_METHODEN = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def _methoden(request: Request) -> list[str]:
    """What can be done at this address: the framework has a route for each of them, and names only that of the first."""
    return [methode for methode in _METHODEN if _kan(request, methode)]


def _kan(request: Request, methode: str) -> bool:
    vraag = dict(request.scope) | {"method": methode}
    return any(route.matches(vraag)[0] is Match.FULL for route in request.app.routes)


def _velden_van(request: Request) -> Sequence[str]:
    """The fields that the body of this request may have."""
    inhoud = getattr(request.scope.get("route"), "body_field", None)
    model = inhoud.field_info.annotation if inhoud is not None else None
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return ()
    return sorted(veld.alias or naam for naam, veld in model.model_fields.items())
