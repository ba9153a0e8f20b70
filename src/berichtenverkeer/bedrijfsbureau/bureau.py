"""The back-office of one hoofdaannemer, and how it reads and writes."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, Engine

from ..hoofdaannemer.dekking import Partner
from ..hoofdaannemer.handelen import Afspraken
from ..hoofdaannemer.keuzes import Keuzes
from ..hoofdaannemer.segment import Segmentlijst
from ..hoofdaannemer.tarief import Tarieflijst
from ..levensloop.kalender import Kalender
from ..opslag import teller
from ..opslag.bureau import hoofdaannemers
from ..opslag.database import lezend, schrijvend, vergrendel


@dataclass(frozen=True, slots=True)
class Bedrijfsbureau:
    """That of the hoofdaannemer with this code."""

    engine: Engine
    code: str
    kalender: Kalender


@dataclass(frozen=True)
class Zitting:
    """One connection, for one hoofdaannemer; what it agreed is read when it is first asked for."""

    verbinding: Connection
    code: str

    @cached_property
    def tarieven(self) -> Tarieflijst:
        """Tariffs and contributions."""
        return hoofdaannemers.tarieflijst(self.verbinding, self.code)

    @cached_property
    def segmenten(self) -> Segmentlijst:
        """Which products belong to which segment."""
        return hoofdaannemers.segmentlijst(self.verbinding, self.code)

    @cached_property
    def keuzes(self) -> Keuzes:
        """What it chose."""
        return hoofdaannemers.keuzes(self.verbinding, self.code)

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """With whom it works, by code."""
        return hoofdaannemers.partners(self.verbinding, self.code)

    @cached_property
    def afspraken(self) -> Afspraken:
        """What an act is held against."""
        return Afspraken(self.partners, self.segmenten, self.tarieven.klassen, self.keuzes)

    def noem(self, partner: str) -> str:
        """A partner by its name and code; one without a contract by its code."""
        bekend = self.partners.get(partner)
        return f"{bekend.naam} ({partner})" if bekend else partner


@contextmanager
def handelend(engine: Engine, code: str) -> Iterator[Zitting]:
    """A transaction in which something of this hoofdaannemer changes: nobody else changes it, and no message the toewijzingen that it
    reads. What it agreed is read before it holds up messages."""
    with samen_handelend(engine, {code}) as zittingen:
        yield zittingen[code]


@contextmanager
def samen_handelend(engine: Engine, codes: Collection[str]) -> Iterator[Mapping[str, Zitting]]:
    """The same for more hoofdaannemers at once, each with its own."""
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, {hoofdaannemers.slot(code) for code in codes})
        zittingen = {code: Zitting(verbinding, code) for code in sorted(codes)}
        for zitting in zittingen.values():
            assert zitting.afspraken
        teller.volgnummers(verbinding, 0)
        yield zittingen
        for code in zittingen:
            hoofdaannemers.gewijzigd(verbinding, code)


@contextmanager
def kijkend(engine: Engine, code: str) -> Iterator[Zitting]:
    """A connection to look with."""
    with lezend(engine) as verbinding:
        yield Zitting(verbinding, code)
