"""What is logged of an unexpected error."""

import re

from tests.knoop import NU

from berichtenverkeer.partijen.partij import PartijFout, Partijrol, registreer
from berichtenverkeer.spoor import kenmerk, spoor


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
        r"RuntimeError in _buiten \(test_spoor\.py:\d+\); door PartijFout in registreer \(partij\.py:\d+\)", tekst
    )


def test_an_error_without_a_place() -> None:
    assert spoor(KeyError("999900006")) == "KeyError in onbekend"


def test_a_number_of_a_sender_is_logged_when_it_can_be_nothing_else() -> None:
    assert kenmerk("9b2d8f60-1c3e-4a57-8f21-0d6f5a4b3c2e") == "9b2d8f60-1c3e-4a57-8f21-0d6f5a4b3c2e"
    for vrij in ("Jansen", "999900006", "9b2d8f60-1c3e-4a57-8f21-0d6f5a4b3c2e Jansen", ""):
        assert re.fullmatch("sha256:[0-9a-f]{12}", kenmerk(vrij))
    assert kenmerk("Jansen") == kenmerk("Jansen") != kenmerk("Pietersen")
