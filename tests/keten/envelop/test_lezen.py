"""Reading a request step by step: what cannot be answered at all, what is refused at once, what is told afterwards."""

import contextlib
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.keten.envelop.fouten import Afgekeurd, GeenSoap
from berichtenverkeer.keten.envelop.stuf import (
    GGK,
    STUF,
    Envelop,
    SoapFout,
    StufBerichtcode,
    bevestig,
    codeer,
    decodeer,
    keur_af,
    lees_antwoord,
    lees_soap,
    lees_stuf,
    schrijf,
    schrijf_soap,
    schrijf_soap_fout,
    weiger,
)
from berichtenverkeer.standaard.fouten import Berichtfout, OngeldigBericht, Onleesbaar, TeGroot

from .voorbeelden import DI01, DU01, HEEN, ONTVANGEN_OP, enveloppen, in_soap, vast

KAAL = schrijf(DI01)
SOAP = schrijf_soap(DI01)
BINNEN_EEN_TEL = 10
"""Seconds; what these tests guard against takes minutes."""


# Step 4: what cannot be answered in StUF


@pytest.mark.parametrize(
    ("data", "faultcode"),
    [
        (KAAL, "Client"),
        (b"<a/>", "Client"),
        (
            b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><a/></e:Body></e:Envelope>',
            "VersionMismatch",
        ),
        (in_soap(b""), "Client"),
        (in_soap(b"<a/><b/>"), "Client"),
        (SOAP.replace(b"soap:Body>", b"soap:Header>"), "Client"),
        (SOAP.replace(b"<soap:Body>", b"<soap:Body/><soap:Body>"), "Client"),
        (
            SOAP.replace(b"<soap:Body>", b'<soap:Header><a soap:mustUnderstand="1"/></soap:Header><soap:Body>'),
            "MustUnderstand",
        ),
    ],
)
def test_what_is_not_one_message_in_soap_is_refused_without_fo03(data: bytes, faultcode: str) -> None:
    with pytest.raises(GeenSoap) as gevangen:
        lees_soap(data)
    assert gevangen.value.faultcode == faultcode
    assert gevangen.value.melding.endswith(".")
    assert gevangen.value.advies.endswith(".")


def test_a_header_that_need_not_be_understood_is_passed_over() -> None:
    data = SOAP.replace(b"<soap:Body>", b'<soap:Header><a soap:mustUnderstand="0"/></soap:Header><soap:Body>')
    assert lees_soap(data).inhoud() == DI01


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"geen xml",
        SOAP[:-20],
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + in_soap(b"<a>&x;</a>"),
        b"<!DOCTYPE a>" + in_soap(KAAL),
        in_soap(KAAL).replace(b"JW307", b"&bestaatniet;"),
        in_soap(b'<a xmlns="geen-uri"/>'),
        SOAP.replace(b"ZorgECD", b"\xff\xfe"),
    ],
)
def test_broken_xml_and_doctypes_are_not_taken_in(data: bytes) -> None:
    with pytest.raises(Onleesbaar) as gevangen:
        lees_soap(data)
    assert not isinstance(gevangen.value, GeenSoap | TeGroot)


def test_over_the_hard_limit_nothing_is_parsed() -> None:
    assert lees_soap(SOAP, len(SOAP)).inhoud() == DI01
    with pytest.raises(TeGroot):
        lees_soap(SOAP, len(SOAP) - 1)


# Step 5: the root


def met_wortel(namespace: str, naam: str = "envelopHeenbericht-ggk_Di01", stuf: str = STUF) -> bytes:
    """The Di01 with another root, and its stuurgegevens in another version of StUF."""
    tekst = KAAL.decode().replace(GGK, namespace).replace(STUF, stuf)
    return in_soap(tekst.replace("envelopHeenbericht-ggk_Di01", naam).encode())


