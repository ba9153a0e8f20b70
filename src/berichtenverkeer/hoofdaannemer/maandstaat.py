"""What one partner may invoice over one month: lines, corrections of months that were fixed, contributions (contract, Money).

A fixed maandstaat is a value that never changes. What later facts make of its month is told by the next one: so the sum of
``totaal`` over all that is fixed is what the present facts give, as soon as the corrections are fixed too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..levensloop.rekenen.tekst import euro
from ..standaard.domein import Domein
from ..woord import Woord
from .fouten import Botsing, geweigerd
from .inzet import Ingezet
from .keuzes import Deelmaand
from .looptijd import Maand
from .maandbedrag import Deel, Rekenaar
from .rond import rond
from .tarief import Eenheid, Tarieflijst


class Maandstaattoestand(Woord):
    """Whether a maandstaat can still come out differently."""

    CONCEPT = "concept", "kan nog anders worden"
    VASTGESTELD = "vastgesteld", "blijft zoals hij is; wat later blijkt, wordt een correctie"


@dataclass(frozen=True, slots=True)
class Regel:
    """One line: days of one inzet in the month at one tariff. ``tarief`` and ``bedrag`` are eurocent."""

    inzet: str
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    segment: str
    klasse: str
    eenheid: Eenheid | None
    van: date
    tot: date
    dagen: int
    aantal: int | None
    tarief: int | None
    bedrag: int
    berekening: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correctie:
    """What a fixed month comes to more or less for one inzet, in eurocent."""

    maand: Maand
    inzet: str
    bedrag: int
    berekening: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bijdrageregel:
    """The contribution over a month and segment, in eurocent. Over an earlier month it is what that is more or less."""

    maand: Maand
    segment: str
    percentage: Decimal | None
    grondslag: int
    bedrag: int


@dataclass(frozen=True, slots=True)
class Maandstaat:
    """What one partner may invoice over one month. ``deelmaand`` is the rule it was reckoned by; once fixed it has a number."""

    maand: Maand
    partner: str
    toestand: Maandstaattoestand
    nummer: str | None
    deelmaand: Deelmaand
    regels: tuple[Regel, ...]
    correcties: tuple[Correctie, ...]
    bijdragen: tuple[Bijdrageregel, ...]

    @property
    def per_inzet(self) -> Mapping[str, int]:
        """What the lines of each inzet come to, in eurocent."""
        uit: dict[str, int] = defaultdict(int)
        for regel in self.regels:
            uit[regel.inzet] += regel.bedrag
        return uit

    @property
    def subtotaal(self) -> int:
        """The lines, in eurocent."""
        return sum(regel.bedrag for regel in self.regels)

    @property
    def correctie(self) -> int:
        """The corrections, in eurocent."""
        return sum(correctie.bedrag for correctie in self.correcties)

    @property
    def totaal(self) -> int:
        """Lines and corrections less contributions, in eurocent."""
        return self.subtotaal + self.correctie - sum(bijdrage.bedrag for bijdrage in self.bijdragen)

    @property
    def leeg(self) -> bool:
        """Whether there is nothing on it."""
        return not (self.regels or self.correcties or self.bijdragen)


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A maandstaat that was fixed, without its lines: all that later months need of it, and of years of months much less."""

    maand: Maand
    nummer: str | None
    deelmaand: Deelmaand
    per_inzet: Mapping[str, int]
    correcties: tuple[Correctie, ...]
    bijdragen: tuple[Bijdrageregel, ...]


Vast = Maandstaat | Samenvatting
"""A maandstaat that was fixed, whole or summed up."""


class _Loopt(NamedTuple):
    een: Ingezet
    id: str
    segment: str
    klasse: str
    van: date
    tot: date


@dataclass(frozen=True)
class Feiten:
    """What there is to reckon with: the inzetten of a hoofdaannemer, its tariffs, and what was delivered by inzet and month."""

    ingezet: tuple[Ingezet, ...]
    tarieven: Tarieflijst
    geleverd: Mapping[tuple[str, Maand], int] = field(default_factory=dict)
    _rekenaars: dict[Deelmaand, Rekenaar] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _per_partner(self) -> Mapping[str, Sequence[_Loopt]]:
        """What runs of each partner."""
        uit: dict[str, list[_Loopt]] = defaultdict(list)
        for een in self.ingezet:
            if een.effectief is not None and een.segment is not None:
                inzet, dagen = een.inzet, een.effectief
                uit[inzet.partner].append(_Loopt(een, inzet.id, een.segment, inzet.klasse, dagen.van, dagen.laatste))
        return uit

    @property
    def partners(self) -> frozenset[str]:
        """The partners with an inzet that runs, ran or will run."""
        return frozenset(self._per_partner)

    def delen(self, partner: str, maand: Maand, deelmaand: Deelmaand) -> list[tuple[Ingezet, Deel]]:
        """What the inzetten of a partner have of a month. Those that have all of it are alike, and most do."""
        eerste, laatste, aantal = maand.eerste, maand.laatste, self.geleverd.get
        heel: dict[tuple[str, str], Deel] = {}
        delen: list[tuple[Ingezet, Deel]] = []
        for een, id_, segment, klasse, van, tot in self._per_partner.get(partner, ()):
            if van > laatste or tot < eerste:
                continue
            geleverd = aantal((id_, maand)) if self.geleverd else None
            if van > eerste or tot < laatste or geleverd is not None:
                deel = Deel(segment, klasse, maand, max(van, eerste), min(tot, laatste), geleverd)
            elif (gevonden := heel.get((segment, klasse))) is not None:
                deel = gevonden
            else:
                deel = heel[segment, klasse] = Deel(segment, klasse, maand, eerste, laatste)
            delen.append((een, deel))
        return _eenmaal(delen, self.rekenaar(deelmaand)) if deelmaand is Deelmaand.HELE_MAAND else delen

    def rekenaar(self, deelmaand: Deelmaand) -> Rekenaar:
        """The reckoner by this rule; one, so that it remembers."""
        if deelmaand not in self._rekenaars:
            self._rekenaars[deelmaand] = Rekenaar(self.tarieven, deelmaand)
        return self._rekenaars[deelmaand]


