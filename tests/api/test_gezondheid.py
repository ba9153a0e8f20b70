"""Whether a node may be given requests: it says what is wrong and what to do, and does not stay away for what only takes long."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.conftest import MaakDatabase
from tests.knoop import NU, Knoop, knoop

from berichtenverkeer.api import stand
from berichtenverkeer.api.gezondheid import Onderdeelstand
from berichtenverkeer.inname import wachtend
from berichtenverkeer.inname.wachtend import Wachtrij
from berichtenverkeer.opslag.database import schrijvend


def _let_op(node: Knoop) -> dict[str, str]:
    """What there is to look at, by part."""
    stand._GEZIEN.clear()  # as if ten seconds have passed
    antwoord = node.klant(None).get("/gezondheid")
    assert antwoord.status_code == 200, antwoord.text
    gezond = antwoord.json()
    uit = {een["naam"]: een["uitleg"] for een in gezond["onderdelen"] if een["stand"] == Onderdeelstand.LET_OP}
    assert gezond["status"] == ("let-op" if uit else "goed")
    return uit


def test_a_node_that_can_work_names_its_parts(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), proefmodus=True) as node:
        assert _let_op(node) == {}
        namen = {een["naam"] for een in node.klant(None).get("/gezondheid").json()["onderdelen"]}
    assert {"database", "tabellen", "sleutels", "wachtrij bezorging", "certificaten van partijen"} <= namen


def test_tables_of_another_release_are_not_ready_and_it_is_said_what_to_do(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed()) as node:
        with schrijvend(node.engine) as verbinding:
            verbinding.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        antwoord = node.klant(None).get("/gezondheid")
        assert (antwoord.status_code, antwoord.headers["retry-after"]) == (503, "10")
        probleem = antwoord.json()
        assert probleem["type"].endswith(":niet-gereed")
        assert "draai 'berichtenverkeer db upgrade'" in probleem["detail"]
        assert node.klant(None).get("/gezondheid/live").status_code == 200


def test_what_waits_long_is_told_and_keeps_no_request_away(
    maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with knoop(maak_database.gereed()) as node:
        assert _let_op(node).keys() == {"sleutels"}  # in the open
        oud = list(wachtend.stand(node.engine, None))
        lang = [Wachtrij(een.code, een.naam, 3, NU - timedelta(hours=2), een.uitleg) for een in oud]
        monkeypatch.setattr(wachtend, "stand", lambda *_: lang)
        uit = _let_op(node)
        assert uit.keys() == {"sleutels", "wachtrij in-verwerking", "wachtrij bezorging", "wachtrij webhooks"}
        assert uit["wachtrij in-verwerking"].startswith("Er wachten er 3, het oudste langer dan een uur.")
