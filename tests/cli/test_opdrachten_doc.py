"""docs/opdrachten.md: it has every command, and what it tells to type works as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.knoop import Knoop

from berichtenverkeer.cli.opdrachten import GROEPEN
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.partijen.partij import Partijrol, registreer

WORTEL = Path(__file__).parents[2]
DOCS = (WORTEL / "docs" / "opdrachten.md").read_text(encoding="utf-8")
VOLUMES = "toewijzingnummer;maand;hoeveelheid;tarief\n1001;2026-02;8;5000\n"


def test_every_command_stands_under_its_group() -> None:
    for groep, opdrachten in GROEPEN.items():
        [tekst] = re.findall(rf"(?ms)^## {re.escape(groep)}$(.*?)(?=^## |\Z)", DOCS)
        assert re.findall(r"(?m)^\| `(\w+)` \| (.*) \|$", tekst) == [(naam, o.kort) for naam, o in opdrachten.items()]
    assert re.findall(r"(?m)^## (.*)$", DOCS) == list(GROEPEN)


def test_what_it_tells_to_type(k: Knoop, tmp_path: Path) -> None:
    for code, rol, bestand in (("0855", Partijrol.GEMEENTE, "gemeente"), ("99990001", Partijrol.AANBIEDER, "zorg")):
        registreer(k.engine, code, rol, f"Partij {code}", systeemklok())
        (tmp_path / f"{bestand}.token").write_text(maak_token(k.engine, code, systeemklok()))
    k.binnen.register.kijk()
    (tmp_path / "fixtures").symlink_to(WORTEL / "fixtures")
    (tmp_path / "volumes.csv").write_text(VOLUMES)
    (tmp_path / "bsn.txt").write_text("999900006\n")
    invoer = "".join(re.findall(r"(?ms)^```sh\n(.*?)^```$", DOCS)).replace("https://knooppunt.example.nl", k.url)
    omgeving = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    gedaan = subprocess.run(
        ["bash", "-e"], cwd=tmp_path, env=omgeving, input=invoer, capture_output=True, text=True, check=False
    )
    assert gedaan.returncode == 0, f"{gedaan.stdout}\n{gedaan.stderr}"
    for gezegd in (
        "* zorg",
        "WMO301-",
        "is goedgekeurd",
        "niet gestart → gestart",
        "400,00 euro",
        "signalen",
        "DeclaratieNummer",
    ):
        assert gezegd in gedaan.stdout, gedaan.stdout
