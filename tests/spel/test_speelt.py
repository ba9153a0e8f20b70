"""A flow of which the other side plays a party itself: its messages are waited for and held beside the flow."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import knoop
from tests.proces import onderbreekbaar
from tests.spel.tegenpartijen import BEGIN, KOP, TOEWIJZEN, Opstelling, opstelling
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.spel.bestand.bibliotheek import bibliotheek
from berichtenverkeer.spel.bestand.flow import Stap, lees
from berichtenverkeer.spel.doelen.doel import Speler
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.gegeven import Gegeven
from berichtenverkeer.spel.schrijven.waarden import Nummers, Omgeving
from berichtenverkeer.spel.spelen.naast import houd_naast
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties, Verloop
from berichtenverkeer.standaard.domein import Domein

START_STOP = bibliotheek() / "stromen" / "start-stop.flow.yaml"
VOT = bibliotheek() / "stromen" / "vot-na-onderzoek.flow.yaml"
VERZOEK = bibliotheek() / "partij" / "verzoek.flow.yaml"
ZELF = Path(__file__).parent / "zelf.flow.yaml"

AANBIEDER = """\
  - bij: 301
    daarna:
      - {stuur: 305, op: +2d, inhoud: {Client: {StartProducten: [{Begindatum: $begin+1d}]}}}
      - {stuur: 307, op: +12d, inhoud: {Client: {StopProducten: [{Einddatum: $vandaag}]}}}
"""
GEMEENTE = """\
  - bij: 315
    daarna:
      - {stuur: 319, op: +4d, inhoud: {Antwoord: {VerzoekAntwoord: 2}}}
      - stuur: 301
        op: +14d
        inhoud:
          Client:
            ToegewezenProducten:
              - Ingangsdatum: $dit.ToewijzingIngangsdatum
                Einddatum: $dit.ToewijzingEinddatum
                ReferentieAanbieder: $dit.ReferentieAanbieder
"""


def speel(proef: Opstelling, pad: Path, speelt: str, wet: Domein = Domein.IWMO, **opties: Any) -> Verloop:
    """Play a flow of which the other side plays this party; its token is not ours."""
    spelers = {n: Speler(code=s.code) if n in speelt else s for n, s in proef.spelers.items()}
    keuze = Opties(speelt=frozenset(speelt.split()), **{"geduld": 20.0, **opties})
    [verloop] = speel_samen([(lees(pad), wet)], Gegeven(proef.url, spelers), SCHEMAS, keuze)
    return verloop


def gezien(verloop: Verloop) -> dict[str, tuple[str, str]]:
    """Every difference."""
    return {v.wat: (v.verwacht, v.gekregen) for _, v in verloop.verschillen}


@pytest.fixture
def proef(eigen: Eigen, tmp_path: Path) -> Opstelling:
    return opstelling(eigen, tmp_path)


@pytest.mark.parametrize("wet", list(Domein), ids=str)
@pytest.mark.parametrize("deur", ["berichten", "vsp"])
def test_an_aanbieder_that_does_as_the_flow_says_passes(proef: Opstelling, wet: Domein, deur: str) -> None:
    with proef.draait(proef.script("aanbieder", AANBIEDER), deur=deur):
        verloop = speel(proef, START_STOP, "aanbieder", wet)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, gezien(verloop))
    assert [stap.deur for stap in verloop.stappen] == ["berichten", "postvak", "postvak"]
    assert verloop.niet_bekeken == ["postvak van aanbieder"] * 3
    assert verloop.stappen[1].uitkomst == "goedgekeurd"


@pytest.mark.parametrize("deur", ["berichten", "stuf"])
def test_a_gemeente_that_does_as_the_flow_says_passes(proef: Opstelling, deur: str) -> None:
    """Its ToewijzingNummer is what ``$t1`` becomes."""
    with proef.draait(proef.script("gemeente", GEMEENTE), deur=deur):
        verloop = speel(proef, VOT, "gemeente")
    assert verloop.uitkomst == "geslaagd", (verloop.fout, gezien(verloop))
    assert verloop.namen["t1"] in proef.bytes_van("aanbieder")[-1].decode()


def test_an_aanbieder_that_judges_sends_its_own_retourbericht(eigen: Eigen, tmp_path: Path) -> None:
    proef = opstelling(eigen, tmp_path, zelf="gemeente aanbieder")
    regels = """\
  - bij: 301
    doe: {vertraag: +1d}
    daarna: [{stuur: 305, op: +1d, inhoud: {Client: {StartProducten: [{Begindatum: $vandaag}]}}}]
