"""What is no message is told what it is: each kind has its own cause and what to do, and no text repeats the document."""

import base64
import gzip
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.voorbeelden import MAP

from berichtenverkeer.standaard.fouten import Berichtfout, OnbekendBericht, Onleesbaar
from berichtenverkeer.standaard.geen_bericht import van_bytes
from berichtenverkeer.standaard.lezen import lees

from .berichtgenerator import SCHEMAS

GOED = (MAP / "WMO305.xml").read_bytes()
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
STUF = "http://www.egem.nl/StUF/StUF0301"


def _zip(*namen: str) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as archief:
        for naam in namen:
            archief.writestr(naam, "x")
    return uit.getvalue()


def _wortel(tag: str, namespace: str, inhoud: str = "") -> bytes:
    return f'<?xml version="1.0"?>\n<x:{tag} xmlns:x="{namespace}">{inhoud}</x:{tag}>'.encode()


def fout_van(data: bytes) -> Berichtfout:
    with pytest.raises(Berichtfout) as gevangen:
        lees(data, SCHEMAS)
    return gevangen.value


BYTES: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "is leeg.", "opnieuw"),
    "a mark only": (b"\xef\xbb\xbf", "is leeg, op een byte order mark na", "opnieuw"),
    "white space": (b" \r\n\t\n", "alleen spaties en lege regels", "opnieuw"),
    "a blank line before": (b"\r\n" + GOED, "Vóór de XML-declaratie", "zonder iets ervoor"),
    "a space before": (b" " + GOED, "Vóór de XML-declaratie", "zonder iets ervoor"),
    "a mark and a blank line": (b"\xef\xbb\xbf\n" + GOED, "lege regel", "zonder iets ervoor"),
    "blank lines without end": (b"\n" * 9_000 + GOED, "lege regel", "zonder iets ervoor"),
    "text before": (b"Bijgaand het bericht: " + GOED, "andere tekst", "zonder iets ervoor"),
    "HTML": (b"<!DOCTYPE html>\n<html><head><title>Inloggen</title>", "webpagina (HTML)", "haal het bericht opnieuw op"),
    "HTML after a comment": (b"<!-- x --><HTML lang=nl><br>", "webpagina (HTML)", "haal het bericht opnieuw op"),
    "XHTML": (_wortel("html", "http://www.w3.org/1999/xhtml"), "webpagina (HTML)", "haal het bericht opnieuw op"),
    "HTML that is XML": (b"<html><body/></html>", "webpagina (HTML)", "haal het bericht opnieuw op"),
    "ZIP": (_zip("bericht.xml"), "is een ZIP", "Pak het uit"),
    "an empty ZIP": (_zip(), "is een ZIP", "Pak het uit"),
    "XLSX": (_zip("[Content_Types].xml", "xl/workbook.xml"), "Excel (XLSX)", "als XML-bestand opslaan"),
    "DOCX": (_zip("[Content_Types].xml", "word/document.xml"), "Word (DOCX)", "als XML-bestand opslaan"),
    "gzip": (gzip.compress(GOED), "gzip", "Pak het uit"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z", "Pak het uit"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is een PDF", "als XML-bestand opslaan"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Excel, Word of Outlook", "als XML-bestand opslaan"),
    "UTF-16": (GOED.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "UTF-16", "als UTF-8"),
    "UTF-16 without a mark": (GOED.decode().encode("utf-16-le"), "UTF-16", "als UTF-8"),
    "UTF-16 big end first": (GOED.decode().encode("utf-16-be"), "UTF-16", "als UTF-8"),
    "JSON": (b'{"wat": 1}', "JSON", "als XML"),
    "a list in JSON": (b'\n[{"wat": 1}]', "JSON", "als XML"),
    "JSON of parse": (b'{\n  "berichtsoort": "WMO305",\n  "bericht": {}}', "JSON", "berichtenverkeer generate"),
    "CSV": (b"nummer;product;volume\n1;02A01;4\n", "CSV", "berichtenverkeer declareer"),
    "CSV with commas": (b"nummer,product,volume\n1,02A01,4\n", "CSV", "berichtenverkeer declareer"),
    "CSV in Windows-1252": ("cliënt;volume\n1;4\n".encode("cp1252"), "CSV", "berichtenverkeer declareer"),
    "text": (b"Geachte heer, mevrouw", "is tekst, geen XML", "als XML-bestand opslaan"),
    "EI": (b"0141802000855999900010" + b" " * 150 + b"\r\n", "EI-bestand (de EI-standaard van Vektis)", "het WMO305 als XML"),
    "EI of Jw": (b"0143803000855999900010" + b" " * 150 + b"\r\n02", "Het is een JW305", "het JW305 als XML"),
    "EI of another message": (b"0199903000855999900010" + b" " * 150, "EI-bestand", "323"),
    "base64": (base64.encodebytes(GOED), "base64", "geef de XML zelf"),
    "escaped": (b"&lt;?xml version=&quot;1.0&quot;?&gt;", "zijn vervangen", "Geef de XML zelf"),
    "a field of a form": (b"bericht=%3C%3Fxml+version", "zijn vervangen", "Geef de XML zelf"),
    "multipart": (b'--x1\r\nContent-Disposition: form-data; name="f"\r\n\r\n' + GOED, "formulier", "alleen het XML-bestand"),
    "an answer of HTTP": (b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + GOED, "kopregels", "wat daaronder staat"),
    "SOAP": (_wortel("Envelope", SOAP), "SOAP-envelop", "/ggk/ws/OntvangAsynchroon"),
    "SOAP 1.2": (_wortel("Envelope", SOAP12), "SOAP-envelop", "/vsp/berichten/rest-push/v1"),
    "StUF": (_wortel("envelopHeenbericht-ggk_Di01", GGK), "StUF-envelop", "/ggk/ws/OntvangAsynchroon"),
    "StUF in SOAP": (
        _wortel("Envelope", SOAP, f'<x:Body><g:envelopHeenbericht-ggk_Di01 xmlns:g="{GGK}"/></x:Body>'),
        "StUF-envelop",
        "los te controleren",
    ),
    "Fo01": (_wortel("Fo01Bericht", STUF), "foutbericht van StUF", "/ggk/ws/OntvangAsynchroon"),
    "a Rapport": (_wortel("Rapport", "http://www.istandaarden.nl/validatie/1_1/rapport/schema"), "een Rapport", "Geef het"),
    "XSD": (_wortel("schema", "http://www.w3.org/2001/XMLSchema"), "een XSD", "Geef een bericht"),
    "no namespace": (b"<Bericht/>", "geen namespace", "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"),
    "iWlz": (_wortel("Bericht", "http://www.istandaarden.nl/iwlz/2_2/aw33/schema"), "andere iStandaard", "bestemd"),
}  # fmt: skip
"""What it is: a document, something in the cause, something in the advice."""


