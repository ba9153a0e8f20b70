"""The classes say what the XSDs say, element by element, and the code lists stand where the XSD has their codes."""

import json
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichtenverkeer.standaard.berichten import BERICHTKLASSE
from berichtenverkeer.standaard.berichten.typen import Codelijst
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol, berichtsoort
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.verklaring import Verklaring
from berichtenverkeer.standaard.vorm import Veld, Vorm, vorm

from .berichtgenerator import SCHEMAS, SOORTEN, berichten

BASIS = {str: "string", int: "integer", date: "date", time: "time"}
ZONDER_ENUMERATIE = {"CBS"}
"""The XSD only asks four digits of a gemeente."""

alle_soorten = pytest.mark.parametrize("soort", SOORTEN, ids=str)


@alle_soorten
def test_the_classes_are_those_of_the_xsd(soort: Berichtsoort) -> None:
    verklaring = SCHEMAS.verklaring(soort)
    assert verklaring.tag == f"{{{soort.namespace}}}Bericht"
    assert (verklaring.minstens, verklaring.hoogstens) == (1, 1)
    vergelijk(vorm(soort), verklaring, soort)


def vergelijk(vorm_: Vorm, verklaring: Verklaring, soort: Berichtsoort) -> None:
    """Names, namespaces, order, cardinality, base types and code lists, all the way down."""
    assert [veld.tag for veld in vorm_.velden] == [kind.tag for kind in verklaring.kinderen]
    for veld, kind in zip(vorm_.velden, verklaring.kinderen, strict=True):
        assert (int(veld.verplicht), 1) == (kind.minstens, kind.hoogstens), veld.tag
        if veld.item_tag is None:
            vergelijk_inhoud(veld, kind, soort)
        else:
            [item] = kind.kinderen
            assert veld.item_tag == item.tag
            assert (item.minstens, item.hoogstens) == (1, None), veld.item_tag
            vergelijk_inhoud(veld, item, soort)


def vergelijk_inhoud(veld: Veld, verklaring: Verklaring, soort: Berichtsoort) -> None:
    """What an element holds: a class, or a text."""
    if veld.vorm is not None:
        vergelijk(veld.vorm, verklaring, soort)
        return
    assert verklaring.facetten is not None, veld.tag
    assert BASIS[veld.type] == verklaring.facetten.basis, veld.tag
    assert (veld.van_tekst is not None) is (verklaring.facetten.basis != "string"), veld.tag
    lijsten = {merk.voor(soort.domein) for merk in veld.merken if isinstance(merk, Codelijst)} - ZONDER_ENUMERATIE
    if verklaring.facetten.waarden:
        [lijst] = lijsten
        assert verklaring.facetten.waarden == set(codelijst(lijst, soort.domein).codes), veld.tag
    else:
        assert not lijsten, veld.tag


@alle_soorten
def test_the_header_asks_for_the_code_of_the_message(soort: Berichtsoort) -> None:
    header = SCHEMAS.verklaring(soort).op_naam["Header"]
    facetten = header.op_naam["BerichtCode"].facetten
    assert facetten is not None
    assert facetten.patronen == (soort.berichtcode,)
    assert soort.berichtcode in codelijst("COD002", soort.domein)


@alle_soorten
def test_afzender_of_the_header_has_the_code_of_its_role(soort: Berichtsoort) -> None:
    header = SCHEMAS.verklaring(soort).op_naam["Header"]
    ander = Ketenrol.AANBIEDER if soort.opsteller_afzender is Ketenrol.GEMEENTE else Ketenrol.GEMEENTE
    typen = {Ketenrol.GEMEENTE: "LDT_Gemeente", Ketenrol.AANBIEDER: "LDT_AgbCode"}
    for element, rol in (("Afzender", soort.opsteller_afzender), ("Ontvanger", ander)):
        assert header.op_naam[element].type == f"{{{soort.basis_namespace}}}{typen[rol]}"


def test_heen_and_retour_name_each_other() -> None:
    for soort in SOORTEN:
        assert soort.retour is None or soort.retour.heen is soort
        assert soort.heen is None or soort.heen.retour is soort
        assert soort.is_retour is (soort.heen is not None)
    zonder_retour = {soort.nummer for soort in SOORTEN if not soort.is_retour and soort.retour is None}
    assert zonder_retour == {"323", "325"}
    assert berichtsoort(Domein.IJW, "301") is BERICHTSOORTEN["JW301"]
    with pytest.raises(KeyError):
        berichtsoort(Domein.IJW, "303")


def test_every_kind_has_a_class_of_its_own() -> None:
    assert len(BERICHTSOORTEN) == 28
    assert set(BERICHTKLASSE) == {soort.nummer for soort in SOORTEN}
    assert len(set(BERICHTKLASSE.values())) == 14


@settings(max_examples=100)
@given(st.data())
def test_a_message_survives_json(data: st.DataObject) -> None:
    soort = data.draw(st.sampled_from(SOORTEN))
    bericht = data.draw(berichten(soort))
    tekst = bericht.model_dump_json()
    assert type(bericht).model_validate_json(tekst) == bericht
    assert type(bericht).model_validate(json.loads(tekst)) == bericht
