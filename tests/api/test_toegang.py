"""One token for several parties: which it acts for, where what it hands in or fetches chooses, and that it ends when it is
withdrawn."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests import ggk, vsp
from tests.eindpunt import wacht_tot
from tests.knoop import NU, Klant, Knoop, Paar, zonder_trace
from tests.retouren import retour

from berichtenverkeer.keten.envelop.stuf import schrijf_soap
from berichtenverkeer.partijen.bewijzen import alle as alle_bewijzen
from berichtenverkeer.partijen.bewijzen import maak_token, trek_token_in
from berichtenverkeer.partijen.partij import geef_mandaat

AANGEBODEN = "WordtAangeboden"
POSTVAKKEN = ("/v1/postvak/berichten", "/vsp/berichten/rest-pull/v1/berichten", "/ggk/v1/postvak", "/v1/toewijzingen")


def _met(node: Knoop, token: str) -> Klant:
    klant = node.klant(None)
    klant.headers["Authorization"] = f"Bearer {token}"
    return klant


def _voor(node: Knoop, code: str, *ook: str) -> Klant:
    """A caller with a token for these parties, as soon as the node knows it."""
    token = maak_token(node.engine, code, NU, ook=ook)
    wacht_tot(lambda: node.binnen.register.van_token(token))
    return _met(node, token)


def test_a_token_for_two_parties_hands_in_and_fetches_for_each(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    klant = _voor(node, paar.agb, ander.gemeentecode, paar.agb)
    data = ander.dossier().toewijzing()
    assert klant.bied_aan(data, **{"Bv-Partij": paar.agb}).status_code == 403
    uit = klant.goedgekeurd(data)  # without the header its sender is the caller, but nowhere else
    assert klant.bied_aan(data, **{"Bv-Partij": ander.gemeentecode}).status_code == 200
    assert klant.get(f"/v1/berichten/{uit['id']}").status_code == 404
    namens = {"Bv-Partij": ander.gemeentecode}
    assert klant.get(f"/v1/berichten/{uit['id']}", headers=namens).status_code == 200
    assert len(klant.get("/v1/toewijzingen", headers=namens).json()["items"]) == 1
    assert klant.toewijzingen() == []
    assert klant.get("/v1/toewijzingen", headers={"Bv-Partij": paar.agb}).json()["items"] == []


@pytest.mark.parametrize("pad", POSTVAKKEN)
def test_a_party_of_another_is_as_one_that_does_not_exist(node: Knoop, bezoeker: Paar, pad: str) -> None:
    antwoorden = [
        bezoeker.aanbieder.get(pad, headers={"Bv-Partij": code})
        for code in (bezoeker.gemeentecode, "0000", "", "x" * 500, bezoeker.agb + "0")
    ]
    assert {antwoord.status_code for antwoord in antwoorden} == {401}
    een, *andere = map(zonder_trace, antwoorden)
    assert [ander for ander in andere if ander != een] == []
    assert bezoeker.aanbieder.get(pad, headers={"Bv-Partij": bezoeker.agb}).status_code == 200


def test_the_header_alone_opens_nothing(node: Knoop, bezoeker: Paar) -> None:
    for klant in (node.klant(None), _met(node, "verzonnen")):
        antwoord = klant.get("/v1/toewijzingen", headers={"Bv-Partij": bezoeker.agb})
        assert antwoord.status_code == 401
        assert antwoord.json()["type"].endswith("niet-aangemeld")


def test_a_withdrawn_token_acts_for_nobody(node: Knoop, bezoeker: Paar) -> None:
    token = maak_token(node.engine, bezoeker.agb, NU, ook=[bezoeker.gemeentecode])
    trek_token_in(node.engine, token, NU)
    klant = _met(node, token)
    for code in (bezoeker.agb, bezoeker.gemeentecode):
        assert klant.get("/v1/toewijzingen", headers={"Bv-Partij": code}).status_code == 401


def _eerst_dan_intrekken(node: Knoop, paar: Paar, doe: Callable[[Klant, Callable[[], None]], int]) -> None:
    """A token that acts, is withdrawn while it is used, and acts no more from the next look on."""
    token = maak_token(node.engine, paar.gemeentecode, NU)
    klant = _met(node, token)
    assert klant.get("/v1/toewijzingen").status_code == 200

    def trek_in() -> None:
        trek_token_in(node.engine, token, NU)
        node.binnen.register.kijk()

    assert doe(klant, trek_in) == 401
    assert klant.get("/v1/toewijzingen").status_code == 401


def test_a_token_ends_with_its_last_day_and_tells_when_it_was_used(node: Knoop, bezoeker: Paar) -> None:
    code = bezoeker.gemeentecode
    token = maak_token(node.engine, code, NU - timedelta(days=2), naam="kort", geldig_tot=NU - timedelta(seconds=1))
    goed = maak_token(node.engine, code, NU, naam="lang", geldig_tot=NU + timedelta(days=1))
    verlopen = httpx.get(f"{node.url}/v1/postvak/berichten", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    assert (verlopen.status_code, verlopen.json()["type"].rpartition(":")[2]) == (401, "token-verlopen")
    mag = httpx.get(f"{node.url}/v1/postvak/berichten", headers={"Authorization": f"Bearer {goed}"}, timeout=60)
    assert mag.status_code == 200
    node.binnen.register.noteer_gebruik()
    gebruikt = {een.naam: een.gebruikt_op for een in alle_bewijzen(node.engine, code)}
    assert (gebruikt["kort"], gebruikt["lang"]) == (None, NU)


def test_a_poll_that_waits_ends_when_its_token_is_withdrawn(node: Knoop) -> None:
    def luister(klant: Klant, trek_in: Callable[[], None]) -> int:
        with ThreadPoolExecutor(1) as draad:
            wacht = draad.submit(klant.get, "/v1/postvak/berichten", params={"wacht": 55})
            wacht_tot(lambda: node.binnen.bel._wachtenden)
            trek_in()
            return wacht.result().status_code

    _eerst_dan_intrekken(node, node.paar(), luister)


@pytest.mark.parametrize(
    ("pad", "soort"),
    [("/v1/berichten", "text/xml"), (ggk.DEUR, "text/xml"), (vsp.PUSH, "multipart/form-data; boundary=x")],
)
def test_a_body_that_came_in_meanwhile_is_not_taken(node: Knoop, paar: Paar, pad: str, soort: str) -> None:
    z = vsp.zending(paar.dossier().toewijzing())
    data = {
        "/v1/berichten": z.payload,
        ggk.DEUR: schrijf_soap(ggk.envelop(z.payload)),
        vsp.PUSH: b"".join(
            b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % deel
            for deel in ((b"berichtMetadata", json.dumps(z.metadata).encode()), (b"payload", z.payload))
        )
        + b"--x--\r\n",
    }[pad]

    def lever(klant: Klant, trek_in: Callable[[], None]) -> int:
        def stukken() -> Iterator[bytes]:
            yield data[:100]
            trek_in()
            yield data[100:]

        return klant.post(pad, content=stukken(), headers={"Content-Type": soort}).status_code

    _eerst_dan_intrekken(node, paar, lever)
    assert paar.gemeente.toewijzingen() == []


def test_at_vsp_the_afzender_hands_in_itself(node: Knoop, paar: Paar) -> None:
    ander, vreemd = node.paar(), node.paar()
    klant = _voor(node, paar.agb, ander.gemeentecode)
    z = vsp.zending(ander.dossier().toewijzing())
    assert _brs(vsp.dien_in(klant, z, **{"Bv-Partij": paar.agb})) == "BRS03"
    assert vsp.dien_in(klant, z).status_code == 204
    assert vsp.dien_in(klant, z, **{"Bv-Partij": ander.gemeentecode}).status_code == 204  # the same once more
    assert vsp.wacht(klant, z.id)["berichtstatus"] == AANGEBODEN
    assert [item["referentiegegevens"]["traceerId"] for item in vsp.lijst(ander.aanbieder)][-1:] == [z.id]
    for van_een_ander in (vreemd.dossier().toewijzing(), vreemd.dossier().start()):
        weg = vsp.zending(van_een_ander)
        assert _brs(vsp.dien_in(klant, weg)) == "BRS03"
        assert _brs(vsp.dien_in(klant, weg.met(routeringgegevens__afzender__code="99999999"))) == "BRS01"
        assert _brs(vsp.dien_in(klant, weg.met(routeringgegevens__afzender__rol="Praktijk"))) == "BRS01"
    assert vreemd.aanbieder.postvak() == vreemd.gemeente.postvak() == []


def test_a_mandate_is_of_the_party_that_calls(node: Knoop, paar: Paar) -> None:
    """Of a token for several the first, unless the header says another: no mandate of the others is looked for."""
    ander, afzender = node.paar(), node.paar()
    geef_mandaat(node.engine, ander.agb, afzender.agb, NU)
    d = afzender.dossier()
    afzender.gemeente.goedgekeurd(d.toewijzing())
    z = vsp.zending(d.start())
    klant = _voor(node, paar.agb, ander.agb)
    assert _brs(vsp.dien_in(klant, z)) == "BRS03"
    assert vsp.dien_in(klant, z, **{"Bv-Partij": ander.agb}).status_code == 204


def test_at_ggk_the_zender_hands_in_itself(node: Knoop, paar: Paar) -> None:
    ander, vreemd = node.paar(), node.paar()
    klant = _voor(node, paar.gemeentecode, ander.gemeentecode)
    namens = {"Bv-Partij": ander.gemeentecode}
    e = ggk.di01(ander)
    nummer = e.stuurgegevens.referentienummer
    fout = ggk.lever(klant, e, **{"Bv-Partij": paar.gemeentecode})
    assert (fout.status_code, "StUF013" in fout.text) == (500, True)
    bv03 = ggk.bevestigd(klant, e)
    assert ggk.bevestigd(klant, e, **namens) == bv03
    assert ggk.wacht(ander.gemeente, nummer)["status"] == AANGEBODEN
    assert klant.get(f"{ggk.BERICHTEN}/{nummer}").status_code == 404  # nowhere else does a message choose
    assert klant.get(f"{ggk.BERICHTEN}/{nummer}", headers=namens).status_code == 200
    assert ggk.postvak(klant) == []
    weg = ggk.lever(klant, ggk.di01(vreemd))
    assert (weg.status_code, "StUF013" in weg.text) == (500, True)
    assert vreemd.gemeente.get(f"{ggk.BERICHTEN}/{nummer}").status_code == 404
    assert vreemd.aanbieder.postvak() == []


def test_a_retourbericht_is_of_who_sends_it(node: Knoop, paar: Paar) -> None:
    """Its Header names the sender of what it answers."""
    ander = node.paar()
    klant = _voor(node, paar.gemeentecode, ander.agb)
    data = ander.dossier().toewijzing()
    ander.gemeente.goedgekeurd(data)
    assert klant.bied_aan(retour(data)).status_code == 409  # the node has answered it already
    assert klant.bied_aan(retour(data), **{"Bv-Partij": paar.gemeentecode}).status_code == 403


def test_vsp_lists_what_lies_ready_for_each_of_them(node: Knoop, paar: Paar) -> None:
    ander, vreemd = node.paar(), node.paar()
    klant = _voor(node, paar.agb, ander.agb)
    ids = []
    for nummer, deze in enumerate((ander, paar, vreemd, ander), start=1):
        z = vsp.zending(deze.dossier(nummer=2000 + nummer).toewijzing())
        assert vsp.ingediend(deze.gemeente, z)["berichtstatus"] == AANGEBODEN
        ids.append(z.id)
    van_vreemd = ids.pop(2)
    assert _ids(vsp.lijst(klant)) == ids
    assert _ids(vsp.lijst(klant, limit=2)) == ids[:2]
    assert _ids(klant.get(vsp.PULL, headers={"Bv-Partij": paar.agb}).json()) == [ids[1]]
    stroom = {"zoekpadType": "ZoekpadOpBerichtstroom", "berichttype": "WMO"}
    for zoekpad, gevonden in (
        (stroom, ids),
        (stroom | {"geadresseerdeCode": ander.agb}, [ids[0], ids[2]]),
        (stroom | {"geadresseerdeCode": vreemd.agb}, []),
        (stroom | {"geadresseerdeRol": "Gemeente"}, []),
        ({"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": ids[2]}, [ids[2]]),
        ({"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": van_vreemd}, []),
    ):
        antwoord = klant.post(f"{vsp.PULL}/zoeken", json=zoekpad)
        assert (antwoord.status_code, _ids(antwoord.json())) == (200, gevonden), zoekpad
    assert klant.get(f"{vsp.PULL}/{van_vreemd}/payload").status_code == 404
    assert klant.delete(f"{vsp.PULL}/{van_vreemd}").status_code == 404
    assert vsp.statussen(klant, traceerId=van_vreemd) == []
    assert _ids(vsp.lijst(vreemd.aanbieder)) == [van_vreemd]
    assert klant.delete(f"{vsp.PULL}/{ids[0]}", headers={"Bv-Partij": paar.agb}).status_code == 404
    for id_ in ids:
        assert klant.get(f"{vsp.PULL}/{id_}/payload").status_code == 200
        assert [klant.delete(f"{vsp.PULL}/{id_}").status_code for _ in range(2)] == [202, 202]
        assert vsp.eigen_status(klant, id_)["berichtstatus"] == "Bezorgd"
    assert vsp.lijst(klant) == vsp.lijst(ander.aanbieder) == vsp.lijst(paar.aanbieder) == []


def test_what_both_of_them_see_has_one_status(node: Knoop, paar: Paar) -> None:
    klant = _voor(node, paar.agb, paar.gemeentecode)
    z = vsp.zending(paar.dossier().toewijzing())
    assert vsp.ingediend(klant, z)["berichtstatus"] == AANGEBODEN
    statussen = vsp.statussen(klant, conversatieId=z.id)
    assert [(vsp.van(s)["traceerId"] == z.id, vsp.subtype(s)) for s in statussen] == [
        (True, "WMO301"),
        (False, "WMO302"),
    ]
    assert statussen == vsp.statussen(klant, traceerId=z.id)


def test_a_storing_is_of_the_party_for_which_it_was_set(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    klant = _voor(node, paar.agb, ander.agb)
    ids = []
    for nummer, deze in enumerate((ander, paar, ander, paar), start=1):
        z = vsp.zending(deze.dossier(nummer=3000 + nummer).toewijzing())
        assert vsp.ingediend(deze.gemeente, z)["berichtstatus"] == AANGEBODEN
        ids.append(z.id)
    een, twee, drie, vier = ids
    for storingen, lijsten in (
        ([{"soort": "verberg"}], [[een, vier, drie], ids]),
        ([{"soort": "omgekeerd"}], [[een, vier, drie, twee], ids]),
    ):
        assert klant.put(f"/v1/proef/storingen/{paar.agb}", json=storingen).status_code == 200
        assert [_ids(vsp.lijst(klant)) for _ in lijsten] == lijsten
    assert klant.put(f"/v1/proef/storingen/{ander.agb}", json=[{"soort": "kwijt"}]).status_code == 200
    statussen = [klant.get(f"{vsp.PULL}/{id_}/payload").status_code for id_ in (twee, een, een)]
    assert statussen == [200, 404, 200]
    assert klant.put(f"/v1/proef/storingen/{ander.agb}", json=[{"soort": "dubbel"}]).status_code == 200
    for id_ in (twee, een):
        assert klant.delete(f"{vsp.PULL}/{id_}").status_code == 202
    assert [_ids(vsp.lijst(klant)) for _ in range(2)] == [[een, vier, drie], [drie, vier]]


def _ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["referentiegegevens"]["traceerId"] for item in items]


def _brs(antwoord: httpx.Response) -> str:
    """The code with which VSP refuses."""
    assert antwoord.status_code == 422, antwoord.text
    [code] = antwoord.json()["errors"]
    return str(code)
