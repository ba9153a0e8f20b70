"""One exchange in full: an aanbieder stops care and the gemeente approves; and strategies for messages of any content."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.keten.envelop.codes import FO01, FO03, Plek
from berichtenverkeer.keten.envelop.functie import FUNCTIES
from berichtenverkeer.keten.envelop.stuf import (
    Bevestiging,
    Envelop,
    Foutbericht,
    Parameters,
    StufBerichtcode,
    Stuurgegevens,
    Systeem,
    codeer,
    parameters,
)
from berichtenverkeer.standaard.schema import Schemas

WORTEL = Path(__file__).parents[3]
SCHEMAS = Schemas(WORTEL / "xsd")
OFFICIEEL = WORTEL.parent / "shared" / "koppelvlakken" / "stuf-ggk0210"

HEEN = "1a8d74f7-07e7-4b4e-b18e-0f0e1ba1ddde"
RETOUR = "25ede88b-aa14-45a9-a939-c1f0691cbcad"
EIGEN = "e93fb94a-10b7-4792-936c-8502adf41ced"
ONTVANGEN_OP = datetime(2026, 3, 3, 8, 11, 45, tzinfo=UTC)
"""09:11:45 in the Netherlands."""

_RUIMTEN = (
    'xmlns:jw{n}="http://www.istandaarden.nl/ijw/3_2/jw{n}/schema" '
    'xmlns:ijw="http://www.istandaarden.nl/ijw/3_2/basisschema/schema"'
)
_XSDVERSIE = (
    "<ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie>"
)
_KOP = (
    "<p:BerichtCode>{code}</p:BerichtCode><p:BerichtVersie>3</p:BerichtVersie><p:BerichtSubversie>2</p:BerichtSubversie>"
    "<p:Afzender>73730042</p:Afzender><p:Ontvanger>1680</p:Ontvanger><p:BerichtIdentificatie>"
    "<ijw:Identificatie>STOP-0042</ijw:Identificatie><ijw:Dagtekening>2026-03-02</ijw:Dagtekening></p:BerichtIdentificatie>"
    f"<p:XsdVersie>{_XSDVERSIE}</p:XsdVersie>"
)
_RETOURKOP = (
    "<p:IdentificatieRetour>RET-0311</p:IdentificatieRetour><p:DagtekeningRetour>2026-03-03</p:DagtekeningRetour>"
    f"<p:XsdVersieRetour>{_XSDVERSIE}</p:XsdVersieRetour>"
)
_CLIENT = (
    "<p:Client><p:Bsn>999900006</p:Bsn><p:Geboortedatum><ijw:Datum>2012-05-04</ijw:Datum></p:Geboortedatum>"
    "<p:Geslacht>2</p:Geslacht><p:Naam><ijw:Geslachtsnaam><ijw:Achternaam>Voorbeeld</ijw:Achternaam></ijw:Geslachtsnaam>"
    "</p:Naam><p:StopProducten><p:StopProduct><p:ToewijzingNummer>880017</p:ToewijzingNummer><p:Product>"
    "<ijw:Categorie>45</ijw:Categorie></p:Product><p:ToewijzingIngangsdatum>2026-01-05</p:ToewijzingIngangsdatum>"
    "<p:Begindatum>2026-01-12</p:Begindatum><p:RedenBeeindiging>31</p:RedenBeeindiging><p:Einddatum>2026-02-27</p:Einddatum>"
    "<p:StatusAanlevering>1</p:StatusAanlevering></p:StopProduct></p:StopProducten></p:Client>"
)


def _document(nummer: int, code: str, kop: str, inhoud: list[str]) -> bytes:
    ruimten = _RUIMTEN.format(n=nummer)
    regels = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<p:Bericht {ruimten}>",
        f"<p:Header>{_KOP.format(code=code)}{kop}</p:Header>",
        *inhoud,
        "</p:Bericht>",
        "",
    ]
    return re.sub(r"(</?)p:", rf"\1jw{nummer}:", "\r\n".join(regels)).encode()


JW307 = _document(307, "440", "", [_CLIENT])
JW308 = _document(308, "441", _RETOURKOP, [])
"""The approval: a header, with the parties of the heenbericht."""

AANBIEDER = Systeem("73730042", "ZorgECD")
GEMEENTE = Systeem("1680", "Voorbeeldsuite")

DI01 = Envelop(
    Stuurgegevens("Di01", AANBIEDER, Systeem("1680", "GGk"), HEEN, "20260302101502", None, "JW307"),
    parameters(JW307, "0007", "0001", "0003", "0002"),
)
DU01 = Envelop(
    Stuurgegevens("Du01", GEMEENTE, Systeem("73730042", "GGk"), RETOUR, "20260303091144", HEEN, "JW308"),
    parameters(JW308, "0007", "0001", "0003", "0002"),
)


def in_soap(bericht: bytes) -> bytes:
    """A document without its XML declaration, as it goes over the line."""
    kaal = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", bericht)
    begin = b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
    return begin + kaal + b"</soap:Body></soap:Envelope>"


def vast(nummer: str = EIGEN) -> str:
    """Always the same number."""
    return nummer


@cache
def xsd(pad: Path) -> etree.XMLSchema:
    """A compiled XSD."""
    return etree.XMLSchema(etree.parse(str(pad)))


def teksten(kortst: int, langst: int) -> st.SearchStrategy[str]:
    """Text that XML can hold and leaves alone."""
    tekens = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
    return st.text(tekens, min_size=kortst, max_size=langst)


uuids = st.uuids(version=4).map(str)
tijdstippen = st.datetimes(min_value=datetime(1900, 1, 1)).map(lambda moment: f"{moment:%Y%m%d%H%M%S}")
versies = st.from_regex("[0-9]{4}", fullmatch=True).filter(str.isascii)
organisaties = st.one_of(
    st.from_regex("[0-9]{4}|[0-9]{8}", fullmatch=True), st.sampled_from(["0034", "01023456", "CBS"])
)
applicaties = teksten(3, 50).filter(lambda tekst: len(tekst.strip()) >= 3)
systemen = st.builds(Systeem, organisaties, applicaties, st.none() | teksten(1, 50), st.none() | teksten(1, 100))
payloads = st.binary(min_size=1, max_size=300)


@st.composite
def enveloppen(draw: st.DrawFn) -> Envelop:
    """A valid Di01 or Du01."""
    soort = draw(st.sampled_from((StufBerichtcode.DI01, StufBerichtcode.DU01)))
    stuur = Stuurgegevens(
        soort,
        draw(systemen),
        draw(systemen),
        draw(uuids),
        draw(tijdstippen),
        draw(uuids) if soort is StufBerichtcode.DU01 else None,
        draw(st.sampled_from(sorted(FUNCTIES)) | teksten(0, 30)),
    )
    bestandsnaam = draw(st.none() | st.from_regex(r"[A-Za-z0-9._-]{4,255}", fullmatch=True).filter(str.isascii))
    een, twee, drie, vier = (draw(versies) for _ in range(4))
    return Envelop(stuur, Parameters(een, twee, drie, vier, codeer(draw(payloads)), bestandsnaam))


@st.composite
def antwoorden(draw: st.DrawFn) -> Foutbericht | Bevestiging:
    """A valid Fo01, Fo03 or Bv03."""
    soort = draw(st.sampled_from((StufBerichtcode.FO01, StufBerichtcode.FO03, StufBerichtcode.BV03)))
    nummers = st.one_of(uuids, teksten(1, 40).filter(str.strip))
    stuur = Stuurgegevens(soort, draw(systemen), draw(systemen), draw(nummers), draw(tijdstippen), draw(nummers))
    if soort is StufBerichtcode.BV03:
        return Bevestiging(stuur)
    return Foutbericht(
        stuur,
        draw(st.sampled_from([*FO01, *FO03])),
        draw(st.sampled_from(Plek)),
        draw(teksten(0, 200)),
        draw(st.none() | teksten(0, 1000)),
        draw(st.sampled_from([(), (b"<root></root>",), (b'<a:b xmlns:a="urn:a">x</a:b>', b"<c></c>")])),
    )


berichten = st.one_of(enveloppen(), antwoorden())
