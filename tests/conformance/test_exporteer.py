"""What is exported is all that is needed: the documents are what the cases say, and the manifest names them."""

import json
from pathlib import Path

from berichtenverkeer.standaard.lezen import lees

from .exporteer import exporteer
from .gevallen import SCHEMAS, gevallen


def test_the_export_is_the_cases(tmp_path: Path) -> None:
    exporteer(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["gevallen"]
    for geval, rij in zip(gevallen(), manifest, strict=True):
        assert rij["id"] == geval.id
        assert [tmp_path / eerder["bestand"] for eerder in rij["dossier"]] == sorted(
            pad
            for pad in (tmp_path / "gevallen" / geval.id).iterdir()
            if pad.name < Path(rij["bericht"]["bestand"]).name
        )
        gelezen = lees((tmp_path / rij["bericht"]["bestand"]).read_bytes(), SCHEMAS)
        assert (gelezen.soort, gelezen.bericht) == geval.aangeboden
        assert rij["bericht"]["berichtsoort"] == gelezen.soort.code
        assert [(b["regel"], b["pad"]) for b in rij["verwacht"]["bevindingen"]] == list(geval.fouten)
        assert {b["regel"] for b in rij["verwacht"]["signalen"]} == {
            b.regel for b in set(geval.bevindingen) - {*geval.fouten}
        }
        assert rij["verwacht"]["uitslag"] == geval.uitslag
