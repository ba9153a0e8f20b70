"""A day in the back-office of an aanbieder, by the command line only: logged in at a node over real HTTP."""

import json
import os
import re
import stat
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.berichten import Dossier, gemeenten
from tests.cli.aanmelden import draai, meld_aan
from tests.inname.conftest import Balie
from tests.knoop import Knoop
from typer.main import get_command

from berichtenverkeer.cli import aanmeldingen, app
from berichtenverkeer.cli.aanmeldingen import lees_url
from berichtenverkeer.cli.lijsten import LIJSTEN

D = Dossier(gemeenten()[0], "98000000")
POSIX = pytest.mark.skipif(os.name != "posix", reason="rechten van bestanden zijn die van POSIX")


def regels(tekst: str) -> list[Any]:
    """The objects of ``--json``."""
    return [json.loads(regel) for regel in tekst.splitlines()]


def bestand(map_: Path, naam: str, data: bytes) -> str:
    map_.mkdir(exist_ok=True)
    (map_ / naam).write_bytes(data)
    return str(map_ / naam)


def test_a_day_from_login_to_declaratie(k: Knoop, tmp_path: Path) -> None:
    meld_aan(k, D.gemeente, D.aanbieder)
    gemeente = ("--knooppunt", D.gemeente)
    bericht = D.toewijzing()
    gestuurd = draai("stuur", bestand(tmp_path, "301.xml", bericht), *gemeente)
    assert gestuurd.exit_code == 0, gestuurd.output
    assert re.fullmatch(r".*301\.xml: WMO301 \w+ is goedgekeurd, WMO302 [0-9a-f-]{36}\n", gestuurd.stdout)

    ligt = draai("postvak")
    assert [woord in ligt.stdout for woord in ("WMO301", "WordtAangeboden", D.gemeente)] == [True] * 3
    post = tmp_path / "post"
    assert draai("postvak", "--uit", str(post), "--bevestig").exit_code == 0
    assert [een.read_bytes() for een in post.iterdir()] == [bericht]
    assert "niets nieuws" in draai("postvak").stdout
    assert "Bezorgd" in draai("postvak", "--alles").stdout

    open_ = draai("toewijzingen", "--toestand", "lopend", "--levering", "niet_gestart").stdout
    assert ("1001" in open_, D.bsn in open_) == (True, True)
    start = draai("voorstel", "start", "1001", "--begindatum", "2026-02-02")
    assert draai("stuur", "-", invoer=start.stdout_bytes).exit_code == 0
    assert "gestart" in draai("toewijzingen", "--geldig-op", "2026-03-02").stdout
    assert "niet gestart → gestart" in draai("tijdlijn", "1001").stdout

    volumes = bestand(tmp_path, "volumes.csv", b"toewijzingnummer;maand;hoeveelheid;tarief\n1001;2026-02;15;5000\n")
    gedeclareerd = draai("declareer", volumes, "--maand", "2026-02", "--stuur")
    assert (gedeclareerd.exit_code, "WMO323" in gedeclareerd.stdout) == (0, True), gedeclareerd.output
    assert "is goedgekeurd" in gedeclareerd.stdout
    assert "750,00 euro" in draai("declaraties", "--maand", "2026-02").stdout

    assert "signalen" in draai("werklijst").stdout
    assert draai("werklijst", "signalen").stdout == "Er is niets te doen.\n"
    soorten = [een["berichtsoort"] for een in regels(draai("berichten", "--json").stdout)]
    assert sorted(soorten) == ["WMO301", "WMO302", "WMO305", "WMO306", "WMO323", "WMO325"]


