"""Pushing without HTTP: when something is tried again, what an answer comes to, and who may try what at the same moment."""

import asyncio
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import QueuePool, select
from tests.berichten import Dossier
from tests.keten.envelop.voorbeelden import DI01, vast
from tests.knoop import NU

from berichtenverkeer.keten.bezorgen.beheer import vastgelopen
from berichtenverkeer.keten.bezorgen.bezorger import Bezorger
from berichtenverkeer.keten.bezorgen.kanaal import Antwoord, KanaalFout
from berichtenverkeer.keten.bezorgen.terugval import HOOGSTENS, STAPPEN, volgende
from berichtenverkeer.keten.bezorgen.uitkomst import Gevolg, beoordeel
from berichtenverkeer.keten.envelop.codes import FO03, Plek
from berichtenverkeer.keten.envelop.stuf import bevestig, lees_soap, schrijf_soap, weiger
from berichtenverkeer.keten.zendingen.verwerker import Zendingverwerker
from berichtenverkeer.opslag.berichten import bezorgingen as tabel
from berichtenverkeer.opslag.berichten import enveloppen, zendingen
from berichtenverkeer.opslag.berichten.bezorgingen import Genomen
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import bezorging
from berichtenverkeer.partijen.partij import PartijFout, zet_eindpunt

from .conftest import Balie

_NUMMER = DI01.stuurgegevens.referentienummer
_UUR = timedelta(hours=1)
_BIJNA = timedelta(microseconds=1)


@given(te_laat=st.lists(st.timedeltas(timedelta(0), timedelta(hours=30)), min_size=100, max_size=100))
def test_never_earlier_than_the_table_says_and_an_end_at_72_hours(te_laat: list[timedelta]) -> None:
    """However late each attempt is made: the steps hold, and none is planned after the end."""
    momenten, nu = [NU], NU
    for poging, later in enumerate(te_laat, start=1):
        dan = volgende(NU, poging, nu)
        if dan is None:
            break
        assert dan <= NU + HOOGSTENS
        nu = dan + later
        momenten.append(nu)
    else:
        raise AssertionError("it never ends")
    stappen = [*STAPPEN, *[_UUR] * len(momenten)]
    assert all(b - a >= stap for (a, b), stap in zip(pairwise(momenten), stappen, strict=False))
    assert nu + stappen[len(momenten) - 1] > NU + HOOGSTENS  # and it does not end too soon


