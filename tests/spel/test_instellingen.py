"""What a gemeente in a flow sets otherwise holds at a node of our own."""

from pathlib import Path

import pytest
from tests.spel.knoop import speel

from berichtenverkeer.spel.doelen.eigen import Eigen

START = """\
flow: proef
klok: 2026-03-02T09:00:00
partijen:
  gemeente: {{rol: gemeente, instellingen: {instellingen}}}
  aanbieder: {{rol: aanbieder}}
stappen:
  - stuur: 301
  - stuur: 305
    inhoud: {{Client: {{StartProducten: [{{ToewijzingNummer: ~}}]}}}}
    verwacht: {{regels: {regels}}}
"""


def _flow(map_: Path, instellingen: str, regels: str = "[]") -> Path:
    pad = map_ / "proef.flow.yaml"
    pad.write_text(START.format(instellingen=instellingen, regels=regels))
    return pad


@pytest.mark.parametrize(
    ("instellingen", "regels"),
    [("{}", "[TR019]"), ("{variant: taakgericht}", "[]"), ("{variant: output}", "[TR019]")],
)  # fmt: skip
def test_a_setting_of_the_flow_holds(eigen: Eigen, tmp_path: Path, instellingen: str, regels: str) -> None:
    verloop = speel(eigen, _flow(tmp_path, instellingen, regels))
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)


@pytest.mark.parametrize("fout", ["{varianten: output}", "{variant: geen}"])
def test_a_setting_that_there_is_not_is_told(eigen: Eigen, tmp_path: Path, fout: str) -> None:
    verloop = speel(eigen, _flow(tmp_path, fout))
    assert "zijn niet in te richten" in verloop.fout
    assert "kies" in verloop.fout
