"""The states of an inzet and of its acceptance, and every transition, with the rules of the contract beside it.

The tables are the truth, as those of ``levensloop.overgangen`` are: the timeline names an event by its row, and the
diagrams in the docs are drawn from them. "regel 3" is a rule of the contract, Inzet.
"""

from enum import StrEnum

from ..levensloop.overgangen import Overgang
from ..woord import Woord


class Inzettoestand(Woord):
    """The state of an inzet on a given day. ``GEEN`` is before it."""

    GEEN = "geen", "nog niet ingezet"
    GEPLAND = "gepland", "begint nog"
    LOPEND = "lopend", "loopt nu"
    BEEINDIGD = "beeindigd", "is voorbij"
    VERVALLEN = "vervallen", "telt niet"


class Inzetaanname(Woord):
    """What the partner answered. ``GEEN`` is before the inzet."""

    GEEN = "geen", "nog niet ingezet"
    AANGEBODEN = "aangeboden", "de partner heeft nog niet geantwoord"
    AANGENOMEN = "aangenomen", "de partner doet het"
    GEWEIGERD = "geweigerd", "de partner doet het niet"


class Soort(StrEnum):
    """What happens to an inzet: the acts of which its life is the fold."""

    INGEZET = "ingezet"
    OVERGENOMEN = "overgenomen"
    KLASSE_BEGONNEN = "klasse begonnen"
    OMZETTING_BEGONNEN = "omzetting begonnen"
    BEEINDIGD = "beeindigd"
    OVERGEDRAGEN = "overgedragen"
    KLASSE_GEEINDIGD = "klasse geeindigd"
    OMZETTING_GEEINDIGD = "omzetting geeindigd"
    INGETROKKEN = "ingetrokken"
    AANGENOMEN = "aangenomen"
    GEWEIGERD = "geweigerd"


BEGIN = frozenset({Soort.INGEZET, Soort.OVERGENOMEN, Soort.KLASSE_BEGONNEN, Soort.OMZETTING_BEGONNEN})
"""What an inzet begins with."""

EINDE = frozenset({Soort.BEEINDIGD, Soort.OVERGEDRAGEN, Soort.KLASSE_GEEINDIGD, Soort.OMZETTING_GEEINDIGD})
"""What gives it a last day."""


class Zorgmeldingsoort(StrEnum):
    """What the partner is told."""

    INZORG = "inzorgmelding"
    UITZORG = "uitzorgmelding"


MELDINGEN: dict[Soort, Zorgmeldingsoort] = {
    Soort.INGEZET: Zorgmeldingsoort.INZORG,
    Soort.OVERGENOMEN: Zorgmeldingsoort.INZORG,
    Soort.KLASSE_BEGONNEN: Zorgmeldingsoort.INZORG,
    Soort.OMZETTING_BEGONNEN: Zorgmeldingsoort.INZORG,
    Soort.BEEINDIGD: Zorgmeldingsoort.UITZORG,
    Soort.OVERGEDRAGEN: Zorgmeldingsoort.UITZORG,
    Soort.KLASSE_GEEINDIGD: Zorgmeldingsoort.UITZORG,
    Soort.INGETROKKEN: Zorgmeldingsoort.UITZORG,
}
"""The melding that an act brings the partner; its own answer brings it none, and of the end by a product conversion it was told when the
301 came in."""

_G, _P, _L, _B, _V = Inzettoestand
_TELT = (_P, _L, _B)
_ALLE = (*_TELT, _V)

