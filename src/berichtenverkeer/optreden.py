"""Who is doing what now, and of whom he or she sees something: what the log (NEN 7513) is told.

An ``Activiteit`` is a declaration: what is done, at a route, a page, a command or in the background. An ``Optreden`` is one time that
it is done. While one is under way, whatever reads a person from the database says so here (``zag``): the columns that hold a person
do that themselves (``opslag.personen``), so that no query can forget it. Where nothing is under way, nothing is noted.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from .trace import Trace, begin, huidig


class Actie(StrEnum):
    """What is done with data of a person, in the letters of NEN 7513."""

    MAKEN = "C"
    LEZEN = "R"
    WIJZIGEN = "U"
    VERWIJDEREN = "D"
    UITVOEREN = "E"
    """Something that takes data elsewhere: an export, a delivery, a command."""


@dataclass(frozen=True, slots=True)
class Activiteit:
    """What is done, as it is declared: its name, which does not change, and what it is done with.

    ``beheer``: it is an act of administration, noted whomever it is about. ``altijd``: looking is noted too when nobody was seen.
    Without ``personen`` it is all that there is and nobody in particular, such as a rebuild.
    ``bij_opname``: what takes a message in notes it in its own transaction; only a refusal is noted here.
    """

    naam: str
    actie: Actie
    object: str
    beheer: bool = False
    altijd: bool = False
    bij_opname: bool = False
    personen: bool = True


class Wie(NamedTuple):
    """Who acts: for which party, which user, and by what credential he or she was known."""

    partij: str | None = None
    gebruiker: str | None = None
    bewijs: str | None = None


_ONTHOUDEN = 100_000
"""How many persons of one time are remembered as noted; after that someone may be noted again."""


@dataclass(slots=True)
class Optreden:
    """One time that something is done. ``wie`` is asked when it is noted: who calls may be known later than that he calls."""

    activiteit: Activiteit
    wie: Callable[[], Wie] = Wie
    object: str = ""
    stap: Trace = field(default_factory=lambda: huidig() or begin())
    """Of which request it is part."""

    genoteerd: bool = False
    """Whether there is a row of it."""

    _gezien: dict[str, None] = field(default_factory=dict)
    _genoteerden: set[str] = field(default_factory=set)

    def zag(self, bsn: str) -> None:
        """This person was seen."""
        if self.activiteit.personen and bsn not in self._genoteerden:
            self._gezien[bsn] = None

    @property
    def gezien(self) -> Sequence[str]:
        """Who was seen and is not noted yet."""
        return list(self._gezien)

    def noteer(self, personen: Sequence[str]) -> None:
        """These are noted."""
        self.genoteerd = True
        for bsn in personen:
            self._gezien.pop(bsn, None)
        if len(self._genoteerden) + len(personen) > _ONTHOUDEN:
            self._genoteerden.clear()
        self._genoteerden.update(personen)


_NU: ContextVar[Optreden | None] = ContextVar("optreden", default=None)


def gaande() -> Optreden | None:
    """What is under way here."""
    return _NU.get()


def zag(bsn: str) -> None:
    """A person was read from the database, or asked for."""
    nu = _NU.get()
    if nu is not None:
        nu.zag(bsn)


@contextmanager
def tijdens(optreden: Optreden | None) -> Iterator[None]:
    """While this is under way; None for what is reckoned with persons who are not shown."""
    vorig = _NU.set(optreden)
    try:
        yield
    finally:
        _NU.reset(vorig)
