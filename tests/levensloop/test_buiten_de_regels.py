"""The timeline when receivers judged for themselves: whatever they approved is told, and what no row has is said to be so."""

from datetime import timedelta

import pytest
from hypothesis import given

from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis
from berichtenverkeer.levensloop.overgangen import (
    BUITEN_DE_REGELS,
    LEVERING,
    Leveringstoestand,
    OnmogelijkeOvergang,
    Verzoektoestand,
    overgang,
)
from berichtenverkeer.levensloop.tijdlijn import tijdlijn
from berichtenverkeer.standaard.berichten.antwoord import Antwoord319
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.stop import StopProduct
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct

from .test_eigenschappen import BEGIN, GEBEURTENISSEN, gebeurtenis
from .verhaal import NUMMER, aanvraag, afwijzing, start, stop, toewijzing

VANDAAG = BEGIN + timedelta(days=60)

_TOEWIJZING = ToegewezenProduct.model_validate(toewijzing())
_START = StartProduct.model_validate(start("2026-02-02"))
_STOP = StopProduct.model_validate(stop("2026-02-02", "2026-02-09"))


def _reeks(
    *feiten: ToegewezenProduct | StartProduct | StopProduct | AangevraagdProduct | Antwoord319,
) -> list[Gebeurtenis]:
    return [gebeurtenis(feit, nummer) for nummer, feit in enumerate(feiten)]


@given(GEBEURTENISSEN)
def test_whatever_was_approved_can_be_told(gebeurtenissen: list[Gebeurtenis]) -> None:
    punten = tijdlijn(NUMMER, gebeurtenissen, VANDAAG, streng=False)
    eigen = [g for g in gebeurtenissen if getattr(g.feit, "ToewijzingNummer", None) == NUMMER]
    leveringen = [g for g in eigen if isinstance(g.feit, (StartProduct, StopProduct))]
    assert len([p for p in punten if isinstance(p.naar, Leveringstoestand)]) == len(leveringen)
    assert all((punt.toelichting == BUITEN_DE_REGELS) <= (punt.regels == ()) for punt in punten)


@given(GEBEURTENISSEN)
def test_what_has_a_row_is_told_the_same_either_way(gebeurtenissen: list[Gebeurtenis]) -> None:
    los = tijdlijn(NUMMER, gebeurtenissen, VANDAAG, streng=False)
    if any(punt.toelichting == BUITEN_DE_REGELS for punt in los):
        with pytest.raises(OnmogelijkeOvergang):
            tijdlijn(NUMMER, gebeurtenissen, VANDAAG)
    else:
        assert tijdlijn(NUMMER, gebeurtenissen, VANDAAG) == los


@pytest.mark.parametrize(
    ("feiten", "naam", "van", "naar"),
    [
        ((_START, StartProduct.model_validate(start("2026-02-05"))), "herstart", "gestart", "gestart"),
        ((_STOP,), "definitieve stop", "niet_gestart", "niet_gestart"),
        ((_START, _STOP, _STOP), "definitieve stop", "definitief_gestopt", "definitief_gestopt"),
        ((StartProduct.model_validate(start("2026-02-05", status="3")),), "start verwijderd", "niet_gestart", "niet_gestart"),
    ],
    ids=["a second start", "a stop without a start", "a second stop", "nothing to take back"],
)  # fmt: skip
def test_what_no_row_has_keeps_its_name(
    feiten: tuple[StartProduct | StopProduct, ...], naam: str, van: str, naar: str
) -> None:
    gebeurtenissen = _reeks(_TOEWIJZING, *feiten)
    with pytest.raises(OnmogelijkeOvergang, match=naam):
        tijdlijn(NUMMER, gebeurtenissen, VANDAAG)
    punt = tijdlijn(NUMMER, gebeurtenissen, VANDAAG, streng=False)[-1]
    assert (punt.gebeurtenis, punt.van, punt.naar) == (naam, van, naar)
    assert (punt.regels, punt.toelichting) == ((), BUITEN_DE_REGELS)


def test_an_answer_to_a_request_that_was_settled_is_told() -> None:
    vraag = AangevraagdProduct.model_validate(aanvraag("VOT-1"))
    honorering = ToegewezenProduct.model_validate(toewijzing(referentie="VOT-1"))
    nee = Antwoord319.model_validate(afwijzing("VOT-1"))
    punten = tijdlijn(NUMMER, _reeks(vraag, honorering, nee), VANDAAG, streng=False)
    assert punten[-1].gebeurtenis == "verzoek afgewezen"
    assert (punten[-1].van, punten[-1].naar) == (Verzoektoestand.GEHONOREERD, Verzoektoestand.GEHONOREERD)
    assert punten[-1].toelichting == BUITEN_DE_REGELS


def test_a_row_is_used_when_there_is_one() -> None:
    niet, gestart = Leveringstoestand.NIET_GESTART, Leveringstoestand.GESTART
    assert overgang(LEVERING, "start", niet, gestart, streng=False) in LEVERING
    assert overgang(LEVERING, "start", gestart, niet, streng=False).toelichting == BUITEN_DE_REGELS
