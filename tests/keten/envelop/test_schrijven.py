"""Writing: the worked example, what stands in an answer, and that all that is written can be read again."""

import base64
import hashlib
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.keten.envelop.codes import FO01, FO03
from berichtenverkeer.keten.envelop.stuf import (
    GGK,
    SOAP,
    STUF,
    Bevestiging,
    Envelop,
    Foutbericht,
    Stuurgegevens,
    Systeem,
    bevestig,
    grootste_lading,
    keur_af,
    kort,
    lees_antwoord,
    lees_soap,
    lees_stuf,
    parameters,
    schrijf,
    schrijf_soap,
    schrijf_soap_fout,
    schrijf_tijdstip,
    weiger,
)
from berichtenverkeer.keten.envelop.stuf.tijdstip import bestaat
from berichtenverkeer.standaard.fouten import OngeldigBericht
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.xml import MAX_BYTES

from .voorbeelden import (
    DI01,
    DU01,
    EIGEN,
    HEEN,
    JW307,
    JW308,
    ONTVANGEN_OP,
    RETOUR,
    SCHEMAS,
    antwoorden,
    berichten,
    enveloppen,
    in_soap,
    teksten,
    vast,
)

UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


# The worked example


def test_the_payloads_of_the_example_are_those_of_the_example() -> None:
    assert len(JW307) == 1489
    assert hashlib.sha256(JW307).hexdigest() == "d546c19815a0e52634d556aeeaef744d4025e1b90e67eaf30c6e72160aca12ca"
    assert len(JW308) == 1022
    assert hashlib.sha256(JW308).hexdigest() == "1c4f4d0bf0ad8e1a7b7fc6ac6564d3f60b0d77fdb3ef3bbf110052b9a0322fd6"
    assert [lees(data, SCHEMAS).soort.code for data in (JW307, JW308)] == ["JW307", "JW308"]


def test_the_di01_of_the_example_has_its_elements_in_order() -> None:
    wortel = etree.fromstring(schrijf(DI01))
    assert [(kind.tag, kind.text) for kind in wortel.iter() if kind.text] == [
        (f"{{{STUF}}}berichtcode", "Di01"),
        (f"{{{STUF}}}organisatie", "73730042"),
        (f"{{{STUF}}}applicatie", "ZorgECD"),
        (f"{{{STUF}}}organisatie", "1680"),
        (f"{{{STUF}}}applicatie", "GGk"),
        (f"{{{STUF}}}referentienummer", HEEN),
        (f"{{{STUF}}}tijdstipBericht", "20260302101502"),
        (f"{{{STUF}}}functie", "JW307"),
        (f"{{{GGK}}}applicatieVersie", "0007"),
        (f"{{{GGK}}}applicatieSubversie", "0001"),
        (f"{{{GGK}}}functieVersie", "0003"),
        (f"{{{GGK}}}functieSubversie", "0002"),
        (f"{{{GGK}}}xmlBestand", base64.b64encode(JW307).decode()),
    ]
    assert wortel.tag == f"{{{GGK}}}envelopHeenbericht-ggk_Di01"


def test_the_answer_of_the_example() -> None:
    antwoord = bevestig(DU01.stuurgegevens, vast, ONTVANGEN_OP)
    assert antwoord == Bevestiging(
        Stuurgegevens(
            "Bv03",
            Systeem("IB", "GGKWebservice"),
            Systeem("1680", "Voorbeeldsuite"),
            EIGEN,
            "20260303091145",
            crossRefnummer=RETOUR,
        )
    )


def test_the_refusal_of_the_example_is_a_fault_with_a_fo03_in_it() -> None:
    wortel = etree.fromstring(schrijf_soap(weiger("StUF016", DU01.stuurgegevens, vast, ONTVANGEN_OP)))
    (fault,) = wortel.iterfind(f"{{{SOAP}}}Body/*")
    assert fault.tag == f"{{{SOAP}}}Fault"
    assert [kind.tag for kind in fault] == ["faultcode", "faultstring", "detail"]
    assert fault.findtext("faultcode") == "soap:Client"
    assert fault.nsmap["soap"] == SOAP
    assert fault.findtext("faultstring") == fault.findtext(
        f"detail/{{{STUF}}}Fo03Bericht/{{{STUF}}}body/{{{STUF}}}omschrijving"
    )


