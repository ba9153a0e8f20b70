"""The faults: each breaks something of a node under load, and mends it as an operator's platform would."""

import random
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field

import httpx
from tests.berichten import VANDAAG, gemeenten
from tests.eindpunt import wacht_tot
from tests.knoop import NU
from tests.ontvanger import GOED, Aanroep, Antwoord, Ontvanger
from tests.proces import Adres

from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen.schakelaars import schakel, wis

from .belasting import Belasting
from .bureau import Bureau
from .grond import GEWOON, OP_KLEINE_SCHIJF, OP_TWEE, Grond

_TOEVAL = random.Random(7)
_BEGONNEN = 0.8
"""How often a process answers before it gets SIGKILL."""


@dataclass
class Proef:
    """A node under load, what it stands on, and who hears of its messages."""

    hier: Adres
    last: Belasting
    grond: Grond
    daar: Ontvanger
    bureau: Bureau
    gemist: list[Aanroep] = field(default_factory=list)
    """What came at the receiver while it was cut off: it did not get that."""

    def wacht(self, minstens: float = 0.3, hoogstens: float = 1.5) -> None:
        """Some time, in which messages come in."""
        time.sleep(_TOEVAL.uniform(minstens, hoogstens))

    def op(self) -> None:
        """Wait until it answers."""
        with httpx.Client(base_url=self.hier.url, timeout=30, verify=False) as http:
            wacht_tot(lambda: _antwoordt(http), 120)

    def val_om(self) -> None:
        """The process gets SIGKILL, and another is started."""
        self.hier.processen[-1].kill()
        self.hier.processen[-1].wait(30)
        self.hier.start()

    def zet_klok(self, *momenten: str) -> None:
        """Let the clock of the node jump to these, and then back to what it is."""
        kop = {"Authorization": f"Bearer {self.last.tokens[gemeenten()[0]]}"}
        with httpx.Client(base_url=self.hier.url, timeout=30, verify=False, headers=kop) as http:
            for moment in momenten:
                self.wacht()
                http.put("/v1/proef/klok", json={"moment": moment}).raise_for_status()
            if not momenten:
                http.delete("/v1/proef/klok").raise_for_status()


def _antwoordt(http: httpx.Client) -> bool:
    try:
        return http.get("/gezondheid").is_success
    except httpx.TransportError:
        return False


def omgevallen(proef: Proef) -> None:
    """The process gets SIGKILL at any moment; sometimes it had only begun."""
    if _TOEVAL.random() < _BEGONNEN:
        proef.op()
    proef.wacht()
    proef.val_om()


def gestopt(proef: Proef) -> None:
    """The process gets SIGTERM, ends by itself, and another is started."""
    proef.op()
    proef.wacht()
    proef.hier.processen[-1].terminate()
    assert proef.hier.processen[-1].wait(60) in (0, -signal.SIGTERM)
    proef.hier.start()


def in_export(proef: Proef) -> None:
    """SIGKILL just after an export was promised: while it waits, is made, or was made."""
    proef.op()
    proef.last.vraag_export()
    proef.wacht(0, 0.4)
    proef.val_om()


def in_webhook(proef: Proef) -> None:
    """SIGKILL while the receiver of a webhook has a call, and has not answered it."""
    binnen = threading.Event()

    def traag(_: Aanroep) -> Antwoord:
        binnen.set()
        time.sleep(0.5)
        return GOED

    proef.op()
    proef.daar.antwoord = traag
    assert binnen.wait(120)
    proef.val_om()
    proef.daar.antwoord = lambda _: GOED


def richt_in(proef: Proef) -> None:
    """There is a hoofdaannemer with an inzet."""
    proef.bureau.richt_in()


def in_maandstaat(proef: Proef) -> None:
    """SIGKILL while a maandstaat is fixed."""
    proef.op()
    vast = threading.Thread(target=proef.bureau.stel_vast)
    vast.start()
    proef.wacht(0, 0.1)
    proef.val_om()
    vast.join(120)
    assert not vast.is_alive()


def in_bevriezing(proef: Proef) -> None:
    """SIGKILL while all functies are frozen: nothing is taken in before that ends, also by the process that comes after."""
    engine = maak_engine(proef.grond.url)
    try:
        with proef.last.bevroren():
            schakel(engine, "*", "bevroren", "3.2", f"{VANDAAG}T00:00:00", NU)
            proef.wacht(1, 1.5)
            eerder = len(proef.last.bevestigd)
            proef.val_om()
            proef.op()
            proef.wacht()
            assert len(proef.last.bevestigd) == eerder
            wis(engine, "*", "3.2")
            wacht_tot(lambda: len(proef.last.bevestigd) > eerder)
    finally:
        engine.dispose()