def test_what_is_refused_is_told_and_ends_with_1(k: Knoop, tmp_path: Path) -> None:
    meld_aan(k, D.gemeente, D.aanbieder)
    onbekend = bestand(tmp_path, "305.xml", D.start())
    uit = draai("stuur", onbekend, "--uit", str(tmp_path / "retour"))
    assert uit.exit_code == 1
    assert "is afgekeurd, WMO306" in uit.stdout
    assert re.search(r"  TR\d+ regel \d+ /Bericht/", uit.stdout)
    assert [een.name[:6] for een in (tmp_path / "retour").iterdir()] == ["WMO306"]
    vreemd = draai("stuur", bestand(tmp_path, "301.xml", D.toewijzing()))
    assert (vreemd.exit_code, "geweigerd. " in vreemd.stdout) == (1, True)
    [gezegd] = regels(draai("stuur", onbekend, "--json").stdout)
    assert (gezegd["bestand"], gezegd["oordeel"]) == (onbekend, "afgekeurd")
    fout = bestand(tmp_path, "volumes.csv", b"toewijzingnummer;maand;hoeveelheid\n7;2026-02;1\n")
    niets = draai("declareer", fout, "--maand", "2026-02", "--stuur")
    assert (niets.exit_code, "Er is niets verstuurd" in niets.stderr) == (1, True)


def test_a_folder_and_a_zip_are_sent_file_by_file(k: Knoop, tmp_path: Path) -> None:
    meld_aan(k, D.gemeente)
    for nummer in (1001, 1002):
        bestand(tmp_path / "map", f"{nummer}.xml", replace(D, nummer=nummer).toewijzing())
    assert "is goedgekeurd" in draai("stuur", str(tmp_path / "map")).stdout
    with zipfile.ZipFile(tmp_path / "alles.zip", "w") as zip_:
        zip_.writestr("een.xml", replace(D, nummer=1003).toewijzing())
        zip_.writestr("lees.txt", b"niets")
    [gezegd] = regels(draai("stuur", str(tmp_path / "alles.zip"), "--json").stdout)
    assert gezegd["bestand"].endswith("alles.zip/een.xml")
    for naam, inhoud in (("kapot.zip", b"PK geen zip"), ("leeg", None), ("weg.xml", None)):
        if inhoud is not None:
            bestand(tmp_path, naam, inhoud)
        elif naam == "leeg":
            (tmp_path / naam).mkdir()
        assert draai("stuur", str(tmp_path / naam)).exit_code == 2


def test_what_comes_in_is_told_as_it_comes(k: Knoop, leeg: Balie, tmp_path: Path) -> None:
    meld_aan(k, D.aanbieder)
    leeg.groep(replace(D, nummer=1000).toewijzing())

    def straks() -> None:
        time.sleep(0.3)
        with k.klant(D.gemeente) as klant:
            klant.goedgekeurd(D.toewijzing())

    draad = threading.Thread(target=straks)
    draad.start()
    [item] = regels(draai("luister", "--aantal", "1", "--json").stdout)
    draad.join()
    assert item["volgnummer"] > 1
    oud = draai("luister", "--alles", "--aantal", "2", "--uit", str(tmp_path / "post"), "--bevestig").stdout
    assert oud.count("WMO301") == 4  # a kind, and the name of a file
    assert len(list((tmp_path / "post").iterdir())) == 2
    id_ = item["referentiegegevens"]["traceerId"]
    assert draai("bevestig", id_).stdout == f"{id_} is bevestigd.\n"
    assert "--uit" in draai("postvak", "--bevestig").stderr


def test_a_client_is_found_by_a_bsn_that_is_no_argument(k: Knoop, leeg: Balie) -> None:
    meld_aan(k, D.aanbieder)
    leeg.groep(D.toewijzing(), replace(D, bsn="999900018", nummer=1002).toewijzing())
    [een] = regels(draai("toewijzingen", "--client", "--json", invoer="999900018\n").stdout)
    assert een["toewijzingnummer"] == 1002
    assert draai("verzoeken", "--client", invoer="12\n").exit_code == 2
    assert draai("verzoeken", "--client", invoer=f"{D.bsn}\n").stdout == "Er is niets.\n"


