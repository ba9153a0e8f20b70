"""What is known outside a 323 or a 325 about declaraties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..standaard.berichten.basis import Referentie
from ..standaard.berichten.declaratie import Bericht323, Prestatie


@dataclass(frozen=True)
class EerdereDeclaratie:
    """A 323 that was received before."""

    bericht: Bericht323

    @cached_property
    def bsns(self) -> frozenset[str]:
        """The Bsns of its clients."""
        return frozenset(client.Bsn for client in self.bericht.Declaratie.Clienten)

    @cached_property
    def prestaties(self) -> Mapping[tuple[str, Referentie], Prestatie]:
        """Its Prestaties by Bsn and ProductReferentie; no two have the same (TR101)."""
        return {
            (client.Bsn, prestatie.ProductReferentie): prestatie
            for client in self.bericht.Declaratie.Clienten
            for prestatie in client.Prestaties
        }


@dataclass(frozen=True, slots=True)
class Declaratiekennis:
    """What the rules on a 323 and on a 325 ask about earlier messages. A 323 that was refused as a whole is none of them.

    Of a 323: ``nummer_bekend``, the aanbieder used this DeclaratieNummer before under this law
    (TR333); ``laatste_periode``, the first day of the last month it declared to this gemeente under this law, and
    ``geleverd``, the first days of the months after that one and before this in which it delivered (TR318);
    ``referenties_bekend``, the ReferentieNummers of the message that it used before under this law, refused Prestaties
    too (TR314). Of a 325: ``declaratie``, the 323 that DeclaratieIdentificatie names (TR337).
    """

    nummer_bekend: bool = False
    laatste_periode: date | None = None
    geleverd: frozenset[date] = frozenset()
    referenties_bekend: frozenset[str] = frozenset()
    declaratie: EerdereDeclaratie | None = None
