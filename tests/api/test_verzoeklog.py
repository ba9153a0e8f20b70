"""Every request and every message has a line in the log, with the trace of who asked, and nothing of what was asked about whom."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import Knoop, Paar, knoop

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
KOP = {"traceparent": f"00-{TRACE}-{SPAN}-01"}

Regels = list[dict[str, Any]]


@pytest.fixture(scope="module")
def node(sqlite: MaakDatabase) -> Iterator[Knoop]:
    with knoop(sqlite.gereed(), metrics_netwerken="127.0.0.1") as een:
        yield een


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


@pytest.fixture
def regels() -> Iterator[Callable[[str], Regels]]:
    """The lines of one event."""
    with capture_logs() as alle:
        yield lambda event: [dict(regel) for regel in alle if regel["event"] == event]


def test_a_request_and_its_message_have_a_line_of_one_trace(paar: Paar, regels: Callable[[str], Regels]) -> None:
    antwoord = paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **KOP)
    [verzoek] = regels("verzoek")
    assert (verzoek["methode"], verzoek["route"], verzoek["status"]) == ("POST", "/v1/berichten", 202)
    assert verzoek["partij"] == paar.gemeentecode
    wacht_tot(lambda: bool(regels("bericht opgenomen")))  # the sender has its answer before it is told
    [bericht] = regels("bericht opgenomen")
    assert (bericht["bericht"], bericht["oordeel"], bericht["trace"]) == (antwoord["id"], "goedgekeurd", TRACE)


def test_of_what_is_no_route_and_of_a_query_nothing_is_told(paar: Paar, regels: Callable[[str], Regels]) -> None:
    paar.gemeente.get("/v1/999900006/Merkwaardig", params={"naam": "Merkwaardig"})
    paar.gemeente.request("MERKWAARDIG", "/v1/x")
    assert {regel["route"] for regel in regels("verzoek")} == {"anders"}
    assert "merkwaardig" not in str(regels("verzoek")).lower()


def test_what_fails_unexpectedly_is_counted_and_has_a_line_and_the_caller_sees_no_stack(
    node: Knoop, paar: Paar, regels: Callable[[str], Regels], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(*_: object, **__: object) -> None:
        raise RuntimeError("Bsn 999900006 in /srv/geheim.py")

    monkeypatch.setattr("berichtenverkeer.api.toewijzingen._dossier", stuk)
    antwoord = paar.gemeente.get("/v1/toewijzingen/5b0c9a3e-2f0b-4a53-9f5e-0d1f6f7f3a11", headers=KOP)
    assert antwoord.status_code == 500, antwoord.text
    assert "Traceback" not in antwoord.text
    assert "geheim" not in antwoord.text
    assert antwoord.json()["trace"] == TRACE
    [verzoek] = regels("verzoek")
    assert (verzoek["status"], verzoek["route"]) == (500, "/v1/toewijzingen/{id}")
    [fout] = regels("verzoek mislukt")
    assert "999900006" not in str(fout)
    assert 'status="5xx"' in node.klant(None).get("/metrics").text


def test_a_problem_names_the_trace_to_ask_about(paar: Paar) -> None:
    probleem = paar.gemeente.get("/v1/toewijzingen/geen", headers=KOP)
    assert (probleem.status_code, probleem.json()["trace"]) == (404, TRACE)
