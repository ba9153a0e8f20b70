"""validate, parse, generate and rules: what people and programs read from them, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conformance.voorbeelden import FOUT, MAP, voorbeelden
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.instelling import INSTELLINGEN
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN

SLEUTELS = {"regel", "niveau", "retourcode", "regelnummer", "pad", "element", "melding", "advies", "ernst"}
"""The keys of a finding: other software is written against them."""


def draai(*argumenten: str | Path, invoer: bytes | str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in argumenten], input=invoer)


def test_the_examples_are_what_the_conformance_set_makes() -> None:
    assert {pad.name: pad.read_bytes() for pad in MAP.iterdir()} == voorbeelden()
    assert {pad.stem for pad in MAP.iterdir() if pad.name not in FOUT} == set(BERICHTSOORTEN)


def test_every_example_is_valid() -> None:
    uit = draai("validate", *sorted(MAP.glob("[WJ]*.xml")))
    assert uit.exit_code == 0, uit.output
    assert "28 bestanden: 28 geldig, 0 ongeldig, 0 niet te lezen." in uit.output


def test_json_has_one_line_a_file_with_exactly_the_keys_others_rely_on() -> None:
    uit = draai("validate", "--json", MAP / FOUT[1], MAP / "WMO301.xml", MAP / FOUT[0])
    regels = [json.loads(regel) for regel in uit.stdout.splitlines()]
    assert uit.exit_code == 1
    assert [set(regel) for regel in regels] == [{"bestand", "berichtsoort", "geldig", "bevindingen"}] * 3
    assert [regel["geldig"] for regel in regels] == [False, True, False]
    assert all(set(bevinding) == SLEUTELS for regel in regels for bevinding in regel["bevindingen"])
    assert [bevinding["regel"] for bevinding in regels[0]["bevindingen"]] == ["CS002", "TR018"]
    assert regels[0]["bevindingen"][1] | {"melding": "", "advies": ""} == {
        "regel": "TR018", "niveau": "bericht", "retourcode": "0001", "regelnummer": 39,
        "pad": "/Bericht/Client/StopProducten/StopProduct[1]/Einddatum", "element": "Einddatum",
        "melding": "", "advies": "", "ernst": "fout",
    }  # fmt: skip
    assert [(b["regel"], b["niveau"], b["retourcode"]) for b in regels[2]["bevindingen"]] == [("XSD", "xsd", None)]


def test_niveau_xsd_leaves_the_rules_out() -> None:
    assert draai("validate", "--niveau", "xsd", MAP / FOUT[1]).exit_code == 0
    assert draai("validate", "--niveau", "bericht", MAP / FOUT[1]).exit_code == 1
    assert draai("validate", "--niveau", "xsd", MAP / FOUT[0]).exit_code == 1


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        (b"", "Het document is leeg."),
        (b"PK\x03\x04\x14\x00", "Het document is een ZIP."),
        (b"0141802000855999900010" + b" " * 100, "Het document is een EI-bestand"),
        (b'<Bericht xmlns="http://www.istandaarden.nl/iwmo/2_4/wmo303/schema"/>', "Declareer met een WMO323"),
        (b"<a>", "geen welgevormde XML"),
        (b"<a/>", "geen Bericht van iWmo of iJw"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
    ],
)
def test_what_cannot_be_read_gives_exit_code_2(tmp_path: Path, inhoud: bytes, tekst: str) -> None:
    bestand = tmp_path / "x.xml"
    bestand.write_bytes(inhoud)
    uit = draai("validate", MAP / FOUT[0], bestand)
    assert uit.exit_code == 2
    assert tekst in uit.output
    regel = json.loads(draai("validate", "--json", bestand).stdout)
    assert (regel["berichtsoort"], regel["geldig"]) == (None, False)
    [bevinding] = regel["bevindingen"]
    assert set(bevinding) == SLEUTELS
    assert (bevinding["regel"], bevinding["niveau"], bevinding["retourcode"]) == ("LEESBAAR", "xsd", None)


def test_a_missing_file_is_said_and_does_not_stop_the_others(tmp_path: Path) -> None:
    uit = draai("validate", tmp_path / "nee.xml", MAP / "JW307.xml", tmp_path)
    assert uit.exit_code == 2
    assert "Het bestand bestaat niet." in uit.output
    assert "Het bestand is een map." in uit.output
    assert "JW307 is geldig" in uit.output


def test_patterns_and_standard_input() -> None:
    assert "14 bestanden: 14 geldig" in draai("validate", MAP / "JW*.xml").output
    uit = draai("validate", "-", invoer=(MAP / "WMO319.xml").read_bytes())
    assert (uit.exit_code, uit.output) == (0, "-: WMO319 is geldig\n")


@pytest.mark.parametrize("soort", BERICHTSOORTEN)
def test_parse_and_generate_give_the_same_bytes_back(soort: str, tmp_path: Path) -> None:
    ontleed = draai("parse", MAP / f"{soort}.xml")
    assert json.loads(ontleed.stdout)["berichtsoort"] == soort
    gemaakt = draai("generate", "-", "--uit", tmp_path / "uit.xml", invoer=ontleed.stdout)
    assert gemaakt.exit_code == 0, gemaakt.output
    assert (tmp_path / "uit.xml").read_bytes() == (MAP / f"{soort}.xml").read_bytes()


def _met(soort: str, pad: list[str | int], waarde: object) -> str:
    invoer = json.loads(draai("parse", MAP / f"{soort}.xml").stdout)
    hier = invoer["bericht"]
    for stap in pad[:-1]:
        hier = hier[stap]
    hier[pad[-1]] = waarde
    return json.dumps(invoer)


@pytest.mark.parametrize(
    ("pad", "waarde", "reden"),
    [
        (["Client", "StartProducten", 0, "Begindatum"], 1700000000, "hoort een datum te zijn"),
        (["Client", "StartProducten", 0, "ToewijzingNummer"], "12", "hoort een geheel getal te zijn"),
        (["Client", "StartProducten", 0, "ToewijzingNummer"], 1.5, "hoort een geheel getal te zijn"),
        (["Client", "Bsn"], 999900006, "hoort tekst te zijn"),
        (["Client", "Onzin"], "x", "kent dit bericht niet"),
        (["Client", "Bsn"], "12", "Bsn heeft niet de juiste vorm"),
        (["Client", "Naam", "Geslachtsnaam", "Achternaam"], "a\x01b", "teken dat in XML niet mag"),
        (["Header", "BerichtCode"], "999", "BerichtCode"),
    ],
)
def test_generate_refuses_with_the_reason_and_writes_nothing(
    pad: list[str | int], waarde: object, reden: str, tmp_path: Path
) -> None:
    uit = draai("generate", "-", "--uit", tmp_path / "uit.xml", invoer=_met("WMO305", pad, waarde))
    assert uit.exit_code == 1
    assert reden in uit.output
    assert not (tmp_path / "uit.xml").exists()


def test_generate_refuses_a_name_that_stands_there_twice() -> None:
    uit = draai("generate", "-", invoer='{"berichtsoort": "WMO305", "bericht": {"Header": {}, "Header": {}}}')
    assert (uit.exit_code, "Header staat er in één object dubbel in" in uit.output) == (2, True)


def test_generate_says_that_it_cannot_write_there(tmp_path: Path) -> None:
    ontleed = draai("parse", MAP / "WMO305.xml")
    uit = draai("generate", "-", "--uit", tmp_path / "nee" / "uit.xml", invoer=ontleed.stdout)
    assert (uit.exit_code, "hier is niet te schrijven" in uit.output) == (2, True)


@pytest.mark.parametrize("opdracht", [("validate",), ("parse",), ("serve",)])
def test_a_folder_without_xsds_is_said(opdracht: tuple[str, ...], tmp_path: Path) -> None:
    bestand = () if opdracht == ("serve",) else (MAP / "WMO305.xml",)
    uit = draai(*opdracht, *bestand, "--xsd-dir", tmp_path)
    assert (uit.exit_code, "BV_XSD_DIR" in uit.output) == (2, True)


@pytest.mark.parametrize(
    "invoer", ["", "{", "[]", "[" * 100_000, '{"berichtsoort": "WMO999", "bericht": {}}', '{"bericht": {}}', '"x"']
)
def test_generate_says_what_it_expects(invoer: str) -> None:
    uit = draai("generate", "-", invoer=invoer)
    assert uit.exit_code == 2
    assert any(reden in uit.output for reden in ("geen JSON", "verwacht", "te diep genest"))


def test_generate_writes_crlf_on_a_real_pipe() -> None:
    json_tekst = draai("parse", MAP / "WMO307.xml").stdout.encode()
    uit = subprocess.run(
        [sys.executable, "-m", "berichtenverkeer", "generate", "-"], input=json_tekst, capture_output=True, check=True
    )
    assert uit.stdout == (MAP / "WMO307.xml").read_bytes()
    assert uit.stdout.count(b"\r\n") == uit.stdout.count(b"\n")


def test_rules_lists_the_catalogue() -> None:
    codes = [regel.code for regel in catalogus()]
    assert [regel["code"] for regel in json.loads(draai("rules", "--json").stdout)] == codes
    assert all(f"### {code}\n" in draai("rules", "--markdown").stdout for code in codes)
    assert "TR326" in draai("rules").output


def test_rules_names_the_choices_in_a_rule() -> None:
    regels = {regel["code"]: regel["instellingen"] for regel in json.loads(draai("rules", "--json").stdout)}
    assert {i["naam"] for instellingen in regels.values() for i in instellingen} == set(INSTELLINGEN)
    [budget] = regels["TR369"]
    assert (budget["naam"], budget["waarden"], budget["standaard"]) == (
        "budget-vergelijking",
        ["bedrag", "volume"],
        "bedrag",
    )
    assert "Instelling `budget-vergelijking`: `bedrag` (standaard), `volume`." in draai("rules", "--markdown").stdout


def test_rules_explains_one_retourcode() -> None:
    uit = draai("rules", "9321")
    assert uit.exit_code == 0
    assert "Ingediend volume is hoger dan toegewezen (iWmo en iJw)." in uit.output
    assert "Gegeven op: 323." in uit.output
    assert "Komt terug in: 325." in uit.output
    assert "  TR321 (323): " in uit.output
    assert "vraag dan met een 317 om een hogere toewijzing" in uit.output
    assert json.loads(draai("rules", "s300", "--json").stdout)["regels"] == ["TR378"]


def test_rules_explains_a_code_without_a_rule_and_one_rule() -> None:
    assert "Geen: de code zegt" in draai("rules", "0200").output
    assert "retourcode 9321; berichten 323" in draai("rules", "tr321").output
    assert json.loads(draai("rules", "TR321", "--json").stdout)["code"] == "TR321"


def test_rules_says_what_was_meant_by_what_is_no_code() -> None:
    uit = draai("rules", "93210")
    assert uit.exit_code == 2
    assert "9321" in uit.output
    assert "geen regel en geen retourcode" in draai("rules", "x").output


def test_docs_of_the_rules_are_those_of_the_code() -> None:
    docs = Path(__file__).parents[2] / "docs" / "regels.md"
    assert docs.read_text(encoding="utf-8") == draai("rules", "--markdown").stdout, "run: make docs"


def test_help_and_version() -> None:
    assert draai("--version").output.strip() == "0.1.0"
    uit = draai("--help").output
    for opdracht in ("validate", "parse", "generate", "rules", "serve", "demo", "partij", "db", "rebuild"):
        assert opdracht in uit


def test_a_signaal_is_told_and_leaves_a_message_valid(tmp_path: Path) -> None:
    """A byte order mark (OP192)."""
    goed = (MAP / "WMO305.xml").read_bytes()
    bestand = tmp_path / "bom.xml"
    bestand.write_bytes(b"\xef\xbb\xbf" + goed)
    uit = draai("validate", bestand)
    kop, plek, melding, advies = uit.stdout.splitlines()
    assert (uit.exit_code, kop, plek) == (
        0,
        f"{bestand}: WMO305 is geldig, met 1 signaal",
        "  signaal OP192 regel 2 /Bericht",
    )
    assert "BOM" in melding
    assert advies.startswith("    Schrijf het bestand als UTF-8")
    regel = json.loads(draai("validate", "--json", bestand).stdout)
    [bevinding] = regel["bevindingen"]
    assert (regel["geldig"], bevinding["ernst"], bevinding["regel"]) == (True, "signaal", "OP192")
    assert bevinding["retourcode"] is None
    bestand.write_bytes(goed.replace(b"\r\n", b"\n").replace(b"Bsn>9", b"Bsn>1"))
    uit = draai("validate", bestand)
    assert (uit.exit_code, uit.stdout.splitlines()[0]) == (1, f"{bestand}: WMO305 is ongeldig, met 1 signaal")


def test_the_catalogue_tells_what_refuses_from_what_only_tells() -> None:
    ernst = {regel["code"]: regel["ernst"] for regel in json.loads(draai("rules", "--json").stdout)}
    assert (ernst["TR019"], ernst["OP087"]) == ("fout", "signaal")
