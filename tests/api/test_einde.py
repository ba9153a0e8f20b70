"""How a server process ends: in time, whatever hangs on it, and never later than who started it."""

import os
import signal
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import meld_partijen_aan
from tests.proces import adres, serve

from berichtenverkeer.api.rondom.einde import AFGEBROKEN
from berichtenverkeer.opslag.database import maak_engine, maak_gereed


def _token(url: str) -> str:
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, aantal=1)
    engine.dispose()
    return next(iter(tokens.values()))


def test_a_process_that_is_told_to_stop_stops_whatever_is_open(sqlite: MaakDatabase) -> None:
    url = sqlite()
    wie = f"Host: x\r\nAuthorization: Bearer {_token(url)}\r\n"
    half = "POST /validatie HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 9\r\n\r\n<half"
    open_ = (
        "",
        "GET /sta",
        "GET /status HTTP/1.1\r\nHost: x\r\n\r\n",
        half,
        f"POST /v1/berichten HTTP/1.1\r\n{wie}Content-Type: text/xml\r\nContent-Length: 9\r\n\r\n<half",
        f"GET /v1/postvak/berichten?wacht=60 HTTP/1.1\r\n{wie}\r\n",
        "GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 16,
    )
    with serve(url, stoptijd=2) as dienst, ExitStack() as lijnen:
        for verzoek in open_:
            lijnen.enter_context(dienst.bel(verzoek.encode()))
        dienst.proces.terminate()
        assert dienst.proces.wait(60) in (0, -signal.SIGTERM, AFGEBROKEN)


def test_a_process_that_hangs_while_it_stops_is_broken_off(
    sqlite: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BV_STOPTIJD", "1")
    hangt = "from threading import Event; from berichtenverkeer.inname.werker import Werker; Werker.stop = lambda self: Event().wait()"
    with adres(sqlite()) as hier:
        proces = hier.start(hangt)
        with socket.create_connection(hier.contact.getsockname(), 60) as lijn:
            lijn.settimeout(180)
            lijn.sendall(b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n")
            assert lijn.recv(12) == b"HTTP/1.1 200"
        proces.terminate()
        assert proces.wait(60) == AFGEBROKEN


def test_without_their_main_process_the_others_stop_too(postgresql: MaakDatabase) -> None:
    with serve(postgresql(), "--processen", "2", stoptijd=2) as dienst:
        alle = _nazaten(dienst.proces.pid)
        assert len(alle) >= 2
        dienst.proces.kill()
        dienst.proces.wait(60)
        wacht_tot(lambda: not any(_leeft(pid) for pid in alle), hoogstens=60)
        with pytest.raises(ConnectionRefusedError):
            dienst.bel()


def _nazaten(pid: int) -> list[int]:
    taken = Path(f"/proc/{pid}/task").glob("*/children")
    kinderen = [int(kind) for taak in taken for kind in taak.read_text().split()]
    return [*kinderen, *(nazaat for kind in kinderen for nazaat in _nazaten(kind))]


def _leeft(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
