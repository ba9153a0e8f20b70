"""The answer to a question: the figures with their groups, and the rows behind one of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine

from ..levensloop.kalender import Kalender
from ..opslag import stuurvragen
from ..opslag.database import momentopname
from ..opslag.stuurvragen import Feitrij
from ..partijen.partij import Partij
from ..stuurinformatie.kpi import Bron, Kpi, Meting
from ..stuurinformatie.kpis.bestedingsruimte import SIGNAAL_VANAF
from ..stuurinformatie.telling import Groep, Telling, deel_op, groepen
from ..stuurinformatie.tijd import KWARTAAL, MAAND, Deel, delen
from .rekenbronnen import REKENBRONNEN
from .vraag import Vraag
from .zicht import Zicht, zin

_PLAN = ("licht", "midden", "zwaar")
"""The klassen of which the setting ``mix-plan`` has a part each."""


@dataclass(frozen=True, slots=True)
class Antwoord:
    """``onvolledig`` are the months or quarters of which the period has only a part, or that are not over yet."""

    van: date
    tot: date
    zicht: str
    kpis: list[dict[str, Any]]
    onvolledig: list[str]


def antwoord(engine: Engine, kalender: Kalender, partij: Partij, vraag: Vraag, vandaag: date) -> Antwoord:
    """What this party may see, as it stands now; ``vandaag`` only says which months are over."""
    with momentopname(engine) as verbinding:
        zicht = _zicht(verbinding, kalender, partij, vraag)
        kpis = [_figuur(zicht, kpi, vraag) for kpi in vraag.kpis]
    van, tot = (date.fromordinal(dag) for dag in vraag.tijdvak)
    return Antwoord(van, tot, zin(partij), kpis, list(_onvolledig(vraag, vandaag)))


def _zicht(verbinding: Connection, kalender: Kalender, partij: Partij, vraag: Vraag) -> Zicht:
    return Zicht(verbinding, partij, kalender, vraag.tijdvak)


def _onvolledig(vraag: Vraag, vandaag: date) -> Iterator[str]:
    for deel in delen(vraag.tijdvak, vraag.per):
        if deel.heel is not None and (deel.heel != deel.tijdvak or deel.heel.tot >= vandaag.toordinal()):
            yield deel.namen.get(MAAND) or deel.namen[KWARTAAL]


def _figuur(zicht: Zicht, kpi: Kpi, vraag: Vraag) -> dict[str, Any]:
    namen = zicht.namen(kpi, vraag.per)
    tellingen: dict[Groep, Telling] = {} if namen else {(): Telling()}
    for deel in delen(vraag.tijdvak, tuple(naam for naam in namen if naam in (MAAND, KWARTAAL))):
        tellingen |= _tel(zicht, kpi, deel, namen)
    if kpi.van_alle is not None:
        deel_op(tellingen, namen.index(kpi.van_alle))
    _vul_aan(zicht, kpi, namen, tellingen)
    uitleg = kpi.uitleg
    return {
        **{naam: uitleg[naam] for naam in ("code", "naam", "definitie", "bron", "eenheid")},
        "per": list(namen),
        "groepen": groepen(kpi, namen, tellingen, toon_klein=vraag.toon_klein),
    }


def _tel(zicht: Zicht, kpi: Kpi, deel: Deel, namen: Sequence[str]) -> dict[Groep, Telling]:
    """The groups of a part of the period."""
    uit: dict[Groep, Telling] = defaultdict(Telling)
    waard: dict[tuple[Any, ...], Meting] = {}

    def meet(ruw: tuple[Any, ...]) -> Meting:
        if ruw not in waard:
            waard[ruw] = kpi.maat(ruw, zicht)
        return waard[ruw]

    if kpi.bron in REKENBRONNEN:
        los: dict[tuple[Any, ...], Telling] = defaultdict(Telling)
        for feit in REKENBRONNEN[kpi.bron](zicht, deel.tijdvak, namen):
            telling, meting = los[feit.groep], meet(feit.ruw)
            telling.neem(meting)
            if feit.bsn is not None and not meting.apart:
                telling.wie.add(feit.bsn)
        for groep, telling in los.items():
            telling.clienten = len(telling.wie)
            uit[_met_tijd(namen, groep, deel)] = telling
        return uit
    gevraagd = stuurvragen.vraag(zicht.verbinding, kpi, zicht.wie, zicht.paren, deel.tijdvak, namen)
    vast = zicht.verbinding, kpi, gevraagd, deel.tijdvak, zicht.werkdagen, namen
    for groep, ruw, keer in stuurvragen.histogram(*vast):
        uit[_met_tijd(namen, groep, deel) if deel.namen else groep].neem(meet(ruw), keer)
    if kpi.verborgen:
        for groep, clienten in stuurvragen.clienten(*vast):
            if clienten:  # without keys the database has one group, also when there is nothing in it
                uit[_met_tijd(namen, groep, deel)].clienten = clienten
    return uit


def _met_tijd(namen: Sequence[str], groep: tuple[Any, ...], deel: Deel) -> Groep:
    return tuple(deel.namen.get(naam, waarde) for naam, waarde in zip(namen, groep, strict=True))


def _vul_aan(zicht: Zicht, kpi: Kpi, namen: Sequence[str], tellingen: dict[Groep, Telling]) -> None:
    """What the groups of some figures have besides."""
    if kpi.bron is Bron.INZET:
        plan = dict(zip(_PLAN, zicht.keuzes.plan, strict=False))
        for groep, telling in tellingen.items():
            deel = plan.get(str(groep[namen.index("klasse")]))
            telling.extra["plan"] = float(deel) if deel is not None else None
    elif kpi.bron is Bron.LUMPSUM:
        teller, noemer = SIGNAAL_VANAF
        for telling in tellingen.values():
            over = bool(telling.noemer) and telling.teller * noemer >= telling.noemer * teller
            telling.extra["signaal"] = over


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Rows behind a figure; ``volgende`` is the place after them, None when there is no more."""

    items: list[dict[str, Any]]
    volgende: int | None


