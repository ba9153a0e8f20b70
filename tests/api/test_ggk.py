"""GGK, handing in: what is answered at once to a Di01, Du01 and Fo01, and what comes afterwards."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
import zeep
from lxml import etree
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, antwoord, declaratie
from tests.ggk import (
    BERICHTEN,
    DEUR,
    POSTVAK,
    SOAP,
    afgekeurd,
    bevestigd,
    envelop,
    geweigerd,
    haal,
    lever,
    postvak,
    wacht,
)
from tests.knoop import NU, Knoop, Paar, controleer_database, knoop, meld_partijen_aan
from tests.koppelvlak.voorbeelden import OFFICIEEL
from tests.proces import KLOK, adres
from tests.retouren import retour
from tests.vsp import PULL, lijst, statussen
from tests.vsp import wacht as wacht_vsp
from tests.vsp import zending as vsp_zending

from berichtenverkeer.koppelvlak.stuf import (
    SOAPACTIES,
    Berichtcode,
    Bevestiging,
    Envelop,
    Foutbericht,
    SoapFout,
    Stuurgegevens,
    Systeem,
    codeer,
    keur_af,
    schrijf,
    schrijf_soap,
)
from berichtenverkeer.opslag import partijen
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen import partij
from berichtenverkeer.opslag.tabellen import zending as tabel
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.xml import MAX_BYTES
from berichtenverkeer.uitwisseling import ggkdeur
from berichtenverkeer.uitwisseling.partijen import Register

_WMO, _JW = 190, 191
"""The pairs of which the aanbieder is there for one law only."""
_NUL_AGB = "01023456"
_NIETS = "00000000-0000-4000-8000-000000000000"
_WSDL = OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_OntvangAsynchroon_ggkberichten.wsdl"
met_officiele = pytest.mark.skipif(not OFFICIEEL.exists(), reason="the official XSDs are not beside the repository")


@pytest.fixture(scope="module")
def ggk(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node at which every gemeente judges what it receives."""
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    with knoop(url, proefmodus=True, max_bytes=100_000) as k:
        with schrijvend(k.engine) as verbinding:
            verbinding.execute(update(partij).where(partij.c.rol == "gemeente").values(beoordeling="partij"))
            for nummer, wet in ((_WMO, "wmo"), (_JW, "jw")):
                partijen.zet(verbinding, str(98_000_000 + nummer), wetten=wet)
            partijen.zet(verbinding, k.paar(_JW).gemeentecode, wetten="jw")
            partijen.voeg_toe(verbinding, _NUL_AGB, "aanbieder", "Partij met een nul", NU)
            partijen.geef_token(verbinding, _NUL_AGB, f"token-van-{_NUL_AGB}", NU)
            k.tokens[_NUL_AGB] = f"token-van-{_NUL_AGB}"
        yield k
        controleer_database(k.engine)
    engine.dispose()


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    return ggk.paar()


def _aantal(node: Knoop, code: str) -> int:
    """How many envelopes of a party are stored."""
    with node.engine.connect() as verbinding:
        return verbinding.execute(select(func.count()).where(tabel.c.zender == code)).scalar_one()


def _di01(paar: Paar, domein: Domein = Domein.IWMO, **stuur: Any) -> Envelop:
    return envelop(paar.dossier(domein=domein).toewijzing(), **stuur)


def _stop(paar: Paar) -> tuple[str, bytes]:
    """A 307 that was delivered to the gemeente: its number and bytes."""
    d = paar.dossier(domein=Domein.IJW)
    e = envelop(d.toewijzing())
    bevestigd(paar.gemeente, e)
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    paar.aanbieder.aangenomen(start := d.start())
    paar.gemeente.aangenomen(retour(start))
    stop = d.stop()
    return paar.aanbieder.aangenomen(stop)["id"], stop


def _vervang(e: Envelop, oud: str, nieuw: str) -> bytes:
    """The request with a piece of its text replaced."""
    data = schrijf_soap(e).decode()
    assert data.count(oud) == 1, (oud, data.count(oud))
    return data.replace(oud, nieuw).encode()


# What is taken in


