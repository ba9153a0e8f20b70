"""The operator's commands on client certificates, and a service with TLS of its own."""

import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from tests.certificaten import JAAR, Bewijs, geef_uit, uitgever
from tests.proces import wacht_tot_op
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app

NU = datetime.now(UTC).replace(microsecond=0)
"""TLS looks at the clock of the system."""

CA = uitgever(NU)


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url})


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    for code, rol in (("0344", "gemeente"), ("73730042", "aanbieder"), ("73730043", "aanbieder")):
        assert draai(url, "partij", "add", code, "--rol", rol, "--naam", "x").exit_code == 0
    return url


def test_a_certificate_is_registered_listed_and_withdrawn(url: str, tmp_path: Path) -> None:
    oin = "00000001003214345000"
    pem, sleutel = geef_uit(CA, NU - JAAR, NU + JAAR, oin=oin).bewaar(tmp_path, "een")
    uit = draai(url, "partij", "certificaat", "0344", pem, "--ook", "73730042", "--ook", "73730043")
    einde = f"{(NU + JAAR).astimezone():%Y-%m-%d}"
    assert re.fullmatch(rf"[0-9a-f]{{64}}  OIN {oin}, geldig tot \d{{4}}-\d\d-\d\d\n", uit.stdout), uit.output
    assert abs(datetime.fromisoformat(uit.stdout.split()[-1]) - datetime.fromisoformat(einde)) <= timedelta(days=1)
    vingerafdruk = uit.stdout[:64]
    dag = uit.stdout.split()[-1]
    regel = f"{vingerafdruk}  0344,73730042,73730043  geldig tot {dag}  OIN {oin}\n"
    assert draai(url, "partij", "certificaten").stdout == regel
    nog_eens = draai(url, "partij", "certificaat", "73730042", pem)
    assert (nog_eens.exit_code, f"certificaat-intrekken {vingerafdruk}" in nog_eens.stderr) == (2, True)
    assert "0 certificaten" in draai(url, "partij", "certificaat", "0344", sleutel).stderr
    met_dubbele_punten = ":".join(re.findall("..", vingerafdruk.upper()))
    assert draai(url, "partij", "certificaat-intrekken", met_dubbele_punten).exit_code == 0
    assert "  ingetrokken 2" in draai(url, "partij", "certificaten").stdout
    assert "al ingetrokken" in draai(url, "partij", "certificaat-intrekken", vingerafdruk).stderr


def test_what_is_wrong_is_said_without_a_traceback(url: str, tmp_path: Path) -> None:
    goed, _ = geef_uit(CA, NU - JAAR, NU + JAAR).bewaar(tmp_path, "goed")
    verlopen, _ = geef_uit(CA, NU - JAAR, NU - timedelta(days=1)).bewaar(tmp_path, "verlopen")
    ca, _ = CA.bewaar(tmp_path, "ca")
    for argumenten, tekst in (
        (("0344", str(tmp_path / "nergens.pem")), "niet te lezen"),
        (("0344", str(tmp_path)), "niet te lezen"),
        (("0344", verlopen), "is verlopen"),
        (("0344", ca), "van een uitgever"),
        (("9999", goed), "9999 bestaat niet"),
        (("0344", goed, "--ook", "9999"), "9999 bestaat niet"),
    ):
        uit = draai(url, "partij", "certificaat", *argumenten)
        assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    assert draai(url, "partij", "certificaten").stdout == ""


def test_files_for_tls_that_will_not_do_are_said_before_it_starts(url: str, tmp_path: Path) -> None:
    pem, sleutel = geef_uit(CA, NU - JAAR, NU + JAAR).bewaar(tmp_path, "een")
    _, andere = geef_uit(CA, NU - JAAR, NU + JAAR).bewaar(tmp_path, "twee")
    for argumenten, tekst in (
        (("--tls-certificaat", pem), "zowel"),
        (("--tls-sleutel", sleutel), "zowel"),
        (("--tls-ca", pem), "zowel"),
        (("--tls-certificaat", pem, "--tls-sleutel", andere), "horen niet bij elkaar"),
        (("--tls-certificaat", pem, "--tls-sleutel", str(tmp_path / "nergens")), "niet te lezen"),
        (("--tls-certificaat", pem, "--tls-sleutel", sleutel, "--tls-ca", sleutel), "geen leesbare certificaten"),
    ):
        uit = draai(url, "serve", *argumenten)
        assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output


