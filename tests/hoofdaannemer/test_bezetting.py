"""Occupancy of a quarter, reckoned by hand and day by day."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.bezetting import (
    Bezet,
    Bezetting,
    Bezettingsignaal,
    Cijfers,
    Groep,
    Kwartaal,
    Plekken,
    bezet,
    bezetting,
    geleverde_dagen,
    tellende_dagen,
)  # fmt: skip
from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.keuzes import Keuzes
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd
from berichtenverkeer.levensloop.levering import Levering
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.stop import StopProduct

from .wereld import P, Q, dag, toewijzing, verwijderd, wereld

Q3 = Kwartaal(2023, 3)
ALLES = Groep("0855", "begeleiding")


def loop(van: str, tot: str | None = None) -> Looptijd:
    return Looptijd(dag(van), dag(tot) if tot else None)


def clienten(*perioden: Looptijd, groep: Groep = ALLES) -> list[Bezet]:
    return [Bezet(groep, str(nr), (periode,)) for nr, periode in enumerate(perioden)]


def plekken(aantal: int, van: str = "2023-01-01", tot: str | None = None, partner: str | None = None) -> Plekken:
    return Plekken("0855", "begeleiding", partner, aantal, dag(van), dag(tot) if tot else None)


def rij(bezetten: list[Bezet], *rijen: Plekken, vandaag: str = "2023-10-01", keuzes: Keuzes | None = None) -> Bezetting:
    (uit,) = bezetting(bezetten, rijen, Q3, keuzes or Keuzes(), dag(vandaag))
    return uit


def test_a_quarter_that_is_over() -> None:
    """92 days; one client all of them, one for 40: 132 / 92 = 1,4348, of 1,5 places on average."""
    uit = rij(clienten(loop("2023-01-01"), loop("2023-06-01", "2023-08-09")), plekken(1), plekken(1, "2023-08-16"))
    assert uit.cijfers == Cijfers(92, 132, Decimal("1.43"), Decimal("1.50"), Decimal("0.9565"), None)
    assert uit.prognose is None


def test_up_to_today_and_what_the_quarter_comes_to() -> None:
    """On 31 July 31 days; 41 pairs so far, and the one client of today for 61 days more."""
    uit = rij(
        clienten(loop("2023-07-01", "2023-07-10"), loop("2023-01-01", "2023-08-31")), plekken(2), vandaag="2023-07-31"
    )
    assert uit.cijfers == Cijfers(31, 41, Decimal("1.32"), Decimal("2.00"), Decimal("0.6613"), Bezettingsignaal.ONDER)
    assert uit.prognose == Cijfers(92, 102, Decimal("1.11"), Decimal("2.00"), Decimal("0.5543"), Bezettingsignaal.ONDER)


def test_a_quarter_to_come_has_days_to_come_only() -> None:
    uit = rij(clienten(loop("2023-01-01", "2023-06-30")), plekken(1), vandaag="2023-06-15")
    assert uit.cijfers == Cijfers(0, 0, Decimal("0.00"), Decimal("0.00"), None, None)
    assert uit.prognose == Cijfers(92, 92, Decimal("1.00"), Decimal("1.00"), Decimal("1.0000"), None)


def test_on_its_last_day_the_forecast_is_the_figure() -> None:
    uit = rij(clienten(loop("2023-07-15")), plekken(1), vandaag="2023-09-30")
    assert uit.prognose == uit.cijfers


@pytest.mark.parametrize(
    ("aantal", "signaal"),
    [(89, Bezettingsignaal.ONDER), (90, None), (100, None), (101, Bezettingsignaal.OVER)],
)
def test_the_signal_is_on_the_unrounded_graad(aantal: int, signaal: Bezettingsignaal | None) -> None:
    assert rij(clienten(*[loop("2023-01-01")] * aantal), plekken(100)).cijfers.signaal is signaal


def test_a_hair_under_is_under() -> None:
    """827.999 of 920.000 is 0,899998…: four decimals show 0,9000."""
    bijna = clienten(*[loop("2023-01-01")] * 8999, loop("2023-01-01", "2023-09-29"))
    uit = rij(bijna, plekken(10000)).cijfers
    assert (uit.graad, uit.signaal) == (Decimal("0.9000"), Bezettingsignaal.ONDER)
    ruim = rij(bijna, plekken(10000), keuzes=Keuzes({"bezetting-onder": "0.5", "bezetting-over": "0.8"})).cijfers
    assert ruim.signaal is Bezettingsignaal.OVER


def test_without_places_there_is_no_graad() -> None:
    uit = rij(clienten(loop("2023-01-01"))).cijfers
    assert (uit.plekken, uit.graad, uit.signaal) == (Decimal("0.00"), None, None)
    leeg = rij([], plekken(3)).cijfers
    assert (leeg.bezetting, leeg.graad, leeg.signaal) == (Decimal("0.00"), Decimal("0.0000"), Bezettingsignaal.ONDER)


def test_of_a_partner_the_rows_with_him() -> None:
    van_p = Groep("0855", "begeleiding", P)
    bezetten = [*clienten(loop("2023-01-01")), *clienten(loop("2023-01-01", "2023-08-15"), groep=van_p)]
    rijen = [plekken(4), plekken(2, partner=P), plekken(1, partner=Q)]
    per_partner = bezetting(bezetten, rijen, Q3, Keuzes(), dag("2023-10-01"), per=("gemeente", "segment", "partner"))
    assert [(r.groep.partner, r.cijfers.bezetting, r.cijfers.plekken) for r in per_partner] == [
        (P, Decimal("0.50"), Decimal("2.00")), (Q, Decimal("0.00"), Decimal("1.00")),
    ]  # fmt: skip
    (samen,) = bezetting(bezetten, rijen, Q3, Keuzes(), dag("2023-10-01"))
    assert (samen.cijfers.bezetting, samen.cijfers.plekken) == (Decimal("1.00"), Decimal("4.00"))


def test_segments_and_gemeenten_together() -> None:
    vervoer, elders = Groep("0855", "vervoer"), Groep("0344", "begeleiding")
    bezetten = [Bezet(groep, "1", (loop("2023-01-01"),)) for groep in (ALLES, vervoer, elders)]
    rijen = [plekken(4), plekken(9, partner=P), Plekken("0344", "begeleiding", None, 3, dag("2023-01-01"))]

    def per(*namen: str) -> list[tuple[str | None, str | None, int, Decimal]]:
        uit = bezetting(bezetten, rijen, Q3, Keuzes(), dag("2023-10-01"), per=namen)
        return [(r.groep.gemeente, r.groep.segment, r.cijfers.clientdagen, r.cijfers.plekken) for r in uit]

    assert per("gemeente") == [("0344", None, 92, Decimal("3.00")), ("0855", None, 184, Decimal("4.00"))]
    assert per("segment") == [(None, "begeleiding", 184, Decimal("7.00")), (None, "vervoer", 92, Decimal("0.00"))]
    assert per() == [(None, None, 276, Decimal("7.00"))]


def start(begin: str) -> StartProduct:
    return StartProduct.model_validate({"ToewijzingNummer": 1, "Begindatum": begin, "StatusAanlevering": "1"})


def stop(begin: str, einde: str, reden: str = "38") -> StopProduct:
    return StopProduct.model_validate(
        {
            "ToewijzingNummer": 1,
            "Begindatum": begin,
            "StatusAanlevering": "1",
            "Einddatum": einde,
            "RedenBeeindiging": reden,
        }
    )


def test_the_days_that_were_delivered() -> None:
    toegewezen = toewijzing("2023-02-01", "2023-12-31")
    levering = Levering.van(
        [start("2023-01-15"), start("2023-06-01"), start("2023-11-01")],
        [
            stop("2023-01-15", "2023-03-31", "20"),
            stop("2023-01-15", "2023-05-31"),
            stop("2023-06-01", "2023-06-30", "20"),
        ],
        {},
        {},
    )
    assert geleverde_dagen(levering, toegewezen) == (
        loop("2023-02-01", "2023-03-31"), loop("2023-06-01", "2023-06-30"), loop("2023-11-01", "2023-12-31"),
    )  # fmt: skip
    assert geleverde_dagen(levering, verwijderd(toegewezen)) == ()
    assert geleverde_dagen(Levering(), toegewezen) == ()
    assert tellende_dagen(Levering(), toegewezen, Keuzes({"bezetting-op": "toewijzing"})) == (
        loop("2023-02-01", "2023-12-31"),
    )
    assert tellende_dagen(levering, verwijderd(toegewezen), Keuzes({"bezetting-op": "toewijzing"})) == ()


def test_a_client_counts_once_on_a_day_and_for_a_partner_on_his_days() -> None:
    w = wereld(toewijzing(), toewijzing(nummer=2))
    een = w.zet_in()
    w.draag_over(een, Q, "2023-05-01")
    dagen = (loop("2023-04-16", "2023-05-15"),)
    uit = bezet(
        [
            (w.toewijzingen["t1"], "begeleiding", dagen, w.op("t1")),
            (w.toewijzingen["t2"], "begeleiding", (loop("2023-05-10", "2023-05-20"),), ()),
            (w.toewijzingen["t2"], None, dagen, ()),
        ]
    )
    assert {(een.groep.partner, een.perioden) for een in uit} == {
        (None, (loop("2023-04-16", "2023-05-20"),)),
        (P, (loop("2023-04-16", "2023-04-30"),)),
        (Q, (loop("2023-05-01", "2023-05-15"),)),
    }


DAGEN = st.integers(0, 150).map(lambda n: dag("2023-06-01") + timedelta(days=n))
PERIODEN = st.tuples(DAGEN, st.none() | DAGEN).map(lambda p: Looptijd(p[0], p[1] if p[1] and p[1] >= p[0] else None))


@given(
    st.lists(st.tuples(st.integers(1, 3), PERIODEN), max_size=8),
    st.lists(st.tuples(st.integers(0, 4), PERIODEN), max_size=3),
    DAGEN,
)
def test_a_count_day_by_day_comes_to_the_same(
    delen: list[tuple[int, Looptijd]], toegekend: list[tuple[int, Looptijd]], vandaag: date
) -> None:
    bsns = {nr: f"99999{nr}" for nr in (1, 2, 3)}
    toewijzingen = [(toewijzing(bsn=bsns[nr], tot=None), "begeleiding", (periode,), ()) for nr, periode in delen]
    rijen = [Plekken("0855", "begeleiding", None, aantal, periode.van, periode.tot) for aantal, periode in toegekend]
    alle = [dag("2023-07-01") + timedelta(days=n) for n in range(92)]
    voorbij = [d for d in alle if d <= vandaag]

    def met(d: date) -> set[int]:
        return {nr for nr, periode in delen if d in periode}

    paren = sum(len(met(d)) for d in voorbij)
    plek = sum(aantal for d in voorbij for aantal, periode in toegekend if d in periode)
    for uit in bezetting(bezet(toewijzingen), rijen, Q3, Keuzes(), vandaag):
        assert (uit.cijfers.dagen, uit.cijfers.clientdagen) == (len(voorbij), paren)
        if voorbij:
            assert uit.cijfers.bezetting == (Decimal(paren) / len(voorbij)).quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert uit.cijfers.plekken == (Decimal(plek) / len(voorbij)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if vandaag > alle[-1]:
            assert uit.prognose is None
        else:
            assert uit.prognose is not None
            assert uit.prognose.clientdagen == paren + len(met(vandaag)) * (92 - len(voorbij))


@pytest.mark.parametrize("tekst", ["2026-Q0", "2026-Q5", "2026Q3", "26-Q3", "2026-q3", "", "0000-Q1", "2026-Q33"])
def test_what_is_no_quarter(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen kwartaal"):
        Kwartaal.lees(tekst)


def test_a_quarter() -> None:
    assert Kwartaal.lees("2023-Q3") == Q3
    assert str(Q3) == "2023-Q3"
    assert Q3.looptijd == loop("2023-07-01", "2023-09-30")


def test_places_are_not_negative() -> None:
    with pytest.raises(Geweigerd, match="niet negatief"):
        plekken(-1)
    with pytest.raises(Geweigerd, match="voor zij begint"):
        plekken(1, "2023-02-01", "2023-01-01")
