"""Whatever the XSD lets through is judged and answered, however odd: no rule fails on it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standaard.berichtgenerator import SCHEMAS, documenten

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.oordeel.betrokken import betrokken
from berichtenverkeer.oordeel.retour import maak_retour
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import bevindingen, toets_bericht, toets_kennis
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import schrijf


@pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if not s.is_retour], ids=str)
@settings(max_examples=15)
@given(data=st.data())
def test_any_valid_document_is_judged_and_answered(soort: Berichtsoort, data: st.DataObject) -> None:
    gelezen = lees(data.draw(documenten(soort)), SCHEMAS)
    contract = Contract(instellingen={"variant": data.draw(st.sampled_from(Uitvoeringsvariant))})
    kennis = Kennis(soort, gelezen.bericht, data.draw(st.dates()), Dossier(), contract=contract)
    wie = betrokken(gelezen.bericht, soort)
    for treffers in (toets_bericht(gelezen.bericht, soort), toets_kennis(gelezen.bericht, kennis)):
        for bevinding in bevindingen(gelezen, treffers):
            assert bevinding.pad.startswith("/Bericht/")
            assert bevinding.regelnummer
            assert wie.bsn is None or wie.bsn not in bevinding.melding + bevinding.advies
        if soort.retour is not None:
            schrijf(maak_retour(gelezen, treffers, "R-1", kennis.vandaag, SCHEMAS), soort.retour, SCHEMAS)
