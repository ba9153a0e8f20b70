"""The demonstration, as a user starts it; and the region that it plays."""

import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from stdnum.nl import bsn
from tests.proces import onderbreekbaar

from berichtenverkeer.levensloop.overgangen import Leveringstoestand, Toewijzingtoestand, Verzoektoestand
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.regels.bevinding import Ernst
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.spel.demo.regio import lees_regio
from berichtenverkeer.spel.schrijven.bedrag import eurocent
from berichtenverkeer.standaard.domein import Domein

FIXTURES = meegeleverd("fixtures")
REGIO = lees_regio(FIXTURES / "regio.yaml")
NUMMERS = ("301", "305", "307", "315", "317", "319", "323")


_KLEIN = """
from berichtenverkeer.cli import app
from berichtenverkeer.spel.demo import speel
lees = speel.lees_regio
def klein(pad):
    regio = lees(pad)
    return regio.model_copy(update={"verhalen": [v for v in regio.verhalen if v.flow in ("stromen/vow-direct", "hoofdaannemer/coalitie")]})
speel.lees_regio = klein
app(["demo", "--once"])
"""
"""The demonstration with two stories."""


@dataclass(frozen=True)
class Gelopen:
    """A demonstration that ran to its end, was asked for what is there, and got Ctrl-C."""

    uitvoer: str
    """What it told before it waited for Ctrl-C."""
    antwoord: Any
    """What the service said to what it tells to type."""
    einde: tuple[int, str, str]
    """Its exit code, and what it told afterwards on stdout and in all on stderr."""


@pytest.fixture(scope="module")
def gelopen() -> Gelopen:
    """Once for all tests: the whole region takes long."""
    opdracht = [sys.executable, "-m", "berichtenverkeer", "demo"]
    with subprocess.Popen(
        opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=onderbreekbaar
    ) as proces:
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
    return Gelopen(tekst, antwoord, (proces.returncode, rest, fouten))


@pytest.fixture
def uitvoer(gelopen: Gelopen) -> str:
    return gelopen.uitvoer


def test_it_shows_every_state(uitvoer: str) -> None:
    toestanden = [toestand for toestand in Toewijzingtoestand if toestand is not Toewijzingtoestand.GEEN]
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


def test_it_names_the_rules_and_ends_as_expected(uitvoer: str) -> None:
    voor_leveringen = {
        regel.code
        for regel in catalogus()
        if regel.niveau == "berichtoverstijgend" and regel.ernst is Ernst.FOUT and {"305", "307"} & set(regel.berichten)
    }
    for regel in {"XSD", "TR332", "TR378", "TR056", "TR321", "OP011", "OP271"} | voor_leveringen:
        assert re.search(rf"\b{regel}\b", uitvoer), regel
    aantal = len(list(REGIO.verteld()))
    assert f"{aantal} van de {aantal} verhalen liepen zoals hun flow zegt" in uitvoer
    assert "\x1b" not in uitvoer


def test_it_shows_what_a_partner_may_invoice_and_what_is_to_be_renewed(uitvoer: str) -> None:
    """The amounts add up to the total, and the reckoning stands beside them."""
    _, _, vanaf = uitvoer.partition("over juni 2026 factureert (maandstaat 2026-06/dekker/2, vastgesteld)")
    staat, _, lijst = vanaf.partition("herindicaties")
    *bedragen, totaal = (eurocent(bedrag) or 0 for bedrag in re.findall(r"(€ -?[\d.]+,\d\d) *$", staat, re.MULTILINE))
    assert (sum(bedragen), totaal) == (102507, 102507)
    assert "15 van de 30 dagen van juni 2026 × 420,00 euro = 210,00 euro." in staat
    assert "15 % van € 1.355,00, begeleiding" in staat
    assert re.search(r"linde +15-07-26 +24-06-26 +– +partner, te laat", lijst)
    assert re.search(r"dekker +31-07-26 +10-07-26 +stop 37 22-06 · evaluatie 22-06 +gemeente", lijst)


def test_it_runs_on_until_ctrl_c_and_can_be_asked(gelopen: Gelopen) -> None:
    assert {item["levering"] for item in gelopen.antwoord["items"]} == {"tijdelijk_gestopt"}
    assert gelopen.einde == (0, "Gestopt.\n", "")


def test_once_it_ends_by_itself() -> None:
    """A region of two stories ends as the whole one."""
    uit = subprocess.run([sys.executable, "-c", _KLEIN], capture_output=True, text=True, check=False)
    assert (uit.returncode, uit.stderr) == (0, ""), uit.stdout + uit.stderr
    assert "2 van de 2 verhalen liepen zoals hun flow zegt" in uit.stdout
    assert uit.stdout.endswith("Zonder --once draait het knooppunt door en is alles na te kijken op /docs.\n")
    assert "Ctrl-C" not in uit.stdout


def test_both_laws_and_every_kind_of_message_take_part() -> None:
    soorten = {(wet, stap.stuur) for flow, wet, _ in REGIO.verteld() for stap in flow.stappen}
    assert soorten >= {(wet, nummer) for wet in Domein for nummer in NUMMERS}


def test_every_story_is_over_when_one_looks_back(uitvoer: str) -> None:
    """No month comes twice, and the last is the one before."""
    maanden = re.findall(r"^(\w+) +\d+ verstuurd", uitvoer, re.MULTILINE)
    assert maanden == ["januari", "februari", "maart", "april", "mei", "juni"]
    assert REGIO.einde.month == 7


def test_the_fixtures_hold_fictive_people_only() -> None:
    for pad in FIXTURES.rglob("*.xml"):
        data = pad.read_text(encoding="utf-8", errors="replace")
        for nummer in re.findall(r"Bsn>(\d+)<", data):
            assert 999900006 <= int(nummer) <= 999999990
            assert bsn.is_valid(nummer) or pad.name.startswith("fout")
        for naam in re.findall(r"Achternaam>([^<]*)<", data):
            assert not naam.strip() or re.search(r"[Tt]est|[Vv]oorbeeld|[Ff]ictie|[Pp]roef", naam), (
                f"{pad.name}: {naam}"
            )
