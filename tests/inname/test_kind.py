"""The process beside the server: what comes back from it, and what happens when it ends before its time."""

import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import Regel, declaratie

from berichtenverkeer.inname.kind import Kind, KindGestopt, TaakMislukt, Tuig
from berichtenverkeer.inname.kort import Kort, lees_groot
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.standaard.lezen import lees

DATA = declaratie(Dossier("0518", "73730100", "999900006"), "D1", Regel("R1"), Regel("R2"))


def pid(_: Tuig) -> int:
    """In which process this runs."""
    return os.getpid()


def mislukt(_: Tuig) -> None:
    """Goes wrong, with a text that nobody may see."""
    raise ValueError("999900006")


def sterft(_: Tuig) -> None:
    """Is killed, as by a system that is out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def slaapt(_: Tuig, teken: Path) -> None:
    """Takes long."""
    teken.touch()
    time.sleep(600)


def verbruikt(_: Tuig) -> int:
    """Takes much memory."""
    return len(bytearray(300_000_000)) and os.getpid()


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kind]:
    """A process for these tests."""
    kind = Kind(f"sqlite:///{tmp_path_factory.mktemp('kind')}/kind.db", SCHEMAS.map)
    yield kind
    kind.stop()


def test_it_is_another_process_and_stays(kind: Kind) -> None:
    eerste = kind.doe(pid)
    assert eerste != os.getpid()
    assert kind.doe(pid) == eerste


def test_what_goes_wrong_comes_back_without_its_text(kind: Kind) -> None:
    eerste = kind.doe(pid)
    with pytest.raises(TaakMislukt) as fout:
        kind.doe(mislukt)
    assert fout.value.args == ()
    assert kind.doe(pid) == eerste


def test_after_it_is_killed_there_is_another(kind: Kind) -> None:
    eerste = kind.doe(pid)
    with pytest.raises(KindGestopt):
        kind.doe(sterft)
    assert kind.doe(pid) != eerste
    os.kill(kind.doe(pid), signal.SIGKILL)  # between two tasks
    try:
        kind.doe(pid)
    except KindGestopt:
        kind.doe(pid)


def test_it_gives_back_much_memory_by_ending(kind: Kind) -> None:
    assert kind.doe(verbruikt) != kind.doe(pid)


def test_it_stops_in_the_midst_of_its_work_and_for_good(tmp_path: Path) -> None:
    kind, fouten = Kind(f"sqlite:///{tmp_path}/kind.db", SCHEMAS.map), []

    def werk() -> None:
        try:
            kind.doe(slaapt, tmp_path / "begonnen")
        except KindGestopt as fout:
            fouten.append(fout)

    draad = threading.Thread(target=werk)
    draad.start()
    while not (tmp_path / "begonnen").exists():
        time.sleep(0.01)
    kind.stop()
    draad.join()
    assert len(fouten) == 1
    with pytest.raises(KindGestopt):
        kind.doe(pid)


def test_it_reads_a_declaratie_and_keeps_what_is_asked_of_it(kind: Kind) -> None:
    kort = kind.doe(lees_groot, DATA, len(DATA))
    assert kort is not None
    heel, gelezen = lees(DATA, SCHEMAS), kort.gelezen()
    assert kort == Kort.van(heel)
    assert gelezen.soort is heel.soort
    assert (gelezen.bericht.Header, kort.clienten) == (heel.bericht.Header, 1)
    for element in ("Afzender", "Ontvanger"):
        pad = f"/Bericht/Header/{element}"
        assert gelezen.regelnummer(pad) == heel.regelnummer(pad) > 1


def test_a_refusal_comes_back_whole(kind: Kind) -> None:
    with pytest.raises(Weigering) as hier:
        lees_groot(Tuig.maak("sqlite://", SCHEMAS.map), DATA.replace(b"DeclaratieNummer>", b"Nummer>"), len(DATA))
    with pytest.raises(Weigering) as daar:
        kind.doe(lees_groot, DATA.replace(b"DeclaratieNummer>", b"Nummer>"), len(DATA))
    assert vars(daar.value) == vars(hier.value) == vars(pickle.loads(pickle.dumps(hier.value)))
    assert (daar.value.reden, len(daar.value.bevindingen) > 0) == (Reden.XSD_ONGELDIG, True)


def test_another_kind_of_message_is_left_to_the_server(kind: Kind) -> None:
    toewijzing = Dossier("0518", "73730100", "999900006").toewijzing()
    assert kind.doe(lees_groot, toewijzing, len(toewijzing)) is None


def test_letting_go_keeps_nothing_of_the_tree() -> None:
    gelezen = lees(DATA, SCHEMAS)
    assert gelezen.wortel.getroottree().getroot() is gelezen.wortel
    gelezen.laat_los()
    assert len(gelezen.wortel) == 0
    assert gelezen.wortel.getroottree().getroot() is gelezen.wortel  # of a document of its own
