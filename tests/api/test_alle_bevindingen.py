"""All that was found, at every door: VSP, StUF and ``GET /v1/berichten/{traceerId}`` tell what ``POST /v1/berichten`` tells."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from tests.declaraties import Regel, antwoord, declaratie
from tests.ggk import afgekeurd, bevestigd, di01, envelop, haal, lever, postvak, vervang
from tests.ggk import wacht as wacht_ggk
from tests.knoop import Klant, Knoop, Paar
from tests.retouren import retour
from tests.vsp import codes, ingediend, lijst, meldingen, zending

from berichtenverkeer.keten.envelop.stuf import Foutbericht
from berichtenverkeer.partijen.partij import geef_mandaat
from berichtenverkeer.standaard.xml import BOM

_FOUTEN = ((b":Geslacht>2<", b":Geslacht>7<"), (b":Begindatum>2026-02", b":Begindatum>2026-13"),
           (b":StatusAanlevering>1<", b":StatusAanlevering>5<"))  # fmt: skip


def drie_xsd_fouten(goed: bytes) -> bytes:
    """The 305 with three things that its XSD does not allow."""
    for oud, nieuw in _FOUTEN:
        assert goed.count(oud) == 1
        goed = goed.replace(oud, nieuw)
    return goed


def _staat_er(bevindingen: Iterable[dict[str, Any]], meldingen: list[dict[str, str]]) -> None:
    """Each finding is in the melding on its place: its rule, where it is, what is wrong and what to do."""
    tekst = [f"{melding['code']} {melding['omschrijving']} {melding['toelichting']}" for melding in meldingen]
    bevindingen = list(bevindingen)
    assert len(tekst) == len(bevindingen)
    for een, bevinding in zip(tekst, bevindingen, strict=True):
        for veld in ("regel", "pad", "melding", "advies"):
            assert bevinding[veld] in een, (veld, een)
        assert f"regel {bevinding['regelnummer']}, " in een


def test_three_xsd_faults_by_vsp(node: Knoop, paar: Paar) -> None:
    goed = paar.dossier().start()
    stuk = drie_xsd_fouten(goed)
    deur = paar.aanbieder.bied_aan(stuk).json()
    assert len(deur["bevindingen"]) == 3
    z = zending(stuk, bericht=goed)
    status = ingediend(paar.aanbieder, z)
    assert (status["berichtstatus"], codes(status)) == ("AfgekeurdDoorDienst", ["BRS13"] * 3)
    _staat_er(deur["bevindingen"], meldingen(status))
    bekeken = paar.aanbieder.json(f"/v1/berichten/{z.id}")
    assert bekeken["bevindingen"] == deur["bevindingen"]
    assert bekeken["meldingen"][0]["code"] == "BRS13"
    assert {naam: bekeken[naam] for naam in ("id", "berichtsoort", "identificatie", "oordeel", "retour")} == {
        "id": z.id, "berichtsoort": "WMO305", "identificatie": None, "oordeel": "geweigerd", "retour": None,
    }  # fmt: skip
    assert (bekeken["afzender"], bekeken["ontvanger"]) == (paar.agb, paar.gemeentecode)
    for vreemde in (paar.gemeente, node.paar().aanbieder):  # who sent it only: it went nowhere
        assert vreemde.get(f"/v1/berichten/{z.id}").status_code == 404


def test_three_xsd_faults_by_stuf(paar: Paar) -> None:
    goed = paar.dossier().toewijzing()
    stuk = goed.replace(b"Bsn>", b"Bsm>").replace(b":Ingangsdatum>20", b":Ingangsdatum>x0")
    deur = paar.gemeente.bied_aan(stuk).json()["bevindingen"]
    assert len(deur) >= 3
    e = envelop(stuk, bericht=goed)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    status = wacht_ggk(paar.gemeente, nummer)
    assert {m["code"] for m in status["meldingen"]} == {"IB014"}
    _staat_er(deur, status["meldingen"])
    fout = afgekeurd(paar.gemeente, nummer)
    assert len(fout.omschrijving) <= 200
    assert f"XSD, regel {deur[0]['regelnummer']}, /Bericht/" in fout.omschrijving
    assert fout.omschrijving.endswith(f" (+{len(deur) - 1}, zie de status)")
    assert paar.gemeente.json(f"/v1/berichten/{nummer}")["bevindingen"] == deur


def test_more_than_one_fault_in_the_envelope(paar: Paar) -> None:
    """All of them in the status, the first in the Fo01."""
    e = di01(paar)
    nummer = e.stuurgegevens.referentienummer
    data = vervang(e, "20260302101502", "vandaag").replace(b">0007<", b">een<")
    assert lever(paar.gemeente, data).status_code == 200
    status = wacht_ggk(paar.gemeente, nummer)
    velden = ["tijdstipBericht", "applicatieVersie", "tijdstipBericht"]  # by the XSD, and by the calendar
    assert [m["code"] for m in status["meldingen"]] == ["IB001"] * 3
    for veld, melding in zip(velden, status["meldingen"], strict=True):
        assert veld in melding["toelichting"]
    fout = afgekeurd(paar.gemeente, nummer)
    assert "tijdstipBericht" in fout.omschrijving
    assert fout.omschrijving.endswith(" (+2, zie de status)")
    bekeken = paar.gemeente.json(f"/v1/berichten/{nummer}")
    assert [b["element"] for b in bekeken["bevindingen"]] == velden


def test_what_the_rules_refuse_by_vsp(paar: Paar) -> None:
    """Levels 2 and 3: the status, the look-up and the retourbericht tell the same as the first door."""
    d = paar.dossier()
    oud = d.bericht(
        "305",
        {"Client/Geboortedatum/Datum": "1890-01-02", "Client/StartProducten/StartProduct[1]/Begindatum": "2026-01-01"},
    )
    for data in (oud, d.start()):
        z = zending(data)
        status = ingediend(paar.aanbieder, z)
        assert status["berichtstatus"] == "VerwerkingVoltooid"
        bekeken = paar.aanbieder.json(f"/v1/berichten/{z.id}")
        assert bekeken["oordeel"] == "afgekeurd"
        assert "meldingen" not in bekeken
        assert bekeken["bevindingen"]
        _staat_er(bekeken["bevindingen"], meldingen(status))
        assert [m["code"] for m in meldingen(status)] == [b["regel"] for b in bekeken["bevindingen"]]
        assert paar.aanbieder.bied_aan(data).json()["bevindingen"] == bekeken["bevindingen"]
        terug = lijst(paar.aanbieder)[-1]
        assert terug["referentiegegevens"]["alsAntwoordOp"] == z.id


def test_what_the_rules_refuse_by_stuf(node: Knoop, paar: Paar) -> None:
    """A Du01 answers it, so there is no Fo01; the status has all."""
    data = paar.dossier().toewijzing(Einddatum="2026-01-01")
    e = envelop(data)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    status = wacht_ggk(paar.gemeente, nummer)
    assert status["status"] == "VerwerkingVoltooid"
    bekeken = paar.gemeente.json(f"/v1/berichten/{nummer}")
    assert bekeken["bevindingen"]
    _staat_er(bekeken["bevindingen"], status["meldingen"])
    assert [item["berichtcode"] for item in postvak(paar.gemeente)] == ["Du01"]


def test_a_declaratie_of_which_prestaties_are_refused(paar: Paar) -> None:
    """Level 3 and 4 in a 323 that goes on: its receiver sees it too."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    z = zending(declaratie(d, "D1", Regel("R1"), Regel("R2", toewijzing=4711)))
    status = ingediend(paar.aanbieder, z)
    assert status["berichtstatus"] == "WordtAangeboden"
    for klant in (paar.aanbieder, paar.gemeente):
        bekeken = klant.json(f"/v1/berichten/{z.id}")
        assert (bekeken["oordeel"], bekeken["berichtsoort"]) == ("deels_goedgekeurd", "WMO323")
        _staat_er(bekeken["bevindingen"], meldingen(ingediend(paar.aanbieder, z)))


