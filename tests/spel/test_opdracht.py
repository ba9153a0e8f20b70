"""The command ``replay``: its exit codes, its reports, and the timeline that is kept."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from tests.spel.knoop import FLOW, met, speel, zonder_regel
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.standaard.domein import Domein

_VELDEN = {"flow", "bestand", "wet", "ronde", "uitkomst", "reden", "afwijking", "partijen", "gebruikt", "stappen"}


@pytest.fixture(autouse=True)
def _eigen_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BV_DATABASE_URL", raising=False)


def _replay(*argumenten: str | Path) -> tuple[int, str]:
    uit = CliRunner().invoke(app, ["replay", "--domein", "iwmo", *map(str, argumenten)])
    return uit.exit_code, uit.output


@pytest.mark.parametrize("door", ["berichten", "vsp", "stuf"])
def test_a_party_that_judges_for_itself_answers_through_its_own_door(eigen: Eigen, door: str) -> None:
    verloop = speel(eigen, FLOW.with_name("zelf.flow.yaml"), door=door)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)


def test_all_is_well(tmp_path: Path) -> None:
    code, tekst = _replay(met(tmp_path, "flow: start-stop", "flow: anders"), "--parallel", "2", "--herhaal", "2")
    assert (code, "2 gespeeld: 2 geslaagd." in tekst) == (0, True), tekst


def test_a_difference_is_told_with_its_rule_in_text_json_and_junit(tmp_path: Path) -> None:
    junit = tmp_path / "uit.xml"
    with zonder_regel("TR326"):
        code, tekst = _replay(met(tmp_path, "start-stop", "stuk"))
        assert code == 1
        assert "TR326: " in tekst
        code, tekst = _replay(tmp_path, "--json", "--junit", junit)
    assert code == 1
    [uit] = map(json.loads, tekst.splitlines())
    assert uit.keys() == _VELDEN
    assert (uit["flow"], uit["wet"], uit["uitkomst"]) == ("stuk", "iwmo", "verschil")
    assert uit["partijen"].keys() == {"gemeente", "aanbieder"}
    assert re.fullmatch("9999[0-9]{5}", uit["gebruikt"]["client"])
    verschillen = uit["stappen"][3]["verschillen"]
    assert ["TR326"] in [verschil["regels"] for verschil in verschillen]
    suite = etree.parse(junit).getroot().find("testsuite")
    assert suite is not None
    assert [suite.get(naam) for naam in ("tests", "failures", "errors", "skipped")] == ["1", "1", "0", "0"]
    assert "TR326" in (suite.findtext("testcase/failure") or "")


def test_a_timeline_is_kept_and_a_change_is_shown_as_a_diff(tmp_path: Path) -> None:
    pad = met(tmp_path, "flow: start-stop", "flow: bewaard")
    assert _replay(pad, "--update")[0] == 0
    tijdlijn = tmp_path / "start-stop.iwmo.tijdlijn"
    oud = tijdlijn.read_text()
    assert "toewijzingen $t1 bij gemeente: lopend gestart" in oud
    code, tekst = _replay(pad)
    assert code == 0, tekst
    tijdlijn.write_text(oud.replace("lopend gestart", "lopend niet_gestart"))
    code, tekst = _replay(pad)
    assert code == 1
    assert "-     toewijzingen $t1 bij gemeente: lopend niet_gestart" in tekst
    assert "+     toewijzingen $t1 bij gemeente: lopend gestart" in tekst
    assert _replay(pad, "--update")[0] == 0
    assert tijdlijn.read_text() == oud


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("stuur: 305", "stuurt: 305", "Bedoelt u stuur?"),
        ("Begindatum: $vandaag", "Begindatun: $vandaag", "Bedoelt u Begindatum?"),
        ("$t1: lopend niet_gestart", "$t2: lopend", "$t2 is niet bekend"),
        ("start-ontbreekt: []", "start-ontbreekt: [$weg]", "$weg is niet bekend"),
        ("op: +2d", "op: +2x", "+2x is geen moment"),
        ("http: 202", "declaraties: {$d1: {toegekend: 1}}", "$d1 is niet bekend"),
        ("http: 202", "verzoeken: {$vandaag+x: ingediend}", "$vandaag+x is geen waarde"),
    ],
)
def test_a_flow_that_cannot_be_played_says_where_and_why(tmp_path: Path, oud: str, nieuw: str, zegt: str) -> None:
    code, tekst = _replay(met(tmp_path, oud, nieuw))
    assert code == 2
    assert FLOW.name in tekst
    assert zegt in tekst


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    for argumenten in ([tmp_path / "geen.flow.yaml"], [tmp_path], [FLOW, "--base-url", "http://127.0.0.1:1"]):
        assert _replay(*argumenten)[0] == 2
    partijen = tmp_path / "partijen.yaml"
    partijen.write_text("gemeente: {code: '0034'}")
    assert _replay(FLOW, "--base-url", "http://127.0.0.1:1", "--partijen", partijen)[0] == 2


def test_an_address_where_nobody_answers_ends_with_2(tmp_path: Path) -> None:
    partijen = tmp_path / "partijen.yaml"
    partijen.write_text("gemeente: {code: '0034', token: a}\naanbieder: {code: '98000000', token: b}\n")
    code, tekst = _replay(FLOW, "--base-url", "http://127.0.0.1:1", "--partijen", partijen)
    assert code == 2
    assert "antwoordt niet" in tekst


def test_parties_of_a_running_node_come_from_a_file(eigen: Eigen, tmp_path: Path) -> None:
    with eigen.doel(lees(FLOW), Domein.IWMO) as doel:
        regels = [f"{naam}: {{code: '{s.code}', token: '{s.token}'}}\n" for naam, s in doel.spelers.items()]
    partijen = tmp_path / "partijen.yaml"
    partijen.write_text("".join(regels))
    code, tekst = _replay(FLOW, "--base-url", eigen.base_url, "--partijen", partijen)
    assert code == 0, tekst


def test_the_example_of_the_docs_comes_out_as_the_docs_say(tmp_path: Path) -> None:
    tekst = (Path(__file__).parents[2] / "docs" / "replay.md").read_text()
    flow, anders = re.findall(r"```yaml\n(.*?)```", tekst, re.DOTALL)[:2]
    [gezegd] = re.findall(r"```console\n\$ berichtenverkeer replay tweede-start.*?\n(.*?)```", tekst, re.DOTALL)
    pad = tmp_path / "tweede-start.flow.yaml"
    pad.write_text(flow)
    code, uit = _replay(pad)
    assert (code, re.sub(r"\d{7,9}", "…", uit)) == (1, re.sub(r"\d{7,9}", "…", gezegd))
    pad.write_text(flow[: flow.rindex("    verwacht:")] + anders)
    code, uit = _replay(pad)
    assert code == 0, uit
