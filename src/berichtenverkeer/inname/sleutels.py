"""What a message names by which something is known over all dossiers."""

from dataclasses import dataclass

from ..levensloop.toewijzing import VERWIJDERD
from ..oordeel.betrokken import referenties
from ..standaard.berichten import Bericht
from ..standaard.berichten.toewijzing import Bericht301


@dataclass(frozen=True, slots=True)
class Sleutels:
    """``nummers`` are the ToewijzingNummers of a 301, ``referenties`` the ReferentieAanbieders of a request or an answer.
    ``verwijdert``: it takes back a toewijzing (RedenWijziging 13)."""

    nummers: tuple[int, ...]
    referenties: tuple[str, ...]
    verwijdert: bool

    @classmethod
    def van(cls, bericht: Bericht) -> "Sleutels":
        """Those of this message."""
        producten = bericht.Client.ToegewezenProducten if isinstance(bericht, Bericht301) else ()
        return cls(
            tuple(product.ToewijzingNummer for product in producten),
            referenties(bericht),
            any(product.RedenWijziging == VERWIJDERD for product in producten),
        )
