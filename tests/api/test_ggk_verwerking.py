"""GGK, what comes after a Bv03: a Fo01 on what is not right, the Fo01 of a gemeente, and after a crash."""

import uuid
from dataclasses import replace
from typing import Any

import httpx
import pytest
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, antwoord, declaratie
from tests.ggk import (
    ALLEEN_JW,
    ALLEEN_WMO,
    BERICHTEN,
    afgekeurd,
    bevestigd,
    di01,
    envelop,
    geweigerd,
    lever,
    postvak,
    stop_bij,
    vervang,
    wacht,
)
from tests.knoop import NU, Knoop, Paar, controleer_database, meld_partijen_aan
from tests.proces import KLOK, adres
from tests.retouren import retour
from tests.vsp import codes, dien_in, lijst, meldingen, zending
from tests.vsp import wacht as wacht_vsp

from berichtenverkeer.keten.deuren import ggkdeur
from berichtenverkeer.keten.envelop.stuf import (
    Bevestiging,
    Foutbericht,
    SoapFout,
    Stuurgegevens,
    Systeem,
    codeer,
    grootste_lading,
    keur_af,
    lees_soap,
    lees_stuf,
    schrijf_soap,
)
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.xml import MAX_BYTES

_NIETS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    return ggk.paar()


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
    e = di01(paar)
    nummer = e.stuurgegevens.referentienummer
    data = vervang(e, oud, nieuw)
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
    e = di01(paar)
    bevestigd(paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.details == "WMO399-00070001"
    assert fout.stuurgegevens.ontvanger == e.stuurgegevens.zender


def test_a_text_file(paar: Paar) -> None:
    e = di01(paar)
    data = schrijf_soap(e).replace(b"<GGK:xmlBestand>", b'<GGK:tekstBestand bestandsnaam="a.txt">')
    bevestigd(paar.gemeente, data.replace(b"</GGK:xmlBestand>", b"</GGK:tekstBestand>"))
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB004"


def test_a_du01_without_crossrefnummer(paar: Paar) -> None:
    stop_id, stop = stop_bij(paar)
    e = envelop(retour(stop), op=stop_id)
    bevestigd(paar.gemeente, vervang(e, f"<StUF:crossRefnummer>{stop_id}</StUF:crossRefnummer>", ""))
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB001"


@pytest.mark.parametrize(
    ("ontvanger", "code"),
    [("99999999", "IB010"), ("CAK", "IB010"), ("9999", "IB005")],
)
def test_who_is_not_connected(paar: Paar, ontvanger: str, code: str) -> None:
    """Check 16."""
    e = di01(paar, ontvanger=Systeem(ontvanger, "GGk"))
    bevestigd(paar.gemeente, e)
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.code == code


def test_laws(ggk: Knoop) -> None:
    """Check 17: an aanbieder for the Wmo gets no JW301; a gemeente for the Jeugdwet sends no WMO301."""
    wmo, jw = ggk.paar(ALLEEN_WMO), ggk.paar(ALLEEN_JW)
    for paar, domein, code in ((wmo, Domein.IJW, "IB011"), (jw, Domein.IWMO, "IB007")):
        e = di01(paar, domein)
        bevestigd(paar.gemeente, e)
        assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == code
    for paar, domein in ((wmo, Domein.IWMO), (jw, Domein.IJW)):
        e = di01(paar, domein)
        bevestigd(paar.gemeente, e)
        assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


@pytest.mark.parametrize(
    ("maak", "code"),
    [
        (lambda data: data.replace(b"Bsn>", b"Bsm>"), "IB014"),
        (lambda data: b"geen xml", "IB014"),
        (lambda data: data[:-9], "IB014"),
        (lambda data: data.replace(b">414<", b">436<"), "IB014"),
        (lambda data: data.replace(b"999900006", b"111222334"), "IB015"),
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
    e = di01(paar)
    data = schrijf_soap(e).replace(e.parameters.bestand.encode(), bestand.encode())
    bevestigd(paar.gemeente, data)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code in ("IB001", "IB014")


def test_a_message_for_another_than_its_envelope_says(ggk: Knoop, paar: Paar) -> None:
    ander = ggk.paar()
    e = di01(paar, ontvanger=Systeem(ander.agb, "GGk"))
    bevestigd(paar.gemeente, e)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "CC09"
    assert lijst(ander.aanbieder) == lijst(paar.aanbieder) == []


def test_too_large(ggk: Knoop, paar: Paar) -> None:
    """Check 23, with a limit of 100 000 bytes: one byte over it, and over twice as much."""
    e = di01(paar)
    kaal = len(lees_soap(schrijf_soap(replace(e, parameters=replace(e.parameters, bestand="QUJD")))).los) - len("QUJD")
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


def test_what_would_not_fit_in_stuf_is_refused_at_vsp(paar: Paar) -> None:
    """By the limit that is set, here 100 000 bytes; so the gemeente never gets an envelope over it."""
    data = paar.dossier().start()
    hoogstens = grootste_lading(100_000)
    antwoord = dien_in(paar.aanbieder, zending(data + b" " * (hoogstens + 1 - len(data)), bericht=data))
    assert (antwoord.status_code, list(antwoord.json()["errors"])) == (422, ["BRS06"])
    assert str(hoogstens) in antwoord.json()["detail"]
    passend = zending(data + b"\r\n" * ((hoogstens - len(data)) // 2), bericht=data)
    assert dien_in(paar.aanbieder, passend).status_code == 204
    assert wacht_vsp(paar.aanbieder, passend.id)["berichtstatus"] == "WordtAangeboden"
    [item] = [i for i in postvak(paar.gemeente) if i["referentienummer"] == passend.id]
    assert len(paar.gemeente.get(item["url"]).content) <= 100_000


def test_an_envelope_that_cannot_be_quoted(paar: Paar) -> None:
    """It has as many tags as can be read, and in a Fo01 there would be more."""
    for tags, gaat in ((1_900, True), (2_000, False)):
        e = di01(paar, referentienummer=str(uuid.uuid4()))
        soap = schrijf_soap(e)
        diep, los = divmod(tags - soap.count(b"<"), 2)
        vreemd = b"<p:a xmlns:p='urn:p'>" + b"<p:a>" * (diep - 1) + b"<p:b/>" * los + b"</p:a>" * diep
        data = soap.replace(b"<GGK:parameters>", vreemd + b"<GGK:parameters>")
        assert data.count(b"<") == tags
        bevestigd(paar.gemeente, data)
        fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
        assert (fout.code, len(fout.detailsXML)) == ("IB001", gaat)


def test_an_envelope_with_more_tags_than_can_be_read(paar: Paar) -> None:
    """It gets no Bv03, and is told what to send."""
    e = di01(paar)
    soap = schrijf_soap(e)
    vreemd = b"<x/>" * (2_001 - soap.count(b"<"))
    fout = geweigerd(paar.gemeente, soap.replace(b"<GGK:parameters>", vreemd + b"<GGK:parameters>"))
    assert isinstance(fout, SoapFout)
    assert (fout.faultcode, "als base64 in de envelop" in fout.faultstring) == ("Client", True)
    assert paar.gemeente.get(f"{BERICHTEN}/{e.stuurgegevens.referentienummer}").status_code == 404


def test_many_namespaces(paar: Paar) -> None:
    """In canonical form each element would have its own; it is kept as it came."""
    e = di01(paar)
    data = schrijf_soap(e).replace(b"<GGK:parameters>", b"<p:a/>" * 1_500 + b"<GGK:parameters>")
    bevestigd(paar.gemeente, data.replace(b" xmlns:GGK=", b" xmlns:p='urn:p' xmlns:GGK=", 1))
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (fout.code, len(fout.detailsXML)) == ("IB001", 1)


def test_a_second_retourbericht(paar: Paar) -> None:
    stop_id, stop = stop_bij(paar)
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


def _fo01(paar: Paar, op: str) -> Foutbericht:
    zender = Systeem(paar.gemeentecode, "Voorbeeldsuite")
    heen = Stuurgegevens("Di01", Systeem(paar.agb, "GGk"), zender, op, "20260302101502", None, "JW307")
    return keur_af("StUF055", heen, lambda: str(uuid.uuid4()), NU, origineel=b"<a>tekst</a>", zender=zender)


def test_a_fo01_on_what_was_delivered(paar: Paar) -> None:
    """Check 24."""
    stop_id, _ = stop_bij(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, fout)
    bevestigd(paar.gemeente, fout)
    [item] = [i for i in lijst(paar.aanbieder) if i["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "Fo01"]
    assert item["referentiegegevens"]["alsAntwoordOp"] == stop_id
    assert b"StUF055" in paar.aanbieder.get(item["basisgegevens"]["payload"]["url"]).content
    assert codes(wacht_vsp(paar.aanbieder, stop_id)) == ["StUF055"]
    assert all(i["berichtcode"] != "Fo01" for i in postvak(paar.gemeente))
    assert wacht(paar.gemeente, fout.stuurgegevens.referentienummer)["functie"] == "Fo01"
    anders = geweigerd(paar.gemeente, schrijf_soap(fout).replace(b"tekst", b"ander"))
    assert isinstance(anders, Foutbericht)
    assert anders.code == "StUF016"


def test_a_fo01_goes_on_without_the_message_that_it_quotes(paar: Paar) -> None:
    stop_id, _ = stop_bij(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, fout)
    [item] = [i for i in lijst(paar.aanbieder) if i["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "Fo01"]
    data = paar.aanbieder.get(item["basisgegevens"]["payload"]["url"]).content
    assert lees_stuf(data).inhoud() == replace(fout, detailsXML=())
    assert item["basisgegevens"]["payload"]["grootte"] == len(data)


@pytest.mark.parametrize(
    ("code", "betekenissen"),
    [
        ("IB216", ["Lijst van 2018: De combinatie van zender en referentienummer is niet uniek; nu IB016."]),
        (
            "IB007",
            ["Lijst van 2025: Deze organisatie mag", "Lijst van 2018: Het bericht is groter dan 25 MB; nu IB003."],
        ),
        ("StUF055", ["Lijst van 2025: De inhoud van het bericht voldoet niet aan het XSD."]),
        ("ZZZ1", []),
    ],
)
def test_the_code_of_a_fo01_is_explained_also_one_of_2018(paar: Paar, code: str, betekenissen: list[str]) -> None:
    stop_id, _ = stop_bij(paar)
    bevestigd(paar.gemeente, replace(_fo01(paar, stop_id), code=code))
    [melding] = meldingen(wacht_vsp(paar.aanbieder, stop_id))
    assert melding["code"] == code
    assert melding.get("toelichting", "").count("Lijst van") == len(betekenissen)
    assert all(tekst in melding["toelichting"] for tekst in betekenissen)


def test_a_fo01_on_nothing(paar: Paar) -> None:
    fout = geweigerd(paar.gemeente, _fo01(paar, _NIETS))
    assert isinstance(fout, Foutbericht)
    assert fout.code == "StUF043"


def test_a_fo01_that_is_wrong_itself(paar: Paar) -> None:
    """It is stored and goes nowhere; no Fo01 goes back on it."""
    stop_id, _ = stop_bij(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, schrijf_soap(fout).replace(b"StUF:plek", b"StUF:plaats"))
    status = wacht(paar.gemeente, fout.stuurgegevens.referentienummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB001"])
    toelichting = status["meldingen"][0]["toelichting"]
    assert ("/Fo01Bericht/body/*: " in toelichting, "Hier hoort plek." in toelichting) == (True, True)
    assert "plaats" not in toelichting  # an unknown name may be anything
    assert all(i["berichtcode"] != "Fo01" for i in postvak(paar.gemeente))
    assert meldingen(wacht_vsp(paar.aanbieder, stop_id)) == []


def test_a_fo01_that_is_too_large(paar: Paar) -> None:
    stop_id, _ = stop_bij(paar)
    fout = _fo01(paar, stop_id)
    bevestigd(paar.gemeente, schrijf_soap(fout).replace(b">tekst<", b">" + b"tekst" * 20_000 + b"<"))
    status = wacht(paar.gemeente, fout.stuurgegevens.referentienummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB003"])
    assert meldingen(wacht_vsp(paar.aanbieder, stop_id)) == []


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
    for data in (vervang(stuk, ">WMO301<", ">WMO399<"), schrijf_soap(goed)):
        eerste = ggkdeur.neem_aan(engine, register, indiener, data, NU, MAX_BYTES).bericht
        assert isinstance(eerste, Bevestiging)
    with adres(url) as hier:
        hier.start()
        headers = KLOK | {"Authorization": f"Bearer {tokens[gemeente]}"}
        with httpx.Client(base_url=hier.url, headers=headers, timeout=120, verify=False) as klant:
            assert wacht(klant, goed.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
            assert afgekeurd(klant, stuk.stuurgegevens.referentienummer).code == "IB004"
            assert isinstance(eerste, Bevestiging)
            assert bevestigd(klant, goed) == eerste.stuurgegevens
    controleer_database(engine)
    engine.dispose()
