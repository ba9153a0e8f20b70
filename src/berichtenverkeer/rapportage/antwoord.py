"""The answer to a question: the figures with their groups, and the rows behind one of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from ..levensloop.kalender import Kalender
from ..opslag.database import momentopname
from ..opslag.stuurinformatie import stuurvragen
from ..opslag.stuurinformatie.stuurbronnen import met_geheugen
from ..opslag.stuurinformatie.stuurvragen import Feitrij, PlekOnjuist
from ..partijen.partij import Partij
from ..stuurinformatie.kpi import Bron, Kpi, Meting
from ..stuurinformatie.kpis.bestedingsruimte import SIGNAAL_VANAF
from ..stuurinformatie.telling import Groep, Telling, deel_op, groepen
from ..stuurinformatie.tijd import KWARTAAL, MAAND, Deel, delen
from .rekenbronnen import REKENBRONNEN
from .samengevat import feitgroepen
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
    with momentopname(engine) as verbinding, met_geheugen(verbinding):
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
        for groep, ruw, aantal, wie in feitgroepen(zicht, kpi.bron, deel.tijdvak, namen):
            telling, meting = uit[_met_tijd(namen, groep, deel)], meet(ruw)
            telling.neem_samen(meting, aantal)
            if not meting.apart:
                telling.wie.update(wie)
        for telling in uit.values():
            telling.clienten = len(telling.wie)
        return uit
    gevraagd = stuurvragen.vraag(zicht.verbinding, kpi, zicht.wie, zicht.paren, deel.tijdvak, namen)
    vast = zicht.verbinding, kpi, gevraagd, deel.tijdvak, zicht.werkdagen, namen
    if (
        kpi.neemt and kpi.goed is None and not kpi.verborgen
    ):  # clients are not counted, and facts with what is taken of them
        for groep, ruw, keer in stuurvragen.histogram(*vast):
            uit[_met_tijd(namen, groep, deel)].neem(meet(ruw), keer)
        return uit
    alle: dict[Groep, int] = {}
    for groep, feiten, clienten in zicht.aantallen(kpi, deel.tijdvak, namen, lambda: stuurvragen.aantallen(*vast)):
        if feiten:  # without keys the database has one group, also when there is nothing in it
            alle[groep] = feiten
            uit[_met_tijd(namen, groep, deel)].clienten = clienten
    gemeten: Iterable[tuple[Groep, tuple[Any, ...], int]]
    if not kpi.neemt:
        gemeten = ((groep, (), keer) for groep, keer in alle.items())
    elif kpi.goed is not None:
        gemeten = _goede(alle, {groep: keer for groep, _, keer in stuurvragen.histogram(*vast)})
    else:
        gemeten = stuurvragen.histogram(*vast)
    for groep, ruw, keer in gemeten:
        uit[_met_tijd(namen, groep, deel)].neem(meet(ruw), keer)
    return uit


def _goede(alle: Mapping[Groep, int], goed: Mapping[Groep, int]) -> Iterator[tuple[Groep, tuple[bool], int]]:
    """Of all facts those that are good and those that are not."""
    for groep, keer in alle.items():
        wel = goed.get(groep, 0)
        yield groep, (True,), wel
        yield groep, (False,), keer - wel


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


class Plek(NamedTuple):
    """A place in the rows behind a figure: after one of the so manieth part of the period, at its place in that."""

    deel: int = 0
    in_deel: stuurvragen.Plek = stuurvragen.Plek()


BEGIN = Plek()
"""The place before the first row."""


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Rows behind a figure; ``volgende`` is the place after them, None when there is no more."""

    items: list[dict[str, Any]]
    volgende: Plek | None


def onderliggend(engine: Engine, kalender: Kalender, partij: Partij, vraag: Vraag, na: Plek, limiet: int) -> Bladzijde:
    """So many of the rows behind the one figure of a question, after a place. Raises ``PlekOnjuist`` for one of another figure."""
    with momentopname(engine) as verbinding:
        return _bladzijde(_zicht(verbinding, kalender, partij, vraag), vraag, na, limiet)


def alle_rijen(
    verbinding: Connection, kalender: Kalender, partij: Partij, vraag: Vraag, per_blad: int
) -> Iterator[list[dict[str, Any]]]:
    """All rows behind the one figure of a question, by the page."""
    zicht = _zicht(verbinding, kalender, partij, vraag)
    na: Plek | None = BEGIN
    while na is not None:
        blad = _bladzijde(zicht, vraag, na, per_blad)
        yield blad.items
        na = blad.volgende


def _bladzijde(zicht: Zicht, vraag: Vraag, na: Plek, limiet: int) -> Bladzijde:
    (kpi,) = vraag.kpis
    namen = zicht.namen(kpi, vraag.per)
    gevonden = list(islice(_rijen(zicht, kpi, vraag, namen, na, limiet + 1), limiet + 1))
    items = [item for item, _ in gevonden[:limiet]]
    return Bladzijde(items, gevonden[limiet - 1][1] if len(gevonden) > limiet else None)


def _rijen(
    zicht: Zicht, kpi: Kpi, vraag: Vraag, namen: Sequence[str], na: Plek, hoogstens: int
) -> Iterator[tuple[dict[str, Any], Plek]]:
    tijd = tuple(naam for naam in namen if naam in (MAAND, KWARTAAL))
    for nummer, deel in enumerate(delen(vraag.tijdvak, tijd)):
        if nummer < na.deel:
            continue
        vanaf = na.in_deel if nummer == na.deel else stuurvragen.Plek()
        for feit, plek in _feiten(zicht, kpi, deel, namen, vanaf, hoogstens):
            yield _item(zicht, kpi, feit, deel, namen), Plek(nummer, plek)


def _feiten(
    zicht: Zicht, kpi: Kpi, deel: Deel, namen: Sequence[str], na: stuurvragen.Plek, hoogstens: int
) -> Iterator[tuple[Feitrij, stuurvragen.Plek]]:
    if kpi.bron not in REKENBRONNEN:
        gevraagd = stuurvragen.vraag(zicht.verbinding, kpi, zicht.wie, zicht.paren, deel.tijdvak, namen)
        vast = zicht.verbinding, kpi, gevraagd, deel.tijdvak, zicht.werkdagen, namen
        yield from stuurvragen.feiten(*vast, na, hoogstens)
        return
    if na.waarden:
        raise PlekOnjuist
    alle = (feit for feit in REKENBRONNEN[kpi.bron](zicht, deel.tijdvak, namen) if _telt(zicht, kpi, feit))
    for nummer, feit in enumerate(alle, start=1):
        if nummer > na.gehad:
            yield feit, stuurvragen.Plek((), nummer)


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
