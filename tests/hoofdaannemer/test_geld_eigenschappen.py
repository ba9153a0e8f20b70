"""What holds of money whatever happens: random histories of toewijzingen, inzetten, tariffs, deliveries and fixing."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd, Maand, maanden
from berichtenverkeer.hoofdaannemer.maandstaat import Feiten, Maandstaat, concept, regels, stel_vast
from berichtenverkeer.hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief, Tarieflijst
from berichtenverkeer.standaard.domein import Domein

from .naief import maandgeld
from .wereld import AFSPRAKEN, P, Q, Wereld, toewijzing, verwijderd, wereld

BEGIN = date(2023, 1, 1)
MAANDEN = [Maand(2023, nummer) for nummer in range(1, 6)]
VOLGENDE = Maand(2023, 6)
LATER = date(2024, 1, 1)
KLASSEN = ("licht", "midden")
SEGMENTEN = ("begeleiding", "vervoer")
DAGEN = st.sampled_from(
    [BEGIN + timedelta(days=n) for n in (0, 9, 30, 31, 36, 58, 59, 65, 72, 89, 90, 104, 119, 120, 151)]
)
"""Days at and around the borders of months: so few that what happens comes to touch."""
NUMMERS = st.integers(1, 3)
PARTNERS = st.sampled_from([P, Q])
BEDRAGEN = st.sampled_from([0, 101, 101, 363])
"""So few that two tariffs may be one."""


@st.composite
def tarieflijsten(draw: st.DrawFn) -> Tarieflijst:
    """Tariffs that do not overlap, with days that have none, per month, day or piece; and percentages."""
    tarieven: list[Tarief] = []
    for segment in SEGMENTEN:
        for klasse in KLASSEN:
            eenheid = draw(st.sampled_from([Eenheid.MAAND, Eenheid.MAAND, Eenheid.DAG, Eenheid.STUK]))
            for periode in draw(perioden()):
                soort = draw(st.sampled_from([eenheid, eenheid, eenheid, Eenheid.MAAND]))
                tarieven.append(Tarief(segment, klasse, soort, draw(BEDRAGEN), periode.van, periode.tot))
    bijdragen = [
        Bijdrage(segment, Decimal(draw(st.integers(0, 400))) / 4, periode.van, periode.tot)
        for segment in SEGMENTEN
        for periode in draw(perioden())
    ]
    return Tarieflijst(tuple(tarieven), tuple(bijdragen))


@st.composite
def perioden(draw: st.DrawFn) -> list[Looptijd]:
    """Periods that do not overlap; some touch, the last may have no end."""
    grenzen = sorted(draw(st.sets(DAGEN, max_size=3)) | {BEGIN})
    uit = []
    for van, volgende in zip(grenzen, [*grenzen[1:], None], strict=True):
        if draw(st.integers(0, 4)):
            gat = draw(st.sampled_from([1, 1, 1, 5]))
            tot = max(van, volgende - timedelta(days=gat)) if volgende else draw(st.none() | st.just(date(2023, 5, 20)))
            if tot is None or tot >= van:
                uit.append(Looptijd(van, tot))
    return uit


STAPPEN: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("301"), NUMMERS, st.sampled_from(["54", "54", "08", "99"]), DAGEN, st.none() | DAGEN, st.integers(0, 6)),
    st.tuples(st.just("inzet"), NUMMERS, PARTNERS, st.sampled_from(KLASSEN), DAGEN, st.none() | DAGEN),
    st.tuples(st.just("inzet"), NUMMERS, PARTNERS, st.sampled_from(KLASSEN), st.just(BEGIN), st.none()),
    st.tuples(st.sampled_from(["over", "klasse", "eind"]), st.integers(0, 9), PARTNERS, st.sampled_from(KLASSEN), DAGEN),
    st.tuples(st.sampled_from(["in", "weiger", "eind"]), st.integers(0, 9), PARTNERS, st.sampled_from(KLASSEN), DAGEN),
    st.tuples(st.just("slaap"), DAGEN, PARTNERS, st.sampled_from(KLASSEN)),
    st.tuples(st.just("tarief"), tarieflijsten()),
    st.tuples(st.just("geleverd"), st.integers(0, 9), st.sampled_from(MAANDEN), st.integers(0, 40)),
    st.tuples(st.just("vast"), PARTNERS, st.sampled_from(MAANDEN)),
    st.tuples(st.just("vast"), PARTNERS, st.sampled_from(MAANDEN)),
    st.tuples(st.just("regel"), st.sampled_from(Deelmaand)),
)  # fmt: skip


@dataclass
class Administratie:
    """What a hoofdaannemer has after a story."""

    w: Wereld
    tarieven: Tarieflijst
    deelmaand: Deelmaand = Deelmaand.NAAR_RATO
    gewoonlijk: int | None = None
    """What is delivered in every month of which nothing else is said."""
    apart: dict[tuple[str, Maand], int] = field(default_factory=dict)
    vast: dict[str, list[Maandstaat]] = field(default_factory=lambda: {P: [], Q: []})

    @property
    def feiten(self) -> Feiten:
        """The facts of now."""
        return self.w.feiten(self.tarieven, self.geleverd)

    @property
    def geleverd(self) -> dict[tuple[str, Maand], int]:
        """What was delivered, by inzet and month."""
        if self.gewoonlijk is None:
            return dict(self.apart)
        alle = {(id_, maand): self.gewoonlijk for id_ in self.w.gebeurtenissen for maand in (*MAANDEN, VOLGENDE)}
        return alle | self.apart

    def doe(self, stap: tuple[Any, ...]) -> None:
        """One step; what is refused changes nothing."""
        naam, *rest = stap
        if naam == "tarief":
            (self.tarieven,) = rest
        elif naam == "regel":
            (self.deelmaand,) = rest
        elif naam == "slaap":
            tot, partner, klasse = rest
            self.doe(("inzet", 4, partner, klasse, tot + timedelta(days=1), None))
            self.doe(("301", 4, "54", BEGIN, tot, 0))
            self.doe(("inzet", 4, partner, klasse, BEGIN, None))
            self.doe(("301", 4, "54", BEGIN, None, 0))
        elif naam == "geleverd" and self.w.gebeurtenissen:
            plek, maand, aantal = rest
            ids = list(self.w.gebeurtenissen)
            self.apart[ids[plek % len(ids)], maand] = aantal
        else:
            with suppress(Botsing, Geweigerd):
                self._doe(naam, *rest)

    def _doe(self, naam: str, *rest: Any) -> None:
        ids = list(self.w.gebeurtenissen)
        if naam == "301":
            nummer, categorie, van, tot, hoe = rest
            if tot is not None and tot < van:
                van, tot = tot, van
            oud = self.w.toewijzingen[f"t{nummer}"]
            nieuw = replace(
                oud, categorie=categorie, einddatum=tot, ingangsdatum=van if hoe == 1 else BEGIN, verwijderd=False
            )
            self.w.wijs_toe(verwijderd(nieuw) if hoe == 2 else nieuw)
        elif naam == "inzet":
            nummer, partner, klasse, van, tot = rest
            self.w.zet_in(partner, klasse, van.isoformat(), tot.isoformat() if tot else None, op=f"t{nummer}")
        elif naam == "vast":
            partner, maand = rest
            staat = stel_vast(self.feiten, partner, maand, self.vast[partner], self.deelmaand, LATER)
            self.vast[partner].append(staat)
        elif ids:
            plek, partner, klasse, dag = rest
            id_, per = ids[plek % len(ids)], dag.isoformat()
            daden: dict[str, Callable[[], object]] = {
                "over": lambda: self.w.draag_over(id_, partner, per),
                "klasse": lambda: self.w.wijzig_klasse(id_, klasse, per),
                "eind": lambda: self.w.beeindig(id_, per),
                "in": lambda: self.w.trek_in(id_),
                "weiger": lambda: self.w.weiger(id_),
            }
            daden[naam]()

    def naief(self, partner: str, maand: Maand, deelmaand: str) -> tuple[dict[str, int], dict[str, int]]:
        """The independent reckoning of the present facts."""
        alle = [(een.inzet, een.toegewezen) for een in self.w.alle()]
        return maandgeld(alle, self.tarieven, self.geleverd, partner, maand, deelmaand)

    def naief_totaal(self, partner: str, maand: Maand, deelmaand: str) -> int:
        """Its sum."""
        per_inzet, bijdragen = self.naief(partner, maand, deelmaand)
        return sum(per_inzet.values()) - sum(bijdragen.values())


def _geef_door(draw: st.DrawFn, w: Wereld, op: str) -> None:
    """Pass a toewijzing on, now and then to another partner or in another klasse."""
    id_ = w.zet_in(draw(PARTNERS), draw(st.sampled_from(KLASSEN)), BEGIN.isoformat(), op=op)
    for dag in sorted(draw(st.sets(DAGEN, max_size=4))):
        inzet = w.ingezet(id_).inzet
        if draw(st.booleans()):
            id_ = w.wijzig_klasse(id_, KLASSEN[inzet.klasse == KLASSEN[0]], dag.isoformat())
        else:
            id_ = w.draag_over(id_, Q if inzet.partner == P else P, dag.isoformat())


@st.composite
def administraties(draw: st.DrawFn) -> Administratie:
    """A story: four toewijzingen, of both laws, then whatever happens."""
    w = wereld(
        toewijzing(tot=None),
        toewijzing(nummer=2, domein=Domein.IJW, bsn="999991905"),
        toewijzing(nummer=3, categorie="08", domein=Domein.IJW, bsn="999991905"),
        toewijzing(nummer=4, bsn="999992946"),
        afspraken=replace(AFSPRAKEN, klassen=dict.fromkeys(SEGMENTEN, frozenset(KLASSEN))),
    )
    administratie = Administratie(
        w, draw(tarieflijsten()), draw(st.sampled_from(Deelmaand)), draw(st.sampled_from([None, 3, 25]))
    )
    for nummer in (1, 2, 3):
        if draw(st.integers(0, 3)):
            _geef_door(draw, w, f"t{nummer}")
    for stap in draw(st.lists(STAPPEN, min_size=5, max_size=18)):
        administratie.doe(stap)
    return administratie


@given(administraties())
@settings(max_examples=100)
def test_what_is_fixed_and_the_next_concept_are_what_the_present_facts_give(a: Administratie) -> None:
    for partner, vast in a.vast.items():
        volgende = concept(a.feiten, partner, VOLGENDE, vast, a.deelmaand)
        gefixeerd = sum(staat.totaal for staat in vast)
        verwacht = sum(a.naief_totaal(partner, staat.maand, staat.deelmaand) for staat in vast)
        assert gefixeerd + volgende.totaal == verwacht + a.naief_totaal(partner, VOLGENDE, a.deelmaand)


@given(administraties(), st.sampled_from(Deelmaand))
@settings(max_examples=100)
def test_a_reckoning_day_by_day_comes_to_the_same(a: Administratie, deelmaand: Deelmaand) -> None:
    for partner in (P, Q):
        for maand in (*MAANDEN, VOLGENDE):
            staat = concept(a.feiten, partner, maand, [], deelmaand)
            per_inzet: Counter[str] = Counter()
            for regel in staat.regels:
                per_inzet[regel.inzet] += regel.bedrag
            bijdragen = {een.segment: een.bedrag for een in staat.bijdragen}
            naief, naief_bijdragen = a.naief(partner, maand, deelmaand)
            assert dict(per_inzet) == naief
            assert bijdragen == {s: b for s, b in naief_bijdragen.items() if s in bijdragen}
            assert all(not b for s, b in naief_bijdragen.items() if s not in bijdragen)


@given(administraties())
def test_corrections_are_made_once(a: Administratie) -> None:
    for partner, vast in a.vast.items():
        eens = concept(a.feiten, partner, VOLGENDE, vast, a.deelmaand)
        assert eens == concept(a.feiten, partner, VOLGENDE, vast, a.deelmaand)
        genomen = [*vast, stel_vast(a.feiten, partner, VOLGENDE, vast, a.deelmaand, LATER)]
        nog = concept(a.feiten, partner, VOLGENDE.volgende, genomen, a.deelmaand)
        assert nog.correcties == ()
        assert {een.maand for een in nog.bijdragen} <= {VOLGENDE.volgende}


@given(administraties(), st.lists(STAPPEN, max_size=8))
def test_what_is_fixed_never_changes_and_has_its_own_number(a: Administratie, daarna: list[tuple[Any, ...]]) -> None:
    toen = deepcopy(a.vast)
    for stap in daarna:
        a.doe(stap)
    for partner, vast in toen.items():
        assert a.vast[partner][: len(vast)] == vast
        for nummer, staat in enumerate(a.vast[partner], start=1):
            assert concept(a.feiten, partner, staat.maand, a.vast[partner], Deelmaand.HELE_MAAND) == staat
            assert staat.nummer == f"{staat.maand}/{partner}/{nummer}"


@given(administraties(), st.sampled_from(Deelmaand))
def test_no_day_is_on_two_lines_and_every_day_on_one_that_says_why(a: Administratie, deelmaand: Deelmaand) -> None:
    ingezet = a.w.alle()
    for maand in maanden(MAANDEN[0], VOLGENDE):
        alle = [regel for partner in (P, Q) for regel in regels(a.feiten, partner, maand, deelmaand)]
        assert all(regel.berekening for regel in alle)
        gedekt = {een.inzet.id: een.effectief.doorsnede(maand.looptijd) for een in ingezet if een.effectief}
        dagen: Counter[str] = Counter()
        for regel in alle:
            dagen[regel.inzet] += regel.dagen
        assert dict(dagen) == {id_: periode.dagen for id_, periode in gedekt.items() if periode}
        per_toewijzing: dict[str, list[Looptijd]] = {}
        for een in ingezet:
            if periode := gedekt.get(een.inzet.id):
                per_toewijzing.setdefault(een.inzet.toewijzing, []).append(periode)
        for perioden_ in per_toewijzing.values():
            op_volgorde = sorted(perioden_, key=lambda p: p.van)
            assert all(een.laatste < twee.van for een, twee in pairwise(op_volgorde))