def onderliggend(engine: Engine, kalender: Kalender, partij: Partij, vraag: Vraag, na: int, limiet: int) -> Bladzijde:
    """So many of the rows behind the one figure of a question, after the first ``na``."""
    with momentopname(engine) as verbinding:
        return _bladzijde(_zicht(verbinding, kalender, partij, vraag), vraag, na, limiet)


def alle_rijen(
    verbinding: Connection, kalender: Kalender, partij: Partij, vraag: Vraag, per_blad: int
) -> Iterator[list[dict[str, Any]]]:
    """All rows behind the one figure of a question, by the page."""
    zicht = _zicht(verbinding, kalender, partij, vraag)
    na: int | None = 0
    while na is not None:
        blad = _bladzijde(zicht, vraag, na, per_blad)
        yield blad.items
        na = blad.volgende


def _bladzijde(zicht: Zicht, vraag: Vraag, na: int, limiet: int) -> Bladzijde:
    (kpi,) = vraag.kpis
    namen = zicht.namen(kpi, vraag.per)
    gevonden = list(islice(_rijen(zicht, kpi, vraag, namen, na, limiet + 1), limiet + 1))
    return Bladzijde(gevonden[:limiet], na + limiet if len(gevonden) > limiet else None)


def _rijen(
    zicht: Zicht, kpi: Kpi, vraag: Vraag, namen: Sequence[str], na: int, hoogstens: int
) -> Iterator[dict[str, Any]]:
    over = na
    for deel in delen(vraag.tijdvak, tuple(naam for naam in namen if naam in (MAAND, KWARTAAL))):
        if kpi.bron in REKENBRONNEN:
            alle = [feit for feit in REKENBRONNEN[kpi.bron](zicht, deel.tijdvak, namen) if _telt(zicht, kpi, feit)]
            yield from (_item(zicht, kpi, feit, deel, namen) for feit in alle[over:])
            over = max(0, over - len(alle))
            continue
        gevraagd = stuurvragen.vraag(zicht.verbinding, kpi, zicht.wie, zicht.paren, deel.tijdvak, namen)
        vast = zicht.verbinding, kpi, gevraagd, deel.tijdvak, zicht.werkdagen, namen
        feiten = stuurvragen.feiten(*vast, over, hoogstens)
        yield from (_item(zicht, kpi, feit, deel, namen) for feit in feiten)
        if not feiten and over:
            over -= sum(keer for _, _, keer in stuurvragen.histogram(*vast))
        elif feiten:
            over = 0


def _telt(zicht: Zicht, kpi: Kpi, feit: Feitrij) -> bool:
    return not kpi.maat(feit.ruw, zicht).apart


def _item(zicht: Zicht, kpi: Kpi, feit: Feitrij, deel: Deel, namen: Sequence[str]) -> dict[str, Any]:
    meting = kpi.maat(feit.ruw, zicht)
    return {
        "groep": dict(zip(namen, _met_tijd(namen, feit.groep, deel), strict=True)),
        **feit.getoond(),
        "waarde": meting.waarde,
        "teller": meting.teller,
        "noemer": meting.noemer,
    }
