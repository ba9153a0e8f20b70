"""The SBOM has what the lock has."""

import json
import re
import subprocess
import sys
from pathlib import Path

WORTEL = Path(__file__).parents[1]


def test_every_package_of_the_lock_is_in_it_with_who_needs_it(tmp_path: Path) -> None:
    pad = tmp_path / "sbom.json"
    subprocess.run([sys.executable, WORTEL / "requirements" / "sbom.py", pad], check=True, timeout=120)
    uit = json.loads(pad.read_text("utf-8"))
    assert (uit["bomFormat"], uit["specVersion"]) == ("CycloneDX", "1.6")
    lock = (WORTEL / "requirements" / "runtime.txt").read_text("utf-8")
    gelezen = re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", lock)
    assert [(een["name"], een["version"]) for een in uit["components"]] == gelezen
    assert all(een["externalReferences"] for een in uit["components"])
    hier = {een["ref"]: een["dependsOn"] for een in uit["dependencies"]}
    assert len(hier) == len(gelezen) + 1
    [eigen] = [ref for ref in hier if ref.startswith("pkg:pypi/berichtenverkeer@")]
    namen = {ref.rpartition("/")[2].partition("@")[0] for ref in hier[eigen]}
    assert {"fastapi", "lxml", "sqlalchemy"} <= namen
    assert {ref for afhankelijk in hier.values() for ref in afhankelijk} == hier.keys() - {eigen}
