"""Rows to groups: names and own keys, numbers with their rounding, hidden cells, and the order in which groups stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.stuurinformatie.narekening.cijfers import PERIODE, Cijfer

Groep = dict[str, Any]
Rij = Mapping[str, Any]

KLEIN = range(1, 10)
"""How many clients a hidden cell rests on."""


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of a period that is reckoned as if it were the period."""

    van: date
    tot: date

    @property
    def namen(self) -> dict[str, str]:
        """What it is called."""
        return {"maand": f"{self.tot:%Y-%m}", "kwartaal": f"{self.tot.year}-Q{(self.tot.month + 2) // 3}"}


def delen(van: date, tot: date, per: Sequence[str]) -> list[Deel]:
    """The parts of a period: its months, its quarters, or the whole.

    >>> [f"{d.van} {d.tot}" for d in delen(date(2025, 1, 15), date(2025, 4, 2), ["kwartaal"])]
    ['2025-01-15 2025-03-31', '2025-04-01 2025-04-02']
    """
    if not set(per) & set(PERIODE):
        return [Deel(van, tot)]
    uit, begin = [], van
    while begin <= tot:
        maand = begin.month if "maand" in per else (begin.month + 2) // 3 * 3
        eind = (date(begin.year, maand, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        uit.append(Deel(begin, min(eind, tot)))
        begin = eind + timedelta(days=1)
    return uit


def groepeer(
    cijfer: Cijfer,
    rijen: Mapping[tuple[date, date], Sequence[Rij]],
    van: date,
    tot: date,
    per: Sequence[str],
    *,
    toon_klein: bool,
) -> list[Groep]:
    """The groups of one figure in an answer."""
    namen = [naam for naam in per if naam in cijfer.namen]
    sleutels = list(dict.fromkeys([*namen, *cijfer.eigen]))
    per_groep: dict[tuple[Any, ...], list[Rij]] = {} if sleutels else {(): []}
    for deel in delen(van, tot, namen):
        periode = deel.namen
        for rij in rijen.get((deel.van, deel.tot), ()):
            waarden = tuple(periode[naam] if naam in PERIODE else rij[naam] for naam in sleutels)
            per_groep.setdefault(waarden, []).append(rij)
    geheel = _geheel(cijfer, sleutels, per_groep)
    uit = []
    for sleutel in sorted(per_groep, key=lambda waarden: [(w is not None, w or "") for w in waarden]):
        getallen = _getallen(cijfer, per_groep[sleutel], geheel.get(_zonder_eigen(cijfer, sleutels, sleutel)))
        uit.append({"groep": dict(zip(sleutels, sleutel, strict=True)), **getallen, "onderdrukt": False})
    return uit if toon_klein or not cijfer.verbergt else _verberg(uit)


def _zonder_eigen(cijfer: Cijfer, sleutels: Sequence[str], waarden: tuple[Any, ...]) -> tuple[Any, ...]:
    weg = {"UITSTROOM_REDEN": ("reden",), "MIX": ("klasse",)}.get(cijfer.code, ())
    return tuple(w for naam, w in zip(sleutels, waarden, strict=True) if naam not in weg)


def _geheel(
    cijfer: Cijfer, sleutels: Sequence[str], per_groep: Mapping[tuple[Any, ...], list[Rij]]
) -> dict[tuple[Any, ...], int]:
    """What a share is of: all reasons, or all that counts in the segment."""
    uit: dict[tuple[Any, ...], int] = {}
    for waarden, rijen in per_groep.items():
        kern = _zonder_eigen(cijfer, sleutels, waarden)
        uit[kern] = uit.get(kern, 0) + len(_uniek(cijfer, rijen))
    return uit


def _uniek(cijfer: Cijfer, rijen: list[Rij]) -> list[Rij]:
    """Of ``MIX`` each client once in a cell."""
    return list({rij["bsn"]: rij for rij in rijen}.values()) if cijfer.code == "MIX" else rijen


def _getallen(cijfer: Cijfer, rijen: list[Rij], geheel: int | None) -> Groep:
    telt = [rij for rij in _uniek(cijfer, rijen) if not rij.get("apart")]
    uit: Groep = {
        "aantal": len(telt),
        "clienten": len({rij["bsn"] for rij in telt} - {None}) if cijfer.verbergt else None,
    }
    if cijfer.code in ("UITSTROOM_REDEN", "MIX"):
        uit |= {"teller": len(telt), "noemer": geheel or 0, "aandeel": _deel(len(telt), geheel or 0)}
        uit["waarde"] = len(telt) if cijfer.soort == "aantal" else uit["aandeel"]
        return uit if cijfer.soort == "aantal" else {k: w for k, w in uit.items() if k != "aandeel"}
    if cijfer.soort == "aantal":
        uit["waarde"] = len(telt)
    elif cijfer.soort == "eurocent":
        bijdrage = Fraction(sum(Decimal(rij.get("bijdrage") or 0) for rij in telt))
        uit["waarde"] = sum(int(rij["waarde"]) for rij in telt) + _rond(bijdrage, 0)
        uit["aantal"] += bijdrage != 0  # what is rounded once a cell is one row of it
    elif cijfer.soort == "aandeel":
        tellers = [rij for rij in rijen if not rij.get("apart")]
        teller, noemer = (sum(int(rij[naam]) for rij in tellers) for naam in ("teller", "noemer"))
        uit |= {"teller": teller, "noemer": noemer, "waarde": _deel(teller, noemer)}
        if cijfer.code == "VERZILVERING":
            uit["apart"] = sum(bool(rij["apart"]) for rij in rijen)
    else:
        uit |= _dagen(sorted(int(rij["waarde"]) for rij in telt))
        if cijfer.termijn is not None:
            binnen = sum(int(rij["waarde"]) <= cijfer.termijn for rij in telt)
            uit |= {"teller": binnen, "noemer": len(telt), "aandeel": _deel(binnen, len(telt))}
    return uit


def _dagen(dagen: list[int]) -> Groep:
    """Mean, median (of an even number the mean of the middle two) and p90 (nearest rank).

    >>> _dagen([1, 2, 3, 10])
    {'waarde': Decimal('4.00'), 'mediaan': Decimal('2.50'), 'p90': 10}
    """
    if not dagen:
        return {"waarde": None, "mediaan": None, "p90": None}
    n = len(dagen)
    midden = Fraction(dagen[(n - 1) // 2] + dagen[n // 2], 2)
    plek = -(-9 * n // 10)
    return {"waarde": _rond(Fraction(sum(dagen), n), 2), "mediaan": _rond(midden, 2), "p90": dagen[plek - 1]}


def _deel(teller: int, noemer: int) -> Decimal | None:
    return _rond(Fraction(teller, noemer), 4) if noemer else None


def _rond(waarde: Fraction, decimalen: int) -> Decimal:
    """Half up, away from zero.

    >>> _rond(Fraction(-5, 2), 0), _rond(Fraction(1, 8), 2)
    (Decimal('-3'), Decimal('0.13'))
    """
    schaal = 10**decimalen
    heel = abs(waarde) * schaal + Fraction(1, 2)
    getal = heel.numerator // heel.denominator * (-1 if waarde < 0 else 1)
    return Decimal(getal).scaleb(-decimalen).quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP)


def _verberg(groepen: list[Groep]) -> list[Groep]:
    """Hide what rests on 1 to 9 clients, and when that is one cell the next with the fewest."""
    klein = [plek for plek, groep in enumerate(groepen) if groep["clienten"] in KLEIN]
    if len(klein) == 1:
        rest = [plek for plek, groep in enumerate(groepen) if groep["clienten"] >= KLEIN.stop]
        klein += sorted(rest, key=lambda plek: groepen[plek]["clienten"])[:1]
    for plek in klein:
        groepen[plek] = {naam: w if naam in ("groep", "onderdrukt") else None for naam, w in groepen[plek].items()} | {
            "onderdrukt": True
        }
    return groepen
