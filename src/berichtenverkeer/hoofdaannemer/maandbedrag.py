"""What one inzet comes to in one month, with the reckoning in Dutch (contract, Money).

A month is cut into pieces: a run of days with one tariff per month, what is paid by number (days or pieces), and days that have
no tariff. Each day of the inzet is in exactly one piece. What a piece of 0 has in ``berekening`` says why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..levensloop.rekenen.tekst import euro, geteld
from .keuzes import Deelmaand
from .looptijd import Looptijd, Maand
from .rond import rond
from .tarief import Eenheid, Tarief, Tarieflijst

_GEEN_TARIEF = "Voor deze dagen is geen tarief geladen: 0,00 euro. Komt het later, dan volgt een correctie."
_LAATSTE_ZONDER = (
    "Het tarief van de laatste dag telt, en dat is niet geladen: 0,00 euro. Komt het later, dan volgt een correctie."
)

Reeks = tuple[Looptijd, Tarief | None]


@dataclass(frozen=True, slots=True)
class Stuk:
    """A part of a month: ``dagen`` of the inzet from ``van`` to ``tot`` in it, ``tarief`` and ``bedrag`` in eurocent. ``aantal``
    is what counts of what was delivered; None where nothing is counted. Without a tariff both ``tarief`` and ``eenheid`` are None.
    """

    van: date
    tot: date
    dagen: int
    eenheid: Eenheid | None
    tarief: int | None
    aantal: int | None
    bedrag: int
    berekening: tuple[str, ...]


class Deel(NamedTuple):
    """What is asked: the days from ``van`` to ``tot`` of an inzet in this segment and klasse, all in ``maand``.

    ``geleverd`` is the number delivered in the month, None when nothing was entered. ``telt_elders``: under ``hele-maand`` the
    month counts with an earlier inzet of this partner on this toewijzing.
    """

    segment: str
    klasse: str
    maand: Maand
    van: date
    tot: date
    geleverd: int | None = None
    telt_elders: bool = False

    @property
    def periode(self) -> Looptijd:
        """Its days."""
        return Looptijd(self.van, self.tot)


@dataclass(frozen=True)
class Rekenaar:
    """Reckons with these tariffs, by this rule for part of a month. What was reckoned before is remembered: most inzetten of a
    klasse are alike."""

    tarieven: Tarieflijst
    deelmaand: Deelmaand
    _eerder: dict[Deel, tuple[Stuk, ...]] = field(default_factory=dict, repr=False, compare=False)
    _bedragen: dict[Deel, int] = field(default_factory=dict, repr=False, compare=False)

    def stukken(self, deel: Deel) -> tuple[Stuk, ...]:
        """The pieces of a part of a month, in order; together every day of it once."""
        gevonden = self._eerder.get(deel)
        if gevonden is None:
            gevonden = self._eerder[deel] = tuple(sorted(self._reken(deel), key=lambda stuk: stuk.van))
        return gevonden

    def bedrag(self, deel: Deel) -> int:
        """What the pieces come to, in eurocent."""
        bedrag = self._bedragen.get(deel)
        if bedrag is None:
            bedrag = self._bedragen[deel] = sum(stuk.bedrag for stuk in self.stukken(deel))
        return bedrag

    def per_maand(self, deel: Deel) -> bool:
        """Whether under ``hele-maand`` this part makes its month count: what the first day covered says, unless that is paid by
        number. Without a tariff it does: the first day decides, and a tariff that comes later pays it."""
        _, tarief = self.tarieven.reeksen(deel.segment, deel.klasse, deel.periode)[0]
        return tarief is None or tarief.eenheid is Eenheid.MAAND

    def _reken(self, deel: Deel) -> Iterator[Stuk]:
        reeksen = self.tarieven.reeksen(deel.segment, deel.klasse, deel.periode)
        if self.deelmaand is Deelmaand.NAAR_RATO:
            per_maand = [reeks for reeks in reeksen if _is_maand(reeks)]
            yield from (_naar_rato(periode, tarief.eurocent, deel.maand) for periode, tarief in per_maand if tarief)
            yield from _geteld(op_aantal(reeksen), deel.geleverd)
            return
        tarief = reeksen[0][1]
        if deel.telt_elders and self.per_maand(deel):
            yield _stuk(
                deel.periode,
                tarief,
                None,
                0,
                "De maand telt al mee bij de eerdere inzet van deze partner op deze toewijzing: 0,00 euro.",
            )
        elif not (tarief is not None and tarief.eenheid is Eenheid.MAAND):
            yield from self._zonder_maandtarief(deel, reeksen)
        elif self.deelmaand is Deelmaand.EERSTE_DAG and deel.van != deel.maand.eerste:
            yield _stuk(
                deel.periode,
                tarief,
                None,
                0,
                f"De eerste dag van {deel.maand.naam} valt niet in deze inzet: 0,00 euro.",
            )
        else:
            yield _stuk(
                deel.periode,
                tarief,
                None,
                tarief.eurocent,
                f"{deel.maand.naam.capitalize()} telt heel: {euro(tarief.eurocent)}.",
            )

    def _zonder_maandtarief(self, deel: Deel, reeksen: list[Reeks]) -> Iterator[Stuk]:
        """The day that decides has no tariff per month: days later in the month that do have one do not count."""
        yield from _geteld(op_aantal(reeksen), deel.geleverd)
        for periode, tarief in reeksen:
            if tarief is not None and tarief.eenheid is Eenheid.MAAND:
                waarom = f"De eerste dag bepaalt het tarief van {deel.maand.naam}, en die heeft geen tarief per maand: 0,00 euro."
                yield _stuk(periode, tarief, None, 0, waarom)


def hoogste_aantal(reeksen: Iterable[Reeks]) -> int | None:
    """How many days may have been delivered in these runs of an inzet in one month; None when no days are counted: its tariff is
    per piece or per month, or not known yet."""
    geteld_ = op_aantal(reeksen)
    laatste = geteld_[-1][1] if geteld_ else None
    if laatste is None or laatste.eenheid is not Eenheid.DAG:
        return None
    return sum(periode.dagen for periode, _ in geteld_)


def op_aantal(reeksen: Iterable[Reeks]) -> list[Reeks]:
    """The runs that are paid by number, or of which no tariff is known yet."""
    return [reeks for reeks in reeksen if not _is_maand(reeks)]


def _is_maand(reeks: Reeks) -> bool:
    return reeks[1] is not None and reeks[1].eenheid is Eenheid.MAAND


def _naar_rato(periode: Looptijd, tarief: int, maand: Maand) -> Stuk:
    bedrag = rond(Fraction(tarief * periode.dagen, maand.dagen))
    if periode.dagen == maand.dagen:
        zin = f"Heel {maand.naam}: {euro(tarief)}."
    else:
        precies = tarief * periode.dagen % maand.dagen == 0
        deel = f"{periode.dagen} van de {maand.dagen} dagen van {maand.naam}"
        zin = f"{deel} × {euro(tarief)} = {euro(bedrag)}{'' if precies else ', afgerond op hele centen'}."
    return Stuk(periode.van, periode.laatste, periode.dagen, Eenheid.MAAND, tarief, None, bedrag, (zin,))


def _stuk(periode: Looptijd, tarief: Tarief | None, aantal: int | None, bedrag: int, *zinnen: str) -> Stuk:
    eenheid, eurocent = (tarief.eenheid, tarief.eurocent) if tarief else (None, None)
    return Stuk(periode.van, periode.laatste, periode.dagen, eenheid, eurocent, aantal, bedrag, zinnen)


def _geteld(reeksen: list[Reeks], geleverd: int | None) -> Iterator[Stuk]:
    """What is paid by number, at the tariff of the last of these days; without one, a piece of 0 for each run."""
    if not reeksen:
        return
    laatste = reeksen[-1][1]
    if laatste is None:
        for periode, tarief in reeksen:
            aantal_hier = geleverd if periode == reeksen[-1][0] else None
            yield _stuk(periode, None, aantal_hier, 0, _GEEN_TARIEF if tarief is None else _LAATSTE_ZONDER)
        return
    dagen = sum(periode.dagen for periode, _ in reeksen)
    hoogste = dagen if laatste.eenheid is Eenheid.DAG else None
    aantal = geleverd or 0
    zinnen: list[str] = []
    if hoogste is not None and aantal > hoogste:
        zinnen.append(
            f"Geleverd is {geteld(aantal, 'dag', 'dagen')}, maar de inzet heeft in deze maand {geteld(hoogste, 'dag', 'dagen')}."
        )
        aantal = hoogste
    bedrag = laatste.eurocent * aantal
    if geleverd is None:
        zinnen.append("Er is nog geen aantal ingevoerd: 0,00 euro.")
    else:
        meer = "dagen" if laatste.eenheid is Eenheid.DAG else "stuks"
        zinnen.append(f"{geteld(aantal, laatste.eenheid, meer)} × {euro(laatste.eurocent)} = {euro(bedrag)}.")
    geteld_aantal = None if geleverd is None else aantal
    yield Stuk(
        reeksen[0][0].van, reeksen[-1][0].laatste, dagen, laatste.eenheid, laatste.eurocent, geteld_aantal, bedrag, tuple(zinnen)
    )  # fmt: skip