def test_the_rejection_of_the_example_comes_from_vecozo_and_names_the_application() -> None:
    gelezen = lees_soap(in_soap(schrijf(DU01)))
    assert gelezen.kenmerk == "JW308-00070001"
    fo01 = keur_af("IB014", DU01.stuurgegevens, vast, ONTVANGEN_OP, details=gelezen.kenmerk)
    assert fo01.stuurgegevens.zender == Systeem("VECOZO", "VECOZOWebservice")
    assert fo01.stuurgegevens.ontvanger == Systeem("1680", "Voorbeeldsuite")
    assert (fo01.code, fo01.plek, fo01.details) == ("IB014", "client", "JW308-00070001")
    assert fo01.stuurgegevens.functie is None


def test_a_gemeente_names_itself_in_its_fo01() -> None:
    zender = Systeem("1680", "Voorbeeldsuite")
    fo01 = keur_af("StUF055", DI01.stuurgegevens, vast, ONTVANGEN_OP, zender=zender)
    assert fo01.stuurgegevens.zender == zender
    with pytest.raises(ValueError, match="StUF055"):
        keur_af("StUF055", DI01.stuurgegevens, vast, ONTVANGEN_OP)


# Round trips


@given(bericht=berichten)
def test_what_is_written_says_the_same_when_read(bericht: Envelop | Foutbericht | Bevestiging) -> None:
    data = schrijf(bericht)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8").startswith("<?xml version='1.0' encoding='UTF-8'?>")
    gelezen = lees_stuf(data)
    assert gelezen.stuurgegevens == bericht.stuurgegevens
    assert gelezen.inhoud() == bericht


@given(envelop=enveloppen())
def test_an_envelope_survives_soap_with_its_payload(envelop: Envelop) -> None:
    inhoud = lees_soap(schrijf_soap(envelop)).inhoud()
    assert inhoud == envelop
    assert isinstance(inhoud, Envelop)
    assert inhoud.parameters.payload() == envelop.parameters.payload()


@given(antwoord=antwoorden())
def test_an_answer_survives_soap(antwoord: Foutbericht | Bevestiging) -> None:
    data = schrijf_soap(antwoord)
    if antwoord.stuurgegevens.berichtcode == "Fo01":
        assert lees_soap(data).inhoud() == antwoord
    else:
        assert lees_antwoord(data) == antwoord


@pytest.mark.parametrize(("gemeente", "agb"), [("0034", "01023456"), ("0000", "00000000")])
def test_leading_zeros_survive(gemeente: str, agb: str) -> None:
    stuur = replace(DI01.stuurgegevens, zender=Systeem(agb, "ZorgECD"), ontvanger=Systeem(gemeente, "GGk"))
    gelezen = lees_soap(schrijf_soap(replace(DI01, stuurgegevens=stuur)))
    assert gelezen.stuurgegevens == stuur


def test_a_payload_of_more_than_ten_million_characters_goes_through() -> None:
    payload = b"<" * grootste_lading()
    data = schrijf_soap(replace(DI01, parameters=parameters(payload, "0007", "0001", "0003", "0002")))
    assert len(data) <= MAX_BYTES
    inhoud = lees_soap(data).inhoud()
    assert isinstance(inhoud, Envelop)
    assert inhoud.parameters.payload() == payload


# What is written is valid, whatever it answers


@given(
    organisatie=teksten(0, 300),
    applicatie=teksten(0, 80),
    administratie=st.none() | teksten(0, 80),
    gebruiker=st.none() | teksten(0, 150),
    nummer=teksten(1, 40).filter(str.strip),
    omschrijving=st.text(max_size=400),
    details=st.none() | teksten(0, 1200),
    code=st.sampled_from([*FO01, *FO03]),
    moment=st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
)
def test_every_answer_is_valid_also_to_a_sender_that_is_not(
    organisatie: str,
    applicatie: str,
    administratie: str | None,
    gebruiker: str | None,
    nummer: str,
    omschrijving: str,
    details: str | None,
    code: str,
    moment: datetime,
) -> None:
    zender = Systeem(organisatie, applicatie, administratie, gebruiker)
    op = Stuurgegevens("Di01", zender, Systeem("1680", "GGk"), nummer, "gisteren")

    def nieuw() -> str:
        return str(uuid.uuid4())

    antwoord: Foutbericht | Bevestiging
    if code in FO03:
        antwoord = weiger(code, op, nieuw, moment, omschrijving=omschrijving, details=details)
    else:
        eigen = Systeem("1680", "Voorbeeldsuite")
        antwoord = keur_af(code, op, nieuw, moment, omschrijving=omschrijving, details=details, zender=eigen)
    for een in (antwoord, bevestig(op, nieuw, moment)):
        gelezen = lees_stuf(schrijf(een))
        assert gelezen.keur() == ()
        stuur = een.stuurgegevens
        assert UUID4.fullmatch(stuur.referentienummer)
        assert re.fullmatch("[0-9]{14}", stuur.tijdstipBericht)
        assert stuur.crossRefnummer == nummer


