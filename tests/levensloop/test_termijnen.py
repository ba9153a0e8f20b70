"""Working days and terms: holidays, weekends, and the terms of the standard as data."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feiten import rijen

from berichtenverkeer.levensloop.kalender import Kalender, feestdagen, plus_dagen
from berichtenverkeer.levensloop.termijnen import (
    ANTWOORD,
    DECLARATIEANTWOORD,
    ONDERZOEK_VOT,
    ONDERZOEK_VOW,
    RETOUR,
    START,
    STOP,
    TERMIJNEN,
    VOT,
    VOW,
    WOONPLAATS,
    Termijn,
    antwoord_voor,
    begin_start,
)

GEWOON = Kalender()

dagen = st.dates(date(2015, 1, 1), date(2099, 1, 1))
aantallen = st.integers(1, 30)
termijnen = st.sampled_from(TERMIJNEN)
kalenders = st.builds(Kalender, st.frozensets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=40))


def _dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


# which days are working days


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        ("2026-03-02", True),  # a Monday
        ("2026-03-07", False),  # Saturday
        ("2026-03-08", False),  # Sunday
        ("2026-01-01", False),  # Nieuwjaarsdag
        ("2026-01-02", True),
        ("2026-04-03", True),  # Goede Vrijdag
        ("2026-04-06", False),  # tweede paasdag
        ("2025-04-21", False),  # another Easter
        ("2026-04-27", False),  # Koningsdag
        ("2025-04-26", False),  # Koningsdag, since the 27th is a Sunday; a Saturday
        ("2025-04-28", True),
        ("2014-04-28", True),  # the first Koningsdag was on Saturday the 26th
        ("2025-05-05", False),  # Bevrijdingsdag, once in five years
        ("2026-05-05", True),
        ("2020-05-05", False),
        ("2026-05-14", False),  # Hemelvaartsdag
        ("2026-05-15", True),
        ("2026-05-25", False),  # tweede pinksterdag
        ("2025-12-24", True),
        ("2025-12-25", False),  # Kerst
        ("2025-12-26", False),
        ("2025-12-31", True),
    ],
)
def test_holidays(dag: str, werkdag: bool) -> None:
    assert GEWOON.is_werkdag(_dag(dag)) is werkdag


def test_the_holidays_of_a_year_are_these() -> None:
    """A newer version of the library must not change a term unnoticed."""
    assert {str(dag) for dag in feestdagen(2026)} == {
        "2026-01-01", "2026-04-05", "2026-04-06", "2026-04-27", "2026-05-14", "2026-05-24", "2026-05-25",
        "2026-12-25", "2026-12-26",
    }  # fmt: skip
    assert len(feestdagen(2025)) == 10
    assert feestdagen(9999) == frozenset()


def test_extra_days_are_free_too() -> None:
    goede_vrijdag = _dag("2026-04-03")
    assert not Kalender(frozenset({goede_vrijdag})).is_werkdag(goede_vrijdag)
    assert Kalender(frozenset({goede_vrijdag})).werkdagen_na(_dag("2026-04-02"), 1) == _dag("2026-04-07")


# terms


@pytest.mark.parametrize(
    ("termijn", "gebeurtenis", "uiterlijk"),
    [
        (RETOUR, "2026-03-02", "2026-03-05"),  # Monday: Thursday
        (RETOUR, "2026-03-05", "2026-03-10"),  # Thursday: over a weekend
        (RETOUR, "2026-03-07", "2026-03-11"),  # Saturday and Sunday count alike
        (RETOUR, "2026-03-08", "2026-03-11"),
        (RETOUR, "2026-04-02", "2026-04-08"),  # Easter; Goede Vrijdag counts
        (RETOUR, "2025-12-24", "2025-12-31"),  # Kerst and a weekend
        (RETOUR, "2025-04-25", "2025-04-30"),  # Koningsdag on Saturday takes no working day
        (RETOUR, "2026-04-24", "2026-04-30"),  # Koningsdag on Monday does
        (RETOUR, "2025-05-02", "2025-05-08"),  # Bevrijdingsdag 2025
        (RETOUR, "2026-05-04", "2026-05-07"),  # no lustrum
        (DECLARATIEANTWOORD, "2026-03-02", "2026-03-16"),
        (DECLARATIEANTWOORD, "2025-12-19", "2026-01-07"),  # Kerst and Nieuwjaarsdag
        (START, "2026-03-02", "2026-03-09"),
        (STOP, "2026-05-13", "2026-05-21"),  # Hemelvaartsdag
        (VOT, "2026-03-02", "2026-03-09"),
        (VOW, "2026-05-21", "2026-05-29"),  # Pinksteren
        (ONDERZOEK_VOT, "2026-03-02", "2026-04-28"),  # 27 April is Koningsdag
        (ONDERZOEK_VOW, "2026-03-03", "2026-04-28"),
        (ONDERZOEK_VOW, "2026-03-07", "2026-05-04"),  # a Saturday moves on to Monday
        (WOONPLAATS, "2026-03-02", "2026-03-16"),
        (WOONPLAATS, "2026-04-13", "2026-04-28"),
    ],
)
def test_terms(termijn: Termijn, gebeurtenis: str, uiterlijk: str) -> None:
    assert termijn.uiterlijk(_dag(gebeurtenis), GEWOON) == _dag(uiterlijk)


@given(termijnen, dagen, kalenders)
def test_a_term_ends_later_and_on_a_working_day(termijn: Termijn, dag: date, kalender: Kalender) -> None:
    uiterlijk = termijn.uiterlijk(dag, kalender)
    assert uiterlijk > dag
    assert kalender.is_werkdag(uiterlijk)


@given(termijnen, dagen, st.integers(0, 400), kalenders)
def test_a_later_event_never_gives_an_earlier_end(termijn: Termijn, dag: date, later: int, kalender: Kalender) -> None:
    assert termijn.uiterlijk(dag, kalender) <= termijn.uiterlijk(dag + timedelta(days=later), kalender)


@given(dagen, aantallen, kalenders)
def test_a_term_counts_working_days_from_the_day_after(dag: date, aantal: int, kalender: Kalender) -> None:
    uiterlijk = kalender.werkdagen_na(dag, aantal)
    na = (dag + timedelta(days=n) for n in range(1, (uiterlijk - dag).days + 1))
    assert sum(map(kalender.is_werkdag, na)) == aantal


@given(dagen, aantallen, kalenders)
def test_counting_back_finds_the_last_event_whose_term_has_ended(dag: date, aantal: int, kalender: Kalender) -> None:
    laatste = kalender.werkdagen_voor(dag, aantal)
    assert kalender.werkdagen_na(laatste, aantal) <= dag
    assert kalender.werkdagen_na(laatste + timedelta(days=1), aantal) > dag


@given(st.one_of(st.just(date.max), st.just(date.min), st.dates()), termijnen, aantallen)
def test_a_term_stays_within_the_calendar(dag: date, termijn: Termijn, aantal: int) -> None:
    assert dag <= termijn.uiterlijk(dag, GEWOON) <= date.max
    assert date.min <= GEWOON.werkdagen_voor(dag, aantal) <= dag


def test_days_stay_within_the_calendar() -> None:
    assert plus_dagen(_dag("2026-03-02"), 21) == _dag("2026-03-23")
    assert plus_dagen(_dag("2026-03-02"), -7) == _dag("2026-02-23")
    assert (plus_dagen(date.max, 1), plus_dagen(date.min, -1)) == (date.max, date.min)


@given(dagen, st.sampled_from((RETOUR, START, DECLARATIEANTWOORD)))
def test_a_term_is_over_on_the_day_after_its_last(vandaag: date, termijn: Termijn) -> None:
    laatste = termijn.laatst_verstreken(vandaag, GEWOON)
    assert termijn.uiterlijk(laatste, GEWOON) < vandaag
    assert termijn.uiterlijk(laatste + timedelta(days=1), GEWOON) >= vandaag


# what a term counts from


@pytest.mark.parametrize(
    ("soort", "toestand", "uiterlijk"),
    [
        ("VOT", "ingediend", "2026-03-09"),
        ("VOW", "ingediend", "2026-03-09"),
        ("VOT", "in_onderzoek", "2026-04-24"),
        ("VOW", "in_onderzoek", "2026-04-24"),
        ("VOT", "gehonoreerd", None),
        ("VOW", "afgewezen", None),
    ],
)
def test_an_answer_counts_from_receipt_and_a_decision_from_the_dagtekening(
    soort: str, toestand: str, uiterlijk: str | None
) -> None:
    gevonden = antwoord_voor(soort, toestand, _dag("2026-03-02"), _dag("2026-02-27"), GEWOON)
    assert gevonden == (_dag(uiterlijk) if uiterlijk else None)


def test_a_start_counts_from_the_later_of_its_begin_and_the_toewijzing() -> None:
    begin, bekend = _dag("2026-02-02"), _dag("2026-03-02")
    assert begin_start(begin, bekend) == bekend
    assert begin_start(bekend, begin) == bekend
    assert begin_start(begin, None) == begin


# the table


def test_every_term_is_listed_once_and_those_of_requests_among_them() -> None:
    assert len({termijn.naam for termijn in TERMIJNEN}) == len(TERMIJNEN)
    assert set(ANTWOORD.values()) <= set(TERMIJNEN)


def test_the_terms_are_those_of_the_business_rules() -> None:
    bron = {rij["regel"]: rij["termijn"] for rij in rijen("werkregels")}
    for termijn in TERMIJNEN:
        duren = [duur.strip() for duur in bron[termijn.regel].split(";")]
        assert str(termijn) in duren, termijn.naam
