"""Merged gemeenten: every one has its successors, and none is one of today."""

from datetime import date

from berichtenverkeer.standaard.codelijst import codelijst, rijen
from berichtenverkeer.standaard.herindeling import herindeling

GEMEENTEN = codelijst("CBS", "iwmo")


def test_every_merged_gemeente_became_one_of_today_and_is_none_itself() -> None:
    codes = [rij["code"] for rij in rijen("herindelingen.csv")]
    assert len(codes) == len(set(codes)) == 52
    for code in codes:
        oud = herindeling(code)
        assert oud is not None
        assert code not in GEMEENTEN
        assert all(opvolger in GEMEENTEN for opvolger in oud.opgegaan_in)
        assert date(2018, 12, 31) <= oud.geldig_tot < date(2026, 1, 1)


def test_a_gemeente_that_was_split_names_all_its_successors() -> None:
    oud = herindeling("0788")
    assert oud is not None
    assert oud.opvolgers == "0757 (Boxtel), 0824 (Oisterwijk), 0855 (Tilburg), 0865 (Vught)"


def test_a_gemeente_of_today_and_a_code_that_never_was_have_none() -> None:
    assert herindeling("0363") is None
    assert herindeling("9999") is None
