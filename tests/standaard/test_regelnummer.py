"""Line numbers, also where libxml2 stops counting."""

import pytest
from lxml import etree

from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.fouten import OngeldigBericht
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.regelnummer import regelnummer, verre_regels
from berichtenverkeer.standaard.xml import ontleed

from .berichtgenerator import SCHEMAS, als_bytes, element, voorbeeld

WMO323 = BERICHTSOORTEN["WMO323"]


@pytest.mark.parametrize("wit", [10, 65_520, 65_533, 65_534, 65_535, 65_536, 200_000])
@pytest.mark.parametrize("einde", [b"\n", b"\r\n"])
def test_an_element_is_placed_on_its_line(wit: int, einde: bytes) -> None:
    regels = [
        b"<a>",
        *[b""] * wit,
        b"<b><c/></b>",
        b"<!--",
        b"<x> --><?p",
        b"<x> ?><d><![CDATA[",
        b"<x>",
        b"]]></d>",
        b"<e/></a>",
    ]
    data = einde.join(regels)
    wortel = ontleed(data)
    verre = verre_regels(wortel, data)
    gevonden = {deel.tag: regelnummer(deel, verre) for deel in wortel.iter()}
    assert gevonden == {"a": 1, "b": wit + 2, "c": wit + 2, "d": wit + 5, "e": wit + 8}


def test_only_what_is_asked_for_is_kept() -> None:
    data = b"\n" * 70_000 + b"<a><b/>\n<c/></a>"
    wortel = ontleed(data)
    assert verre_regels(wortel, data, [wortel[1]]) == {wortel[1]: 70_002}


def groot() -> etree._Element:
    """A 323 of more than 65 535 lines."""
    wortel = voorbeeld(WMO323)
    prestaties = element(wortel, "Prestaties")
    tekst = etree.tostring(prestaties[0])
    prestaties[:] = [etree.fromstring(tekst) for _ in range(4_000)]
    etree.indent(wortel)
    return wortel


def test_errors_and_places_in_a_large_document_have_their_lines() -> None:
    wortel = groot()
    laatste = "/Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[4000]/GeleverdVolume"
    gelezen = lees(als_bytes(wortel), SCHEMAS)
    volume = element(element(wortel, "Prestaties")[-1], "GeleverdVolume")
    volume.text = "veel"
    data = als_bytes(wortel)
    regel = data[: data.index(b">veel<")].count(b"\n") + 1
    assert regel > 65_535
    assert gelezen.regelnummer(laatste) == regel
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(data, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert (fout.pad, fout.regelnummer) == (laatste, regel)
