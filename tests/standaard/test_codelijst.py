"""The code lists hold what the XSDs enumerate, and can be asked what a code means and when it is valid."""

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from berichtenverkeer.standaard.codelijst import Code, OnbekendeCodelijst, codelijst, codelijsten

ROOT = Path(__file__).parents[2]
CODELIJSTEN = files("berichtenverkeer.standaard") / "codelijsten"
XS = {"xs": "http://www.w3.org/2001/XMLSchema"}
DOMEINEN = ("iwmo", "ijw")
# No enumeration in the XSD: the codes are held by a pattern a message (COD002) or change every year (CBS).
ZONDER_ENUMERATIE = {"COD002", "CBS"}


def rijen(bestand: str) -> list[dict[str, str]]:
    regels = (CODELIJSTEN / bestand).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(regels, delimiter=";"))


def enumeraties(domein: str) -> dict[str, dict[str, str]]:
    """Data type → code → label, for every data type that the basisschema enumerates."""
    schema = etree.parse(ROOT / "xsd" / domein / "3.2" / "basisschema.xsd").getroot()
    return {
        str(soort.get("name")): {
            str(waarde.get("value")): waarde.findtext("xs:annotation/xs:documentation", "", XS)
            for waarde in soort.iterfind("xs:restriction/xs:enumeration", XS)
        }
        for soort in schema.iterfind("xs:simpleType", XS)
        if soort.find("xs:restriction/xs:enumeration", XS) is not None
    }


@pytest.mark.parametrize("domein", DOMEINEN)
def test_every_enumeration_holds_exactly_the_codes_and_labels_of_its_list(domein: str) -> None:
    lijsten = {
        lijst.element: {code: lijst.label(code) for code in lijst.codes}
        for lijst in codelijsten(domein)
        if lijst.naam_code not in ZONDER_ENUMERATIE
    }
    assert lijsten == enumeraties(domein)


@pytest.mark.parametrize("domein", DOMEINEN)
def test_cod002_holds_the_bericht_code_of_every_xsd(domein: str) -> None:
    in_xsd = {}
    for pad in (ROOT / "xsd" / domein / "3.2").glob("*3??.xsd"):
        code = etree.parse(pad).find(".//xs:element[@name='BerichtCode']/xs:simpleType/xs:restriction/xs:pattern", XS)
        assert code is not None
        in_xsd[code.get("value")] = pad.stem
    lijst = codelijst("COD002", domein)
    assert {code: lijst.label(code) for code in lijst.codes} == in_xsd


@pytest.mark.parametrize("domein", DOMEINEN)
def test_every_code_has_a_label_and_stands_once(domein: str) -> None:
    for rij in rijen("index.csv"):
        if rij["domein"] in (domein, "beide"):
            lijst = codelijst(rij["codelijst"], domein)
            assert len(lijst.codes) == len(rijen(rij["bestand"])), rij["bestand"]
            assert all(code.omschrijving.strip() for code in lijst.codes.values()), rij["bestand"]


def test_every_file_is_in_the_index() -> None:
    geen_lijst = ("reden_", "herindelingen", "toewijzingsvarianten_", "bedoeld", "retourcode_")
    bestanden = {pad.name for pad in CODELIJSTEN.iterdir() if not pad.name.startswith(geen_lijst)}
    assert bestanden == {rij["bestand"] for rij in rijen("index.csv")} | {"index.csv"}


def test_a_law_has_each_list_and_each_element_once() -> None:
    for domein in DOMEINEN:
        rijen_domein = [rij for rij in rijen("index.csv") if rij["domein"] in (domein, "beide")]
        assert len({rij["codelijst"] for rij in rijen_domein}) == len(rijen_domein) == len(codelijsten(domein)) == 25
        assert len({rij["element"] for rij in rijen_domein}) == len(rijen_domein)


