"""GET /v1/verzoeken: what is asked, how it stands, before when an answer must come, and who may see it."""

from dataclasses import replace
from typing import Any

import pytest
from tests.berichten import Dossier
from tests.conformance.boom import WEG, Boom
from tests.knoop import Klant, Knoop, Paar

from berichtenverkeer.standaard.domein import Domein

_PRODUCT = "Client/AangevraagdeProducten/AangevraagdProduct"


def vot(d: Dossier, referentie: str, tweede: str | None = None) -> bytes:
    """A 315 with one product, or with a second of another category."""
    wijzigingen: dict[str, Boom] = {f"{_PRODUCT}[1]/ReferentieAanbieder": referentie}
    if tweede is not None:
        wijzigingen[f"{_PRODUCT}[2]"] = {
            "ReferentieAanbieder": tweede,
            "Product": {"Categorie": {"iwmo": "07", "ijw": "41"}},
            "ToewijzingIngangsdatum": "2026-04-01",
            "ToewijzingEinddatum": "2026-12-31",
            "Budget": "100000",
            "Verwijzer": {"Type": "02", "Naam": "Testhuisarts"},
        }
    return d.bericht("315", wijzigingen)


def vow(d: Dossier, referentie: str) -> bytes:
    """A 317 on the one toewijzing of this dossier: more, and something new."""
    pad = "Client/Verzoek"
    return d.bericht(
        "317",
        {
            f"{pad}/ReferentieAanbieder": referentie,
            f"{pad}/OngewijzigdeProducten": WEG,
            f"{pad}/TeWijzigenProducten/TeWijzigenProduct[1]/ToewijzingNummer": str(d.nummer),
        },
    )


def onderzoek(d: Dossier, referentie: str) -> bytes:
    return d.bericht(
        "319",
        {
            "Antwoord/ReferentieAanbieder": referentie,
            "Antwoord/VerzoekAntwoord": "2",
            "Antwoord/RedenAfwijzingVerzoek": WEG,
        },
    )


def afwijzing(d: Dossier, referentie: str, **velden: Boom) -> bytes:
    meer = {f"Antwoord/{naam}": waarde for naam, waarde in velden.items()}
    return d.bericht("319", {"Antwoord/ReferentieAanbieder": referentie, **meer})


