"""Pushing to the endpoint of a gemeente, from door to door: a real node, a real endpoint, both databases."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests.conftest import MaakDatabase
from tests.eindpunt import Antwoord, Eindpunt, bv03, eindpunt, fo03, vast, wacht_tot
from tests.ggk import BERICHTEN, POSTVAK, bevestigd, di01, postvak, vervang
from tests.knoop import NU, Knoop, Paar, knoop
from tests.vsp import dien_in, eigen_status
from tests.vsp import zending as vsp_zending

from berichtenverkeer.keten.bezorgen.beheer import Vastgelopen, opnieuw, vastgelopen
from berichtenverkeer.keten.bezorgen.terugval import STAPPEN
from berichtenverkeer.keten.envelop.stuf import (
    Envelop,
    Foutbericht,
    StufBerichtcode,
    Stuurgegevens,
    bevestig,
    schrijf_soap,
)
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import bezorging
from berichtenverkeer.partijen.partij import zet_eindpunt

_BOM = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><x>&b;</x></soap:Body></soap:Envelope>"""


@dataclass
class Klok:
    """A clock that is moved by hand."""

    moment: datetime = NU

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Gemeentewerk:
    """A pair, a node, and what can be seen and done of pushing."""

    k: Knoop
    klok: Klok
    paar: Paar

    def start(self) -> str:
        """A 305 of the aanbieder to the gemeente, by VSP: its traceerId."""
        z = vsp_zending(self.paar.dossier().start())
        assert dien_in(self.paar.aanbieder, z).status_code == 204
        return z.id

    def status(self, nummer: str) -> dict[str, Any]:
        """The status of a message, which both doors and both parties see alike."""
        van_aanbieder = eigen_status(self.paar.aanbieder, nummer)
        van_gemeente = self.paar.gemeente.get(f"{BERICHTEN}/{nummer}").json()
        assert van_aanbieder["berichtstatus"] == van_gemeente["status"]
        assert van_aanbieder.get("meldingen", []) == van_gemeente.get("meldingen", [])
        return van_aanbieder

    def vast(self) -> list[Vastgelopen]:
        """What could not be pushed to this gemeente."""
        return [een for een in vastgelopen(self.k.engine) if een.partij == self.paar.gemeentecode]

    def mislukt(self, nummer: str, poging: int) -> Vastgelopen:
        """Wait until this attempt was noted as failed."""

        def genoteerd() -> list[Vastgelopen]:
            return [een for een in self.vast() if (een.nummer, een.pogingen, een.bezig) == (nummer, poging, False)]

        wacht_tot(genoteerd)
        return genoteerd()[0]

    def vooruit(self, duur: timedelta) -> None:
        """Move the clock and wake who pushes."""
        self.klok.moment += duur
        self.k.binnen.bezorger.wek()

    def bezorgd(self, nummer: str) -> None:
        """Wait until a message was delivered, and nothing of it is left to do."""
        wacht_tot(lambda: eigen_status(self.paar.aanbieder, nummer)["berichtstatus"] == "Bezorgd")
        meldingen = self.status(nummer).get("meldingen", [])
        assert [m for m in meldingen if m["code"] == "BEZORGING"] == []  # a signaal may be told
        assert nummer not in [een.nummer for een in self.vast()]


@pytest.fixture(scope="module")
def met_klok(maak_database: MaakDatabase) -> Iterator[tuple[Knoop, Klok]]:
    klok = Klok()
    with knoop(
        maak_database.gereed(), klok=klok, bezorg_geduld=4.0
    ) as k:  # a busy machine may need a second for a push
        k.laat_oordelen("gemeente")
        yield k, klok


@pytest.fixture
def werk(met_klok: tuple[Knoop, Klok]) -> Gemeentewerk:
    """Of a pair of its own, that knows one client."""
    k, klok = met_klok
    w = Gemeentewerk(k, klok, k.paar())
    w.paar.gemeente.aangenomen(w.paar.dossier().toewijzing())
    return w


@pytest.fixture
def daar(werk: Gemeentewerk) -> Iterator[Eindpunt]:
    """The endpoint of the gemeente; what lay ready before has been pushed."""
    with eindpunt(werk.k.engine, werk.paar.gemeentecode) as e:
        werk.k.binnen.bezorger.wek()
        e.wacht(1)
        wacht_tot(lambda: not postvak(werk.paar.gemeente))
        e.gekregen.clear()
        e.verzoeken.clear()
        yield e


