"""Counterparts for these tests: a party that plays a script on a thread, or round by round, with parties that no other test has."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.spel.bestand.flow import Deelnemer, Flow, Stap, lees
from berichtenverkeer.spel.doelen import proefklok
from berichtenverkeer.spel.doelen.doel import Doel, Speler
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.gegeven import Gegeven
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties, Verloop
from berichtenverkeer.spel.tegenpartij.draaien import draai
from berichtenverkeer.spel.tegenpartij.lezen import lees as lees_script
from berichtenverkeer.spel.tegenpartij.script import Script
from berichtenverkeer.spel.tegenpartij.tegenpartij import Tegenpartij
from berichtenverkeer.standaard.berichtsoort import Ketenrol
from berichtenverkeer.standaard.domein import Domein

BEGIN = datetime(2026, 3, 2, 9, 0)

KOP = """\
flow: proef
klok: 2026-03-02T09:00:00
partijen: {gemeente: {rol: gemeente}, aanbieder: {rol: aanbieder}}
stappen:
"""

TOEWIJZEN = """\
  - stuur: 301
    inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $t1, Ingangsdatum: $begin-1d, Einddatum: $begin+300d}]}}
"""


@dataclass
class Opstelling:
    """Two parties at a node."""

    url: str
    spelers: Mapping[str, Speler]
    map_: Path
    gemeld: list[str] = field(default_factory=list)

    def doel(self) -> Doel:
        return Doel(self.url, self.spelers, vers=frozenset(self.spelers))

    def gegeven(self) -> Gegeven:
        return Gegeven(self.url, self.spelers)

    def script(self, rol: str, regels: str) -> Script:
        """A script with these rules."""
        pad = self.map_ / f"{rol}.yaml"
        pad.write_text(f"tegenpartij: proef\nrol: {rol}\nregels:\n{regels}", encoding="utf-8")
        return lees_script(pad)

    def stuur(self, stappen: str = TOEWIJZEN, wet: Domein = Domein.IWMO, zaad: int = 7, **opties: Any) -> Verloop:
        """Play these steps as a flow between the two."""
        pad = self.map_ / "proef.flow.yaml"
        pad.write_text(KOP + stappen, encoding="utf-8")
        spelen = [(lees(pad), wet)]
        [verloop] = speel_samen(spelen, self.gegeven(), SCHEMAS, Opties(doorgaan=True, **opties), vanaf=zaad)
        assert not verloop.fout, verloop.fout
        return verloop

    @contextmanager
    def tegenpartij(self, script: Script, **anders: Any) -> Iterator[Tegenpartij]:
        """Plays the script, when it is told to look."""
        with self.doel() as doel:
            yield Tegenpartij(script, doel, SCHEMAS, self.gemeld.append, anders.pop("tikt", time.monotonic), **anders)

    def laat_antwoorden(self, script: Script, **anders: Any) -> None:
        """Answer until there is nothing to do any more."""
        with self.tegenpartij(script, **anders) as tegenpartij:
            draai(tegenpartij, time.sleep, self.gemeld.append, eenmaal=True, elke=0.01)

    @contextmanager
    def draait(self, script: Script, **anders: Any) -> Iterator[None]:
        """Somebody else's software, on a thread, until the block ends."""
        klaar = threading.Event()
        fouten: list[BaseException] = []

        def loop() -> None:
            try:
                with self.tegenpartij(script, **anders) as tegenpartij:
                    while not klaar.is_set():
                        tegenpartij.ronde()
                        klaar.wait(0.02)
            except BaseException as fout:
                fouten.append(fout)

        draad = threading.Thread(target=loop, name="tegenpartij")
        draad.start()
        try:
            yield
        finally:
            klaar.set()
            draad.join()
        assert not fouten, fouten

    def zet_klok(self, moment: datetime) -> None:
        with self.doel() as doel:
            proefklok.zet(doel.klant("gemeente", moment), moment)

    def wis_klok(self) -> None:
        with self.doel() as doel:
            proefklok.wis(doel.klant("gemeente", BEGIN))

    def postvak(self, naam: str) -> list[dict[str, Any]]:
        """Everything that lies there."""
        with self.doel() as doel:
            items: list[dict[str, Any]] = doel.klant(naam, BEGIN).get("/v1/postvak/berichten").json()["items"]
        return items

    def soorten(self, naam: str) -> list[str]:
        return [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"][-3:] for item in self.postvak(naam)]

    def bytes_van(self, naam: str) -> list[bytes]:
        """The bytes of all that lies there."""
        with self.doel() as doel:
            klant = doel.klant(naam, BEGIN)
            return [klant.get(item["basisgegevens"]["payload"]["url"]).content for item in self.postvak(naam)]

    def standen(self, op: datetime = datetime(2026, 7, 1)) -> list[tuple[str, ...]]:
        """Every toewijzing, verzoek and declaratie as it stands, without numbers that differ from run to run."""
        with self.doel() as doel:
            klant = doel.klant("gemeente", op)
            items = klant.get("/v1/toewijzingen").json()["items"]
            verzoeken = klant.get("/v1/verzoeken").json()["items"]
            declaraties = klant.get("/v1/declaraties").json()["items"]
        return sorted(
            [(i["ingangsdatum"], str(i["einddatum"]), i["toestand"], i["levering"], str(i["verzoek"])) for i in items]
            + [(v["soort"], v["toestand"]) for v in verzoeken]
            + [(d["periode"]["begin"], str(d["ingediend"]), str(d["toegekend"]), d["toestand"]) for d in declaraties]
        )


def opstelling(eigen: Eigen, map_: Path, zelf: str = "") -> Opstelling:
    """Fresh parties at this node; ``zelf`` names those that judge for themselves."""
    deelnemers = {
        str(rol): Deelnemer(rol=rol, beoordeling="partij" if rol in zelf else "knooppunt") for rol in Ketenrol
    }
    flow = Flow(flow="proef", klok=BEGIN, partijen=deelnemers, stappen=(Stap(wacht="+0d"),), pad=map_ / "x")
    with eigen.doel(flow, Domein.IWMO) as doel:
        return Opstelling(eigen.base_url, doel.spelers, map_)