@pytest.mark.parametrize("naam", BYTES)
def test_each_has_its_own_cause_and_advice(naam: str) -> None:
    data, oorzaak, advies = BYTES[naam]
    fout = fout_van(data)
    assert oorzaak in fout.melding
    assert advies in fout.advies
    assert isinstance(fout, OnbekendBericht if data.startswith((b"<?xml", b"<html><body", b"<Bericht")) else Onleesbaar)


def test_no_two_kinds_are_told_the_same() -> None:
    """Those that are one thing in two forms apart."""
    zelfde = [
        "blank line",
        "space before",
        "mark and a blank",
        "blank lines",
        "HTML",
        "UTF-16",
        "JSON",
        "CSV",
        "SOAP",
        "StUF",
    ]
    zelfde += ["ZIP", "escaped", "field of a form", "EI"]
    meldingen = [fout_van(data).melding for naam, (data, *_) in BYTES.items() if not any(z in naam for z in zelfde)]
    assert len(set(meldingen)) == len(meldingen)


RELEASES = ["2_0", "2_1", "2_2", "2_3", "2_4", "3_0", "3_1"]


@pytest.mark.parametrize("achter", ["", "/{}"])
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(("wet", "voorvoegsel"), [("iwmo", "wmo"), ("ijw", "jw")])
def test_an_old_release_is_told_with_what_to_send(wet: str, voorvoegsel: str, release: str, achter: str) -> None:
    for nummer, doe in {"305": f"het {voorvoegsel.upper()}305", "303": "323", "304": "325", "321": "323"}.items():
        namespace = f"http://www.istandaarden.nl/{wet}/{release}/{voorvoegsel}{nummer}/schema{achter.format(release)}"
        fout = fout_van(_wortel("Bericht", namespace))
        assert fout.melding == f"Het bericht is van release {release.replace('_', '.')}; verwerkt wordt release 3.2."
        assert doe in fout.advies
        assert ("bestaat in release 3.2 niet meer" in fout.advies) == (nummer != "305")


@pytest.mark.parametrize(
    ("namespace", "tag", "advies"),
    [
        ("iwmo/3_2/wmo303", "Bericht", "Declareer met een WMO323; daarop antwoordt de gemeente met een WMO325."),
        ("ijw/3_2/jw304", "Bericht", "het antwoord op een declaratie is nu een JW325"),
        ("ijw/3_2/wmo301", "Bericht", "De namespace noemt ijw en het bericht WMO301."),
        ("iwmo/3_2/wmo399", "Bericht", "De berichten zijn WMO301, WMO302"),
        ("iwmo/3_2/wmo301", "Berichten", "het hoofdelement daarvan heet Bericht"),
        ("iwmo/4_0/wmo301", "Bericht", "Laat uw software het WMO301 in release 3.2 maken en bied dat aan."),
    ],
)
def test_a_message_that_is_not_there_is_told_what_is(namespace: str, tag: str, advies: str) -> None:
    fout = fout_van(_wortel(tag, f"http://www.istandaarden.nl/{namespace}/schema"))
    assert isinstance(fout, OnbekendBericht)
    assert advies in fout.advies


def test_xml_that_is_broken_keeps_its_own_reason() -> None:
    assert van_bytes(GOED[:-20]) is None
    assert "geen welgevormde XML" in fout_van(GOED[:-20]).melding


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_it_is_there_is_an_answer(data: bytes) -> None:
    fout = fout_van(data)
    assert fout.melding.endswith(".")
    assert fout.advies.endswith((".", ")."))


@pytest.mark.parametrize(
    "deel", [b"<!--a-->", b"<!--", b",", b" ", b"&lt;", b"0", b"A" * 60 + b"\n", b"{[", b"=", b"<?a?>", b"01418"]
)
def test_it_is_told_at_once_also_of_what_is_made_to_take_long(deel: bytes) -> None:
    begin = time.perf_counter()
    van_bytes(deel * 100_000 + b"<")
    assert time.perf_counter() - begin < 0.5
