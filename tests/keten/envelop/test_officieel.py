"""Our XSDs and WSDL say what the official ones say: the same documents pass, the same are refused, the same operations."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zeep
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.keten.envelop.stuf import (
    SOAPACTIES,
    StufBerichtcode,
    Systeem,
    bevestig,
    keur_af,
    lees_soap,
    lees_stuf,
    schrijf,
    schrijf_soap,
    weiger,
    wsdl,
)
from berichtenverkeer.keten.envelop.stuf import schema as stuf_schema
from berichtenverkeer.keten.envelop.stuf.namen import WORTELS

from .voorbeelden import DI01, DU01, OFFICIEEL, ONTVANGEN_OP, berichten, vast, xsd

EIGEN = Path(stuf_schema.__file__).with_name("wsdl")
GGK_XSD = OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_msg_ggkberichten.xsd"
STUF_XSD = OFFICIEEL / "0301" / "stuf0301.xsd"
WSDL = GGK_XSD.with_name("ggk0210_OntvangAsynchroon_ggkberichten.wsdl")
VOORBEELDEN = sorted((OFFICIEEL / "voorbeeldberichten").glob("*.xml"))

met_officiele = pytest.mark.skipif(not OFFICIEEL.exists(), reason="the official XSDs are not beside the repository")

FO01 = keur_af("IB014", DU01.stuurgegevens, vast, ONTVANGEN_OP, details="JW308-00070001", origineel=b"<root></root>")
VOL = replace(
    DI01,
    stuurgegevens=replace(
        DI01.stuurgegevens,
        zender=Systeem("73730042", "ZorgECD", "Samenwerking", "gebruiker1"),
        ontvanger=Systeem("1680", "GGk", "Samenwerking", "gebruiker1"),
    ),
)
UITGANGSPUNTEN = [
    schrijf(VOL),
    *(schrijf(een) for een in (DI01, DU01, FO01, bevestig(DI01.stuurgegevens, vast, ONTVANGEN_OP))),
    schrijf(weiger("StUF016", DI01.stuurgegevens, vast, ONTVANGEN_OP)),
    *(pad.read_bytes() for pad in VOORBEELDEN),
]


def oordeel_van_ons(wortel: etree._Element) -> bool:
    """The verdict of our XSD."""
    return xsd(EIGEN / ("ggk0210.xsd" if "ggk0210" in wortel.tag else "stuf0301.xsd")).validate(wortel)


def oordelen(wortel: etree._Element) -> tuple[bool, bool]:
    """The verdicts of our XSD and of the official one."""
    return oordeel_van_ons(wortel), xsd(GGK_XSD if "ggk0210" in wortel.tag else STUF_XSD).validate(wortel)


@met_officiele
@pytest.mark.parametrize("pad", VOORBEELDEN, ids=lambda pad: pad.stem)
def test_every_official_example_passes_both(pad: Path) -> None:
    assert oordelen(etree.parse(str(pad)).getroot()) == (True, True)
    gelezen = lees_stuf(pad.read_bytes())
    assert gelezen.keur() == ()
    assert lees_stuf(schrijf(gelezen.inhoud())).inhoud() == gelezen.inhoud()


@met_officiele
def test_there_are_examples() -> None:
    assert len(VOORBEELDEN) == 4


@met_officiele
@given(bericht=berichten)
def test_all_that_we_write_passes_both(bericht: Any) -> None:
    assert oordelen(etree.fromstring(schrijf(bericht))) == (True, True)


# The same documents are refused. Every element of every starting point gets every change once; pairs are drawn.

Wijziging = Callable[[etree._Element], None]

STUF = "http://www.egem.nl/StUF/StUF0301"
GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

_UUID = "1a8d74f7-07e7-4b4e-b18e-0f0e1ba1ddde"
_LENGTES = (1, 2, 3, 4, 7, 8, 30, 31, 40, 41, 50, 51, 100, 101, 200, 201, 255, 256, 1000, 1001)
WAARDEN = [
    *("a" * lengte for lengte in _LENGTES),
    *("9" * lengte for lengte in (3, 4, 5, 7, 8, 14, 17, 18)),
    *("", " ", "é" * 200, "é" * 201, "\u00a0", "٠٠٠٣", " 0003 ", "20260302\t", "1680\n", "20260230101502"),
    *("Bv03", "Bv04", "Di01", "Di02", "Du01", "Fo01", "Fo03", "Lk01", "bv03", "client", "server", "Client"),
    *(_UUID, _UUID.upper(), "9c0f7b90-5c69-11e5-a837-0800200c9a66", _UUID.replace("-b", "-c"), _UUID + "a", _UUID[1:]),
    *("AA==", "A", "AA", "AAA", "<<<", "A A = =", "bestand.csv", "be stand.csv", "bestand_1-a.CSV", "a/b.csv"),
]
NAMEN = (
    "gebruiker",
    "administratie",
    "functie",
    "crossRefnummer",
    "entiteittype",
    "details",
    "detailsXML",
    "tekstBestand",
)
TYPEN = (
    "Systeem",
    "Systeem_ggkberichten",
    "Refnummer",
    "Functie",
    "Organisatie",
    "Foutbericht",
    "Tijdstip",
    "Versienr",
)


def _met_waarde(waarde: str) -> Wijziging:
    return lambda element: setattr(element, "text", waarde)


def _met_naam(ruimte: str, naam: str) -> Wijziging:
    return lambda element: setattr(element, "tag", f"{{{ruimte}}}{naam or etree.QName(element).localname}")


def _met_attribuut(naam: str, waarde: str) -> Wijziging:
    return lambda element: element.set(naam, waarde)


def _met_kind(plek: int, tag: str) -> Wijziging:
    return lambda element: element.insert(plek, etree.Element(tag))


def _verwijder(element: etree._Element) -> None:
    ouder = element.getparent()
    if ouder is not None:
        ouder.remove(element)


def _herhaal(element: etree._Element) -> None:
    ouder = element.getparent()
    if ouder is not None:
        ouder.insert(ouder.index(element), etree.fromstring(etree.tostring(element, with_tail=False)))


def _verplaats(element: etree._Element) -> None:
    ouder = element.getparent()
    if ouder is not None:
        ouder.insert((ouder.index(element) + 1) % len(ouder), element)


def _ontkleed(element: etree._Element) -> None:
    element.attrib.clear()


WIJZIGINGEN: list[Wijziging] = [
    _verwijder,
    _herhaal,
    _verplaats,
    _ontkleed,
    *(_met_waarde(waarde) for waarde in WAARDEN),
    *(_met_naam(ruimte, naam) for ruimte in (STUF, GGK, "urn:x") for naam in ("", *NAMEN)),
    *(_met_attribuut(naam, "x") for naam in ("x", "{urn:x}y")),
    *(_met_attribuut("bestandsnaam", waarde) for waarde in WAARDEN),
    *(_met_attribuut(f"{XSI}nil", waarde) for waarde in ("true", "false")),
    *(_met_attribuut(f"{XSI}type", f"StUF:{naam}") for naam in TYPEN),
    *(_met_kind(plek, tag) for plek in (0, 99) for tag in ("x", *(f"{{{STUF}}}{naam}" for naam in NAMEN))),
]


def test_a_plain_document_passes_and_a_changed_one_can_fail() -> None:
    assert [oordeel_van_ons(etree.fromstring(data)) for data in UITGANGSPUNTEN] == [True] * len(UITGANGSPUNTEN)
    assert not oordeel_van_ons(etree.fromstring(UITGANGSPUNTEN[0].replace(b"JW307", b"J" * 31)))


@met_officiele
@pytest.mark.parametrize("data", UITGANGSPUNTEN, ids=lambda data: etree.QName(etree.fromstring(data)).localname)
def test_both_refuse_the_same_after_any_one_change(data: bytes) -> None:
    for plek in range(sum(1 for _ in etree.fromstring(data).iter())):
        for wijziging in WIJZIGINGEN:
            wortel = etree.fromstring(data)
            wijziging(list(wortel.iter())[plek])
            eens(wortel)


@met_officiele
@settings(max_examples=500)
@given(
    data=st.sampled_from(UITGANGSPUNTEN),
    wijzigingen=st.lists(st.sampled_from(WIJZIGINGEN), min_size=2, max_size=5),
    keuze=st.data(),
)
def test_both_refuse_the_same_after_several_changes(
    data: bytes, wijzigingen: list[Wijziging], keuze: st.DataObject
) -> None:
    wortel = etree.fromstring(data)
    for wijziging in wijzigingen:
        elementen = list(wortel.iter())
        wijziging(elementen[keuze.draw(st.integers(0, len(elementen) - 1))])
    eens(wortel)


def eens(wortel: etree._Element) -> None:
    """Both have the same verdict on a document whose root is one of ours."""
    if wortel.tag in WORTELS:
        eigen, officieel = oordelen(wortel)
        assert eigen == officieel, etree.tostring(wortel).decode()


# WSDL


def bediend(bron: str) -> Any:
    """A client of zeep, which has no types."""
    return zeep.Client(bron)  # type: ignore[no-untyped-call]


def bewerkingen(bron: str) -> dict[str, tuple[str, str, str, list[str]]]:
    """What zeep sees of each operation: the SOAPAction, the element in, the element out, the elements of its faults."""
    client = bediend(bron)
    (dienst,) = client.wsdl.services.values()
    (poort,) = dienst.ports.values()
    assert (dienst.name, poort.name) == ("StUFOntvangAsynchroonGGK0210Service", "OntvangAsynchroon")
    assert poort.binding.name.text == "{http://www.stufstandaarden.nl/koppelvlak/ggk0210}SOAPOntvangAsynchroon"
    return {
        naam: (
            een.soapaction,
            een.input.body.qname.text,
            een.output.body.qname.text,
            [deel.element.qname.text for fout in een.abstract.fault_messages.values() for deel in fout.parts.values()],
        )
        for naam, een in poort.binding.all().items()
    }


@met_officiele
def test_zeep_sees_the_same_operations_in_both(tmp_path: Path) -> None:
    officieel = bewerkingen(str(WSDL))
    uitgegeven = tmp_path / "uitgegeven.wsdl"
    uitgegeven.write_bytes(wsdl("http://localhost/ggk"))
    assert bewerkingen(str(EIGEN / "ggk0210.wsdl")) == officieel
    assert bewerkingen(str(uitgegeven)) == officieel
    assert set(officieel) == {"ggk_Di01", "ggk_Du01", "Fo01"}


def test_the_wsdl_that_is_given_out_stands_alone_and_names_its_address(tmp_path: Path) -> None:
    uitgegeven = tmp_path / "uitgegeven.wsdl"
    uitgegeven.write_bytes(wsdl("https://hier.example/ggk?a=1&b=2"))
    client = bediend(str(uitgegeven))
    assert client.service._binding_options["address"] == "https://hier.example/ggk?a=1&b=2"
    assert b"chemaLocation" not in uitgegeven.read_bytes()
    assert {een[0] for een in bewerkingen(str(uitgegeven)).values()} == set(SOAPACTIES.values())


def test_what_zeep_writes_we_read() -> None:
    client = bediend(str(EIGEN / "ggk0210.wsdl"))
    stuur, inhoud = DI01.stuurgegevens, DI01.parameters
    systeem = [
        {"organisatie": een.organisatie, "applicatie": een.applicatie} for een in (stuur.zender, stuur.ontvanger)
    ]
    boom = client.create_message(
        client.service,
        "ggk_Di01",
        stuurgegevens={
            "berichtcode": "Di01",
            "zender": systeem[0],
            "ontvanger": systeem[1],
            "referentienummer": stuur.referentienummer,
            "tijdstipBericht": stuur.tijdstipBericht,
            "functie": stuur.functie,
        },
        parameters={
            "applicatieVersie": "0007",
            "applicatieSubversie": "0001",
            "functieVersie": "0003",
            "functieSubversie": "0002",
            "bericht": {"xmlBestand": inhoud.payload()},
        },
    )
    gelezen = lees_soap(etree.tostring(boom))
    assert gelezen.soort is StufBerichtcode.DI01
    assert gelezen.inhoud() == DI01


def test_zeep_reads_what_we_write() -> None:
    client = bediend(str(EIGEN / "ggk0210.wsdl"))
    bewerking = client.service._binding.get("ggk_Di01")
    antwoord = etree.fromstring(schrijf_soap(bevestig(DI01.stuurgegevens, vast, ONTVANGEN_OP)))
    gelezen = bewerking.process_reply(antwoord)
    assert gelezen.crossRefnummer == DI01.stuurgegevens.referentienummer
