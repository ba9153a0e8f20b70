"""The reckoning of a month once more, day by day, sharing nothing with the code but the facts."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from berichtenverkeer.hoofdaannemer.inzet import Inzet
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.tarief import Tarieflijst
from berichtenverkeer.hoofdaannemer.toegewezen import Toegewezen

SEGMENT = {"54": "begeleiding", "08": "vervoer"}
Geld = tuple[dict[str, int], dict[str, int]]
"""By inzet, and the contribution by segment."""


def dagen_van(inzet: Inzet, toegewezen: Toegewezen, maand: Maand) -> list[date]:
    """The days of the month on which an inzet counts."""
    if (
        inzet.ingetrokken
        or inzet.aanname == "geweigerd"
        or toegewezen.verwijderd
        or toegewezen.categorie not in SEGMENT
    ):
        return []
    uit, dag = [], date(maand.jaar, maand.nummer, 1)
    while dag.month == maand.nummer:
        if inzet.van <= dag <= (inzet.tot or dag) and toegewezen.ingangsdatum <= dag <= (toegewezen.einddatum or dag):
            uit.append(dag)
        dag += timedelta(days=1)
    return uit


def maandgeld(
    alle: list[tuple[Inzet, Toegewezen]], tarieven: Tarieflijst, geleverd: dict[tuple[str, Maand], int], partner: str,
    maand: Maand, deelmaand: str,
) -> Geld:  # fmt: skip
    """What a month of a partner comes to, in eurocent."""
    per_inzet: dict[str, int] = {}
    grondslag: dict[str, int] = defaultdict(int)
    gedekt = {i.id: dagen_van(i, t, maand) for i, t in alle if i.partner == partner}
    for inzet, toegewezen in alle:
        dagen = gedekt.get(inzet.id)
        if not dagen:
            continue
        segment = SEGMENT[toegewezen.categorie or ""]
        prijs = {d: _tarief(tarieven, segment, inzet.klasse, d) for d in dagen}
        eerder = [
            ander
            for ander, _ in alle
            if ander.toewijzing == inzet.toewijzing and gedekt.get(ander.id) and max(gedekt[ander.id]) < dagen[0]
            and _tarief(tarieven, segment, ander.klasse, gedekt[ander.id][0])[0] in ("maand", "")
        ]  # fmt: skip
        bedrag = _bedrag(prijs, maand, deelmaand, geleverd.get((inzet.id, maand), 0), elders=bool(eerder))
        per_inzet[inzet.id] = bedrag
        grondslag[segment] += bedrag
    procent = {s: _procent(tarieven, s, date(maand.jaar, maand.nummer, 1)) for s in grondslag}
    return per_inzet, {s: _rond(Decimal(som) * procent[s] / 100) for s, som in grondslag.items()}


def _bedrag(prijs: dict[date, tuple[str, int]], maand: Maand, deelmaand: str, aantal: int, *, elders: bool) -> int:
    dagen = list(prijs)
    eerste = prijs[dagen[0]]
    som = 0
    if deelmaand == "naar-rato":
        for (eenheid, cent), reeks in groupby(dagen, key=lambda d: prijs[d]):
            if eenheid == "maand":
                som += _rond(Decimal(cent) * len(list(reeks)) / _lengte(maand))
    elif eerste[0] in ("maand", "") and elders and deelmaand == "hele-maand":
        return 0
    elif eerste[0] == "maand":
        return eerste[1] if deelmaand == "hele-maand" or dagen[0].day == 1 else 0
    geteld = [d for d in dagen if prijs[d][0] != "maand"]
    if geteld:
        eenheid, cent = prijs[geteld[-1]]
        if eenheid:
            som += cent * (min(aantal, len(geteld)) if eenheid == "dag" else aantal)
    return som


def _tarief(tarieven: Tarieflijst, segment: str, klasse: str, dag: date) -> tuple[str, int]:
    for t in tarieven.tarieven:
        if (t.segment, t.klasse) == (segment, klasse) and t.van <= dag <= (t.tot or dag):
            return t.eenheid, t.eurocent
    return "", 0


def _procent(tarieven: Tarieflijst, segment: str, dag: date) -> Decimal:
    for b in tarieven.bijdragen:
        if b.segment == segment and b.van <= dag <= (b.tot or dag):
            return b.percentage
    return Decimal(0)


def _lengte(maand: Maand) -> int:
    volgende = date(maand.jaar + maand.nummer // 12, maand.nummer % 12 + 1, 1)
    return (volgende - date(maand.jaar, maand.nummer, 1)).days


def _rond(bedrag: Decimal) -> int:
    return int(bedrag.quantize(Decimal(1), ROUND_HALF_UP))
