"""Contracts: a list is read whole or refused whole, and what changed is seen."""

from datetime import date

import pytest

from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.partijen.contracten import Contracten, kies, laad_productcodes, voeg_tarief_toe
from berichtenverkeer.partijen.productcodelijst import ContractFout, lees_productcodes
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract, Productcode, Tarief
from berichtenverkeer.tabellen.fouten import HOOGSTENS

from .conftest import Balie

KOP = "categorie;code;eenheid;variant;van;tot\n"
GOED = KOP + "02;02T01;04;inspanning;2026-01-01;2026-12-31\n45;45T01;83;Output;2026-01-01;\n"


def test_a_list_as_people_keep_it() -> None:
    anders = (
        '\ufeffCode; Categorie;tot;van;variant;eenheid\r\n"02T01";02;2026-12-31;2026-01-01;inspanning; 04\r\n;;;;;\r\n'
    )
    [code] = lees_productcodes(anders.encode())
    assert code == Productcode("02", "02T01", "04", Uitvoeringsvariant.INSPANNING, date(2026, 1, 1), date(2026, 12, 31))
    assert lees_productcodes(GOED.encode()) == (
        code,
        Productcode("45", "45T01", "83", Uitvoeringsvariant.OUTPUT, date(2026, 1, 1)),
    )


