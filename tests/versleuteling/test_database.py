"""What a database has of persons cannot be read without the keys, and all works as it does without them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Integer, literal, make_url, select, text
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Knoop, Paar, controleer_database, knoop
from tests.sleutels import met_sleutels, zonder_sleutels

from berichtenverkeer import sleutels
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag import opschonen, verborgen, versleutelen
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.sleutelmerk import SleutelsPassenNiet
from berichtenverkeer.opslag.tabellen.basis import metadata
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import Bos

BSN, ANDER, FOUT = "999990482", "999990007", "999990895"
NAAM = "Fictiefsma"


@pytest.fixture
def geheimen(tmp_path: Path) -> Iterator[Path]:
    with met_sleutels(tmp_path) as pad:
        yield pad


def _vul(node: Knoop) -> Paar:
    """Two clients with deliveries and one declaratie, and a message that was refused."""
    paar = node.paar()
    een, ander = paar.dossier(BSN), paar.dossier(ANDER, nummer=1002)
    paar.gemeente.goedgekeurd(_met_naam(een.toewijzing()))
    paar.gemeente.goedgekeurd(ander.toewijzing())
    for d in (een, ander):
        paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(declaratie(een, "D1", Regel("R1"), ook=[(ander, [Regel("R2")])]))
    fout = paar.dossier(FOUT, nummer=1003).toewijzing().replace(b":Geslacht>2<", b":Geslacht>x<")
    assert paar.gemeente.bied_aan(fout).status_code == 422
    return paar


def _met_naam(data: bytes) -> bytes:
    return data.replace(b":Achternaam>Voorbeeld<", b":Achternaam>" + NAAM.encode() + b"<")


def _staat_open(engine: Engine, wat: str) -> set[str]:
    """The tables in which a text stands, as it is there: in a column, or as a number."""
    uit = set()
    with engine.connect() as verbinding:
        for naam in metadata.tables:
            for rij in verbinding.execute(text(f"SELECT * FROM {naam}")):
                if any(wat in _als_tekst(waarde) for waarde in rij):
                    uit.add(naam)
    return uit


def _als_tekst(waarde: Any) -> str:
    return bytes(waarde).decode("latin-1") if isinstance(waarde, (bytes, memoryview)) else str(waarde)


def lees_bestanden(engine: Engine) -> bytes:
    """All bytes in the files of a database."""
    if engine.dialect.name == "sqlite":
        pad = Path(make_url(str(engine.url)).database or "")
        return b"".join(een.read_bytes() for einde in ("", "-wal") if (een := pad.with_name(pad.name + einde)).exists())
    with engine.connect() as verbinding:
        map_ = verbinding.execute(text("SHOW data_directory")).scalar_one()
        nummer = verbinding.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return b"".join(pad.read_bytes() for pad in (Path(map_) / "base" / str(nummer)).iterdir() if pad.is_file())


def _gezien(paar: Paar) -> list[object]:
    """What both parties are shown."""
    uit: list[object] = []
    for klant in (paar.gemeente, paar.aanbieder):
        lijsten = ("toewijzingen", "declaraties", "berichten", "verzoeken")
        uit += (klant.get(f"/v1/{lijst}").json()["items"] for lijst in lijsten)
        uit += (klant.post(f"/v1/{lijst}/zoeken", json={"bsn": BSN}).json()["items"] for lijst in lijsten)
        ids = [een["id"] for een in klant.get("/v1/berichten").json()["items"]]
        uit.append([klant.get(f"/v1/berichten/{id_}/xml").content for id_ in ids])
        uit.append(klant.get("/v1/werklijsten").json())
    return uit


def test_nothing_of_a_person_can_be_read_in_the_database(geheimen: Path, maak_database: MaakDatabase) -> None:
    with knoop(maak_database(), proefmodus=True, sleutels=geheimen) as node:
        paar = _vul(node)
        for wat in (BSN, ANDER, FOUT, NAAM):
            assert _staat_open(node.engine, wat) == set()
        assert [een["bsn"] for een in paar.aanbieder.toewijzingen()] == [BSN, ANDER]
        assert paar.gemeente.get("/gezondheid").json()["versleuteld"] == "ja"
        gevonden = paar.aanbieder.post("/v1/toewijzingen/zoeken", json={"bsn": BSN}).json()["items"]
        assert [een["bsn"] for een in gevonden] == [BSN]
        controleer_database(node.engine)
        assert herbouw(node.engine, SCHEMAS).afwijkend == 0
        opschonen.verdicht(node.engine)
        inhoud = lees_bestanden(node.engine)
    for wat in (BSN, ANDER, FOUT, NAAM):
        assert wat.encode() not in inhoud


def test_a_database_in_the_open_is_taken_over(
    tmp_path: Path, maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versleutelen, "_PER_KEER", 2)
    with zonder_sleutels(), knoop(maak_database(), proefmodus=True) as node:
        paar, engine = _vul(node), node.engine
        node.inzage.letop = False  # the log is written with other keys halfway
        voor = _gezien(paar)
        assert _staat_open(engine, BSN) > {"bericht", "toewijzing", "gebeurtenis", "prestatie", "toewijzingfeit"}
        assert _staat_open(engine, NAAM)
        assert paar.gemeente.get("/gezondheid").json()["versleuteld"] == "nee"
        with met_sleutels(tmp_path):
            with pytest.raises(SleutelsPassenNiet, match="nog niet versleuteld"):
                maak_gereed(engine)
            assert versleutelen.neem_personen_over(engine) > 10
            assert versleutelen.neem_personen_over(engine) == 0
            maak_gereed(engine)
            assert _gezien(paar) == voor, "while bytes are in the open still"
            assert sum(gedaan.waarden for _, gedaan in versleutelen.verzegel_alles(engine)) > 10
            assert sum(gedaan.waarden for _, gedaan in versleutelen.verzegel_alles(engine)) == 0
            assert _gezien(paar) == voor
            controleer_database(engine)
            assert herbouw(engine, SCHEMAS).afwijkend == 0
            opschonen.verdicht(engine)
            inhoud = lees_bestanden(engine)
            for wat in (BSN, ANDER, FOUT, NAAM):
                assert _staat_open(engine, wat) == set()
                assert wat.encode() not in inhoud
        with pytest.raises(SleutelsPassenNiet, match="geen sleutels gezet"):
            maak_gereed(engine)


def test_with_other_keys_nothing_begins(geheimen: Path, maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    bestand.schrijf(sleutels.pad_bij(geheimen), Bos.nieuw("2026-03-03"), sleutels.sleutelring().nieuwste)
    bestand.opnieuw()
    with pytest.raises(SleutelsPassenNiet, match="ander knooppunt"):
        maak_gereed(engine)
    engine.dispose()


def test_a_bsn_as_a_number_becomes_the_text_of_other_columns_in_the_database(
    geheimen: Path, maak_database: MaakDatabase
) -> None:
    assert geheimen.exists()
    engine = maak_engine(maak_database())
    with engine.connect() as verbinding:
        for bsn in (BSN, "000000012"):
            for getal, tekst in ((int(bsn), bsn), (verborgen.verberg_getal(int(bsn)), verborgen.verberg_bsn(bsn))):
                assert verbinding.execute(select(verborgen.als_tekst(literal(getal, Integer)))).scalar() == tekst
    engine.dispose()