def test_check_39_three_times_503_and_then_a_bv03(werk: Gemeentewerk, daar: Eindpunt) -> None:
    daar.antwoorden += [vast(503)] * 3
    nummer = werk.start()
    for poging, stap in enumerate(STAPPEN[:3], start=1):
        gemist = werk.mislukt(nummer, poging)
        assert gemist.volgende_op == werk.klok() + stap
        status = werk.status(nummer)
        assert status["berichtstatus"] == "AanbiedenMislukt"
        [melding] = status["meldingen"]
        assert (melding["code"], "HTTP 503" in melding["omschrijving"]) == ("BEZORGING", True)
        assert [item["referentienummer"] for item in postvak(werk.paar.gemeente)] == [nummer]
        assert daar.nummers == [nummer] * poging
        werk.vooruit(stap)
    werk.bezorgd(nummer)
    assert len(set(daar.verzoeken)) == 1  # the same number, the same tijdstipBericht, the same bytes
    assert daar.nummers == [nummer] * 4
    assert postvak(werk.paar.gemeente) == []
    geteld = {een.labels["uitkomst"]: een.waarde for een in werk.k.binnen.metingen.bezorgingen.reeks().standen}
    assert geteld["mislukt"] >= 3
    assert geteld["bezorgd"] >= 1


