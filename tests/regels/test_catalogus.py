"""The catalogue holds what the standard says: every rule of level 2, with its messages, its law and its retourcode."""

import re

import pytest
from tests.feiten import rijen

from berichtenverkeer.regels.bevinding import Ernst, Niveau
from berichtenverkeer.regels.catalogus import KAMERS, catalogus
from berichtenverkeer.regels.instelling import INSTELLINGEN
from berichtenverkeer.regels.regel import REGELS, Regel, regel
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

FOUTEN = [regel for regel in catalogus() if regel.ernst is Ernst.FOUT]
SIGNALEN = [regel for regel in catalogus() if regel.ernst is Ernst.SIGNAAL]
ALLE = pytest.mark.parametrize("regel", catalogus(), ids=lambda regel: regel.code)
ALLE_FOUTEN = pytest.mark.parametrize("regel", FOUTEN, ids=lambda regel: regel.code)


def verklaard(regel: Regel) -> tuple[str, str, set[str], str]:
    return str(regel.niveau), regel.retourcode or "n.v.t.", set(regel.berichten), str(regel.domein or "beide")


def test_every_rule_that_refuses_is_here_as_the_standard_has_it() -> None:
    standaard = {
        rij["regel"]: (rij["niveau"], rij["retourcode"], set(rij["berichten"].split(",")), rij["domein"])
        for rij in rijen("regels")
    }
    assert {r.code: verklaard(r) for r in FOUTEN} == standaard


def test_a_signaal_is_a_rule_for_the_work_or_on_filling_in() -> None:
    standaard = {
        rij["regel"]: {Domein(rij["domein"])} if rij["domein"] in set(Domein) else set(Domein)
        for rij in rijen("werkregels")
    }
    werk = [r for r in SIGNALEN if not r.code.startswith("SAP")]  # those are the table of toewijzingsvarianten
    assert {r.code for r in werk} <= standaard.keys()
    assert [r.code for r in werk if not set(r.domeinen) <= standaard[r.code] and r.code != "IV095"] == []


def test_a_signaal_has_no_retourcode() -> None:
    assert [r.code for r in SIGNALEN if r.retourcode is not None] == []


@ALLE_FOUTEN
def test_a_retourcode_is_one_of_the_standard_and_only_a_325_may_lack_one(regel: Regel) -> None:
    if regel.retourcode is None:
        assert regel.berichten == ("325",)
        return
    for domein in (regel.domein,) if regel.domein else Domein:
        assert regel.retourcode in codelijst("WJ001", domein)


@ALLE_FOUTEN
def test_inside_a_message_the_retourcode_is_0001(regel: Regel) -> None:
    assert (regel.retourcode == "0001") == (regel.niveau is Niveau.BERICHT)


@ALLE
def test_a_rule_says_in_a_sentence_what_it_asks(regel: Regel) -> None:
    eerste = regel.eis.split("\n\n")[0]
    assert re.match(r"[A-Z]", eerste)
    assert re.search(r"[.:)]$", eerste)


@ALLE
def test_a_rule_names_its_messages_in_order_and_once(regel: Regel) -> None:
    assert list(regel.berichten) == sorted(set(regel.berichten))


def test_a_rule_stands_in_a_module_of_the_catalogue() -> None:
    assert {r.functie.__module__ for r in catalogus()} == {kamer.__name__ for kamer in KAMERS}


def test_a_setting_names_rules_that_speak_of_it_and_has_more_than_one_value() -> None:
    for instelling in INSTELLINGEN.values():
        assert len(set(instelling.waarden)) > 1
        assert set(instelling.regels) <= REGELS.keys()
        assert any(instelling.naam in REGELS[code].eis for code in instelling.regels)


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="TR018"):
        regel(Niveau.BERICHT, "0001", "307")(REGELS["TR018"].functie)