def test_a_di01_is_delivered_and_its_answer_comes_back_as_a_du01(paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    e = envelop(data)
    nummer = e.stuurgegevens.referentienummer
    bv03 = bevestigd(paar.gemeente, e)
    assert (bv03.crossRefnummer, bv03.ontvanger) == (nummer, e.stuurgegevens.zender)
    assert bv03.zender == Systeem("IB", "GGKWebservice")
    assert bv03.tijdstipBericht == "20260302120000"
    status = wacht(paar.gemeente, nummer)
    assert (status["status"], status["functie"], status["meldingen"]) == ("WordtAangeboden", "WMO301", [])
    [item] = lijst(paar.aanbieder)
    assert item["referentiegegevens"] == {"conversatieId": nummer, "traceerId": nummer}
    assert item["verwerkingscontext"][0] == {"sleutel": "Applicatie", "waarde": ["Voorbeeldsuite"]}
    assert paar.aanbieder.get(item["basisgegevens"]["payload"]["url"]).content == data
    [terug] = postvak(paar.gemeente)
    assert (terug["berichtcode"], terug["functie"], terug["crossRefnummer"]) == ("Du01", "WMO302", nummer)
    du01 = haal(paar.gemeente, terug)
    assert isinstance(du01, Envelop)
    assert du01.stuurgegevens.crossRefnummer == nummer
    assert du01.stuurgegevens.zender.organisatie == paar.agb
    paar.aanbieder.delete(f"{PULL}/{nummer}")
    assert wacht(paar.gemeente, nummer)["status"] == "Bezorgd"


def test_a_du01_on_what_was_delivered_its_repeat_and_other_content(ggk: Knoop, paar: Paar) -> None:
    """Checks 1, 2, 3 and 4."""
    stop_id, stop = _stop(paar)
    e = envelop(retour(stop), op=stop_id)
    nummer = e.stuurgegevens.referentienummer
    eerste = lever(paar.gemeente, e)
    assert (eerste.status_code, bevestigd(paar.gemeente, e).crossRefnummer) == (200, nummer)
    assert wacht(paar.gemeente, nummer)["status"] == "WordtAangeboden"
    aantal = _aantal(ggk, paar.gemeentecode)
    for moment in (NU.isoformat(), NU.replace(hour=20).isoformat()):
        assert lever(paar.gemeente, e, **{"Bv-Klok": moment}).content == eerste.content
    anders = replace(e, parameters=replace(e.parameters, bestand=codeer(retour(stop) + b" ")))
    fout = geweigerd(paar.gemeente, anders)
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek, fout.stuurgegevens.crossRefnummer) == ("StUF016", "client", nummer)
    for op in (_NIETS, nummer, e.stuurgegevens.zender.organisatie):
        los = _vervang(envelop(retour(stop), op=stop_id), stop_id, op)
        fout = geweigerd(paar.gemeente, los)
        assert isinstance(fout, Foutbericht)
        assert fout.code == "StUF043"
    assert _aantal(ggk, paar.gemeentecode) == aantal
    [terug] = [item for item in lijst(paar.aanbieder) if item["referentiegegevens"].get("alsAntwoordOp") == stop_id]
    assert terug["referentiegegevens"]["traceerId"] == nummer
    assert wacht_vsp(paar.aanbieder, stop_id)["status"] == "WordtAangeboden"


def test_a_number_of_another_pair_of_parties_is_unknown(ggk: Knoop, paar: Paar) -> None:
    ander = ggk.paar()
    stop_id, stop = _stop(paar)
    e = envelop(retour(stop), op=stop_id)
    naar_ander = replace(e, stuurgegevens=replace(e.stuurgegevens, ontvanger=Systeem(ander.agb, "GGk")))
    van_ander = replace(e, stuurgegevens=replace(e.stuurgegevens, zender=Systeem(ander.gemeentecode, "Suite")))
    for klant, wat in ((paar.gemeente, naar_ander), (ander.gemeente, van_ander)):
        fout = geweigerd(klant, wat)
        assert isinstance(fout, Foutbericht)
        assert fout.code == "StUF043"


def test_soapaction_does_not_matter(paar: Paar) -> None:
    """Check 10."""
    for actie in (f'"{SOAPACTIES[Berichtcode.DU01]}"', f'"{SOAPACTIES[Berichtcode.DI01]}"', "", "x"):
        e = _di01(paar, referentienummer=str(uuid.uuid4()))
        bevestigd(paar.gemeente, e, SOAPAction=actie)
        assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


