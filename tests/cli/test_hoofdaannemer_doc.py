"""docs/hoofdaannemer.md: what it tells to type works as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.berichten import Dossier, gemeenten
from tests.knoop import NU, knoop

from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.partijen.partij import Partijrol, registreer

DOCS = (Path(__file__).parents[2] / "docs" / "hoofdaannemer.md").read_text(encoding="utf-8")
SIEM = "97990001"


def test_what_it_tells_to_type(tmp_path: Path) -> None:
    with knoop(f"sqlite:///{tmp_path / 'proef.db'}", proefmodus=True) as k:
        for code, rol, naam in ((SIEM, Partijrol.HOOFDAANNEMER, "siem"), ("dekker", Partijrol.ONDERAANNEMER, "dekker")):
            registreer(k.engine, code, rol, naam, NU)
            (tmp_path / f"{naam}.token").write_text(maak_token(k.engine, code, NU))
        k.binnen.register.kijk()
        gemeente = gemeenten()[0]
        anders = Dossier(gemeente, SIEM, nummer=1002).toewijzing(Product__Categorie="08", Product__Code="08A03")
        for toewijzing in (Dossier(gemeente, SIEM).toewijzing(), anders):
            k.klant(gemeente).goedgekeurd(toewijzing)
        invoer = "".join(re.findall(r"(?ms)^```sh\n(.*?)^```$", DOCS)).replace("https://knooppunt.example.nl", k.url)
        omgeving = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
        gedaan = subprocess.run(
            ["bash", "-e"], cwd=tmp_path, env=omgeving, input=invoer, capture_output=True, text=True, check=False
        )
        assert gedaan.returncode == 0, f"{gedaan.stdout}\n{gedaan.stderr}"
        for gezegd in ("zou geven: 1 nieuw", "is geladen: 1 nieuw", "aangenomen", "WMO305", "is goedgekeurd",
                       "totaal: 363,00 euro", "vastgesteld 2026-02/dekker/1"):  # fmt: skip
            assert gezegd in gedaan.stdout, gedaan.stdout
        assert "OP192" not in gedaan.stdout, gedaan.stdout
        assert "999900006" in (tmp_path / "inzorgmelding.html").read_text()
        assert "363,00" in (tmp_path / "maandstaten.csv").read_text()
        assert (tmp_path / "tarieven.xlsx").read_bytes().startswith(b"PK")
