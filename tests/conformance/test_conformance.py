"""Every conformance case, through the pure rooms: read, judge, answer."""

import pytest

from berichtenverkeer.regels.toetsen import bevindingen, toets_bericht
from berichtenverkeer.standaard.berichten.onderdeel import Onderdeel
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.standaard.vorm import plaatsen
from berichtenverkeer.verwerking.oordeel import Uitslag

from .gevallen import SCHEMAS, Bevonden, Geval, gevallen
from .knooppunt import Knooppunt


@pytest.mark.parametrize("geval", gevallen(), ids=str)
def test_case(geval: Geval) -> None:
    if not geval.volledig:
        soort = geval.aangeboden.soort
        gelezen = lees(schrijf(geval.aangeboden.bericht, soort, SCHEMAS), SCHEMAS)
        gevonden = bevindingen(gelezen, toets_bericht(gelezen.bericht, soort))
        assert sorted(Bevonden(b.regel, b.pad) for b in gevonden) == list(geval.bevindingen)
        if geval.goed:
            return
    knooppunt = Knooppunt(geval.vandaag, geval.variant)
    for eerder in geval.dossier:
        oordeel, _ = knooppunt.verwerk(eerder)
        assert oordeel.uitslag is Uitslag.GOEDGEKEURD, oordeel.bevindingen
    oordeel, retour = knooppunt.verwerk(geval.aangeboden)
    assert sorted(Bevonden(b.regel, b.pad) for b in oordeel.bevindingen) == list(geval.bevindingen)
    assert oordeel.uitslag is (Uitslag.GOEDGEKEURD if geval.goed else Uitslag.AFGEKEURD)
    if geval.retour is not None:
        assert retour is not None
        assert _codes(retour) == geval.retour


def _codes(retour: Gelezen) -> dict[str, tuple[str, ...]]:
    return {
        pad: tuple(sorted(deel.RetourCodes))
        for pad, deel in plaatsen(retour.bericht, retour.soort)
        if isinstance(deel, Onderdeel) and hasattr(deel, "RetourCodes")
    }
