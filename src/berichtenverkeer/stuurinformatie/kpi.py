"""What a figure is: its declaration, from which both its numbers and the rows behind them are made, so that they cannot differ.

``telt`` says which facts it counts and ``ruw`` what it takes of each. Both are run on columns, and then the database counts how often each
value occurs; and on values, in a doctest. ``maat`` makes of what was taken what a fact is worth, in Python for both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from ..levensloop.kalender import Kalender
from .tijd import Tijdvak, Werkdagen


class Eenheid(StrEnum):
    """In what a figure is told."""

    AANTAL = "aantal"
    DAGEN = "dagen"
    WERKDAGEN = "werkdagen"
    AANDEEL = "aandeel"
    EUROCENT = "eurocent"


class Bron(StrEnum):
    """What one fact of a figure is."""

    BEGIN = "traject dat begint"
    LAATSTE = "traject dat eindigt"
    LOPEND = "traject op een dag"
    TOEWIJZING = "toewijzing"
    STOP = "definitieve stop"
    VERZOEK = "verzoek"
    BERICHT = "heenbericht"
    ANTWOORD = "heenbericht met zijn retour"
    BEVINDING = "bevinding"
    LOOPTIJD = "toewijzing met een maximum"
    AFKEUR = "afgewezen combinatie"
    INZET = "cliënt met een inzet"
    PLEK = "geleverde dagen en plekken"
    MARGE = "bedrag van een maand"
    LUMPSUM = "bedrag en lumpsum van een jaar"


CLIENTEN = ("domein", "gemeente", "aanbieder", "form", "product", "maand", "kwartaal")
DOORGEGEVEN = ("segment", "partner")
BERICHTEN = ("domein", "gemeente", "aanbieder", "berichtsoort", "maand", "kwartaal")

IEDER = ("gemeente", "aanbieder", "hoofdaannemer")
HOOFDAANNEMER = ("hoofdaannemer",)
MET_PARTNER = ("hoofdaannemer", "onderaannemer")


class Meting(NamedTuple):
    """What a fact is worth: a ``waarde`` (days, eurocent; 1 for a number), or ``teller`` of ``noemer``; ``apart`` is what is left out."""

    waarde: int | None = None
    teller: int | None = None
    noemer: int | None = None
    apart: bool = False


class Omgeving(Protocol):
    """What a measure asks besides the fact: settings, and the calendar."""

    @property
    def werkdagen(self) -> Werkdagen:
        """Which days are working days."""

    def wachtnorm(self, gemeente: str, categorie: str | None) -> int:
        """How many days one may wait for care of this form."""

    def uitval(self, domein: str, gemeente: str) -> frozenset[str]:
        """The redenen that count as ended by one side."""


class Leeg:
    """A value that is not there, where the facts of a doctest have none: it compares as in a query."""

    def __ge__(self, _: object) -> bool:
        return False

    __le__ = __gt__ = __lt__ = __ge__


LEEG = Leeg()


class Feit:
    """The values of a fact, as a doctest has them."""

    def __init__(self, **waarden: Any) -> None:
        self.__dict__.update(waarden)

    def __getattr__(self, naam: str) -> Any:
        return LEEG


def leeg(waarde: Any) -> Any:
    """Whether there is no value; of a column the condition that says so."""
    return waarde.is_(None) if hasattr(waarde, "is_") else waarde is LEEG or waarde is None


def _aantal(_: tuple[Any, ...], __: Omgeving) -> Meting:
    return Meting(waarde=1)


def een(*_: Any) -> tuple[Any, ...]:
    """Nothing is taken of a fact: it is counted."""
    return ()


def aandeel(goed: bool) -> Meting:
    """One that is good or not."""
    return Meting(teller=int(goed), noemer=1)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure. ``definitie``, ``grens`` (what it does not say, and where it stops) and ``naam`` are read by people; ``herkomst`` is where its definition comes from.

    ``op`` is the day of a fact on which its partner is looked up, ``datums`` the days that are shown of it. ``termijn`` is how many
    working days there are for it. ``verborgen``: a cell of few clients is hidden.
    """

    code: str
    naam: str
    definitie: str
    grens: str
    herkomst: str
    eenheid: Eenheid
    bron: Bron
    telt: Callable[[Any, Tijdvak, Werkdagen], Any] = lambda *_: True
    ruw: Callable[[Any, Tijdvak], tuple[Any, ...]] = een
    goed: Callable[[Any, Tijdvak], Any] | None = None
    """Which of the facts that count are good, where the database can say that: all that is taken then is whether it is."""

    maat: Callable[[tuple[Any, ...], Omgeving], Meting] = _aantal
    op: str | None = None
    datums: tuple[str, ...] = ()
    per: tuple[str, ...] = CLIENTEN + DOORGEGEVEN
    eigen: tuple[str, ...] = ()
    voor: tuple[str, ...] = IEDER
    termijn: int | None = None
    verborgen: bool = True
    wacht: bool = False
    """Whether it is about who waits: what the productcodelijst calls taakgericht does not."""

    van_alle: str | None = None
    """The own key over whose values a group is a part of the whole."""

    extra: tuple[str, ...] = ()
    """Fields that its groups have besides."""

    @property
    def neemt(self) -> bool:
        """Whether anything is taken of a fact; else facts are only counted."""
        return self.goed is not None or self.ruw is not een

    @property
    def uitleg(self) -> Mapping[str, Any]:
        """Its row in the catalogue."""
        return {
            "code": self.code,
            "naam": self.naam,
            "definitie": self.definitie,
            "bron": self.herkomst,
            "eenheid": str(self.eenheid),
            "per": [*self.per, *(naam for naam in self.eigen if naam not in self.per)],
            "voor": list(self.voor),
        }


@dataclass(slots=True)
class Vast:
    """The surroundings of a doctest: default settings."""

    werkdagen: Werkdagen
    redenen: frozenset[str] = field(default_factory=lambda: frozenset({"21", "32"}))
    norm: int = 42

    def wachtnorm(self, gemeente: str, categorie: str | None) -> int:
        """The default."""
        return self.norm

    def uitval(self, domein: str, gemeente: str) -> frozenset[str]:
        """The default."""
        return self.redenen


def proef(kpi: Kpi, feit: Feit, van: str, tot: str, **instellingen: Any) -> Meting | None:
    """What one fact is worth over a period, for a doctest; None when it does not count."""
    eerste, laatste = date.fromisoformat(van), date.fromisoformat(tot)
    vast = Vast(Werkdagen(Kalender(), eerste - timedelta(400), laatste + timedelta(31)), **instellingen)
    tijdvak = Tijdvak.dagen(eerste, laatste)
    if not kpi.telt(feit, tijdvak, vast.werkdagen):
        return None
    return kpi.maat((kpi.goed(feit, tijdvak),) if kpi.goed else kpi.ruw(feit, tijdvak), vast)


def dag(tekst: str) -> int:
    """The number of a day."""
    return date.fromisoformat(tekst).toordinal()
