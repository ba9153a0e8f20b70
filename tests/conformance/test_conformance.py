"""Every conformance case, through the pure rooms: read, judge, answer."""

import pytest

from berichtenverkeer.regels.toetsen import bevindingen, toets_bericht
from berichtenverkeer.standaard.berichten.kop import RetourHeader
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.schrijven import serialiseer
from berichtenverkeer.standaard.vorm import plaatsen
from berichtenverkeer.verwerking.oordeel import Uitslag

from .gevallen import SCHEMAS, Bevonden, Geval, gevallen
from .knooppunt import Knooppunt


@pytest.mark.parametrize("geval", [g for g in gevallen() if g.volledig], ids=str)
def test_the_whole_judgement(geval: Geval) -> None:
    knooppunt = Knooppunt(geval.vandaag, geval.contract)
    for eerder in geval.dossier:
        oordeel, _ = knooppunt.verwerk(eerder)
        assert oordeel.uitslag is Uitslag.GOEDGEKEURD, oordeel.bevindingen
    oordeel, retour = knooppunt.verwerk(geval.aangeboden)
    assert sorted(Bevonden(b.regel, b.pad) for b in oordeel.bevindingen) == list(geval.bevindingen)
    assert oordeel.uitslag is (Uitslag.GOEDGEKEURD if geval.goed else Uitslag.AFGEKEURD)
    assert (codes(retour) if retour else None) == geval.retour


@pytest.mark.parametrize("geval", [g for g in gevallen() if not g.volledig], ids=str)
def test_the_judgement_inside_the_message(geval: Geval) -> None:
    soort = geval.aangeboden.soort
    gelezen = lees(serialiseer(geval.aangeboden.bericht, soort), SCHEMAS)
    gevonden = bevindingen(gelezen, toets_bericht(gelezen.bericht, soort))
    assert sorted(Bevonden(b.regel, b.pad) for b in gevonden) == list(geval.bevindingen)
    if geval.retour is not None:
        _, retour = Knooppunt(geval.vandaag).verwerk(geval.aangeboden)
        assert retour is not None
        assert codes(retour) == geval.retour


def codes(retour: Gelezen) -> dict[str, tuple[str, ...]]:
    """The RetourCodes of the Header and of every class in a retourbericht."""
    return {
        pad: deel.RetourCodes
        for pad, deel in plaatsen(retour.bericht, retour.soort)
        if isinstance(deel, (RetourHeader, Berichtklasse))
    }
