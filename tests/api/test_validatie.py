"""The validation service and the faces of the standard: open to all, nothing stored."""

import re
from pathlib import Path

import httpx
import pytest
from lxml import etree
from sqlalchemy import func, select
from tests.conformance.voorbeelden import FOUT, MAP
from tests.knoop import Knoop

from berichtenverkeer.opslag.tabellen.berichten import bericht, geweigerd
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import codelijst, codelijsten
from berichtenverkeer.standaard.domein import Domein

FORMULIER = "application/x-www-form-urlencoded"
R = "{http://www.istandaarden.nl/validatie/1_1/rapport/schema}"
SCHEMA = etree.XMLSchema(file=Path(__file__).with_name("rapport_1_1.xsd"))
XML = {"Content-Type": "application/xml"}


def controleer(node: Knoop, data: bytes, **kop: str) -> httpx.Response:
    return httpx.post(f"{node.url}/validatie", content=data, headers=XML | kop)


@pytest.mark.parametrize("soort", BERICHTSOORTEN)
def test_a_sound_message_has_an_empty_report(node: Knoop, soort: str) -> None:
    rapport = controleer(node, (MAP / f"{soort}.xml").read_bytes()).json()
    assert rapport == {
        "Header": {
            "Berichtsoort": soort,
            "BerichtCode": BERICHTSOORTEN[soort].berichtcode,
            "BerichtVersie": 3,
            "BerichtSubversie": 2,
            "BerichtIdentificatie": rapport["Header"]["BerichtIdentificatie"],
        },
        "Fouten": [],
    }
    assert rapport["Header"]["BerichtIdentificatie"]["Identificatie"].startswith("VB")


def test_every_finding_of_the_rules_inside_the_message(node: Knoop) -> None:
    fouten = controleer(node, (MAP / FOUT[1]).read_bytes()).json()["Fouten"]
    assert [(fout["Code"], fout["Retourcode"], fout["Locatie"]) for fout in fouten] == [
        ("CS002", "0001", ["/Bericht/Client/Bsn"]),
        ("TR018", "0001", ["/Bericht/Client/StopProducten/StopProduct[1]/Einddatum"]),
    ]
    assert fouten[1]["Details"].startswith("Einddatum 2026-02-15 ligt vóór Begindatum 2026-02-20.")
    assert [(fout["Klasse"], fout["Waarde"], fout["Berekening"]) for fout in fouten] == [
        ("Client", "***", []),
        ("StopProduct", "2026-02-15", []),
    ]


def test_an_xsd_error_has_no_retourcode(node: Knoop) -> None:
    [fout] = controleer(node, (MAP / FOUT[0]).read_bytes()).json()["Fouten"]
    assert (fout["Code"], fout["Retourcode"]) == ("XSD", None)


@pytest.mark.parametrize(
    ("accept", "inhoud", "soort"),
    [
        ("application/xml", "application/xml", "application/xml"),
        ("text/xml, application/json", "application/xml", "application/xml"),
        ("application/json, application/xml", "application/xml", "application/json"),
        ("*/*", "application/xml", "application/json"),
        ("*/*", FORMULIER, "application/xml"),
        ("application/json", FORMULIER, "application/json"),
    ],
)
def test_the_report_is_json_or_xml(node: Knoop, accept: str, inhoud: str, soort: str) -> None:
    antwoord = controleer(node, (MAP / FOUT[1]).read_bytes(), **{"Accept": accept, "Content-Type": inhoud})
    assert antwoord.headers["content-type"].partition(";")[0] == soort


def rapport_van(node: Knoop, data: bytes) -> etree._Element:
    """The report in XML, valid by the schema of the Zorginstituut."""
    wortel = etree.fromstring(controleer(node, data, Accept="application/xml").content)
    SCHEMA.assertValid(wortel)
    return wortel


@pytest.mark.parametrize("soort", BERICHTSOORTEN)
def test_the_report_in_xml_is_that_of_the_zorginstituut(node: Knoop, soort: str) -> None:
    rapport = rapport_van(node, (MAP / f"{soort}.xml").read_bytes())
    assert rapport.tag == R + "Rapport"
    assert [deel.tag for deel in rapport[0]] == [
        R + naam for naam in ("BerichtCode", "BerichtVersie", "BerichtSubversie", "BerichtIdentificatie")
    ]
    assert rapport[0][0].text == BERICHTSOORTEN[soort].berichtcode
    assert rapport[0].findtext(f"{R}BerichtIdentificatie/{R}Dagtekening") is not None


