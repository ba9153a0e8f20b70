"""Who falls over another in the database is done again before it hears of it; not without end, and not twice what was done."""

from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from tests.conftest import MaakDatabase
from tests.knoop import knoop

from berichtenverkeer.opslag.berichten import uitvoeren
from berichtenverkeer.opslag.herkansing import HOOGSTENS, botste


@pytest.mark.parametrize("staat", ["40P01", "40001"])
def test_a_question_that_fell_over_another_is_done_again(
    postgresql: MaakDatabase, monkeypatch: pytest.MonkeyPatch, staat: str
) -> None:
    """With the error of a real PostgreSQL, after it wrote its row: of each try that failed nothing is left."""
    echt, pogingen = uitvoeren.vraag_aan, []
    mislukt = HOOGSTENS

    def botsend(verbinding: Connection, **rij: Any) -> Any:
        pogingen.append(rij["id"])
        uit = echt(verbinding, **rij)
        if len(pogingen) <= mislukt:
            verbinding.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{staat}'; END $$"))
        return uit

    monkeypatch.setattr(uitvoeren, "vraag_aan", botsend)
    with knoop(postgresql.gereed(), uitvoerder=False) as k:
        klant = k.paar().aanbieder
        antwoord = klant.post("/v1/exports", json={"wat": "toewijzingen"})
        assert (antwoord.status_code, len(pogingen)) == (202, HOOGSTENS + 1)
        assert [een["id"] for een in klant.json("/v1/exports")["items"]] == [antwoord.json()["id"]]
        pogingen.clear()
        mislukt = HOOGSTENS + 1
        assert klant.post("/v1/exports", json={"wat": "toewijzingen"}).status_code == 503
        assert len(pogingen) == HOOGSTENS + 1
        assert len(klant.json("/v1/exports")["items"]) == 1


def test_another_error_is_not_done_again(postgresql: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    pogingen = []

    def stuk(verbinding: Connection, **_: Any) -> None:
        pogingen.append(1)
        verbinding.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '22012'; END $$"))

    monkeypatch.setattr(uitvoeren, "vraag_aan", stuk)
    with knoop(postgresql.gereed(), uitvoerder=False) as k:
        assert k.paar().aanbieder.post("/v1/exports", json={"wat": "toewijzingen"}).status_code == 500
    assert len(pogingen) == 1
    assert not botste(DBAPIError("…", {}, Exception()))
