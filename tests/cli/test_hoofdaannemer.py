"""The back-office of a hoofdaannemer on the command line, at a node over real HTTP and beside the database."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.berichten import Dossier
from tests.cli.aanmelden import draai, meld_aan
from tests.knoop import HOOFDAANNEMER, Knoop, knoop

SEGMENTEN = "segment;categorie;code\nbegeleiding;02;\n"
PARTNERS = "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\ndekker;Dekker;onderaannemer;;;;2020-01-01;;\nander;Ander;combinant;;;;2020-01-01;;\n"
TARIEVEN = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;licht;maand;363,00;2020-01-01;\nbegeleiding;midden;maand;409,00;2020-01-01;\n"
LIJST = "versie: 1\nvragen: [{code: A, vraag: 'Alleen?', antwoorden: {Ja: 1, Nee: 0}}]\nklassen: [{klasse: licht}]\n"


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Knoop]:
    """A node with its own database."""
    with knoop(f"sqlite:///{tmp_path / 'proef.db'}", proefmodus=True) as k:
        for naam, inhoud in (("segmenten", SEGMENTEN), ("partners", PARTNERS), ("tarieven", TARIEVEN)):
            (tmp_path / f"{naam}.csv").write_text(inhoud)
        (tmp_path / "vragenlijst.yaml").write_text(LIJST)
        yield k


def test_a_month_from_files_to_a_checked_invoice(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    for soort in ("segmenten", "partners", "tarieven"):
        gezegd = draai("hoofdaannemer", "laad", soort, str(tmp_path / f"{soort}.csv"))
        assert (gezegd.exit_code, "is geladen" in gezegd.stdout) == (0, True), gezegd.output
    assert draai("hoofdaannemer", "laad", "vragenlijst", str(tmp_path / "vragenlijst.yaml")).exit_code == 0
    wie = Dossier(paar.gemeentecode, paar.agb)
    paar.gemeente.goedgekeurd(wie.toewijzing(Einddatum="2026-03-31"))
    [toewijzing] = paar.aanbieder.toewijzingen()
    gezegd = draai("hoofdaannemer", "inzet", "plaats", toewijzing["id"], "dekker", "licht", "2026-02-01", "--json")
    id_ = json.loads(gezegd.stdout)["id"]
    assert "aangeboden" in draai("hoofdaannemer", "inzet", "list", "--partner", "dekker").stdout
    assert "bij ander" in draai("hoofdaannemer", "inzet", "draag-over", id_, "ander", "--per", "2026-03-01").stdout
    assert draai("hoofdaannemer", "inzet", "klasse", id_, "midden", "--per", "2026-02-15").exit_code == 0
    assert "evaluatie" not in draai("hoofdaannemer", "herindicatie").stdout
    assert "partner" in draai("hoofdaannemer", "herindicatie").stdout
    assert "Er is niets." in draai("hoofdaannemer", "bezetting", "2026-Q1").stdout
    uit = draai("hoofdaannemer", "maandstaat", "2026-02", "--partner", "dekker", "--stel-vast")
    assert ("vastgesteld 2026-02/dekker/1" in uit.stdout, "totaal: 386,00 euro" in uit.stdout) == (True, True), (
        uit.output
    )
    assert "386,00 euro" in draai("hoofdaannemer", "maandstaat", "2026-02").stdout
    wie_dan = draai("hoofdaannemer", "maandstaat", "2026-02", "--partner", "zomaar")
    assert (wie_dan.exit_code, "Er is geen partner 'zomaar'. Kies een partner van de lijst." in wie_dan.output) == (
        2,
        True,
    )
    assert draai("hoofdaannemer", "maandstaat", "2026-02", "--partner", "dekker", "--stel-vast").exit_code == 2
    aantal = draai("hoofdaannemer", "inzet", "geleverd", id_, "2026-02", "3")
    assert (aantal.exit_code, "een tarief per maand" in aantal.output) == (2, True)
    factuur = tmp_path / "factuur.csv"
    kop = "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"
    regel = f"F1;dekker;2026-02;{paar.gemeentecode};{wie.nummer};iwmo;"
    factuur.write_text(f"{kop}{regel}licht;181,50\n{regel}midden;204,50\n")
    goed = draai("hoofdaannemer", "factuur", str(factuur), "--bewaar")
    assert (goed.exit_code, "verschil 0,00 euro" in goed.stdout) == (0, True), goed.output
    factuur.write_text(f"{kop}{regel.replace('F1', 'F2')}licht;181,50\n")
    assert draai("hoofdaannemer", "factuur", str(factuur)).exit_code == 1


def test_faults_in_a_file_and_what_cannot_be_read(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    for ook in ((), ("--voor", paar.agb, "--database-url", k.database_url)):
        slecht = tmp_path / "slecht.csv"
        slecht.write_text("segment;categorie;code\n;02;\n")
        uit = draai("hoofdaannemer", "laad", "segmenten", str(slecht), *ook)
        assert (uit.exit_code, "rij 2, segment" in uit.stdout) == (1, True), uit.output
        uit = draai("hoofdaannemer", "laad", "segmenten", str(slecht), "--json", *ook)
        assert (uit.exit_code, json.loads(uit.stdout)["fouten"][0]["kolom"]) == (1, "segment")
        slecht.write_bytes(b"%PDF-1.7")
        assert draai("hoofdaannemer", "laad", "segmenten", str(slecht), *ook).exit_code == 2
        slecht.write_text("versie: 1\n")
        assert draai("hoofdaannemer", "laad", "vragenlijst", str(slecht), *ook).exit_code == 1
        slecht.write_text("versie: [")
        assert draai("hoofdaannemer", "laad", "vragenlijst", str(slecht), *ook).exit_code == 2
        for opdracht, laatste in ((("laad", "zaken", str(slecht)), "vragenlijst"), (("uit", "zaken"), "evaluaties")):
            onbekend = draai("hoofdaannemer", *opdracht, *ook)
            assert onbekend.exit_code == 2
            assert "Kies uit partners, segmenten, tarieven, " in onbekend.output
            assert f", {laatste}." in onbekend.output


def test_what_gives_nothing_because_it_is_not_there(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    for soort in ("segmenten", "partners", "tarieven"):
        draai("hoofdaannemer", "laad", soort, str(tmp_path / f"{soort}.csv"))
    lijst = ("hoofdaannemer", "inzet", "list")
    for vraag, zin in (
        (("--partner", "zzz"), "Er is geen partner 'zzz'. Kies een partner van de lijst."),
        (("--segment", "zzz"), "Er is geen segment 'zzz'. Kies een segment van de lijst: begeleiding."),
        (("--gemeente", "9999"), "Er is geen gemeente '9999'. Geef haar CBS-code, van vier cijfers."),
    ):
        uit = draai(*lijst, *vraag)
        assert (uit.exit_code, uit.stderr.strip()) == (2, zin)
    leeg = draai(*lijst, "--partner", "dekker", "--segment", "begeleiding", "--gemeente", paar.gemeentecode)
    assert (leeg.exit_code, leeg.stdout) == (0, "Er is niets.\n")
    schema = draai("hoofdaannemer", "betaalschema", "9999", "2026")
    assert (schema.exit_code, schema.stderr.strip()) == (
        2,
        "Er is geen gemeente '9999'. Geef haar CBS-code, van vier cijfers.",
    )
    schema = draai("hoofdaannemer", "betaalschema", paar.gemeentecode, "2026")
    assert (schema.exit_code, "geen lumpsum en geen betaling geladen" in schema.stderr) == (2, True)
    lumpsum = tmp_path / "lumpsum.csv"
    lumpsum.write_text(f"gemeente;segment;jaar;euro\n{paar.gemeentecode};begeleiding;2026;1200,05\n")
    assert draai("hoofdaannemer", "laad", "lumpsum", str(lumpsum)).exit_code == 0
    schema = draai("hoofdaannemer", "betaalschema", paar.gemeentecode, "2026")
    assert (schema.exit_code, "1.200,05 euro" in schema.stdout, "100,05 euro" in schema.stdout) == (0, True, True)


@pytest.mark.parametrize("bij", ["knooppunt", "database"])
def test_taken_out_and_loaded_again(k: Knoop, tmp_path: Path, bij: str) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    ook = ("--voor", paar.agb, "--database-url", k.database_url) if bij == "database" else ()
    bron = str(tmp_path / "segmenten.csv")
    proef = draai("hoofdaannemer", "laad", "segmenten", bron, "--proef", *ook)
    assert "zou geven: 1 nieuw" in proef.stdout
    assert "zou geven: 1 nieuw" in draai("hoofdaannemer", "laad", "segmenten", bron, "--proef", *ook).stdout
    assert "is geladen: 1 nieuw" in draai("hoofdaannemer", "laad", "segmenten", bron, *ook).stdout
    for naam in ("weer.csv", "weer.xlsx"):
        uit = draai("hoofdaannemer", "uit", "segmenten", "--uit", str(tmp_path / naam), *ook)
        assert uit.exit_code == 0, uit.output
        weer = draai("hoofdaannemer", "laad", "segmenten", str(tmp_path / naam), *ook)
        assert "0 nieuw, 0 gewijzigd, 1 gelijk" in weer.stdout, weer.output
    assert draai("hoofdaannemer", "uit", "segmenten", *ook).stdout.splitlines() == SEGMENTEN.splitlines()


def test_who_is_no_hoofdaannemer(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar()
    meld_aan(k, paar.agb)
    bron = str(tmp_path / "segmenten.csv")
    assert draai("hoofdaannemer", "laad", "segmenten", bron).exit_code == 2
    uit = draai("hoofdaannemer", "laad", "segmenten", bron, "--voor", paar.agb, "--database-url", k.database_url)
    assert (uit.exit_code, "geen hoofdaannemer" in uit.output) == (2, True)
    assert f"partij add {paar.agb} --rol hoofdaannemer --naam NAAM" in uit.output
    assert "Er is niets." in draai("hoofdaannemer", "inzet", "list").stdout
    assert draai("hoofdaannemer", "maandstaat", "2026-02", "--stel-vast").exit_code == 2


def test_a_partner_reports_with_a_file(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    partner = k.paar()
    lijst = (
        f"code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n{partner.agb};Partner;combinant;;;;2020-01-01;;\n"
    )
    (tmp_path / "partners.csv").write_text(lijst)
    for soort in ("segmenten", "partners", "tarieven"):
        assert draai("hoofdaannemer", "laad", soort, str(tmp_path / f"{soort}.csv")).exit_code == 0
    wie = Dossier(paar.gemeentecode, paar.agb)
    paar.gemeente.goedgekeurd(wie.toewijzing())
    [toewijzing] = paar.aanbieder.toewijzingen()
    assert (
        draai("hoofdaannemer", "inzet", "plaats", toewijzing["id"], partner.agb, "licht", "2026-02-01").exit_code == 0
    )
    meld_aan(k, partner.agb)
    assert "Er is niets." in draai("hoofdaannemer", "maandstaat", "2026-01", "--eigen").stdout
    eigen = draai("hoofdaannemer", "maandstaat", "2026-02", "--eigen").stdout
    assert f"2026-02 {partner.agb} bij {paar.agb}: concept\n" in eigen
    assert "totaal: 363,00 euro" in eigen
    assert draai("hoofdaannemer", "maandstaat", "2026-02", "--eigen", "--partner", partner.agb).exit_code == 2
    bestand = tmp_path / "meldingen.csv"
    kop = "gemeente;toewijzingnummer;domein;soort;datum;reden\n"
    bestand.write_text(f"{kop}{wie.gemeente};{wie.nummer};iwmo;start;2027-02-02;\n")
    slecht = draai("hoofdaannemer", "meld", str(bestand))
    assert (slecht.exit_code, "rij 2, datum" in slecht.stdout) == (1, True), slecht.output
    bestand.write_text(f"{kop}{wie.gemeente};{wie.nummer};iwmo;start;2026-02-02;\n")
    assert "zou geven: 1 nieuw" in draai("hoofdaannemer", "meld", str(bestand), "--proef").stdout
    assert "is geladen: 1 nieuw" in draai("hoofdaannemer", "meld", str(bestand)).stdout
    assert json.loads(draai("hoofdaannemer", "meld", str(bestand), "--json").stdout)["gelijk"] == 1
    bestand.write_bytes(b"%PDF-1.7")
    assert draai("hoofdaannemer", "meld", str(bestand)).exit_code == 2


def test_a_conversion_worked_off(k: Knoop, tmp_path: Path) -> None:
    paar = k.paar(HOOFDAANNEMER)
    meld_aan(k, paar.agb)
    for soort in ("segmenten", "partners", "tarieven"):
        assert draai("hoofdaannemer", "laad", soort, str(tmp_path / f"{soort}.csv")).exit_code == 0
    wie = Dossier(paar.gemeentecode, paar.agb)
    paar.gemeente.goedgekeurd(wie.toewijzing())
    paar.aanbieder.goedgekeurd(wie.start())
    [toewijzing] = paar.aanbieder.toewijzingen()
    assert draai("hoofdaannemer", "inzet", "plaats", toewijzing["id"], "dekker", "licht", "2026-02-01").exit_code == 0
    assert "Er is niets." in draai("hoofdaannemer", "omzetting", "list").stdout
    tabel = [{"oude_code": "02T01", "categorie": "02", "code": "02Z01"}]
    vraag = {"domein": "iwmo", "per": "2026-03-02", "tabel": tabel}
    klok = {"Bv-Klok": "2026-03-02T13:00:00"}
    gemaakt = paar.gemeente.post("/v1/voorstellen/productconversie?uit=xml", json=vraag, headers=klok).json()
    paar.gemeente.goedgekeurd(gemaakt["clienten"][0]["xml"].encode(), **klok)
    assert "over-te-zetten" in draai("hoofdaannemer", "omzetting", "list", "--per", "2026-03-02").stdout
    for naam in ("lijst.csv", "lijst.xlsx"):
        assert draai("hoofdaannemer", "omzetting", "list", "--uit", str(tmp_path / naam)).exit_code == 0
    assert "02Z01" in (tmp_path / "lijst.csv").read_text()
    assert (tmp_path / "lijst.xlsx").read_bytes().startswith(b"PK")
    over = ("hoofdaannemer", "omzetting", "zet-over", "--per", "2026-03-02")
    kan_niet = draai(*over, "--klasse", "licht=zwaar")
    assert (kan_niet.exit_code, "geen klasse 'zwaar'" in kan_niet.stdout) == (1, True), kan_niet.output
    assert draai(*over, "--klasse", "licht").exit_code == 2
    assert "Over te zetten: 1; eerder al: 0; kan niet: 0." in draai(*over, "--proef").stdout
    assert "Overgezet: 1; eerder al: 0" in draai(*over).stdout
    assert json.loads(draai(*over, "--json").stdout)["eerder_overgezet"] == 1
    gezegd = draai("hoofdaannemer", "omzetting", "berichten").stdout
    assert ("WMO307" in gezegd, "WMO305" in gezegd) == (True, True), gezegd
    verstuurd = draai("hoofdaannemer", "omzetting", "verstuur", "--per", "2026-03-02")
    assert (verstuurd.exit_code, verstuurd.stdout) == (0, "Verstuurd: 2; niet verstuurd: 0.\n"), verstuurd.output
    assert "Verstuurd: 0" in draai("hoofdaannemer", "omzetting", "verstuur", "--per", "2026-03-02").stdout
