"""The 315 and the 317 of an aanbieder: what is asked for goes in, what is not follows, and the gemeente can honour it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichtenverkeer.levensloop.overgangen import Verzoektoestand
from berichtenverkeer.standaard.berichten.verzoek_om_toewijzing import Bericht315
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Bericht317, Verzoek
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.opstellen.aanvraag import Aangevraagd, vraag_toewijzing
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel
from berichtenverkeer.voorstel.opstellen.vow import honoreer_vow
from berichtenverkeer.voorstel.opstellen.wijziging import Wens, vraag_wijziging

from .wijk import ASPECIFIEK, Wijk, toewijzing

Maak = Callable[[Uitgangspunt], Voorstel]


def wijzig(nummer: int = 1001, **wens: Any) -> Maak:
    return lambda u: vraag_wijziging(u, nummer, "VOW-1", Wens(**{"reden": "1"} | wens))


def vraag(**wat: Any) -> Maak:
    return lambda u: vraag_toewijzing(u, "VOT-1", Aangevraagd(**wat))


def verzoek(voorstel: Voorstel) -> Verzoek:
    assert isinstance(voorstel.bericht, Bericht317)
    return voorstel.bericht.Client.Verzoek


@pytest.fixture(params=Domein)
def wijk(request: pytest.FixtureRequest) -> Wijk:
    """A client with two toewijzingen: one of four hours a week, one of a volume for its whole run."""
    w = Wijk(request.param)
    w.goed("301", [toewijzing(1001, w.product("X")), toewijzing(1002, w.product("Y"), omvang=("80", "04", "6"))])
    return w


def test_another_volume_from_a_day_to_come(wijk: Wijk) -> None:
    uit = verzoek(wijk.neemt_aan(wijzig(volume=6, vanaf=date(2026, 4, 1))))
    [deel] = uit.TeWijzigenProducten
    assert (deel.GewensteIngangsdatum, deel.Einddatum) == (date(2026, 4, 1), date(2026, 12, 31))
    assert deel.Omvang is not None
    assert (deel.Omvang.Volume, deel.Omvang.Eenheid, deel.Omvang.Frequentie) == (6, "04", "2")
    assert [p.ToewijzingNummer for p in uit.OngewijzigdeProducten] == [1002]
    gehonoreerd = wijk.neemt_aan(lambda u: honoreer_vow(u, u.aanvraag("VOW-1")))
    assert gehonoreerd.data is not None
    assert wijk.dossier.verzoeken["VOW-1"].toestand is Verzoektoestand.GEHONOREERD


@pytest.mark.parametrize(
    ("nummer", "wens"),
    [
        (1001, {"einddatum": date(2026, 6, 30)}),
        (1002, {"volume": 100}),
        (1002, {"volume": 100, "vanaf": date(2026, 5, 1)}),
        (1002, {"einddatum": date(2027, 1, 31)}),
    ],
)
def test_what_holds_for_the_whole_run_is_asked_from_its_first_day(
    wijk: Wijk, nummer: int, wens: dict[str, Any]
) -> None:
    [deel] = verzoek(wijk.neemt_aan(wijzig(nummer, **wens))).TeWijzigenProducten
    assert deel.GewensteIngangsdatum == date(2026, 2, 1)
    assert deel.Omvang is not None


def test_another_product_begins_the_day_after_the_old_one_ends(wijk: Wijk) -> None:
    product = wijk.product("Z")
    wens: dict[str, Any] = {"categorie": product["Categorie"], "code": product["Code"], "vanaf": date(2026, 4, 1)}
    uit = verzoek(wijk.neemt_aan(wijzig(**wens)))
    [oud], [nieuw] = uit.TeWijzigenProducten, uit.NieuweProducten
    assert (oud.Einddatum, nieuw.GewensteIngangsdatum, nieuw.Einddatum) == (
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 12, 31),
    )
    assert nieuw.Product is not None
    assert nieuw.Product.Code == product["Code"]
    wijk.neemt_aan(lambda u: honoreer_vow(u, u.aanvraag("VOW-1")))


def test_a_budget_of_a_product_without_a_code(wijk: Wijk) -> None:
    wijk.goed("301", [toewijzing(1003, ASPECIFIEK[wijk.domein], omvang=None, budget="500000")])
    zonder_einde = verzoek(wijk.keur(wijzig(1003, open_einde=True))).TeWijzigenProducten
    assert zonder_einde[0].Einddatum is None
    [deel] = verzoek(wijk.neemt_aan(wijzig(1003, budget=600000))).TeWijzigenProducten
    assert (deel.Budget, deel.Omvang, deel.GewensteIngangsdatum) == (600000, None, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("wens", "vragen"),
    [
        ({"reden": None}, {"reden", "volume"}),
        ({}, {"volume"}),
        ({"volume": 4, "eenheid": "04"}, {"volume"}),
        ({"volume": 6}, {"vanaf"}),
        ({"code": "99Z99"}, {"vanaf"}),
    ],
)
def test_what_must_be_said_first(wijk: Wijk, wens: dict[str, Any], vragen: set[str]) -> None:
    voorstel = wijk.keur(wijzig(**wens))
    assert {een.naam for een in voorstel.vragen} == vragen
    assert voorstel.data is None


@pytest.mark.parametrize(
    ("nummer", "wens"),
    [
        (9, {"volume": 6}),
        (1001, {"volume": 6, "vanaf": date(2026, 3, 2)}),
        (1001, {"categorie": "06", "code": "06T01", "vanaf": date(2026, 3, 2)}),
        (1001, {"categorie": "06", "code": "06T01", "vanaf": date(2027, 3, 2)}),
        (1001, {"einddatum": date(2026, 1, 1)}),
        (1001, {"open_einde": True}),  # per week there is an end (CD076)
    ],
)
def test_what_cannot_be_asked_says_why(wijk: Wijk, nummer: int, wens: dict[str, Any]) -> None:
    voorstel = wijk.keur(wijzig(nummer, **wens))
    assert voorstel.data is None
    assert voorstel.uitleg


def test_one_request_at_a_time(wijk: Wijk) -> None:
    wijk.neemt_aan(wijzig(volume=6, vanaf=date(2026, 4, 1)))
    tweede = wijk.keur(wijzig(1002, volume=90))
    assert tweede.data is None
    assert "TR374" in {b.regel for b in tweede.bevindingen}


def test_a_product_is_asked_for_the_client_of_a_toewijzing(wijk: Wijk) -> None:
    product = wijk.product("Z")
    wat: dict[str, Any] = {
        "categorie": product["Categorie"],
        "code": product["Code"],
        "vanaf": date(2026, 4, 1),
        "verwijzer": "01",
    }
    wat["einddatum"] = date(2026, 12, 31)
    bericht = wijk.neemt_aan(vraag(**wat, volume=2, eenheid="04", frequentie="2")).bericht
    assert isinstance(bericht, Bericht315)
    [deel] = bericht.Client.AangevraagdeProducten
    assert (deel.ReferentieAanbieder, deel.ToewijzingIngangsdatum) == ("VOT-1", date(2026, 4, 1))
    assert wijk.dossier.verzoeken["VOT-1"].onderhanden


def test_what_a_315_must_be_told(wijk: Wijk) -> None:
    leeg = wijk.keur(vraag())
    assert {een.naam: bool(een.keuzes) for een in leeg.vragen} == {"categorie": True, "vanaf": False, "verwijzer": True}
    half = wijk.keur(vraag(volume=2))
    assert {"eenheid", "frequentie"} <= {een.naam for een in half.vragen}
    fout = wijk.keur(
        vraag(categorie=wijk.product("Z")["Categorie"], vanaf=date(2026, 4, 1), verwijzer="02", commentaar="Ja")
    )
    assert fout.data is None
    assert "CD067" in {b.regel for b in fout.bevindingen}


@settings(max_examples=60, deadline=None)
@given(
    domein=st.sampled_from(Domein),
    nummer=st.sampled_from([1001, 1002]),
    volume=st.none() | st.integers(0, 200),
    budget=st.none() | st.integers(0, 10_000),
    frequentie=st.sampled_from([None, "2", "6"]),
    vanaf=st.none() | st.dates(date(2026, 1, 1), date(2027, 2, 1)),
    einddatum=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    open_einde=st.booleans(),
    code=st.sampled_from([None, "02T09"]),
)
def test_whatever_is_asked_goes_through_or_says_why(domein: Domein, nummer: int, **wens: Any) -> None:
    w = Wijk(domein)
    w.goed("301", [toewijzing(1001, w.product("X")), toewijzing(1002, w.product("Y"), omvang=("80", "04", "6"))])
    voorstel = w.keur(wijzig(nummer, **wens))
    if voorstel.data is not None:
        w.neemt_aan(wijzig(nummer, **wens))