INZET: tuple[Overgang[Inzettoestand], ...] = (
    Overgang("ingezet", (_G,), _TELT, ("regel 1", "regel 2", "regel 3", "regel 4"), "Een toewijzing, of een periode ervan, gaat naar een partner."),
    Overgang("overgenomen", (_G,), _TELT, ("regel 3", "regel 4", "regel 5"), "De nieuwe partner begint op de dag na het einde bij de oude, met dezelfde tot."),
    Overgang("klasse begonnen", (_G,), _TELT, ("regel 3", "regel 4", "regel 6"), "De andere klasse begint, bij dezelfde partner en met zijn antwoord."),
    Overgang("omzetting begonnen", (_G,), _TELT, ("regel 1", "regel 2", "regel 3", "regel 4"), "Na een productconversie gaat zij verder op de nieuwe toewijzing, bij dezelfde partner, met dezelfde tot en zijn antwoord."),
    Overgang("beeindigd", (_P,), (_P,), ("regel 6",), "De laatste dag ligt in de effectieve periode."),
    Overgang("beeindigd", (_L,), (_L, _B), ("regel 6",), "De laatste dag ligt in de effectieve periode; tot hij voorbij is, loopt zij."),
    Overgang("beeindigd", (_B,), (_B,), ("regel 6",), "De laatste dag was eerder dan gedacht."),
    Overgang("overgedragen", (_P,), (_P, _V), ("regel 5",), "De laatste dag is die voor het begin bij de nieuwe partner; was dat de eerste dag, dan blijft er niets over."),
    Overgang("overgedragen", (_L,), (_L, _B, _V), ("regel 5",), "Evenzo, van een inzet die loopt."),
    Overgang("overgedragen", (_B,), (_B, _V), ("regel 5",), "Evenzo, achteraf."),
    Overgang("klasse geeindigd", (_P,), (_P, _V), ("regel 6",), "De laatste dag is die voor de andere klasse; was dat de eerste dag, dan blijft er niets over."),
    Overgang("klasse geeindigd", (_L,), (_L, _B, _V), ("regel 6",), "Evenzo, van een inzet die loopt."),
    Overgang("klasse geeindigd", (_B,), (_B, _V), ("regel 6",), "Evenzo, achteraf."),
    Overgang("omzetting geeindigd", (_P,), (_P,), (), "De dag waarop de oude toewijzing eindigt, was al haar laatste; wordt die weer langer, dan loopt zij niet weer."),
    Overgang("omzetting geeindigd", (_L,), (_L,), (), "Evenzo, van een inzet die loopt."),
    Overgang("omzetting geeindigd", (_B,), (_B,), (), "Evenzo, achteraf."),
    Overgang("omzetting geeindigd", (_V,), (_V,), (), "Evenzo, van een inzet die pas na die dag begon."),
    Overgang("ingetrokken", _TELT, (_V,), (), "De hoofdaannemer neemt de inzet terug, van het begin af."),
    Overgang("geweigerd", _TELT, (_V,), (), "De partner neemt haar niet aan; tot dan toe telde zij."),
    Overgang("toewijzing ingekort", (_P,), (_P, _V), ("regel 1",), "Een 301: de effectieve periode is wat inzet en toewijzing delen."),
    Overgang("toewijzing ingekort", (_L,), _ALLE, ("regel 1",), "Evenzo; een latere Ingangsdatum kan haar weer gepland maken."),
    Overgang("toewijzing ingekort", (_B,), (_B, _V), ("regel 1",), "Evenzo, achteraf."),
    Overgang("toewijzing verlengd", (_P,), (_P, _L), ("regel 1",), "Een 301 met een eerdere Ingangsdatum, of een latere of lege Einddatum: zonder tot loopt de inzet mee, met een tot niet verder."),
    Overgang("toewijzing verlengd", (_L,), (_L,), ("regel 1",), "Evenzo, van een inzet die loopt."),
    Overgang("toewijzing verlengd", (_B,), (_B, _L), ("regel 1",), "Evenzo; zonder tot kan zij weer lopen."),
    Overgang("toewijzing verlengd", (_V,), _TELT, ("regel 1",), "Wat tot niets was ingekort, leeft weer."),
    Overgang("toewijzing verschoven", _ALLE, _ALLE, ("regel 1",), "Een 301 die aan de ene kant inkort en aan de andere verlengt."),
    Overgang("toewijzing verwijderd", _TELT, (_V,), ("regel 1",), "Een 301 met RedenWijziging 13: van het begin af."),
    Overgang("toewijzing hersteld", (_V,), _TELT, ("regel 1",), "Een 301 na een verwijdering."),
    Overgang("ander segment", _TELT, _TELT, (), "Een 301 met een product van een ander segment."),
    Overgang("ander segment", _TELT, (_V,), (), "Een 301 met een product van geen segment."),
    Overgang("ander segment", (_V,), _TELT, (), "Een 301 met een product dat weer van een segment is."),
    Overgang("ingegaan", (_P,), (_L,), (), "Geen handeling; de eerste dag is bereikt."),
    Overgang("afgelopen", (_L,), (_B,), (), "Geen handeling; de laatste dag is voorbij."),
)  # fmt: skip
"""The life of an inzet."""

_N, _O, _J, _W = Inzetaanname

AANNAME: tuple[Overgang[Inzetaanname], ...] = (
    Overgang("ingezet", (_N,), (_O,), (), "Met de keuze aanname=ja: de partner heeft aanname-termijn werkdagen."),
    Overgang("ingezet", (_N,), (_J,), (), "Met de keuze aanname=nee: meteen aangenomen."),
    Overgang("overgenomen", (_N,), (_O, _J), ("regel 5",), "Als bij ingezet."),
    Overgang("klasse begonnen", (_N,), (_O, _J), ("regel 6",), "Het antwoord dat er al was."),
    Overgang("omzetting begonnen", (_N,), (_O, _J), (), "Het antwoord dat er al was."),
    Overgang("aangenomen", (_O,), (_J,), (), "Eenmaal; een tweede antwoord wordt geweigerd."),
    Overgang("geweigerd", (_O,), (_W,), (), "Met een reden; de inzet vervalt."),
)  # fmt: skip
"""The acceptance of an inzet by its partner."""
