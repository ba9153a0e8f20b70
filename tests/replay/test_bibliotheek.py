"""The library of flows: every flow comes out as it says, on another day too, and together they reach every retourcode."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conformance.stroomverhalen import STROMEN

from berichtenverkeer.replay.doel import Eigen
from berichtenverkeer.replay.flow import EINDE, Flow, lees
from berichtenverkeer.replay.samen import speel_samen
from berichtenverkeer.replay.spelen import Opties
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

BIBLIOTHEEK = Path(__file__).parents[2] / "fixtures" / "flows"
FLOWS = [lees(pad) for pad in sorted(BIBLIOTHEEK.rglob(f"*{EINDE}"))]

NIET_TE_ZIEN = {
    "9366": "TR366 toetst een 325, en op een 325 bestaat geen retourbericht dat de code kan dragen",
    "9367": "TR367 toetst een 325, en op een 325 bestaat geen retourbericht dat de code kan dragen",
}
"""The codes that no flow expects, with the reason."""


def _codes(flow: Flow) -> set[str]:
    """What a retourbericht or 325 says somewhere in this flow."""
    return {code for stap in flow.stappen for codes in (stap.verwacht.retour or {}).values() for code in codes}


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.flow)
def test_a_flow_of_the_library_comes_out_as_it_says(eigen: Eigen, flow: Flow) -> None:
    verlopen = speel_samen([(flow, wet) for wet in flow.wetten], eigen, SCHEMAS, Opties())
    assert [v.uitkomst for v in verlopen] == ["geslaagd"] * len(flow.wetten), [
        (v.fout, v.verschillen) for v in verlopen
    ]


@pytest.mark.parametrize("klok", [datetime(2027, 12, 31, 23, 30)], ids=str)
def test_a_flow_that_is_not_bound_to_its_calendar_runs_on_any_day(eigen: Eigen, klok: datetime) -> None:
    vrij = [(flow, flow.wetten[0]) for flow in FLOWS if not flow.klok_vast]
    verlopen = speel_samen(vrij, eigen, SCHEMAS, Opties(klok=klok), parallel=2)
    assert {v.naam: (v.fout, v.verschillen) for v in verlopen if v.uitkomst != "geslaagd"} == {}


def test_every_retourcode_is_reached_or_cannot_be() -> None:
    gezien = set().union(*map(_codes, FLOWS))
    assert gezien | NIET_TE_ZIEN.keys() == codelijst("WJ001", Domein.IWMO).codes.keys()
    assert not gezien & NIET_TE_ZIEN.keys()


def test_every_message_stream_of_the_standard_has_its_flow() -> None:
    wetten = {flow.flow: flow.wetten for flow in FLOWS}
    assert {naam: wetten.get(naam) for naam, _, _ in STROMEN} == {naam: wet for naam, _, wet in STROMEN}


def test_a_flow_has_the_name_of_its_file_and_no_other_has_it() -> None:
    namen = [flow.flow for flow in FLOWS]
    assert namen == [flow.pad.name.removesuffix(EINDE) for flow in FLOWS]
    assert len(set(namen)) == len(namen)
    assert all(flow.omschrijving for flow in FLOWS)
