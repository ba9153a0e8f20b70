"""The states of a toewijzing, levering, verzoek, declaratie and Prestatie, and every transition, with the rules that guard it.

The tables are the truth: the timeline names an event by its row, a transition without a row is an error of ours
(``OnmogelijkeOvergang``) unless a receiver judged for itself, and the diagrams in the docs are drawn from them. Rows
marked (a) are derived: the source does not say them in so many words.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from ..woord import Woord

T = TypeVar("T", bound=Woord)


class Toewijzingtoestand(Woord):
    """The state of a ToewijzingNummer on a given day. ``GEEN`` is before its first 301."""

    GEEN = "geen", "nog niet toegewezen"
    TOEKOMSTIG = "toekomstig", "gaat nog in"
    LOPEND = "lopend", "loopt nu"
    VERLOPEN = "verlopen", "de einddatum is voorbij"
    VERWIJDERD = "verwijderd", "geldt als niet verzonden (RedenWijziging 13)"


class Leveringstoestand(Woord):
    """The state of the delivery on one toewijzing."""

    NIET_GESTART = "niet_gestart", "nog niet begonnen"
    GESTART = "gestart", "begonnen, en niet gestopt"
    TIJDELIJK_GESTOPT = "tijdelijk_gestopt", "ligt een tijd stil"
    DEFINITIEF_GESTOPT = "definitief_gestopt", "gestopt"


class Verzoeksoort(Woord):
    """What kind of request: a VOT (315) or a VOW (317)."""

    VOT = "VOT", "verzoek om toewijzing (315)"
    VOW = "VOW", "verzoek om wijziging (317)"


class Verzoektoestand(Woord):
    """The state of a request. ``GEEN`` is before its 315 or 317."""

    GEEN = "geen", "nog niet ingediend"
    INGEDIEND = "ingediend", "er is nog geen antwoord"
    IN_ONDERZOEK = "in_onderzoek", "de gemeente onderzoekt het"
    GEHONOREERD = "gehonoreerd", "de gemeente wees toe"
    AFGEWEZEN = "afgewezen", "de gemeente wees het af"


class Declaratietoestand(Woord):
    """The state of a 323. ``GEEN`` is before it; ``NIET_VERZONDEN`` and ``AFGEKEURD`` are of the whole message."""

    GEEN = "geen", "nog niet ingediend"
    VERZONDEN = "verzonden", "er is nog geen antwoord"
    NIET_VERZONDEN = "niet_verzonden", "technisch afgekeurd: geldt als niet verzonden"
    AFGEKEURD = "afgekeurd", "als geheel afgekeurd: geldt als niet verzonden"
    BEANTWOORD = "beantwoord", "iedere prestatie heeft haar uitslag"


class Prestatietoestand(Woord):
    """The state of one Prestatie. ``GEEN`` is before its 323, and again when that was refused as a whole."""

    GEEN = "geen", "niet ingediend, of afgekeurd met de hele declaratie"
    INGEDIEND = "ingediend", "er is nog geen antwoord"
    TOEGEKEND = "toegekend", "de gemeente betaalt"
    AFGEWEZEN = "afgewezen", "de gemeente betaalt niet; de retourcodes zeggen waarom"
    GECREDITEERD = "gecrediteerd", "met een creditregel teruggenomen"
    VERWERKT = "verwerkt", "een creditregel die telt"


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


_G, _T, _L, _V, _X = Toewijzingtoestand
_ACTUEEL = (_T, _L)
_BESTAAT = (_T, _L, _V)

TOEWIJZING: tuple[Overgang[Toewijzingtoestand], ...] = (
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

_Q, _I, _O, _H, _A = Verzoektoestand

VERZOEK: tuple[Overgang[Verzoektoestand], ...] = (
    Overgang("verzoek ingediend", (_Q,), (_I,), ("TR374", "TR347", "TR349", "OP306", "OP307"), "315 of 317 met een nieuwe ReferentieAanbieder."),
    Overgang("verzoek in onderzoek", (_I,), (_O,), ("TR355", "TR359", "TR360"), "319 met VerzoekAntwoord 2, hoogstens één keer."),
    Overgang("verzoek afgewezen", (_I, _O), (_A,), ("TR355", "TR359", "TR365", "CD085"), "319 met VerzoekAntwoord 1 en een reden."),
    Overgang("verzoek gehonoreerd", (_I, _O), (_H,), ("TR379", "OP348", "IV093", "IV094"), "301 met deze ReferentieAanbieder."),
    Overgang("verzoek gehonoreerd", (_A,), (_H,), ("TR379",), "301 na een afwijzing: geen regel verbiedt het (a)."),
    Overgang("verzoek gehonoreerd", (_H,), (_H,), ("TR379", "IV097"), "Nog een toewijzing uit hetzelfde 301."),
)  # fmt: skip
"""The life of a request: of each product of a VOT, of a VOW as one (levenscyclus C2)."""


_GD, _VZ, _NV, _AK, _BW = Declaratietoestand

DECLARATIE: tuple[Overgang[Declaratietoestand], ...] = (
    Overgang("declaratie ingediend", (_GD,), (_VZ,), ("TR333", "TR318", "IV090"), "323 die de XSD doorlaat."),
    Overgang("technisch afgekeurd", (_VZ,), (_NV,), ("IV087", "TR358", "TR416"), "325 met 0001 in de Header: een fout binnen het bericht."),
    Overgang("kop afgekeurd", (_VZ,), (_AK,), ("IV087", "TR056", "TR135", "TR378"), "325 met een andere code in de Header."),
    Overgang("declaratie afgekeurd", (_VZ,), (_AK,), ("IV087", "TR333", "TR318", "TR342"), "325 met een code op DeclaratieAntwoord: geldt als niet verzonden."),
    Overgang("beantwoord", (_VZ,), (_BW,), ("IV087", "IV088", "TR342"), "325 met 8001 of 0200 op DeclaratieAntwoord: iedere Prestatie heeft haar uitslag."),
)  # fmt: skip
"""The life of a declaratie (levenscyclus D2)."""

_GP, _IP, _TP, _AP, _CP, _VP = Prestatietoestand

PRESTATIE: tuple[Overgang[Prestatietoestand], ...] = (
    Overgang("debet ingediend", (_GP,), (_IP,), ("TR314", "TR389"), "Debetregel in een 323."),
    Overgang("credit ingediend", (_GP,), (_IP,), ("TR314", "CD060", "TR315", "TR316", "IV091"), "Creditregel in een 323."),
    Overgang("debet toegekend", (_IP,), (_TP,), ("IV087",), "Staat niet in het 325."),
    Overgang("debet afgewezen", (_IP,), (_AP,), ("IV087", "IV085"), "Staat met een code in het 325; opnieuw indienen mag, crediteren niet."),
    Overgang("credit verwerkt", (_IP,), (_VP,), ("IV087", "TR323", "TR390"), "Staat niet in het 325."),
    Overgang("credit afgewezen", (_IP,), (_AP,), ("IV087", "TR323", "TR390"), "Staat met een code in het 325."),
    Overgang("gecrediteerd", (_TP,), (_CP,), ("TR323", "TR390", "OP366"), "Een creditregel met dit VorigReferentieNummer is verwerkt."),
    Overgang("declaratie afgekeurd", (_IP,), (_GP,), ("IV087",), "De hele 323 geldt als niet verzonden: het ReferentieNummer is niet gebruikt (a)."),
)  # fmt: skip
"""The life of a Prestatie (levenscyclus D3)."""


BUITEN_DE_REGELS = (
    "Buiten de regels: een ontvanger die zelf oordeelt keurde dit bericht goed, of keurde af waar het op volgt (a)."
)
"""What is said of an event without a row, when that can be."""


def overgang(tabel: tuple[Overgang[T], ...], gebeurtenis: str, van: T, naar: T, *, streng: bool = True) -> Overgang[T]:
    """The row of the table for this event between these states. Raises ``OnmogelijkeOvergang`` when there is none.

    Not ``streng``: receivers judged for themselves. What they decide stands, so there may be no row; then this is one
    without rules.
    """
    for rij in tabel:
        if rij.gebeurtenis == gebeurtenis and van in rij.van and naar in rij.naar:
            return rij
    if not streng:
        return Overgang(gebeurtenis, (van,), (naar,), (), BUITEN_DE_REGELS)
    raise OnmogelijkeOvergang(f"{gebeurtenis}: van {van} naar {naar}")
