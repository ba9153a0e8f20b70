"""What text can be kept: XML has no NUL and no half of a surrogate pair, and neither has a database."""

import json
import re
from typing import Any

_NIET_TE_BEWAREN = re.compile("[\x00\ud800-\udfff]")
_MISSCHIEN_NIET = re.compile(r"\\u0000|[\ud800-\udfff]")
"""The same in JSON; also text that only looks like it."""


def te_bewaren(waarde: Any) -> bool:
    """Whether all text in a value as JSON has them can be kept, however deep it stands."""
    if _zeker(waarde):
        return True
    te_gaan = [waarde]
    while te_gaan:
        deel = te_gaan.pop()
        if isinstance(deel, str):
            if _NIET_TE_BEWAREN.search(deel):
                return False
        elif isinstance(deel, dict):
            te_gaan += [*deel.keys(), *deel.values()]
        elif isinstance(deel, list | tuple):
            te_gaan += deel
    return True


def _zeker(waarde: Any) -> bool:
    """Whether a look in C, which takes a fifth of the time, shows that it can be kept."""
    try:
        tekst = json.dumps(waarde, ensure_ascii=False, default=str)
    except (TypeError, ValueError, RecursionError):
        return False
    return _MISSCHIEN_NIET.search(tekst) is None
