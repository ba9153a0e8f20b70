"""What is written as CSV and XLSX, read back by others: the csv module, calamine, and our own reader."""

import csv
import re
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from io import BytesIO, StringIO
from operator import itemgetter
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from python_calamine import CalamineWorkbook

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.standaard.berichten.typen import Eenheid, ProductCategorie, RetourCode
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.tabellen import csv_uit, parquet_uit, xlsx_uit
from berichtenverkeer.tabellen.kolom import Kolom, Soort
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel
from berichtenverkeer.tabellen.model import Eurocent, kolommen
from berichtenverkeer.woord import Woord


class Product(BaseModel):
    categorie: ProductCategorie | None
    code: str | None


class Verwijzing(BaseModel):
    id: str


class Ding(BaseModel):
    """Of every kind of field one."""

    domein: Domein
    naam: str
    product: Product | None = None
    eenheid: Eenheid | None = None
    codes: list[RetourCode] = []
    verwijzingen: list[Verwijzing] = []
    vraag: dict[str, str] = {}
    aantal: int | None = None
    bedrag: Eurocent | None = None
    dag: date | None = None
    op: datetime | None = None
    klaar: bool | None = None


KOPPEN = [
    "domein", "naam", "product_categorie", "product_categorie_omschrijving", "product_code", "eenheid", "eenheid_omschrijving", "codes",
    "codes_omschrijving", "verwijzingen_id", "vraag", "aantal", "bedrag", "dag", "op", "klaar",
]  # fmt: skip

VOL = Ding(
    domein=Domein.IJW,
    naam='=HYPERLINK("x";\n"é€")',
    product=Product(categorie="45", code="45A04"),
    eenheid="04",
    codes=["9321", "0200"],
    verwijzingen=[Verwijzing(id="a"), Verwijzing(id="b")],
    vraag={"a": "1", "b": "2"},
    aantal=-7,
    bedrag=-123405,
    dag=date(2026, 3, 2),
    op=datetime(2026, 7, 1, 22, 30, 15, tzinfo=UTC),
    klaar=True,
)
LEEG = Ding(domein=Domein.IWMO, naam="")


def uit_csv(data: bytes) -> list[list[str]]:
    """By the csv module."""
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def uit_xlsx(data: bytes, blad: int = 0) -> list[list[Any]]:
    """By calamine."""
    return list(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(blad).to_python(skip_empty_area=False))


def uit_parquet(data: bytes) -> list[dict[str, Any]]:
    """By pyarrow."""
    rijen: list[dict[str, Any]] = import_module("pyarrow.parquet").read_table(BytesIO(data)).to_pylist()
    return rijen


def test_the_columns_of_a_model() -> None:
    assert [kolom.naam for kolom in kolommen(Ding)] == KOPPEN


def test_csv_as_a_dutch_spreadsheet_opens_it() -> None:
    koppen, vol, leeg = uit_csv(b"".join(csv_uit.schrijf(kolommen(Ding), [VOL, LEEG])))
    assert koppen == KOPPEN
    assert vol == [
        "ijw", '\'=HYPERLINK("x";\n"é€")', "45", "Jeugdhulp ambulant", "45A04", "04", "Uur", "9321, 0200",
        vol[8], "a, b", "a=1, b=2", "-7", "-1234,05", "2026-03-02", "2026-07-02 00:30:15", "ja",
    ]  # fmt: skip
    assert vol[8].count("; ") == 1
    assert leeg == ["iwmo", *[""] * 15]


class Stand(Woord):
    OPEN = "open", "er is nog iets te doen"
    DICHT = "dicht", "er is niets meer te doen"


class Zaak(BaseModel):
    stand: Stand | None
    eerder: list[Stand]


def test_a_word_has_its_meaning_beside_it() -> None:
    zaken = [Zaak(stand=Stand.DICHT, eerder=[Stand.OPEN, Stand.DICHT]), Zaak(stand=None, eerder=[])]
    assert uit_csv(b"".join(csv_uit.schrijf(kolommen(Zaak), zaken))) == [
        ["stand", "stand_omschrijving", "eerder", "eerder_omschrijving"],
        ["dicht", "er is niets meer te doen", "open, dicht", "er is nog iets te doen; er is niets meer te doen"],
        [""] * 4,
    ]


def test_numbers_are_numbers_and_days_are_days_in_a_workbook() -> None:
    koppen, vol, leeg = uit_xlsx(b"".join(xlsx_uit.schrijf(kolommen(Ding), [VOL, LEEG])))
    assert koppen == KOPPEN
    assert vol[1] == VOL.naam
    assert vol[11:] == [-7, -1234.05, VOL.dag, datetime(2026, 7, 2, 0, 30, 15), "ja"]
    assert leeg == ["iwmo", *[""] * 15]


