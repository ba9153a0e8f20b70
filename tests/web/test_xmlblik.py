"""The lines of a message as they are shown, with what was found beside them."""

import time

import pytest
from tests.berichten import Dossier

from berichtenverkeer.api.antwoord.problemen import BevindingUit
from berichtenverkeer.web.beelden.xmlblik import MEESTE_REGELS, Blik, Gat, Regel, kijk


def bevinding(regelnummer: int | None, pad: str = "/Bericht") -> BevindingUit:
    """Something found on a line."""
    return BevindingUit(
        regel="TR019", niveau="bericht", retourcode="0001", regelnummer=regelnummer, pad=pad, element="Bericht",
        melding="Fout.", advies="Herstel het.",
    )  # fmt: skip


def nummers(blik: Blik) -> list[int]:
    """The numbers of the lines that are shown."""
    return [regel.nummer for regel in blik.regels if isinstance(regel, Regel)]


def test_all_lines_of_a_small_message() -> None:
    blik = kijk(b"<a>\n<b/>\n</a>\n", [bevinding(2), bevinding(9), bevinding(None)])
    assert nummers(blik) == [1, 2, 3]
    assert [regel for regel, _ in blik.bevindingen] == [None, None, 2]


def test_around_the_findings_of_a_large_one() -> None:
    data = b"<a>\n" + b"<b>tekst</b>\n" * 500_000
    begin = time.process_time()
    blik = kijk(data, [bevinding(300_000), bevinding(300_002)])
    assert time.process_time() - begin < 5
    assert nummers(blik) == [*range(1, 26), *range(299_997, 300_006)]
    assert [gat for gat in blik.regels if isinstance(gat, Gat)] == [Gat(26, 299_996), Gat(300_006, 500_001)]


def test_there_is_an_end_to_it() -> None:
    data = b"\n".join(b"x" * 3_000_000 for _ in range(8))
    blik = kijk(data, [bevinding(n) for n in range(1, 1001)])
    assert len(nummers(blik)) <= MEESTE_REGELS
    assert sum(len(regel.tekst) for regel in blik.regels if isinstance(regel, Regel)) < 50_000
    assert blik.meer == 900


def test_one_line_is_laid_out_anew() -> None:
    data = Dossier("1680", "98000001").stop().replace(b"\n", b"")
    blik = kijk(data, [bevinding(1, "/Bericht/Client/StopProducten/StopProduct[1]/Einddatum")])
    assert blik.opgemaakt
    [raak] = [regel for regel in blik.regels if isinstance(regel, Regel) and regel.bevindingen]
    assert "Einddatum>" in raak.tekst


@pytest.mark.parametrize(
    "xml",
    ["<Bsn>999900006</Bsn>", "<x:Bsn a='b'>999900006</x:Bsn>", "<Bsn>\n 999900006\n</Bsn>", "<Bsn>9 9 9900006</Bsn>"],
)
def test_a_bsn_is_masked_and_its_lines_stay(xml: str) -> None:
    blik = kijk(f"<a>\n{xml}\n</a>".encode(), [])
    tekst = "".join(regel.tekst for regel in blik.regels if isinstance(regel, Regel))
    assert "9900" not in tekst
    assert "006" in tekst
    assert len(nummers(blik)) == xml.count("\n") + 3


def test_what_cannot_be_seen_is_written_out() -> None:
    [regel] = kijk("<Naam>\u202eolé\u0000\u200b</Naam>".encode(), []).regels
    assert isinstance(regel, Regel)
    assert regel.tekst == "<Naam>[U+202E]olé[U+0000][U+200B]</Naam>"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe<\x00", b"\x00", b"<" * 100_000])
def test_whatever_the_bytes(data: bytes) -> None:
    assert kijk(data, [bevinding(1)]).regels
