"""When is tried again, and when a receiver is left alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.knoop import NU

from berichtenverkeer.webhooks.aanroep import wachttijd
from berichtenverkeer.webhooks.terugval import DREMPEL, GENOEG, RUST, STAPPEN, gevraagd, rust, volgende

toeval = st.floats(0, 1, exclude_max=True)


@given(st.lists(toeval, min_size=len(STAPPEN), max_size=len(STAPPEN)))
def test_attempts_go_on_for_nearly_a_day_ever_further_apart(kansen: list[float]) -> None:
    moment, wachten = NU, []
    over = iter(kansen)
    for poging in range(1, len(STAPPEN) + 1):
        dan = volgende(poging, moment, lambda: next(over))
        assert dan is not None
        wachten.append(dan - moment)
        moment = dan
    assert volgende(len(STAPPEN) + 1, moment, lambda: 0.0) is None
    assert timedelta(hours=18) < moment - NU < timedelta(days=1)
    assert all(stap * 0.8 <= wacht <= stap for stap, wacht in zip(STAPPEN, wachten, strict=True))


@given(st.integers(0, 10_000), toeval)
def test_a_receiver_is_left_alone_an_hour_at_most(achtereen: int, kans: float) -> None:
    tot = rust(achtereen, NU, lambda: kans)
    if achtereen < DREMPEL:
        assert tot is None
    else:
        assert tot is not None
        assert RUST[0] * 0.8 <= tot - NU <= timedelta(hours=1)


@given(st.lists(toeval, min_size=GENOEG, max_size=GENOEG))
def test_before_it_is_called_no_more_a_working_week_has_passed(kansen: list[float]) -> None:
    over, moment = iter(kansen), NU
    for achtereen in range(1, GENOEG):
        moment = rust(achtereen, moment, lambda: next(over)) or moment
    assert timedelta(days=5) < moment - NU < timedelta(days=8)


@given(st.timedeltas())
def test_who_asks_to_wait_is_given_a_day_at_most(wacht: timedelta) -> None:
    assert NU <= gevraagd(wacht, NU) <= NU + timedelta(days=1)


@pytest.mark.parametrize(
    ("tekst", "seconden"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("9" * 400, 999_999_999),
        ("Mon, 02 Mar 2026 11:01:00 GMT", 60),
        ("Mon, 02 Mar 2026 10:59:00 GMT", -60),
        ("straks", None),
        ("-1", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_retry_after(tekst: str, seconden: int | None) -> None:
    wacht = wachttijd(tekst, NU)
    assert (None if wacht is None else wacht.total_seconds()) == seconden
