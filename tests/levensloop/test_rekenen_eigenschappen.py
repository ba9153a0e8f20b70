"""What holds for any toewijzing, period and amount."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.levensloop.rekenen.bedrag import ingediend_bedrag, mogelijke_bedragen, product_tarief, rond, uren
from berichtenverkeer.levensloop.rekenen.kader import Kader, omvang
from berichtenverkeer.levensloop.rekenen.maximum import maximum_looptijd, maximum_periode, omgerekend
from berichtenverkeer.levensloop.rekenen.overzicht import overzicht
from berichtenverkeer.levensloop.rekenen.periode import Periode, maand
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.levensloop.rekenen.verdeling import verdeel
from berichtenverkeer.levensloop.rekenen.weken import weken, zondagen
from berichtenverkeer.standaard.domein import Domein

ZONDAG = 7
DAGEN = st.dates(date(2019, 1, 1), date(2030, 12, 31))
PERIODEN = st.builds(lambda begin, lengte: Periode(begin, begin + timedelta(lengte)), DAGEN, st.integers(0, 800))
VOLUMES = st.integers(0, 99_999_999)
FREQUENTIES = st.sampled_from("1246")
VARIANTEN = st.sampled_from(Uitvoeringsvariant)
ANDERE_CATEGORIEEN = st.sampled_from(["02", "45", None])
"""Not that of the six-fold."""


def kaders(
    frequenties: st.SearchStrategy[str] = FREQUENTIES, varianten: st.SearchStrategy[Uitvoeringsvariant] = VARIANTEN
) -> st.SearchStrategy[Kader]:
    return st.builds(
        lambda domein, looptijd, categorie, volume, frequentie, variant: Kader(
            domein, looptijd.begin, looptijd.eind, categorie, omvang(volume, "04", frequentie), variant=variant
        ),
        st.sampled_from(Domein),
        PERIODEN,
        ANDERE_CATEGORIEEN,
        VOLUMES,
        frequenties,
        varianten,
    )


def dagen(periode: Periode) -> list[date]:
    return [periode.begin + timedelta(nummer) for nummer in range(periode.dagen)]


def som_van_maanden(kader: Kader) -> int:
    maxima = [maximum_periode(kader, periode).waarde for periode in kader.looptijd.per_maand()]
    return sum(waarde for waarde in maxima if waarde is not None)


def looptijd(kader: Kader) -> int:
    waarde = maximum_looptijd(kader).waarde
    assert waarde is not None
    return waarde


@given(PERIODEN)
def test_weeks_are_a_set_of_iso_weeks_and_sundays_are_sundays(periode: Periode) -> None:
    assert weken(periode) == len({dag.isocalendar()[:2] for dag in dagen(periode)})
    assert zondagen(periode) == sum(dag.isoweekday() == ZONDAG for dag in dagen(periode))


@given(PERIODEN)
def test_the_months_of_a_toewijzing_partition_it(periode: Periode) -> None:
    delen = list(periode.per_maand())
    assert [dag for deel in delen for dag in dagen(deel)] == dagen(periode)
    assert all(maand(deel.begin) == maand(deel.eind) for deel in delen)
    assert [periode.doorsnede(maand(deel.begin)) for deel in delen] == delen
    assert len(delen) == periode.maanden


@given(kaders(st.just("2"), st.just(Uitvoeringsvariant.OUTPUT)))
def test_output_months_add_up_to_the_run(kader: Kader) -> None:
    """Every week of the run belongs to exactly one month (IV076): none is lost and none counts twice."""
    assert som_van_maanden(kader) == looptijd(kader)


@given(kaders(st.sampled_from("14")))
def test_days_and_months_add_up_to_the_run(kader: Kader) -> None:
    assert som_van_maanden(kader) == looptijd(kader)


@given(kaders())
def test_the_months_never_leave_less_room_than_the_run(kader: Kader) -> None:
    assert som_van_maanden(kader) >= looptijd(kader)


@given(kaders(st.just("2"), st.just(Uitvoeringsvariant.INSPANNING)))
def test_a_week_counts_twice_at_a_month_border_only(kader: Kader) -> None:
    assert kader.omvang is not None
    grenzen = sum(deel.begin.isoweekday() != 1 for deel in list(kader.looptijd.per_maand())[1:])
    assert som_van_maanden(kader) == looptijd(kader) + grenzen * kader.omvang.Volume


@given(kaders(st.just("2")))
def test_over_the_run_every_variant_counts_the_same_weeks(kader: Kader) -> None:
    """Each week but a broken last one ends on a Sunday of the run; without any Sunday there is one week."""
    assert len({looptijd(replace(kader, variant=variant)) for variant in Uitvoeringsvariant}) == 1


@given(kaders(), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_left_fits_in_the_period_and_in_the_run(kader: Kader, elders: int, hier: int) -> None:
    gevonden = overzicht(kader, maand(kader.ingangsdatum), al_gedeclareerd=elders + hier, in_periode=hier)
    periode, run, rest = gevonden.maximum_periode.waarde, gevonden.maximum_looptijd.waarde, gevonden.resterend.waarde
    assert periode is not None
    assert run is not None
    assert rest == max(0, min(periode - hier, run - elders - hier))


@given(kaders())
def test_minutes_are_sixty_times_the_hours(kader: Kader) -> None:
    uur = maximum_looptijd(kader)
    assert uur.waarde is not None
    assert omgerekend(uur, "04", "01").waarde == 60 * uur.waarde


@given(PERIODEN, PERIODEN)
def test_a_delivery_is_divided_without_loss(levering: Periode, run: Periode) -> None:
    verdeling = verdeel(levering, run)
    geteld = [dag for deel in verdeling.delen for dag in dagen(deel.levering)]
    assert geteld == [dag for dag in dagen(levering) if dag in run]
    assert verdeling.dagen.waarde == len(geteld) == sum(deel.dagen for deel in verdeling.delen)
    for deel in verdeling.delen:
        assert deel.productperiode == run.doorsnede(maand(deel.levering.begin))


@given(st.integers(0, 10**12), st.integers(1, 1000))
def test_rounding_is_never_further_than_a_half_and_a_half_goes_up(teller: int, noemer: int) -> None:
    verschil = 2 * (rond(teller, noemer) * noemer - teller)
    assert -noemer < verschil <= noemer


@given(st.integers(1, 100_000))
def test_hours_are_within_half_an_hour_of_the_minutes(minuten: int) -> None:
    uur = uren(minuten).waarde
    assert uur is not None
    assert uur >= 1
    assert minuten < 30 or -30 <= minuten - 60 * uur < 30


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_an_hour_tariff_is_rounded_once(uurtarief: int, minuten: int) -> None:
    bedrag = ingediend_bedrag(minuten, "01", uurtarief, "04").waarde
    assert bedrag is not None
    assert abs(60 * bedrag - uurtarief * minuten) <= 30
    assert ingediend_bedrag(60 * minuten, "01", uurtarief, "04").waarde == uurtarief * minuten


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_the_amount_is_one_of_those_that_fit_the_minute_tariff(uurtarief: int, minuten: int) -> None:
    minuuttarief = product_tarief(uurtarief, "04", "01").waarde
    assert minuuttarief is not None
    mogelijk = mogelijke_bedragen(minuten, minuuttarief)
    assert ingediend_bedrag(minuten, "01", uurtarief, "04").waarde in mogelijk
    assert minuuttarief * minuten in mogelijk
    assert all(abs(2 * (bedrag - minuuttarief * minuten)) <= minuten + 1 for bedrag in mogelijk)