@pytest.mark.parametrize(
    ("data", "code", "details"),
    [
        (met_wortel("http://www.egem.nl/StUF/StUF0204"), "StUF001", "StUF0301"),
        (met_wortel(GGK, stuf="http://www.egem.nl/StUF/StUF0302"), "StUF001", "StUF0301"),
        (met_wortel("http://www.egem.nl/StUF/sector/bg/0310"), "StUF004", None),
        (met_wortel("urn:x"), "StUF004", None),
        (met_wortel("http://www.stufstandaarden.nl/sectormodel/ggk/0210"), "StUF007", "ggk0210"),
        (met_wortel("http://www.stufstandaarden.nl/koppelvlak/ggk0310"), "StUF007", "ggk0210"),
        (met_wortel(GGK, "envelopHeenbericht-ggk_Di02"), "StUF022", None),
        (in_soap(schrijf(bevestig(DI01.stuurgegevens, vast, ONTVANGEN_OP))), "StUF022", None),
    ],
)
def test_an_unknown_root_is_refused_with_its_own_code(data: bytes, code: str, details: str | None) -> None:
    gelezen = lees_soap(data)
    assert (gelezen.soort, gelezen.code, gelezen.details) == (None, code, details)
    assert gelezen.stuurgegevens is not None
    fo03 = weiger(code, gelezen.stuurgegevens, vast, ONTVANGEN_OP, details=gelezen.details)
    assert lees_antwoord(schrijf_soap(fo03)) == fo03
    with pytest.raises(ValueError, match="unknown"):
        gelezen.keur()


@pytest.mark.parametrize(
    "data", [in_soap(b"<a/>"), in_soap(b'<a xmlns="urn:x"><stuurgegevens/></a>'), in_soap(b"<stuurgegevens/>")]
)
def test_an_unknown_root_without_stuurgegevens_gets_no_fo03(data: bytes) -> None:
    gelezen = lees_soap(data)
    assert gelezen.code == "StUF004"
    assert gelezen.stuurgegevens is None


# Step 6: the stuurgegevens


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (b"GGK:stuurgegevens", b"StUF:stuurgegevens"),
        (b"<StUF:berichtcode>Di01</StUF:berichtcode>", b""),
        (b"<StUF:organisatie>73730042</StUF:organisatie>", b""),
        (b"<StUF:organisatie>1680</StUF:organisatie>", b""),
        (HEEN.encode(), b""),
        (HEEN.encode(), b"   "),
        (HEEN.encode(), b"x" * 41),
        (b"20260302101502", b""),
        (b"StUF:zender", b"GGK:zender"),
    ],
)
def test_without_these_no_answer_can_be_addressed(oud: bytes, nieuw: bytes) -> None:
    assert oud in SOAP
    gelezen = lees_soap(SOAP.replace(oud, nieuw))
    assert gelezen.soort is StufBerichtcode.DI01
    assert gelezen.stuurgegevens is None
    assert gelezen.keur()
    with pytest.raises(OngeldigBericht):
        gelezen.inhoud()


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (b"<StUF:organisatie>1680<", b"<StUF:organisatie><"),  # StUF010
        (b"<StUF:organisatie>73730042<", b"<StUF:organisatie><"),  # StUF013
        (b">Di01<", b">Du01<"),
        (b">Di01<", b">Xx99<"),
        (HEEN.encode(), HEEN.upper().encode()),
        (HEEN.encode(), b"9c0f7b90-5c69-11e5-a837-0800200c9a66"),
        (HEEN.encode(), b"x"),
        (b"20260302101502", b"20260230101502"),
        (b"20260302101502", b"gisteren"),
        (b"<StUF:applicatie>ZorgECD</StUF:applicatie>", b""),
        (
            b"</StUF:tijdstipBericht>",
            f"</StUF:tijdstipBericht><StUF:crossRefnummer>{HEEN}</StUF:crossRefnummer>".encode(),
        ),
        (b"<StUF:functie>JW307</StUF:functie>", b""),
        (b"<GGK:functieVersie>0003", b"<GGK:functieVersie>3"),
        (b"GGK:parameters", b"GGK:anders"),
        (b"xmlBestand>", b"bestand>"),
    ],
)
def test_an_envelope_that_is_not_valid_can_be_answered_when_its_stuurgegevens_can_be_read(
    oud: bytes, nieuw: bytes
) -> None:
    assert oud in SOAP
    gelezen = lees_soap(SOAP.replace(oud, nieuw))
    assert gelezen.stuurgegevens is not None
    fouten = gelezen.keur() or [None]
    fo01 = keur_af(
        "IB001", gelezen.stuurgegevens, vast, ONTVANGEN_OP, details=gelezen.kenmerk, origineel=gelezen.origineel
    )
    assert lees_soap(schrijf_soap(fo01)).inhoud() == fo01
    if b"organisatie" not in oud:  # an empty one passes the XSD, and is refused at once
        assert fouten[0]


