"""Proposals over HTTP: asked, answered, and offered as they are. Nothing is stored by asking."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.berichten import bsns
from tests.conformance.boom import WEG
from tests.knoop import Klant, Knoop, Paar

from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.standaard.domein import Domein

ONBEKEND = "00000000-0000-4000-8000-000000000000"
CONTACT = [{"Soort": "01", "Adres": {"Huis": {"Huisnummer": 1}, "Postcode": "1234AB", "LandCode": "NL"}}]


def vraag(klant: Klant, pad: str, status: int = 200, **velden: Any) -> Any:
    antwoord = klant.post(f"/v1/voorstellen/{pad}", json=velden)
    assert antwoord.status_code == status, antwoord.text
    return antwoord.json()


def bied_aan(klant: Klant, uit: dict[str, Any]) -> None:
    """Offer a proposal as it is."""
    assert uit["xml"], uit
    assert uit["bevindingen"] == []
    klant.goedgekeurd(uit["xml"].encode())


def id_van(klant: Klant, pad: str, **zoek: Any) -> str:
    [item] = klant.json(f"/v1/{pad}", **zoek)["items"]
    return str(item["id"])


@pytest.mark.parametrize("domein", Domein)
def test_a_client_from_request_to_stop(paar: Paar, domein: Domein) -> None:
    d = paar.dossier(domein=domein)
    paar.aanbieder.goedgekeurd(d.bericht("315"))
    verzoek = id_van(paar.gemeente, "verzoeken")
    toekenning = {"verzoek": verzoek, "ingangsdatum": "2026-02-01", "einddatum": "2026-02-27"}
    uit = vraag(paar.gemeente, "toewijzing", verzoeken=[toekenning])
    assert (uit["xml"], [v["naam"] for v in uit["vragen"]]) == (None, ["contactgegevens"])
    vol: dict[str, Any] = {"verzoeken": [toekenning], "contactgegevens": CONTACT, "nummers": [77]}
    uit = vraag(paar.gemeente, "toewijzing", **vol)
    assert uit == vraag(paar.gemeente, "toewijzing", **vol)
    assert uit["uitleg"][0] == (
        "Toewijzing 77 is nieuw en honoreert verzoek VOT-1, anders dan gevraagd: Ingangsdatum, Einddatum (IV094)."
    )
    bied_aan(paar.gemeente, uit)
    toewijzing = id_van(paar.aanbieder, "toewijzingen")
    assert [v["naam"] for v in vraag(paar.aanbieder, "start", toewijzing=toewijzing)["vragen"]] == ["begindatum"]
    nummer = str(paar.aanbieder.json(f"/v1/toewijzingen/{toewijzing}")["toewijzingnummer"])
    start = vraag(paar.aanbieder, "start", toewijzing=nummer, gemeente=paar.gemeentecode, begindatum="2026-02-02")
    als_getal = vraag(paar.aanbieder, "start", toewijzing=int(nummer), begindatum="2026-02-02")
    assert als_getal["uitleg"] == start["uitleg"]  # as the API itself gives it
    assert start == vraag(paar.aanbieder, "start", toewijzing=toewijzing, begindatum="2026-02-02")
    vraag(paar.aanbieder, "start", 404, toewijzing=nummer, gemeente="0001")
    bied_aan(paar.aanbieder, start)
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, "stop", toewijzing=toewijzing))
    verbeterd = vraag(paar.aanbieder, "stop", toewijzing=toewijzing, corrigeert=True, einddatum="2026-02-26")
    bied_aan(paar.aanbieder, verbeterd)
    [item] = paar.gemeente.toewijzingen()
    assert (item["toewijzingnummer"], item["levering"], item["verzoek"]) == (77, "definitief_gestopt", "gehonoreerd")


def test_a_change_is_honoured_with_the_next_free_number(paar: Paar) -> None:
    d = paar.dossier(nummer=1001)
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(replace(d, bsn="999900018", nummer=4000).toewijzing())
    paar.aanbieder.goedgekeurd(d.bericht("317", {"Client/Verzoek/OngewijzigdeProducten": WEG}))
    verzoek = id_van(paar.gemeente, "verzoeken")
    uit = vraag(paar.gemeente, "toewijzing", verzoeken=[{"verzoek": verzoek}])
    bied_aan(paar.gemeente, uit)
    assert {t["toewijzingnummer"] for t in paar.gemeente.toewijzingen(bsn=d.bsn)} == {1001, 4001, 4002}
    nog_eens = vraag(paar.gemeente, "toewijzing", verzoeken=[{"verzoek": verzoek}])
    assert (nog_eens["xml"], nog_eens["uitleg"]) == (None, ["Verzoek VOW-1 is al gehonoreerd."])


def test_a_number_or_identificatie_of_another_is_not_proposed(paar: Paar) -> None:
    d = paar.dossier(nummer=1001)
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(replace(d, bsn="999900018", nummer=4000).bericht("301", _alleen(4000), "GEBRUIKT"))
    paar.aanbieder.goedgekeurd(d.bericht("315"))
    verzoeken = [{"verzoek": id_van(paar.gemeente, "verzoeken")}]
    gevallen: list[tuple[dict[str, Any], str]] = [
        ({"nummers": [4000]}, "TR332"),
        ({"identificatie": "GEBRUIKT"}, "TR056"),
    ]
    for anders, regel in gevallen:
        uit = vraag(paar.gemeente, "toewijzing", verzoeken=verzoeken, **anders)
        assert (uit["xml"], [b["regel"] for b in uit["bevindingen"]]) == (None, [regel])


def _alleen(nummer: int) -> dict[str, Any]:
    return {"Client/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer": str(nummer)}


def test_a_change_is_asked_and_honoured(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    toewijzing = id_van(paar.aanbieder, "toewijzingen")
    open_ = vraag(paar.aanbieder, "verzoek-wijziging", toewijzing=toewijzing)
    assert {v["naam"]: bool(v["keuzes"]) for v in open_["vragen"]} == {"reden": True, "volume": False}
    wens: dict[str, Any] = {"toewijzing": toewijzing, "reden": "1", "volume": 6, "vanaf": "2026-04-01"}
    uit = vraag(paar.aanbieder, "verzoek-wijziging", **wens)
    assert uit == vraag(paar.aanbieder, "verzoek-wijziging", **wens)
    bied_aan(paar.aanbieder, uit)
    verzoek = id_van(paar.gemeente, "verzoeken")
    bied_aan(paar.gemeente, vraag(paar.gemeente, "toewijzing", verzoeken=[{"verzoek": verzoek}]))
    nummers = {t["toewijzingnummer"]: t["omvang"]["volume"] for t in paar.aanbieder.toewijzingen()}
    assert sorted(nummers.values()) == [4, 6]


def test_a_reference_of_another_client_is_not_proposed(paar: Paar) -> None:
    een, ander = paar.dossier(), paar.dossier("999900018", nummer=1002)
    paar.gemeente.goedgekeurd(een.toewijzing())
    paar.gemeente.goedgekeurd(ander.toewijzing())
    wens: dict[str, Any] = {"reden": "1", "einddatum": "2026-06-30", "referentie": "MIJN-1"}
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, "verzoek-wijziging", toewijzing="1001", **wens))
    tweede = vraag(paar.aanbieder, "verzoek-wijziging", toewijzing="1002", **wens)
    assert (tweede["xml"], [b["regel"] for b in tweede["bevindingen"]]) == (None, ["TR347"])


def test_a_product_is_asked_for_a_client_that_is_known(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    product = {"categorie": "06", "code": "06T01", "volume": 2, "eenheid": "04", "frequentie": "2"}
    wens: dict[str, Any] = product | {"vanaf": "2026-04-01", "einddatum": "2026-12-31", "verwijzer": "01"}
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, "verzoek-toewijzing", toewijzing="1001", **wens))
    [verzoek] = paar.gemeente.json("/v1/verzoeken")["items"]
    assert (verzoek["soort"], verzoek["toestand"]) == ("VOT", "ingediend")
    vraag(paar.gemeente, "verzoek-toewijzing", 403, toewijzing="1001", **wens)
    vraag(paar.aanbieder, "verzoek-toewijzing", 404, toewijzing="9", **wens)
    vraag(paar.aanbieder, "verzoek-toewijzing", 400, toewijzing="1001", volume="veel")


PRODUCT: dict[str, Any] = {"categorie": "06", "vanaf": "2026-04-01", "verwijzer": "01"}
WIE: dict[str, Any] = {"geslachtsnaam": "Vries", "voorvoegsel": "de", "geboortedatum": "1980-02-29", "geslacht": "2"}


def test_a_product_is_asked_for_a_client_that_is_new(paar: Paar) -> None:
    wie: dict[str, Any] = {"domein": "iwmo", "gemeente": paar.gemeentecode, "bsn": "999900055"}
    leeg = vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie)
    assert leeg["xml"] is None
    assert {v["naam"]: bool(v["keuzes"]) for v in leeg["vragen"]} == {
        "geslachtsnaam": False, "geboortedatum": False, "geslacht": True, "categorie": True, "vanaf": False, "verwijzer": True,
    }  # fmt: skip
    uit = vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie, **WIE, **PRODUCT)
    assert uit == vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie, **WIE, **PRODUCT)
    assert "Naam, geboortedatum en geslacht zijn zoals u ze invulde." in uit["uitleg"]
    assert not any(geheim in str(uit["uitleg"]) for geheim in ("999900055", "Vries", "1980"))
    bied_aan(paar.aanbieder, uit)
    [verzoek] = paar.gemeente.json("/v1/verzoeken", bsn="999900055")["items"]
    assert (verzoek["soort"], verzoek["toestand"]) == ("VOT", "ingediend")
    vraag(paar.gemeente, "verzoek-nieuwe-client", 403, **wie)
    vraag(paar.aanbieder, "verzoek-nieuwe-client", 400, **wie | {"bsn": "12"})


def test_who_was_asked_for_before_is_known(paar: Paar) -> None:
    """From the last message about a client, his own aanbieder's only; what one says oneself goes first."""
    wie: dict[str, Any] = {"domein": "iwmo", "gemeente": paar.gemeentecode, "bsn": "999900067"}
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie, **WIE, **PRODUCT))
    [verzoek] = paar.gemeente.json("/v1/verzoeken", bsn="999900067")["items"]
    bied_aan(paar.gemeente, vraag(paar.gemeente, "antwoord", verzoek=verzoek["id"], antwoord="afwijzen", reden="3"))
    weer = vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie, **PRODUCT)
    assert "Naam, geboortedatum en geslacht komen uit uw laatste verzoek." in weer["uitleg"]
    assert all(tekst in weer["xml"] for tekst in ("Vries", "1980-02-29"))
    anders = vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie, **PRODUCT, geslachtsnaam="Jansen")
    assert ("Jansen" in anders["xml"], "Vries" in anders["xml"], "1980-02-29" in anders["xml"]) == (True, False, True)
    paar.gemeente.goedgekeurd(paar.dossier("999900079").toewijzing())
    bekend = vraag(paar.aanbieder, "verzoek-nieuwe-client", **wie | {"bsn": "999900079"}, **PRODUCT)
    assert "Naam, geboortedatum en geslacht komen uit het laatste toewijzingsbericht." in bekend["uitleg"]
    bied_aan(paar.aanbieder, bekend)


