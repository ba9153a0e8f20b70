"""A dossier in one row is the dossier that its gebeurtenissen give."""

from hypothesis import given
from tests.levensloop.test_eigenschappen import GEBEURTENISSEN, verhalen, verzoekverhalen
from tests.levensloop.verhaal import Verhaal

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis
from berichtenverkeer.opslag.dossiers import dossierbeeld


@given(GEBEURTENISSEN)
def test_what_is_written_is_read_back(gebeurtenissen: list[Gebeurtenis]) -> None:
    dossier = Dossier.van(gebeurtenissen)
    assert dossierbeeld.lees(dossierbeeld.schrijf(dossier)) == _zonder_lege(dossier)


@given(verhalen() | verzoekverhalen())
def test_a_story_goes_on_from_it_as_from_the_beginning(verhaal: Verhaal) -> None:
    gevallen = verhaal.gebeurtenissen
    for plek in range(len(gevallen) + 1):
        halverwege = dossierbeeld.lees(dossierbeeld.schrijf(Dossier.van(gevallen[:plek])))
        verder = halverwege.met(gevallen[plek:])
        assert _zonder_lege(verder) == _zonder_lege(verhaal.dossier)
        assert verder.verwijzingen == verhaal.dossier.verwijzingen


def _zonder_lege(dossier: Dossier) -> Dossier:
    """A levering of which everything was taken back is as none."""
    leveringen = {s: levering for s, levering in dossier.leveringen.items() if levering.op_start or levering.op_stop}
    return Dossier(dossier.toewijzingen, leveringen, dossier.verzoeken)
