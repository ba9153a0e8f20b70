"""Files that commands read and write. What cannot be read or written is ``Zegbaar``."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from ..zegbaar import Zegbaar

ALLEEN_EIGENAAR = 0o600
"""Files hold personal data: only who runs the command may read them, whatever the umask."""


STDIN = "-"
"""What stands for standard input where a file can be named."""


def lees(pad: Path | None) -> bytes:
    """What is in a file; without one, or for ``-``, on standard input."""
    if pad is None or str(pad) == STDIN:
        return sys.stdin.buffer.read()
    try:
        return pad.read_bytes()
    except OSError:
        raise Zegbaar(f"{pad}: niet te lezen; controleer de naam en de rechten.") from None


def lees_json(pad: Path) -> Any:
    """The value in a file of JSON."""
    try:
        return json.loads(lees(pad))
    except ValueError:
        raise Zegbaar(f"{pad}: geen JSON.") from None


def schrijf_prive(pad: Path, data: bytes) -> None:
    """Write a file, or put this in its place."""
    try:
        with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ALLEEN_EIGENAAR), "wb") as bestand:
            if os.name == "posix" and pad.is_file():  # one that was there keeps its rights otherwise
                os.fchmod(bestand.fileno(), ALLEEN_EIGENAAR)
            bestand.write(data)
    except OSError:
        raise Zegbaar(f"{pad}: hier is niet te schrijven; controleer de map en de rechten.") from None


def maak_map(map_: Path) -> None:
    """The folder for what a command writes."""
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Zegbaar(f"{map_} is niet te maken; controleer de naam en de rechten.") from None
