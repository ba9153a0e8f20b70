"""Who saw what: every route says what it does, what is seen stands in the log before it goes out, and the log cannot be changed unseen."""

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from tests import ggk, vsp
from tests.conftest import MaakDatabase
from tests.knoop import Klant, Knoop, Paar, knoop

from berichtenverkeer.api import activiteiten as van_api
from berichtenverkeer.api import gezondheid, metrics, proef
from berichtenverkeer.api.app import _EIGEN, _VAN_ANDEREN, V1
from berichtenverkeer.api.rondom.logwacht import Wegen
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag import logboek as schrijver
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.logboek import INZAGE, Regel
from berichtenverkeer.opslag.logboeklezen import Einde, controleer, ruim_op
from berichtenverkeer.opslag.tabellen.logboek import logboek, logketen
from berichtenverkeer.optreden import Actie, Activiteit, Wie
from berichtenverkeer.sleutels import Sleutel, Sleutelring, SleutelsOnleesbaar, lees, sleutelring
from berichtenverkeer.web import activiteiten as van_web
from berichtenverkeer.web.app import routes

BSN, ANDER = "999900006", "999990482"
_PROBEERSEL = Activiteit("probeersel", Actie.LEZEN, "proef")


def _wegen(paden: Iterable[tuple[str, APIRoute]]) -> set[str]:
    return {f"{methode} {voor}{route.path}" for voor, route in paden for methode in route.methods or ()}


def _van_api() -> set[str]:
    eigen = [(V1, route) for deel in (*_EIGEN, proef) for route in deel.router.routes]
    anders = [("", route) for deel in (*_VAN_ANDEREN, gezondheid, metrics) for route in deel.router.routes]
    return _wegen((voor, route) for voor, route in [*eigen, *anders] if isinstance(route, APIRoute))


@pytest.mark.parametrize(
    ("wegen", "activiteiten", "zonder"),
    [
        (_van_api(), van_api.ACTIVITEITEN, van_api.ZONDER),
        (_wegen(("", route) for route in routes()), van_web.ACTIVITEITEN, van_web.ZONDER),
    ],
    ids=["interface", "bladzijden"],
)
def test_every_route_says_what_it_does(
    wegen: set[str], activiteiten: Mapping[str, Activiteit], zonder: Mapping[str, str]
) -> None:
    assert not activiteiten.keys() & zonder.keys()
    assert wegen == activiteiten.keys() | zonder.keys()


def test_what_stands_in_an_address_is_not_kept_when_it_can_be_a_bsn() -> None:
    wegen = Wegen({"GET /v1/x/{id}": _PROBEERSEL, "GET /v1/x/{id}/{naam:path}": _PROBEERSEL})
    id_ = "6f0e1c55-2b0f-5c6e-9a6b-1d1a7a0c3e10"
    assert wegen.zoek("GET", f"/v1/x/{id_}") == (_PROBEERSEL, f"proef/{id_}")
    assert wegen.zoek("GET", f"/v1/x/{BSN}") == (_PROBEERSEL, "proef/…")
    assert wegen.zoek("GET", "/v1/x/2026-03/partner") == (_PROBEERSEL, "proef/2026-03/partner")
    assert wegen.zoek("POST", f"/v1/x/{id_}") is None


def _rijen(node: Knoop, trace: str) -> list[Any]:
    with node.engine.connect() as verbinding:
        vraag = select(logboek).where(logboek.c.trace == trace).order_by(logboek.c.keten, logboek.c.nummer)
        return list(verbinding.execute(vraag))


class _Vraag:
    """A trace, and the header with it."""

    def __init__(self) -> None:
        self.trace = secrets.token_hex(16)
        self.kop = {"traceparent": f"00-{self.trace}-{secrets.token_hex(8)}-01"}


def _personen(*bsns: str) -> set[str]:
    return {sleutelring().nieuwste.persoon(bsn) for bsn in bsns}


