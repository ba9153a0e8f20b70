"""How a caller says who it is: a token or a client certificate, and for which of its parties."""

from typing import Annotated, Any

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from starlette.types import Scope

from ...optreden import Wie
from ...partijen.afspraken import Aanmelding, van_certificaat, van_token
from ...partijen.partij import Partij
from ..antwoord.problemen import Probleem, niet_aangemeld
from .clientcertificaat import certificaat_van
from .knooppunt import HetKnooppunt, Knooppunt

_TOKEN = HTTPBearer(scheme_name="token", description="Van 'berichtenverkeer partij token'", auto_error=False)

_CERTIFICAAT = {
    "type": "mutualTLS",
    "description": "Clientcertificaat, geregistreerd met 'berichtenverkeer partij certificaat'. Een proxy die het knooppunt "
    "vertrouwt, geeft het door in de header Client-Cert (RFC 9440).",
}


_BEKEND = "aanmelding"
"""Where in the state of a request it stands who calls, once that was seen."""

_BEWIJS = "bewijs"
"""And where by which credential."""


async def meld_aan(request: Request, knooppunt: Knooppunt) -> Aanmelding:
    """What the credential of the caller gives, or with the header ``Bv-Partij`` the one party of it. Raises problem 401, the same
    for a party that the credential is not for as for one that does not exist.

    One credential counts: the token when there is one, and then no certificate is looked at (afgeleid). The register has them all
    in memory; one that it does not know waits for its next look. Raises ``DatabaseWeg`` when it cannot look.
    """
    bewijs, is_token = _bewijs(request, knooppunt)
    aanmelding = _geldig(await knooppunt.register.aanmelding(bewijs), is_token, knooppunt)
    knooppunt.register.gebruikt(bewijs, knooppunt.klok())
    bv_partij = request.headers.get("bv-partij")
    gekozen = aanmelding if bv_partij is None else aanmelding.kies(bv_partij)
    if gekozen is None:
        raise niet_aangemeld(
            "niet-namens-deze-partij",
            "Het token of certificaat is niet voor de partij in de header Bv-Partij.",
            "Noem een partij waarvoor het is gemaakt, of laat de header weg.",
        )
    staat = request.scope.setdefault("state", {})
    staat[_BEKEND] = gekozen
    staat[_BEWIJS] = bewijs, is_token
    staat["partijen"] = gekozen.partijen[:1]  # for what stands around the application
    return gekozen


async def de_aanmelding(
    request: Request,
    knooppunt: HetKnooppunt,
    _token: Annotated[HTTPAuthorizationCredentials | None, Security(_TOKEN)],
    _bv_partij: Annotated[
        str | None,
        Header(
            alias="bv-partij",
            description="Namens welke partij van het token of certificaat; zonder: die waarvoor het is gemaakt.",
        ),
    ] = None,
) -> Aanmelding:
    """Who calls: as the gate saw it before a body came, else seen here. Raises problem 401.

    Like its neighbours this is async so that a request does not pass through the thread pool for it.
    """
    bekend = request.scope.get("state", {}).get(_BEKEND)
    return bekend if isinstance(bekend, Aanmelding) else await meld_aan(request, knooppunt)


def wie_belt(request: Request) -> str:
    """The code of who calls, as the gate saw it; empty for who is not known."""
    bekend = request.scope.get("state", {}).get(_BEKEND)
    return bekend.partij.code if isinstance(bekend, Aanmelding) else ""


def wie_handelt(scope: Scope) -> Wie:
    """For which party a request acts and by which credential, as far as that is known; for the log."""
    staat = scope.get("state", {})
    bekend = staat.get(_BEKEND)
    if not isinstance(bekend, Aanmelding):
        return Wie()
    bewijs, is_token = staat[_BEWIJS]
    return Wie(
        bekend.partij.code, bewijs=f"{'token' if is_token else 'certificaat'}:{bewijs.rpartition(' ')[2][:KORT]}"
    )


KORT = 16
"""So much of the fingerprint of a credential is enough to find it."""


