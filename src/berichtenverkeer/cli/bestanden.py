"""Writing files that hold personal data: only who runs the command may read them, whatever the umask."""

import os
from pathlib import Path

ALLEEN_EIGENAAR = 0o600


def schrijf_prive(pad: Path, data: bytes) -> None:
    """Write a file, or put this in its place. Raises ``OSError``."""
    with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ALLEEN_EIGENAAR), "wb") as bestand:
        if os.name == "posix" and pad.is_file():  # one that was there keeps its rights otherwise
            os.fchmod(bestand.fileno(), ALLEEN_EIGENAAR)
        bestand.write(data)
