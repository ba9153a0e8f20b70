"""The operator's commands on contracts: what they keep, and what they refuse in a sentence."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen.contracten import Contracten
from berichtenverkeer.partijen.partij import Beoordelaar
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract

LIJST = "categorie;code;eenheid;variant;van;tot\n02;02T01;04;taakgericht;2026-01-01;2026-12-31\n"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'proef.db'}"


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url})


def contract(url: str) -> Contract:
    return Contracten(maak_engine(url)).contract("0344", "12345678")


def test_a_tariff_is_added(url: str) -> None:
    uit = draai(url, "tarief", "add", "0344", "12345678", "02T01", "04", "5075", "2026-01-01", "--tot", "2026-12-31")
    assert (uit.exit_code, "50,75 euro per uur vanaf 2026-01-01 tot en met 2026-12-31" in uit.output) == (0, True)
    assert contract(url).tarief("02T01", "04", date(2026, 12, 31)) == 5075
    assert contract(url).tarief("02T01", "04", date(2027, 1, 1)) is None
    assert draai(url, "tarief", "add", "0344", "12345678", "02T01", "04", "5200", "2027-01-01").exit_code == 0
    assert contract(url).tarief("02T01", "04", date(2030, 1, 1)) == 5200


def test_a_list_is_loaded_or_the_old_one_stays(url: str, tmp_path: Path) -> None:
    bestand = tmp_path / "lijst.csv"
    bestand.write_text(LIJST, encoding="utf-8")
    uit = draai(url, "productcodes", "load", "0344", str(bestand))
    assert (uit.exit_code, uit.output) == (0, "De productcodelijst van gemeente 0344 heeft nu 1 code.\n")
    bestand.write_text(LIJST + "02;02T02;4;output;2026-01-01;\n", encoding="utf-8")
    uit = draai(url, "productcodes", "load", "0344", str(bestand))
    assert (uit.exit_code, "regel 3, kolom eenheid: 4 is geen Eenheid" in uit.output) == (2, True)
    assert contract(url).kent_code("02", "02T01", date(2026, 1, 1))
    assert len(contract(url).productcodes) == 1


def test_a_party_is_set(url: str) -> None:
    draai(url, "partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht")
    opdracht = ("partij", "set", "0344", "--beoordeling", "partij", "--instelling", "budget-vergelijking=volume")
    assert draai(url, *opdracht).exit_code == 0
    partij = Register(maak_engine(url)).partij("0344")
    assert partij is not None
    assert partij.beoordeling is Beoordelaar.PARTIJ
    assert contract(url).keuze("budget-vergelijking") == "volume"
    opdracht = ("partij", "set", "0344", "--instelling", "variant=output", "--aanbieder", "12345678")
    assert draai(url, *opdracht).exit_code == 0
    assert contract(url).keuze("variant") == "output"
    assert Contracten(maak_engine(url)).contract("0344", "87654321").keuze("variant") == "eenheid"


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (("tarief", "add", "344", "12345678", "02T01", "04", "1", "2026-01-01"), "CBS-code van 4 cijfers"),
        (("tarief", "add", "0344", "12345678", "02T01", "04", "50,00", "2026-01-01"), "hele eurocenten"),
        (("productcodes", "load", "0344", "bestaat-niet.csv"), "niet te lezen"),
        (("partij", "set", "0344"), "niets om in te stellen"),
        (("partij", "set", "0344", "--beoordeling", "onzin"), "kies knooppunt, partij"),
        (("partij", "set", "0344", "--beoordeling", "partij"), "bestaat niet"),
        (("partij", "set", "0344", "--instelling", "variant"), "NAAM=WAARDE"),
        (("partij", "set", "0344", "--instelling", "variant=output"), "bestaat niet"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(url: str, argumenten: tuple[str, ...], tekst: str) -> None:
    uit = draai(url, *argumenten)
    assert uit.exit_code == 2
    assert tekst in uit.output
    assert isinstance(uit.exception, SystemExit)


def test_nothing_is_set_when_a_setting_is_wrong(url: str) -> None:
    draai(url, "partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht")
    assert draai(url, "partij", "set", "0344", "--beoordeling", "partij", "--instelling", "variant=x").exit_code == 2
    partij = Register(maak_engine(url)).partij("0344")
    assert partij is not None
    assert partij.beoordeling is Beoordelaar.KNOOPPUNT


def test_a_party_puts_signalen_off_and_on_again(url: str) -> None:
    """An aanbieder too; two codes, in one setting or in two."""
    draai(url, "partij", "add", "12345678", "--rol", "aanbieder", "--naam", "Zorg")

    def uit(*instellingen: str) -> frozenset[str]:
        opties = [deel for instelling in instellingen for deel in ("--instelling", instelling)]
        assert draai(url, "partij", "set", "12345678", *opties).exit_code == 0
        partij = Register(maak_engine(url)).partij("12345678")
        assert partij is not None
        return partij.signaal_uit

    assert uit("signaal-uit=OP192, OP033x1") == {"OP192", "OP033x1"}
    assert uit("signaal-uit=OP087", "signaal-uit=IV075") == {"OP087", "IV075"}
    assert uit("signaal-uit=") == frozenset()


@pytest.mark.parametrize(
    ("opties", "melding"),
    [
        (("12345678", "--instelling", "signaal-uit=OP19"), "OP19 is geen signaal; bedoelt u OP192?"),
        (("12345678", "--instelling", "signaal-uit=op033X1"), "op033X1 is geen signaal; bedoelt u OP033x1?"),
        (("12345678", "--instelling", "signaal-uit=TR019"), "TR019 is geen signaal; "),
        (("99999999", "--instelling", "signaal-uit=OP192"), "Partij 99999999 bestaat niet"),
        (("12345678", "--instelling", "signaal-uit=OP192", "--aanbieder", "12345678"), "laat --aanbieder weg"),
    ],
)
def test_what_cannot_be_put_off(url: str, opties: tuple[str, ...], melding: str) -> None:
    draai(url, "partij", "add", "12345678", "--rol", "aanbieder", "--naam", "Zorg")
    antwoord = draai(url, "partij", "set", *opties)
    assert (antwoord.exit_code, melding in antwoord.output) == (2, True), antwoord.output
    partij = Register(maak_engine(url)).partij("12345678")
    assert partij is not None
    assert partij.signaal_uit == frozenset()
