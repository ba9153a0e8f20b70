"""The explanation of a refusal: it agrees with libxml2, finds all, tells where, and repeats no value."""

import re
import time
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.fouten import MAX_FOUTEN, OngeldigBericht, XsdFout
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.uitleg import afwijkingen, leg_uit
from berichtenverkeer.standaard.verklaring import Verklaring
from berichtenverkeer.standaard.xml import XSI, ontleed

from .berichtgenerator import SCHEMAS, SOORTEN, als_bytes, bomen, element, opgemaakt, voorbeeld

WMO301 = BERICHTSOORTEN["WMO301"]
WMO323 = BERICHTSOORTEN["WMO323"]
GEHEIM = "Geheim¤"

RARE_WAARDEN = [
    "", " ", "\n", "x", "x" * 300, "é" * 12, "a\nb", "\ta", "\u00a0", "\u2028", "a.b", "A1", "^", "$",
    "0", "3", " 3 ", "+3", "03", "-0", "-1", "1.5", "1 2", "1e3", "٣", "9" * 10, "9" * 30, "+", "NaN",
    "01", " 01", "01 ", "1", "0344", "12345678", "999990019", "1.0.0", "01.0.0", "1.0", "1.0.0.0",
    "2026-03-01", " 2026-03-01\n", "2026-02-29", "2024-02-29", "1900-02-29", "2026-3-1", "20260301", "01-03-2026",
    "0000-01-01", "2026-13-01", "2026-01-00", "2026-01-01Z", "2026-01-01+01:00", "2026-01-01T00:00:00",
    "12:30:00", "24:00:00", "24:00:00.0", "24:00:00.1", "24:00:01", "12:30", "12:60:00", "12:30:60", "12:30:00.",
    "12:30:00.5", "12:30:00Z", "12:30:00+01:00", "-12:30:00",
]  # fmt: skip


# against libxml2


def _waarde(element: etree._Element, random: Random) -> None:
    element.text = random.choice(RARE_WAARDEN)


def _verwijder(element: etree._Element, random: Random) -> None:
    ouder = element.getparent()
    if ouder is not None:
        ouder.remove(element)


def _herhaal(element: etree._Element, random: Random) -> None:
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def _verplaats(element: etree._Element, random: Random) -> None:
    ouder = element.getparent()
    if ouder is not None:
        ouder.insert(random.randrange(len(ouder)), element)


def _verhuis(element: etree._Element, random: Random) -> None:
    doel = random.choice(list(element.getroottree().getroot().iter()))
    if element.getparent() is not None and element not in (doel, *doel.iterancestors()):
        doel.insert(random.randint(0, len(doel)), element)


def _hernoem(element: etree._Element, random: Random) -> None:
    naam = etree.QName(element)
    nieuw = random.choice([naam.localname + "x", naam.localname.lower(), naam.localname.replace("e", "é"), "Client"])
    element.tag = etree.QName(naam.namespace, nieuw).text


def _andere_namespace(element: etree._Element, random: Random) -> None:
    ruimten = [etree.QName(ander).namespace for ander in element.getroottree().iter()]
    element.tag = etree.QName(random.choice([*ruimten, "http://elders"]), etree.QName(element).localname).text


def _attribuut(element: etree._Element, random: Random) -> None:
    naam = random.choice(
        ["a", "{http://elders}a", "{http://www.w3.org/XML/1998/namespace}lang", f"{XSI}nil", f"{XSI}type", f"{XSI}foo"]
    )
    element.set(naam, random.choice(["", "true", "false", "nl", "Client", "xs:string", "geen:type"]))


def _losse_tekst(element: etree._Element, random: Random) -> None:
    tekst = random.choice(["x", " \n ", "\u00a0", "tekst tussen elementen"])
    if element.getparent() is None or random.random() < 0.5:
        element.text = tekst
    else:
        element.tail = tekst


def _kind_erbij(element: etree._Element, random: Random) -> None:
    element.insert(random.randint(0, len(element)), etree.Element(random.choice([element.tag, "Vreemd"])))


def _leeg(element: etree._Element, random: Random) -> None:
    del element[:]


VERANDERINGEN: list[Callable[[etree._Element, Random], None]] = [
    _waarde, _verwijder, _herhaal, _verplaats, _verhuis, _hernoem, _andere_namespace, _attribuut, _losse_tekst,
    _kind_erbij, _leeg,
]  # fmt: skip


