"""Every Eenheid, Frequentie and variant over whole and broken periods: what may be declared at most, counted day by day.

The expected values do not use ``levensloop.rekenen``: they walk over the days of the toewijzing. Each is held against TR321
and TR322 themselves, that pass the maximum and refuse one more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from tests.voorstel.grondslag import BSN, kennis_van, maak_grondslag, toegewezen

from berichtenverkeer.levensloop.rekenen.eenheid import Eenheid
from berichtenverkeer.levensloop.rekenen.kader import Kader, omvang
from berichtenverkeer.levensloop.rekenen.maximum import maximum_looptijd, maximum_periode
from berichtenverkeer.levensloop.rekenen.periode import Periode
from berichtenverkeer.levensloop.rekenen.variant import GebrokenMaand, Uitvoeringsvariant
from berichtenverkeer.regels.contract import Contract, Productcode
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen_declaratie import toets_declaratie
from berichtenverkeer.standaard.berichten.basis import BedragMetDC, GeslotenPeriode, Referentie
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Prestatie
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.voorstel.declareren.bericht import maak_323

LOOPTIJDEN = {
    "hele maanden": (date(2026, 1, 1), date(2026, 3, 31)),
    "eerste maand gebroken": (date(2026, 1, 12), date(2026, 3, 31)),
    "laatste maand gebroken, eind op vrijdag": (date(2026, 1, 1), date(2026, 4, 10)),
    "beide gebroken": (date(2026, 1, 12), date(2026, 4, 10)),
    "begin op zondag, eind op zondag": (date(2026, 2, 8), date(2026, 4, 19)),
    "eind na de laatste zondag, in de volgende maand": (date(2025, 7, 7), date(2025, 9, 5)),
    "over de jaargrens": (date(2025, 11, 24), date(2026, 1, 15)),
    "een jaar van 53 weken": (date(2026, 1, 1), date(2026, 12, 31)),
    "februari van een schrikkeljaar": (date(2028, 2, 1), date(2028, 2, 29)),
    "binnen één maand": (date(2026, 3, 4), date(2026, 3, 20)),
    "zonder zondag": (date(2026, 3, 2), date(2026, 3, 6)),
    "zonder zondag, over een maandgrens": (date(2026, 3, 30), date(2026, 4, 3)),
    "één dag": (date(2026, 3, 2), date(2026, 3, 2)),
}
VOLUMES = {"01": 180, "04": 3, "14": 7, "16": 5, "82": 2, "83": 30_001, "84": 4}
PER_DAG = ("01", "04", "82")
"""The Eenheden that may be toegewezen_dagen per day (CS338)."""


class Geval(NamedTuple):
    """A toewijzing to reckon on. ``variant`` is what the list of the gemeente says; None when it says nothing."""

    eenheid: str
    frequentie: str
    variant: Uitvoeringsvariant | None
    gebroken: GebrokenMaand
    looptijd: str

    @property
    def dagen(self) -> list[date]:
        begin, eind = LOOPTIJDEN[self.looptijd]
        return [begin + timedelta(nummer) for nummer in range((eind - begin).days + 1)]

    @property
    def volume(self) -> int:
        return VOLUMES[self.eenheid]

    @property
    def output(self) -> bool:
        if self.variant is None:
            return self.eenheid in ("82", "83")
        return self.variant is Uitvoeringsvariant.OUTPUT


GEVALLEN = [
    Geval(eenheid, frequentie, variant, gebroken, looptijd)
    for eenheid, frequentie, variant, gebroken, looptijd in product(
        VOLUMES, "1246", (None, *Uitvoeringsvariant), GebrokenMaand, LOOPTIJDEN
    )
    if frequentie != "1" or eenheid in PER_DAG
    if gebroken is GebrokenMaand.HEEL or (frequentie == "4" and variant in (None, Uitvoeringsvariant.OUTPUT))
]


def verwacht(geval: Geval) -> tuple[dict[tuple[int, int], int], int]:
    """What may be declared in each month, and over the run."""
    dagen, volume = geval.dagen, geval.volume
    maanden = {(dag.year, dag.month): 0 for dag in dagen}
    if geval.frequentie == "6":
        return dict.fromkeys(maanden, volume), volume
    if geval.frequentie == "1":
        for dag in dagen:
            maanden[dag.year, dag.month] += volume
        return maanden, len(dagen) * volume
    if geval.frequentie == "2":
        weken: dict[tuple[int, int], list[date]] = {}
        for dag in dagen:
            weken.setdefault(dag.isocalendar()[:2], []).append(dag)
        for week in weken.values():
            zondag = next((dag for dag in week if dag.isoweekday() == 7), None)
            if not geval.output:
                in_maanden = {(dag.year, dag.month) for dag in week}
            elif zondag is not None:
                in_maanden = {(zondag.year, zondag.month)}
            else:  # the broken last week
                laatste = max((dag for dag in dagen if dag.isoweekday() == 7), default=dagen[-1])
                in_maanden = {(laatste.year, laatste.month)}
            for sleutel in in_maanden:
                maanden[sleutel] += volume
        return maanden, len(weken) * volume
    return _per_maand(geval, maanden)


def _per_maand(geval: Geval, maanden: dict[tuple[int, int], int]) -> tuple[dict[tuple[int, int], int], int]:
    for jaar, nummer in maanden:
        toegewezen_dagen = sum((dag.year, dag.month) == (jaar, nummer) for dag in geval.dagen)
        alle = ((date(jaar, nummer, 28) + timedelta(4)).replace(day=1) - timedelta(1)).day
        maanden[jaar, nummer] = geval.volume
        if not geval.output or toegewezen_dagen == alle:
            continue
        eerste, laatste = min(maanden) == (jaar, nummer), max(maanden) == (jaar, nummer)
        if geval.gebroken is GebrokenMaand.NAAR_RATO:
            maanden[jaar, nummer] = int(geval.volume * toegewezen_dagen / alle + 0.5)
        elif (len(maanden) > 1 and geval.gebroken is GebrokenMaand.EERSTE_NIET and eerste) or (
            len(maanden) > 1 and geval.gebroken is GebrokenMaand.LAATSTE_NIET and laatste
        ):
            maanden[jaar, nummer] = 0
    return maanden, sum(maanden.values())


def contract(geval: Geval) -> Contract:
    codes: tuple[Productcode, ...] = ()
    if geval.variant is not None:
        codes = (Productcode("02", "02T01", geval.eenheid, geval.variant, date(2020, 1, 1)),)
    return Contract(codes, instellingen={"gebroken-maand": geval.gebroken})


def toewijzing(geval: Geval) -> ToegewezenProduct:
    return toegewezen(1, LOOPTIJDEN[geval.looptijd], omvang=(geval.volume, geval.eenheid, geval.frequentie))


@pytest.mark.parametrize("looptijd", LOOPTIJDEN)
@pytest.mark.parametrize("eenheid", VOLUMES)
def test_the_maximum_of_every_month_and_of_the_run(eenheid: str, looptijd: str) -> None:
    for geval in GEVALLEN:
        if (geval.eenheid, geval.looptijd) != (eenheid, looptijd):
            continue
        per_maand, run = verwacht(geval)
        kader = contract(geval).kader(toewijzing(geval), Domein.IWMO, date(2026, 1, 1))
        gevonden = {(p.begin.year, p.begin.month): maximum_periode(kader, p).waarde for p in kader.looptijd.per_maand()}
        assert (gevonden, maximum_looptijd(kader).waarde) == (per_maand, run), geval


@cache
def kennis(geval: Geval) -> Kennis:
    """What is known at this toewijzing of an own client, on the last day of its run."""
    g = maak_grondslag({BSN: [toewijzing(geval)]}, LOOPTIJDEN[geval.looptijd][1], contract=contract(geval), nummer="D1")
    bericht = maak_323(g, [(BSN, prestatie(geval, geval.dagen[0], geval.dagen[0], 1))])
    return kennis_van(g)(lees(schrijf(bericht, g.soort, g.schemas), g.schemas))


def prestatie(geval: Geval, begin: date, eind: date, volume: int, nummer: int = 1) -> Prestatie:
    euro = geval.eenheid == Eenheid.EURO
    return Prestatie(
        ProductReferentie=Referentie(ReferentieNummer=f"R{nummer}"),
        ToewijzingNummer=1,
        ProductCategorie="02",
        ProductCode="02T01",
        ProductPeriode=GeslotenPeriode(Begindatum=begin, Einddatum=eind),
        GeleverdVolume=volume,
        Eenheid=geval.eenheid,
        ProductTarief=None if euro else 1,
        IngediendBedrag=BedragMetDC(Bedrag=volume, DebetCredit="D"),
    )


def regels(geval: Geval, volumes: list[tuple[Periode, int]]) -> list[list[str]]:
    """The rules on volume that each of these Prestaties breaks, declared one after the other."""
    k = kennis(geval)
    assert isinstance(k.bericht, Bericht323)
    prestaties = [prestatie(geval, p.begin, p.eind, volume, n) for n, (p, volume) in enumerate(volumes)]
    client = k.bericht.Declaratie.Clienten[0].model_copy(update={"Prestaties": tuple(prestaties)})
    declaratie = k.bericht.Declaratie.model_copy(update={"Clienten": (client,)})
    bericht = k.bericht.model_copy(update={"Declaratie": declaratie})
    treffers = toets_declaratie(bericht, replace(k, bericht=bericht))
    return [
        sorted(r.code for r, fout in treffers if fout.deel is een and r.code in ("TR321", "TR322"))
        for een in prestaties
    ]


@pytest.mark.parametrize("eenheid", VOLUMES)
def test_the_rules_pass_the_maximum_and_refuse_one_more(eenheid: str) -> None:
    for geval in GEVALLEN:
        if geval.eenheid != eenheid or geval.looptijd == "een jaar van 53 weken":
            continue
        per_maand, run = verwacht(geval)
        perioden = {(p.begin.year, p.begin.month): p for p in _perioden(geval)}
        over = run
        vol: list[tuple[Periode, int]] = []
        for sleutel, periode in perioden.items():
            meeste = per_maand[sleutel]
            assert regels(geval, [(periode, meeste)]) == [["TR322"] if meeste > run else []], geval
            te_veel = ["TR321"] + (["TR322"] if meeste + 1 > run else [])
            assert regels(geval, [(periode, meeste + 1)]) == [te_veel], geval
            vol.append((periode, min(meeste, over)))
            over -= vol[-1][1]
        assert all(gevonden == [] for gevonden in regels(geval, vol)), geval
        assert over == 0, geval
        laatste = vol[-1]
        assert "TR322" in regels(geval, [*vol[:-1], (laatste[0], laatste[1] + 1)])[-1], geval


def _perioden(geval: Geval) -> Iterator[Periode]:
    return Periode(*LOOPTIJDEN[geval.looptijd]).per_maand()


def test_gecertificeerde_instelling_declares_three_of_four_months() -> None:
    kader = Kader(
        Domein.IJW, date(2026, 1, 12), date(2026, 4, 10), "48", omvang(1, "82", "4"), None, Uitvoeringsvariant.OUTPUT,
        GebrokenMaand.EERSTE_NIET,
    )  # fmt: skip
    maanden = [maximum_periode(kader, periode) for periode in kader.looptijd.per_maand()]
    assert [uitkomst.waarde for uitkomst in maanden] == [0, 1, 1, 1]
    assert maximum_looptijd(kader).waarde == 3
    assert maanden[0].stappen[1] == "De gebroken maand 01-2026 telt niet mee: zo is het afgesproken."
