"""A signaal is told and refuses nothing, and a party can leave it out of its sight."""

from datetime import date

import pytest
from tests.conformance.gevallen import SCHEMAS, Geval, gevallen, maak_bericht
from tests.conformance.knooppunt import speel

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, beoordeel
from berichtenverkeer.regels.bevinding import Ernst, aangevuld, fouten_van, zichtbaar
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.regel import REGELS
from berichtenverkeer.regels.toetsen import fouten, toets_bericht
from berichtenverkeer.standaard.berichtsoort import berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import serialiseer
from berichtenverkeer.standaard.xml import BOM

ALLEEN_SIGNAAL = [geval for geval in gevallen() if geval.bevindingen and not geval.fouten]


@pytest.mark.parametrize("geval", ALLEEN_SIGNAAL, ids=str)
def test_with_signalen_only_a_message_counts_as_it_would_without(geval: Geval) -> None:
    oordeel, _ = speel(geval)
    assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD
    assert oordeel.treffers == ()
    assert {b.ernst for b in oordeel.bevindingen} == {Ernst.SIGNAAL}
    assert {b.retourcode for b in oordeel.bevindingen} == {None}
    assert (oordeel.feiten == ()) == (geval.aangeboden.soort.nummer in ("323", "325"))


def test_a_signaal_inside_the_message_does_not_keep_the_rules_above_it_from_being_run() -> None:
    """A start in the future, of an unknown toewijzing."""
    soort, bericht = maak_bericht(
        "305", Domein.IWMO, {"Client/StartProducten/StartProduct[1]/Begindatum": "2026-03-03"}
    )
    gelezen = lees(serialiseer(bericht, soort), SCHEMAS)
    kennis = Kennis(soort, gelezen.bericht, date(2026, 3, 2), Dossier())
    oordeel = beoordeel(gelezen, toets_bericht(gelezen.bericht, soort), kennis)
    assert [b.regel for b in oordeel.bevindingen] == ["OP011", "TR019"]
    assert [regel.code for regel, _ in oordeel.treffers] == ["TR019"]
    assert oordeel.uitslag is Berichtoordeel.AFGEKEURD


def test_a_file_has_one_signaal_whatever_is_wrong_with_how_it_is_written() -> None:
    soort = berichtsoort(Domein.IJW, "301")
    data = BOM + serialiseer(maak_bericht("301", Domein.IJW).bericht, soort).replace(b"\r\n", b"\n")
    gelezen = lees(data, SCHEMAS)
    [(regel, gevonden)] = toets_bericht(gelezen.bericht, soort, data)
    assert regel.code == "OP192"
    assert "BOM" in gevonden.melding
    assert "CR/LF" in gevonden.melding


@pytest.mark.parametrize("tekst", ["een regel", "twee\r\nregels\r\n"])
def test_what_is_written_as_it_should_has_none(tekst: str) -> None:
    soort, bericht = maak_bericht("301", Domein.IWMO)
    assert toets_bericht(bericht, soort, tekst.encode()) == []


def test_a_party_does_not_see_what_it_put_off_and_sees_every_fault() -> None:
    signaal, fout, oud = (
        {"regel": "OP192", "ernst": "signaal"},
        {"regel": "OP192", "ernst": "fout"},
        {"regel": "TR019", "melding": "van voor de signalen"},
    )
    alle = [signaal, fout, oud]
    assert zichtbaar(alle, {"OP192", "TR019"}) == [aangevuld(fout), aangevuld(oud)]
    assert zichtbaar(alle, frozenset()) == [aangevuld(b) for b in alle]
    assert fouten_van(alle) == [fout, oud]


def test_what_refuses_is_told_apart() -> None:
    soort, bericht = maak_bericht("305", Domein.IWMO)
    overtreding = next(iter(toets_bericht(bericht, soort, BOM)))[1]
    treffers = [(REGELS["OP192"], overtreding), (REGELS["TR056"], overtreding)]
    assert [regel.code for regel, _ in fouten(treffers)] == ["TR056"]
