"""What is logged of an unexpected error."""

import re

from tests.knoop import NU

from berichtenverkeer.partijen.partij import PartijFout, Partijrol, registreer
from berichtenverkeer.spoor import spoor


def _buiten() -> None:
    try:
        registreer(None, "999900006", Partijrol.GEMEENTE, "", NU)  # type: ignore[arg-type]
    except PartijFout as fout:
        raise RuntimeError("999900006") from fout


def test_kind_and_place_and_cause_but_no_text() -> None:
    try:
        _buiten()
    except RuntimeError as fout:
        tekst = spoor(fout)
    assert re.fullmatch(
        r"RuntimeError in _buiten \(test_spoor\.py:\d+\); door PartijFout in registreer \(partijen\.py:\d+\)", tekst
    )


def test_an_error_without_a_place() -> None:
    assert spoor(KeyError("999900006")) == "KeyError in onbekend"
