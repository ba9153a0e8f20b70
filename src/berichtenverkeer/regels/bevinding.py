"""A finding: which rule, where, what is wrong in this case, and what to do now."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.fouten import MAX_FOUTEN, OngeldigBericht, XsdFout
from ..woord import Woord

UIT_RETOUR = "RETOUR"
"""What stands for the rule in a finding that is a code of the receiver: it gives a code and a class, not a rule."""


VAN_ANTWOORD = "ANTWOORD"
"""The same in a finding on a message of which an answer came that the node refused."""


class Niveau(Woord):
    """The levels of judgement (IV028): a finding of one level keeps the next from being run.

    ``XSD`` is level 1, ``BERICHT`` level 2 (inside one message), the last two together are level 3/4.
    """

    XSD = "xsd", "het schema"
    BERICHT = "bericht", "binnen één bericht (niveau 2)"
    BERICHTOVERSTIJGEND = "berichtoverstijgend", "tegenover eerdere berichten (niveau 3)"
    EXTERNE_BRON = "externe-bron", "tegenover een bron van buiten (niveau 4)"


class Ernst(Woord):
    """What a finding comes to. A ``FOUT`` refuses. A ``SIGNAAL`` tells that an operational rule was not kept; it has no
    retourcode and changes neither oordeel, retour nor state."""

    FOUT = "fout", "keurt af"
    SIGNAAL = "signaal", "wijst erop, en verandert niets"


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
    both are None for XSD. ``berekening`` is as in ``Overtreding``. ``toewijzingnummer`` is that in the class at fault.
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
    ernst: Ernst = Ernst.FOUT
    toewijzingnummer: int | None = None


Opgeslagen = Mapping[str, Any]
"""A finding as it is stored with its message."""


def aangevuld(rij: Opgeslagen) -> dict[str, Any]:
    """A stored finding with every field; one of an earlier release lacks the last of them."""
    later: dict[str, Any] = {
        "klasse": None,
        "waarde": None,
        "berekening": [],
        "ernst": Ernst.FOUT,
        "toewijzingnummer": None,
    }
    return {**later, **rij}


def fouten_van(rijen: Iterable[Opgeslagen]) -> list[Opgeslagen]:
    """The stored findings that refuse."""
    return [rij for rij in rijen if rij.get("ernst") != Ernst.SIGNAAL]


def zichtbaar(rijen: Iterable[Opgeslagen], uit: Set[str]) -> list[dict[str, Any]]:
    """The stored findings, complete, without the signalen of rules that a party does not want to hear: ``uit``."""
    return [aangevuld(rij) for rij in rijen if rij.get("ernst") != Ernst.SIGNAAL or rij["regel"] not in uit]


MEER = "MEER"
"""What stands in place of a rule in the finding that says how many more there are."""


def genoemd(bevindingen: Iterable[Bevinding], aantal: int, meer: str = MEER) -> list[Bevinding]:
    """Findings as they are told and kept, wherever that is: the first ``MAX_FOUTEN``, and one that says how many of this
    ``aantal`` come after them, with ``meer`` for a rule."""
    eerste = list(islice(bevindingen, MAX_FOUTEN))
    over = aantal - len(eerste)
    if over <= 0:
        return eerste
    ernst = eerste[-1].ernst
    een, meer_dan_een = ("fout", "fouten") if ernst is Ernst.FOUT else ("signaal", "signalen")
    return [
        *eerste,
        Bevinding(
            regel=meer,
            niveau=eerste[-1].niveau,
            retourcode=None,
            regelnummer=None,
            pad="/Bericht",
            element="Bericht",
            melding=f"En nog {over} {een if over == 1 else meer_dan_een}; hier staan de eerste {MAX_FOUTEN}.",
            advies="Herstel wat hierboven staat en controleer het bericht opnieuw.",
            ernst=ernst,
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