@given(tekst=st.text(max_size=600))
def test_an_omschrijving_has_at_most_200_characters(tekst: str) -> None:
    gekort = kort(tekst)
    assert len(gekort) <= 200
    assert len(tekst) > 200 or len(gekort) == len(tekst)


def test_the_refused_message_is_left_out_of_a_fo01_that_would_become_too_large() -> None:
    origineel = b"<a>" + b"x" * MAX_BYTES + b"</a>"
    assert keur_af("IB003", DI01.stuurgegevens, vast, ONTVANGEN_OP, origineel=origineel).detailsXML == ()
    klein = keur_af("IB001", DI01.stuurgegevens, vast, ONTVANGEN_OP, origineel=lees_stuf(schrijf(DI01)).origineel)
    gelezen = lees_stuf(schrijf(klein)).inhoud()
    assert isinstance(gelezen, Foutbericht)
    assert lees_stuf(gelezen.detailsXML[0]).inhoud() == DI01


@pytest.mark.parametrize(
    "stuur",
    [
        replace(DI01.stuurgegevens, referentienummer=HEEN.upper()),
        replace(DI01.stuurgegevens, referentienummer="9c0f7b90-5c69-11e5-a837-0800200c9a66"),
        replace(DI01.stuurgegevens, crossRefnummer=RETOUR),
        replace(DI01.stuurgegevens, berichtcode="Du01"),
        replace(DI01.stuurgegevens, berichtcode="Fo01"),
        replace(DI01.stuurgegevens, tijdstipBericht="20260230101502"),
        replace(DI01.stuurgegevens, functie=None),
        replace(DI01.stuurgegevens, functie="JW3\x0007"),
        replace(DI01.stuurgegevens, zender=Systeem("73730042", "ab")),
    ],
)
def test_what_is_not_valid_is_not_written(stuur: Stuurgegevens) -> None:
    with pytest.raises(OngeldigBericht):
        schrijf(replace(DI01, stuurgegevens=stuur))


def test_a_fault_without_fo03() -> None:
    wortel = etree.fromstring(schrijf_soap_fout("Het document is geen SOAP 1.1.", "VersionMismatch"))
    assert wortel.findtext(".//faultcode") == "soap:VersionMismatch"
    assert wortel.find(".//detail") is None


# Moments


@pytest.mark.parametrize(
    ("moment", "tijdstip"),
    [
        (datetime(2026, 3, 3, 8, 11, 45, 999999, UTC), "20260303091145"),
        (datetime(2026, 7, 1, 22, 0, 0, 0, UTC), "20260702000000"),
        (datetime(2026, 10, 25, 0, 30, 0, 0, UTC), "20261025023000"),
        (datetime(2026, 10, 25, 1, 30, 0, 0, UTC), "20261025023000"),
    ],
)
def test_a_tijdstip_is_dutch_local_time(moment: datetime, tijdstip: str) -> None:
    assert schrijf_tijdstip(moment) == tijdstip


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        schrijf_tijdstip(datetime(2026, 3, 3))


@given(moment=st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))
def test_every_tijdstip_that_is_written_exists(moment: datetime) -> None:
    tijdstip = schrijf_tijdstip(moment)
    assert bestaat(tijdstip)
    assert abs(datetime.strptime(tijdstip, "%Y%m%d%H%M%S") - moment.replace(tzinfo=None)) < timedelta(hours=3)


@pytest.mark.parametrize(
    "tijdstip",
    [
        "20260302",
        "2026030210",
        "202603021015",
        "20260302101502",
        "202603021015029",
        "2026030210150299",
        "20260302101502999",
        "20240229",
    ],
)
def test_a_tijdstip_may_be_cut_off(tijdstip: str) -> None:
    assert bestaat(tijdstip)


@pytest.mark.parametrize(
    "tijdstip",
    [
        "",
        "2026",
        "20260229",
        "20261301",
        "20260300",
        "00000101",
        "2026030224",
        "202603021060",
        "20260302101560",
        "202603021",
        "20260302101",
        "2026030210150",
        "202603021015029990",
        "2026030x",
        "٢٠٢٦٠٣٠٢",
        "20260302\n",
    ],
)
def test_a_tijdstip_that_does_not_exist_is_told(tijdstip: str) -> None:
    assert not bestaat(tijdstip)
