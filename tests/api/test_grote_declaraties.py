"""Declaraties that are only stored at first: a worker judges them, in order, and nobody sees half of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.berichten import Dossier, bsns
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar, controleer_database, knoop
from typer.testing import CliRunner

from berichtenverkeer.api import aanbieden
from berichtenverkeer.cli import app
from berichtenverkeer.inname import declaratie as inname_declaratie
from berichtenverkeer.inname import declaratievonnis, uitgesteld
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.werker import Werker
from berichtenverkeer.opslag.declaraties import verwerkingen
from berichtenverkeer.opslag.tabellen.berichten import bericht, verwerking
from berichtenverkeer.opslag.tabellen.declaraties import declaratie as tabel
from berichtenverkeer.opslag.tabellen.declaraties import prestatie
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling

GROOT = 20_000
"""From so many bytes on these nodes put a declaratie off."""


@pytest.fixture(scope="module")
def stil(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node without a worker: a test says when one works."""
    with knoop(maak_database.gereed(), werker=False, groot_vanaf_bytes=GROOT, direct_tot_bytes=100_000) as k:
        yield k
        assert Werker(k.engine, SCHEMAS, k.binnen.contracten.contract).ronde() == 0
        controleer_database(k.engine, gaten=True)


@pytest.fixture
def paar(stil: Knoop) -> Paar:
    """A gemeente and an aanbieder of this test."""
    return stil.paar()


@pytest.fixture
def werk(stil: Knoop) -> Callable[[], int]:
    """Lets a worker take one round."""
    return Werker(stil.engine, SCHEMAS, stil.binnen.contracten.contract).ronde


def clienten(paar: Paar, aantal: int = 40) -> list[Dossier]:
    """Clients with a toewijzing."""
    uit = [paar.dossier(bsn, nummer=1000 + n) for n, bsn in enumerate(islice(bsns(), aantal))]
    for client in uit:
        paar.gemeente.goedgekeurd(client.toewijzing())
    return uit


def groot(wie: list[Dossier], nummer: str = "D1", voor: str = "R", uren: int = 10) -> bytes:
    """A declaratie of all these clients; the last of them declares too much."""
    regels = [(d, [Regel(f"{voor}{d.nummer}", uren if d is not wie[-1] else 60)]) for d in wie]
    data = declaratie(wie[0], nummer, *regels[0][1], ook=regels[1:])
    assert len(data) >= GROOT
    return data


def soorten(klant: Klant, **vraag: Any) -> list[str]:
    """The kinds of message in a postvak, oldest first."""
    items = klant.postvak(limit=100, **vraag)
    return [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in items]


def uitgestelde(klant: Klant, data: bytes) -> dict[str, Any]:
    """Send what is put off."""
    uit = klant.aangenomen(data)
    assert (uit["oordeel"], uit["retour"], uit["bevindingen"]) == ("in_verwerking", None, [])
    return uit


def test_it_is_stored_first_and_judged_later(
    stil: Knoop, paar: Paar, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaratievonnis, "PER_KEER", 10)
    wie = clienten(paar)
    data = groot(wie)
    uit = uitgestelde(paar.aanbieder, data)
    pad = f"/v1/berichten/{uit['id']}"
    assert paar.aanbieder.json(pad)["voortgang"] == {"gedaan": 0, "totaal": 40}
    assert paar.aanbieder.get(f"{pad}/xml").content == data
    assert paar.aanbieder.bied_aan(data).status_code == 200
    assert soorten(paar.gemeente).count("WMO323") == 0
    assert paar.aanbieder.get(f"/v1/declaraties/{uit['id']}").status_code == 404
    gezien: list[int] = []
    meld = verwerkingen.meld

    def tussendoor(verbinding: Any, id_: str, gedaan: int) -> None:
        meld(verbinding, id_, gedaan)
        gezien.append(gedaan)
        if (
            stil.engine.dialect.name == "postgresql"
        ):  # on SQLite who looks waits to be noted in the log until this transaction ends
            assert paar.aanbieder.get(f"/v1/declaraties/{uit['id']}").status_code == 404
        with stil.engine.connect() as lezend:
            assert lezend.execute(select(tabel.c.id).where(tabel.c.id == uit["id"])).first() is None

    monkeypatch.setattr(verwerkingen, "meld", tussendoor)
    cursor = paar.gemeente.json("/v1/postvak/berichten", limit=100)["volgende"]
    assert werk() == 1
    assert gezien == [0, 10, 20, 30]
    na = paar.aanbieder.json(pad)
    assert (na["oordeel"], na["retour"]["berichtsoort"]) == ("deels_goedgekeurd", "WMO325")
    assert "voortgang" not in na
    declaratie_ = paar.gemeente.json(f"/v1/declaraties/{uit['id']}")
    assert [p["toestand"] for p in declaratie_["prestaties"]] == ["toegekend"] * 39 + ["afgewezen"]
    assert soorten(paar.gemeente, na=cursor) == ["WMO323"]  # who had read its postvak before finds it still
    assert werk() == 0