"""
    with proef.draait(proef.script("aanbieder", regels)):
        verloop = speel(proef, ZELF, "aanbieder")
    assert verloop.uitkomst == "geslaagd", (verloop.fout, gezien(verloop))
    assert [stap.wat for stap in verloop.stappen if stap.deur == "postvak"] == ["antwoord 302", "stuur 305"]


@pytest.mark.parametrize("deur", ["berichten", "stuf"])
def test_a_gemeente_that_judges_refuses_once_and_then_honours(eigen: Eigen, tmp_path: Path, deur: str) -> None:
    """We answer what it sends: the number of its envelope is that of its postvak."""
    proef = opstelling(eigen, tmp_path, zelf="gemeente aanbieder")
    regels = "  - {bij: 315, keer: 1, doe: {wijs_af: {AangevraagdProduct: S329}, vertraag: +1d}}\n"
    honoreert = (
        GEMEENTE.replace("315\n", "315\n    doe: {vertraag: +1d}\n").replace("+4d", "+2d").replace("+14d", "+8d")
    )
    with proef.draait(proef.script("gemeente", regels + honoreert), deur=deur):
        pad = proef.map_ / VERZOEK.name
        pad.write_text(VERZOEK.read_text().replace("-zelf", ""))
        verloop = speel(proef, pad, "gemeente", door="berichten" if deur == "berichten" else "keten")
    assert verloop.uitkomst == "geslaagd", (verloop.fout, gezien(verloop))
    assert [stap.wat for stap in verloop.stappen if stap.deur == "postvak"] == [
        "antwoord 316", "antwoord 316", "stuur 319", "stuur 301"
    ]  # fmt: skip


def test_one_that_sends_something_else_is_told_where(proef: Opstelling) -> None:
    with proef.draait(proef.script("aanbieder", AANBIEDER.replace("$begin+1d", "$begin+2d"))):
        verloop = speel(proef, START_STOP, "aanbieder", geduld=5.0)
    assert verloop.uitkomst == "verschil"
    assert [stap.nummer for stap, _ in verloop.verschillen] == [2]
    assert gezien(verloop) == {"Client/StartProducten[1]/Begindatum": ("2026-03-03", "2026-03-04")}


def test_one_that_rejects_with_another_code_is_told_where(eigen: Eigen, tmp_path: Path) -> None:
    proef = opstelling(eigen, tmp_path, zelf="gemeente aanbieder")
    with proef.draait(
        proef.script("aanbieder", "  - {bij: 301, doe: {wijs_af: {ToegewezenProduct: 9074}, vertraag: +1d}}\n")
    ):
        verloop = speel(proef, ZELF, "aanbieder", geduld=5.0)
    assert gezien(verloop)["retourcode Client/ToegewezenProducten/ToegewezenProduct[1]"] == ("geen", "9074")


def test_one_that_sends_nothing_ends_with_what_lies_there(proef: Opstelling) -> None:
    verloop = speel(proef, START_STOP, "aanbieder", geduld=0.3, doorgaan=True)
    assert gezien(verloop) == {"bericht": ("WMO305 van aanbieder", "niets")}
    [(_, verschil)] = verloop.verschillen
    assert "Binnen 0.3 seconden kwam er in het postvak van gemeente geen WMO305" in verschil.uitleg
    assert len(verloop.stappen) == 2


def test_what_cannot_be_seen_from_our_side_is_skipped_and_told(proef: Opstelling) -> None:
    pad = proef.map_ / "proef.flow.yaml"
    pad.write_text(
        KOP
        + TOEWIJZEN
        + """\
  - {stuur: 305, op: +1d, naam: start, inhoud: {Client: {StartProducten: [{Begindatum: $begin}]}}}
  - {nogmaals: start}
  - {stuur: 305, op: +1d, verwacht: {oordeel: afgekeurd, regels: [TR326]}}
  - {wacht: +1d, verwacht: {toewijzingen: {$t1: lopend gestart}, werklijsten: {aanbieder: {start-ontbreekt: []}}}}
