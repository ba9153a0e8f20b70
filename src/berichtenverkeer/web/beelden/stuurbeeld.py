"""A steering figure as a page shows it: its bars, and the table that says the same, with codes by what they mean."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...api.stuurinformatie import GroepUit, KpiUit
from ...stuurinformatie.catalogus import KPIS
from ...stuurinformatie.kpi import Eenheid
from ...stuurinformatie.tijd import KWARTAAL, MAAND, Tijdvak, delen
from .. import opmaak
from .staafbeeld import Staaf, Tekening, bereik, liggend, staand
from .stuurwoorden import Partijnaam, benoem, getal, kort, lang, procent, titel_van

VERBORGEN = "verborgen"

_IN = {
    Eenheid.AANTAL: "Aantal",
    Eenheid.DAGEN: "Gemiddeld (dagen)",
    Eenheid.WERKDAGEN: "Gemiddeld (werkdagen)",
    Eenheid.AANDEEL: "Aandeel",
    Eenheid.EUROCENT: "Bedrag",
}
_VERDER = {
    "mediaan": "Mediaan", "p90": "90 % hoogstens", "aandeel": "Aandeel", "teller": "Teller", "noemer": "Noemer", "plan": "Plan",
    "apart": "Weggelaten", "signaal": "Signaal",
}  # fmt: skip
"""Columns besides, in their order."""

_IN_PROCENT = frozenset({"aandeel", "plan"})


@dataclass(frozen=True, slots=True)
class Cijfer:
    """A figure to be shown. ``panelen`` are its pictures, each with what it is of; ``rijen`` those of its table, of which there are
    ``aantal``; ``merk`` is what is marked on the bars."""

    code: str
    naam: str
    definitie: str
    grens: str
    bron: str
    panelen: Sequence[tuple[str, Tekening]]
    op_as: Callable[[float], str]
    weggelaten: str
    merk: str
    verborgen: bool
    half: bool
    koppen: Sequence[str]
    rijen: Sequence[Sequence[Any]]
    aantal: int


def maak(uit: KpiUit, periode: Tijdvak, onvolledig: Sequence[str], naam_van: Partijnaam, ruimte: int) -> Cijfer:
    """A figure over a period, with no more than ``ruimte`` bars and rows."""
    eenheid, tijd = Eenheid(uit.eenheid), _tijd(uit)
    if tijd is not None:
        tijden = [deel.namen[tijd] for deel in delen(periode, tuple(uit.per))]
        panelen, weggelaten = _staand(uit, tijd, tijden, onvolledig, naam_van, ruimte)
    else:
        panelen, weggelaten = _liggend(uit, naam_van, ruimte)
    koppen, rijen = _tabel(uit, eenheid, onvolledig, naam_van)
    getoond = [staaf for _, staven in panelen for staaf in staven]
    van, tot = bereik(getoond) if getoond else (0, 1)
    teken = staand if tijd is not None else liggend
    return Cijfer(
        uit.code,
        uit.naam,
        uit.definitie,
        KPIS[uit.code].grens,
        uit.bron,
        [(titel, teken(staven, van, tot)) for titel, staven in panelen],
        lambda waarde: kort(eenheid, waarde),
        weggelaten,
        {"plan": "het plan", "mediaan": "de mediaan"}[_merk(uit)] if any(s.merk is not None for s in getoond) else "",
        any(groep.onderdrukt for groep in uit.groepen),
        any(staaf.half for staaf in getoond),
        koppen,
        rijen[:ruimte],
        len(rijen),
    )


def in_een_woord(uit: KpiUit) -> str:
    """The number of a figure that is not grouped; of one that has groups of its own, how many."""
    if uit.per:
        return f"{len(uit.groepen)} {'groep' if len(uit.groepen) == 1 else 'groepen'}"
    [groep] = uit.groepen
    return VERBORGEN if groep.onderdrukt else lang(Eenheid(uit.eenheid), groep.waarde)


def _tijd(uit: KpiUit) -> str | None:
    """The key of time by which a figure is grouped."""
    return next((naam for naam in (MAAND, KWARTAAL) if naam in uit.per), None)


def _merk(uit: KpiUit) -> str:
    return "plan" if "plan" in KPIS[uit.code].extra else "mediaan"


Panelen = list[tuple[str, list[Staaf]]]


def _liggend(uit: KpiUit, naam_van: Partijnaam, ruimte: int) -> tuple[Panelen, str]:
    """The bars of groups, the greatest first, and what was left out of them."""
    staven = []
    for groep in uit.groepen:
        naam = " · ".join(benoem(sleutel, waarde, naam_van) for sleutel, waarde in groep.groep.items())
        staven.append(_staaf(naam or "alles bij elkaar", naam or uit.naam, groep, uit, half=False))
    staven.sort(key=lambda staaf: (staaf.waarde is None, -(staaf.waarde or 0)))
    weg = f"De grootste {ruimte} van {len(staven)} groepen zijn getekend." if len(staven) > ruimte else ""
    return [("", staven[:ruimte])] if staven else [], weg


def _staand(
    uit: KpiUit, tijd: str, tijden: Sequence[str], onvolledig: Sequence[str], naam_van: Partijnaam, ruimte: int
) -> tuple[Panelen, str]:
    """The bars along the time, a picture for each group besides, and what was left out of them."""
    laatste = tijden[-ruimte:]
    per_groep: dict[str, dict[str, GroepUit]] = {}
    for groep in uit.groepen:
        rest = (benoem(naam, waarde, naam_van) for naam, waarde in groep.groep.items() if naam not in (MAAND, KWARTAAL))
        per_groep.setdefault(" · ".join(rest), {})[str(groep.groep[tijd])] = groep
    passend = max(1, ruimte // len(laatste))
    panelen = []
    for titel, groepen in list(per_groep.items())[:passend]:
        staven = []
        for moment in laatste:
            vol = " · ".join(deel for deel in (titel, benoem(tijd, moment, naam_van)) if deel)
            naam, half = _kort_moment(moment), moment in onvolledig
            if moment in groepen:
                staven.append(_staaf(naam, vol, groepen[moment], uit, half=half))
            else:
                staven.append(Staaf(naam, None, "–", f"{vol}: niets dat meetelt", half=half))
        panelen.append((titel, staven))
    over = [f"De eerste {passend} van {len(per_groep)} groepen zijn getekend."] if len(per_groep) > passend else []
    over += [f"Getekend is vanaf {_kort_moment(laatste[0])}."] if len(laatste) < len(tijden) else []
    return panelen, " ".join(over)


def _kort_moment(waarde: str) -> str:
    """``2026-03`` as ``mrt 2026``: under a bar there is little room."""
    if "Q" in waarde:
        return waarde
    maand = opmaak.maand(waarde)
    return f"{'mrt' if maand.startswith('maart') else maand[:3]} {waarde[:4]}"


def _staaf(naam: str, vol: str, groep: GroepUit, uit: KpiUit, *, half: bool) -> Staaf:
    eenheid = Eenheid(uit.eenheid)
    if groep.onderdrukt:
        return Staaf(naam, None, VERBORGEN, f"{vol}: {VERBORGEN}", half=half, verborgen=True)
    bij = "geen" if groep.waarde is None else kort(eenheid, groep.waarde)
    wat = f"{vol}: {lang(eenheid, groep.waarde)}{', niet volledig' if half else ''}"
    return Staaf(naam, groep.waarde, bij, wat, getattr(groep, _merk(uit)), half)


def _tabel(
    uit: KpiUit, eenheid: Eenheid, onvolledig: Sequence[str], naam_van: Partijnaam
) -> tuple[list[str], list[list[Any]]]:
    extra = [naam for naam in _VERDER if any(naam in groep.model_fields_set for groep in uit.groepen)]
    clienten = any(groep.clienten is not None for groep in uit.groepen)
    los = [] if eenheid is Eenheid.AANTAL else ["Rust op"]
    koppen = [
        *map(titel_van, uit.per),
        _IN[eenheid],
        *los,
        *(["Cliënten"] if clienten else []),
        *map(_VERDER.get, extra),
    ]
    rijen = []
    for groep in uit.groepen:
        rij: list[Any] = [
            f"{benoem(naam, waarde, naam_van)}{' (niet volledig)' if _is_half(naam, waarde, onvolledig) else ''}"
            for naam, waarde in groep.groep.items()
        ]
        if groep.onderdrukt:
            rij += [VERBORGEN] * (len(koppen) - len(rij))
        else:
            rij += [
                lang(eenheid, groep.waarde),
                *([groep.aantal] if los else []),
                *([groep.clienten] if clienten else []),
                *_verder(groep, extra),
            ]
        rijen.append(rij)
    return [str(kop) for kop in koppen], rijen


def _is_half(naam: str, waarde: str | None, onvolledig: Sequence[str]) -> bool:
    return naam in (MAAND, KWARTAAL) and waarde in onvolledig


def _verder(groep: GroepUit, namen: Iterable[str]) -> Iterable[Any]:
    for naam in namen:
        waarde = getattr(groep, naam)
        if naam in _IN_PROCENT and waarde is not None:
            yield procent(waarde)
        else:
            yield getal(waarde) if isinstance(waarde, float) else waarde
