"""What text can be kept: XML has no NUL and no half of a surrogate pair, and neither has a database."""

import re
from typing import Any

_NIET_TE_BEWAREN = re.compile("[\x00\ud800-\udfff]")


def te_bewaren(waarde: Any) -> bool:
    """Whether all text in a value as JSON has them can be kept, however deep it stands."""
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
