"""A node for tests: uvicorn on a thread, real HTTP, a real database, and parties enough for every test to have its own.

Every answer that passes is held against its OpenAPI: its status is listed there, and an error is a problem+json
that says what is wrong and what to do, without personal data. One of VSP is also held against the description of VSP.
"""

import asyncio
import hashlib
import re
import tempfile
import threading
import time
import traceback
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any

import httpx
import uvicorn
from pydantic.alias_generators import to_camel
from sqlalchemy import Engine, event, func, insert, select, update
from tests import openapi, vspvorm
from tests.berichten import VANDAAG, Dossier, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.inzage import Inzage

from berichtenverkeer.api.rondom.knooppunt import Knooppunt
from berichtenverkeer.api.rondom.server import opties
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import NEDERLAND, Klok
from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.partijen import partijen as tabel
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import zending
from berichtenverkeer.opslag.tabellen.partijen import partij, token
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.web.app import maak_app

NU = datetime.fromisoformat(f"{VANDAAG}T12:00:00").replace(tzinfo=NEDERLAND)
"""The moment at which the clock of the node stands still."""

PAREN = 200
"""How many pairs of a gemeente and an aanbieder a node knows."""

HOOFDAANNEMER = PAREN - 1
"""The pair whose aanbieder is a hoofdaannemer."""

XML = {"Content-Type": "application/xml"}

_OPENAPI: dict[bool, dict[str, Any]] = {}
"""What a node outside and inside proefmodus says of itself. To make it takes longer than all else at its start."""

_schemas = cache(Schemas)
"""The XSDs of a folder, read once for all nodes."""

_OPENAPI_PAD = re.compile(r"\\\{[^}]*\}")
_BSN = re.compile(r"\b9999(?!99999)\d{5}\b")
_PROBLEEM = {"type", "title", "status", "detail", "advies"}


class Klant(httpx.Client):
    """A party that calls."""

    def bied_aan(self, data: bytes, **headers: str) -> httpx.Response:
        """POST a message."""
        return self.post("/v1/berichten", content=data, headers=XML | headers)

    def aangenomen(self, data: bytes, **headers: str) -> dict[str, Any]:
        """POST a message that is taken in for the first time; its answer."""
        antwoord = self.bied_aan(data, **headers)
        assert antwoord.status_code == 202, antwoord.text
        uit: dict[str, Any] = antwoord.json()
        return uit

    def goedgekeurd(self, data: bytes, **headers: str) -> dict[str, Any]:
        """POST a message that is approved; its answer."""
        uit = self.aangenomen(data, **headers)
        assert uit["oordeel"] == "goedgekeurd", uit["bevindingen"]
        return uit

    def json(self, pad: str, **vraag: Any) -> Any:
        """GET what is there; what is asked about a client stands in a body."""
        vraag = {to_camel(naam): waarde for naam, waarde in vraag.items()}
        antwoord = self.post(f"{pad}/zoeken", json=vraag) if "bsn" in vraag else self.get(pad, params=vraag)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()

    def toewijzingen(self, **vraag: Any) -> list[dict[str, Any]]:
        """The items of one page of toewijzingen."""
        items: list[dict[str, Any]] = self.json("/v1/toewijzingen", **vraag)["items"]
        return items

    def postvak(self, **vraag: Any) -> list[dict[str, Any]]:
        """The items of one page of the postvak."""
        items: list[dict[str, Any]] = self.json("/v1/postvak/berichten", **vraag)["items"]
        return items


def zonder_trace(antwoord: httpx.Response) -> Any:
    """What an answer holds, without the trace that a problem names: that is of one question only."""
    uit = antwoord.json()
    return {naam: waarde for naam, waarde in uit.items() if naam != "trace"} if isinstance(uit, dict) else uit


@dataclass(frozen=True)
class Paar:
    """A gemeente and an aanbieder that no other test has, with a caller for each."""

    gemeente: Klant
    aanbieder: Klant
    gemeentecode: str
    agb: str

    def dossier(self, bsn: str = "999900006", domein: Domein = Domein.IWMO, nummer: int = 1001) -> Dossier:
        """A client of theirs."""
        return Dossier(self.gemeentecode, self.agb, bsn, domein, nummer)


