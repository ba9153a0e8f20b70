"""The states of a toewijzing and of a levering, and every transition there is, each with the rules that guard it.

The tables are the truth: the timeline names an event by its row, a transition without a row is an error of ours
(``OnmogelijkeOvergang``), and the diagrams in the docs are drawn from them. Rows marked (a) are derived: the source
does not say them in so many words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T", bound=StrEnum)


class Toestand(StrEnum):
    """The state of a ToewijzingNummer on a given day. ``GEEN`` is before its first 301."""

    GEEN = "geen"
    TOEKOMSTIG = "toekomstig"
    LOPEND = "lopend"
    VERLOPEN = "verlopen"
    VERWIJDERD = "verwijderd"


class Leveringstoestand(StrEnum):
    """The state of the delivery on one toewijzing."""

    NIET_GESTART = "niet_gestart"
    GESTART = "gestart"
    TIJDELIJK_GESTOPT = "tijdelijk_gestopt"
    DEFINITIEF_GESTOPT = "definitief_gestopt"


@dataclass(frozen=True, slots=True)
class Overgang(Generic[T]):
    """From any of ``van``, this event leads to one of ``naar``; ``regels`` may refuse it or prescribe it."""

    gebeurtenis: str
    van: tuple[T, ...]
    naar: tuple[T, ...]
    regels: tuple[str, ...]
    toelichting: str


class OnmogelijkeOvergang(Exception):
    """An event led from one state to another by a way the tables do not have: an error in this software."""


_G, _T, _L, _V, _X = Toestand
_ACTUEEL = (_T, _L)
_BESTAAT = (_T, _L, _V)

TOEWIJZING: tuple[Overgang[Toestand], ...] = (
    Overgang("nieuw", (_G,), _BESTAAT, ("TR332", "TR302", "OP271"), "Eerste 301 met dit nummer."),
    Overgang("nieuw", (_G,), (_X,), ("CS335", "OP087"), "Verwijdering van een nummer dat hier nog niet bekend was (a)."),
    Overgang("herhaald", (*_BESTAAT, _X), (*_BESTAAT, _X), ("IV013", "IV099"), "Ongewijzigd opnieuw verstuurd."),
    Overgang("ingetrokken", _BESTAAT, _BESTAAT, ("OP033x1", "OP186", "CS003"), "Einddatum vervroegd of voor het eerst gevuld."),
    Overgang("opgerekt", _BESTAAT, _BESTAAT, ("OP033x1", "OP380"), "Einddatum later of leeg gemaakt; ook na de einddatum (a)."),
    Overgang("volume gewijzigd", _BESTAAT, _BESTAAT, ("OP033x1", "UP031"), "Ander volume over de hele looptijd (frequentie 6)."),
    Overgang("budget gewijzigd", _BESTAAT, _BESTAAT, ("OP033x1", "UP031"), "Ander budget."),
    Overgang("administratieve correctie", _BESTAAT, _BESTAAT, ("OP033x1",), "RedenWijziging 14."),
    Overgang("gewijzigd", _BESTAAT, _BESTAAT, ("OP033x1", "OP257", "IV066"), "Andere wijziging; de regels vragen een nieuw nummer, maar geen code weigert haar."),
    Overgang("verwijderd", _BESTAAT, (_X,), ("CS335", "TR385", "OP362"), "RedenWijziging 13: geldt als niet verzonden."),
    Overgang("hersteld", (_X,), _BESTAAT, ("IV013",), "Nieuwere versie na een verwijdering (a)."),
    Overgang("oudere versie", (*_BESTAAT, _X), (*_BESTAAT, _X), ("IV013", "OP080"), "Kwam later binnen dan een nieuwere versie; verandert niets."),
    Overgang("einddatum verstreken", (_L,), (_V,), ("OP288",), "Geen bericht; de aanbieder stuurt nog een stop."),
    Overgang("ingegaan", (_T,), (_L,), (), "Geen bericht; de Ingangsdatum is bereikt."),
)  # fmt: skip
"""The life of a ToewijzingNummer (levenscyclus A2)."""

_N, _S, _P, _D = Leveringstoestand
_GESTOPT = (_P, _D)

LEVERING: tuple[Overgang[Leveringstoestand], ...] = (
    Overgang("start", (_N,), (_S,), ("TR019", "TR074", "OP011"), "305 met StatusAanlevering 1."),
    Overgang("herstart", _GESTOPT, (_S,), ("TR326", "TR074", "OP379"), "305 met een nieuwe Begindatum na een stop."),
    Overgang("start verwijderd", (_S,), (_N, _P, _D, _S), ("TR063", "TR071"), "305 met StatusAanlevering 3: terug naar de toestand vóór deze start (a)."),
    Overgang("tijdelijke stop", (_S,), (_P,), ("TR382", "TR018"), "307 met RedenBeeindiging 20."),
    Overgang("definitieve stop", (_S, _P), (_D,), ("TR382", "TR018", "TR414"), "307 met een andere reden."),
    Overgang("tijdelijke stop", (_S,), (_S,), ("TR382", "TR018"), "Een eerdere start staat nog open, want zijn stop is verwijderd (a)."),
    Overgang("definitieve stop", (_S,), (_S,), ("TR382", "TR018", "TR414"), "Een eerdere start staat nog open, want zijn stop is verwijderd (a)."),
    Overgang("stop op eerdere start", (_S,), (_S, _P, _D), ("TR382", "TR018"), "307 op een open start die niet de laatste is; de toestand is die van de laatste start zodra geen start meer open is (a)."),
    Overgang("stop verwijderd", _GESTOPT, (_S, _P, _D), ("TR063",), "307 met StatusAanlevering 3: terug naar de toestand vóór die stop (a)."),
    Overgang("stop verwijderd", (_S,), (_S,), ("TR063",), "Stop van een andere start verwijderd terwijl een start loopt (a)."),
)  # fmt: skip
"""The life of a levering (levenscyclus B2)."""


def overgang(tabel: tuple[Overgang[T], ...], gebeurtenis: str, van: T, naar: T) -> Overgang[T]:
    """The row of the table for this event between these states. Raises ``OnmogelijkeOvergang`` when there is none."""
    for rij in tabel:
        if rij.gebeurtenis == gebeurtenis and van in rij.van and naar in rij.naar:
            return rij
    raise OnmogelijkeOvergang(f"{gebeurtenis}: van {van} naar {naar}")
