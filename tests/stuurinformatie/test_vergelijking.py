"""Every figure over HTTP against its recomputation from the messages: every grouping, for every caller. None may differ."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import duckdb
import httpx
import pytest
from tests.conftest import MaakDatabase
from tests.knoop import Klant, Knoop, knoop
from tests.stuurinformatie.narekening.cijfers import BERICHT, CLIENT, PERIODE
from tests.stuurinformatie.narekening.feiten import open_feiten, uit_database
from tests.stuurinformatie.narekening.groepen import Groep
from tests.stuurinformatie.narekening.lezer import Feiten, Rij
from tests.stuurinformatie.narekening.narekening import CIJFER, Narekening, Periode, Rijen, cijfers
from tests.stuurinformatie.narekening.zicht import Beller
from tests.stuurinformatie.regio import wie
from tests.stuurinformatie.regio.opbouw import SLOT, Regio, bouw
from tests.stuurinformatie.voorvallen import VOORVALLEN

ALLES = bool(os.environ.get("NAREKENEN_ALLES"))
"""Every pair of names in every period, which takes long; else the pairs go round over the periods and callers."""

BELLERS = (
    *(Beller(code, "gemeente") for code in wie.GEMEENTEN),
    *(Beller(code, "aanbieder") for code in wie.AANBIEDERS),
    Beller(wie.HOOFDAANNEMER, "hoofdaannemer"),
)
PERIODEN: tuple[Periode, ...] = (
    (wie.EERSTE, wie.LAATSTE),
    (date(2025, 4, 1), date(2025, 6, 30)),
    (date(2025, 12, 10), date(2026, 2, 20)),
    (date(2026, 1, 1), date(2026, 1, 1)),
)
VELDEN = ("aantal", "clienten", "waarde", "mediaan", "p90", "aandeel", "teller", "noemer", "apart", "onderdrukt")


Gevonden = tuple[Feiten, dict[str, list[Rij]]]
"""The facts of a node."""


@dataclass(frozen=True)
class Wereld:
    """The region on a node, and what is recomputed of it by caller."""

    node: Knoop
    regio: Regio
    narekeningen: dict[Beller, Narekening]
    db: duckdb.DuckDBPyConnection

    def klant(self, beller: Beller) -> Klant:
        """The caller."""
        return self.node.klant(beller.code)


@pytest.fixture(scope="module")
def wereld(maak_database: MaakDatabase) -> Iterator[Wereld]:
    """Made once on each kind of database."""
    with knoop(maak_database.gereed(), klok=lambda: SLOT) as node:
        regio = bouw(node.engine, node.binnen.register)
        node.binnen.register.kijk()
        with node.engine.connect() as verbinding:
            feiten = uit_database(verbinding)
        yield Wereld(node, regio, *_narekeningen(feiten))


_VAN_EERDER: list[tuple[Gevonden, dict[Beller, Narekening], duckdb.DuckDBPyConnection]] = []
"""What was recomputed on another kind of database: where the facts are the same it stands."""


def _narekeningen(feiten: Gevonden) -> tuple[dict[Beller, Narekening], duckdb.DuckDBPyConnection]:
    for eerder, narekeningen, db in _VAN_EERDER:
        if eerder == feiten:
            return narekeningen, db
    db = open_feiten(*feiten)
    narekeningen = {beller: Narekening.van(db, beller, PERIODEN) for beller in BELLERS}
    _VAN_EERDER.append((feiten, narekeningen, db))
    return narekeningen, db


def test_the_region_has_what_there_is(wereld: Wereld) -> None:
    """All kinds of messages under both laws, approved and refused, those that wait for their receiver among them."""
    regio = wereld.regio
    assert not regio.geweigerd
    assert regio.aantal >= 1_500
    soorten = {soort for soort, _ in regio.oordelen}
    assert soorten >= {
        f"{wet}{nr}" for wet in ("WMO", "JW") for nr in (301, 302, 305, 306, 307, 308, 315, 317, 319, 323, 325)
    }
    per_oordeel = Counter[str]()
    for (_, oordeel), aantal in regio.oordelen.items():
        per_oordeel[oordeel] += aantal
    assert min(per_oordeel[oordeel] for oordeel in ("afgekeurd", "deels_goedgekeurd", "voorlopig")) >= 30
    assert per_oordeel["goedgekeurd"] > regio.aantal / 2


@pytest.mark.parametrize(("minstens", "wat"), VOORVALLEN.values(), ids=VOORVALLEN)
def test_what_figures_turn_on_happens_in_the_region(wereld: Wereld, minstens: int, wat: str) -> None:
    """Else that nothing differs would say little."""
    gevonden = wereld.db.execute(f"SELECT count(*) FROM ({wat})").fetchone()
    assert gevonden is not None
    assert gevonden[0] >= minstens


@pytest.mark.parametrize("beller", BELLERS, ids=lambda beller: f"{beller.rol}-{beller.code}")
def test_every_figure_is_as_it_is_recomputed(wereld: Wereld, beller: Beller) -> None:
    """Group by group, field by field; small cells hidden and shown."""
    verschillen: list[str] = []
    klant = wereld.klant(beller)
    for nummer, (periode, per) in enumerate(_vragen(beller, wereld.node.engine.dialect.name)):
        toon_klein = nummer % 2 == 0
        antwoord = _vraag(klant, periode, per, toon_klein)
        gevonden = {kpi["code"]: kpi for kpi in antwoord["kpis"]}
        assert list(gevonden) == [cijfer.code for cijfer in cijfers(beller)]
        for code, kpi in gevonden.items():
            verwacht = wereld.narekeningen[beller].groepen(code, *periode, per, toon_klein=toon_klein)
            waar = f"{code} {periode[0]}..{periode[1]} per {','.join(per) or '-'} klein={toon_klein}"
            verschillen += [f"{waar}: {verschil}" for verschil in _verschillen(kpi["groepen"], verwacht)]
    assert not verschillen, f"{len(verschillen)}:\n" + "\n".join(verschillen[:40])


def test_a_partner_sees_its_own(wereld: Wereld) -> None:
    """What the hoofdaannemer sees of it: the mix of its inzetten, and how full its share of the places is."""
    token = {"Authorization": f"Bearer token-van-{wie.DEKKER}"}
    hele = wereld.narekeningen[BELLERS[-1]]
    eigen = Narekening(hele.beller, {code: _alleen(rijen, wie.DEKKER) for code, rijen in hele.rijen.items()})
    eigen.rijen["BEZETTING"] = eigen.rijen["BEZETTING/partner"]
    with httpx.Client(base_url=wereld.node.url, headers=token, timeout=60) as klant:
        for periode in PERIODEN[:2]:
            for per in ((), ("segment",), ("gemeente", "maand")):
                kpis = {kpi["code"]: kpi for kpi in _vraag(klant, periode, per, toon_klein=True)["kpis"]}
                assert {*kpis} == {"MIX", "BEZETTING"}
                for code, kpi in kpis.items():
                    verwacht = eigen.groepen(code, *periode, per, toon_klein=True)
                    assert list(_verschillen(kpi["groepen"], verwacht)) == []


@pytest.mark.parametrize(
    ("beller", "per"),
    [(BELLERS[0], ("form", "kwartaal")), (BELLERS[4], ()), (BELLERS[-1], ("gemeente",))],
    ids=["gemeente", "aanbieder", "hoofdaannemer"],
)
def test_the_rows_beneath_make_up_the_group(wereld: Wereld, beller: Beller, per: tuple[str, ...]) -> None:
    """As many items as ``aantal`` says, whose values or parts add up to the numbers of their group."""
    klant, periode = wereld.klant(beller), PERIODEN[0]
    kpis = {kpi["code"]: kpi for kpi in _vraag(klant, periode, per, toon_klein=True)["kpis"]}
    verschillen: list[str] = []
    for code, kpi in kpis.items():
        onder = _onderliggend(klant, code, periode, per)
        for groep in kpi["groepen"]:
            items = [item for item in onder if item["groep"] == groep["groep"]]
            verschillen += [f"{code} {groep['groep']}: {verschil}" for verschil in _telt_op(code, groep, items)]
        assert {_sleutel(item["groep"]) for item in onder} <= {_sleutel(groep["groep"]) for groep in kpi["groepen"]}, (
            code
        )
    assert not verschillen, f"{len(verschillen)}:\n" + "\n".join(verschillen[:40])


def _vragen(beller: Beller, soort: str) -> Iterator[tuple[Periode, tuple[str, ...]]]:
    """What is asked: without names, by each name and by pairs of names. All of it in every period takes long: else the names go
    round over the callers and the periods, and half of them is asked on either kind of database."""
    namen = [
        naam
        for naam in dict.fromkeys((*CLIENT, *BERICHT, *PERIODE))
        if beller.rol == "hoofdaannemer" or naam not in ("segment", "partner")
    ]
    stappen: list[tuple[str, ...]] = [(), *((naam,) for naam in namen), *combinations(namen, 2)]
    if ALLES:
        yield from product(PERIODEN, stappen)
        return
    begin = BELLERS.index(beller)
    deel = 1 if beller.rol == "hoofdaannemer" else 2
    gekozen = []
    for plek, stap in enumerate(stappen, start=begin):
        if not stap or plek % (deel if len(stap) == 1 else 16) == 0:
            gekozen.append((PERIODEN[plek % len(PERIODEN)], stap))
    yield from gekozen[soort == "postgresql" :: 2]


def _alleen(rijen: Rijen, partner: str) -> Rijen:
    """Of the rows those of one partner."""
    return {deel: [rij for rij in van if rij.get("partner") == partner] for deel, van in rijen.items()}


def _vraag(klant: httpx.Client, periode: Periode, per: Sequence[str], toon_klein: bool) -> Any:
    vraag = {"van": f"{periode[0]}", "tot": f"{periode[1]}"} | ({"per": ",".join(per)} if per else {})
    antwoord = klant.get("/v1/stuurinformatie", params=vraag | ({"toonKlein": "true"} if toon_klein else {}))
    assert antwoord.status_code == 200, antwoord.text
    return json.loads(antwoord.text, parse_float=Decimal)


def _onderliggend(klant: Klant, code: str, periode: Periode, per: Sequence[str]) -> list[dict[str, Any]]:
    vraag = {"van": f"{periode[0]}", "tot": f"{periode[1]}", "toonKlein": "true"} | (
        {"per": ",".join(per)} if per else {}
    )
    items: list[dict[str, Any]] = []
    na = None
    while True:
        antwoord = klant.get(f"/v1/stuurinformatie/{code}/onderliggend", params=vraag | ({"na": na} if na else {}))
        assert antwoord.status_code == 200, antwoord.text
        bladzij = json.loads(antwoord.text, parse_float=Decimal)
        items += bladzij["items"]
        na = bladzij["volgende"]
        if na is None:
            return items


def _verschillen(gevonden: list[Groep], verwacht: list[Groep]) -> Iterator[str]:
    """In what two lists of groups differ."""
    hier, daar = ({_sleutel(groep["groep"]): groep for groep in groepen} for groepen in (gevonden, verwacht))
    for sleutel in daar.keys() - hier.keys():
        yield f"{sleutel} ontbreekt: {_kort(daar[sleutel])}"
    for sleutel in hier.keys() - daar.keys():
        yield f"{sleutel} te veel: {_kort(hier[sleutel])}"
    for sleutel in hier.keys() & daar.keys():
        anders = [veld for veld in VELDEN if hier[sleutel].get(veld) != daar[sleutel].get(veld)]
        if anders:
            yield f"{sleutel} " + ", ".join(
                f"{v}: {hier[sleutel].get(v)} is niet {daar[sleutel].get(v)}" for v in anders
            )
    if list(hier) != list(daar) and hier.keys() == daar.keys():
        yield f"andere volgorde: {list(hier)} is niet {list(daar)}"


def _telt_op(code: str, groep: Groep, items: list[dict[str, Any]]) -> Iterator[str]:
    if len(items) != groep["aantal"]:
        yield f"{len(items)} rijen, aantal {groep['aantal']}"
    clienten = {item["bsn"] for item in items} - {None}
    if groep["clienten"] is not None and len(clienten) != groep["clienten"]:
        yield f"{len(clienten)} cliënten, {groep['clienten']}"
    soort = CIJFER[code].soort
    if code == "MIX":  # what its share is of stands in the other klassen
        som = sum(item["teller"] for item in items)
        if som != groep["teller"]:
            yield f"teller telt op tot {som}, {groep['teller']}"
    elif soort == "aandeel":
        for naam in ("teller", "noemer"):
            som = sum(item[naam] for item in items)
            if som != groep[naam]:
                yield f"{naam} telt op tot {som}, {groep[naam]}"
    elif soort in ("dagen", "werkdagen") and items:
        gemiddeld = (Decimal(sum(item["waarde"] for item in items)) / len(items)).quantize(
            Decimal("0.01"), "ROUND_HALF_UP"
        )
        if gemiddeld != groep["waarde"]:
            yield f"gemiddeld {gemiddeld}, {groep['waarde']}"
    elif soort == "eurocent":
        som = sum(item["waarde"] for item in items)
        if abs(som - groep["waarde"]) > (len(items) if code == "MARGE" else 0):  # what is rounded once a cell
            yield f"telt op tot {som}, {groep['waarde']}"


def _sleutel(groep: dict[str, Any]) -> str:
    return json.dumps(groep)


def _kort(groep: Groep) -> str:
    return ", ".join(f"{veld}={groep[veld]}" for veld in VELDEN if groep.get(veld) is not None)