def ontvanger_weg(proef: Proef) -> None:
    """The receiver of a webhook breaks off every call for a while."""

    def breek_af(aanroep: Aanroep) -> Antwoord:
        proef.gemist.append(aanroep)
        raise ConnectionResetError

    proef.daar.antwoord = breek_af
    proef.wacht(1, 3)
    proef.daar.antwoord = lambda _: GOED
    proef.wacht()


def een_dag_later(proef: Proef) -> None:
    """All that is tried again later, is due."""
    proef.zet_klok("2026-12-24T12:00:00")


def database_weg(proef: Proef) -> None:
    """PostgreSQL is stopped at once, as when its machine falls over, and started again; the node goes on."""
    proef.wacht()
    proef.grond.val_om()
    proef.wacht()
    proef.grond.sta_op()
    proef.op()


def overgenomen(proef: Proef) -> None:
    """The primary gets SIGKILL, its standby takes over, and becomes a primary with a new standby; the node finds it by itself."""
    proef.wacht()
    proef.grond.paar().neem_over()
    proef.op()
    proef.wacht()
    proef.grond.paar().volg()


def overgenomen_na_stilstand(proef: Proef) -> None:
    """The standby hangs, so that nothing is confirmed any more; then the primary gets SIGKILL and the standby takes over."""
    beide = proef.grond.paar()
    proef.wacht()
    beide.kopie.bevries()
    time.sleep(0.5)  # what the standby had confirmed, is told
    eerder = len(proef.last.bevestigd)
    proef.wacht(6, 9)  # longer than a question may take
    assert len(proef.last.bevestigd) == eerder
    beide.hoofd.val_om()
    beide.kopie.ontdooi()
    beide.neem_over(omgevallen=True)
    proef.op()
    proef.wacht()
    beide.volg()


def schijf_vol(proef: Proef) -> None:
    """The disk of the database fills up, and is emptied again; the node goes on."""
    assert proef.grond.schijf is not None
    proef.wacht()
    vulling = proef.grond.schijf / "vulling"
    with vulling.open("wb", buffering=0) as bestand, suppress(OSError):
        while True:
            bestand.write(bytes(65_536))
    proef.wacht(1, 2)
    vulling.unlink()


def klok_verspringt(proef: Proef) -> None:
    """The clock of the node jumps a year on, two back, and is then right again."""
    proef.zet_klok("2027-01-01T00:00:00", "2025-01-01T00:00:00")
    proef.zet_klok()


@dataclass(frozen=True)
class Storing:
    """A fault: what it does, what it is in Dutch, on what it can be tried, and what is done when all is whole again."""

    breek: Callable[[Proef], None]
    wat: str
    gronden: Mapping[str, Callable[[], AbstractContextManager[Grond]]] = field(default_factory=lambda: GEWOON)
    daarna: Callable[[Proef], None] | None = None
    vooraf: Callable[[Proef], None] | None = None
    """What is done before: it may take a number in the series of messages."""


_PG = {"postgresql": GEWOON["postgresql"]}

STORINGEN = {
    "omgevallen": Storing(omgevallen, "SIGKILL en opnieuw gestart"),
    "gestopt": Storing(gestopt, "SIGTERM en opnieuw gestart"),
    "in-export": Storing(in_export, "SIGKILL tijdens een export"),
    "in-webhook": Storing(in_webhook, "SIGKILL tijdens een webhook"),
    "in-maandstaat": Storing(in_maandstaat, "SIGKILL tijdens het vaststellen van een maandstaat", vooraf=richt_in),
    "in-bevriezing": Storing(in_bevriezing, "SIGKILL tijdens een bevriezing"),
    "ontvanger-weg": Storing(ontvanger_weg, "de ontvanger van een webhook verbreekt", daarna=een_dag_later),
    "database-weg": Storing(database_weg, "PostgreSQL valt om en komt terug", _PG),
    "overgenomen": Storing(overgenomen, "PostgreSQL krijgt SIGKILL, de standby neemt over", OP_TWEE),
    "overgenomen-na-stilstand": Storing(
        overgenomen_na_stilstand, "de standby hangt, PostgreSQL krijgt SIGKILL, de standby neemt over", OP_TWEE
    ),
    "schijf-vol": Storing(schijf_vol, "de schijf loopt vol en wordt geleegd", OP_KLEINE_SCHIJF),
    "klok": Storing(klok_verspringt, "de klok springt jaren heen en terug"),
}
