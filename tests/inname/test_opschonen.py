"""What is past its term goes, and nothing else: no trace of it in any table or file, and what is left is as it was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, select, text
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Knoop, Paar, controleer_database, knoop
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.inname import opschonen as inname
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.opschonen import schoon_op
from berichtenverkeer.levensloop.bewaartermijnen import TERMIJNEN, Bewaartermijn
from berichtenverkeer.opslag import opschonen
from berichtenverkeer.opslag.tabellen.basis import metadata
from berichtenverkeer.standaard.domein import Domein

WEG, BLIJFT, GEWEIGERD = "999990482", "999990007", "999990895"
NA = date(2042, 1, 5)
"""More than fifteen years after the last toewijzing of the one, and not of the other."""


@pytest.fixture
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    with knoop(maak_database(), proefmodus=True) as k:
        yield k


def _gevuld(node: Knoop, domein: Domein = Domein.IWMO) -> Paar:
    """Two clients, of whom one comes back by another number, in one declaratie; and a message that was refused."""
    paar = node.paar()
    weg, blijft = paar.dossier(WEG, domein), paar.dossier(BLIJFT, domein, 1002)
    paar.gemeente.goedgekeurd(weg.toewijzing())
    paar.gemeente.goedgekeurd(blijft.toewijzing(Einddatum="2041-12-31"))
    for d in (weg, blijft):
        paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(declaratie(weg, "D1", Regel("R1"), ook=[(blijft, [Regel("R2")])]))
    fout = paar.dossier(GEWEIGERD, domein, 1003).toewijzing().replace(b":Geslacht>2<", b":Geslacht>x<")
    assert paar.gemeente.bied_aan(fout).status_code == 422
    return paar


def _staat_in(engine: Engine, bsn: str) -> set[str]:
    """The tables in which a number stands, whatever the column."""
    with engine.connect() as verbinding:
        return {
            naam
            for naam, tabel in metadata.tables.items()
            if any(bsn in repr(tuple(rij)) for rij in verbinding.execute(select(tabel)))
        }


def _bestanden(engine: Engine) -> list[Path]:
    """The files of a database."""
    if engine.dialect.name == "sqlite":
        pad = Path(make_url(str(engine.url)).database or "")
        return [een for einde in ("", "-wal") if (een := pad.with_name(pad.name + einde)).exists()]
    with engine.connect() as verbinding:
        map_ = verbinding.execute(text("SHOW data_directory")).scalar_one()
        nummer = verbinding.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return [pad for pad in (Path(map_) / "base" / str(nummer)).iterdir() if pad.is_file()]


def _in_bestanden(engine: Engine, bsn: str) -> bool:
    return any(bsn.encode() in pad.read_bytes() for pad in _bestanden(engine))


@pytest.mark.usefixtures("in_het_open")
def test_nothing_of_a_closed_client_is_left(node: Knoop, monkeypatch: pytest.MonkeyPatch) -> None:
    paar, engine = _gevuld(node), node.engine
    voor = paar.aanbieder.get("/v1/declaraties").json()["items"]
    assert _staat_in(engine, WEG) >= {"bericht", "toewijzing", "gebeurtenis", "prestatie", "toewijzingfeit"}
    alles = schoon_op(engine, NA, proef=True)
    assert {een.termijn.naam: een.aantal for een in alles} == {
        "dossier-wmo": 1, "dossier-jeugd": 0, "geweigerd": 1, "notificatie": 0, "logboek": alles[-1].aantal,
    }  # fmt: skip
    assert _staat_in(engine, WEG)
    monkeypatch.setattr(
        inname, "_logboek", lambda *_, **__: 0
    )  # that of today is no five years old, whatever the day is called
    schoon_op(engine, NA, proef=False)
    assert _staat_in(engine, WEG) == set()
    assert _staat_in(engine, GEWEIGERD) == set()
    assert _staat_in(engine, BLIJFT) >= {"bericht", "toewijzing", "prestatie"}
    assert paar.aanbieder.get("/v1/declaraties").json()["items"] == voor
    assert [een["bsn"] for een in paar.aanbieder.toewijzingen()] == [BLIJFT]
    controleer_database(engine, gaten=True)
    assert herbouw(engine, SCHEMAS).afwijkend == 0
    opschonen.verdicht(engine)
    assert not _in_bestanden(engine, WEG)
    assert not _in_bestanden(engine, GEWEIGERD)
    assert _in_bestanden(engine, BLIJFT)


def test_a_youth_dossier_stays_twenty_years(node: Knoop) -> None:
    _gevuld(node, Domein.IJW)
    tel = {een.termijn.naam: een.aantal for een in schoon_op(node.engine, NA, proef=True)}
    assert (tel["dossier-wmo"], tel["dossier-jeugd"]) == (0, 0)
    tel = {een.termijn.naam: een.aantal for een in schoon_op(node.engine, date(2047, 1, 5), proef=True)}
    assert (tel["dossier-wmo"], tel["dossier-jeugd"]) == (0, 1)


def test_the_command_says_what_would_go_and_takes_nothing_of_today(node: Knoop) -> None:
    _gevuld(node)
    bij = ("--database-url", node.database_url)
    gedaan = CliRunner().invoke(app, ["opschonen", "--proef", "--op", str(NA), *bij])
    assert gedaan.exit_code == 0, gedaan.output
    assert [regel.split()[0] for regel in gedaan.output.splitlines()] == [termijn.naam for termijn in TERMIJNEN]
    gedaan = CliRunner().invoke(app, ["opschonen", "--op", str(NA), *bij])
    assert (gedaan.exit_code, "alleen met --proef" in gedaan.output) == (2, True)
    gedaan = CliRunner().invoke(app, ["opschonen", *bij])
    assert gedaan.exit_code == 0, gedaan.output
    assert _staat_in(node.engine, WEG)


@pytest.mark.parametrize(
    ("termijn", "vandaag", "voor"),
    [
        (Bewaartermijn("", "", "", "", jaren=15), date(2042, 1, 5), date(2027, 1, 5)),
        (Bewaartermijn("", "", "", "", jaren=5), date(2028, 2, 29), date(2023, 2, 28)),
        (Bewaartermijn("", "", "", "", dagen=92), date(2026, 6, 2), date(2026, 3, 2)),
    ],
)
def test_a_term_ends_on_its_day(termijn: Bewaartermijn, vandaag: date, voor: date) -> None:
    assert termijn.voor(vandaag) == voor


def test_the_terms_stand_in_the_document() -> None:
    beheer = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")
    for een in TERMIJNEN:
        assert f"| {een.wat} | {een} | {een.vanaf} | {een.bron} |" in beheer
