"""Workbooks as Excel writes them, and as one would make them to break in."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.werkmappen import cel, maak

from berichtenverkeer.standaard import werkmap
from berichtenverkeer.standaard.werkblad import WerkbladFout, is_werkmap, lees_werkblad
from berichtenverkeer.standaard.werkmap import WerkmapFout, lees_werkmap

LIJST = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>maand</t></is></c></row><row r="2"/>'
    '<row r="4"><c r="A4"><v>1.5</v></c><c r="B4" s="3"/><c r="C4" t="str"><f>x</f><v> mrt-26 </v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>1</v></c></row>'
)


def test_rows_and_cells_on_their_places() -> None:
    blad = lees_werkblad(maak(LIJST))
    assert blad.kolommen == ("uren", "", "maand")
    assert blad.rijen == ((4, ("1,5", "", "mrt-26")), (5, ("twee stukken", "", "")))


@pytest.mark.parametrize(
    ("waarde", "stijl", "tekst"),
    [
        ("54", "0", "54"),
        ("54.1", "0", "54,1"),
        ("0.30000000000000004", "0", "0,3"),
        ("1.2E-2", "0", "0,012" + "0"),
        ("1234.567", "0", "1234,5670"),
        ("-3", "0", "-3"),
        ("54", "twee", "54,00"),
        ("54", "euro", "€ 54,00"),
        ("1234.5", "eigen euro", "€ 1234,50"),
        ("54", "euro van hier", "€ 54"),
        ("46083", "dag", "2026-03-02"),
        ("46083.75", "lange dag", "2026-03-02"),
        ("46083", "maand", "2026-03"),
        ("0.0625", "uren", "1:30"),
        ("1.0625", "veel uren", "25:30"),
        ("3", "dagen", "3"),
        ("3", "rood", "3,0"),
    ],
)
def test_a_number_is_what_a_dutch_excel_shows(waarde: str, stijl: str, tekst: str) -> None:
    assert lees_werkmap(maak(f"<row>{cel(waarde, stijl)}</row>")) == [(1, [tekst])]


def test_days_may_be_counted_from_1904() -> None:
    blad = maak(f"<row>{cel('44621', 'dag')}</row>", eigenschappen='<workbookPr date1904="1"/>')
    assert lees_werkmap(blad) == [(1, ["2026-03-02"])]


def test_the_sheet_that_has_something_counts_and_a_hidden_one_does_not() -> None:
    assert lees_werkmap(maak("", LIJST)) == lees_werkmap(maak(LIJST))
    assert lees_werkmap(maak(LIJST, LIJST, staat='state="hidden"')) == lees_werkmap(maak(LIJST))
    assert lees_werkmap(maak("")) == []
    with pytest.raises(WerkbladFout, match="leeg"):
        lees_werkblad(maak(""))
    with pytest.raises(WerkmapFout, match="Blad1, Blad2"):
        lees_werkmap(maak(LIJST, LIJST))


ENTITEIT = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c><v>&e;</v></c></row></sheetData></worksheet>'
BLAD = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "melding"),
    [
        (b"PK\x03\x04rest", "niet te lezen"),
        (maak(LIJST)[:-40], "niet te lezen"),
        (maak(LIJST, anders={BLAD: ENTITEIT}), "niet te lezen"),
        (maak(LIJST, anders={BLAD: "<worksheet>"}), "niet te lezen"),
        (maak("<row><c t='s'><v>9</v></c></row>"), "niet te lezen"),
        (maak("<row><c><v>twee</v></c></row>"), "niet te lezen"),
        (maak(f"<row>{cel('999999999', 'dag')}</row>"), "niet te lezen"),
        (maak('<row><c r="ZZZ1"><v>1</v></c></row>'), "voorbij kolom 200"),
        (maak(LIJST, anders={f"x{n}": "" for n in range(1000)}), "te veel bestanden"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, melding: str) -> None:
    with pytest.raises(WerkmapFout, match=melding):
        lees_werkmap(data)


def test_another_kind_of_zip() -> None:
    uit = BytesIO()
    with ZipFile(uit, "w") as archief:
        archief.writestr("content.xml", "<x/>")
    with pytest.raises(WerkbladFout, match="ander soort werkmap"):
        lees_werkblad(uit.getvalue())


def test_more_than_is_unpacked_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP bomb: little to send, much to unpack."""
    bom = maak(LIJST, anders={BLAD: b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"})
    assert len(bom) < 10_000
    assert lees_werkmap(bom) == []
    monkeypatch.setattr(werkmap._Delen, "over", 1_000_000)
    monkeypatch.setattr(werkmap._Delen.__init__, "__defaults__", (1_000_000,))
    with pytest.raises(WerkmapFout, match="te groot"):
        lees_werkmap(bom)


@pytest.mark.parametrize("getal", ["1E+999999999", "NaN", "-Infinity", "9" * 5000])
@pytest.mark.parametrize("stijl", ["0", "dag", "uren"])
def test_numbers_that_are_none_take_no_time(getal: str, stijl: str) -> None:
    assert lees_werkmap(maak(f"<row>{cel(getal, stijl)}</row>"))[0][0] == 1


def test_one_text_in_many_cells_is_one_text() -> None:
    """A text of a million characters, that hundred cells name."""
    tekst = f"<sst><si><t> {'x' * 1_000_000} </t></si></sst>"
    [(_, cellen)] = lees_werkmap(
        maak(f"<row>{cel('0', soort='s') * 100}</row>", anders={"xl/sharedStrings.xml": tekst})
    )
    assert len(cellen) == 100
    assert len({id(een) for een in cellen}) == 1


def test_a_format_that_never_ends_takes_no_time() -> None:
    stijlen = f'<x><numFmts><numFmt numFmtId="164" formatCode="{"[" * 1_000_000}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></x>'
    assert lees_werkmap(maak(f"<row>{cel('3')}</row>", anders={"xl/styles.xml": stijlen})) == [(1, ["3"])]


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_any_bytes_are_a_workbook_or_say_why_not(stuk: bytes, plek: int) -> None:
    goed = maak(LIJST)
    data = goed[:plek] + stuk + goed[plek + len(stuk) :]
    if is_werkmap(data):
        with suppress(WerkbladFout):
            lees_werkblad(data)