def test_all_three_kinds_are_pushed_as_they_lie_ready(werk: Gemeentewerk) -> None:
    e = di01(werk.paar)
    bevestigd(werk.paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
    nummer = werk.start()
    wacht_tot(lambda: len(postvak(werk.paar.gemeente)) == 3)
    klaar = {item["referentienummer"]: item["berichtcode"] for item in postvak(werk.paar.gemeente)}
    assert sorted(klaar.values()) == ["Di01", "Du01", "Fo01"]
    with eindpunt(werk.k.engine, werk.paar.gemeentecode) as daar:
        werk.k.binnen.bezorger.wek()
        daar.wacht(3)
        wacht_tot(lambda: not postvak(werk.paar.gemeente))
        assert {een.stuurgegevens.referentienummer: een.stuurgegevens.berichtcode for een in daar.gekregen} == klaar
        [fo01] = [een for een in daar.gekregen if isinstance(een, Foutbericht)]
        assert (fo01.code, fo01.stuurgegevens.crossRefnummer) == ("IB004", e.stuurgegevens.referentienummer)
        [heen] = [een for een in daar.gekregen if een.stuurgegevens.berichtcode == StufBerichtcode.DI01]
        assert isinstance(heen, Envelop)
        opgehaald = werk.paar.gemeente.get(f"{POSTVAK}/{nummer}").content
        assert heen.stuurgegevens.tijdstipBericht.encode() in opgehaald
        with werk.k.engine.connect() as verbinding:
            ids = select(bericht.c.inhoud).where(bericht.c.bestemming == werk.paar.gemeentecode)
            assert heen.parameters.payload() in verbinding.execute(ids).scalars().all()
        for n in klaar:
            assert werk.paar.gemeente.get(f"{BERICHTEN}/{n}").json()["status"] == "Bezorgd"


def test_a_fo01_that_cannot_be_pushed_says_so_in_its_status(werk: Gemeentewerk, daar: Eindpunt) -> None:
    daar.antwoorden.append(vast(503))
    e = di01(werk.paar)
    bevestigd(werk.paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
    daar.wacht(1)
    [nummer] = daar.nummers
    werk.mislukt(nummer, 1)
    status = werk.paar.gemeente.get(f"{BERICHTEN}/{nummer}").json()
    assert (status["status"], status["meldingen"][0]["code"]) == ("AanbiedenMislukt", "BEZORGING")
    for _ in range(2):
        assert werk.paar.gemeente.delete(f"{POSTVAK}/{nummer}").status_code == 202
    assert werk.paar.gemeente.get(f"{BERICHTEN}/{nummer}").json()["status"] == "Bezorgd"
    assert werk.vast() == []


def _ander_nummer(op: Stuurgegevens) -> tuple[int, bytes]:
    vreemd = replace(op, referentienummer="00000000-0000-4000-8000-000000000000")
    return 200, schrijf_soap(bevestig(vreemd, lambda: op.referentienummer, NU))


@pytest.mark.parametrize(
    ("antwoord", "tekst"),
    [
        (_ander_nummer, "ander bericht"),
        (lambda op: (500, bv03(op)[1]), "HTTP 500 en een Bv03."),
        (fo03("StUF046"), "StUF046"),
        (vast(204), "zonder inhoud"),
        (vast(307), "HTTP 307"),
        (vast(200, b"<html>"), "niet met een Bv03"),
        (vast(200, _BOM), "niet met een Bv03"),
        (vast(200, b"<x/>" + b" " * 2_000_000), "groter dan"),
        (vast(500, b"<a>999900006</a>"), "HTTP 500"),
    ],
    ids=["ander", "bv03-500", "fo03-server", "204", "307", "html", "bom", "groot", "bsn"],
)
def test_any_other_answer_is_a_failure(werk: Gemeentewerk, daar: Eindpunt, antwoord: Antwoord, tekst: str) -> None:
    daar.antwoorden.append(antwoord)
    nummer = werk.start()
    gemist = werk.mislukt(nummer, 1)
    assert tekst in gemist.reden
    assert "999900006" not in gemist.reden
    assert (gemist.volgende_op, daar.nummers) == (werk.klok() + STAPPEN[0], [nummer])
    assert werk.status(nummer)["berichtstatus"] == "AanbiedenMislukt"
    werk.vooruit(STAPPEN[0])
    werk.bezorgd(nummer)


@pytest.mark.parametrize("status", [200, 202])
def test_an_empty_answer_is_a_receipt(werk: Gemeentewerk, daar: Eindpunt, status: int) -> None:
    daar.antwoorden.append(vast(status))
    nummer = werk.start()
    werk.bezorgd(nummer)
    assert daar.nummers == [nummer]


def test_a_fo03_client_ends_it_and_the_operator_begins_anew(werk: Gemeentewerk, daar: Eindpunt) -> None:
    daar.antwoorden.append(fo03("StUF013"))
    nummer = werk.start()
    gemist = werk.mislukt(nummer, 1)
    assert gemist.volgende_op is None
    assert "StUF013" in gemist.reden
    status = werk.status(nummer)
    assert status["berichtstatus"] == "BezorgingAfgebroken"
    assert "StUF013" in status["meldingen"][0]["omschrijving"]
    assert werk.paar.gemeente.get(f"{POSTVAK}/{nummer}").status_code == 200  # still to be fetched
    werk.vooruit(timedelta(days=4))
    later = werk.start()
    werk.bezorgd(later)  # what is broken off holds up nothing, and is not tried
    assert daar.nummers == [nummer, later]
    assert opnieuw(werk.k.engine, werk.paar.gemeentecode, datetime.now(NU.tzinfo)) == 1
    werk.k.binnen.bezorger.wek()
    werk.bezorgd(nummer)


def test_after_72_hours_it_ends_and_another_door_still_makes_it_delivered(werk: Gemeentewerk, daar: Eindpunt) -> None:
    daar.antwoorden += [vast(503)] * 2
    nummer = werk.start()
    werk.mislukt(nummer, 1)
    werk.vooruit(timedelta(hours=72))
    assert werk.mislukt(nummer, 2).volgende_op is None
    assert werk.status(nummer)["berichtstatus"] == "BezorgingAfgebroken"
    assert werk.paar.gemeente.delete(f"{POSTVAK}/{nummer}").status_code == 202
    werk.bezorgd(nummer)
    with werk.k.engine.connect() as verbinding:
        rijen = select(bezorging).where(bezorging.c.partij == werk.paar.gemeentecode)
        assert verbinding.execute(rijen).all() == []


def test_a_clock_that_is_set_back_leaves_nothing_waiting(werk: Gemeentewerk, daar: Eindpunt) -> None:
    ver = timedelta(days=1000)
    werk.vooruit(ver)
    daar.antwoorden.append(vast(503))
    nummer = werk.start()
    werk.mislukt(nummer, 1)
    werk.vooruit(-ver)
    werk.bezorgd(nummer)
    assert daar.nummers == [nummer] * 2


def test_nobody_there(werk: Gemeentewerk) -> None:
    with eindpunt() as weg:
        url = weg.url
    [klaar] = [item["referentienummer"] for item in postvak(werk.paar.gemeente)] or [werk.start()]
    for slecht, tekst in ((url, "te bereiken"), ("https" + url[4:], "te bereiken"), ("http://xn--a.invalid/x", "URL")):
        zet_eindpunt(werk.k.engine, werk.paar.gemeentecode, slecht)
        opnieuw(werk.k.engine, werk.paar.gemeentecode, datetime.now(NU.tzinfo))
        werk.k.binnen.bezorger.wek()
        assert tekst in werk.mislukt(klaar, 1).reden
    zet_eindpunt(werk.k.engine, werk.paar.gemeentecode, None)


def test_a_slow_party_holds_up_nobody_and_a_stuck_message_not_the_next(werk: Gemeentewerk, daar: Eindpunt) -> None:
    """The slow one answers when the others have been served, which is later than we wait for it."""
    los = threading.Event()

    def traag(op: Stuurgegevens) -> tuple[int, bytes]:
        assert los.wait(30)
        return bv03(op)

    ander = Gemeentewerk(werk.k, werk.klok, werk.k.paar())
    ander.paar.gemeente.aangenomen(ander.paar.dossier().toewijzing())
    daar.antwoorden.append(traag)
    with eindpunt(werk.k.engine, ander.paar.gemeentecode) as vlot:
        werk.k.binnen.bezorger.wek()
        vlot.wacht(1)
        eerste = werk.start()
        daar.wacht(1)
        nummer = ander.start()
        ander.bezorgd(nummer)
        tweede = werk.start()
        assert "niet binnen" in werk.mislukt(eerste, 1).reden
        werk.bezorgd(tweede)
        los.set()
    werk.vooruit(STAPPEN[0])
    werk.bezorgd(eerste)
    assert daar.nummers == [eerste, tweede, eerste]


def test_without_an_endpoint_nothing_is_pushed(werk: Gemeentewerk, daar: Eindpunt) -> None:
    daar.antwoorden.append(vast(503))
    nummer = werk.start()
    werk.mislukt(nummer, 1)
    zet_eindpunt(werk.k.engine, werk.paar.gemeentecode, None)
    werk.vooruit(STAPPEN[0])
    zet_eindpunt(werk.k.engine, werk.paar.gemeentecode, daar.url)
    werk.k.binnen.bezorger.wek()
    werk.bezorgd(nummer)