def test_parquet_has_types_and_eurocent() -> None:
    tabel = uit_parquet(b"".join(parquet_uit.schrijf(kolommen(Ding), [VOL, LEEG])))
    assert [list(rij) for rij in tabel] == [KOPPEN, KOPPEN]
    vol, leeg = tabel
    assert vol["naam"] == VOL.naam
    assert (vol["aantal"], vol["bedrag"], vol["dag"], vol["op"], vol["klaar"]) == (-7, -123405, VOL.dag, VOL.op, True)
    assert leeg == dict.fromkeys(KOPPEN) | {"domein": "iwmo", "naam": ""}
    assert uit_parquet(b"".join(parquet_uit.schrijf(kolommen(Ding), []))) == []


TEKSTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.lists(st.tuples(TEKSTEN, st.integers(-(10**12), 10**12), st.dates(date(1900, 3, 1))), max_size=8))
def test_what_is_written_is_read_back(rijen: list[tuple[str, int, date]]) -> None:
    """By the csv module, by calamine and by ourselves; no cell of a CSV can be taken for a formula."""
    soorten = {"t": Soort.TEKST, "e": Soort.EUROCENT, "d": Soort.DAG}
    zo = [Kolom(naam, soort, itemgetter(plek)) for plek, (naam, soort) in enumerate(soorten.items())]
    als_csv, als_xlsx = b"".join(csv_uit.schrijf(zo, rijen)), b"".join(xlsx_uit.schrijf(zo, rijen))
    gelezen = uit_csv(als_csv)[1:]
    assert len(gelezen) == len(rijen)
    for (tekst, eurocent, dag), (t, e, d) in zip(rijen, gelezen, strict=True):
        assert t in (tekst, f"'{tekst}")
        assert not re.match(r"\s*[=+\-@]", t)
        assert (Decimal(e.replace(",", ".")), d) == (Decimal(eurocent) / 100, str(dag))
    for rij, (t, e, d) in zip(rijen, uit_xlsx(als_xlsx)[1:], strict=True):
        assert (t, round(e * 100), d) == rij
    for data in (als_csv, als_xlsx):
        assert [cellen[0] for _, cellen in lees_tabel(data, STRENG).rijen] == [rij[0].strip() for rij in rijen]


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)))
def test_a_moment_is_that_of_the_dutch_clock(moment: datetime) -> None:
    zo = [Kolom("op", Soort.MOMENT, lambda moment: moment)]
    [_, [gelezen]] = uit_xlsx(b"".join(xlsx_uit.schrijf(zo, [moment])))
    hier = moment.astimezone(NEDERLAND).replace(tzinfo=None)
    assert abs(gelezen - hier) < timedelta(seconds=1.5)
    [_, [tekst]] = uit_csv(b"".join(csv_uit.schrijf(zo, [moment])))
    assert datetime.fromisoformat(tekst) == hier.replace(microsecond=0)


def test_what_excel_has_no_room_for() -> None:
    zo = [Kolom("t", Soort.TEKST, lambda item: item), Kolom("d", Soort.DAG, lambda _: date(1850, 1, 1))]
    [_, [tekst, dag]] = uit_xlsx(b"".join(xlsx_uit.schrijf(zo, ["x\x00" * 20_000])))
    assert (len(tekst), tekst[:2], dag) == (32_767, "x\ufffd", "1850-01-01")


def test_more_rows_than_a_sheet_has_go_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_uit, "MEESTE_RIJEN", 4)
    zo = [Kolom("n", Soort.GETAL, lambda item: item)]
    for aantal, bladen in ((3, 1), (4, 2), (6, 2), (7, 3)):
        data = b"".join(xlsx_uit.schrijf(zo, range(aantal), "Lijst"))
        boek = CalamineWorkbook.from_filelike(BytesIO(data))
        assert boek.sheet_names == ["Lijst", "Lijst 2", "Lijst 3"][:bladen]
        gelezen = [rij for blad in range(bladen) for rij in uit_xlsx(data, blad)[1:]]
        assert gelezen == [[n] for n in range(aantal)]
        assert all(uit_xlsx(data, blad)[0] == ["n"] for blad in range(bladen))


@pytest.mark.parametrize("schrijf", [csv_uit.schrijf, xlsx_uit.schrijf, parquet_uit.schrijf])
def test_nothing_is_kept_of_what_was_given(schrijf: Any) -> None:
    """The first piece comes before the last row is asked for, and memory stays what it is."""
    gevraagd = 0

    def items() -> Any:
        nonlocal gevraagd
        while True:
            gevraagd += 1
            yield VOL

    stroom = schrijf(kolommen(Ding), items())
    assert next(stroom)
    assert gevraagd <= 10_000
    tracemalloc.start()
    while gevraagd < 30_000:
        assert next(stroom)
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()
    stroom.close()


def test_a_workbook_is_a_zip_that_needs_no_extension() -> None:
    data = b"".join(xlsx_uit.schrijf(kolommen(Ding), [VOL]))
    with ZipFile(BytesIO(data)) as archief:
        assert archief.testzip() is None
        assert all(deel.extract_version < 45 for deel in archief.infolist())
