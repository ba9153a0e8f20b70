"""Logging in with an account of elsewhere: a service that answers as it should, and one that does not."""

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, knoop

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen import gebruikers
from berichtenverkeer.web.koekjes import VRAAGKOEKJE
from berichtenverkeer.web.oidc import lees_diensten
from berichtenverkeer.web.poort import SESSIEKOEKJE

_SLEUTEL = RSAKey.generate_key(2048, {"kid": "een"})
_ANDER = RSAKey.generate_key(2048, {"kid": "een"})


@dataclass
class Dienst:
    """A service; ``claims`` and ``sleutel`` are what it puts in its next token."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    sleutel: RSAKey = field(default_factory=lambda: _SLEUTEL)
    alg: str = "RS256"
    gevraagd: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def dienst() -> Iterator[Dienst]:
    """A service on a thread."""
    zelf = Dienst()

    class Antwoord(BaseHTTPRequestHandler):
        def _geef(self, inhoud: Any) -> None:
            data = json.dumps(inhoud).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path == "/sleutels":
                self._geef({"keys": [_SLEUTEL.as_dict(private=False)]})
                return
            van = {
                "issuer": zelf.url,
                "authorization_endpoint": f"{zelf.url}/in",
                "token_endpoint": f"{zelf.url}/token",
            }
            self._geef(van | {"jwks_uri": f"{zelf.url}/sleutels"})

        def do_POST(self) -> None:
            zelf.gevraagd = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            token = jwt.encode({"alg": zelf.alg, "kid": "een"}, zelf.claims, zelf.sleutel, algorithms=[zelf.alg])
            self._geef({"id_token": token, "access_token": "x", "token_type": "Bearer"})

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    zelf.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield zelf
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def node(sqlite: MaakDatabase, dienst: Dienst, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knoop]:
    """A node, not in proefmodus, that believes the service about one domain."""
    bestand: Path = tmp_path_factory.mktemp("oidc") / "diensten.toml"
    bestand.write_text(
        f'[werk]\nnaam = "Werk"\nissuer = "{dienst.url}"\nclient_id = "knooppunt"\nclient_secret = "geheim"\n'
        'domeinen = ["werk.example"]\n'
    )
    with knoop(sqlite.gereed(), oidc=bestand) as k:
        gemeente = k.paar().gemeentecode
        for login in ("anna@werk.example", "weg@werk.example", "anna@elders.example"):
            rol = {gemeente: gebruikers.Rol.BEHEERDER}
            gebruikers.registreer(k.engine, login, "Anna", rol, systeemklok(), elders=True)
        gebruikers.blokkeer(k.engine, "weg@werk.example", systeemklok())
        yield k


def kom_terug(node: Knoop, dienst: Dienst, *, state: str | None = None, **claims: Any) -> httpx.Response:
    """Go to the service, and come back from it with a token that says this."""
    heen = httpx.get(f"{node.url}/aanmelden/via/werk", timeout=60)
    assert heen.status_code == 303
    vraag = {naam: een[0] for naam, een in parse_qs(urlsplit(heen.headers["location"]).query).items()}
    assert vraag["code_challenge_method"] == "S256"
    koekje = re.search(f"{VRAAGKOEKJE}=([^;]+)", heen.headers["set-cookie"])
    assert koekje is not None
    goed = {"iss": dienst.url, "aud": "knooppunt", "sub": "1", "email": "Anna@werk.example", "nonce": vraag["nonce"]}
    nu = int(time.time())
    dienst.claims = {"iat": nu, "exp": nu + 60} | goed | claims
    return httpx.get(
        f"{node.url}/aanmelden/via/werk/terug",
        params={"code": "abc", "state": vraag["state"] if state is None else state},
        headers={"Cookie": f"{VRAAGKOEKJE}={koekje[1]}"},
        timeout=60,
    )


def test_who_comes_back_is_in(node: Knoop, dienst: Dienst) -> None:
    antwoord = kom_terug(node, dienst)
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/")
    assert dienst.gevraagd["redirect_uri"] == [f"{node.url}/aanmelden/via/werk/terug"]
    assert dienst.gevraagd["code_verifier"]
    sessie = re.search(f"{SESSIEKOEKJE}=([^;]+)", ", ".join(antwoord.headers.get_list("set-cookie")))
    assert sessie is not None
    binnen = httpx.get(f"{node.url}/", headers={"Cookie": f"{SESSIEKOEKJE}={sessie[1]}"}, timeout=60)
    assert binnen.status_code == 200  # no second step is asked of who took it elsewhere


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "een ander"},
        {"aud": "een ander"},
        {"aud": ["knooppunt", "een ander"], "azp": "een ander"},
        {"iss": "https://elders.example"},
        {"exp": 1},
        {"email": "anna@elders.example"},
        {"email": "anna@werk.example.elders.example"},
        {"email": "weg@werk.example"},
        {"email": "niemand@werk.example"},
        {"email": None},
        {"email": ["anna@werk.example"]},
        {"email_verified": False},
    ],
    ids=str,
)
def test_who_does_not_hold_stays_out(node: Knoop, dienst: Dienst, claims: dict[str, Any]) -> None:
    antwoord = kom_terug(node, dienst, **claims)
    assert antwoord.status_code == 403
    assert SESSIEKOEKJE not in str(antwoord.headers)


def test_another_signs(node: Knoop, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dienst, "sleutel", _ANDER)
    assert kom_terug(node, dienst).status_code == 403


def test_an_answer_to_no_question(node: Knoop, dienst: Dienst) -> None:
    assert kom_terug(node, dienst, state="een ander").status_code == 403
    assert httpx.get(f"{node.url}/aanmelden/via/werk/terug?code=a&state=b", timeout=60).status_code == 403
    assert httpx.get(f"{node.url}/aanmelden/via/werk/terug", timeout=60).status_code == 403
    assert httpx.get(f"{node.url}/aanmelden/via/anders", timeout=60).status_code == 404


def test_a_service_speaks_tls(tmp_path: Path) -> None:
    bestand = tmp_path / "diensten.toml"
    bestand.write_text('[x]\nnaam="x"\nissuer="http://x.example"\nclient_id="x"\nclient_secret="x"\ndomeinen=["x"]\n')
    with pytest.raises(ValueError, match="https"):
        lees_diensten(bestand)
