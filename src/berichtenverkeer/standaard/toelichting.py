"""What a code means, in a sentence: ``04 (uur)``.

A label is written as part of a sentence: without a capital, and without brackets of its own::

    >>> from berichtenverkeer.standaard.codelijst import codelijst
    >>> toegelicht(codelijst("WJ756", "iwmo"), "16")
    '16 (dagdeel, 4 uur)'
    >>> toegelicht(codelijst("CBS", "iwmo"), "0363")
    '0363 (Amsterdam)'
"""

import re

from .codelijst import Codelijst

_EIGENNAMEN = frozenset({"CBS", "COD002", "COD032"})
"""Lists whose labels are names; these keep their capital."""

_HAKEN = re.compile(r"\s*\(([^()]*)\)")


def betekenis(lijst: Codelijst, code: str) -> str:
    """The label of a code as part of a sentence. Raises ``KeyError`` for a code that is not in the list."""
    return in_zin(lijst.label(code), is_naam=lijst.naam_code in _EIGENNAMEN)


def in_zin(label: str, *, is_naam: bool = False) -> str:
    """A label as part of a sentence."""
    zin = _HAKEN.sub(r", \1", label).removeprefix(", ")
    is_afkorting = len(zin) > 1 and not zin[1].islower()
    return zin if is_naam or is_afkorting else zin[:1].lower() + zin[1:]


def toegelicht(lijst: Codelijst, code: str) -> str:
    """A code with what it means. Raises ``KeyError`` for a code that is not in the list."""
    return f"{code} ({betekenis(lijst, code)})"
