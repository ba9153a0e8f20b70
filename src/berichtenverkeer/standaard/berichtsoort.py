"""The fourteen kinds of message of each law: who sends them, what answers them, their BerichtCode (COD002)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .domein import Domein


class Ketenrol(StrEnum):
    """The side of the exchange a party stands on."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"


_CIJFERS_GEMEENTE = 4


def rol_met(code: str) -> Ketenrol:
    """The side on which the party with this code stands: a CBS code has four digits, an AGB code eight, an own code a letter."""
    return Ketenrol.GEMEENTE if len(code) == _CIJFERS_GEMEENTE and code.isdigit() else Ketenrol.AANBIEDER


@dataclass(frozen=True, slots=True, eq=False)
class Berichtsoort:
    """One kind of message of one law. There is one object of each, in ``BERICHTSOORTEN``, so it is its own key.

    ``nummer`` is the number the field uses (``"301"``). ``verzender`` is who sends it. ``berichtcode`` is the value of
    Header/BerichtCode. ``retour_nummer`` is the retourbericht that answers it (IV028); the 323 has none, it is answered
    by the 325 (IV087). ``heen_nummer`` is set on a retourbericht and names what it answers.
    """

    domein: Domein
    nummer: str
    naam: str
    verzender: Ketenrol
    berichtcode: str
    retour_nummer: str | None = None
    heen_nummer: str | None = None

    def __reduce__(self) -> tuple[Callable[[Domein, str], "Berichtsoort"], tuple[Domein, str]]:
        """Copied to another process, it is the one object there."""
        return berichtsoort, (self.domein, self.nummer)

    @property
    def code(self) -> str:
        """The name of the message, unique over both laws: ``WMO301``, ``JW323``."""
        return self.domein.voorvoegsel + self.nummer

    @property
    def namespace(self) -> str:
        """Target namespace of the message's own schema."""
        return f"http://www.istandaarden.nl/{self.domein}/3_2/{self.code.lower()}/schema"

    @property
    def is_retour(self) -> bool:
        """Whether this is a retourbericht (302, 306, 308, 316, 318, 320); the 325 is an answer of its own."""
        return self.heen_nummer is not None

    @property
    def retour(self) -> "Berichtsoort | None":
        """The retourbericht that answers this heenbericht."""
        return BERICHTSOORTEN[self.domein.voorvoegsel + self.retour_nummer] if self.retour_nummer else None

    @property
    def heen(self) -> "Berichtsoort | None":
        """The heenbericht that this retourbericht answers."""
        return BERICHTSOORTEN[self.domein.voorvoegsel + self.heen_nummer] if self.heen_nummer else None

    @property
    def opsteller_afzender(self) -> Ketenrol:
        """The role of Header/Afzender: in a retourbericht that is the sender of the heenbericht (IV028)."""
        heen = self.heen
        return heen.verzender if heen else self.verzender

    def __str__(self) -> str:
        return self.code


# nummer, naam, verzender, BerichtCode iWmo, BerichtCode iJw, retour, heen
_TABEL = (
    ("301", "Toewijzing", Ketenrol.GEMEENTE, "414", "436", "302", None),
    ("302", "Toewijzing retour", Ketenrol.AANBIEDER, "415", "437", None, "301"),
    ("305", "Start", Ketenrol.AANBIEDER, "418", "438", "306", None),
    ("306", "Start retour", Ketenrol.GEMEENTE, "419", "439", None, "305"),
    ("307", "Stop", Ketenrol.AANBIEDER, "420", "440", "308", None),
    ("308", "Stop retour", Ketenrol.GEMEENTE, "421", "441", None, "307"),
    ("315", "Verzoek om toewijzing", Ketenrol.AANBIEDER, "444", "446", "316", None),
    ("316", "Verzoek om toewijzing retour", Ketenrol.GEMEENTE, "445", "447", None, "315"),
    ("317", "Verzoek om wijziging", Ketenrol.AANBIEDER, "480", "486", "318", None),
    ("318", "Verzoek om wijziging retour", Ketenrol.GEMEENTE, "481", "487", None, "317"),
    ("319", "Antwoord", Ketenrol.GEMEENTE, "482", "488", "320", None),
    ("320", "Antwoord retour", Ketenrol.AANBIEDER, "483", "489", None, "319"),
    ("323", "Declaratie", Ketenrol.AANBIEDER, "484", "490", None, None),
    ("325", "Declaratie-antwoord", Ketenrol.GEMEENTE, "485", "491", None, None),
)

BERICHTSOORTEN: dict[str, Berichtsoort] = {
    soort.code: soort
    for domein in Domein
    for nummer, naam, verzender, code_iwmo, code_ijw, retour, heen in _TABEL
    for soort in [
        Berichtsoort(domein, nummer, naam, verzender, code_iwmo if domein is Domein.IWMO else code_ijw, retour, heen)
    ]
}
"""Every kind of message by its name, ``WMO301`` … ``JW325``."""


def berichtsoort(domein: Domein, nummer: str) -> Berichtsoort:
    """The kind of message with this number under this law. Raises ``KeyError`` for a number the standard lacks."""
    return BERICHTSOORTEN[domein.voorvoegsel + nummer]