def test_findings_name_the_element_and_hold_no_value() -> None:
    geheim = b"geheim-9999"
    namaak = b"Missing child element(s). Expected is ( geheim )"
    oud_nieuw = [
        (b">0003<", b">" + namaak + b"<"),
        (b"20260302101502", geheim),
        (b">0007<", b">" + geheim + b"<"),
        (b"ZorgECD", geheim * 20),
        (b"JW307<", geheim * 9 + b"<"),
    ]
    data = SOAP
    for oud, nieuw in oud_nieuw:
        data = data.replace(oud, nieuw)
    fouten = lees_soap(data).keur()
    assert {fout.element for fout in fouten} == {
        "tijdstipBericht",
        "applicatieVersie",
        "functieVersie",
        "applicatie",
        "functie",
    }
    for fout in fouten:
        assert fout.melding.endswith(".")
        assert fout.advies.endswith(".")
        assert "geheim" not in "".join((fout.melding, fout.advies, fout.pad, fout.element))


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        (b"<StUF:functie>JW307</StUF:functie>", b"", "In stuurgegevens ontbreekt functie."),
        (b"<GGK:applicatieVersie>0007</GGK:applicatieVersie>", b"", "applicatieSubversie wordt hier niet verwacht."),
        (b"</StUF:functie>", b"</StUF:functie><StUF:Jansen/>", "Een onbekend element wordt hier niet verwacht."),
        (b"<GGK:bericht>", b"<GGK:bericht><Jansen/>", "Een onbekend element wordt hier niet verwacht."),
        (
            b"<StUF:functie>JW307</StUF:functie>",
            b"<GGK:functie>JW307</GGK:functie>",
            "functie staat in een andere namespace dan het XSD vraagt.",
        ),
        (b"<GGK:bericht>", b'<GGK:bericht a="b">', "Een attribuut is niet toegestaan of niet juist."),
        (b"20260302101502", b"20260230101502", "tijdstipBericht is geen bestaand tijdstip."),
    ],
)
def test_findings_say_what_is_wrong(oud: bytes, nieuw: bytes, melding: str) -> None:
    fouten = lees_soap(SOAP.replace(oud, nieuw, 1)).keur()
    assert [fout.melding for fout in fouten] == [melding]
    assert "Jansen" not in repr(fouten)