@dataclass
class Knoop:
    """A running node."""

    url: str
    database_url: str
    engine: Engine
    binnen: Knooppunt
    tokens: dict[str, str]
    openapi: dict[str, Any]
    _nummers: Iterator[int] = field(default_factory=count)
    _klanten: list[Klant] = field(default_factory=list)
    inzage: Inzage = field(default_factory=Inzage)

    def klant(self, code: str | None, **opties: Any) -> Klant:
        """A caller with the token of this party; without one for None."""
        headers = {"Authorization": f"Bearer {self.tokens[code]}"} if code else {}
        klant = Klant(
            base_url=self.url,
            headers=headers,
            event_hooks={"request": [self.inzage.vraag], "response": [self._controleer, self.inzage.antwoord]},
            timeout=60,
            verify=False,  # nothing to verify, and a context takes long to make
            **opties,
        )
        self._klanten.append(klant)
        return klant

    def paar(self, nummer: int | None = None) -> Paar:
        """The next pair, or one of its own number."""
        nummer = next(self._nummers) if nummer is None else nummer
        gemeente, agb = gemeenten()[nummer], _agb(nummer)
        return Paar(self.klant(gemeente), self.klant(agb), gemeente, agb)

    def laat_oordelen(self, *rollen: str) -> None:
        """From now on all parties of these roles judge for themselves."""
        with schrijvend(self.engine) as verbinding:
            verbinding.execute(update(partij).where(partij.c.rol.in_(rollen)).values(beoordeling="partij"))
            versies.verhoog(verbinding, versies.TOEGANG)
        self.binnen.register.kijk()

    def sluit(self) -> None:
        """Close every caller."""
        for klant in self._klanten:
            klant.close()

    def _controleer(self, antwoord: httpx.Response) -> None:
        antwoord.read()
        vspvorm.controleer(antwoord)
        pad = antwoord.request.url.path
        paden = self.openapi["paths"]
        for sjabloon, methoden in ({pad: paden[pad]} if pad in paden else paden).items():
            if _vorm(sjabloon).fullmatch(pad):
                methode = methoden.get(antwoord.request.method.lower())
                if methode is not None:
                    assert str(antwoord.status_code) in methode["responses"], (sjabloon, antwoord)
        if antwoord.status_code >= 400 and not _is_soap(antwoord):
            controleer_probleem(antwoord)


@cache
def _vorm(sjabloon: str) -> re.Pattern[str]:
    """What a path of an OpenAPI looks like. Kept, for every answer is held against them all."""
    return re.compile(_OPENAPI_PAD.sub("[^/]+", re.escape(sjabloon)))


def _is_soap(antwoord: httpx.Response) -> bool:
    """Whether it is an answer to SOAP, of which an error is a soap:Fault."""
    vraag: str = antwoord.request.headers.get("content-type", "")
    soort: str = antwoord.headers.get("content-type", "")
    return vraag.startswith(("text/xml", "application/soap+xml")) and soort.startswith("text/xml")


def controleer_probleem(antwoord: httpx.Response) -> None:
    """An error is a problem (RFC 9457), says what to do, and holds no personal data."""
    assert antwoord.headers["content-type"] == "application/problem+json"
    if antwoord.request.method == "HEAD":
        return
    probleem = antwoord.json()
    assert probleem.keys() >= _PROBLEEM
    assert probleem["status"] == antwoord.status_code
    assert all(probleem[naam] for naam in _PROBLEEM)
    assert not _BSN.search(antwoord.text), antwoord.text


@contextmanager
def knoop(
    database_url: str, *, toegangslog: bool = False, klok: Klok = lambda: NU, opnieuw: bool = False, **instellingen: Any
) -> Iterator[Knoop]:
    """A node on this database, with a clock that stands still at ``NU`` unless another is given; ``opnieuw`` where there was one before."""
    engine = maak_engine(database_url)
    maak_gereed(engine)
    tokens = _tokens(_rollen(PAREN)) if opnieuw else meld_partijen_aan(engine)
    instellingen.setdefault("open_ineens", 1_000_000)  # all tests come from one address
    instellingen.setdefault("rusttijd", 60.0)  # httpx lets go after 5 seconds: not both at the same moment
    instellingen.setdefault("uitvoer_map", Path(tempfile.gettempdir()) / f"uitvoer-{uuid.uuid4()}")
    zo = Instellingen(database_url=database_url, **instellingen)
    app = maak_app(zo, klok, _schemas(zo.xsd_dir))
    with _serveer(app, zo, toegangslog) as url:
        if zo.proefmodus not in _OPENAPI:
            _OPENAPI[zo.proefmodus] = openapi.alles(app)
        k = Knoop(url, database_url, engine, app.state.knooppunt, tokens, _OPENAPI[zo.proefmodus])
        try:
            with niet_op_de_lus(k.binnen.engine), niet_op_de_lus(k.binnen.register.engine):
                yield k
            k.inzage.controleer(engine)
        finally:
            k.sluit()
            engine.dispose()
            rmtree(zo.uitvoer_map, ignore_errors=True)


