"""A folder of XSDs: ours, one in the form of the official release, and faulty ones."""

import re
import shutil
import time
from pathlib import Path

import pytest
from lxml import etree

from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.fouten import OngeldigBericht
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schema import SchemaOntbreekt, Schemas, Versies
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.standaard.verklaring import lees_verklaring

from .berichtgenerator import SCHEMAS, SOORTEN, XSD_MAP, als_bytes, element, voorbeeld

WMO301 = BERICHTSOORTEN["WMO301"]
COMMENTAAR = r"([.\s]*\S+[.\s]*)+"
"""The pattern of the official release."""


@pytest.fixture(scope="module")
def officieel(tmp_path_factory: pytest.TempPathFactory) -> Schemas:
    """Our XSDs in the form of the official release, in a folder with an awkward name."""
    map_ = tmp_path_factory.mktemp("xsd") / "officiële uitgave %20 #1"
    shutil.copytree(XSD_MAP, map_)
    for basis in map_.glob("*/3.2/basisschema.xsd"):
        tekst = basis.read_text(encoding="utf-8").replace(r"\s*\S[\s\S]*", COMMENTAAR)
        assert COMMENTAAR in tekst
        basis.unlink()
        (basis.parent / "Basisschema.xsd").write_text(tekst, encoding="utf-8")
    toelichting = "<xs:annotation><xs:documentation>Toelichting.</xs:documentation></xs:annotation>"
    for pad in map_.glob("*/3.2/*.xsd"):
        tekst = pad.read_text(encoding="utf-8")
        tekst = re.sub(r'(<xs:element name="\w+" type="[^"]*"[^/>]*)/>', rf"\1>{toelichting}</xs:element>", tekst)
        tekst = re.sub(r'(<xs:complexType name="\w+">)', rf"\1{toelichting}<!-- commentaar -->", tekst)
        pad.write_text(tekst, encoding="utf-8")
    return Schemas(map_)


def test_the_form_of_the_official_release_is_read(officieel: Schemas) -> None:
    officieel.laad_alles()
    for soort in SOORTEN:
        assert [kind.tag for kind in officieel.verklaring(soort).kinderen] == [
            kind.tag for kind in SCHEMAS.verklaring(soort).kinderen
        ]
        assert officieel.versies(soort) == SCHEMAS.versies(soort)


@pytest.mark.parametrize("soort", SOORTEN, ids=str)
def test_messages_are_read_and_written_by_it(officieel: Schemas, soort: Berichtsoort) -> None:
    bericht = lees(als_bytes(voorbeeld(soort)), officieel).bericht
    assert lees(schrijf(bericht, soort, officieel), officieel).bericht == bericht


@pytest.mark.parametrize(
    ("commentaar", "goed"),
    [
        ("." * 1_000_000, True),
        (". " * 500_000, True),
        ("a" * 1_000_000 + "\n", True),
        (" " * 1_000_000, False),
        (" \n" * 500_000, False),
    ],
    ids=["dots", "dots-and-spaces", "letters", "spaces", "lines"],
)
def test_no_commentaar_keeps_it_busy(officieel: Schemas, commentaar: str, goed: bool) -> None:
    wortel = voorbeeld(WMO301)
    element(wortel, "Bsn").text = "x"
    element(wortel, "Commentaar").text = commentaar
    begin = time.process_time()
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(als_bytes(wortel), officieel)
    assert time.process_time() - begin < 5
    assert [fout.element for fout in gevangen.value.fouten] == (["Bsn"] if goed else ["Bsn", "Commentaar"])


def test_the_versions_are_those_of_the_xsds() -> None:
    assert SCHEMAS.versies(WMO301) == Versies("1.0.0", "1.0.0")
    assert SCHEMAS.versies(BERICHTSOORTEN["JW301"]) == Versies("0.1.0", "0.1.0")


def test_an_xsd_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaOntbreekt, match=r"WMO301\.xsd ontbreekt in .*; kijk naar BV_XSD_DIR"):
        Schemas(tmp_path).laad_alles()
    with pytest.raises(SchemaOntbreekt):
        Schemas(tmp_path / "nergens").verklaring(WMO301)


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        ("<xs:schema", "# Markdown\n<xs:schema"),
        ('type="wmo301:Root"', 'type="wmo301:Bestaat_niet"'),
        ('type="iwmo:LDT_BurgerServicenummer"', 'type="iwmo:LDT_Bestaat_niet"'),
        ("BerichtXsdVersie>", "Versie>"),
        ('<xs:element name="Bericht" type="wmo301:Root"/>', ""),
    ],
)
def test_a_faulty_xsd_shows_at_the_start(tmp_path: Path, van: str, naar: str) -> None:
    map_ = tmp_path / "xsd"
    shutil.copytree(XSD_MAP, map_)
    xsd = map_ / Domein.IWMO / "3.2" / "WMO301.xsd"
    tekst = xsd.read_text(encoding="utf-8")
    assert van in tekst
    xsd.write_text(tekst.replace(van, naar), encoding="utf-8")
    with pytest.raises(SchemaOntbreekt):
        Schemas(map_).laad_alles()


def test_patterns_that_stand_together_are_choices() -> None:
    """And those of a type that is restricted further hold as well."""
    schema = etree.fromstring("""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="e">
            <xs:simpleType><xs:restriction base="t"><xs:pattern value="a+"/><xs:pattern value="b+"/></xs:restriction></xs:simpleType>
          </xs:element>
          <xs:simpleType name="t"><xs:restriction base="xs:string"><xs:pattern value=".."/></xs:restriction></xs:simpleType>
        </xs:schema>""")
    facetten = lees_verklaring(schema.getroottree(), schema.getroottree()).facetten
    assert facetten is not None
    assert facetten.patronen == ("..", "a+|b+")