@pytest.mark.parametrize("stuk", [b"<x/>", b"<x a=''/>"])
def test_more_than_any_envelope_has_is_not_parsed(stuk: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing it in canonical form took seconds."""
    monkeypatch.setattr(
        "berichtenverkeer.keten.envelop.stuf.lezen.ontleed", lambda *_, **__: pytest.fail("it was parsed")
    )
    with pytest.raises(Onleesbaar, match="uitzonderlijk veel elementen"):
        lees_soap(SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + stuk * 2_000))


def test_threads_do_not_read_each_others_findings() -> None:
    namen = ["applicatieVersie", "applicatieSubversie", "functieVersie", "functieSubversie"] * 50
    goed = {naam: re.compile(f"<GGK:{naam}>[0-9]*".encode()) for naam in namen}

    def keur(naam: str) -> list[str]:
        return [fout.element for fout in lees_soap(goed[naam].sub(f"<GGK:{naam}>x".encode(), SOAP)).keur()]

    with ThreadPoolExecutor(8) as draden:
        assert list(draden.map(keur, namen)) == [[naam] for naam in namen]


# The fingerprint


def test_the_wrapper_and_the_layout_of_tags_do_not_count_but_the_content_does() -> None:
    afdruk = lees_soap(SOAP).vingerafdruk
    anders_verpakt = in_soap(KAAL).replace(b"soap:", b"s:").replace(b"xmlns:soap", b"xmlns:s")
    anders_verpakt = anders_verpakt.replace(
        b"<s:Body>", b'<s:Header><b xmlns="urn:b"/></s:Header><s:Body xmlns:w="urn:w">'
    )
    assert lees_soap(anders_verpakt).vingerafdruk == afdruk
    assert lees_soap(SOAP.replace(b"<StUF:functie>", b"<StUF:functie ><!-- x -->")).vingerafdruk == afdruk
    assert lees_soap(SOAP.replace(b"ZorgECD", b"ZorgECd")).vingerafdruk != afdruk


@given(een=enveloppen(), ander=enveloppen())
def test_fingerprints_are_equal_when_contents_are(een: Envelop, ander: Envelop) -> None:
    afdrukken = [lees_soap(schrijf_soap(envelop)).vingerafdruk for envelop in (een, een, ander)]
    assert afdrukken[0] == afdrukken[1]
    assert (afdrukken[0] == afdrukken[2]) == (een == ander)


# Answers


def test_a_fault_alone_and_an_unknown_answer() -> None:
    assert lees_antwoord(schrijf_soap_fout("Nee.")) == SoapFout("Client", "Nee.")
    with pytest.raises(GeenSoap):
        lees_antwoord(SOAP)
    with pytest.raises(OngeldigBericht):
        lees_antwoord(schrijf_soap(bevestig(DI01.stuurgegevens, vast, ONTVANGEN_OP)).replace(b"202603", b"202613"))


def test_a_request_is_read_by_its_body_alone() -> None:
    assert [lees_soap(schrijf_soap(een)).soort for een in (DI01, DU01)] == [StufBerichtcode.DI01, StufBerichtcode.DU01]


# base64


@given(data=st.binary(min_size=1, max_size=200), toeval=st.randoms(use_true_random=False))
def test_base64_survives_with_white_space_anywhere(data: bytes, toeval: Random) -> None:
    tekst = "".join(teken + toeval.choice(["", "", "\r\n", " ", "\t"]) for teken in codeer(data))
    assert decodeer(tekst) == data


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        " \n",
        "<<<",
        "A",
        "AA",
        "AA=",
        "AAA",
        "AB==",
        "AAB=",
        "=AAA",
        "AA==AA==",
        "AA==\x00",
        "A-_A",
        "AAAA=",
        "é",
        "AA =="[:4],
    ],
)
def test_what_is_not_exactly_base64_is_refused(tekst: str) -> None:
    with pytest.raises(Afgekeurd) as gevangen:
        decodeer(tekst)
    assert gevangen.value.code == "IB014"


@given(tekst=st.text(alphabet="ABab01+/=-_ \n<é", max_size=12))
def test_decoding_accepts_exactly_what_encoding_makes(tekst: str) -> None:
    try:
        data = decodeer(tekst)
    except Afgekeurd:
        return
    assert codeer(data) == "".join(tekst.split())


# Anything at all


ZAADJES = [
    SOAP,
    schrijf_soap(DU01),
    KAAL,
    schrijf_soap(keur_af("IB001", DI01.stuurgegevens, vast, ONTVANGEN_OP, origineel=KAAL[38:])),
]
STUKJES = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<StUF:functie>",
    b"&#0;",
    b"&amp;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<?x ?>",
    b"\xff",
]
STUKJES += [
    b' xmlns:a="urn:a"',
    b' xmlns=""',
    b' xsi:type="StUF:Systeem"',
    b"<soap:Body>",
    b"\x00",
    b"\xef\xbb\xbf",
    b"=",
]


@settings(max_examples=600)
@given(toeval=st.randoms(use_true_random=False), los=st.binary(max_size=100))
@example(toeval=Random(1), los=b"")
def test_whatever_comes_only_our_own_errors_are_raised(toeval: Random, los: bytes) -> None:
    data = bytearray(toeval.choice(ZAADJES))
    for _ in range(toeval.randrange(4)):
        plek = toeval.randrange(len(data))
        data[plek : plek + toeval.choice([0, 0, 1, 5, 200])] = toeval.choice([*STUKJES, los])
    with contextlib.suppress(Berichtfout):
        assert lees_antwoord(bytes(data))
    with contextlib.suppress(Berichtfout):
        gelezen = lees_soap(bytes(data))
        assert len(gelezen.vingerafdruk) == 64
        assert (gelezen.soort is None) == (gelezen.code is not None)
        if gelezen.soort and not gelezen.keur() and isinstance(inhoud := gelezen.inhoud(), Envelop):
            assert inhoud.parameters.payload()


MEGA = 4_000_000


def _attributen() -> bytes:
    return SOAP.replace(
        b"<GGK:parameters>", b"<GGK:parameters " + b" ".join(b'a%d=""' % n for n in range(1_900)) + b">"
    )


def _namespaces() -> bytes:
    return SOAP.replace(
        b"<GGK:parameters>", b"<GGK:parameters " + b" ".join(b'xmlns:a%d="urn:u"' % n for n in range(190)) + b">"
    )


def _namespaces_op_veel() -> bytes:
    ruimten = b" ".join(b'xmlns:a%d="urn:u"' % n for n in range(190))
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters " + ruimten + b">" + b"<a1:x/>" * 1_900)


def _attributen_op_veel() -> bytes:
    velden = b" ".join(b'a%d=""' % n for n in range(99))
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + (b"<x " + velden + b"/>") * 19)


def _diep() -> bytes:
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + b"<a>" * 900 + b"</a>" * 900)


def _diep_met_namespaces() -> bytes:
    begin = b"".join(b'<a%d:a xmlns:a%d="urn:u%d">' % (n, n, n) for n in range(190))
    eind = b"".join(b"</a%d:a>" % n for n in reversed(range(190)))
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + begin + b"<x/>" * 1_500 + eind)


def _elementen() -> bytes:
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + b"<x/>" * MEGA)


def _velden() -> bytes:
    return SOAP.replace(b"</StUF:functie>", b"</StUF:functie>" + b"<StUF:functie>1</StUF:functie>" * 900)


def _tekst() -> bytes:
    return SOAP.replace(b"ZorgECD", b"x" * (10 * MEGA)).replace(b"20260302101502", b"1" * MEGA)


def _naam() -> bytes:
    return in_soap(b'<x:y xmlns:x="urn:' + b"/ggk" * MEGA + b'&#10;"/>')


def _lange_namen() -> bytes:
    return SOAP.replace(b"<GGK:parameters>", b"<GGK:parameters>" + b"<%s/>" % (b"x" * MEGA))


def _fouten() -> bytes:
    return SOAP.replace(b"<StUF:applicatie>ZorgECD", b"<StUF:applicatie>" + b"<x/>" * 1_900)


def _details() -> bytes:
    fo01 = schrijf_soap(keur_af("IB001", DI01.stuurgegevens, vast, ONTVANGEN_OP, origineel=b"<a/>"))
    return fo01.replace(b"<a/>", b'<a b="c">d</a>' * 900)


@pytest.mark.parametrize(
    "maak",
    [
        _attributen,
        _namespaces,
        _namespaces_op_veel,
        _attributen_op_veel,
        _diep,
        _diep_met_namespaces,
        _elementen,
        _velden,
        _tekst,
        _naam,
        _lange_namen,
        _fouten,
        _details,
    ],
)
def test_no_document_takes_long(maak: Callable[[], bytes]) -> None:
    data = maak()
    begin = time.process_time()
    try:
        gelezen = lees_soap(data)
    except Onleesbaar:
        pass
    else:
        assert gelezen.vingerafdruk
        gelezen.keur()
    assert time.process_time() - begin < BINNEN_EEN_TEL


def test_a_schema_location_is_not_followed(tmp_path: Path) -> None:
    os.mkfifo(buis := tmp_path / "buis")  # who opens it waits for ever
    plek = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{GGK} {buis.as_uri()}"'.encode()
    data = KAAL.replace(b"<GGK:parameters>", b"<GGK:parameters " + plek + b">")
    assert lees_soap(in_soap(data)).inhoud() == DI01


def test_the_wrapper_does_not_count_in_the_size() -> None:
    """A message of exactly the limit is not too large for what its SOAP declares; what it uses of that it takes along."""
    naam = f' xmlns:StUF="{STUF}"'.encode()
    gebruikt = in_soap(KAAL.replace(naam, b"")).replace(b"<soap:Envelope", b'<soap:Envelope xmlns:x="urn:x"' + naam, 1)
    for data in (in_soap(KAAL), gebruikt):
        los = lees_soap(data).los
        assert len(los) == len(KAAL.partition(b"\n")[2])
        assert lees_stuf(los).inhoud() == DI01
    assert lees_soap(gebruikt).vingerafdruk == lees_soap(in_soap(KAAL)).vingerafdruk


def test_the_tree_is_that_of_the_message() -> None:
    assert etree.QName(lees_soap(SOAP).wortel).localname == "envelopHeenbericht-ggk_Di01"
