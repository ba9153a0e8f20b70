"""The rules on a declaratie: what they count, and that their time grows with the number of Prestaties."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.gevallen import maak_bericht
from tests.werk import uitgevoerd

from berichtenverkeer.regels.algemeen.datums import jaren_eerder
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.berichten.basis import BedragMetDC, Referentie, TotaalBedragMetDC
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Prestatie
from berichtenverkeer.standaard.domein import Domein

SOORT, BASIS = maak_bericht("323", Domein.IJW)
assert isinstance(BASIS, Bericht323)
_DECLARATIE = BASIS.Declaratie
_CLIENT = _DECLARATIE.Clienten[0]


def declaratie(prestaties: list[Prestatie], totaal: int) -> Bericht323:
    """A 323 with these Prestaties and this total in eurocent, below zero for credit."""
    bedrag = TotaalBedragMetDC(TotaalBedrag=abs(totaal), DebetCredit="C" if totaal < 0 else "D")
    clienten = (_CLIENT.model_copy(update={"Prestaties": tuple(prestaties)}),)
    anders = _DECLARATIE.model_copy(update={"Clienten": clienten, "TotaalIngediendBedrag": bedrag})
    assert isinstance(BASIS, Bericht323)
    return BASIS.model_copy(update={"Declaratie": anders})


def prestatie(nummer: int, bedrag: int) -> Prestatie:
    """A Prestatie on a toewijzing of its own, with this amount in eurocent, below zero for credit."""
    credit = bedrag < 0
    return _CLIENT.Prestaties[0].model_copy(
        update={
            "ToewijzingNummer": nummer,
            "ProductReferentie": Referentie(
                ReferentieNummer=f"R{nummer}", VorigReferentieNummer=f"V{nummer}" if credit else None
            ),
            "IngediendBedrag": BedragMetDC(Bedrag=abs(bedrag), DebetCredit="C" if credit else "D"),
        }
    )


def regels(bericht: Bericht323) -> list[str]:
    return [regel.code for regel, _ in toets_bericht(bericht, SOORT)]


@given(st.lists(st.integers(-100_000, 100_000), min_size=1, max_size=20), st.integers(-2, 2))
def test_the_total_is_the_sum_with_credit_taken_off(bedragen: list[int], ernaast: int) -> None:
    prestaties = [prestatie(nummer, bedrag) for nummer, bedrag in enumerate(bedragen)]
    assert regels(declaratie(prestaties, sum(bedragen) + ernaast)) == (["TR358"] if ernaast else [])


def goed(aantal: int) -> list[Prestatie]:
    return [prestatie(nummer, 100) for nummer in range(aantal)]


def fout(aantal: int) -> list[Prestatie]:
    """All of them the same line."""
    return [prestatie(1, 100)] * aantal


@pytest.mark.parametrize("maak", [goed, fout])
def test_work_grows_with_the_number_of_prestaties(maak: Callable[[int], list[Prestatie]]) -> None:
    """Ten times as many take about ten times as much, not a hundred times."""

    def werk(aantal: int) -> int:
        bericht = declaratie(maak(aantal), 100 * aantal)
        return uitgevoerd(lambda: toets_bericht(bericht, SOORT))

    werk(10)
    assert werk(1000) < 12 * werk(100)


@pytest.mark.parametrize(
    ("dag", "jaren", "eerder"),
    [
        (date(2026, 3, 2), 120, date(1906, 3, 2)),
        (date(2020, 2, 29), 120, date(1900, 2, 28)),
        (date(2024, 2, 29), 120, date(1904, 2, 29)),
        (date(2028, 2, 29), 5, date(2023, 2, 28)),
        (date(121, 2, 28), 120, date(1, 2, 28)),
        (date(120, 2, 28), 120, date.min),
        (date.min, 5, date.min),
    ],
)
def test_years_earlier(dag: date, jaren: int, eerder: date) -> None:
    assert jaren_eerder(dag, jaren) == eerder
