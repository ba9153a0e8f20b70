"""What the work lists of Prestaties ask the database: by way of an index, and what stands in the place of a refused line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, text
from tests.knoop import NU

from berichtenverkeer.opslag import werklijst_prestaties
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen import bericht, declaratie, prestatie, toewijzing

GEMEENTE, AANBIEDER, ANDER = "0344", "98000001", "98000002"
FEBRUARI: dict[str, Any] = {"begin": date(2026, 2, 1), "eind": date(2026, 2, 28)}
AFGEWEZEN, TOEGEKEND = {"toestand": "afgewezen"}, {"toestand": "toegekend"}
_nummers = count(1)

Lijst = Callable[[Connection, str], Iterable[Mapping[Any, Any]]]


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def verbinding(engine: Engine) -> Iterator[Connection]:
    """A transaction whose rows are gone after the test."""
    with schrijvend(engine) as verbinding:
        yield verbinding
        verbinding.rollback()


def _id(nummer: int) -> str:
    return f"00000000-0000-4000-8000-{nummer:012d}"


def _bericht(verbinding: Connection, soort: str) -> str:
    nummer = next(_nummers)
    verbinding.execute(
        insert(bericht).values(
            id=_id(nummer), volgnummer=nummer, domein="iwmo", berichtsoort=soort, identificatie=f"T{nummer}",
            dagtekening=FEBRUARI["begin"], afzender=AANBIEDER, ontvanger=GEMEENTE, verzender=AANBIEDER, bestemming=GEMEENTE,
            ontvangen_op=NU, sha256=f"{nummer:064d}", inhoud=b"x", oordeel="goedgekeurd", bevindingen=[], dubbel=False,
            aangeboden=True,
        )
    )  # fmt: skip
    return _id(nummer)


def _dossier(aanbieder: str) -> str:
    return f"iwmo/{GEMEENTE}/{aanbieder}/999900006"


def _toewijzing(verbinding: Connection, **velden: Any) -> None:
    """A toewijzing with number 1001 of which a second version counts, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), "dossier": _dossier(AANBIEDER), "domein": "iwmo", "gemeente": GEMEENTE, "aanbieder": AANBIEDER,
        "bsn": "999900006", "toewijzingnummer": 1001, "categorie": "02", "code": "02T01",
        "ingangsdatum": date(2026, 2, 1), "verwijderd": False, "levering": "niet_gestart", "versie": 2,
        "wijziging": nummer, "gewijzigd_op": NU, "bericht": _bericht(verbinding, "WMO301"),
    }  # fmt: skip
    verbinding.execute(insert(toewijzing).values(basis | velden))


