"""What is wrong with a question that does not have its form: each field with a sentence, none of which quotes what was sent."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

MEESTE = 100
"""Names and fields that are told: a sender may make up any number of them."""

VELDNAAM = re.compile("[A-Za-z_-]{1,40}")
"""What can be the name of a field, misspelled or not. Another is not told again: anything can stand in it."""

_VAST: Mapping[str, str] = {
    "missing": "ontbreekt",
    "bool_parsing": "is true of false",
    "bool_type": "is true of false",
    "date_from_datetime_parsing": "is een dag, geschreven als 2026-03-02",
    "date_parsing": "is een dag, geschreven als 2026-03-02",
    "date_type": "is een dag, geschreven als 2026-03-02",
    "dict_type": "is een object",
    "extra_forbidden": "is hier niet bekend",
    "float_parsing": "is een getal",
    "float_type": "is een getal",
    "int_from_float": "is een geheel getal",
    "int_parsing": "is een geheel getal",
    "int_parsing_size": "is een geheel getal van minder cijfers",
    "int_type": "is een geheel getal",
    "json_invalid": "is geen JSON",
    "list_type": "is een lijst",
    "model_attributes_type": "is een object",
    "model_type": "is een object",
    "string_type": "is tekst",
}
"""Sentences by type of error, as pydantic names them."""

_VORM: Mapping[str, str] = {
    "^[0-9]{4}$": "heeft 4 cijfers",
    "^[0-9]{8}$": "heeft 8 cijfers",
    "^[0-9]{9}$": "heeft 9 cijfers",
    "^[0-9]{4}$|^[0-9]{8}$": "heeft 4 of 8 cijfers",
    "^[0-9A-Za-z]{1,5}$": "heeft 1 tot 5 cijfers of letters",
}
"""Forms in words; another is told as it is written."""

_MET_GRENS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "enum": lambda ctx: f"is {_of(ctx['expected'])}",
    "greater_than": lambda ctx: f"is meer dan {ctx['gt']}",
    "greater_than_equal": lambda ctx: f"is ten minste {ctx['ge']}",
    "less_than": lambda ctx: f"is minder dan {ctx['lt']}",
    "less_than_equal": lambda ctx: f"is hoogstens {ctx['le']}",
    "literal_error": lambda ctx: f"is {_of(ctx['expected'])}",
    "string_pattern_mismatch": lambda ctx: _VORM.get(ctx["pattern"], f"heeft de vorm {ctx['pattern']}"),
    "string_too_long": lambda ctx: f"heeft hoogstens {ctx['max_length']} tekens",
    "string_too_short": lambda ctx: f"heeft ten minste {ctx['min_length']} {_tekens(ctx['min_length'])}",
    "too_long": lambda ctx: f"noemt er hoogstens {ctx['max_length']}",
    "too_short": lambda ctx: f"noemt er ten minste {ctx['min_length']}",
    "value_error": lambda ctx: f"is onjuist: {str(ctx['error']).removesuffix('.')}",
}
"""And those that name the bound."""


def fouten(gevallen: Iterable[Mapping[str, Any]], bekend: Sequence[str] = ()) -> list[dict[str, str]]:
    """Each field that is wrong and why, in order; ``bekend`` are the names that might have been meant at the top."""
    uit = {(veld, _waarom(geval, bekend)) for geval in gevallen for veld in [_veld(geval)]}
    return [{"veld": veld, "melding": melding} for veld, melding in sorted(uit)]


def samengevat(onjuist: Sequence[Mapping[str, str]]) -> str:
    """The same in one sentence, with what ends it."""
    tekst = kort(f"{een['veld']} {een['melding']}" for een in onjuist)
    return tekst if tekst.endswith("?") else f"{tekst}."


def kort(namen: Iterable[str]) -> str:
    """Names that a sender made up, in order and to a bound."""
    velden = sorted(set(namen))
    meer = len(velden) - MEESTE
    return ", ".join(velden[:MEESTE]) + (f" en nog {meer}" if meer > 0 else "")


def lijkt(naam: str, bekend: Iterable[str]) -> list[str]:
    """The name that was meant, when one comes near."""
    return get_close_matches(naam, list(bekend), 1, 0.5)


def _waarom(geval: Mapping[str, Any], bekend: Sequence[str]) -> str:
    soort, ctx = geval["type"], geval.get("ctx", {})
    if soort == "extra_forbidden" and len(geval["loc"]) == 2 and (bedoeld := lijkt(str(geval["loc"][-1]), bekend)):
        return f"is hier niet bekend; bedoelt u {bedoeld[0]}?"
    return _MET_GRENS[soort](ctx) if soort in _MET_GRENS else _VAST.get(soort, "is onjuist")


def _veld(geval: Mapping[str, Any]) -> str:
    stappen = () if geval["type"] == "json_invalid" else geval["loc"][1:]
    return ".".join(map(_stap, stappen)) or "de inhoud"


def _stap(stap: str | int) -> str:
    return str(stap) if isinstance(stap, int) or VELDNAAM.fullmatch(stap) else "een veld dat er niet is"


def _of(verwacht: str) -> str:
    return verwacht.replace("'", "").replace(" or ", " of ")


def _tekens(aantal: int) -> str:
    return "teken" if aantal == 1 else "tekens"
