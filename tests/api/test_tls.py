"""A new certificate for TLS counts for the next connection, without a restart; half a pair leaves what there was."""

import asyncio
import os
import signal
import socket
import ssl
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from structlog.testing import capture_logs
from tests.certificaten import Bewijs, geef_uit, uitgever
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import knoop
from tests.proces import serve

from berichtenverkeer.api.rondom import einde, tls
from berichtenverkeer.api.rondom.certificaatwacht import bijna_verlopen, eigen

NU = datetime.now(UTC)
CA = uitgever(NU)


def _bewijs(dagen: int = 90) -> Bewijs:
    return geef_uit(CA, NU - timedelta(days=1), NU + timedelta(days=dagen))


@dataclass
class Gast:
    """A client of TLS, that trusts the issuer."""

    poort: int

    def bel(self) -> ssl.SSLSocket:
        tls_ = ssl.create_default_context(cadata=CA.pem.decode())
        return tls_.wrap_socket(socket.create_connection(("127.0.0.1", self.poort), 30), server_hostname="127.0.0.1")

    def nummer(self) -> int:
        """The serial number of the certificate that a new connection shows."""
        with self.bel() as lijn:
            der = lijn.getpeercert(binary_form=True)
        assert der is not None
        return x509.load_der_x509_certificate(der).serial_number


def _nummer(bewijs: Bewijs) -> int:
    return bewijs.certificaat.serial_number


@pytest.mark.parametrize("processen", [1, 2])
def test_a_new_certificate_needs_no_restart(postgresql: MaakDatabase, tmp_path: Path, processen: int) -> None:
    oud, nieuw, derde = _bewijs(), _bewijs(), _bewijs()
    certificaat, sleutel = oud.bewaar(tmp_path, "knooppunt")
    opties = ("--tls-certificaat", certificaat, "--tls-sleutel", sleutel, "--processen", str(processen))
    with serve(postgresql.gereed(), *opties, log_formaat="json") as dienst:
        gast = Gast(dienst.poort)
        assert gast.nummer() == _nummer(oud)
        with gast.bel() as lijn:
            nieuw.bewaar(tmp_path, "straks")
            for soort in ("key", "pem"):
                (tmp_path / f"straks.{soort}").replace(tmp_path / f"knooppunt.{soort}")
            os.kill(dienst.proces.pid, signal.SIGHUP)  # to look at once; it goes on, and nobody's connection is lost
            wacht_tot(lambda: {gast.nummer() for _ in range(10 * processen)} == {_nummer(nieuw)})
            lijn.sendall(b"GET /gezondheid/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert lijn.recv(100).startswith(b"HTTP/1.1 200")
        (tmp_path / "knooppunt.pem").write_bytes(derde.pem)  # its key is still to come
        assert {gast.nummer() for _ in range(3)} == {_nummer(nieuw)}


@pytest.fixture
def bestanden(tmp_path: Path) -> tls.Tlsbestanden:
    """The files of a context that is in use."""
    certificaat, sleutel = map(Path, _bewijs(20).bewaar(tmp_path, "knooppunt"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificaat, sleutel)
    return tls.Tlsbestanden(context, certificaat, sleutel, None)


def test_half_a_pair_is_not_taken_and_the_other_half_makes_it_whole(bestanden: tls.Tlsbestanden) -> None:
    assert not bestanden.ververs()
    nieuw = _bewijs(200)
    bestanden.certificaat.write_bytes(nieuw.pem)
    with capture_logs() as regels:
        assert not bestanden.ververs()
        assert not bestanden.ververs()  # it is said once
    assert [regel["log_level"] for regel in regels] == ["warning"]
    nieuw.bewaar(bestanden.certificaat.parent, "knooppunt")
    assert bestanden.ververs()
    assert bestanden.geldig_tot == nieuw.certificaat.not_valid_after_utc
    bestanden.sleutel.unlink()
    assert not bestanden.ververs()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_sighup_is_to_look_at_once(bestanden: tls.Tlsbestanden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "_hier", [bestanden])
    nieuw = _bewijs(200)
    nieuw.bewaar(bestanden.certificaat.parent, "knooppunt")

    async def sein() -> None:
        with einde.bij_hup(tls.kijk_nu):
            os.kill(os.getpid(), signal.SIGHUP)
            while bestanden.geldig_tot != nieuw.certificaat.not_valid_after_utc:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(sein(), 30))


def test_before_a_certificate_ends_it_is_told(
    sqlite: MaakDatabase, bestanden: tls.Tlsbestanden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "_hier", [bestanden])
    with knoop(sqlite.gereed(), metrics_netwerken="127.0.0.1", klok=lambda: NU) as node:
        assert {wat for wat, _, _ in bijna_verlopen(node.binnen)} == {"tls"}
        assert eigen(node.binnen) == {"tls": bestanden.geldig_tot}
        onderdelen = node.klant(None).get("/gezondheid").json()["onderdelen"]
        [uitleg] = [een["uitleg"] for een in onderdelen if een["naam"] == "certificaat tls"]
        assert uitleg.startswith(f"Het certificaat geldt nog tot {bestanden.geldig_tot:%Y-%m-%d}.")
        assert 'bv_certificaat_geldig_seconden{waarvoor="tls"} 1' in node.klant(None).get("/metrics").text