def test_a_message_is_noted_with_who_handed_it_in_and_what_came_of_it(node: Knoop, paar: Paar) -> None:
    vraag, data = _Vraag(), paar.dossier(BSN).toewijzing()
    uit = paar.gemeente.goedgekeurd(data, **vraag.kop)
    paar.gemeente.bied_aan(data, **vraag.kop)
    eerste, tweede = _rijen(node, vraag.trace)
    assert (eerste.partij, eerste.actie, eerste.activiteit) == (paar.gemeentecode, "C", "bericht-opnemen")
    assert (eerste.object, eerste.uitkomst, tweede.uitkomst) == (f"bericht/{uit['id']}", "goedgekeurd", "al bekend")
    assert {eerste.persoon} == _personen(BSN)
    assert re.fullmatch("token:[0-9a-f]{16}", eerste.bewijs)


def test_a_refused_message_is_noted(node: Knoop, paar: Paar) -> None:
    vraag = _Vraag()
    assert paar.gemeente.bied_aan(b"<geen/>", **vraag.kop).status_code == 422
    [rij] = _rijen(node, vraag.trace)
    assert (rij.activiteit, rij.uitkomst, rij.persoon) == ("bericht-aanbieden", "geweigerd", None)


def _deuren(paar: Paar, bericht: str, nummer: str) -> dict[str, tuple[Klant, str, dict[str, str]]]:
    """Where an aanbieder gets the same toewijzing to see: who asks what."""
    a = paar.aanbieder
    tabel = {"Accept": "text/csv"}
    werkmap = {"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    return {
        "xml": (a, f"/v1/berichten/{bericht}/xml", {}),
        "bericht": (a, f"/v1/berichten/{bericht}", {}),
        "gesprek": (a, f"/v1/berichten/{bericht}/gesprek", {}),
        "lijst": (a, "/v1/toewijzingen", {}),
        "tabel": (a, "/v1/toewijzingen", tabel),
        "werkmap": (a, "/v1/toewijzingen", werkmap),
        "werklijsten": (a, "/v1/werklijsten/alles", {}),
        "postvak": (a, "/v1/postvak/berichten", {}),
        "vsp": (a, "/vsp/berichten/rest-pull/v1/berichten", {}),
        "payload": (a, f"/vsp/berichten/rest-pull/v1/berichten/{nummer}/payload", {}),
    }


@pytest.mark.parametrize(
    "deur",
    ["xml", "bericht", "gesprek", "lijst", "tabel", "werkmap", "werklijsten", "postvak", "vsp", "payload"],
)
def test_whoever_sees_a_person_is_noted_at_every_door(node: Knoop, paar: Paar, deur: str) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    assert paar.aanbieder.aangenomen(paar.dossier(BSN).stop())["oordeel"] == "afgekeurd"  # there is work
    nummer = vsp.van(vsp.lijst(paar.aanbieder)[0])["traceerId"] if deur == "payload" else ""
    klant, pad, koppen = _deuren(paar, uit["id"], nummer)[deur]
    vraag = _Vraag()
    antwoord = klant.get(pad, headers=vraag.kop | koppen)
    assert antwoord.status_code == 200, antwoord.text
    rijen = _rijen(node, vraag.trace)
    assert {(rij.partij, rij.actie, rij.uitkomst) for rij in rijen} == {(paar.agb, "R", "gelukt")}
    assert {rij.persoon for rij in rijen} == _personen(BSN)


