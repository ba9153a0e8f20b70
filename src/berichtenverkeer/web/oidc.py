"""Logging in with the account that someone has at work (OpenID Connect): who it is, is said by a service that the operator named.

A service is believed about the e-mail addresses of its own domains only, and only about who is a user here already. What it says is
signed, meant for this node, and the answer to a question that this browser asked (state, nonce, PKCE).
"""

import secrets
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

import httpx
import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, TypeAdapter

from ..spoor import spoor

log = structlog.get_logger()

_ALGORITMEN = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures that are taken: none by a shared secret, and never none."""

_GEDULD = 10.0
"""Seconds that the service may take for an answer."""

_SPELING = 120
"""Seconds that its clock may differ."""

_MACHINE = {"localhost", "127.0.0.1", "::1"}


def _eis_veilig(url: str) -> str:
    delen = urlsplit(url)
    if delen.scheme != "https" and delen.hostname not in _MACHINE:
        raise ValueError("schrijf het adres met https://")
    return url.rstrip("/")


class Dienst(BaseModel):
    """A service, as the file of the operator names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    naam: str
    issuer: Annotated[str, AfterValidator(_eis_veilig)]
    client_id: str
    client_secret: SecretStr
    domeinen: tuple[str, ...] = Field(min_length=1)
    """What comes after the @ of the logins it may speak for."""

    claim: str = "email"
    """In which claim the login stands."""


def lees_diensten(pad: Path | None) -> Mapping[str, Dienst]:
    """The services of a file (TOML), by the word that they have in an address. Raises ``OSError`` and ``ValueError``."""
    return {} if pad is None else _DIENSTEN.validate_python(tomllib.loads(pad.read_text(encoding="utf-8")))


_DIENSTEN = TypeAdapter(dict[Annotated[str, Field(pattern="^[a-z0-9-]{1,40}$")], Dienst])


class Mislukt(Exception):
    """The service did not say who it is."""


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a browser keeps while someone is at the service, so that the answer is known to be one to this question."""

    state: str
    nonce: str
    verifier: str = field(repr=False)

    @classmethod
    def nieuw(cls) -> "Vraag":
        """One by chance."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))

    @classmethod
    def lees(cls, koekje: str) -> "Vraag | None":
        """The one in a cookie."""
        delen = koekje.split(".")
        return cls(*delen) if len(delen) == 3 and all(delen) else None

    def __str__(self) -> str:
        return f"{self.state}.{self.nonce}.{self.verifier}"


@dataclass
class Klant:
    """This node as a client of a service."""

    dienst: Dienst
    _bekend: dict[str, Any] = field(default_factory=dict)

    def adres(self, vraag: Vraag, terug: str) -> str:
        """Where someone logs in. Raises ``Mislukt``."""
        # here and below: it takes long to load, and most nodes have no service
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

        return f"{self._gegevens()['authorization_endpoint']}?" + urlencode(
            {
                "response_type": "code",
                "scope": "openid email profile",
                "client_id": self.dienst.client_id,
                "redirect_uri": terug,
                "state": vraag.state,
                "nonce": vraag.nonce,
                "code_challenge": create_s256_code_challenge(vraag.verifier),
                "code_challenge_method": "S256",
            }
        )

    def login(self, vraag: Vraag, code: str, terug: str) -> str:
        """The login of who came back with this code. Raises ``Mislukt``."""
        gegevens = self._gegevens()
        antwoord = self._vraag(
            "POST",
            gegevens["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": terug,
                "code_verifier": vraag.verifier,
            },
            auth=(self.dienst.client_id, self.dienst.client_secret.get_secret_value()),
        )
        claims = self._claims(antwoord.get("id_token"), vraag.nonce, gegevens["jwks_uri"])
        login = claims.get(self.dienst.claim)
        if not isinstance(login, str) or claims.get("email_verified") is False:
            raise Mislukt(f"no {self.dienst.claim} that counts")
        login = login.strip().lower()
        if login.rpartition("@")[2] not in self.dienst.domeinen:
            raise Mislukt("a login of a domain that is not of this service")
        return login

    def _claims(self, token: Any, nonce: str, jwks: str) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if not isinstance(token, str):
            raise Mislukt("no id_token")
        try:
            sleutels = KeySet.import_key_set(self._vraag("GET", jwks))  # type: ignore[arg-type]
            gelezen = jwt.decode(token, sleutels, algorithms=_ALGORITMEN)
            eisen = {
                "iss": {"essential": True, "value": self.dienst.issuer},
                "aud": {"essential": True, "value": self.dienst.client_id},
                "exp": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            }
            claims = CodeIDToken(
                gelezen.claims, gelezen.header, eisen, {"client_id": self.dienst.client_id, "nonce": nonce}
            )
            claims.validate(int(time.time()), _SPELING)
        except (JoseError, ValueError, TypeError, KeyError) as fout:
            raise Mislukt(f"its id_token does not hold ({type(fout).__name__})") from None
        return dict(claims)

    def _gegevens(self) -> Mapping[str, Any]:
        if not self._bekend:
            gevonden = self._vraag("GET", f"{self.dienst.issuer}/.well-known/openid-configuration")
            if str(gevonden.get("issuer", "")).rstrip("/") != self.dienst.issuer:
                raise Mislukt("it says to be another")
            self._bekend = gevonden
        return self._bekend

    def _vraag(self, methode: str, url: str, **meer: Any) -> dict[str, Any]:
        try:
            antwoord = httpx.request(methode, url, timeout=_GEDULD, headers={"Accept": "application/json"}, **meer)
            uit = antwoord.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as fout:
            log.warning("aanmelddienst antwoordt niet goed", dienst=self.dienst.naam, fout=spoor(fout))
            raise Mislukt("no answer") from None
        if not isinstance(uit, dict):
            raise Mislukt("no answer")
        return uit
