"""What the 305 and the 307 share: the client as they have it, and whether a toewijzing can carry a delivery."""

from typing import Any

from ...levensloop.toewijzing import Toewijzing, is_verwijderd
from ...standaard.berichten.basis import VerkorteNaam
from .voorstel import Uitgangspunt

GEMELD = "1"
"""StatusAanlevering of a first aanlevering."""


def leverbaar(u: Uitgangspunt, nummer: int) -> Toewijzing | str:
    """The toewijzing to report on, or why there can be no report on it."""
    bekend = u.dossier.toewijzingen.get(nummer)
    if bekend is None:
        return f"Toewijzing {nummer} is niet bekend (TR019)."
    if is_verwijderd(bekend.product):
        return (
            f"Toewijzing {nummer} is verwijderd en geldt als niet verzonden: een start of stop erop wordt geweigerd (TR019). "
            "Neem een eerder gemelde start terug met StatusAanlevering 3."
        )
    return bekend


def client(u: Uitgangspunt) -> dict[str, Any] | None:
    """The elements of a Client305 or Client307 from the last 301; None when there is no such message."""
    if u.client is None:
        return None
    naam = {veld: getattr(u.client.Naam, veld) for veld in VerkorteNaam.model_fields}
    zelfde = {veld: getattr(u.client, veld) for veld in ("Bsn", "Geboortedatum", "Geslacht")}
    return zelfde | {"Naam": VerkorteNaam(**naam)}


GEEN_CLIENT = "Er is geen toewijzingsbericht meer waaruit de gegevens van de cliënt te halen zijn."
