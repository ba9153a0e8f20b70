"""Lists that are put ready as files: made in the background, fetched whole or in part, and nobody else's."""

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select, update
from tests.api.test_tabellen import alles, uit_csv
from tests.conftest import MaakDatabase
from tests.knoop import NU, Klant, Knoop, Paar, knoop
from tests.retouren import retour

from berichtenverkeer.api.uitvoer import kluis, maken
from berichtenverkeer.api.uitvoer.maken import Uitvoertuig, maak
from berichtenverkeer.api.uitvoer.opruimen import wis_losse
from berichtenverkeer.api.uitvoer.uitvoerder import Uitvoerder
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.berichten import uitvoeren
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.omroep import Omroep
from berichtenverkeer.opslag.partijen import partijen
from berichtenverkeer.opslag.tabellen.uitgaand import uitvoer
from berichtenverkeer.tabellen import parquet_uit

AANTAL = 5


@pytest.fixture(scope="module")
def k(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of these tests, that makes exports when it is told to."""
    with knoop(maak_database.gereed(), proefmodus=True, uitvoerder=False) as een:
        yield een


@pytest.fixture
def paar(k: Knoop) -> Paar:
    """A pair with some toewijzingen."""
    paar = k.paar()
    for nummer in range(AANTAL):
        paar.gemeente.goedgekeurd(paar.dossier(nummer=4000 + nummer).toewijzing())
    return paar


def werk(k: Knoop) -> Uitvoertuig:
    """The tools of who makes the files, here and not in another process."""
    return Uitvoertuig(k.engine, k.binnen.instellingen.uitvoer_map, frozenset())


def vraag(klant: Klant, **anders: Any) -> dict[str, Any]:
    """Ask for an export; its answer."""
    antwoord = klant.post("/v1/exports", json={"wat": "toewijzingen", **anders})
    assert antwoord.status_code == 202, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    assert antwoord.headers["location"] == f"/v1/exports/{uit['id']}"
    assert uit["toestand"] == "wacht"
    return uit


def gemaakt(k: Knoop, klant: Klant, **anders: Any) -> dict[str, Any]:
    """Ask for an export and have it made; what there is."""
    id_ = vraag(klant, **anders)["id"]
    assert maak(werk(k), id_, NU)
    uit: dict[str, Any] = klant.json(f"/v1/exports/{id_}")
    assert uit["toestand"] == "klaar"
    return uit


def gehaald(klant: Klant, export: dict[str, Any]) -> list[bytes]:
    """Its files, each held against what is said of it."""
    inhoud = []
    for bestand in export["bestanden"]:
        data = klant.get(bestand["pad"]).content
        assert (len(data), hashlib.sha256(data).hexdigest()) == (bestand["bytes"], bestand["sha256"])
        inhoud.append(data)
    assert export["aantal"] == sum(bestand["aantal"] for bestand in export["bestanden"])
    return inhoud


def uit_ndjson(delen: list[bytes]) -> list[Any]:
    """The items of files of JSON lines."""
    return [json.loads(regel) for deel in delen for regel in deel.splitlines()]


def test_lines_of_json_are_the_items_of_the_list(k: Knoop, paar: Paar) -> None:
    export = gemaakt(k, paar.gemeente)
    assert uit_ndjson(gehaald(paar.gemeente, export)) == alles(paar.gemeente, "/v1/toewijzingen")
    assert export["volgende"] == paar.gemeente.json("/v1/toewijzingen")["volgende"]
    assert (export["hervat"], export["vervallen"], export["sinds"]) == (0, [], None)
    assert export["moment"] <= export["klaar_op"] < export["verloopt_op"]


def test_csv_and_parquet_are_the_same_table(k: Knoop, paar: Paar) -> None:
    [als_csv] = gehaald(paar.aanbieder, gemaakt(k, paar.aanbieder, vorm="csv"))
    assert als_csv == paar.aanbieder.get("/v1/toewijzingen", headers={"Accept": "text/csv"}).content
    [als_parquet] = gehaald(paar.aanbieder, gemaakt(k, paar.aanbieder, vorm="parquet"))
    rijen = import_module("pyarrow.parquet").read_table(BytesIO(als_parquet)).to_pylist()
    assert [rij["toewijzingnummer"] for rij in rijen] == [4000 + nummer for nummer in range(AANTAL)]
    assert [rij.keys() for rij in rijen] == [rij.keys() for rij in uit_csv(als_csv)]
    assert [rij["bsn"] for rij in rijen] == [rij["bsn"] for rij in uit_csv(als_csv)]


@pytest.mark.parametrize("wat", ["toewijzingen", "verzoeken", "declaraties", "berichten"])
@pytest.mark.parametrize("vorm", ["ndjson", "csv", "parquet"])
def test_every_list_in_every_form(k: Knoop, paar: Paar, wat: str, vorm: str) -> None:
    export = gemaakt(k, paar.gemeente, wat=wat, vorm=vorm)
    assert export["aantal"] == len(alles(paar.gemeente, f"/v1/{wat}"))
    assert all(bestand["naam"].endswith(f".{vorm}") for bestand in export["bestanden"])
    gehaald(paar.gemeente, export)


def test_filters_and_what_changed_since(k: Knoop, paar: Paar) -> None:
    eerst = gemaakt(k, paar.gemeente)
    assert gemaakt(k, paar.gemeente, sinds=eerst["volgende"])["bestanden"] == []
    paar.aanbieder.goedgekeurd(paar.dossier(nummer=4002).start())
    later = gemaakt(k, paar.gemeente, sinds=eerst["volgende"])
    [item] = uit_ndjson(gehaald(paar.gemeente, later))
    assert (item["toewijzingnummer"], item["levering"]) == (4002, "gestart")
    assert later["sinds"] == eerst["volgende"]
    gestart = gemaakt(k, paar.gemeente, filters={"levering": "gestart"})
    assert (gestart["aantal"], gestart["filters"]) == (1, {"levering": "gestart"})


def test_what_disappeared_since_is_told(k: Knoop) -> None:
    """A toewijzing that its receiver, who judges for itself, rejects afterwards."""
    paar = k.paar()
    with schrijvend(k.engine) as verbinding:
        partijen.zet(verbinding, paar.agb, beoordeling="partij")
        versies.verhoog(verbinding, versies.TOEGANG)
    k.binnen.register.kijk()
    bericht = paar.dossier().toewijzing()
    paar.gemeente.aangenomen(bericht)
    eerst = gemaakt(k, paar.gemeente)
    [item] = uit_ndjson(gehaald(paar.gemeente, eerst))
    paar.aanbieder.aangenomen(retour(bericht, "9071"))
    later = gemaakt(k, paar.gemeente, sinds=eerst["volgende"])
    assert (later["aantal"], later["vervallen"]) == (0, [item["id"]])
    assert gemaakt(k, k.paar().gemeente, sinds=eerst["volgende"])["vervallen"] == []
    paar.gemeente.aangenomen(paar.dossier().toewijzing())
    terug = gemaakt(k, paar.gemeente, sinds=eerst["volgende"])
    assert (terug["aantal"], terug["vervallen"]) == (1, [])


def test_it_goes_on_after_the_last_file(k: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maken, "RIJEN_PER_BESTAND", 2)
    monkeypatch.setattr(maken, "_PER_BLAD", 1)
    id_ = vraag(paar.gemeente)["id"]
    gedaan = 0
    echt = uitvoeren.bestand_af

    def valt_om(*alles: Any) -> bool:
        nonlocal gedaan
        gedaan += 1
        if gedaan == 2:
            raise MemoryError
        return echt(*alles)

    monkeypatch.setattr(uitvoeren, "bestand_af", valt_om)
    with pytest.raises(MemoryError):
        maak(werk(k), id_, NU)
    halverwege = paar.gemeente.json(f"/v1/exports/{id_}")
    assert (halverwege["toestand"], halverwege["aantal"], halverwege["volgende"]) == ("bezig", 2, None)
    [eerste] = gehaald(paar.gemeente, halverwege)
    assert not maak(werk(k), id_, NU)  # who began may still be at it
    with schrijvend(k.engine) as verbinding:
        uitvoeren.laat_los(verbinding, id_, systeemklok())
    assert maak(werk(k), id_, NU)
    export = paar.gemeente.json(f"/v1/exports/{id_}")
    assert [bestand["aantal"] for bestand in export["bestanden"]] == [2, 2, 1]
    assert export["hervat"] == 1
    assert gehaald(paar.gemeente, export)[0] == eerste
    assert uit_ndjson(gehaald(paar.gemeente, export)) == alles(paar.gemeente, "/v1/toewijzingen")


def test_who_was_passed_does_nothing_any_more(k: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = vraag(paar.gemeente)["id"]
    echt = uitvoeren.bestand_af

    def ingehaald(verbinding: Any, *alles: Any) -> bool:
        verbinding.execute(update(uitvoer).where(uitvoer.c.id == id_).values(beurt=uitvoer.c.beurt + 1))
        return echt(verbinding, *alles)

    monkeypatch.setattr(uitvoeren, "bestand_af", ingehaald)
    assert not maak(werk(k), id_, NU)


def test_what_was_deleted_while_it_was_made_leaves_nothing(
    k: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = vraag(paar.gemeente)["id"]
    echt = kluis.schrijf

    def ondertussen(*alles: Any) -> Any:
        uit = echt(*alles)
        assert paar.gemeente.delete(f"/v1/exports/{id_}").status_code == 204
        (werk(k).map / id_).mkdir()
        return uit

    monkeypatch.setattr(kluis, "schrijf", ondertussen)
    assert not maak(werk(k), id_, NU)
    assert not (werk(k).map / id_).exists()


def test_what_fails_time_and_again_ends(k: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = vraag(paar.gemeente)["id"]

    def mislukt(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(kluis, "schrijf", mislukt)
    for _ in range(5):
        with pytest.raises(MemoryError):
            maak(werk(k), id_, NU)
        with schrijvend(k.engine) as verbinding:
            uitvoeren.laat_los(verbinding, id_, systeemklok())
    assert not maak(werk(k), id_, NU)
    assert paar.gemeente.json(f"/v1/exports/{id_}")["toestand"] == "mislukt"


def test_files_are_of_their_owner_only(k: Knoop, paar: Paar) -> None:
    export = gemaakt(k, paar.gemeente)
    map_ = werk(k).map / export["id"]
    assert {pad.stat().st_mode & 0o777 for pad in map_.iterdir()} == {0o600}
    assert {pad.stat().st_mode & 0o777 for pad in (map_, map_.parent)} == {0o700}


def test_nobody_elses(k: Knoop, paar: Paar) -> None:
    export = gemaakt(k, paar.gemeente)
    bestand = export["bestanden"][0]["pad"]
    for ander in (paar.aanbieder, k.paar().gemeente):
        assert ander.json("/v1/exports")["items"] == []
        for pad in (f"/v1/exports/{export['id']}", bestand):
            assert ander.get(pad).status_code == 404
        assert ander.delete(f"/v1/exports/{export['id']}").status_code == 404
    assert [een["id"] for een in paar.gemeente.json("/v1/exports")["items"]] == [export["id"]]


def test_a_part_of_a_file(k: Knoop, paar: Paar) -> None:
    [bestand] = gemaakt(k, paar.gemeente)["bestanden"]
    heel = paar.gemeente.get(bestand["pad"])
    assert (heel.status_code, heel.headers["accept-ranges"]) == (200, "bytes")
    assert heel.headers["content-length"] == str(bestand["bytes"])
    lengte = bestand["bytes"]
    for bereik, deel in (
        ("bytes=0-9", slice(0, 10)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-7", slice(-7, None)),
        (f"bytes=3-{lengte * 2}", slice(3, None)),
        (f"bytes=-{lengte * 2}", slice(0, None)),
    ):
        antwoord = paar.gemeente.get(bestand["pad"], headers={"Range": bereik})
        assert (antwoord.status_code, antwoord.content) == (206, heel.content[deel]), bereik
        assert antwoord.headers["content-range"].endswith(f"/{lengte}")
        assert antwoord.headers["content-length"] == str(len(antwoord.content))
    for bereik in ("bytes=9-3", "bytes=-", "regels=0-1", "bytes=0-1,3-4", "onzin"):
        assert paar.gemeente.get(bestand["pad"], headers={"Range": bereik}).status_code == 200
    for bereik in (f"bytes={lengte}-", "bytes=-0"):
        antwoord = paar.gemeente.get(bestand["pad"], headers={"Range": bereik})
        assert (antwoord.status_code, antwoord.headers["content-range"]) == (416, f"bytes */{lengte}")
    ander = {"Range": "bytes=0-9", "If-Range": '"anders"'}
    assert paar.gemeente.get(bestand["pad"], headers=ander).content == heel.content
    zelfde = ander | {"If-Range": heel.headers["etag"]}
    assert paar.gemeente.get(bestand["pad"], headers=zelfde).content == heel.content[:10]


@pytest.mark.parametrize(
    "onjuist",
    [
        {"wat": "partijen"},
        {"wat": None},
        {"vorm": "xlsx"},
        {"sinds": "berichten.0"},
        {"sinds": "onzin"},
        {"filters": {"kleur": "rood"}},
        {"filters": {"limiet": 3}},
        {"filters": {"aantal": True}},
        {"filters": {"gewijzigdNa": "toewijzingen.0"}},
        {"filters": {"gemeente": "12"}},
        {"filters": []},
        {"kleur": "rood"},
    ],
)
def test_what_cannot_be_asked(k: Knoop, paar: Paar, onjuist: dict[str, Any]) -> None:
    antwoord = paar.gemeente.post("/v1/exports", json={"wat": "toewijzingen"} | onjuist)
    assert antwoord.status_code in (400, 422), antwoord.text
    assert paar.gemeente.json("/v1/exports")["items"] == []


def test_every_filter_that_is_wrong_is_told_at_once(paar: Paar) -> None:
    filters = {"limiet": 3, "bsn": "12", "levering": "snel"}
    antwoord = paar.gemeente.post("/v1/exports", json={"wat": "toewijzingen", "filters": filters})
    assert antwoord.status_code == 400
    assert [een["veld"] for een in antwoord.json()["onjuist"]] == ["filters.bsn", "filters.levering", "filters.limiet"]


def test_there_is_an_end_to_how_many_one_has(k: Knoop, paar: Paar) -> None:
    eerste = vraag(paar.gemeente)["id"]
    for _ in range(9):
        vraag(paar.gemeente)
    assert paar.gemeente.post("/v1/exports", json={"wat": "berichten"}).status_code == 429
    assert paar.gemeente.delete(f"/v1/exports/{eerste}").status_code == 204
    assert paar.gemeente.get(f"/v1/exports/{eerste}").status_code == 404
    vraag(paar.gemeente, wat="berichten")


def test_without_pyarrow_parquet_is_refused(k: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_uit, "is_er", lambda: False)
    antwoord = paar.gemeente.post("/v1/exports", json={"wat": "berichten", "vorm": "parquet"})
    assert antwoord.status_code == 400
    assert "parquet" in antwoord.json()["advies"]


def test_after_a_while_it_is_gone(k: Knoop, paar: Paar) -> None:
    export = gemaakt(k, paar.gemeente)
    map_ = werk(k).map
    (map_ / "7d444840-9dc0-5ad1-a5b8-0f1f3a1c2e11").mkdir()
    (map_ / "van iets anders").mkdir(exist_ok=True)
    for uren, blijft in ((23, True), (25, False)):
        moment, zo = NU + timedelta(hours=uren), k.binnen.instellingen
        uitvoerder = Uitvoerder.voor(zo, k.engine, lambda moment=moment: moment, Omroep(k.engine))  # type: ignore[misc]
        uitvoerder.ruim_op()
        assert (paar.gemeente.get(f"/v1/exports/{export['id']}").status_code == 200) is blijft
        assert (map_ / export["id"]).exists() is blijft
    assert not (map_ / "7d444840-9dc0-5ad1-a5b8-0f1f3a1c2e11").exists()
    assert (map_ / "van iets anders").exists()
    wis_losse(k.engine, map_ / "is er niet")


def test_a_running_node_makes_them_in_another_process(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), proefmodus=True) as een:
        paar = een.paar()
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
        id_ = vraag(paar.gemeente, vorm="parquet")["id"]
        tot = time.monotonic() + 60
        while (export := paar.gemeente.json(f"/v1/exports/{id_}"))["toestand"] != "klaar":
            assert time.monotonic() < tot, export
            time.sleep(0.1)
        assert export["aantal"] == 1
        gehaald(paar.gemeente, export)
        with een.engine.connect() as verbinding:
            assert verbinding.execute(select(uitvoer.c.bezig_tot)).scalar_one() is None