def test_the_moments_when_every_attempt_is_in_time() -> None:
    minuten, nu, poging = [0], NU, 1
    while (dan := volgende(NU, poging, nu)) is not None:
        minuten.append((dan - NU) // timedelta(minutes=1))
        nu, poging = dan, poging + 1
    assert minuten == [0, 1, 6, 21, *range(81, 72 * 60 + 1, 60)]


@given(status=st.integers(200, 599), inhoud=st.binary(max_size=200))
def test_what_no_receiver_should_answer_is_no_receipt(status: int, inhoud: bytes) -> None:
    leeg = not inhoud.strip() and status in (200, 202)
    assert beoordeel(Antwoord(status, inhoud), _NUMMER).gevolg is (Gevolg.BEZORGD if leeg else Gevolg.MISLUKT)


@pytest.mark.parametrize("code", FO03)
@pytest.mark.parametrize("past", [True, False])
def test_a_fo03_ends_it_when_the_cause_is_ours_and_it_is_about_our_message(code: str, past: bool) -> None:
    op = DI01.stuurgegevens if past else replace(DI01.stuurgegevens, referentienummer=str(uuid.uuid4()))
    fout = weiger(code, op, vast, NU, omschrijving="Burger 999900006 Voorbeeld")
    uitkomst = beoordeel(Antwoord(500, schrijf_soap(fout)), _NUMMER)
    eind = past and FO03[code].plek is Plek.CLIENT
    assert uitkomst.gevolg is (Gevolg.AFGEBROKEN if eind else Gevolg.MISLUKT)
    assert code in uitkomst.reden
    assert "999900006" not in uitkomst.reden
    assert "Voorbeeld" not in uitkomst.reden


def test_a_bv03_delivers_with_a_status_of_success_only() -> None:
    data = schrijf_soap(bevestig(DI01.stuurgegevens, vast, NU))
    for status in (200, 201, 202, 301, 404, 500):
        goed = Gevolg.BEZORGD if status < 300 else Gevolg.MISLUKT
        assert beoordeel(Antwoord(status, data), _NUMMER).gevolg is goed


@dataclass
class Proef:
    """A gemeente with an endpoint, and messages that lie ready for it."""

    balie: Balie
    d: Dossier
    nummers: list[str] = field(default_factory=list)

    def leg_klaar(self, aantal: int) -> None:
        """So many more retourberichten for the gemeente."""
        for nummer in range(len(self.nummers), len(self.nummers) + aantal):
            [een] = self.balie.groep(replace(self.d, nummer=2000 + nummer).toewijzing())
            assert een.retour is not None
            self.nummers.append(een.retour["id"])

    def neem(self, nu: datetime = NU, systeem: datetime = NU) -> Genomen | None:
        """Take one, for a minute."""
        with schrijvend(self.balie.engine) as verbinding:
            return tabel.neem(verbinding, self.d.gemeente, nu, systeem, systeem + timedelta(minutes=1))

    def mislukt(self, genomen: Genomen, nu: datetime = NU, dan: datetime | None = None) -> bool:
        """Note that it failed."""
        with schrijvend(self.balie.engine) as verbinding:
            return tabel.mislukt(verbinding, genomen, "Het ging niet.", nu, dan)

    def heeft_werk(self, nu: datetime, systeem: datetime = NU) -> bool:
        """Whether a round would look at the gemeente."""
        with self.balie.engine.connect() as verbinding:
            return tabel.eindpunten(verbinding, nu, systeem)[self.d.gemeente]

    def bevestig(self, nummer: str) -> None:
        """Acknowledge by another door."""
        with schrijvend(self.balie.engine) as verbinding:
            assert enveloppen.bevestig(verbinding, [self.d.gemeente], nummer, NU)

    def rijen(self) -> int:
        """How many rows there are about pushing."""
        with self.balie.engine.connect() as verbinding:
            van = select(bezorging.c.sleutel).where(bezorging.c.partij == self.d.gemeente)
            return len(verbinding.execute(van).all())

    def open(self) -> list[str]:
        """What was not acknowledged."""
        with self.balie.engine.connect() as verbinding:
            waar = bericht.c.id.in_(self.nummers) & bericht.c.bevestigd_op.is_(None)
            return list(verbinding.execute(select(bericht.c.id).where(waar)).scalars())


@pytest.fixture
def proef(balie: Balie) -> Iterator[Proef]:
    p = Proef(balie, balie.dossier())
    zet_eindpunt(balie.engine, p.d.gemeente, "https://gemeente.example/ws")
    yield p
    zet_eindpunt(balie.engine, p.d.gemeente, None)


def test_one_holds_what_it_took_until_it_lets_go_or_its_time_is_over(proef: Proef) -> None:
    proef.leg_klaar(2)
    een, twee = proef.neem(), proef.neem()
    assert een is not None
    assert twee is not None
    assert [een.sleutel, twee.sleutel] == proef.nummers  # the oldest first
    assert proef.neem() is None
    with schrijvend(proef.balie.engine) as verbinding:
        tabel.laat_los(verbinding, twee)
    weer = proef.neem()
    assert weer is not None
    assert (weer.sleutel, weer.poging) == (twee.sleutel, 2)
    later = NU + timedelta(minutes=1)
    over = proef.neem(systeem=later)
    assert over is not None
    assert (over.sleutel, over.poging, over.inhoud) == (een.sleutel, 2, een.inhoud)
    assert not proef.mislukt(een, dan=NU)  # it was thought dead: it spoils nothing
    assert proef.neem(systeem=NU + timedelta(seconds=90)) is not None  # only that of ``weer``, not that of ``over``
    with schrijvend(proef.balie.engine) as verbinding:
        tabel.bezorgd(verbinding, een, NU)  # but what it delivered is delivered
    assert proef.open() == [twee.sleutel]
    assert not proef.mislukt(over, dan=NU)


def test_what_failed_waits_for_its_moment_and_holds_up_nothing(proef: Proef) -> None:
    proef.leg_klaar(2)
    een = proef.neem()
    assert een is not None
    dan = NU + STAPPEN[0]
    assert proef.mislukt(een, dan=dan)
    twee = proef.neem()
    assert twee is not None
    assert twee.sleutel == proef.nummers[1]
    assert proef.mislukt(twee)  # broken off
    assert not proef.heeft_werk(dan - _BIJNA)
    assert proef.neem(dan - _BIJNA) is None
    assert proef.heeft_werk(dan)
    weer = proef.neem(dan)
    assert weer is not None
    assert (weer.sleutel, weer.poging, weer.eerste_poging_op) == (een.sleutel, 2, NU)
    assert proef.neem(dan + timedelta(days=9)) is None
    with schrijvend(proef.balie.engine) as verbinding:
        assert tabel.opnieuw(verbinding, proef.d.gemeente, NU) == 1  # not what is being tried
    anders = proef.neem(dan)
    assert anders is not None
    assert (anders.sleutel, anders.poging, anders.eerste_poging_op) == (twee.sleutel, 1, dan)


def test_what_is_acknowledged_elsewhere_is_not_pushed_any_more(proef: Proef) -> None:
    proef.leg_klaar(2)
    een = proef.neem()
    assert een is not None
    for nummer in proef.nummers:
        proef.bevestig(nummer)
    assert proef.neem() is None
    assert not proef.heeft_werk(NU)
    assert not proef.mislukt(een, dan=NU)
    assert proef.rijen() == 0


def test_what_was_planned_by_a_clock_that_was_set_back_does_not_wait_for_it(proef: Proef) -> None:
    """Its 72 hours begin again as well: else it would be tried every hour until long after."""
    proef.leg_klaar(1)
    later = NU + timedelta(days=3650)
    een = proef.neem(later)
    assert een is not None
    assert proef.mislukt(een, later, later + STAPPEN[0])
    assert not proef.heeft_werk(later + STAPPEN[0] - _BIJNA)
    assert proef.heeft_werk(NU)
    weer = proef.neem(NU)
    assert weer is not None
    assert (weer.sleutel, weer.poging, weer.eerste_poging_op) == (een.sleutel, 2, NU)
    assert proef.mislukt(weer, NU, NU + max(STAPPEN))
    assert not proef.heeft_werk(NU)  # the longest that one waits
    assert proef.neem(NU) is None
    assert proef.heeft_werk(NU + max(STAPPEN))


@pytest.mark.parametrize("wie", ["bezorger", "zendingverwerker"])
def test_who_stops_leaves_no_connection_behind(proef: Proef, wie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it was looking around: what a thread still holds when the engine is disposed of, nobody closes."""
    engine = maak_engine(proef.balie.engine.url.render_as_string(hide_password=False))
    kijkt, verder = threading.Event(), threading.Event()

    def traag(*_: object) -> dict[str, bool]:
        kijkt.set()
        verder.wait(30)
        return {}

    def verbonden() -> int:
        assert isinstance(engine.pool, QueuePool)
        return engine.pool.checkedout()

    async def speel() -> None:
        niets: Any = None
        deze = (
            Bezorger(engine, lambda: NU, _niemand)
            if wie == "bezorger"
            else Zendingverwerker(engine, niets, niets, niets, 1, 1)
        )
        deze.start()
        await asyncio.to_thread(kijkt.wait, 30)
        assert verbonden() == 1
        asyncio.get_running_loop().call_later(0.2, verder.set)
        await deze.stop()
        assert verbonden() == 0

    monkeypatch.setattr(tabel, "eindpunten", traag)
    monkeypatch.setattr(zendingen, "open_", traag)
    asyncio.run(speel())
    engine.dispose()


async def _niemand(url: str, data: bytes, soapactie: str) -> Antwoord:
    raise KanaalFout("Er is geen net.")


def bv03_op(data: bytes) -> Antwoord:
    """The answer of a sound receiver."""
    stuur = lees_soap(data).stuurgegevens
    assert stuur is not None
    return Antwoord(200, schrijf_soap(bevestig(stuur, lambda: str(uuid.uuid4()), NU)))


def test_two_that_push_at_once_push_each_message_once(proef: Proef) -> None:
    gekregen: Counter[str] = Counter()

    async def kanaal(url: str, data: bytes, soapactie: str) -> Antwoord:
        stuur = lees_soap(data).stuurgegevens
        assert stuur is not None
        gekregen[stuur.referentienummer] += 1
        await asyncio.sleep(0.01)
        return bv03_op(data)

    async def speel() -> None:
        bezorgers = [Bezorger(proef.balie.engine, lambda: NU, kanaal) for _ in range(3)]
        for een in bezorgers:
            een.start()
        async with asyncio.timeout(30):
            while await asyncio.to_thread(proef.open):
                await asyncio.sleep(0.01)
        for een in bezorgers:
            await een.stop()

    proef.leg_klaar(20)
    asyncio.run(speel())
    assert gekregen == Counter(proef.nummers)
    assert proef.rijen() == 0


def test_a_channel_that_breaks_is_a_failure_and_who_stops_lets_go(proef: Proef) -> None:
    """What is in hand at a stop is let go: the next start need not wait until its time is over."""
    begonnen = asyncio.Event()

    async def kanaal(url: str, data: bytes, soapactie: str) -> Antwoord:
        stuur = lees_soap(data).stuurgegevens
        assert stuur is not None
        match proef.nummers.index(stuur.referentienummer):
            case 0:
                raise KanaalFout("Er is geen net.")
            case 1:
                raise ZeroDivisionError("999900006")
        begonnen.set()
        await asyncio.sleep(600)
        raise AssertionError

    async def speel() -> None:
        bezorger = Bezorger(proef.balie.engine, lambda: NU, kanaal, systeem=lambda: NU)
        bezorger.start()
        await begonnen.wait()
        await bezorger.stop()

    proef.leg_klaar(3)
    asyncio.run(speel())
    redenen = {een.nummer: een.reden for een in vastgelopen(proef.balie.engine)}
    assert redenen[proef.nummers[0]] == "Er is geen net."
    assert "onverwacht" in redenen[proef.nummers[1]]
    assert "999900006" not in redenen[proef.nummers[1]]
    weer = proef.neem()
    assert weer is not None
    assert (weer.sleutel, weer.poging) == (proef.nummers[2], 2)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/",
        "https://",
        "gemeente.nl",
        "https://a:b@x/",
        "https://x/#a",
        "https://x/ a",
        "http://x:99999/",
        "http://é/",
    ],
)
def test_what_is_no_endpoint(proef: Proef, url: str) -> None:
    with pytest.raises(PartijFout, match="https://machine/pad"):
        zet_eindpunt(proef.balie.engine, proef.d.gemeente, url)


def test_only_a_gemeente_has_an_endpoint(proef: Proef) -> None:
    with pytest.raises(PartijFout, match="Alleen een gemeente"):
        zet_eindpunt(proef.balie.engine, proef.d.aanbieder, "https://x/")
    with pytest.raises(PartijFout, match="bestaat niet"):
        zet_eindpunt(proef.balie.engine, "9999", "https://x/")
