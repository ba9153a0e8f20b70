"""The demonstration, as a user starts it; and its fixtures."""

import re
import signal
import subprocess
import sys

import httpx
import pytest
from stdnum.nl import bsn

from berichtenverkeer.levensloop.overgangen import Leveringstoestand, Toestand, Verzoektoestand
from berichtenverkeer.oordeel.weigering import van_fout
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.regels.bevinding import Ernst, Niveau
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.toetsen import fouten, toets_bericht
from berichtenverkeer.spel.demo import manifest
from berichtenverkeer.spel.demo.fixtures import regio
from berichtenverkeer.standaard.fouten import Berichtfout
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schema import Schemas

FIXTURES = meegeleverd("fixtures")
SCHEMAS = Schemas(meegeleverd("xsd"))
MET_VERHAAL = ("301", "305", "307", "315", "317", "319")
BINNEN_BERICHT = {regel.code for regel in catalogus() if regel.niveau is Niveau.BERICHT}


@pytest.fixture(scope="module")
def uitvoer() -> str:
    opdracht = [sys.executable, "-m", "berichtenverkeer", "demo", "--once"]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stdout + uit.stderr
    return uit.stdout


def test_it_shows_every_state(uitvoer: str) -> None:
    toestanden = [toestand for toestand in Toestand if toestand is not Toestand.GEEN]
    verzoeken = [toestand for toestand in Verzoektoestand if toestand is not Verzoektoestand.GEEN]
    for toestand in (*toestanden, *Leveringstoestand, *verzoeken):
        assert toestand.replace("_", " ") in uitvoer


def test_it_tells_what_can_happen_to_a_toewijzing(uitvoer: str) -> None:
    for gebeurtenis in (
        "nieuw", "herhaald", "ingetrokken", "opgerekt", "verwijderd", "oudere versie", "start", "tijdelijke stop",
        "definitieve stop", "herstart", "start verwijderd", "stop verwijderd", "einddatum verstreken",
        "verzoek ingediend", "verzoek in onderzoek", "verzoek afgewezen", "verzoek gehonoreerd",
    ):  # fmt: skip
        over_regels = r"[\s\S]{1,150}?".join(gebeurtenis.split())  # a narrow column may break a name
        assert re.search(over_regels, uitvoer), gebeurtenis


def test_it_names_the_rule_of_every_rejection_and_ends_as_expected(uitvoer: str) -> None:
    zendingen = manifest.lees(FIXTURES / "regio").zendingen
    regels = {regel for zending in zendingen for regel in zending.verwacht.regels}
    assert regels >= {"XSD", "TR019", "TR326", "TR382", "TR332", "TR378", "TR056"}
    assert all(re.search(rf"\b{regel}\b", uitvoer) for regel in regels)
    assert f"{len(zendingen)} van de {len(zendingen)} berichten liepen zoals verwacht" in uitvoer
    assert "\x1b" not in uitvoer


def test_it_runs_on_until_ctrl_c_and_can_be_asked() -> None:
    opdracht = [sys.executable, "-m", "berichtenverkeer", "demo"]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stderr is not None
        tekst = ""
        for regel in proces.stdout:
            tekst += regel
            if "Ctrl-C" in regel:
                break
        curl = re.search(r"curl -H 'Authorization: (\S+ \S+)' '(\S+)'", tekst)
        assert curl, tekst
        antwoord = httpx.get(curl[2], headers={"Authorization": curl[1]}).json()
        proces.send_signal(signal.SIGINT)
        rest, fouten = proces.stdout.read(), proces.stderr.read()
    assert [item["levering"] for item in antwoord["items"]] == ["tijdelijk_gestopt"]
    assert (proces.returncode, rest, fouten) == (0, "Gestopt.\n", "")


@pytest.mark.parametrize("zending", manifest.lees(FIXTURES / "regio").zendingen, ids=lambda z: z.bestand)
def test_every_file_is_by_itself_what_the_manifest_says(zending: manifest.Zending) -> None:
    data = (FIXTURES / "regio" / zending.bestand).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    if zending.verwacht.probleem in ("onleesbaar", "onbekend-bericht", "xsd-ongeldig"):
        with pytest.raises(Berichtfout) as gevangen:
            lees(data, SCHEMAS)
        assert van_fout(gevangen.value).reden == zending.verwacht.probleem
    else:
        gelezen = lees(data, SCHEMAS)
        gevonden = {regel.code for regel, _ in fouten(toets_bericht(gelezen.bericht, gelezen.soort))}
        assert gevonden == BINNEN_BERICHT & set(zending.verwacht.regels)


def test_both_laws_take_part() -> None:
    soorten = {zending.bestand.partition("-")[2] for zending in manifest.lees(FIXTURES / "regio").zendingen}
    assert soorten == {f"{wet}{nummer}.xml" for wet in ("WMO", "JW") for nummer in MET_VERHAAL}


def test_the_rules_of_start_and_stop_all_take_part() -> None:
    zendingen = manifest.lees(FIXTURES / "regio").zendingen
    regels = {regel for zending in zendingen for regel in zending.verwacht.regels}
    assert {
        r.code
        for r in catalogus()
        if r.niveau == "berichtoverstijgend" and r.ernst is Ernst.FOUT and {"305", "307"} & set(r.berichten)
    } <= regels


def test_the_fixtures_are_what_the_stories_make() -> None:
    map_ = FIXTURES / "regio"
    assert {pad.name: pad.read_bytes() for pad in map_.iterdir()} == regio(SCHEMAS)


def test_the_fixtures_hold_fictive_people_only() -> None:
    for pad in FIXTURES.rglob("*.xml"):
        data = pad.read_text(encoding="utf-8", errors="replace")
        for nummer in re.findall(r"Bsn>(\d+)<", data):
            assert 999900006 <= int(nummer) <= 999999990
            assert bsn.is_valid(nummer) or pad.name.startswith("fout") or "CS002" in _regels(pad.name)
        for naam in re.findall(r"Achternaam>([^<]*)<", data):
            assert not naam.strip() or re.search(r"[Tt]est|[Vv]oorbeeld|[Ff]ictie|[Pp]roef", naam), (
                f"{pad.name}: {naam}"
            )


def _regels(bestand: str) -> tuple[str, ...]:
    zendingen = manifest.lees(FIXTURES / "regio").zendingen
    return next((zending.verwacht.regels for zending in zendingen if zending.bestand == bestand), ())