@pytest.mark.parametrize(
    ("lijst", "domein", "code", "label"),
    [
        ("WJ756", "iwmo", "14", "Etmaal"),
        ("WMO757", "ijw", "6", "Totaal binnen geldigheidsduur toewijzing"),
        ("WMO020", "iwmo", "01", "Hulp bij het huishouden"),
        ("JZ588", "ijw", "38", "Overstap naar andere aanbieder"),
        ("COD002", "iwmo", "414", "WMO301"),
        ("COD002", "ijw", "436", "JW301"),
        ("CBS", "ijw", "0363", "Amsterdam"),
        ("COD032", "iwmo", "BQ", "BONAIRE, SINT EUSTATIUS EN SABA"),
    ],
)
def test_label(lijst: str, domein: str, code: str, label: str) -> None:
    gevonden = codelijst(lijst, domein)
    assert gevonden.naam_code == lijst
    assert code in gevonden
    assert gevonden[code].code == code
    assert gevonden.label(code) == label


def test_a_code_that_is_not_in_the_list() -> None:
    lijst = codelijst("JZ020", "ijw")
    assert "39" not in lijst
    assert 40 not in lijst
    with pytest.raises(KeyError):
        lijst["39"]
    with pytest.raises(KeyError):
        lijst.label("39")


def test_a_list_is_read_once_and_cannot_be_changed() -> None:
    lijst = codelijst("WJ756", "iwmo")
    assert codelijst("WJ756", "iwmo") is lijst
    assert hash(lijst) == hash(codelijst("WJ756", "iwmo"))
    with pytest.raises(TypeError):
        lijst.codes["99"] = Code("99", "x")  # type: ignore[index]


@pytest.mark.parametrize(
    ("van", "tot", "datum", "geldig"),
    [
        (None, None, date(1900, 1, 1), True),
        (date(2021, 1, 1), None, date(2020, 12, 31), False),
        (date(2021, 1, 1), None, date(2021, 1, 1), True),
        (date(2021, 1, 1), None, date(2999, 1, 1), True),
        (None, date(2024, 12, 31), date(2024, 12, 31), True),
        (None, date(2024, 12, 31), date(2025, 1, 1), False),
        (date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 1), True),
    ],
)
def test_geldig_op(van: date | None, tot: date | None, datum: date, geldig: bool) -> None:
    assert Code("1", "x", van, tot).geldig_op(datum) is geldig


def test_dates_are_read_from_the_list() -> None:
    assert codelijst("JZ588", "ijw")["38"].geldig_van == date(2022, 4, 1)
    assert not codelijst("JZ588", "ijw")["38"].geldig_op(date(2022, 3, 31))
    assert codelijst("WMO588", "iwmo")["38"].geldig_van is None


def test_an_unknown_list_says_which_there_are() -> None:
    with pytest.raises(OnbekendeCodelijst, match=r"'WJ999' does not exist under iwmo\. Lists of iwmo: .*WJ756"):
        codelijst("WJ999", "iwmo")
    with pytest.raises(OnbekendeCodelijst, match=r"'JZ020' does not exist under iwmo, only under ijw\."):
        codelijst("JZ020", "iwmo")


def test_an_unknown_law() -> None:
    with pytest.raises(OnbekendeCodelijst, match="Use one of: iwmo, ijw"):
        codelijsten("wlz")
    with pytest.raises(OnbekendeCodelijst, match="Use one of: iwmo, ijw"):
        codelijst("WJ756", "wlz")


@pytest.mark.parametrize(
    ("domein", "wijziging", "beeindiging"), [("iwmo", "WMO002", "WMO588"), ("ijw", "JZ002", "JZ588")]
)
def test_reden_wijziging_to_reden_beeindiging_names_codes_of_the_lists(
    domein: str, wijziging: str, beeindiging: str
) -> None:
    koppeling = {
        rij["reden_wijziging"]: rij["reden_beeindiging"]
        for rij in rijen(f"reden_wijziging_naar_beeindiging_{domein}.csv")
    }
    assert list(koppeling) == list(codelijst(wijziging, domein).codes)
    assert set(koppeling.values()) - {""} < set(codelijst(beeindiging, domein).codes)
    assert {reden for reden, stop in koppeling.items() if not stop} == {"01", "04", "13", "14"}
    assert koppeling["07"] == {"iwmo": "31", "ijw": "35"}[domein]