"""
    )
    script = (
        "  - {bij: 301, daarna: [{stuur: 305, op: +1d, inhoud: {Client: {StartProducten: [{Begindatum: $begin}]}}}]}\n"
    )
    with proef.draait(proef.script("aanbieder", script)):
        verloop = speel(proef, pad, "aanbieder")
    assert verloop.uitkomst == "geslaagd", (verloop.fout, gezien(verloop))
    assert verloop.niet_bekeken == [
        "nogmaals start: dezelfde bytes worden niet nog eens bezorgd",
        "stuur 305: wat het knooppunt afwijst, wordt niet bezorgd",
        "werklijsten van aanbieder",
    ]


def test_the_clock_of_the_node_goes_along_and_is_put_back(proef: Opstelling) -> None:
    def klok() -> dict[str, Any]:
        with proef.doel() as doel:
            uit: dict[str, Any] = doel.klant("gemeente", BEGIN).get("/v1/proef/klok").json()
            return uit

    standen = []
    with proef.draait(proef.script("aanbieder", AANBIEDER)):
        verloop = speel(proef, START_STOP, "aanbieder")
    standen.append(klok()["gezet"])
    assert verloop.uitkomst == "geslaagd"
    assert standen == [False]
    ontvangen = [item["basisgegevens"]["ontvangenOp"][:10] for item in proef.postvak("gemeente")]
    assert ontvangen == ["2026-03-02", "2026-03-04", "2026-03-16"]


def test_somebody_must_be_left_and_the_node_must_be_in_proefmodus(proef: Opstelling, database_url: str) -> None:
    assert "speelt niemand meer aan onze kant" in speel(proef, START_STOP, "aanbieder gemeente").fout
    with knoop(database_url) as productie:
        code, token = next(iter(productie.tokens.items()))
        spelers = {"gemeente": Speler(code=code, token=token), "aanbieder": Speler(code="98000000")}
        elders = Opstelling(productie.url, spelers, proef.map_)
        assert "niet in proefmodus" in speel(elders, START_STOP, "aanbieder").fout


# the two commands, each in a process


def test_a_flow_against_software_in_another_process(proef: Opstelling) -> None:
    script = proef.script("aanbieder", AANBIEDER)
    partijen = _partijen(proef, zonder_token="")
    opdracht = [
        sys.executable, "-m", "berichtenverkeer", "tegenpartij", str(script.pad), "--base-url", proef.url,
        "--partijen", str(partijen), "--door", "keten", "--elke", "0.1",
    ]  # fmt: skip
    with subprocess.Popen(
        opdracht, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=onderbreekbaar
    ) as proces:
        try:
            assert proces.stdout is not None
            begin = proces.stdout.readline()
            assert "speelt proef" in begin, begin + proces.stdout.read()
            ons = ["replay", str(START_STOP), "--domein", "iwmo", "--base-url", proef.url, "--speelt", "aanbieder"]
            uit = CliRunner().invoke(app, [*ons, "--partijen", str(_partijen(proef, zonder_token="aanbieder"))])
        finally:
            proces.send_signal(signal.SIGINT)
            tekst, _ = proces.communicate(timeout=30)
    assert uit.exit_code == 0, uit.output + tekst
    assert "niet bekeken: postvak van aanbieder (3 keer)" in uit.output
    assert proces.returncode == 0, tekst
    assert f"WMO301 van {proef.spelers['gemeente'].code} gekregen" in tekst
    assert "9999" not in tekst


def test_a_script_that_comes_along_runs_until_there_is_nothing_left(proef: Opstelling) -> None:
    proef.stuur()
    aanbieder = proef.spelers["aanbieder"]
    opdracht = ["tegenpartij", "aanbieder", "--base-url", proef.url, "--code", aanbieder.code, "--eenmaal"]
    assert CliRunner().invoke(app, opdracht).exit_code == 2
    uit = CliRunner().invoke(app, opdracht, input=aanbieder.token)
    assert uit.exit_code == 0, uit.output
    assert proef.soorten("gemeente") == ["302", "305", "323", "307"]


@pytest.mark.parametrize(
    ("argumenten", "zegt"),
    [
        (["replay", str(START_STOP), "--speelt", "aanbieder"], "--base-url en --partijen"),
        (["replay", str(START_STOP), "--speelt", "provider", "--partijen", "x"], "een partij provider"),
        (
            ["replay", str(START_STOP), "--speelt", "aanbieder", "--partijen", "x", "--parallel", "2"],
            "een flow tegelijk",
        ),
        (["tegenpartij", "aanbieder", "--base-url", "http://127.0.0.1:1"], "Geef --partijen"),
        (["tegenpartij", "geen.yaml", "--base-url", "http://127.0.0.1:1"], "niet te lezen"),
    ],
)
def test_a_command_that_cannot_go_on_says_why(
    argumenten: list[str], zegt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BV_PARTIJEN", raising=False)
    uit = CliRunner().invoke(app, argumenten)
    assert uit.exit_code == 2
    assert zegt in uit.output


def test_an_address_where_nobody_answers_ends_with_2() -> None:
    opdracht = ["tegenpartij", "gemeente", "--base-url", "http://127.0.0.1:1", "--code", "0034", "--eenmaal"]
    uit = CliRunner().invoke(app, opdracht, input="x")
    assert uit.exit_code == 2
    assert "antwoordt niet" in uit.output


def _partijen(proef: Opstelling, zonder_token: str) -> Path:
    pad = proef.map_ / f"partijen{zonder_token}.yaml"
    tokens = {naam: "" if naam == zonder_token else f", token: '{s.token}'" for naam, s in proef.spelers.items()}
    pad.write_text("".join(f"{naam}: {{code: '{s.code}'{tokens[naam]}}}\n" for naam, s in proef.spelers.items()))
    return pad


# a message beside a step

KWAM = {
    "Client": {
        "Bsn": "999900006",
        "StartProducten": [
            {"ToewijzingNummer": "12", "Begindatum": "2026-03-02", "Product": {"Code": "02A05"}},
            {"ToewijzingNummer": "11", "Begindatum": "2026-03-03"},
        ],
    }
}


@pytest.mark.parametrize(
    ("inhoud", "verschillen"),
    [
        ({}, {}),
        ({"StartProducten": [{"ToewijzingNummer": "11"}, {"ToewijzingNummer": "12"}]}, {}),
        ({"StartProducten": [{"Begindatum": "$begin+1d"}, {"Begindatum": "$begin"}]}, {}),
        ({"StartProducten": [{"Product": {"Code": {"iwmo": "02A05", "ijw": "45A48"}}}, {}]}, {}),
        ({"StartProducten": [{"Product": "$product"}, None]}, {}),
        ({"StartProducten": [{"Product": None, "ToewijzingNummer": "11"}, {}]}, {}),
        (
            {"StartProducten": [{"Begindatum": "$begin", "Product": None}, {}]},
            {"Client/StartProducten[1]/Product": ("niets", "Code 02A05")},
        ),
        ({"StartProducten": [{}]}, {"Client/StartProducten": ("1 keer", "2 keer")}),
        ({"StartProducten": [{}, {}, {"ToewijzingNummer": "13"}]}, {"Client/StartProducten[3]": ("ToewijzingNummer 13", "niets")}),
        ({"Bsn": "999900018"}, {"Client/Bsn": ("wat de flow zegt", "anders")}),
        ({"Commentaar": "x"}, {"Client/Commentaar": ("x", "niets")}),
        ({"StartProducten": [{"ToewijzingNummer": "$een"}, {"ToewijzingNummer": "$een"}]}, {"Client/StartProducten[2]/ToewijzingNummer": ("12", "11")}),
    ],
)  # fmt: skip
def test_a_message_is_held_beside_what_a_step_says(
    inhoud: dict[str, Any], verschillen: dict[str, tuple[str, str]]
) -> None:
    omgeving = Omgeving(Nummers(0), BEGIN, Domein.IWMO, {"product": {"Code": "02A05"}})
    gevonden, _ = houd_naast(Stap(stuur="305", inhoud={"Client": inhoud}), KWAM, omgeving)
    assert {v.wat: (v.verwacht, v.gekregen) for v in gevonden} == verschillen
    assert omgeving.namen == {}


def test_a_name_without_a_value_takes_the_one_that_came() -> None:
    omgeving = Omgeving(Nummers(0), BEGIN, Domein.IWMO)
    starts = [{"ToewijzingNummer": "$later", "Begindatum": "$begin+1d"}, {"ToewijzingNummer": "$eerst"}]
    gevonden, namen = houd_naast(Stap(stuur="305", inhoud={"Client": {"StartProducten": starts}}), KWAM, omgeving)
    assert (gevonden, namen) == ([], {"later": "11", "eerst": "12"})
