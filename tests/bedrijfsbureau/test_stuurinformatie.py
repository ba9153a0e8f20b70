"""The figures of a hoofdaannemer and of a partner: occupancy, mix, margin, and the clients of each partner."""

from datetime import datetime
from typing import Any

import pytest

from berichtenverkeer.bedrijfsbureau.bezetting import bezetting
from berichtenverkeer.bedrijfsbureau.maandstaten import stel_vast
from berichtenverkeer.hoofdaannemer.bezetting import Kwartaal
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.partijen.partij import Partij, Partijrol
from berichtenverkeer.rapportage.antwoord import BEGIN, antwoord, onderliggend
from berichtenverkeer.rapportage.vraag import NietVoorRol, Vraag

from .conftest import P, Q, Wereld, dag

APRIL = datetime(2026, 4, 2, 9, tzinfo=NEDERLAND)


def _groepen(
    wereld: Wereld, code: str, per: str = "", *, partij: Partij | None = None, tot: str = "2026-03-31"
) -> dict[tuple[str | None, ...], dict[str, Any]]:
    """The groups of a figure over the first quarter by their values; their rows make them up."""
    wie = partij or Partij(wereld.bureau.code, Partijrol.HOOFDAANNEMER, "H")
    namen = per.split(",") if per else []
    vraag = Vraag.maak(wie.rol, dag("2026-01-01"), dag(tot), [code], namen, toon_klein=True)
    [kpi] = antwoord(wereld.bureau.engine, Kalender(), wie, vraag, APRIL.date()).kpis
    rijen = onderliggend(wereld.bureau.engine, Kalender(), wie, vraag, BEGIN, 1000).items
    for groep in kpi["groepen"]:
        eigen = [rij for rij in rijen if rij["groep"] == groep["groep"]]
        assert len(eigen) == groep["aantal"]
        if kpi["eenheid"] == "eurocent":
            assert sum(rij["waarde"] for rij in eigen) == groep["waarde"]
    return {tuple(groep["groep"].values()): groep for groep in kpi["groepen"]}


def test_occupancy_is_that_of_the_back_office(wereld: Wereld) -> None:
    een, ander = wereld.toegewezen(), wereld.toegewezen()
    wereld.bied_aan(een.start(), ander.start(), ander.stop(Einddatum="2026-02-28"))
    wereld.plaats(een)
    wereld.plaats(ander, partner=Q)
    gemeente = wereld.dossier.gemeente
    wereld.laad(
        "plekken",
        f"gemeente;segment;partner;aantal;van;tot\n{gemeente};begeleiding;;4;2026-01-01;\n{gemeente};begeleiding;{P};1;2026-01-01;\n",
    )
    for per in ("gemeente,segment", "gemeente,segment,partner"):
        uit = _groepen(wereld, "BEZETTING", per)
        rijen, _ = bezetting(wereld.bureau, Kwartaal(2026, 1), APRIL.date(), per.split(","))
        assert len(uit) == len(rijen)
        for rij in rijen:
            sleutel = (rij.groep.gemeente, rij.groep.segment, rij.groep.partner)[: per.count(",") + 1]
            graad = rij.cijfers.graad
            assert uit[sleutel]["waarde"] == (float(graad) if graad is not None else None)
            assert uit[sleutel]["teller"] == rij.cijfers.clientdagen
    partner = Partij(P, Partijrol.ONDERAANNEMER, "Dekker")
    [eigen] = _groepen(wereld, "BEZETTING", "partner", partij=partner).items()
    assert eigen[0] == (P,)


def test_the_mix_and_whose_clients_they_are(wereld: Wereld) -> None:
    wie = [wereld.toegewezen() for _ in range(3)]
    for client, klasse, partner in zip(wie, ("licht", "licht", "midden"), (P, Q, Q), strict=True):
        wereld.plaats(client, klasse=klasse, partner=partner)
        wereld.bied_aan(client.start())
    uit = _groepen(wereld, "MIX")
    assert {groep: (velden["teller"], velden["noemer"], velden["plan"]) for groep, velden in uit.items()} == {
        ("begeleiding", "licht"): (2, 3, 0.3),
        ("begeleiding", "midden"): (1, 3, 0.4),
    }
    assert {g: v["waarde"] for g, v in _groepen(wereld, "INSTROOM", "segment,partner").items()} == {
        ("begeleiding", P): 1,
        ("begeleiding", Q): 2,
    }
    dekker = Partij(P, Partijrol.ONDERAANNEMER, "Dekker")
    assert {g: v["aantal"] for g, v in _groepen(wereld, "MIX", partij=dekker).items()} == {("begeleiding", "licht"): 1}
    with pytest.raises(NietVoorRol):
        _groepen(wereld, "MARGE", partij=dekker)


def test_a_margin_has_the_costs_of_fixed_months_less_the_bijdrage(wereld: Wereld) -> None:
    wereld.plaats(wereld.toegewezen())
    assert (niets := _groepen(wereld, "MARGE")[()])["aantal"] == niets["waarde"] == 0
    stel_vast(wereld.bureau, Maand(2026, 2), P, wereld.bureau.code, APRIL)
    uit = _groepen(wereld, "MARGE", "segment,maand")
    assert {groep: velden["waarde"] for groep, velden in uit.items()} == {("begeleiding", "2026-02"): -36300 + 5445}
    assert _groepen(wereld, "MARGE", tot="2026-01-31")[()]["waarde"] == 0


def test_without_a_lumpsum_there_is_no_share_and_with_one_no_signaal_over_nothing(wereld: Wereld) -> None:
    assert _groepen(wereld, "BESTEDINGSRUIMTE")[()]["waarde"] is None
    wereld.laad("lumpsum", f"gemeente;segment;jaar;euro\n{wereld.dossier.gemeente};begeleiding;2026;1200,00\n")
    [velden] = _groepen(wereld, "BESTEDINGSRUIMTE", "gemeente,segment").values()
    assert (velden["waarde"], velden["noemer"], velden["signaal"]) == (0.0, 120000, False)
