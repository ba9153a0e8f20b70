"""What is not taken in: no DTD, no entities, no files of the sender's choosing, no other encoding, bounded in all ways."""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.fouten import Berichtfout, Onleesbaar, TeGroot
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.xml import MAX_BYTES, MAX_DIEPTE, XSI, ontleed

from .berichtgenerator import SCHEMAS, als_bytes, element, voorbeeld

WMO301 = BERICHTSOORTEN["WMO301"]
PROJECT = Path(__file__).parents[2]
KOP = b'<?xml version="1.0" encoding="UTF-8"?>'
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def geldig() -> bytes:
    """A valid 301."""
    return als_bytes(voorbeeld(WMO301))


def weigering(data: bytes, max_bytes: int = MAX_BYTES) -> Onleesbaar:
    """The error that reading gives."""
    with pytest.raises(Onleesbaar) as gevangen:
        lees(data, SCHEMAS, max_bytes)
    assert gevangen.value.melding.endswith(".")
    assert gevangen.value.advies.endswith(".")
    return gevangen.value


# DTD and entities


LACHEN = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Bericht>",
        "<!DOCTYPE Bericht SYSTEM 'http://elders/x.dtd'>",
        "<!DOCTYPE Bericht PUBLIC '-//x//y' 'x.dtd'>",
        f"<!DOCTYPE Bericht [<!ENTITY e0 'ha'>{LACHEN}]>",
        "<!DOCTYPE Bericht [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE Bericht [<!ENTITY % x SYSTEM 'http://elders/x'> %x;]>",
        "<!DOCTYPE Bericht [<!ATTLIST Bericht a CDATA 'b'>]>",
    ],
)
@pytest.mark.parametrize("ervoor", ["", "\n", "<!-- een\n<!ELEMENT> --><?doe\n?>\n \t", "<!--<!DOCTYPE x>-->"])
def test_a_doctype_is_refused(geldig: bytes, doctype: str, ervoor: str) -> None:
    data = geldig.replace(b"\n", f"\n{ervoor}{doctype}".encode(), 1)
    fout = weigering(data)
    assert fout.melding == "Het document heeft een DOCTYPE; dat is niet toegestaan."
    assert fout.regelnummer == 2 + ervoor.count("\n")


@given(
    st.lists(
        st.sampled_from(
            [" ", "\n", "<!-- x -->", "<!--->-->", "<?p ?>", "<?p <!--?>", "<!--<?-->", "-->", "?>", "<!-", "\ufeff"]
        )
    )
)
def test_no_prolog_hides_a_doctype(delen: list[str]) -> None:
    """What libxml2 would take for a DOCTYPE is always found first."""
    ervoor = "".join(delen)
    data = f"{ervoor}<!DOCTYPE a [<!ENTITY e 'uitgevouwen'>]><a>&e;</a>".encode()
    with pytest.raises(Onleesbaar) as gevangen:
        ontleed(data)
    try:
        etree.fromstring(data)
    except etree.XMLSyntaxError:
        return
    assert "DOCTYPE" in gevangen.value.melding


def test_a_doctype_in_a_text_is_text() -> None:
    wortel = voorbeeld(WMO301)
    element(wortel, "Commentaar").text = "<!DOCTYPE html>"
    data = als_bytes(wortel).replace(b"&lt;!DOCTYPE html&gt;", b"<![CDATA[<!DOCTYPE html>]]><!--<!DOCTYPE html>-->")
    assert b"[<!DOCTYPE" in data
    assert lees(data, SCHEMAS)


def test_an_entity_without_a_dtd_is_unknown(geldig: bytes) -> None:
    assert weigering(geldig.replace(b"</", b"&x;</", 1)).melding == "Het document is geen welgevormde XML."


# files of the sender's choosing


