"""The header ``Bv-Klok``: in proefmodus a caller says which moment it is."""

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import Paar, knoop

from berichtenverkeer.standaard.berichten import Retourbericht
from berichtenverkeer.standaard.lezen import lees


def test_the_moment_of_arrival_and_of_the_retourbericht(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **{"Bv-Klok": "2026-07-01T00:00:01"})
    assert uit["ontvangen_op"] == "2026-06-30T22:00:01Z"
    retour = lees(paar.gemeente.get(f"/v1/berichten/{uit['retour']['id']}/xml").content, SCHEMAS).bericht
    assert isinstance(retour, Retourbericht)
    assert str(retour.Header.DagtekeningRetour) == "2026-07-01"
    [item] = paar.aanbieder.toewijzingen()
    assert item["gewijzigd_op"] == "2026-06-30T22:00:01Z"


def test_dagtekening_is_held_against_it(paar: Paar) -> None:
    d = paar.dossier()
    vroeg = paar.gemeente.aangenomen(d.toewijzing(), **{"Bv-Klok": "2026-03-01T23:59:59"})
    assert [b["regel"] for b in vroeg["bevindingen"]] == ["TR135"]
    paar.gemeente.goedgekeurd(d.toewijzing(), **{"Bv-Klok": "2026-03-02T00:00:00"})


def test_another_time_zone_is_turned_into_dutch_time(paar: Paar) -> None:
    """At 23:30 UTC the Dutch day has begun."""
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **{"Bv-Klok": "2026-03-01T23:30:00Z"})
    assert uit["ontvangen_op"] == "2026-03-01T23:30:00Z"


def test_toestand_is_that_of_its_day(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    [item] = paar.gemeente.toewijzingen()
    for dag, toestand in {"2026-01-31": "toekomstig", "2026-12-31": "lopend", "2027-01-01": "verlopen"}.items():
        klok = {"Bv-Klok": f"{dag}T12:00:00"}
        assert paar.gemeente.get(f"/v1/toewijzingen/{item['id']}", headers=klok).json()["toestand"] == toestand
        [in_lijst] = paar.gemeente.get("/v1/toewijzingen", headers=klok).json()["items"]
        assert in_lijst["toestand"] == toestand


@pytest.mark.parametrize(
    "moment", ["", "nu", "2026", "2026-13-01", "12:00", "1", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "\xff"]
)
def test_what_is_no_moment(bezoeker: Paar, moment: str) -> None:
    for methode, pad in (("POST", "/v1/berichten"), ("GET", "/v1/toewijzingen")):
        antwoord = bezoeker.gemeente.request(methode, pad, headers={b"Bv-Klok": moment.encode("latin-1")})
        assert antwoord.status_code == 400
        assert antwoord.json()["type"].endswith("klok-onleesbaar")


def test_outside_proefmodus_the_clock_stands_fast(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed()) as node:
        paar = node.paar()
        data = paar.dossier().toewijzing()
        antwoord = paar.gemeente.bied_aan(data, **{"Bv-Klok": "2026-07-01T00:00:01"})
        assert antwoord.status_code == 400
        assert antwoord.json()["type"].endswith("klok-staat-vast")
        assert paar.gemeente.get("/v1/toewijzingen", headers={"Bv-Klok": "2026-07-01T00:00:01"}).status_code == 400
        paar.gemeente.goedgekeurd(data)
