"""A process that dies between pushing and noting it: the message is pushed again, the same, and acknowledged once."""

import httpx
import pytest
from sqlalchemy import select
from tests.berichten import Dossier, gemeenten
from tests.conftest import MaakDatabase
from tests.eindpunt import bv03, eindpunt, wacht_tot
from tests.knoop import XML, meld_partijen_aan
from tests.proces import KLOK, adres

from berichtenverkeer.keten.envelop.stuf import Stuurgegevens
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import bezorging


def test_killed_between_push_and_note(maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BV_BEZORG_GEDULD", "5")  # a busy machine may need a second for a push
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    gemeente = gemeenten()[0]
    token = meld_partijen_aan(engine, 1)[gemeente]
    with eindpunt(engine, gemeente) as daar, adres(url) as hier:
        eerste = hier.start()

        def sterf(op: Stuurgegevens) -> tuple[int, bytes]:
            eerste.kill()
            eerste.wait(30)
            return bv03(op)

        daar.antwoorden.append(sterf)
        kop = XML | KLOK | {"Authorization": f"Bearer {token}"}
        data = Dossier(gemeente, "98000000").toewijzing()
        try:
            antwoord = httpx.post(f"{hier.url}/v1/berichten", content=data, headers=kop, timeout=60)
            assert antwoord.status_code == 202, antwoord.text
        except httpx.TransportError:
            pass  # it died before it had answered; what was pushed was committed
        daar.wacht(1)
        hier.start()
        daar.wacht(2)
        open_ = select(bericht.c.id).where(bericht.c.bestemming == gemeente, bericht.c.bevestigd_op.is_(None))

        def klaar() -> bool:
            with engine.connect() as verbinding:
                return verbinding.execute(open_).first() is None

        wacht_tot(klaar)
        assert len(set(daar.verzoeken)) == 1
        assert len(daar.verzoeken) == 2
        with engine.connect() as verbinding:
            assert verbinding.execute(select(bezorging)).all() == []
    engine.dispose()
