"""What happens between the answer of VSP and the message: after a crash, at a stop, with more processes, when it fails."""

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import httpx
import pytest
from sqlalchemy import Engine, select
from tests.berichten import Dossier, bsns, gemeenten
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import NU, controleer_database, knoop, meld_partijen_aan
from tests.proces import KLOK, Adres, adres
from tests.vsp import Zending, codes, dien_in, ingediend, lijst, wacht, zending

from berichtenverkeer.keten.deuren.vspdeur import dien_in as bewaar
from berichtenverkeer.keten.envelop.vsp import lees_metadata
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import zending as tabel
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.standaard.xml import MAX_BYTES

GEMEENTE = gemeenten()[0]
AGB = "98000000"


@pytest.fixture
def leeg(maak_database: MaakDatabase) -> Iterator[tuple[Engine, str, dict[str, str]]]:
    """A database with parties."""
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    yield engine, url, meld_partijen_aan(engine, aantal=1)
    engine.dispose()


def _zendingen(aantal: int) -> list[Zending]:
    return [zending(Dossier(GEMEENTE, AGB, bsn, nummer=n).toewijzing()) for n, bsn in enumerate(islice(bsns(), aantal))]


def _bewaar(engine: Engine, z: Zending) -> None:
    """Store it as the door does; nothing looks at it."""
    register = Register(engine)
    indiener = register.partij(z.metadata["routeringgegevens"]["afzender"]["code"])
    assert indiener is not None
    assert bewaar(engine, register, indiener, lees_metadata(json.dumps(z.metadata)), z.payload, NU, MAX_BYTES)


def _klant(hier: Adres, tokens: dict[str, str], code: str = GEMEENTE) -> httpx.Client:
    headers = KLOK | {"Authorization": f"Bearer {tokens[code]}"}
    return httpx.Client(base_url=hier.url, headers=headers, timeout=120, verify=False)


def _een_keer(engine: Engine, zendingen: Sequence[Zending]) -> None:
    """Each of these became one message, that has its bytes."""
    with engine.connect() as verbinding:
        rijen = verbinding.execute(
            select(tabel.c.traceer_id, tabel.c.status, tabel.c.inhoud, bericht.c.inhoud.label("van_bericht")).join(
                bericht, bericht.c.id == tabel.c.bericht
            )
        ).all()
        heen = verbinding.execute(select(bericht.c.inhoud).where(bericht.c.antwoord_op.is_(None))).scalars().all()
    assert {rij.traceer_id: rij.van_bericht for rij in rijen} == {z.id: z.payload for z in zendingen}
    assert {(rij.status, rij.inhoud) for rij in rijen} == {("VerwerkingVoltooid", None)}
    assert sorted(heen) == sorted(z.payload for z in zendingen)
    controleer_database(engine)


