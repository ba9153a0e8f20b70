"""A finding: which rule, where, what is wrong in this case, and what to do now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.fouten import MAX_FOUTEN, OngeldigBericht, XsdFout

UIT_RETOUR = "RETOUR"
"""What stands for the rule in a finding that is a code of the receiver: it gives a code and a class, not a rule."""


VAN_ANTWOORD = "ANTWOORD"
"""The same in a finding on a message of which an answer came that the node refused."""


class Niveau(StrEnum):
    """The levels of judgement (IV028): a finding of one level keeps the next from being run.

    ``XSD`` is level 1, ``BERICHT`` level 2 (inside one message), the last two together are level 3/4.
    """

    XSD = "xsd"
    BERICHT = "bericht"
    BERICHTOVERSTIJGEND = "berichtoverstijgend"
    EXTERNE_BRON = "externe-bron"


@dataclass(frozen=True, slots=True)
class Overtreding:
    """What a rule yields: the class at fault, the element in it, and two Dutch sentences without personal data.

    ``berekening`` is how an amount or a volume was arrived at, a Dutch sentence a step; empty where nothing is reckoned.
    """

    deel: Onderdeel
    element: str
    melding: str
    advies: str
    berekening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A finding as users see it.

    ``regel`` is the code of the rule, or ``XSD``. ``pad`` is an indexed path such as
    ``/Bericht/Client/StartProducten/StartProduct[2]/Begindatum`` and ``regelnummer`` its line in the received file.
    ``retourcode`` is None where there is no retourbericht (XSD). ``klasse`` is the class at fault as the standard names it, such as StartProduct,
    and ``waarde`` what the element holds, ``***`` when it is about a person, None when it is absent or more than a value;
    both are None for XSD. ``berekening`` is as in ``Overtreding``.
    """

    regel: str
    niveau: Niveau
    retourcode: str | None
    regelnummer: int | None
    pad: str
    element: str
    melding: str
    advies: str
    klasse: str | None = None
    waarde: str | None = None
    berekening: tuple[str, ...] = ()


def aangevuld(rij: Mapping[str, Any]) -> dict[str, Any]:
    """A finding that was stored as a mapping, with every field; one of before this release lacks the last three."""
    later: dict[str, Any] = {"klasse": None, "waarde": None, "berekening": []}
    return {**rij, **{naam: waarde for naam, waarde in later.items() if naam not in rij}}


MEER = "MEER"
"""What stands in place of a rule in the finding that says how many more there are."""


def genoemd(bevindingen: Iterable[Bevinding], aantal: int, meer: str = MEER) -> list[Bevinding]:
    """Findings as they are told and kept, wherever that is: the first ``MAX_FOUTEN``, and one that says how many of this
    ``aantal`` come after them, with ``meer`` for a rule."""
    eerste = list(islice(bevindingen, MAX_FOUTEN))
    over = aantal - len(eerste)
    if over <= 0:
        return eerste
    nog = "1 fout" if over == 1 else f"{over} fouten"
    return [
        *eerste,
        Bevinding(
            regel=meer,
            niveau=eerste[-1].niveau,
            retourcode=None,
            regelnummer=None,
            pad="/Bericht",
            element="Bericht",
            melding=f"En nog {nog}; hier staan de eerste {MAX_FOUTEN}.",
            advies="Herstel wat hierboven staat en controleer het bericht opnieuw.",
        ),
    ]


def van_ongeldig(fout: OngeldigBericht) -> list[Bevinding]:
    """The errors of the XSD as findings."""
    return genoemd(map(_van_xsd, fout.fouten), fout.aantal)


def _van_xsd(fout: XsdFout) -> Bevinding:
    """An XSD error as a finding."""
    return Bevinding("XSD", Niveau.XSD, None, fout.regelnummer, fout.pad, fout.element, fout.melding, fout.advies)


def uit_rij(rij: Mapping[str, Any]) -> Bevinding:
    """A finding that was stored as a mapping."""
    vol = aangevuld(rij)
    return Bevinding(**{**vol, "niveau": Niveau(vol["niveau"]), "berekening": tuple(vol["berekening"])})