@pytest.mark.parametrize("bestand", FOUT)
def test_the_faults_in_xml_are_those_of_the_json(node: Knoop, bestand: str) -> None:
    data = (MAP / bestand).read_bytes()
    rapport, fouten = rapport_van(node, data), controleer(node, data).json()["Fouten"]
    assert fouten
    assert [
        (
            fout.findtext(f"{R}Code"),
            fout.findtext(f"{R}Retourcode"),
            [plek.text for plek in fout.findall(f"{R}Locatie")],
            fout.findtext(f"{R}Details"),
        )
        for fout in rapport.iter(f"{R}Fout")
    ] == [(fout["Code"], fout["Retourcode"], fout["Locatie"], fout["Details"]) for fout in fouten]


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (rb"<(\w+:)BerichtVersie>.*</\1BerichtVersie>", b""),
        (rb"<(\w+:)BerichtVersie>.*</\1BerichtVersie>", rb"<\1BerichtVersie>999</\1BerichtVersie>"),
        (rb"<(\w+:)Identificatie>.*</\1Identificatie>", rb"<\1Identificatie>DERTIENTEKENS</\1Identificatie>"),
        (rb"<(\w+:)Identificatie>.*</\1Identificatie>", b""),
        (rb"<(\w+:)Dagtekening>.*</\1Dagtekening>", rb"<\1Dagtekening>gisteren</\1Dagtekening>"),
        (rb"(?s)<(\w+:)Header>.*</\1Header>", b""),
    ],
)
def test_the_report_on_a_faulty_header_is_valid_too(node: Knoop, oud: bytes, nieuw: bytes) -> None:
    data, aantal = re.subn(oud, nieuw, (MAP / "WMO301.xml").read_bytes(), count=1)
    assert aantal == 1
    rapport = rapport_van(node, data)
    kop = [rapport.findtext(f"{R}Header/{R}{naam}") for naam in ("BerichtCode", "BerichtVersie", "BerichtSubversie")]
    assert kop == ["414", "3", "2"]
    assert "XSD" in {fout.findtext(f"{R}Code") for fout in rapport.iter(f"{R}Fout")}


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 400), (b"<a", 400), (b"<a/>", 422), (b"<!DOCTYPE a><a/>", 400), (b"\xff\xfe<\x00a\x00", 400)],
)
def test_what_is_no_message_is_a_problem(node: Knoop, data: bytes, status: int) -> None:
    antwoord = controleer(node, data)
    assert antwoord.status_code == status
    assert antwoord.headers["content-type"] == "application/problem+json"
    assert antwoord.json()["advies"]


@pytest.mark.parametrize("release", ["3.2", "3.2.0"])
def test_the_release_may_be_named(node: Knoop, release: str) -> None:
    assert controleer(node, (MAP / "WMO305.xml").read_bytes(), **{"X-Version-Override": release}).status_code == 200


@pytest.mark.parametrize("release", ["4.0", "3.2.1", "3.1", "", "x"])
def test_an_unknown_release_is_told_which_are_known(node: Knoop, release: str) -> None:
    antwoord = controleer(node, (MAP / "WMO305.xml").read_bytes(), **{"X-Version-Override": release})
    assert antwoord.status_code == 400
    assert "3.2 en 3.2.0" in antwoord.json()["advies"]


@pytest.mark.parametrize(
    ("data", "status", "oorzaak"),
    [
        (b"", 400, "is leeg"),
        (b"\n<?xml version='1.0'?><a/>", 400, "XML-declaratie"),
        (b"{}", 400, "JSON"),
        (b"<Bericht xmlns='http://www.istandaarden.nl/ijw/3_1/jw305/schema'/>", 422, "release 3.1"),
        (b"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'/>", 422, "SOAP-envelop"),
    ],
)
def test_what_is_no_message_is_told_what_it_is_at_each_door(
    node: Knoop, data: bytes, status: int, oorzaak: str
) -> None:
    """So at POST /v1/berichten too."""
    for antwoord in (controleer(node, data), node.paar(0).gemeente.bied_aan(data)):
        assert antwoord.status_code == status
        assert oorzaak in str(antwoord.json())
        assert antwoord.json()["advies"]


