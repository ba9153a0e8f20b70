"""Signalen over HTTP: in the answer, at the message, on the timeline and on the work list, for both parties; muted by one."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.berichten import Dossier
from tests.conformance.boom import WEG, Boom
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.ggk import bevestigd, envelop, wacht
from tests.knoop import Klant, Knoop, Paar, controleer_database, knoop
from tests.retouren import retour
from tests.vsp import codes, eigen_status, ingediend, meldingen, zending

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling, zet_signaal_uit
from berichtenverkeer.standaard.xml import BOM

ZELF = 7
"""The pair whose gemeente judges for itself."""

UIT = 8
"""The pair whose aanbieder put off what is said of the file, and of a 301 that is not whole."""


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node; what it holds in the end is what a rebuild gives."""
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        zet_beoordeling(k.engine, k.paar(ZELF).gemeentecode, Beoordelaar.PARTIJ)
        zet_signaal_uit(k.engine, k.paar(UIT).agb, {"OP192", "OP087"})
        yield k
        controleer_database(k.engine)
        assert herbouw(k.engine, SCHEMAS).afwijkend == 0


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


def in_de_toekomst(d: Dossier) -> bytes:
    """A start that the aanbieder reports a day before it happens (OP011)."""
    return d.start(Begindatum="2026-03-03")


def regels(bevindingen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(bevinding["regel"], bevinding["ernst"]) for bevinding in bevindingen]


def op_lijst(klant: Klant) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = klant.json("/v1/werklijsten/signalen")["items"]
    return items


def tijdlijn(klant: Klant) -> list[dict[str, Any]]:
    [item] = klant.toewijzingen()
    punten: list[dict[str, Any]] = klant.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")["items"]
    return punten


def test_it_is_told_everywhere_and_changes_nothing(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    uit = paar.aanbieder.goedgekeurd(in_de_toekomst(d))
    assert regels(uit["bevindingen"]) == [("OP011", "signaal")]
    assert uit["bevindingen"][0]["retourcode"] is None
    assert b"RetourCodes" not in paar.aanbieder.get(f"/v1/berichten/{uit['retour']['id']}/xml").content
    for klant in (paar.gemeente, paar.aanbieder):
        assert klant.json(f"/v1/berichten/{uit['id']}")["bevindingen"] == uit["bevindingen"]
        assert klant.toewijzingen()[0]["levering"] == "gestart"
        eerder, start = tijdlijn(klant)[-2:]
        assert (eerder["signalen"], regels(start["signalen"])) == ([], [("OP011", "signaal")])
    [rij] = op_lijst(paar.aanbieder)
    assert op_lijst(paar.gemeente) == [rij]
    assert (rij["wie"]["code"], rij["regel"], rij["toewijzingnummer"], rij["bsn"]) == (paar.agb, "OP011", 1001, d.bsn)
    assert (rij["te_laat"], rij["uiterlijk"]) == (False, "2026-03-30")
    assert rij["links"]["bericht"] == f"/v1/berichten/{uit['id']}"
    assert paar.aanbieder.get(rij["links"]["toewijzing"]).status_code == 200
    assert uit["bevindingen"][0]["melding"] in rij["waarom"]


def test_the_timeline_of_a_toewijzing_has_only_what_is_about_it(paar: Paar) -> None:
    """Of two starts in one file with a byte order mark one is too early."""
    d = paar.dossier()
    ander: dict[str, Boom] = {"ToewijzingNummer": "1002", "Product": {"Categorie": "07"}}
    erbij: dict[str, Boom] = {"zoals": "1", **ander, "Omvang": WEG, "Budget": "500000"}
    paar.gemeente.goedgekeurd(d.bericht("301", {"Client/ToegewezenProducten/ToegewezenProduct[2]": erbij}))
    ook: dict[str, Boom] = {"zoals": "1", **ander, "Begindatum": "2026-03-03"}
    data = BOM + d.bericht("305", {"Client/StartProducten/StartProduct[2]": ook})
    uit = paar.aanbieder.goedgekeurd(data)
    assert regels(uit["bevindingen"]) == [("OP192", "signaal"), ("OP011", "signaal")]
    per_nummer = {
        item["toewijzingnummer"]: paar.aanbieder.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")["items"][-1][
            "signalen"
        ]
        for item in paar.aanbieder.toewijzingen()
    }
    assert {nummer: [s["regel"] for s in signalen] for nummer, signalen in per_nummer.items()} == {
        1001: ["OP192"],
        1002: ["OP192", "OP011"],
    }


