"""One call: to the addresses that were looked at and no other, with a certificate that is trusted, and no further."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.certificaten import JAAR, geef_uit, uitgever
from tests.knoop import NU
from tests.ontvanger import Ontvanger, ontvanger

from berichtenverkeer.webhooks.aanroep import Lijn, Uitkomst
from berichtenverkeer.webhooks.adres import lees_doel


@pytest.fixture
def daar() -> Iterator[Ontvanger]:
    with ontvanger() as o:
        yield o


def _roep(lijn: Lijn, url: str, *adressen: str) -> Uitkomst:
    return asyncio.run(lijn.roep_aan(lees_doel(url), adressen, {"x-proef": "1"}, b"{}", NU))


def test_the_name_is_not_looked_up_again(daar: Ontvanger) -> None:
    """A name that nobody knows is called at the address that was found, and called by its name."""
    poort = daar.url.rpartition(":")[2].partition("/")[0]
    url = f"http://nergens.invalid:{poort}/a/b?c=d"
    assert _roep(Lijn(None, 5), url, "127.0.0.1") == Uitkomst(204)
    [een] = daar.gekregen
    assert (een.koppen["host"], een.koppen["x-proef"], een.data) == (f"nergens.invalid:{poort}", "1", b"{}")


def test_the_next_address_is_tried_when_nobody_is_at_the_first(daar: Ontvanger) -> None:
    assert _roep(Lijn(None, 5), daar.url, "127.0.0.2", "127.0.0.1").gelukt


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(daar: Ontvanger, status: int) -> None:
    with ontvanger() as elders:
        daar.antwoord = lambda _: (status, {"Location": elders.url})
        uitkomst = _roep(Lijn(None, 5), daar.url, "127.0.0.1")
        assert (uitkomst.status, uitkomst.gelukt) == (status, False)
        assert "volgt het knooppunt niet" in uitkomst.reden
        assert elders.gekregen == []


def test_the_environment_has_no_say(daar: Ontvanger, monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(naam, "http://127.0.0.1:9")
    assert _roep(Lijn(None, 5), daar.url, "127.0.0.1").gelukt


def test_who_says_nothing_is_waited_for_and_no_longer(daar: Ontvanger) -> None:
    los = threading.Event()
    daar.antwoord = lambda _: (204, {"x": str(los.wait(30))})
    uitkomst = _roep(Lijn(None, 0.3), daar.url, "127.0.0.1")
    los.set()
    assert uitkomst == Uitkomst(reden="De ontvanger antwoordde niet binnen 0.3 seconden.")


@contextmanager
def _eenmaal(antwoord: bytes) -> Iterator[str]:
    """Someone who answers this to the first who calls."""
    with socket.create_server(("127.0.0.1", 0)) as contact:

        def luister() -> None:
            lijn, _ = contact.accept()
            with lijn:
                lijn.recv(65536)
                lijn.sendall(antwoord)

        draad = threading.Thread(target=luister)
        draad.start()
        yield f"http://127.0.0.1:{contact.getsockname()[1]}/"
        draad.join()


@pytest.mark.parametrize(
    "antwoord", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 200\0 \r\n\r\n", b"HTTP/1.1 200 ja\r\nx" + b"y" * 300_000]
)
def test_who_speaks_something_else(antwoord: bytes) -> None:
    with _eenmaal(antwoord) as url:
        uitkomst = _roep(Lijn(None, 5), url, "127.0.0.1")
    assert uitkomst == Uitkomst(reden="De ontvanger verbrak de verbinding, of sprak geen HTTP.")


def test_of_an_answer_only_the_head_is_read() -> None:
    with _eenmaal(b"HTTP/1.1 200 ja\r\nContent-Length: 1000000000\r\n\r\n999900006") as url:
        assert _roep(Lijn(None, 5), url, "127.0.0.1") == Uitkomst(200)


def test_the_certificate_is_trusted_and_of_the_name(tmp_path: Path) -> None:
    van = uitgever(datetime.now(UTC))
    ca, _ = van.bewaar(tmp_path, "ca")
    bewijs = geef_uit(van, datetime.now(UTC) - JAAR, datetime.now(UTC) + JAAR).bewaar(tmp_path, "ontvanger")
    with ontvanger(bewijs) as daar:
        vertrouwt = Lijn(Path(ca), 5)
        assert _roep(vertrouwt, daar.url, "127.0.0.1") == Uitkomst(204)
        for lijn, url in (
            (vertrouwt, daar.url.replace("127.0.0.1", "nergens.invalid")),
            (Lijn(None, 5), daar.url),
        ):
            uitkomst = _roep(lijn, url, "127.0.0.1")
            assert "certificaat" in uitkomst.reden
        assert len(daar.gekregen) == 1