@pytest.mark.parametrize("hint", ["schemaLocation", "noNamespaceSchemaLocation"])
def test_a_schema_hint_opens_nothing(tmp_path: Path, hint: str) -> None:
    lokaas = tmp_path / "lokaas.xsd"
    lokaas.write_text(f"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='{WMO301.namespace}'/>")
    wortel = voorbeeld(WMO301)
    for deel in (wortel, element(wortel, "Bsn")):
        deel.set(
            f"{XSI}{hint}", f"{WMO301.namespace} {lokaas.as_uri()}" if hint == "schemaLocation" else lokaas.as_uri()
        )
    vroeger = time.time() - 1000
    os.utime(lokaas, (vroeger, lokaas.stat().st_mtime))
    gelezen = lees(als_bytes(wortel), SCHEMAS)
    assert lokaas.stat().st_atime == pytest.approx(vroeger, abs=1)
    assert all(not deel.attrib for deel in gelezen.wortel.iter())


def test_xinclude_is_not_followed(geldig: bytes) -> None:
    insluiting = b"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='/etc/hostname' parse='text'/></"
    wortel = ontleed(geldig.replace(b"</", insluiting, 1))
    assert [deel.text for deel in wortel.iter("{http://www.w3.org/2001/XInclude}include")] == [None]


# encoding


@pytest.mark.parametrize("declaratie", [b"", KOP, b"<?xml version='1.0'?>", b"<?xml version='1.0' encoding='utf-8'?>"])
@pytest.mark.parametrize("bom", [b"", BOM])
def test_utf8_is_read_with_and_without_bom(geldig: bytes, declaratie: bytes, bom: bytes) -> None:
    data = bom + declaratie + geldig.partition(b"?>")[2]
    assert lees(data, SCHEMAS).bericht == lees(geldig, SCHEMAS).bericht


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_and_utf32_are_refused(geldig: bytes, codering: str) -> None:
    fout = weigering(geldig.decode().encode(codering))
    assert fout.melding == "Het document is UTF-16 of UTF-32, geen UTF-8."


@pytest.mark.parametrize("codering", ["ISO-8859-1", "windows-1252", "UTF-16", "UTF-7", "utf-8x", "", "US-ASCII"])
@pytest.mark.parametrize(
    "vorm", ["<?xml version='1.0' encoding='{}'?>", '<?xml version="1.0"{:300} encoding\n=\t"{}" ?>']
)
def test_another_declared_encoding_is_refused(geldig: bytes, codering: str, vorm: str) -> None:
    kop = vorm.format(*(("", codering) if "{:300}" in vorm else (codering,)))
    fout = weigering(kop.encode() + geldig.partition(b"?>")[2])
    assert fout.melding == "De XML-declaratie noemt een andere codering dan UTF-8."
    assert fout.regelnummer == 1


def test_a_byte_that_is_no_utf8_is_told_with_its_line(geldig: bytes) -> None:
    regels = geldig.split(b"\n")
    regels[4] = regels[4].replace(b"</", "é".encode("latin-1") + b"</")
    fout = weigering(b"\n".join(regels))
    assert fout.melding == "Op de genoemde regel staat een teken dat geen geldig UTF-8 is."
    assert fout.regelnummer == 5


# bounds