@pytest.mark.parametrize(
    ("rij", "melding"),
    [
        ("2;02T01;04;output;2026-01-01;", "regel 2, kolom categorie: 2 is geen ProductCategorie"),
        (";02T01;04;output;2026-01-01;", "regel 2, kolom categorie: leeg is geen"),
        ("02;02T001;04;output;2026-01-01;", "regel 2, kolom code: 02T001 is geen productcode"),
        ("02;;04;output;2026-01-01;", "regel 2, kolom code: leeg is geen"),
        ("02;02T01;4;output;2026-01-01;", "regel 2, kolom eenheid: 4 is geen Eenheid; kies 01, 04"),
        (
            "02;02T01;04;p;2026-01-01;",
            "regel 2, kolom variant: p is geen variant; kies inspanning, output, taakgericht",
        ),
        ("02;02T01;04;output;;", "regel 2, kolom van: leeg is geen dag"),
        ("02;02T01;04;output;01-02-2026;", "regel 2, kolom van: 01-02-2026 is geen dag"),
        ("02;02T01;04;output;2026-01-01;2026-02-30", "regel 2, kolom tot: 2026-02-30 is geen dag"),
        ("02;02T01;04;output;2026-01-02;2026-01-01", "regel 2, kolom tot: 2026-01-01 ligt vóór 2026-01-02"),
        ("02;02T01;04;output;2026-01-01", "regel 2: 5 kolommen in plaats van 6"),
        ('02;"02T01"x;04;output;2026-01-01;', "regel 2: geen CSV"),
        (
            "02;02T01;04;output;2026-01-01;2026-01-31\n02;02T01;04;output;2026-01-31;",
            "regel 3, kolom van: 2026-01-31 valt in de geldigheid van dezelfde code op regel 2",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(rij: str, melding: str) -> None:
    with pytest.raises(ContractFout) as fout:
        lees_productcodes((KOP + rij).encode())
    assert str(fout.value).startswith(melding)
    assert "\n" not in str(fout.value)


@pytest.mark.parametrize("data", [b"", b"02;02T01\n", KOP.encode(), b"\xff\xfe", KOP.replace(";tot", "").encode()])
def test_a_file_that_is_no_list(data: bytes) -> None:
    with pytest.raises(ContractFout):
        lees_productcodes(data)


def test_all_faults_come_out_but_not_without_end() -> None:
    rijen = "x;;x;x;x;x\n" * 100
    with pytest.raises(ContractFout) as fout:
        lees_productcodes((KOP + rijen).encode())
    regels = str(fout.value).splitlines()
    assert len(regels) == HOOGSTENS + 1
    assert (
        regels[:2] == [regel for regel in regels if regel.startswith("regel 2, kolom ca") or "kolom code" in regel][:2]
    )
    assert regels[-1] == f"en nog {600 - HOOGSTENS} fouten."


def test_a_list_with_a_fault_leaves_the_old_one(balie: Balie) -> None:
    assert laad_productcodes(balie.engine, "0344", GOED.encode()) == 2
    with pytest.raises(ContractFout):
        laad_productcodes(balie.engine, "0344", (GOED + "02;02T02;99;output;2026-01-01;").encode())
    assert len(Contracten(balie.engine).contract("0344", "00000001").productcodes) == 2


def test_a_change_is_seen_when_the_register_looks_again(balie: Balie) -> None:
    contracten = Contracten(balie.engine)
    register = Register(balie.engine, contracten)
    register.kijk()
    assert contracten.contract("0363", "00000001") == Contract()
    tarief = voeg_tarief_toe(balie.engine, "0363", "00000001", "02T01", "04", "5000", "2026-01-01", "2026-12-31")
    assert tarief == Tarief("02T01", "04", 5000, date(2026, 1, 1), date(2026, 12, 31))
    assert contracten.contract("0363", "00000001") == Contract()
    register.kijk()
    gezien = contracten.contract("0363", "00000001")
    assert gezien.tarieven == (tarief,)
    register.kijk()
    assert contracten.contract("0363", "00000001") is contracten.bekend("0363", "00000001") is gezien  # nothing changed
    assert contracten.contract("0363", "00000002").tarieven == ()


@pytest.mark.parametrize(
    ("waarden", "melding"),
    [
        (("344", "00000001", "02T01", "04", "1", "2026-01-01"), "CBS-code van 4 cijfers"),
        (("0344", "0000001", "02T01", "04", "1", "2026-01-01"), "AGB-code van 8 cijfers"),
        (("0344", "00000001", "", "04", "1", "2026-01-01"), "geen productcode"),
        (("0344", "00000001", "02T01", "05", "1", "2026-01-01"), "geen Eenheid"),
        (("0344", "00000001", "02T01", "83", "1", "2026-01-01"), "bestaat geen tarief"),
        (("0344", "00000001", "02T01", "04", "-1", "2026-01-01"), "hele eurocenten"),
        (("0344", "00000001", "02T01", "04", "100000000", "2026-01-01"), "hele eurocenten"),
        (("0344", "00000001", "02T01", "04", "1", "2026-1-1"), "geen dag"),
        (("0344", "00000001", "02T01", "04", "1", "2026-01-02", "2026-01-01"), "ligt vóór"),
    ],
)
def test_a_tariff_that_cannot_be(balie: Balie, waarden: tuple[str, ...], melding: str) -> None:
    with pytest.raises(ContractFout, match=melding):
        voeg_tarief_toe(balie.engine, *waarden)
    assert Contracten(balie.engine).contract("0344", "00000001").tarieven == ()


def test_settings_are_set_together_or_not_at_all(balie: Balie) -> None:
    gemeente = balie.dossier().gemeente
    kies(balie.engine, gemeente, {"variant": "output"})
    for keuzes, melding in (
        ({"variant": "taakgericht", "onzin": "1"}, "geen instelling"),
        ({"variant": "taakgericht", "budget-vergelijking": "anders"}, "bedrag, volume"),
    ):
        with pytest.raises(ContractFout, match=melding):
            kies(balie.engine, gemeente, keuzes)
    with pytest.raises(ContractFout, match="partij add"):
        kies(balie.engine, "9999", {"variant": "output"})
    with pytest.raises(ContractFout, match="8 cijfers"):
        kies(balie.engine, gemeente, {"variant": "output"}, "12")
    assert Contracten(balie.engine).contract(gemeente, "00000001").instellingen == {"variant": "output"}