def bewijs_van(scope: Scope) -> str:
    """By which credential who calls is known: its fingerprint. To be asked once it is known."""
    bewijs: str = scope["state"][_BEWIJS][0]
    return bewijs


async def eis_nog_aangemeld(request: Request, knooppunt: Knooppunt) -> None:
    """Raise problem 401 when the credential with which a request began gives nothing any more: it was withdrawn while the request
    waited, or its body came in."""
    afspraken = await knooppunt.register.actueel()
    bewijs, is_token = request.scope["state"][_BEWIJS]
    _geldig(afspraken.bewijzen.get(bewijs), is_token, knooppunt)


DeAanmelding = Annotated[Aanmelding, Depends(de_aanmelding)]
"""Who calls, where the message or its addressee may choose among the parties of a credential."""


async def de_partij(aanmelding: DeAanmelding) -> Partij:
    """The one party that calls: the one in ``Bv-Partij``, else the one the credential was made for."""
    return aanmelding.partij


DePartij = Annotated[Partij, Depends(de_partij)]


def beschrijf(schema: dict[str, Any]) -> None:
    """Say in an OpenAPI that a certificate does wherever a token does; the framework has no word for it."""
    if "securitySchemes" not in schema["components"]:
        return
    schema["components"]["securitySchemes"]["certificaat"] = _CERTIFICAAT
    for methoden in schema["paths"].values():
        for beschrijving in methoden.values():
            if {_TOKEN.scheme_name: []} in (wijzen := beschrijving.get("security", [])):
                wijzen.append({"certificaat": []})


def _bewijs(request: Request, knooppunt: Knooppunt) -> tuple[str, bool]:
    """The fingerprint of the credential that a caller shows, and whether it is a token. Raises problem 401 when there is none."""
    soort, token = get_authorization_scheme_param(request.headers.get("authorization"))
    if soort.lower() == "bearer" and token:
        return van_token(token), True
    der = certificaat_van(request, knooppunt.instellingen.vertrouwde_proxy)
    if der is None:
        raise _zonder_bewijs()
    return van_certificaat(der), False


def _geldig(aanmelding: Aanmelding | None, is_token: bool, knooppunt: Knooppunt) -> Aanmelding:
    """What a credential gives now. Raises problem 401. The clock is that of the node, whatever ``Bv-Klok`` says."""
    if aanmelding is None:
        raise _zonder_bewijs() if is_token else _onbekend_certificaat()
    van, tot, nu = aanmelding.geldig_van, aanmelding.geldig_tot, knooppunt.klok()
    if van is not None and nu < van:
        raise niet_aangemeld(
            "certificaat-nog-niet-geldig",
            f"Het certificaat geldt pas vanaf {van:%Y-%m-%d %H:%M}.",
            "Gebruik tot dan het vorige certificaat, of een token.",
        )
    if tot is not None and nu > tot and is_token:
        raise niet_aangemeld(
            "token-verlopen",
            f"Het token is verlopen op {tot:%Y-%m-%d %H:%M}.",
            "Laat de beheerder een nieuw token maken met 'berichtenverkeer partij token'.",
        )
    if tot is not None and nu > tot:
        raise niet_aangemeld(
            "certificaat-verlopen",
            f"Het certificaat is verlopen op {tot:%Y-%m-%d %H:%M}.",
            "Laat de beheerder een nieuw certificaat registreren, of meld u aan met een token.",
        )
    return aanmelding


def _zonder_bewijs() -> Probleem:
    return niet_aangemeld(
        "niet-aangemeld",
        "Er is geen geldig token of certificaat meegegeven.",
        "Geef de header 'Authorization: Bearer …' mee, of een certificaat; de beheerder maakt een token met "
        "'berichtenverkeer partij token' en registreert een certificaat met 'berichtenverkeer partij certificaat'.",
    )


def _onbekend_certificaat() -> Probleem:
    return niet_aangemeld(
        "certificaat-onbekend",
        "Dit certificaat is hier niet geregistreerd.",
        "Laat de beheerder het registreren met 'berichtenverkeer partij certificaat', of meld u aan met een token.",
    )
