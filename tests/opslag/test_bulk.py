"""Writing many rows at once, on both kinds of database."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from tests.knoop import NU

from berichtenverkeer.opslag import bulk
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen.berichten import geweigerd
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def _rij(nummer: int, versie: int = 1) -> dict[str, Any]:
    return {
        "id": f"id-{nummer}", "dossier": "iwmo/0344/12345678/999900006", "domein": "iwmo", "gemeente": "0344",
        "aanbieder": "12345678", "bsn": "999900006", "toewijzingnummer": nummer, "categorie": None, "code": None,
        "ingangsdatum": date(1, 1, 1), "einddatum": date(9999, 12, 31), "volume": 99_999_999, "eenheid": None,
        "frequentie": None, "budget": None, "verwijderd": False, "levering": "niet_gestart",
        "geleverd_van": None, "geleverd_tot": None, "einde_reden": None, "start_gemeld_op": None, "verzoek": None,
        "verlenging_gevraagd": None, "commentaar": None,
        "versie": versie, "bericht": None, "bekend_op": NU, "start_vanaf": NU.date(),
        "wijziging": nummer, "gewijzigd_op": NU,
    }  # fmt: skip


def test_more_keys_than_a_statement_has_parameters(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "voeg_toe", lambda *_: None)
    with schrijvend(engine) as verbinding:
        bulk.zet(verbinding, toewijzing, [{"id": f"id-{nummer}"} for nummer in range(66_000)])


def test_rows_take_the_place_of_those_with_the_same_id(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PER_VRAAG", 3)
    with schrijvend(engine) as verbinding:
        bulk.zet(verbinding, toewijzing, [_rij(nummer) for nummer in range(10)])
        bulk.zet(verbinding, toewijzing, [_rij(nummer, versie=2) for nummer in range(1, 11)])
        standen = select(toewijzing.c.toewijzingnummer, toewijzing.c.versie).order_by(toewijzing.c.toewijzingnummer)
        verwacht = [(0, 1), *((nummer, 2) for nummer in range(1, 11))]
        assert [tuple(rij) for rij in verbinding.execute(standen)] == verwacht
        verbinding.rollback()


def test_rows_come_back_as_they_went(engine: Engine) -> None:
    rij = _rij(1)
    lastig = {
        "verzender": "0344", "sha256": "a" * 64, "ontvangen_op": NU, "inhoud": bytes(range(256)) + b"\\N\t\n\\.\n",
        "reden": "zo\tmaar\\n", "probleem": {"tekst": "é \\ \n \t \" ' \\N", "niets": None, "lijst": []},
    }  # fmt: skip
    with schrijvend(engine) as verbinding:
        bulk.voeg_toe(verbinding, toewijzing, [rij])
        bulk.voeg_toe(verbinding, geweigerd, [lastig])
        assert dict(verbinding.execute(select(toewijzing)).mappings().one()) == rij
        assert dict(verbinding.execute(select(geweigerd)).mappings().one()) == lastig
        verbinding.rollback()


def test_no_rows(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        bulk.voeg_toe(verbinding, toewijzing, [])
        bulk.zet(verbinding, toewijzing, [])
