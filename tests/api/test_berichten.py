"""``POST /v1/berichten`` and looking at a message again."""

from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select, update
from tests.berichten import VANDAAG
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import Klant, Knoop, Paar, zonder_trace

from berichtenverkeer.opslag.tabellen.berichten import bericht, geweigerd
from berichtenverkeer.standaard.lezen import lees

FOUT_EINDE = {"Einddatum": "2026-01-01"}


def _geweigerd(node: Knoop, code: str) -> list[str]:
    with node.engine.connect() as verbinding:
        return list(verbinding.execute(select(geweigerd.c.reden).where(geweigerd.c.verzender == code)).scalars())


def test_a_message_is_taken_in(paar: Paar) -> None:
    d = paar.dossier()
    antwoord = paar.gemeente.bied_aan(d.bericht("301", identificatie="EERSTE"))
    assert antwoord.status_code == 202
    uit = antwoord.json()
    retour = uit.pop("retour")
    assert antwoord.headers["location"] == f"/v1/berichten/{uit.pop('id')}"
    assert uit == {
        "berichtsoort": "WMO301",
        "identificatie": "EERSTE",
        "afzender": paar.gemeentecode,
        "ontvanger": paar.agb,
        "ontvangen_op": f"{VANDAAG}T11:00:00Z",
        "oordeel": "goedgekeurd",
        "bevindingen": [],
    }
    assert retour.keys() == {"id", "berichtsoort"}
    assert retour["berichtsoort"] == "WMO302"


def test_a_rejected_message_says_all_that_is_wrong(paar: Paar) -> None:
    product = "Client/ToegewezenProducten/ToegewezenProduct[1]"
    fouten: dict[str, Boom] = {f"{product}/Einddatum": "2026-01-01", "Client/Geboortedatum/Datum": "2027-01-01"}
    uit = paar.gemeente.aangenomen(paar.dossier().bericht("301", fouten))
    assert uit["oordeel"] == "afgekeurd"
    assert {b["regel"] for b in uit["bevindingen"]} >= {"CS003", "TR134"}
    bevinding = next(b for b in uit["bevindingen"] if b["regel"] == "CS003")
    assert bevinding.keys() == {
        "regel", "niveau", "retourcode", "regelnummer", "pad", "element", "melding", "advies", "klasse", "waarde",
        "ernst", "toewijzingnummer",
        "berekening",
    }  # fmt: skip
    assert (bevinding["klasse"], bevinding["waarde"], bevinding["berekening"]) == (
        "ToegewezenProduct",
        "2026-01-01",
        [],
    )
    persoonlijk = next(b for b in uit["bevindingen"] if b["regel"] == "TR134")
    assert (persoonlijk["klasse"], persoonlijk["waarde"]) == ("Client", "***")
    assert bevinding["pad"] == "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]/Einddatum"
    assert bevinding["element"] == "Einddatum"
    assert bevinding["retourcode"] == "0001"
    regel = paar.gemeente.get(f"/v1/berichten/{uit['id']}/xml").text.splitlines()[bevinding["regelnummer"] - 1]
    assert "Einddatum>2026-01-01<" in regel


def test_a_finding_that_was_stored_before_a_field_was_added_has_it_too(node: Knoop, paar: Paar) -> None:
    uit = paar.gemeente.aangenomen(paar.dossier().toewijzing(**FOUT_EINDE))
    later = ("klasse", "waarde", "berekening")
    oud = [{naam: b[naam] for naam in b if naam not in later} for b in uit["bevindingen"]]
    with node.engine.begin() as verbinding:
        verbinding.execute(update(bericht).where(bericht.c.id == uit["id"]).values(bevindingen=oud))
    nu = paar.gemeente.json(f"/v1/berichten/{uit['id']}")["bevindingen"]
    assert nu == [b | {"klasse": None, "waarde": None, "berekening": []} for b in oud]


