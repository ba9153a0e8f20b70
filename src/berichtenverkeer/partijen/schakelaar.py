"""Releases that are switched: which functie takes part in which version, from when to when (IB023).

A ``Schakelaar`` is one entry of the operator, a ``Schakelbord`` all of them together. Which entry wins is said in
``Schakelbord.geldend``, nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from ..standaard.domein import RELEASE, Domein
from ..standaard.geldig import op_moment

ALLE = "*"
"""The functie of a switch that is for every functie."""

BEREIKEN = (ALLE, *(domein.voorvoegsel for domein in Domein), *BERICHTSOORTEN)
"""What a switch can be for: all, one law (``WMO``, ``JW``), or one functie (``WMO301``)."""


class Stand(StrEnum):
    """How a functie is switched. Frozen is off for a while: what was refused may be handed in again afterwards."""

    AAN = "aan"
    UIT = "uit"
    BEVROREN = "bevroren"


class NietActief(Exception):
    """A kind of message that does not take part now. ``melding`` and ``advies`` are Dutch sentences; each door has its own
    code for it."""

    def __init__(self, melding: str, advies: str) -> None:
        super().__init__(melding)
        self.melding = melding
        self.advies = advies


@dataclass(frozen=True, slots=True)
class Schakelaar:
    """One entry: ``functie`` is one of ``BEREIKEN``, ``versie`` a release such as ``3.2``. It holds from the moment ``van``
    until just before the moment ``tot``; without ``tot`` for ever (afgeleid)."""

    functie: str
    versie: str
    van: datetime
    tot: datetime | None
    stand: Stand
    reden: str = ""

    def geldt(self, soort: Berichtsoort, versie: str, nu: datetime) -> bool:
        """Whether it is for this kind of message in this release at this moment."""
        hier = self.functie in (ALLE, soort.domein.voorvoegsel, soort.code)
        return hier and self.versie == versie and op_moment(self.van, self.tot, nu)


@dataclass(frozen=True, slots=True)
class Schakelbord:
    """All switches; no two are for the same functie and release from the same moment."""

    schakelaars: tuple[Schakelaar, ...] = ()

    @classmethod
    def van(cls, schakelaars: Iterable[Schakelaar]) -> "Schakelbord":
        """A board of these, in whatever order."""
        return cls(tuple(schakelaars))

    def geldend(self, soort: Berichtsoort, versie: str, nu: datetime) -> Schakelaar | None:
        """The switch that counts; None when there is none for it.

        The most specific wins: one functie before one law before all. Of those the one that began last (afgeleid).
        """
        geldend = (schakelaar for schakelaar in self.schakelaars if schakelaar.geldt(soort, versie, nu))
        return max(geldend, key=lambda een: (_hoe_specifiek(een.functie), een.van), default=None)

    def stand(self, soort: Berichtsoort, versie: str, nu: datetime) -> Stand:
        """How this kind of message is switched in this release at this moment. What nobody switched is on in the release
        that is packaged, and off in every other."""
        schakelaar = self.geldend(soort, versie, nu)
        if schakelaar is not None:
            return schakelaar.stand
        return Stand.AAN if versie == RELEASE else Stand.UIT

    def keur(self, soort: Berichtsoort, nu: datetime) -> None:
        """Whether this kind of message takes part at this moment, in its release. Raises ``NietActief``.

        Only a release that is read comes here: what cannot be read is refused before, however it is switched.
        """
        stand = self.stand(soort, soort.release, nu)
        if stand is Stand.AAN:
            return
        schakelaar = self.geldend(soort, soort.release, nu)
        tot = f" tot {schakelaar.tot:%Y-%m-%d %H:%M}" if schakelaar and schakelaar.tot else ""
        if stand is Stand.BEVROREN:
            raise NietActief(
                f"{soort} is bevroren{tot}.",
                "Bied het na de bevriezing opnieuw aan, met een nieuw nummer op de envelop.",
            )
        raise NietActief(f"{soort} staat uit{tot}.", "Vraag de beheerder welke release wanneer aan staat.")


LEEG = Schakelbord()
"""A board on which nothing is switched."""


def _hoe_specifiek(functie: str) -> int:
    return 2 if functie in BERICHTSOORTEN else 1 if functie != ALLE else 0
