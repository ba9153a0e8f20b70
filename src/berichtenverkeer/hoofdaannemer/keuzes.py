"""What practice leaves open: the settings of a hoofdaannemer, with their defaults (contract, every "keuze")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from .fouten import geweigerd


class Soort(StrEnum):
    """What kind of value a setting has."""

    JA_NEE = "ja of nee"
    DAGEN = "een heel aantal dagen, 0 of meer"
    WERKDAGEN = "een heel aantal werkdagen, 1 of meer"
    DEEL = "een getal van 0 tot en met 10, met een punt of komma"
    WOORD = "een van de woorden"
    DELEN = "percentages met een streepje ertussen, samen 100, zoals 30-40-30"


class Deelmaand(StrEnum):
    """How a part of a month counts for eenheid ``maand`` (contract, Money)."""

    NAAR_RATO = "naar-rato"
    HELE_MAAND = "hele-maand"
    EERSTE_DAG = "eerste-dag"


class BezettingOp(StrEnum):
    """Which days of a toewijzing count for occupancy."""

    LEVERING = "levering"
    TOEWIJZING = "toewijzing"


@dataclass(frozen=True, slots=True)
class Keuze:
    """One setting. ``uitleg`` says in Dutch what is chosen; ``woorden`` are the values of one of ``Soort.WOORD``."""

    naam: str
    standaard: str
    soort: Soort
    uitleg: str
    woorden: tuple[str, ...] = ()


KEUZES: Mapping[str, Keuze] = {
    keuze.naam: keuze
    for keuze in (
        Keuze("aanname", "ja", Soort.JA_NEE, "Of een partner een inzet aanneemt of weigert; bij nee is zij meteen aangenomen."),
        Keuze("aanname-termijn", "5", Soort.WERKDAGEN, "Binnen hoeveel werkdagen een partner antwoordt."),
        Keuze("toestemming-vereist", "nee", Soort.JA_NEE, "Of de gemeente toestemming geeft voor een onderaannemer; bij ja dekken alleen contractregels met toestemming."),
        Keuze("partner-zichtbaar-voor-gemeente", "ja", Soort.JA_NEE, "Of de gemeente bij een toewijzing ziet welke partner levert."),
        Keuze("deelmaand", Deelmaand.NAAR_RATO, Soort.WOORD, "Hoe een deel van een maand telt bij een tarief per maand.", tuple(Deelmaand)),
        Keuze("herindicatie-vooruit", "42", Soort.DAGEN, "Hoeveel dagen voor de Einddatum een herindicatie op de lijst komt."),
        Keuze("herindicatie-uiterlijk", "21", Soort.DAGEN, "Hoeveel dagen voor de Einddatum de partner klaar is met zijn stappen."),
        Keuze("bezetting-op", BezettingOp.LEVERING, Soort.WOORD, "Welke dagen tellen voor de bezetting: die van de levering, of die van de toewijzing.", tuple(BezettingOp)),
        Keuze("bezetting-onder", "0.90", Soort.DEEL, "Onder welke graad de bezetting te laag is."),
        Keuze("mix-plan", "30-40-30", Soort.DELEN, "Welk deel van de casussen licht, midden en zwaar hoort te zijn, in procenten."),
        Keuze("bezetting-over", "1.00", Soort.DEEL, "Boven welke graad de bezetting te hoog is."),
    )
}  # fmt: skip
"""Every setting by its name."""

_MEESTE_DAGEN = 3660
"""Ten years; more is a mistake."""


@dataclass(frozen=True, slots=True)
class Keuzes:
    """What one hoofdaannemer chose. What it did not choose has its default."""

    gekozen: Mapping[str, str] = field(default_factory=dict)

    def waarde(self, naam: str) -> str:
        """The value as text. Raises ``KeyError`` for a setting that is not there."""
        return self.gekozen.get(naam, KEUZES[naam].standaard)

    def ja(self, naam: str) -> bool:
        """Whether a setting of ja and nee is ja."""
        return self.waarde(naam) == "ja"

    def dagen(self, naam: str) -> int:
        """A setting in days."""
        return int(self.waarde(naam))

    def deel(self, naam: str) -> Decimal:
        """A setting that is a share."""
        return Decimal(self.waarde(naam))

    @property
    def plan(self) -> tuple[Decimal, ...]:
        """The parts of licht, midden and zwaar that are planned."""
        return tuple(Decimal(deel) / 100 for deel in self.waarde("mix-plan").split("-"))

    @property
    def deelmaand(self) -> Deelmaand:
        """How a part of a month counts."""
        return Deelmaand(self.waarde("deelmaand"))

    @property
    def bezetting_op(self) -> BezettingOp:
        """Which days count for occupancy."""
        return BezettingOp(self.waarde("bezetting-op"))

    def toon(self, *namen: str) -> dict[str, str]:
        """These settings as they stand beside the figures that rest on them."""
        return {naam: self.waarde(naam) for naam in namen}


def lees_keuze(naam: str, tekst: str) -> str:
    """The value of a setting as it is kept. Raises ``Geweigerd`` for a name or value that is not there."""
    keuze = KEUZES.get(naam)
    if keuze is None:
        raise geweigerd("naam", f"Er is geen instelling {naam!r}.", f"Kies uit: {', '.join(KEUZES)}.")
    waarde = tekst.strip()
    if keuze.soort is Soort.WOORD:
        goed = waarde in keuze.woorden
    elif keuze.soort is Soort.JA_NEE:
        goed = waarde in ("ja", "nee")
    elif keuze.soort is Soort.DEEL:
        waarde = waarde.replace(",", ".")
        goed = _is_deel(waarde)
    elif keuze.soort is Soort.DELEN:
        delen = waarde.split("-")
        goed = (
            all(deel.isascii() and deel.isdigit() and len(deel) < 4 for deel in delen) and sum(map(int, delen)) == 100
        )
    else:
        minste = 1 if keuze.soort is Soort.WERKDAGEN else 0
        goed = waarde.isascii() and waarde.isdigit() and len(waarde) < 6 and minste <= int(waarde) <= _MEESTE_DAGEN
    if not goed:
        woorden = ", ".join(keuze.woorden)
        raise geweigerd("waarde", f"{tekst!r} kan niet bij {naam}.", f"Vul {woorden or keuze.soort} in.")
    return waarde


def _is_deel(tekst: str) -> bool:
    try:
        deel = Decimal(tekst)
    except InvalidOperation:
        return False
    return deel.is_finite() and 0 <= deel <= 10
