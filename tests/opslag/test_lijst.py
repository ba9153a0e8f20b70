"""How the lists ask the database: the place of the last row is where the index is entered, and to find rows it is enough."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from berichtenverkeer.levensloop.overgangen import Toewijzingtoestand
from berichtenverkeer.opslag.berichten import berichtenlijst
from berichtenverkeer.opslag.declaraties import declaratielijst
from berichtenverkeer.opslag.dossiers import toewijzingen, verzoeken
from berichtenverkeer.opslag.lijst import Lijst, Plek

DAG = date(2026, 3, 2)
PLEK = Plek(7, "00000000-0000-4000-8000-000000000000")


def _plan(verbinding: Connection, lijst: Lijst[Any], partij: str, filters: dict[str, Any]) -> list[str]:
    """How the database would do it, when it holds that reading a table is dear."""
    sqlite = verbinding.dialect.name == "sqlite"
    if not sqlite:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        verbinding.execute(text("SET LOCAL enable_bitmapscan = off"))
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, *___: object) -> None:
        gezien.append((opdracht, parameters))

    event.listen(verbinding, "before_cursor_execute", onthoud)
    lijst.zoek(verbinding, partij, DAG, 10, filters, PLEK)
    event.remove(verbinding, "before_cursor_execute", onthoud)
    [(opdracht, parameters)] = gezien
    uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
    return [str(rij[-1]) for rij in uitleg]


@pytest.mark.parametrize("partij", ["0344", "98000001"])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"product": "02T01"},
        {"levering": "tijdelijk_gestopt"},
        {"toestand": Toewijzingtoestand.TOEKOMSTIG},
        {"geldig_op": DAG, "domein": "iwmo"},
    ],
    ids=str,
)
def test_toewijzingen_are_found_in_the_index_alone(
    verbinding: Connection, partij: str, filters: dict[str, Any]
) -> None:
    plan = _plan(verbinding, toewijzingen.LIJST, partij, filters)
    kant = "gemeente" if len(partij) == 4 else "aanbieder"
    if verbinding.dialect.name == "sqlite":
        assert any(
            f"USING COVERING INDEX ix_toewijzing_{kant} ({kant}=? AND (wijziging,id)>(?,?))" in s for s in plan
        ), plan
    else:
        assert any(f"Index Only Scan using ix_toewijzing_{kant}" in stap for stap in plan), plan
        assert any("ROW(wijziging, id) >" in stap for stap in plan if "Index Cond" in stap), plan


@pytest.mark.parametrize(
    ("lijst", "naam", "waarde", "index"),
    [
        (toewijzingen.LIJST, "bsn", "999900006", "ix_toewijzing_bsn"),
        (toewijzingen.LIJST, "toewijzingnummer", 1, "ix_toewijzing_nummer"),
        (verzoeken.LIJST, "bsn", "999900006", "ix_verzoek_bsn"),
    ],
)
@pytest.mark.parametrize("partij", ["0344", "98000001"])
def test_what_leaves_few_rows_is_looked_for_first(
    verbinding: Connection, lijst: Lijst[Any], partij: str, naam: str, waarde: object, index: str
) -> None:
    plan = _plan(verbinding, lijst, partij, {naam: waarde})
    assert any(index in stap for stap in plan), plan


@pytest.mark.parametrize(
    ("partij", "filter_"), [("0344", {"aanbieder": "98000001"}), ("98000001", {"gemeente": "0344"})]
)
def test_what_is_with_one_other_party_has_an_index(
    verbinding: Connection, partij: str, filter_: dict[str, Any]
) -> None:
    plan = _plan(verbinding, toewijzingen.LIJST, partij, filter_)
    if verbinding.dialect.name == "sqlite":
        assert any("ix_toewijzing_paar (gemeente=? AND aanbieder=? AND" in stap for stap in plan), plan
    else:
        assert any("Index Only Scan using ix_toewijzing_" in stap for stap in plan), plan


@pytest.mark.parametrize(
    "lijst", [verzoeken.LIJST, declaratielijst.LIJST, berichtenlijst.LIJST], ids=lambda lijst: lijst.naam
)
@pytest.mark.parametrize("partij", ["0344", "98000001"])
def test_no_list_walks_what_was_seen(verbinding: Connection, lijst: Lijst[Any], partij: str) -> None:
    plan = _plan(verbinding, lijst, partij, {})
    if verbinding.dialect.name == "sqlite":
        zoekt = [stap for stap in plan if stap.startswith("SEARCH") and lijst.tabel.name in stap and "id=?" not in stap]
        assert zoekt
        assert all(">" in stap for stap in zoekt), plan
    else:
        assert any("ROW(" in stap and "Index Cond" in stap for stap in plan) or any("volgnummer" in s for s in plan), (
            plan
        )
