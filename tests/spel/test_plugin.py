"""The pytest plugin, in a project of somebody else: its own folder, its own pytest, another process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.proces import draai_pytest, gevorkt
from tests.spel.knoop import FLOW

from berichtenverkeer.spel.bestand.bibliotheek import NietGevonden, bibliotheek, vind
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.standaard.domein import Domein

PLUGIN = "berichtenverkeer.spel.plugin"
_WORTEL = Path(__file__).parents[2]
_GEEN_ENKELE = pytest.ExitCode.NO_TESTS_COLLECTED
_LICHT = """
import sys
def pytest_sessionfinish(session):
    zwaar = [naam for naam in sys.modules if naam.partition(".")[0] in ("lxml", "pydantic", "sqlalchemy", "fastapi", "httpx")]
    print("zwaar:", zwaar)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a good flow, and nothing that its pytest would collect by itself."""
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-markers --strict-config\nfilterwarnings = error\n"
    )
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "goed.flow.yaml").write_text(FLOW.read_text())
    return tmp_path


def _stuk(project: Path) -> Path:
    pad = project / "flows" / "stuk.flow.yaml"
    pad.write_text(FLOW.read_text().replace("regels: [TR326]", "regels: [TR019]", 1))
    return pad


def _pytest(project: Path, *argumenten: str | Path, **omgeving: str) -> tuple[int, str]:
    """The exit code and the output of a pytest with the plugin. Its process has imported before what the plugin needs."""
    uitvoer = project.with_name(f"{project.name}.txt")
    proces = gevorkt(draai_pytest, project, _argumenten(argumenten), _omgeving(**_ZELF, **omgeving), uitvoer)
    proces.join()
    assert proces.exitcode is not None
    return proces.exitcode, uitvoer.read_text(encoding="utf-8")


def _nieuwe_pytest(project: Path, *argumenten: str | Path, **omgeving: str) -> tuple[int, str]:
    """The same, of a new Python, for what is about what is imported or installed, or starts processes of its own."""
    opdracht = [sys.executable, "-m", "pytest", *_argumenten(argumenten)]
    klaar = subprocess.run(
        opdracht, cwd=project, env=_omgeving(**(omgeving or _ZELF)), capture_output=True, text=True, check=False
    )
    return klaar.returncode, klaar.stdout + klaar.stderr


_ZELF = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": PLUGIN}


def _argumenten(argumenten: Sequence[str | Path]) -> list[str]:
    return ["-p", "no:cacheprovider", *map(str, argumenten)]


def _omgeving(**anders: str) -> dict[str, str]:
    schoon = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("BV_", "PYTEST_"))}
    return schoon | {"COLUMNS": "200"} | anders


def test_each_flow_is_a_test_for_each_law_and_what_differs_is_told_with_its_rule(project: Path) -> None:
    _stuk(project)
    code, tekst = _pytest(project, "flows", "-v")
    assert code == pytest.ExitCode.TESTS_FAILED, tekst
    for naam, uitkomst in (("goed", "PASSED"), ("stuk", "FAILED")):
        for wet in Domein:
            assert f"flows/{naam}.flow.yaml::{wet} {uitkomst}" in tekst
    assert "FAILED flows/stuk.flow.yaml::iwmo - Failed: stap 4 (stuur 305): regel TR" in tekst
    assert "TR326: " in tekst
    assert "→ 0" in tekst
    assert "Traceback" not in tekst
    assert ".py:" not in tekst


def test_a_plain_run_plays_no_flow_and_imports_nothing(project: Path) -> None:
    (project / "conftest.py").write_text(_LICHT)
    (project / "test_iets.py").write_text("def test_iets():\n    pass\n")
    for argumenten in ((), (".",), ("-o", "berichtenflows=false", "flows", "test_iets.py")):
        code, tekst = _nieuwe_pytest(project, "-s", *argumenten)
        assert (code, "zwaar: []" in tekst, "1 passed" in tekst) == (0, True, True), tekst


@pytest.mark.parametrize(
    ("argumenten", "aantal"),
    [((), 0), (("-o", "berichtenflows=true"), 2), (("-o", "testpaths=flows"), 2), (("flows/goed.flow.yaml",), 2),
     (("flows/goed.flow.yaml::ijw",), 1), (("flows", "--bv-domein", "ijw"), 1), (("-o", "berichtenflows=false", "flows"), 0)],
)  # fmt: skip
def test_what_is_named_or_asked_for_is_played(project: Path, argumenten: tuple[str, ...], aantal: int) -> None:
    code, tekst = _pytest(project, "--collect-only", "-q", *argumenten)
    assert code == (0 if aantal else _GEEN_ENKELE), tekst
    assert tekst.count("goed.flow.yaml::") == aantal


def test_a_marked_test_gets_what_came_of_its_flows_or_fails_with_them(project: Path) -> None:
    _stuk(project)
    (project / "test_stroom.py").write_text(
        """
import pytest

@pytest.mark.berichtenflow("flows/goed.flow.yaml", "stromen/herstart")
def test_goed(verloop):
    assert verloop.uitkomst == "geslaagd"
    assert verloop.namen["t1"]

@pytest.mark.berichtenflow("flows/stuk")
def test_stuk():
    assert False, "wordt niet bereikt"

def test_zonder(verloop):
    pass
