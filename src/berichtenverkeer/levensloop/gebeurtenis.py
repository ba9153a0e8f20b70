"""What an approved message brings about: one ``Gebeurtenis`` for each class that counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, get_args

from ..standaard.berichten.antwoord import Antwoord319
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ..standaard.berichten.verzoek_om_wijziging import Verzoek
from ..standaard.release import JONGSTE

Feit = ToegewezenProduct | StartProduct | StopProduct | AangevraagdProduct | Verzoek | Antwoord319
"""The classes of which a life cycle is made."""

F = TypeVar("F", bound=Feit)

FEITEN: dict[str, type[Feit]] = {klasse.__name__: klasse for klasse in get_args(Feit)}
"""Those classes by name."""


def feitklasse(naam: str) -> type[Feit]:
    """The class that holds what a class of this name says in any release: that of the newest. Raises ``KeyError``."""
    klasse = FEITEN[naam]
    return JONGSTE.get(klasse, klasse)  # type: ignore[return-value]  # it derives from it


VERWIJDEREN = "3"
"""StatusAanlevering that takes back an earlier aanlevering (OP033, IV008)."""

TIJDELIJK = "20"
"""RedenBeeindiging of a temporary stop: the only one (OP377, tegenstrijdigheid 13)."""


@dataclass(frozen=True, slots=True)
class Herkomst:
    """The message a gebeurtenis comes from.

    ``bericht`` is its id, ``ontvangen_op`` when it came in; ``dagtekening`` and ``identificatie`` are its
    BerichtIdentificatie.
    """

    bericht: str
    ontvangen_op: datetime
    dagtekening: date
    identificatie: str


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One class of an approved message, and where it comes from. ``nummer`` is its place in the message, from 0."""

    herkomst: Herkomst
    nummer: int
    feit: Feit


def volgorde(feiten: Iterable[F]) -> list[F]:
    """The order in which the classes of one message are judged and applied.

    Deletions go before additions (IV008, derived: else TR326 and TR413-TR415 hit what is being corrected). Of more
    stops, the earlier Einddatum goes first and on one day the temporary stop goes before the definite one, so that a
    message that is sound in some order is sound.
    """
    return sorted(feiten, key=_rang)


def _rang(feit: Feit) -> tuple[bool, date, bool]:
    if isinstance(feit, StopProduct):
        return feit.StatusAanlevering != VERWIJDEREN, feit.Einddatum, feit.RedenBeeindiging != TIJDELIJK
    if isinstance(feit, StartProduct):
        return feit.StatusAanlevering != VERWIJDEREN, feit.Begindatum, False
    return True, date.min, False
