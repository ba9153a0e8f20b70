"""The terms of the standard: who acts before which day (levenscyclus E).

A term begins on the day after its event (afgeleid: the source leaves the first day open, tegenstrijdigheden G) and runs to
the end of its last day. A term of weeks that would end on a day without work ends on the next working day (afgeleid, as
the Algemene termijnenwet has it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..standaard.berichtsoort import Ketenrol
from .kalender import Kalender, plus_dagen
from .overgangen import Verzoeksoort, Verzoektoestand


class Eenheid(StrEnum):
    """What a term is counted in."""

    WERKDAGEN = "werkdagen"
    WEKEN = "weken"


@dataclass(frozen=True, slots=True)
class Termijn:
    """One term. ``wie`` acts; None is whoever received the message. ``vanaf`` says in Dutch from which event it runs."""

    naam: str
    duur: int
    eenheid: Eenheid
    vanaf: str
    wie: Ketenrol | None
    regels: tuple[str, ...]

    @property
    def regel(self) -> str:
        """The rule that sets it."""
        return self.regels[0]

    def uiterlijk(self, dag: date, kalender: Kalender) -> date:
        """The last day of the term when its event was on ``dag``; always a working day."""
        if self.eenheid is Eenheid.WERKDAGEN:
            return kalender.werkdagen_na(dag, self.duur)
        return kalender.werkdag_vanaf(plus_dagen(dag, 7 * self.duur))

    def laatst_verstreken(self, vandaag: date, kalender: Kalender) -> date:
        """Of a term in working days: the last day of the event from which the term is over today."""
        return kalender.werkdagen_voor(plus_dagen(vandaag, -1), self.duur)

    def __str__(self) -> str:
        return f"{self.duur} {self.eenheid}"


_WD, _W = Eenheid

RETOUR = Termijn("retourbericht", 3, _WD, "bezorging van het bericht", None, ("OP090",))
DECLARATIEANTWOORD = Termijn(
    "declaratieantwoord (325)", 10, _WD, "bezorging van het 323", Ketenrol.GEMEENTE, ("OP090x4",)
)
START = Termijn(
    "start (305)", 5, _WD, "Begindatum, of ontvangst van het 301 als die later is", Ketenrol.AANBIEDER, ("OP271",)
)
STOP = Termijn(
    "stop (307)", 5, _WD, "einde van de levering, uiterlijk Einddatum van de toewijzing", Ketenrol.AANBIEDER,
    ("OP272", "OP288"),
)  # fmt: skip
VOT = Termijn("antwoord op een VOT, per product", 5, _WD, "ontvangst van het 315", Ketenrol.GEMEENTE, ("OP274",))
VOW = Termijn("antwoord op een VOW", 5, _WD, "ontvangst van het 317", Ketenrol.GEMEENTE, ("OP346",))
ONDERZOEK_VOT = Termijn(
    "besluit op een VOT in onderzoek", 8, _W, "Dagtekening van het 315", Ketenrol.GEMEENTE, ("OP274",)
)
ONDERZOEK_VOW = Termijn(
    "besluit op een VOW in onderzoek", 8, _W, "Dagtekening van het 317", Ketenrol.GEMEENTE, ("OP346",)
)
WOONPLAATS = Termijn(
    "afwijzing van een VOT op het woonplaatsbeginsel (iJw)",
    2,
    _W,
    "ontvangst van het 315",
    Ketenrol.GEMEENTE,
    ("OP359",),
)

TERMIJNEN = (
    RETOUR, DECLARATIEANTWOORD, START, STOP, VOT, VOW, ONDERZOEK_VOT, ONDERZOEK_VOW, WOONPLAATS,
)  # fmt: skip
"""Every term, in the order in which the docs show them."""

ANTWOORD: Mapping[tuple[str, str], Termijn] = {
    (Verzoeksoort.VOT, Verzoektoestand.INGEDIEND): VOT,
    (Verzoeksoort.VOW, Verzoektoestand.INGEDIEND): VOW,
    (Verzoeksoort.VOT, Verzoektoestand.IN_ONDERZOEK): ONDERZOEK_VOT,
    (Verzoeksoort.VOW, Verzoektoestand.IN_ONDERZOEK): ONDERZOEK_VOW,
}
"""The term for the next answer to a request, by its kind and state; a settled request has none."""


def antwoord_voor(soort: str, toestand: str, ontvangen: date, dagtekening: date, kalender: Kalender) -> date | None:
    """Before which day the gemeente answers a request; None when it is settled.

    A first answer counts from receipt, a decision after 'in onderzoek' from the Dagtekening of the request, for a VOT too
    (tegenstrijdigheid 39).
    """
    termijn = ANTWOORD.get((soort, toestand))
    if termijn is None:
        return None
    return termijn.uiterlijk(dagtekening if toestand == Verzoektoestand.IN_ONDERZOEK else ontvangen, kalender)


def begin_start(begindatum: date, toewijzing_bekend: date | None) -> date:
    """The day the term for a start counts from: a start before the toewijzing came in could not be reported (OP271)."""
    return max(begindatum, toewijzing_bekend or begindatum)
