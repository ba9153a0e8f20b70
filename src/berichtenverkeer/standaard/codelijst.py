"""The code lists of the standard: which codes an element may hold, what they mean and when they are valid.

The lists are data, one CSV each in ``codelijsten/``, with ``index.csv`` to name them. A list is asked for by its number
and a domein, because some lists have the same number under both laws and not the same codes (COD002)::

    >>> codelijst("WJ756", "iwmo").label("14")
    'Etmaal'
    >>> "39" in codelijst("JZ020", "ijw")
    False

Sources: the code lists of iWmo 3.2 and iJw 3.2, and for CBS the division into gemeenten of 2026-01-01. The labels of
WJ001 (RetourCode) are this project's own short wording; the other labels are those of the list.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from .geldig import op_dag

DOMEINEN = ("iwmo", "ijw")
_MAP = files("berichtenverkeer.standaard") / "codelijsten"


REDEN_BEEINDIGING: Mapping[str, str] = {"iwmo": "WMO588", "ijw": "JZ588"}
"""The list of RedenBeeindiging of each law."""


class OnbekendeCodelijst(KeyError):
    """There is no such code list under this law. The text names the lists there are."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the repr


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list: its label, and the first and last day it is valid; None where the standard sets no bound."""

    code: str
    omschrijving: str
    geldig_van: date | None = None
    geldig_tot: date | None = None

    def geldig_op(self, datum: date) -> bool:
        """Whether the code is valid on this day. Both bounds count as valid."""
        return op_dag(self.geldig_van, self.geldig_tot, datum)


@dataclass(frozen=True, slots=True)
class Codelijst:
    """One code list: its number (``WJ756``), its name (``Eenheid``), the data type that uses it (``LDT_Eenheid``).

    ``codes`` holds every code of the list in the order of the list, valid today or not.
    """

    naam_code: str
    naam: str
    element: str
    codes: Mapping[str, Code] = field(repr=False, hash=False)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Code:
        return self.codes[code]

    def label(self, code: str) -> str:
        """What the code means, in Dutch. Raises ``KeyError`` for a code that is not in the list."""
        return self.codes[code].omschrijving


def codelijst(code: str, domein: str) -> Codelijst:
    """The code list with this number (``COD002``, ``WJ001``, ``CBS``) under this law (``iwmo`` or ``ijw``).

    Raises ``OnbekendeCodelijst`` when the law has no such list.
    """
    lijsten = _lijsten(domein)
    if code not in lijsten:
        elders = [ander for ander in DOMEINEN if ander != domein and code in _lijsten(ander)]
        raise OnbekendeCodelijst(
            f"Code list {code!r} does not exist under {domein}"
            + (f", only under {elders[0]}" if elders else "")
            + f". Lists of {domein}: {', '.join(lijsten)}."
        )
    return lijsten[code]


def codelijsten(domein: str) -> tuple[Codelijst, ...]:
    """Every code list of this law, by number. Raises ``OnbekendeCodelijst`` for another law than iwmo or ijw."""
    return tuple(_lijsten(domein).values())


@cache
def _lijsten(domein: str) -> Mapping[str, Codelijst]:
    if domein not in DOMEINEN:
        raise OnbekendeCodelijst(f"There are no code lists for domein {domein!r}. Use one of: {', '.join(DOMEINEN)}.")
    return MappingProxyType(
        {
            rij["codelijst"]: Codelijst(rij["codelijst"], rij["naam"], rij["element"], _codes(rij["bestand"]))
            for rij in rijen("index.csv")
            if rij["domein"] in (domein, "beide")
        }
    )


def _codes(bestand: str) -> Mapping[str, Code]:
    return MappingProxyType(
        {
            rij["code"]: Code(rij["code"], rij["omschrijving"], _datum(rij["geldig_van"]), _datum(rij["geldig_tot"]))
            for rij in rijen(bestand)
        }
    )


def _datum(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def rijen(bestand: str) -> list[dict[str, str]]:
    """The rows of one of the files in ``codelijsten/``."""
    regels = (_MAP / bestand).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(regels, delimiter=";"))