def test_one_number_at_two_gemeenten_asks_which(k: Knoop, leeg: Balie) -> None:
    meld_aan(k, D.aanbieder)
    leeg.groep(D.toewijzing(), replace(D, gemeente=gemeenten()[1]).toewijzing())
    meer = draai("tijdlijn", "1001")
    assert (meer.exit_code, meer.stderr.count("iwmo: ")) == (2, 2)
    id_ = re.findall(r"[0-9a-f-]{36}", meer.stderr)[0]
    assert draai("tijdlijn", id_, "--json").exit_code == 0
    assert draai("tijdlijn", "1001", "--gemeente", D.gemeente).exit_code == 0
    assert "niet gevonden" in draai("tijdlijn", "7").stderr


def test_what_is_to_be_done_stands_on_lists_and_on_one(k: Knoop, leeg: Balie) -> None:
    meld_aan(k, D.gemeente)
    leeg.groep(D.toewijzing(), D.bericht("315"))
    te_doen = [een["naam"] for een in regels(draai("werklijst", "--json").stdout) if een["aantal"]]
    assert te_doen
    een = draai("werklijst", te_doen[0])
    assert ("Waarom" in een.stdout, "Lijst" in een.stdout) == (True, False)
    alles = draai("werklijst", "alles")
    assert [woord in alles.stdout for woord in ("Lijst", "Cliënt", te_doen[0])] == [True] * 3
    assert draai("werklijst", "alles", "--tot-en-met", "2026-01-01").stdout == "Er is niets te doen.\n"
    assert draai("werklijst", te_doen[0], "--tot-en-met", "2026-01-01").exit_code == 2
    onbekend = draai("werklijst", "onzin")
    assert (onbekend.exit_code, te_doen[0] in onbekend.stderr) == (2, True)


def test_a_list_is_taken_out_whole_and_then_what_changed(k: Knoop, leeg: Balie, tmp_path: Path) -> None:
    meld_aan(k, D.aanbieder)
    leeg.groep(D.toewijzing(), replace(D, bsn="999900018", nummer=1002).toewijzing())
    eerst = draai("export", "toewijzingen", "--uit", str(tmp_path / "uit"), "--vorm", "ndjson", "--json")
    assert eerst.exit_code == 0, eerst.output
    [gemaakt] = regels(eerst.stdout)
    assert [gemaakt["aantal"], *map(len, (gemaakt["bestanden"], gemaakt["vervallen"]))] == [2, 1, 0]
    assert {een["toewijzingnummer"] for een in regels(Path(gemaakt["bestanden"][0]).read_text())} == {1001, 1002}
    assert stat.S_IMODE(Path(gemaakt["bestanden"][0]).stat().st_mode) == 0o600
    leeg.groep(replace(D, bsn="999900031", nummer=1003).toewijzing())
    opdracht = ("export", "toewijzingen", "--uit", str(tmp_path / "uit"), "--sinds", gemaakt["volgende"])
    daarna = draai(*opdracht, "--filter", "toestand=lopend")
    assert (daarna.exit_code, "1 toewijzingen; de volgende keer" in daarna.stdout) == (0, True), daarna.output
    assert sorted(een.suffix for een in (tmp_path / "uit").iterdir()) == [".csv", ".ndjson"]
    assert draai(*opdracht, "--filter", "toestand=lopend").exit_code == 0  # the same again is no other
    [al] = (tmp_path / "uit").glob("*.csv")
    al.write_text("iets van de gebruiker")
    botst = draai(*opdracht)
    assert (botst.exit_code, "--overschrijf" in botst.stderr, al.read_text()) == (2, True, "iets van de gebruiker")
    assert draai(*opdracht, "--overschrijf").exit_code == 0
    assert "1003" in al.read_text()
    with k.klant(D.aanbieder) as klant:
        assert klant.json("/v1/exports")["items"] == []
    for fout in (
        ("--filter", "bsn=999900006"),
        ("--filter", "levering"),
        ("--filter", "onzin=1"),
        ("--sinds", "onzin"),
    ):
        assert draai(*opdracht[:4], *fout).exit_code == 2, fout


def test_every_filter_of_a_list_is_an_option(k: Knoop) -> None:
    """And each option is a filter that the node knows."""
    for naam, lijst in LIJSTEN.items():
        opdracht: Any = get_command(app).get_command(None, naam)  # type: ignore[attr-defined]
        opties = {optie.name for optie in opdracht.params} - {"knooppunt", "moment", "als_json"}
        assert opties == filters(k, lijst.pad) | {"bsn"}, naam