def test_who_handed_it_in_looks_it_up_too(node: Knoop, paar: Paar) -> None:
    dienst = node.paar()
    geef_mandaat(node.engine, dienst.agb, paar.agb, node.binnen.klok())
    node.binnen.register.kijk()
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    goed, stuk = zending(d.start()), zending(b"<geen/>", bericht=d.start())
    for z, oordeel in ((goed, "goedgekeurd"), (stuk, "geweigerd")):
        ingediend(dienst.aanbieder, z)
        for klant in (dienst.aanbieder, paar.aanbieder):
            assert klant.json(f"/v1/berichten/{z.id}")["oordeel"] == oordeel
            assert klant.json(f"/v1/berichten/{z.id.upper()}")["oordeel"] == oordeel
    assert paar.gemeente.json(f"/v1/berichten/{goed.id}")["berichtsoort"] == "WMO305"
    assert node.paar().aanbieder.get(f"/v1/berichten/{goed.id}").status_code == 404


def test_a_retourbericht_that_was_refused_is_named_by_its_header(paar: Paar) -> None:
    """Its Afzender is who sent what it answers (IV028)."""
    z = zending(retour(paar.dossier().toewijzing()), als_antwoord_op="11111111-1111-4111-8111-111111111111")
    assert codes(ingediend(paar.aanbieder, z)) == ["IB021"]
    bekeken = paar.aanbieder.json(f"/v1/berichten/{z.id}")
    assert (bekeken["berichtsoort"], bekeken["afzender"], bekeken["ontvanger"]) == (
        "WMO302",
        paar.gemeentecode,
        paar.agb,
    )
    assert bekeken["meldingen"][0]["code"] == "IB021"


@pytest.mark.parametrize("nummer", ["x", "0" * 41, "%00", "Bericht", "00000000-0000-4000-8000-000000000000"])
def test_a_number_that_nothing_has(bezoeker: Paar, nummer: str) -> None:
    assert bezoeker.aanbieder.get(f"/v1/berichten/{nummer}").status_code == 404