def test_the_same_bytes_again_give_the_same_answer_and_do_nothing(paar: Paar) -> None:
    d = paar.dossier()
    for data in (d.toewijzing(), d.toewijzing(**FOUT_EINDE)):
        eerste, tweede, derde = (paar.gemeente.bied_aan(data) for _ in range(3))
        assert [eerste.status_code, tweede.status_code, derde.status_code] == [202, 200, 200]
        assert eerste.content == tweede.content == derde.content
        assert eerste.headers["location"] == tweede.headers["location"]
        assert paar.gemeente.json(eerste.headers["location"]) == eerste.json()
    assert len(paar.aanbieder.postvak()) == 1
    assert len(paar.gemeente.postvak()) == 2


def test_the_bytes_come_back_as_they_went(paar: Paar) -> None:
    data = b"\xef\xbb\xbf<!-- van ons -->".join([b"", paar.dossier().toewijzing().partition(b"?>\r\n")[2]])
    uit = paar.gemeente.goedgekeurd(data)
    for klant in (paar.gemeente, paar.aanbieder):
        antwoord = klant.get(f"/v1/berichten/{uit['id']}/xml")
        assert antwoord.content == data
        assert antwoord.headers["content-type"] == "application/xml"
        assert uit["id"] in antwoord.headers["content-disposition"]


def test_the_retour_is_a_message_of_its_own(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    plek = f"/v1/berichten/{uit['retour']['id']}"
    retour = paar.gemeente.json(plek)
    assert (retour["berichtsoort"], retour["oordeel"], retour["retour"]) == ("WMO302", "goedgekeurd", None)
    assert (retour["afzender"], retour["ontvanger"]) == (paar.gemeentecode, paar.agb)
    gelezen = lees(paar.gemeente.get(f"{plek}/xml").content, SCHEMAS)
    assert gelezen.soort.code == "WMO302"


@pytest.mark.parametrize(
    "soort", ["application/xml", "text/xml; charset=utf-8", "Application/XML;charset=UTF-8", "text/xml;", "text/xml ;"]
)
def test_content_types_that_are_xml(paar: Paar, soort: str) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **{"Content-Type": soort})


@pytest.mark.parametrize("soort", ["", "text/plain", "application/json", "application/soap+xml", "xml", "text/xmlx"])
def test_content_types_that_are_not(node: Knoop, bezoeker: Paar, soort: str) -> None:
    voor = _geweigerd(node, bezoeker.gemeentecode)
    antwoord = bezoeker.gemeente.bied_aan(bezoeker.dossier().toewijzing(), **{"Content-Type": soort})
    assert antwoord.status_code == 415
    assert _geweigerd(node, bezoeker.gemeentecode) == voor


@pytest.mark.parametrize(
    "aanmelding", [None, "", "Bearer", "Bearer onzin", "Basic dTpw", "bearer\ttoken", "Bearer \xff"]
)
def test_without_a_valid_token(node: Knoop, bezoeker: Paar, aanmelding: str | None) -> None:
    headers = {} if aanmelding is None else {b"Authorization": aanmelding.encode("latin-1")}
    with httpx.Client(base_url=node.url, headers=headers) as klant:
        for antwoord in (
            klant.post("/v1/berichten", content=bezoeker.dossier().toewijzing(), headers={"Content-Type": "text/xml"}),
            klant.get("/v1/toewijzingen"),
            klant.get("/v1/postvak/berichten"),
            klant.get("/v1/berichten/x"),
        ):
            assert antwoord.status_code == 401
            assert antwoord.headers["www-authenticate"] == "Bearer"
            assert antwoord.json()["type"].endswith("niet-aangemeld")


def test_the_word_bearer_in_any_case(node: Knoop, paar: Paar) -> None:
    token = node.tokens[paar.agb]
    assert paar.aanbieder.get("/v1/toewijzingen", headers={"Authorization": f"bearer  {token}"}).status_code == 200


