"""What a rule may know: the message around the class it judges and, above level 2, the world outside the message."""

from dataclasses import dataclass, field
from datetime import date

from ..levensloop.dossier import Dossier
from ..levensloop.variant import Variant
from ..standaard.berichten import Bericht
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.domein import Domein


@dataclass(frozen=True, slots=True)
class Context:
    """The message a class stands in."""

    soort: Berichtsoort
    bericht: Bericht

    @property
    def domein(self) -> Domein:
        """The law of the message."""
        return self.soort.domein

    @property
    def dagtekening(self) -> date:
        """BerichtIdentificatie/Dagtekening."""
        return self.bericht.Header.BerichtIdentificatie.Dagtekening


@dataclass(frozen=True, slots=True)
class Kennis(Context):
    """The message and what is known outside it.

    ``vandaag`` is the system date of the receiver. ``dossier`` holds what was approved before; while a message is judged
    it also holds the classes of that message that were judged before. ``identificatie_bekend``: the sender used this
    Identificatie before for this kind of message (TR056). ``nummers_elders``: ToewijzingNummers of the message that the
    same gemeente uses under this law for another client or aanbieder (TR332). ``variant`` comes from the contract.
    """

    vandaag: date
    dossier: Dossier
    identificatie_bekend: bool = False
    nummers_elders: frozenset[int] = field(default_factory=frozenset)
    variant: Variant = Variant.INSPANNING
