"""How long one waits for a command and for a server to begin."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from .server import vrije_poort

_VOORBEELD = Path(__file__).parents[1] / "fixtures" / "voorbeelden" / "WMO301.xml"


def meet_opstarten(keren: int = 7) -> dict[str, float]:
    """Seconds of ``--help``, of ``validate`` of one file, of the bare ``python -c pass``, and from ``serve`` on a database that
    does not exist to its first answer; medians."""
    uit: dict[str, list[float]] = {"python": [], "help": [], "validate": [], "serve": []}
    for _ in range(keren):
        uit["python"].append(_tijd([sys.executable, "-c", "pass"]))
        uit["help"].append(_tijd([sys.executable, "-m", "berichtenverkeer", "--help"]))
        uit["validate"].append(_tijd([sys.executable, "-m", "berichtenverkeer", "validate", str(_VOORBEELD)]))
        uit["serve"].append(_serve())
    return {f"{naam}_s": median(tijden) for naam, tijden in uit.items()}


def _tijd(opdracht: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(opdracht, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def _serve() -> float:
    poort = vrije_poort()
    with tempfile.TemporaryDirectory() as map_:
        omgeving = {"BV_ONVERSLEUTELD": "1"} | os.environ | {"BV_DATABASE_URL": f"sqlite:///{map_}/nieuw.db"}
        opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", str(poort)]
        begin = time.perf_counter()
        with subprocess.Popen(opdracht, env=omgeving, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proces:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{poort}/gezondheid", timeout=5).close()
                    break
                except OSError:
                    if proces.poll() is not None:
                        raise
                    time.sleep(0.01)
            duur = time.perf_counter() - begin
            proces.terminate()
    return duur
