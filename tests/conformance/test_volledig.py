"""The set is whole: every rule has a message that breaks it and one that just does not, under each law it holds for."""

from collections import Counter
from itertools import groupby

import pytest

from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.regel import Regel
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

from .gevallen import REGELS, STAPPEN, Geval, gevallen, rijen


@pytest.mark.parametrize("regel", catalogus(), ids=lambda regel: regel.code)
def test_every_rule_has_a_bad_and_a_just_good_case_for_each_message_of_each_law(regel: Regel) -> None:
    gevraagd = {soort for soort in BERICHTSOORTEN.values() if regel.geldt_voor(soort)}
    assert gevraagd - {g.aangeboden.soort for g in gevallen() if not g.goed and _raakt(g, regel)} == set()
    assert gevraagd - {g.aangeboden.soort for g in gevallen() if g.goed and g.regel == regel.code} == set()


def _raakt(geval: Geval, regel: Regel) -> bool:
    return geval.regel == regel.code and regel.code in {bevonden.regel for bevonden in geval.bevindingen}


def test_every_bad_case_breaks_the_rule_it_is_named_after() -> None:
    assert [g.id for g in gevallen() if not g.goed and g.regel not in {b.regel for b in g.bevindingen}] == []


def test_no_case_names_an_unknown_rule_or_message() -> None:
    genoemd = {code for g in gevallen() for code in (g.regel, *(b.regel for b in g.bevindingen))}
    assert genoemd - REGELS.keys() == set()
    assert [g.id for g in gevallen() if not REGELS[g.regel].geldt_voor(g.aangeboden.soort)] == []


def test_every_entry_stands_in_a_file_of_the_level_of_its_rule() -> None:
    assert [rij["naam"] for niveau, rij in rijen() if REGELS[rij["regel"]].niveau is not niveau] == []


def test_every_case_has_its_own_id() -> None:
    assert [naam for naam, aantal in Counter(g.id for g in gevallen()).items() if aantal > 1] == []


def test_a_bad_case_is_one_step_from_a_good_one() -> None:
    """One element changed; or another dossier before the same message, another day, or the same in another file."""
    for _, rij in rijen():
        if "bevindingen" in rij:
            assert len(rij.get("stap", {})) + len(rij.keys() & STAPPEN - {"stap"}) == 1, rij["naam"]
        else:
            assert rij.keys().isdisjoint({*STAPPEN, "retour"}), rij["naam"]


def test_every_bad_case_has_its_good_one() -> None:
    paren = groupby(sorted(gevallen(), key=lambda g: g.id), key=lambda g: g.id.rpartition("-")[0])
    assert [naam for naam, paar in paren if not any(g.goed for g in paar)] == []


@pytest.mark.parametrize("domein", Domein)
def test_every_retourcode_is_reached(domein: Domein) -> None:
    """On a retourbericht or a 325; those of rules on the 325, which nothing answers, as a finding that is shown."""
    bereikt: set[str | None] = set()
    for geval in gevallen():
        if geval.domein is domein:
            bereikt |= {code for codes in (geval.retour or geval.antwoord or {}).values() for code in codes}
            if geval.aangeboden.soort.nummer == "325":
                bereikt |= {REGELS[bevonden.regel].retourcode for bevonden in geval.bevindingen}
    assert codelijst("WJ001", domein).codes.keys() - bereikt == set()
