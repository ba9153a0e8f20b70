"""The code lists of the standard: which codes an element may hold, what they mean and when they are valid.

The lists are data, one CSV each in ``codelijsten/``, with ``index.csv`` to name them. A list is asked for by its number
and a domein, because some lists have the same number under both laws and not the same codes (COD002)::

    >>> codelijst("WJ756", "iwmo").label("14")
    'Etmaal'
    >>> "39" in codelijst("JZ020", "ijw")
    False

In another release a list holds what the XSD of that release enumerates: a code that is gone there is not in it, and one that is new means
what the XSD says of it. A list that no XSD enumerates (CBS) is the same in all.

Sources: the code lists of iWmo 3.2 and iJw 3.2, and for CBS the division into gemeenten of 2026-01-01. The labels of
WJ001 (RetourCode) are this project's own short wording; the other labels are those of the list.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from .domein import RELEASE
from .geldig import op_dag

DOMEINEN = ("iwmo", "ijw")
_MAP = files("berichtenverkeer.standaard") / "codelijsten"
_XS = "{http://www.w3.org/2001/XMLSchema}"


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


def codelijst(code: str, domein: str, release: str = RELEASE) -> Codelijst:
    """The code list with this number (``COD002``, ``WJ001``, ``CBS``) under this law (``iwmo`` or ``ijw``), as a release has it.

    Raises ``OnbekendeCodelijst`` when the law has no such list.
    """
    lijsten = _lijsten(domein, release)
    if code not in lijsten:
        elders = [ander for ander in DOMEINEN if ander != domein and code in _lijsten(ander, release)]
        raise OnbekendeCodelijst(
            f"Code list {code!r} does not exist under {domein}"
            + (f", only under {elders[0]}" if elders else "")
            + f". Lists of {domein}: {', '.join(lijsten)}."
        )
    return lijsten[code]


def codelijsten(domein: str, release: str = RELEASE) -> tuple[Codelijst, ...]:
    """Every code list of this law, by number. Raises ``OnbekendeCodelijst`` for another law than iwmo or ijw."""
    return tuple(_lijsten(domein, release).values())


def in_enige_release(code: str, domein: str) -> Codelijst:
    """The list with all codes that it has in any release, for who reads a code and does not know of which it is. Raises
    ``OnbekendeCodelijst``."""
    hier = codelijst(code, domein)
    codes = dict(hier.codes)
    for release in _XSDS:
        codes = {**codelijst(code, domein, release).codes, **codes}
    return hier if codes.keys() == hier.codes.keys() else replace(hier, codes=MappingProxyType(codes))


_XSDS: dict[str, Path] = {}
"""The XSDs of every other release there is or was, ``<domein>/*.xsd``, by its number."""


def neem_op(release: str, xsd: Path) -> None:
    """From now on there are the lists of this release too."""
    _XSDS[release] = xsd


@cache
def _lijsten(domein: str, release: str) -> Mapping[str, Codelijst]:
    if release != RELEASE:
        return _anders(_lijsten(domein, RELEASE), domein, release)
    if domein not in DOMEINEN:
        raise OnbekendeCodelijst(f"There are no code lists for domein {domein!r}. Use one of: {', '.join(DOMEINEN)}.")
    return MappingProxyType(
        {
            rij["codelijst"]: Codelijst(rij["codelijst"], rij["naam"], rij["element"], _codes(rij["bestand"]))
            for rij in rijen("index.csv")
            if rij["domein"] in (domein, "beide")
        }
    )


def _anders(lijsten: Mapping[str, Codelijst], domein: str, release: str) -> Mapping[str, Codelijst]:
    """These lists with the codes that another release has, as far as its XSDs came with it."""
    if release not in _XSDS:
        return lijsten
    [basis] = (pad for pad in (_XSDS[release] / domein).iterdir() if pad.name.lower() == "basisschema.xsd")
    opsomming = {
        type_.get("name", ""): {
            een.get("value", ""): (een.findtext(f".//{_XS}documentation") or "").strip()
            for een in type_.iter(f"{_XS}enumeration")
        }
        for type_ in etree.parse(str(basis)).getroot().iter(f"{_XS}simpleType")
    }
    return MappingProxyType(
        {
            nummer: replace(lijst, codes=MappingProxyType(_bij(lijst.codes, opsomming[lijst.element])))
            if opsomming.get(lijst.element)
            else lijst
            for nummer, lijst in lijsten.items()
        }
    )


def _bij(codes: Mapping[str, Code], opsomming: Mapping[str, str]) -> dict[str, Code]:
    return {code: codes.get(code) or Code(code, omschrijving) for code, omschrijving in opsomming.items()}


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
