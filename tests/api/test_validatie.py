"""The validation service and the faces of the standard: open to all, nothing stored."""

import httpx
import pytest
from lxml import etree
from sqlalchemy import func, select
from tests.conformance.voorbeelden import FOUT, MAP
from tests.knoop import Knoop

from berichtenverkeer.opslag.tabellen import bericht, geweigerd
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import codelijsten
from berichtenverkeer.standaard.domein import Domein

XML = {"Content-Type": "application/xml"}


def controleer(node: Knoop, data: bytes, **kop: str) -> httpx.Response:
    return httpx.post(f"{node.url}/validatie", content=data, headers=XML | kop)


@pytest.mark.parametrize("soort", BERICHTSOORTEN)
def test_a_sound_message_has_an_empty_report(node: Knoop, soort: str) -> None:
    rapport = controleer(node, (MAP / f"{soort}.xml").read_bytes()).json()
    assert rapport == {
        "Header": {"Berichtcode": soort, "Versie": "3.2", "Identificatie": rapport["Header"]["Identificatie"]},
        "Fouten": [],
    }
    assert rapport["Header"]["Identificatie"].startswith("VB")


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
    ("accept", "soort"),
    [
        ("application/xml", "application/xml"),
        ("text/xml, application/json", "application/xml"),
        ("application/json, application/xml", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_report_is_json_or_xml(node: Knoop, accept: str, soort: str) -> None:
    antwoord = controleer(node, (MAP / FOUT[1]).read_bytes(), Accept=accept)
    assert antwoord.headers["content-type"].partition(";")[0] == soort
    if soort == "application/xml":
        rapport = etree.fromstring(antwoord.content)
        assert rapport.findtext("Header/Berichtcode") == "JW307"
        assert [fout.findtext("Code") for fout in rapport.findall("Fouten/Fout")] == ["CS002", "TR018"]
        assert {str(deel.tag) for deel in rapport.iterfind("Fouten/Fout/*")} == {
            "Code",
            "Retourcode",
            "Locatie",
            "Details",
        }


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 400), (b"<a", 400), (b"<a/>", 422), (b"<!DOCTYPE a><a/>", 400), (b"\xff\xfe<\x00a\x00", 400)],
)
def test_what_is_no_message_is_a_problem(node: Knoop, data: bytes, status: int) -> None:
    antwoord = controleer(node, data)
    assert antwoord.status_code == status
    assert antwoord.headers["content-type"] == "application/problem+json"
    assert antwoord.json()["advies"]


def test_the_release_may_be_named(node: Knoop) -> None:
    data = (MAP / "WMO305.xml").read_bytes()
    assert controleer(node, data, **{"X-Version-Override": "3.2"}).status_code == 200
    assert controleer(node, data, **{"X-Version-Override": "4.0"}).json()["status"] == 422


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
    items = httpx.get(f"{node.url}/standaard/regels").json()["items"]
    assert [item["code"] for item in items] == [regel.code for regel in catalogus()]
    assert httpx.get(f"{node.url}/standaard/regels/tr409").json()["domeinen"] == ["ijw"]
    assert httpx.get(f"{node.url}/standaard/regels/TR999").status_code == 404
    [instelling] = httpx.get(f"{node.url}/standaard/regels/TR019").json()["instellingen"]
    assert (instelling["naam"], instelling["standaard"]) == ("variant", "eenheid")


@pytest.mark.parametrize("domein", Domein)
def test_the_code_lists(node: Knoop, domein: Domein) -> None:
    for lijst in codelijsten(domein):
        uit = httpx.get(f"{node.url}/standaard/codelijsten/{lijst.naam_code}", params={"domein": domein}).json()
        assert {code["code"]: code["omschrijving"] for code in uit["codes"]} == {
            code.code: code.omschrijving for code in lijst.codes.values()
        }
    assert httpx.get(f"{node.url}/standaard/codelijsten/WMO999").status_code == 404


def test_a_signaal_is_told_apart_from_what_makes_a_message_invalid(node: Knoop) -> None:
    data = b"\xef\xbb\xbf" + (MAP / FOUT[1]).read_bytes()
    fouten = controleer(node, data).json()["Fouten"]
    assert [(fout["Code"], fout["Ernst"]) for fout in fouten] == [
        ("OP192", "signaal"),
        ("CS002", "fout"),
        ("TR018", "fout"),
    ]
    assert fouten[0]["Details"].startswith("Signaal (keurt het bericht niet af): ")
    xml = etree.fromstring(controleer(node, data, Accept="application/xml").content)
    assert [fout.findtext("Code") for fout in xml.iter("Fout")] == ["OP192", "CS002", "TR018"]
    assert xml.find(".//Ernst") is None
