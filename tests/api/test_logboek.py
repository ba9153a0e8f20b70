"""What is said and logged when things go wrong: nothing of a person, whatever goes wrong."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from tests import ggk, vsp
from tests.conformance.boom import Boom
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import NU, Knoop, Paar, controleer_probleem, knoop

from berichtenverkeer.inname import schrijver
from berichtenverkeer.inname.schrijver import NodeStopt
from berichtenverkeer.keten.envelop.stuf import Envelop, Foutbericht, Systeem, keur_af, schrijf_soap
from berichtenverkeer.opslag.database import maak_engine

BSN = "999900006"
NAAM = "Merkwaardig"
MET_NAAM: dict[str, Boom] = {"Client/Naam/Geslachtsnaam/Achternaam": NAAM}


@pytest.fixture(scope="module")
def node(database_url: str) -> Iterator[Knoop]:
    """A node that logs every request."""
    with knoop(database_url, toegangslog=True, proefmodus=True) as k:
        yield k


@pytest.fixture
def logboek(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """All that is logged and printed. A server without access log that ran in this process before has silenced it for all."""
    for naam in ("", "uvicorn.access", "uvicorn.error"):
        caplog.set_level(logging.DEBUG, naam)
        monkeypatch.setattr(logging.getLogger(naam), "propagate", True)
    with capture_logs() as regels:
        yield lambda: "\n".join([str(regels), *_van_node(caplog.records), *capfd.readouterr()])


def _van_node(regels: list[logging.LogRecord]) -> Iterator[str]:
    """What the node logged, not what its callers did: they are in the same process."""
    for regel in regels:
        if not regel.name.startswith("http"):
            yield f"{regel.getMessage()} {regel.__dict__}"


def _fout(paar: Paar, soort: str) -> bytes:
    """A message with a name that must not be found back, and something wrong."""
    data = paar.dossier(BSN).bericht("301", MET_NAAM)
    return {
        "goed": data,
        "afgekeurd": data.replace(b"Einddatum>2026-12-31", b"Einddatum>2026-01-01"),
        "geen bsn": data.replace(BSN.encode(), b"999900007"),
        "xsd": data.replace(b":Geslacht>2<", f":Geslacht>{NAAM}<".encode()),
        "xsd bsn": data.replace(f":Bsn>{BSN}<".encode(), f":Bsn>{BSN}{BSN}<".encode()),
        "onbekend element": data.replace(b":Geslachtsnaam>", f":{NAAM}{BSN}>".encode(), 1),
        "kapot": data[:-20] + NAAM.encode() + BSN.encode(),
        "entiteit": data.replace(NAAM.encode(), f"&{NAAM}{BSN};".encode()),
        "onbekende ontvanger": data.replace(paar.agb.encode(), BSN[1:].encode()),
        "niet verwerkt": paar.dossier(BSN).bericht("317"),
    }[soort]


@pytest.mark.parametrize(
    "soort",
    [
        "goed", "afgekeurd", "geen bsn", "xsd", "xsd bsn", "onbekend element", "kapot", "entiteit", "onbekende ontvanger",
        "niet verwerkt",
    ],
)  # fmt: skip
def test_no_answer_and_no_log_holds_what_a_message_says_of_a_person(
    paar: Paar, soort: str, logboek: Callable[[], str]
) -> None:
    klant = paar.aanbieder if soort == "niet verwerkt" else paar.gemeente
    antwoord = klant.bied_aan(_fout(paar, soort))
    assert antwoord.status_code == (202 if soort in ("goed", "afgekeurd", "geen bsn") else antwoord.status_code)
    for tekst in (antwoord.text, logboek()):
        assert BSN not in tekst
        if soort != "onbekend element":  # the name of an element is not a value
            assert NAAM not in tekst


def test_the_access_log_has_no_questions(paar: Paar, logboek: Callable[[], str]) -> None:
    paar.gemeente.json("/v1/toewijzingen", bsn=BSN)
    paar.gemeente.get("/v1/toewijzingen", params={"bsn": f"{BSN}0"})
    tekst = logboek()
    assert "GET /v1/toewijzingen HTTP/1.1" in tekst
    assert BSN not in tekst


VRIJ = f"{NAAM} {BSN}"
"""Free text, as a sender may put where it need not be."""


def _langs_alle_deuren(node: Knoop, paar: Paar) -> None:
    """Hand in, at every door, something with this text where text may be, and something wrong besides."""
    goed = paar.dossier(BSN).toewijzing()
    fout = goed.replace(b":Geslacht>2<", b":Geslacht>7<")
    for nummer, payload in ((VRIJ, fout), (f"{VRIJ} 2", goed), (f"{VRIJ} 3", VRIJ.encode())):
        ggk.lever(paar.gemeente, _soap(ggk.envelop(payload, bericht=goed), nummer), SOAPAction=VRIJ)
    paar.gemeente.goedgekeurd(paar.dossier(nummer=7).toewijzing())
    kreeg = next(item for item in ggk.postvak(paar.gemeente) if item["zender"] == paar.agb)
    fo01 = keur_af("IB014", ggk.envelop(goed).stuurgegevens, _uuid, NU, omschrijving=VRIJ, details=VRIJ)
    van = ggk.envelop(goed).stuurgegevens.zender
    fo01 = replace(
        fo01,
        stuurgegevens=replace(
            fo01.stuurgegevens, zender=van, ontvanger=Systeem(paar.agb, "GGk"), crossRefnummer=kreeg["referentienummer"]
        ),
    )
    ggk.lever(paar.gemeente, _soap(fo01, f"{VRIJ} 4"))
    z = vsp.zending(fout, bericht=goed)
    vsp.dien_in(paar.gemeente, z.met(referentiegegevens__referentieId=VRIJ))
    vsp.wacht(paar.gemeente, z.id)
    vsp.dien_in(paar.gemeente, z.met(referentiegegevens__traceerId=VRIJ))
    koppen = {
        "User-Agent": VRIJ,
        "X-Version-Override": VRIJ,
        "Bv-Klok": VRIJ,
        "X-Forwarded-For": VRIJ,
        "Client-Cert": VRIJ,
    }
    for naam, waarde in (*koppen.items(), ("Bv-Partij", VRIJ), ("Authorization", f"Bearer {VRIJ}")):
        for klant in (paar.gemeente, node.klant(None)):
            klant.post("/v1/berichten", content=fout, headers={"Content-Type": "text/xml", naam: waarde})
            klant.post("/validatie", content=fout, headers={"Content-Type": "text/xml", naam: waarde})
    for pad in ("v1/berichten", "v1/toewijzingen", "ggk/v1/berichten", "v1/proef/storingen", "nergens"):
        paar.gemeente.get(f"/{pad}/{VRIJ}", params={VRIJ: VRIJ})
    paar.gemeente.post("/v1/voorstellen/start", json={"toewijzing": VRIJ, VRIJ: VRIJ})
    paar.gemeente.post("/v1/voorstellen/declaratie", content=f"{VRIJ};\n{VRIJ}", headers={"Content-Type": "text/csv"})


def _uuid() -> str:
    return str(uuid.uuid4())


def _soap(wat: Envelop | Foutbericht, nummer: str) -> bytes:
    """As its sender may write it: with this referentienummer."""
    return schrijf_soap(wat).replace(wat.stuurgegevens.referentienummer.encode(), nummer.encode())


def test_no_log_holds_free_text_from_outside(node: Knoop, paar: Paar, logboek: Callable[[], str]) -> None:
    _langs_alle_deuren(node, paar)
    node.inzage.kreeg.clear()  # what a sender chose as a number comes back as that, and is no person
    tekst = logboek()
    assert "foutbericht is afgekeurd" in tekst
    assert "GET /v1/toewijzingen/… HTTP/1.1" in tekst
    for deel in (NAAM, NAAM.lower(), BSN, quote(VRIJ)):
        assert deel not in tekst


class Onverwacht(Exception):
    """An error that quotes a message."""


@pytest.mark.parametrize(
    ("fout", "status"),
    [
        (Onverwacht(BSN), 500),
        (OperationalError(f"INSERT {BSN}", {"bsn": BSN}, Exception(BSN)), 503),
        (NodeStopt(BSN), 503),
    ],
)
def test_an_unexpected_error_is_a_problem(
    node: Knoop,
    paar: Paar,
    monkeypatch: pytest.MonkeyPatch,
    logboek: Callable[[], str],
    fout: Exception,
    status: int,
) -> None:
    def faal(*_: Any, **__: Any) -> None:
        raise fout

    monkeypatch.setattr(schrijver, "verwerk", faal)
    antwoord = paar.gemeente.bied_aan(paar.dossier(BSN).bericht("301", MET_NAAM))
    assert antwoord.status_code == status
    assert ("retry-after" in antwoord.headers) == (status == 503)
    tekst = logboek()
    assert f"{type(fout).__name__} in faal (test_logboek.py:" in tekst
    assert BSN not in tekst
    monkeypatch.undo()
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())


def test_an_error_while_reading_is_a_problem_too(
    paar: Paar, monkeypatch: pytest.MonkeyPatch, logboek: Callable[[], str]
) -> None:
    def faal(*_: Any) -> None:
        raise Onverwacht(BSN)

    monkeypatch.setattr("berichtenverkeer.api.aanbieden.neem_aan", faal)
    monkeypatch.setattr("berichtenverkeer.opslag.lijst.Lijst.zoek", faal)
    assert paar.gemeente.bied_aan(paar.dossier(BSN).toewijzing()).status_code == 500
    assert paar.gemeente.get("/v1/toewijzingen").status_code == 500
    assert BSN not in logboek()


def test_a_database_that_is_away(maak_database: MaakDatabase, logboek: Callable[[], str]) -> None:
    with knoop(maak_database.gereed(), proefmodus=True) as node:
        paar = node.paar()
        data = paar.dossier(BSN).toewijzing()
        with _weg(node):
            for antwoord in (
                paar.gemeente.bied_aan(data),
                paar.gemeente.get("/v1/toewijzingen"),
                paar.gemeente.get("/v1/postvak/berichten"),
                paar.gemeente.bied_aan(b"geen XML"),
                httpx.get(f"{node.url}/gezondheid"),
            ):
                assert antwoord.status_code == 503
                controleer_probleem(antwoord)
        paar.gemeente.goedgekeurd(data)
    assert BSN not in logboek()


def test_connections_that_broke_off_do_not_show_in_taking_in(postgresql: MaakDatabase) -> None:
    with knoop(postgresql.gereed(), proefmodus=True) as node:
        paar = node.paar()
        paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
        with _weg(node):
            pass
        paar.aanbieder.goedgekeurd(paar.dossier(BSN).start())


@contextmanager
def _weg(node: Knoop) -> Iterator[None]:
    """A database that is away, and in the end is back and known to be."""
    with _onbereikbaar(node):
        yield
    wacht_tot(lambda: httpx.get(f"{node.url}/gezondheid").status_code == 200)


@contextmanager
def _onbereikbaar(node: Knoop) -> Iterator[None]:
    """A PostgreSQL that breaks off its connections and lets nobody in; of SQLite, a file whose folder is elsewhere, and back at
    once: nobody can make another in its place."""
    url = make_url(node.database_url)
    if url.get_backend_name() == "sqlite":
        pad = Path(url.database or "")
        for engine in (node.binnen.engine, node.binnen.register.engine, node.engine):
            engine.dispose()
        elders = pad.parent.rename(pad.parent.with_suffix(".weg"))
        yield
        elders.rename(pad.parent)
        return
    beheer = maak_engine(url.set(database="postgres").render_as_string(False), isolation_level="AUTOCOMMIT")
    with beheer.connect() as verbinding:
        verbinding.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false"))
        verbinding.execute(
            text("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = :naam"),
            {"naam": url.database},
        )
        yield
        verbinding.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS true"))
    beheer.dispose()
