"""What a message costs as its dossier grows: a toewijzing with many starts and temporary stops, taken in one by one.

Processor time of this process, from bytes to commit, so that a busy machine does not count. On PostgreSQL what the server does is
not in it, and is measured as time on the wall.
"""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import Engine

from berichtenverkeer.inname.aanname import neem_aan
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.dossier import Dossiersleutel
from berichtenverkeer.levensloop.tijdlijn import tijdlijn
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.dossiers import dossiers
from berichtenverkeer.partijen.partij import Partijrol, registreer
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.berichten import basis as b
from berichtenverkeer.standaard.berichten.start import Bericht305, Client305, StartProduct
from berichtenverkeer.standaard.berichten.stop import Bericht307, Client307, StopProduct
from berichtenverkeer.standaard.berichtsoort import berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import serialiseer

from .mix import AANBIEDER, GEMEENTE, bsns, gang, header

_NU = datetime(2026, 1, 6, 12, tzinfo=NEDERLAND)
_DAG = date(2026, 1, 5)


def verhaal(nummer: int, bsn: str, keren: int) -> Iterator[tuple[str, bytes]]:
    """A 301, and so many times a start and a temporary stop of its first toewijzing, each a day after the one before it."""
    domein = Domein.IWMO if nummer % 2 else Domein.IJW
    eerste = gang(nummer, bsn, 1)[0]
    yield eerste
    product = b.Product(
        Categorie="02" if domein is Domein.IWMO else "31", Code=("02" if domein is Domein.IWMO else "31") + "A01"
    )
    client = {
        "Bsn": bsn,
        "Geboortedatum": b.Geboortedatum(Datum=date(1950, 1, 1)),
        "Geslacht": "1",
        "Naam": b.VerkorteNaam(Geslachtsnaam=b.Achternaam(Achternaam="Testpersoon")),
    }
    for keer in range(keren):
        dag = _DAG - timedelta(days=3 * (keren - keer))
        wat = {"ToewijzingNummer": nummer * 10 + 1, "Product": product, "Begindatum": dag, "StatusAanlevering": "1"}
        einde = {"RedenBeeindiging": "20", "Einddatum": dag + timedelta(days=1)}
        s305, s307 = berichtsoort(domein, "305"), berichtsoort(domein, "307")
        start = Client305.model_validate(client | {"StartProducten": (StartProduct.model_validate(wat),)})
        stop = Client307.model_validate(client | {"StopProducten": (StopProduct.model_validate(wat | einde),)})
        yield AANBIEDER, serialiseer(Bericht305(Header=header(s305, nummer * 1000 + keer), Client=start), s305)
        yield AANBIEDER, serialiseer(Bericht307(Header=header(s307, nummer * 1000 + keer), Client=stop), s307)


def meet_dossier(url: str, aantal: int = 12, keren: int = 60) -> dict[str, float]:
    """Milliseconds a message: of message 3 to 12 of a dossier, and of message 111 to 120, over some dossiers."""
    engine, neem_op = maak_node(url)
    tijden: dict[int, list[float]] = {}
    try:
        for nummer, bsn in zip(range(1, aantal + 1), bsns(), strict=False):
            for plek, (van, data) in enumerate(verhaal(nummer, bsn, keren), start=1):
                begin = time.process_time()
                neem_op(van, data)
                tijden.setdefault(plek, []).append((time.process_time() - begin) * 1000)
    finally:
        engine.dispose()
    vroeg = median(t for plek in range(3, 13) for t in tijden[plek])
    laat = median(t for plek in range(111, 121) for t in tijden[plek])
    return {"ms_3_12": vroeg, "ms_111_120": laat, "verhouding": laat / vroeg}


def meet_lang(url: str, keren: int = 150) -> dict[str, float]:
    """Seconds that the timeline and a rebuild take of one toewijzing with so many starts and as many stops."""
    engine, neem_op = maak_node(url)
    try:
        bsn = next(bsns())
        for van, data in verhaal(1, bsn, keren):
            neem_op(van, data)
        sleutel = Dossiersleutel(Domein.IWMO, GEMEENTE, AANBIEDER, bsn)
        begin = time.perf_counter()
        with engine.connect() as verbinding:
            punten = tijdlijn(11, dossiers.laad(verbinding, [sleutel])[sleutel], _DAG)
        tussen = time.perf_counter()
        assert herbouw(engine, Schemas(Instellingen().xsd_dir)).afwijkend == 0
        klaar = time.perf_counter()
    finally:
        engine.dispose()
    return {"punten": len(punten), "tijdlijn_s": tussen - begin, "herbouw_s": klaar - tussen}


def maak_node(url: str) -> "tuple[Engine, Neemop]":
    """A new node with the two parties of the mix, without HTTP."""
    engine = maak_engine(url)
    maak_gereed(engine)
    registreer(engine, GEMEENTE, Partijrol.GEMEENTE, "Gemeente", _NU)
    registreer(engine, AANBIEDER, Partijrol.AANBIEDER, "Aanbieder", _NU)
    return engine, Neemop(engine)


class Neemop:
    """Takes one message in, from a party; it must be approved."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._register = Register(engine)
        self._schemas = Schemas(Instellingen().xsd_dir)
        self._contract = Contract()

    def __call__(self, van: str, data: bytes) -> None:
        partij = self._register.partij(van)
        assert partij is not None
        a = neem_aan(data, partij, self._register, lambda *_: self._contract, self._schemas, _NU, 1_000_000)
        with schrijvend(self._engine) as verbinding:
            (uitkomst,) = verwerk(verbinding, [a], self._schemas)
        assert isinstance(uitkomst, Ontvangst), uitkomst
        assert uitkomst.oordeel == "goedgekeurd", uitkomst.bevindingen
