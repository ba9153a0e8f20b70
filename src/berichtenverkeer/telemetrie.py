"""Steps to a collector of OpenTelemetry, when the environment names one (``OTEL_EXPORTER_OTLP_ENDPOINT``).

Our own trace is what is passed on and logged (``trace``); here each step that has ended is put in the form of OpenTelemetry and sent, in the
background, as its own variables say. Without the variable nothing of it is imported.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import __version__
from .trace import Stap, Trace, afgenomen
from .zegbaar import Zegbaar

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import SpanContext

ADRESSEN = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""The variables of OpenTelemetry that say where to send."""


class GeenOpenTelemetry(Zegbaar):
    """It is asked for and not installed."""

    def __init__(self) -> None:
        super().__init__(
            f"{ADRESSEN[1]} is gezet, maar OpenTelemetry is niet geïnstalleerd. Installeer berichtenverkeer[opentelemetry], of haal de variabele weg."
        )


def gevraagd(omgeving: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment asks for it."""
    uit = omgeving.get("OTEL_SDK_DISABLED", "").lower() == "true" or omgeving.get("OTEL_TRACES_EXPORTER") == "none"
    return not uit and any(omgeving.get(naam) for naam in ADRESSEN)


def eis() -> None:
    """Raise ``GeenOpenTelemetry`` when it is asked for and not there."""
    if gevraagd():
        _verwerker().shutdown()


@contextmanager
def verzonden() -> Iterator[None]:
    """Meanwhile the steps of this process are sent, if that is asked for; in the end what waits. Raises ``GeenOpenTelemetry``."""
    if not gevraagd():
        yield
        return
    with naar(_verwerker()):
        yield


@contextmanager
def naar(verwerker: "SpanProcessor") -> Iterator[None]:
    """Meanwhile every step that ends goes there."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope
    from opentelemetry.trace import SpanKind, Status, StatusCode

    bron = Resource.create(
        {"service.name": os.environ.get("OTEL_SERVICE_NAME", "berichtenverkeer"), "service.version": __version__}
    )
    wie = InstrumentationScope("berichtenverkeer", __version__)

    def verzend(stap: Stap) -> None:
        ouder = stap.trace.ouder
        span = ReadableSpan(
            name=stap.naam,
            context=_context(stap.trace, stap.trace.span),
            parent=_context(stap.trace, ouder, elders=True) if ouder is not None else None,
            resource=bron,
            attributes=stap.kenmerken,
            kind=SpanKind[stap.soort],
            instrumentation_scope=wie,
            status=Status(StatusCode.ERROR if stap.mislukt else StatusCode.UNSET),
            start_time=stap.begin,
            end_time=stap.eind,
        )
        verwerker.on_end(span)

    try:
        with afgenomen(verzend):
            yield
    finally:
        verwerker.shutdown()


def _verwerker() -> "SpanProcessor":
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise GeenOpenTelemetry from None
    return BatchSpanProcessor(OTLPSpanExporter())


def _context(trace: Trace, span: str, *, elders: bool = False) -> "SpanContext":
    from opentelemetry.trace import SpanContext, TraceFlags

    vlaggen = TraceFlags(TraceFlags.SAMPLED if trace.bemonsterd else TraceFlags.DEFAULT)
    return SpanContext(int(trace.id, 16), int(span, 16), elders, vlaggen)