def _eenmaal(delen: list[tuple[Ingezet, Deel]], rekenaar: Rekenaar) -> list[tuple[Ingezet, Deel]]:
    """Under ``hele-maand`` a month counts once for one partner on one toewijzing, with what came first. What overlaps on purpose
    did not come one after the other: each counts by itself (contract, Settled at the edges)."""
    eindes: dict[str, date] = {}
    for een, deel in delen:
        if rekenaar.per_maand(deel):
            eerste = eindes.get(een.inzet.toewijzing, deel.tot)
            eindes[een.inzet.toewijzing] = min(eerste, deel.tot)
    return [
        (een, deel._replace(telt_elders=eindes.get(een.inzet.toewijzing, deel.tot) < deel.van)) for een, deel in delen
    ]


def regels(feiten: Feiten, partner: str, maand: Maand, deelmaand: Deelmaand) -> tuple[Regel, ...]:
    """The lines of a partner and month by the present facts, by gemeente, toewijzing and day."""
    rekenaar = feiten.rekenaar(deelmaand)
    uit = [
        Regel(
            een.inzet.id, *een.toegewezen.kenmerk, deel.segment, deel.klasse, stuk.eenheid, stuk.van, stuk.tot, stuk.dagen,
            stuk.aantal, stuk.tarief, stuk.bedrag, stuk.berekening,
        )
        for een, deel in feiten.delen(partner, maand, deelmaand)
        for stuk in rekenaar.stukken(deel)
    ]  # fmt: skip
    return tuple(sorted(uit, key=lambda r: (r.gemeente, r.domein, r.toewijzingnummer, r.van, r.inzet)))


def bijdrage(feiten: Feiten, maand: Maand, segment: str, grondslag: int) -> Bijdrageregel:
    """The contribution over so many eurocent of a segment, at the percentage of the first day of the month."""
    percentage = feiten.tarieven.percentage(segment, maand.eerste)
    bedrag = 0
    if percentage is not None:
        teller, noemer = percentage.as_integer_ratio()
        bedrag = rond(Fraction(grondslag * teller, noemer * 100))
    return Bijdrageregel(maand, segment, percentage, grondslag, bedrag)


def bijdragen(feiten: Feiten, maand: Maand, van: Iterable[Regel]) -> tuple[Bijdrageregel, ...]:
    """The contributions over lines of one month, one a segment that has a percentage."""
    per_segment: dict[str, int] = defaultdict(int)
    for regel in van:
        per_segment[regel.segment] += regel.bedrag
    alle = (bijdrage(feiten, maand, segment, grondslag) for segment, grondslag in sorted(per_segment.items()))
    return tuple(een for een in alle if een.percentage is not None)


@dataclass(frozen=True, slots=True)
class _Som:
    """What a month comes to: by inzet, and by segment the grondslag and the contribution."""

    per_inzet: Mapping[str, int]
    grondslag: Mapping[str, int]
    bijdrage: Mapping[str, int]


def _nu(feiten: Feiten, partner: str, maand: Maand, deelmaand: Deelmaand) -> _Som:
    """By the present facts: the same as ``regels`` and ``bijdragen``, without the lines."""
    rekenaar = feiten.rekenaar(deelmaand)
    per_inzet: dict[str, int] = {}
    grondslag: dict[str, int] = defaultdict(int)
    for een, deel in feiten.delen(partner, maand, deelmaand):
        bedrag = rekenaar.bedrag(deel)
        per_inzet[een.inzet.id] = bedrag
        grondslag[deel.segment] += bedrag
    per_segment = {segment: bijdrage(feiten, maand, segment, som) for segment, som in grondslag.items()}
    return _Som(
        per_inzet,
        {segment: een.grondslag for segment, een in per_segment.items() if een.percentage is not None},
        {segment: een.bedrag for segment, een in per_segment.items()},
    )