# a 325 that is refused


def _gedeclareerd(paar: Paar) -> tuple[bytes, str]:
    """A 323 of a client that the gemeente knows, which waits for its 325; and its id."""
    d = paar.dossier()
    start = d.start()
    paar.gemeente.aangenomen(d.toewijzing())
    paar.aanbieder.aangenomen(start)
    paar.gemeente.aangenomen(retour(start))
    data = declaratie(d, "D1", Regel("R1"))
    return data, paar.aanbieder.aangenomen(data)["id"]


def _anders(data: bytes) -> bytes:
    """The 325 on this 323 that grants another amount than it was asked."""
    return antwoord(data, {"R1": "9321"}).replace(b"ReferentieNummer>R1<", b"ReferentieNummer>R9<")


@pytest.mark.parametrize("deur", ["stuf", "vsp"])
def test_a_refused_325_says_why(ggk: Knoop, deur: str) -> None:
    paar = ggk.paar()
    data, id_ = _gedeclareerd(paar)
    stuk = _anders(data)
    if deur == "stuf":
        e = envelop(stuk)
        nummer = e.stuurgegevens.referentienummer
        bevestigd(paar.gemeente, e)
        status = wacht_ggk(paar.gemeente, nummer)
        gemeld, hoe_ver = status["meldingen"], status["status"]
        fout = afgekeurd(paar.gemeente, nummer)
        assert (fout.code, "TR366" in fout.omschrijving) == ("IB014", True)
    else:
        z = zending(stuk)
        nummer = z.id
        gezien = ingediend(paar.gemeente, z)
        gemeld, hoe_ver = meldingen(gezien), gezien["berichtstatus"]
        assert codes(gezien) == ["BRS22"]
    assert hoe_ver == "AfgekeurdDoorDienst"
    bekeken = paar.gemeente.json(f"/v1/berichten/{nummer}")
    assert [b["regel"] for b in bekeken["bevindingen"]] == ["TR366"]
    assert bekeken["oordeel"] == "afgekeurd"
    _staat_er(bekeken["bevindingen"], gemeld)
    assert all(
        item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] != "WMO325" for item in lijst(paar.aanbieder)
    )
    bij_declaratie = paar.aanbieder.json(f"/v1/berichten/{id_}")
    assert bij_declaratie["oordeel"] == "voorlopig"
    [nota] = bij_declaratie["bevindingen"]
    assert (nota["regel"], nota["ernst"]) == ("ANTWOORD", "signaal")
    assert "TR366" in nota["melding"]
    rijen = [_op_lijst(klant, id_) for klant in (paar.aanbieder, paar.gemeente)]
    assert [[(rij["regel"], rij["wie"]["code"]) for rij in van] for van in rijen] == [
        [("ANTWOORD", paar.gemeentecode)]
    ] * 2
    goed = antwoord(data, {"R1": "9321"})
    assert paar.gemeente.aangenomen(goed)["oordeel"] == "goedgekeurd"
    assert "ANTWOORD" not in [b["regel"] for b in paar.aanbieder.json(f"/v1/berichten/{id_}")["bevindingen"]]
    assert _op_lijst(paar.aanbieder, id_) == []


def _op_lijst(klant: Klant, id_: str) -> list[dict[str, Any]]:
    """The signalen of this message on the work list."""
    items: list[dict[str, Any]] = klant.json("/v1/werklijsten/signalen")["items"]
    return [rij for rij in items if rij["links"]["bericht"] == f"/v1/berichten/{id_}"]


def test_a_refused_325_on_no_declaratie(ggk: Knoop) -> None:
    paar = ggk.paar()
    nooit = declaratie(paar.dossier(), "D1", Regel("R1"))
    e = envelop(antwoord(nooit))
    bevestigd(paar.gemeente, e)
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (fout.code, "TR337" in fout.omschrijving) == ("IB021", True)


def test_a_signaal_is_not_why_a_325_is_refused(ggk: Knoop) -> None:
    """A byte order mark is of the level of the rules inside the message, and none of those refuses it here."""
    paar = ggk.paar()
    e = envelop(BOM + antwoord(declaratie(paar.dossier(), "D1", Regel("R1"))))
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    status = wacht_ggk(paar.gemeente, nummer)
    assert [(m["code"], m["toelichting"].startswith("Een signaal: ")) for m in status["meldingen"]] == [
        ("IB021", False),
        ("OP192", True),
    ]
    [item] = postvak(paar.gemeente)
    fout = haal(paar.gemeente, item)
    assert isinstance(fout, Foutbericht)
    assert fout.code == "IB021"
    assert "TR337" in fout.omschrijving
    assert "OP192" not in fout.omschrijving


def test_nothing_that_is_told_holds_a_value_of_a_person(paar: Paar) -> None:
    goed = paar.dossier().start()
    z = zending(drie_xsd_fouten(goed), bericht=goed)
    for tekst in (json.dumps(ingediend(paar.aanbieder, z)), paar.aanbieder.get(f"/v1/berichten/{z.id}").text):
        assert "999900006" not in tekst