def test_a_message_of_another_sender(node: Knoop, paar: Paar) -> None:
    antwoord = paar.aanbieder.bied_aan(paar.dossier().toewijzing())
    assert antwoord.status_code == 403
    probleem = antwoord.json()
    assert probleem["pad"] == "/Bericht/Header/Afzender"
    assert probleem["regelnummer"] > 1
    assert _geweigerd(node, paar.agb) == ["vreemde-afzender"]
    assert _geweigerd(node, paar.gemeentecode) == []


def test_an_unknown_ontvanger(node: Knoop, paar: Paar) -> None:
    antwoord = paar.gemeente.bied_aan(replace(paar.dossier(), aanbieder="12345678").toewijzing())
    assert antwoord.status_code == 422
    assert antwoord.json()["pad"] == "/Bericht/Header/Ontvanger"
    assert "12345678" not in antwoord.text
    assert _geweigerd(node, paar.gemeentecode) == ["onbekende-ontvanger"]


def test_a_gemeentecode_that_does_not_exist_gets_a_retourbericht(paar: Paar) -> None:
    uit = paar.aanbieder.aangenomen(replace(paar.dossier(), gemeente="9999").start())
    assert "TR378" in [b["regel"] for b in uit["bevindingen"]]
    retour = lees(paar.aanbieder.get(f"/v1/berichten/{uit['retour']['id']}/xml").content, SCHEMAS).bericht.Header
    assert "S300" in retour.model_dump()["RetourCodes"]
    assert paar.aanbieder.postvak()[0]["referentiegegevens"]["alsAntwoordOp"] == uit["id"]


def test_what_is_refused_is_kept_once_with_the_problem_that_was_given(node: Knoop, paar: Paar) -> None:
    data = paar.dossier().toewijzing().replace(b"Ingangsdatum", b"Begindatum")
    eerste, tweede = paar.gemeente.bied_aan(data), paar.gemeente.bied_aan(data)
    assert eerste.status_code == 422
    assert zonder_trace(eerste) == zonder_trace(tweede)
    with node.engine.connect() as verbinding:
        rij = verbinding.execute(select(geweigerd).where(geweigerd.c.verzender == paar.gemeentecode)).mappings().one()
    assert rij["inhoud"] == data
    assert rij["probleem"] == zonder_trace(eerste)
    assert rij["reden"] == "xsd-ongeldig"


# retourberichten from a party


def _retour(klant: Klant, uit: dict[str, dict[str, str]]) -> bytes:
    return klant.get(f"/v1/berichten/{uit['retour']['id']}/xml").content


@pytest.mark.parametrize("goed", [True, False])
@pytest.mark.parametrize("soort", ["301", "305", "307"])
def test_a_retour_from_a_party_the_node_has_made_already(paar: Paar, soort: str, goed: bool) -> None:
    d = paar.dossier()
    if goed and soort != "301":
        paar.gemeente.goedgekeurd(d.toewijzing())
    if goed and soort == "307":
        paar.aanbieder.goedgekeurd(d.start())
    zender, ontvanger = (paar.gemeente, paar.aanbieder) if soort == "301" else (paar.aanbieder, paar.gemeente)
    velden = FOUT_EINDE if soort == "301" and not goed else {}
    uit = zender.aangenomen(d.toewijzing(**velden) if soort == "301" else d.bericht(soort))
    assert (uit["oordeel"] == "goedgekeurd") == goed
    gemaakt = _retour(zender, uit)
    assert ontvanger.bied_aan(gemaakt).status_code == 200
    antwoord = ontvanger.bied_aan(gemaakt.replace(b":IdentificatieRetour>R", b":IdentificatieRetour>E", 1))
    assert antwoord.status_code == 409
    assert antwoord.json()["type"].endswith("retour-bestaat-al")
    # Header/Ontvanger is who really sends a retourbericht (IV028)
    assert zender.bied_aan(_retour(zender, uit)).status_code == 403


