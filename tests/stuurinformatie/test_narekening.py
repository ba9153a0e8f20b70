"""The recomputation itself, on histories that a sentence of the contract decides."""

from decimal import Decimal

import pytest
from tests.stuurinformatie.verhaal import AANBIEDER, ANDER, GEMEENTE, Verhaal, dag


def waarde(v: Verhaal, code: str, van: str = "01-01", tot: str = "12-31", *, rol: str = "gemeente") -> object:
    return v.een(code, van, tot, rol=rol)["waarde"]


@pytest.mark.parametrize(("a", "b", "verwacht"), [
    ("05-01", "05-01", 0), ("05-01", "04-30", 0), ("05-01", "05-02", 1),
    ("05-02", "05-03", 1), ("05-02", "05-06", 1), ("05-02", "05-07", 2),  # 5 May 2025 is a holiday and Monday
    ("04-17", "04-18", 1), ("04-18", "04-21", 1), ("04-18", "04-22", 1), ("04-18", "04-23", 2),  # Goede Vrijdag is worked, Easter Monday is not
    ("04-25", "04-26", 1), ("04-25", "04-28", 1),
])  # fmt: skip
def test_wd_is_the_least_term_in_which_a_day_lies(a: str, b: str, verwacht: int) -> None:
    v = Verhaal()
    v.feiten.verzoek.append(("b1", 1, "iwmo", GEMEENTE, AANBIEDER, dag(a), "999900006", "R"))
    v.feiten.antwoord.append(("b2", 2, "iwmo", GEMEENTE, AANBIEDER, dag(b), "R"))
    assert waarde(v, "DOORLOOPTIJD_VERZOEK") == Decimal(verwacht)


def test_the_version_with_the_latest_toewijzingsdatum_holds_in_whatever_order_they_come() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", "08-31", op="03-01", vast="02-20", reden="04")
    v.toewijzing(1, "02-01", "03-31", op="03-02", vast="01-20")
    assert waarde(v, "WACHTENDEN", "05-01", "05-01") == (dag("05-01") - dag("02-01")).days


def test_one_waits_from_the_later_of_both_days_of_the_first_version() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", None, op="03-01", vast="02-10")
    v.toewijzing(1, "01-01", None, op="03-05", vast="03-05")
    v.start(1, "02-25", op="03-05")
    assert waarde(v, "WACHTTIJD") == 15
    v.start(2, "02-25")
    v.toewijzing(2, "02-28", "06-30")
    assert v.een("WACHTTIJD")["p90"] == 15
    assert v.een("WACHTTIJD")["mediaan"] == Decimal("7.5")  # the second began before it waited: 0


def test_a_removed_toewijzing_is_out_with_all_on_it() -> None:
    v = Verhaal()
    v.geleverd(1, "02-01", "03-31")
    v.prestatie(1, "P1", 100, "afgewezen", "04-10")
    assert (waarde(v, "INSTROOM"), waarde(v, "STOP_TIJDIG")) == (1, 1)
    v.toewijzing(1, "02-01", "02-01", op="05-01", reden="13")
    assert (waarde(v, "INSTROOM"), waarde(v, "STOP_TIJDIG")) == (0, None)
    assert v.cijfer("AFKEURBEDRAG") == []


@pytest.mark.parametrize(("domein", "dagen_later", "trajecten"), [
    ("iwmo", 4, 1), ("iwmo", 5, 2), ("iwmo", 0, 1), ("ijw", 1, 1), ("ijw", 2, 2),
])  # fmt: skip
def test_spans_are_one_traject_up_to_the_naad(domein: str, dagen_later: int, trajecten: int) -> None:
    v = Verhaal(domein)
    v.geleverd(1, "02-01", "02-10")
    v.geleverd(2, f"02-{10 + dagen_later}", "03-31", aanbieder=ANDER)
    assert waarde(v, "INSTROOM") == trajecten
    assert waarde(v, "INSTROOM", rol="aanbieder") == 1  # of what it may see


