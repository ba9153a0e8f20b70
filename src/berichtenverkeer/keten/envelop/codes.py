"""The codes with which the exchange refuses a message: which there are, who gives them, what the sender does next.

Three lists are in force: ``FO01`` (StUF, some time later), ``FO03`` (StUF, at once) and ``BRS`` (VECOZO). ``OUDER`` has the
codes of 2018 and before, to be understood when they come in; we do not write them. Some codes mean another thing now than
then (IB007, IB009, BRS06), so a code by itself is read by the list in force first.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_MAP = files("berichtenverkeer.keten.envelop") / "codelijsten"

HUIDIG: Final = "2025"
"""The list in force: that of November 2025."""


class Plek(StrEnum):
    """Where the cause of a refusal is: with who sent the message, or with who received it."""

    CLIENT = "client"
    SERVER = "server"


class Herstel(StrEnum):
    """What the sender does after a refusal."""

    NIEUW = "nieuw"
    """Repair it and send a new message, with a new number and moment."""
    BEHEER = "beheer"
    """Have the administration or authorisation put right, then send a new message."""
    HERHAAL = "herhaal"
    """Send the same message again later."""
    GEEN = "geen"
    """Nothing: there is nothing to send."""


class Moment(StrEnum):
    """When VECOZO gives a BRS code. The moments are ours (afgeleid): what is in the metadata, or what is in the payload."""

    AANBIEDING = "aanbieding"
    VERWERKING = "verwerking"


@dataclass(frozen=True, slots=True)
class Foutcode:
    """A code: its meaning in Dutch, what the sender does next, and the list it is from."""

    code: str
    betekenis: str
    herstel: Herstel
    plek: Plek
    lijst: str = HUIDIG


@dataclass(frozen=True, slots=True)
class Fo01Code(Foutcode):
    """A code of a Fo01. ``zender`` is who gives it: ``IB``, ``VECOZO``, or ``gemeente`` for its only code, StUF055.

    ``gelijk_aan`` names the code with the same meaning that we write in its place.
    """

    zender: str = ""
    gelijk_aan: str | None = None


@dataclass(frozen=True, slots=True)
class BrsCode(Foutcode):
    """A code of VECOZO, and when it is given."""

    moment: Moment = Moment.VERWERKING


@dataclass(frozen=True, slots=True)
class OudeCode:
    """A code of an older list: ``lijst`` is the last year it was in, ``nu`` the codes that say the same today."""

    code: str
    betekenis: str
    lijst: str
    nu: tuple[str, ...]


def herken(code: str) -> Foutcode | OudeCode | None:
    """A code that came in, by the list in force or else by an older one; None for one that no list has."""
    return FO01.get(code) or BRS.get(code) or FO03.get(code) or OUDER.get(code)


def duid(code: str) -> str | None:
    """What a code that came in can mean, each meaning with the list it is from, in Dutch; None for one that no list has.

    An older list counts beside the one in force, for who sends need not follow that; not where it says the same, nor for the
    code of the gemeenten, of which the other meaning was that of the IB (afgeleid).
    """
    nu, toen = FO01.get(code) or BRS.get(code) or FO03.get(code), OUDER.get(code)
    zinnen = [f"Lijst van {nu.lijst}: {nu.betekenis}."] if nu else []
    if toen and code not in toen.nu and not (isinstance(nu, Fo01Code) and nu.zender == "gemeente"):
        thans = f"; nu {' of '.join(toen.nu)}" if toen.nu else ""
        zinnen.append(f"Lijst van {toen.lijst}: {toen.betekenis}{thans}.")
    return " ".join(zinnen) or None


def brs_bij(ib: str) -> tuple[str, ...]:
    """The BRS codes that say to an aanbieder what this IB code says to a gemeente; empty when there is none."""
    return tuple(brs for een, brs in _KRUIS if een == ib)


def ib_bij(brs: str) -> str | None:
    """The IB code that says to a gemeente what this BRS code says to an aanbieder; None when there is none."""
    return next((ib for ib, ander in _KRUIS if ander == brs), None)


def _rijen(bestand: str) -> list[dict[str, str]]:
    regels = (_MAP / bestand).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(regels, delimiter=";"))


FO01: Mapping[str, Fo01Code] = MappingProxyType(
    {
        rij["code"]: Fo01Code(
            rij["code"],
            rij["betekenis"],
            Herstel(rij["herstel"]),
            Plek.CLIENT,
            zender=rij["zender"],
            gelijk_aan=rij["gelijk_aan"] or None,
        )
        for rij in _rijen("fo01.csv")
    }
)
"""The codes of a Fo01, in the order of the list. CC09 has gone from it in 2018, but nothing else says what it says."""

FO03: Mapping[str, Foutcode] = MappingProxyType(
    {
        rij["code"]: Foutcode(
            rij["code"],
            rij["betekenis"],
            Herstel.HERHAAL if rij["plek"] == Plek.SERVER else Herstel.NIEUW,
            Plek(rij["plek"]),
        )
        for rij in _rijen("fo03.csv")
    }
)
"""The codes of a Fo03, in order of precedence: when several apply, the first is sent."""

BRS: Mapping[str, BrsCode] = MappingProxyType(
    {
        rij["code"]: BrsCode(
            rij["code"], rij["betekenis"], Herstel(rij["herstel"]), Plek.CLIENT, moment=Moment(rij["moment"])
        )
        for rij in _rijen("brs.csv")
    }
)
"""The codes of VECOZO, in the order of the list."""

OUDER: Mapping[str, OudeCode] = MappingProxyType(
    {
        rij["code"]: OudeCode(rij["code"], rij["betekenis"], rij["lijst"], tuple(rij["nu"].split()))
        for rij in _rijen("ouder.csv")
    }
)
"""The codes of 2018 and before, by code; also those that have another meaning now."""

_KRUIS = tuple((rij["ib"], rij["brs"]) for rij in _rijen("kruis.csv"))