def test_a_retour_without_heenbericht(node: Knoop, paar: Paar) -> None:
    uit = paar.aanbieder.aangenomen(paar.dossier().bericht("305", identificatie="BESTAAT"))
    los = _retour(paar.aanbieder, uit).replace(b">BESTAAT<", b">ONBEKEND<")
    antwoord = paar.gemeente.bied_aan(los)
    assert antwoord.status_code == 422
    probleem = antwoord.json()
    assert probleem["type"].endswith("retour-zonder-heenbericht")
    assert probleem["pad"] == "/Bericht/Header/BerichtIdentificatie/Identificatie"
    assert _geweigerd(node, paar.gemeentecode) == ["retour-zonder-heenbericht"]


def test_a_retour_says_nothing_of_what_others_sent_each_other(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    uit = paar.aanbieder.aangenomen(paar.dossier().start())
    vreemd = _retour(paar.aanbieder, uit).replace(paar.gemeentecode.encode(), ander.gemeentecode.encode())
    assert ander.gemeente.bied_aan(vreemd).status_code == 422


# HTTP


@pytest.mark.parametrize("pad", ["/v1/berichten", "/v1/toewijzingen", "/v1/postvak/berichten", "/gezondheid"])
@pytest.mark.parametrize("methode", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_methods_that_are_not_there(bezoeker: Paar, pad: str, methode: str) -> None:
    antwoord = bezoeker.gemeente.request(methode, pad)
    assert antwoord.status_code == 405
    assert antwoord.headers["allow"] == {"/v1/berichten": "GET, POST"}.get(pad, "GET")
    assert methode == "HEAD" or antwoord.headers["allow"] in antwoord.json()["advies"]


@pytest.mark.parametrize("pad", ["/v1/berichten/", "/bestaat-niet", "/v1/toewijzingen/", "/v1/berichten/x/y/z", "/%FF"])
def test_addresses_that_are_not_there(bezoeker: Paar, pad: str) -> None:
    assert bezoeker.gemeente.get(pad).status_code == 404
    assert bezoeker.gemeente.post(pad).status_code == 404


@pytest.mark.parametrize("id_", ["x", "..", "0", "é", "A" * 5000, "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize(
    "pad", ["/v1/berichten/{}", "/v1/berichten/{}/xml", "/v1/toewijzingen/{}", "/v1/toewijzingen/{}/tijdlijn"]
)
def test_ids_that_are_not_there(bezoeker: Paar, pad: str, id_: str) -> None:
    assert bezoeker.gemeente.get(pad.format(id_)).status_code == 404


def test_health(node: Knoop) -> None:
    antwoord = httpx.get(f"{node.url}/gezondheid")
    assert antwoord.json()["status"] == "goed"


@pytest.mark.parametrize("bsn", [b"123456782", b"<![CDATA[123456782]]>", b"<!---->123456782", b"&#49;23456782"])
def test_in_proefmodus_a_bsn_that_may_be_of_someone_is_refused_and_not_kept(
    node: Knoop, paar: Paar, bsn: bytes
) -> None:
    """123456782 passes the 11-proef. Of what is read at once, on a thread, and elsewhere."""
    goed = paar.dossier().toewijzing()
    data = goed.replace(b":Bsn>999900006<", b":Bsn>" + bsn + b"<")
    assert data != goed
    for lang in (b"", b"<!--" + b"-x" * 60_000 + b"-->", b"<!--" + b"-x" * 600_000 + b"-->"):
        antwoord = paar.gemeente.bied_aan(data + lang)
        assert antwoord.status_code == 422
        assert antwoord.json()["type"] == "urn:berichtenverkeer:probleem:bsn-niet-fictief"
        assert "123456782" not in antwoord.text
    assert _geweigerd(node, paar.gemeentecode) == []
    assert paar.aanbieder.json("/v1/postvak/berichten")["items"] == []
    assert paar.gemeente.bied_aan(goed).status_code == 202
