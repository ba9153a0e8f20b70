"""What the lines in the log add to a message: the two that each gives, written to nowhere, beside taking it in. Processor time, in turn."""

import os
import time
from pathlib import Path
from typing import IO

import structlog

from berichtenverkeer import trace
from berichtenverkeer.instellingen import Logformaat
from berichtenverkeer.logregels import stel_in

from .loginname import AANLOOP, Node, groepen_van
from .mix import bsns, gang
from .server import Database

_GROEPEN = 160


def meet_logregels(database: Database) -> dict[str, float]:
    """Milliseconds of a message that is taken in by itself, of its two lines in each form, and how many times one with lines is one without."""
    node = Node(database(), log=True)
    tijden: dict[Logformaat, float] = {"tekst": 0.0, "json": 0.0}
    aantal = 0
    try:
        with Path(os.devnull).open("w") as nergens:
            clienten = zip(range(_GROEPEN), bsns(), strict=False)
            for ronde, leden in enumerate(groepen_van([gang(nummer, bsn) for nummer, bsn in clienten], 1)):
                telt = ronde >= AANLOOP * 3
                node.neem(leden, telt=telt)
                for formaat in tijden:
                    duurde = _regels(formaat, nergens)
                    tijden[formaat] += duurde if telt else 0
                aantal += telt
    finally:
        node.engine.dispose()
    bericht = node.ms()
    uit = {"bericht_ms": bericht}
    for formaat, som in tijden.items():
        ms = som / aantal * 1000
        uit |= {f"{formaat}_ms": ms, f"{formaat}: met/zonder": (bericht + ms) / bericht}
    return uit


def _regels(formaat: Logformaat, naar: IO[str]) -> float:
    """The seconds that both take, as a node writes them."""
    structlog.reset_defaults()
    stel_in(formaat, "info", lambda regel: print(regel, file=naar, flush=True))
    log = structlog.get_logger()
    stap = trace.begin()
    log.info("vooraf")  # the first builds what the others use
    begin = time.process_time()
    log.info(
        "bericht opgenomen", bericht="0f6b9c5e-6f0c-4b43-9f0e-1f7f0f0d3c11", berichtsoort="WMO301", oordeel="goedgekeurd", nieuw=True,
        afzender="0344", ontvanger="73730042", bevindingen=0, groep=1, ms=9.8, trace=stap.id, span=stap.span,
    )  # fmt: skip
    log.info(
        "verzoek", methode="POST", route="/v1/berichten", status=202, ms=11.3, partij="0344", trace=stap.id, span=stap.span,
    )  # fmt: skip
    return time.process_time() - begin
