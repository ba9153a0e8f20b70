"""Releases that are switched: which functie takes part in which version, to whom, from when to when (IB023); and so in which
release a message is written.

A ``Schakelaar`` is one entry of the operator, a ``Schakelbord`` all of them together. Which entry wins is said in
``Schakelbord.geldend``, nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, gelezen_soorten
from ..standaard.domein import RELEASE, Domein
from ..standaard.geldig import op_moment

ALLE = "*"
"""The functie of a switch that is for every functie."""

HEEN, RETOUR = "heen", "retour"
"""The functies of a switch that is for the heenberichten, or for what answers them: the retourberichten and the 325."""

_WETTEN = tuple(domein.voorvoegsel for domein in Domein)
_KANTEN = (HEEN, RETOUR)
_WET_EN_KANT = tuple(f"{wet}-{kant}" for wet in _WETTEN for kant in _KANTEN)

BEREIKEN = (ALLE, *_KANTEN, *_WETTEN, *_WET_EN_KANT, *BERICHTSOORTEN)
"""What a switch can be for: all, heenberichten or answers, one law (``WMO``, ``JW``), those of one law (``WMO-heen``), or one
functie (``WMO301``)."""


def bereiken_van(soort: Berichtsoort) -> tuple[str, ...]:
    """What a switch for this kind of message can be for, the most precise last."""
    kant, wet = RETOUR if soort.beantwoordt else HEEN, soort.domein.voorvoegsel
    return ALLE, kant, wet, f"{wet}-{kant}", soort.code


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
    """One entry: ``functie`` is one of ``BEREIKEN``, ``versie`` a release such as ``3.2``, ``ontvanger`` the code of the party that
    receives, empty for all. It holds from the moment ``van`` until just before the moment ``tot``; without ``tot`` for ever
    (afgeleid)."""

    functie: str
    versie: str
    van: datetime
    tot: datetime | None
    stand: Stand
    reden: str = ""
    ontvanger: str = ""

    def geldt(self, soort: Berichtsoort, versie: str, nu: datetime, ontvanger: str = "") -> bool:
        """Whether it is for this kind of message to this party in this release at this moment."""
        hier = self.functie in bereiken_van(soort) and self.ontvanger in ("", ontvanger)
        return hier and self.versie == versie and op_moment(self.van, self.tot, nu)


@dataclass(frozen=True, slots=True)
class Schakelbord:
    """All switches; no two are for the same functie, release and receiver from the same moment. Where no receiver is named, what is
    asked is how it is for who has no switch of its own."""

    schakelaars: tuple[Schakelaar, ...] = ()

    @classmethod
    def van(cls, schakelaars: Iterable[Schakelaar]) -> "Schakelbord":
        """A board of these, in whatever order."""
        return cls(tuple(schakelaars))

    def geldend(self, soort: Berichtsoort, versie: str, nu: datetime, ontvanger: str = "") -> Schakelaar | None:
        """The switch that counts; None when there is none for it.

        The most specific wins: one receiver before all, and one functie before those of one side of one law, before one law, before
        one side, before all. Of those the one that began last (afgeleid).
        """
        geldend = [een for een in self.schakelaars if een.geldt(soort, versie, nu, ontvanger)]
        precies = bereiken_van(soort).index
        return max(geldend, key=lambda een: (een.ontvanger != "", precies(een.functie), een.van), default=None)

    def stand(self, soort: Berichtsoort, versie: str, nu: datetime, ontvanger: str = "") -> Stand:
        """How this kind of message is switched in this release at this moment. What nobody switched is on in the release
        that is packaged, and off in every other."""
        schakelaar = self.geldend(soort, versie, nu, ontvanger)
        if schakelaar is not None:
            return schakelaar.stand
        return Stand.AAN if versie == RELEASE else Stand.UIT

    def keur(self, soort: Berichtsoort, nu: datetime, ontvanger: str = "") -> None:
        """Whether this kind of message to this party takes part at this moment, in its release. Raises ``NietActief``.

        Only a release that is read comes here: what cannot be read is refused before, however it is switched.
        """
        stand = self.stand(soort, soort.release, nu, ontvanger)
        if stand is Stand.AAN:
            return
        schakelaar = self.geldend(soort, soort.release, nu, ontvanger)
        tot = f" tot {schakelaar.tot:%Y-%m-%d %H:%M}" if schakelaar and schakelaar.tot else ""
        if stand is Stand.BEVROREN:
            raise NietActief(
                f"{soort} is bevroren{tot}.",
                "Bied het na de bevriezing opnieuw aan, met een nieuw nummer op de envelop.",
            )
        aan = [] if soort.beantwoordt else [een.release for een in self._aan(soort, nu, ontvanger)]
        raise NietActief(
            f"{soort} staat uit{tot}.",
            f"Lever aan in release {' of '.join(aan)}."
            if aan
            else "Vraag de beheerder welke release wanneer aan staat.",
        )

    def te_schrijven(self, soort: Berichtsoort, nu: datetime, ontvanger: str) -> Berichtsoort:
        """This kind of message in the release in which a new one to this party is written at this moment: the newest that is on. While
        none is, the first that will be; when none will be, the one that is packaged. What answers another message is of the release
        of that, whatever is switched."""
        straks = sorted({een.van for een in self.schakelaars if een.van > nu} | self._einden(nu))
        for moment in (nu, *straks):
            if aan := self._aan(soort, moment, ontvanger):
                return aan[-1]
        return BERICHTSOORTEN[soort.code]

    def _aan(self, soort: Berichtsoort, nu: datetime, ontvanger: str) -> list[Berichtsoort]:
        """This kind of message in each release in which it takes part, the oldest first."""
        return [een for een in gelezen_soorten(soort.code) if self.stand(een, een.release, nu, ontvanger) is Stand.AAN]

    def _einden(self, nu: datetime) -> set[datetime]:
        return {een.tot for een in self.schakelaars if een.tot is not None and een.tot > nu}


LEEG = Schakelbord()
"""A board on which nothing is switched."""