"""
    )
    code, tekst = _pytest(project, "test_stroom.py", "-v", "--bv-domein", "iwmo")
    assert code == pytest.ExitCode.TESTS_FAILED, tekst
    assert "::test_goed[start-stop-iwmo] PASSED" in tekst
    assert "::test_goed[herstart-iwmo] PASSED" in tekst
    assert "ERROR test_stroom.py::test_stuk[start-stop-iwmo] - Failed: stap 4 (stuur 305): regel TR" in tekst
    assert 'Zeg welke flow: @pytest.mark.berichtenflow("…").' in tekst
    assert "wordt niet bereikt" not in tekst
    assert "Traceback" not in tekst


@pytest.mark.parametrize(
    ("argumenten", "omgeving", "zegt"),
    [
        (("flows", "--bv-door", "raam"), {}, "kies berichten of vsp of stuf of keten"),
        (("flows",), {"BV_KLOK": "morgen"}, "BV_KLOK is niet te lezen: geef een moment"),
        (("flows",), {"BV_BASE_URL": "http://127.0.0.1:1"}, "Geef bij --bv-base-url ook --bv-partijen"),
        (("flows", "--bv-base-url=http://127.0.0.1:1", "--bv-partijen=geen.yaml"), {}, "geen.yaml is niet te lezen"),
        (("test_naam.py",), {}, "die stromen/strat heet"),
    ],
)
def test_what_cannot_be_played_is_said_in_a_sentence(
    project: Path, argumenten: tuple[str, ...], omgeving: dict[str, str], zegt: str
) -> None:
    (project / "test_naam.py").write_text(
        'import pytest\n@pytest.mark.berichtenflow("stromen/strat")\ndef test_naam(): pass\n'
    )
    code, tekst = _pytest(project, *argumenten, **omgeving)
    assert code not in (0, _GEEN_ENKELE, pytest.ExitCode.INTERNAL_ERROR), tekst
    assert zegt in tekst
    assert "Traceback" not in tekst


def test_a_fault_in_a_flow_names_its_line(project: Path) -> None:
    pad = project / "flows" / "goed.flow.yaml"
    pad.write_text(pad.read_text().replace("stuur: 305", "stuurt: 305", 1))
    code, tekst = _pytest(project, "flows")
    assert code == pytest.ExitCode.INTERRUPTED
    assert "Bedoelt u stuur?" in tekst
    assert "goed.flow.yaml:" in tekst


def test_a_running_node_is_played_against(project: Path, eigen: Eigen) -> None:
    with eigen.doel(lees(FLOW), Domein.IWMO) as doel:
        regels = [f"{naam}: {{code: '{s.code}', token: '{s.token}'}}\n" for naam, s in doel.spelers.items()]
    (project / "partijen.yaml").write_text("".join(regels))
    ernaar = {"BV_BASE_URL": eigen.base_url, "BV_PARTIJEN": "partijen.yaml"}
    code, tekst = _pytest(project, "flows", "--bv-door", "vsp", **ernaar)
    assert (code, "2 passed" in tekst) == (0, True), tekst


def test_processes_of_xdist_each_have_a_node(project: Path) -> None:
    _stuk(project)
    code, tekst = _nieuwe_pytest(project, "-p", "xdist", "-n", "2", "flows")
    assert code == pytest.ExitCode.TESTS_FAILED, tekst
    assert "2 failed, 2 passed" in tekst
    code, tekst = _nieuwe_pytest(project, "-p", "xdist", "-n", "1")
    assert code == _GEEN_ENKELE, tekst


def test_an_installed_wheel_brings_the_plugin_and_the_library(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    werk = tmp_path_factory.mktemp("wiel")
    bouw = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(werk / "dist")]
    subprocess.run(bouw, cwd=_WORTEL, check=True, capture_output=True)
    [wiel] = (werk / "dist").glob("*.whl")
    plek = werk / "plek"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(plek),
        str(wiel),
    ]
    subprocess.run(pip, cwd=werk, check=True, capture_output=True)
    (project / "test_wiel.py").write_text(
        f"""
from pathlib import Path
import berichtenverkeer, pytest

@pytest.mark.berichtenflow("bibliotheek:stromen/start-stop")
def test_wiel(verloop):
    assert verloop.uitkomst == "geslaagd"
    assert Path(berichtenverkeer.__file__).is_relative_to({str(plek)!r})
    assert verloop.flow.pad.is_relative_to({str(plek)!r})
"""
    )
    code, tekst = _nieuwe_pytest(project, "test_wiel.py", "flows", PYTHONPATH=str(plek))
    assert (code, "4 passed" in tekst) == (0, True), tekst


def test_a_name_is_that_of_ones_own_file_before_one_of_the_library(tmp_path: Path) -> None:
    stroom = bibliotheek() / "stromen" / "start-stop.flow.yaml"
    assert vind("stromen/start-stop", tmp_path) == [stroom]
    assert vind("bibliotheek:stromen", tmp_path) == sorted(stroom.parent.glob("*.flow.yaml"))
    assert len(vind("bibliotheek:")) > len(vind("bibliotheek:stromen"))
    (tmp_path / "stromen").mkdir()
    eigen = tmp_path / "stromen" / "start-stop.flow.yaml"
    eigen.write_text(FLOW.read_text())
    assert vind("stromen/start-stop", tmp_path) == vind("stromen", tmp_path) == [eigen]
    assert vind("bibliotheek:stromen/start-stop.flow.yaml", tmp_path) == [stroom]
    for naam in ("stromen/strat", "bibliotheek:strat"):
        with pytest.raises(NietGevonden, match="bibliotheek"):
            vind(naam, tmp_path / "leeg")
