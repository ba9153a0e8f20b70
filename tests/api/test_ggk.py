"""GGK, handing in by SOAP: what is answered at once to a Di01 or Du01, and a client that knows only the WSDL."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import zeep
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from tests.ggk import (
    DEUR,
    NUL_AGB,
    SOAP,
    bevestigd,
    di01,
    envelop,
    geweigerd,
    haal,
    lever,
    postvak,
    stop_bij,
    vervang,
    wacht,
)
from tests.keten.envelop.voorbeelden import OFFICIEEL
from tests.knoop import NU, Knoop, Paar
from tests.retouren import retour
from tests.vsp import PULL, lijst
from tests.vsp import wacht as wacht_vsp

from berichtenverkeer.keten.deuren import ggkdeur
from berichtenverkeer.keten.envelop.stuf import (
    SOAPACTIES,
    Envelop,
    Foutbericht,
    SoapFout,
    StufBerichtcode,
    Systeem,
    codeer,
    schrijf,
    schrijf_soap,
)
from berichtenverkeer.keten.zendingen.bewaarder import Bewaarder
from berichtenverkeer.opslag.tabellen.keten import zending as tabel
from berichtenverkeer.partijen.partij import geef_mandaat

_NIETS = "00000000-0000-4000-8000-000000000000"
_WSDL = OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_OntvangAsynchroon_ggkberichten.wsdl"
met_officiele = pytest.mark.skipif(not OFFICIEEL.exists(), reason="the official XSDs are not beside the repository")


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    return ggk.paar()


def _aantal(node: Knoop, code: str) -> int:
    """How many envelopes of a party are stored."""
    with node.engine.connect() as verbinding:
        return verbinding.execute(select(func.count()).where(tabel.c.zender == code)).scalar_one()


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
    stop_id, stop = stop_bij(paar)
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
        los = vervang(envelop(retour(stop), op=stop_id), stop_id, op)
        fout = geweigerd(paar.gemeente, los)
        assert isinstance(fout, Foutbericht)
        assert fout.code == "StUF043"
    assert _aantal(ggk, paar.gemeentecode) == aantal
    [terug] = [item for item in lijst(paar.aanbieder) if item["referentiegegevens"].get("alsAntwoordOp") == stop_id]
    assert terug["referentiegegevens"]["traceerId"] == nummer
    assert wacht_vsp(paar.aanbieder, stop_id)["berichtstatus"] == "WordtAangeboden"


def test_a_number_of_another_pair_of_parties_is_unknown(ggk: Knoop, paar: Paar) -> None:
    ander = ggk.paar()
    stop_id, stop = stop_bij(paar)
    e = envelop(retour(stop), op=stop_id)
    naar_ander = replace(e, stuurgegevens=replace(e.stuurgegevens, ontvanger=Systeem(ander.agb, "GGk")))
    van_ander = replace(e, stuurgegevens=replace(e.stuurgegevens, zender=Systeem(ander.gemeentecode, "Suite")))
    for klant, wat in ((paar.gemeente, naar_ander), (ander.gemeente, van_ander)):
        fout = geweigerd(klant, wat)
        assert isinstance(fout, Foutbericht)
        assert fout.code == "StUF043"


def test_soapaction_does_not_matter(paar: Paar) -> None:
    """Check 10."""
    for actie in (f'"{SOAPACTIES[StufBerichtcode.DU01]}"', f'"{SOAPACTIES[StufBerichtcode.DI01]}"', "", "x"):
        e = di01(paar, referentienummer=str(uuid.uuid4()))
        bevestigd(paar.gemeente, e, SOAPAction=actie)
        assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


def test_the_same_at_the_same_moment(ggk: Knoop, paar: Paar) -> None:
    e = di01(paar)
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
    d = replace(ggk.paar(0).dossier(), gemeente=gemeente, aanbieder=NUL_AGB)
    e = envelop(d.toewijzing())
    klant = ggk.klant(gemeente)
    assert bevestigd(klant, e).ontvanger.organisatie == gemeente
    assert wacht(klant, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    [item] = lijst(ggk.klant(NUL_AGB))
    assert item["routeringgegevens"]["afzender"]["code"] == gemeente
    assert item["routeringgegevens"]["geadresseerden"][0]["code"] == NUL_AGB
    nummer = e.stuurgegevens.referentienummer
    [antwoord] = [item for item in postvak(klant) if item.get("crossRefnummer") == nummer]  # other tests left more
    terug = haal(klant, antwoord)
    assert (terug.stuurgegevens.zender.organisatie, terug.stuurgegevens.ontvanger.organisatie) == (NUL_AGB, gemeente)


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
    fout = geweigerd(paar.gemeente, di01(paar, **stuur))
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek, fout.stuurgegevens.berichtcode) == (code, "client", "Fo03")
    assert _aantal(ggk, paar.gemeentecode) == 0
    assert postvak(paar.gemeente) == []


def test_the_door_is_that_of_gemeenten(ggk: Knoop, paar: Paar) -> None:
    e = envelop(paar.dossier().start())
    fout = geweigerd(paar.aanbieder, e)
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF013"
    fout = geweigerd(ggk.paar().gemeente, di01(paar))
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF013"


def test_a_samenwerkingsverband_sends_by_a_mandate(ggk: Knoop, paar: Paar) -> None:
    dienst = ggk.paar()
    e = di01(paar, zender=Systeem(paar.gemeentecode, "Suite", "Samenwerking"))
    geef_mandaat(ggk.engine, dienst.gemeentecode, paar.gemeentecode, NU)
    ggk.binnen.register.kijk()
    assert bevestigd(dienst.gemeente, e).ontvanger == e.stuurgegevens.zender
    nummer = e.stuurgegevens.referentienummer
    for klant in (dienst.gemeente, paar.gemeente):
        assert wacht(klant, nummer)["status"] == "WordtAangeboden"
    for klant, aantal in ((paar.gemeente, 1), (dienst.gemeente, 0)):
        assert len([item for item in postvak(klant) if item.get("crossRefnummer") == nummer]) == aantal
    [item] = lijst(paar.aanbieder)
    assert {"sleutel": "Administratie", "waarde": ["Samenwerking"]} in item["verwerkingscontext"]


@pytest.mark.parametrize(
    ("oud", "nieuw", "code", "details"),
    [
        ("koppelvlak/ggk0210", "sectormodel/ggk/0210", "StUF007", "ggk0210"),
        ("http://www.stufstandaarden.nl/koppelvlak/ggk0210", "urn:iets", "StUF004", None),
        ("StUF/StUF0301", "StUF/StUF0204", "StUF001", "StUF0301"),
    ],
)
def test_another_version(paar: Paar, oud: str, nieuw: str, code: str, details: str | None) -> None:
    fout = geweigerd(paar.gemeente, schrijf_soap(di01(paar)).replace(oud.encode(), nieuw.encode()))
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
        lambda e: vervang(e, f"<StUF:referentienummer>{e.stuurgegevens.referentienummer}</StUF:referentienummer>", ""),
        lambda e: vervang(e, "20260302101502", ""),
        lambda e: schrijf_soap(e).decode().encode("utf-16"),
    ],
)
def test_what_cannot_be_answered_in_stuf(ggk: Knoop, paar: Paar, maak: Any) -> None:
    """Checks 7 and 9."""
    fout = geweigerd(paar.gemeente, maak(di01(paar)))
    assert isinstance(fout, SoapFout)
    assert fout.faultcode == "Client"
    assert _aantal(ggk, paar.gemeentecode) == 0


def test_what_is_no_post_of_soap(ggk: Knoop, paar: Paar) -> None:
    data = schrijf_soap(di01(paar))
    assert ggk.klant(None).post(DEUR, content=data, headers=SOAP).status_code == 401
    for soort in ("application/xml", "application/soap+xml", "text/plain", ""):
        assert paar.gemeente.post(DEUR, content=data, headers={"Content-Type": soort}).status_code == 415
    for methode in ("PUT", "DELETE", "GET"):
        assert paar.gemeente.request(methode, DEUR).status_code == 405
    assert _aantal(ggk, paar.gemeentecode) == 0


def test_storing_fails(paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it was not received, and comes again."""
    e = di01(paar)

    def stuk(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    async def ook_stuk(*_: object) -> None:
        stuk()

    with monkeypatch.context() as m:
        m.setattr(ggkdeur, "bewaar", stuk)
        m.setattr(Bewaarder, "bewaar", ook_stuk)
        fout = geweigerd(paar.gemeente, e)
    assert isinstance(fout, Foutbericht)
    assert (fout.code, fout.plek) == ("StUF046", "server")
    bevestigd(paar.gemeente, e)
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


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
            dienst = klant.create_service(  # type: ignore[no-untyped-call]
                "{http://www.stufstandaarden.nl/koppelvlak/ggk0210}SOAPOntvangAsynchroon", f"{ggk.url}{DEUR}"
            )
        e = di01(paar)
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
