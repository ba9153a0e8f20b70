"""Proefmodus: the clock of a run, and what goes wrong on request, seen from the outside."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from tests import ggk as stuf
from tests import vsp
from tests.conftest import MaakDatabase
from tests.knoop import NU, Klant, Knoop, Paar, controleer_database, knoop

from berichtenverkeer.keten.bezorgen.proef import SOORTEN
from berichtenverkeer.keten.bezorgen.terugval import STAPPEN
from berichtenverkeer.keten.envelop.stuf import Envelop, bevestig, lees_soap, schrijf_soap
from berichtenverkeer.partijen.partij import zet_eindpunt

BV03 = "11111111-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of its own, for its clock is set. What it holds after all that went wrong is checked in the end. By itself it
    does not look for what is to be pushed: setting the clock must make it."""
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        k.binnen.bezorger.kijk_om_de = 600
        yield k
        controleer_database(k.engine)


@pytest.fixture
def paar(node: Knoop) -> Iterator[Paar]:
    """A gemeente and an aanbieder of this test; after it the clock is back."""
    paar = node.paar()
    yield paar
    paar.gemeente.delete("/v1/proef/klok")


def zet(klant: Klant, moment: str, **meer: Any) -> dict[str, Any]:
    """Set the clock."""
    antwoord = klant.put("/v1/proef/klok", json={"moment": moment, **meer})
    assert antwoord.status_code == 200, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


def stoor(klant: Klant, code: str, *storingen: dict[str, Any]) -> None:
    """Let this go wrong."""
    antwoord = klant.put(f"/v1/proef/storingen/{code}", json=storingen)
    assert antwoord.status_code == 200, antwoord.text
    assert [een["soort"] for een in antwoord.json()] == [een["soort"] for een in storingen]


def over(klant: Klant, code: str) -> list[tuple[str, int]]:
    """What is still to go wrong."""
    return [(een["soort"], een["keer"]) for een in klant.json(f"/v1/proef/storingen/{code}")]


# in production


