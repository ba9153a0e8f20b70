"""Install the locks as a stranger would, later: with the oldest pip of each Python, where everything has a newer version.

Of each locked package two wheels are made that hold nothing but its true metadata: one as the lock has it, and one of
version 99.0. Pip then says what it would install of these, by the locks with the hashes of these wheels. What the lock
leaves open, such as an extra that one package asks of another, pip takes from the 99.0 and refuses, for want of a hash.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile, ZipInfo

HIER = Path(__file__).parent

PIPS = {
    (3, 11): ("22.3", "1daab4b8d3b97d1d763caeb01a4640a2250a0ea899e257b1e44b9eded91e15ab"),
    (3, 12): ("23.2.1", "7ccf472345f20d35bdc9d1841ff5f313260c2c33fe417f48c30ac46cccabf5be"),
    (3, 13): ("24.2", "2cd581cf58ab7fcfca4ce8efa6dcacd0de5bf8d0a3eb9ec927e07405f4d9e2a2"),
    (3, 14): ("25.2", "6d67a2b4e7f14d8b31b8b52648866fa717f45a1eb70e83002f4331d07e953717"),
}
"""The pip that the first release of each supported Python brings, with its SHA-256."""

SAMEN = (("runtime.txt", "build.txt"), ("dev.txt",))
"""The locks that are installed at once: for ``make demo``, and for all else."""

LATER = "99.0"

Pakket = tuple[str, str]
"""The name, as an index spells it, and the version."""


def main() -> None:
    """Check every lock with every pip. The Makefile installs with ``--no-deps`` besides; a stranger may not know that."""
    with tempfile.TemporaryDirectory() as naam:
        map_ = Path(naam)
        winkel = map_ / "winkel"
        winkel.mkdir()
        verwacht = {slot: _maak_na(HIER / slot, map_ / slot, winkel) for sloten in SAMEN for slot in sloten}

        def controleer(pip: Path) -> str:
            for sloten in SAMEN:
                gekozen = _gekozen(pip, winkel, [map_ / slot for slot in sloten])
                assert gekozen == set().union(*(verwacht[slot] for slot in sloten)), (pip.name, sloten, gekozen)
            return f"{pip.name} installs what is locked, and nothing newer"

        with ThreadPoolExecutor(os.cpu_count()) as draden:
            for zin in draden.map(controleer, _pips(map_)):
                print(zin)


def _maak_na(slot: Path, kopie: Path, winkel: Path) -> set[Pakket]:
    """Copy a lock, with the hashes of our wheels, which are made in ``winkel``; what is in it."""
    inhoud = set()
    with kopie.open("w") as uit:
        for eis in re.findall(r"^\w.*(?= \\$)", slot.read_text(), re.MULTILINE):
            naam, versie = re.split(r"(?:\[.*\])?==|\s", eis)[:2]
            try:
                metadata = distribution(naam).read_text("METADATA") or ""
            except PackageNotFoundError:  # not for this machine or this Python, so not for its pip either
                continue
            uit.write(f"{eis} --hash=sha256:{_wiel(winkel, naam, versie, metadata)}\n")
            _wiel(winkel, naam, LATER, metadata)
            inhoud.add((naam, versie))
    return inhoud


def _wiel(winkel: Path, naam: str, versie: str, metadata: str) -> str:
    """Make a wheel that installs nothing; its SHA-256."""
    stam = f"{naam.replace('-', '_')}-{versie}"
    info = f"{stam}.dist-info"
    inhoud = {
        "METADATA": re.sub(r"(?m)^Version: .*$", f"Version: {versie}", metadata, count=1),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: controle\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": f"{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
    }
    pad = winkel / f"{stam}-py3-none-any.whl"
    with ZipFile(pad, "w") as wiel:
        for bestand, tekst in inhoud.items():
            wiel.writestr(ZipInfo(f"{info}/{bestand}"), tekst)
    return sha256(pad.read_bytes()).hexdigest()


def _pips(map_: Path) -> Iterator[Path]:
    """The pip of this Python and of each later one, unpacked."""
    haal = [sys.executable, "-m", "pip", "-qq", "download", "--no-deps", "--require-hashes"]
    for python, (versie, hash_) in PIPS.items():
        if python >= sys.version_info[:2]:
            slot = map_ / "pip.txt"
            slot.write_text(f"pip=={versie} --hash=sha256:{hash_}\n")
            subprocess.run([*haal, "--dest", map_, "-r", slot], check=True)
            pip = map_ / f"pip-{versie}"
            with ZipFile(map_ / f"{pip.name}-py3-none-any.whl") as wiel:
                wiel.extractall(pip)
            yield pip


def _gekozen(pip: Path, winkel: Path, sloten: list[Path]) -> set[Pakket]:
    """What this pip would install by these locks."""
    opdracht = [sys.executable, str(pip / "pip"), "-qq", "install", "--dry-run", "--ignore-installed", "--report=-"]
    opdracht += [
        "--require-hashes",
        "--no-index",
        f"--find-links={winkel}",
        *(f"--requirement={slot}" for slot in sloten),
    ]
    zonder_instellingen = {"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull}
    antwoord = subprocess.run(opdracht, env=zonder_instellingen, check=True, stdout=subprocess.PIPE)
    delen = [deel["metadata"] for deel in json.loads(antwoord.stdout)["install"]]
    return {(re.sub(r"[-_.]+", "-", deel["name"]).lower(), deel["version"]) for deel in delen}


if __name__ == "__main__":
    main()
