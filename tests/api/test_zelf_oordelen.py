"""A party that judges for itself, over HTTP: what it receives is provisional until its own retourbericht comes."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from tests.berichten import Dossier, bsns, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import XML, Klant, Knoop, Paar, knoop, meld_partijen_aan
from tests.proces import KLOK, adres
from tests.retouren import retour

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.levensloop.overgangen import BUITEN_DE_REGELS
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen.partijen import partij
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling


@pytest.fixture(scope="module")
def zelf(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node at which every gemeente judges what it receives, and no aanbieder."""
    database_url = maak_database()
    engine = maak_engine(database_url)
    maak_gereed(engine)
    with knoop(database_url, proefmodus=True) as k:
        k.laat_oordelen("gemeente")
        yield k
        assert herbouw(k.engine, SCHEMAS).afwijkend == 0
    engine.dispose()


@pytest.fixture
def paar(zelf: Knoop) -> Paar:
    return zelf.paar()


def _item(klant: Klant) -> dict[str, Any]:
    [item] = klant.toewijzingen()
    return item


def _tijdlijn(klant: Klant) -> list[dict[str, Any]]:
    punten: list[dict[str, Any]] = klant.json(f"/v1/toewijzingen/{_item(klant)['id']}/tijdlijn")["items"]
    return punten


def test_it_is_delivered_counts_provisionally_and_is_answered_by_the_receiver(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = d.start()
    uit = paar.aanbieder.aangenomen(data)
    assert (uit["oordeel"], uit["retour"], uit["bevindingen"]) == ("voorlopig", None, [])
    assert [post["referentiegegevens"]["traceerId"] for post in paar.gemeente.postvak()][-1] == uit["id"]
    assert _item(paar.aanbieder)["levering"] == "gestart"
    antwoord = paar.gemeente.aangenomen(retour(data))
    assert (antwoord["berichtsoort"], antwoord["oordeel"]) == ("WMO306", "goedgekeurd")
    assert paar.aanbieder.postvak()[-1]["referentiegegevens"]["alsAntwoordOp"] == uit["id"]
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], na["retour"]) == ("goedgekeurd", {"id": antwoord["id"], "berichtsoort": "WMO306"})


def test_what_the_receiver_rejects_is_undone_and_says_why(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    voor = _item(paar.aanbieder)
    data = d.start()
    uit = paar.aanbieder.aangenomen(data)
    paar.gemeente.aangenomen(retour(data, "9326"))
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert na["oordeel"] == "afgekeurd"
    [bevinding] = na["bevindingen"]
    assert (bevinding["regel"], bevinding["retourcode"], bevinding["element"]) == (
        "RETOUR",
        "9326",
        "StartProduct",
    )
    assert _zonder_wijziging(_item(paar.aanbieder)) == _zonder_wijziging(voor)
    assert "start" not in [punt["gebeurtenis"] for punt in _tijdlijn(paar.aanbieder)]


def _zonder_wijziging(item: dict[str, Any]) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in item.items() if naam != "gewijzigd_op"}


