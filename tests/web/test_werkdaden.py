"""From a row of a work list straight to the act, for who must do it and may; else to what it is about."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from berichtenverkeer.api.werklijsten import PartijAanZet, Werkregel, Werkverwijzingen
from berichtenverkeer.standaard.berichtsoort import Ketenrol
from berichtenverkeer.web.app import bladzijde_van
from berichtenverkeer.web.lijsten.werkdaden import _DADEN, Verder, verder
from berichtenverkeer.werklijsten.alle import LIJSTEN

MIJ, ANDER = "99990001", "0855"
ID = "00000000-0000-4000-8000-000000000001"


def _werk(wie: str, **links: str) -> Werkregel:
    verwijzingen: dict[str, str | None] = dict.fromkeys(Werkverwijzingen.model_fields)
    return Werkregel(
        wie=PartijAanZet(code=wie, rol=Ketenrol.AANBIEDER), uiterlijk=date(2026, 3, 2), te_laat=False, regel="OP271", waarom="",
        domein=None, gemeente=None, aanbieder=MIJ, bsn=None, toewijzingnummer=None, voorstel=None,
        links=Werkverwijzingen(**(verwijzingen | {naam: f"/v1/{pad}/{ID}" for naam, pad in links.items()})),
    )  # fmt: skip


def _ik(*, mag: bool = True) -> Any:
    return SimpleNamespace(partij=SimpleNamespace(code=MIJ), mag=lambda _: mag)


@pytest.mark.parametrize(
    ("lijst", "links", "waar"),
    [
        ("start-ontbreekt", {"toewijzing": "toewijzingen"}, Verder("Meld de start", f"/toewijzingen/{ID}/start")),
        (
            "inzet-ontbreekt",
            {"toewijzing": "toewijzingen"},
            Verder("Geef door aan een partner", f"/hoofdaannemer/doorgeven/{ID}"),
        ),
        (
            "antwoord-op-verzoek-ontbreekt",
            {"verzoek": "verzoeken", "bericht": "berichten"},
            Verder("Beantwoord het verzoek", f"/verzoeken/{ID}"),
        ),
        ("bezetting", {}, Verder("Bekijk de bezetting", "/hoofdaannemer/bezetting")),
        ("signalen", {"bericht": "berichten"}, Verder("Open het bericht", f"/berichten/{ID}")),
    ],
)
def test_straight_to_the_act(lijst: str, links: dict[str, str], waar: Verder) -> None:
    assert verder(_werk(MIJ, **links), lijst, _ik(), bladzijde_van) == waar


def test_who_may_not_or_need_not_sees_what_it_is_about() -> None:
    over = Verder("Open de toewijzing", f"/toewijzingen/{ID}")
    assert verder(_werk(MIJ, toewijzing="toewijzingen"), "start-ontbreekt", _ik(mag=False), bladzijde_van) == over
    assert verder(_werk(ANDER, toewijzing="toewijzingen"), "start-ontbreekt", _ik(), bladzijde_van) == over
    assert verder(_werk(ANDER), "bezetting", _ik(), bladzijde_van) is None


def test_each_is_of_a_list_that_there_is() -> None:
    assert set(_DADEN) <= set(LIJSTEN)
