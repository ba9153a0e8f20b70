"""Whether something holds on a day or at a moment: around 31 December and 1 January, and at the ends of the calendar."""

import doctest
from datetime import date, datetime, timedelta

import pytest

from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.partijen.schakelaar import Schakelaar, Stand
from berichtenverkeer.regels.contract import Productcode, Tarief
from berichtenverkeer.standaard import geldig
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import Code

OUDJAAR, NIEUWJAAR = date(2026, 12, 31), date(2027, 1, 1)


def test_the_module_says_what_it_does() -> None:
    assert doctest.testmod(geldig).failed == 0


@pytest.mark.parametrize(
    ("van", "tot", "op_oudjaar", "op_nieuwjaar"),
    [
        (None, None, True, True),
        (OUDJAAR, None, True, True),
        (NIEUWJAAR, None, False, True),
        (None, OUDJAAR, True, False),
        (None, NIEUWJAAR, True, True),
        (OUDJAAR, OUDJAAR, True, False),
        (NIEUWJAAR, NIEUWJAAR, False, True),
    ],
)
def test_both_days_of_a_period_count_wherever_it_stands(
    van: date | None, tot: date | None, op_oudjaar: bool, op_nieuwjaar: bool
) -> None:
    eerste = van or date.min
    gelden = (
        Code("01", "", van, tot).geldig_op,
        Productcode("02", "02A01", "04", Uitvoeringsvariant.INSPANNING, eerste, tot).geldig_op,
        Tarief("02A01", "04", 5000, eerste, tot).geldig_op,
        lambda dag: geldig.op_dag(van, tot, dag),
    )
    for geldt in gelden:
        assert (geldt(OUDJAAR), geldt(NIEUWJAAR)) == (op_oudjaar, op_nieuwjaar)


def test_a_switch_ends_just_before_its_last_moment() -> None:
    soort, eind = BERICHTSOORTEN["WMO301"], datetime(2027, 1, 1)
    schakelaar = Schakelaar("WMO301", "3.2", datetime(2026, 12, 31), eind, Stand.AAN)
    assert schakelaar.geldt(soort, "3.2", eind - timedelta(microseconds=1))
    assert not schakelaar.geldt(soort, "3.2", eind)


@pytest.mark.parametrize(
    ("een", "ander", "samen"),
    [
        ((OUDJAAR, OUDJAAR), (NIEUWJAAR, None), False),
        ((OUDJAAR, NIEUWJAAR), (NIEUWJAAR, None), True),
        ((date.min, None), (date.max, date.max), True),
    ],
)
def test_periods_that_share_a_day_touch_in_either_order(
    een: tuple[date, date | None], ander: tuple[date, date | None], samen: bool
) -> None:
    assert geldig.raken(*een, *ander) is samen
    assert geldig.raken(*ander, *een) is samen
