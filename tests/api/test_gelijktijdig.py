"""Many at once: threads on one node, two processes on one database, a process that is killed in the midst of it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, select
from tests.berichten import Dossier, bsns, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import XML, Knoop, controleer_database, knoop, meld_partijen_aan
from tests.proces import KLOK, Adres, adres

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.tabellen.berichten import bericht

GEMEENTE = gemeenten()[0]
AGB = "98000000"


@dataclass
class Verkeer:
    """What is sent and what came of it."""

    tokens: dict[str, str]
    urls: Sequence[str]
    antwoorden: dict[bytes, list[httpx.Response]] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def klant(self, code: str, url: str | None = None) -> Iterator[httpx.Client]:
        headers = KLOK | {"Authorization": f"Bearer {self.tokens[code]}"}
        with httpx.Client(base_url=url or self.urls[0], headers=headers, timeout=120, verify=False) as klant:
            yield klant

    def stuur(self, zendingen: Sequence[tuple[str, bytes]], draden: int, seed: int = 1) -> None:
        """Post every message, with its sender, from many threads, each in an order of its own to the nodes in turn."""

        def draad(nummer: int) -> None:
            random = Random(seed * 1000 + nummer)
            deel = random.sample(zendingen, len(zendingen))
            with self.klant(GEMEENTE, self.urls[nummer % len(self.urls)]) as klant:
                for code, data in deel:
                    token = {"Authorization": f"Bearer {self.tokens[code]}"}
                    antwoord = klant.post("/v1/berichten", content=data, headers=XML | token)
                    self.noteer(data, antwoord)

        with ThreadPoolExecutor(draden) as pool:
            list(pool.map(draad, range(draden)))

    def noteer(self, data: bytes, antwoord: httpx.Response) -> None:
        """Keep an answer."""
        with self._slot:
            self.antwoorden.setdefault(data, []).append(antwoord)

    def controleer(self, engine: Engine) -> None:
        """Every message was taken in once; every sender of the same bytes heard the same; nothing is half."""
        for antwoorden in self.antwoorden.values():
            statussen = sorted(antwoord.status_code for antwoord in antwoorden)
            assert statussen == [200] * (len(antwoorden) - 1) + [202]
            assert len({antwoord.content for antwoord in antwoorden}) == 1
        with engine.connect() as verbinding:
            heen = select(bericht.c.id).where(bericht.c.antwoord_op.is_(None))
            assert len(verbinding.execute(heen).all()) == len(self.antwoorden)
        controleer_database(engine)

    def oordelen(self, data: Sequence[bytes]) -> list[list[str]]:
        """The rules that each of these messages broke."""
        return [[b["regel"] for b in self.antwoorden[een][0].json()["bevindingen"]] for een in data]


def _zendingen() -> tuple[list[tuple[str, bytes]], dict[str, list[bytes]]]:
    """Messages that are in each other's way: few dossiers, few Identificaties, few ToewijzingNummers."""
    clienten = [Dossier(GEMEENTE, AGB, bsn) for bsn, _ in zip(bsns(), range(4), strict=False)]
    zelfde_nummer = [replace(d, nummer=5000).toewijzing() for d in clienten]
    zelfde_id = [replace(d, nummer=6000 + n).bericht("301", identificatie="ZELFDE") for n, d in enumerate(clienten)]
    los = [replace(d, nummer=7000 + n).toewijzing() for n, d in enumerate(clienten * 2)]
    starts = [replace(d, nummer=7000 + n).bericht("305") for n, d in enumerate(clienten)]
    van_gemeente = [(GEMEENTE, data) for data in (*zelfde_nummer, *zelfde_id, *los)]
    return van_gemeente + [(AGB, data) for data in starts], {"nummer": zelfde_nummer, "identificatie": zelfde_id}


def _een_van_allen(verkeer: Verkeer, groepen: dict[str, list[bytes]]) -> None:
    nummer = verkeer.oordelen(groepen["nummer"])
    assert Counter("TR332" in regels for regels in nummer) == {False: 1, True: 3}
    identificatie = verkeer.oordelen(groepen["identificatie"])
    assert Counter("TR056" in regels for regels in identificatie) == {False: 1, True: 3}


class Lezer(threading.Thread):
    """Follows a list with its cursor until it is told that all is written and nothing more comes."""

    def __init__(
        self, verkeer: Verkeer, url: str, pad: str, cursor: str, sleutel: Callable[[dict[str, Any]], Any]
    ) -> None:
        super().__init__()
        self.gezien: list[Any] = []
        self.klaar = threading.Event()
        self._verkeer, self._url, self._pad, self._cursor, self._sleutel = verkeer, url, pad, cursor, sleutel

    def run(self) -> None:
        vraag: dict[str, str] = {}
        with self._verkeer.klant(AGB, self._url) as klant:
            while True:
                laatste = self.klaar.is_set()
                pagina = klant.get(self._pad, params=vraag).json()
                self.gezien += map(self._sleutel, pagina["items"])
                if pagina["items"]:
                    vraag = {self._cursor: pagina["volgende"]}
                elif laatste:
                    return


