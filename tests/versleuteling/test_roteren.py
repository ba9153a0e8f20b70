"""Keys that are changed while messages flow, and keys that are destroyed."""

import shutil
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from tests.berichten import bsns
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Knoop, Paar, controleer_database, knoop
from tests.sleutels import met_sleutels
from tests.versleuteling.test_database import lees_bestanden
from typer.testing import CliRunner

from berichtenverkeer import sleutels
from berichtenverkeer.cli import app
from berichtenverkeer.opslag import opschonen, versleutelen
from berichtenverkeer.opslag.berichten import berichten
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import Bos, Vernietigd, partij

WEG, BLIJFT = "999990482", "999990007"
_KEREN, _RUST = 2, 0.05


def _doe(*argumenten: str, invoer: str = "") -> str:
    gedaan = CliRunner().invoke(app, argumenten, input=invoer)
    assert gedaan.exit_code == 0, gedaan.output
    return gedaan.output


def _stuur(paar: Paar, genoeg: threading.Event, uit: list[int]) -> None:
    for nummer, bsn in enumerate(bsns(), 1001):
        if genoeg.is_set():
            return
        dossier = paar.dossier(bsn, nummer=nummer)
        uit.append(paar.gemeente.bied_aan(dossier.toewijzing()).status_code)
        uit.append(paar.aanbieder.bied_aan(dossier.start()).status_code)
        uit.append(paar.aanbieder.get("/v1/toewijzingen", params={"limiet": 20}).status_code)
        genoeg.wait(_RUST)


def test_keys_change_while_messages_flow(tmp_path: Path, maak_database: MaakDatabase) -> None:
    genoeg, uit = threading.Event(), list[int]()
    with met_sleutels(tmp_path) as geheimen, knoop(maak_database(), proefmodus=True, sleutels=geheimen) as node:
        paren = [node.paar() for _ in range(2)]
        draden = [threading.Thread(target=_stuur, args=(paar, genoeg, uit)) for paar in paren]
        for draad in draden:
            draad.start()
        try:
            for _ in range(_KEREN):
                _doe("sleutel", "roteer")
                nieuwste = _nieuwste(geheimen)
                _tot_geschreven(node, uit, nieuwste)
                gezegd = _doe("db", "versleutel", "--vergeet-oude", "--database-url", node.database_url)
                assert "niet meer te lezen" not in gezegd
                assert _nieuwste(geheimen) == nieuwste
        finally:
            genoeg.set()
            for draad in draden:
                draad.join()
        _doe("db", "versleutel", "--vergeet-oude", "--database-url", node.database_url)
        assert set(uit) == {200, 202}
        assert versleutelen.generaties(node.engine) == {nieuwste}
        assert len(_bos(geheimen).generaties) == 1
        assert len(sleutels.lees(geheimen).sleutels) == _KEREN + 1
        for paar in paren:
            alles = paar.gemeente.get("/v1/berichten").json()["items"]
            assert all(paar.gemeente.get(f"/v1/berichten/{een['id']}/xml").status_code == 200 for een in alles)
        controleer_database(node.engine)


def _bos(geheimen: Path) -> Bos:
    bos = bestand.lees(sleutels.pad_bij(geheimen), sleutels.lees(geheimen))
    assert bos is not None
    return bos


def _nieuwste(geheimen: Path) -> bytes:
    return _bos(geheimen).generaties[0].id


def _tot_geschreven(node: Knoop, uit: list[int], nieuwste: bytes) -> None:
    """Until messages were written with the new keys."""
    voor = len(uit)
    for _ in range(600):
        if len(uit) > voor + 10 and nieuwste in versleutelen.generaties(node.engine):
            return
        threading.Event().wait(0.05)
    raise AssertionError("nothing was written with the new keys")


