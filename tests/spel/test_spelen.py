"""A flow that is played: through every door, against a broken service, many at once, and at an address."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.spel.knoop import FLOW, met, speel, zonder_regel

from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.deuren import stuf
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.gegeven import Gegeven
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties
from berichtenverkeer.standaard.domein import Domein

DEUREN = ["berichten", "vsp", "stuf"]


@pytest.mark.parametrize("door", DEUREN)
def test_a_flow_comes_out_as_it_says_through_every_door(eigen: Eigen, door: str) -> None:
    verloop = speel(eigen, door=door)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    van_gemeente = "stuf" if door == "stuf" else "berichten"
    van_aanbieder = "vsp" if door == "vsp" else "berichten"
    assert [stap.deur for stap in verloop.stappen] == [van_gemeente] * 2 + [van_aanbieder] * 2


@pytest.mark.parametrize("door", DEUREN)
def test_a_rule_that_is_switched_off_is_caught_and_named(eigen: Eigen, door: str) -> None:
    with zonder_regel("TR326"):
        verloop = speel(eigen, door=door)
    assert verloop.uitkomst == "verschil"
    assert {stap.nummer for stap, _ in verloop.verschillen} == {4}
    [verschil] = [v for _, v in verloop.verschillen if v.wat == "regel TR326"]
    assert verschil.regels == ("TR326",)
    assert "TR326: " in verschil.uitleg
    assert "catalogus" not in verschil.uitleg


@pytest.mark.parametrize("door", DEUREN)
def test_a_refusal_before_judging_has_one_name_at_every_door(eigen: Eigen, tmp_path: Path, door: str) -> None:
    pad = met(tmp_path, "Begindatum: $vandaag}", "Begindatum: $vandaag, StatusAanlevering: '7'}")
    pad.write_text(
        pad.read_text().replace("      toewijzingen: {$t1: lopend gestart}", "      geweigerd: xsd-ongeldig", 1)
    )
    verloop = speel(eigen, pad, door=door)
    assert verloop.stappen[2].uitkomst.startswith("geweigerd")
    assert not verloop.stappen[2].verschillen


@pytest.mark.parametrize(
    ("oud", "nieuw", "wat"),
    [
        ("lopend niet_gestart", "lopend gestart", "toewijzing $t1"),
        ("gemeente: [302]", "gemeente: []", "postvak van gemeente"),
        ("http: 200", "http: 202", "http"),
        ("regels: [TR326]", "regels: []", "regel TR326"),
        ('"9326"', '"9019"', "retour Client/StartProducten/StartProduct[1]"),
        ("start-ontbreekt: []", "start-ontbreekt: [$t1]", "werklijst start-ontbreekt van aanbieder"),
        ("oordeel: afgekeurd", "oordeel: goedgekeurd", "oordeel"),
    ],
)
def test_every_expectation_can_fail(eigen: Eigen, tmp_path: Path, oud: str, nieuw: str, wat: str) -> None:
    verloop = speel(eigen, met(tmp_path, oud, nieuw))
    assert verloop.uitkomst == "verschil", verloop.fout
    assert wat in [verschil.wat for _, verschil in verloop.verschillen]


def test_it_stops_at_the_first_difference_unless_told_to_go_on(eigen: Eigen, tmp_path: Path) -> None:
    pad = met(tmp_path, "lopend niet_gestart", "verlopen")
    assert len(speel(eigen, pad).stappen) == 1
    assert len(speel(eigen, pad, doorgaan=True).stappen) == 4


def test_another_clock_moves_a_flow_and_skips_one_that_is_bound_to_its_calendar(eigen: Eigen, tmp_path: Path) -> None:
    klok = datetime(2026, 5, 4, 9, 0)
    verloop = speel(eigen, klok=klok)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    assert verloop.stappen[0].moment == klok
    vast = met(tmp_path, "partijen:", "klok_vast: true\npartijen:")
    assert speel(eigen, vast, klok=klok).uitkomst == "overgeslagen"
    assert speel(eigen, vast).uitkomst == "geslaagd"


def test_plays_at_once_do_not_disturb_each_other(eigen: Eigen) -> None:
    flow = lees(FLOW)
    verlopen = speel_samen([(flow, wet) for wet in Domein], eigen, SCHEMAS, Opties(), parallel=4, herhaal=4, vanaf=500)
    assert [(v.wet, v.ronde) for v in verlopen] == [(wet, ronde) for ronde in range(1, 5) for wet in Domein]
    assert {v.uitkomst for v in verlopen} == {"geslaagd"}, [(v.fout, v.verschillen) for v in verlopen]
    assert len({v.namen["t1"] for v in verlopen}) == len(verlopen)


def test_parties_that_exist_can_be_used_again_and_again(eigen: Eigen) -> None:
    flow = lees(FLOW)
    with eigen.doel(flow, Domein.IWMO) as doel:
        elders = Gegeven(doel.base_url, doel.spelers)
    for _ in range(2):
        verloop = speel(elders)
        assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)


def test_an_answer_by_stuf_is_found_behind_what_nobody_acknowledged(
    eigen: Eigen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stuf, "_HOOGSTENS", 2)
    with eigen.doel(lees(FLOW), Domein.IWMO) as doel:
        elders = Gegeven(doel.base_url, doel.spelers)
    for door in ("berichten", "berichten", "stuf"):
        verloop = speel(elders, door=door)
        assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)


def test_for_load_a_postvak_is_looked_into_only_where_the_flow_asks(eigen: Eigen) -> None:
    verloop = speel(eigen, zuinig=True)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    assert [bool(stap.gezien and stap.gezien.postvak) for stap in verloop.stappen] == [True, True, False, False]
    assert not verloop.alles_gezien
    assert speel(eigen).alles_gezien


def test_a_party_without_a_token_is_named(eigen: Eigen) -> None:
    verloop = speel(Gegeven(eigen.base_url, {}))
    assert verloop.uitkomst == "fout"
    assert "gemeente, aanbieder" in verloop.fout


@pytest.mark.parametrize("door", DEUREN)
def test_declaraties_and_verzoeken_are_seen_too(eigen: Eigen, tmp_path: Path, door: str) -> None:
    pad = FLOW.with_name("declareren.flow.yaml")
    verloop = speel(eigen, pad, door=door)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    if door == "berichten":
        anders = tmp_path / pad.name
        tekst = (
            pad.read_text().replace("$p1: toegekend", "$p1: afgewezen").replace("$r1: ingediend", "$r1: gehonoreerd")
        )
        anders.write_text(tekst)
        gevonden = {verschil.wat for _, verschil in speel(eigen, anders, doorgaan=True).verschillen}
        assert gevonden == {"prestatie $p1 van $d1", "verzoek $r1"}