@contextmanager
def _lezers(verkeer: Verkeer) -> Iterator[None]:
    """Readers of postvak and toewijzingen during the writing; in the end they have missed nothing."""
    postvak = [Lezer(verkeer, url, "/v1/postvak/berichten", "na", lambda i: i["volgnummer"]) for url in verkeer.urls]
    toewijzingen = [
        Lezer(
            verkeer,
            url,
            "/v1/toewijzingen",
            "gewijzigdNa",
            lambda i: (i["toewijzingnummer"], i["levering"], i["versie"]),
        )
        for url in verkeer.urls
    ]
    for lezer in postvak + toewijzingen:
        lezer.start()
    try:
        yield
    finally:
        for lezer in postvak + toewijzingen:
            lezer.klaar.set()
            lezer.join()
    with verkeer.klant(AGB) as klant:
        alle = [i["volgnummer"] for i in klant.get("/v1/postvak/berichten", params={"limit": 250}).json()["items"]]
        eind = klant.get("/v1/toewijzingen", params={"limiet": 1000}).json()["items"]
    for lezer in postvak:
        assert lezer.gezien == alle == sorted(alle)
    for lezer in toewijzingen:
        standen = {nummer: (nummer, levering, versie) for nummer, levering, versie in lezer.gezien}
        assert sorted(standen.values()) == sorted((i["toewijzingnummer"], i["levering"], i["versie"]) for i in eind)


@contextmanager
def _herbouwt(node: Knoop) -> Iterator[None]:
    """Rebuild again and again meanwhile; there is never anything to put right."""
    klaar = threading.Event()

    def steeds() -> int:
        afwijkend = 0
        while not klaar.is_set():
            afwijkend += herbouw(node.engine, SCHEMAS).afwijkend
        return afwijkend

    with ThreadPoolExecutor(1) as pool:
        taak = pool.submit(steeds)
        yield
        klaar.set()
        assert taak.result() == 0


def test_threads_on_one_node(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), proefmodus=True) as node:
        verkeer = Verkeer(node.tokens, [node.url])
        zendingen, groepen = _zendingen()
        with _lezers(verkeer), _herbouwt(node):
            verkeer.stuur(zendingen, draden=8)
        _een_van_allen(verkeer, groepen)
        verkeer.controleer(node.engine)


@pytest.fixture
def leeg(maak_database: MaakDatabase) -> Iterator[tuple[Engine, str, dict[str, str]]]:
    """A database with parties."""
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    yield engine, url, meld_partijen_aan(engine, aantal=1)
    engine.dispose()


