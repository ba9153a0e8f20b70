"""What docs/interface.md tells one to type works as it stands there, and answers what it says."""

import json
import re
from pathlib import Path

from tests.test_eerste_stappen import typ

TEKST = (Path(__file__).parents[2] / "docs" / "interface.md").read_text(encoding="utf-8")


def _blok(taal: str) -> str:
    [blok] = re.findall(rf"(?ms)^```{taal}\n(.*?)^```$", TEKST)
    return str(blok)


def test_what_one_types(tmp_path: Path) -> None:
    typ(f"{_blok('sh')}wait; true\n", tmp_path)
    uit = {naam: json.loads((tmp_path / f"{naam}.json").read_text()) for naam in ("gevonden", "onjuist", "werk")}
    assert {item["bsn"] for item in uit["gevonden"]["items"]} == {"999900006"}
    assert uit["onjuist"] == json.loads(_blok("json")) | {"trace": uit["onjuist"]["trace"]}  # of each question another
    assert uit["werk"].keys() == {"items", "volgende"}  # what stands on it depends on the day of today
