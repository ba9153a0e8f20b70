"""The process beside the server: what comes back from it, and what happens when it ends before its time."""

import asyncio
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import exc

from berichtenverkeer import logregels, trace
from berichtenverkeer.inname import kind as module
from berichtenverkeer.inname.kind import Kind, KindBezet, Kinderen, KindGestopt, TaakMislukt, TaakTeZwaar
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.opslag.wachttijd import DatabaseWeg
from berichtenverkeer.standaard.fouten import OngeldigBericht, XsdFout

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such limit")
TUIG = partial(dict[str, int])


def pid(_: object) -> int:
    """In which process this runs."""
    return os.getpid()


def mislukt(_: object) -> None:
    """Goes wrong, with a text that nobody may see."""
    raise ValueError("999900006")


def weigert(_: object, fout: Exception) -> None:
    """Raises this."""
    raise fout


def database_weg(_: object) -> None:
    """Finds no database."""
    raise exc.OperationalError("SELECT 999900006", {}, ValueError("999900006"))


def sterft(_: object) -> None:
    """Is killed, as by a system that is out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def slaapt(_: object, teken: Path) -> None:
    """Takes long."""
    teken.touch()
    time.sleep(600)


def wacht_op(_: object, teken: Path) -> None:
    """Takes until this file is there."""
    while not teken.exists():
        time.sleep(0.01)


def verbruikt(_: object, bytes_: int) -> int:
    """Takes much memory."""
    return len(bytearray(bytes_)) and os.getpid()


def ontleedt(_: object, aantal: int) -> int:
    """Takes much memory in libxml2."""
    return len(etree.fromstring(b"<a>" + b"<a/>" * aantal + b"</a>"))


def leeft(proces: int) -> bool:
    """Whether there is a process with this number."""
    try:
        os.kill(proces, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def kind() -> Iterator[Kind[dict[str, int]]]:
    """A process for these tests."""
    kind = Kind(TUIG, geheugen=600_000_000)
    yield kind
    kind.stop()


def test_it_is_another_process_and_stays(kind: Kind[dict[str, int]]) -> None:
    eerste = kind.doe(pid)
    assert eerste != os.getpid()
    assert kind.doe(pid) == eerste


@linux
def test_others_go_before_it(kind: Kind[dict[str, int]]) -> None:
    daar = kind.doe(pid)
    assert os.getpriority(os.PRIO_PROCESS, daar) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
    assert os.sched_getscheduler(daar) == os.SCHED_BATCH


def test_what_goes_wrong_comes_back_without_its_text(kind: Kind[dict[str, int]]) -> None:
    eerste = kind.doe(pid)
    with pytest.raises(TaakMislukt) as fout:
        kind.doe(mislukt)
    assert fout.value.args == ()
    assert kind.doe(pid) == eerste


def test_a_database_that_does_not_answer_is_told_as_that(kind: Kind[dict[str, int]]) -> None:
    with pytest.raises(DatabaseWeg) as fout:
        kind.doe(database_weg)
    assert "999900006" not in str(fout.value)


@pytest.mark.parametrize(
    "fout",
    [
        Weigering(Reden.XSD_ONGELDIG, "Mis.", "Doe iets.", "/Bericht", 3),
        OngeldigBericht("WMO301", [XsdFout("/a", "a", 1, "Mis.", "Doe iets.")], 1234),
    ],
    ids=lambda fout: type(fout).__name__,
)
def test_a_refusal_comes_back_whole(kind: Kind[dict[str, int]], fout: Exception) -> None:
    with pytest.raises(type(fout)) as daar:
        kind.doe(weigert, fout)
    assert vars(daar.value) == vars(fout) == vars(pickle.loads(pickle.dumps(fout)))
    assert str(daar.value) == str(fout)


def test_after_it_is_killed_there_is_another(kind: Kind[dict[str, int]]) -> None:
    eerste = kind.doe(pid)
    with pytest.raises(KindGestopt):
        kind.doe(sterft)
    assert kind.doe(pid) != eerste
    os.kill(kind.doe(pid), signal.SIGKILL)  # between two tasks
    try:
        kind.doe(pid)
    except KindGestopt:
        kind.doe(pid)


def test_it_gives_back_much_memory_by_ending(kind: Kind[dict[str, int]]) -> None:
    assert kind.doe(verbruikt, 300_000_000) != kind.doe(pid)


@linux
def test_there_is_an_end_to_its_memory(kind: Kind[dict[str, int]]) -> None:
    with pytest.raises(TaakTeZwaar):
        kind.doe(verbruikt, 700_000_000)
    kind.doe(pid)
    with pytest.raises(TaakTeZwaar):  # libxml2 says it in its own way
        kind.doe(ontleedt, 10_000_000)
    kind.doe(pid)


def test_there_is_an_end_to_its_time(tmp_path: Path) -> None:
    kind = Kind(TUIG, geduld=5.0)
    eerste = kind.doe(pid)
    try:
        with pytest.raises(TaakTeZwaar):
            kind.doe(slaapt, tmp_path / "begonnen")
        assert (tmp_path / "begonnen").exists()
        assert kind.doe(pid) != eerste
    finally:
        kind.stop()


def test_there_is_an_end_to_what_waits(tmp_path: Path) -> None:
    kind, klaar = Kind(TUIG, rij=4), tmp_path / "klaar"
    try:
        bezig = kind.begin(wacht_op, klaar)
        while not bezig.running():
            time.sleep(0.01)
        wachten = [kind.begin(pid) for _ in range(2)]
        with pytest.raises(KindBezet):
            kind.begin(pid)
        wachten[0].cancel()
        kind.wacht = 0.0
        klaar.touch()
        bezig.result()
        with pytest.raises(KindBezet):  # it waited longer than it may
            wachten[1].result()
    finally:
        kind.stop()


def test_parties_have_their_turn_one_after_the_other(kind: Kind[dict[str, int]], tmp_path: Path) -> None:
    klaar, gedaan = tmp_path / "klaar", list[str]()
    bezig = kind.begin(wacht_op, klaar)
    for van in "aaab":
        kind.begin(pid, van=van).add_done_callback(partial(lambda van, _: gedaan.append(van), van))
    klaar.touch()
    bezig.result()
    kind.doe(pid, van="a")
    assert gedaan == list("abaa")


def test_what_is_large_does_not_stand_in_the_way() -> None:
    kinderen = Kinderen(Kind(TUIG), Kind(TUIG))
    assert [kinderen.voor(bytes_) is kinderen.klein for bytes_ in (0, 999_999, 1_000_000)] == [True, True, False]
    kinderen.stop()
    for kind in (kinderen.klein, kinderen.groot):
        with pytest.raises(KindGestopt):
            kind.doe(pid)


def test_what_is_cancelled_before_its_turn_is_not_done(kind: Kind[dict[str, int]], tmp_path: Path) -> None:
    klaar, gedaan = tmp_path / "klaar", tmp_path / "gedaan"

    async def vraag() -> None:
        bezig = asyncio.create_task(kind.laat_doen(wacht_op, klaar))
        await asyncio.sleep(0.1)
        straks = asyncio.create_task(kind.laat_doen(slaapt, gedaan))
        await asyncio.sleep(0.1)
        straks.cancel()
        klaar.touch()
        await bezig
        with pytest.raises(asyncio.CancelledError):
            await straks

    asyncio.run(vraag())
    kind.doe(pid)
    assert not gedaan.exists()


def test_without_work_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ZONDER_WERK", 0.2)
    kind = Kind(TUIG)
    try:
        eerste = kind.doe(pid)
        while leeft(eerste):
            time.sleep(0.01)
        assert kind.doe(pid) != eerste
    finally:
        kind.stop()


def test_it_stops_in_the_midst_of_its_work_and_for_good(tmp_path: Path) -> None:
    kind = Kind(TUIG)
    bezig, wacht = kind.begin(slaapt, tmp_path / "begonnen"), kind.begin(pid)
    while not (tmp_path / "begonnen").exists():
        time.sleep(0.01)
    kind.stop()
    for uitkomst in (bezig, wacht):
        with pytest.raises((KindGestopt, CancelledError)):
            uitkomst.result()
    with pytest.raises(KindGestopt):
        kind.doe(pid)
    assert kind.naam not in {draad.name for draad in threading.enumerate() if draad is kind._draad and draad.is_alive()}


def test_it_can_be_imported_where_there_are_no_limits_to_set() -> None:
    """Windows has neither the module resource nor nice."""
    opdracht = "import os, sys; sys.modules['resource'] = None; del os.setpriority; import berichtenverkeer.inname.kind"
    subprocess.run([sys.executable, "-c", opdracht], check=True)


@pytest.mark.parametrize("zo", [logregels.Zo("tekst", "warning"), logregels.Zo("json", "warning")])
def test_it_logs_as_who_started_it_and_in_the_trace_of_who_asked(
    zo: logregels.Zo, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logregels, "ingesteld", lambda: zo)
    kind, eigen, stappen = Kind(TUIG), trace.begin(), list[trace.Stap]()
    with trace.tijdens(eigen), trace.afgenomen(stappen.append):
        with pytest.raises(TaakMislukt):
            kind.doe(mislukt)
        kind.doe(pid)
    kind.stop()
    [stuk, goed] = stappen
    assert [(stap.trace.id, stap.trace.ouder) for stap in stappen] == [(eigen.id, eigen.span)] * 2
    assert (stuk.mislukt, stuk.kenmerken["taak"], goed.mislukt) == (True, "mislukt", False)
    op_stdout, op_stderr = capfd.readouterr()
    assert op_stdout == ""
    [regel] = op_stderr.splitlines()
    assert f"{stuk.trace.id}" in regel
    assert f"{stuk.trace.span}" in regel
    if zo.formaat == "json":
        assert json.loads(regel)["event"] == "zwaar werk mislukt"
    else:
        assert 'level=error event="zwaar werk mislukt"' in regel


def test_a_refusal_is_no_failed_step(kind: Kind[dict[str, int]]) -> None:
    stappen: list[trace.Stap] = []
    with trace.afgenomen(stappen.append), pytest.raises(Weigering):
        kind.doe(weigert, Weigering(Reden.XSD_ONGELDIG, "Mis.", "Doe iets.", "/Bericht", 3))
    [stap] = stappen
    assert not stap.mislukt
