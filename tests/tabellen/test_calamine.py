"""What we read of a workbook beside what another reader does; with what Excel shows and it does not."""

from datetime import date
from io import BytesIO
from string import ascii_letters

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.werkmappen import cel, maak

from berichtenverkeer.tabellen.lezen import lees_tabel

CEL = st.one_of(
    st.just(""),
    st.text(ascii_letters + " é€'&<\"", min_size=1, max_size=8),
    st.integers(-(10**9), 10**9),
    st.dates(date(1901, 1, 1), date(2200, 1, 1)),
)
"""A text, a number or a day."""


def werkmap(rijen: list[list[object]]) -> bytes:
    """A workbook with these values."""
    blad = "".join(
        f'<row r="{nummer}">'
        + "".join(_cel(f"{chr(65 + plek)}{nummer}", waarde) for plek, waarde in enumerate(rij))
        + "</row>"
        for nummer, rij in enumerate(rijen, 1)
    )
    return maak(blad)


def _cel(plek: str, waarde: object) -> str:
    if isinstance(waarde, date):
        return f'<c r="{plek}" s="1"><v>{(waarde - date(1899, 12, 30)).days}</v></c>'
    if isinstance(waarde, int):
        return f'<c r="{plek}"><v>{waarde}</v></c>'
    veilig = str(waarde).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{plek}" t="inlineStr"><is><t xml:space="preserve">{veilig}</t></is></c>' if veilig else ""


@given(st.lists(st.lists(CEL, min_size=3, max_size=3), max_size=5))
def test_both_readers_find_the_same(rijen: list[list[object]]) -> None:
    data = werkmap([["a", "b", "c"], *rijen])
    ander = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    tabel = lees_tabel(data)
    eigen = dict(tabel.rijen)
    assert [[_tekst(cel) for cel in rij] for rij in ander] == [
        ["a", "b", "c"],
        *(list(eigen.get(nummer, ("", "", ""))) for nummer in range(2, len(ander) + 1)),
    ]


def _tekst(waarde: object) -> str:
    if isinstance(waarde, float):
        return str(int(waarde))
    return str(waarde).strip()


def test_what_only_the_format_of_a_cell_says() -> None:
    """Why ours is not that reader: euros and months are lost there."""
    data = maak(f"<row>{cel('54', 'euro')}{cel('46083', 'maand')}</row>")
    assert lees_tabel(data).koppen == ("€ 54,00", "2026-03")
    blad = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    assert blad.to_python() == [[54, date(2026, 3, 2)]]
