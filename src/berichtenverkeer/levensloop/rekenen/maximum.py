"""How much may be declared on a toewijzing: in one ProductPeriode (TR321) and over its whole run (TR322).

For every Frequentie both are the Volume times what is counted: days, weeks or months, of the period or of the run. Only a
broken month at output may be agreed otherwise (``GebrokenMaand``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ...standaard.berichten.basis import Omvang
from ...standaard.domein import Domein
from .bedrag import rond
from .eenheid import Frequentie, factor
from .kader import Kader
from .periode import Periode, maand
from .tekst import geteld, hoeveelheid
from .uitkomst import Rekenfout, Rekenuitkomst
from .variant import GebrokenMaand, Uitvoeringsvariant
from .weken import geraakte_weken, restweek, weken, zondagen

HULP_BIJ_HET_HUISHOUDEN = "01"
"""ProductCategorie of iWmo of which one ProductPeriode may hold six weeks (IV077)."""

_ZESVOUD = 6
_ZONDER_OMVANG = Rekenuitkomst(None, ("De toewijzing heeft geen Omvang: er is geen maximum aan volume.",))
_ZONDER_EINDE = Rekenuitkomst(None, ("De toewijzing heeft geen Einddatum: over de looptijd is er geen maximum.",))


@dataclass(frozen=True, slots=True)
class _Telling:
    """How many times the Volume, of what (one, more), and the steps that count it."""

    aantal: int
    wat: tuple[str, str]
    stappen: tuple[str, ...]


def maximum_periode(kader: Kader, periode: Periode) -> Rekenuitkomst:
    """The most that may be declared in this ProductPeriode, in the Eenheid of the toewijzing; None without Omvang.

    Under iWmo, productcategorie 01 per week may be declared up to six weeks a period, in each variant: TR321 makes no
    difference (afgeleid; IV077 says it of inspanning).
    """
    if kader.omvang is None:
        return _ZONDER_OMVANG
    if _is_naar_rato(kader, kader.omvang):
        return _naar_rato(periode, kader.omvang)
    telling = _TELLINGEN[kader.omvang.Frequentie](kader, periode)
    if _is_zesvoud(kader, kader.omvang):
        stap = f"Bij hulp bij het huishouden (iWmo, productcategorie 01) mogen het er {_ZESVOUD} zijn (IV077)."
        telling = _Telling(_ZESVOUD, telling.wat, (*telling.stappen, stap))
    return _maal(telling, kader.omvang)


def maximum_looptijd(kader: Kader) -> Rekenuitkomst:
    """The most that may be declared from Ingangsdatum to Einddatum, in the Eenheid of the toewijzing.

    None without Omvang, and without Einddatum unless the Volume is for the whole run already (Frequentie 6).
    """
    if kader.omvang is None:
        return _ZONDER_OMVANG
    if kader.einddatum is None and kader.omvang.Frequentie != Frequentie.TOTAAL:
        return _ZONDER_EINDE
    if _is_naar_rato(kader, kader.omvang):
        return _naar_rato(kader.looptijd, kader.omvang)
    return _maal(_TELLINGEN[kader.omvang.Frequentie](kader, kader.looptijd), kader.omvang)


def omgerekend(uitkomst: Rekenuitkomst, van: str, naar: str) -> Rekenuitkomst:
    """The same volume in another Eenheid (TR341). Raises ``Rekenfout`` when ``naar`` does not fit ``van``."""
    keer = factor(van, naar)
    if keer is None:
        raise Rekenfout("De eenheid van de declaratie past niet bij die van de toewijzing (TR341).")
    if keer == 1 or not uitkomst.waarde:
        return uitkomst
    waarde = uitkomst.waarde * keer
    stap = f"{hoeveelheid(uitkomst.waarde, van)} is {hoeveelheid(waarde, naar)}."
    return Rekenuitkomst(waarde, (*uitkomst.stappen, stap))


def _maal(telling: _Telling, omvang: Omvang) -> Rekenuitkomst:
    waarde = telling.aantal * omvang.Volume
    if omvang.Frequentie == Frequentie.TOTAAL:
        return Rekenuitkomst(waarde, telling.stappen)
    aantal, volume, totaal = (
        geteld(telling.aantal, *telling.wat),
        hoeveelheid(omvang.Volume, omvang.Eenheid),
        hoeveelheid(waarde, omvang.Eenheid),
    )
    return Rekenuitkomst(waarde, (*telling.stappen, f"{aantal} × {volume} = {totaal}."))


def _is_zesvoud(kader: Kader, omvang: Omvang) -> bool:
    return (
        kader.domein is Domein.IWMO
        and kader.categorie == HULP_BIJ_HET_HUISHOUDEN
        and omvang.Frequentie == Frequentie.PER_WEEK
    )


def _dagen(kader: Kader, periode: Periode) -> _Telling:
    """Every day of the period (afgeleid; the standard has no example per day)."""
    stap = f"{geteld(periode.dagen, 'dag', 'dagen')} van {periode}."
    return _Telling(periode.dagen, ("dag", "dagen"), (stap,))


def _weken(kader: Kader, periode: Periode) -> _Telling:
    """Touched weeks, or at output the weeks that end in the period. Taakgericht counts as inspanning (afgeleid)."""
    wat = ("week", "weken")
    if kader.variant is not Uitvoeringsvariant.OUTPUT:
        return _Telling(weken(periode), wat, (geraakte_weken(periode),))
    aantal, rest = zondagen(periode), restweek(kader.looptijd, periode)
    stappen = [f"{geteld(aantal, 'zondag', 'zondagen')} van {periode}; elke zondag telt als een week."]
    if rest and zondagen(kader.looptijd):
        stappen.append("De laatste week van de toewijzing eindigt niet op zondag en telt hier mee: 1 week erbij.")
    elif rest:
        stappen.append("De toewijzing heeft geen enkele zondag en telt als 1 week (afgeleid).")
    return _Telling(aantal + rest, wat, tuple(stappen))


def _maanden(kader: Kader, periode: Periode) -> _Telling:
    """Touched months, broken or not (IV078); at output what was agreed of a broken one."""
    overgeslagen = _overgeslagen(kader, periode)
    aantal = periode.maanden - len(overgeslagen)
    stappen = [f"{geteld(periode.maanden, 'maand', 'maanden')} van {periode}."]
    stappen += [f"De gebroken maand {dag:%m-%Y} telt niet mee: zo is het afgesproken." for dag in overgeslagen]
    if periode.begin != maand(periode.begin).begin or periode.eind != maand(periode.eind).eind:
        if not overgeslagen:
            stappen.append("Een gebroken maand telt geheel mee (IV078).")
        if kader.variant is Uitvoeringsvariant.OUTPUT and kader.gebroken_maand is GebrokenMaand.HEEL:
            stappen.append("Gemeente en aanbieder kunnen bij output iets anders hebben afgesproken.")
    return _Telling(aantal, ("maand", "maanden"), tuple(stappen))


def _overgeslagen(kader: Kader, periode: Periode) -> list[date]:
    """The first days of the broken months in this period that give nothing at output."""
    looptijd = kader.looptijd
    if kader.variant is not Uitvoeringsvariant.OUTPUT or looptijd.maanden == 1:
        return []
    eerste, laatste = maand(looptijd.begin), maand(looptijd.eind)
    weg: list[Periode] = []
    if kader.gebroken_maand is GebrokenMaand.EERSTE_NIET and looptijd.begin != eerste.begin:
        weg = [eerste]
    elif kader.gebroken_maand is GebrokenMaand.LAATSTE_NIET and looptijd.eind != laatste.eind:
        weg = [laatste]
    return [hele.begin for hele in weg if hele.doorsnede(periode)]


def _is_naar_rato(kader: Kader, omvang: Omvang) -> bool:
    return (
        kader.variant is Uitvoeringsvariant.OUTPUT
        and kader.gebroken_maand is GebrokenMaand.NAAR_RATO
        and omvang.Frequentie == Frequentie.PER_MAAND
    )


def _naar_rato(periode: Periode, omvang: Omvang) -> Rekenuitkomst:
    """Of each month the part that the period has of its days, rounded by month so that the months add up to the run."""
    stappen, waarde = [], 0
    for deel in periode.per_maand():
        hele = maand(deel.begin)
        volume = rond(omvang.Volume * deel.dagen, hele.dagen)
        waarde += volume
        if deel != hele:
            stappen.append(
                f"{deel.dagen} van de {hele.dagen} dagen van {deel.begin:%m-%Y}: {hoeveelheid(volume, omvang.Eenheid)}."
            )
    if len(stappen) < periode.maanden:
        hele_maanden = geteld(periode.maanden - len(stappen), "hele maand", "hele maanden")
        stappen.append(f"{hele_maanden}, elk {hoeveelheid(omvang.Volume, omvang.Eenheid)}.")
    return Rekenuitkomst(waarde, (*stappen, f"Samen {hoeveelheid(waarde, omvang.Eenheid)}."))


def _geheel(kader: Kader, periode: Periode) -> _Telling:
    """The whole Volume, in whatever period: only the run bounds it (afgeleid)."""
    assert kader.omvang is not None
    totaal = hoeveelheid(kader.omvang.Volume, kader.omvang.Eenheid)
    return _Telling(1, ("keer", "keer"), (f"Over de hele looptijd is {totaal} toegewezen.",))


_TELLINGEN: Mapping[str, Callable[[Kader, Periode], _Telling]] = {
    Frequentie.PER_DAG: _dagen,
    Frequentie.PER_WEEK: _weken,
    Frequentie.PER_MAAND: _maanden,
    Frequentie.TOTAAL: _geheel,
}
