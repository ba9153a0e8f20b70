"""A retourcode explained: what it means, which rules give it, on which messages, where it comes back, and what to do next.

The meaning is that of the code list (WJ001), the rules are those of the catalogue; what to do is our own, in
``codelijsten/retourcode_wat_nu.csv``, and speaks to who sent the message that the code is about::

    >>> retourcode("9321").wat_nu.partition(".")[0]
    'Verlaag het volume tot wat de toewijzing in deze periode toelaat'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ..standaard.berichtsoort import berichtsoort
from ..standaard.codelijst import codelijst, rijen
from ..standaard.domein import Domein
from .catalogus import catalogus
from .regel import Regel

LIJST = "WJ001"
_ANTWOORD_OP_DECLARATIE = {"323": "325"}


@dataclass(frozen=True, slots=True)
class Retourcode:
    """One code of WJ001.

    ``betekenis`` is that under each law. ``regels`` are the rules that give it, none for a code that says that all is well or that
    something was not judged. ``berichten`` are the messages it is given on, ``antwoorden`` those it comes back in: the retourbericht,
    and on a 323 the 325. ``wat_nu`` is Dutch.
    """

    code: str
    betekenis: Mapping[Domein, str]
    regels: tuple[Regel, ...]
    berichten: tuple[str, ...]
    antwoorden: tuple[str, ...]
    wat_nu: str


def retourcode(code: str) -> Retourcode:
    """The retourcode, in capitals or not. Raises ``KeyError`` for what is none."""
    return _retourcodes()[code.upper()]


def retourcodes() -> tuple[Retourcode, ...]:
    """All of them, in the order of the code list."""
    return tuple(_retourcodes().values())


@cache
def _retourcodes() -> Mapping[str, Retourcode]:
    wat_nu = {rij["code"]: rij for rij in rijen("retourcode_wat_nu.csv")}
    return MappingProxyType({code: _retourcode(code, wat_nu[code]) for code in codelijst(LIJST, Domein.IWMO).codes})


def _retourcode(code: str, rij: Mapping[str, str]) -> Retourcode:
    regels = tuple(regel for regel in catalogus() if regel.retourcode == code)
    berichten = tuple(sorted({bericht for regel in regels for bericht in regel.berichten}))
    antwoorden = {antwoord for bericht in berichten if (antwoord := _antwoord(bericht))}
    return Retourcode(
        code=code,
        betekenis={domein: codelijst(LIJST, domein).label(code) for domein in Domein},
        regels=regels,
        berichten=berichten,
        antwoorden=tuple(sorted(antwoorden | set(filter(None, rij["antwoorden"].split("|"))))),
        wat_nu=rij["wat_nu"],
    )


def _antwoord(bericht: str) -> str | None:
    """In what a code on this message comes back; a 325 has no answer."""
    return _ANTWOORD_OP_DECLARATIE.get(bericht) or berichtsoort(Domein.IWMO, bericht).retour_nummer