def _paren(dossiers: Sequence[Dossier]) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Pairs of messages of which only one can be approved, each with its sender and the rule that the other breaks."""
    for een, twee in pairwise(dossiers):
        betwist, elders = 10_000 + een.nummer, 20_000 + een.nummer
        yield GEMEENTE, "TR332", replace(een, nummer=betwist).toewijzing(), replace(twee, nummer=betwist).toewijzing()
        yield AGB, "TR326", een.start(), een.start(Begindatum="2026-02-03")
        zelfde = f"Z{een.nummer}"
        yield (
            GEMEENTE,
            "TR056",
            een.bericht("301", identificatie=zelfde),
            replace(een, nummer=elders, bsn=twee.bsn).bericht("301", identificatie=zelfde),
        )


def test_two_processes_on_one_database(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """Two processes get messages that exclude each other at the same moment, and both get the same bytes."""
    engine, url, tokens = leeg
    dossiers = [Dossier(GEMEENTE, AGB, bsn, nummer=nummer) for nummer, bsn in enumerate(islice(bsns(), 13))]
    paren = list(_paren(dossiers))
    samen = threading.Barrier(4)
    with adres(url) as een, adres(url) as twee:
        een.start()
        twee.start()
        verkeer = Verkeer(tokens, [een.url, twee.url])

        def draad(nummer: int) -> None:
            kant, welke = divmod(nummer, 2)
            with verkeer.klant(AGB, verkeer.urls[kant]) as klant:
                for code, _, *beide in paren:
                    samen.wait()
                    token = {"Authorization": f"Bearer {tokens[code]}"}
                    data = beide[welke]
                    verkeer.noteer(data, klant.post("/v1/berichten", content=data, headers=XML | token))

        verkeer.stuur([(GEMEENTE, d.toewijzing()) for d in dossiers], draden=2)
        with _lezers(verkeer), ThreadPoolExecutor(4) as pool:
            list(pool.map(draad, range(4)))
        for _, regel, *beide in paren:
            assert Counter(regel in regels for regels in verkeer.oordelen(beide)) == {False: 1, True: 1}, regel
        verkeer.controleer(engine)


def test_a_process_that_is_killed_in_the_midst(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    engine, url, tokens = leeg
    clienten = [Dossier(GEMEENTE, AGB, bsn, nummer=n) for n, bsn in zip(range(60), bsns(), strict=False)]
    berichten = [d.toewijzing() for d in clienten]
    with adres(url) as hier:
        beantwoord: dict[bytes, bytes] = {}
        for ronde in range(2):
            proces = hier.start()
            _beschiet(hier, tokens, berichten[ronde * 30 : ronde * 30 + 30], beantwoord, proces.kill)
            proces.wait()
        hier.start()
        verkeer = Verkeer(tokens, [hier.url])
        with verkeer.klant(GEMEENTE) as klant:
            for data, antwoord in beantwoord.items():
                weer = klant.post("/v1/berichten", content=data, headers=XML)
                assert (weer.status_code, weer.content) == (200, antwoord)
            for data in berichten:
                assert klant.post("/v1/berichten", content=data, headers=XML).status_code in (200, 202)
    with engine.connect() as verbinding:
        bewaard = verbinding.execute(select(bericht.c.inhoud).where(bericht.c.antwoord_op.is_(None))).scalars().all()
    assert sorted(bewaard) == sorted(berichten)
    controleer_database(engine)


def _beschiet(
    hier: Adres,
    tokens: dict[str, str],
    berichten: list[bytes],
    beantwoord: dict[bytes, bytes],
    dood: Callable[[], None],
) -> None:
    """Post from many threads, and end the process after a third of the answers."""
    geteld = threading.Semaphore(0)

    def post(data: bytes) -> None:
        try:
            with Verkeer(tokens, [hier.url]).klant(GEMEENTE) as klant:
                antwoord = klant.post("/v1/berichten", content=data, headers=XML)
        except httpx.TransportError:
            return
        assert antwoord.status_code == 202
        beantwoord[data] = antwoord.content
        geteld.release()

    with ThreadPoolExecutor(8) as pool:
        taken = [pool.submit(post, data) for data in berichten[: len(berichten) // 3]]
        for _ in taken:
            assert geteld.acquire(timeout=60)
        rest = [pool.submit(post, data) for data in berichten[len(berichten) // 3 :]]
        assert geteld.acquire(timeout=60)
        dood()
        for taak in rest:
            taak.cancel()
        # who still waits in the queue of the address would wait for the next process
        opruimer = hier.contact.dup()
        opruimer.setblocking(False)
        while not all(taak.done() for taak in rest):
            try:
                opruimer.accept()[0].close()
            except BlockingIOError:
                time.sleep(0.01)
        opruimer.close()
        for taak in [*taken, *rest]:
            if not taak.cancelled():
                taak.result()


def test_a_node_that_stops_finishes_what_it_has(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """After SIGTERM every message that was received is answered."""
    engine, url, tokens = leeg
    berichten = [Dossier(GEMEENTE, AGB, bsn, nummer=n).toewijzing() for n, bsn in zip(range(30), bsns(), strict=False)]
    with adres(url) as hier:
        proces = hier.start()
        beantwoord: dict[bytes, bytes] = {}
        _beschiet(hier, tokens, berichten, beantwoord, proces.terminate)
        assert proces.wait(30) in (0, -15)
    with engine.connect() as verbinding:
        bewaard = verbinding.execute(select(bericht.c.inhoud).where(bericht.c.antwoord_op.is_(None))).scalars().all()
    assert sorted(bewaard) == sorted(beantwoord)
    controleer_database(engine)


def test_a_node_that_stops_does_not_wait_for_who_waits(leeg: tuple[Engine, str, dict[str, str]]) -> None:
    """A long poll that would last longer than the test ends with an empty page."""
    _, url, tokens = leeg
    with adres(url) as hier, ThreadPoolExecutor(1) as pool:
        proces = hier.start()
        verkeer = Verkeer(tokens, [hier.url])

        def wacht() -> Any:
            with verkeer.klant(AGB) as klant, suppress(httpx.TransportError):  # when it came too late to be heard
                return klant.get("/v1/postvak/berichten", params={"wacht": 59}).json()

        with verkeer.klant(AGB) as klant:
            assert klant.get("/gezondheid").status_code == 200
            wachter = pool.submit(wacht)
            time.sleep(0.5)
            proces.terminate()
        assert wachter.result(30) in (None, {"items": [], "volgende": "0"})
        proces.wait(30)


def test_many_threads_look_while_one_writes(node: Knoop) -> None:
    """Readers never see a toewijzing without its message."""
    paar = node.paar()
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    [item] = paar.aanbieder.toewijzingen()
    klaar = threading.Event()
    fouten: list[Any] = []

    def kijk() -> None:
        klant = node.klant(paar.agb)
        while not klaar.is_set():
            volledig = klant.json(f"/v1/toewijzingen/{item['id']}")
            punten = klant.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")["items"]
            if not volledig["versies"] or any(punt["bericht"] is None for punt in punten):
                fouten.append((volledig, punten))

    with ThreadPoolExecutor(4) as pool:
        taken = [pool.submit(kijk) for _ in range(4)]
        try:
            for _ in range(8):
                paar.aanbieder.goedgekeurd(d.start())
                paar.aanbieder.goedgekeurd(d.start(StatusAanlevering="3"))
        finally:
            klaar.set()
        for taak in taken:
            taak.result()
    assert fouten == []
