"""Every retourcode is explained: by its meaning, its rules, and what to do."""

import pytest

from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.retourcode import Retourcode, retourcode, retourcodes
from berichtenverkeer.standaard.codelijst import codelijst, rijen
from berichtenverkeer.standaard.domein import Domein


def test_every_code_of_the_list_is_there_once() -> None:
    assert [uitleg.code for uitleg in retourcodes()] == list(codelijst("WJ001", "iwmo").codes)
    assert [rij["code"] for rij in rijen("retourcode_wat_nu.csv")] == list(codelijst("WJ001", "iwmo").codes)


@pytest.mark.parametrize("uitleg", retourcodes(), ids=lambda uitleg: uitleg.code)
def test_a_code_says_what_it_means_and_what_to_do(uitleg: Retourcode) -> None:
    assert set(uitleg.betekenis) == set(Domein)
    assert all(uitleg.betekenis.values())
    assert uitleg.wat_nu.endswith(".")
    assert uitleg.antwoorden or uitleg.berichten == ("325",)
    assert {regel.retourcode for regel in uitleg.regels} <= {uitleg.code}


def test_the_rules_of_all_codes_are_those_that_have_one() -> None:
    assert sorted(regel.code for uitleg in retourcodes() for regel in uitleg.regels) == [
        regel.code for regel in catalogus() if regel.retourcode is not None
    ]


@pytest.mark.parametrize(
    ("code", "berichten", "antwoorden"),
    [
        ("9019", ("305", "307"), ("306", "308")),
        ("8187", ("317", "323", "325"), ("318", "325")),
        ("9366", ("325",), ()),
        ("8001", (), ("325",)),
        ("0200", (), ("302", "306", "308", "316", "318", "320", "325")),
    ],
)
def test_where_a_code_is_given_and_comes_back(
    code: str, berichten: tuple[str, ...], antwoorden: tuple[str, ...]
) -> None:
    uitleg = retourcode(code)
    assert (uitleg.berichten, uitleg.antwoorden) == (berichten, antwoorden)


def test_what_is_no_retourcode() -> None:
    with pytest.raises(KeyError):
        retourcode("1234")
