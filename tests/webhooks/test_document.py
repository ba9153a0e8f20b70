"""What docs/webhooks.md tells one to type works as it stands there; only the ports are free ones."""

import json
import re
import socket
from pathlib import Path

from tests.test_eerste_stappen import typ

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.webhooks.beheer import MEESTE
from berichtenverkeer.webhooks.soorten import SOORTEN

TEKST = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()


def _blok(taal: str) -> str:
    """The one code block in this language."""
    [blok] = re.findall(rf"(?ms)^```{taal}\n(.*?)^```$", TEKST)
    return str(blok)


def test_what_one_types_is_told_and_verified(tmp_path: Path) -> None:
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = str(los.getsockname()[1])
    (tmp_path / "ontvanger.py").write_text(_blok("python").replace("8090", poort))
    scherm = typ(f"{_blok('sh').replace('8090', poort)}kill %1 %2; wait; true\n", tmp_path)
    webhook = json.loads((tmp_path / "webhook.json").read_text())
    oordeel = json.loads((tmp_path / "oordeel.json").read_text())
    gehoord = re.findall(r"(nl\.berichtenverkeer\.\S+) (\S+)$", scherm, re.MULTILINE)
    assert gehoord[0] == ("nl.berichtenverkeer.webhook.proef.v1", webhook["id"])
    assert dict(gehoord[1:])["nl.berichtenverkeer.bericht.ontvangen.v1"] == oordeel["id"]
    assert len(gehoord) == 4
    for soort, onderwerp in gehoord[1:]:
        assert f"{soort} {onderwerp}\n" in TEKST
    assert '{"gelukt":true,"status":204,"reden":""}' in scherm


def test_the_kinds_and_settings_are_those_there_are() -> None:
    assert re.findall(r"(?m)^\| `([a-z]+\.[a-z]+)` \|", TEKST) == list(SOORTEN)
    genoemd = {naam.lower() for naam in re.findall(r"(?m)^\| `BV_(WEBHOOK_[A-Z]+)` \|", TEKST)}
    velden = Instellingen.model_fields
    assert genoemd == {naam for naam in velden if naam.startswith("webhook_")}
    assert f"| {velden['webhook_geduld'].default:g} |" in TEKST
    assert f"`{velden['webhook_bron'].default}`" in TEKST
    assert f"hoogstens {MEESTE}" in TEKST
