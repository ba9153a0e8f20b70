"""Rows of a sheet as people and ECDs write them."""

from datetime import date
from decimal import Decimal

import pytest

from berichtenverkeer.levensloop.rekenen.periode import maand
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.declareren.cellen import lees_dag, lees_eenheid, lees_maand
from berichtenverkeer.voorstel.declareren.volumes import Volumefout, lees_bestand, lees_clienten, lees_namen

BSN = "999900006"


@pytest.mark.parametrize(
    "tekst",
    ["2026-02", "02-2026", "2-2026", "202602", "2026/02", "februari 2026", "Februari 2026", "feb 2026", "feb-26", "feb. 2026",
     "1-2-2026", "2026-02-01", "01-02-2026 0:00"],
)  # fmt: skip
def test_a_month_in_every_notation(tekst: str) -> None:
    assert lees_maand(tekst) == maand(date(2026, 2, 1))


@pytest.mark.parametrize("tekst", ["", "2026", "13-2026", "2026-13", "2-2-2026", "fevrier 2026", "2026-00", "0000-01"])
def test_what_is_no_month(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen maand"):
        lees_maand(tekst)


@pytest.mark.parametrize(
    "tekst",
    ["2026-03-05", "5-3-2026", "05/03/2026", "05.03.2026", "20260305", "5 maart 2026", "5-mrt-26", "5-3-2026 0:00:00",
     "2026-03-05T10:30:00"],
)  # fmt: skip
def test_a_day_in_every_notation(tekst: str) -> None:
    assert lees_dag(tekst) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("tekst", "code"), [("uur", "04"), ("Minuten", "01"), ("4", "04"), ("€", "83"), ("Etmaal", "14")]
)
def test_an_eenheid_by_its_name(tekst: str, code: str) -> None:
    assert lees_eenheid(tekst) == code


def test_a_sheet_of_an_ecd_with_names_of_its_own() -> None:
    blad = (
        "Cliëntnr\tNaam\tProduct\tPeriode\tUren\tTarief per uur\r\nC-7\tT. Est\t02A03\tfebruari 2026\t1,5\t€ 54,00\r\n"
    )
    gelezen = lees_bestand(blad.encode("utf-16"))
    [volume] = gelezen.rijen
    assert gelezen.ongebruikt == ("Naam",)
    assert (volume.toewijzingnummer, volume.client, volume.code) == (None, "C-7", "02A03")
    assert (volume.hoeveelheid, volume.eenheid) == (Decimal("1.5"), "04")
    assert (volume.tarief, volume.tarief_eenheid) == (5400, "04")
    assert (volume.periode, volume.per_dag) == (maand(date(2026, 2, 1)), False)


def test_a_caller_says_which_column_is_what() -> None:
    data = b"BSN;soort;wanneer;hoeveel\n999900006;02A03;3-3-2026;90\n"
    namen = lees_namen(["soort=code", "Wanneer=datum", "hoeveel = hoeveelheid"])
    [volume] = lees_bestand(data, namen).rijen
    assert (volume.bsn, volume.code, volume.hoeveelheid, volume.periode.begin) == (BSN, "02A03", 90, date(2026, 3, 3))
    for gezegd, melding in [
        (["soort"], "schrijf naam=kolom"),
        (["soort=kleur"], "kleur is geen kolom"),
        (["er niet=code"], "staat niet in het bestand"),
    ]:
        with pytest.raises(Volumefout, match=melding):
            lees_bestand(data, lees_namen(gezegd))


def test_a_column_can_be_left_out() -> None:
    data = b"toewijzingnummer;datum;hoeveelheid;code\n1001;3-3-2026;1;niet van ons, veel te lang\n"
    with pytest.raises(Volumefout, match="kolom code"):
        lees_bestand(data)
    assert lees_bestand(data, {"code": ""}).ongebruikt == ("code",)


def test_hours_and_minutes() -> None:
    [volume] = lees_bestand(b"toewijzingnummer;datum;hoeveelheid;eenheid\n1001;3-3-2026;1:30;01\n").rijen
    assert (volume.hoeveelheid, volume.eenheid) == (Decimal("1.5"), "04")
    with pytest.raises(Volumefout, match="uren en minuten"):
        lees_bestand(b"toewijzingnummer;datum;hoeveelheid;eenheid\n1001;3-3-2026;1:30;14\n")


@pytest.mark.parametrize(
    ("tarief", "cent"), [("5000", 5000), ("50,00", 5000), ("€ 50", 5000), ("50.00", 5000), ("0", 0)]
)
def test_a_tariff_in_cents_or_in_euros(tarief: str, cent: int) -> None:
    data = f"toewijzingnummer;datum;hoeveelheid;tarief\n1001;3-3-2026;1;{tarief}\n".encode()
    assert lees_bestand(data).rijen[0].tarief == cent


def test_the_words_for_the_laws() -> None:
    data = b"toewijzingnummer;datum;hoeveelheid;wet\n1001;3-3-2026;1;Wmo\n1001;3-3-2026;1;Jeugdwet\n"
    assert [volume.domein for volume in lees_bestand(data).rijen] == [Domein.IWMO, Domein.IJW]


def test_own_numbers_of_clients() -> None:
    assert lees_clienten(b"Clientnummer,BSN\nC-7,999900006\n") == {"C-7": BSN}
    with pytest.raises(Volumefout, match="regel 2, kolom bsn") as gevangen:
        lees_clienten(b"client;bsn\nC-7;123456789\n")
    assert "123456789" not in str(gevangen.value)
    with pytest.raises(Volumefout, match="client en bsn nodig"):
        lees_clienten(b"a;b\n1;2\n")