@settings(max_examples=300)
@given(data=st.data())
def test_it_finds_something_exactly_where_libxml2_does(data: st.DataObject) -> None:
    soort = data.draw(st.sampled_from(SOORTEN))
    wortel = ontleed(opgemaakt(data.draw(bomen(soort)), Random(0)))
    random = data.draw(st.randoms(use_true_random=False))
    for _ in range(random.choice([0, 1, 1, 1, 2, 3])):
        random.choice(VERANDERINGEN)(random.choice(list(wortel.iter())), random)
    if wortel.tag == f"{{{soort.namespace}}}Bericht":
        eens_met_libxml2(als_bytes(wortel), soort)


def test_it_judges_every_value_as_libxml2_does() -> None:
    """The odd values, one by one, in an element of every type of text there is."""
    gehad = set()
    voorbeelden = {soort: als_bytes(voorbeeld(soort)) for soort in SOORTEN}
    for soort in sorted(SOORTEN, key=lambda soort: len(voorbeelden[soort])):  # the small ones are judged faster
        wortel = ontleed(voorbeelden[soort])
        for deel in wortel.iter():
            facetten = verklaring_van(deel, soort).facetten
            if facetten is None or facetten in gehad:
                continue
            gehad.add(facetten)
            goed = deel.text
            for waarde in RARE_WAARDEN:
                deel.text = waarde
                fout = afwijkingen(wortel, soort, SCHEMAS, b"")
                assert (fout is None) is SCHEMAS.geldig(soort, wortel), (deel.tag, waarde)
            deel.text = goed
    assert len(gehad) > 60


def eens_met_libxml2(data: bytes, soort: Berichtsoort) -> None:
    """Our walk finds something if, and only if, libxml2 does."""
    wortel = ontleed(data)
    fout = afwijkingen(wortel, soort, SCHEMAS, data)
    geldig = SCHEMAS.geldig(soort, wortel)
    assert (fout is None) is geldig, (fout and fout.fouten, SCHEMAS.laatste_fouten(soort))
    if fout is not None:
        assert 0 < len(fout.fouten) <= fout.aantal
        assert all(deel.melding.endswith(".") and deel.advies.endswith(".") for deel in fout.fouten)


@pytest.mark.parametrize(
    ("type_", "geldig"),
    [
        ("b:LDT_BurgerServicenummer", True),
        (" b:LDT_BurgerServicenummer", False),
        ("b:LDT_Naam", False),
        ("LDT_BurgerServicenummer", False),
        ("xs:string", False),
        ("geen:type", False),
        ("", False),
    ],
)
def test_an_xsi_type_may_only_say_what_the_xsd_says(type_: str, geldig: bool) -> None:
    wortel = voorbeeld(WMO301)
    ruimten = {"b": WMO301.basis_namespace, "xs": "http://www.w3.org/2001/XMLSchema"}
    bsn = element(wortel, "Bsn")
    nieuw = etree.Element(bsn.tag, nsmap=ruimten)
    nieuw.text = bsn.text
    nieuw.set(f"{XSI}type", type_)
    element(wortel, "Client").replace(bsn, nieuw)
    data = als_bytes(wortel)
    eens_met_libxml2(data, WMO301)
    assert (afwijkingen(ontleed(data), WMO301, SCHEMAS, data) is None) is geldig


# all of them, with their places


class Verwacht(NamedTuple):
    """An error that was put in: at which element, what its path should be, and what element it should name."""

    element: etree._Element
    pad: str
    naam: str


def _fout_in(element: etree._Element, soort: Berichtsoort, random: Random) -> Verwacht | None:
    """Put one error in or beside this element; None where the kind of error that was chosen does not fit."""
    verklaring, pad, ouder = verklaring_van(element, soort), pad_van(element, soort), element.getparent()
    keuze = random.randrange(7)
    if keuze == 0 and verklaring.facetten and verklaring.naam != "Commentaar":
        element.text = GEHEIM * 50
    elif keuze == 1:
        element.set(random.choice(["a", f"{XSI}nil"]), GEHEIM)
    elif keuze == 2 and verklaring.kinderen:
        element.text = GEHEIM
    elif keuze == 3 and verklaring.kinderen:
        return Verwacht(etree.SubElement(element, GEHEIM[:-1]), f"{pad}/*[{len(element)}]", "*")
    elif keuze == 4 and ouder is not None:
        element.tag = "{http://geheim}" + verklaring.naam
    elif keuze == 5 and ouder is not None and verklaring.hoogstens == 1:
        tweede = deepcopy(element)
        element.addnext(tweede)
        return Verwacht(tweede, f"{pad}[2]", verklaring.naam)
    elif keuze == 6 and ouder is not None and verklaring.minstens == 1 and len(ouder.findall(element.tag)) == 1:
        pad = pad_van(ouder, soort)
        ouder.remove(element)
        return Verwacht(ouder, pad, verklaring.naam)
    else:
        return None
    return Verwacht(element, pad, verklaring.naam)


