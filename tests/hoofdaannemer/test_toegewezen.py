"""A toewijzing as it stands, from the content of its 301."""

from datetime import date
from typing import Any

from berichtenverkeer.hoofdaannemer.looptijd import Looptijd
from berichtenverkeer.hoofdaannemer.toegewezen import Kenmerk, Toegewezen
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein

from .wereld import SEGMENTEN


def van(**anders: Any) -> Toegewezen:
    product = ToegewezenProduct.model_validate(
        {
            "ToewijzingNummer": 7,
            "Product": {"Categorie": "54", "Code": "54Z01"},
            "Toewijzingsdatum": "2023-01-01",
            "Toewijzingstijd": "10:00:00",
            "Ingangsdatum": "2023-01-01",
            "Einddatum": "2023-12-31",
            **anders,
        }
    )
    return Toegewezen.van("t7", "0855", Domein.IJW, "999990019", product)


def test_the_content_of_a_301() -> None:
    een = van()
    assert (een.kenmerk, een.categorie, een.code) == (Kenmerk("0855", Domein.IJW, 7), "54", "54Z01")
    assert een.geldig == Looptijd(date(2023, 1, 1), date(2023, 12, 31))
    assert een.segment(SEGMENTEN) == "begeleiding"


def test_what_is_removed_or_has_no_product() -> None:
    assert van(RedenWijziging="13", Einddatum="2023-01-01").geldig is None
    assert van(RedenWijziging="13").geldig is not None
    zonder = van(Product=None, Einddatum=None)
    assert (zonder.segment(SEGMENTEN), zonder.geldig) == (None, Looptijd(date(2023, 1, 1)))
