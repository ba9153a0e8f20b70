"""docs/uitvoer.md: what it tells to type works as it stands there, and says what the code says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.api.test_tabellen import uit_csv
from tests.conftest import MaakDatabase
from tests.knoop import knoop

from berichtenverkeer.api.uitvoer import exports, maken
from berichtenverkeer.api.uitvoer.bronnen import BRONNEN
from berichtenverkeer.api.uitvoer.vormen import Exportvorm
from berichtenverkeer.instellingen import Instellingen

DOCS = (Path(__file__).parents[2] / "docs" / "uitvoer.md").read_text(encoding="utf-8")


def blokken(taal: str) -> str:
    """All code in this language."""
    return "".join(re.findall(rf"(?ms)^```{taal}\n(.*?)^```$", DOCS))


def test_what_it_tells_to_type(sqlite: MaakDatabase, tmp_path: Path) -> None:
    with knoop(sqlite.gereed(), proefmodus=True) as k:
        paar = k.paar()
        (tmp_path / "zorg.token").write_text(k.tokens[paar.agb])
        (tmp_path / "haal.py").write_text(blokken("python"))
        opdrachten = blokken("sh").replace("https://knooppunt.example.nl", k.url)

        def typ(*regels: str) -> str:
            """What these lines say."""
            invoer = "\n".join((opdrachten, *regels))
            omgeving = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
            gedaan = subprocess.run(
                ["bash", "-e"], cwd=tmp_path, env=omgeving, input=invoer, capture_output=True, text=True, check=False
            )
            assert gedaan.returncode == 0, gedaan.stderr
            return gedaan.stdout

        for nummer in (4001, 4002):
            paar.gemeente.goedgekeurd(paar.dossier(nummer=nummer).toewijzing())
        gezegd = typ(f"{sys.executable} haal.py")
        assert json.loads(gezegd[: gezegd.rindex("}") + 1])["aantal"] == 2
        assert "2 gewijzigd, 0 vervallen" in gezegd
        assert len(uit_csv((tmp_path / "toewijzingen.csv").read_bytes())) == 2
        assert len(CalamineWorkbook.from_path(tmp_path / "berichten.xlsx").get_sheet_by_index(0).to_python()) == 5
        [bestand] = tmp_path.glob("*.ndjson")
        assert [json.loads(regel)["toewijzingnummer"] for regel in bestand.read_text().splitlines()] == [4001, 4002]
        paar.aanbieder.goedgekeurd(paar.dossier(nummer=4002).start())
        assert "1 gewijzigd, 0 vervallen" in typ(f"{sys.executable} haal.py")
        assert paar.aanbieder.json("/v1/exports")["items"] == []


def test_it_names_what_there_is() -> None:
    for naam in (*BRONNEN, *Exportvorm):
        assert f"`{naam}`" in DOCS
    assert f"hoogstens {maken.RIJEN_PER_BESTAND:,} regels".replace(",", " ") in DOCS
    assert exports.HOOGSTENS == 10
    assert "hoogstens tien" in DOCS


@pytest.mark.parametrize("veld", ["uitvoerder", "uitvoer_map", "uitvoer_uren"])
def test_its_settings_have_these_defaults(veld: str) -> None:
    [standaard] = re.findall(rf"\| `BV_{veld.upper()}` \| `?([^`|]*?)`? \|", DOCS)
    assert str(getattr(Instellingen(), veld)).removesuffix(".0").replace("True", "aan") == standaard
