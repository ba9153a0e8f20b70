"""Client certificates from a proxy before the node: the same as tokens in what they give, from that proxy only, and as long as
they are good."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests import ggk
from tests.certificaten import JAAR, Bewijs, geef_uit, uitgever
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import NU, Klant, Knoop, Paar, knoop
from tests.vsp import PULL, dien_in, lijst, wacht, zending

from berichtenverkeer.partijen.certificaten import lees_pem, registreer, trek_in
from berichtenverkeer.standaard.domein import Domein

CA = uitgever(NU)
IEMAND = {"Authorization": "Basic aWVtYW5kOg=="}
"""What is no token at all."""


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node behind a proxy at 127.0.0.1."""
    with knoop(maak_database.gereed(), proefmodus=True, vertrouwde_proxy="127.0.0.1") as k:
        yield k


@pytest.fixture(scope="module")
def elders(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node that trusts a proxy from which nothing comes here."""
    with knoop(sqlite.gereed(), vertrouwde_proxy="10.0.0.5") as k:
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


def bewijs(node: Knoop, code: str, *ook: str, van: datetime = NU - JAAR / 2, tot: datetime = NU + JAAR / 2) -> Bewijs:
    """A certificate that acts for these parties, as soon as the node knows it."""
    nieuw = geef_uit(CA, van, tot)
    registreer(node.engine, code, lees_pem(nieuw.pem), min(NU, tot), ook)
    wacht_tot(lambda: node.binnen.register.van_certificaat(nieuw.der))
    return nieuw


def met(node: Knoop, bewijs: Bewijs, **headers: str) -> Klant:
    klant = node.klant(None)
    klant.headers.update(bewijs.kop | headers)
    return klant


def soort(klant: Klant, **headers: str) -> str:
    """The problem with which a caller is refused."""
    antwoord = klant.get("/v1/toewijzingen", headers=headers)
    assert antwoord.status_code == 401, antwoord.text
    assert antwoord.headers["www-authenticate"] == "Bearer"
    return str(antwoord.json()["type"].rpartition(":")[2])


def test_a_certificate_gives_what_a_token_gives(node: Knoop, paar: Paar) -> None:
    gemeente, aanbieder = (met(node, bewijs(node, code)) for code in (paar.gemeentecode, paar.agb))
    d = paar.dossier()
    uit = gemeente.goedgekeurd(d.toewijzing())
    assert aanbieder.get(f"/v1/berichten/{uit['id']}").status_code == 200
    assert len(aanbieder.toewijzingen()) == 1
    assert aanbieder.postvak() == paar.aanbieder.postvak() != []
    assert node.paar().aanbieder.get(f"/v1/berichten/{uit['id']}").status_code == 404
    assert soort(met(node, geef_uit(CA, NU, NU + JAAR))) == "certificaat-onbekend"


def test_the_header_bv_partij_chooses(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    klant = met(node, bewijs(node, paar.gemeentecode, ander.gemeentecode))
    ander.gemeente.goedgekeurd(ander.dossier().toewijzing())
    assert klant.toewijzingen() == []
    namens = {"Bv-Partij": ander.gemeentecode}
    assert len(klant.get("/v1/toewijzingen", headers=namens).json()["items"]) == 1
    assert soort(klant, **{"Bv-Partij": paar.agb}) == "niet-namens-deze-partij"


def test_the_doors_of_vsp_and_ggk_take_a_certificate_in_place_of_a_token(node: Knoop, paar: Paar) -> None:
    gemeente, aanbieder = (met(node, bewijs(node, code)) for code in (paar.gemeentecode, paar.agb))
    e = ggk.di01(paar)
    ggk.bevestigd(gemeente, e)
    assert ggk.wacht(gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    [item] = lijst(aanbieder)
    assert aanbieder.get(item["basisgegevens"]["payload"]["url"]).status_code == 200
    assert aanbieder.delete(f"{PULL}/{e.stuurgegevens.referentienummer}").status_code == 202
    assert lijst(aanbieder) == []
    z = zending(paar.dossier().start())
    assert dien_in(aanbieder, z).status_code == 204
    assert wacht(aanbieder, z.id)["berichtstatus"] == "WordtAangeboden"
    assert "WMO305" in [item["functie"] for item in ggk.postvak(gemeente)]


def test_one_credential_counts_and_a_token_comes_first(node: Knoop, paar: Paar) -> None:
    van_gemeente = bewijs(node, paar.gemeentecode)
    token = node.tokens[paar.agb]
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    klant = met(node, van_gemeente, Authorization=f"Bearer {token}")
    assert [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in klant.postvak()] == ["WMO301"]
    assert soort(klant, **{"Bv-Partij": paar.gemeentecode}) == "niet-namens-deze-partij"
    assert soort(met(node, van_gemeente, Authorization="Bearer verzonnen")) == "niet-aangemeld"
    assert met(node, van_gemeente, **IEMAND).get("/v1/toewijzingen").status_code == 200


def test_a_certificate_is_good_between_its_days_by_the_clock_of_the_node(node: Knoop, paar: Paar) -> None:
    seconde = timedelta(seconds=1)
    grenzen = {
        "certificaat-verlopen": (NU - JAAR, NU - seconde),
        "certificaat-nog-niet-geldig": (NU + seconde, NU + JAAR),
        None: (NU, NU),
    }
    for reden, (van, tot) in grenzen.items():
        klant = met(node, bewijs(node, paar.agb, van=van, tot=tot))
        if reden is None:
            assert klant.get("/v1/toewijzingen").status_code == 200
        else:
            assert soort(klant) == reden
            vraag = {"Bv-Klok": (van + (tot - van) / 2).replace(tzinfo=None).isoformat()}
            assert soort(klant, **vraag) == reden  # that is the moment of a request, not of who makes it


def test_the_clock_of_a_run_is_that_of_the_node(node: Knoop, paar: Paar) -> None:
    klant = met(node, bewijs(node, paar.agb))
    try:
        for dagen, over in ((300, "certificaat-verlopen"), (-300, "certificaat-nog-niet-geldig")):
            moment = (NU + timedelta(days=dagen)).replace(tzinfo=None).isoformat()
            assert paar.aanbieder.put("/v1/proef/klok", json={"moment": moment}).status_code == 200
            assert soort(klant) == over
    finally:
        assert paar.aanbieder.delete("/v1/proef/klok").status_code == 200
    assert klant.get("/v1/toewijzingen").status_code == 200


def test_a_withdrawn_certificate_acts_for_nobody(node: Knoop, paar: Paar) -> None:
    deze = geef_uit(CA, NU, NU + JAAR)
    kort = lees_pem(deze.pem)
    registreer(node.engine, paar.agb, kort, NU, [paar.gemeentecode])
    trek_in(node.engine, kort.vingerafdruk, NU)
    bewijs(node, paar.agb)  # one that came later is known
    klant = met(node, deze)
    for code in (paar.agb, paar.gemeentecode):
        assert soort(klant, **{"Bv-Partij": code}) == "certificaat-onbekend"


@pytest.mark.parametrize("kop", [":MII=", "::", "MII=", ":MII=:;a=1", ":é:", ":" + "A" * 20_000 + ":"])
@pytest.mark.parametrize("pad", ["/v1/toewijzingen", "/v1/postvak/berichten", PULL, "/ggk/v1/postvak"])
def test_what_is_no_certificate_is_said(node: Knoop, pad: str, kop: str) -> None:
    antwoord = node.klant(None).get(pad, headers=[(b"Client-Cert", kop.encode())])
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (401, "certificaat-onleesbaar")


def test_two_headers_are_none(node: Knoop, paar: Paar) -> None:
    [waarde] = bewijs(node, paar.agb).kop.values()
    for tweede in (waarde, "", ":MII=:"):
        antwoord = node.klant(None).get("/v1/toewijzingen", headers=[("Client-Cert", waarde), ("Client-Cert", tweede)])
        assert (antwoord.status_code, "meer dan eens" in antwoord.json()["detail"]) == (401, True)
        antwoord = node.klant(None).post(
            ggk.DEUR, headers=[("Client-Cert", waarde), ("Client-Cert", tweede), *ggk.SOAP.items()], content=b"<x/>"
        )
        assert antwoord.status_code == 401


def test_a_header_without_anything_is_no_certificate(node: Knoop) -> None:
    assert soort(node.klant(None), **{"Client-Cert": ""}) == "niet-aangemeld"


@pytest.mark.parametrize(
    "vervalst",
    [
        {},
        {"X-Forwarded-For": "10.0.0.5"},
        {"X-Forwarded-For": "10.0.0.5, 127.0.0.1", "X-Forwarded-Proto": "https"},
        {"Forwarded": "for=10.0.0.5", "X-Real-IP": "10.0.0.5"},
    ],
)
def test_from_anyone_but_the_proxy_the_header_opens_nothing(elders: Knoop, vervalst: dict[str, str]) -> None:
    """Also when the caller says that it is the proxy: uvicorn believes that of 127.0.0.1."""
    paar = elders.paar()
    klant = met(elders, bewijs(elders, paar.agb, paar.gemeentecode), **vervalst)
    data = paar.dossier(domein=Domein.IJW).toewijzing()
    assert soort(klant) == "client-cert-niet-vertrouwd"
    assert klant.bied_aan(data).status_code == 401
    assert dien_in(klant, zending(data)).status_code == 401
    assert ggk.lever(klant, ggk.envelop(data)).status_code == 401
    assert paar.aanbieder.postvak() == paar.gemeente.postvak() == []


def test_with_a_token_the_header_of_anyone_does_nothing(elders: Knoop) -> None:
    paar = elders.paar()
    klant = met(elders, bewijs(elders, paar.gemeentecode), Authorization=f"Bearer {elders.tokens[paar.agb]}")
    assert klant.get("/v1/toewijzingen").status_code == 200
    assert soort(klant, **{"Bv-Partij": paar.gemeentecode}) == "niet-namens-deze-partij"


def test_who_reads_the_description_sees_both(node: Knoop) -> None:
    wijzen = node.openapi["components"]["securitySchemes"]
    assert wijzen["token"]["scheme"] == "bearer"
    assert wijzen["certificaat"]["type"] == "mutualTLS"
