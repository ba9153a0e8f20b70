"""What docs/hoofdaannemer.md reckons and names is what the code says; so are the examples in its docstrings."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from berichtenverkeer import hoofdaannemer
from berichtenverkeer.hoofdaannemer.keuzes import KEUZES, Deelmaand
from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN, Soort
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import stel_vast
from berichtenverkeer.hoofdaannemer.overgangen import INZET

from .wereld import P, dag, toewijzing, wereld

DOCUMENT = (Path(__file__).parents[2] / "docs" / "hoofdaannemer.md").read_text(encoding="utf-8")
JUNI, JULI = Maand(2023, 6), Maand(2023, 7)
RATO = Deelmaand.NAAR_RATO


def euro(eurocent: int) -> str:
    """As in the tables of the document."""
    return f"{eurocent / 100:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def test_the_maandstaat_that_was_worked_out_by_hand() -> None:
    w = wereld(
        *(toewijzing(nummer=nummer) for nummer in (1001, 1002, 1006)),
        toewijzing("2023-07-11", nummer=1003),
        toewijzing("2023-07-01", nummer=1004),
        toewijzing("2023-07-01", nummer=1005, categorie="08"),
    )
    w.zet_in(op="t1001")
    w.zet_in(op="t1002", klasse="midden")
    weg = w.zet_in(op="t1006", klasse="midden")
    juni = stel_vast(w.feiten(), P, JUNI, [], RATO, dag("2023-07-03"))
    assert f"{euro(juni.subtotaal)}, min 15 % = {euro(juni.bijdragen[0].bedrag)}, dus {euro(juni.totaal)}" in DOCUMENT

    w.wijs_toe(toewijzing(tot="2023-06-20", nummer=1006))
    w.zet_in(op="t1003", klasse="zwaar", van="2023-07-11")
    w.wijzig_klasse(w.zet_in(op="t1004", klasse="midden", van="2023-07-01"), "licht", "2023-07-16")
    vervoer = w.zet_in(op="t1005", klasse="rolstoel", van="2023-07-01")
    juli = stel_vast(w.feiten(geleverd={(vervoer, JULI): 8}), P, JULI, [juni], RATO, dag("2023-08-01"))

    rijen = [rij for rij in DOCUMENT.splitlines() if rij.startswith("| 10")]
    gerekend = [
        (str(r.toewijzingnummer), r.klasse, str(r.van), str(r.tot), str(r.dagen), euro(r.bedrag)) for r in juli.regels
    ]
    verteld = [tuple(cel.strip() for i, cel in enumerate(rij.strip("|").split("|")) if i != 5) for rij in rijen]
    assert verteld == gerekend

    begeleiding, over_juni = juli.bijdragen
    assert f"Samen {euro(juli.subtotaal)}, waarvan begeleiding {euro(begeleiding.grondslag)}." in DOCUMENT
    (correctie,) = juli.correcties
    assert (correctie.inzet, correctie.maand, over_juni.maand) == (weg, JUNI, JUNI)
    verder = [
        rij.rpartition("| ")[2].strip(" |")
        for rij in DOCUMENT.splitlines()
        if rij.startswith(("| correctie", "| bijdrage"))
    ]
    assert verder == [euro(correctie.bedrag), euro(begeleiding.bedrag), euro(over_juni.bedrag)]
    assert f"= **{euro(juli.totaal)}**" in DOCUMENT
    assert f"Met juni samen is dat {euro(juni.totaal + juli.totaal)}," in DOCUMENT


def test_ten_clients_in_the_mix_of_practice() -> None:
    """40-20-40, before and after the tariffs of 1-7-2023."""
    klassen = ["licht"] * 4 + ["midden"] * 2 + ["zwaar"] * 4
    w = wereld(*(toewijzing(nummer=nummer) for nummer in range(1001, 1011)))
    for nummer, klasse in enumerate(klassen, start=1001):
        w.zet_in(op=f"t{nummer}", klasse=klasse)
    juni = stel_vast(w.feiten(), P, JUNI, [], RATO, dag("2023-08-01"))
    juli = stel_vast(w.feiten(), P, JULI, [juni], RATO, dag("2023-08-01"))
    for staat in (juni, juli):
        [bijdrage] = staat.bijdragen
        bedragen = (euro(staat.subtotaal), euro(bijdrage.bedrag), euro(staat.totaal))
        [rij] = [rij for rij in DOCUMENT.splitlines() if rij.startswith(f"| {staat.maand} |")]
        assert tuple(cel.strip() for cel in rij.strip("|").split("|"))[2:] == bedragen
        assert not staat.correcties


@pytest.mark.parametrize("naam", KEUZES)
def test_every_setting_stands_in_the_document_with_its_default(naam: str) -> None:
    keuze = KEUZES[naam]
    assert f"| `{naam}` | {keuze.standaard} | {keuze.uitleg}" in DOCUMENT


@pytest.mark.parametrize("soort", SOORTEN.values(), ids=lambda soort: soort.naam)
def test_every_kind_of_file_stands_in_the_document_with_its_columns(soort: Soort) -> None:
    kolommen = "; ".join(f"**{kolom.naam}**" if kolom.sleutel else kolom.naam for kolom in soort.kolommen)
    assert f"| `{soort.naam}` | {kolommen} |" in DOCUMENT


def test_every_rule_that_the_table_names_is_explained() -> None:
    genoemd = {regel for rij in INZET for regel in rij.regels}
    assert genoemd == {f"regel {nummer}" for nummer in range(1, 7)}
    assert all(f"\n{regel.removeprefix('regel ')}. **" in DOCUMENT for regel in genoemd)


@pytest.mark.parametrize("naam", [module.name for module in pkgutil.iter_modules(hoofdaannemer.__path__)])
def test_the_examples_in_the_docstrings(naam: str) -> None:
    assert doctest.testmod(importlib.import_module(f"{hoofdaannemer.__name__}.{naam}")).failed == 0
