"""Numbers as a picture: bars lying under each other, or standing along an axis of time, placed. Pure: numbers in, places out; a template
writes the SVG, and a table beside it says the same.

What is hidden is drawn as a place with a dotted line, so that it is not read as nothing; where nothing was there is no bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

BREEDTE = 960
_LINKS, _RECHTS = 250, 120
"""Room for the names and for the numbers of bars that lie."""

_AS, _HOOG, _BOVEN, _ONDER = 64, 190, 22, 24
"""Of bars that stand: room for the numbers of the axis, their height, and room above and under them."""

_RIJ, _DIK = 26, 18
_LANGSTE_NAAM = 36
_BREEDST = 64
"""How wide a bar is at most that stands."""

_STREEPJES = 4
"""In how many steps an axis is divided, about."""


@dataclass(frozen=True, slots=True)
class Staaf:
    """One bar. ``getal`` is what stands at it, ``wat`` says it in full. ``merk`` is another number that is marked on it; ``half``: its period
    is not complete."""

    naam: str
    waarde: float | None
    getal: str
    wat: str
    merk: float | None = None
    half: bool = False
    verborgen: bool = False


@dataclass(frozen=True, slots=True)
class Vorm:
    """A bar as it is drawn: its rectangle, where its name and its number stand, and where it is marked."""

    staaf: Staaf
    naam: str
    x: float
    y: float
    breedte: float
    hoogte: float
    plek: tuple[float, float]
    getal: tuple[float, float]
    merk: float | None


@dataclass(frozen=True, slots=True)
class Tekening:
    """A picture. ``streepjes`` are the numbers of the axis with their places, ``nul`` is where it begins."""

    staand: bool
    hoogte: float
    vormen: tuple[Vorm, ...]
    streepjes: tuple[tuple[float, float], ...]
    nul: float


def bereik(staven: Sequence[Staaf]) -> tuple[float, float]:
    """From where to where an axis goes on which all of these are, with nothing on it too.

    >>> bereik([Staaf("a", 12, "12", "", merk=31), Staaf("b", None, "", "")])
    (0.0, 40.0)
    >>> bereik([Staaf("a", -120_00, "", ""), Staaf("b", 430_00, "", "")])
    (-20000.0, 60000.0)
    """
    getallen = [getal for staaf in staven for getal in (staaf.waarde, staaf.merk) if getal is not None]
    laagst, hoogst = min([0.0, *getallen]), max([0.0, *getallen])
    stap = _stap(hoogst - laagst)
    return floor(laagst / stap) * stap, ceil(hoogst / stap) * stap or stap


def liggend(staven: Sequence[Staaf], van: float, tot: float) -> Tekening:
    """Bars under each other, on an axis from ``van`` to ``tot``."""
    maat = (BREEDTE - _LINKS - _RECHTS) / (tot - van)

    def plek(getal: float) -> float:
        return round(_LINKS + (getal - van) * maat, 1)

    nul = plek(0)
    vormen = []
    for nummer, staaf in enumerate(staven):
        y = nummer * _RIJ + (_RIJ - _DIK) / 2
        einde = nul + 24 if staaf.verborgen else plek(staaf.waarde or 0)
        begin, einde = sorted((nul, einde))
        naam = staaf.naam if len(staaf.naam) <= _LANGSTE_NAAM else f"{staaf.naam[: _LANGSTE_NAAM - 1]}…"
        merk = plek(staaf.merk) if staaf.merk is not None else None
        breed = round(max(einde - begin, 1), 1)
        midden = y + _DIK - 5
        rechts = max(einde, merk or 0) + 6
        vormen.append(Vorm(staaf, naam, begin, y, breed, _DIK, (_LINKS - 8, midden), (rechts, midden), merk))
    return Tekening(staand=False, hoogte=len(staven) * _RIJ, vormen=tuple(vormen), streepjes=(), nul=nul)


def staand(staven: Sequence[Staaf], van: float, tot: float) -> Tekening:
    """Bars along an axis of time, on an axis from ``van`` to ``tot``."""
    maat = _HOOG / (tot - van)

    def plek(getal: float) -> float:
        return round(_BOVEN + _HOOG - (getal - van) * maat, 1)

    nul, vak = plek(0), (BREEDTE - _AS) / len(staven)
    breed = round(min(vak * 0.7, _BREEDST), 1)
    elke = ceil(len(staven) * 62 / (BREEDTE - _AS))
    vormen = []
    for nummer, staaf in enumerate(staven):
        midden = round(_AS + (nummer + 0.5) * vak, 1)
        einde = nul - 24 if staaf.verborgen else plek(staaf.waarde or 0)
        boven, onder = sorted((nul, einde))
        naam = staaf.naam if nummer % elke == 0 else ""
        merk = plek(staaf.merk) if staaf.merk is not None else None
        hoog = round(max(onder - boven, 1), 1)
        bij_getal = midden, min(boven, nul if merk is None else merk) - 5
        vormen.append(
            Vorm(staaf, naam, round(midden - breed / 2, 1), boven, breed, hoog,
                 (midden, _BOVEN + _HOOG + 17), bij_getal, merk)
        )  # fmt: skip
    streepjes = tuple((plek(getal), getal) for getal in _op_as(van, tot))
    return Tekening(staand=True, hoogte=_BOVEN + _HOOG + _ONDER, vormen=tuple(vormen), streepjes=streepjes, nul=nul)


def _stap(verschil: float) -> float:
    """The step of an axis: 1, 2 or 5 times a power of ten."""
    if not verschil:
        return 1.0
    ruw = verschil / _STREEPJES
    macht = 10.0 ** floor(log10(ruw))
    return next(keer * macht for keer in (1, 2, 5, 10) if keer * macht >= ruw * 0.999)


def _op_as(van: float, tot: float) -> list[float]:
    stap = _stap(tot - van)
    return [nummer * stap for nummer in range(floor(van / stap + 0.5), floor(tot / stap + 0.5) + 1)]
