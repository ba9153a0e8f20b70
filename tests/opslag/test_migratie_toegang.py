"""Credentials over migrations 0007 and 0009: what stays upwards and downwards; a withdrawn token never works again."""

from alembic import command
from sqlalchemy import text
from tests.conftest import MaakDatabase
from tests.knoop import NU

from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade, verschillen
from berichtenverkeer.opslag.partijen import certificaten, partijen
from berichtenverkeer.opslag.partijen.certificaten import Certificaat


def test_tokens_stay_and_a_withdrawn_one_goes(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    with schrijvend(engine) as verbinding:
        command.upgrade(configuratie(verbinding), "0007")
        for code, rol in (("0344", "gemeente"), ("73730042", "aanbieder")):
            partijen.voeg_toe(verbinding, code, rol, "x", NU)
        partijen.geef_token(verbinding, "73730042", "blijft", NU, ["0344"])
        partijen.geef_token(verbinding, "0344", "weg", NU, ["73730042"])
        assert partijen.trek_in(verbinding, partijen.vingerafdruk("weg"), NU)
        assert not partijen.trek_in(verbinding, partijen.vingerafdruk("weg"), NU)
    with schrijvend(engine) as verbinding:
        command.downgrade(configuratie(verbinding), "0006")
        assert verbinding.execute(text("SELECT hash, partij FROM token")).all() == [
            (partijen.vingerafdruk("blijft"), "73730042")
        ]
    upgrade(engine)
    assert verschillen(engine) == []
    with engine.connect() as verbinding:
        [blijft] = partijen.tokens(verbinding)
        assert (blijft.hash, blijft.codes) == (partijen.vingerafdruk("blijft"), ("73730042",))
        assert (blijft.naam, blijft.geldig_tot, blijft.gebruikt_op, blijft.ingetrokken_op) == (None, None, None, None)
    engine.dispose()


def test_certificates_go_downwards_and_leave_nothing(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    kort = Certificaat("0" * 64, "serienummer 1", NU, NU)
    with schrijvend(engine) as verbinding:
        for code, rol in (("0344", "gemeente"), ("73730042", "aanbieder")):
            partijen.voeg_toe(verbinding, code, rol, "x", NU)
        certificaten.voeg_toe(verbinding, kort, "73730042", ["0344"], NU)
        [(rij, codes)] = certificaten.alle(verbinding)
        assert (rij["geldig_tot"], codes) == (NU, ("73730042", "0344"))
    with schrijvend(engine) as verbinding:
        command.downgrade(configuratie(verbinding), "0008")
    upgrade(engine)
    assert verschillen(engine) == []
    with engine.connect() as verbinding:
        assert certificaten.alle(verbinding) == []
    engine.dispose()
