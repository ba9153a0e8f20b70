"""What is wrong with one value: the facets of its XSD type, said in the words of the field. No text holds the value.

On two points this asks more than libxml2 does, since Python cannot hold what passes there: a year before 0001 or after
9999, and a time with a zone (libxml2 reads ``[^Z+-]``, the standard's pattern against it, as if it allows a ``-``).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from .verklaring import Facetten

WITRUIMTE = " \t\r\n"
"""What XML calls white space."""

_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIJD = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?")
_GEHEEL = re.compile(r"[+-]?[0-9]+")
TE_VEEL_OM_TE_NOEMEN = 60

_COMMENTAAR = r"\s*\S[\s\S]*"
_COMMENTAAR_OFFICIEEL = r"([.\s]*\S+[.\s]*)+"
"""Allows the same, but on a text of megabytes Python's ``re`` takes a gigabyte; so ours is used in its place."""

_IN_WOORDEN = {
    r"[0-9]{4}": "vier cijfers",
    r"[0-9]{8}": "acht cijfers",
    r"[0-9]{9}": "negen cijfers",
    r"[0-9]*": "alleen cijfers",
    r"([a-zA-ZÀ-ỳ])+": "letters, zonder punten of spaties",
    r"([a-zA-Z0-9])+": "letters en cijfers, aaneengesloten",
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)": "drie gehele getallen met punten ertussen, zoals 1.0.0",
    r".*[^\s].*": "één regel tekst met minstens één teken dat geen witruimte is",
    _COMMENTAAR: "tekst met minstens één teken dat geen witruimte is",
    _COMMENTAAR_OFFICIEEL: "tekst met minstens één teken dat geen witruimte is",
}


def bezwaar(tekst: str, facetten: Facetten, naam: str) -> tuple[str, str] | None:
    """Why the text of element ``naam`` is refused: a sentence and an advice. None when it is accepted.

    One reason a value: that of the first facet, from the coarsest to the finest.
    """
    if facetten.basis != "string":
        tekst = tekst.strip(WITRUIMTE)
    reden = next(_bezwaren(tekst, facetten, naam), None)
    if reden and not tekst.strip(WITRUIMTE):
        return f"{naam} is leeg.", f"Vul {naam} in, of laat het element weg als het niet verplicht is."
    return reden


def _bezwaren(tekst: str, facetten: Facetten, naam: str) -> Iterator[tuple[str, str]]:
    if facetten.basis == "date" and not _bestaat(tekst):
        yield (
            f"{naam} is geen bestaande datum in de vorm EEJJ-MM-DD zonder tijdzone.",
            "Schrijf de datum bijvoorbeeld als 2026-03-01.",
        )
    if facetten.basis == "time" and not _TIJD.fullmatch(tekst):
        yield (
            f"{naam} is geen bestaande tijd in de vorm UU:MM:SS zonder tijdzone.",
            "Schrijf de tijd bijvoorbeeld als 09:30:00.",
        )
    if facetten.basis == "integer":
        if not _GEHEEL.fullmatch(tekst):
            yield f"{naam} is geen geheel getal.", "Gebruik alleen cijfers, zonder komma of punt."
        elif facetten.minimum is not None and _getal(tekst) < facetten.minimum:
            yield f"{naam} is kleiner dan {facetten.minimum}.", f"Vul minstens {facetten.minimum} in."
        elif facetten.maximum is not None and _getal(tekst) > facetten.maximum:
            yield f"{naam} is groter dan {facetten.maximum}.", f"Vul hoogstens {facetten.maximum} in."
    if facetten.waarden and tekst not in facetten.waarden:
        keuze = ", ".join(sorted(facetten.waarden))
        veel = len(facetten.waarden) > TE_VEEL_OM_TE_NOEMEN
        yield (
            f"{naam} heeft een waarde die niet in de codelijst staat.",
            "Kies een code uit de codelijst van dit element." if veel else f"Toegestaan: {keuze}.",
        )
    if facetten.max_lengte is not None and len(tekst) > facetten.max_lengte:
        yield (
            f"{naam} is {len(tekst)} tekens lang; hoogstens {facetten.max_lengte} mag.",
            f"Kort {naam} in tot {facetten.max_lengte} tekens.",
        )
    if facetten.min_lengte is not None and len(tekst) < facetten.min_lengte:
        yield f"{naam} is te kort.", f"Vul minstens {facetten.min_lengte} tekens in."
    for patroon in facetten.patronen:
        if (vorm := _python_patroon(patroon)) and not vorm.fullmatch(tekst):
            if patroon.isalnum():  # one fixed value, such as BerichtCode
                yield f"{naam} heeft niet de waarde die bij dit bericht hoort.", f"Vul {patroon} in."
            else:
                yield f"{naam} heeft niet de juiste vorm.", f"De vorm is: {_IN_WOORDEN.get(patroon, patroon)}."


def _bestaat(datum: str) -> bool:
    if not _DATUM.fullmatch(datum):
        return False
    try:
        date.fromisoformat(datum)
    except ValueError:
        return False
    return True


def _getal(tekst: str) -> int:
    """The number; a very long one only by its sign, since that alone puts it out of any range."""
    cijfers = tekst.lstrip("+-").lstrip("0")
    grootte = int(cijfers or "0") if len(cijfers) < 20 else 10**20
    return -grootte if tekst.startswith("-") else grootte


@cache
def _python_patroon(patroon: str) -> re.Pattern[str] | None:
    """An XSD pattern for Python; None for one that Python cannot read, which is then left to libxml2."""
    try:
        return re.compile("".join(_vertaald(_COMMENTAAR if patroon == _COMMENTAAR_OFFICIEEL else patroon)))
    except re.error:
        return None


def _vertaald(patroon: str) -> Iterator[str]:
    r"""In XSD ``\s`` is XML's white space, a dot no line end, and ``^`` and ``$`` outside brackets stand for themselves."""
    klassen = {r"\s": r" \t\r\n", r"\S": r"\x00-\x08\x0b\x0c\x0e-\x1f\x21-\U0010ffff"}
    tussen_haken = False
    for teken in re.findall(r"\\.|.", patroon, re.DOTALL):
        if teken in klassen:
            yield klassen[teken] if tussen_haken else f"[{klassen[teken]}]"
        elif teken == "." and not tussen_haken:
            yield r"[^\r\n]"
        elif teken in "^$" and not tussen_haken:
            yield "\\" + teken
        else:
            yield teken
        tussen_haken = (tussen_haken or teken == "[") and teken != "]"
