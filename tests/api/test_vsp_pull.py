"""VSP, fetching: what lies ready, the payload, acknowledging; and the status of messages."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any

import pytest
from tests.knoop import NU, Knoop, Paar
from tests.vsp import (
    PULL,
    STATUS,
    codes,
    dien_in,
    ingediend,
    lijst,
    meldingen,
    statussen,
    subtype,
    van,
    wacht,
    zending,
)

from berichtenverkeer.keten.envelop.vsp import Statusmelding
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.zendingen import Opname, Zending, bewaar_foutbericht
from berichtenverkeer.standaard.domein import Domein

_NIETS = "00000000-0000-4000-8000-000000000000"


def _ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["referentiegegevens"]["traceerId"] for item in items]


def _soorten(items: list[dict[str, Any]]) -> list[str]:
    return [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in items]


def test_what_lies_ready(paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    uit = paar.gemeente.goedgekeurd(data)
    assert lijst(paar.aanbieder) == [
        {
            "basisgegevens": {
                "ontvangenOp": NU.isoformat(),
                "payload": {
                    "url": f"{str(paar.aanbieder.base_url).rstrip('/')}{PULL}/{uit['id']}/payload",
                    "grootte": len(data),
                    "checksum": {"algoritme": "SHA256", "waarde": hashlib.sha256(data).hexdigest()},
                },
            },
            "routeringgegevens": {
                "afzender": {"rol": "Gemeente", "code": paar.gemeentecode},
                "geadresseerden": [{"rol": "Instelling", "code": paar.agb}],
                "berichtstroom": {
                    "berichttype": "WMO", "berichtsubtype": "WMO301", "berichtversie": 3, "berichtsubversie": 2,
                    "actie": "Toewijzing",
                },
            },
            "referentiegegevens": {"conversatieId": uit["id"], "traceerId": uit["id"]},
            "verwerkingscontext": [
                {"sleutel": "Applicatie", "waarde": ["GGKWebservice"]},
                {"sleutel": "ApplicatieVersie", "waarde": ["1"]}, {"sleutel": "ApplicatieSubversie", "waarde": ["0"]},
                {"sleutel": "Referentienummer", "waarde": [uit["id"]]},
            ],
        }
    ]  # fmt: skip


def test_fetching_takes_nothing_away_acknowledging_does(paar: Paar) -> None:
    d = paar.dossier()
    ids = [paar.gemeente.goedgekeurd(d.toewijzing())["id"] for _ in range(3)]
    for _ in range(2):
        assert paar.aanbieder.get(f"{PULL}/{ids[0]}/payload").status_code == 200
        assert _ids(lijst(paar.aanbieder)) == ids
    assert _ids(lijst(paar.aanbieder, limit=2)) == ids[:2]
    for _ in range(2):
        antwoord = paar.aanbieder.delete(f"{PULL}/{ids[0]}")
        assert (antwoord.status_code, antwoord.content) == (202, b"")
        assert _ids(lijst(paar.aanbieder, limit=2)) == ids[1:]
    assert [item["status"] for item in paar.aanbieder.postvak()] == ["Bezorgd", "WordtAangeboden", "WordtAangeboden"]
    assert wacht(paar.gemeente, ids[0])["berichtstatus"] == "Bezorgd"
    assert paar.aanbieder.delete(f"{PULL}/{ids[1].upper()}").status_code == 202


def test_a_postvak_is_of_its_party(node: Knoop, paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    for klant, id_ in (
        (paar.gemeente, uit["id"]),
        (node.paar().aanbieder, uit["id"]),
        (paar.aanbieder, uit["retour"]["id"]),
        (paar.aanbieder, _NIETS),
        (paar.aanbieder, "x"),
    ):
        assert klant.delete(f"{PULL}/{id_}").status_code == 404
        assert klant.get(f"{PULL}/{id_}/payload").status_code == 404
    assert _ids(lijst(paar.aanbieder)) == [uit["id"]]


def test_a_payload_goes_24_hours_after_it_was_acknowledged(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    plek = f"{PULL}/{uit['id']}/payload"
    laat = {"Bv-Klok": (NU + timedelta(days=60)).isoformat()}
    assert paar.aanbieder.get(plek, headers=laat).status_code == 200
    paar.aanbieder.delete(f"{PULL}/{uit['id']}")
    for na, status in ((timedelta(hours=23, minutes=59), 200), (timedelta(hours=24), 404)):
        assert paar.aanbieder.get(plek, headers={"Bv-Klok": (NU + na).isoformat()}).status_code == status
    assert paar.aanbieder.delete(f"{PULL}/{uit['id']}", headers=laat).status_code == 202


@pytest.mark.parametrize("limit", ["0", "251", "x", "-1", "", "1.5"])
def test_a_limit_that_is_none(bezoeker: Paar, limit: str) -> None:
    zoekpad = {"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": _NIETS}
    for antwoord in (
        bezoeker.aanbieder.get(PULL, params={"limit": limit}),
        bezoeker.aanbieder.post(f"{PULL}/zoeken", params={"limit": limit}, json=zoekpad),
    ):
        assert antwoord.status_code == 400
        assert list(antwoord.json()["errors"]) == ["limit"]


def _zoek(paar: Paar, **zoekpad: Any) -> list[dict[str, Any]]:
    antwoord = paar.aanbieder.post(f"{PULL}/zoeken", json=zoekpad)
    assert antwoord.status_code == 200, antwoord.text
    uit: list[dict[str, Any]] = antwoord.json()
    return uit


def test_searching(paar: Paar) -> None:
    d, jw = paar.dossier(), paar.dossier(domein=Domein.IJW)
    een = paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(jw.toewijzing())
    z = zending(d.start())
    ingediend(paar.aanbieder, z)

    def op_stroom(**velden: Any) -> list[str]:
        return _soorten(_zoek(paar, zoekpadType="ZoekpadOpBerichtstroom", **velden))

    assert op_stroom(berichttype="WMO") == ["WMO301", "WMO306"]
    assert op_stroom(berichttype="JW") == ["JW301"]
    assert op_stroom(berichttype="AWBZ") == []
    assert op_stroom(berichttype="WMO", berichtsubtype="WMO306", berichtversie=3, berichtsubversie=2) == ["WMO306"]
    assert op_stroom(berichttype="JW", berichtsubtype="WMO306") == []
    assert op_stroom(berichttype="WMO", berichtversie=2) == []
    assert op_stroom(berichttype="WMO", actie="Toewijzing") == ["WMO301"]
    assert op_stroom(berichttype="WMO", geadresseerdeRol="Instelling", geadresseerdeCode=paar.agb) == [
        "WMO301",
        "WMO306",
    ]
    assert op_stroom(berichttype="WMO", geadresseerdeRol="Praktijk") == []
    assert op_stroom(berichttype="WMO", geadresseerdeCode="99999999") == []
    assert _ids(_zoek(paar, zoekpadType="ZoekpadOpConversatieId", conversatieId=een["id"])) == [een["id"]]
    [retour] = _zoek(paar, zoekpadType="ZoekpadOpConversatieId", conversatieId=z.id.upper())
    assert _zoek(paar, zoekpadType="ZoekpadOpAlsAntwoordOp", alsAntwoordOp=z.id) == [retour]
    assert _zoek(paar, zoekpadType="ZoekpadOpAlsAntwoordOp", alsAntwoordOp=een["id"]) == []
    paar.aanbieder.delete(f"{PULL}/{_ids([retour])[0]}")
    assert op_stroom(berichttype="WMO") == ["WMO301"]


@pytest.mark.parametrize(
    ("zoekpad", "veld", "zin"),
    [
        ({}, "zoekpadType", "Kies een zoekpad: ZoekpadOpBerichtstroom, "),
        ({"zoekpadType": "Anders"}, "zoekpadType", "bestaat niet; kies ZoekpadOpBerichtstroom, "),
        ({"zoekpadType": "ZoekpadOpBerichtstroom"}, "berichttype", "verplicht"),
        ({"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": "x"}, "conversatieId", "UUID"),
        ({"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": _NIETS, "meer": 1}, "meer", "bestaat niet"),
        ([], "body", "juiste vorm"),
        (None, "body", ""),
    ],
)
def test_a_question_of_another_form(bezoeker: Paar, zoekpad: Any, veld: str, zin: str) -> None:
    antwoord = bezoeker.aanbieder.post(f"{PULL}/zoeken", json=zoekpad)
    assert antwoord.status_code == 400
    [(genoemd, zinnen)] = antwoord.json()["errors"].items()
    assert genoemd == veld
    assert zin in zinnen[0]


@pytest.mark.parametrize(
    "vraag", [{}, {"traceerId": _NIETS, "conversatieId": _NIETS}, {"traceerId": "x"}, {"conversatieId": ""}]
)
def test_a_status_is_asked_by_one_id(bezoeker: Paar, vraag: dict[str, str]) -> None:
    antwoord = bezoeker.aanbieder.get(STATUS, params=vraag)
    assert antwoord.status_code == 400
    assert antwoord.json()["errors"]


def test_a_status_with_that_of_the_answer(node: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = zending(d.start()).met(referentiegegevens__conversatieId=str(uuid.uuid4()))
    ingediend(paar.aanbieder, z)
    conversatie = z.metadata["referentiegegevens"]["conversatieId"]
    heen, terug = statussen(paar.aanbieder, traceerId=z.id)
    assert (van(heen)["traceerId"], heen["berichtstatus"], subtype(heen)) == (z.id, "WordtAangeboden", "WMO305")
    assert (van(terug)["alsAntwoordOp"], van(terug)["conversatieId"]) == (z.id, conversatie)
    assert subtype(terug) == "WMO306"
    assert statussen(paar.aanbieder, conversatieId=conversatie) == [heen, terug]
    assert statussen(paar.gemeente, conversatieId=conversatie) == [heen, terug]
    assert statussen(paar.aanbieder, traceerId=van(terug)["traceerId"]) == [terug]
    assert statussen(node.paar().aanbieder, traceerId=z.id) == []
    assert statussen(node.paar().aanbieder, conversatieId=conversatie) == []
    paar.aanbieder.delete(f"{PULL}/{van(terug)['traceerId']}")
    assert [s["berichtstatus"] for s in statussen(paar.aanbieder, traceerId=z.id)] == ["WordtAangeboden", "Bezorgd"]


def test_the_status_of_what_came_without_an_envelope(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    for vraag in ({"traceerId": uit["id"]}, {"conversatieId": uit["id"]}):
        assert [van(s)["traceerId"] for s in statussen(paar.gemeente, **vraag)] == [uit["id"], uit["retour"]["id"]]


def test_a_rejected_message_is_not_shown_to_its_receiver(paar: Paar) -> None:
    z = zending(paar.dossier().start())
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "VerwerkingVoltooid"
    assert [subtype(s) for s in statussen(paar.aanbieder, traceerId=z.id)] == ["WMO305", "WMO306"]
    [retour] = statussen(paar.gemeente, traceerId=z.id)
    assert subtype(retour) == "WMO306"  # which was sent on its behalf


def test_a_message_goes_by_its_traceer_id_in_the_postvak_of_the_node_too(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = zending(d.start())
    ingediend(paar.aanbieder, z)
    antwoord = paar.gemeente.post(f"/v1/postvak/berichten/{z.id}/bevestigd")
    assert antwoord.json() == {"traceerId": z.id, "status": "Bezorgd"}
    assert wacht(paar.aanbieder, z.id)["berichtstatus"] == "Bezorgd"


def test_a_foutbericht_of_a_gemeente(node: Knoop, paar: Paar) -> None:
    """As the door of the gemeenten stores it: an item for the aanbieder, and a melding on what it refuses."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = zending(d.start())
    ingediend(paar.aanbieder, z)
    melding = Statusmelding(code="StUF055", omschrijving="Berichtbody is niet conform schema in sectormodel")
    fout = Zending(
        zender=paar.gemeentecode, traceer_id=str(uuid.uuid4()), ontvanger=paar.agb, indiener=paar.gemeentecode,
        door=Deur.GGK, functie="WMO305", versie=3, subversie=2, applicatie="Voorbeeldsuite", applicatie_versie="0007",
        applicatie_subversie="0001", conversatie_id=z.id, hash="0" * 64, inhoud=b"<Fo01/>", als_antwoord_op=z.id,
        foutbericht=True,
    )  # fmt: skip
    assert bewaar_foutbericht(node.engine, fout, NU, melding) is Opname.NIEUW
    assert bewaar_foutbericht(node.engine, fout, NU, melding) is Opname.HERHAALD
    item = lijst(paar.aanbieder)[-1]
    assert item["routeringgegevens"]["berichtstroom"] == {
        "berichttype": "WMO", "berichtsubtype": "Fo01", "berichtversie": 3, "berichtsubversie": 2, "actie": "Foutbericht",
    }  # fmt: skip
    assert item["referentiegegevens"] == {"conversatieId": z.id, "traceerId": fout.traceer_id, "alsAntwoordOp": z.id}
    assert paar.aanbieder.get(item["basisgegevens"]["payload"]["url"]).content == b"<Fo01/>"
    assert _zoek(paar, zoekpadType="ZoekpadOpBerichtstroom", berichttype="WMO", berichtsubtype="Fo01") == [item]
    assert item in _zoek(paar, zoekpadType="ZoekpadOpAlsAntwoordOp", alsAntwoordOp=z.id)
    for klant in (paar.aanbieder, paar.gemeente):
        status = wacht(klant, z.id)
        assert (status["berichtstatus"], codes(status)) == ("WordtAangeboden", ["StUF055"])
        [eigen] = [s for s in statussen(klant, conversatieId=z.id) if subtype(s) == "Fo01"]
        assert (eigen["berichtstatus"], meldingen(eigen)) == ("WordtAangeboden", [])
    assert node.paar().aanbieder.delete(f"{PULL}/{fout.traceer_id}").status_code == 404
    assert paar.gemeente.get(f"{PULL}/{fout.traceer_id}/payload").status_code == 404
    for _ in range(2):
        assert paar.aanbieder.delete(f"{PULL}/{fout.traceer_id}").status_code == 202
    assert item not in lijst(paar.aanbieder)
    assert wacht(paar.gemeente, fout.traceer_id)["berichtstatus"] == "Bezorgd"


def test_without_a_token(node: Knoop) -> None:
    for methode, pad in (("GET", PULL), ("POST", f"{PULL}/zoeken"), ("GET", f"{PULL}/{_NIETS}/payload"),
                         ("DELETE", f"{PULL}/{_NIETS}"), ("GET", STATUS)):  # fmt: skip
        assert node.klant(None).request(methode, pad).status_code == 401


def test_oldest_first(paar: Paar) -> None:
    """By the moment of receipt, whatever door it came through."""
    d = paar.dossier()
    ids = [paar.gemeente.goedgekeurd(d.toewijzing())["id"]]
    z = zending(d.start())
    assert dien_in(paar.aanbieder, z, **{"Bv-Klok": (NU + timedelta(minutes=5)).isoformat()}).status_code == 204
    wacht(paar.aanbieder, z.id)
    ids.append(statussen(paar.aanbieder, traceerId=z.id)[1]["referentiegegevens"]["traceerId"])
    assert _ids(lijst(paar.aanbieder)) == ids
