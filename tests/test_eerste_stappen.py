"""What a newcomer is told to type (docs/eerste-stappen.md) works as it stands there, in that order; only the port is a free one."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

HIER = Path(__file__).parent.parent
STAPPEN = (HIER / "docs" / "eerste-stappen.md").read_text(encoding="utf-8")


def blokken(kop: str, taal: str) -> list[str]:
    """The code blocks in this language under a heading."""
    [tekst] = re.findall(rf"(?ms)^## {kop}$(.*?)(?=^## )", STAPPEN)
    return re.findall(rf"(?ms)^```{taal}\n(.*?)^```$", tekst)


def typ(invoer: str, map_: Path) -> str:
    """What is on the screen after typing this in a new shell, in a clone after ``make demo``."""
    (map_ / ".venv").symlink_to(sys.prefix)
    (map_ / "fixtures").symlink_to(HIER / "fixtures")
    omgeving = {naam: os.environ[naam] for naam in ("PATH", "LANG", "LC_ALL") if naam in os.environ}
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        omgeving |= {"HOME": str(map_), "BV_PORT": str(los.getsockname()[1])}
    schil = subprocess.Popen(
        ["bash"], cwd=map_, env=omgeving, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        scherm, fouten = schil.communicate(invoer.replace(":8080", f":{omgeving['BV_PORT']}"))
    finally:
        if schil.poll() is None:
            os.killpg(schil.pid, signal.SIGKILL)
    assert schil.returncode == 0, fouten
    return scherm


def antwoorden(scherm: str) -> list[Any]:
    """The objects of JSON that stand one after the other on the screen, from the first on."""
    gevonden, lezer, tekst = [], json.JSONDecoder(), scherm[scherm.index("{") :]
    while tekst.startswith("{"):
        inhoud, eind = lezer.raw_decode(tekst)
        gevonden.append(inhoud)
        tekst = tekst[eind:].lstrip()
    return gevonden


def test_what_a_newcomer_types(tmp_path: Path) -> None:
    [controle], [gevonden] = blokken("Een bericht controleren", "sh"), blokken("Een bericht controleren", "")
    [knoop] = blokken("Een knooppunt starten", "sh")
    assert "`kill %1` stopt het knooppunt" in STAPPEN
    scherm = typ(f"{controle}{knoop}kill %1; wait; true\n", tmp_path)
    assert [regel for regel in gevonden.splitlines() if regel != "…" and regel not in scherm] == []
    gezond, toewijzing, postvak, start, toewijzingen = antwoorden(scherm)
    assert gezond
    assert [(antwoord["berichtsoort"], antwoord["oordeel"]) for antwoord in (toewijzing, start)] == [
        ("WMO301", "goedgekeurd"), ("WMO305", "goedgekeurd"),
    ]  # fmt: skip
    assert [item["referentiegegevens"]["traceerId"] for item in postvak["items"]] == [toewijzing["id"]]
    [item] = [item for item in toewijzingen["items"] if item["toewijzingnummer"] == 1001]
    assert (item["gemeente"], item["aanbieder"], item["levering"]) == ("0855", "99990001", "gestart")
    assert f'"volgende":"{toewijzingen["volgende"]}"' in STAPPEN
