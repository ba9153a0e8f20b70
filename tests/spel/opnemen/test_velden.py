"""The tables of what stays and what is replaced, held against every element of every message."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standaard.berichtgenerator import SCHEMAS, SOORTEN, berichten

from berichtenverkeer.regels.algemeen.client import ONBEKEND
from berichtenverkeer.spel.opnemen.anonimiseren import Anonimiseerder, elementen, persoonlijk
from berichtenverkeer.spel.opnemen.velden import ALTIJD, BLIJFT, MAKERS, VAN_DE_KOP, VARIABELEN, Veldnaam
from berichtenverkeer.spel.schrijven.kop import kop
from berichtenverkeer.spel.schrijven.waarden import Nummers, Omgeving
from berichtenverkeer.standaard.berichten import BERICHTKLASSE
from berichtenverkeer.standaard.berichten.typen import Codelijst, Persoonsgegeven
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, Ketenrol
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.standaard.vorm import Veld, Vorm, vorm

_HEEN = [soort for soort in SOORTEN if not soort.is_retour and soort.nummer != "325"]
_ELDERS = {("Geboortedatum", "Datum")}
"""Replaced by code of its own."""
_ONBEKENDE_DAG = ("Geboortedatum", "Datum"), ONBEKEND.isoformat()
"""The one date of birth that stays: it says that nobody knows it (CS139)."""
_TEKST_ZONDER_LIJST = {("Product", "Code"), ("Prestatie", "ProductCode")}
"""What stays though it is text without a code list: the product code, of a gemeente's own list, five characters long."""


def _velden(vorm_: Vorm) -> Iterator[tuple[Veldnaam, Veld]]:
    for veld in vorm_.velden:
        if veld.vorm is not None:
            yield from _velden(veld.vorm)
        else:
            yield (vorm_.klasse.__name__, veld.naam), veld


ALLE = {naam: veld for soort in _HEEN for naam, veld in _velden(vorm(soort))}
"""Every element of a heenbericht of either law that holds a value."""


def test_every_element_has_one_place() -> None:
    for naam in ALLE:
        plaatsen = [
            naam in BLIJFT, naam in ALTIJD, naam in _ELDERS, naam in VAN_DE_KOP,
            naam not in BLIJFT | ALTIJD.keys() | VAN_DE_KOP and (naam[1] in VARIABELEN or naam[1] in MAKERS),
        ]  # fmt: skip
        assert sum(plaatsen) == 1, f"{naam}: leave it out of velden.py and it is replaced by a number"


def test_the_tables_name_nothing_that_is_not_there() -> None:
    assert ALLE.keys() >= BLIJFT | ALTIJD.keys() | VAN_DE_KOP | _ELDERS
    assert {naam for _, naam in ALLE} >= VARIABELEN.keys() | MAKERS.keys()


def test_nothing_stays_that_is_personal_or_free_text() -> None:
    for naam in BLIJFT:
        merken = ALLE[naam].merken
        assert not any(isinstance(merk, Persoonsgegeven) for merk in merken), naam
        vrij = ALLE[naam].type is str and not any(isinstance(merk, Codelijst) for merk in merken)
        assert not vrij or naam in _TEKST_ZONDER_LIJST, naam


@pytest.mark.parametrize("soort", _HEEN, ids=str)
@given(data=st.data())
@settings(max_examples=15)
def test_any_message_becomes_a_valid_one_with_nothing_of_it(soort: Berichtsoort, data: st.DataObject) -> None:
    bericht = data.draw(berichten(soort))
    geheim = {(naam, waarde) for naam, waarde in elementen(bericht, soort) if naam not in BLIJFT | ALTIJD.keys()}
    geheim -= {_ONBEKENDE_DAG}
    origineel = frozenset(persoonlijk(bericht, soort))
    dag = bericht.Header.BerichtIdentificatie.Dagtekening
    anoniem = Anonimiseerder(soort.domein, frozenset({dag}), origineel)
    boom = anoniem.bericht(bericht, soort)
    codes = ("0034", "98000000") if soort.verzender is Ketenrol.GEMEENTE else ("98000000", "0034")
    boom["Header"] = kop(soort, *codes, "I1", dag.isoformat(), SCHEMAS)
    omgeving = Omgeving(Nummers(1), datetime(2026, 3, 2), soort.domein)
    nieuw = BERICHTKLASSE[soort.nummer].model_validate(omgeving.waarde(boom))
    schrijf(nieuw, soort, SCHEMAS)
    over = {naam for naam, _ in set(elementen(nieuw, soort)) & geheim}
    assert over - VAN_DE_KOP == set()
    assert anoniem.bericht(bericht, soort) | {"Header": boom["Header"]} == boom, "the same becomes the same"


@pytest.mark.parametrize("wet", list(Domein), ids=str)
def test_no_date_of_birth_stays_but_the_one_that_is_unknown(wet: Domein) -> None:
    dagen = [
        ONBEKEND,
        *(date(jaar, maand, dag) for jaar in (1, 1900, 2012, 9999) for maand in (1, 5) for dag in (2, 17)),
    ]
    anoniem = Anonimiseerder(wet, frozenset({date(2026, 3, 2)}), frozenset(map(str, dagen)))
    nieuw = [anoniem.waarde("Geboortedatum", "Datum", dag) for dag in dagen]
    assert set(nieuw) & set(map(str, dagen)) == {str(ONBEKEND)}
    assert nieuw[0] == str(ONBEKEND)
    assert len(set(nieuw)) == len(dagen)


def test_a_prestatie_is_known_by_one_name_wherever_it_is_taken_back() -> None:
    anoniem = Anonimiseerder(Domein.IWMO, frozenset({date(2026, 3, 2)}), frozenset())
    genoemd = [("Vorig", "A"), ("", "B"), ("", "A"), ("Vorig", "B"), ("Vorig", "A"), ("Vorig", "elders")]
    namen = [anoniem.waarde("Referentie", f"{welke}ReferentieNummer", waarde) for welke, waarde in genoemd]
    assert namen == ["$p1", "$p2", "$p1", "$p2", "$p1", "$p3"]


def test_what_nobody_decided_about_is_replaced() -> None:
    anoniem = Anonimiseerder(Domein.IWMO, frozenset({date(2026, 3, 2)}), frozenset({"1"}))
    assert anoniem.waarde("Client305", "EenNieuwElement", "wie het is") == "2"
    assert anoniem.waarde("Client305", "EenNieuweDag", date(1961, 11, 23)) != "1961-11-23"
