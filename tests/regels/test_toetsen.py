"""Running the rules: each on the messages and the law it is for."""

from collections import Counter
from datetime import date
from functools import partial

import pytest
from tests.conformance.gevallen import SCHEMAS, maak_bericht
from tests.werk import uitgevoerd

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.levering import toewijzingssleutel
from berichtenverkeer.regels.bevinding import MEER, Niveau
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import Treffer, alle_bevindingen, bevindingen, fouten, toets_bericht, toets_kennis
from berichtenverkeer.standaard.berichten.start import Bericht305
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.fouten import MAX_FOUTEN
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.schrijven import serialiseer

VANDAAG = date(2026, 3, 2)
TAAKGERICHT = Contract(instellingen={"variant": "taakgericht"})


@pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if not s.is_retour], ids=str)
def test_the_base_message_is_sound(soort: Berichtsoort) -> None:
    assert toets_bericht(maak_bericht(soort.nummer, soort.domein).bericht, soort) == []


@pytest.mark.parametrize(("domein", "regels"), [(Domein.IWMO, ["IV095"]), (Domein.IJW, ["TR377"])])
def test_a_rule_of_one_law_is_not_held_against_the_other(domein: Domein, regels: list[str]) -> None:
    soort, bericht = maak_bericht("319", domein, {"Antwoord/RedenAfwijzingVerzoek": "8"})
    assert [regel.code for regel, _ in toets_bericht(bericht, soort)] == regels


@pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if not s.is_retour], ids=str)
def test_the_header_of_every_message_is_judged(soort: Berichtsoort) -> None:
    bericht = maak_bericht(soort.nummer, soort.domein).bericht
    kennis = Kennis(soort, bericht, date(2026, 3, 1), Dossier(), identificatie_bekend=True)
    codes = {regel.code for regel, fout in toets_kennis(bericht, kennis) if fout.deel is bericht.Header}
    assert codes == {"TR056", "TR135"} | ({"TR337"} if soort.nummer == "325" else set())


@pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if s.retour], ids=str)
def test_no_rule_is_held_against_a_retourbericht(soort: Berichtsoort) -> None:
    assert soort.retour is not None
    wijzigingen = {"Header/Afzender": "9999"} if soort.verzender is Ketenrol.GEMEENTE else {"Header/Ontvanger": "9999"}
    bericht = maak_bericht(soort.nummer, soort.domein, wijzigingen).bericht
    assert toets_bericht(bericht, soort.retour) == []
    assert toets_kennis(bericht, Kennis(soort.retour, bericht, date(2026, 3, 1), Dossier())) == []


def test_many_starts_in_one_message_are_judged_by_work_that_grows_with_their_number() -> None:
    """Under a taakgericht contract nothing outside the message bounds them. A pair on each product, so that the order
    within a levering matters: the second is refused."""
    soort, basis = maak_bericht("305", Domein.IWMO)
    assert isinstance(basis, Bericht305)
    start = basis.Client.StartProducten[0]
    assert start.Product is not None

    def werk(aantal: int) -> int:
        starts = tuple(
            start.model_copy(
                update={
                    "ToewijzingNummer": None,
                    "Product": start.Product.model_copy(update={"Code": str(nummer)}) if start.Product else None,
                    "Begindatum": date(2026, 1, dag),
                }
            )
            for nummer in range(aantal)
            for dag in (1, 2)
        )
        bericht = basis.model_copy(update={"Client": basis.Client.model_copy(update={"StartProducten": starts})})
        treffers: list[Treffer] = []
        kennis = Kennis(soort, bericht, VANDAAG, Dossier(), contract=TAAKGERICHT)
        gedaan = uitgevoerd(lambda: treffers.extend(toets_kennis(bericht, kennis)))
        assert [regel.code for regel, _ in fouten(treffers)] == ["TR326"] * aantal
        assert Counter(regel.code for regel, _ in treffers)["OP271"] == 2 * aantal
        assert len({toewijzingssleutel(s) for s in starts}) == aantal
        return gedaan

    werk(10)
    assert werk(1000) < 12 * werk(100)


def _fout(aantal: int) -> tuple[Gelezen, list[Treffer]]:
    """A 305 with the same start so many times, and what the rules inside it find."""
    soort, basis = maak_bericht("305", Domein.IWMO)
    assert isinstance(basis, Bericht305)
    start = basis.Client.StartProducten[0]
    client = basis.Client.model_copy(update={"StartProducten": (start,) * aantal})
    gelezen = lees(serialiseer(basis.model_copy(update={"Client": client}), soort), SCHEMAS)
    treffers = toets_bericht(gelezen.bericht, soort)
    assert len(treffers) == aantal - 1  # each a repetition of the first
    return gelezen, treffers


def test_findings_are_counted_in_full_and_told_to_a_bound() -> None:
    gelezen, treffers = _fout(3 * MAX_FOUTEN)
    gevonden = bevindingen(gelezen, treffers)
    alle = alle_bevindingen(gelezen, treffers)
    assert len(alle) == len(treffers)
    assert gevonden[:-1] == alle[:MAX_FOUTEN]
    assert (gevonden[-1].regel, gevonden[-1].niveau, gevonden[-1].retourcode) == (MEER, Niveau.BERICHT, None)
    assert gevonden[-1].melding == f"En nog {len(treffers) - MAX_FOUTEN} fouten; hier staan de eerste {MAX_FOUTEN}."


def test_what_is_not_told_is_not_worked_out() -> None:
    een, ander = (_fout(aantal * MAX_FOUTEN) for aantal in (2, 5))
    vast, meer = (uitgevoerd(partial(bevindingen, *paar)) for paar in (een, ander))
    assert meer - vast < 3 * (len(ander[1]) - len(een[1]))  # to put them by class, and no more