@contextmanager
def niet_op_de_lus(engine: Engine) -> Iterator[None]:
    """Nothing that runs in an event loop asks this database: while one request waits for it, all would. The test itself may: who drives a
    browser has a loop."""
    gezien: list[str] = []
    test = threading.get_ident()

    def noteer(*_: object) -> None:
        if threading.get_ident() == test:
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        gezien.append("".join(traceback.format_stack(limit=30)))

    event.listen(engine, "checkout", noteer)
    yield
    event.remove(engine, "checkout", noteer)
    assert not gezien, gezien[0]


def controleer_database(engine: Engine, *, gaten: bool = False) -> None:
    """What holds after whatever was sent: every message is there once, whole, with its retour, and in one order.
    ``gaten``: some messages got another number when a worker had judged them."""
    retour = bericht.alias("retour")
    kolommen = (bericht.c.berichtsoort, bericht.c.beoordeling, bericht.c.oordeel)
    met_retour = (
        select(*kolommen, func.count(retour.c.id).label("aantal"))
        .outerjoin(retour, retour.c.antwoord_op == bericht.c.id)
        .where(bericht.c.antwoord_op.is_(None))
        .group_by(bericht.c.id)
    )
    with engine.connect() as verbinding:
        for soort, beoordeling, oordeel, aantal in verbinding.execute(met_retour):
            stil = soort.endswith("325") or oordeel in ("voorlopig", "in_verwerking")
            assert aantal == (0 if stil else 1), (soort, beoordeling, oordeel)
            assert oordeel != "voorlopig" or beoordeling == "partij"
        met_fouten = select(bericht.c.volgnummer).union_all(
            select(zending.c.volgnummer).where(zending.c.volgnummer.is_not(None))
        )
        nummers = sorted(verbinding.execute(met_fouten).scalars())
        assert gaten or nummers == list(range(1, len(nummers) + 1))
        for inhoud, sha256 in verbinding.execute(select(bericht.c.inhoud, bericht.c.sha256)):
            assert hashlib.sha256(inhoud).hexdigest() == sha256
    assert herbouw(engine, SCHEMAS).afwijkend == 0


def meld_partijen_aan(engine: Engine, aantal: int = PAREN) -> dict[str, str]:
    """Register this many pairs; the token of each party by its code."""
    rollen = _rollen(aantal)
    tokens = _tokens(rollen)
    with schrijvend(engine) as verbinding:  # in two statements, and not one by one as an operator does it
        partijen = [{"code": c, "rol": rol, "naam": f"Partij {c}", "aangemaakt_op": NU} for c, rol in rollen.items()]
        hashes = [{"hash": tabel.vingerafdruk(t), "partij": c, "aangemaakt_op": NU} for c, t in tokens.items()]
        verbinding.execute(insert(partij), partijen)
        verbinding.execute(insert(token), hashes)
    return tokens


def _rollen(aantal: int) -> dict[str, str]:
    rollen: dict[str, str] = {}
    for nummer, gemeente in enumerate(gemeenten()[:aantal]):
        rollen |= {gemeente: "gemeente", _agb(nummer): "hoofdaannemer" if nummer == HOOFDAANNEMER else "aanbieder"}
    return rollen


def _tokens(codes: Iterable[str]) -> dict[str, str]:
    return {code: f"token-van-{code}" for code in codes}


def _agb(nummer: int) -> str:
    return str(98_000_000 + nummer)


@contextmanager
def _serveer(app: Any, instellingen: Instellingen, toegangslog: bool) -> Iterator[str]:
    zo = opties(instellingen) | {"access_log": toegangslog}
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, **zo))
    draad = threading.Thread(target=server.run, name="uvicorn")
    draad.start()
    try:
        while not server.started:
            assert draad.is_alive(), "uvicorn kwam niet op"
            time.sleep(0.01)
        poort = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{poort}"
    finally:
        server.should_exit = True
        draad.join()
