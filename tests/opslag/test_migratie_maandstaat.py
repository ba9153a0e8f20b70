"""Maandstaten over migration 0018: what was fixed stays, upwards and downwards."""

from datetime import date

from alembic import command
from tests.conftest import MaakDatabase
from tests.knoop import NU

from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import Bijdrageregel, Correctie, Maandstaat, Maandstaattoestand, Regel
from berichtenverkeer.hoofdaannemer.tarief import Eenheid
from berichtenverkeer.opslag.bureau import maandstaten
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade, verschillen
from berichtenverkeer.standaard.domein import Domein

MAAND = Maand(2026, 2)
_DAGEN = (date(2026, 2, 1), date(2026, 2, 28))
STAAT = Maandstaat(
    MAAND,
    "dekker",
    Maandstaattoestand.VASTGESTELD,
    "2026-02/dekker/1",
    Deelmaand.NAAR_RATO,
    tuple(
        Regel("i1", "0344", Domein.IWMO, 1, "vervoer", klasse, Eenheid.DAG, *_DAGEN, 28, 4, 864, 3456, ("Vier dagen.",))
        for klasse in ("regulier", "rolstoel")
    ),
    (Correctie(Maand(2026, 1), "i2", -100, ("Minder.",)),),
    (Bijdrageregel(MAAND, "vervoer", None, 6912, 0),),
)


def test_what_was_fixed_stays(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    with schrijvend(engine) as verbinding:
        maandstaten.stel_vast(verbinding, "99990001", STAAT, "99990001", NU)
        command.downgrade(configuratie(verbinding), "0017")
    upgrade(engine)
    assert verschillen(engine) == []
    with engine.connect() as verbinding:
        assert maandstaten.van_maand(verbinding, "99990001", MAAND) == {"dekker": STAAT}
        [kort] = maandstaten.samengevat(verbinding, "99990001")["dekker"]
    assert kort.per_inzet == {"i1": 6912}
    assert (kort.nummer, kort.correcties, kort.bijdragen) == (STAAT.nummer, STAAT.correcties, STAAT.bijdragen)
    engine.dispose()
