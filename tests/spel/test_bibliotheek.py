"""The library of flows: every flow comes out as it says, through every door and on both databases, and together they reach every
retourcode and every message stream."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import controleer_database
from tests.proces import adres
from tests.spel.inrichting import partijenbestand
from tests.spel.knoop import speel, zonder_regel
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.spel.bestand.bibliotheek import bibliotheek
from berichtenverkeer.spel.bestand.flow import EINDE, Deelnemer, Flow, lees
from berichtenverkeer.spel.doelen.doel import Doelgever
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.proefknoop import elders
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties, Verloop
from berichtenverkeer.spel.uitkomst import gouden
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

ALLE = [lees(pad) for pad in sorted(bibliotheek().rglob(f"*{EINDE}"))]
FLOWS = [flow for flow in ALLE if flow.pad.parent.name not in ("belasting", "groot")]

NIET_TE_ZIEN = {
    "9366": "TR366 toetst een 325, en op een 325 bestaat geen retourbericht dat de code kan dragen",
    "9367": "TR367 toetst een 325, en op een 325 bestaat geen retourbericht dat de code kan dragen",
}
"""The codes that no flow expects, with the reason."""

TWEEMAAL = [
    "correctie",
    "herindicatie",
    "hoofdaannemer",
    "levering",
    "output-per-week",
    "tarief-later",
    "tariefwijziging",
    "vow-direct",
    "zonder-vecozo",
]
"""What is played twice with parties that were given: of every set of parties, and with what others leave on them."""

STROMEN = [
    *(f"{verzoek}-{afloop}" for verzoek in ("vot", "vow") for afloop in ("direct", "na-onderzoek", "afgewezen")),
    "vot-afgewezen-na-onderzoek",
    "vow-afgewezen-na-onderzoek",
    "start-stop",
    "start-tijdelijke-stop",
    "tijdelijke-naar-definitieve-stop",
    "herstart",
    "start-verwijderen",
    "start-corrigeren",
    "stop-verwijderen",
    "stop-corrigeren",
]
"""The message streams that both laws know (levenscyclus B and C)."""

STUK = {
    "CS335": "verboden-wijziging",  # inside the message
    "TR018": "geweigerd-stop",
    "TR056": "kop",  # against history
    "TR074": "dubbel",
    "TR382": "verloren",
    "TR332": "toewijzingnummer",  # over dossiers
    "TR349": "geweigerd-verzoek-om-wijziging",  # requests
    "TR374": "geweigerd-tweede-verzoek",
    "TR379": "geweigerd-antwoord-na-toewijzing",
    "TR321": "jaar",  # declarations
    "TR333": "declaratie-volgorde",
    "TR385": "intrekken-na-declaratie",
    "TR418": "tariefwijziging",  # contract
    "TR381": "productcode",
}
"""Rules of every kind, and a flow that must notice it when the service does not look at one."""


def _codes(flow: Flow) -> set[str]:
    """What a retourbericht or 325 says somewhere in this flow."""
    return {code for stap in flow.stappen for codes in (stap.verwacht.retour or {}).values() for code in codes}


def _om_en_om(flows: Sequence[Flow], vanaf: int) -> list[tuple[Flow, Domein]]:
    """Every flow once, by turns under the one law and the other."""
    return [(flow, flow.wetten[(nummer + vanaf) % len(flow.wetten)]) for nummer, flow in enumerate(flows)]


def _eis_geslaagd(spelen: Sequence[tuple[Flow, Domein]], bij: Doelgever, opties: Opties) -> list[Verloop]:
    verlopen = speel_samen(spelen, bij, SCHEMAS, opties, parallel=3)
    assert len(verlopen) == len(spelen)
    assert {v.naam: (v.fout or v.overgeslagen, v.verschillen) for v in verlopen if v.uitkomst != "geslaagd"} == {}
    return verlopen


@pytest.fixture(scope="module")
def op_postgresql(postgresql: MaakDatabase) -> Iterator[tuple[str, str]]:
    """A server process in proefmodus on PostgreSQL: its address and its database."""
    url = postgresql()
    engine = maak_engine(url)
    maak_gereed(engine)
    engine.dispose()
    with adres(url) as hier:
        hier.start()
        yield hier.url, url


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.flow)
def test_a_flow_of_the_library_comes_out_as_it_says(eigen: Eigen, flow: Flow) -> None:
    verlopen = _eis_geslaagd([(flow, wet) for wet in flow.wetten], eigen, Opties())
    assert [gouden.verschil(verloop) for verloop in verlopen] == [""] * len(verlopen)


@pytest.mark.parametrize("klok", [datetime(2027, 12, 31, 23, 30)], ids=str)
def test_through_the_doors_of_the_chain_at_a_server_process_on_postgresql_on_any_day(
    op_postgresql: tuple[str, str], klok: datetime
) -> None:
    """A gemeente by StUF, an aanbieder by VSP; only what is bound to its calendar keeps its day. By the other door, in this process, on
    SQLite and on its own day each flow was played above."""
    spelen = _om_en_om(FLOWS, 0)
    with elders(*op_postgresql) as bij:
        _eis_geslaagd([s for s in spelen if not s[0].klok_vast], bij, Opties(door="keten", klok=klok, zuinig=True))
        _eis_geslaagd([s for s in spelen if s[0].klok_vast], bij, Opties(door="keten", zuinig=True))


@pytest.mark.parametrize("door", ["berichten", "vsp", "stuf", "keten"])
def test_another_run_at_the_same_server_takes_parties_that_are_free(op_postgresql: tuple[str, str], door: str) -> None:
    """What earlier tests registered there is in its way no more than what others did."""
    with elders(*op_postgresql) as bij:
        _eis_geslaagd(_om_en_om(FLOWS, 0)[:: len(FLOWS) // 7], bij, Opties(door=door))


def test_parties_that_are_given_can_play_it_again(op_postgresql: tuple[str, str], tmp_path: Path) -> None:
    url, database_url = op_postgresql
    flows = [flow for flow in FLOWS if flow.flow in TWEEMAAL]
    assert len(flows) == len(TWEEMAAL)
    partijen = partijenbestand(flows, database_url, tmp_path, per_naam=8)
    for door in ("berichten", "keten"):
        opdracht = ["replay", *(str(flow.pad) for flow in flows), "--domein", "iwmo", "--base-url", url]
        uit = CliRunner().invoke(app, [*opdracht, "--partijen", str(partijen), "--parallel", "3", "--door", door])
        assert (uit.exit_code, f"{len(flows)} geslaagd." in uit.output) == (0, True), uit.output


def test_what_they_left_can_be_told_and_rebuilt(eigen: Eigen, op_postgresql: tuple[str, str]) -> None:
    """By now all of them were played, on SQLite under both laws and on PostgreSQL under one. What is done with inzetten takes numbers too, so those of messages have gaps."""
    with elders(*op_postgresql) as bij:
        for speelveld in (eigen, bij):
            controleer_database(speelveld.engine, gaten=True)
            assert herbouw(speelveld.engine, SCHEMAS).afwijkend == 0


@pytest.mark.parametrize(("regel", "naam"), STUK.items())
def test_a_service_without_a_rule_is_caught_and_the_rule_named(eigen: Eigen, regel: str, naam: str) -> None:
    [flow] = [flow for flow in FLOWS if flow.flow == naam]
    with zonder_regel(regel):
        verloop = speel(eigen, flow.pad)
    assert verloop.uitkomst == "verschil", verloop.fout
    genoemd = [verschil for _, verschil in verloop.verschillen if regel in verschil.regels]
    assert any(f"{regel}: " in verschil.uitleg for verschil in genoemd), verloop.verschillen


def test_a_party_of_one_name_asks_the_same_in_every_flow() -> None:
    """So that one file of parties can play them all."""
    gevraagd: dict[str, Deelnemer] = {}
    for flow in ALLE:
        for naam, deelnemer in flow.partijen.items():
            assert deelnemer.code is None
            assert gevraagd.setdefault(naam, deelnemer) == deelnemer, (flow.flow, naam)


def test_every_retourcode_is_reached_or_cannot_be() -> None:
    gezien = set().union(*map(_codes, FLOWS))
    assert gezien | NIET_TE_ZIEN.keys() == codelijst("WJ001", Domein.IWMO).codes.keys()
    assert codelijst("WJ001", Domein.IWMO).codes.keys() == codelijst("WJ001", Domein.IJW).codes.keys()
    assert not gezien & NIET_TE_ZIEN.keys()


def test_every_message_stream_of_the_standard_has_its_flow() -> None:
    """One of the seventeen is for iJw only: the woonplaatsbeginsel."""
    wetten = {flow.flow: flow.wetten for flow in FLOWS if flow.pad.parent.name == "stromen"}
    assert wetten == {naam: tuple(Domein) for naam in STROMEN} | {"vot-woonplaatsbeginsel": (Domein.IJW,)}


def test_every_kind_of_message_is_sent_and_every_answer_given_by_a_party() -> None:
    gestuurd = {stap.stuur for flow in FLOWS for stap in flow.stappen if stap.stuur and not stap.is_bestand}
    geantwoord = {stap.antwoord for flow in FLOWS for stap in flow.stappen if stap.antwoord}
    assert gestuurd == {"301", "305", "307", "315", "317", "319", "323"}
    assert geantwoord == {"302", "306", "308", "316", "318", "320", "325"}


def test_a_flow_has_the_name_of_its_file_and_no_other_has_it() -> None:
    namen = [flow.flow for flow in ALLE]
    assert namen == [flow.pad.name.removesuffix(EINDE) for flow in ALLE]
    assert len(set(namen)) == len(namen)
    assert all(flow.omschrijving for flow in ALLE)
    assert all(flow.herkomst for flow in ALLE), [flow.flow for flow in ALLE if not flow.herkomst]