def test_nothing_is_stored(node: Knoop) -> None:
    def aantal() -> int:
        with node.engine.connect() as verbinding:
            return sum(
                verbinding.execute(select(func.count()).select_from(t)).scalar_one() for t in (bericht, geweigerd)
            )

    voor = aantal()
    controleer(node, (MAP / "WMO301.xml").read_bytes())
    controleer(node, b"<a/>")
    assert aantal() == voor


def test_status(node: Knoop) -> None:
    assert httpx.get(f"{node.url}/status").json()["releases"] == ["3.2"]


def test_the_catalogue(node: Knoop) -> None:
    items = httpx.get(f"{node.url}/v1/standaard/regels").json()["items"]
    assert [item["code"] for item in items] == [regel.code for regel in catalogus()]
    assert httpx.get(f"{node.url}/v1/standaard/regels/tr409").json()["domeinen"] == ["ijw"]
    weg = httpx.get(f"{node.url}/v1/standaard/regels/TR4099")
    assert (weg.status_code, weg.json()["advies"][:19]) == (404, "Bedoelt u TR409? Al")
    [instelling] = httpx.get(f"{node.url}/v1/standaard/regels/TR019").json()["instellingen"]
    assert (instelling["naam"], instelling["standaard"]) == ("variant", "eenheid")


def test_the_retourcodes(node: Knoop) -> None:
    items = httpx.get(f"{node.url}/v1/standaard/retourcodes").json()["items"]
    assert [item["code"] for item in items] == list(codelijst("WJ001", "iwmo").codes)
    een = httpx.get(f"{node.url}/v1/standaard/retourcodes/9321").json()
    assert een in items
    assert een | {"wat_nu": ""} == {
        "code": "9321",
        "betekenis": dict.fromkeys(("iwmo", "ijw"), "Ingediend volume is hoger dan toegewezen"),
        "regels": ["TR321"],
        "berichten": ["323"],
        "antwoorden": ["325"],
        "wat_nu": "",
    }
    assert httpx.get(f"{node.url}/v1/standaard/retourcodes/s300").json()["regels"] == ["TR378"]
    weg = httpx.get(f"{node.url}/v1/standaard/retourcodes/93211")
    assert (weg.status_code, weg.json()["advies"][:16]) == (404, "Bedoelt u 9321? ")
    assert "/v1/standaard/retourcodes" in httpx.get(f"{node.url}/v1/standaard/retourcodes/zzzzzzzz").json()["advies"]


@pytest.mark.parametrize("domein", Domein)
def test_the_code_lists(node: Knoop, domein: Domein) -> None:
    indeling = node.binnen.register.indeling
    for lijst in codelijsten(domein):
        uit = httpx.get(f"{node.url}/v1/standaard/codelijsten/{lijst.naam_code}", params={"domein": domein}).json()
        assert {code["code"]: code["omschrijving"] for code in uit["codes"]} == {
            code.code: code.omschrijving
            for code in (indeling.codes() if lijst.naam_code == "CBS" else lijst.codes.values())
        }
    assert httpx.get(f"{node.url}/v1/standaard/codelijsten/WMO999").status_code == 404


def test_a_signaal_is_told_apart_from_what_makes_a_message_invalid(node: Knoop) -> None:
    data = b"\xef\xbb\xbf" + (MAP / FOUT[1]).read_bytes()
    fouten = controleer(node, data).json()["Fouten"]
    assert [(fout["Code"], fout["Ernst"]) for fout in fouten] == [
        ("OP192", "signaal"),
        ("CS002", "fout"),
        ("TR018", "fout"),
    ]
    assert fouten[0]["Details"].startswith("Signaal (keurt het bericht niet af): ")
    xml = rapport_van(node, data)
    assert [fout.findtext(f"{R}Code") for fout in xml.iter(f"{R}Fout")] == ["OP192", "CS002", "TR018"]
