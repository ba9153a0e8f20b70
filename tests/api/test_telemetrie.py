"""From door to retour it is one trace: what comes of a message later, and goes outside, is part of the request with which it came."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from sqlalchemy import select
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.eindpunt import eindpunt, wacht_tot
from tests.ggk import bevestigd, di01
from tests.knoop import Knoop, knoop
from tests.logwaker import van_personen
from tests.ontvanger import ontvanger
from tests.vsp import dien_in, zending

from berichtenverkeer import telemetrie, trace
from berichtenverkeer.opslag.tabellen.logboek import logboek

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
KOP = {"traceparent": f"00-{TRACE}-{SPAN}-01"}


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    with knoop(maak_database.gereed(), webhook_netwerken="127.0.0.0/8") as een:
        yield een


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """What OpenTelemetry gets."""
    verzameld = InMemorySpanExporter()
    with telemetrie.naar(SimpleSpanProcessor(verzameld)):
        yield verzameld


def _van(verzameld: InMemorySpanExporter, id_: str) -> dict[str, ReadableSpan]:
    """The steps of one trace, by name."""
    return {span.name: span for span in verzameld.get_finished_spans() if f"{span.context.trace_id:032x}" == id_}


def _onder(kind: ReadableSpan, ouder: ReadableSpan) -> bool:
    return kind.parent is not None and kind.parent.span_id == ouder.context.span_id


def test_from_door_to_retour_it_is_one_trace(node: Knoop, spans: InMemorySpanExporter) -> None:
    paar = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    with eindpunt(node.engine, paar.gemeentecode) as gemeente, ontvanger() as hoort:
        webhook = {"url": hoort.url, "soorten": ["bericht.beoordeeld"]}
        assert paar.aanbieder.post("/v1/webhooks", json=webhook).status_code == 201
        gemeente.wacht(1)  # the retour of the toewijzing
        z = zending(paar.dossier().start())
        assert dien_in(paar.aanbieder, z, **KOP).status_code == 204
        gemeente.wacht(2)
        hoort.wacht(1)
        wacht_tot(lambda: {"bericht bezorgen", "webhook aanroepen"} <= _van(spans, TRACE).keys())
    van = _van(spans, TRACE)
    deur = van["POST /vsp/berichten/rest-push/v1/berichten"]
    assert (deur.kind, deur.parent and f"{deur.parent.span_id:016x}") == (SpanKind.SERVER, SPAN)
    assert _onder(van["bericht opnemen"], deur)
    for naam in ("bericht bezorgen", "webhook aanroepen"):
        assert (van[naam].kind, _onder(van[naam], deur)) == (SpanKind.CLIENT, True)
    assert gemeente.traces[1] == f"00-{TRACE}-{van['bericht bezorgen'].context.span_id:016x}-01"
    kop = hoort.gekregen[0].koppen["traceparent"]
    assert kop == f"00-{TRACE}-{van['webhook aanroepen'].context.span_id:016x}-01"
    assert not van_personen("".join(span.to_json() for span in spans.get_finished_spans()).encode())
    with node.engine.connect() as verbinding:
        gelogd = verbinding.execute(select(logboek.c.activiteit).where(logboek.c.trace == TRACE)).scalars().all()
    assert {"bericht-opnemen", "bericht-bezorgen"} <= set(gelogd)


def test_what_is_judged_later_and_in_another_process_is_of_the_same_trace(
    maak_database: MaakDatabase, spans: InMemorySpanExporter
) -> None:
    with knoop(maak_database.gereed(), groot_vanaf_bytes=1000) as node:
        d = node.paar().dossier()
        node.klant(d.gemeente).goedgekeurd(d.toewijzing())
        aanbieder = node.klant(d.aanbieder)
        assert aanbieder.aangenomen(declaratie(d, "D1", Regel("R1")), **KOP)["oordeel"] == "in_verwerking"
        wacht_tot(lambda: "declaratie beoordelen" in _van(spans, TRACE))
        van = _van(spans, TRACE)
    assert _onder(van["declaratie beoordelen"], van["POST /v1/berichten"])
    assert _onder(van["zwaar werk"], van["declaratie beoordelen"])
    assert van["zwaar werk"].attributes == {"taak": "beoordeel", "proces": "werker"}


def test_a_worker_sends_its_steps(maak_database: MaakDatabase) -> None:
    url = maak_database.gereed()
    with knoop(url, groot_vanaf_bytes=1000, werker=False) as node:
        d = node.paar().dossier()
        node.klant(d.gemeente).goedgekeurd(d.toewijzing())
        node.klant(d.aanbieder).aangenomen(declaratie(d, "D1", Regel("R1")), **KOP)
        with ontvanger() as verzamelaar:
            omgeving = os.environ | {"BV_DATABASE_URL": url, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": verzamelaar.url}
            opdracht = [sys.executable, "-m", "berichtenverkeer", "worker", "--once"]
            klaar = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=True)
    assert klaar.stdout == "Beoordeeld: 1.\n"
    assert 'event="declaratie beoordeeld"' in klaar.stderr
    assert f"trace={TRACE}" in klaar.stderr
    [aanroep] = verzamelaar.gekregen
    assert b"declaratie beoordelen" in aanroep.data
    assert bytes.fromhex(TRACE) in aanroep.data


def test_what_a_gemeente_sends_goes_on_in_its_own_trace(node: Knoop, spans: InMemorySpanExporter) -> None:
    paar = node.paar()
    eigen = trace.begin()
    paar.gemeente.headers["traceparent"] = eigen.kop()
    bevestigd(paar.gemeente, di01(paar))
    wacht_tot(lambda: "bericht opnemen" in _van(spans, eigen.id))


def test_what_fails_says_so(node: Knoop, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuk(*_: object, **__: object) -> None:
        raise RuntimeError("stuk")

    monkeypatch.setattr("berichtenverkeer.api.toewijzingen._dossier", stuk)
    node.paar().gemeente.get("/v1/toewijzingen/x", headers=KOP)
    wacht_tot(lambda: "GET /v1/toewijzingen/{id}" in _van(spans, TRACE))
    span = _van(spans, TRACE)["GET /v1/toewijzingen/{id}"]
    assert span.status.status_code is StatusCode.ERROR
    assert span.attributes is not None
    assert span.attributes["http.response.status_code"] == 500


@pytest.mark.parametrize(
    ("omgeving", "gevraagd"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
    ],
)
def test_it_is_sent_where_the_environment_says(omgeving: dict[str, str], gevraagd: bool) -> None:
    assert telemetrie.gevraagd(omgeving) is gevraagd


def test_without_the_packages_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    telemetrie.eis()
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace.export", None)
    with pytest.raises(telemetrie.GeenOpenTelemetry, match=r"Installeer berichtenverkeer\[opentelemetry\]"):
        telemetrie.eis()
