"""What a node tells Prometheus: what was done is counted, nothing tells of a person or a party, and not everyone may look."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.conftest import MaakDatabase
from tests.knoop import NU, Knoop, knoop

from berichtenverkeer.opslag.partijen.certificaten import Certificaat
from berichtenverkeer.partijen.certificaten import alle, registreer, trek_in

_REGEL = re.compile(r"([a-z_]+)(?:\{(.*)\})? ([0-9.e+]+)")


@pytest.fixture(scope="module")
def bekeken(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of which who is here may read the metrics."""
    with knoop(maak_database.gereed(), metrics_netwerken="127.0.0.1") as een:
        yield een


def _standen(node: Knoop) -> dict[str, float]:
    antwoord = node.klant(None).get("/metrics")
    assert antwoord.status_code == 200
    assert antwoord.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    uit = {}
    for regel in antwoord.text.splitlines():
        if not regel.startswith("#"):
            gelezen = _REGEL.fullmatch(regel)
            assert gelezen is not None, regel
            uit[regel.rpartition(" ")[0]] = float(gelezen[3])
    return uit


def test_what_was_done_is_counted(bekeken: Knoop) -> None:
    paar = bekeken.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    paar.gemeente.goedgekeurd(paar.dossier(nummer=1002).toewijzing())
    stop = paar.aanbieder.aangenomen(paar.dossier().stop())
    assert stop["oordeel"] == "afgekeurd"
    standen = _standen(bekeken)
    assert standen['bv_berichten_totaal{berichtsoort="WMO301",oordeel="goedgekeurd"}'] == 2
    assert standen['bv_berichten_totaal{berichtsoort="WMO307",oordeel="afgekeurd"}'] == 1
    regels = {bevinding["regel"] for bevinding in stop["bevindingen"]}
    assert {f'bv_bevindingen_totaal{{regel="{regel}"}}' for regel in regels} <= standen.keys()
    assert standen["bv_groep_berichten_sum"] == 3
    verzoek = 'methode="POST",route="/v1/berichten",status="2xx"'
    assert standen[f"bv_verzoek_seconden_count{{{verzoek}}}"] == 3
    assert standen['bv_wachtrij_aantal{wachtrij="postvak"}'] == 5
    assert standen['bv_wachtrij_oudste_seconden{wachtrij="webhooks"}'] == 0
    assert standen["bv_database_bereikbaar"] == 1


def test_the_same_message_again_is_not_counted_twice(bekeken: Knoop) -> None:
    paar = bekeken.paar()
    data = paar.dossier().toewijzing()
    voor = _standen(bekeken).get('bv_berichten_totaal{berichtsoort="WMO301",oordeel="goedgekeurd"}', 0)
    for status in (202, 200, 200):
        assert paar.gemeente.bied_aan(data).status_code == status
    assert _standen(bekeken)['bv_berichten_totaal{berichtsoort="WMO301",oordeel="goedgekeurd"}'] == voor + 1


def test_nothing_tells_of_a_person_or_a_party(bekeken: Knoop) -> None:
    paar = bekeken.paar()
    paar.gemeente.goedgekeurd(paar.dossier("999900006").toewijzing())
    paar.gemeente.get("/v1/toewijzingen/999900006")
    paar.gemeente.get("/999900006")
    tekst = bekeken.klant(None).get("/metrics").text
    assert 'route="/v1/toewijzingen/{id}",status="4xx"' in tekst
    assert 'route="anders"' in tekst
    for geheim in ("999900006", paar.gemeentecode, paar.agb):
        assert f'"{geheim}"' not in tekst
        assert f"/{geheim}" not in tekst


def test_a_certificate_that_ends_soon_is_told_in_time(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), metrics_netwerken="127.0.0.1") as node:
        einden = {"lang": 31, "bijna": 30, "morgen": 1, "weg": -1, "ingetrokken": 5}
        for naam, dagen in einden.items():
            tot = NU + timedelta(days=dagen)
            een = Certificaat(hashlib.sha256(naam.encode()).hexdigest(), naam, NU - timedelta(days=300), tot)
            registreer(node.engine, node.paar(0).gemeentecode, een, NU - timedelta(days=9))
            if naam == "ingetrokken":
                trek_in(node.engine, een.vingerafdruk, NU)
        assert _standen(node)["bv_certificaten_bijna_verlopen"] == 2
        standen = {een.certificaat.naam: een.stand(NU) for een in alle(node.engine)}
        assert standen["bijna"].endswith(", nog 30 dagen")
        assert standen["weg"].startswith("verlopen ")
        assert "nog" not in standen["lang"] + standen["ingetrokken"]


def test_for_who_may_not_look_it_is_not_there(node: Knoop, maak_database: MaakDatabase) -> None:
    assert node.klant(None).get("/metrics").status_code == 404
    with knoop(maak_database.gereed(), metrics_netwerken="127.0.0.1", vertrouwde_proxy="127.0.0.1") as achter_proxy:
        klant = achter_proxy.klant(None)
        assert klant.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404
        assert klant.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200
