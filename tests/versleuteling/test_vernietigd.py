"""What a node says and does after the key of a party was destroyed: of its dossiers it says since when they are gone, and all else goes on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import NU, Klant, Knoop, knoop
from tests.sleutels import met_sleutels

from berichtenverkeer import sleutels
from berichtenverkeer.api.uitvoer.maken import Uitvoertuig, maak
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen import sessies
from berichtenverkeer.partijen.gebruikers import Rol, alle, registreer
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import partij
from berichtenverkeer.web.poort import SESSIEKOEKJE

BSN, ANDER = "999990482", "999990007"
OP = "2026-03-02"
LIJSTEN = ("toewijzingen", "verzoeken", "declaraties", "berichten", "werklijsten", "werklijsten/alles")
JAAR = {"van": "2026-01-01", "tot": "2026-12-31"}


@pytest.fixture
def node(tmp_path: Path, maak_database: MaakDatabase) -> Iterator[Knoop]:
    with met_sleutels(tmp_path) as geheimen, knoop(maak_database(), proefmodus=True, sleutels=geheimen) as k:
        yield k


def _vernietig(plek: int) -> None:
    hier = sleutels.hier()
    bos = bestand.sleutelbos()
    assert hier is not None
    assert bos is not None
    bestand.schrijf(hier.bos, bos.vernietigd(plek, OP), sleutels.sleutelring().nieuwste)


def _gemaakt(node: Knoop, klant: Klant, wat: str) -> tuple[Path, httpx.Response]:
    """An export of one file: that on the disk, and what who fetches it gets."""
    export = klant.post("/v1/exports", json={"wat": wat, "vorm": "ndjson"}).json()
    map_ = node.binnen.instellingen.uitvoer_map
    assert maak(Uitvoertuig(node.engine, map_, frozenset()), export["id"], NU)
    [een] = klant.json(f"/v1/exports/{export['id']}")["bestanden"]
    [pad] = (map_ / export["id"]).iterdir()
    return pad, klant.get(een["pad"])


def _controleer_410(antwoord: httpx.Response) -> None:
    assert antwoord.status_code == 410, antwoord.text
    probleem = antwoord.json()
    assert probleem["type"].endswith("gegevens-vernietigd")
    assert OP in probleem["detail"]
    assert probleem["vernietigd_op"] == OP


def test_of_a_destroyed_party_it_is_said_and_the_rest_goes_on(node: Knoop) -> None:
    weg, blijft = node.paar(), node.paar()
    ander = replace(weg.dossier(BSN, nummer=1002), aanbieder=blijft.agb)
    ids = [
        weg.gemeente.goedgekeurd(weg.dossier(BSN).toewijzing(Commentaar="Past bij haar rooster."))["id"],
        weg.aanbieder.goedgekeurd(weg.dossier(BSN).start())["id"],
        weg.aanbieder.goedgekeurd(declaratie(weg.dossier(BSN), "D1", Regel("R1")))["id"],
    ]
    weg.gemeente.goedgekeurd(ander.toewijzing(Commentaar="Ook op zaterdag."))
    voor = {lijst: weg.gemeente.json(f"/v1/{lijst}") for lijst in LIJSTEN}
    geteld = weg.gemeente.json("/v1/stuurinformatie", **JAAR)["kpis"]

    _vernietig(partij(weg.agb))
    node.binnen.register.kijk()

    for lijst in LIJSTEN:
        na = weg.gemeente.json(f"/v1/{lijst}")
        if lijst == "toewijzingen":
            een, twee = na["items"]
            assert een["commentaar"] == f"(vernietigd op {OP})"
            assert twee["commentaar"] == "Ook op zaterdag."
            een["commentaar"] = voor[lijst]["items"][0]["commentaar"]
        assert na == voor[lijst]
    assert weg.gemeente.json("/v1/stuurinformatie", **JAAR)["kpis"] == geteld
    for id_ in ids:
        assert weg.gemeente.get(f"/v1/berichten/{id_}").status_code == 200
        _controleer_410(weg.gemeente.get(f"/v1/berichten/{id_}/xml"))
    [weg_id, ander_id] = [een["id"] for een in weg.gemeente.toewijzingen()]
    _controleer_410(weg.gemeente.get(f"/v1/toewijzingen/{weg_id}/tijdlijn"))
    assert weg.gemeente.get(f"/v1/toewijzingen/{ander_id}/tijdlijn").status_code == 200
    _controleer_410(weg.aanbieder.bied_aan(weg.dossier(BSN).stop()))
    weg.gemeente.goedgekeurd(weg.dossier(ANDER, nummer=1009).toewijzing())
    assert [een["bsn"] for een in weg.aanbieder.toewijzingen()] == [BSN, ANDER], "with a new key"
    _, gehaald = _gemaakt(node, weg.gemeente, "toewijzingen")
    assert len(gehaald.text.splitlines()) == 3
    gedaan = herbouw(node.engine, SCHEMAS)
    assert (gedaan.afwijkend, gedaan.vernietigd) == (0, 2)


def test_a_page_says_it_too(node: Knoop) -> None:
    paar = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    [id_] = [een["id"] for een in paar.gemeente.toewijzingen()]
    registreer(node.engine, "lezer", "Een lezer", {paar.gemeentecode: Rol.LEZER}, NU, wachtwoord="vier fietsen")
    [wie] = alle(node.engine)
    geheim = sessies.begin(node.engine, wie, systeemklok(), bevestigd=True).geheim
    with httpx.Client(base_url=node.url, cookies={SESSIEKOEKJE: geheim}, headers={"Accept": "text/html"}) as mens:
        assert mens.get(f"/toewijzingen/{id_}").status_code == 200
        _vernietig(partij(paar.agb))
        pagina = mens.get(f"/toewijzingen/{id_}")
        assert pagina.status_code == 410
        assert "Vernietigd" in pagina.text
        assert f"vernietigd op {OP}" in pagina.text
        assert mens.get("/toewijzingen").status_code == 200


def test_files_of_exports_are_sealed_and_go_with_their_party(node: Knoop) -> None:
    paar = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    pad, gehaald = _gemaakt(node, paar.gemeente, "toewijzingen")
    assert BSN in gehaald.text
    assert BSN.encode() not in pad.read_bytes()
    bestand_ = gehaald.request.url.path
    deel = paar.gemeente.get(bestand_, headers={"Range": "bytes=5-14"})
    assert (deel.status_code, deel.content) == (206, gehaald.content[5:15])
    bos, hier = bestand.sleutelbos(), sleutels.hier()
    assert bos is not None
    assert hier is not None
    bestand.schrijf(hier.bos, bos.vernieuwd(OP), sleutels.sleutelring().nieuwste)
    assert paar.gemeente.get(bestand_).content == gehaald.content
    _vernietig(partij(paar.gemeentecode))
    _controleer_410(paar.gemeente.get(bestand_))