def verzoeken(klant: Klant, **vraag: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = klant.json("/v1/verzoeken", **vraag)["items"]
    return items


def _een(klant: Klant, **vraag: Any) -> dict[str, Any]:
    [item] = verzoeken(klant, **vraag)
    return item


# what an item says


def test_a_vot_is_one_item_a_product(paar: Paar) -> None:
    d = paar.dossier()
    paar.aanbieder.goedgekeurd(vot(d, "A", "B"))
    eerste, tweede = sorted(verzoeken(paar.gemeente), key=lambda item: item["referentie"])
    assert {naam: waarde for naam, waarde in eerste.items() if naam != "id"} == {
        "domein": "iwmo", "gemeente": paar.gemeentecode, "aanbieder": paar.agb, "bsn": d.bsn, "soort": "VOT",
        "referentie": "A", "toestand": "ingediend", "toewijzingnummers": [], "ingediend_op": "2026-03-02T11:00:00Z",
        "antwoord_voor": "2026-03-09",
    }  # fmt: skip
    assert (tweede["referentie"], tweede["toestand"]) == ("B", "ingediend")
    paar.gemeente.goedgekeurd(afwijzing(d, "A"))
    assert {item["referentie"]: item["toestand"] for item in verzoeken(paar.aanbieder)} == {
        "A": "afgewezen", "B": "ingediend",
    }  # fmt: skip


def test_a_vow_is_one_item_and_names_its_toewijzingen(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(vow(d, "W"))
    item = _een(paar.aanbieder)
    assert (item["soort"], item["referentie"], item["toestand"]) == ("VOW", "W", "ingediend")
    assert item["toewijzingnummers"] == [1001]
    assert paar.aanbieder.toewijzingen()[0]["verzoek"] == "ingediend"


def test_a_toewijzing_shows_what_is_asked_of_it(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    [toewijzing] = paar.aanbieder.toewijzingen()
    assert paar.aanbieder.json(f"/v1/toewijzingen/{toewijzing['id']}")["gevraagd"] is None
    vot = paar.aanbieder.goedgekeurd(d.bericht("315"))
    assert vot["oordeel"] == "goedgekeurd"
    [verzoek, *_] = paar.aanbieder.json("/v1/verzoeken")["items"]
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="12:00:00", ReferentieAanbieder=verzoek["referentie"]))
    gevraagd = paar.gemeente.json(f"/v1/toewijzingen/{toewijzing['id']}")["gevraagd"]
    assert {naam: gevraagd[naam] for naam in ("id", "soort", "referentie", "toestand")} == {
        "id": verzoek["id"], "soort": "VOT", "referentie": verzoek["referentie"], "toestand": "gehonoreerd",
    }  # fmt: skip
    volledig = paar.gemeente.json(f"/v1/verzoeken/{verzoek['id']}")
    assert gevraagd["gevraagd"] == volledig["gevraagd"] != []


def test_what_honours_a_vot_is_named(paar: Paar) -> None:
    d = paar.dossier()
    paar.aanbieder.goedgekeurd(vot(d, "A"))
    paar.gemeente.goedgekeurd(d.toewijzing(ReferentieAanbieder="A"))
    item = _een(paar.aanbieder)
    assert (item["toestand"], item["toewijzingnummers"], item["antwoord_voor"]) == ("gehonoreerd", [1001], None)


def test_a_rejected_request_is_not_there(paar: Paar) -> None:
    d = paar.dossier()
    paar.aanbieder.goedgekeurd(vot(d, "A"))
    assert paar.aanbieder.aangenomen(vot(d, "B"))["oordeel"] == "afgekeurd"
    assert [item["referentie"] for item in verzoeken(paar.aanbieder)] == ["A"]


# before when


@pytest.mark.parametrize(
    ("ingediend", "uiterlijk"),
    [
        ("2026-03-06", "2026-03-13"),  # a Friday: the five days begin on Monday
        ("2026-03-07", "2026-03-13"),  # a Saturday: likewise
        ("2026-04-02", "2026-04-10"),  # tweede paasdag is free, Goede vrijdag is not
        ("2026-04-24", "2026-05-04"),  # Koningsdag
        ("2026-05-13", "2026-05-21"),  # Hemelvaart
    ],
)
def test_an_answer_is_due_in_five_working_days(paar: Paar, ingediend: str, uiterlijk: str) -> None:
    data = paar.dossier().bericht(
        "315", {f"{_PRODUCT}[1]/ToewijzingIngangsdatum": "2026-06-01", f"{_PRODUCT}[1]/ReferentieAanbieder": "A"}
    )
    paar.aanbieder.goedgekeurd(data, **{"Bv-Klok": f"{ingediend}T10:00:00"})
    assert _een(paar.gemeente)["antwoord_voor"] == uiterlijk


def test_a_decision_is_due_eight_weeks_after_the_dagtekening(paar: Paar) -> None:
    """Dagtekening is Monday 2 March; eight weeks later is Koningsdag, so the day after."""
    d = paar.dossier()
    paar.aanbieder.goedgekeurd(vot(d, "A"), **{"Bv-Klok": "2026-03-04T10:00:00"})
    paar.gemeente.goedgekeurd(onderzoek(d, "A"), **{"Bv-Klok": "2026-03-10T10:00:00"})
    item = _een(paar.gemeente)
    assert (item["toestand"], item["antwoord_voor"]) == ("in_onderzoek", "2026-04-28")
    paar.gemeente.goedgekeurd(afwijzing(d, "A"), **{"Bv-Klok": "2026-03-11T10:00:00"})
    assert _een(paar.gemeente)["antwoord_voor"] is None


# what to look for


@pytest.fixture
def gevuld(paar: Paar) -> Paar:
    """A VOT in research and a VOW of two clients, and a refused VOT under the other law."""
    een, twee = paar.dossier(), paar.dossier(bsn="999900018", nummer=1002)
    jeugd = paar.dossier(domein=Domein.IJW)
    paar.aanbieder.goedgekeurd(vot(een, "A"))
    paar.gemeente.goedgekeurd(onderzoek(een, "A"))
    paar.gemeente.goedgekeurd(twee.toewijzing())
    paar.aanbieder.goedgekeurd(vow(twee, "W"))
    paar.aanbieder.goedgekeurd(vot(jeugd, "A"))
    paar.gemeente.goedgekeurd(afwijzing(jeugd, "A"))
    return paar


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ({}, ["iwmo A", "iwmo W", "ijw A"]),
        ({"domein": "ijw"}, ["ijw A"]),
        ({"bsn": "999900018"}, ["iwmo W"]),
        ({"soort": "VOT"}, ["iwmo A", "ijw A"]),
        ({"soort": "VOW"}, ["iwmo W"]),
        ({"referentie": "A"}, ["iwmo A", "ijw A"]),
        ({"toestand": "in_onderzoek"}, ["iwmo A"]),
        ({"toestand": "gehonoreerd"}, []),
        ({"toestand": "afgewezen", "domein": "ijw", "soort": "VOT"}, ["ijw A"]),
        ({"gemeente": "0000"}, []),
    ],
    ids=str,
)
def test_filters(gevuld: Paar, vraag: dict[str, str], gevonden: list[str]) -> None:
    for klant in (gevuld.gemeente, gevuld.aanbieder):
        assert [f"{item['domein']} {item['referentie']}" for item in verzoeken(klant, **vraag)] == gevonden


def test_filters_on_the_other_party(gevuld: Paar) -> None:
    assert len(verzoeken(gevuld.gemeente, aanbieder=gevuld.agb)) == 3
    assert len(verzoeken(gevuld.aanbieder, gemeente=gevuld.gemeentecode)) == 3
    assert verzoeken(gevuld.gemeente, aanbieder="99999999") == []


