"""Numbers of a group from what its facts are worth: counted, rounded as the contract says, and hidden where few clients are in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .kpi import Eenheid, Kpi, Meting

Groep = tuple[str | None, ...]
"""The values of a group, in the order of the keys."""

WEINIG = range(1, 10)
"""A cell that rests on so many clients is hidden."""


def rond(waarde: Fraction, decimalen: int) -> float:
    """Rounded half up, away from zero.

    >>> rond(Fraction(5, 1000), 2), rond(Fraction(2, 3), 4), rond(Fraction(-1, 200), 2)
    (0.01, 0.6667, -0.01)
    """
    keer = 10**decimalen
    geheel = (2 * abs(waarde) * keer + 1) // 2
    return float(Fraction(int(geheel) * (1 if waarde >= 0 else -1), keer))


@dataclass(slots=True)
class Telling:
    """What the facts of a group come to: how often each ``waarde`` occurs, and the sums of the rest."""

    aantal: int = 0
    waarden: Counter[int] = field(default_factory=Counter)
    teller: int = 0
    noemer: int = 0
    apart: int = 0
    clienten: int = 0
    wie: set[object] = field(default_factory=set)
    extra: dict[str, Any] = field(default_factory=dict)

    def neem(self, meting: Meting, keer: int = 1) -> None:
        """So many facts of this worth."""
        if meting.apart:
            self.apart += keer
            return
        self.aantal += keer
        if meting.waarde is not None:
            self.waarden[meting.waarde] += keer
        if meting.teller is not None and meting.noemer is not None:
            self.teller += keer * meting.teller
            self.noemer += keer * meting.noemer

    def neem_samen(self, meting: Meting, aantal: int) -> None:
        """So many facts that are worth this together."""
        self.neem(meting)
        if meting.apart:
            self.apart += aantal - 1
        else:
            self.aantal += aantal - 1

    @property
    def leeg(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.aantal or self.apart or self.teller or self.noemer)

    @property
    def gemiddelde(self) -> float | None:
        """The mean, in two decimals."""
        return rond(Fraction(self._som, self.aantal), 2) if self.aantal else None

    @property
    def _som(self) -> int:
        return sum(waarde * keer for waarde, keer in self.waarden.items())

    @property
    def mediaan(self) -> float | None:
        """The middle value; of an even number the mean of the middle two.

        >>> t = Telling()
        >>> for dagen in (1, 2, 10, 11):
        ...     t.neem(Meting(waarde=dagen))
        >>> t.mediaan, t.p90, t.gemiddelde
        (6, 11, 6.0)
        """
        if not self.aantal:
            return None
        midden = (self._op_plaats((self.aantal + 1) // 2), self._op_plaats(self.aantal // 2 + 1))
        return _plat(Fraction(sum(midden), 2))

    @property
    def p90(self) -> int | None:
        """The nearest rank: of n values in order that at place ⌈0,9 n⌉."""
        return self._op_plaats(-(-9 * self.aantal // 10)) if self.aantal else None

    def _op_plaats(self, plaats: int) -> int:
        gehad = 0
        for waarde in sorted(self.waarden):
            gehad += self.waarden[waarde]
            if gehad >= plaats:
                return waarde
        raise AssertionError("there are not so many")

    @property
    def aandeel(self) -> float | None:
        """``teller`` of ``noemer`` in four decimals; None over nothing."""
        return rond(Fraction(self.teller, self.noemer), 4) if self.noemer else None

    def velden(self, kpi: Kpi) -> dict[str, Any]:
        """The numbers as they are shown."""
        uit: dict[str, Any] = {"aantal": self.aantal, "clienten": self.clienten if kpi.verborgen else None}
        match kpi.eenheid:
            case Eenheid.AANTAL:
                uit["waarde"] = self.aantal
            case Eenheid.EUROCENT:
                uit["waarde"] = self._som
            case Eenheid.AANDEEL:
                uit["waarde"] = self.aandeel
            case Eenheid.DAGEN | Eenheid.WERKDAGEN:
                uit |= {"waarde": self.gemiddelde, "mediaan": self.mediaan, "p90": self.p90}
        if kpi.eenheid is Eenheid.WERKDAGEN or (kpi.van_alle is not None and kpi.eenheid is Eenheid.AANTAL):
            uit["aandeel"] = self.aandeel
        if kpi.eenheid in (Eenheid.AANDEEL, Eenheid.WERKDAGEN) or kpi.van_alle is not None:
            uit |= {"teller": self.teller, "noemer": self.noemer}
        return uit | {naam: self.extra.get(naam, self.apart if naam == "apart" else None) for naam in kpi.extra}


def _plat(waarde: Fraction) -> float | int:
    return int(waarde) if waarde.denominator == 1 else float(waarde)


def verberg(kpi: Kpi, tellingen: Sequence[Telling], *, toon_klein: bool) -> set[int]:
    """Which cells of a figure are hidden: those of few clients; and when that is one, the one with the next fewest too, from which it
    would follow."""
    if not kpi.verborgen or toon_klein:
        return set()
    weg = {plek for plek, telling in enumerate(tellingen) if telling.clienten in WEINIG}
    if len(weg) == 1:
        rest = [plek for plek, telling in enumerate(tellingen) if telling.clienten > WEINIG[-1]]
        if rest:
            weg.add(min(rest, key=lambda plek: tellingen[plek].clienten))
    return weg


def volgorde(groep: Groep) -> tuple[tuple[bool, str], ...]:
    """The order of groups: by their values, null first."""
    return tuple((waarde is not None, waarde or "") for waarde in groep)


def deel_op(tellingen: Mapping[Groep, Telling], plek: int) -> None:
    """Make of each group a part of all that differ from it only in the key at this place."""
    alle: Counter[Groep] = Counter()
    for groep, telling in tellingen.items():
        alle[_zonder(groep, plek)] += telling.aantal
    for groep, telling in tellingen.items():
        telling.teller, telling.noemer = telling.aantal, alle[_zonder(groep, plek)]


def _zonder(groep: Groep, plek: int) -> Groep:
    return groep[:plek] + groep[plek + 1 :]


def groepen(
    kpi: Kpi, namen: Iterable[str], tellingen: Mapping[Groep, Telling], *, toon_klein: bool
) -> list[dict[str, Any]]:
    """The groups of a figure as they are shown, in order; ``namen`` are the keys. Without keys there is one, also over nothing.

    >>> from .catalogus import KPIS
    >>> groepen(KPIS["INSTROOM"], (), {(): Telling()}, toon_klein=False)
    [{'groep': {}, 'aantal': 0, 'clienten': 0, 'waarde': 0, 'onderdrukt': False}]
    """
    sleutels = tuple(namen)
    gevuld = sorted((groep for groep, telling in tellingen.items() if not (sleutels and telling.leeg)), key=volgorde)
    weg = verberg(kpi, [tellingen[groep] for groep in gevuld], toon_klein=toon_klein)
    uit = []
    for plek, groep in enumerate(gevuld):
        velden = tellingen[groep].velden(kpi)
        if plek in weg:
            velden = dict.fromkeys(velden)
        uit.append({"groep": dict(zip(sleutels, groep, strict=True)), **velden, "onderdrukt": plek in weg})
    return uit