def _was(vast: Sequence[Vast]) -> Mapping[Maand, _Som]:
    """What was fixed of each month, with what was corrected of it since."""
    per_inzet: dict[Maand, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    grondslag: dict[Maand, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    bedrag: dict[Maand, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for staat in vast:
        for inzet, som in staat.per_inzet.items():
            per_inzet[staat.maand][inzet] += som
        for correctie in staat.correcties:
            per_inzet[correctie.maand][correctie.inzet] += correctie.bedrag
        for een in staat.bijdragen:
            grondslag[een.maand][een.segment] += een.grondslag
            bedrag[een.maand][een.segment] += een.bedrag
    return {staat.maand: _Som(per_inzet[staat.maand], grondslag[staat.maand], bedrag[staat.maand]) for staat in vast}


def correcties(
    feiten: Feiten, partner: str, vast: Sequence[Vast]
) -> tuple[tuple[Correctie, ...], tuple[Bijdrageregel, ...]]:
    """What the fixed months of a partner come to more or less by the present facts: by month and inzet, and the contributions by
    month and segment. ``vast`` are all maandstaten of this partner that were fixed. Nothing is left once they are fixed."""
    was = _was(vast)
    uit: list[Correctie] = []
    bij: list[Bijdrageregel] = []
    for staat in sorted(vast, key=lambda staat: staat.maand):
        maand = staat.maand
        eerder, nu = was[maand], _nu(feiten, partner, maand, staat.deelmaand)
        gezegd: dict[tuple[int, int], tuple[str]] = {}
        for inzet in sorted({inzet for inzet, _ in eerder.per_inzet.items() ^ nu.per_inzet.items()}):
            oud, nieuw = eerder.per_inzet.get(inzet, 0), nu.per_inzet.get(inzet, 0)
            if oud != nieuw:
                if (oud, nieuw) not in gezegd:
                    gezegd[oud, nieuw] = (_verschil(staat, oud, nieuw),)
                uit.append(Correctie(maand, inzet, nieuw - oud, gezegd[oud, nieuw]))
        for segment in sorted(eerder.bijdrage.keys() | nu.bijdrage.keys()):
            verschil = nu.bijdrage.get(segment, 0) - eerder.bijdrage.get(segment, 0)
            if verschil:
                percentage = feiten.tarieven.percentage(segment, maand.eerste)
                grondslag = nu.grondslag.get(segment, 0) - eerder.grondslag.get(segment, 0)
                bij.append(Bijdrageregel(maand, segment, percentage, grondslag, verschil))
    return tuple(uit), tuple(bij)


def _verschil(staat: Vast, oud: int, nieuw: int) -> str:
    return (
        f"{staat.maand.naam.capitalize()} komt nu op {euro(nieuw)}; vastgesteld ({staat.nummer}) en gecorrigeerd is {euro(oud)}: "
        f"{euro(nieuw - oud)}."
    )


def concept(feiten: Feiten, partner: str, maand: Maand, vast: Sequence[Maandstaat], deelmaand: Deelmaand) -> Maandstaat:
    """The maandstaat of a partner and month as it stands: the fixed one when there is one, else what it would hold now."""
    for staat in vast:
        if staat.maand == maand:
            return staat
    return maak_op(feiten, partner, maand, vast, deelmaand)


def maak_op(feiten: Feiten, partner: str, maand: Maand, vast: Sequence[Vast], deelmaand: Deelmaand) -> Maandstaat:
    """What the maandstaat of a month that was not fixed would hold now, corrections of the fixed months of this partner (``vast``)
    included."""
    eigen = regels(feiten, partner, maand, deelmaand)
    gecorrigeerd, bij = correcties(feiten, partner, vast)
    eigen_bijdragen = bijdragen(feiten, maand, eigen)
    return Maandstaat(
        maand, partner, Maandstaattoestand.CONCEPT, None, deelmaand, eigen, gecorrigeerd, (*eigen_bijdragen, *bij)
    )


def stel_vast(
    feiten: Feiten, partner: str, maand: Maand, vast: Sequence[Vast], deelmaand: Deelmaand, vandaag: date
) -> Maandstaat:
    """Fix the maandstaat of a partner and month: once, and when the month is over. Its number counts what was fixed for the partner.

    Raises ``Botsing`` when it was fixed before, ``Geweigerd`` when the month is not over.
    """
    for eerder in vast:
        if eerder.maand == maand:
            raise Botsing(f"De maandstaat over {maand.naam} is al vastgesteld: {eerder.nummer}.")
    if vandaag <= maand.laatste:
        raise geweigerd(
            "maand", f"{maand.naam.capitalize()} is nog niet voorbij.", f"Stel haar vast na {maand.laatste}."
        )
    staat = maak_op(feiten, partner, maand, vast, deelmaand)
    return replace(staat, toestand=Maandstaattoestand.VASTGESTELD, nummer=f"{maand}/{partner}/{len(vast) + 1}")
