"""The division into gemeenten in time: every merger, and a division that comes."""

import doctest
import pickle
from datetime import date, timedelta

import pytest

from berichtenverkeer.standaard import indeling
from berichtenverkeer.standaard.codelijst import codelijst, rijen
from berichtenverkeer.standaard.indeling import INDELING, PEILDAG, Gemeente, Indeling

DAG = timedelta(days=1)
NIEUWJAAR = date(2027, 1, 1)
HERINDELINGEN = [rij["code"] for rij in rijen("herindelingen.csv")]


def test_the_module_says_what_it_does() -> None:
    assert doctest.testmod(indeling).failed == 0


def test_there_are_as_many_gemeenten_as_there_are_and_were() -> None:
    assert len(HERINDELINGEN) == len(set(HERINDELINGEN)) == 52
    assert INDELING.op(PEILDAG).keys() == codelijst("CBS", "iwmo").codes.keys()
    assert len(INDELING.gemeenten) == 342 + 52
    assert [len(INDELING.op(date(jaar, 1, 1))) for jaar in range(2018, 2024)] == [380, 355, 355, 352, 345, 342]


@pytest.mark.parametrize("code", HERINDELINGEN)
def test_a_merged_gemeente_ends_and_what_it_became_goes_on(code: str) -> None:
    oud = INDELING[code]
    assert oud.tot is not None
    assert date(2018, 12, 31) <= oud.tot < PEILDAG
    assert (INDELING.geldt(code, oud.tot), INDELING.geldt(code, oud.tot + DAG)) == (True, False)
    assert oud.opgegaan_in
    assert all(INDELING.geldt(opvolger, oud.tot + DAG) for opvolger in oud.opgegaan_in)


def test_a_gemeente_that_was_split_names_all_its_successors() -> None:
    assert INDELING.opvolgers("0788") == "0757 (Boxtel), 0824 (Oisterwijk), 0855 (Tilburg), 0865 (Vught)"
    assert INDELING.opvolgers("0363") == ""
    assert "9999" not in INDELING


def _namen() -> dict[str, str]:
    return {code: een.naam for code, een in INDELING.op(PEILDAG).items()}


def test_a_division_that_comes_changes_nothing_before_its_first_day() -> None:
    namen = _namen()
    weg = namen.pop("1680")
    namen |= {"2099": "Nieuwhunze", "0358": "Aalsmeer-Oost"}
    overgang = INDELING.met_indeling(namen, NIEUWJAAR)
    assert overgang.begint == (Gemeente("2099", "Nieuwhunze", NIEUWJAAR),)
    assert overgang.eindigt == (Gemeente("1680", weg, None, NIEUWJAAR - DAG),)
    assert [een.naam for een in overgang.anders] == ["Aalsmeer-Oost"]
    straks = Indeling((*overgang.begint, *overgang.eindigt, *overgang.anders))
    assert straks.op(NIEUWJAAR - DAG).keys() == INDELING.op(PEILDAG).keys()
    assert straks.op(NIEUWJAAR).keys() == namen.keys()
    assert pickle.loads(pickle.dumps(straks)) == straks  # our own


def test_the_same_day_again_takes_the_place_of_what_was_said() -> None:
    namen = _namen()
    namen["2099"] = namen.pop("1680")
    eerst = INDELING.met_indeling(namen, NIEUWJAAR)
    straks = Indeling((*eerst.begint, *eerst.eindigt))
    terug = straks.met_indeling(_namen(), NIEUWJAAR)
    assert terug.weg == ("2099",)
    assert [(een.code, een.tot, een.opgegaan_in) for een in terug.anders] == [("1680", None, ())]
    assert (terug.begint, terug.eindigt) == ((), ())


def test_a_code_that_ended_long_ago_does_not_come_back() -> None:
    assert INDELING.met_indeling(_namen() | {"0501": "Brielle"}, NIEUWJAAR).komt_terug == ("0501",)
