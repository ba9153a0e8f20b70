"""What the work lists say of a Prestatie beside its toewijzing as it is now."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.regels.algemeen.datums import jaren_eerder
from berichtenverkeer.standaard.berichtsoort import Rol
from berichtenverkeer.werklijsten.werklijst import Peil
from berichtenverkeer.werklijsten.werklijst_prestatie import afgewezen, te_crediteren

PEIL = Peil(date(2026, 3, 2), Kalender(), 3)

RIJ: dict[str, Any] = {
    "declaratie": "D", "referentienummer": "R1", "domein": "iwmo", "begin": date(2026, 2, 1), "eind": date(2026, 2, 28),
    "categorie": "02", "code": "02T01", "volume": 20, "eenheid": "04", "retourcodes": ["9307", "9387"],
    "t_categorie": "02", "t_code": "02T01", "t_volume": 4, "t_eenheid": "04", "t_frequentie": "2",
    "ingangsdatum": date(2026, 1, 1), "einddatum": date(2026, 12, 31), "verwijderd": False,
}  # fmt: skip
"""A debetregel that just fits its toewijzing."""


def peil(dag: date) -> Peil:
    return Peil(dag, Kalender(), 3)


@pytest.mark.parametrize(
    ("velden", "regels", "wat"),
    [
        ({}, [], None),
        ({"verwijderd": True}, ["TR384"], "credit"),
        ({"einddatum": date(2026, 1, 31)}, ["IV084"], "credit"),
        ({"ingangsdatum": date(2026, 3, 1)}, ["IV084"], "credit"),
        ({"ingangsdatum": date(2026, 2, 2), "volume": 16}, ["TR307"], "credit_en_debet"),
        ({"einddatum": date(2026, 2, 27)}, ["TR308"], "credit_en_debet"),
        ({"begin": date(2026, 2, 2)}, ["TR387"], "credit_en_debet"),
        ({"eind": date(2026, 2, 27)}, ["TR388"], "credit_en_debet"),
        ({"einddatum": None}, [], None),
        ({"t_categorie": "03"}, ["TR339"], "credit_en_debet"),
        ({"t_code": "02T02"}, ["TR340"], "credit_en_debet"),
        ({"t_code": None}, [], None),
        ({"t_categorie": None, "t_code": None, "t_volume": None}, [], None),
        ({"t_eenheid": "14"}, ["TR341"], "credit_en_debet"),
        ({"eenheid": "01", "volume": 1200}, [], None),
        ({"eenheid": "01", "volume": 1201}, ["TR321"], "credit_en_debet"),
        ({"volume": 21}, ["TR321"], "credit_en_debet"),
        # February has four Sundays; as output one week more goes to it when that is the last
        ({"volume": 21, "einddatum": date(2026, 3, 2), "ingangsdatum": date(2026, 1, 1)}, ["TR321"], "credit_en_debet"),
        ({"volume": 25, "t_frequentie": "4"}, ["TR321"], "credit_en_debet"),
        ({"t_code": "02T02", "einddatum": date(2026, 2, 27)}, ["TR308", "TR340"], "credit_en_debet"),
    ],
)
def test_what_no_longer_fits(velden: dict[str, Any], regels: list[str], wat: str | None) -> None:
    taak = te_crediteren(RIJ | velden, PEIL)
    if not regels:
        assert taak is None
        return
    assert taak is not None
    assert (taak.wie, taak.regel) == (Rol.AANBIEDER, regels[0])
    assert f"({', '.join(regels)})" in taak.waarom
    assert taak.voorstel is not None
    assert taak.voorstel.pad == "/voorstellen/prestatie"
    assert taak.voorstel.vraag == {"declaratie": "D", "referentienummer": "R1", "wat": wat}


def test_what_fits_the_output_variant_stays_off() -> None:
    """August 2025 touches five weeks and has five Sundays, of which the last is the last of the toewijzing."""
    augustus = {"begin": date(2025, 8, 1), "eind": date(2025, 8, 31), "einddatum": date(2025, 9, 5), "t_volume": 1}
    looptijd = {"ingangsdatum": date(2025, 7, 7)}
    assert te_crediteren(RIJ | augustus | looptijd | {"volume": 6}, PEIL) is None
    assert te_crediteren(RIJ | augustus | looptijd | {"volume": 7}, PEIL) is not None


def test_a_refused_line_says_why_and_what_to_ask() -> None:
    taak = afgewezen(RIJ, PEIL)
    assert taak is not None
    assert (taak.wie, taak.regel, taak.uiterlijk) == (Rol.AANBIEDER, "IV085", date(2031, 2, 28))
    assert "R1 over 2026-02-01 tot en met 2026-02-28 is afgewezen (9307, 9387)" in taak.waarom
    assert taak.voorstel is not None
    assert taak.voorstel.vraag["wat"] == "opnieuw"


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)))
@example(date(2024, 2, 29))
@example(date(2023, 2, 28))
@example(date(9995, 1, 1))
def test_a_refused_line_is_on_the_list_as_long_as_it_can_be_declared(eind: date) -> None:
    rij = RIJ | {"begin": eind, "eind": eind}
    taak = afgewezen(rij, peil(eind))
    assert taak is not None
    assert jaren_eerder(taak.uiterlijk, 5) <= eind
    assert afgewezen(rij, peil(taak.uiterlijk)) is not None
    if taak.uiterlijk < date.max:
        morgen = date.fromordinal(taak.uiterlijk.toordinal() + 1)
        assert afgewezen(rij, peil(morgen)) is None
        assert jaren_eerder(morgen, 5) > eind or (eind.month, eind.day) == (2, 28)