def _kopie(url: str) -> str:
    """A back-up of a database that nobody uses, restored: its URL."""
    adres = make_url(url)
    naam = f"{adres.database}-kopie"
    if adres.get_backend_name() == "sqlite":
        shutil.copy(adres.database or "", naam)
    else:
        met = adres.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(met, autocommit=True) as verbinding:
            verbinding.execute(f'CREATE DATABASE "{naam}" TEMPLATE "{adres.database}"')
    return adres.set(database=naam).render_as_string(hide_password=False)


def _gevuld(url: str, geheimen: Path) -> tuple[str, str, dict[str, list[str]]]:
    """Two clients of a gemeente and an aanbieder, and one declaratie: the codes of the parties, and the ids of the messages of each client."""
    with knoop(url, proefmodus=True, sleutels=geheimen) as node:
        paar = node.paar()
        dossiers = {WEG: paar.dossier(WEG), BLIJFT: paar.dossier(BLIJFT, nummer=1002)}
        ids = {
            bsn: [
                paar.gemeente.goedgekeurd(dossier.toewijzing())["id"],
                paar.aanbieder.goedgekeurd(dossier.start())["id"],
            ]
            for bsn, dossier in dossiers.items()
        }
        paar.aanbieder.goedgekeurd(
            declaratie(dossiers[WEG], "D1", Regel("R1"), ook=[(dossiers[BLIJFT], [Regel("R2")])])
        )
        return paar.gemeentecode, paar.agb, ids


def test_a_client_is_gone_from_a_backup_too(tmp_path: Path, maak_database: MaakDatabase) -> None:
    url = maak_database()
    with met_sleutels(tmp_path) as geheimen:
        gemeente, _, ids = _gevuld(url, geheimen)
        backup = _kopie(url)
        _doe("sleutel", "vernietig", "--ja", "--database-url", url, invoer=f"{WEG}\n")
        for database, over in ((url, False), (backup, True)):
            engine = maak_engine(database)
            maak_gereed(engine)
            with engine.connect() as verbinding:
                for id_ in ids[WEG]:
                    if over:
                        with pytest.raises(Vernietigd):
                            berichten.inhoud(verbinding, gemeente, id_)
                    else:
                        assert berichten.inhoud(verbinding, gemeente, id_) is None
                assert all(
                    BLIJFT.encode() in (berichten.inhoud(verbinding, gemeente, id_) or b"") for id_ in ids[BLIJFT]
                )
            opschonen.verdicht(engine)
            inhoud = lees_bestanden(engine)
            assert WEG.encode() not in inhoud
            assert BLIJFT.encode() not in inhoud
            engine.dispose()
        _doe("sleutel", "vernietig", "--ja", "--database-url", backup, invoer=f"{WEG}\n")
        engine = maak_engine(backup)
        controleer_database(engine, gaten=True)
        engine.dispose()
        with knoop(url, proefmodus=True, sleutels=geheimen, opnieuw=True) as node:
            paar = node.paar()
            assert [een["bsn"] for een in paar.aanbieder.toewijzingen()] == [BLIJFT]
            paar.gemeente.goedgekeurd(paar.dossier(WEG, nummer=1003).toewijzing())
            assert [een["bsn"] for een in paar.aanbieder.toewijzingen()] == [BLIJFT, WEG], "with a new key"


def test_a_party_is_gone_from_a_backup_too(tmp_path: Path, maak_database: MaakDatabase) -> None:
    url = maak_database()
    with met_sleutels(tmp_path) as geheimen:
        gemeente, agb, ids = _gevuld(url, geheimen)
        backup = _kopie(url)
        _doe("sleutel", "vernietig", "--ja", "--partij", agb)
        assert _bos(geheimen).generaties[1].boom.blad(partij(agb)) is None
        for database in (url, backup):
            engine = maak_engine(database)
            maak_gereed(engine)
            with engine.connect() as verbinding:
                for id_ in (id_ for van in ids.values() for id_ in van):
                    with pytest.raises(Vernietigd):
                        berichten.inhoud(verbinding, gemeente, id_)
            engine.dispose()
        gezegd = _doe("db", "versleutel", "--database-url", url)
        assert "niet meer te lezen: de sleutel is vernietigd" in gezegd
