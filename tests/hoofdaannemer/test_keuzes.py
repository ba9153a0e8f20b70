"""The settings of a hoofdaannemer, with the defaults of the contract."""

from decimal import Decimal

import pytest

from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.keuzes import KEUZES, BezettingOp, Deelmaand, Keuzes, lees_keuze


def test_the_defaults() -> None:
    assert {naam: keuze.standaard for naam, keuze in KEUZES.items()} == {
        "aanname": "ja",
        "aanname-termijn": "5",
        "toestemming-vereist": "nee",
        "partner-zichtbaar-voor-gemeente": "ja",
        "deelmaand": "naar-rato",
        "herindicatie-vooruit": "42",
        "herindicatie-uiterlijk": "21",
        "bezetting-op": "levering",
        "bezetting-onder": "0.90",
        "mix-plan": "30-40-30",
        "bezetting-over": "1.00",
    }


@pytest.mark.parametrize("naam", KEUZES)
def test_a_default_is_a_value_that_may_be_set(naam: str) -> None:
    assert lees_keuze(naam, KEUZES[naam].standaard) == KEUZES[naam].standaard


def test_what_was_chosen_counts() -> None:
    keuzes = Keuzes(
        {"deelmaand": "hele-maand", "aanname": "nee", "bezetting-onder": lees_keuze("bezetting-onder", " 0,85 ")}
    )
    assert keuzes.deelmaand is Deelmaand.HELE_MAAND
    assert keuzes.bezetting_op is BezettingOp.LEVERING
    assert not keuzes.ja("aanname")
    assert keuzes.deel("bezetting-onder") == Decimal("0.85")
    assert keuzes.dagen("herindicatie-vooruit") == 42
    assert keuzes.toon("deelmaand", "bezetting-op") == {"deelmaand": "hele-maand", "bezetting-op": "levering"}
    with pytest.raises(KeyError):
        keuzes.waarde("onzin")


@pytest.mark.parametrize(
    ("naam", "waarde", "veld"),
    [
        ("onzin", "ja", "naam"),
        ("aanname", "yes", "waarde"),
        ("aanname-termijn", "0", "waarde"),
        ("aanname-termijn", "-1", "waarde"),
        ("herindicatie-vooruit", "4000", "waarde"),
        ("herindicatie-vooruit", "٣", "waarde"),
        ("deelmaand", "half", "waarde"),
        ("bezetting-onder", "NaN", "waarde"),
        ("bezetting-onder", "-0.1", "waarde"),
        ("bezetting-over", "1.2.3", "waarde"),
        ("bezetting-over", "Infinity", "waarde"),
    ],
)
def test_what_cannot_be_chosen(naam: str, waarde: str, veld: str) -> None:
    with pytest.raises(Geweigerd) as fout:
        lees_keuze(naam, waarde)
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == [veld]
    assert fout.value.bezwaren[0].advies


@pytest.mark.parametrize("waarde", ["30-40", "30-40-31", "a-b-c", "30,40,30", ""])
def test_a_plan_adds_up_to_a_hundred(waarde: str) -> None:
    with pytest.raises(Geweigerd):
        lees_keuze("mix-plan", waarde)
    assert sum(Keuzes({"mix-plan": lees_keuze("mix-plan", "25-50-25")}).plan) == 1
