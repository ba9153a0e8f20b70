"""Writing: the form that OP192 asks, and nothing that the XSD would refuse."""

from datetime import UTC, date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pydantic import ValidationError

from berichtenverkeer.standaard.berichten.antwoord import Bericht319, Woonplaatsbeginsel
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301, ToegewezenProduct
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.fouten import OngeldigBericht, TeGroot
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import schrijf, serialiseer

from .berichtgenerator import SCHEMAS, SOORTEN, als_bytes, berichten, voorbeeld

WMO301 = BERICHTSOORTEN["WMO301"]


@pytest.fixture
def wmo301() -> Bericht301:
    """A valid 301."""
    bericht = lees(als_bytes(voorbeeld(WMO301)), SCHEMAS).bericht
    assert isinstance(bericht, Bericht301)
    return bericht


def met_product(bericht: Bericht301, **waarden: object) -> Bericht301:
    """The message with these values in its second ToegewezenProduct."""
    producten = list(bericht.Client.ToegewezenProducten)
    producten[1] = producten[1].model_copy(update=waarden)
    client = bericht.Client.model_copy(update={"ToegewezenProducten": tuple(producten)})
    return bericht.model_copy(update={"Client": client})


@settings(max_examples=60)
@given(data=st.data())
def test_the_form_is_that_of_op192(data: st.DataObject) -> None:
    soort = data.draw(st.sampled_from(SOORTEN))
    geschreven = schrijf(data.draw(berichten(soort)), soort, SCHEMAS)
    assert geschreven.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n<%b:Bericht ' % soort.code.lower().encode()
    )
    assert geschreven.endswith(b"</%b:Bericht>\r\n" % soort.code.lower().encode())
    assert geschreven.count(b"\n") == geschreven.count(b"\r\n")
    assert geschreven.count(b"\r") == geschreven.count(b"\r\n")
    assert geschreven.decode("utf-8")
    ruimten = {soort.code.lower(): soort.namespace, str(soort.domein): soort.basis_namespace}
    assert all(element.nsmap == ruimten for element in etree.fromstring(geschreven).iter())


@pytest.mark.parametrize("soort", SOORTEN, ids=str)
def test_every_kind_is_written(soort: Berichtsoort) -> None:
    gelezen = lees(als_bytes(voorbeeld(soort)), SCHEMAS)
    assert lees(schrijf(gelezen.bericht, soort, SCHEMAS), SCHEMAS).bericht == gelezen.bericht


@pytest.mark.parametrize(
    "tekst", ["a\r\nb", "a\rb", "a\nb", "\r\n x \r", "]]>", "<&>\"'", "\t\u0085\u2028\ufeff", "😀"]
)
def test_a_text_comes_back_as_it_was(wmo301: Bericht301, tekst: str) -> None:
    bericht = met_product(wmo301, Commentaar=tekst)
    assert lees(schrijf(bericht, WMO301, SCHEMAS), SCHEMAS).bericht == bericht


def test_what_the_xsd_refuses_is_not_written_and_all_of_it_is_told(wmo301: Bericht301) -> None:
    bericht = met_product(wmo301, ToewijzingNummer=-1, Commentaar="", RedenWijziging="99")
    bericht = bericht.model_copy(update={"Header": bericht.Header.model_copy(update={"Afzender": "34"})})
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(bericht, WMO301, SCHEMAS)
    product = "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]"
    assert [fout.pad for fout in gevangen.value.fouten] == [
        "/Bericht/Header/Afzender",
        f"{product}/ToewijzingNummer",
        f"{product}/RedenWijziging",
        f"{product}/Commentaar",
    ]


def test_an_empty_mandatory_list_is_not_written(wmo301: Bericht301) -> None:
    leeg = wmo301.Client.model_copy(update={"ToegewezenProducten": ()})
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(wmo301.model_copy(update={"Client": leeg}), WMO301, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert (fout.pad, fout.element) == ("/Bericht/Client/ToegewezenProducten", "ToegewezenProduct")


@pytest.mark.parametrize("teken", ["\x00", "\x01", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_told_with_its_place(wmo301: Bericht301, teken: str) -> None:
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(met_product(wmo301, Commentaar=f"a{teken}b"), WMO301, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert fout.pad == "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]/Commentaar"
    assert fout.melding == "Commentaar bevat een teken dat in XML niet mag."


def test_a_text_that_no_parser_would_take_is_refused(wmo301: Bericht301) -> None:
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(met_product(wmo301, Commentaar="x" * 11_000_000), WMO301, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert "van uitzonderlijke lengte" in fout.melding
    with pytest.raises(TeGroot):
        schrijf(met_product(wmo301, Commentaar="x" * 27_000_000), WMO301, SCHEMAS)


def test_retourcodes_do_not_get_lost_in_a_heenbericht(wmo301: Bericht301) -> None:
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(met_product(wmo301, RetourCodes=("0200",)), WMO301, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert fout.pad == "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]"
    assert fout.element == "RetourCodes"
    assert fout.melding == "RetourCodes bestaat niet in een WMO301."


def test_what_only_the_other_law_knows_does_not_get_lost() -> None:
    ijw, iwmo = BERICHTSOORTEN["JW319"], BERICHTSOORTEN["WMO319"]
    bericht = lees(als_bytes(voorbeeld(iwmo)), SCHEMAS).bericht
    assert isinstance(bericht, Bericht319)
    antwoord = bericht.Antwoord.model_copy(update={"Woonplaatsbeginsel": Woonplaatsbeginsel(Gemeente="0344")})
    bericht = bericht.model_copy(update={"Antwoord": antwoord})
    with pytest.raises(OngeldigBericht) as gevangen:
        schrijf(bericht, iwmo, SCHEMAS)
    assert [fout.element for fout in gevangen.value.fouten] == ["Woonplaatsbeginsel"]
    kop = bericht.Header.model_copy(update={"BerichtCode": ijw.berichtcode})
    assert schrijf(bericht.model_copy(update={"Header": kop}), ijw, SCHEMAS)


def test_a_message_of_another_kind_is_a_mistake_of_the_programmer(wmo301: Bericht301) -> None:
    with pytest.raises(TypeError, match="a WMO305 is a Bericht305, not a Bericht301"):
        schrijf(wmo301, BERICHTSOORTEN["WMO305"], SCHEMAS)


def test_without_the_xsd_anything_is_written(wmo301: Bericht301) -> None:
    assert b">-1</" in serialiseer(met_product(wmo301, ToewijzingNummer=-1), WMO301)


def test_a_time_has_no_zone_and_midnight_one_form(wmo301: Bericht301) -> None:
    product = wmo301.Client.ToegewezenProducten[0].model_dump()
    assert ToegewezenProduct.model_validate(product | {"Toewijzingstijd": "24:00:00.0"}).Toewijzingstijd == time(0)
    for fout in ("24:00:00.5", "24:00:00Z", "12:30:00-01:00", "12:30:00Z", time(12, 30, tzinfo=UTC)):
        with pytest.raises(ValidationError):
            ToegewezenProduct.model_validate(product | {"Toewijzingstijd": fout})


def test_dates_at_the_borders_of_the_calendar_are_written(wmo301: Bericht301) -> None:
    bericht = met_product(wmo301, Ingangsdatum=date.min, Einddatum=date.max)
    geschreven = schrijf(bericht, WMO301, SCHEMAS)
    assert b">0001-01-01<" in geschreven
    assert b">9999-12-31<" in geschreven
