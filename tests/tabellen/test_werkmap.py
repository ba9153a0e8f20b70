"""Workbooks as Excel writes them, and as one would make them to break in."""

import tracemalloc
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.werkmappen import cel, maak

from berichtenverkeer.tabellen import werkmap
from berichtenverkeer.tabellen.blad import Rij
from berichtenverkeer.tabellen.fouten import GeenTabel
from berichtenverkeer.tabellen.lezen import STRENG, is_werkmap, lees_tabel


def rijen(data: bytes) -> list[Rij]:
    return list(werkmap.lees_werkmap(data))


LIJST = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>maand</t></is></c></row><row r="2"/>'
    '<row r="4"><c r="A4"><v>1.5</v></c><c r="B4" s="3"/><c r="C4" t="str"><f>x</f><v> mrt-26 </v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>1</v></c></row>'
)


def test_rows_and_cells_on_their_places() -> None:
    blad = lees_tabel(maak(LIJST))
    assert blad.koppen == ("uren", "", "maand")
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
    assert rijen(maak(f"<row>{cel(waarde, stijl)}</row>")) == [(1, [tekst])]


def test_days_may_be_counted_from_1904() -> None:
    blad = maak(f"<row>{cel('44621', 'dag')}</row>", eigenschappen='<workbookPr date1904="1"/>')
    assert rijen(blad) == [(1, ["2026-03-02"])]


def test_the_sheet_that_has_something_counts_and_a_hidden_one_does_not() -> None:
    assert rijen(maak("", LIJST)) == rijen(maak(LIJST))
    assert rijen(maak(LIJST, LIJST, staat='state="hidden"')) == rijen(maak(LIJST))
    assert rijen(maak("")) == []
    with pytest.raises(GeenTabel, match="leeg"):
        lees_tabel(maak(""))
    with pytest.raises(GeenTabel, match="Blad1, Blad2"):
        rijen(maak(LIJST, LIJST))


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
    with pytest.raises(GeenTabel, match=melding):
        rijen(data)


def test_another_kind_of_zip() -> None:
    uit = BytesIO()
    with ZipFile(uit, "w") as archief:
        archief.writestr("content.xml", "<x/>")
    with pytest.raises(GeenTabel, match="ander soort werkmap"):
        lees_tabel(uit.getvalue())


def test_more_than_is_unpacked_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP bomb: little to send, much to unpack."""
    bom = maak(LIJST, anders={BLAD: b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"})
    assert len(bom) < 10_000
    assert rijen(bom) == []
    monkeypatch.setattr(werkmap._Delen, "over", 1_000_000)
    monkeypatch.setattr(werkmap._Delen.__init__, "__defaults__", (1_000_000,))
    with pytest.raises(GeenTabel, match="te groot"):
        rijen(bom)


def test_a_part_that_says_it_is_larger_is_not_unpacked() -> None:
    bom = maak(LIJST, anders={BLAD: b"<worksheet>" + b" " * 140_000_000 + b"</worksheet>"})
    tracemalloc.start()
    with pytest.raises(GeenTabel, match="te groot"):
        rijen(bom)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_million_empty_rows_are_none() -> None:
    leeg = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}"/></row>' for n in range(2, 1_000_002))
    laatste = '<row r="1000002"><c r="B1000002"><v>7</v></c></row>'
    blad = lees_tabel(maak(f'<row r="1"><c r="A1"><v>1</v></c></row>{leeg}{laatste}'))
    assert blad.rijen == ((1_000_002, ("", "7")),)


def test_two_cells_far_apart_take_no_room() -> None:
    """For which a reader that makes a rectangle of a sheet asks 200 GB."""
    blad = maak('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GR1048576"><v>2</v></c></row>')
    assert [(nummer, len(cellen)) for nummer, cellen in rijen(blad)] == [(1, 1), (1_048_576, 200)]


def test_a_formula_counts_as_what_became_of_it_unless_only_values_do() -> None:
    blad = maak('<row><c><v>9</v></c><c><f>1+1</f><v>2</v></c><c><f>A1</f></c><c><f t="shared" si="0"/></c></row>')
    assert rijen(blad) == [(1, ["9", "2", "=A1", "="])]
    assert lees_tabel(blad, STRENG).koppen == ("9", "=1+1", "=A1", "=")


def test_strictly_only_the_first_sheet_counts() -> None:
    assert lees_tabel(maak(LIJST, "<row><c><v>1</v></c></row>"), STRENG) == lees_tabel(maak(LIJST), STRENG)
    with pytest.raises(GeenTabel, match="leeg"):
        lees_tabel(maak("", LIJST), STRENG)


@pytest.mark.parametrize("getal", ["1E+999999999", "NaN", "-Infinity", "9" * 5000])
@pytest.mark.parametrize("stijl", ["0", "dag", "uren"])
def test_numbers_that_are_none_take_no_time(getal: str, stijl: str) -> None:
    assert rijen(maak(f"<row>{cel(getal, stijl)}</row>"))[0][0] == 1


def test_one_text_in_many_cells_is_one_text() -> None:
    """A text of a million characters, that hundred cells name."""
    tekst = f"<sst><si><t> {'x' * 1_000_000} </t></si></sst>"
    [(_, cellen)] = rijen(maak(f"<row>{cel('0', soort='s') * 100}</row>", anders={"xl/sharedStrings.xml": tekst}))
    assert len(cellen) == 100
    assert len({id(een) for een in cellen}) == 1


def test_a_format_that_never_ends_takes_no_time() -> None:
    stijlen = f'<x><numFmts><numFmt numFmtId="164" formatCode="{"[" * 1_000_000}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></x>'
    assert rijen(maak(f"<row>{cel('3')}</row>", anders={"xl/styles.xml": stijlen})) == [(1, ["3"])]


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_any_bytes_are_a_workbook_or_say_why_not(stuk: bytes, plek: int) -> None:
    goed = maak(LIJST)
    data = goed[:plek] + stuk + goed[plek + len(stuk) :]
    if is_werkmap(data):
        with suppress(GeenTabel):
            lees_tabel(data)
