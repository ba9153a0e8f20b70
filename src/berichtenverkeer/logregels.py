"""How what a process tells of itself is written: a line each, on stderr, to be read by people or (JSON) by a machine.

Nothing here may tell of a person: whoever logs says so in words of ours, codes of parties and ids (``spoor``); a test looks at every
line of all tests.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, NamedTuple

import structlog
from structlog.typing import Processor

from .instellingen import Logformaat, Logniveau
from .spoor import spoor
from .trace import huidig


def _met_trace(_: object, __: str, regel: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """With the trace that is under way, unless the line names one."""
    if "trace" not in regel and (nu := huidig()) is not None:
        regel["trace"], regel["span"] = nu.id, nu.span
    return regel


def _zonder_tekst(_: object, __: str, regel: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an error where it was, and not what it says."""
    if isinstance(wat := regel.pop("exc_info", None), tuple) and isinstance(wat[1], BaseException):
        regel["fout"] = spoor(wat[1])
    return regel


_VOORAF: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    _met_trace,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _naar_stderr(regel: str) -> None:
    """A line, at once and whole, to what is stderr at that moment."""
    sys.stderr.write(f"{regel}\n")
    sys.stderr.flush()


class _Uit:
    """What structlog writes to."""

    def __init__(self, naar: Callable[[str], None]) -> None:
        self.msg = naar

    def __getattr__(self, niveau: str) -> Callable[[str], None]:
        return self.msg


def _schrijver(formaat: Logformaat) -> Processor:
    if formaat == "json":
        return structlog.processors.JSONRenderer(_als_json)
    return structlog.processors.LogfmtRenderer(
        key_order=["timestamp", "level", "event"], drop_missing=True, bool_as_flag=False
    )


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def _als_json(regel: Mapping[str, Any], **_: object) -> str:
    return _ENCODER.encode(regel)


def via_logging(formaat: Logformaat) -> logging.Formatter:
    """For who logs by ``logging``, as the server does: the same form."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_VOORAF,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _zonder_tekst, _schrijver(formaat)],
    )


class Zo(NamedTuple):
    """How a process writes them."""

    formaat: Logformaat = "tekst"
    niveau: Logniveau = "info"


class _Nu:
    zo = Zo()


def stel_in(formaat: Logformaat, niveau: Logniveau, naar: Callable[[str], None] = _naar_stderr) -> None:
    """Write so from now on, and nothing that matters less; what was set before stays. What a command answers goes to stdout, what it logs does not."""
    if structlog.is_configured():
        return
    _Nu.zo = Zo(formaat, niveau)
    structlog.configure(
        processors=[*_VOORAF, _schrijver(formaat)],
        wrapper_class=structlog.make_filtering_bound_logger(niveau),
        logger_factory=lambda *_: _Uit(naar),
        cache_logger_on_first_use=True,
    )


def ingesteld() -> Zo:
    """As it was set here, for a process that this one starts."""
    return _Nu.zo
