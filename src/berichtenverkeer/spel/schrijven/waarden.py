"""Expressions of a flow: variables, fresh numbers, and days and moments that are reckoned from the clock of the flow.

``$naam`` is a variable, ``$vandaag`` the day of the step, ``$nu`` its time, ``$begin`` the day on which the flow begins, ``$maand``
and ``$maandeinde`` the first and last day of the month of the step. Behind a day stands what is added to it: ``+3d -2w +1m +1j
+5wd``. ``$$`` is a dollar. All values are text, as in the XML.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from itertools import count
from typing import Any

from ...levensloop.kalender import Kalender, plus_dagen
from ...standaard.bsn import voldoet
from ...standaard.domein import Domein

ZADEN = 899_999
"""So many seeds give numbers that no other seed gives."""

_NAAM = re.compile(r"\$(?P<naam>[A-Za-z_][\w.]*)(?P<rest>.*)", re.DOTALL)
_STAPPEN = re.compile(r"(?:\s*[+-]\s*\d{1,5}(?:wd|d|w|m|j))*\s*")
_STAP = re.compile(r"([+-])\s*(\d+)(wd|d|w|m(?!in)|j)")
_MOMENT = re.compile(
    r"(?P<stappen>(?:\s*[+-]\s*\d{1,5}(?:wd|min|d|w|m|j|u))*)\s*(?P<tijd>\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_KLOKSTAP = re.compile(r"([+-])\s*(\d+)(min|u)")
_GENUMMERD = frozenset(
    {
        "ToewijzingNummer", "ReferentieAanbieder", "ReferentieNummer", "VorigReferentieNummer", "DeclaratieNummer", "Bsn",
        "Identificatie",
    }
)  # fmt: skip
_DAGEN = ("vandaag", "begin", "maand", "maandeinde")
_PER_CLIENT = 23
"""How many Bsns a seed has to itself before it comes to those of the next."""


class WaardeFout(ValueError):
    """An expression that has no value; ``advies`` says what to write instead."""

    def __init__(self, melding: str, advies: str) -> None:
        self.melding, self.advies = melding, advies
        super().__init__(f"{melding} {advies}")


@cache
def bsn_reeks() -> tuple[str, ...]:
    """Every fictive Bsn from 999900006 to 999999990 that passes the 11-proef."""
    return tuple(str(getal) for getal in range(999_900_006, 999_999_991) if voldoet(str(getal)))


@dataclass(slots=True)
class Nummers:
    """Fresh numbers for one run. Two runs with different seeds (from 0 to ``ZADEN``) share no Identificatie, ToewijzingNummer
    or reference, and no Bsn when the seeds are near each other: there are some nine thousand fictive Bsns. ``bsn_bezet`` says
    which are no use, for another client has them."""

    zaad: int
    bsn_bezet: Callable[[str], bool] = lambda _: False
    _volgende: dict[str, "count[int]"] = field(default_factory=dict)

    def _tel(self, soort: str) -> int:
        return next(self._volgende.setdefault(soort, count()))

    def bsn(self) -> str:
        """A fictive Bsn that passes the 11-proef."""
        reeks = bsn_reeks()
        for _ in reeks:
            bsn = reeks[(self.zaad * _PER_CLIENT + self._tel("bsn")) % len(reeks)]
            if not self.bsn_bezet(bsn):
                return bsn
        raise WaardeFout("alle fictieve Bsns zijn hier al van een ander.", "Speel met andere partijen.")

    def toewijzingnummer(self) -> str:
        """A ToewijzingNummer, of nine digits."""
        return str(100_000_000 + self.zaad % ZADEN * 1000 + self._tel("toewijzing"))

    def referentie(self, letter: str) -> str:
        """A reference, or the number of a declaratie."""
        return f"{letter}{self._tekst('referentie')}"

    def identificatie(self) -> str:
        """An Identificatie of at most twelve characters; of one run they come in order."""
        return self._tekst("identificatie")

    def _tekst(self, soort: str) -> str:
        return f"{self.zaad % ZADEN:06}{self._tel(soort):04}"


@dataclass
class Omgeving:
    """What the expressions of a flow mean at this moment, under this law. ``namen`` is the value of every variable that got a
    fresh one, for who wants to read the numbers back as names; ``bewaard`` are answers of the node, in which nothing is an
    expression."""

    nummers: Nummers
    begin: datetime
    wet: Domein
    variabelen: Mapping[str, Any] = field(default_factory=dict)
    kalender: Kalender = field(default_factory=Kalender)
    namen: dict[str, str] = field(default_factory=dict)
    bewaard: dict[str, Any] = field(default_factory=dict)
    moment: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.moment = self.begin

    def waarde(self, uitdrukking: Any, element: str | None = None, plaats: Mapping[str, Any] | None = None) -> Any:
        """The value of an expression, or of everything in a list or mapping; ``{iwmo: …, ijw: …}`` is the value of the law.

        ``element`` is the element it stands in: a new name there gets a fresh number of that kind. ``plaats`` holds names that
        count here only. Raises ``WaardeFout``.
        """
        if isinstance(uitdrukking, dict):
            if uitdrukking and uitdrukking.keys() <= set(Domein):
                return self.waarde(uitdrukking.get(self.wet), element, plaats)
            return {self._sleutel(naam): self.waarde(w, naam, plaats) for naam, w in uitdrukking.items()}
        if isinstance(uitdrukking, list):
            return [self.waarde(item, element, plaats) for item in uitdrukking]
        if not isinstance(uitdrukking, str) or not uitdrukking.startswith("$"):
            return uitdrukking
        if uitdrukking.startswith("$$"):
            return uitdrukking[1:]
        gevonden = _NAAM.fullmatch(uitdrukking)
        if gevonden is None:
            raise WaardeFout(f"{uitdrukking} is geen waarde.", "Schrijf $naam, $vandaag+3d, of $$ voor een dollar.")
        basis = self._basis(gevonden["naam"], element, plaats or {})
        return basis if not gevonden["rest"] else self._later(uitdrukking, gevonden["naam"], basis, gevonden["rest"])

    def moment_na(self, tekst: str, verschoven: timedelta = timedelta()) -> datetime:
        """The moment that ``op`` or ``wacht`` says: ``2026-03-02T09:00``, moved with the clock, or from the present moment
        ``+2d``, ``+3wd``, ``+1d 14:00``, ``+30min``; or a day, ``$maandeinde+1d 14:00``, which is at once when it is past. Raises
        ``WaardeFout``."""
        if tekst.startswith("$"):
            return self._moment_op(tekst)
        try:
            return datetime.fromisoformat(tekst).replace(tzinfo=None) + verschoven
        except ValueError:
            pass
        gevonden = _MOMENT.fullmatch(tekst)
        if gevonden is None or not tekst.strip():
            raise WaardeFout(f"{tekst} is geen moment.", "Schrijf 2026-03-02T09:00, +2d, +3wd, +1d 14:00 of +30min.")
        tijd = self._tijd(tekst, gevonden["tijd"])
        dag = verschuif(self.moment.date(), gevonden["stappen"], self.kalender)
        moment = datetime.combine(dag, tijd)
        for teken, aantal, eenheid in _KLOKSTAP.findall(gevonden["stappen"]):
            moment += timedelta(minutes=int(teken + aantal) * (60 if eenheid == "u" else 1))
        return moment

    def _moment_op(self, tekst: str) -> datetime:
        uitdrukking, _, tijd = tekst.rpartition(" ") if ":" in tekst else (tekst, "", "")
        try:
            dag = date.fromisoformat(self.waarde(uitdrukking))
        except (TypeError, ValueError):
            raise WaardeFout(
                f"{tekst} is geen dag.", "Schrijf een dag, met +3d of +5wd erachter en dan een tijd."
            ) from None
        return max(self.moment, datetime.combine(dag, self._tijd(tekst, tijd)))

    def _tijd(self, tekst: str, tijd: str | None) -> time:
        try:
            return time.fromisoformat(tijd.rjust(5, "0")) if tijd else self.moment.time()
        except ValueError:
            raise WaardeFout(f"{tekst} heeft een tijd die er niet is.", "Kies 00:00 tot en met 23:59.") from None

    def _sleutel(self, naam: str) -> str:
        return str(self.waarde(naam)) if naam.startswith("$") else naam

    def _basis(self, naam: str, element: str | None, plaats: Mapping[str, Any]) -> Any:
        eerste, *verder = naam.split(".")
        if eerste in plaats:
            return _binnen(plaats[eerste], verder)
        if not verder and (dag := self._dag(naam)) is not None:
            return dag.isoformat()
        if naam == "nu":
            return self.moment.time().isoformat("seconds")
        if naam in self.namen:
            return self.namen[naam]
        if eerste in self.bewaard:
            return _binnen(self.bewaard[eerste], verder)
        if eerste in self.variabelen:
            return _binnen(self.waarde(self.variabelen[eerste], element, plaats), verder)
        if (vers := self.vers(element)) is not None and not verder:
            self.namen[naam] = vers
            return vers
        bekend = [*_DAGEN, "nu", *self.namen, *self.bewaard, *self.variabelen]
        dichtbij = get_close_matches(naam, bekend, 1)
        raise WaardeFout(
            f"${naam} is niet bekend.",
            f"Bedoelt u ${dichtbij[0]}?"
            if dichtbij
            else "Zet hem onder variabelen, of gebruik hem eerst in een bericht.",
        )

    def vers(self, element: str | None) -> str | None:
        """A fresh number for this element; None when it is not one that has numbers."""
        match element:
            case "ToewijzingNummer":
                return self.nummers.toewijzingnummer()
            case "ReferentieAanbieder" | "ReferentieNummer" | "DeclaratieNummer":
                return self.nummers.referentie(element[0])
            case "VorigReferentieNummer":
                return self.vers("ReferentieNummer")
            case "Bsn":
                return self.nummers.bsn()
            case "Identificatie":
                return self.nummers.identificatie()
        return None

    def is_vrij(self, naam: str, element: str) -> bool:
        """Whether this name has no value yet, and would get a fresh one in this element."""
        bekend = naam in self.namen or naam in self.variabelen or naam == "nu" or self._dag(naam) is not None
        return not bekend and element in _GENUMMERD

    def _dag(self, naam: str) -> date | None:
        vandaag = self.moment.date()
        match naam:
            case "vandaag":
                return vandaag
            case "begin":
                return self.begin.date()
            case "maand":
                return vandaag.replace(day=1)
            case "maandeinde":
                return maandeinde(vandaag)
        return None

    def _later(self, heel: str, naam: str, basis: Any, rest: str) -> str:
        if not _STAPPEN.fullmatch(rest):
            raise WaardeFout(f"{heel} is geen waarde.", "Achter een dag kan +3d, -2w, +1m, +1j of +5wd staan.")
        try:
            dag = date.fromisoformat(basis)
        except (TypeError, ValueError):
            raise WaardeFout(f"{heel} telt op bij wat geen dag is.", "Tel alleen op bij een datum.") from None
        return verschuif(dag, rest, self.kalender, einde=naam == "maandeinde").isoformat()


def _binnen(waarde: Any, namen: list[str]) -> Any:
    for naam in namen:
        if isinstance(waarde, list):
            waarde = waarde[int(naam)] if naam.isdigit() and int(naam) < len(waarde) else None
        else:
            waarde = waarde.get(naam) if isinstance(waarde, Mapping) else None
    return waarde


def maandeinde(dag: date) -> date:
    """The last day of its month."""
    return dag.replace(day=monthrange(dag.year, dag.month)[1])


def verschuif(dag: date, stappen: str, kalender: Kalender, *, einde: bool = False) -> date:
    """The day after these steps, one after the other, within the calendar. A month or year later is the same day of the month,
    or its last; with ``einde`` always its last."""
    for teken, aantal, eenheid in _STAP.findall(stappen):
        keer = int(teken + aantal)
        match eenheid:
            case "d":
                dag = plus_dagen(dag, keer)
            case "w":
                dag = plus_dagen(dag, 7 * keer)
            case "wd":
                dag = _werkdagen(dag, keer, kalender)
            case _:
                dag = _maanden(dag, keer * (12 if eenheid == "j" else 1))
                dag = maandeinde(dag) if einde else dag
    return dag


def _maanden(dag: date, aantal: int) -> date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    if not date.min.year <= jaar <= date.max.year:
        return date.max if aantal > 0 else date.min
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def _werkdagen(dag: date, aantal: int, kalender: Kalender) -> date:
    if aantal > 0:
        return kalender.werkdagen_na(dag, aantal)
    while aantal < 0 and dag > date.min:
        dag = plus_dagen(dag, -1)
        aantal += kalender.is_werkdag(dag)
    return dag