def test_the_outcome_is_the_same_as_at_once(
    stil: Knoop, paar: Paar, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaratievonnis, "PER_KEER", 7)
    data = groot(clienten(paar))
    uit = uitgestelde(paar.aanbieder, data)
    assert werk() == 1
    ander = stil.paar()
    data = data.replace(paar.agb.encode(), ander.agb.encode()).replace(
        f">{paar.gemeentecode}<".encode(), f">{ander.gemeentecode}<".encode()
    )
    clienten(ander)
    object.__setattr__(
        stil.binnen.instellingen, "groot_vanaf_bytes", 10**9
    )  # and it is not large enough to be read elsewhere
    try:
        direct = ander.aanbieder.aangenomen(data)
    finally:
        object.__setattr__(stil.binnen.instellingen, "groot_vanaf_bytes", GROOT)
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], na["bevindingen"]) == (direct["oordeel"], direct["bevindingen"])
    eigen = ("toestand", "retourcodes", "berekening", "referentienummer")
    beide = [
        [tuple(map(str, (p[naam] for naam in eigen))) for p in k.json(f"/v1/declaraties/{id_}")["prestaties"]]
        for k, id_ in ((paar.aanbieder, uit["id"]), (ander.aanbieder, direct["id"]))
    ]
    assert beide[0] == beide[1]


def test_later_declaraties_wait_for_it(paar: Paar, werk: Callable[[], int]) -> None:
    wie = clienten(paar)
    eerste = uitgestelde(paar.aanbieder, groot(wie))
    credit = Regel(f"R{wie[0].nummer}").credit("C1")
    tweede = uitgestelde(paar.aanbieder, declaratie(wie[0], "D2", credit))
    derde = uitgestelde(paar.aanbieder, declaratie(wie[0], "D2", Regel("N1")))
    assert [werk(), werk(), werk(), werk()] == [1, 1, 1, 0]
    oordelen = [paar.aanbieder.json(f"/v1/berichten/{uit['id']}")["oordeel"] for uit in (eerste, tweede, derde)]
    assert oordelen == ["deels_goedgekeurd", "goedgekeurd", "afgekeurd"]  # D2 was used by the second
    prestatie_ = paar.aanbieder.json(f"/v1/declaraties/{eerste['id']}")["prestaties"][0]
    assert prestatie_["toestand"] == "gecrediteerd"
    paar.aanbieder.goedgekeurd(declaratie(wie[0], "D3", Regel("N2")))  # nothing waits any more: at once


def test_what_is_taken_back_meanwhile_is_seen(
    paar: Paar, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wie = clienten(paar)
    uit = uitgestelde(paar.aanbieder, groot(wie))
    gedaan: list[str] = []
    leg_vast = uitgesteld._leg_vast

    def eerst_nog_iets(*args: Any) -> bool:
        if not gedaan:  # between judging and writing
            weg = {"RedenWijziging": "13", "Einddatum": "2026-02-01", "Toewijzingstijd": "11:00:00"}
            gedaan.append(paar.gemeente.goedgekeurd(wie[3].toewijzing(**weg))["id"])
        return leg_vast(*args)

    monkeypatch.setattr(uitgesteld, "_leg_vast", eerst_nog_iets)
    assert werk() == 1
    declaratie_ = paar.aanbieder.json(f"/v1/declaraties/{uit['id']}")
    assert declaratie_["prestaties"][3]["retourcodes"] == ["9384"]


def test_a_crash_midway_leaves_nothing(
    stil: Knoop, paar: Paar, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    uit = uitgestelde(paar.aanbieder, groot(clienten(paar)))
    eigen = prestatie.c.aanbieder == paar.agb
    with monkeypatch.context() as m:

        def kapot(*_: object) -> None:
            with stil.engine.connect() as verbinding:  # beside the transaction that is under way
                assert verbinding.execute(select(func.count()).where(eigen)).scalar_one() == 0
            raise RuntimeError

        m.setattr(verwerkingen, "rond_af", kapot)
        assert werk() == 0
    assert werk() == 0  # not at once again
    with stil.engine.connect() as verbinding:
        assert verbinding.execute(select(func.count()).where(eigen)).scalar_one() == 0
        assert verbinding.execute(select(tabel.c.id).where(tabel.c.id == uit["id"])).first() is None
    assert herbouw(stil.engine, SCHEMAS).afwijkend == 0
    ander = Werker(stil.engine, SCHEMAS, stil.binnen.contracten.contract)
    assert ander.ronde() == 1
    with stil.engine.connect() as verbinding:
        assert verbinding.execute(select(func.count()).where(eigen)).scalar_one() == 40


def test_one_that_is_refused_as_a_whole(paar: Paar, werk: Callable[[], int]) -> None:
    data = groot(clienten(paar))
    uit = uitgestelde(paar.aanbieder, data.replace(b"TotaalBedrag>", b"TotaalBedrag>1", 1))
    assert werk() == 1
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], {b["retourcode"] for b in na["bevindingen"]}) == ("afgekeurd", {"0001"})
    uitgestelde(paar.aanbieder, data.replace(b">T", b">U", 1))
    assert werk() == 1


