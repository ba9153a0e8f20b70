"""voorstel and productconversie: the message on standard output, why on standard error, and what the docs show."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.berichten import Dossier, bsns, gemeenten
from tests.cli.aanmelden import draai, meld_aan
from tests.conformance.boom import WEG
from tests.inname.conftest import Balie
from tests.knoop import Knoop
from typer.testing import Result

from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.voorstel.vragen import StartVraag, StopVraag, VerzoekAntwoordVraag

WORTEL = Path(__file__).parents[2]
DOCS = (WORTEL / "docs" / "voorstellen.md").read_text(encoding="utf-8")
TABEL = "oude_code;categorie;code\n02*;02;02Z01\n"


AANBIEDER = ("--knooppunt", "98000000")
PRODUCT = (
    "--categorie", "06", "--code", "06T01", "--vanaf", "2026-04-01", "--einddatum", "2026-12-31", "--volume", "2", "--eenheid", "04",
    "--frequentie", "2", "--verwijzer", "01",
)  # fmt: skip


@pytest.fixture
def balie(k: Knoop, leeg: Balie) -> Balie:
    """A node where one is logged in as an aanbieder and as a gemeente; of its client there is a toewijzing, a VOT and a VOW."""
    d = Dossier(gemeenten()[0], "98000000")
    ander = replace(d, bsn="999900018", nummer=1002)
    vow = d.bericht("317", {"Client/Verzoek/OngewijzigdeProducten": WEG, "Client/Verzoek/NieuweProducten": WEG})
    vrij = replace(d, bsn="999900031", nummer=1003)
    leeg.groep(d.toewijzing(), vow, ander.toewijzing(Einddatum="2026-02-27"), ander.bericht("315"), vrij.toewijzing())
    meld_aan(k, d.aanbieder, d.gemeente)
    return leeg


def soort(uit: Result) -> str:
    """The kind of the message on standard output."""
    return lees(uit.stdout_bytes, Schemas(WORTEL / "xsd")).soort.code


def test_the_message_goes_out_and_the_reason_beside_it(balie: Balie) -> None:
    for opdracht, verwacht in (
        (("toewijzing", "VOW-1", "--knooppunt", "1680"), "WMO301"),
        (("antwoord", "VOT-1", "--knooppunt", "1680", "--reden", "3"), "WMO319"),
        (("antwoord", "VOT-1", "--knooppunt", "1680", "--onderzoek"), "WMO319"),
        (("start", "1001", "--knooppunt", "98000000", "--begindatum", "2026-02-02"), "WMO305"),
        (("verzoek-wijziging", "1003", *AANBIEDER, "--reden", "1", "--volume", "6", "--vanaf", "2026-04-01"), "WMO317"),
        (("verzoek-wijziging", "1003", *AANBIEDER, "--reden", "2", "--einddatum", "2026-06-30"), "WMO317"),
        (("verzoek-toewijzing", "1003", *AANBIEDER, *PRODUCT), "WMO315"),
    ):
        uit = draai("voorstel", *opdracht)
        assert uit.exit_code == 0, uit.stderr
        assert soort(uit) == verwacht
        assert uit.stderr.startswith(f"{verwacht}: voorstel\n  ")


def test_a_client_that_is_new_comes_from_a_file(balie: Balie, tmp_path: Path) -> None:
    """What is typed others can see, and a shell keeps."""
    wie = {"bsn": "999900043", "geslachtsnaam": "Vries", "geboortedatum": "1980-02-29", "geslacht": "2"}
    bestand = tmp_path / "client.json"
    bestand.write_text(json.dumps(wie))
    waar = ("--domein", "iwmo", "--gemeente", gemeenten()[0], *AANBIEDER)
    uit = draai("voorstel", "verzoek-nieuwe-client", str(bestand), *waar, *PRODUCT)
    assert (uit.exit_code, soort(uit)) == (0, "WMO315"), uit.stderr
    zelfde = draai("voorstel", "verzoek-nieuwe-client", "-", *waar, *PRODUCT, invoer=json.dumps(wie))
    assert zelfde.exit_code == 0
    assert "Vries" not in uit.stderr
    open_ = draai("voorstel", "verzoek-nieuwe-client", "-", *waar, *PRODUCT, invoer='{"bsn": "999900043"}')
    assert (open_.exit_code, "Vraag (geslachtsnaam): Hoe heet de cliënt?" in open_.stderr) == (1, True)
    for fout, melding in (
        ("[]", "verwacht een object met bsn, geslachtsnaam"),
        ('{"naam": "x"}', "verwacht een object met bsn, geslachtsnaam"),
        ('{"bsn": "12"}', "BSN klopt niet. Van de cliënt."),
        ("{", "geen JSON"),
    ):
        uit = draai("voorstel", "verzoek-nieuwe-client", "-", *waar, *PRODUCT, invoer=fout)
        assert (uit.exit_code, melding in uit.stderr) == (2, True), uit.stderr


def test_a_question_ends_with_1(balie: Balie) -> None:
    uit = draai("voorstel", "antwoord", "VOT-1", "--knooppunt", "1680")
    assert (uit.exit_code, uit.stdout) == (1, "")
    assert "Vraag (reden): Waarom wijst u het verzoek af?\n    1: Geen wijziging" in uit.stderr
    uit = draai("voorstel", "start", "1001", "--knooppunt", "98000000", "--json")
    assert uit.exit_code == 1
    assert [vraag["naam"] for vraag in json.loads(uit.stdout)["vragen"]] == ["begindatum"]
    uit = draai("voorstel", "verzoek-wijziging", "1003", *AANBIEDER)
    assert (uit.exit_code, uit.stdout) == (1, "")
    assert "Vraag (reden): Waarom vraagt u de wijziging?" in uit.stderr


def test_a_stop_is_reported_and_mended(balie: Balie) -> None:
    van = ("--knooppunt", "98000000")
    for opdracht in (
        ("start", "1002", "--begindatum", "2026-02-02"),
        ("start", "1002", "--begindatum", "2026-02-03", "--corrigeert", "2026-02-02"),
        ("stop", "1002"),
        ("stop", "1002", "--corrigeert", "--reden", "21"),
        ("stop", "1002", "--corrigeert", "--einddatum", "2026-02-26"),
    ):
        uit = draai("voorstel", *opdracht, *van)
        assert uit.exit_code == 0, uit.stderr
        balie.groep(uit.stdout_bytes)


def test_one_number_at_two_gemeenten_is_a_question(balie: Balie) -> None:
    twee = Dossier(gemeenten()[1], "98000000", bsn="999900031")
    [uit] = balie.groep(replace(twee, nummer=1002).toewijzing())
    assert uit.oordeel == "goedgekeurd"
    start = ("voorstel", "start", "1002", "--begindatum", "2026-02-02", "--knooppunt", "98000000")
    eerst = draai(*start)
    assert (eerst.exit_code, "Vraag (gemeente): Van welke gemeente" in eerst.stderr) == (1, True)
    ids = re.findall(r"    (\d{4}): iwmo, 02 02T01, vanaf .*, id ([0-9a-f-]{36})", eerst.stderr)
    assert [gemeente for gemeente, _ in ids] == sorted(gemeenten()[:2])
    for gemeente, id_ in ids:
        op_nummer = draai(*start, "--gemeente", gemeente)
        op_id = draai(*start[:2], id_, *start[3:])
        assert (op_nummer.exit_code, op_nummer.stdout_bytes) == (0, op_id.stdout_bytes), op_nummer.stderr
        assert gemeente.encode() in op_nummer.stdout_bytes


def test_what_is_assigned_otherwise_comes_from_a_file(balie: Balie, tmp_path: Path) -> None:
    bestand = tmp_path / "anders.json"
    bestand.write_text(json.dumps({"VOT-1": {"einddatum": "2026-09-30"}}))
    opdracht = ("voorstel", "toewijzing", "VOT-1", "--knooppunt", "1680", "--nummer", "77", "--anders", str(bestand))
    uit = draai(*opdracht, "--json")
    assert (uit.exit_code, json.loads(uit.stdout)["uitleg"][0]) == (
        0, "Toewijzing 77 is nieuw en honoreert verzoek VOT-1, anders dan gevraagd: Einddatum (IV094).",
    )  # fmt: skip
    contact = tmp_path / "contact.json"
    contact.write_text(
        '[{"Soort": "01", "Adres": {"Huis": {"Huisnummer": 2}, "Postcode": "1234AB", "LandCode": "NL"}}]'
    )
    uit = draai(*opdracht, "--contactgegevens", str(contact))
    assert b"Huisnummer>2<" in uit.stdout_bytes
    for inhoud in ("geen json", "[]", '{"ANDER": {}}', '{"VOT-1": {"onzin": 1}}', '{"VOT-1": 1}'):
        bestand.write_text(inhoud)
        assert draai(*opdracht).exit_code == 2, inhoud
    contact.write_text('[{"Soort": 1, "Onzin": 2}]')
    assert (
        draai("voorstel", "toewijzing", "VOT-1", "--knooppunt", "1680", "--contactgegevens", str(contact)).exit_code
        == 2
    )


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        (("voorstel", "toewijzing", "ONBEKEND", "--knooppunt", "1680"), "Dit verzoek is niet gevonden."),
        (("voorstel", "toewijzing", "00000000-0000-4000-8000-000000000000", "--knooppunt", "1680"), "niet gevonden"),
        (("voorstel", "toewijzing", "VOW-1", "--knooppunt", "1680", "--vanaf", "onzin"), "schrijf een dag"),
        (
            ("voorstel", "toewijzing", "VOW-1", "--knooppunt", "9999"),
            "9999 is geen aanmelding; er zijn: 98000000, 1680.",
        ),
        (("voorstel", "toewijzing", "VOW-1", "--knooppunt", "98000000"), "Een 301 stuurt de gemeente"),
        (("voorstel", "toewijzing", "VOW-1", "--knooppunt", "1680", "--anders", "bestaat-niet"), "niet te lezen"),
        (("voorstel", "start", "x", "--knooppunt", "98000000"), "niet gevonden"),
        (("voorstel", "stop", "7", "--knooppunt", "98000000"), "Toewijzing 7 is niet gevonden"),
        (("voorstel", "stop", "7" * 10, "--knooppunt", "98000000"), "niet gevonden"),
        (("productconversie", __file__, "--knooppunt", "1680", "--per", "2026-04-01"), "kolommen"),
        (("productconversie", "bestaat-niet", "--knooppunt", "1680", "--per", "2026-04-01"), "niet te lezen"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(balie: Balie, opdracht: tuple[str, ...], tekst: str) -> None:
    uit = draai(*opdracht)
    assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    assert isinstance(uit.exception, SystemExit)


@pytest.mark.parametrize(
    ("opties", "tekst"),
    [
        (("--begindatum", "20260202"), "--begindatum: schrijf een dag als EEJJ-MM-DD. De dag waarop"),
        (("--begindatum", "2026-02-30"), "--begindatum klopt niet. De dag waarop de levering begon."),
        (("--gemeente", "168"), "--gemeente klopt niet. CBS-code, als meer gemeenten dit nummer hebben."),
        (("--identificatie", "x" * 13), "--identificatie klopt niet. Van het bericht, hoogstens 12 tekens"),
        (("--gemeente", "x", "--corrigeert", "x"), "--corrigeert: schrijf een dag als EEJJ-MM-DD."),
    ],
)
def test_an_option_that_is_not_as_it_should_be_says_what_it_is(
    balie: Balie, opties: tuple[str, ...], tekst: str
) -> None:
    uit = draai("voorstel", "start", "1001", "--knooppunt", "98000000", *opties)
    assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    assert uit.stderr.count("\n") == len(opties) / 2


def test_every_question_is_an_option_with_its_own_words(balie: Balie) -> None:
    for opdracht, model in (("start", StartVraag), ("stop", StopVraag), ("antwoord", VerzoekAntwoordVraag)):
        hulp = " ".join(draai("voorstel", opdracht, "--help").output.split())
        for naam, veld in model.model_fields.items():
            if veld.description:
                assert veld.description[1:] in hulp, naam
            assert f"--{naam}" in hulp or f" {naam} " in hulp or naam == "antwoord"
    assert "Mag vaker." in draai("voorstel", "toewijzing", "--help").output


def _meer_clienten(balie: Balie) -> None:
    """Two clients more on an old code, one of them with a total over the whole period."""
    anderen = (bsn for bsn in bsns() if bsn not in ("999900006", "999900018", "999900031"))
    for nummer, frequentie in ((2001, "2"), (2002, "6")):
        d = Dossier(gemeenten()[0], "98000000", next(anderen), nummer=nummer)
        balie.groep(d.toewijzing(Omvang__Frequentie=frequentie))


def test_product_codes_are_counted_and_then_written(balie: Balie, tmp_path: Path) -> None:
    tabel, map_ = tmp_path / "tabel.csv", tmp_path / "uit" / "berichten"
    tabel.write_text(TABEL, encoding="utf-8")
    _meer_clienten(balie)
    opdracht = ("productconversie", str(tabel), "--knooppunt", "1680", "--per", "2026-04-01")
    droog = draai(*opdracht)
    assert droog.exit_code == 0, droog.stderr
    assert "toewijzingen 3, berichten 3." in droog.stdout
    assert "er loopt een verzoek om wijziging" in droog.stdout
    assert not map_.exists()
    assert draai(*opdracht, "--uit", str(map_)).exit_code == 0
    berichten = [bestand.read_bytes() for bestand in sorted(map_.glob("WMO301-*.xml"))]
    assert len(berichten) == 3
    assert {uitkomst.oordeel for uitkomst in balie.groep(*berichten)} == {"goedgekeurd"}
    assert "toewijzingen 0, berichten 0." in draai(*opdracht).stdout
    for anders in (("--reden", "12"), ("--domein", "ijw"), ("--per", "0001-01-01")):
        assert draai(*opdracht, *anders).exit_code == 2
    assert draai(*opdracht[:3], "98000000", *opdracht[4:]).exit_code == 2


def test_the_docs_show_what_the_command_says(balie: Balie, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tabel.csv").write_text(TABEL, encoding="utf-8")
    _meer_clienten(balie)
    blokken = re.findall(r"```\n\$ berichtenverkeer (.*?)\n(.*?)```", DOCS, re.DOTALL)
    assert len(blokken) == 4
    for opdracht, verwacht in blokken:
        argumenten = opdracht.replace("\\\n", " ").partition(" > ")[0].split()
        uit = draai(*argumenten)
        assert (uit.stderr if argumenten[0] == "voorstel" else uit.stdout) == verwacht