def test_the_same_bytes_again_give_the_same_signalen(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = in_de_toekomst(d)
    eerste = paar.aanbieder.goedgekeurd(data)
    nogmaals = paar.aanbieder.bied_aan(data).json()
    assert nogmaals["bevindingen"] == eerste["bevindingen"]
    assert len(op_lijst(paar.aanbieder)) == 1


def test_who_puts_a_signaal_off_does_not_see_it_and_the_other_still_does(node: Knoop) -> None:
    paar = node.paar(UIT)
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    uit = paar.aanbieder.goedgekeurd(BOM + in_de_toekomst(d))
    assert regels(uit["bevindingen"]) == [("OP011", "signaal")]
    assert regels(paar.aanbieder.json(f"/v1/berichten/{uit['id']}")["bevindingen"]) == [("OP011", "signaal")]
    assert regels(tijdlijn(paar.aanbieder)[-1]["signalen"]) == [("OP011", "signaal")]
    assert [rij["regel"] for rij in op_lijst(paar.aanbieder)] == ["OP011"]
    alles = [("OP192", "signaal"), ("OP011", "signaal")]
    assert regels(paar.gemeente.json(f"/v1/berichten/{uit['id']}")["bevindingen"]) == alles
    assert regels(tijdlijn(paar.gemeente)[-1]["signalen"]) == alles
    assert [rij["regel"] for rij in op_lijst(paar.gemeente)] == ["OP192", "OP011"]


def test_the_doors_of_the_chain_tell_it_with_rule_place_and_advice(paar: Paar) -> None:
    """What was delivered is delivered; the status also says what was not as it should."""
    d = paar.dossier()
    e = envelop(BOM + d.toewijzing())
    bevestigd(paar.gemeente, e)
    status = wacht(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("WordtAangeboden", ["OP192"])
    z = zending(in_de_toekomst(d))
    gezien = ingediend(paar.aanbieder, z)
    [bevinding] = paar.aanbieder.json(f"/v1/berichten/{z.id}")["bevindingen"]
    [melding] = meldingen(gezien)
    assert (gezien["berichtstatus"], melding["code"], melding["omschrijving"]) == (
        "WordtAangeboden",
        "OP011",
        bevinding["melding"],
    )
    assert melding["toelichting"] == (
        f"Een signaal: dit keurt het bericht niet af. Zie regel {bevinding['regelnummer']}, {bevinding['pad']}. "
        f"{bevinding['advies']}"
    )


def test_the_doors_of_the_chain_leave_out_what_a_party_put_off(node: Knoop) -> None:
    paar = node.paar(UIT)
    d = paar.dossier(bsn="999900018", nummer=1003)
    paar.gemeente.goedgekeurd(d.toewijzing())
    z = zending(BOM + in_de_toekomst(d))
    assert codes(ingediend(paar.aanbieder, z)) == ["OP011"]
    assert codes(eigen_status(paar.gemeente, z.id)) == ["OP192", "OP011"]
    assert [m["code"] for m in wacht(paar.aanbieder, z.id)["meldingen"]] == ["OP011"]


def test_what_was_rejected_is_on_no_list(paar: Paar) -> None:
    uit = paar.aanbieder.aangenomen(in_de_toekomst(paar.dossier()))
    assert (uit["oordeel"], regels(uit["bevindingen"])) == ("afgekeurd", [("OP011", "signaal"), ("TR019", "fout")])
    assert op_lijst(paar.aanbieder) == []


def test_a_receiver_that_judges_for_itself_is_told_and_its_word_counts(node: Knoop) -> None:
    """A signaal does not make a message wait; its rejection takes it off the list."""
    paar = node.paar(ZELF)
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = in_de_toekomst(d)
    uit = paar.aanbieder.aangenomen(data)
    assert (uit["oordeel"], regels(uit["bevindingen"])) == ("voorlopig", [("OP011", "signaal")])
    assert paar.aanbieder.toewijzingen()[0]["levering"] == "gestart"
    assert len(op_lijst(paar.gemeente)) == 1
    paar.gemeente.aangenomen(retour(data, "9326"))
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], regels(na["bevindingen"])) == ("afgekeurd", [("OP011", "signaal"), ("RETOUR", "fout")])
    assert paar.aanbieder.toewijzingen()[0]["levering"] == "niet_gestart"
    assert op_lijst(paar.gemeente) == []


def test_an_approval_by_such_a_receiver_leaves_the_signaal(node: Knoop) -> None:
    paar = node.paar(ZELF)
    d = paar.dossier(bsn="999900018", nummer=1002)
    paar.gemeente.goedgekeurd(d.toewijzing())
    data = in_de_toekomst(d)
    uit = paar.aanbieder.aangenomen(data)
    paar.gemeente.aangenomen(retour(data))
    na = paar.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], regels(na["bevindingen"])) == ("goedgekeurd", [("OP011", "signaal")])