def test_two_clients_at_one_moment_have_messages_of_their_own(paar: Paar) -> None:
    """And nothing of who they are is in the number: of a Bsn all there are could be tried."""
    een: dict[str, Any] = {"domein": "iwmo", "gemeente": paar.gemeentecode, "bsn": "999900080"}
    ander = een | {"bsn": "999900092"}
    eerste = vraag(paar.aanbieder, "verzoek-nieuwe-client", **een, **WIE, **PRODUCT)
    assert (
        eerste["xml"].replace(een["bsn"], ander["bsn"])
        == vraag(paar.aanbieder, "verzoek-nieuwe-client", **ander, **WIE, **PRODUCT)["xml"]
    )
    bied_aan(paar.aanbieder, eerste)
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, "verzoek-nieuwe-client", **ander, **WIE, **PRODUCT))


def test_a_request_is_refused_or_looked_into(paar: Paar) -> None:
    paar.aanbieder.goedgekeurd(paar.dossier().bericht("315"))
    verzoek = id_van(paar.gemeente, "verzoeken")
    bied_aan(paar.gemeente, vraag(paar.gemeente, "antwoord", verzoek=verzoek, antwoord="onderzoek"))
    uit = vraag(paar.gemeente, "antwoord", verzoek=verzoek, antwoord="afwijzen")
    assert {"waarde": "3", "omschrijving": "Geen contract"} in uit["vragen"][0]["keuzes"]
    bied_aan(paar.gemeente, vraag(paar.gemeente, "antwoord", verzoek=verzoek, antwoord="afwijzen", reden="3"))
    assert vraag(paar.gemeente, "antwoord", 422, verzoek=verzoek, antwoord="onderzoek", reden="3")["detail"]


