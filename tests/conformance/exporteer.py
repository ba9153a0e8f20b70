"""Writes the conformance cases as XML documents and one manifest, to run against any software.

``python -m tests.conformance.exporteer DIR`` makes a folder for every case in ``DIR/gevallen``, with the messages in the
order in which to send them, and ``DIR/manifest.json``, which says what must come of the last one.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.schrijven import schrijf

from .gevallen import SCHEMAS, Geval, gevallen

CONTRACT = TypeAdapter(Contract)


def exporteer(map_: Path) -> list[dict[str, Any]]:
    """Write every case to the folder; what the manifest says of them."""
    manifest = [_exporteer(geval, map_) for geval in gevallen()]
    tekst = json.dumps({"gevallen": manifest}, ensure_ascii=False, indent=1)
    (map_ / "manifest.json").write_text(tekst + "\n", encoding="utf-8")
    return manifest


def _exporteer(geval: Geval, map_: Path) -> dict[str, Any]:
    plek = Path("gevallen") / geval.id
    (map_ / plek).mkdir(parents=True, exist_ok=True)
    bestanden = []
    inhoud = [(soort, schrijf(bericht, soort, SCHEMAS)) for soort, bericht in geval.dossier]
    for volg, (soort, data) in enumerate((*inhoud, (geval.aangeboden.soort, geval.data)), start=1):
        bestand = plek / f"{volg:02}-{soort}.xml"
        (map_ / bestand).write_bytes(data)
        bestanden.append({"bestand": bestand.as_posix(), "berichtsoort": soort.code})
    return {
        "id": geval.id,
        "regel": geval.regel,
        "naam": geval.naam,
        "domein": str(geval.domein),
        "systeemdatum": geval.vandaag.isoformat(),
        "systeemdatum_dossier": geval.dossier_op.isoformat(),
        "contract": CONTRACT.dump_python(geval.contract, mode="json"),
        "dossier": bestanden[:-1],
        "bericht": bestanden[-1],
        "verwacht": {
            "uitslag": geval.uitslag,
            "bevindingen": [bevonden._asdict() for bevonden in geval.fouten],
            "signalen": [bevonden._asdict() for bevonden in geval.bevindingen if bevonden not in geval.fouten],
            "retour": geval.retour,
            "antwoord": geval.antwoord,
        },
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.conformance.exporteer DIR")
    print(f"{len(exporteer(Path(sys.argv[1])))} cases")
