"""What was refused stays on a list of its sender until it is put right."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests import vsp
from tests.conformance.boom import WEG
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar, knoop
from tests.retouren import retour

from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


def op(klant: Klant, naam: str = "afgekeurd", dag: str = "2026-03-03") -> list[dict[str, Any]]:
    antwoord = klant.get(f"/v1/werklijsten/{naam}", headers={"Bv-Klok": f"{dag}T12:00:00"})
    assert antwoord.status_code == 200, antwoord.text
    items: list[dict[str, Any]] = antwoord.json()["items"]
    kort = klant.get("/v1/werklijsten", headers={"Bv-Klok": f"{dag}T12:00:00"}).json()["items"]
    assert {k["naam"]: k["aantal"] for k in kort}[naam] == len(items)
    return items


def afgekeurd(klant: Klant, data: bytes) -> dict[str, Any]:
    uit = klant.aangenomen(data)
    assert uit["oordeel"] == "afgekeurd"
    return uit


def test_a_start_on_a_wrong_number_until_the_right_one_comes(paar: Paar) -> None:
    """Two toewijzingen: the start on the other one puts nothing right."""
    d, ander = paar.dossier(), paar.dossier(nummer=1002)
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.gemeente.goedgekeurd(ander.toewijzing(Product__Code="02T02"))
    fout = afgekeurd(paar.aanbieder, replace(d, nummer=9999).start())
    [rij] = op(paar.aanbieder)
    assert (rij["wie"]["code"], rij["links"]["bericht"], rij["bsn"]) == (paar.agb, f"/v1/berichten/{fout['id']}", d.bsn)
    eerste = fout["bevindingen"][0]
    assert all(deel in rij["waarom"] for deel in (eerste["retourcode"], eerste["melding"], eerste["advies"]))
    assert (rij["regel"], rij["te_laat"]) == (eerste["regel"], False)
    assert op(paar.gemeente) == []
    paar.aanbieder.goedgekeurd(ander.start(Product__Code="02T02", Begindatum="2026-02-03"))
    assert len(op(paar.aanbieder)) == 1
    paar.aanbieder.goedgekeurd(d.start())
    assert op(paar.aanbieder) == []


def test_a_start_that_was_there_already_needs_nothing(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(d.stop())
    afgekeurd(paar.aanbieder, d.stop(Einddatum="2026-02-10"))
    [rij] = op(paar.aanbieder)
    assert "WMO307" in rij["waarom"]


def test_a_receiver_that_judges_for_itself(node: Knoop, paar: Paar) -> None:
    zet_beoordeling(node.engine, paar.agb, Beoordelaar.PARTIJ)
    node.binnen.register.kijk()
    data = paar.dossier().toewijzing()
    paar.gemeente.aangenomen(data)
    assert op(paar.gemeente) == []
    paar.aanbieder.aangenomen(retour(data, "9332"))
    [rij] = op(paar.gemeente)
    assert "9332" in rij["waarom"]


def test_a_refused_301_is_of_the_gemeente(paar: Paar) -> None:
    d = paar.dossier()
    afgekeurd(paar.gemeente, d.toewijzing(Einddatum="2025-01-01"))
    assert [rij["wie"]["code"] for rij in op(paar.gemeente)] == [paar.gemeentecode]
    assert op(paar.aanbieder) == []
    paar.gemeente.goedgekeurd(d.toewijzing())
    assert op(paar.gemeente) == []


def test_a_refused_request(paar: Paar) -> None:
    d = paar.dossier()
    vraag = {"Client/Verzoek/OngewijzigdeProducten": WEG}
    afgekeurd(paar.aanbieder, d.bericht("317", {**vraag}))
    assert len(op(paar.aanbieder)) == 1
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.bericht("317", {**vraag}))
    assert op(paar.aanbieder) == []


def test_a_declaratie_that_was_refused_as_a_whole(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(declaratie(d, "D0", Regel("R0", periode=("2026-02-01", "2026-02-28"))))
    uit = paar.aanbieder.aangenomen(declaratie(d, "D0", Regel("R1")))
    assert uit["oordeel"] == "afgekeurd"
    [rij] = op(paar.aanbieder)
    assert (rij["links"]["declaratie"], rij["bsn"]) == (f"/v1/declaraties/{uit['id']}", None)
    assert "D0" in rij["waarom"]


def test_a_refused_creditregel_until_the_line_is_credited(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    debet = Regel("R1")
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", debet))
    paar.aanbieder.aangenomen(declaratie(d, "D2", replace(debet, referentie="C1", crediteert="ONBEKEND")))
    [rij] = op(paar.aanbieder)
    assert ("C1" in rij["waarom"], rij["toewijzingnummer"]) == (True, d.nummer)
    assert op(paar.aanbieder, "afgewezen-prestaties") == []
    paar.aanbieder.goedgekeurd(declaratie(d, "D3", debet.credit("C2")))
    assert op(paar.aanbieder) == []


def test_a_start_on_a_wrong_number_has_a_proposal_when_there_is_one_toewijzing(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    afgekeurd(paar.aanbieder, replace(d, nummer=9999).start())
    [rij] = op(paar.aanbieder)
    id_ = paar.aanbieder.toewijzingen()[0]["id"]
    assert rij["links"]["toewijzing"] == f"/v1/toewijzingen/{id_}"
    vraag = rij["voorstel"]["vraag"] | {"begindatum": "2026-02-02"}
    voorstel = paar.aanbieder.post(rij["voorstel"]["pad"], json=vraag).json()
    assert voorstel["bevindingen"] == []
    paar.aanbieder.goedgekeurd(voorstel["xml"].encode())
    assert op(paar.aanbieder) == []


def test_a_message_without_a_toewijzing_has_no_proposal(paar: Paar) -> None:
    afgekeurd(paar.aanbieder, paar.dossier().start())
    [rij] = op(paar.aanbieder)
    assert (rij["voorstel"], rij["links"]["toewijzing"]) == (None, None)


# at the door


def _kapot(data: bytes) -> bytes:
    """The same with a day that is none."""
    return data.replace(b"2026-02-02", b"2026-02-32")


def test_what_a_door_refused_until_its_like_comes_for_the_client(paar: Paar) -> None:
    d, ander = paar.dossier(), paar.dossier("999900018", nummer=1002)
    for een in (d, ander):
        paar.gemeente.goedgekeurd(een.toewijzing())
    assert paar.aanbieder.bied_aan(_kapot(d.start())).status_code == 422
    [rij] = op(paar.aanbieder)
    assert (rij["wie"]["code"], rij["bsn"], rij["gemeente"], rij["regel"]) == (
        paar.agb, d.bsn, paar.gemeentecode, "XSD",
    )  # fmt: skip
    assert "Het WMO305 van 2026-03-02 is bij de deur geweigerd" in rij["waarom"]
    assert d.bsn not in rij["waarom"]
    assert op(paar.gemeente) == []
    paar.aanbieder.goedgekeurd(ander.start())
    assert len(op(paar.aanbieder)) == 1
    paar.aanbieder.goedgekeurd(d.start())
    assert op(paar.aanbieder) == []


def test_what_vsp_refused_links_to_its_status(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = vsp.zending(_kapot(d.start()), bericht=d.start())
    assert vsp.dien_in(paar.aanbieder, z).status_code == 204
    assert vsp.wacht(paar.aanbieder, z.id)["berichtstatus"] == "AfgekeurdDoorDienst"
    [rij] = op(paar.aanbieder)
    assert rij["bsn"] == d.bsn
    assert paar.aanbieder.get(rij["links"]["bericht"]).json()["oordeel"] == "geweigerd"
    paar.aanbieder.goedgekeurd(d.start())
    assert op(paar.aanbieder) == []


def test_what_shows_nothing_is_told_too_until_anything_counts(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    assert paar.aanbieder.bied_aan(b"geen bericht").status_code == 400
    [rij] = op(paar.aanbieder)
    assert (rij["bsn"], rij["gemeente"], rij["aanbieder"]) == (None, None, paar.agb)
    paar.aanbieder.goedgekeurd(d.start())
    assert op(paar.aanbieder) == []


def test_of_a_zending_without_findings_the_melding_is_told(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = vsp.zending(b"geen bericht", bericht=d.start())
    assert vsp.dien_in(paar.aanbieder, z).status_code == 204
    [melding] = vsp.wacht(paar.aanbieder, z.id)["meldingen"]
    [rij] = op(paar.aanbieder)
    assert melding["omschrijving"] in rij["waarom"]


def test_what_was_there_already_is_nothing_to_mend(paar: Paar) -> None:
    """The retourbericht that the node made is refused as one that exists; another that belongs to nothing is to be mended."""
    d = paar.dossier()
    heen = paar.gemeente.goedgekeurd(d.toewijzing())
    retour_xml = paar.aanbieder.get(f"/v1/berichten/{heen['retour']['id']}/xml").content
    antwoord = paar.aanbieder.bied_aan(retour_xml + b"\n")
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (409, "retour-bestaat-al")
    assert op(paar.aanbieder) == []
    los = retour_xml.replace(heen["identificatie"].encode(), b"000000000999")
    assert paar.aanbieder.bied_aan(los).status_code == 422
    assert len(op(paar.aanbieder)) == 1