def test_the_same_at_the_same_moment(ggk: Knoop, paar: Paar) -> None:
    e = _di01(paar)
    start = threading.Barrier(8)

    def post(_: int) -> bytes:
        with ggk.klant(paar.gemeentecode) as klant:
            start.wait()
            return lever(klant, e).content

    with ThreadPoolExecutor(8) as pool:
        antwoorden = set(pool.map(post, range(8)))
    assert len(antwoorden) == 1
    assert _aantal(ggk, paar.gemeentecode) == 1


def test_leading_zeros_survive(ggk: Knoop) -> None:
    """Check 43."""
    gemeente = next(code for code in ggk.tokens if len(code) == 4 and code.startswith("00"))
    d = replace(ggk.paar(0).dossier(), gemeente=gemeente, aanbieder=_NUL_AGB)
    e = envelop(d.toewijzing())
    klant = ggk.klant(gemeente)
    assert bevestigd(klant, e).ontvanger.organisatie == gemeente
    assert wacht(klant, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    [item] = lijst(ggk.klant(_NUL_AGB))
    assert item["routeringgegevens"]["afzender"]["code"] == gemeente
    assert item["routeringgegevens"]["geadresseerden"][0]["code"] == _NUL_AGB
    terug = haal(klant, postvak(klant)[-1])
    assert (terug.stuurgegevens.zender.organisatie, terug.stuurgegevens.ontvanger.organisatie) == (_NUL_AGB, gemeente)


# What is refused at once


@pytest.mark.parametrize(
    ("stuur", "code"),
    [
        ({"zender": Systeem("0000", "Suite")}, "StUF013"),
        ({"zender": Systeem("", "Suite")}, "StUF013"),
        ({"zender": Systeem("98000000", "Suite")}, "StUF013"),
        ({"zender": Systeem("IB", "Suite")}, "StUF013"),
        ({"ontvanger": Systeem("", "GGk")}, "StUF010"),
        ({"ontvanger": Systeem("12345", "GGk")}, "StUF010"),
        ({"ontvanger": Systeem("VECOZO", "GGk")}, "StUF010"),
    ],
)
def test_parties_that_cannot_be(ggk: Knoop, paar: Paar, stuur: dict[str, Any], code: str) -> None:
    fout = geweigerd(paar.gemeente, _di01(paar, **stuur))
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek, fout.stuurgegevens.berichtcode) == (code, "client", "Fo03")
    assert _aantal(ggk, paar.gemeentecode) == 0
    assert postvak(paar.gemeente) == []


def test_the_door_is_that_of_gemeenten(ggk: Knoop, paar: Paar) -> None:
    e = envelop(paar.dossier().start())
    fout = geweigerd(paar.aanbieder, e)
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF013"
    fout = geweigerd(ggk.paar().gemeente, _di01(paar))
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF013"


@pytest.mark.parametrize(
    ("oud", "nieuw", "code", "details"),
    [
        ("koppelvlak/ggk0210", "sectormodel/ggk/0210", "StUF007", "ggk0210"),
        ("http://www.stufstandaarden.nl/koppelvlak/ggk0210", "urn:iets", "StUF004", None),
        ("StUF/StUF0301", "StUF/StUF0204", "StUF001", "StUF0301"),
    ],
)
def test_another_version(paar: Paar, oud: str, nieuw: str, code: str, details: str | None) -> None:
    fout = geweigerd(paar.gemeente, schrijf_soap(_di01(paar)).replace(oud.encode(), nieuw.encode()))
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek, fout.details) == (code, "server", details)


def _zonder_soap(e: Envelop) -> bytes:
    return schrijf(e)


def _met_doctype(e: Envelop) -> bytes:
    kop, rest = schrijf_soap(e).split(b"?>", 1)
    return kop + b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + rest


@pytest.mark.parametrize(
    "maak",
    [
        lambda e: b"",
        lambda e: b"<soap:Envelope",
        lambda e: schrijf_soap(e)[:-5],
        _met_doctype,
        _zonder_soap,
        lambda e: schrijf_soap(e).replace(b"GGK:stuurgegevens>", b"StUF:stuurgegevens>"),
        lambda e: _vervang(e, f"<StUF:referentienummer>{e.stuurgegevens.referentienummer}</StUF:referentienummer>", ""),
        lambda e: _vervang(e, "20260302101502", ""),
        lambda e: schrijf_soap(e).decode().encode("utf-16"),
    ],
)
def test_what_cannot_be_answered_in_stuf(ggk: Knoop, paar: Paar, maak: Any) -> None:
    """Checks 7 and 9."""
    fout = geweigerd(paar.gemeente, maak(_di01(paar)))
    assert isinstance(fout, SoapFout)
    assert fout.faultcode == "Client"
    assert _aantal(ggk, paar.gemeentecode) == 0


