"""A timeline as a picture: lanes with bars and points on one axis of time, placed. Pure: days in, places out; a template writes the SVG.

Everything in the drawing is a sentence too (``wat``), so that a table can say the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...levensloop.kalender import plus_dagen

_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

Plek = Callable[[date], float]

BREEDTE, LINKS, RECHTS = 960, 132, 12
_BOVEN, _RIJ, _TUSSEN = 28, 16, 10
_SMALST = 2.5
"""What a day is drawn at least, so that it can be seen among ten years."""

_MEESTE_RIJEN = 4
"""Rows of a lane; what overlaps more than that, is drawn over the last."""

_MEESTE_STREEPJES = 13
_VERSTE = 3653
"""Days before and after today that are drawn at most: a day in 9999 would make all else a line. What goes on further, is open there."""


@dataclass(frozen=True, slots=True)
class Balk:
    """Days, both included; without ``tot`` there is no end. ``soort`` says how it looks, ``wat`` what it is."""

    van: date
    tot: date | None
    soort: str
    wat: str


@dataclass(frozen=True, slots=True)
class Baan:
    """A lane; a point is a bar of one day."""

    naam: str
    balken: tuple[Balk, ...] = ()
    punten: tuple[Balk, ...] = ()


@dataclass(frozen=True, slots=True)
class Vorm:
    """A bar as it is drawn; ``open``: it goes on past the edge."""

    x: float
    y: float
    breedte: float
    soort: str
    wat: str
    open: bool


@dataclass(frozen=True, slots=True)
class Strook:
    """A lane as it is drawn."""

    naam: str
    y: float
    hoogte: float
    balken: tuple[Vorm, ...]
    punten: tuple[Vorm, ...]


@dataclass(frozen=True, slots=True)
class Tekening:
    """All of it. ``streepjes`` are the marks of the axis; ``vandaag`` is None when today is not on it."""

    hoogte: float
    streepjes: tuple[tuple[float, str], ...]
    vandaag: float | None
    stroken: tuple[Strook, ...]


def teken(banen: Sequence[Baan], vandaag: date) -> Tekening:
    """Place what is on these lanes, of which at least one has something; a lane without anything is left out."""
    gevuld = [baan for baan in banen if baan.balken or baan.punten]
    begin, eind = _bereik(gevuld, vandaag)
    maat = (BREEDTE - LINKS - RECHTS) / ((eind - begin).days + 1)

    def plek(dag: date) -> float:
        return round(LINKS + maat * (min(max(dag, begin), plus_dagen(eind, 1)) - begin).days, 1)

    stroken, y = [], float(_BOVEN)
    for baan in gevuld:
        rijen = _gestapeld(baan.balken)
        hoogte = max(1, 1 + max((rij for rij, _ in rijen), default=0)) * _RIJ
        balken = tuple(_vorm(balk, y + rij * _RIJ, plek, eind) for rij, balk in rijen)
        punten = tuple(_vorm(punt, y, plek, eind) for punt in baan.punten)
        stroken.append(Strook(baan.naam, y, hoogte, balken, punten))
        y += hoogte + _TUSSEN
    streepjes = tuple((plek(dag), naam) for dag, naam in _streepjes(begin, eind))
    return Tekening(y, streepjes, plek(vandaag) if begin <= vandaag <= eind else None, tuple(stroken))


def _bereik(banen: Sequence[Baan], vandaag: date) -> tuple[date, date]:
    """The first and the last day that are drawn."""
    alles = [balk for baan in banen for balk in (*baan.balken, *baan.punten)]
    vroegst, laatst = plus_dagen(vandaag, -_VERSTE), plus_dagen(vandaag, _VERSTE)
    dagen = [dag for balk in alles for dag in (balk.van, balk.tot) if dag is not None and vroegst <= dag <= laatst]
    if not dagen:
        return vandaag, vandaag
    begin, eind = min(dagen), max(dagen)
    if any(balk.tot is None or balk.tot > laatst for balk in alles):
        eind = max(eind, vandaag)
        eind = plus_dagen(eind, max(1, (eind - begin).days // 12))
    return begin, eind


def _gestapeld(balken: Sequence[Balk]) -> list[tuple[int, Balk]]:
    """Each bar with its row: the first that is free by then."""
    vrij_na: list[date] = []
    uit = []
    for balk in sorted(balken, key=lambda balk: (balk.van, balk.tot or date.max)):
        rij = next((n for n, tot in enumerate(vrij_na) if tot < balk.van), len(vrij_na))
        rij = min(rij, _MEESTE_RIJEN - 1)
        tot = balk.tot or date.max
        vrij_na[rij : rij + 1] = [max(tot, vrij_na[rij]) if rij < len(vrij_na) else tot]
        uit.append((rij, balk))
    return uit


def _vorm(balk: Balk, y: float, plek: Plek, eind: date) -> Vorm:
    open_ = balk.tot is None or balk.tot > eind
    van = plek(balk.van)
    tot = plek(plus_dagen(eind if open_ or balk.tot is None else balk.tot, 1))
    return Vorm(van, y, round(max(_SMALST, tot - van), 1), balk.soort, balk.wat, open_)


def _streepjes(begin: date, eind: date) -> Iterator[tuple[date, str]]:
    """The marks of the axis, as many as there is room for: days, weeks, months, quarters or years."""
    dagen = (eind - begin).days + 1
    if dagen <= 7 * _MEESTE_STREEPJES:
        stap = 1 if dagen <= _MEESTE_STREEPJES else 7
        for n in range(0, dagen, stap):
            dag = begin + timedelta(days=n)
            yield dag, f"{dag.day} {_KORT[dag.month - 1]}"
        return
    maanden = (eind.year - begin.year) * 12 + eind.month - begin.month + 1
    stap = next(n for n in (1, 3, 6, 12, 24, 60) if maanden // n < _MEESTE_STREEPJES or n == 60)
    for nummer in range(begin.year * 12 + begin.month - 1, eind.year * 12 + eind.month):
        jaar, maand = divmod(nummer, 12)
        dag = date(jaar, maand + 1, 1)
        if (maand if stap <= 12 else nummer) % stap == 0 and dag >= begin:
            yield dag, str(jaar) if stap >= 12 else f"{_KORT[maand]} {jaar}"


def samengevoegd(balken: Sequence[Balk]) -> list[Balk]:
    """Bars of one kind that follow each other without a day between, as one."""
    uit: list[Balk] = []
    for balk in sorted(balken, key=lambda balk: (balk.soort, balk.wat, balk.van)):
        vorige = uit[-1] if uit else None
        aansluitend = (
            vorige is not None
            and (vorige.soort, vorige.wat) == (balk.soort, balk.wat)
            and (vorige.tot is None or balk.van <= plus_dagen(vorige.tot, 1))
        )
        if vorige is not None and aansluitend:
            tot = None if vorige.tot is None or balk.tot is None else max(vorige.tot, balk.tot)
            uit[-1] = replace(vorige, tot=tot)
        else:
            uit.append(balk)
    return sorted(uit, key=lambda balk: balk.van)
