"""What is written and asked in one round trip, on both kinds of database: every value comes back as it went."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    exc,
    insert,
    select,
    text,
)

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.samen import Rijen, Vraag, als_moment, schrijf, vraag
from berichtenverkeer.opslag.tabellen.basis import Moment

PROEF = Table(
    "proef",
    MetaData(),
    Column("id", String(36), primary_key=True),
    Column("tekst", Text),
    Column("dag", Date),
    Column("moment", Moment),
    Column("groot", BigInteger),
    Column("klein", Integer),
    Column("waar", Boolean),
    Column("inhoud", LargeBinary),
    Column("boom", JSON),
    Column("leeg_of_boom", JSON(none_as_null=True)),
)
"""A column of every kind that the tables have."""

TEKSTEN = [
    "", " ", "null", "\\", "\\N", "\\.", "\\\\n", "\t", "\n", "\r\n", "\x01\x1f\x7f", "\x85\u2028\ufeff", "'", '"', "''; --", "\"'\\\"",
    "%s %(k)s :k {0} ?", "{[,]}", "é e\u0301 ĳ ß €", "日本", "😀", "👩‍👩‍👧", "\U0010ffff", "\ue000", "\\u0041", "\\ud83d", "a" * 100_000,
]  # fmt: skip
"""What means something to COPY, to JSON, to SQL, to the driver, or to who counts characters."""


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    """A database with only the table above."""
    engine = maak_engine(database_url)
    with engine.begin() as verbinding:
        PROEF.create(verbinding)
    yield engine
    engine.dispose()


def _rij(id_: str, **anders: Any) -> dict[str, Any]:
    return dict.fromkeys(kolom.name for kolom in PROEF.c) | {"id": id_} | anders


def _terug(verbinding: Connection) -> list[dict[str, Any]]:
    """All rows as SQLAlchemy reads them, which knows nothing of how they were written."""
    return [dict(rij) for rij in verbinding.execute(select(PROEF).order_by(PROEF.c.id)).mappings()]


def _gevraagd(verbinding: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """These rows as a question gives them."""
    namen = [kolom.name for kolom in PROEF.c]
    alles = f"SELECT {', '.join(f'p.{naam}' for naam in namen)} FROM {{sleutels}} {{join}} proef AS p ON p.id = {{0}} ORDER BY p.id"
    (rijen,) = vraag(verbinding, [(Vraag(alles, tuple(PROEF.c)), [(id_,) for id_ in ids])])
    return [dict(zip(namen, rij, strict=True)) for rij in rijen]


@pytest.mark.parametrize(
    "waarden",
    [
        {"dag": date(1, 1, 1), "groot": 2**63 - 1, "klein": 2**31 - 1, "waar": True},
        {"dag": date(9999, 12, 31), "groot": -(2**63), "klein": -(2**31), "waar": False},
        {"dag": date(2024, 2, 29), "groot": 2**53 + 1, "klein": 0},
        {"inhoud": b"", "boom": [], "leeg_of_boom": {}},
        {"inhoud": "<a>\\N\t\r\n'\"é日😀\U0010ffff\ufeff</a>".encode()},
        {"boom": "null", "leeg_of_boom": "tekst \\ \" ' \n"},
        {"boom": True, "leeg_of_boom": 2**53 + 1},
        {"boom": {"": None, "a\\b": [{"c": 0.1, "d": "😀"}, [[]], -1, False]}, "leeg_of_boom": [None, "\\N", "\t"]},
        {},
    ],
)
def test_values_come_back_as_they_went(engine: Engine, waarden: dict[str, Any]) -> None:
    with schrijvend(engine) as verbinding:
        rijen = [_rij("1", **waarden), _rij("2", tekst="een ander")]
        schrijf(verbinding, [Rijen(PROEF, rijen)])
        assert _terug(verbinding) == rijen
        assert _gevraagd(verbinding, ["2", "1", "er niet"]) == rijen
        assert [type(waarde) for waarde in _terug(verbinding)[0].values()] == [type(w) for w in rijen[0].values()]
        verbinding.rollback()


def _gelijk_aan_sqlalchemy(verbinding: Connection, rijen: list[dict[str, Any]]) -> None:
    """Rows stand in the database just as SQLAlchemy would have put them there, so that one compares with the other."""
    ander = [rij | {"id": f"x{rij['id']}"} for rij in rijen]
    verbinding.execute(insert(PROEF), ander)
    verschil = " OR ".join(
        f"p.{naam} IS DISTINCT FROM x.{naam}" for naam in ("tekst", "dag", "moment", "groot", "inhoud")
    )
    samen = "FROM proef AS p JOIN proef AS x ON x.id = 'x' || p.id"
    assert verbinding.execute(text(f"SELECT count(*) {samen}")).scalar_one() == len(rijen)
    assert verbinding.execute(text(f"SELECT p.id {samen} WHERE {verschil}")).all() == []


def test_a_text_comes_back_as_it_went_and_is_found_by_itself(engine: Engine) -> None:
    op_tekst = Vraag("SELECT {0}, p.id, p.tekst FROM {sleutels} {join} proef AS p ON p.tekst = {0}")
    rijen = [_rij(f"{plek:02}", tekst=tekst) for plek, tekst in enumerate(TEKSTEN)]
    with schrijvend(engine) as verbinding:
        schrijf(verbinding, [Rijen(PROEF, rijen)])
        assert _terug(verbinding) == rijen
        (gevonden,) = vraag(verbinding, [(op_tekst, [(tekst,) for tekst in TEKSTEN])])
        assert sorted(map(tuple, gevonden), key=lambda rij: rij[1]) == [
            (r["tekst"], r["id"], r["tekst"]) for r in rijen
        ]
        _gelijk_aan_sqlalchemy(verbinding, rijen)
        verbinding.rollback()


@given(teksten=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5))
def test_any_text_comes_back_as_it_went(engine: Engine, teksten: list[str]) -> None:
    rijen = [
        _rij(str(plek), tekst=tekst, inhoud=tekst.encode(), boom={tekst: tekst}) for plek, tekst in enumerate(teksten)
    ]
    with schrijvend(engine) as verbinding:
        schrijf(verbinding, [Rijen(PROEF, rijen)])
        assert _terug(verbinding) == rijen
        (sleutels,) = vraag(verbinding, [(Vraag("SELECT {0} FROM {sleutels}"), [(tekst,) for tekst in teksten])])
        assert [tekst for (tekst,) in sleutels] == teksten
        verbinding.rollback()


MOMENTEN = [
    datetime(2026, 3, 2, 9, 0, tzinfo=NEDERLAND),
    datetime(2026, 10, 25, 2, 30, tzinfo=NEDERLAND),
    datetime(2026, 10, 25, 2, 30, tzinfo=NEDERLAND, fold=1),
    datetime(2026, 7, 1, 0, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 1, 1, 0, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=-11, minutes=-30))),
    datetime(1900, 1, 1, tzinfo=NEDERLAND),
    datetime(9999, 12, 30, tzinfo=NEDERLAND),
]
"""Also the hour that is there twice, and one with an offset in seconds."""


def test_a_moment_comes_back_as_it_went_also_in_a_key(engine: Engine) -> None:
    rijen = [_rij(str(plek), moment=moment) for plek, moment in enumerate(MOMENTEN)]
    op_moment = Vraag(
        "SELECT p.id, {m0}, p.moment FROM {sleutels} {join} proef AS p ON p.moment = {m0} WHERE p.id < 'x'",
        (None, PROEF.c.moment, PROEF.c.moment),
    )
    zet = Vraag("UPDATE proef AS p SET moment = {m3} FROM {sleutels} WHERE p.id = {0} AND {1} = {2}")
    with schrijvend(engine) as verbinding:
        schrijf(verbinding, [Rijen(PROEF, rijen)])
        assert [_utc(rij["moment"]) for rij in _terug(verbinding)] == [*map(_utc, MOMENTEN)]
        assert all(rij["moment"].tzinfo is NEDERLAND for rij in _terug(verbinding))
        sleutels = [(als_moment(moment),) for moment in MOMENTEN]
        (gevonden,) = vraag(verbinding, [(op_moment, sleutels)])
        assert sorted((id_, _utc(een), _utc(ander)) for id_, een, ander in gevonden) == [
            (str(plek), _utc(moment), _utc(moment)) for plek, moment in enumerate(MOMENTEN)
        ]
        _gelijk_aan_sqlalchemy(verbinding, rijen)
        verschoven = [moment - timedelta(days=1) for moment in MOMENTEN]
        vraag(verbinding, [(zet, [(str(p), "a", "a", als_moment(m)) for p, m in enumerate(verschoven)])])
        assert [_utc(rij["moment"]) for rij in _terug(verbinding)[: len(MOMENTEN)]] == [*map(_utc, verschoven)]
        verbinding.rollback()


def _utc(moment: datetime) -> datetime:
    """Two moments of one zone are compared by their clock, and the clock of October shows some twice."""
    return moment.astimezone(UTC)


def test_what_is_not_there_is_null(engine: Engine) -> None:
    leeg = [
        naam for naam in _rij("1") if naam not in ("id", "boom")
    ]  # JSON without none_as_null may hold a null of its own
    with schrijvend(engine) as verbinding:
        schrijf(verbinding, [Rijen(PROEF, [_rij("1")])])
        voorwaarde = " AND ".join(f"{naam} IS NULL" for naam in leeg)
        assert verbinding.execute(text(f"SELECT id FROM proef WHERE {voorwaarde}")).scalar_one() == "1"
        gevraagd = Vraag("SELECT {0} IS NULL, {n1} IS NULL, {m2} IS NULL FROM {sleutels}")
        assert [tuple(map(bool, rij)) for rij in vraag(verbinding, [(gevraagd, [(None, None, None)])])[0]] == [
            (True,) * 3
        ]
        verbinding.rollback()


def test_numbers_in_a_key(engine: Engine) -> None:
    grenzen = [2**63 - 1, -(2**63), 2**53 + 1, 0]
    op_nummer = Vraag(
        "SELECT p.id, {n1} FROM {sleutels} {join} proef AS p ON p.id = {0} AND p.groot = {n1} ORDER BY p.id"
    )
    with schrijvend(engine) as verbinding:
        schrijf(verbinding, [Rijen(PROEF, [_rij(str(plek), groot=groot) for plek, groot in enumerate(grenzen)])])
        antwoorden = vraag(
            verbinding,
            [(op_nummer, [(str(p), g) for p, g in enumerate(grenzen)]), (op_nummer, [("0", 1)]), (op_nummer, [])],
        )
        assert [list(map(tuple, rijen)) for rijen in antwoorden] == [
            [(str(p), g) for p, g in enumerate(grenzen)],
            [],
            [],
        ]
        verbinding.rollback()


def test_a_row_takes_the_place_of_the_one_with_its_key(engine: Engine) -> None:
    eerst, later = _rij("1", tekst="eerst", boom=[1], dag=date(2026, 3, 2)), _rij("1", tekst="later\\N")
    with schrijvend(engine) as verbinding:
        schrijf(
            verbinding, [Rijen(PROEF, [eerst, _rij("2")], "id"), Rijen(PROEF, [later], "id"), Rijen(PROEF, [], "id")]
        )
        assert _terug(verbinding) == [later, _rij("2")]
        with pytest.raises(exc.IntegrityError), verbinding.begin_nested():
            schrijf(verbinding, [Rijen(PROEF, [eerst])])
        assert _terug(verbinding) == [later, _rij("2")]
        verbinding.rollback()
