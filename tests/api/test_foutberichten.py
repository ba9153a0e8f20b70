"""A Fo01 of a gemeente in the postvak of the node: its number in the one series, waiting for it, and acknowledging it."""

import threading
import time
import uuid
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from tests.berichten import gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.ggk import bevestigd, di01, lever, stop_bij, vervang, wacht
from tests.ggk import postvak as ggk_postvak
from tests.knoop import NU, Klant, Knoop, Paar, meld_partijen_aan
from tests.vsp import lijst

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.keten.envelop.stuf import Foutbericht, Stuurgegevens, Systeem, keur_af
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade

PAD = "/v1/postvak/berichten"


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    return ggk.paar()


def _fo01(paar: Paar, op: str, nummer: str | None = None) -> Foutbericht:
    zender = Systeem(paar.gemeentecode, "Voorbeeldsuite")
    heen = Stuurgegevens("Di01", Systeem(paar.agb, "GGk"), zender, op, "20260302101502", None, "JW307")
    return keur_af("StUF055", heen, lambda: nummer or str(uuid.uuid4()), NU, origineel=b"<a/>", zender=zender)


def _subtypes(items: list[dict[str, Any]]) -> list[str]:
    return [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in items]


def _bladzijden(klant: Klant, limit: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    na = "0"
    while (pagina := klant.json(PAD, limit=limit, na=na))["items"]:
        items += pagina["items"]
        na = pagina["volgende"]
    return items


def test_it_lies_between_the_messages_in_order_of_arrival(ggk: Knoop, paar: Paar) -> None:
    stop_id, _ = stop_bij(paar)
    tot_nu = paar.aanbieder.json(PAD)
    fout = _fo01(paar, stop_id)
    for _ in range(2):
        bevestigd(paar.gemeente, fout)
    paar.gemeente.aangenomen(paar.dossier("999900018", nummer=1002).toewijzing())
    nieuw = paar.aanbieder.json(PAD, na=tot_nu["volgende"])["items"]
    assert _subtypes(nieuw) == ["Fo01", "WMO301"]
    assert nieuw[0]["referentiegegevens"] == {
        "conversatieId": stop_id, "traceerId": fout.stuurgegevens.referentienummer, "alsAntwoordOp": stop_id,
    }  # fmt: skip
    alles = _bladzijden(paar.aanbieder, 250)
    assert alles == [*tot_nu["items"], *nieuw]
    nummers = [item["volgnummer"] for item in alles]
    assert nummers == sorted(set(nummers))
    assert _bladzijden(paar.aanbieder, 1) == _bladzijden(paar.aanbieder, 2) == alles
    assert b"StUF055" in paar.aanbieder.get(nieuw[0]["basisgegevens"]["payload"]["url"]).content
    assert herbouw(ggk.engine, SCHEMAS).afwijkend == 0
    assert _bladzijden(paar.aanbieder, 250) == alles


def test_acknowledging_it(ggk: Knoop, paar: Paar) -> None:
    stop_id, _ = stop_bij(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, fout)
    id_ = fout.stuurgegevens.referentienummer
    assert paar.aanbieder.postvak()[-1]["status"] == "WordtAangeboden"
    for klant in (paar.gemeente, ggk.paar().aanbieder):
        assert klant.post(f"{PAD}/{id_}/bevestigd").status_code == 404
    for _ in range(2):
        antwoord = paar.aanbieder.post(f"{PAD}/{id_}/bevestigd")
        assert (antwoord.status_code, antwoord.json()) == (200, {"traceerId": id_, "status": "Bezorgd"})
    laatste = paar.aanbieder.postvak()[-1]
    assert (laatste["referentiegegevens"]["traceerId"], laatste["status"]) == (id_, "Bezorgd")
    assert "Fo01" not in _subtypes(lijst(paar.aanbieder))


def test_waiting_ends_when_it_comes(paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichtenverkeer.api.postvak._KIJK_ELKE", 1000.0)
    stop_id, _ = stop_bij(paar)
    na = paar.aanbieder.json(PAD)["volgende"]
    gekomen: list[str] = []
    draad = threading.Thread(target=lambda: gekomen.extend(_subtypes(paar.aanbieder.postvak(na=na, wacht=50))))
    draad.start()
    time.sleep(0.2)  # usually it waits by now; the test holds either way
    bevestigd(paar.gemeente, _fo01(paar, stop_id))
    draad.join(30)
    assert gekomen == ["Fo01"]


def test_one_with_a_number_that_vsp_does_not_know_goes_nowhere(paar: Paar) -> None:
    stop_id, _ = stop_bij(paar)
    assert lever(paar.gemeente, _fo01(paar, stop_id, "kenmerk 1")).status_code == 200
    status = wacht(paar.gemeente, "kenmerk 1")
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB001"])
    assert "Fo01" not in _subtypes(paar.aanbieder.postvak() + lijst(paar.aanbieder))


def test_those_of_a_gemeente_are_in_the_postvak_of_the_ggk_only(paar: Paar) -> None:
    e = di01(paar)
    bevestigd(paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "AfgekeurdDoorDienst"
    assert [item["berichtcode"] for item in ggk_postvak(paar.gemeente)] == ["Fo01"]
    assert paar.gemeente.postvak() == []


def test_those_from_before_get_a_number_after_all_others(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    with schrijvend(engine) as verbinding:
        command.upgrade(configuratie(verbinding), "0007")
    gemeente, agb = gemeenten()[0], "98000000"
    meld_partijen_aan(engine, aantal=1)
    rij = (
        "INSERT INTO zending (zender, traceer_id, ontvanger, indiener, door, functie, foutbericht, versie, subversie, "
        "applicatie, applicatie_versie, applicatie_subversie, conversatie_id, hash, ontvangen_op, status, meldingen) "
        f"VALUES ('{gemeente}', :id, '{agb}', '{gemeente}', 'ggk', 'WMO305', :fout, 3, 2, 'A', '1', '1', 'c', 'h', "
        ":op, 'WordtAangeboden', '[]')"
    )
    with schrijvend(engine) as verbinding:
        verbinding.execute(text("UPDATE teller SET waarde = 40 WHERE naam = 'stand'"))
        for id_, fout, dag in (("later", True, 3), ("geen", False, 1), ("eerder", True, 2)):
            op = f"2026-03-0{dag} 12:00:00+00:00"
            verbinding.execute(text(rij), {"id": id_, "fout": fout, "op": op})
    upgrade(engine)
    with engine.connect() as verbinding:
        rijen = verbinding.execute(text("SELECT traceer_id, volgnummer FROM zending")).all()
        nummers = {rij.traceer_id: rij.volgnummer for rij in rijen}
        assert nummers == {"eerder": 41, "later": 42, "geen": None}
        assert verbinding.execute(text("SELECT waarde FROM teller WHERE naam = 'stand'")).scalar() == 42
    engine.dispose()