def _prestatie(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> None:
    """A declaratie with one debetregel over February on toewijzing 1001, but for these columns."""
    id_ = _bericht(verbinding, "WMO323")
    verbinding.execute(
        insert(declaratie).values(
            id=id_, domein="iwmo", gemeente=GEMEENTE, aanbieder=aanbieder, declaratienummer=id_[-12:], ingediend=1,
            toestand="beantwoord", wijziging=1, gewijzigd_op=NU, **FEBRUARI,
        )
    )  # fmt: skip
    basis: dict[str, Any] = {
        "declaratie": id_, "nummer": 0, "dossier": _dossier(aanbieder), "domein": "iwmo", "aanbieder": aanbieder,
        "referentienummer": "R", "toewijzingnummer": 1001, "categorie": "02", "code": "02T01", "volume": 1, "eenheid": "04",
        "bedrag": 1, "debet_credit": "D", "retourcodes": [], "berekening": [], **FEBRUARI,
    }  # fmt: skip
    verbinding.execute(insert(prestatie).values(basis | velden))


def aantal(verbinding: Connection, lijst: Lijst, partij: str = AANBIEDER) -> int:
    return len(list(lijst(verbinding, partij)))


@pytest.mark.parametrize(
    ("velden", "erop"),
    [
        ({}, True),
        ({"debet_credit": "C"}, False),
        (TOEGEKEND, False),
        ({"toestand": "ingediend"}, False),
    ],
)
def test_which_lines_are_refused(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    _prestatie(verbinding, **AFGEWEZEN | velden)
    assert aantal(verbinding, werklijst_prestaties.afgewezen) == erop


@pytest.mark.parametrize(
    ("velden", "met_code", "erop"),
    [
        ({}, True, False),
        ({"toestand": "ingediend"}, True, False),
        (AFGEWEZEN, True, True),
        ({"debet_credit": "C", "toestand": "verwerkt"}, True, True),
        ({"begin": date(2026, 2, 5), "eind": date(2026, 2, 20)}, True, False),
        ({"begin": date(2026, 3, 1), "eind": date(2026, 3, 31)}, True, True),
        ({"code": "02T02"}, True, False),  # the toewijzing has a code, so it was the wrong one
        ({"code": "02T02"}, False, True),
        ({"toewijzingnummer": 1002}, True, True),
        ({"toewijzingnummer": 1002}, None, False),  # the number is not known
        ({"toewijzingnummer": 1002, "code": "02T02"}, None, True),
        ({"toewijzingnummer": 1002, "categorie": "03"}, None, True),
        ({"dossier": _dossier(ANDER)}, True, True),
    ],
)
@pytest.mark.parametrize("later", [True, False])
def test_what_was_declared_in_its_place(
    verbinding: Connection, velden: dict[str, Any], met_code: bool | None, erop: bool, later: bool
) -> None:
    if met_code is not None:
        _toewijzing(verbinding, code="02T01" if met_code else None)
    if later:
        _prestatie(verbinding, **AFGEWEZEN)
    _prestatie(verbinding, **TOEGEKEND | velden)
    if not later:
        _prestatie(verbinding, **AFGEWEZEN)
    assert (aantal(verbinding, werklijst_prestaties.afgewezen) > 0) == erop


@pytest.mark.parametrize("later", [True, False])
def test_what_was_credited_counts_when_it_came_later(verbinding: Connection, later: bool) -> None:
    volgorde = [AFGEWEZEN, {"toestand": "gecrediteerd"}]
    for velden in volgorde if later else reversed(volgorde):
        _prestatie(verbinding, **velden)
    assert aantal(verbinding, werklijst_prestaties.afgewezen) == (not later)


@pytest.mark.parametrize(
    ("velden", "product", "erop"),
    [
        ({}, {}, True),
        ({"toestand": "gecrediteerd"}, {}, False),
        ({"toestand": "ingediend"}, {}, False),
        ({"debet_credit": "C", "toestand": "verwerkt"}, {}, False),
        ({"toewijzingnummer": 1002}, {}, False),
        ({}, {"versie": 1}, False),
    ],
)
def test_what_was_declared_before_its_toewijzing_changed(
    verbinding: Connection, velden: dict[str, Any], product: dict[str, Any], erop: bool
) -> None:
    _prestatie(verbinding, **TOEGEKEND | velden)
    _toewijzing(verbinding, **product)
    assert aantal(verbinding, werklijst_prestaties.gewijzigd) == erop


def test_what_was_declared_after_the_change_is_no_question(verbinding: Connection) -> None:
    _toewijzing(verbinding)
    _prestatie(verbinding, **TOEGEKEND)
    assert aantal(verbinding, werklijst_prestaties.gewijzigd) == 0


def test_a_party_sees_its_own_and_each_row_has_an_id(verbinding: Connection) -> None:
    _prestatie(verbinding, **AFGEWEZEN)
    _prestatie(verbinding, ANDER, **AFGEWEZEN)
    _prestatie(verbinding, begin=date(2026, 1, 1), eind=date(2026, 1, 31), toestand="toegekend")
    _toewijzing(verbinding)
    for lijst, aantallen in ((werklijst_prestaties.afgewezen, (1, 1, 2)), (werklijst_prestaties.gewijzigd, (1, 0, 1))):
        assert tuple(aantal(verbinding, lijst, partij) for partij in (AANBIEDER, ANDER, GEMEENTE)) == aantallen
        assert aantal(verbinding, lijst, "0363") == 0
        rijen = list(lijst(verbinding, GEMEENTE))
        assert len({rij["id"] for rij in rijen}) == len(rijen)
        assert {rij["bsn"] for rij in rijen} == {"999900006"}


@pytest.mark.parametrize("partij", [GEMEENTE, AANBIEDER])
def test_every_list_goes_by_an_index(verbinding: Connection, partij: str) -> None:
    sqlite = verbinding.dialect.name == "sqlite"
    if not sqlite:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, *___: object) -> None:
        gezien.append((opdracht, parameters))

    event.listen(verbinding, "before_cursor_execute", onthoud)
    for lijst in (werklijst_prestaties.afgewezen, werklijst_prestaties.gewijzigd):
        list(lijst(verbinding, partij))
    event.remove(verbinding, "before_cursor_execute", onthoud)
    assert len(gezien) == 2
    for opdracht, parameters in gezien:
        uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
        stappen = [str(rij[-1]) for rij in uitleg]
        if "prestatie.toestand = 'afgewezen'" in opdracht:
            assert any("ix_prestatie_afgewezen" in stap for stap in stappen), stappen
        assert not [stap for stap in stappen if stap.startswith("SCAN ") or "Seq Scan" in stap], stappen
