"""Signalen at messages: what is stored of them, and what goes when the tables go a version down."""

import json
from typing import Any

from alembic import command
from sqlalchemy import insert, select, text
from tests.conftest import MaakDatabase
from tests.knoop import NU

from berichtenverkeer.opslag.berichten import berichten, signalen
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade, verschillen
from berichtenverkeer.opslag.tabellen.berichten import signaal

FOUT = {"regel": "TR019", "ernst": "fout", "toewijzingnummer": 1001}
SIGNAAL = {"regel": "OP087", "ernst": "signaal", "toewijzingnummer": None}
RIJ: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000001", "volgnummer": 1, "domein": "iwmo", "berichtsoort": "WMO301", "versie": "3.2",
    "identificatie": "T1", "dagtekening": NU.date(), "afzender": "0344", "ontvanger": "98000001", "verzender": "0344",
    "bestemming": "98000001", "dossier": None, "ontvangen_op": NU, "sha256": "0" * 64, "inhoud": b"x",
    "oordeel": "afgekeurd", "bevindingen": [FOUT, SIGNAAL, {"regel": "TR001", "melding": "van een vorige versie"}],
    "beoordeling": "knooppunt", "antwoord_op": None, "dubbel": False, "aangeboden": True, "bevestigd_op": None, "trace": None,
}  # fmt: skip


def test_a_message_is_stored_with_its_signalen(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    with schrijvend(engine) as verbinding:
        berichten.bewaar(verbinding, [RIJ])
        [rij] = verbinding.execute(select(signaal)).mappings()
        assert rij == {
            "bericht": RIJ["id"], "nummer": 1, "regel": "OP087", "toewijzingnummer": None, "verzender": "0344",
            "bestemming": "98000001", "ontvangen_op": NU,
        }  # fmt: skip
        assert signalen.afwijkend(verbinding, [RIJ["id"]]) == {}
    engine.dispose()


def test_what_is_not_as_the_findings_say_is_put_right(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    with schrijvend(engine) as verbinding:
        berichten.bewaar(verbinding, [RIJ])
        verbinding.execute(insert(signaal).values(**next(signalen.van(RIJ)) | {"nummer": 2}))
        anders = signalen.afwijkend(verbinding, signalen.berichten(verbinding), vast=True)
        assert anders == {RIJ["id"]: list(signalen.van(RIJ))}
        signalen.vervang(verbinding, list(anders), anders[RIJ["id"]])
        assert signalen.afwijkend(verbinding, [RIJ["id"]]) == {}
    engine.dispose()


def test_going_down_leaves_no_signaal_to_be_taken_for_a_fault(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    with schrijvend(engine) as verbinding:
        berichten.bewaar(verbinding, [RIJ])
        command.downgrade(configuratie(verbinding), "0014")
        [bevindingen] = verbinding.execute(text("SELECT bevindingen FROM bericht")).scalars()
        gevonden = json.loads(bevindingen) if isinstance(bevindingen, str) else bevindingen
        assert [bevinding["regel"] for bevinding in gevonden] == ["TR019", "TR001"]
    upgrade(engine)
    assert verschillen(engine) == []
    engine.dispose()
