"""Composing a flow in a test, and offering what comes of it to a node in memory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.conformance.gevallen import SCHEMAS, Aangeboden
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.spel.bestand.flow import Flow, Stap, lees
from berichtenverkeer.spel.schrijven.opstellen import Opgesteld, Schrijver
from berichtenverkeer.spel.schrijven.waarden import Nummers, Omgeving
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees as lees_bericht

CODES = {"gemeente": "0855", "aanbieder": "99990001"}

KOP = """\
flow: proef
klok: 2026-03-02T09:00:00
partijen:
  gemeente: {rol: gemeente}
  aanbieder: {rol: aanbieder}
stappen:
"""


def flow_van(tmp_path: Path, stappen: str, kop: str = KOP) -> Flow:
    """The flow with these steps."""
    pad = tmp_path / "proef.flow.yaml"
    pad.write_text(kop + stappen, encoding="utf-8")
    return lees(pad)


def schrijver_van(flow: Flow, wet: Domein = Domein.IWMO, zaad: int = 7) -> Schrijver:
    """Who composes it."""
    omgeving = Omgeving(Nummers(zaad), flow.klok, wet, flow.variabelen, Kalender())
    return Schrijver(flow, wet, omgeving, CODES, SCHEMAS)


def opgesteld(schrijver: Schrijver) -> Iterator[tuple[Stap, Opgesteld]]:
    """Every message of the flow."""
    for stap in schrijver.flow.stappen:
        schrijver.moment_van(stap)
        if stap.wacht is None:
            yield stap, schrijver.stel_op(stap)


def bevonden(schrijver: Schrijver) -> list[list[str]]:
    """Of every message the rules that find it at fault."""
    knooppunt = Knooppunt(date.min, Contract())
    uit = []
    for _, bericht in opgesteld(schrijver):
        knooppunt.vandaag = bericht.moment.date()
        gelezen = lees_bericht(bericht.data, SCHEMAS)
        oordeel, _ = knooppunt.verwerk(Aangeboden(gelezen.soort, gelezen.bericht))
        uit.append(sorted(bevinding.regel for bevinding in oordeel.bevindingen))
    return uit