def test_a_temporary_stop_ends_no_traject_and_its_span_runs_to_the_day_before_the_next_start() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", "12-31")
    v.start(1, "02-01")
    v.stop(1, "02-01", "02-28", "20")
    assert (waarde(v, "IN_ZORG", "04-01", "04-01"), waarde(v, "UITSTROOM", "01-01", "12-30")) == (1, 0)
    v.start(1, "06-01")
    v.stop(1, "06-01", "06-30", "21")
    assert (waarde(v, "INSTROOM"), waarde(v, "UITSTROOM"), waarde(v, "TRAJECTDUUR")) == (1, 1, 150)
    assert v.cijfer("UITSTROOM_REDEN")[0]["groep"] == {"reden": "21"}


def test_what_is_taken_back_does_not_count_and_what_comes_again_was_received_with_the_last() -> None:
    v = Verhaal()
    v.toewijzing(1, "03-03", "12-31")
    v.start(1, "03-03", op="03-04")
    v.start(1, "03-03", op="03-20", status="3")
    assert (waarde(v, "INSTROOM"), waarde(v, "START_TIJDIG")) == (0, None)
    v.start(1, "03-03", op="03-21")
    assert (waarde(v, "INSTROOM"), waarde(v, "START_TIJDIG")) == (1, 0)


def test_the_term_of_a_start_runs_from_the_receipt_of_its_toewijzing_when_that_is_later() -> None:
    v = Verhaal()
    v.toewijzing(1, "03-03", "12-31", op="03-24")
    v.start(1, "03-03", op="03-31")
    assert waarde(v, "START_TIJDIG") == 1
    v.toewijzing(2, "03-03", "12-31", op="03-24")
    v.start(2, "03-04", op="04-01")
    assert waarde(v, "START_TIJDIG") == Decimal("0.5")


def test_a_definitive_stop_on_a_start_that_was_stopped_temporarily_has_no_term() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", "12-31")
    v.start(1, "02-01")
    v.stop(1, "02-01", "02-28", "20")
    v.stop(1, "02-01", "03-10", "19", op="05-01")
    assert v.een("STOP_TIJDIG")["aantal"] == 0


def test_a_stop_is_missing_more_than_five_working_days_after_the_end() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", "03-07")
    v.start(1, "02-01")
    assert (waarde(v, "STOP_ONTBREEKT", "03-01", "03-14"), waarde(v, "STOP_ONTBREEKT", "03-01", "03-15")) == (0, 1)
    v.stop(1, "02-01", "03-07", op="03-20")
    assert (waarde(v, "STOP_ONTBREEKT", "03-01", "03-19"), waarde(v, "STOP_ONTBREEKT", "03-01", "03-20")) == (1, 0)


def test_what_is_called_taakgericht_does_not_wait() -> None:
    v = Verhaal()
    v.toewijzing(1, "02-01", "12-31")
    v.geladen["productcode"] = [(GEMEENTE, "02", "02T01", "84", "taakgericht", dag("2019-01-01"), None)]
    assert waarde(v, "WACHTENDEN") is None


@pytest.mark.parametrize(
    ("dagen_later", "terug", "door"),
    [(0, 0, 1), (1, 0, 1), (2, 1, 1), (31, 1, 1), (32, 1, 0), (365, 1, 0), (366, 0, 0)],
)
def test_coming_back_and_going_on(dagen_later: int, terug: int, door: int) -> None:
    v = Verhaal()
    v.geleverd(1, "2024-03-01", "2024-03-31")
    begin = dag("2024-03-31").toordinal() + dagen_later
    v.geleverd(2, f"{dag('2024-03-31').fromordinal(begin)}", "2025-12-31", cat="07", code="07T01", gemeente="0344")
    assert waarde(v, "TERUGKEER", "03-31", "03-31") == 0  # another gemeente sees it not
    assert waarde(v, "TERUGKEER", "03-31", "03-31", rol="aanbieder") == terug
    assert waarde(v, "DOORSTROOM", "2024-03-31", "2024-03-31", rol="aanbieder") == door


