"""One sound example of every message of both laws, and two with faults: ``python -m tests.conformance.voorbeelden``.

They lie in ``fixtures/voorbeelden`` for whoever wants to try something out; a test holds the files against this module.
"""

from pathlib import Path

from berichtenverkeer.oordeel.retour import maak_retour
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import serialiseer

from .gevallen import SCHEMAS, dagtekening, maak_bericht

MAP = meegeleverd("fixtures") / "voorbeelden"
FOUT = ("fout-xsd-WMO305.xml", "fout-regels-JW307.xml")


def voorbeelden() -> dict[str, bytes]:
    """The files by name."""
    bestanden = {}
    for soort in BERICHTSOORTEN.values():
        if soort.is_retour:
            continue
        aangeboden = maak_bericht(soort.nummer, soort.domein, identificatie=f"VB{soort.code}")
        data = bestanden[f"{soort.code}.xml"] = serialiseer(aangeboden.bericht, soort)
        if soort.retour:
            retour = maak_retour(lees(data, SCHEMAS), (), f"VB{soort.retour}", dagtekening(), SCHEMAS)
            bestanden[f"{soort.retour}.xml"] = serialiseer(retour, soort.retour)
    bestanden[FOUT[0]] = bestanden["WMO305.xml"].replace(
        b"2026-02-02</wmo305:Begindatum>", b"2026-02-30</wmo305:Begindatum>"
    )
    fout = {
        "Client/Bsn": "999900007",
        "Client/StopProducten/StopProduct[1]/Begindatum": "2026-02-20",
        "Client/StopProducten/StopProduct[1]/Einddatum": "2026-02-15",
    }
    stop = maak_bericht("307", Domein.IJW, fout, identificatie="VBFOUT")
    bestanden[FOUT[1]] = serialiseer(stop.bericht, stop.soort)
    return bestanden


def main(map_: Path = MAP) -> None:
    """Write the files."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam, data in voorbeelden().items():
        (map_ / naam).write_bytes(data)


if __name__ == "__main__":
    main()
