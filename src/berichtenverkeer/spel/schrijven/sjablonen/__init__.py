"""What is made when a flow does not say it, as data."""

from functools import cache
from pathlib import Path
from typing import Any

from ...bestand.bron import lees_bron


@cache
def sjablonen() -> dict[str, Any]:
    """``persoon``, ``product``, ``toewijzing``, and ``berichten`` by number."""
    inhoud = lees_bron(Path(__file__).with_name("berichten.yaml")).inhoud
    assert isinstance(inhoud, dict)
    return inhoud