@settings(max_examples=100)
@given(data=st.data())
def test_all_errors_are_found_where_they_are(data: st.DataObject) -> None:
    soort = data.draw(st.sampled_from(SOORTEN))
    wortel = ontleed(opgemaakt(data.draw(bomen(soort)), Random(0)))
    random = data.draw(st.randoms(use_true_random=False))
    verwacht: list[Verwacht] = []
    bezet: set[etree._Element] = set()
    for deel in random.sample(list(wortel.iter()), 12):
        ouder = deel.getparent()
        omgeving = {*deel.iter(), *((ouder, *ouder) if ouder is not None else ())}
        if not bezet & omgeving and (fout := _fout_in(deel, soort, random)):
            verwacht.append(fout)
            bezet |= omgeving
    etree.indent(wortel)
    tekst = als_bytes(wortel)
    regels = dict(zip(wortel.iter(), begintags(tekst), strict=True))
    fout_ = afwijkingen(ontleed(tekst), soort, SCHEMAS, tekst)
    gevonden = fout_.fouten if fout_ else ()
    assert sorted((fout.pad, fout.element, fout.regelnummer) for fout in gevonden) == sorted(
        (fout.pad, fout.naam, regels[fout.element]) for fout in verwacht
    )
    assert [fout.regelnummer for fout in gevonden] == sorted(fout.regelnummer for fout in gevonden)
    assert "geheim" not in repr(gevonden).lower()
    if verwacht:
        with pytest.raises(OngeldigBericht) as gevangen:
            lees(tekst, SCHEMAS)
        assert gevangen.value.fouten == gevonden


def begintags(data: bytes) -> list[int]:
    """The line of every start tag, in a document without comments, CDATA or processing instructions."""
    return [data.count(b"\n", 0, tag.start()) + 1 for tag in re.finditer(b"<[^/?]", data)]


def pad_van(element: etree._Element, soort: Berichtsoort) -> str:
    """The indexed path of an element of a valid document."""
    ouder = element.getparent()
    if ouder is None:
        return "/Bericht"
    naam = etree.QName(element).localname
    index = f"[{ouder.index(element) + 1}]" if verklaring_van(element, soort).hoogstens is None else ""
    return f"{pad_van(ouder, soort)}/{naam}{index}"


def verklaring_van(element: etree._Element, soort: Berichtsoort) -> Verklaring:
    """What the XSD declares for an element of a valid document."""
    ouder = element.getparent()
    if ouder is None:
        return SCHEMAS.verklaring(soort)
    return verklaring_van(ouder, soort).op_naam[etree.QName(element).localname]


# one by one


@pytest.fixture
def wmo301() -> etree._Element:
    """A valid 301 with every element there is."""
    return voorbeeld(WMO301)


def fouten_in(wortel: etree._Element) -> list[XsdFout]:
    """What is said of a WMO301."""
    data = als_bytes(wortel)
    gelezen = ontleed(data)
    assert not SCHEMAS.geldig(WMO301, gelezen)
    return list(leg_uit(gelezen, WMO301, SCHEMAS, data).fouten)


