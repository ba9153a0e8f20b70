"""The demonstration, for what is made of it: a node in which the stories of the region have been played."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_KLAAR = "Elke deelnemer heeft een token"


@contextmanager
def demonstratie() -> Iterator[str]:
    """Its address, as long as this lasts."""
    opdracht = [sys.executable, "-u", "-m", "berichtenverkeer", "demo"]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, text=True, encoding="utf-8") as proces:
        adres = ""
        try:
            assert proces.stdout is not None
            for regel in proces.stdout:
                adres = (re.search(r"http://[0-9.]+:[0-9]+", regel) or [adres])[0]
                if _KLAAR in regel:
                    break
            yield adres
        finally:
            proces.terminate()