@pytest.mark.parametrize("vraag", [{"soort": "VOX"}, {"toestand": "lopend"}, {"bsn": "12"}, {"limiet": "0"}], ids=str)
def test_a_question_that_cannot_be(paar: Paar, vraag: dict[str, str]) -> None:
    assert paar.gemeente.get("/v1/verzoeken", params=vraag).status_code == 400


def test_a_cursor_that_cannot_be(paar: Paar) -> None:
    assert paar.gemeente.get("/v1/verzoeken", params={"gewijzigdNa": "zomaar"}).status_code == 400


def test_the_cursor_gives_each_change_once_in_its_newest_form(gevuld: Paar) -> None:
    gezien, cursor = [], "0"
    while items := (pagina := gevuld.aanbieder.json("/v1/verzoeken", gewijzigd_na=cursor, limiet=1))["items"]:
        gezien += [item["referentie"] for item in items]
        cursor = pagina["volgende"]
    assert gezien == ["A", "W", "A"]
    assert gevuld.aanbieder.json("/v1/verzoeken", gewijzigd_na=cursor) == {"items": [], "volgende": cursor}
    gevuld.gemeente.goedgekeurd(afwijzing(gevuld.dossier(), "A"))
    [item] = verzoeken(gevuld.aanbieder, gewijzigd_na=cursor)
    assert (item["domein"], item["referentie"], item["toestand"]) == ("iwmo", "A", "afgewezen")


# who sees what


def test_only_the_two_parties_see_a_request(node: Knoop, gevuld: Paar) -> None:
    ander = node.paar()
    for item in verzoeken(gevuld.gemeente):
        assert gevuld.aanbieder.json(f"/v1/verzoeken/{item['id']}") == gevuld.gemeente.json(
            f"/v1/verzoeken/{item['id']}"
        )
        for vreemde in (ander.gemeente, ander.aanbieder):
            assert vreemde.get(f"/v1/verzoeken/{item['id']}").status_code == 404
    assert verzoeken(ander.gemeente) == verzoeken(ander.aanbieder) == []
    assert node.klant(None).get("/v1/verzoeken").status_code == 401


def test_a_gemeente_sees_its_own_of_an_aanbieder_that_works_for_more(node: Knoop, paar: Paar) -> None:
    elders = node.paar()
    daar = replace(paar.dossier(), gemeente=elders.gemeentecode)
    paar.aanbieder.goedgekeurd(vot(paar.dossier(), "A"))
    paar.aanbieder.goedgekeurd(vot(daar, "B"))
    assert [item["referentie"] for item in verzoeken(paar.aanbieder)] == ["A", "B"]
    assert [item["referentie"] for item in verzoeken(paar.gemeente)] == ["A"]
    assert [item["referentie"] for item in verzoeken(elders.gemeente)] == ["B"]


# one request


def test_one_request_says_all_that_it_asks(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(vow(d, "W"))
    paar.gemeente.goedgekeurd(onderzoek(d, "W"))
    paar.gemeente.goedgekeurd(afwijzing(d, "W"))
    item = _een(paar.aanbieder)
    uit = paar.aanbieder.json(f"/v1/verzoeken/{item['id']}")
    assert uit.items() >= item.items()
    gevraagd = [(deel["wijziging"], deel["toewijzingnummer"], deel["ingangsdatum"]) for deel in uit["gevraagd"]]
    assert gevraagd == [("te_wijzigen", 1001, "2026-04-01"), ("nieuw", None, "2026-04-01")]
    assert [deel["omvang"]["volume"] for deel in uit["gevraagd"]] == [6, 2]
    assert [(antwoord["verzoekantwoord"], antwoord["reden_afwijzing"]) for antwoord in uit["antwoorden"]] == [
        ("2", None), ("1", "3"),
    ]  # fmt: skip
    assert uit["reden_verzoek"] == "1"
    assert paar.gemeente.json(f"/v1/berichten/{uit['bericht']}")["berichtsoort"] == "WMO317"


def test_the_gemeente_that_is_responsible_is_named(paar: Paar) -> None:
    d = paar.dossier(domein=Domein.IJW)
    paar.aanbieder.goedgekeurd(vot(d, "A"))
    paar.gemeente.goedgekeurd(
        afwijzing(d, "A", RedenAfwijzingVerzoek="8", Woonplaatsbeginsel={"Gemeente": "0758"})
    )  # fmt: skip
    [antwoord] = paar.aanbieder.json(f"/v1/verzoeken/{_een(paar.aanbieder)['id']}")["antwoorden"]
    assert (antwoord["reden_afwijzing"], antwoord["verantwoordelijke_gemeente"]) == ("8", "0758")


def test_a_request_that_is_not_there(paar: Paar) -> None:
    assert paar.gemeente.get("/v1/verzoeken/00000000-0000-5000-8000-000000000000").status_code == 404
    assert paar.gemeente.get("/v1/verzoeken/zomaar").status_code == 404
