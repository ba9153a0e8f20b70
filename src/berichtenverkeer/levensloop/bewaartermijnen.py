"""How long what is kept of people may stay, as data: what it is, how long, from when, and what says so."""

from dataclasses import dataclass
from datetime import date

from ..standaard.domein import Domein
from .kalender import plus_dagen


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """A term in years or days. ``vanaf`` and ``bron`` are Dutch, for who reads them."""

    naam: str
    wat: str
    vanaf: str
    bron: str
    jaren: int = 0
    dagen: int = 0

    def voor(self, vandaag: date) -> date:
        """What it began for before this day, is past it."""
        jaar = vandaag.year - self.jaren
        schrikkel = (vandaag.month, vandaag.day) == (2, 29)
        return plus_dagen(vandaag.replace(year=jaar, day=28) if schrikkel else vandaag.replace(year=jaar), -self.dagen)

    def __str__(self) -> str:
        return f"{self.jaren} jaar" if self.jaren else f"{self.dagen} dagen"


_LAATSTE = (
    "het laatste bericht over de cliënt bij die gemeente, of het einde van zijn laatste toewijzing als dat later is"
)

DOSSIER = {
    Domein.IWMO: Bewaartermijn(
        "dossier-wmo",
        "alles over één cliënt van de Wmo bij één gemeente",
        _LAATSTE,
        "Wmo 2015, artikel 5.3.4",
        jaren=15,
    ),
    Domein.IJW: Bewaartermijn(
        "dossier-jeugd",
        "alles over één cliënt van de Jeugdwet bij één gemeente",
        _LAATSTE,
        "Jeugdwet, artikel 7.3.8",
        jaren=20,
    ),
}
"""Of each law. The acts name the file of who gives care or decides on it; that an exchange keeps its messages as long is our choice."""

GEWEIGERD = Bewaartermijn(
    "geweigerd", "de inhoud van wat werd geweigerd voor het een bericht was", "de ontvangst", "eigen keuze", dagen=92
)
MELDING = Bewaartermijn(
    "notificatie", "wat een webhook moest horen en is opgegeven", "het opgeven", "eigen keuze", dagen=92
)
LOGBOEK = Bewaartermijn("logboek", "regels van het logboek", "het moment van de regel", "NEN 7513", jaren=5)

TERMIJNEN = (*DOSSIER.values(), GEWEIGERD, MELDING, LOGBOEK)
"""All there are. An export goes by ``BV_UITVOER_UREN``, a session by itself, and a proposal is not kept at all."""
