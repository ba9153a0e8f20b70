"""A line in the log is one that a machine reads, or one that a person reads, and tests see what it may not hold."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest
from tests.logwaker import van_personen

from berichtenverkeer.instellingen import Logformaat
from berichtenverkeer.logregels import via_logging

_LOG = """
import structlog
from berichtenverkeer import logregels, trace
logregels.stel_in({formaat!r}, {niveau!r})
log = structlog.get_logger()
with trace.tijdens(trace.Trace("a" * 32, "b" * 16)):
    log.info("verzoek", route="/v1/berichten", status=202, nieuw=False)
log.debug("alleen voor wie alles wil")
log.warning("met\\nregeleinde", reden="é")
"""


def _regels(formaat: Logformaat, niveau: str) -> list[str]:
    opdracht = [sys.executable, "-c", _LOG.format(formaat=formaat, niveau=niveau)]
    klaar = subprocess.run(opdracht, capture_output=True, text=True, check=True)
    assert klaar.stdout == ""
    return klaar.stderr.splitlines()


def test_json_is_an_object_a_line_with_its_trace() -> None:
    verzoek, waarschuwing = map(json.loads, _regels("json", "info"))
    assert verzoek.pop("timestamp").endswith("Z")
    assert verzoek == {
        "event": "verzoek", "level": "info", "route": "/v1/berichten", "status": 202, "nieuw": False,
        "trace": "a" * 32, "span": "b" * 16,
    }  # fmt: skip
    assert (waarschuwing["event"], waarschuwing["reden"], "trace" in waarschuwing) == ("met\nregeleinde", "é", False)


def test_text_is_a_line_too() -> None:
    verzoek, debug, waarschuwing = _regels("tekst", "debug")
    assert f"level=info event=verzoek route=/v1/berichten status=202 nieuw=false trace={'a' * 32}" in verzoek
    assert "level=debug" in debug
    assert r"met\nregeleinde" in waarschuwing
    assert len(_regels("tekst", "warning")) == 1


def test_of_an_error_the_server_tells_where_it_was_and_not_what_it_says() -> None:
    try:
        raise ValueError("Bsn 999900006")
    except ValueError:
        regel = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, "stuk", None, sys.exc_info())
    uit: dict[str, Any] = json.loads(via_logging("json").format(regel))
    assert (uit["event"], uit["level"]) == ("stuk", "error")
    assert uit["fout"].startswith("ValueError in ")
    assert not van_personen(json.dumps(uit).encode())


@pytest.mark.parametrize("tekst", ["bsn=999900006", "persoon 999900018.", '"Voorbeeld"', "naam=Merkwaardig"])
def test_what_is_of_a_person_is_seen(tekst: str) -> None:
    assert van_personen(tekst.encode())


@pytest.mark.parametrize("tekst", ["999900007", "9999000061", "a999900006f", "0.999900006", "voorbeelden"])
def test_what_is_of_nobody_is_not(tekst: str) -> None:
    assert not van_personen(tekst.encode())