def test_an_envelope_of_stuf_is_noted(node: Knoop, paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    paar.aanbieder.goedgekeurd(paar.dossier(BSN).start())
    item = ggk.postvak(paar.gemeente)[0]
    vraag = _Vraag()
    antwoord = paar.gemeente.get(f"/ggk/v1/postvak/{item['referentienummer']}", headers=vraag.kop)
    assert antwoord.status_code == 200
    assert {rij.persoon for rij in _rijen(node, vraag.trace)} == _personen(BSN)


def test_who_is_asked_for_and_what_is_not_there_is_noted(node: Knoop, bezoeker: Paar) -> None:
    gevraagd, weg = _Vraag(), _Vraag()
    bezoeker.gemeente.post("/v1/toewijzingen/zoeken", json={"bsn": ANDER}, headers=gevraagd.kop)
    bezoeker.gemeente.get(f"/v1/toewijzingen/{BSN}", headers=weg.kop)
    assert {rij.persoon for rij in _rijen(node, gevraagd.trace)} == _personen(ANDER)
    [rij] = _rijen(node, weg.trace)
    assert (rij.uitkomst, rij.object, rij.persoon) == ("geweigerd", "toewijzing/…", None)


def test_who_is_counted_is_not_seen(node: Knoop, paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    vraag = _Vraag()
    paar.aanbieder.get("/v1/werklijsten/alles", params={"limiet": 1, "aantal": True, "wie": "ander"}, headers=vraag.kop)
    paar.aanbieder.get("/v1/werklijsten", headers=vraag.kop)
    assert {rij.persoon for rij in _rijen(node, vraag.trace)} <= _personen(BSN)


def test_no_answer_goes_out_that_is_not_noted(node: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())

    def weg(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(schrijver, "schrijf", weg)
    for koppen in ({}, {"Accept": "text/csv"}):
        antwoord = paar.aanbieder.get("/v1/toewijzingen", headers=koppen)
        assert antwoord.status_code == 503
        assert BSN not in antwoord.text
    assert paar.aanbieder.bied_aan(paar.dossier(BSN).start()).status_code == 503
    monkeypatch.undo()
    assert BSN in paar.aanbieder.get("/v1/toewijzingen").text
    paar.aanbieder.goedgekeurd(paar.dossier(BSN).start())


def test_a_party_reads_its_own_log_and_that_is_noted(node: Knoop, paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
    paar.aanbieder.get("/v1/toewijzingen")
    items = paar.aanbieder.json("/v1/logboek")["items"]
    assert {item["activiteit"] for item in items} == {"toewijzingen-zoeken"}
    [item] = paar.aanbieder.json("/v1/logboek", activiteit="logboek-inzien")["items"]
    assert (item["actie"], item["uitkomst"]) == ("R", "gelukt")
    assert {item["activiteit"] for item in paar.gemeente.json("/v1/logboek")["items"]} == {"bericht-opnemen"}
    assert paar.gemeente.json("/v1/logboek", bsn=BSN)["items"]
    assert paar.gemeente.json("/v1/logboek", bsn=ANDER)["items"] == []
    assert paar.gemeente.json("/v1/logboek", vanaf="2199-01-01")["items"] == []
    tabel = paar.gemeente.get("/v1/logboek", headers={"Accept": "text/csv"})
    assert "bericht-opnemen" in tabel.text
    assert BSN not in tabel.text


def test_the_log_is_followed_in_both_directions(paar: Paar) -> None:
    for nummer in range(1001, 1006):
        paar.gemeente.goedgekeurd(paar.dossier(BSN, nummer=nummer).toewijzing())
    filter_: dict[str, Any] = {"activiteit": "bericht-opnemen", "limiet": 2}
    gezien = {}
    for terug in (False, True):
        regels: list[str] = []
        na = None
        while True:
            vraag = filter_ | {"nieuwsteEerst": terug} | ({"gewijzigdNa": na} if na else {})
            blad = paar.gemeente.get("/v1/logboek", params=vraag).json()
            if not blad["items"]:
                break
            regels += [item["regel"] for item in blad["items"]]
            na = blad["volgende"]
        gezien[terug] = regels
    assert len(gezien[False]) == 5
    assert gezien[True] == gezien[False][::-1]
    for cursor in ("logboek.x", "toewijzingen.1.a", "logboek.999999999999999999.inzage.1"):
        assert paar.gemeente.get("/v1/logboek", params={"gewijzigdNa": cursor}).status_code in (200, 400)


def test_the_form_of_the_standard(paar: Paar) -> None:
    vraag = _Vraag()
    paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing(), **vraag.kop)
    [een] = paar.gemeente.get("/v1/logboek/dataverwerkingen").json()["items"]
    assert een["trace_id"] == vraag.trace
    assert re.fullmatch("[0-9a-f]{16}", een["span_id"])
    assert een["status_code"] == "STATUS_CODE_UNSET"
    assert een["attributes"]["dpl.core.processing_activity_id"] == "urn:berichtenverkeer:knooppunt#bericht-opnemen"
    assert {een["attributes"]["dpl.core.data_subject_id"]} == _personen(BSN)
    assert een["attributes"]["dpl.core.data_subject_id_type"] == "BSN"


def _regels(aantal: int) -> list[Regel]:
    return [Regel(Wie("0363"), _PROBEERSEL, "proef", BSN, "gelukt", "0" * 32, "0" * 16)] * aantal


@pytest.fixture
def los(maak_database: MaakDatabase) -> Iterable[Engine]:
    """A database with six rows in the log."""
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    for _ in range(2):
        with schrijvend(engine) as verbinding:
            schrijver.schrijf(verbinding, INZAGE, _regels(3))
    yield engine
    engine.dispose()


def _breuken(engine: Engine, eerder: Iterable[Einde] = (), ring: Sleutelring | None = None) -> list[tuple[str, int]]:
    with engine.connect() as verbinding:
        _, breuken = controleer(verbinding, ring or sleutelring(), list(eerder))
    return [(breuk.keten, breuk.nummer) for breuk in breuken]


def _zonder_slot(engine: Engine, opdracht: str) -> None:
    """What someone with all rights in the database can do."""
    uit = {
        "sqlite": ["DROP TRIGGER logboek_vast", "DROP TRIGGER logboek_blijft"],
        "postgresql": ["ALTER TABLE logboek DISABLE TRIGGER ALL"],
    }[engine.dialect.name]
    with engine.begin() as verbinding:
        for een in (*uit, opdracht):
            verbinding.execute(text(een))


def test_the_chain_holds_whoever_writes_and_whatever_is_rolled_back(los: Engine) -> None:
    ander = maak_engine(los.url.render_as_string(hide_password=False))  # as another process

    def terug() -> None:
        with schrijvend(los) as verbinding:
            schrijver.schrijf(verbinding, INZAGE, _regels(2))
            raise LookupError

    for engine, aantal in ((los, 1), (los, 2), (los, 1), (ander, 1), (ander, 2), (los, 1), (ander, 1), (ander, 3)):
        with pytest.raises(LookupError):
            terug()
        with schrijvend(engine) as verbinding:
            schrijver.schrijf(verbinding, INZAGE, _regels(aantal))
    ander.dispose()
    with los.connect() as verbinding:
        einden, breuken = controleer(verbinding, sleutelring())
    assert breuken == []
    assert [een.nummer for een in einden if een.keten == INZAGE] == [6 + 12]


@pytest.mark.parametrize("opdracht", ["UPDATE logboek SET partij = '0000'", "DELETE FROM logboek"])
def test_the_database_refuses_to_change_the_log(los: Engine, opdracht: str) -> None:
    with pytest.raises(DBAPIError, match="het logboek verandert niet"), los.begin() as verbinding:
        verbinding.execute(text(opdracht))
    assert _breuken(los) == []


@pytest.mark.parametrize(
    ("opdracht", "nummer"),
    [
        ("UPDATE logboek SET partij = '0000' WHERE nummer = 4", 4),
        ("DELETE FROM logboek WHERE nummer = 3", 3),
        ("DELETE FROM logboek WHERE nummer = 1", 1),
        ("DELETE FROM logboek WHERE nummer > 4", 5),
        ("UPDATE logboek SET nummer = nummer + 10 WHERE nummer = 2", 2),
    ],
)
def test_what_was_done_to_the_log_shows(los: Engine, opdracht: str, nummer: int) -> None:
    assert _breuken(los) == []
    _zonder_slot(los, opdracht)
    assert _breuken(los) == [(INZAGE, nummer)]


def test_what_was_taken_off_the_end_shows_by_an_earlier_look(los: Engine) -> None:
    with los.connect() as verbinding:
        eerder, _ = controleer(verbinding, sleutelring())
        vierde = verbinding.execute(select(logboek.c.zegel).where(logboek.c.nummer == 4)).scalar_one()
    _zonder_slot(los, "DELETE FROM logboek WHERE nummer > 4")
    with los.begin() as verbinding:
        verbinding.execute(logketen.update().where(logketen.c.keten == INZAGE).values(nummer=4, zegel=vierde))
    assert _breuken(los) == []
    assert _breuken(los, eerder) == [(INZAGE, 5)]


def test_without_its_key_the_log_proves_nothing(los: Engine) -> None:
    andere = Sleutelring((Sleutel.van(b"een andere"),), geheim=True)
    assert _breuken(los, ring=andere) == [(INZAGE, 1)]
    beide = Sleutelring((*andere.sleutels, *sleutelring().sleutels), geheim=True)
    assert _breuken(los, ring=beide) == []


def test_rows_past_their_term_go_and_the_rest_still_holds(los: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    nu = systeemklok()
    with los.begin() as verbinding:
        assert ruim_op(verbinding, nu.replace(year=nu.year - 5)) == 0
    with pytest.raises(DBAPIError, match="het logboek verandert niet"), los.begin() as verbinding:
        ruim_op(verbinding, nu.replace(year=nu.year + 1))
    _zonder_slot(los, "DELETE FROM logboek")
    with schrijvend(los) as verbinding:
        verbinding.execute(logketen.update().values(nummer=0, zegel=schrijver.BEGIN))
        monkeypatch.setattr(schrijver, "systeemklok", lambda: nu.replace(year=nu.year - 6, day=1))
        schrijver.schrijf(verbinding, INZAGE, _regels(2))
        monkeypatch.undo()
        schrijver.schrijf(verbinding, INZAGE, _regels(2))
    with los.begin() as verbinding:
        assert ruim_op(verbinding, nu.replace(year=nu.year - 5, day=1)) == 2
    assert _breuken(los) == []


def test_a_chain_with_old_rows_may_be_cleaned_where_the_triggers_are(
    maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    nu = systeemklok()
    monkeypatch.setattr(schrijver, "systeemklok", lambda: nu.replace(year=nu.year - 6, day=1))
    with schrijvend(engine) as verbinding:
        schrijver.schrijf(verbinding, INZAGE, _regels(2))
    monkeypatch.undo()
    with schrijvend(engine) as verbinding:
        schrijver.schrijf(verbinding, INZAGE, _regels(1))
        assert ruim_op(verbinding, nu.replace(year=nu.year - 5, day=1)) == 2
    assert _breuken(engine) == []
    engine.dispose()


def test_the_keys_are_read_from_a_file_and_never_told(tmp_path: Any) -> None:
    pad = tmp_path / "sleutels"
    pad.write_text(f"{'ab' * 32}\n{'cd' * 32}\n")
    ring = lees(pad)
    assert ring.geheim
    assert len({*ring.personen(BSN), *sleutelring().personen(BSN)}) == 3
    assert ring.met_id(ring.sleutels[1].id) is ring.sleutels[1]
    for fout in ("", "ab", f"{'ab' * 32}\nkort\n", "é" * 64):
        pad.write_text(fout)
        with pytest.raises(SleutelsOnleesbaar) as gezegd:
            lees(pad)
        assert fout == "" or fout not in str(gezegd.value)


def test_a_break_shows_in_a_node_that_runs(maak_database: MaakDatabase) -> None:
    """What holds over all tests holds because it would be seen."""
    with knoop(maak_database(), proefmodus=True) as k:
        paar = k.paar()
        paar.gemeente.goedgekeurd(paar.dossier(BSN).toewijzing())
        paar.aanbieder.get("/v1/toewijzingen")
        assert [bsns for _, bsns in k.inzage.kreeg.values()] == [{BSN}]
        _zonder_slot(k.engine, "DELETE FROM logboek WHERE keten = 'inzage'")
        with pytest.raises(AssertionError):
            k.inzage.controleer(k.engine)
        k.inzage.letop = False
