"""The tables of transitions: no row is idle, and there is no way around them."""

from datetime import timedelta

import pytest

from berichtenverkeer.levensloop.overgangen import (
    LEVERING,
    TOEWIJZING,
    VERZOEK,
    Leveringstoestand,
    OnmogelijkeOvergang,
    Overgang,
    Toewijzingtoestand,
    Verzoektoestand,
    overgang,
)

from . import test_levering, test_toewijzing, test_verzoek
from .verhaal import Verhaal, toewijzing

Rij = Overgang[Toewijzingtoestand] | Overgang[Leveringstoestand] | Overgang[Verzoektoestand]


def _verteld() -> set[tuple[str, str, str, str]]:
    """What happens in the rows of the life cycle tests: event, from, to, and the words of its row."""
    verhalen = []
    for rij in test_levering.RIJEN:
        verhaal = Verhaal()
        verhaal.wijs_toe(toewijzing())
        for klassen in (*rij.eerder, rij.bericht):
            verhaal.lever(*klassen)
        verhalen.append(verhaal)
    for geval in test_toewijzing.RIJEN:
        verhaal = Verhaal()
        for klasse in geval.eerder:
            verhaal.wijs_toe(klasse)
        verhaal.wijs_toe(*geval.bericht)
        verhaal.op(verhaal.vandaag + timedelta(days=365))
        verhalen.append(verhaal)
    return {(p.gebeurtenis, p.van, p.naar, p.toelichting) for verhaal in verhalen for p in verhaal.tijdlijn()}


def test_every_row_is_told_in_a_test() -> None:
    verteld = _verteld()
    rijen: list[Rij] = [*TOEWIJZING, *LEVERING]
    stil = [
        rij
        for rij in rijen
        if not any((rij.gebeurtenis, van, naar, rij.toelichting) in verteld for van in rij.van for naar in rij.naar)
    ]
    assert stil == []


def test_every_row_of_a_request_is_told_in_a_test() -> None:
    """Apart, for the timeline tells once that a request is honoured."""
    verteld: list[Overgang[Verzoektoestand]] = []
    for rij in test_verzoek.RIJEN:
        verhaal = Verhaal()
        for stap in (*rij.eerder, rij.bericht):
            test_verzoek.stuur(verhaal, stap)
        verteld += test_verzoek.overgangen(verhaal.gebeurtenissen)
    assert [rij for rij in VERZOEK if rij not in verteld] == []


@pytest.mark.parametrize("tabel", [TOEWIJZING, LEVERING, VERZOEK], ids=["toewijzing", "levering", "verzoek"])
def test_no_two_rows_say_the_same(tabel: tuple[Rij, ...]) -> None:
    wegen = [(rij.gebeurtenis, van, naar) for rij in tabel for van in rij.van for naar in rij.naar]
    assert len(wegen) == len(set(wegen))


def test_a_way_that_no_row_has_is_an_error() -> None:
    with pytest.raises(OnmogelijkeOvergang, match="herstart"):
        overgang(LEVERING, "herstart", Leveringstoestand.NIET_GESTART, Leveringstoestand.GESTART)
    with pytest.raises(OnmogelijkeOvergang, match="verzoek afgewezen"):
        overgang(VERZOEK, "verzoek afgewezen", Verzoektoestand.GEHONOREERD, Verzoektoestand.AFGEWEZEN)
    with pytest.raises(OnmogelijkeOvergang, match="onzin"):
        overgang(TOEWIJZING, "onzin", Toewijzingtoestand.LOPEND, Toewijzingtoestand.LOPEND)