def test_a_document_of_exactly_the_limit_is_read(geldig: bytes) -> None:
    vulling = b"<!--%b-->" % (b"-x" * 500_000)
    data = geldig + vulling * ((MAX_BYTES - len(geldig)) // len(vulling))
    data += b" " * (MAX_BYTES - len(data))
    assert len(data) == 25 * 1024 * 1024
    assert lees(data, SCHEMAS)
    with pytest.raises(TeGroot) as gevangen:
        lees(data + b" ", SCHEMAS)
    assert str(MAX_BYTES) in gevangen.value.melding


def test_the_limit_can_be_set(geldig: bytes) -> None:
    assert lees(geldig, SCHEMAS, max_bytes=len(geldig))
    assert isinstance(weigering(geldig, max_bytes=len(geldig) - 1), TeGroot)


@pytest.mark.parametrize("diepte", [MAX_DIEPTE + 1, 100_000])
def test_deep_nesting_is_refused(diepte: int) -> None:
    fout = weigering(b"\n<a>" * diepte + b"</a>" * diepte)
    assert fout.melding == "Het document is dieper genest dan 256 elementen."
    assert fout.regelnummer == MAX_DIEPTE + 2


def test_nesting_to_the_limit_is_read() -> None:
    assert ontleed(b"<a>" * MAX_DIEPTE + b"</a>" * MAX_DIEPTE).tag == "a"


TE_LANG = "Het document bevat een tekst, een naam of een attribuut van uitzonderlijke lengte."


@pytest.mark.parametrize(
    "data",
    [
        b"<a>%b</a>" % (b"x" * 20_000_000),
        b"<a><![CDATA[%b]]></a>" % (b"x" * 20_000_000),
        b"<a b='%b'/>" % (b"x" * 20_000_000),
        b"<a><!--%b--></a>" % (b"x" * 20_000_000),
        b"<%b/>" % (b"x" * 60_000),
    ],
    ids=["text", "cdata", "attribute", "comment", "name"],
)
def test_what_is_too_long_for_the_parser_is_said_to_be_so(data: bytes) -> None:
    assert weigering(data).melding == TE_LANG


def test_an_attribute_of_two_megabytes_is_an_error_like_any_other() -> None:
    wortel = voorbeeld(WMO301)
    element(wortel, "Bsn").set("a", "x" * 2_000_000)
    with pytest.raises(Berichtfout) as gevangen:
        lees(als_bytes(wortel), SCHEMAS)
    assert len(str(vars(gevangen.value))) < 2_000


@pytest.mark.parametrize(
    "vorm",
    [
        lambda n: b" " * n + b"<a/>",
        lambda n: b"<!---->" * (n // 7) + b"<a/>",
        lambda n: b"<!--" + b"-" * n,
        lambda n: b"<?" * (n // 2),
        lambda n: b"<?xml " + b"encoding " * (n // 9) + b"?><a/>",
        lambda n: b"<" * n,
        lambda n: b"<a>" + b"<a " * (n // 3),
    ],
)
def test_no_form_takes_more_than_linear_time(vorm: Callable[[int], bytes]) -> None:
    begin = time.process_time()
    with pytest.raises(Berichtfout):
        lees(vorm(5_000_000), SCHEMAS)
    assert time.process_time() - begin < 5


def test_namespaces_without_end_are_refused() -> None:
    """libxml2 and lxml go through all of them for every xsi:type."""
    wortel = voorbeeld(WMO301)
    element(wortel, "Bsn").set(f"{XSI}type", "b:LDT_BurgerServicenummer")
    veel = b"".join(b" xmlns:n%d='n'" % nummer for nummer in range(200_000))
    data = als_bytes(wortel).replace(b" xmlns:b", veel + b" xmlns:b", 1)
    assert lees(data, SCHEMAS)
    fout = weigering(data.replace(b"</m:Header>", b"</m:Header>" + b"<m:Client xsi:type='m:Client'/>" * 500))
    assert fout.melding == "Het document heeft uitzonderlijk veel namespaces."


@pytest.mark.parametrize("aanhaling", [b"'", b'"'])
@pytest.mark.parametrize("naam", [b"xmlns", b"xmlns:m", b"xmlns  "])
def test_a_namespace_that_is_written_out_in_every_name_is_short(naam: bytes, aanhaling: bytes) -> None:
    data = b"<a %b=%b%b%b>" % (naam, aanhaling, b"x" * 40_000, aanhaling) + b"<b/>" * 500 + b"</a>"
    assert weigering(data).melding == "Het document heeft uitzonderlijk lange namespaces."


@pytest.mark.parametrize(
    ("deel", "hoogstens"), [(b"<a/>", 2_000_000), (b"<a></a>", 1_000_000), (b"<a b='' c=''/>", 500_000)]
)
def test_there_is_a_bound_to_what_a_document_is_made_of(deel: bytes, hoogstens: int) -> None:
    """Each of these takes far more memory than its bytes."""
    data = b"<a>" + deel * (hoogstens + 1)  # and not closed, so that nobody holds the tree
    assert weigering(data).melding == "Het document heeft uitzonderlijk veel elementen of attributen."
    assert weigering(data[: 3 + len(deel) * (hoogstens - 3)]).melding == "Het document is geen welgevormde XML."


NIEUW = {
    "names": "<x@{0}/>",
    "attributes": "<a x@{0}=''/>",
    "prefixes": "<x@{0}:a xmlns:x@{0}='b'/>",
    "namespaces": "<a xmlns='x@{0}'/>",
    "instructions": "<?x@{0}?>",
    "white space": "<a/>@@{1}",
}


def _groei(vorm: str) -> None:
    """Parse 12 MB in which everything is new, and say how many kB the process grew."""
    delen = (NIEUW[vorm].format(n, f"{n:09b}".replace("0", " ").replace("1", "\t")) for n in range(500))
    document = f"<a>{''.join(delen)}</a>".encode()
    nummers = itertools.count()

    def lees_veel(bytes_: int) -> None:
        for _ in range(bytes_ // len(document)):
            nummer = f"{next(nummers):020b}"
            ontleed(
                document.replace(b"@", nummer.replace("0", " ").replace("1", "\t").encode())
                if vorm == "white space"
                else document.replace(b"@", nummer.encode())
            )

    lees_veel(3_000_000)
    eerst = _rss()
    lees_veel(12_000_000)
    print(_rss() - eerst)


def _rss() -> int:
    return next(int(regel.split()[1]) for regel in Path("/proc/self/status").open() if regel.startswith("VmRSS"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the memory of a process of Linux")
@pytest.mark.parametrize(
    ("vorm", "waar"),
    [*((vorm, "{}") for vorm in NIEUW), ("names", "import threading; threading.Thread(target=lambda: {}).start()")],
)
def test_nothing_of_a_document_stays_in_the_process(vorm: str, waar: str) -> None:
    """libxml2 keeps each of these once for all documents of a thread."""
    opdracht = "from tests.standaard.test_xml import _groei; " + waar.format(f"_groei({vorm!r})")
    uit = subprocess.run([sys.executable, "-c", opdracht], check=True, capture_output=True, text=True, cwd=PROJECT)
    assert int(uit.stdout) < 7_000


# no XML


@pytest.mark.parametrize(
    ("data", "regel"),
    [
        (b"", 1),
        (b"  \n", 2),
        (BOM, 1),
        (BOM + BOM + b"<a/>", 1),
        (b"geen xml", 1),
        (b"<a>\n<b>\n</a>", 3),
        (b"<a>\n\x01</a>", 2),
        (b"<a>\x00</a>", None),
        (b"<a/>\n<a/>", 2),
        (b"<a>\n& </a>", 2),
        (b"<depth></size limit></depth>", 1),
        (b'<?xml version="2.0"?><a/>', 1),
        (b'{"Bericht": {}}', 1),
    ],
)
def test_what_is_no_xml_is_told_with_its_line(data: bytes, regel: int | None) -> None:
    fout = weigering(data)
    if regel is not None:
        assert fout.regelnummer == regel
    if regel is not None and b"<" in data:  # what else it may be has its own reason
        assert fout.melding == "Het document is geen welgevormde XML."


def test_the_text_of_an_error_repeats_nothing_of_the_document() -> None:
    fout = weigering(b"<Bericht><Bsn>999990019</Geheim></Bericht>")
    assert "999990019" not in str(vars(fout))
    assert "Geheim" not in str(vars(fout))