def test_a_request_has_its_reference_for_a_name_too(paar: Paar) -> None:
    paar.aanbieder.goedgekeurd(paar.dossier().bericht("315"))
    verzoek = id_van(paar.gemeente, "verzoeken")
    op_id = vraag(paar.gemeente, "antwoord", verzoek=verzoek, antwoord="afwijzen", reden="3")
    assert vraag(paar.gemeente, "antwoord", verzoek="VOT-1", antwoord="afwijzen", reden="3") == op_id
    twee_keer = [{"verzoek": verzoek}, {"verzoek": "VOT-1"}]
    assert "meer dan één keer" in vraag(paar.gemeente, "toewijzing", 422, verzoeken=twee_keer)["detail"]
    vraag(paar.gemeente, "antwoord", 404, verzoek="VOT-2", antwoord="onderzoek")
    vraag(paar.gemeente, "antwoord", 404, verzoek="V" * 21, antwoord="onderzoek")


def test_a_day_is_no_number_of_seconds(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier(nummer=1001).toewijzing())
    for dag in (1769990400, "20260202", "2026-02-02T00:00:00"):
        vraag(paar.aanbieder, "start", 400, toewijzing="1001", begindatum=dag)
    assert vraag(paar.aanbieder, "start", toewijzing="1001", begindatum="2026-02-02")["xml"]


