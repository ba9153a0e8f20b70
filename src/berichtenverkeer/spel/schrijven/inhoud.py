"""The content of a message as plain values, as the short form of a flow has it: element names, lists, and text."""

from typing import Any

from ...standaard.berichten import Bericht

Inhoud = dict[str, Any]


def inhoud_van(bericht: Bericht) -> Inhoud:
    """Everything that stands in a message; what is absent is left out."""
    uit = _tekst(bericht.model_dump(mode="json", exclude_none=True))
    assert isinstance(uit, dict)
    return uit


def _tekst(waarde: Any) -> Any:
    if isinstance(waarde, dict):
        return {naam: _tekst(deel) for naam, deel in waarde.items() if not (naam == "RetourCodes" and not deel)}
    if isinstance(waarde, list):
        return [_tekst(deel) for deel in waarde]
    return str(waarde)
