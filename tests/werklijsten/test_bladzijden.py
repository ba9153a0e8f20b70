"""Rows of more sources, counted and read page by page: each once, the most urgent first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from berichtenverkeer.werklijsten.alle import LIJSTEN
from berichtenverkeer.werklijsten.lijst import Bron, Eenbron, Plek, Werk, WieAanZet, bladzijde, tel, verstreken

from .rijen import AANBIEDER, DAG, GEMEENTE, peil, zet_bericht, zet_toewijzing, zet_verzoek

ALLE: tuple[Eenbron, ...] = tuple(bron for lijst in LIJSTEN.values() for bron in lijst.bronnen)
"""What a list over all lists would have."""

VANDAAG = date(2026, 3, 16)


def _vul(verbinding: Connection) -> None:
    """Rows on many lists, with many that have the same last day."""
    for nummer in range(8):
        dag = DAG + timedelta(days=nummer % 4)
        zet_toewijzing(verbinding, ingangsdatum=dag - timedelta(days=14))
        zet_toewijzing(verbinding, levering="gestart", einddatum=dag, geleverd_van=DAG)
        zet_toewijzing(verbinding, levering="gestart", einddatum=VANDAAG + timedelta(days=nummer % 3), geleverd_van=DAG)
        zet_verzoek(verbinding, dagtekening=dag, toestand="in_onderzoek" if nummer % 2 else "ingediend")
        zet_bericht(verbinding, dossier=None)


def _paginas(verbinding: Connection, bronnen: tuple[Eenbron, ...], limiet: int, wie: WieAanZet | None) -> list[Werk]:
    gezien: list[Werk] = []
    na: Plek | None = None
    while deel := bladzijde(verbinding, bronnen, GEMEENTE, peil(VANDAAG), wie, na, limiet):
        assert len(deel) <= limiet
        gezien += (werk for _, werk in deel)
        na = deel[-1][0]
    return gezien


@pytest.mark.parametrize(("limiet", "wie"), [(1, None), (3, None), *zip((3, 7), WieAanZet, strict=True)])
def test_page_by_page_is_all_at_once(verbinding: Connection, limiet: int, wie: WieAanZet | None) -> None:
    _vul(verbinding)
    for bronnen in (ALLE, *(lijst.bronnen for lijst in LIJSTEN.values())):
        alles = _paginas(verbinding, bronnen, 10_000, wie)
        assert _paginas(verbinding, bronnen, limiet, wie) == alles
        assert [werk.uiterlijk for werk in alles] == sorted(werk.uiterlijk for werk in alles)
        assert tel(verbinding, bronnen, GEMEENTE, peil(VANDAAG), wie) == (len(alles), sum(w.te_laat for w in alles))
    assert len(_paginas(verbinding, ALLE, 10_000, None)) >= 40


@pytest.mark.parametrize("hoogstens", [0, 1, 5, 1000])
def test_a_source_is_counted_no_further_than_asked(verbinding: Connection, hoogstens: int) -> None:
    """One more than that says that there are more; fewer are counted as they are."""
    _vul(verbinding)
    begrensd = False
    for bron in (bron for bron in ALLE if isinstance(bron, Bron)):
        alles, te_laat = tel(verbinding, (bron,), GEMEENTE, peil(VANDAAG))
        geteld = tel(verbinding, (bron,), GEMEENTE, peil(VANDAAG), hoogstens=hoogstens)
        assert geteld == (min(alles, hoogstens + 1), min(te_laat, hoogstens + 1))
        begrensd |= alles > hoogstens
    assert begrensd is (hoogstens < 1000)


def test_what_is_over_since_a_day(verbinding: Connection) -> None:
    """Just those rows of which the term ended on that day or later and is over, of each source."""
    _vul(verbinding)
    gevonden = 0
    for bron in ALLE:
        alles = _paginas(verbinding, (bron,), 10_000, None)
        eindes = {werk.uiterlijk for werk in alles}
        for sinds in (*eindes, *(dag + timedelta(days=1) for dag in eindes), VANDAAG):
            over = [werk for werk in alles if sinds <= werk.uiterlijk < VANDAAG]
            assert list(verstreken(verbinding, bron, GEMEENTE, peil(VANDAAG), sinds)) == over
            gevonden += len(over)
    assert gevonden > 0


def test_who_must_act(verbinding: Connection) -> None:
    _vul(verbinding)
    for partij in (GEMEENTE, AANBIEDER):
        for wie in WieAanZet:
            gevonden = bladzijde(verbinding, ALLE, partij, peil(VANDAAG), wie, None, 1000)
            assert {(werk.rij.wie == partij) for _, werk in gevonden} == {wie is WieAanZet.IK}


def test_a_page_asks_for_no_more_rows_than_it_gives(verbinding: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence is made to count or to skip."""
    _vul(verbinding)
    zinnen: list[object] = []
    echt = Bron.werk

    def telt(bron: Bron[Any], *args: Any) -> Werk:
        zinnen.append(bron)
        return echt(bron, *args)

    monkeypatch.setattr(Bron, "werk", telt)
    tel(verbinding, ALLE, GEMEENTE, peil(VANDAAG))
    assert zinnen == []
    plek, _ = bladzijde(verbinding, ALLE, GEMEENTE, peil(VANDAAG), None, None, 30)[-1]
    zinnen.clear()
    bladzijde(verbinding, ALLE, GEMEENTE, peil(VANDAAG), None, plek, 5)
    assert len(zinnen) == 5
