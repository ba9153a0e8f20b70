"""Sheets as Excel, ECDs and editors write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.tabellen.fouten import GeenTabel
from berichtenverkeer.tabellen.lezen import MEESTE_RIJEN, RUIM, STRENG, Vorm, lees_tabel, sleutel

TEKST = "Cliëntnr{s}datum{s}uren\n12{s}2026-03-01{s}2\n\n13{s}2026-03-02{s}3\n"
VERWACHT = ((2, ("12", "2026-03-01", "2")), (4, ("13", "2026-03-02", "3")))


@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("einde", ["\n", "\r\n"])
def test_every_way_to_write_it(scheiding: str, codering: str, einde: str) -> None:
    blad = lees_tabel(TEKST.format(s=scheiding).replace("\n", einde).encode(codering))
    assert (blad.koppen, blad.rijen) == (("Cliëntnr", "datum", "uren"), VERWACHT)


def test_excel_says_what_columns_are_apart_by() -> None:
    assert lees_tabel(b"sep=,\r\na,b\r\n1,2\r\n").rijen == ((2, ("1", "2")),)


def test_a_separator_in_a_cell_stands_in_quotes() -> None:
    assert lees_tabel(b'a,b\n"1,5","x ""y"""\n').rijen == ((2, ("1,5", 'x "y"')),)


def test_empty_cells_behind_the_last_column_do_not_matter() -> None:
    assert lees_tabel(b"a;b;;\n1;2;;\n3;4\n").recht().rijen == ((2, ("1", "2")), (3, ("3", "4")))


@pytest.mark.parametrize(
    ("data", "melding"),
    [
        (b"", "leeg"),
        (b"\n \n", "leeg"),
        (b"a;b\n1\n", "regel 2: 1 kolommen in plaats van 2"),
        (b"a;b\n1;2;3\n", "regel 2: 3 kolommen in plaats van 2"),
        (b'a;b\n1;"2\n', "geen CSV"),
        (b"PK\x03\x04rest", "Excel-werkmap is niet te lezen"),
        (b"\xd0\xcf\x11\xe0rest", "oude Excel-werkmap"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?>", "XML of een webpagina"),
        (b"a;b\n\x81", "geen tekst"),
        (b"a\n" * (MEESTE_RIJEN + 2), "splits het bestand"),
    ],
)
def test_what_is_no_sheet_says_what_to_do(data: bytes, melding: str) -> None:
    with pytest.raises(GeenTabel, match=melding):
        lees_tabel(data).recht()


def test_names_that_are_the_same_to_people() -> None:
    assert {sleutel(naam) for naam in ("Toewijzing-nummer", "toewijzing nummer", "TOEWIJZING_NUMMER")} == {
        "toewijzingnummer"
    }
    assert sleutel("Cliëntnr.") == "clientnr"


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    tabel = lees_tabel(b'\n;\na;b\n"een\ntwee";1\n\n2;3\n')
    assert (tabel.koprij, tabel.rijen) == (3, ((4, ("een\ntwee", "1")), (6, ("2", "3"))))


def test_what_was_guarded_against_a_spreadsheet_is_itself_again() -> None:
    assert lees_tabel(b"a;b;c\n'-1;''=x;'s\n").rijen == ((2, ("-1", "'=x", "'s")),)


def test_a_million_empty_rows_are_none() -> None:
    assert lees_tabel(b"a;b\n" + b";\n" * 1_000_000 + b"1;2").rijen == ((1_000_002, ("1", "2")),)


@given(st.binary(max_size=200), st.sampled_from((RUIM, STRENG)))
def test_any_bytes_are_a_sheet_or_say_why_not(data: bytes, vorm: Vorm) -> None:
    try:
        blad = lees_tabel(data, vorm).recht()
    except GeenTabel:
        return
    assert all(len(cellen) == len(blad.koppen) for _, cellen in blad.rijen)