def filters(k: Knoop, pad: str) -> set[str]:
    """What a list can be asked for, besides its pages and their order, as an option has it."""
    vorm = k.openapi["paths"][f"{pad}/zoeken"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    gevraagd = k.openapi["components"]["schemas"][vorm["$ref"].rpartition("/")[2]]["properties"]
    klein = {re.sub("([A-Z])", lambda hoofd: f"_{hoofd[1].lower()}", naam) for naam in gevraagd}
    return klein - {"aantal", "gewijzigd_na", "limiet", "nieuwste_eerst"}


@POSIX
def test_the_file_is_of_its_owner_only(k: Knoop) -> None:
    meld_aan(k, D.aanbieder)
    [pad] = Path(os.environ["XDG_CONFIG_HOME"]).rglob("*.json")
    assert (stat.S_IMODE(pad.stat().st_mode), stat.S_IMODE(pad.parent.stat().st_mode)) == (0o600, 0o700)


def test_a_token_is_told_nowhere(k: Knoop, leeg: Balie, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    token = k.tokens[D.aanbieder]
    aangemeld = draai("login", k.url, "--in-bestand", invoer=token)
    leeg.groep(D.toewijzing())
    volumes = bestand(tmp_path, "v.csv", b"toewijzingnummer;maand;hoeveelheid\n1001;2026-02;1\n")
    opdrachten: tuple[tuple[str, ...], ...] = (
        ("knooppunten",), ("postvak",), ("toewijzingen", "--json"), ("werklijst",), ("tijdlijn", "1001"), ("tijdlijn", "8"),
        ("stuur", bestand(tmp_path, "1.xml", D.start())), ("stuur", bestand(tmp_path, "2.xml", b"geen xml")),
        ("declareer", volumes, "--maand", "2026-02"), ("berichten", "--oordeel", "onzin"), ("logout",), ("postvak",),
    )  # fmt: skip
    gezegd = [aangemeld.output, *(draai(*opdracht).output for opdracht in opdrachten)]
    assert [tekst for tekst in gezegd if token in tekst] == []
    assert token not in caplog.text
    assert token not in repr(aanmeldingen.Aanmelding("a", k.url, None, token))


def test_more_logins_by_name(k: Knoop) -> None:
    assert "nergens aangemeld" in draai("postvak").stderr
    assert "nergens aangemeld" in draai("knooppunten").stdout
    meld_aan(k, D.gemeente, D.aanbieder)
    assert f"* {D.aanbieder}  {k.url}" in draai("knooppunten").stdout
    assert f"* {D.gemeente}" in draai("knooppunten", D.gemeente).stdout
    assert draai("postvak", "--knooppunt", "weg").exit_code == 2
    assert f"Standaard is nu {D.aanbieder}." in draai("logout").stdout
    assert draai("logout", D.gemeente).exit_code == 2
    assert draai("logout").exit_code == 0
    assert draai("logout").exit_code == 2


def test_the_address_may_be_that_of_the_interface(k: Knoop) -> None:
    uit = draai("login", f"{k.url}/v1/", "--naam", "hier", "--in-bestand", invoer=k.tokens[D.aanbieder])
    assert uit.exit_code == 0, uit.output
    assert f"* hier  {k.url}\n" in draai("knooppunten").stdout


@pytest.mark.parametrize(
    ("gegeven", "adres"),
    [
        ("https://v1/", "https://v1"),
        ("https://v1/v1/", "https://v1"),
        ("https://a/b/v1", "https://a/b"),
        ("https://a", "https://a"),
    ],
)
def test_a_name_that_looks_like_a_version_stays(gegeven: str, adres: str) -> None:
    assert lees_url(gegeven, onveilig=False) == adres


def test_a_token_for_more_parties_says_which(k: Knoop) -> None:
    zelf = draai("login", k.url, "--partij", D.aanbieder, "--naam", "a", invoer=k.tokens[D.aanbieder])
    assert zelf.exit_code == 0
    ander = draai("login", k.url, "--partij", D.gemeente, "--naam", "b", invoer=k.tokens[D.aanbieder])
    assert (ander.exit_code, "niet voor de partij" in ander.stderr) == (2, True)
    assert "b" not in draai("knooppunten").stdout.split()


@pytest.mark.parametrize(
    ("argumenten", "token", "tekst"),
    [
        (("http://example.org",), "x", "leesbaar over het netwerk"),
        (("http://127.0.0.1.example.org",), "x", "leesbaar over het netwerk"),
        (("ftp://localhost",), "x", "geen adres"),
        (("localhost:8080",), "x", "geen adres"),
        (("http://[::1",), "x", "geen adres"),
        (("https://naam:wachtwoord@localhost",), "x", "wachtwoord"),
        (("http://localhost:1",), "x", "antwoordt niet"),
        (("http://localhost:1",), "twee woorden", "geen token"),
        (("http://localhost:1",), "", "geen token"),
        (("http://localhost:1", "--token-bestand", "bestaat-niet"), "", "niet te lezen"),
    ],
)
def test_a_login_that_cannot_be(argumenten: tuple[str, ...], token: str, tekst: str) -> None:
    uit = draai("login", *argumenten, invoer=token)
    assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output


def test_a_wrong_token_is_not_kept(k: Knoop, tmp_path: Path) -> None:
    uit = draai("login", k.url, "--token-bestand", bestand(tmp_path, "token", b"verkeerd\n"))
    assert (uit.exit_code, "partij token" in uit.stderr, "verkeerd" in uit.output) == (2, True, False)
    assert "nergens aangemeld" in draai("knooppunten").stdout


SLEUTELBOS = """
import json, pathlib
class errors:
    class KeyringError(Exception): ...
PAD = pathlib.Path(__file__).with_suffix(".json")
def _alles(): return json.loads(PAD.read_text())
def set_password(dienst, naam, wachtwoord):
    if not PAD.exists(): raise errors.KeyringError("op slot")
    PAD.write_text(json.dumps(_alles() | {naam: wachtwoord}))
def get_password(dienst, naam):
    if not PAD.exists(): raise errors.KeyringError("op slot")
    return _alles().get(naam)
def delete_password(dienst, naam):
    PAD.write_text(json.dumps({n: w for n, w in _alles().items() if n != naam}))
"""
"""A keyring with the interface of the package, in a file beside it."""


def test_a_keyring_has_the_token_when_there_is_one(k: Knoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bos = Path(bestand(tmp_path / "bos", "keyring.json", b"{}"))
    bestand(tmp_path / "bos", "keyring.py", SLEUTELBOS.encode())
    monkeypatch.syspath_prepend(bos.parent)
    token = k.tokens[D.aanbieder]
    assert "in de sleutelbos" in draai("login", k.url, "--naam", "a", invoer=token).stdout
    [pad] = Path(os.environ["XDG_CONFIG_HOME"]).rglob("*.json")
    assert (token in pad.read_text(), token in bos.read_text()) == (False, True)
    assert draai("postvak").exit_code == 0
    bos.rename(bos.with_suffix(".op-slot"))
    assert "Meld u opnieuw aan" in draai("postvak").stderr
    assert "dat alleen u kunt lezen" in draai("login", k.url, "--naam", "b", invoer=token).stdout
    bos.with_suffix(".op-slot").rename(bos)
    assert draai("logout", "a").exit_code == 0
    assert json.loads(bos.read_text()) == {}


@pytest.mark.parametrize("inhoud", ["", "[]", '{"knooppunten": {"a": {"wat": 1}}, "standaard": "a"}'])
def test_a_damaged_file_is_told(tmp_path: Path, inhoud: str) -> None:
    map_ = Path(os.environ["XDG_CONFIG_HOME"]) / "berichtenverkeer"
    map_.mkdir(parents=True)
    (map_ / "knooppunten.json").write_text(inhoud)
    uit = draai("postvak")
    assert (uit.exit_code, "beschadigd" in uit.stderr) == (2, True)