def test_what_was_stored_is_found_at_the_next_start(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """As after a crash between storing and looking: a good one, one that will be refused, and one that is known."""
    engine, url, tokens = leeg
    goed, stuk, *rest = _zendingen(3)
    stuk = Zending(stuk.metadata, b"geen xml")
    for z in (goed, stuk):
        _bewaar(engine, z)
    with adres(url) as hier:
        hier.start()
        with _klant(hier, tokens) as klant:
            assert wacht(klant, goed.id)["berichtstatus"] == "WordtAangeboden"
            assert codes(wacht(klant, stuk.id)) == ["BRS14"]
            assert dien_in(klant, goed).status_code == 204
            assert ingediend(klant, rest[0])["berichtstatus"] == "WordtAangeboden"
    _een_keer(engine, [goed, *rest])


def test_a_process_that_is_killed_in_the_midst(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """What was answered with 204 is there once, what was not can be handed in again."""
    engine, url, tokens = leeg
    zendingen = _zendingen(60)
    beantwoord: list[str] = []
    with adres(url) as hier:
        proces = hier.start()

        def post(z: Zending) -> None:
            with _klant(hier, tokens) as klant:
                try:
                    antwoord = dien_in(klant, z)
                except httpx.TransportError:
                    return
                assert antwoord.status_code == 204
                beantwoord.append(z.id)
                if len(beantwoord) == 20:
                    proces.kill()

        with ThreadPoolExecutor(8) as pool:
            taken = [pool.submit(post, z) for z in zendingen]
            while len(beantwoord) < 20:
                time.sleep(0.01)
            proces.wait(30)
            hier.start()
            for taak in taken:
                taak.result()
        assert len(beantwoord) >= 20
        with _klant(hier, tokens) as klant:
            for id_ in beantwoord:
                assert wacht(klant, id_)["berichtstatus"] == "WordtAangeboden"
            for z in zendingen:
                assert ingediend(klant, z)["berichtstatus"] == "WordtAangeboden"
    _een_keer(engine, zendingen)


def test_two_processes_that_look_at_the_same(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    engine, url, tokens = leeg
    zendingen = _zendingen(40)
    for z in zendingen:
        _bewaar(engine, z)
    with adres(url) as een, adres(url) as twee:
        een.start()
        twee.start()
        with _klant(een, tokens) as klant, _klant(twee, tokens) as ander:
            for z in zendingen:
                assert wacht(klant, z.id) == wacht(ander, z.id)
                assert wacht(klant, z.id)["berichtstatus"] == "WordtAangeboden"
    _een_keer(engine, zendingen)


def test_the_same_at_the_same_moment(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """One zending from many threads is stored once; of two with the same bytes, one becomes the message."""
    engine, url, tokens = leeg
    [z] = _zendingen(1)
    dubbel = zending(z.payload)
    with adres(url) as hier:
        hier.start()

        def post(een: Zending) -> int:
            with _klant(hier, tokens) as klant:
                return dien_in(klant, een).status_code

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(post, [z, dubbel] * 8)) == {204}
        with _klant(hier, tokens) as klant:
            uit = [wacht(klant, een.id) for een in (z, dubbel)]
    assert sorted(status["berichtstatus"] for status in uit) == ["AfgekeurdDoorDienst", "WordtAangeboden"]
    assert [code for status in uit for code in codes(status)] == ["BRS20"]
    _een_keer(engine, [z if uit[0]["berichtstatus"] == "WordtAangeboden" else dubbel])


def test_a_node_that_stops_loses_nothing(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    engine, url, tokens = leeg
    zendingen = _zendingen(30)
    with adres(url) as hier:
        proces = hier.start()
        with _klant(hier, tokens) as klant:
            for z in zendingen:
                assert dien_in(klant, z).status_code == 204
        proces.terminate()
        assert proces.wait(30) in (0, -15)
        hier.start()
        with _klant(hier, tokens) as klant:
            for z in zendingen:
                assert wacht(klant, z.id)["berichtstatus"] == "WordtAangeboden"
    _een_keer(engine, zendingen)


def test_what_fails_is_tried_again(maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody expected leaves the zending as it was; the next round takes it, and others do not wait."""
    monkeypatch.setattr("berichtenverkeer.keten.zendingen.verwerker._RONDE", 0.05)
    with knoop(maak_database.gereed(), proefmodus=True) as node:
        verwerker = node.binnen.zendingen
        open_ = type(verwerker.lezer).open
        gevallen: list[str] = []

        def soms(lezer: object, rij: dict[str, str]) -> object:
            if rij["traceer_id"] == eerste.id and not gevallen:
                gevallen.append(rij["traceer_id"])
                raise RuntimeError("stuk")
            return open_(verwerker.lezer, rij)

        monkeypatch.setattr("berichtenverkeer.keten.zendingen.inhoud.Lezer.open", soms)
        eerste, tweede = _zendingen(2)
        klant = node.klant(GEMEENTE)
        assert dien_in(klant, eerste).status_code == 204
        assert ingediend(klant, tweede)["berichtstatus"] == "WordtAangeboden"
        assert gevallen == [eerste.id]
        assert wacht(klant, eerste.id)["berichtstatus"] == "WordtAangeboden"


def test_a_large_declaratie(maak_database: MaakDatabase) -> None:
    """It is stored, judged by the worker, and its 325 answers the zending."""
    with knoop(maak_database.gereed(), proefmodus=True, groot_vanaf_bytes=2000) as node:
        paar = node.paar()
        d = paar.dossier()
        paar.gemeente.goedgekeurd(d.toewijzing())
        paar.aanbieder.goedgekeurd(d.start())
        z = zending(declaratie(d, "D1", Regel("R1")))
        assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
        antwoord = lijst(paar.aanbieder)[-1]
        assert antwoord["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "WMO325"
        assert antwoord["referentiegegevens"]["alsAntwoordOp"] == z.id
        controleer_database(node.engine, gaten=True)
