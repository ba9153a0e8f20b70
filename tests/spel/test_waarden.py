"""Expressions: days, moments and fresh numbers."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.spel.schrijven.waarden import ZADEN, Nummers, Omgeving, WaardeFout, maandeinde, verschuif
from berichtenverkeer.standaard.domein import Domein

DAGEN = st.dates(date(1970, 1, 1), date(2090, 12, 31))


def _omgeving(moment: datetime = datetime(2026, 3, 4, 9), **variabelen: object) -> Omgeving:
    return Omgeving(Nummers(1), moment, Domein.IWMO, variabelen)


@given(DAGEN, st.integers(-400, 400))
def test_days_and_weeks_are_counted(dag: date, aantal: int) -> None:
    omgeving = _omgeving(datetime.combine(dag, datetime.min.time()))
    assert omgeving.waarde(f"$vandaag{aantal:+}d") == (dag + timedelta(aantal)).isoformat()
    assert omgeving.waarde(f"$vandaag{aantal:+}w{-aantal:+}w") == dag.isoformat()


@given(DAGEN, st.integers(0, 300))
def test_a_month_later_is_the_same_day_or_the_last(dag: date, aantal: int) -> None:
    later = verschuif(dag, f"+{aantal}m", Kalender())
    assert (later.year - dag.year) * 12 + later.month - dag.month == aantal
    assert later.day == min(dag.day, maandeinde(later).day)


@given(DAGEN, st.integers(-30, 30))
def test_the_end_of_a_month_stays_the_end(dag: date, aantal: int) -> None:
    omgeving = _omgeving(datetime.combine(dag, datetime.min.time()))
    einde = date.fromisoformat(omgeving.waarde(f"$maandeinde{aantal:+}m"))
    assert (einde + timedelta(1)).day == 1


@given(DAGEN, st.integers(1, 30))
def test_working_days_are_working_days(dag: date, aantal: int) -> None:
    kalender = Kalender()
    for stap in (f"+{aantal}wd", f"-{aantal}wd"):
        ander = verschuif(dag, stap, kalender)
        assert kalender.is_werkdag(ander)
        van, tot = sorted((dag, ander))
        tussen = [van + timedelta(n) for n in range((tot - van).days + 1)]
        assert sum(kalender.is_werkdag(d) for d in tussen if d != dag) == aantal


@pytest.mark.parametrize(
    ("uitdrukking", "waarde"),
    [
        ("$vandaag", "2026-03-04"), ("$maand", "2026-03-01"), ("$maandeinde-1m", "2026-02-28"), ("$begin+1j", "2027-03-04"),
        ("$vandaag +1m -1d", "2026-04-03"), ("$$5", "$5"), ("tekst", "tekst"), ("$naam", "waarde"), ("$diep.er", "in"),
        ("$dag+1d", "2026-01-02"), ({"iwmo": "a", "ijw": "b"}, "a"), (["$naam"], ["waarde"]), ({"$naam": "x"}, {"waarde": "x"}),
        ("$nu", "09:00:00"),
    ],
)  # fmt: skip
def test_what_an_expression_means(uitdrukking: object, waarde: object) -> None:
    omgeving = _omgeving(naam="waarde", diep={"er": "in"}, dag="2026-01-01")
    assert omgeving.waarde(uitdrukking) == waarde


@pytest.mark.parametrize("uitdrukking", ["$onbekend", "$vandaag+", "$naam+1d", "$vandaag+1x", "$", "$ vandaag"])
def test_what_has_no_value_is_told(uitdrukking: str) -> None:
    with pytest.raises(WaardeFout) as gevangen:
        _omgeving(naam="waarde").waarde(uitdrukking)
    assert gevangen.value.advies


@pytest.mark.parametrize(
    ("tekst", "moment"),
    [
        ("2026-05-01T08:30", "2026-05-01T08:30"), ("+2d", "2026-03-06T09:00"), ("+3wd", "2026-03-09T09:00"),
        ("+1d 14:00", "2026-03-05T14:00"), ("+1w-1d", "2026-03-10T09:00"), ("+90min", "2026-03-04T10:30"),
        ("+1d+2u", "2026-03-05T11:00"), ("9:15", "2026-03-04T09:15"),
    ],
)  # fmt: skip
def test_moments(tekst: str, moment: str) -> None:
    assert _omgeving().moment_na(tekst) == datetime.fromisoformat(moment)


@given(st.integers(0, ZADEN - 100), st.integers(1, 99))
def test_two_seeds_share_no_number(zaad: int, verder: int) -> None:
    def alle(nummers: Nummers) -> set[str]:
        return {
            waarde
            for _ in range(20)
            for waarde in (nummers.bsn(), nummers.toewijzingnummer(), nummers.referentie("R"), nummers.identificatie())
        }

    eens, anders = alle(Nummers(zaad)), alle(Nummers(zaad + verder))
    assert len(eens) == 80
    assert not eens & anders
    assert eens == alle(Nummers(zaad))
    assert all(bsn.is_valid(w) and w.startswith("9999") for w in eens if len(w) == 9 and w.startswith("9999"))
    assert all(len(w) <= 12 for w in eens)


def test_a_name_keeps_its_fresh_number() -> None:
    omgeving = _omgeving()
    nummer = omgeving.waarde("$t1", "ToewijzingNummer")
    assert omgeving.waarde("$t1") == nummer
    assert omgeving.namen == {"t1": nummer}
    assert omgeving.waarde("$t2", "ToewijzingNummer") != nummer


def test_what_a_credit_takes_back_may_be_named_before_it_is_there() -> None:
    omgeving = _omgeving()
    nummer = omgeving.waarde("$p1", "VorigReferentieNummer")
    assert nummer.startswith("R")
    assert omgeving.waarde("$p1", "ReferentieNummer") == nummer
    assert omgeving.is_vrij("p2", "VorigReferentieNummer")


@pytest.mark.parametrize(
    ("tekst", "moment"),
    [
        ("$maandeinde+1d 14:00", "2026-04-01T14:00:00"),
        ("$maand + 1m", "2026-04-01T09:00:00"),
        ("$lijst.1.dag", "2026-03-09T09:00:00"),
        ("$begin-9d", "2026-03-04T09:00:00"),
    ],
)
def test_a_moment_on_a_day_is_at_once_when_that_day_is_past(tekst: str, moment: str) -> None:
    omgeving = _omgeving(lijst=[{}, {"dag": "2026-03-09"}])
    assert omgeving.moment_na(tekst).isoformat() == moment


@pytest.mark.parametrize("tekst", ["$lijst.1", "$lijst.9.dag", "$lijst.dag", "$begin 25:00", "$nooit"])
def test_a_moment_on_what_is_no_day_is_told(tekst: str) -> None:
    with pytest.raises(WaardeFout):
        _omgeving(lijst=[{}, {"dag": "2026-03-09"}]).moment_na(tekst)