@pytest.mark.parametrize(("geleden", "telt"), [(1, 0), (2, 1), (1826, 1), (1827, 0)])
def test_who_came_before(geleden: int, telt: int) -> None:
    v = Verhaal()
    einde = dag("06-01").fromordinal(dag("06-01").toordinal() - geleden)
    v.geleverd(1, "2018-01-01", f"{einde}", cat="07", code="07T01", op="01-02")
    v.geleverd(2, "06-01", "06-30")
    assert waarde(v, "HERHAALD_BEROEP", "06-01", "06-01") == telt


def test_a_traject_has_the_aanbieder_of_the_span_that_counts() -> None:
    v = Verhaal()
    v.geleverd(7, "02-01", "04-30")
    v.geleverd(3, "03-01", "03-31", aanbieder=ANDER)
    v.geleverd(9, "02-01", "04-30", aanbieder=ANDER)

    def bij(code: str, van: str = "01-01", tot: str = "12-31") -> list[object]:
        return [g["groep"]["aanbieder"] for g in v.cijfer(code, van, tot, ["aanbieder"])]

    assert (bij("INSTROOM"), bij("UITSTROOM")) == ([AANBIEDER], [ANDER])
    assert (bij("IN_ZORG", "03-15", "03-15"), bij("IN_ZORG", "04-15", "04-15")) == ([ANDER], [ANDER])


def test_credits_are_off_what_was_used() -> None:
    v = Verhaal()
    v.toewijzing(1, "03-03", "03-30", omvang=(4, "04", "2"))  # four weeks of four hours
    v.toewijzing(2, "03-01", "03-31", cat="03", code="03T01", omvang=(5, "04", "2"))
    v.geladen["tarief"] = [(GEMEENTE, AANBIEDER, "02T01", "04", dag("2019-01-01"), None, 5000)]
    v.prestatie(1, "P1", 20_000, "toegekend", "04-10")
    v.prestatie(1, "P2", 20_000, "toegekend", "05-10", vorig="P1")
    v.prestatie(1, "P3", 40_000, "toegekend", "05-10")
    v.prestatie(1, "P4", 99_000, "afgewezen", "05-10")
    groep = v.een("VERZILVERING")
    assert (groep["teller"], groep["noemer"], groep["waarde"], groep["apart"]) == (40_000, 80_000, Decimal("0.5"), 1)


def test_what_was_refused_is_open_until_it_is_granted() -> None:
    v = Verhaal()
    v.toewijzing(1, "03-01", "12-31")
    v.prestatie(1, "P1", 100, "afgewezen", "04-10")
    v.prestatie(1, "P2", 200, "afgewezen", "05-10")
    [groep] = v.cijfer("AFKEURBEDRAG", "01-01", "06-10")
    assert (groep["groep"], groep["waarde"]) == ({"leeftijd": "31-90"}, 200)
    assert [g["waarde"] for g in v.cijfer("AFKEURBEDRAG", "01-01", "05-09")] == [100]
    v.prestatie(1, "P3", 150, "toegekend", "06-01")
    assert v.cijfer("AFKEURBEDRAG", "01-01", "06-10") == []
    v.prestatie(1, "P4", 150, "toegekend", "06-20", vorig="P3")
    assert v.cijfer("AFKEURBEDRAG", "01-01", "07-10") == []  # granted since, though it is credited
    v.prestatie(1, "P5", 170, "afgewezen", "06-20")
    assert [g["waarde"] for g in v.cijfer("AFKEURBEDRAG", "01-01", "07-10")] == [170]


def test_small_cells_are_hidden_and_one_hidden_cell_takes_the_next() -> None:
    v = Verhaal()
    for nummer in range(40):
        cat, code = ("02", "02T01") if nummer < 12 else ("07", "07T01") if nummer < 33 else ("08", "08T01")
        v.geleverd(nummer, "02-01", "03-31", cat=cat, code=code, bsn=f"{nummer}")
    groepen = v.cijfer("INSTROOM", per=["form"], klein=False)
    assert [(g["groep"]["form"], g["waarde"], g["onderdrukt"]) for g in groepen] == [
        ("02", None, True), ("07", 21, False), ("08", None, True),
    ]  # fmt: skip
