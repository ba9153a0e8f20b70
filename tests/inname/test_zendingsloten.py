"""Refusing a zending while another process looks at it too: neither waits for the other for ever."""

import threading
import uuid

from sqlalchemy import func, select, text
from tests.eindpunt import wacht_tot
from tests.keten.envelop.voorbeelden import DI01
from tests.knoop import NU

from berichtenverkeer.keten.envelop.fouten import Afgekeurd
from berichtenverkeer.keten.envelop.stuf import schrijf
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.zendingen import Zending, bewaar, keur_af
from berichtenverkeer.opslag.berichten import zendingen as tabel
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.berichten import teller
from berichtenverkeer.opslag.tabellen.keten import zending
from berichtenverkeer.opslag.teller import STAND, volgnummers

from .conftest import Balie

_FOUT = Afgekeurd("IB023", "De functie is niet actief.", "Wacht.")


def test_who_refuses_takes_numbers_and_zending_in_the_order_of_who_takes_messages_in(balie: Balie) -> None:
    d = balie.dossier()
    z = Zending(
        d.gemeente, str(uuid.uuid4()), d.aanbieder, d.gemeente, Deur.GGK, "WMO301", 3, 2, "Zaak", "0001", "0000",
        str(uuid.uuid4()), "0" * 64, schrijf(DI01),
    )  # fmt: skip
    bewaar(balie.engine, z, NU)
    met_postgresql = balie.engine.dialect.name == "postgresql"

    def wacht_iemand() -> bool:
        with balie.engine.connect() as verbinding:
            hier = text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return bool(verbinding.execute(hier).scalar())

    weigeraar = threading.Thread(target=keur_af, args=(balie.engine, z.sleutel, _FOUT, NU))
    with schrijvend(balie.engine) as verbinding:
        hoogste = volgnummers(verbinding, 1)
        weigeraar.start()
        if met_postgresql:  # SQLite has one writer: the other has not begun
            wacht_tot(wacht_iemand)
        assert tabel.keur_af(verbinding, z.sleutel, {}, [], NU)  # as who takes its message in marks it
    weigeraar.join(30)
    assert not weigeraar.is_alive()
    with balie.engine.connect() as verbinding:
        fo01 = select(func.count()).select_from(zending).where(zending.c.als_antwoord_op == z.traceer_id)
        assert verbinding.execute(fo01).scalar() == 0
        assert (
            verbinding.execute(select(teller.c.waarde).where(teller.c.naam == STAND)).scalar() == hoogste
        )  # what it took it gave back
