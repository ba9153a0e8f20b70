"""Webhooks from door to door: a real node, a real receiver, both databases."""

import re
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import WebhookVerificationError
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.ggk import bevestigd
from tests.ggk import wacht as hoe_ver
from tests.knoop import NU, Klant, Knoop, Paar, knoop
from tests.ontvanger import GOED, Aanroep, Antwoord, Ontvanger, ontvanger
from tests.vsp import dien_in, eigen_status, zending

from berichtenverkeer.keten.envelop.stuf import Stuurgegevens, Systeem, keur_af
from berichtenverkeer.opslag.berichten.notificaties import LANGSTE_PAUZE, open_
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling
from berichtenverkeer.webhooks.soorten import SOORTEN
from berichtenverkeer.webhooks.terugval import DREMPEL, STAPPEN

W = "/v1/webhooks"
ALLES = sorted(SOORTEN)
VRIJ = "Jansen 999900006"
"""What a sender may call an envelope."""


@dataclass
class Klok:
    """A clock that is moved by hand."""

    moment: datetime = NU

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Werk:
    """A pair, a node and its clock."""

    k: Knoop
    klok: Klok
    paar: Paar

    def maak(self, klant: Klant, url: str, *soorten: str) -> dict[str, Any]:
        """A webhook of this party, that is told these kinds, or all."""
        antwoord = klant.post(W, json={"url": url, "soorten": list(soorten) or ALLES})
        assert antwoord.status_code == 201, antwoord.text
        uit: dict[str, Any] = antwoord.json()
        self.k.binnen.webhooks.wek()
        return uit

    def vooruit(self, duur: timedelta) -> None:
        """Move the clock and wake who tells."""
        self.klok.moment += duur
        self.k.binnen.webhooks.wek()

    def mis(self, klant: Klant, id_: str) -> list[dict[str, Any]]:
        """What a webhook was not told."""
        items: list[dict[str, Any]] = klant.json(f"{W}/{id_}/notificaties")["items"]
        return items

    def rustig(self, klant: Klant, id_: str, poging: int) -> None:
        """Wait until so many failed attempts at the first that failed were noted."""

        def genoteerd() -> bool:
            item = next(iter(self.mis(klant, id_)), None)
            if item is None or item["pogingen"] != poging:
                return False
            return item["volgende_op"] is None or datetime.fromisoformat(item["volgende_op"]) > self.klok.moment

        wacht_tot(genoteerd)


@pytest.fixture(scope="module")
def met_klok(maak_database: MaakDatabase) -> Iterator[tuple[Knoop, Klok]]:
    klok = Klok()
    with knoop(maak_database.gereed(), klok=klok, webhook_geduld=2.0, webhook_netwerken="127.0.0.0/8") as k:
        yield k, klok


@pytest.fixture
def werk(met_klok: tuple[Knoop, Klok]) -> Werk:
    """Of a pair of its own, at a clock that stands where it stood."""
    k, klok = met_klok
    klok.moment = NU
    return Werk(k, klok, k.paar())


@pytest.fixture
def daar() -> Iterator[Ontvanger]:
    with ontvanger() as o:
        yield o


def _geteld(k: Knoop) -> dict[str, float]:
    """How many calls of webhooks succeeded and how many did not, as ``/metrics`` tells."""
    return {een.labels["uitkomst"]: een.waarde for een in k.binnen.metingen.webhooks.reeks().standen}


