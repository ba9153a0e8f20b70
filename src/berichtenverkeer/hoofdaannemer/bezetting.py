"""Occupancy: how full the awarded places are in a quarter (contract, Occupancy)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..levensloop.kalender import plus_dagen
from ..levensloop.levering import Levering
from ..woord import Woord
from .fouten import geweigerd
from .inzet import Ingezet
from .keuzes import BezettingOp, Keuzes
from .looptijd import Looptijd, Maand, samen
from .rond import afgerond
from .toegewezen import Toegewezen


class Kwartaal(NamedTuple):
    """A quarter of a year; as text ``2026-Q3``."""

    jaar: int
    nummer: int

    @classmethod
    def lees(cls, tekst: str) -> "Kwartaal":
        """The quarter that ``2026-Q3`` names. Raises ``ValueError`` when it names none."""
        jaar, _, nummer = tekst.partition("-Q")
        if not (len(jaar) == 4 and jaar.isascii() and jaar.isdigit() and int(jaar) and nummer in ("1", "2", "3", "4")):
            raise ValueError(f"{tekst!r} is geen kwartaal; schrijf het als 2026-Q3.")
        return cls(int(jaar), int(nummer))

    def __str__(self) -> str:
        return f"{self.jaar:04}-Q{self.nummer}"

    @property
    def looptijd(self) -> Looptijd:
        """All of its days."""
        return Looptijd(Maand(self.jaar, 3 * self.nummer - 2).eerste, Maand(self.jaar, 3 * self.nummer).laatste)


@dataclass(frozen=True, slots=True)
class Plekken:
    """Places that a gemeente awarded in a segment; ``partner`` has a share of them, None for all. Raises ``Geweigerd`` for a
    negative number and for a row that ends before it begins."""

    gemeente: str
    segment: str
    partner: str | None
    aantal: int
    van: date
    tot: date | None = None

    def __post_init__(self) -> None:
        if self.aantal < 0:
            raise geweigerd("aantal", "Een aantal plekken is niet negatief.", "Vul 0 of meer.")
        if self.tot is not None and self.tot < self.van:
            raise geweigerd("tot", f"De rij eindigt ({self.tot}) voor zij begint ({self.van}).")


class Groep(NamedTuple):
    """Of what the occupancy is: what is None is taken together."""

    gemeente: str | None
    segment: str | None
    partner: str | None = None


PER = ("gemeente", "segment")
"""By what the rows are, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Bezet:
    """The days on which one client takes a place: ``perioden`` do not touch each other, and each has an end or not."""

    groep: Groep
    bsn: str
    perioden: tuple[Looptijd, ...]


class Bezettingsignaal(Woord):
    """What threatens."""

    ONDER = "onder", "te weinig bezet"
    OVER = "over", "te veel bezet"


@dataclass(frozen=True, slots=True)
class Cijfers:
    """Occupancy over a number of days. ``graad`` is None without places."""

    dagen: int
    clientdagen: int
    bezetting: Decimal
    plekken: Decimal
    graad: Decimal | None
    signaal: Bezettingsignaal | None


@dataclass(frozen=True, slots=True)
class Bezetting:
    """One row: up to and including today, and as ``prognose`` the whole quarter, None when that is over."""

    groep: Groep
    kwartaal: Kwartaal
    cijfers: Cijfers
    prognose: Cijfers | None


def geleverde_dagen(levering: Levering, toegewezen: Toegewezen) -> tuple[Looptijd, ...]:
    """The days on which a toewijzing was being delivered: from the Begindatum of a start to the Einddatum of its stop, be that a
    temporary one, within its validity. Without a stop until its Einddatum."""
    geldig = toegewezen.geldig
    if geldig is None:
        return ()
    uit = []
    for start in levering.starts:
        einde = min((stop.Einddatum for stop in levering.stops_van(start)), default=None)
        if einde is None or start.Begindatum <= einde:
            uit.append(Looptijd(start.Begindatum, einde).doorsnede(geldig))
    return samen(periode for periode in uit if periode is not None)


def tellende_dagen(levering: Levering, toegewezen: Toegewezen, keuzes: Keuzes) -> tuple[Looptijd, ...]:
    """The days of a toewijzing that count, by the setting ``bezetting-op``."""
    if keuzes.bezetting_op is BezettingOp.LEVERING:
        return geleverde_dagen(levering, toegewezen)
    return (toegewezen.geldig,) if toegewezen.geldig is not None else ()


def bezet(
    toewijzingen: Iterable[tuple[Toegewezen, str | None, Sequence[Looptijd], Sequence[Ingezet]]],
) -> list[Bezet]:
    """Who takes a place when: of each toewijzing its segment, the days that count and its inzetten. A client counts once on a day,
    on however many toewijzingen; for a partner on the days of its inzetten."""
    dagen: dict[tuple[Groep, str], list[Looptijd]] = defaultdict(list)
    for toegewezen, segment, perioden, ingezet in toewijzingen:
        if segment is None:
            continue
        groep = Groep(toegewezen.kenmerk.gemeente, segment)
        dagen[groep, toegewezen.bsn].extend(perioden)
        for een in ingezet:
            if een.effectief is not None:
                deel = [d for periode in perioden if (d := periode.doorsnede(een.effectief)) is not None]
                dagen[groep._replace(partner=een.inzet.partner), toegewezen.bsn].extend(deel)
    return [Bezet(groep, bsn, samen(perioden)) for (groep, bsn), perioden in dagen.items() if perioden]


