"""What a rule may know: the message around the class it judges and, above level 2, the world outside the message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..levensloop.dossier import Dossier
from ..standaard.berichten import Bericht
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.domein import Domein
from .contract import Contract
from .declaratiekennis import Declaratiekennis


@dataclass(frozen=True, slots=True)
class Context:
    """The message a class stands in; ``data`` are the bytes it was read from, empty where they do not matter (OP192)."""

    soort: Berichtsoort
    bericht: Bericht
    data: bytes = field(default=b"", kw_only=True, repr=False)

    @property
    def domein(self) -> Domein:
        """The law of the message."""
        return self.soort.domein

    @property
    def dagtekening(self) -> date:
        """BerichtIdentificatie/Dagtekening."""
        return self.bericht.Header.BerichtIdentificatie.Dagtekening


_NIETS_AFGESPROKEN = Contract()
_NIETS_GEDECLAREERD = Declaratiekennis()


@dataclass(frozen=True, slots=True)
class Kennis(Context):
    """The message and what is known outside it.

    ``vandaag`` is the system date of the receiver. ``dossier`` holds what was approved before; while a message is judged
    it also holds the classes of that message that were judged before. ``identificatie_bekend``: the sender used this
    Identificatie before for this kind of message (TR056). ``nummers_elders``: ToewijzingNummers of the message that the
    same gemeente uses under this law for another client or aanbieder (TR332). ``referenties_elders``: ReferentieAanbieders of
    the message that the same aanbieder uses under this law for another client or gemeente (TR347). ``contract`` is what that
    gemeente and this aanbieder agreed, as far as it is known. ``clienten`` are the
    dossiers of the clients of a 323 or 325 by Bsn, and ``declaratie`` is what it asks besides; while a client of a 323 is
    judged ``dossier`` is the one of that client.
    """

    vandaag: date
    dossier: Dossier
    identificatie_bekend: bool = False
    nummers_elders: frozenset[int] = frozenset()
    referenties_elders: frozenset[str] = frozenset()
    contract: Contract = _NIETS_AFGESPROKEN
    clienten: Mapping[str, Dossier] = field(default_factory=dict)
    declaratie: Declaratiekennis = _NIETS_GEDECLAREERD
