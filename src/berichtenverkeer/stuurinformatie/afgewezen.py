"""What was refused and is still open (contract, ``AFKEURBEDRAG``)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ..levensloop.declaratie import Combinatie
from ..levensloop.overgangen import Prestatietoestand


@dataclass(frozen=True, slots=True)
class Beantwoord:
    """A Prestatie that a 325 answered, of which the message as a whole was not refused; ``dossier`` and ``combinatie`` are for what it was
    declared, ``dag`` and ``moment`` are when that 325 was received. ``crediteert`` is the ReferentieNummer that a creditregel takes back, None for a
    debetregel. ``bedrag`` is eurocent."""

    dossier: str
    combinatie: Combinatie
    referentienummer: str
    crediteert: str | None
    bedrag: int
    afgewezen: bool
    dag: int
    moment: datetime
    bericht: str

    @classmethod
    def is_afgewezen(cls, toestand: str) -> bool:
        """Whether this is the toestand of what was refused."""
        return toestand == Prestatietoestand.AFGEWEZEN


LEEFTIJDEN = ((30, "0-30"), (90, "31-90"))


def leeftijd(dagen: int) -> str:
    """How old it is, as it is grouped.

    >>> [leeftijd(n) for n in (0, 30, 31, 90, 91)]
    ['0-30', '0-30', '31-90', '31-90', '91+']
    """
    return next((naam for tot, naam in LEEFTIJDEN if dagen <= tot), "91+")


def open_afgewezen(regels: Iterable[Beantwoord], peil: int) -> Iterator[Beantwoord]:
    """Of each combinatie the debetregel last refused by this day, unless one of it was granted by this day, on that day or later, or stands
    granted."""
    debet: dict[tuple[str, Combinatie], list[Beantwoord]] = defaultdict(list)
    gecrediteerd: set[tuple[str, str]] = set()
    for regel in regels:
        if regel.dag > peil:
            continue
        if regel.crediteert is None:
            debet[regel.dossier, regel.combinatie].append(regel)
        elif not regel.afgewezen:
            gecrediteerd.add((regel.dossier, regel.crediteert))
    for alle in debet.values():
        if len(alle) == 1:
            if alle[0].afgewezen:
                yield alle[0]
            continue
        geweigerd = [regel for regel in alle if regel.afgewezen]
        if not geweigerd:
            continue
        laatste = max(geweigerd, key=lambda regel: (regel.moment, regel.referentienummer))
        goed = (regel for regel in alle if not regel.afgewezen)
        if not any(
            regel.dag >= laatste.dag or (regel.dossier, regel.referentienummer) not in gecrediteerd for regel in goed
        ):
            yield laatste