def test_a_change_back_is_a_change_to_who_polls(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = d.start()
    paar.aanbieder.aangenomen(data)
    cursor = paar.aanbieder.json("/v1/toewijzingen")["volgende"]
    paar.gemeente.aangenomen(retour(data, "9326"))
    [item] = paar.aanbieder.toewijzingen(gewijzigd_na=cursor)
    assert item["levering"] == "niet_gestart"


def test_a_second_retour_is_a_conflict(paar: Paar) -> None:
    d = paar.dossier()
    data = d.start()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.aangenomen(data)
    paar.gemeente.aangenomen(retour(data, "9326"))
    antwoord = paar.gemeente.bied_aan(retour(data))
    assert antwoord.status_code == 409
    assert antwoord.json()["type"].endswith("retour-bestaat-al")


def test_the_retour_of_another_party_is_refused(zelf: Knoop, paar: Paar) -> None:
    d, ander = paar.dossier(), zelf.paar()
    data = d.start()
    paar.gemeente.goedgekeurd(d.toewijzing())
    uit = paar.aanbieder.aangenomen(data)
    assert ander.gemeente.bied_aan(retour(data)).status_code == 403
    gestolen = retour(data).replace(paar.gemeentecode.encode(), ander.gemeentecode.encode())
    assert ander.gemeente.bied_aan(gestolen).status_code == 422
    assert paar.aanbieder.json(f"/v1/berichten/{uit['id']}")["oordeel"] == "voorlopig"


def test_what_cannot_be_approved_is_a_conflict(zelf: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    ander = replace(d, bsn="999900018")
    zet_beoordeling(zelf.engine, paar.agb, Beoordelaar.PARTIJ)
    tweede = ander.toewijzing()
    oordelen = _tot_voorlopig(paar.gemeente, d)
    assert oordelen == "voorlopig"
    assert [b["regel"] for b in paar.gemeente.aangenomen(tweede)["bevindingen"]] == ["TR332"]
    antwoord = paar.aanbieder.bied_aan(retour(tweede))
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (409, "goedkeuring-botst")
    paar.aanbieder.aangenomen(retour(tweede, "9332"))


def _tot_voorlopig(klant: Klant, d: Dossier) -> str:
    """Send the first toewijzing once the node has read anew who judges for itself."""
    for poging in range(100):
        if (uit := klant.aangenomen(replace(d, bsn="999900031", nummer=5000 + poging).toewijzing()))[
            "oordeel"
        ] == "voorlopig":
            break
        threading.Event().wait(0.1)
    oordeel: str = klant.aangenomen(d.toewijzing())["oordeel"]
    return oordeel if uit["oordeel"] == oordeel else "wisselend"


# the timeline


def test_a_provisional_event_is_marked(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = d.start()
    paar.aanbieder.aangenomen(data)
    assert [(p["gebeurtenis"], p["bericht"]["oordeel"]) for p in _tijdlijn(paar.gemeente)] == [
        ("nieuw", "goedgekeurd"), ("start", "voorlopig"),
    ]  # fmt: skip
    paar.gemeente.aangenomen(retour(data))
    assert _tijdlijn(paar.gemeente)[-1]["bericht"]["oordeel"] == "goedgekeurd"


def test_what_was_approved_against_the_rules_is_told_as_such(paar: Paar) -> None:
    """A second start, a stop on what is stopped already, a start taken back that never was."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    berichten = [
        d.start(),
        d.start(Begindatum="2026-02-09"),
        d.stop(),
        d.stop(RedenBeeindiging="20", Einddatum="2026-02-25"),
        d.start(Begindatum="2026-02-20", StatusAanlevering="3"),
    ]
    for data in berichten:
        assert paar.aanbieder.aangenomen(data)["oordeel"] == "voorlopig"
        paar.gemeente.aangenomen(retour(data))
    punten = _tijdlijn(paar.aanbieder)
    assert len(punten) == 1 + len(berichten)
    buiten = [p for p in punten if p["toelichting"] == BUITEN_DE_REGELS]
    assert buiten
    assert all(p["regels"] == [] for p in buiten)


def test_an_answer_approved_against_the_rules_is_told_too(zelf: Knoop) -> None:
    paar = zelf.paar()
    d = paar.dossier()
    vot = d.bericht("315")
    paar.aanbieder.aangenomen(vot)
    paar.gemeente.aangenomen(retour(vot))
    zet_beoordeling(zelf.engine, paar.agb, Beoordelaar.PARTIJ)
    assert _tot_voorlopig(paar.gemeente, d) == "voorlopig"
    for data in (replace(d, nummer=1002).toewijzing(ReferentieAanbieder="VOT-1"), d.bericht("319")):
        paar.gemeente.aangenomen(data)
        paar.aanbieder.aangenomen(retour(data))
    [item] = paar.aanbieder.toewijzingen(toewijzingnummer=1002)
    punten = paar.aanbieder.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")["items"]
    assert [(p["gebeurtenis"], p["naar"]) for p in punten if "verzoek" in p["gebeurtenis"]] == [
        ("verzoek ingediend", "ingediend"), ("verzoek gehonoreerd", "gehonoreerd"), ("verzoek afgewezen", "gehonoreerd"),
    ]  # fmt: skip
    assert punten[-1]["toelichting"] == BUITEN_DE_REGELS


# many at once


def test_two_processes_settle_each_message_once(maak_database: MaakDatabase) -> None:
    """Approving and rejecting retouren race for the same messages, through two processes, while more comes in."""
    database_url = maak_database()
    engine = maak_engine(database_url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, 1)
    with schrijvend(engine) as verbinding:
        verbinding.execute(update(partij).values(beoordeling="partij"))
    gemeente, agb = gemeenten()[0], "98000000"
    clienten = [Dossier(gemeente, agb, bsn, nummer=4000 + n) for n, bsn in zip(range(8), bsns(), strict=False)]
    heen = [(gemeente, agb, d.toewijzing()) for d in clienten]
    heen += [(agb, gemeente, d.start(Begindatum=f"2026-02-0{dag}")) for d in clienten for dag in (2, 3)]
    retouren = [(naar, retour(data, code)) for _, naar, data in heen for code in (None, "9019")]
    with adres(database_url) as een, adres(database_url) as twee:
        een.start()
        twee.start()
        with httpx.Client(timeout=120, verify=False) as http:

            def stuur(url: str, code: str, data: bytes) -> int:
                hoofd = XML | KLOK | {"Authorization": f"Bearer {tokens[code]}"}
                return http.post(f"{url}/v1/berichten", content=data, headers=hoofd).status_code

            urls = (een.url, twee.url)
            with ThreadPoolExecutor(8) as pool:
                eerst = list(pool.map(lambda n: stuur(urls[n % 2], heen[n][0], heen[n][2]), range(len(heen))))
                volgorde = Random(3).sample(retouren, len(retouren))
                later = list(pool.map(lambda n: stuur(urls[n % 2], *volgorde[n]), range(len(volgorde))))
    assert eerst == [202] * len(heen)
    assert sorted(later) == [202] * len(heen) + [409] * len(heen)
    assert herbouw(engine, SCHEMAS).afwijkend == 0
    engine.dispose()
