"""The golden timeline of a flow: ``<flow>.<wet>.tijdlijn`` beside it, what there was to see after every step.

It is kept and compared only of a play that came out well and in which all was seen. Fresh numbers stand there under the name of their variable and moments from the begin of the flow, so that two plays give the same text.
"""

import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from ...regels.bevinding import Ernst
from ..deuren.deur import Ontvangst
from ..spelen.verloop import ROEP, StapVerloop, Verloop

_EINDE = ".flow.yaml"


def pad_van(verloop: Verloop) -> Path:
    """Where the timeline of this flow under this law lies."""
    pad = verloop.flow.pad
    return pad.with_name(f"{pad.name.removesuffix(_EINDE)}.{verloop.wet}.tijdlijn")


def tijdlijn(verloop: Verloop) -> str:
    """The timeline as text, that of each step on lines of its own."""
    tekst = "\n".join(regel for stap in verloop.stappen for regel in _stap(stap, verloop)) + "\n"
    namen = {waarde: naam for naam, waarde in verloop.namen.items()}
    if not namen:
        return tekst
    patroon = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(namen, key=len, reverse=True))) + r")(?![\w-])"
    )
    return patroon.sub(lambda gevonden: f"${namen[gevonden[0]]}", tekst)


def verschil(verloop: Verloop) -> str:
    """How the play differs from the timeline that was kept, as a diff; empty when it does not, or is not compared."""
    pad = pad_van(verloop)
    if not _te_bewaren(verloop) or not pad.exists():
        return ""
    oud, nieuw = pad.read_text(encoding="utf-8").splitlines(), tijdlijn(verloop).splitlines()
    return "\n".join(unified_diff(oud, nieuw, f"{pad.name} (bewaard)", "gespeeld", lineterm=""))


def bewaar(verloop: Verloop) -> None:
    """Write the timeline down in place of the old one, when it is one to keep."""
    if _te_bewaren(verloop):
        pad_van(verloop).write_text(tijdlijn(verloop), encoding="utf-8")


def _te_bewaren(verloop: Verloop) -> bool:
    return verloop.alles_gezien and verloop.uitkomst == "geslaagd"


def _stap(stap: StapVerloop, verloop: Verloop) -> Iterator[str]:
    dagen = (stap.moment.date() - verloop.stappen[0].moment.date()).days
    wie = f" {stap.van} → {stap.naar}" if stap.van else ""
    yield f"{stap.nummer}. +{dagen}d {stap.moment:%H:%M} {stap.wat}{wie}"
    if stap.deur == ROEP:
        yield f"     {stap.uitkomst}"
    gezien = stap.gezien
    if gezien is None:
        return
    if gezien.ontvangst is not None:
        yield from _ontvangst(gezien.ontvangst)
    for pad, codes in sorted((gezien.retour or {}).items()):
        yield f"     retour {pad}: {' '.join(codes) or '-'}"
    for partij, soorten in sorted(gezien.postvak.items()):
        if soorten:
            yield f"     postvak {partij}: {' '.join(sorted(soorten))}"
    for wat in ("toewijzingen", "verzoeken"):
        for nummer, bij_partij in getattr(gezien, wat).items():
            for partij, stand in sorted(bij_partij.items()):
                yield f"     {wat} {nummer} bij {partij}: {stand}"
    for nummer, bij_partij in gezien.declaraties.items():
        for partij, stand in sorted(bij_partij.items()):
            bedragen = f"ingediend {stand['ingediend']}, toegekend {stand['toegekend']}"
            yield f"     declaraties {nummer} bij {partij}: {stand['toestand']}, {bedragen}"
            yield from (f"       {prestatie}: {toestand}" for prestatie, toestand in stand["prestaties"].items())
    for partij, lijsten in sorted(gezien.werklijsten.items()):
        for lijst, namen in sorted(lijsten.items()):
            yield f"     werklijst {lijst} van {partij}: {' '.join(namen) or '-'}"


def _ontvangst(ontvangst: Ontvangst) -> Iterator[str]:
    if ontvangst.geweigerd:
        yield f"     geweigerd: {' '.join(sorted(ontvangst.geweigerd))}"
    if ontvangst.oordeel:
        yield f"     oordeel: {ontvangst.oordeel}"
    for bevinding in ontvangst.bevindingen or ():
        yield f"     {'signaal ' * (bevinding['ernst'] == Ernst.SIGNAAL)}{bevinding['regel']} {bevinding['pad']}"
