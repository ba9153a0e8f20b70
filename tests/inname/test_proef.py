"""The clock of a run, without a node."""

from datetime import UTC, datetime, timedelta

import pytest

from berichtenverkeer.keten.bezorgen.proef import Proefklok, Storing, Storingen
from berichtenverkeer.klok import NEDERLAND, gezet

NU = datetime(2026, 11, 2, 9, tzinfo=NEDERLAND)


class Systeem:
    """A system clock that a test moves."""

    def __init__(self) -> None:
        self.nu = NU

    def __call__(self) -> datetime:
        return self.nu

    def later(self, **hoeveel: float) -> None:
        self.nu = (self.nu.astimezone(UTC) + timedelta(**hoeveel)).astimezone(NEDERLAND)


@pytest.fixture
def systeem() -> Systeem:
    return Systeem()


def test_unset_it_is_the_system_clock(systeem: Systeem) -> None:
    klok = Proefklok(systeem)
    assert klok() == NU
    klok.zet(gezet("2026-03-02T10:00:00"), loopt=False)
    klok.wis()
    systeem.later(hours=1)
    assert klok() == NU + timedelta(hours=1)


def test_set_it_stands_still(systeem: Systeem) -> None:
    klok = Proefklok(systeem)
    klok.zet(gezet("2026-03-02T10:00:00"), loopt=False)
    systeem.later(hours=5)
    assert klok().isoformat() == "2026-03-02T10:00:00+01:00"


@pytest.mark.parametrize(
    ("van", "later", "tot"),
    [
        ("2026-03-02T10:00:00", 5, "2026-03-02T15:00:00+01:00"),
        ("2026-03-28T23:00:00", 5, "2026-03-29T05:00:00+02:00"),  # the night of summer time
        ("2026-10-24T23:00:00", 5, "2026-10-25T03:00:00+01:00"),  # and of winter time
    ],
)
def test_it_runs_on(systeem: Systeem, van: str, later: int, tot: str) -> None:
    klok = Proefklok(systeem)
    klok.zet(gezet(van), loopt=True)
    assert klok() == gezet(van)
    systeem.later(hours=later)
    assert klok().isoformat() == tot


def test_it_runs_on_through_a_change_of_the_hour_of_the_system(systeem: Systeem) -> None:
    systeem.nu = datetime(2026, 10, 24, 23, tzinfo=NEDERLAND)
    klok = Proefklok(systeem)
    klok.zet(gezet("2026-03-02T10:00:00"), loopt=True)
    systeem.later(hours=5)
    assert klok().isoformat() == "2026-03-02T15:00:00+01:00"


def test_the_sides_do_not_wait_for_each_other() -> None:
    storingen = Storingen()
    gevraagd = [Storing("kwijt"), Storing("http", keer=2, status=500), Storing("fo03")]
    storingen.zet("1680", gevraagd)
    assert storingen.bij_bezorgen("0344") is None
    soorten = []
    while (storing := storingen.bij_bezorgen("1680")) is not None:
        soorten.append(storing.soort)
    assert soorten == ["http", "http", "fo03"]
    assert [storing.soort for storing in storingen.over("1680")] == ["kwijt"]
    assert [storingen.raakt_kwijt("1680") for _ in range(2)] == [True, False]
    assert gevraagd[1].keer == 2  # what one hands over stays one's own
