"""What a gemeente pays the hoofdaannemer each month of a year, and what it paid (contract, Money, Betaalschema)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .fouten import geweigerd
from .looptijd import Maand

_MAANDEN = 12


@dataclass(frozen=True, slots=True)
class Lumpsum:
    """The amount of a year for a segment in a gemeente, in eurocent. Raises ``Geweigerd`` when it is negative."""

    gemeente: str
    segment: str
    jaar: int
    bedrag: int

    def __post_init__(self) -> None:
        if self.bedrag < 0:
            raise geweigerd("euro", "Een lumpsum is niet negatief.", "Vul 0 of meer.")


@dataclass(frozen=True, slots=True)
class Betaling:
    """What a gemeente paid over a month for a segment, in eurocent. Raises ``Geweigerd`` when it is negative."""

    gemeente: str
    segment: str
    maand: Maand
    bedrag: int

    def __post_init__(self) -> None:
        if self.bedrag < 0:
            raise geweigerd("euro", "Een betaling is niet negatief.", "Vul 0 of meer.")


@dataclass(frozen=True, slots=True)
class Segmentdeel:
    """A month of one segment, in eurocent."""

    segment: str
    bedrag: int
    betaald: int


@dataclass(frozen=True, slots=True)
class Maanddeel:
    """A month of a betaalschema, by segment."""

    maand: Maand
    segmenten: tuple[Segmentdeel, ...]

    @property
    def bedrag(self) -> int:
        """What is to be paid, in eurocent."""
        return sum(deel.bedrag for deel in self.segmenten)

    @property
    def betaald(self) -> int:
        """What was paid, in eurocent."""
        return sum(deel.betaald for deel in self.segmenten)


@dataclass(frozen=True, slots=True)
class Betaalschema:
    """The twelve months of one gemeente and year."""

    gemeente: str
    jaar: int
    maanden: tuple[Maanddeel, ...]

    @property
    def bedrag(self) -> int:
        """The whole year, in eurocent: exactly the lumpsums."""
        return sum(maand.bedrag for maand in self.maanden)

    @property
    def betaald(self) -> int:
        """What was paid of it, in eurocent."""
        return sum(maand.betaald for maand in self.maanden)


def in_twaalven(bedrag: int) -> tuple[int, ...]:
    """Twelve equal parts, the rest of the division in the last.

    >>> in_twaalven(1_000)[0], in_twaalven(1_000)[-1]
    (83, 87)
    """
    deel, rest = divmod(bedrag, _MAANDEN)
    return (*[deel] * (_MAANDEN - 1), deel + rest)


def betaalschema(gemeente: str, jaar: int, lumpsums: Iterable[Lumpsum], betalingen: Iterable[Betaling]) -> Betaalschema:
    """The scheme of one gemeente and year; a segment stands in it when it has a lumpsum or was paid for."""
    delen: dict[str, tuple[int, ...]] = {}
    for een in lumpsums:
        if (een.gemeente, een.jaar) == (gemeente, jaar):
            delen[een.segment] = in_twaalven(een.bedrag)
    betaald: dict[tuple[str, Maand], int] = defaultdict(int)
    for betaling in betalingen:
        if betaling.gemeente == gemeente and betaling.maand.jaar == jaar:
            betaald[betaling.segment, betaling.maand] += betaling.bedrag
    segmenten = sorted({*delen, *(segment for segment, _ in betaald)})
    niets = (0,) * _MAANDEN
    return Betaalschema(
        gemeente,
        jaar,
        tuple(
            Maanddeel(
                maand,
                tuple(
                    Segmentdeel(segment, delen.get(segment, niets)[maand.nummer - 1], betaald.get((segment, maand), 0))
                    for segment in segmenten
                ),
            )
            for maand in (Maand(jaar, nummer) for nummer in range(1, _MAANDEN + 1))
        ),
    )
