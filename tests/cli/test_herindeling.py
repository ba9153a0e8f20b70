"""Gemeenten that merge, end to end: the division is loaded, the merger noted, and what runs is taken over on both sides of New Year."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from tests.berichten import Dossier, gemeenten
from tests.cli.aanmelden import draai, meld_aan
from tests.inname.conftest import Balie
from tests.knoop import Knoop

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.partijen import indelingen
from berichtenverkeer.partijen.contracten import kies, laad_productcodes, lees_contract, voeg_tarief_toe
from berichtenverkeer.partijen.partij import Beoordelaar, alle, geef_mandaat, mandaten, zet_beoordeling
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.indeling import INDELING, PEILDAG

OUD, NIEUW, NAAM = "1680", "2099", "Nieuwhunze"
PER = "2027-01-01"
VOOR, NA = "2026-12-15T10:00:00", "2027-01-04T10:00:00"


@pytest.fixture
def lijst(tmp_path: Path) -> Path:
    """The division of 2027, in which a gemeente has gone on in a new one."""
    namen = {code: een.naam for code, een in INDELING.op(PEILDAG).items()}
    del namen[OUD]
    pad = tmp_path / "2027.csv"
    regels = (f"{code};{naam};provincie" for code, naam in (namen | {NIEUW: NAAM}).items())
    pad.write_text("\n".join(["Gemeentecode;Gemeentenaam;Provincie", *regels]), encoding="utf-8")
    return pad


def _bij(k: Knoop, *opdracht: str) -> str:
    uit = draai(*opdracht, "--database-url", k.database_url)
    assert uit.exit_code == 0, uit.output
    return uit.stdout


def _verstuur(k: Knoop, token: str, map_: Path, welke: str, moment: str) -> list[str]:
    """Hand in these messages as the new gemeente; what came of each."""
    uit = []
    for bestand in sorted(map_.glob(welke)):
        antwoord = httpx.post(
            f"{k.url}/v1/berichten",
            content=bestand.read_bytes(),
            headers={
                "Content-Type": "application/xml",
                "Authorization": f"Bearer {token}",
                "Bv-Klok": moment,
            },
        )
        assert antwoord.status_code == 202, antwoord.text
        uit.append(antwoord.json()["oordeel"])
    return uit


def test_what_runs_goes_over_on_both_sides_of_new_year(k: Knoop, leeg: Balie, lijst: Path, tmp_path: Path) -> None:
    assert gemeenten()[0] == OUD
    for domein in Domein:
        d = Dossier(OUD, "98000000", domein=domein)
        ander = replace(d, bsn="999900018", nummer=1002)
        later = replace(d, bsn="999900031", nummer=1003)
        leeg.groep(
            d.toewijzing(Einddatum="2027-06-30"),
            ander.toewijzing(Einddatum="2026-10-31"),  # ends before
            later.toewijzing(Ingangsdatum="2027-02-01", Einddatum="2027-03-31"),
            d.start(),
        )
    geladen = _bij(k, "codelijst", "load", "CBS", str(lijst), "--vanaf", PER)
    assert "nieuw     2099 Nieuwhunze" in geladen
    assert "vervalt   1680 Aa en Hunze, tot en met 2026-12-31" in geladen
    assert "gemeente herindeling 1680 NIEUW --per 2027-01-01" in geladen
    vastgelegd = _bij(k, "gemeente", "herindeling", OUD, NIEUW, "--per", PER)
    assert "2099 is aangemeld als gemeente" in vastgelegd
    assert "2099 mag indienen voor 1680" in vastgelegd
    k.tokens[NIEUW] = _bij(k, "partij", "token", NIEUW).strip()
    beide = _bij(k, "partij", "token", NIEUW, "--ook", OUD).strip()
    k.binnen.register.kijk()
    meld_aan(k, NIEUW)

    for domein in Domein:
        map_ = tmp_path / domein
        opdracht = ("herindeling", OUD, "--domein", domein, "--knooppunt", NIEUW)
        voor = draai(*opdracht, "--moment", VOOR, "--uit", str(map_ / "voor"))
        assert voor.exit_code == 0, voor.output
        assert (
            "Te beëindigen: 1 (berichten van de oude gemeente: 1). Toe te wijzen: 1 (berichten van u: 0)."
            in voor.stdout
        )
        assert "geldt pas vanaf 2027-01-01" in voor.stdout
        assert "begint op of na de herindeling" in voor.stdout
        assert _verstuur(k, beide, map_ / "voor", "*", VOOR) == ["goedgekeurd"]

        na = draai(*opdracht, "--moment", NA, "--uit", str(map_ / "na"))
        assert (
            "Te beëindigen: 0 (berichten van de oude gemeente: 0). Toe te wijzen: 1 (berichten van u: 1)." in na.stdout
        )
        assert _verstuur(k, beide, map_ / "na", "*", NA) == ["goedgekeurd"]
        klaar = draai(*opdracht, "--moment", NA)
        assert "Te beëindigen: 0" in klaar.stdout
        assert "Klaar: 1." in klaar.stdout
        assert _toewijzingen(k, OUD, domein)[1001] == ("2026-02-01", "2026-12-31")
        assert list(_toewijzingen(k, NIEUW, domein).values()) == [(PER, "2027-06-30")]


def test_who_comes_after_new_year_is_not_too_late(k: Knoop, leeg: Balie, lijst: Path, tmp_path: Path) -> None:
    leeg.groep(Dossier(OUD, "98000000").toewijzing(Einddatum="2027-06-30"))
    _bij(k, "codelijst", "load", "cbs", str(lijst), "--vanaf", PER)
    _bij(k, "gemeente", "herindeling", OUD, NIEUW, "--per", PER)
    k.tokens[NIEUW] = _bij(k, "partij", "token", NIEUW).strip()
    beide = _bij(k, "partij", "token", NIEUW, "--ook", OUD).strip()
    k.binnen.register.kijk()
    meld_aan(k, NIEUW)
    uit = draai("herindeling", OUD, "--knooppunt", NIEUW, "--moment", NA, "--uit", str(tmp_path / "na"))
    assert "berichten van de oude gemeente: 1). Toe te wijzen: 1 (berichten van u: 1)." in uit.stdout, uit.output
    assert [bestand.name for bestand in sorted((tmp_path / "na").iterdir())] == [
        "1-einde-1680-WMO301-98000000-0001.xml",
        "2-begin-WMO301-98000000-0001.xml",
    ]
    assert _verstuur(k, beide, tmp_path / "na", "*", NA) == ["goedgekeurd", "goedgekeurd"]


def _toewijzingen(k: Knoop, gemeente: str, domein: Domein) -> dict[int, tuple[str, str]]:
    items = k.klant(gemeente).toewijzingen(domein=str(domein))
    return {een["toewijzingnummer"]: (een["ingangsdatum"], een["einddatum"]) for een in items}


def test_only_who_takes_over_may_ask(k: Knoop, lijst: Path) -> None:
    ander = gemeenten()[1]
    meld_aan(k, "98000000", ander)
    for wie, tekst in (("98000000", "Een herindeling doet de nieuwe gemeente"), (ander, "mag niet indienen voor 1680")):
        uit = draai("herindeling", OUD, "--knooppunt", wie)
        assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    geef_mandaat(k.engine, ander, OUD, systeemklok())
    k.binnen.register.kijk()
    uit = draai("herindeling", OUD, "--knooppunt", ander)
    assert (uit.exit_code, "1680 gaat niet op in" in uit.stderr) == (2, True), uit.output


def test_parties_mandates_and_contracts_go_along_once(k: Knoop) -> None:
    aanbieder, kantoor = "98000000", "98000001"
    geef_mandaat(k.engine, kantoor, OUD, systeemklok())
    zet_beoordeling(k.engine, OUD, Beoordelaar.PARTIJ)
    codes = b"categorie;code;eenheid;variant;van;tot\n02;02A01;04;inspanning;2026-01-01;\n02;02A02;04;inspanning;2025-01-01;2026-12-31\n"
    laad_productcodes(k.engine, OUD, codes)
    voeg_tarief_toe(k.engine, OUD, aanbieder, "02A01", "04", "5000", "2026-01-01")
    kies(k.engine, OUD, {"variant": "output"})
    gedaan = indelingen.voeg_samen(k.engine, OUD, NIEUW, date(2027, 1, 1), systeemklok(), NAAM)
    assert (gedaan.aangemeld, gedaan.mandaten) == (True, ((NIEUW, OUD), (kantoor, NIEUW)))
    assert {(NIEUW, OUD), (kantoor, NIEUW), (kantoor, OUD)} <= set(mandaten(k.engine))
    assert {partij.code: partij for partij in alle(k.engine)}[NIEUW].beoordeling is Beoordelaar.PARTIJ
    contract = lees_contract(k.engine, Kalender(), NIEUW, aanbieder)
    assert [een.code for een in contract.productcodes] == ["02A01"]
    assert contract.tarief("02A01", "04", date(2027, 1, 1)) == 5000
    assert contract.keuze("variant") == "output"
    assert contract.indeling.opvolgers(OUD) == "2099 (Nieuwhunze)"

    voeg_tarief_toe(k.engine, NIEUW, aanbieder, "02A01", "04", "6000", "2026-01-01")
    weer = indelingen.voeg_samen(k.engine, OUD, NIEUW, date(2027, 1, 1), systeemklok(), NAAM)
    assert (weer.aangemeld, weer.mandaten) == (False, ())
    assert (weer.contract.productcodes, weer.contract.tarieven, weer.contract.anders) == (0, 0, 1)


@pytest.mark.parametrize(
    ("oud", "nieuw", "per", "tekst"),
    [
        ("9999", "0363", PER, "9999 is geen gemeente"),
        (OUD, OUD, PER, "zijn dezelfde"),
        ("0501", "1992", PER, "bestaat tot en met 2022-12-31; kies per 2023-01-01"),
        ("0501", "0363", "2023-01-01", "is opgegaan in 1992 (Voorne aan Zee), niet in 0363"),
        (OUD, "2099", PER, "2099 is nog geen gemeente"),
        (OUD, "0501", PER, "0501 (Brielle) is op 2027-01-01 geen gemeente"),
        ("0501", "1992", "2023-01-01", "Partij 0501 bestaat niet"),
        (OUD, "0363", "1-1-2027", "is geen dag"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(k: Knoop, oud: str, nieuw: str, per: str, tekst: str) -> None:
    uit = draai("gemeente", "herindeling", oud, nieuw, "--per", per, "--database-url", k.database_url)
    assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    assert indelingen.bekend(k.engine) == INDELING


@pytest.mark.parametrize(
    ("wijzig", "vanaf", "tekst"),
    [
        (("", ""), "2026-01-01", "is meegeleverd; laad een latere"),
        (("", ""), "2027-13-01", "is geen dag"),
        (("Gemeentecode", "nummer"), PER, "een kolom code en een kolom naam"),
        (("0363;", "363;"), PER, "363 is geen CBS-code"),
        (("0363;Amsterdam", "0363;"), PER, "gemeente 0363 heeft geen naam"),
        (("0363;", "0358;"), PER, "0358 staat er twee keer in"),
        (("0363;Amsterdam", "0501;Brielle"), PER, "waren er voor 2027-01-01 al niet meer: 0501"),
    ],
)
def test_a_division_that_cannot_be_is_refused(
    k: Knoop, lijst: Path, wijzig: tuple[str, str], vanaf: str, tekst: str
) -> None:
    lijst.write_text(lijst.read_text(encoding="utf-8").replace(*wijzig, 1), encoding="utf-8")
    uit = draai("codelijst", "load", "CBS", str(lijst), "--vanaf", vanaf, "--database-url", k.database_url)
    assert (uit.exit_code, tekst in uit.stderr) == (2, True), uit.output
    assert indelingen.bekend(k.engine) == INDELING


def test_only_what_changes_is_no_division(k: Knoop, lijst: Path) -> None:
    lijst.write_text("code;naam\n2099;Nieuwhunze\n", encoding="utf-8")
    uit = draai("codelijst", "load", "CBS", str(lijst), "--vanaf", PER, "--database-url", k.database_url)
    assert re.search("Van de 342 gemeenten van nu staan er 0 in het bestand", uit.stderr)


def test_who_asks_for_the_list_sees_what_was_loaded(k: Knoop, lijst: Path) -> None:
    _bij(k, "codelijst", "load", "CBS", str(lijst), "--vanaf", PER)
    k.binnen.register.kijk()
    codes = {een["code"]: een for een in k.klant(None).json("/v1/standaard/codelijsten/CBS")["codes"]}
    assert codes[OUD]["geldig_tot"] == "2026-12-31"
    assert codes[NIEUW]["geldig_van"] == PER
    assert codes["0501"]["geldig_tot"] == "2022-12-31"