@pytest.fixture(scope="module")
def in_productie(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node outside proefmodus."""
    with knoop(sqlite.gereed()) as k:
        yield k


@pytest.mark.parametrize(
    ("methode", "pad", "lichaam"),
    [
        ("GET", "/v1/proef/klok", None), ("PUT", "/v1/proef/klok", {"moment": "2026-03-02T10:00:00"}),
        ("DELETE", "/v1/proef/klok", None), ("GET", "/v1/proef/storingen/98000000", None),
        ("PUT", "/v1/proef/storingen/98000000", [{"soort": "kwijt"}]), ("DELETE", "/v1/proef/storingen/98000000", None),
    ],
)  # fmt: skip
def test_in_production_it_is_not_there(in_productie: Knoop, methode: str, pad: str, lichaam: Any) -> None:
    assert in_productie.paar().gemeente.request(methode, pad, json=lichaam).status_code == 404
    assert in_productie.binnen.proef is None
    assert in_productie.binnen.klok() == NU


def test_in_production_it_is_not_described(in_productie: Knoop) -> None:
    assert "/proef/klok" not in httpx.get(f"{in_productie.url}/v1/openapi.json").text


def test_in_proefmodus_it_asks_for_a_token(node: Knoop) -> None:
    niemand = node.klant(None)
    for methode, pad in (("GET", "klok"), ("DELETE", "klok"), ("GET", "storingen/x"), ("DELETE", "storingen/x")):
        assert niemand.request(methode, f"/v1/proef/{pad}").status_code == 401
    assert niemand.put("/v1/proef/klok", json={"moment": "2026-03-02T10:00:00"}).status_code == 401
    assert niemand.put("/v1/proef/storingen/x", json=[]).status_code == 401


# the clock


def test_the_clock_of_the_node(node: Knoop, paar: Paar) -> None:
    assert paar.gemeente.json("/v1/proef/klok") == {"moment": "2026-03-02T11:00:00Z", "gezet": False, "loopt": True}
    stil = {"moment": "2026-07-01T08:00:00Z", "gezet": True, "loopt": False}
    assert zet(paar.gemeente, "2026-07-01T10:00:00") == stil
    assert paar.aanbieder.json("/v1/proef/klok") == stil  # one clock for all
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    assert uit["ontvangen_op"] == stil["moment"]
    ander = paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **{"Bv-Klok": "2026-08-01T10:00:00"})
    assert ander["ontvangen_op"] == "2026-08-01T08:00:00Z"  # the header goes before it
    assert zet(paar.gemeente, "2026-07-01T08:00:00Z", loopt=True) == stil | {"loopt": True}
    assert paar.gemeente.delete("/v1/proef/klok").json() == {
        "moment": "2026-03-02T11:00:00Z",
        "gezet": False,
        "loopt": True,
    }


def test_the_clock_moves_terms(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())

    def te_laat() -> list[str]:
        return [item["naam"] for item in paar.aanbieder.json("/v1/werklijsten")["items"] if item["te_laat"]]

    zet(paar.aanbieder, "2026-03-03T10:00:00")
    assert te_laat() == []
    zet(paar.aanbieder, "2026-03-20T10:00:00")
    assert te_laat() == ["start-ontbreekt"]
    paar.aanbieder.delete("/v1/proef/klok")
    assert te_laat() == []


@pytest.mark.parametrize(
    ("lichaam", "status"),
    [
        ({"moment": "morgen"}, 400), ({"moment": ""}, 400), ({"moment": "1999-12-31T23:59:59"}, 400),
        ({"moment": "0001-01-01T00:00:00"}, 400), ({"moment": "9999-12-31T23:59:59"}, 400), ({}, 400), ([], 400),
        ({"moment": "2026-03-02T10:00:00", "loopt": "soms"}, 400), ({"moment": "2026-03-02T10:00:00", "tijd": 1}, 400),
    ],
)  # fmt: skip
def test_what_is_no_moment(paar: Paar, lichaam: Any, status: int) -> None:
    assert paar.gemeente.put("/v1/proef/klok", json=lichaam).status_code == status
    assert not paar.gemeente.json("/v1/proef/klok")["gezet"]


# what is asked for


def test_what_is_left_and_clearing_it(paar: Paar) -> None:
    stoor(paar.gemeente, paar.agb, {"soort": "verberg", "keer": 3}, {"soort": "http", "status": 500}, {"soort": "http"})
    assert paar.aanbieder.json(f"/v1/proef/storingen/{paar.agb}") == [
        {"soort": "verberg", "keer": 3, "status": None},
        {"soort": "http", "keer": 1, "status": 500},
        {"soort": "http", "keer": 1, "status": 503},
    ]
    assert over(paar.gemeente, paar.gemeentecode) == []
    stoor(paar.gemeente, paar.agb, {"soort": "kwijt"})
    assert over(paar.gemeente, paar.agb) == [("kwijt", 1)]
    for _ in range(2):
        assert paar.gemeente.delete(f"/v1/proef/storingen/{paar.agb}").status_code == 204
        assert over(paar.gemeente, paar.agb) == []


def test_a_kind_that_there_is_not(paar: Paar) -> None:
    plek = f"/v1/proef/storingen/{paar.agb}"
    antwoord = paar.gemeente.put(plek, json=[{"soort": "kwijt"}, {"soort": "brand"}])
    assert (antwoord.status_code, antwoord.json()["type"].endswith("storing-onbekend")) == (400, True)
    assert all(soort in antwoord.json()["advies"] for soort in SOORTEN)
    for fout in ({"soort": "http", "status": 200}, {"soort": "kwijt", "keer": 0}, {"soort": "kwijt", "x": 1}, {}):
        assert paar.gemeente.put(plek, json=[fout]).status_code == 400
    assert over(paar.gemeente, paar.agb) == []
    assert paar.gemeente.put("/v1/proef/storingen/99999999", json=[]).status_code == 404
    assert paar.gemeente.get("/v1/proef/storingen/99999999").status_code == 404


# fetching


@dataclass(frozen=True)
class Ophaler:
    """How one fetches at a door: the ids in the list, where the bytes are, and acknowledging."""

    lijst: Callable[[Klant], list[str]]
    lading: str
    bevestig: Callable[[Klant, str], httpx.Response]


def _vsp_lijst(klant: Klant) -> list[str]:
    return [item["referentiegegevens"]["traceerId"] for item in vsp.lijst(klant)]


def _vsp_zoek(klant: Klant) -> list[str]:
    zoekpad = {"zoekpadType": "ZoekpadOpBerichtstroom", "berichttype": "WMO"}
    items = klant.post(f"{vsp.PULL}/zoeken", json=zoekpad).json()
    return [item["referentiegegevens"]["traceerId"] for item in items]


def _ggk_lijst(klant: Klant) -> list[str]:
    return [item["referentienummer"] for item in stuf.postvak(klant)]


def _postvak_lijst(klant: Klant) -> list[str]:
    return [item["referentiegegevens"]["traceerId"] for item in klant.postvak()]


DEUREN = {
    "vsp": Ophaler(_vsp_lijst, vsp.PULL + "/{}/payload", lambda k, id_: k.delete(f"{vsp.PULL}/{id_}")),
    "vsp-zoeken": Ophaler(_vsp_zoek, vsp.PULL + "/{}/payload", lambda k, id_: k.delete(f"{vsp.PULL}/{id_.upper()}")),
    "ggk": Ophaler(_ggk_lijst, stuf.POSTVAK + "/{}", lambda k, id_: k.delete(f"{stuf.POSTVAK}/{id_}")),
    "postvak": Ophaler(
        _postvak_lijst, "/v1/berichten/{}/xml", lambda k, id_: k.post(f"/v1/postvak/berichten/{id_}/bevestigd")
    ),
}


@pytest.fixture(params=list(DEUREN))
def deur(request: pytest.FixtureRequest) -> Ophaler:
    """Each door in turn."""
    return DEUREN[request.param]


@pytest.fixture
def drie(paar: Paar) -> list[str]:
    """Three messages that lie ready for the gemeente, by their ids: the retourberichten on its own toewijzingen."""
    return [paar.gemeente.goedgekeurd(paar.dossier().toewijzing())["retour"]["id"] for _ in range(3)]


def test_verberg(paar: Paar, deur: Ophaler, drie: list[str]) -> None:
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "verberg", "keer": 2})
    zonder = [] if deur is DEUREN["postvak"] else drie[1:]
    assert [deur.lijst(paar.gemeente) for _ in range(3)] == [zonder, zonder, drie]
    assert over(paar.gemeente, paar.gemeentecode) == []


def test_verberg_waits_until_there_is_something(paar: Paar, deur: Ophaler) -> None:
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "verberg"})
    assert deur.lijst(paar.gemeente) == []
    assert over(paar.gemeente, paar.gemeentecode) == [("verberg", 1)]


def test_omgekeerd(paar: Paar, deur: Ophaler, drie: list[str]) -> None:
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "omgekeerd"})
    assert [deur.lijst(paar.gemeente) for _ in range(2)] == [drie[::-1], drie]


def test_dubbel(paar: Paar, deur: Ophaler, drie: list[str]) -> None:
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "dubbel"})
    assert [deur.lijst(paar.gemeente) for _ in range(2)] == [drie, drie]  # nothing was acknowledged yet
    assert deur.bevestig(paar.gemeente, drie[1]).status_code in (200, 202)
    na = drie if deur is DEUREN["postvak"] else [drie[0], drie[2]]  # the postvak shows what was acknowledged too
    assert [deur.lijst(paar.gemeente) for _ in range(2)] == [[drie[1], *na], na]
    assert over(paar.gemeente, paar.gemeentecode) == []


def test_kwijt(paar: Paar, deur: Ophaler, drie: list[str]) -> None:
    plek = deur.lading.format(drie[0])
    data = paar.gemeente.get(plek).content
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "kwijt"})
    assert paar.gemeente.get(deur.lading.format("00000000-0000-4000-8000-000000000000")).status_code == 404
    assert over(paar.gemeente, paar.gemeentecode) == [("kwijt", 1)]
    assert paar.gemeente.get(plek).status_code == 404
    weer = paar.gemeente.get(plek)
    assert (weer.status_code, weer.content) == (200, data)


def test_what_one_sent_oneself_is_not_kwijt(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "kwijt"})
    assert paar.gemeente.get(f"/v1/berichten/{uit['id']}/xml").status_code == 200
    assert over(paar.gemeente, paar.gemeentecode) == [("kwijt", 1)]


def test_others_notice_nothing(paar: Paar, deur: Ophaler, drie: list[str]) -> None:
    stoor(paar.aanbieder, paar.agb, {"soort": "verberg"}, {"soort": "kwijt"})
    assert deur.lijst(paar.gemeente) == drie
    assert paar.gemeente.get(deur.lading.format(drie[0])).status_code == 200
    assert over(paar.gemeente, paar.agb) == [("verberg", 1), ("kwijt", 1)]


def test_who_polls_with_a_cursor_loses_nothing(paar: Paar, drie: list[str]) -> None:
    """After all that can go wrong every message came once, but for the one that was asked for twice."""
    stoor(
        paar.gemeente, paar.gemeentecode,
        {"soort": "verberg", "keer": 2}, {"soort": "omgekeerd"}, {"soort": "dubbel"}, {"soort": "verberg"},
    )  # fmt: skip
    gezien: list[str] = []
    na, ronden = "0", 0
    while over(paar.gemeente, paar.gemeentecode) or ronden < 8:
        bladzijde = paar.gemeente.json("/v1/postvak/berichten", na=na, limit=2)
        for item in bladzijde["items"]:
            id_ = item["referentiegegevens"]["traceerId"]
            assert paar.gemeente.get(f"/v1/berichten/{id_}/xml").status_code == 200
            assert paar.gemeente.post(f"/v1/postvak/berichten/{id_}/bevestigd").status_code == 200
            gezien.append(id_)
        assert int(bladzijde["volgende"]) >= int(na)
        na, ronden = bladzijde["volgende"], ronden + 1
        if ronden == 6:  # something for the last storing
            drie.append(paar.gemeente.goedgekeurd(paar.dossier().toewijzing())["retour"]["id"])
        assert ronden < 30
    assert sorted(set(gezien)) == sorted(drie)
    assert len(gezien) == len(drie) + 1


@pytest.mark.parametrize("naam", ["vsp", "ggk"])
def test_who_acknowledges_loses_nothing(paar: Paar, drie: list[str], naam: str) -> None:
    deur = DEUREN[naam]
    stoor(
        paar.gemeente, paar.gemeentecode,
        {"soort": "omgekeerd"}, {"soort": "verberg"}, {"soort": "kwijt"}, {"soort": "dubbel"},
    )  # fmt: skip
    gehaald: list[str] = []
    for _ in range(6):
        for id_ in deur.lijst(paar.gemeente)[:1]:
            if paar.gemeente.get(deur.lading.format(id_)).status_code == 200:
                gehaald.append(id_)
                assert deur.bevestig(paar.gemeente, id_).status_code == 202
    assert over(paar.gemeente, paar.gemeentecode) == []
    assert sorted(set(gehaald)) == sorted(drie)
    assert len(gehaald) == len(drie) + 1
    assert deur.lijst(paar.gemeente) == []


# pushing


@dataclass
class Eindpunt:
    """An endpoint that takes everything: the numbers of what came, in their order."""

    url: str
    nummers: list[str] = field(default_factory=list)

    def wacht(self, aantal: int) -> list[str]:
        """The numbers, once so many came."""
        tot = time.monotonic() + 20
        while len(self.nummers) < aantal:
            assert time.monotonic() < tot, self.nummers
            time.sleep(0.01)
        return self.nummers


@pytest.fixture
def eindpunt() -> Iterator[Eindpunt]:
    """A real server that answers with a Bv03."""

    class Ontvang(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            inhoud = lees_soap(data).inhoud()
            assert isinstance(inhoud, Envelop)
            hier.nummers.append(inhoud.stuurgegevens.referentienummer)
            antwoord = schrijf_soap(bevestig(inhoud.stuurgegevens, lambda: BV03, NU))
            self.send_response(200)
            self.send_header("Content-Length", str(len(antwoord)))
            self.end_headers()
            self.wfile.write(antwoord)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ontvang)
    hier = Eindpunt(f"http://127.0.0.1:{server.server_port}/")
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    yield hier
    server.shutdown()
    server.server_close()
    draad.join()


@pytest.fixture
def met_eindpunt(node: Knoop, paar: Paar, eindpunt: Eindpunt) -> Iterator[Paar]:
    """A pair of which the gemeente has what lies ready pushed to that endpoint."""
    zet(paar.gemeente, NU.isoformat())
    zet_eindpunt(node.engine, paar.gemeentecode, eindpunt.url)
    yield paar
    zet_eindpunt(node.engine, paar.gemeentecode, None)


def wacht_tot(klant: Klant, id_: str, status: str) -> list[dict[str, Any]]:
    """The meldingen of a message, once it has this status."""
    tot = time.monotonic() + 20
    while (stand := vsp.eigen_status(klant, id_))["berichtstatus"] != status:
        assert time.monotonic() < tot, stand
        time.sleep(0.01)
    meldingen: list[dict[str, Any]] = stand.get("meldingen", [])
    return meldingen


def een_retour(paar: Paar) -> str:
    """Something for the gemeente; setting the clock again makes the node look for it at once."""
    id_: str = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())["retour"]["id"]
    zet(paar.gemeente, NU.isoformat())
    return id_


@pytest.mark.parametrize(
    ("storing", "wel_bezorgd", "reden"),
    [
        ({"soort": "http", "status": 503}, False, "HTTP 503"),
        ({"soort": "http", "status": 302}, False, "HTTP 302"),
        ({"soort": "geen_verbinding"}, False, "geen antwoord"),
        ({"soort": "time_out"}, False, "niet binnen"),
        ({"soort": "antwoord_kwijt"}, True, "geen antwoord"),
        ({"soort": "verkeerd_crossrefnummer"}, True, "op een ander bericht"),
        ({"soort": "fo03"}, False, "StUF046"),
    ],
)
def test_a_push_that_goes_wrong_is_done_again_when_the_clock_is_moved(
    met_eindpunt: Paar, eindpunt: Eindpunt, storing: dict[str, Any], wel_bezorgd: bool, reden: str
) -> None:
    paar = met_eindpunt
    stoor(paar.gemeente, paar.gemeentecode, storing)
    id_ = een_retour(paar)
    [melding] = wacht_tot(paar.aanbieder, id_, "AanbiedenMislukt")
    assert reden in melding["omschrijving"]
    assert eindpunt.nummers == [id_] * wel_bezorgd
    assert over(paar.gemeente, paar.gemeentecode) == []
    zet(paar.gemeente, (NU + STAPPEN[0]).isoformat())
    wacht_tot(paar.aanbieder, id_, "Bezorgd")
    assert eindpunt.nummers == [id_] * (1 + wel_bezorgd)


def test_the_clock_moved_by_an_hour(met_eindpunt: Paar, eindpunt: Eindpunt) -> None:
    """Attempts fail at 0, 1, 6 and 21 minutes; the next would be an hour later."""
    paar = met_eindpunt
    stoor(paar.gemeente, paar.gemeentecode, {"soort": "geen_verbinding", "keer": 4})
    id_ = een_retour(paar)
    moment = NU
    for poging, stap in enumerate(STAPPEN, 1):
        tot = time.monotonic() + 20
        while sum(keer for _, keer in over(paar.gemeente, paar.gemeentecode)) != 4 - poging:
            assert time.monotonic() < tot
            time.sleep(0.01)
        wacht_tot(paar.aanbieder, id_, "AanbiedenMislukt")
        assert eindpunt.nummers == []
        moment += stap
        zet(paar.gemeente, moment.isoformat())
    assert eindpunt.wacht(1) == [id_]
    wacht_tot(paar.aanbieder, id_, "Bezorgd")


def test_storingen_go_to_who_is_on_the_envelope(node: Knoop, met_eindpunt: Paar, eindpunt: Eindpunt) -> None:
    """Two gemeenten that share an endpoint, and something goes wrong for one of them."""
    ander = node.paar()
    zet_eindpunt(node.engine, ander.gemeentecode, eindpunt.url)
    stoor(ander.gemeente, ander.gemeentecode, {"soort": "geen_verbinding"})
    goed, fout = een_retour(met_eindpunt), een_retour(ander)
    wacht_tot(met_eindpunt.aanbieder, goed, "Bezorgd")
    wacht_tot(ander.aanbieder, fout, "AanbiedenMislukt")
    assert eindpunt.nummers == [goed]
    zet_eindpunt(node.engine, ander.gemeentecode, None)
