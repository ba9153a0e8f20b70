"""What is logged of an unexpected error."""

import re

from berichtenverkeer.uitwisseling.spoor import spoor


def _binnen() -> None:
    raise ValueError("999900006")


def _buiten() -> None:
    try:
        _binnen()
    except ValueError as fout:
        raise RuntimeError("999900006") from fout


def test_kind_and_place_and_cause_but_no_text() -> None:
    try:
        _buiten()
    except RuntimeError as fout:
        tekst = spoor(fout)
    plek = r"\(test_spoor\.py:\d+\)"
    assert re.fullmatch(
        rf"RuntimeError in _buiten {plek}, test_\w+ {plek}; door ValueError in _binnen {plek}, _buiten {plek}", tekst
    )


def test_an_error_without_a_place() -> None:
    assert spoor(KeyError("999900006")) == "KeyError in onbekend"
