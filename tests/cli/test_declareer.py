"""declareer: from a sheet to files, and what the docs show."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.berichten import Dossier, gemeenten
from tests.cli.aanmelden import draai, meld_aan
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import Regel, declaratie
from tests.inname.conftest import Balie
from tests.knoop import NU, Knoop
from tests.werkmappen import van_rijen

from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.levensloop.rekenen.periode import maand
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.voorstel.declaratievoorstel import LANGSTE_NUMMER, declareer_volumes
from berichtenverkeer.voorstel.declareren.volumes import Volume
from berichtenverkeer.voorstel.voorstellen import Bureau, VoorstelFout
from berichtenverkeer.voorstel.vragen import Declaratiewijze

DOCS = (Path(__file__).parents[2] / "docs" / "declareren.md").read_text(encoding="utf-8")
FEBRUARI = ("--maand", "2026-02")


@pytest.fixture
def balie(k: Knoop, leeg: Balie) -> Balie:
    """A node with two gemeenten, where one is logged in as an aanbieder with a client in each."""
    een, twee = (Dossier(gemeente, "98000000") for gemeente in gemeenten()[:2])
    omvang = {"Omvang__Volume": "7", "Omvang__Eenheid": "14", "Omvang__Frequentie": "2"}
    verblijf = replace(een, bsn="999900018", nummer=1002).toewijzing(Ingangsdatum="2026-01-01", **omvang)
    uit = leeg.groep(een.toewijzing(), verblijf, replace(twee, nummer=2001).toewijzing())
    assert {ontvangst.oordeel for ontvangst in uit} == {"goedgekeurd"}, uit
    meld_aan(k, een.gemeente, een.aanbieder)
    return leeg


def schrijf(tmp_path: Path, tekst: str) -> str:
    bestand = tmp_path / "volumes.csv"
    bestand.write_text(tekst, encoding="utf-8")
    return str(bestand)


def test_a_file_for_each_gemeente_that_is_granted_when_it_is_sent(balie: Balie, tmp_path: Path) -> None:
    kop = "toewijzingnummer;datum;hoeveelheid;eenheid;tarief;onderaannemer\n"
    bestand = schrijf(tmp_path, kop + "1001;3-2-2026;90;1;5000;A\n2001;3-2-2026;2;;5000;B\n1002;4-2-2026;1;;9000;\n")
    uit = draai("declareer", bestand, *FEBRUARI, "--uit", str(tmp_path / "uit"), "--voorvoegsel", "F")
    assert (uit.exit_code, uit.stderr) == (0, "")
    een, twee = gemeenten()[:2]
    assert re.findall("DeclaratieNummer (.*):", uit.output) == ["F1", "F2"]
    assert "2 prestaties van 2 cliënten, samen 165,00 euro, over 02-2026." in uit.output
    assert uit.output.partition("Per onderaannemer:\n")[2].splitlines()[:3] == [
        "  A: 75,00 euro", "  B: 100,00 euro", "  (geen): 90,00 euro"
    ]  # fmt: skip
    bestanden = sorted((tmp_path / "uit").iterdir())
    assert [b.name for b in bestanden] == sorted(f"WMO323-{gemeente}-2026-02.xml" for gemeente in (een, twee))
    for ontvangst in balie.groep(*(b.read_bytes() for b in bestanden)):
        assert ontvangst.oordeel == "goedgekeurd"


def test_what_is_wrong_is_told_by_line_and_can_be_left_out(balie: Balie, tmp_path: Path) -> None:
    kop = "toewijzingnummer;maand;hoeveelheid;tarief;onderaannemer\n"
    bestand = schrijf(
        tmp_path, kop + "1001;2026-02;15;5000;A\n1001;2026-02;6;5000;B\n1002;2026-02;1;;A\n7;2026-02;1;;\n"
    )
    uit = draai("declareer", bestand, *FEBRUARI)
    assert uit.exit_code == 1
    assert "regel 5, kolom toewijzingnummer: toewijzing 7 is bij deze gemeente niet bekend" in uit.output
    assert "regel 4, kolom tarief: productcode 02T01 heeft op 2026-02-01 geen tarief" in uit.output
    assert "    TR321 21 uur is meer dan het maximum" in uit.output
    assert "      21 uur is 1 uur meer dan 20 uur." in uit.output
    assert "  A: 750,00 euro, waarvan 750,00 euro zou worden afgewezen" in uit.output
    goed = draai("declareer", bestand, *FEBRUARI, "--alleen-goed", "--uit", str(tmp_path))
    assert (goed.exit_code, list(tmp_path.glob("*.xml"))) == (1, [])
    assert "Er is niets dat gedeclareerd kan worden" in goed.output
    te_vroeg = draai("declareer", bestand, *FEBRUARI, "--moment", "2026-02-27T12:00:00")
    assert te_vroeg.output.count("TR137") == 2


def test_a_sheet_by_bsn_or_own_number_with_a_line_for_each_prestatie(balie: Balie, tmp_path: Path) -> None:
    kop = "Cliëntnr;BSN;Productcode;Periode;Uren;Opmerking\n"
    bestand = tmp_path / "ecd.csv"
    bestand.write_bytes((kop + ";999900006;02T01;02-2026;1,5;\nC-7;;;februari 2026;2;x\n").encode("cp1252"))
    clienten = tmp_path / "clienten.csv"
    clienten.write_text("client;bsn\nC-7;999900018\n")
    opties = ("--gemeente", gemeenten()[0], "--kolom", "Uren=hoeveelheid", "--tarief-eenheid", "04")
    uit = draai("declareer", str(bestand), *FEBRUARI, *opties, "--clienten", str(clienten))
    assert "Niet gebruikt: kolom Opmerking." in uit.output
    assert "productcode 02T01 heeft op 2026-02-01 geen tarief per minuut; vul het tarief." in uit.output
    bestand.write_bytes(
        (kop.replace("Opmerking", "Tarief") + ";999900006;02T01;02-2026;1,5;€ 54,00\n").encode("cp1252")
    )
    uit = draai("declareer", str(bestand), *FEBRUARI, *opties)
    assert uit.exit_code == 0, uit.output
    [regel] = [regel for regel in uit.output.splitlines() if regel.startswith("  regel 2: ")]
    assert (
        regel
        == "  regel 2: toewijzing 1001, 02 02T01, 2026-02-01 tot en met 2026-02-28: 90 minuten à 0,90 euro, 81,00 euro"
    )
    assert "    1,5 uur is 90 minuten." in uit.output
    assert (
        "    Let op: Op toewijzing 1001 is geen start gemeld; meld haar met een 305 als er is geleverd." in uit.output
    )
    assert "999900006" not in uit.output


@pytest.mark.parametrize(
    ("rij", "melding"),
    [
        ("999900043;02T01;2026-02;1", "van deze cliënt loopt er dan geen toewijzing voor 02T01"),
        ("999900006;03X01;2026-02;1", "van deze cliënt loopt er dan geen toewijzing voor 03X01"),
        (
            "999900006;;2026-02;1",
            "er passen meer toewijzingen: 1001, 1005; vul het product, of de kolom toewijzingnummer",
        ),
    ],
)
def test_a_client_without_one_toewijzing_is_told(balie: Balie, tmp_path: Path, rij: str, melding: str) -> None:
    balie.groep(replace(Dossier(gemeenten()[0], "98000000"), nummer=1005).toewijzing(Product__Code="02T05"))
    uit = draai("declareer", schrijf(tmp_path, f"bsn;code;maand;hoeveelheid\n{rij}\n"), *FEBRUARI,
                "--gemeente", gemeenten()[0])  # fmt: skip
    assert (uit.exit_code, melding in uit.output) == (1, True), uit.output
    assert "9999000" not in uit.output


def test_a_month_after_the_stop_is_warned_of(balie: Balie, tmp_path: Path) -> None:
    for opdracht in (
        ("start", "1001", "--begindatum", "2026-01-05"),
        ("stop", "1001", "--einddatum", "2026-01-20", "--reden", "21"),
    ):
        uit = draai("voorstel", *opdracht, "--gemeente", gemeenten()[0])
        assert uit.exit_code == 0, uit.output
        balie.groep(uit.stdout_bytes)
    bestand = schrijf(tmp_path, "toewijzingnummer;maand;hoeveelheid;tarief\n1001;2026-01;1;5000\n1001;2026-02;1;5000\n")
    uit = draai("declareer", bestand, *FEBRUARI, "--gemeente", gemeenten()[0])
    assert uit.output.count("Let op:") == 1
    assert "Let op: De levering op toewijzing 1001 is gestopt op 2026-01-20, vóór deze periode." in uit.output


def test_a_workbook_and_one_that_would_be_refused(balie: Balie, tmp_path: Path) -> None:
    bestand = tmp_path / "volumes.xlsx"
    kop = ("Toewijzing", "Maand", "Aantal", "Eenheid", "Tarief")
    rijen = (("1001", "2026-02", "99", "uur", "54,00"), ("1002", "2026-02", "1", "etmaal", "90,00"))
    bestand.write_bytes(van_rijen(kop, *rijen))
    uit = draai("declareer", str(bestand), *FEBRUARI)
    assert "Zo zou 1 ervan worden afgewezen" in uit.output
    assert "regel 2: toewijzing 1001" in uit.output
    zonder = draai("declareer", str(bestand), *FEBRUARI, "--alleen-goed")
    assert "1 prestatie die zou worden afgewezen staat er niet in." in zonder.output


def test_json_is_what_http_answers(balie: Balie, tmp_path: Path) -> None:
    bestand = schrijf(tmp_path, "toewijzingnummer;maand;hoeveelheid;tarief\n1001;2026-02;15;5000\n")
    uit = draai("declareer", bestand, *FEBRUARI, "--json", "--gemeente", gemeenten()[0], "--domein", "iwmo")
    inhoud = json.loads(uit.output)
    assert (uit.exit_code, inhoud["bedrag"]) == (0, 75000)
    assert inhoud.keys() == {"bedrag", "declaraties", "fouten", "per_onderaannemer", "ongebruikte_kolommen"}
    assert draai("declareer", bestand, *FEBRUARI, "--gemeente", gemeenten()[1]).exit_code == 1


@pytest.mark.parametrize(
    ("tekst", "opties", "melding"),
    [
        ("toewijzingnummer;maand;hoeveelheid\n1001;2026-02;x\n", (), "regel 2, kolom hoeveelheid: x is geen hoeveelheid"),
        ("toewijzingnummer;maand;hoeveelheid\n1001;2026-02;1\n", ("--gemeente", "855"), "--gemeente klopt niet. CBS-code (4 cijfers)"),
        ("toewijzingnummer;maand;hoeveelheid\n1001;2026-02;1\n", ("--voorvoegsel", "a-b"), "--voorvoegsel klopt niet. Begin van elk DeclaratieNummer, tot 8 letters en cijfers"),
        ("toewijzingnummer;maand;hoeveelheid\n1001;2026-02;1\n", ("--knooppunt", "1"), "1 is geen aanmelding"),
        ("toewijzingnummer;maand;hoeveelheid\n1001;2026-02;1\n", ("--knooppunt", "1680"), "Een 323 stuurt de aanbieder"),
        (None, (), "niet te lezen; controleer de naam"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    balie: Balie, tmp_path: Path, tekst: str | None, opties: tuple[str, ...], melding: str
) -> None:
    bestand = schrijf(tmp_path, tekst) if tekst else str(tmp_path / "niets.csv")
    uit = draai("declareer", bestand, *FEBRUARI, *opties)
    assert (uit.exit_code, melding in uit.stderr) == (2, True), uit.output


def test_a_map_that_cannot_be_written(balie: Balie, tmp_path: Path) -> None:
    bestand = schrijf(tmp_path, "toewijzingnummer;maand;hoeveelheid;tarief\n1001;2026-02;1;5000\n")
    (tmp_path / "uit" / f"WMO323-{gemeenten()[0]}-2026-02.xml").mkdir(parents=True)
    uit = draai("declareer", bestand, *FEBRUARI, "--uit", str(tmp_path / "uit"))
    assert (uit.exit_code, "hier is niet te schrijven" in uit.stderr) == (2, True)


def test_a_prefix_that_leaves_no_room(balie: Balie) -> None:
    periode = maand(date(2026, 2, 1))
    vraag = Declaratiewijze.model_construct(maand=periode, voorvoegsel="F" * LANGSTE_NUMMER)
    aanbieder = balie.register.partij("98000000")
    assert aanbieder is not None
    with balie.engine.connect() as verbinding:
        b = Bureau(verbinding, aanbieder, NU, SCHEMAS, lambda *_: Contract())
        volumes = [Volume(1, 1001, periode, 1, False, tarief=5000)]
        with pytest.raises(VoorstelFout, match="geen DeclaratieNummer meer vrij"):
            declareer_volumes(b, volumes, vraag, {})


def test_a_refused_prestatie_is_proposed_again(balie: Balie) -> None:
    d = Dossier(gemeenten()[0], "98000000")
    [uit] = balie.groep(declaratie(d, "D1", Regel("R1", uren=21)))
    assert isinstance(uit, Ontvangst)
    vraag = ("voorstel", "prestatie", uit.id, "R1", "--wat", "opnieuw")
    eerst = draai(*vraag)
    assert (eerst.exit_code, "Vraag (geleverd_volume): Er is nog ruimte voor 20 uur." in eerst.stderr) == (1, True)
    dan = draai(*vraag, "--volume", "20")
    assert dan.exit_code == 0
    [goed] = balie.groep(dan.stdout_bytes)
    assert goed.oordeel == "goedgekeurd"
    assert draai(*vraag, "--maand", "2026-03").exit_code == 1
    assert draai("voorstel", "prestatie", "R1", "R1", "--wat", "credit").exit_code == 2
    op_nummer = draai("voorstel", "prestatie", "D1", *vraag[3:], "--volume", "19")
    assert "al gedeclareerd" in op_nummer.stderr, op_nummer.output


def test_the_examples_in_the_docs_are_what_the_command_says(balie: Balie, tmp_path: Path) -> None:
    bestand = schrijf(tmp_path, re.findall(r"```csv\n(.*?)```", DOCS, re.S)[0])
    voorbeelden = re.findall(r"```\n\$ berichtenverkeer (declareer .*?)\n(.*?)```", DOCS, re.S)
    assert voorbeelden
    for opdracht, verwacht in voorbeelden:
        argumenten = [bestand if deel == "volumes.csv" else deel for deel in opdracht.split()]
        assert draai(*argumenten).output == verwacht