def test_what_is_no_post_of_soap(ggk: Knoop, paar: Paar) -> None:
    data = schrijf_soap(_di01(paar))
    assert ggk.klant(None).post(DEUR, content=data, headers=SOAP).status_code == 401
    for soort in ("application/xml", "application/soap+xml", "text/plain", ""):
        assert paar.gemeente.post(DEUR, content=data, headers={"Content-Type": soort}).status_code == 415
    for methode in ("PUT", "DELETE", "GET"):
        assert paar.gemeente.request(methode, DEUR).status_code == 405
    assert _aantal(ggk, paar.gemeentecode) == 0


def test_storing_fails(paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it was not received, and comes again."""
    e = _di01(paar)

    def stuk(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as m:
        m.setattr(ggkdeur, "bewaar", stuk)
        fout = geweigerd(paar.gemeente, e)
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek) == ("StUF046", "server")
    bevestigd(paar.gemeente, e)
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


# What is refused afterwards


@pytest.mark.parametrize(
    ("oud", "nieuw", "code", "zender"),
    [
        ("<StUF:functie>", f"<StUF:crossRefnummer>{_NIETS}</StUF:crossRefnummer><StUF:functie>", "IB001", "IB"),
        ("20260302101502", "20260230101502", "IB001", "IB"),
        ("20260302101502", "vandaag", "IB001", "IB"),
        ("<StUF:applicatie>Voorbeeldsuite<", "<StUF:applicatie>V<", "IB001", "IB"),
        (">WMO301<", ">WMO399<", "IB004", "IB"),
        (">WMO301<", ">wmo301<", "IB004", "IB"),
        (">WMO301<", ">WMO301-0003-en-nog-meer<", "IB004", "IB"),
        (">0002<", ">0001<", "IB023", "IB"),
        (">WMO301<", ">WMO308<", "IB006", "IB"),
        (">WMO301<", ">WMO305<", "IB007", "IB"),
        (">WMO301<", ">WMO319<", "IB014", "VECOZO"),
        (">WMO301<", ">JW301<", "IB014", "VECOZO"),
        ("<StUF:applicatie>Voorbeeldsuite<", "<StUF:applicatie>    <", "IB017", "VECOZO"),
    ],
)
def test_an_envelope_that_is_refused_afterwards(paar: Paar, oud: str, nieuw: str, code: str, zender: str) -> None:
    """Checks 6, 12, 13, 15 and 20."""
    e = _di01(paar)
    nummer = e.stuurgegevens.referentienummer
    data = _vervang(e, oud, nieuw)
    bevestigd(paar.gemeente, data)
    fout = afgekeurd(paar.gemeente, nummer)
    assert (fout.code, fout.stuurgegevens.zender.organisatie, fout.plek) == (code, zender, "client")
    assert fout.stuurgegevens.ontvanger.organisatie == paar.gemeentecode
    assert len(fout.omschrijving) <= 200
    assert len(fout.detailsXML) == 1
    assert codeer(paar.dossier().toewijzing())[:100].encode() in fout.detailsXML[0]
    assert lijst(paar.aanbieder) == []
    bevestigd(paar.gemeente, data)
    assert len(postvak(paar.gemeente)) == 1


def test_the_details_of_a_fo01(paar: Paar) -> None:
    e = _di01(paar)
    bevestigd(paar.gemeente, _vervang(e, ">WMO301<", ">WMO399<"))
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.details == "WMO399-00070001"
    assert fout.stuurgegevens.ontvanger == e.stuurgegevens.zender


def test_a_text_file(paar: Paar) -> None:
    e = _di01(paar)
    data = schrijf_soap(e).replace(b"<GGK:xmlBestand>", b'<GGK:tekstBestand bestandsnaam="a.txt">')
    bevestigd(paar.gemeente, data.replace(b"</GGK:xmlBestand>", b"</GGK:tekstBestand>"))
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB004"


def test_a_du01_without_crossrefnummer(paar: Paar) -> None:
    stop_id, stop = _stop(paar)
    e = envelop(retour(stop), op=stop_id)
    bevestigd(paar.gemeente, _vervang(e, f"<StUF:crossRefnummer>{stop_id}</StUF:crossRefnummer>", ""))
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB001"


@pytest.mark.parametrize(
    ("ontvanger", "code"),
    [("99999999", "IB010"), ("CAK", "IB010"), ("9999", "IB005")],
)
def test_who_is_not_connected(paar: Paar, ontvanger: str, code: str) -> None:
    """Check 16."""
    e = _di01(paar, ontvanger=Systeem(ontvanger, "GGk"))
    bevestigd(paar.gemeente, e)
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.code == code


def test_laws(ggk: Knoop) -> None:
    """Check 17: an aanbieder for the Wmo gets no JW301; a gemeente for the Jeugdwet sends no WMO301."""
    wmo, jw = ggk.paar(_WMO), ggk.paar(_JW)
    for paar, domein, code in ((wmo, Domein.IJW, "IB011"), (jw, Domein.IWMO, "IB007")):
        e = _di01(paar, domein)
        bevestigd(paar.gemeente, e)
        assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == code
    for paar, domein in ((wmo, Domein.IWMO), (jw, Domein.IJW)):
        e = _di01(paar, domein)
        bevestigd(paar.gemeente, e)
        assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


@pytest.mark.parametrize(
    ("maak", "code"),
    [
        (lambda data: data.replace(b"Bsn>", b"Bsm>"), "IB014"),
        (lambda data: b"geen xml", "IB014"),
        (lambda data: data[:-9], "IB014"),
        (lambda data: data.replace(b">414<", b">436<"), "IB014"),
        (lambda data: data.replace(b"999900006", b"111222333"), "IB015"),
    ],
)
def test_a_payload_that_is_refused(paar: Paar, maak: Any, code: str) -> None:
    """Checks 19 and 41."""
    data = paar.dossier().toewijzing()
    e = envelop(maak(data), bericht=data)
    bevestigd(paar.gemeente, e)
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (fout.code, fout.stuurgegevens.zender) == (code, Systeem("VECOZO", "VECOZOWebservice"))
    assert len(fout.omschrijving) > 40
    assert lijst(paar.aanbieder) == []
    assert [item["berichtcode"] for item in postvak(paar.gemeente)] == ["Fo01"]  # and no 302


@pytest.mark.parametrize("bestand", ["", "@@@@", "QUJ", "QUJD="])
def test_a_file_that_is_no_base64(paar: Paar, bestand: str) -> None:
    e = _di01(paar)
    data = schrijf_soap(e).replace(e.parameters.bestand.encode(), bestand.encode())
    bevestigd(paar.gemeente, data)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code in ("IB001", "IB014")


def test_a_message_for_another_than_its_envelope_says(ggk: Knoop, paar: Paar) -> None:
    ander = ggk.paar()
    e = _di01(paar, ontvanger=Systeem(ander.agb, "GGk"))
    bevestigd(paar.gemeente, e)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "CC09"
    assert lijst(ander.aanbieder) == lijst(paar.aanbieder) == []


def test_too_large(ggk: Knoop, paar: Paar) -> None:
    """Check 23, with a limit of 100 000 bytes: one byte over it, and over twice as much."""
    e = _di01(paar)
    kaal = len(schrijf(replace(e, parameters=replace(e.parameters, bestand="")))) - len(
        b"<?xml version='1.0' encoding='UTF-8'?>\n"
    )
    for extra, code in ((0, "IB014"), (1, "IB003")):
        een = replace(
            e,
            stuurgegevens=replace(e.stuurgegevens, referentienummer=str(uuid.uuid4())),
            parameters=replace(e.parameters, bestand="QUJD".ljust(100_000 - kaal + extra)),
        )
        bevestigd(paar.gemeente, een)
        fout = afgekeurd(paar.gemeente, een.stuurgegevens.referentienummer)
        assert fout.code == code
    assert lever(paar.gemeente, b"<" * 200_001).status_code == 413


def test_an_envelope_that_cannot_be_quoted(paar: Paar) -> None:
    """In canonical form each element has its namespace for itself, and that is more than is taken in."""
    e = _di01(paar)
    data = schrijf_soap(e).replace(b"<GGK:bericht>", b"<p:a/>" * 2000 + b"<GGK:bericht>")
    bevestigd(paar.gemeente, data.replace(b" xmlns:GGK=", b' xmlns:p="urn:p" xmlns:GGK=', 1))
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.code == "IB001"


def test_a_second_retourbericht(paar: Paar) -> None:
    stop_id, stop = _stop(paar)
    for nog, code in ((False, None), (True, "IB019")):
        e = envelop(retour(stop), op=stop_id)
        bevestigd(paar.gemeente, e)
        nummer = e.stuurgegevens.referentienummer
        if nog:
            assert afgekeurd(paar.gemeente, nummer).code == code
        else:
            assert wacht(paar.gemeente, nummer)["status"] == "WordtAangeboden"


def test_a_second_declaratie_antwoord(paar: Paar) -> None:
    """Either in a Di01 or in a Du01 on the 323."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    start = d.start()
    paar.aanbieder.aangenomen(start)
    paar.gemeente.aangenomen(retour(start))
    data = declaratie(d, "D1", Regel("R1"))
    op = paar.aanbieder.aangenomen(data)["id"]
    eerste, tweede = envelop(antwoord(data)), envelop(antwoord(data), op=op)
    bevestigd(paar.gemeente, eerste)
    assert wacht(paar.gemeente, eerste.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    bevestigd(paar.gemeente, tweede)
    assert afgekeurd(paar.gemeente, tweede.stuurgegevens.referentienummer).code == "IB019"
    item = lijst(paar.aanbieder)[-1]
    assert item["referentiegegevens"]["traceerId"] == eerste.stuurgegevens.referentienummer
    assert item["referentiegegevens"]["alsAntwoordOp"] == op


def test_the_same_message_in_another_envelope(paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    een, twee = envelop(data), envelop(data)
    bevestigd(paar.gemeente, een)
    assert wacht(paar.gemeente, een.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    bevestigd(paar.gemeente, twee)
    assert afgekeurd(paar.gemeente, twee.stuurgegevens.referentienummer).code == "IB016"


# A Fo01 of a gemeente


def _fo01(paar: Paar, op: str) -> Foutbericht:
    zender = Systeem(paar.gemeentecode, "Voorbeeldsuite")
    heen = Stuurgegevens("Di01", Systeem(paar.agb, "GGk"), zender, op, "20260302101502", None, "JW307")
    return keur_af("StUF055", heen, lambda: str(uuid.uuid4()), NU, origineel=b"<a>tekst</a>", zender=zender)


def test_a_fo01_on_what_was_delivered(paar: Paar) -> None:
    """Check 24."""
    stop_id, _ = _stop(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, fout)
    bevestigd(paar.gemeente, fout)
    [item] = [i for i in lijst(paar.aanbieder) if i["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "Fo01"]
    assert item["referentiegegevens"]["alsAntwoordOp"] == stop_id
    assert b"StUF055" in paar.aanbieder.get(item["basisgegevens"]["payload"]["url"]).content
    assert [m["code"] for m in wacht_vsp(paar.aanbieder, stop_id)["meldingen"]] == ["StUF055"]
    assert all(i["berichtcode"] != "Fo01" for i in postvak(paar.gemeente))
    assert wacht(paar.gemeente, fout.stuurgegevens.referentienummer)["functie"] == "Fo01"
    anders = geweigerd(paar.gemeente, schrijf_soap(fout).replace(b"tekst", b"ander"))
    assert isinstance(anders, Foutbericht)
    assert anders.code == "StUF016"


def test_a_fo01_on_nothing(paar: Paar) -> None:
    fout = geweigerd(paar.gemeente, _fo01(paar, _NIETS))
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF043"


def test_a_fo01_that_is_wrong_itself(paar: Paar) -> None:
    """It is stored and goes nowhere; no Fo01 goes back on it."""
    stop_id, _ = _stop(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, schrijf_soap(fout).replace(b"StUF:plek", b"StUF:plaats"))
    status = wacht(paar.gemeente, fout.stuurgegevens.referentienummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB001"])
    assert all(i["berichtcode"] != "Fo01" for i in postvak(paar.gemeente))
    assert wacht_vsp(paar.aanbieder, stop_id)["meldingen"] == []


# Fetching


def test_fetching_and_acknowledging(ggk: Knoop, paar: Paar) -> None:
    stop_id, stop = _stop(paar)
    e = _di01(paar)
    bevestigd(paar.gemeente, _vervang(e, ">WMO301<", ">WMO399<"))
    afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    items = postvak(paar.gemeente)
    assert [(i["berichtcode"], i["functie"]) for i in items] == [
        ("Du01", "JW302"), ("Di01", "JW305"), ("Di01", "JW307"), ("Fo01", "WMO399"),
    ]  # fmt: skip
    di01 = haal(paar.gemeente, items[2])
    assert isinstance(di01, Envelop)
    assert (di01.stuurgegevens.referentienummer, di01.parameters.payload()) == (stop_id, stop)
    assert postvak(paar.gemeente, limit=2) == items[:2]
    for item in items:
        assert paar.gemeente.get(item["url"]).content == paar.gemeente.get(item["url"]).content
        for _ in range(2):
            assert paar.gemeente.delete(item["url"]).status_code == 202
        assert paar.gemeente.get(item["url"]).status_code == 200
        laat = {"Bv-Klok": NU.replace(day=NU.day + 1).isoformat()}
        assert paar.gemeente.get(item["url"], headers=laat).status_code == 404
        for klant in (paar.aanbieder, ggk.paar(0).gemeente):
            assert klant.get(item["url"]).status_code == klant.delete(item["url"]).status_code == 404
    assert postvak(paar.gemeente) == []
    assert wacht_vsp(paar.aanbieder, stop_id)["status"] == "Bezorgd"
    for limit in ("0", "251", "x"):
        assert paar.gemeente.get(POSTVAK, params={"limit": limit}).status_code == 422


def test_vsp_shows_no_fo01_of_the_ggk(paar: Paar) -> None:
    """A gemeente may look by VSP as well; what its envelope was refused for need not have what VSP asks."""
    e = _di01(paar)
    bevestigd(paar.gemeente, _vervang(e, e.stuurgegevens.referentienummer, "kenmerk 1"))
    assert afgekeurd(paar.gemeente, "kenmerk 1").code == "IB001"
    assert lijst(paar.gemeente) == []


def test_what_is_of_others_or_nobody(ggk: Knoop, paar: Paar) -> None:
    e = _di01(paar)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    wacht(paar.gemeente, nummer)
    for klant in (ggk.paar(0).gemeente, ggk.paar(1).aanbieder):
        assert klant.get(f"{BERICHTEN}/{nummer}").status_code == 404
    for id_ in (_NIETS, "x", "%00"):
        assert paar.gemeente.get(f"{BERICHTEN}/{id_}").status_code == 404
        assert paar.gemeente.get(f"{POSTVAK}/{id_}").status_code == 404
        assert paar.gemeente.delete(f"{POSTVAK}/{id_}").status_code == 404
    for methode, pad in (
        ("GET", f"{BERICHTEN}/{nummer}"),
        ("GET", POSTVAK),
        ("GET", f"{POSTVAK}/x"),
        ("DELETE", f"{POSTVAK}/x"),
    ):
        assert ggk.klant(None).request(methode, pad).status_code == 401


def test_both_doors_share_the_numbers(paar: Paar) -> None:
    e = _di01(paar)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    wacht(paar.gemeente, nummer)
    z = vsp_zending(paar.dossier().toewijzing(), traceer_id=nummer)
    assert z.id == nummer
    assert statussen(paar.gemeente, traceerId=nummer)[0]["status"] == "WordtAangeboden"


# WSDL, and a client that knows only that


def _bel(klant: zeep.Client, dienst: Any, e: Envelop) -> Any:
    """Hand in a Di01 by zeep; what it makes of the answer."""
    stuur, inhoud = e.stuurgegevens, e.parameters
    return dienst.ggk_Di01(
        stuurgegevens={
            "berichtcode": stuur.berichtcode,
            "zender": {"organisatie": stuur.zender.organisatie, "applicatie": stuur.zender.applicatie},
            "ontvanger": {"organisatie": stuur.ontvanger.organisatie, "applicatie": stuur.ontvanger.applicatie},
            "referentienummer": stuur.referentienummer,
            "tijdstipBericht": stuur.tijdstipBericht,
            "functie": stuur.functie,
        },
        parameters={
            "applicatieVersie": "0007",
            "applicatieSubversie": "0001",
            "functieVersie": "0003",
            "functieSubversie": "0002",
            "bericht": {"xmlBestand": inhoud.payload()},
        },
    )


@pytest.mark.parametrize("officieel", [False, pytest.param(True, marks=met_officiele)])
def test_a_client_of_the_wsdl(ggk: Knoop, paar: Paar, officieel: bool) -> None:
    transport = zeep.Transport()  # type: ignore[no-untyped-call]
    with transport.session as sessie:
        sessie.headers["Authorization"] = f"Bearer {ggk.tokens[paar.gemeentecode]}"
        bron = str(_WSDL) if officieel else f"{ggk.url}{DEUR}?wsdl"
        klant = zeep.Client(bron, transport=transport)  # type: ignore[no-untyped-call]
        dienst = klant.service
        if officieel:
            dienst = klant.create_service(
                "{http://www.stufstandaarden.nl/koppelvlak/ggk0210}SOAPOntvangAsynchroon", f"{ggk.url}{DEUR}"
            )
        e = _di01(paar)
        antwoord = _bel(klant, dienst, e)
        assert antwoord.crossRefnummer == e.stuurgegevens.referentienummer
        assert antwoord.berichtcode == "Bv03"
        with pytest.raises(zeep.exceptions.Fault) as fout:
            _bel(klant, dienst, replace(e, stuurgegevens=replace(e.stuurgegevens, functie="WMO399")))
        assert fout.value.detail is not None
        assert fout.value.detail.findtext(".//{http://www.egem.nl/StUF/StUF0301}code") == "StUF016"
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


def test_the_wsdl_asks_for_no_token(ggk: Knoop) -> None:
    for vraag in ("wsdl", "WSDL"):
        antwoord = ggk.klant(None).get(f"{DEUR}?{vraag}")
        assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        assert f'location="{ggk.url}{DEUR}"'.encode() in antwoord.content


@met_officiele
def test_all_that_is_written_is_valid_by_the_official_xsd(paar: Paar) -> None:
    """Check 40."""
    xsd = etree.XMLSchema(etree.parse(str(OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_msg_ggkberichten.xsd")))
    stuf = etree.XMLSchema(etree.parse(str(OFFICIEEL / "0301" / "stuf0301.xsd")))
    _stop(paar)
    e = _di01(paar)
    bv03 = lever(paar.gemeente, _vervang(e, ">WMO301<", ">WMO399<"))
    fo03 = lever(paar.gemeente, e)
    afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    geschreven = [etree.fromstring(een.content) for een in (bv03, fo03)]
    delen = [boom.find(f".//{{*}}{naam}Bericht") for boom, naam in zip(geschreven, ("Bv03", "Fo03"), strict=True)]
    opgehaald = [paar.gemeente.get(item["url"]).content for item in postvak(paar.gemeente)]
    delen += [etree.fromstring(data) for data in opgehaald]
    assert not any(data.startswith(b"\xef\xbb\xbf") for data in opgehaald)
    soorten = set()
    for deel in delen:
        assert deel is not None
        (xsd if "ggk0210" in deel.tag else stuf).assertValid(deel)
        soorten.add(deel.findtext(".//{*}berichtcode"))
        assert len(deel.findtext(".//{*}tijdstipBericht", "")) == 14
        assert uuid.UUID(deel.findtext(".//{*}referentienummer", "")).version == 4
    assert soorten == {"Bv03", "Fo03", "Di01", "Du01", "Fo01"}


# After a crash


def test_what_was_confirmed_is_found_at_the_next_start(maak_database: MaakDatabase) -> None:
    """As after a crash between the Bv03 and looking: one that will be delivered, and one that gets a Fo01."""
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, aantal=1)
    gemeente, agb = tokens
    register = Register(engine)
    indiener = register.partij(gemeente)
    assert indiener is not None
    goed, stuk = (envelop(Dossier(gemeente, agb, nummer=n).toewijzing()) for n in (1, 2))
    for data in (_vervang(stuk, ">WMO301<", ">WMO399<"), schrijf_soap(goed)):
        eerste = ggkdeur.neem_aan(engine, register, indiener, data, NU, MAX_BYTES).bericht
        assert isinstance(eerste, Bevestiging)
    with adres(url) as hier:
        hier.start()
        headers = KLOK | {"Authorization": f"Bearer {tokens[gemeente]}"}
        with httpx.Client(base_url=hier.url, headers=headers, timeout=120, verify=False) as klant:
            assert wacht(klant, goed.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
            assert afgekeurd(klant, stuk.stuurgegevens.referentienummer).code == "IB004"
            assert bevestigd(klant, goed) == eerste.stuurgegevens
    controleer_database(engine)
    engine.dispose()
