"""Looking up toewijzingen, what changed since, one in full, and its story."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.berichten import Dossier, bsns
from tests.conformance.boom import WEG, Boom
from tests.knoop import Klant, Paar

from berichtenverkeer.standaard.domein import Domein


def _clienten(paar: Paar, aantal: int, domein: Domein = Domein.IWMO) -> list[Dossier]:
    return [
        replace(paar.dossier(bsn, domein), nummer=1000 + n)
        for n, bsn in enumerate(bsn for bsn, _ in zip(bsns(), range(aantal), strict=False))
    ]


def _paginas(klant: Klant, gewijzigd_na: str | None = None, **vraag: Any) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """Page after page until an empty one, each with its cursor."""
    while True:
        na = {"gewijzigdNa": gewijzigd_na} if gewijzigd_na else {}
        pagina = klant.json("/v1/toewijzingen", **vraag, **na)
        gewijzigd_na = pagina["volgende"]
        assert gewijzigd_na
        yield pagina["items"], gewijzigd_na
        if not pagina["items"]:
            return


def _nummers(klant: Klant, **vraag: Any) -> list[int]:
    return [item["toewijzingnummer"] for items, _ in _paginas(klant, **vraag) for item in items]


def test_the_fields_of_a_toewijzing(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    [item] = paar.aanbieder.toewijzingen()
    assert item.pop("id")
    assert item == {
        "domein": "iwmo",
        "gemeente": paar.gemeentecode,
        "aanbieder": paar.agb,
        "bsn": "999900006",
        "toewijzingnummer": 1001,
        "product": {"categorie": "02", "code": "02T01"},
        "ingangsdatum": "2026-02-01",
        "einddatum": "2026-12-31",
        "omvang": {"volume": 4, "eenheid": "04", "frequentie": "2"},
        "budget": None,
        "toestand": "lopend",
        "levering": "niet_gestart",
        "verzoek": None,
        "commentaar": None,
        "versie": 1,
        "gewijzigd_op": "2026-03-02T11:00:00Z",
    }
    assert paar.gemeente.toewijzingen()[0] | {"id": ""} == item | {"id": ""}


def test_fields_that_may_be_empty(paar: Paar) -> None:
    product = "Client/ToegewezenProducten/ToegewezenProduct[1]"
    zonder_code: dict[str, Boom] = {
        f"{product}/Omvang": WEG,
        f"{product}/Product/Code": WEG,
        f"{product}/Budget": "12345",
    }
    paar.gemeente.goedgekeurd(paar.dossier().bericht("301", zonder_code))
    [item] = paar.aanbieder.toewijzingen()
    assert (item["budget"], item["omvang"]) == (12345, None)
    assert item["product"] == {"categorie": "02", "code": None}


def test_levering_follows_starts_and_stops(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    stappen = [
        (d.start(), "gestart"),
        (d.stop(RedenBeeindiging="20"), "tijdelijk_gestopt"),
        (d.stop(RedenBeeindiging="20", StatusAanlevering="3"), "gestart"),
        (d.stop(), "definitief_gestopt"),
    ]
    for data, levering in stappen:
        paar.aanbieder.goedgekeurd(data)
        [item] = paar.gemeente.toewijzingen()
        assert item["levering"] == levering
        assert paar.gemeente.json(f"/v1/toewijzingen/{item['id']}")["levering"] == levering


def test_filters(paar: Paar) -> None:
    een, twee, drie = _clienten(paar, 3)
    ijw = replace(een, domein=Domein.IJW, nummer=2000)
    paar.gemeente.goedgekeurd(een.toewijzing())
    paar.gemeente.goedgekeurd(twee.toewijzing(Ingangsdatum="2026-04-01", Product__Code="02T02"))
    paar.gemeente.goedgekeurd(drie.toewijzing(Einddatum="2026-02-28", Product__Categorie="03", Product__Code="03T01"))
    paar.gemeente.goedgekeurd(ijw.toewijzing())
    paar.aanbieder.goedgekeurd(een.start())
    alle = [1001, 1002, 2000, 1000]
    verwacht: dict[tuple[str, Any], list[int]] = {
        ("domein", "iwmo"): [1001, 1002, 1000],
        ("domein", "ijw"): [2000],
        ("gemeente", paar.gemeentecode): alle,
        ("gemeente", "0000"): [],
        ("aanbieder", paar.agb): alle,
        ("aanbieder", "00000000"): [],
        ("bsn", een.bsn): [2000, 1000],
        ("bsn", "000000000"): [],
        ("toewijzingnummer", 1002): [1002],
        ("toewijzingnummer", 0): [],
        ("product", "02"): [1001, 1000],
        ("product", "02T02"): [1001],
        ("product", "45"): [2000],
        ("product", "99"): [],
        ("toestand", "lopend"): [2000, 1000],
        ("toestand", "toekomstig"): [1001],
        ("toestand", "verlopen"): [1002],
        ("toestand", "verwijderd"): [],
        ("levering", "gestart"): [1000],
        ("levering", "niet_gestart"): [1001, 1002, 2000],
        ("geldig_op", "2026-02-28"): [1002, 2000, 1000],
        ("geldig_op", "2026-04-01"): [1001, 2000, 1000],
        ("geldig_op", "2026-01-31"): [],
        ("geldig_op", "2027-01-01"): [],
    }
    for (naam, waarde), nummers in verwacht.items():
        for limiet in (1, 100):
            assert _nummers(paar.aanbieder, limiet=limiet, **{naam: waarde}) == nummers, (naam, waarde)
    assert _nummers(paar.gemeente, bsn=een.bsn, domein="iwmo", levering="gestart") == [1000]


def test_toestand_is_that_of_the_day_that_is_asked(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(Ingangsdatum="2026-03-03", Einddatum="2026-03-04"))
    for dag, toestand in {
        "2026-03-02": "toekomstig", "2026-03-03": "lopend", "2026-03-04": "lopend", "2026-03-05": "verlopen",
    }.items():  # fmt: skip
        klok = {"Bv-Klok": f"{dag}T00:00:00"}
        antwoord = paar.gemeente.get("/v1/toewijzingen", params={"toestand": toestand}, headers=klok)
        assert [item["toestand"] for item in antwoord.json()["items"]] == [toestand]


def test_a_deleted_toewijzing_can_still_be_found(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-02-01", RedenWijziging="13"))
    [item] = paar.aanbieder.toewijzingen()
    assert (item["toestand"], item["versie"]) == ("verwijderd", 2)
    assert paar.aanbieder.toewijzingen(toestand="verwijderd") == [item]
    assert paar.aanbieder.toewijzingen(geldig_op="2026-02-01") == []


# what changed since


@pytest.mark.parametrize("limiet", [1, 2, 1000])
def test_each_changed_toewijzing_once_in_its_newest_form(paar: Paar, limiet: int) -> None:
    clienten = _clienten(paar, 4)
    for d in clienten:
        paar.gemeente.goedgekeurd(d.toewijzing())
    assert _nummers(paar.aanbieder, limiet=limiet) == [1000, 1001, 1002, 1003]
    *_, (leeg, cursor) = _paginas(paar.aanbieder, limiet=limiet)
    assert leeg == []
    paar.aanbieder.goedgekeurd(clienten[2].start())
    paar.aanbieder.goedgekeurd(clienten[0].start())
    paar.aanbieder.goedgekeurd(clienten[2].stop())
    nieuw = [item for items, _ in _paginas(paar.aanbieder, cursor, limiet=limiet) for item in items]
    assert [(item["toewijzingnummer"], item["levering"]) for item in nieuw] == [
        (1000, "gestart"),
        (1002, "definitief_gestopt"),
    ]
    *_, (_, later) = _paginas(paar.aanbieder, cursor, limiet=limiet)
    assert paar.aanbieder.json("/v1/toewijzingen", gewijzigd_na=later) == {"items": [], "volgende": later}


def test_toewijzingen_of_one_message_are_not_split_by_a_page(paar: Paar) -> None:
    d = paar.dossier()
    lijst = "Client/ToegewezenProducten/ToegewezenProduct"
    extra: dict[str, Boom] = {
        f"{lijst}[{n}]": {"zoals": "1", "ToewijzingNummer": str(1000 + n), "Product": {"Categorie": "02", "Code": f"02T0{n}"}}
        for n in range(2, 5)
    }  # fmt: skip
    paar.gemeente.goedgekeurd(d.bericht("301", extra))
    assert sorted(_nummers(paar.aanbieder, limiet=1)) == [1001, 1002, 1003, 1004]


def test_a_repeat_is_no_change(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-06-30", RedenWijziging="02"))
    volgende = paar.aanbieder.json("/v1/toewijzingen")["volgende"]
    for velden in (
        {"RedenWijziging": "02"},
        {},  # a repeat leaves RedenWijziging out (IV097)
        {"Commentaar": "nog eens"},
    ):
        paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-06-30", **velden))
        assert paar.aanbieder.json("/v1/toewijzingen", gewijzigd_na=volgende)["items"] == [], velden


def test_an_older_version_that_comes_late_does_not_count(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="12:00:00"))
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-06-30"))
    [item] = paar.aanbieder.toewijzingen()
    assert (item["einddatum"], item["versie"]) == ("2026-12-31", 2)


def test_a_rejected_message_changes_nothing(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    volgende = paar.aanbieder.json("/v1/toewijzingen")["volgende"]
    assert paar.aanbieder.aangenomen(d.stop())["oordeel"] == "afgekeurd"
    assert paar.aanbieder.json("/v1/toewijzingen", gewijzigd_na=volgende)["items"] == []


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1.", ".x", "1.x", "-1.c3957e13-44c3-5cc7-b97b-a99e0917072e", "1" * 19 + "." + "a" * 36, " 0", "0.0"],
)  # fmt: skip
def test_a_cursor_that_is_none(bezoeker: Paar, cursor: str) -> None:
    antwoord = bezoeker.gemeente.get("/v1/toewijzingen", params={"gewijzigdNa": cursor})
    assert antwoord.status_code == 400
    assert antwoord.json()["type"].endswith("cursor-onjuist")


def test_a_cursor_of_a_toewijzing_that_has_changed_meanwhile_still_holds(paar: Paar) -> None:
    clienten = _clienten(paar, 3)
    for d in clienten:
        paar.gemeente.goedgekeurd(d.toewijzing())
    cursor = paar.aanbieder.json("/v1/toewijzingen", limiet=1)["volgende"]
    paar.aanbieder.goedgekeurd(clienten[0].start())
    rest = [item["toewijzingnummer"] for items, _ in _paginas(paar.aanbieder, cursor, limiet=1) for item in items]
    assert rest == [1001, 1002, 1000]


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("limiet", "0"), ("limiet", "1001"), ("limiet", "x"), ("domein", "wlz"), ("gemeente", "344"), ("gemeente", "0344\n"),
        ("aanbieder", "1"), ("bsn", "x"), ("toewijzingnummer", "-1"), ("toewijzingnummer", "9" * 30),
        ("product", ""), ("product", "%"), ("toestand", "geen idee"), ("levering", "x"), ("geldig_op", "2026-02-30"),
        ("geldig_op", "gisteren"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(bezoeker: Paar, naam: str, waarde: str) -> None:
    antwoord = bezoeker.gemeente.get("/v1/toewijzingen", params={naam: waarde})
    assert antwoord.status_code == 400
    assert naam in antwoord.json()["detail"]


# one toewijzing


def test_a_toewijzing_in_full(paar: Paar) -> None:
    d = paar.dossier()
    een = paar.gemeente.goedgekeurd(d.toewijzing())
    twee = paar.gemeente.goedgekeurd(
        d.toewijzing(Toewijzingsdatum="2026-02-10", Einddatum="2026-06-30", RedenWijziging="02")
    )
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(d.stop())
    [item] = paar.gemeente.toewijzingen()
    volledig = paar.gemeente.json(f"/v1/toewijzingen/{item['id']}")
    assert volledig == paar.aanbieder.json(f"/v1/toewijzingen/{item['id']}")
    versies, starts = volledig.pop("versies"), volledig.pop("starts")
    assert (volledig.pop("gevraagd"), volledig.pop("partners")) == (None, [])
    assert volledig == item
    assert [(v["bericht"], v["geldend"], v["einddatum"], v["reden_wijziging"]) for v in versies] == [
        (een["id"], False, "2026-12-31", None),
        (twee["id"], True, "2026-06-30", "02"),
    ]
    assert [v["toewijzingsmoment"] for v in versies] == ["2026-01-15T09:00:00Z", "2026-02-10T09:00:00Z"]
    assert starts == [
        {
            "begindatum": "2026-02-02",
            "toestand": "definitief_gestopt",
            "stops": [{"einddatum": "2026-02-27", "reden_beeindiging": "19"}],
        }
    ]


def test_the_story_of_a_toewijzing(paar: Paar) -> None:
    d = paar.dossier()
    toewijzing = paar.gemeente.goedgekeurd(d.bericht("301", identificatie="EERSTE"))
    wijziging = paar.gemeente.goedgekeurd(
        d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-06-30", Omvang__Volume="5")
    )
    start = paar.aanbieder.goedgekeurd(d.start())
    [item] = paar.gemeente.toewijzingen()
    plek = f"/v1/toewijzingen/{item['id']}/tijdlijn"
    punten = paar.aanbieder.json(plek)["items"]
    assert punten == paar.gemeente.json(plek)["items"]
    assert [(p["gebeurtenis"], p["van"], p["naar"], p["bericht"]["id"]) for p in punten] == [
        ("nieuw", "geen", "lopend", toewijzing["id"]),
        ("gewijzigd", "lopend", "lopend", wijziging["id"]),
        ("start", "niet_gestart", "gestart", start["id"]),
    ]
    assert punten[0]["bericht"] == {
        "id": toewijzing["id"], "berichtsoort": "WMO301", "identificatie": "EERSTE", "oordeel": "goedgekeurd",
    }  # fmt: skip
    assert punten[1]["wijzigingen"] == {
        "einddatum": ["2026-12-31", "2026-06-30"],
        "omvang": [
            {"volume": 4, "eenheid": "04", "frequentie": "2"},
            {"volume": 5, "eenheid": "04", "frequentie": "2"},
        ],
    }
    assert punten[2]["regels"]
    later = paar.gemeente.get(plek, headers={"Bv-Klok": "2026-07-01T00:00:00"}).json()["items"]
    assert later[:3] == punten
    assert [(p["moment"], p["gebeurtenis"], p["bericht"]) for p in later[3:]] == [
        ("2026-06-30T22:00:00Z", "einddatum verstreken", None)
    ]


def test_a_message_of_just_after_midnight_belongs_to_the_dutch_day(paar: Paar) -> None:
    """At 00:30 in the Netherlands it is still yesterday in UTC."""
    klok = {"Bv-Klok": "2026-04-01T00:30:00"}
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(Ingangsdatum="2026-04-01"), **klok)
    [item] = paar.gemeente.get("/v1/toewijzingen", headers=klok).json()["items"]
    [punt] = paar.gemeente.get(f"/v1/toewijzingen/{item['id']}/tijdlijn", headers=klok).json()["items"]
    assert (punt["naar"], punt["moment"]) == ("lopend", "2026-03-31T22:30:00Z")


def test_dates_at_the_ends_of_the_calendar(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(Ingangsdatum="0001-01-01", Einddatum="9999-12-31"))
    [item] = paar.gemeente.toewijzingen(geldig_op="9999-12-31")
    assert (item["ingangsdatum"], item["einddatum"]) == ("0001-01-01", "9999-12-31")
    assert paar.gemeente.json(f"/v1/toewijzingen/{item['id']}")
    assert paar.gemeente.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")


def test_commentaar_is_shown_where_the_toewijzing_is(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Commentaar="Graag februari crediteren"))
    [item] = paar.aanbieder.toewijzingen()
    vol = paar.aanbieder.json(f"/v1/toewijzingen/{item['id']}")
    [punt, *_] = paar.aanbieder.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")["items"]
    assert [w["commentaar"] for w in (item, vol, *vol["versies"], punt)] == ["Graag februari crediteren"] * 4
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="12:00:00", Einddatum="2026-06-30"))
    [item] = paar.aanbieder.toewijzingen()
    assert item["commentaar"] is None