def bezetting(
    bezetten: Iterable[Bezet],
    plekken: Iterable[Plekken],
    kwartaal: Kwartaal,
    keuzes: Keuzes,
    vandaag: date,
    *,
    per: Collection[str] = PER,
) -> list[Bezetting]:
    """The rows of a quarter as of today, ``per`` gemeente, segment and partner or some of these: for each that has places or clients
    in it. Who takes places in more segments counts in each, also where these are taken together."""
    geheel = kwartaal.looptijd
    van_belang = Looptijd(min(vandaag, geheel.van), geheel.laatste)
    clienten: dict[Groep, list[tuple[Looptijd, ...]]] = defaultdict(list)
    for een in bezetten:
        if _hoort(een.groep, per) and any(periode.doorsnede(van_belang) for periode in een.perioden):
            clienten[_per(een.groep, per)].append(een.perioden)
    toegekend: dict[Groep, list[Plekken]] = defaultdict(list)
    for rij in plekken:
        groep = Groep(rij.gemeente, rij.segment, rij.partner)
        if _hoort(groep, per) and Looptijd(rij.van, rij.tot).doorsnede(geheel):
            toegekend[_per(groep, per)].append(rij)
    groepen = sorted(clienten.keys() | toegekend.keys(), key=lambda groep: [deel or "" for deel in groep])
    return [_rij(groep, clienten, toegekend, kwartaal, keuzes, vandaag) for groep in groepen]


def _hoort(groep: Groep, per: Collection[str]) -> bool:
    """What is of a partner counts only where partners are asked for: all together are counted apart."""
    return (groep.partner is not None) is ("partner" in per)


def _per(groep: Groep, per: Collection[str]) -> Groep:
    return Groep(*(deel if naam in per else None for naam, deel in zip(Groep._fields, groep, strict=True)))


def _rij(
    groep: Groep,
    clienten: Mapping[Groep, Sequence[tuple[Looptijd, ...]]],
    toegekend: Mapping[Groep, Sequence[Plekken]],
    kwartaal: Kwartaal,
    keuzes: Keuzes,
    vandaag: date,
) -> Bezetting:
    geheel = kwartaal.looptijd
    wie, rijen = clienten.get(groep, ()), toegekend.get(groep, ())
    tot_nu = Looptijd(geheel.van, min(vandaag, geheel.laatste)) if vandaag >= geheel.van else None
    clientdagen = _som(wie, tot_nu)
    nu = _cijfers(tot_nu, clientdagen, rijen, keuzes)
    if vandaag > geheel.laatste:
        return Bezetting(groep, kwartaal, nu, None)
    te_gaan = Looptijd(max(plus_dagen(vandaag, 1), geheel.van), geheel.laatste).dagen if vandaag < geheel.laatste else 0
    vandaag_bezet = sum(any(vandaag in periode for periode in perioden) for perioden in wie)
    return Bezetting(groep, kwartaal, nu, _cijfers(geheel, clientdagen + vandaag_bezet * te_gaan, rijen, keuzes))


def _som(wie: Iterable[Iterable[Looptijd]], binnen: Looptijd | None) -> int:
    """Pairs of client and day."""
    if binnen is None:
        return 0
    return sum(
        deel.dagen for perioden in wie for periode in perioden if (deel := periode.doorsnede(binnen)) is not None
    )


def _cijfers(binnen: Looptijd | None, clientdagen: int, rijen: Iterable[Plekken], keuzes: Keuzes) -> Cijfers:
    if binnen is None:
        return Cijfers(0, 0, Decimal("0.00"), Decimal("0.00"), None, None)
    plekdagen = sum(
        rij.aantal * deel.dagen for rij in rijen if (deel := Looptijd(rij.van, rij.tot).doorsnede(binnen)) is not None
    )
    graad = Fraction(clientdagen, plekdagen) if plekdagen else None
    return Cijfers(
        binnen.dagen,
        clientdagen,
        afgerond(Fraction(clientdagen, binnen.dagen), 2),
        afgerond(Fraction(plekdagen, binnen.dagen), 2),
        afgerond(graad, 4) if graad is not None else None,
        _signaal(graad, keuzes),
    )


def _signaal(graad: Fraction | None, keuzes: Keuzes) -> Bezettingsignaal | None:
    """On the unrounded graad."""
    if graad is None:
        return None
    if graad < Fraction(keuzes.deel("bezetting-onder")):
        return Bezettingsignaal.ONDER
    return Bezettingsignaal.OVER if graad > Fraction(keuzes.deel("bezetting-over")) else None
