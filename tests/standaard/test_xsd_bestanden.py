"""The XSDs say what the standard says, compile, and cannot be made to hang on a Commentaar."""

from pathlib import Path

import pytest
import xmlschema
from lxml import etree
from tests.feiten import elementen
from tests.feiten.xsd import elementen_van

ROOT = Path(__file__).parents[2]
NUMMERS = (301, 302, 305, 306, 307, 308, 315, 316, 317, 318, 319, 320, 323, 325)
VOORVOEGSELS = {"iwmo": "WMO", "ijw": "JW"}
XSDS = sorted((ROOT / "xsd").glob("*/3.2/*.xsd"))
# The versions of the standard's own XSDs. IV034: a sender copies them from here into XsdVersie.
VERSIES = {"iwmo": "1.0.0", "ijw": "0.1.0"}
MEGABYTE = 1_000_000


def naam(pad: Path) -> str:
    return f"{pad.parts[-3]}-{pad.stem}"


@pytest.mark.parametrize("domein", VOORVOEGSELS)
def test_the_xsds_say_what_the_standard_says(domein: str) -> None:
    """Every element of every message, how often it may be there, and what its text may be."""
    assert elementen_van(ROOT / "xsd" / domein / "3.2") == elementen(domein)


@pytest.mark.parametrize("domein", VOORVOEGSELS)
def test_every_message_has_an_xsd(domein: str) -> None:
    verwacht = {"basisschema.xsd"} | {f"{VOORVOEGSELS[domein]}{nummer}.xsd" for nummer in NUMMERS}
    assert {pad.name for pad in XSDS if pad.parts[-3] == domein} == verwacht


@pytest.mark.parametrize("pad", XSDS, ids=naam)
def test_lxml_compiles_it(pad: Path) -> None:
    etree.XMLSchema(etree.parse(pad))


@pytest.mark.parametrize("pad", XSDS, ids=naam)
def test_xmlschema_reads_it(pad: Path) -> None:
    assert xmlschema.XMLSchema(pad).target_namespace.endswith(f"/{pad.stem.lower()}/schema")


@pytest.mark.parametrize("pad", XSDS, ids=naam)
def test_versions_stand_where_iv034_looks_for_them(pad: Path) -> None:
    domein = pad.parts[-3]
    ruimte = {
        "xs": "http://www.w3.org/2001/XMLSchema",
        "b": f"http://www.istandaarden.nl/{domein}/3_2/basisschema/schema",
    }
    appinfo = etree.parse(pad).getroot().find("xs:annotation/xs:appinfo", ruimte)
    assert appinfo is not None
    assert appinfo.findtext("b:bericht", namespaces=ruimte) == pad.stem.lower()
    soorten = ("Basisschema",) if pad.stem == "basisschema" else ("Basisschema", "Bericht")
    for soort in soorten:
        for grens in ("XsdVersie", "XsdMinVersie", "XsdMaxVersie"):
            assert appinfo.findtext(f"b:{soort}{grens}", namespaces=ruimte) == VERSIES[domein]


@pytest.fixture(params=VOORVOEGSELS)
def commentaar(request: pytest.FixtureRequest) -> etree.XMLSchema:
    """A schema of one element that holds an LDT_Commentaar."""
    basis = f"http://www.istandaarden.nl/{request.param}/3_2/basisschema/schema"
    schema = f"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="{basis}">
          <xs:import namespace="{basis}" schemaLocation="basisschema.xsd"/>
          <xs:element name="Commentaar" type="b:LDT_Commentaar"/>
        </xs:schema>"""
    map_ = ROOT / "xsd" / request.param / "3.2"
    return etree.XMLSchema(etree.fromstring(schema, base_url=f"{map_.as_uri()}/proef.xsd"))


def geldig(schema: etree.XMLSchema, tekst: str) -> bool:
    element = etree.Element("Commentaar")
    element.text = tekst
    return schema.validate(element)


@pytest.mark.parametrize(
    "tekst",
    [
        "a",
        ".",
        "...",
        "Belt liever niet.",
        " a",
        "a ",
        ". .",
        " \t\n. \n",
        "a\nb",
        "\n\nRegel een.\n\nRegel twee.\n",
        "a\r\nb",
        "é",
        "Ĳsselstein",
        "😀",
        " 日本 ",
        "\u00a0",  # no white space in XSD, which knows only space, tab, CR and LF
        "\u2028",
        "<&>]]>",
    ],
)
def test_commentaar_accepts_text_with_a_character_that_is_no_white_space(
    commentaar: etree.XMLSchema, tekst: str
) -> None:
    assert geldig(commentaar, tekst)


@pytest.mark.parametrize("tekst", ["", " ", "   ", "\t", "\n", "\r", "\r\n", " \t\r\n ", "\n\n\n"])
def test_commentaar_refuses_text_of_white_space_only(commentaar: etree.XMLSchema, tekst: str) -> None:
    assert not geldig(commentaar, tekst)


@pytest.mark.parametrize(
    ("tekst", "goed"),
    [
        (" " * MEGABYTE, False),
        ("\n" * MEGABYTE, False),
        (" " * MEGABYTE + ".", True),
        ("." * MEGABYTE, True),
        (". " * (MEGABYTE // 2), True),
        ("." * MEGABYTE + "\n", True),
        ("é\n" * (MEGABYTE // 2), True),
    ],
    ids=["spaces", "newlines", "spaces-then-dot", "dots", "dots-and-spaces", "dots-then-newline", "unicode-lines"],
)
def test_commentaar_of_a_megabyte_comes_to_an_end(commentaar: etree.XMLSchema, tekst: str, goed: bool) -> None:
    assert geldig(commentaar, tekst) is goed