@dataclass
class Dienst:
    """A service with TLS, and callers that show a certificate."""

    url: str
    map_: Path
    _open: ExitStack = field(default_factory=ExitStack)

    def klant(self, bewijs: Bewijs | None = None, **headers: str) -> httpx.Client:
        tls = ssl.create_default_context(cafile=self.map_ / "ca.pem")
        if bewijs is not None:
            tls.load_cert_chain(*bewijs.bewaar(self.map_, "klant"))
        return self._open.enter_context(httpx.Client(base_url=self.url, verify=tls, headers=headers, trust_env=False))


@contextmanager
def dienst(url: str, map_: Path) -> Iterator[Dienst]:
    """The service as an operator starts it."""
    CA.bewaar(map_, "ca")
    certificaat, sleutel = geef_uit(CA, NU - JAAR, NU + JAAR, "dienst").bewaar(map_, "dienst")
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = los.getsockname()[1]
    opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", str(poort), "--proefmodus"]
    opdracht += ["--tls-certificaat", certificaat, "--tls-sleutel", sleutel, "--tls-ca", str(map_ / "ca.pem")]
    with subprocess.Popen(opdracht, env=os.environ | {"BV_DATABASE_URL": url}, stderr=subprocess.DEVNULL) as proces:
        hier = Dienst(f"https://127.0.0.1:{poort}", map_)
        try:
            with hier._open:
                wacht_tot_op(hier.klant(), proces)
                yield hier
        finally:
            proces.terminate()


def _soort(antwoord: httpx.Response) -> str:
    assert antwoord.status_code == 401, antwoord.text
    return str(antwoord.json()["type"].rpartition(":")[2])


def test_tls_of_the_service_itself(url: str, tmp_path: Path) -> None:
    """Who a caller is, follows from the certificate it shows by TLS, on every request of the connection; TLS verifies it."""
    geef = partial(geef_uit, CA, NU - JAAR, NU + JAAR)
    bekend, onbekend, ander = geef("bekend"), geef("onbekend"), geef("ander")
    vals, verlopen = geef_uit(uitgever(NU), NU - JAAR, NU + JAAR), geef_uit(CA, NU - 2 * JAAR, NU - timedelta(days=1))
    for bewijs, codes in ((bekend, ("0344", "--ook", "73730042")), (ander, ("73730043",)), (vals, ("73730043",))):
        pem, _ = bewijs.bewaar(tmp_path, "registreer")
        assert draai(url, "partij", "certificaat", codes[0], pem, *codes[1:]).exit_code == 0
    token = {"Authorization": f"Bearer {draai(url, 'partij', 'token', '73730042').stdout.strip()}"}
    soap = {"Content-Type": "text/xml"}
    with dienst(url, tmp_path) as hier:
        klant = hier.klant(bekend)
        for _ in range(3):
            assert klant.get("/v1/toewijzingen").json() == {"items": [], "volgende": "toewijzingen.0"}
        assert klant.get("/v1/toewijzingen", headers={"Bv-Partij": "73730042"}).status_code == 200
        assert _soort(klant.get("/v1/toewijzingen", headers={"Bv-Partij": "73730043"})) == "niet-namens-deze-partij"
        assert _soort(klant.get("/v1/toewijzingen", headers={"Bv-Partij": "73730043"} | ander.kop)) == (
            "niet-namens-deze-partij"
        )
        assert klant.get("/vsp/berichten/rest-pull/v1/berichten").json() == []
        assert klant.post("/ggk/ws/OntvangAsynchroon", content=b"<x/>", headers=soap).status_code == 500
        assert _soort(hier.klant(onbekend).get("/v1/toewijzingen")) == "certificaat-onbekend"
        zonder = hier.klant()
        assert _soort(zonder.get("/v1/toewijzingen")) == "niet-aangemeld"
        assert _soort(zonder.get("/v1/toewijzingen", headers=bekend.kop)) == "client-cert-niet-vertrouwd"
        assert _soort(zonder.post("/ggk/ws/OntvangAsynchroon", content=b"<x/>", headers=soap)) == "niet-aangemeld"
        assert zonder.get("/v1/toewijzingen", headers=token).status_code == 200
        for geweigerd in (vals, verlopen):
            with pytest.raises(httpx.TransportError):
                hier.klant(geweigerd).get("/v1/toewijzingen")
        moment = {"moment": (NU + 2 * JAAR).replace(tzinfo=None).isoformat()}
        assert klant.put("/v1/proef/klok", json=moment).status_code == 200
        assert _soort(klant.get("/v1/toewijzingen")) == "certificaat-verlopen"
        assert zonder.delete("/v1/proef/klok", headers=token).status_code == 200
        assert klant.get("/v1/toewijzingen").status_code == 200
