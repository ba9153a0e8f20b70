"""A life cycle as a picture: the states under each other, and an arrow for each way from one to another, on the right where it leads
down and on the left where it leads up. At an arrow stand the numbers of its rows in the table that says the same.
"""

from dataclasses import dataclass

from ...hoofdaannemer.levenslopen import GEEN, Tabel, pijlen

BREED, HOOG, TUSSEN = 190, 40, 92
"""Of a state its width and height, and from one to the next."""

_RAND = 20
_BOCHT, _PER_STAP = 48, 76
"""How far an arrow goes out, and how much further for each state that it passes."""


@dataclass(frozen=True, slots=True)
class Toestand:
    """A state in the picture; the begin is a dot."""

    naam: str
    begin: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Pijl:
    """An arrow in the picture: its line as SVG has it, and its numbers where they stand."""

    lijn: str
    nummers: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture of so many units."""

    breed: int
    hoog: int
    toestanden: tuple[Toestand, ...]
    pijlen: tuple[Pijl, ...]


def teken(tabel: Tabel) -> Diagram:
    """The picture of a table of transitions."""
    namen = list(dict.fromkeys([GEEN, *(str(t) for rij in tabel for t in (*rij.van, *rij.naar))]))
    plek = {naam: _RAND + HOOG // 2 + nummer * TUSSEN for nummer, naam in enumerate(namen)}
    wegen = pijlen(tabel)
    verst = max(abs(plek[naar] - plek[van]) // TUSSEN for van, naar in wegen)
    midden = _RAND + BREED // 2 + _top(_BOCHT + _PER_STAP * (verst - 1)) + 2 * _RAND
    toestanden = tuple(Toestand(n.replace("_", " "), n == GEEN, midden, plek[n]) for n in namen)
    getekend = tuple(
        _pijl(midden, plek[van], plek[naar], [nummer for nummer, _ in rijen], van == GEEN, naar == GEEN)
        for (van, naar), rijen in wegen.items()
    )
    return Diagram(2 * midden, 2 * _RAND + HOOG + (len(namen) - 1) * TUSSEN, toestanden, getekend)


def _top(uit: int) -> int:
    """How far a curve comes whose points to steer by are so far out."""
    return uit * 3 // 4


def _pijl(midden: int, van: int, naar: int, nummers: list[int], van_begin: bool, naar_begin: bool) -> Pijl:
    stappen, kant = abs(naar - van) // TUSSEN, 1 if naar > van else -1
    uit = midden + kant * (BREED // 2 + _BOCHT + _PER_STAP * (stappen - 1))
    begin, einde = (midden + kant * (10 if punt else BREED // 2) for punt in (van_begin, naar_begin))
    schuin = kant * 9  # so that what leaves a state and what comes in do not touch
    lijn = f"M{begin} {van + schuin} C{uit} {van + schuin}, {uit} {naar - schuin}, {einde + kant * 3} {naar - schuin}"
    rand = (begin + einde) // 2
    return Pijl(lijn, ", ".join(map(str, nummers)), rand + _top(uit - rand), (van + naar) // 2)
