"""The kinds of what a webhook can be told. Adding one takes a line here; what it is made of is in ``bronnen``.

A kind is called by a noun and what happened to it. It goes out as the type ``nl.berichtenverkeer.<noun>.<happened>.v1``.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind: its name, what it says (Dutch), and the source it is made of; None where who writes it puts it ready itself."""

    naam: str
    omschrijving: str
    bron: str | None

    @property
    def type(self) -> str:
        """What it is called on the wire."""
        return type_van(self.naam)


_ALLE = (
    Soort(
        "bericht.ontvangen", "Er ligt een bericht voor u klaar, ook een retourbericht of een foutbericht.", "postvak"
    ),
    Soort("bericht.beoordeeld", "Een bericht van u is beoordeeld, goed of niet.", "postvak"),
    Soort("bericht.afgekeurd", "Een bericht van u is afgekeurd, door het knooppunt of door de ontvanger.", "postvak"),
    Soort("bericht.bezorgd", "De ontvanger heeft een bericht van u veilig opgeslagen.", None),
    Soort("toewijzing.gewijzigd", "Een toewijzing is nieuw, of staat er anders voor.", "toewijzingen"),
    Soort("verzoek.gewijzigd", "Een verzoek is nieuw, of staat er anders voor.", "verzoeken"),
    Soort("declaratie.gewijzigd", "Een declaratie is nieuw, of staat er anders voor.", "declaraties"),
    Soort("termijn.verstreken", "Iets op een werklijst had uiterlijk gisteren gedaan moeten zijn.", "termijnen"),
)

SOORTEN: Mapping[str, Soort] = {soort.naam: soort for soort in _ALLE}
"""Every kind by its name."""

PROEF = "webhook.proef"
"""What a test call tells: nothing happened. No webhook asks for it."""


def type_van(naam: str) -> str:
    """What a kind is called on the wire."""
    return f"nl.berichtenverkeer.{naam}.v1"
