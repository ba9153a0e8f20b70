"""Between whom a message goes, and whose dossier it is about."""

import pytest
from tests.conformance.gevallen import SCHEMAS, maak_bericht
from tests.oordeel.test_retour import VANDAAG, fout, heenbericht, klassen

from berichtenverkeer.levensloop.dossier import Dossiersleutel
from berichtenverkeer.oordeel.betrokken import betrokken
from berichtenverkeer.oordeel.retour import maak_retour
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol

GEMEENTE, AANBIEDER, BSN = "0855", "99990001", "999900006"
ALLE = pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if not s.is_retour], ids=str)
MET_RETOUR = pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if s.retour], ids=str)


@ALLE
def test_a_message_goes_from_its_sender_to_its_receiver(soort: Berichtsoort) -> None:
    wie = betrokken(maak_bericht(soort.nummer, soort.domein).bericht, soort)
    van, naar = (GEMEENTE, AANBIEDER) if soort.verzender is Ketenrol.GEMEENTE else (AANBIEDER, GEMEENTE)
    assert (wie.verzender, wie.ontvanger, wie.gemeente, wie.aanbieder) == (van, naar, GEMEENTE, AANBIEDER)


@MET_RETOUR
def test_a_retourbericht_goes_the_other_way_between_the_same(soort: Berichtsoort) -> None:
    assert soort.retour is not None
    heen = heenbericht(soort)
    heenweg = betrokken(heen.bericht, soort)
    terug = betrokken(maak_retour(heen, (), "R-1", VANDAAG, SCHEMAS), soort.retour)
    assert (terug.verzender, terug.ontvanger) == (heenweg.ontvanger, heenweg.verzender)
    assert (terug.gemeente, terug.aanbieder) == (GEMEENTE, AANBIEDER)


@ALLE
def test_a_message_about_one_client_has_a_dossier(soort: Berichtsoort) -> None:
    sleutel = betrokken(maak_bericht(soort.nummer, soort.domein).bericht, soort).dossiersleutel(soort)
    met_client = soort.nummer in ("301", "305", "307", "315", "317")
    assert sleutel == (Dossiersleutel(soort.domein, GEMEENTE, AANBIEDER, BSN) if met_client else None)


@MET_RETOUR
def test_a_retourbericht_names_the_client_only_when_a_class_is_at_fault(soort: Berichtsoort) -> None:
    assert soort.retour is not None
    heen = heenbericht(soort)
    deel = next(iter(klassen(heen.bericht, soort).values()))
    bsn = None if soort.nummer == "319" else BSN
    assert betrokken(maak_retour(heen, (), "R-1", VANDAAG, SCHEMAS), soort.retour).bsn is None
    assert betrokken(maak_retour(heen, [fout("TR332", deel)], "R-1", VANDAAG, SCHEMAS), soort.retour).bsn == bsn