@pytest.mark.parametrize(
    ("naam", "waarde", "melding", "advies"),
    [
        ("Bsn", "", "Bsn is leeg.", "Vul Bsn in, of laat het element weg als het niet verplicht is."),
        ("Bsn", " \n", "Bsn is leeg.", "Vul Bsn in, of laat het element weg als het niet verplicht is."),
        ("Bsn", "12345678", "Bsn heeft niet de juiste vorm.", "De vorm is: negen cijfers."),
        ("Bsn", "1234567890", "Bsn is 10 tekens lang; hoogstens 9 mag.", "Kort Bsn in tot 9 tekens."),
        (
            "Geslacht",
            "M",
            "Geslacht heeft een waarde die niet in de codelijst staat.",
            "Toegestaan: 0 (onbekend), 1 (mannelijk), 2 (vrouwelijk).",
        ),
        ("BerichtCode", "415", "BerichtCode heeft niet de waarde die bij dit bericht hoort.", "Vul 414 in."),
        ("BerichtVersie", "2", "BerichtVersie heeft niet de waarde die bij dit bericht hoort.", "Vul 3 in."),
        ("BerichtVersie", "100", "BerichtVersie is groter dan 99.", "Vul hoogstens 99 in."),
        ("ToewijzingNummer", "-1", "ToewijzingNummer is kleiner dan 0.", "Vul minstens 0 in."),
        (
            "ToewijzingNummer",
            "1,5",
            "ToewijzingNummer is geen geheel getal.",
            "Gebruik alleen cijfers, zonder komma of punt.",
        ),
        (
            "Dagtekening",
            "2026-02-30",
            "Dagtekening is geen bestaande datum in de vorm EEJJ-MM-DD zonder tijdzone.",
            "Schrijf de datum bijvoorbeeld als 2026-03-01.",
        ),
        (
            "Toewijzingstijd",
            "9:30",
            "Toewijzingstijd is geen bestaande tijd in de vorm UU:MM:SS zonder tijdzone.",
            "Schrijf de tijd bijvoorbeeld als 09:30:00.",
        ),
        (
            "BerichtXsdVersie",
            "1.0",
            "BerichtXsdVersie heeft niet de juiste vorm.",
            "De vorm is: drie gehele getallen met punten ertussen, zoals 1.0.0.",
        ),
    ],
)
def test_a_value_is_explained(wmo301: etree._Element, naam: str, waarde: str, melding: str, advies: str) -> None:
    deel = element(wmo301, naam)
    deel.text = waarde
    [fout] = fouten_in(wmo301)
    assert fout == XsdFout(pad_van(deel, WMO301), naam, fout.regelnummer, melding, advies)


def test_a_long_code_list_is_not_summed_up(wmo301: etree._Element) -> None:
    element(wmo301, "LandCode").text = "Atlantis"
    [fout] = fouten_in(wmo301)
    assert fout.advies == "Kies een code uit de codelijst Land (COD032)."


def test_one_element_out_of_place_is_one_error(wmo301: etree._Element) -> None:
    """And not one for each element it was put before."""
    client = element(wmo301, "Client")
    client.insert(0, element(wmo301, "ToegewezenProducten"))
    [fout] = fouten_in(wmo301)
    assert (fout.pad, fout.element) == ("/Bericht/Client/ToegewezenProducten", "ToegewezenProducten")
    assert fout.melding == "ToegewezenProducten staat op de verkeerde plaats in Client."
    assert fout.advies.startswith("De volgorde in Client is Bsn, Geboortedatum, Geslacht, Naam, ")


def test_of_two_swapped_elements_the_second_is_out_of_place(wmo301: etree._Element) -> None:
    client = element(wmo301, "Client")
    client.insert(0, element(client, "Geboortedatum"))
    assert [(fout.pad, fout.element) for fout in fouten_in(wmo301)] == [("/Bericht/Client/Bsn", "Bsn")]


def test_an_element_in_another_namespace_is_not_missing_too(wmo301: etree._Element) -> None:
    bsn = element(wmo301, "Bsn")
    bsn.tag = f"{{{WMO301.basis_namespace}}}Bsn"
    [fout] = fouten_in(wmo301)
    assert fout.melding == "Bsn staat in een andere namespace dan het XSD vraagt."
    assert fout.advies == f"Gebruik voor Bsn de namespace {WMO301.namespace}."


def test_what_stands_inside_a_class_in_another_namespace_is_judged_too(wmo301: etree._Element) -> None:
    client = element(wmo301, "Client")
    client.tag = "{http://elders}Client"
    element(client, "Bsn").text = "x"
    assert [fout.pad for fout in fouten_in(wmo301)] == ["/Bericht/Client", "/Bericht/Client/Bsn"]


def test_a_repeated_element_out_of_place_is_one_error(wmo301: etree._Element) -> None:
    client = element(wmo301, "Client")
    client.append(deepcopy(element(client, "Bsn")))
    [fout] = fouten_in(wmo301)
    assert (fout.pad, fout.melding) == ("/Bericht/Client/Bsn[2]", "Bsn mag in Client hoogstens 1 keer voorkomen.")


def test_the_name_of_an_unknown_element_is_not_repeated(wmo301: etree._Element) -> None:
    """A person may be called so; where it stands and what belongs there is told."""
    client = element(wmo301, "Client")
    for plek, naam in ((2, "Jansen-de-Vries"), (5, "x" * 40_000)):
        client.insert(plek - 1, etree.Element(naam))
    assert [(fout.pad, fout.element, fout.melding) for fout in fouten_in(wmo301)] == [
        (f"/Bericht/Client/*[{plek}]", "*", "Client bevat een element dat het niet kent.") for plek in (2, 5)
    ]
    assert "Client bestaat uit Bsn, Geboortedatum," in fouten_in(wmo301)[0].advies


