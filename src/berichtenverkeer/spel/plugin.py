"""The pytest plugin: plays each ``*.flow.yaml`` as a test, and one before a test that is marked ``berichtenflow``.

It comes with the package, so every run of pytest there imports it. What it takes to play is imported when there is a flow.
"""

import os
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .pytestspel import FlowBestand, Pytestspel
    from .spelen.verloop import Verloop

_EINDE = ".flow.yaml"
_INI, _MERK, _FIXTURE = "berichtenflows", "berichtenflow", "verloop"
_SPEL: "pytest.StashKey[Pytestspel]" = pytest.StashKey()


def _keuze(*mag: str) -> Callable[[str], str]:
    def lees(tekst: str) -> str:
        if tekst not in mag:
            raise ArgumentTypeError(f"kies {' of '.join(mag)}")
        return tekst

    return lees


def _moment(tekst: str) -> datetime:
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise ArgumentTypeError("geef een moment in Nederlandse tijd, als 2026-03-02T09:00:00")
    return moment


_OPTIES: dict[str, tuple[Callable[[str], Any], str]] = {
    "base-url": (str, "Het adres van een knooppunt; anders een eigen, tijdelijk."),
    "partijen": (Path, "YAML met per partij in de flows een code en een token."),
    "door": (_keuze("berichten", "vsp", "stuf", "keten"), "Door welke deur, voor wie die heeft."),
    "domein": (_keuze("iwmo", "ijw"), "Alleen voor deze wet."),
    "klok": (_moment, "Laat iedere flow op dit moment beginnen."),
}
"""As those of ``berichtenverkeer replay``; the environment is read only when there is a flow, for it is there for more than pytest."""


def pytest_addoption(parser: pytest.Parser) -> None:
    groep = parser.getgroup("berichtenverkeer", "flows van berichtenverkeer")
    for naam, (lees, uitleg) in _OPTIES.items():
        groep.addoption(f"--bv-{naam}", type=lees, default=None, help=f"{uitleg} Ook {_omgeving(naam)}.")
    parser.addini(
        _INI,
        f"Bestanden *{_EINDE}: true speelt alle, false geen; anders die van een genoemd bestand of een genoemde map.",
        type="bool",
        default=None,
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "berichtenflow(*namen): speel deze flows, voor iedere wet, en geef de test wat ervan kwam als `verloop`; "
        "een naam is die van een bestand of map naast de test, of uit de bibliotheek.",
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    if (spel := config.stash.get(_SPEL, None)) is not None:
        spel.sluit()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FlowBestand | None":
    if not file_path.name.endswith(_EINDE) or not _gevraagd(parent.session, file_path):
        return None
    from .pytestspel import FlowBestand

    bestand: FlowBestand = FlowBestand.from_parent(parent, path=file_path, spel=_spel)
    return bestand


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if (merk := metafunc.definition.get_closest_marker(_MERK)) is None:
        return
    from .pytestspel import PluginFout, flows_van

    try:
        flows = flows_van(merk.args, metafunc.definition.path.parent, _spel(metafunc.config))
    except PluginFout as fout:
        pytest.fail(str(fout), pytrace=False)
    if _FIXTURE not in metafunc.fixturenames:
        metafunc.fixturenames.append(_FIXTURE)
    ids = [f"{flow.flow}-{wet}" for flow, wet in flows]
    metafunc.parametrize(_FIXTURE, flows, indirect=True, ids=ids)


def pytest_itemcollected(item: pytest.Item) -> None:
    """A marked test that does not ask for what came of its flow has it played as well."""
    namen = getattr(item, "fixturenames", None)
    if namen is not None and _FIXTURE not in namen and item.get_closest_marker(_MERK) is not None:
        namen.append(_FIXTURE)


@pytest.fixture
def verloop(request: pytest.FixtureRequest) -> "Verloop":
    """What came of the flow that the test is marked with: it was played, and all was as it says."""
    if not hasattr(request, "param"):
        pytest.fail('Zeg welke flow: @pytest.mark.berichtenflow("…").', pytrace=False)
    return _spel(request.config).speel(*request.param)


def _spel(config: pytest.Config) -> "Pytestspel":
    """What plays for this run of pytest, made at the first flow. Raises ``PluginFout``."""
    if _SPEL not in config.stash:
        from .pytestspel import PluginFout, Pytestspel

        try:
            keuzes = {naam.replace("-", "_"): _keus(config, naam) for naam in _OPTIES}
        except ArgumentTypeError as fout:
            raise PluginFout(str(fout)) from None
        config.stash[_SPEL] = Pytestspel(**keuzes)
    return config.stash[_SPEL]


def _keus(config: pytest.Config, naam: str) -> Any:
    gegeven = config.getoption(f"--bv-{naam}")
    if gegeven is not None or not (tekst := os.environ.get(_omgeving(naam))):
        return gegeven
    try:
        return _OPTIES[naam][0](tekst)
    except ArgumentTypeError as fout:
        raise ArgumentTypeError(f"{_omgeving(naam)} is niet te lezen: {fout}.") from None


def _omgeving(naam: str) -> str:
    return f"BV_{naam.upper().replace('-', '_')}"


def _gevraagd(session: pytest.Session, bestand: Path) -> bool:
    """Whether this flow is to be played: as the setting says, else when it or its folder is named, on the command line or in
    ``testpaths`` (afgeleid: who has the package for something else is not surprised by a plain ``pytest``)."""
    altijd = session.config.getini(_INI)
    if isinstance(altijd, bool):
        return altijd
    thuis = {session.config.rootpath, session.config.invocation_params.dir}
    return any(session.isinitpath(pad) for pad in (bestand, *bestand.parents) if pad not in thuis)
