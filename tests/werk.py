"""How much work something is, as a number that no load on the machine changes."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def uitgevoerd(doe: Callable[[], object]) -> int:
    """How many lines of Python this runs."""
    aantal = 0

    def spoor(_frame: FrameType, gebeurtenis: str, _arg: Any) -> Any:
        nonlocal aantal
        aantal += gebeurtenis == "line"
        return spoor

    eerder = sys.gettrace()
    sys.settrace(spoor)
    try:
        doe()
    finally:
        sys.settrace(eerder)
    return aantal