@pytest.mark.parametrize(
    ("naam", "bedoeld"),
    [
        ("Geboortedatun", "Geboortedatum"),
        ("geboorteDatum", "Geboortedatum"),
        ("Geboortedatumm", "Geboortedatum"),
        ("Gebortedatum", "Geboortedatum"),
        ("BSN", "Bsn"),
        ("Achternaam", None),  # of another class
        ("RetourCodes", None),  # of another message
    ],
)
def test_a_name_that_the_standard_has_or_nearly_is_repeated(
    wmo301: etree._Element, naam: str, bedoeld: str | None
) -> None:
    etree.SubElement(element(wmo301, "Client"), naam)
    [fout] = fouten_in(wmo301)
    assert (fout.element, fout.melding) == (naam, f"Client kent geen element {naam}.")
    begin = f"Bedoeld is waarschijnlijk {bedoeld};" if bedoeld else f"Verwijder {naam} of verbeter de naam;"
    assert fout.advies.startswith(f"{begin} Client bestaat uit Bsn, ")


@pytest.mark.parametrize("naam", ["Geboorte", "Geboortedatunn", "B", "Naamgebruik", "Jan"])
def test_a_name_that_is_further_off_is_not(wmo301: etree._Element, naam: str) -> None:
    etree.SubElement(element(wmo301, "Client"), naam)
    assert [fout.element for fout in fouten_in(wmo301)] == ["*"]


def test_all_errors_are_counted_and_told_to_a_bound() -> None:
    data = f"<Bericht xmlns='{WMO301.namespace}'>{'<a/>' * (5 * MAX_FOUTEN)}</Bericht>".encode()
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(data, SCHEMAS)
    assert len(gevangen.value.fouten) == MAX_FOUTEN
    assert gevangen.value.aantal == 5 * MAX_FOUTEN + 2  # and Header and Client, which are missing
    assert gevangen.value.melding.endswith(f": {5 * MAX_FOUTEN + 2} fouten.")


class _ZonderWaarden(etree.ElementBase):
    """An element that can tell the names of its attributes, and nothing more: all values of many take time with the square
    of their number."""

    attrib = property(lambda _: pytest.fail("all attributes were asked for"))

    def items(self) -> list[tuple[str, str]]:
        pytest.fail("all attributes were asked for")

    values = items  # type: ignore[assignment]


def test_many_attributes_are_not_read_one_by_one() -> None:
    parser = etree.XMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=_ZonderWaarden))
    attributen = " ".join(f"a{nummer}=''" for nummer in range(1000))
    data = f"<Bericht xmlns='{WMO301.namespace}' {attributen}><Client {attributen}/></Bericht>".encode()
    fout = afwijkingen(etree.fromstring(data, parser), WMO301, SCHEMAS, data)
    assert fout is not None
    assert sum("heeft een attribuut" in deel.melding for deel in fout.fouten) == 2


def test_a_large_document_with_an_error_in_every_item_does_not_take_minutes() -> None:
    """lxml asks libxml2 for the path of each error it finds, for which that counts all siblings before it."""
    wortel = voorbeeld(WMO323)
    element(wortel, "Clienten").clear()
    leeg = b"<m:Clienten>%b</m:Clienten>" % (b"<m:Client/>" * 200_000)
    begin = time.process_time()
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(als_bytes(wortel).replace(b"<m:Clienten/>", leeg), SCHEMAS)
    assert time.process_time() - begin < 10
    assert {fout.melding for fout in gevangen.value.fouten} == {
        "Bsn ontbreekt in Client.",
        "Prestaties ontbreekt in Client.",
    }


def test_without_an_explanation_of_ours_there_is_that_of_libxml2(
    wmo301: etree._Element, monkeypatch: pytest.MonkeyPatch
) -> None:
    bsn = element(wmo301, "Bsn")
    bsn.text = GEHEIM
    [verwacht] = fouten_in(wmo301)
    monkeypatch.setattr("berichtenverkeer.standaard.uitleg.afwijkingen", lambda *_: None)
    fouten = fouten_in(wmo301)
    assert {(fout.element, fout.regelnummer) for fout in fouten} == {("Bsn", verwacht.regelnummer)}
    assert GEHEIM not in repr(fouten)