def test_asking_stores_nothing(node: Knoop, paar: Paar) -> None:
    paar.aanbieder.goedgekeurd(paar.dossier().bericht("315"))

    def aantal() -> int:
        with node.engine.connect() as verbinding:
            gevraagd = select(func.count()).where(bericht.c.bestemming.in_([paar.agb, paar.gemeentecode]))
            return int(verbinding.execute(gevraagd).scalar_one())

    voor = aantal()
    verzoeken = [{"verzoek": id_van(paar.gemeente, "verzoeken")}]
    assert vraag(paar.gemeente, "toewijzing", verzoeken=verzoeken, contactgegevens=CONTACT)["xml"]
    assert aantal() == voor


def test_who_does_not_send_a_message_gets_no_proposal_of_it(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    toewijzing = id_van(paar.gemeente, "toewijzingen")
    gevallen: list[tuple[Klant, str, dict[str, Any]]] = [
        (paar.aanbieder, "toewijzing", {"verzoeken": [{"verzoek": ONBEKEND}]}),
        (paar.aanbieder, "antwoord", {"verzoek": ONBEKEND, "antwoord": "afwijzen"}),
        (paar.gemeente, "start", {"toewijzing": toewijzing, "begindatum": "2026-02-02"}),
        (paar.gemeente, "stop", {"toewijzing": toewijzing}),
        (paar.aanbieder, "productconversie", CONVERSIE),
    ]
    for klant, pad, velden in gevallen:
        assert vraag(klant, pad, 403, **velden)["type"].endswith("niet-van-u")


def test_others_get_nothing(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    paar.aanbieder.goedgekeurd(paar.dossier().bericht("315"))
    verzoek, toewijzing = id_van(paar.gemeente, "verzoeken"), id_van(paar.gemeente, "toewijzingen")
    for id_ in (verzoek, ONBEKEND, "onzin"):
        vraag(ander.gemeente, "toewijzing", 404, verzoeken=[{"verzoek": id_}])
        vraag(ander.gemeente, "antwoord", 404, verzoek=id_, antwoord="onderzoek")
    for id_ in (toewijzing, ONBEKEND, "onzin"):
        vraag(ander.aanbieder, "start", 404, toewijzing=id_)
        vraag(ander.aanbieder, "stop", 404, toewijzing=id_)


def test_a_question_that_is_not_sound_is_refused(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.bericht("315"))
    paar.aanbieder.goedgekeurd(replace(d, bsn="999900018").bericht("315", {_REF: "VOT-ANDER"}))
    een = id_van(paar.gemeente, "verzoeken", referentie="VOT-1")
    ander = id_van(paar.gemeente, "verzoeken", referentie="VOT-ANDER")
    vragen: tuple[dict[str, Any], ...] = (
        {"verzoeken": []},
        {"verzoeken": [{"verzoek": een, "onzin": 1}]},
        {"verzoeken": [{"verzoek": een}], "contactgegevens": [{"Soort": "01", "Onzin": 1}]},
    )
    for velden in vragen:
        vraag(paar.gemeente, "toewijzing", 400, **velden)
    vraag(paar.gemeente, "toewijzing", 422, verzoeken=[{"verzoek": een}], vanaf="2026-03-02")
    vraag(paar.gemeente, "toewijzing", 422, verzoeken=[{"verzoek": een, "ingangsdatum": None}])
    for tweede in (een, ander):
        vraag(paar.gemeente, "toewijzing", 422, verzoeken=[{"verzoek": een}, {"verzoek": tweede}])


_REF = "Client/AangevraagdeProducten/AangevraagdProduct[1]/ReferentieAanbieder"

CONVERSIE: dict[str, Any] = {
    "domein": "iwmo",
    "per": "2026-04-01",
    "tabel": [{"oude_code": "02*", "categorie": "02", "code": "02Z01"}],
}


def test_product_codes_are_converted_for_all_clients(paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichtenverkeer.voorstel.productconversie.PER_VRAAG", 3)
    monkeypatch.setattr("berichtenverkeer.voorstel.productconversie.PER_KEER", 2)
    d = paar.dossier()
    clienten = [replace(d, bsn=bsn, nummer=100 + n) for n, bsn in zip(range(5), bsns(), strict=False)]
    for client in clienten:
        paar.gemeente.goedgekeurd(client.toewijzing())
    later = replace(d, bsn=clienten[0].bsn, domein=Domein.IJW)
    paar.gemeente.goedgekeurd(later.toewijzing())
    droog = vraag(paar.gemeente, "productconversie", **CONVERSIE)
    assert (droog["berichten"], droog["toewijzingen"]) == (5, 5)
    assert droog["per_aanbieder"] == [{"wat": paar.agb, "aantal": 5}]
    assert droog["per_code"] == [{"wat": "02T01 → 02Z01", "aantal": 5}]
    assert {client["xml"] for client in droog["clienten"]} == {None}
    antwoord = paar.gemeente.post("/v1/voorstellen/productconversie?uit=xml", json=CONVERSIE | {"vanaf_nummer": 5000})
    for client in antwoord.json()["clienten"]:
        paar.gemeente.goedgekeurd(client["xml"].encode())
    nummers = {t["toewijzingnummer"] for t in paar.gemeente.toewijzingen(product="02Z01")}
    assert nummers == set(range(5000, 5005))
    assert vraag(paar.gemeente, "productconversie", **CONVERSIE)["berichten"] == 0


@pytest.mark.parametrize(
    ("anders", "status"),
    [
        ({"reden": "12"}, 422),
        ({"tabel": []}, 400),
        ({"tabel": [{"oude_code": "*", "categorie": "02", "code": "02Z01"}]}, 422),
        ({"per": "onzin"}, 400),
        ({"domein": "wlz"}, 400),
    ],
)
def test_a_conversion_that_cannot_be_is_refused(paar: Paar, anders: dict[str, Any], status: int) -> None:
    vraag(paar.gemeente, "productconversie", status, **(CONVERSIE | anders))
