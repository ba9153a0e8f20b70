"""What a cell says: a day, a month, an amount, a word of a list. Each reader raises ``GeenWaarde`` with what to fill in."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from ..dekking import CODE_ADVIES, is_code
from ..looptijd import Maand

_DAG = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{2})-(\d{2})-(\d{4})", re.ASCII)
_BEDRAG = re.compile(r"(-?)(\d{1,12})(?:[.,](\d{1,2}))?", re.ASCII)
_GEMEENTE = re.compile(r"\d{4}", re.ASCII)
_NUMMER = re.compile(r"\d{1,9}", re.ASCII)

E = TypeVar("E", bound=StrEnum)
Lezer = Callable[[str], object]


class GeenWaarde(ValueError):
    """The cell does not say what its column asks. The text is advice, in Dutch."""


def tekst(cel: str) -> str:
    """A name of something: text, as long as may be asked for elsewhere."""
    return _hoogstens(cel, 100)


def lange_tekst(cel: str) -> str:
    """A name of a party."""
    return _hoogstens(cel, 200)


def _hoogstens(cel: str, tekens: int) -> str:
    if len(cel) > tekens:
        raise GeenWaarde(f"Vul hoogstens {tekens} tekens.")
    return cel


def dag(cel: str) -> date:
    """A day: ``2026-07-01`` or ``01-07-2026``."""
    gevonden = _DAG.fullmatch(cel)
    if gevonden:
        jaar, maand_, dag_, d, m, j = gevonden.groups()
        try:
            return date(int(jaar or j), int(maand_ or m), int(dag_ or d))
        except ValueError:
            pass
    raise GeenWaarde("Vul een dag, zoals 2026-07-01 of 01-07-2026.")


def maand(cel: str) -> Maand:
    """A month: ``2026-07``."""
    try:
        return Maand.lees(cel)
    except ValueError:
        raise GeenWaarde("Vul een maand, zoals 2026-07.") from None


def eurocent(cel: str) -> int:
    """An amount in euros, with at most two decimals, as eurocent: ``363,00`` or ``363.00``."""
    gevonden = _BEDRAG.fullmatch(cel)
    if gevonden is None:
        raise GeenWaarde("Vul euro's met hoogstens twee decimalen, zonder punt tussen duizendtallen, zoals 363,00.")
    teken, heel, cent = gevonden.groups()
    bedrag = int(heel) * 100 + int((cent or "").ljust(2, "0"))
    return -bedrag if teken else bedrag


def percentage(cel: str) -> Decimal:
    """A percentage with at most two decimals: ``15`` or ``12,50``."""
    if _BEDRAG.fullmatch(cel) is None:
        raise GeenWaarde("Vul een getal met hoogstens twee decimalen, zoals 15 of 12,5.")
    return Decimal(cel.replace(",", "."))


def aantal(cel: str) -> int:
    """A whole number of 0 or more."""
    if _NUMMER.fullmatch(cel) is None:
        raise GeenWaarde("Vul een heel getal van 0 of meer.")
    return int(cel)


def gemeente(cel: str) -> str:
    """A CBS code. A spreadsheet that took it for a number has lost its zeros, which is no other code."""
    if _GEMEENTE.fullmatch(cel) is None:
        raise GeenWaarde("Vul een CBS-code van 4 cijfers, met voorloopnullen, zoals 0363.")
    return cel


def nummer(cel: str) -> int:
    """A ToewijzingNummer."""
    if _NUMMER.fullmatch(cel) is None:
        raise GeenWaarde("Vul het ToewijzingNummer: cijfers, hoogstens negen.")
    return int(cel)


def jaar(cel: str) -> int:
    """A year of four digits."""
    if _NUMMER.fullmatch(cel) is None or len(cel) != 4 or not int(cel):
        raise GeenWaarde("Vul een jaar, zoals 2026.")
    return int(cel)


def ja_nee(cel: str) -> bool:
    """``ja`` or ``nee``."""
    if cel.lower() not in ("ja", "nee"):
        raise GeenWaarde("Vul ja of nee.")
    return cel.lower() == "ja"


def partnercode(cel: str) -> str:
    """The code of a partner."""
    if not is_code(cel):
        raise GeenWaarde(CODE_ADVIES)
    return cel


def een_van(soort: type[E]) -> Callable[[str], E]:
    """A word of a list."""

    def lees(cel: str) -> E:
        try:
            return soort(cel.lower())
        except ValueError:
            raise GeenWaarde(f"Kies uit: {', '.join(soort)}.") from None

    return lees