def test_a_gemeente_that_judges_for_itself_gets_it_after_the_worker(
    stil: Knoop, paar: Paar, werk: Callable[[], int]
) -> None:
    wie = clienten(paar)
    zet_beoordeling(stil.engine, paar.gemeentecode, Beoordelaar.PARTIJ)
    stil.binnen.register.kijk()
    uit = uitgestelde(paar.aanbieder, groot(wie))
    assert werk() == 1
    na = paar.gemeente.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], na["retour"], len(na["bevindingen"])) == ("voorlopig", None, 1)
    assert {p["toestand"] for p in paar.aanbieder.json(f"/v1/declaraties/{uit['id']}")["prestaties"]} == {"ingediend"}


def test_two_workers_do_it_once(stil: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    uit = uitgestelde(paar.aanbieder, groot(clienten(paar)))
    een, twee = (Werker(stil.engine, SCHEMAS, stil.binnen.contracten.contract) for _ in range(2))
    leg_vast = uitgesteld._leg_vast
    keren: list[int] = []

    def ook_de_ander(*args: Any) -> bool:
        if not keren:
            keren.append(1)
            twee.ronde()
        return leg_vast(*args)

    monkeypatch.setattr(uitgesteld, "_leg_vast", ook_de_ander)
    een.ronde()
    with stil.engine.connect() as verbinding:
        retouren = select(func.count()).where(bericht.c.antwoord_op == uit["id"])
        assert verbinding.execute(retouren).scalar_one() == 1
        assert verbinding.execute(select(verwerking).where(verwerking.c.bericht == uit["id"])).first() is None


def test_the_command_does_what_lies_there(stil: Knoop, paar: Paar) -> None:
    uitgestelde(paar.aanbieder, groot(clienten(paar)))
    uitvoer = CliRunner().invoke(app, ["worker", "--once", "--database-url", stil.database_url])
    assert (uitvoer.exit_code, uitvoer.output) == (0, "Beoordeeld: 1.\n")


def test_a_serving_node_judges_beside_its_other_work(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), groot_vanaf_bytes=GROOT) as k:
        paar = k.paar()
        wie = clienten(paar)
        uit = paar.aanbieder.aangenomen(groot(wie))
        while (na := paar.aanbieder.json(f"/v1/berichten/{uit['id']}"))["oordeel"] == "in_verwerking":
            paar.gemeente.goedgekeurd(replace(wie[0], nummer=9000 + int(time.monotonic() * 100) % 90_000).toewijzing())
        assert na["oordeel"] == "deels_goedgekeurd"
        controleer_database(k.engine, gaten=True)


def test_one_of_middling_size_is_judged_by_the_worker_and_answered_with_its_verdict(
    maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inname_declaratie, "vel", lambda *_: pytest.fail("it was judged in the writer"))
    monkeypatch.setattr(aanbieden, "_WACHT", 60.0)
    with knoop(maak_database.gereed(), direct_tot_bytes=GROOT - 1) as k:
        paar = k.paar()
        uit = paar.aanbieder.aangenomen(groot(clienten(paar)))
        assert (uit["oordeel"], uit["retour"]["berichtsoort"]) == ("deels_goedgekeurd", "WMO325")
        assert uit == paar.aanbieder.json(f"/v1/berichten/{uit['id']}")


def test_the_answer_does_not_wait_for_its_verdict_without_end(
    maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aanbieden, "_WACHT", 0.1)
    with knoop(maak_database.gereed(), werker=False, direct_tot_bytes=GROOT - 1) as k:
        paar = k.paar()
        uitgestelde(paar.aanbieder, groot(clienten(paar)))
