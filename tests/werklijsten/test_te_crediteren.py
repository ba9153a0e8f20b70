"""What is said of a granted Prestatie beside its toewijzing as it is now."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from berichtenverkeer.werklijsten.lijst import Bron
from berichtenverkeer.werklijsten.lijsten.te_crediteren import LIJST, Gewijzigd, past_niet

from .rijen import peil

[bron] = LIJST.bronnen

RIJ = Gewijzigd(
    id="D/0",
    wie="98000001",
    vanaf=date(2026, 3, 2),
    gemeente="0344",
    aanbieder="98000001",
    bsn="999900006",
    declaratie="D",
    referentienummer="R1",
    domein="iwmo",
    begin=date(2026, 2, 1),
    eind=date(2026, 2, 28),
    categorie="02",
    code="02T01",
    volume=20,
    eenheid="04",
    t_categorie="02",
    t_code="02T01",
    t_volume=4,
    t_eenheid="04",
    t_frequentie="2",
    ingangsdatum=date(2026, 1, 1),
    einddatum=date(2026, 12, 31),
    verwijderd=False,
)
"""A debetregel that just fits its toewijzing."""


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
    rij = replace(RIJ, **velden)
    assert isinstance(bron, Bron)
    assert bron.blijft is not None
    assert bron.blijft(rij, peil()) is bool(regels)
    if not regels:
        return
    taak = bron.taak(rij, peil())
    assert taak.regel == regels[0]
    assert f"({', '.join(regels)})" in taak.waarom
    assert taak.voorstel is not None
    assert taak.voorstel.pad == "/v1/voorstellen/prestatie"
    assert taak.voorstel.vraag == {"declaratie": "D", "referentienummer": "R1", "wat": wat}


def test_what_fits_the_output_variant_stays_off() -> None:
    """August 2025 touches five weeks and has five Sundays, of which the last is the last of the toewijzing."""
    augustus: dict[str, Any] = {
        "begin": date(2025, 8, 1),
        "eind": date(2025, 8, 31),
        "einddatum": date(2025, 9, 5),
        "t_volume": 1,
    }
    looptijd: dict[str, Any] = {"ingangsdatum": date(2025, 7, 7)}
    rij = replace(RIJ, **augustus, **looptijd)
    assert [regel for regel, _ in past_niet(replace(rij, volume=6))] == []
    assert [regel for regel, _ in past_niet(replace(rij, volume=7))] == ["TR321"]
