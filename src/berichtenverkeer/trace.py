"""Of which request all this is part, over the borders of processes and of nodes: W3C Trace Context.

A request that says of which trace it is part (``traceparent``) goes on in that; any other begins one. What goes outside because of
it, now or later, says so in turn. ``tracestate`` is not passed on: anything may stand there, of a person too.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

_VORM = re.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_ONGELDIG, _EIGEN_VERSIE = "ff", "00"
_BEMONSTERD = 1


class Trace(NamedTuple):
    """One step (span) in a trace: its number, that of the step it came of, and whether who began wants to see it recorded."""

    id: str
    span: str
    ouder: str | None = None
    bemonsterd: bool = True

    def kop(self) -> str:
        """As ``traceparent`` says it to who is asked something in this step."""
        return f"{_EIGEN_VERSIE}-{self.id}-{self.span}-{int(self.bemonsterd):02x}"

    def stap(self) -> "Trace":
        """A new step that comes of this one."""
        return Trace(self.id, secrets.token_hex(8), self.span, self.bemonsterd)


def lees(kop: str | None) -> Trace | None:
    """What a ``traceparent`` says: the step of who asks. None without one, or for one that is not sound."""
    vorm = _VORM.fullmatch(kop) if kop else None
    if vorm is None:
        return None
    versie, id_, span, vlaggen, meer = vorm.groups()
    if versie == _ONGELDIG or (versie == _EIGEN_VERSIE and meer) or not (id_.strip("0") and span.strip("0")):
        return None
    return Trace(id_, span, bemonsterd=bool(int(vlaggen, 16) & _BEMONSTERD))


def begin(kop: str | None = None) -> Trace:
    """A new step: of what this says, else the first of a trace of its own."""
    eerder = lees(kop)
    return eerder.stap() if eerder is not None else Trace(secrets.token_hex(16), secrets.token_hex(8))


class Soort(StrEnum):
    """What a step is to others, in the words of OpenTelemetry."""

    SERVER = "SERVER"
    """It was asked from outside."""

    INTERNAL = "INTERNAL"
    CLIENT = "CLIENT"
    """It asks something outside."""


@dataclass(slots=True)
class Stap:
    """A step, as it is told to who collects them. Moments are nanoseconds since 1970. Of ``naam`` and ``kenmerken`` the same holds as of a
    line in the log: nothing of a person."""

    naam: str
    trace: Trace
    soort: Soort
    begin: int = field(default_factory=time.time_ns)
    eind: int = 0
    kenmerken: dict[str, str | int] = field(default_factory=dict)
    mislukt: bool = False

    @property
    def ms(self) -> float:
        """Milliseconds that it took."""
        return round((self.eind - self.begin) / 1_000_000, 1)


_afnemers: list[Callable[[Stap], None]] = []


@contextmanager
def afgenomen(doe: Callable[[Stap], None]) -> Iterator[None]:
    """Meanwhile this is called with every step of this process that has ended, on the thread of that step."""
    _afnemers.append(doe)
    try:
        yield
    finally:
        _afnemers.remove(doe)


def meld(gedaan: Stap) -> None:
    """A step has ended."""
    gedaan.eind = gedaan.eind or time.time_ns()
    for doe in _afnemers:
        doe(gedaan)


_NU: ContextVar[Trace | None] = ContextVar("trace", default=None)


def huidig() -> Trace | None:
    """The step that is under way here."""
    return _NU.get()


def huidige_kop() -> str | None:
    """As ``traceparent`` says it."""
    nu = _NU.get()
    return nu.kop() if nu is not None else None


@contextmanager
def tijdens(stap: Trace) -> Iterator[None]:
    """While this step is under way."""
    vorig = _NU.set(stap)
    try:
        yield
    finally:
        _NU.reset(vorig)


@contextmanager
def stap(naam: str, deze: Trace, soort: Soort) -> Iterator[Stap]:
    """Do this step; what is done in it is part of it. One that ends in an error failed."""
    gaande = Stap(naam, deze, soort)
    with tijdens(deze):
        try:
            yield gaande
        except Exception:
            gaande.mislukt = True
            raise
        finally:
            meld(gaande)
