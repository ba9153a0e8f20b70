"""What may be asked, and everything that is wrong with a question at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ..partijen.partij import Partijrol
from ..stuurinformatie.catalogus import KPIS, namen
from ..stuurinformatie.kpi import Kpi
from ..stuurinformatie.tijd import Tijdvak
from .zicht import voor_rol

MEESTE_JAREN = 10
"""A period of more years is a mistake."""

JAREN = range(1900, 2101)
"""In which days lie that can be asked about: there is nothing before, and after it no calendar."""


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """What is wrong with a field of a question, in Dutch."""

    veld: str
    melding: str


class NietVoorRol(Exception):
    """A figure that is for another rol than that of who asks; ``codes`` are all that were named."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class Vraag:
    """Which figures over which days, by what."""

    kpis: tuple[Kpi, ...]
    tijdvak: Tijdvak
    per: tuple[str, ...]
    toon_klein: bool = False

    @classmethod
    def maak(
        cls, rol: Partijrol, van: date, tot: date, codes: Sequence[str], per: Sequence[str], *, toon_klein: bool = False
    ) -> "Vraag":
        """A question of which ``bezwaren`` finds nothing wrong; without ``codes`` all figures for this rol. Raises ``NietVoorRol``."""
        eigen = voor_rol(rol)
        gevraagd = [KPIS[code] for code in dict.fromkeys(codes)] or eigen
        if vreemd := [kpi.code for kpi in gevraagd if kpi not in eigen]:
            raise NietVoorRol(vreemd)
        return cls(tuple(gevraagd), Tijdvak.dagen(van, tot), tuple(dict.fromkeys(per)), toon_klein)


def bezwaren(
    rol: Partijrol, van: date | None, tot: date | None, codes: Sequence[str], per: Sequence[str]
) -> list[Bezwaar]:
    """All that is wrong with a question; a day is None when it cannot be read, and of that nothing is said here."""
    return [
        *_over_dagen(van, tot),
        *over_namen("kpi", [code for code in codes if code not in KPIS], [kpi.code for kpi in voor_rol(rol)]),
        *over_namen("per", per, namen()),
    ]


def _over_dagen(van: date | None, tot: date | None) -> list[Bezwaar]:
    if buiten := [
        Bezwaar(naam, f"ligt buiten de jaren {JAREN[0]} tot en met {JAREN[-1]}")
        for naam, dag in (("van", van), ("tot", tot))
        if dag is not None and dag.year not in JAREN
    ]:
        return buiten
    if van is None or tot is None:
        return []
    if van > tot:
        return [Bezwaar("tot", f"ligt met {tot} voor van ({van}): draai ze om")]
    if tot.year - van.year > MEESTE_JAREN:
        return [Bezwaar("van", f"ligt meer dan {MEESTE_JAREN} jaar voor tot: vraag een kortere periode")]
    return []


def over_namen(veld: str, gegeven: Iterable[str], bekend: Collection[str]) -> list[Bezwaar]:
    """Which names of a field do not exist, each with the one that was meant, as far as that can be guessed."""
    uit = []
    for naam in dict.fromkeys(gegeven):
        if naam in bekend:
            continue
        if not naam or len(naam) > 40 or not naam.replace("_", "").isalnum():
            uit.append(Bezwaar(veld, f"heeft een naam die niet bestaat; kies uit {', '.join(bekend)}"))
            continue
        lijkt = get_close_matches(naam.lower(), [een.lower() for een in bekend], n=1, cutoff=0)
        bedoeld = next(een for een in bekend if een.lower() == lijkt[0])
        uit.append(Bezwaar(veld, f"kent geen {naam}; bedoelt u {bedoeld}?"))
    return uit
