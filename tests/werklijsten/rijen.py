"""Rows to put in the tables, and what the work lists make of them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, event, insert, text
from tests.knoop import NU

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.dossiers.dossiers import start_vanaf
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.declaraties import declaratie, prestatie
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing, verzoek
from berichtenverkeer.werklijsten.alle import LIJSTEN
from berichtenverkeer.werklijsten.lijst import Peil, Werk, WieAanZet, bladzijde, tel

GEMEENTE, AANBIEDER, ANDER = "0344", "98000001", "98000002"
BSN = "999900006"
DAG = date(2026, 3, 2)
FEBRUARI: dict[str, Any] = {"begin": date(2026, 2, 1), "eind": date(2026, 2, 28)}

_nummers = count(1)


def peil(dag: date = DAG, weken: int = 3) -> Peil:
    """The lists of a day."""
    return Peil(dag, Kalender(), weken, 13)


def op(
    verbinding: Connection, naam: str, dag: date = DAG, partij: str = AANBIEDER, wie: WieAanZet | None = None
) -> list[Werk]:
    """All rows of a list, which counts as many, and as many that are late."""
    bronnen = LIJSTEN[naam].bronnen
    gevonden = [werk for _, werk in bladzijde(verbinding, bronnen, partij, peil(dag), wie, None, 100)]
    assert tel(verbinding, bronnen, partij, peil(dag), wie) == (len(gevonden), sum(werk.te_laat for werk in gevonden))
    return gevonden


def ids(verbinding: Connection, naam: str, dag: date = DAG, partij: str = AANBIEDER) -> set[str]:
    """The ids of the rows of a list."""
    return {werk.rij.id for werk in op(verbinding, naam, dag, partij)}


def dossier(aanbieder: str = AANBIEDER) -> str:
    """The key of the dossier of the client."""
    return f"iwmo/{GEMEENTE}/{aanbieder}/{BSN}"


def _eigen(aanbieder: str) -> dict[str, str]:
    return {"dossier": dossier(aanbieder), "domein": "iwmo", "gemeente": GEMEENTE, "aanbieder": aanbieder, "bsn": BSN}


def _id(nummer: int) -> str:
    return f"00000000-0000-4000-8000-{nummer:012d}"


def _voeg_toe(verbinding: Connection, tabel: Table, rij: dict[str, Any]) -> str:
    verbinding.execute(insert(tabel).values(rij))
    return str(rij.get("id"))


def zet_bericht(verbinding: Connection, **velden: Any) -> str:
    """A 301 from the gemeente to an aanbieder that judges for itself, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), "volgnummer": nummer, "domein": "iwmo", "berichtsoort": "WMO301", "identificatie": f"T{nummer}",
        "dagtekening": DAG, "afzender": GEMEENTE, "ontvanger": AANBIEDER, "verzender": GEMEENTE, "bestemming": AANBIEDER,
        "dossier": dossier(), "ontvangen_op": NU, "sha256": f"{nummer:064d}", "inhoud": b"x",
        "oordeel": "voorlopig", "bevindingen": [], "dubbel": False, "aangeboden": True,
    }  # fmt: skip
    return _voeg_toe(verbinding, bericht, basis | velden)


def zet_toewijzing(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> str:
    """A toewijzing that runs since 1 February and on which nothing started, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), **_eigen(aanbieder), "toewijzingnummer": nummer, "categorie": "02", "code": "02T01",
        "ingangsdatum": date(2026, 2, 1), "einddatum": date(2026, 12, 31), "verwijderd": False,
        "levering": "niet_gestart", "bekend_op": datetime(2026, 1, 15, 12, tzinfo=UTC), "versie": 1, "wijziging": nummer,
        "gewijzigd_op": NU,
    }  # fmt: skip
    rij = basis | velden
    bekend_op = rij["bekend_op"]
    vanaf = start_vanaf(rij["ingangsdatum"], bekend_op) if bekend_op else rij["ingangsdatum"]
    return _voeg_toe(verbinding, toewijzing, {"start_vanaf": vanaf, **rij})


def zet_verzoek(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> str:
    """A VOW to which nothing came yet, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), **_eigen(aanbieder), "soort": "VOW", "referentie": f"R{nummer}", "toestand": "ingediend",
        "toewijzingnummers": [], "bericht": zet_bericht(verbinding, oordeel="goedgekeurd"), "ingediend_op": NU,
        "dagtekening": DAG, "wijziging": nummer, "gewijzigd_op": NU,
    }  # fmt: skip
    return _voeg_toe(verbinding, verzoek, basis | velden)


def zet_prestatie(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> str:
    """A declaratie, answered on ``DAG``, with one debetregel over February on toewijzing 1001, but for these columns; its id."""
    soort = {"verzender": aanbieder, "bestemming": GEMEENTE, "oordeel": "goedgekeurd", "dossier": None}
    id_ = zet_bericht(verbinding, berichtsoort="WMO323", **soort)
    antwoord = zet_bericht(verbinding, berichtsoort="WMO325", antwoord_op=id_, **soort)
    verbinding.execute(
        insert(declaratie).values(
            id=id_, domein="iwmo", gemeente=GEMEENTE, aanbieder=aanbieder, declaratienummer=id_[-12:], ingediend=1,
            toestand="beantwoord", wijziging=1, gewijzigd_op=NU, antwoord=antwoord, beantwoord=DAG, **FEBRUARI,
        )
    )  # fmt: skip
    basis: dict[str, Any] = {
        "declaratie": id_, "nummer": 0, "dossier": dossier(aanbieder), "domein": "iwmo", "aanbieder": aanbieder,
        "referentienummer": "R", "toewijzingnummer": 1001, "categorie": "02", "code": "02T01", "volume": 1, "eenheid": "04",
        "bedrag": 1, "debet_credit": "D", "retourcodes": [], "berekening": [], **FEBRUARI,
    }  # fmt: skip
    _voeg_toe(verbinding, prestatie, basis | velden)
    return id_


def hele_tabellen(verbinding: Connection, naam: str, partij: str) -> list[str]:
    """The tables that the questions of a list read as a whole, to count and to give a page. On PostgreSQL: even when reading a
    table is made to look dear."""
    sqlite = verbinding.dialect.name == "sqlite"
    if not sqlite:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, *___: object) -> None:
        gezien.append((opdracht, parameters))

    event.listen(verbinding, "before_cursor_execute", onthoud)
    op(verbinding, naam, partij=partij)
    event.remove(verbinding, "before_cursor_execute", onthoud)
    assert len(gezien) == 2 * len(LIJSTEN[naam].bronnen)
    stappen: list[str] = []
    for opdracht, parameters in gezien:
        uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
        stappen += (str(rij[-1]) for rij in uitleg)
    return [stap for stap in stappen if (stap.startswith("SCAN ") and "anon" not in stap) or "Seq Scan" in stap]