def test_both_sides_are_told_what_happened(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    with ontvanger() as bij_aanbieder:
        van_gemeente = werk.maak(p.gemeente, daar.url)
        van_aanbieder = werk.maak(p.aanbieder, bij_aanbieder.url)
        heen = p.gemeente.goedgekeurd(p.dossier().toewijzing())
        [toewijzing] = p.aanbieder.toewijzingen()
        bij_aanbieder.wacht(2)
        daar.wacht(3)
        gezien = {een.soort: een.inhoud["subject"] for een in bij_aanbieder.gekregen}
        assert gezien == {"bericht.ontvangen": heen["id"], "toewijzing.gewijzigd": toewijzing["id"]}
        gezien = {een.soort: een.inhoud["subject"] for een in daar.gekregen}
        assert gezien == {
            "bericht.ontvangen": heen["retour"]["id"],
            "bericht.beoordeeld": heen["id"],
            "toewijzing.gewijzigd": toewijzing["id"],
        }
        assert p.aanbieder.post(f"/v1/postvak/berichten/{heen['id']}/bevestigd").status_code == 200
        werk.k.binnen.webhooks.wek()
        daar.wacht(1, "bericht.bezorgd")
        [bezorgd] = daar.van("bericht.bezorgd")
        assert bezorgd.inhoud["subject"] == heen["id"]
        for een, webhook in ((bezorgd, van_gemeente), (bij_aanbieder.gekregen[0], van_aanbieder)):
            assert een.klopt(webhook["geheim"])
        wacht_tot(lambda: _geteld(werk.k).get("gelukt", 0) >= 6)


def test_what_goes_over_the_wire_says_nothing_of_a_person(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    werk.maak(p.gemeente, daar.url)
    heen = p.gemeente.goedgekeurd(p.dossier().toewijzing())
    daar.wacht(3)
    [een] = daar.van("bericht.beoordeeld")
    assert een.inhoud == {
        "specversion": "1.0",
        "id": een.koppen["webhook-id"],
        "source": "urn:berichtenverkeer:knooppunt",
        "type": "nl.berichtenverkeer.bericht.beoordeeld.v1",
        "subject": heen["id"],
        "time": "2026-03-02T11:00:00Z",
        "dataref": f"/v1/berichten/{heen['id']}",
    }
    assert een.koppen["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert p.gemeente.get(een.inhoud["dataref"]).json()["id"] == heen["id"]
    for aanroep in daar.gekregen:
        assert datetime.fromisoformat(aanroep.inhoud["time"]) == werk.klok.moment
        assert aanroep.inhoud["time"].endswith("Z")
        assert not re.search(r"(?<![0-9a-f-])[0-9]{9}(?![0-9a-f-])", aanroep.data.decode())
        assert b"999900006" not in aanroep.data


def test_a_webhook_hears_what_it_asked_for_and_from_when_it_was_made(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    p.gemeente.goedgekeurd(p.dossier().toewijzing())
    werk.maak(p.aanbieder, daar.url, "toewijzing.gewijzigd", "bericht.afgekeurd")
    p.aanbieder.goedgekeurd(p.dossier().start())
    slecht = p.aanbieder.aangenomen(p.dossier().start())  # again: its Identificatie was used
    daar.wacht(2)
    werk.vooruit(timedelta())
    daar.wacht(2)
    assert sorted(een.soort for een in daar.gekregen) == ["bericht.afgekeurd", "toewijzing.gewijzigd"]
    [afgekeurd] = daar.van("bericht.afgekeurd")
    assert afgekeurd.inhoud["subject"] == slecht["id"]


def test_what_a_door_or_a_foutbericht_refuses(werk: Werk, daar: Ontvanger) -> None:
    """An envelope that comes to nothing, and a message that a gemeente does not take after it was delivered."""
    p = werk.paar
    zet_beoordeling(werk.k.engine, p.gemeentecode, Beoordelaar.PARTIJ)
    werk.k.binnen.register.kijk()
    with ontvanger() as bij_gemeente:
        werk.maak(p.aanbieder, daar.url, "bericht.ontvangen", "bericht.afgekeurd")
        werk.maak(p.gemeente, bij_gemeente.url, "bericht.ontvangen", "bericht.afgekeurd")
        p.gemeente.goedgekeurd(p.dossier().toewijzing())
        start = p.dossier().start()
        z = zending(start.replace(b"</", b"<x/></", 1), bericht=start)
        assert dien_in(p.aanbieder, z).status_code == 204
        wacht_tot(lambda: eigen_status(p.aanbieder, z.id)["berichtstatus"] == "AfgekeurdDoorDienst")
        werk.vooruit(timedelta())
        daar.wacht(1, "bericht.afgekeurd")
        assert {een.inhoud["subject"] for een in daar.van("bericht.afgekeurd")} == {z.id}
        assert "dataref" not in daar.van("bericht.afgekeurd")[0].inhoud

        heen = p.aanbieder.aangenomen(start)
        bij_gemeente.wacht(2)
        assert {een.soort for een in bij_gemeente.gekregen} == {"bericht.ontvangen"}
        zender = Systeem(p.gemeentecode, "Voorbeeldsuite")
        op = Stuurgegevens("Di01", Systeem(p.agb, "GGk"), zender, heen["id"], "20260302101502", None, "WMO305")
        fout = keur_af("StUF055", op, lambda: str(uuid.uuid4()), NU, origineel=b"<a/>", zender=zender)
        bevestigd(p.gemeente, replace(fout, stuurgegevens=replace(fout.stuurgegevens, referentienummer=VRIJ)))
        bevestigd(p.gemeente, fout)
        nummer = fout.stuurgegevens.referentienummer
        hoe_ver(p.gemeente, nummer)
        werk.vooruit(timedelta())
        daar.wacht(2, "bericht.ontvangen")  # the 301 and the foutbericht
        daar.wacht(2, "bericht.afgekeurd")
        assert {een.inhoud["subject"] for een in daar.van("bericht.afgekeurd")} == {z.id, heen["id"]}
        assert nummer in {een.inhoud["subject"] for een in daar.van("bericht.ontvangen")}
        for een in daar.gekregen + bij_gemeente.gekregen:
            assert VRIJ.encode() not in een.data


def test_a_term_that_is_over_is_told_once(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    p.gemeente.goedgekeurd(p.dossier().toewijzing())
    werk.maak(p.aanbieder, daar.url, "termijn.verstreken")
    [toewijzing] = p.aanbieder.toewijzingen()
    werk.vooruit(timedelta(days=1))
    werk.vooruit(timedelta(days=59))
    daar.wacht(1)
    over = {een.inhoud["dataref"]: een.inhoud["subject"] for een in daar.gekregen}
    assert over["/v1/werklijsten/start-ontbreekt"] == toewijzing["id"]
    aantal = len(daar.gekregen)
    werk.vooruit(timedelta(minutes=1))
    p.gemeente.post(f"{W}/{werk.maak(p.gemeente, daar.url)['id']}/test")  # a full turn has passed
    assert len(daar.van("termijn.verstreken")) == aantal


def test_retry_keeps_the_id_and_the_body_and_waits_for_its_step(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    antwoorden: list[Antwoord] = [(503, {}), (500, {})]
    daar.antwoord = lambda _: antwoorden.pop(0) if antwoorden else GOED
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    heen = p.gemeente.goedgekeurd(p.dossier().toewijzing())
    for poging, stap in enumerate(STAPPEN[:2], start=1):
        werk.rustig(p.aanbieder, webhook["id"], poging)
        [item] = werk.mis(p.aanbieder, webhook["id"])
        assert (item["onderwerp"], item["dataref"]) == (heen["id"], f"/v1/berichten/{heen['id']}")
        wacht = datetime.fromisoformat(item["volgende_op"]) - werk.klok.moment
        assert stap * 0.8 <= wacht <= stap
        assert "HTTP 50" in item["reden"]
        werk.vooruit(stap)
    daar.wacht(3)
    assert len({(een.koppen["webhook-id"], een.data) for een in daar.gekregen}) == 1
    wacht_tot(lambda: werk.mis(p.aanbieder, webhook["id"]) == [])


def test_retry_after_is_honoured_and_410_switches_off(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    antwoorden: list[Antwoord] = [(429, {"Retry-After": "3600"}), (410, {})]
    daar.antwoord = lambda _: antwoorden.pop(0) if antwoorden else GOED
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    pad = f"{W}/{webhook['id']}"
    p.gemeente.goedgekeurd(p.dossier().toewijzing())
    werk.rustig(p.aanbieder, webhook["id"], 1)
    tot = datetime.fromisoformat(p.aanbieder.json(pad)["rust_tot"])
    assert tot == werk.klok.moment + timedelta(hours=1)
    p.gemeente.goedgekeurd(p.dossier(nummer=1002).toewijzing())
    werk.vooruit(timedelta(minutes=59))
    assert len(daar.gekregen) == 1
    werk.vooruit(timedelta(minutes=1))
    wacht_tot(lambda: p.aanbieder.json(pad)["toestand"] == "uitgeschakeld")
    al = len(daar.gekregen)
    werk.vooruit(timedelta(days=2))
    p.gemeente.goedgekeurd(p.dossier(nummer=1003).toewijzing())
    assert p.aanbieder.post(f"{pad}/hervat").json()["toestand"] == "actief"
    wacht_tot(lambda: len({een.koppen["webhook-id"] for een in daar.gekregen[al:]}) >= 2)
    wacht_tot(lambda: len({een.inhoud["subject"] for een in daar.gekregen}) == 3)  # nothing was missed
    wacht_tot(lambda: werk.mis(p.aanbieder, webhook["id"]) == [])


def test_a_receiver_that_fails_for_an_hour_beside_one_that_is_well(werk: Werk, daar: Ontvanger) -> None:
    """It is left alone, the other hears everything at once, and in the end it heard everything too."""
    p = werk.paar
    kapot = True
    daar.antwoord = lambda _: (500, {}) if kapot else GOED
    with ontvanger() as goed:
        dood = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
        werk.maak(p.aanbieder, goed.url, "bericht.ontvangen")
        ids = []
        for minuut in range(60):
            if minuut % 6 == 0:
                ids.append(p.gemeente.goedgekeurd(p.dossier(nummer=2000 + minuut).toewijzing())["id"])
                goed.wacht(len(ids))
            werk.vooruit(timedelta(minutes=1))
        assert [een.inhoud["subject"] for een in goed.gekregen] == ids
        assert len(daar.gekregen) <= 30  # and not ten a minute
        status = p.aanbieder.json(f"{W}/{dood['id']}")
        assert status["toestand"] == "actief"
        kapot = False

        def alles_verteld() -> bool:
            werk.vooruit(
                timedelta(hours=1)
            )  # what was under way when the receiver came back was noted as failed after that
            return {een.inhoud["subject"] for een in daar.gekregen[-40:]} == set(ids)

        wacht_tot(alles_verteld)
        wacht_tot(lambda: werk.mis(p.aanbieder, dood["id"]) == [])
        wacht_tot(lambda: p.aanbieder.json(f"{W}/{dood['id']}")["rust_tot"] is None)
        assert len(goed.gekregen) == len(ids)


def test_after_a_week_of_nothing_it_is_called_no_more(
    werk: Werk, daar: Ontvanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week made shorter; how long it is, is in the test of when is tried again."""
    monkeypatch.setattr("berichtenverkeer.webhooks.verzender.GENOEG", DREMPEL + 6)
    p = werk.paar
    daar.antwoord = lambda _: (500, {})
    webhook = werk.maak(p.gemeente, daar.url, "bericht.beoordeeld", "bericht.bezorgd")
    ids = [p.gemeente.goedgekeurd(p.dossier(nummer=1001 + nummer).toewijzing())["id"] for nummer in range(5)]
    pad = f"{W}/{webhook['id']}"

    def uitgeschakeld() -> bool:
        werk.vooruit(timedelta(hours=1))
        return bool(p.gemeente.json(pad)["toestand"] == "uitgeschakeld")

    wacht_tot(uitgeschakeld)
    assert p.aanbieder.post(f"/v1/postvak/berichten/{ids[0]}/bevestigd").status_code == 200
    daar.antwoord = lambda _: GOED
    al = len(daar.gekregen)
    p.gemeente.post(f"{pad}/hervat")
    p.gemeente.post(f"{pad}/notificaties/opnieuw")
    wacht_tot(lambda: {een.inhoud["subject"] for een in daar.gekregen[al:]} >= set(ids))
    wacht_tot(lambda: werk.mis(p.gemeente, webhook["id"]) == [])
    assert daar.van("bericht.bezorgd") == []  # for who may never ask nothing is kept


def test_a_pause_that_nobody_ends_keeps_no_pile(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    webhook = werk.maak(p.gemeente, daar.url, "bericht.bezorgd")
    ids = [p.gemeente.goedgekeurd(p.dossier(nummer=1001 + nummer).toewijzing())["id"] for nummer in range(2)]
    p.gemeente.post(f"{W}/{webhook['id']}/pauzeer")
    for id_, verder in zip(ids, (LANGSTE_PAUZE, timedelta(seconds=1)), strict=True):
        werk.vooruit(verder)
        assert p.aanbieder.post(f"/v1/postvak/berichten/{id_}/bevestigd").status_code == 200
    p.gemeente.post(f"{W}/{webhook['id']}/hervat")
    daar.wacht(1)
    wacht_tot(lambda: werk.mis(p.gemeente, webhook["id"]) == [])
    assert [een.inhoud["subject"] for een in daar.van("bericht.bezorgd")] == ids[:1]


def test_one_goes_outside_at_a_time(werk: Werk, daar: Ontvanger) -> None:
    p, los = werk.paar, threading.Event()
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    pad = f"{W}/{webhook['id']}/test"
    daar.antwoord = lambda _: (204, {"x": str(los.wait(30))})
    with ThreadPoolExecutor(1) as pool:
        eerste = pool.submit(p.aanbieder.post, pad)
        daar.wacht(1)
        tweede = p.aanbieder.post(pad)
        assert (tweede.status_code, tweede.headers["retry-after"]) == (429, "1")
        los.set()
        assert eerste.result().json()["gelukt"]
    assert p.aanbieder.post(pad).json()["gelukt"]


def test_what_does_not_fit_stays_where_it_was_written(
    werk: Werk, daar: Ontvanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a receiver that is dead no more is made than so many, and it hears all in the end."""
    monkeypatch.setattr("berichtenverkeer.webhooks.verzender.MEESTE_OPEN", 3)
    monkeypatch.setattr("berichtenverkeer.webhooks.bronnen.PER_KEER", 2)
    p = werk.paar
    daar.antwoord = lambda _: (500, {})
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    ids = {p.gemeente.goedgekeurd(p.dossier(nummer=1001 + n).toewijzing())["id"] for n in range(9)}
    wacht_tot(lambda: len(werk.mis(p.aanbieder, webhook["id"])) >= 1)
    for _ in range(4):
        werk.vooruit(timedelta(minutes=10))
    with werk.k.engine.connect() as verbinding:
        assert open_(verbinding, webhook["id"]) <= 4
    daar.antwoord = lambda _: GOED
    p.aanbieder.post(f"{W}/{webhook['id']}/hervat")

    def alles_verteld() -> bool:
        # What was under way when the receiver came back was noted as failed after that.
        werk.vooruit(timedelta(minutes=10))
        return {een.inhoud["subject"] for een in daar.gekregen} >= ids and werk.mis(p.aanbieder, webhook["id"]) == []

    wacht_tot(alles_verteld)


def test_a_slow_receiver_holds_up_nobody(werk: Werk, daar: Ontvanger) -> None:
    p, los = werk.paar, threading.Event()

    def traag(_: Aanroep) -> Antwoord:
        assert los.wait(30)
        return GOED

    daar.antwoord = traag
    with ontvanger() as vlot:
        langzaam = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
        werk.maak(p.aanbieder, vlot.url, "bericht.ontvangen")
        p.gemeente.goedgekeurd(p.dossier().toewijzing())
        daar.wacht(1)
        p.gemeente.goedgekeurd(p.dossier(nummer=1002).toewijzing())
        vlot.wacht(2)
        werk.rustig(p.aanbieder, langzaam["id"], 1)
        assert "niet binnen" in werk.mis(p.aanbieder, langzaam["id"])[0]["reden"]
        los.set()
    p.aanbieder.delete(f"{W}/{langzaam['id']}")


def test_given_up_after_a_day_and_asked_for_again(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    daar.antwoord = lambda _: (500, {})
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    p.gemeente.goedgekeurd(p.dossier().toewijzing())
    for poging in range(1, len(STAPPEN) + 2):
        werk.rustig(p.aanbieder, webhook["id"], poging)
        werk.vooruit(timedelta(hours=9))
    [item] = werk.mis(p.aanbieder, webhook["id"])
    assert (item["volgende_op"], item["pogingen"]) == (None, len(STAPPEN) + 1)
    daar.antwoord = lambda _: GOED
    al = len(daar.gekregen)
    assert werk.paar.gemeente.post(f"{W}/{webhook['id']}/notificaties/opnieuw").status_code == 404
    onbekend = {"ids": ["0f8b6c52-6d2e-4c35-9d0c-0c2b6c8f5a10"]}
    assert p.aanbieder.post(f"{W}/{webhook['id']}/notificaties/opnieuw", json=onbekend).json() == {"aantal": 0}
    assert p.aanbieder.post(f"{W}/{webhook['id']}/notificaties/opnieuw", json={"ids": [item["id"]]}).json() == {
        "aantal": 1
    }
    daar.wacht(al + 1)
    assert daar.gekregen[-1].koppen["webhook-id"] == item["id"]
    wacht_tot(lambda: werk.mis(p.aanbieder, webhook["id"]) == [])


def test_a_pause_loses_nothing(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    pad = f"{W}/{webhook['id']}"
    assert p.aanbieder.post(f"{pad}/pauzeer").json()["toestand"] == "gepauzeerd"
    ids = {p.gemeente.goedgekeurd(p.dossier(nummer=n).toewijzing())["id"] for n in (1001, 1002)}
    werk.vooruit(timedelta(minutes=1))
    assert p.aanbieder.post(f"{pad}/test").json() == {"gelukt": True, "status": 204, "reden": ""}
    [proef] = daar.gekregen
    assert (proef.soort, proef.inhoud["subject"]) == ("webhook.proef", webhook["id"])
    assert proef.klopt(webhook["geheim"])
    p.aanbieder.post(f"{pad}/hervat")
    daar.wacht(3)
    assert {een.inhoud["subject"] for een in daar.van("bericht.ontvangen")} == ids


def test_while_a_secret_is_replaced_both_count(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    webhook = werk.maak(p.aanbieder, daar.url)
    pad = f"{W}/{webhook['id']}"
    nieuw = p.aanbieder.post(f"{pad}/roteer", json={"overlap_uren": 2}).json()
    assert datetime.fromisoformat(nieuw["vorig_geheim_tot"]) == werk.klok.moment + timedelta(hours=2)
    p.aanbieder.post(f"{pad}/test")
    assert daar.gekregen[-1].klopt(webhook["geheim"])
    assert daar.gekregen[-1].klopt(nieuw["geheim"])
    werk.vooruit(timedelta(hours=2))
    p.aanbieder.post(f"{pad}/test")
    assert daar.gekregen[-1].klopt(nieuw["geheim"])
    with pytest.raises(WebhookVerificationError):
        daar.gekregen[-1].klopt(webhook["geheim"])
    nieuwer = p.aanbieder.post(f"{pad}/roteer").json()["geheim"]
    assert len({webhook["geheim"], nieuw["geheim"], nieuwer}) == 3


def test_a_secret_is_told_once(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    webhook = werk.maak(p.aanbieder, daar.url)
    assert "geheim" not in p.aanbieder.json(f"{W}/{webhook['id']}")
    assert p.aanbieder.json(W) == {"items": [p.aanbieder.json(f"{W}/{webhook['id']}")]}
    assert webhook["geheim"].startswith("whsec_")


def test_a_webhook_is_its_party_s_own(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    pad = f"{W}/{werk.maak(p.aanbieder, daar.url)['id']}"
    ander = werk.k.paar().aanbieder
    for klant in (p.gemeente, ander):
        assert klant.json(W) == {"items": []}
        assert klant.get(pad).status_code == 404
        assert klant.delete(pad).status_code == 404
        assert klant.get(f"{pad}/notificaties").status_code == 404
        for wat in ("pauzeer", "hervat", "roteer", "test", "notificaties/opnieuw"):
            assert klant.post(f"{pad}/{wat}").status_code == 404, wat
    assert p.aanbieder.json(pad)["toestand"] == "actief"
    assert daar.gekregen == []
    assert werk.k.klant(None).get(W).status_code == 401
    assert p.aanbieder.delete(pad).status_code == 204
    assert p.aanbieder.get(pad).status_code == 404
    assert p.aanbieder.get(f"{W}/geen-id").status_code == 404


def test_a_deleted_webhook_hears_nothing_more(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    daar.antwoord = lambda _: (500, {})
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    p.gemeente.goedgekeurd(p.dossier().toewijzing())
    werk.rustig(p.aanbieder, webhook["id"], 1)
    assert p.aanbieder.delete(f"{W}/{webhook['id']}").status_code == 204
    al = len(daar.gekregen)
    werk.vooruit(timedelta(minutes=5))
    with ontvanger() as ander:
        werk.maak(p.aanbieder, ander.url, "bericht.ontvangen")
        p.gemeente.goedgekeurd(p.dossier(nummer=1002).toewijzing())
        ander.wacht(1)
    assert len(daar.gekregen) == al


def test_how_many_a_party_may_have(werk: Werk, daar: Ontvanger) -> None:
    for _ in range(20):
        werk.maak(werk.paar.aanbieder, daar.url, "bericht.ontvangen")
    antwoord = werk.paar.aanbieder.post(W, json={"url": daar.url, "soorten": ["bericht.ontvangen"]})
    assert antwoord.status_code == 409
    assert "hoogstens 20" in antwoord.json()["detail"]


@pytest.mark.parametrize(
    "vraag",
    [
        {"url": "https://x.example"},
        {"url": "https://x.example", "soorten": []},
        {"url": "https://x.example", "soorten": ["bericht.weg"]},
        {"url": "", "soorten": ["bericht.ontvangen"]},
        {"url": "https://" + "x" * 3000, "soorten": ["bericht.ontvangen"]},
        {"url": "https://x.example", "soorten": ["bericht.ontvangen"], "geheim": "whsec_x"},
    ],
)
def test_a_bad_question_is_refused(werk: Werk, vraag: dict[str, Any]) -> None:
    assert werk.paar.aanbieder.post(W, json=vraag).status_code in (400, 422)


def test_a_list_of_what_failed_is_paged(werk: Werk, daar: Ontvanger) -> None:
    p = werk.paar
    daar.antwoord = lambda _: (302, {"Location": daar.url})
    webhook = werk.maak(p.aanbieder, daar.url, "bericht.ontvangen")
    pad = f"{W}/{webhook['id']}/notificaties"
    for nummer in range(3):
        p.gemeente.goedgekeurd(p.dossier(nummer=1001 + nummer).toewijzing())
    wacht_tot(lambda: len(werk.mis(p.aanbieder, webhook["id"])) == 3)
    p.aanbieder.post(f"{W}/{webhook['id']}/pauzeer")
    alles, na = [], "0"
    while (bladzijde := p.aanbieder.json(pad, limiet=2, na=na))["items"]:
        alles += bladzijde["items"]
        na = bladzijde["volgende"]
    assert alles == werk.mis(p.aanbieder, webhook["id"])
    assert "verwijzing" in alles[0]["reden"]
    assert p.aanbieder.get(pad, params={"na": "toewijzingen.1.x"}).status_code == 400
    assert p.aanbieder.get(pad, params={"na": f"notificaties.999999999999.000000.{alles[0]['id']}"}).status_code == 400
    p.aanbieder.delete(f"{W}/{webhook['id']}")
