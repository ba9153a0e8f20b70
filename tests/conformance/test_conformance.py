"""Every conformance case, through the pure rooms: read, judge, answer."""

import pytest

from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.berichten.kop import DeclaratieAntwoordHeader, RetourHeader
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.lezen import Gelezen
from berichtenverkeer.standaard.vorm import plaatsen

from .gevallen import Bevonden, Codes, Geval, gevallen
from .knooppunt import speel as offer


@pytest.mark.parametrize("geval", gevallen(), ids=str)
def test_the_judgement_and_the_answer(geval: Geval) -> None:
    speel(geval)


def speel(geval: Geval) -> None:
    """Offer a case to a node and compare what it finds and answers."""
    oordeel, antwoord = offer(geval)
    assert sorted(Bevonden(b.regel, b.pad) for b in oordeel.bevindingen) == list(geval.bevindingen)
    assert oordeel.uitslag == geval.uitslag
    assert (codes(antwoord) if antwoord else None) == (geval.retour or geval.antwoord)
    if antwoord is not None and geval.antwoord is not None:
        assert toets_bericht(antwoord.bericht, antwoord.soort) == []


def codes(retour: Gelezen) -> Codes:
    """The RetourCodes of the Header and of every class in a retourbericht or 325."""
    return {
        pad: deel.RetourCodes
        for pad, deel in plaatsen(retour.bericht, retour.soort)
        if isinstance(deel, (RetourHeader, DeclaratieAntwoordHeader, Berichtklasse))
    }
