"""Bad input: whatever comes in, the answer is clear, nothing is stored half, and it is never a 500."""

import gzip
import re
import socket
from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from tests.berichten import Dossier, bsns
from tests.knoop import Klant, Knoop, Paar, controleer_probleem

from berichtenverkeer.opslag.tabellen.berichten import bericht, geweigerd
from berichtenverkeer.standaard.xml import MAX_BYTES

GOED = Dossier("0855", "99990001").bericht("301", identificatie="T1")
"""A sound message, to spoil."""


def _entiteiten(hoeveel: int) -> bytes:
    regels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, hoeveel))
    return f'<!DOCTYPE x [<!ENTITY e0 "bom">{regels}]><x>&e{hoeveel - 1};</x>'.encode()


ONLEESBAAR: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n",
    "not XML": b"ik ben geen XML",
    "JSON": b'{"bericht": 1}',
    "zip": b"PK\x03\x04" + bytes(range(256)),
    "cut off": GOED[:-20],
    "cut off in a tag": GOED[:200],
    "something after the end": GOED + b"<x/>",
    "two messages": GOED + GOED,
    "NUL": GOED.replace(b"Voorbeeldstraat", b"Voor\x00straat"),
    "control character": GOED.replace(b"Voorbeeldstraat", b"Voor\x01straat"),
    "loose ampersand": GOED.replace(b"Voorbeeldstraat", b"A & B"),
    "unknown entity": GOED.replace(b"Voorbeeldstraat", b"&nbsp;"),
    "reference to a character that is none": GOED.replace(b"Voorbeeldstraat", b"&#0;"),
    "undeclared prefix": b"<a:b/>",
    "latin-1 that says so": GOED.replace(b"UTF-8", b"ISO-8859-1"),
    "latin-1 that does not": GOED.replace(b"Voorbeeldstraat", "Kadé".encode("latin-1")),
    "UTF-16": GOED.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 without a mark": GOED.decode().encode("utf-16-le"),
    "UTF-32": GOED.decode().encode("utf-32"),
    "UTF-7": GOED.replace(b"UTF-8", b"UTF-7"),
    "surrogates in UTF-8": GOED.replace(b"Voorbeeldstraat", b"\xed\xa0\x80"),
    "overlong UTF-8": GOED.replace(b"Voorbeeldstraat", b"\xc0\xaf"),
    "DTD": b'<!DOCTYPE Bericht SYSTEM "http://127.0.0.1:1/x.dtd">' + GOED.partition(b"?>")[2].strip(),
    "DTD inside": b"<!DOCTYPE Bericht [<!ELEMENT Bericht ANY>]><Bericht/>",
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]><x/>',
    "entity bomb": _entiteiten(10),
    "100 000 nested elements": b"<a>" * 100_000 + b"</a>" * 100_000,
    "100 000 nested, never closed": b"<a>" * 100_000,
    "a name of ten million": b"<" + b"a" * 10_000_001 + b"/>",
}
"""Answered with 400."""

_NS = b"http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"


def _release(nieuw: bytes) -> bytes:
    return GOED.replace(b"/iwmo/3_2/", b"/iwmo/" + nieuw + b"/")


ONBEKEND: dict[str, bytes] = {
    "unknown root": b"<x/>",
    "unknown root in the namespace": b'<Berichten xmlns="' + _NS + b'"/>',
    "no namespace": b"<Bericht/>",
    "release 3.1": _release(b"3_1"),
    "release 4.0": _release(b"4_0"),
    "release 2.4 of iPgb": GOED.replace(b"/iwmo/3_2/", b"/ipgb/2_4/"),
    "a message that does not exist": GOED.replace(b"wmo301/", b"wmo399/"),
    "a message of the other law": GOED.replace(b"wmo301/", b"jw301/"),
    "an envelope": b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body/></soap:Envelope>',
}
"""Answered with 422: XML, but not a message of release 3.2."""


def _geen_spoor(node: Knoop, paar: Paar) -> None:
    """No message was taken in of either party."""
    wie = bericht.c.verzender.in_((paar.gemeentecode, paar.agb))
    with node.engine.connect() as verbinding:
        assert verbinding.execute(select(func.count()).select_from(bericht).where(wie)).scalar() == 0


def _bewaard(node: Knoop, code: str, data: bytes) -> bool:
    with node.engine.connect() as verbinding:
        rijen = verbinding.execute(select(geweigerd.c.inhoud).where(geweigerd.c.verzender == code)).scalars()
        return list(rijen) == [data]


@pytest.mark.parametrize("naam", ONLEESBAAR)
def test_what_cannot_be_read(node: Knoop, paar: Paar, naam: str) -> None:
    antwoord = paar.gemeente.bied_aan(ONLEESBAAR[naam])
    assert antwoord.status_code == 400
    assert antwoord.json()["type"].endswith("onleesbaar")
    _geen_spoor(node, paar)
    assert _bewaard(node, paar.gemeentecode, ONLEESBAAR[naam])


@pytest.mark.parametrize("naam", ONBEKEND)
def test_what_is_no_message_of_this_release(node: Knoop, paar: Paar, naam: str) -> None:
    antwoord = paar.gemeente.bied_aan(ONBEKEND[naam])
    assert antwoord.status_code == 422
    probleem = antwoord.json()
    assert probleem["type"].endswith("onbekend-bericht")
    assert probleem["pad"]
    assert probleem["regelnummer"]
    _geen_spoor(node, paar)
    assert _bewaard(node, paar.gemeentecode, ONBEKEND[naam])


def test_every_error_of_the_xsd_at_once(node: Knoop, paar: Paar) -> None:
    data = (
        paar.dossier().toewijzing()
        .replace(b"2026-02-01</", b"1 februari</", 1)
        .replace(b":Geslacht>2<", b":Geslacht>7<")
        .replace(b"Ingangsdatum>2026-02-01<", b"Ingangsdatum>2026-02-30<")
        .replace(b"Plaatsnaam", b"Woonplaats")
    )  # fmt: skip
    antwoord = paar.gemeente.bied_aan(data)
    assert antwoord.status_code == 422
    probleem = antwoord.json()
    assert probleem["type"].endswith("xsd-ongeldig")
    paden = [bevinding["pad"] for bevinding in probleem["bevindingen"]]
    assert "/Bericht/Client/Geslacht" in paden
    assert "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]/Ingangsdatum" in paden
    assert len(paden) >= 4
    assert all(b["regel"] == "XSD" and b["advies"] and b["regelnummer"] for b in probleem["bevindingen"])
    assert "1 februari" not in antwoord.text
    _geen_spoor(node, paar)


def test_25_mib_and_one_byte(node: Knoop, paar: Paar) -> None:
    antwoord = paar.gemeente.bied_aan(GOED + b" " * (MAX_BYTES + 1 - len(GOED)))
    assert antwoord.status_code == 413
    assert str(MAX_BYTES) in antwoord.json()["detail"]
    _geen_spoor(node, paar)
    with node.engine.connect() as verbinding:
        assert not verbinding.execute(select(geweigerd.c.reden).where(geweigerd.c.verzender == paar.gemeentecode)).all()


def test_exactly_25_mib(paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    commentaar = b"<!--" + b" " * 1_000_000 + b"-->"
    aantal, rest = divmod(MAX_BYTES - len(data), len(commentaar))
    paar.gemeente.goedgekeurd(data + commentaar * aantal + b" " * rest)


def test_an_endless_body_is_cut_short(node: Knoop, paar: Paar) -> None:
    """More than four times the limit is not read; some clients then see a broken connection, never a success."""
    kop = (
        f"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {node.tokens[paar.gemeentecode]}\r\n"
        f"Content-Type: application/xml\r\nContent-Length: {100 * MAX_BYTES}\r\n\r\n"
    )
    poort = int(node.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", poort), 60) as verbinding:
        verbinding.sendall(kop.encode())
        gestuurd = 0
        try:
            while gestuurd < 100 * MAX_BYTES:
                verbinding.sendall(bytes(1024 * 1024))
                gestuurd += 1024 * 1024
        except OSError:
            pass
    assert gestuurd < 10 * MAX_BYTES
    _geen_spoor(node, paar)


def _rauw(node: Knoop, verzoek: bytes, *, dan_weg: bool = False) -> bytes:
    """All that comes back on these bytes; ``dan_weg`` says that nothing more will come from this side."""
    poort = int(node.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", poort), 60) as verbinding:
        verbinding.sendall(verzoek)
        if dan_weg:
            verbinding.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: verbinding.recv(65536), b""))


def _kop(node: Knoop, paar: Paar, *regels: str) -> bytes:
    vast = ["POST /v1/berichten HTTP/1.1", "Host: x", "Content-Type: text/xml", "Connection: close"]
    return "\r\n".join([*vast, f"Authorization: Bearer {node.tokens[paar.gemeentecode]}", *regels, "", ""]).encode(
        "latin-1"
    )


def test_a_content_length_that_is_too_high(node: Knoop, paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    antwoord = _rauw(node, _kop(node, paar, f"Content-Length: {len(data) + 1}") + data, dan_weg=True)
    assert b" 202 " not in antwoord
    assert b" 500 " not in antwoord
    _geen_spoor(node, paar)
    paar.gemeente.goedgekeurd(data)


def test_a_content_length_that_is_too_low(node: Knoop, paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    antwoord = _rauw(node, _kop(node, paar, f"Content-Length: {len(data) - 10}") + data)
    assert antwoord.startswith(b"HTTP/1.1 400 ")
    _geen_spoor(node, paar)


def test_a_body_in_chunks(paar: Paar) -> None:
    data = paar.dossier().toewijzing()

    def stukken() -> Iterator[bytes]:
        for begin in range(0, len(data), 7):
            yield data[begin : begin + 7]

    antwoord = paar.gemeente.post("/v1/berichten", content=stukken(), headers={"Content-Type": "application/xml"})
    assert antwoord.request.headers["transfer-encoding"] == "chunked"
    assert antwoord.status_code == 202


def test_chunks_that_break_off(node: Knoop, paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    begin = f"{len(data):x}\r\n".encode() + data
    for rest in (b"", b"\r\n", b"\r\nzz\r\n", b"\r\n-1\r\n"):
        antwoord = _rauw(node, _kop(node, paar, "Transfer-Encoding: chunked") + begin + rest, dan_weg=True)
        assert b" 202 " not in antwoord
        assert b" 500 " not in antwoord
    _geen_spoor(node, paar)


@pytest.mark.parametrize(
    ("pad", "soort"),
    [
        ("/v1/berichten", "application/xml"),
        ("/validatie", "application/xml"),
        ("/ggk/ws/OntvangAsynchroon", "text/xml"),
        ("/vsp/berichten/rest-push/v1/berichten", "multipart/form-data; boundary=x"),
    ],
)
def test_a_compressed_body_is_not_unpacked(paar: Paar, pad: str, soort: str) -> None:
    data = gzip.compress(paar.dossier().toewijzing())
    for codering, status in (("gzip", 415), ("deflate, gzip", 415), ("identity", 400)):
        headers = {"Content-Type": soort, "Content-Encoding": codering}
        antwoord = paar.gemeente.post(pad, content=data, headers=headers)
        assert antwoord.status_code == (500 if status == 400 and soort == "text/xml" else status)
        assert ("gecomprimeerd" in antwoord.text) == (status == 415)


@pytest.mark.parametrize("host", ["[::1", "a b", "", "x:y", "[", "%00", "x/y?z", "a" * 5000])
@pytest.mark.parametrize("pad", ["/v1/postvak/berichten", "/v1/toewijzingen", "/v1/berichten/", "/docs"])
def test_a_strange_host(node: Knoop, bezoeker: Paar, host: str, pad: str) -> None:
    verzoek = (
        f"GET {pad} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        f"Authorization: Bearer {node.tokens[bezoeker.gemeentecode]}\r\n\r\n"
    )
    status = int(_rauw(node, verzoek.encode()).split(b" ", 2)[1])
    assert status < 500


_LASTIG = {
    r"\d{4}-\d\d-\d\d": [
        "0001-01-01", "9999-12-31", "10000-01-01", "-0001-01-01", "0000-01-01", "2026-02-30", "2024-02-29", "1900-01-01",
        "2026-01-01Z", "2026-01-01-05:00", " 2026-01-01 ", "2026-03-02",
    ],
    r"\d\d:\d\d:\d\d": ["00:00:00", "24:00:00", "23:59:59.9999999999", "23:59:60", "10:00:00+14:00", " 10:00:00 "],
    r"\d+": [
        "0", "00", "-0", "+1", "-1", "1.0", "1e9", "NaN", "99999999", "999999999", "00000000000000000000", "9" * 30, " 1 ",
        "01", "1", "2", "3", "4", "6", "13", "14", "20", "82", "83", "999900006", "999900018", "٣",
    ],
    r".*": [
        "", " ", "x" * 200, "x" * 201, "é" * 12, "😀" * 12, "\u0085", "\u2028", "\ufffd", "'; DROP TABLE bericht;--", "%s",
        "{}", "\\N", "\\.", "../..", "&lt;x&gt;", "&#9;", "&#13;&#10;", "]]&gt;",
    ],
}  # fmt: skip
"""Texts at the edges of what an element of some form holds."""


def _bedorven(data: bytes, random: Random) -> bytes:
    """The message with some texts changed, and now and then a line left out, doubled or in another place."""
    regels = data.decode().split("\r\n")
    teksten = [plek for plek, regel in enumerate(regels) if "</" in regel.partition(">")[2]]
    for plek in random.sample(teksten, random.randint(1, 3)):
        begin, tekst, einde = re.split(r"(?<=>)(?=[^<]*</)|(?=</)", regels[plek], maxsplit=2)
        lastig = [waarde for vorm, waarden in _LASTIG.items() if re.fullmatch(vorm, tekst) for waarde in waarden]
        regels[plek] = begin + random.choice(lastig) + einde
    plek, ander = random.choices(teksten, k=2)
    match random.randrange(12):
        case 0:
            del regels[plek]
        case 1:
            regels.insert(plek, regels[ander])
        case 2:
            regels[plek], regels[ander] = regels[ander], regels[plek]
    return "\r\n".join(regels).encode()


def _antwoordt(klant: Klant, data: bytes, **headers: str) -> None:
    """The hooks of the caller hold every answer against the OpenAPI and, if an error, against the form of a problem."""
    antwoord = klant.bied_aan(data, **headers)
    assert antwoord.status_code < 500
    if antwoord.status_code in (200, 202):
        assert antwoord.json()["retour"]
        assert klant.bied_aan(data, **headers).content == antwoord.content


_clienten = enumerate(cycle(bsns()), start=1)


@given(st.randoms(use_true_random=False), st.integers(0, 2))
def test_spoiled_messages(bezoeker: Paar, random: Random, goed: int) -> None:
    """The first of a 301, a 305 and a 307 are sound, so that what follows gets as far as it can."""
    nummer, bsn = next(_clienten)
    d = bezoeker.dossier(bsn, nummer=nummer)
    for plek, (klant, maak) in enumerate(
        [(bezoeker.gemeente, d.toewijzing), (bezoeker.aanbieder, d.start), (bezoeker.aanbieder, d.stop)]
    ):
        _antwoordt(klant, maak() if plek < goed else _bedorven(maak(), random))
    for item in bezoeker.gemeente.toewijzingen(toewijzingnummer=nummer):
        bezoeker.gemeente.json(f"/v1/toewijzingen/{item['id']}")
        bezoeker.gemeente.json(f"/v1/toewijzingen/{item['id']}/tijdlijn")


@given(st.binary(max_size=300), st.integers(0, len(GOED)), st.integers(0, 40))
def test_random_bytes(bezoeker: Paar, ruis: bytes, plek: int, weg: int) -> None:
    _antwoordt(bezoeker.gemeente, ruis)
    _antwoordt(bezoeker.gemeente, GOED[:plek] + ruis[:weg] + GOED[plek + weg :])


_koptekst = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40)


@given(st.dictionaries(st.sampled_from(["Content-Type", "Bv-Klok", "Accept", "Content-Encoding", "Host"]), _koptekst))
def test_strange_headers(bezoeker: Paar, headers: dict[str, str]) -> None:
    rauw = {naam.encode(): waarde.encode("latin-1") for naam, waarde in headers.items()}
    antwoord = bezoeker.gemeente.post("/v1/berichten", content=GOED, headers=rauw)
    assert 400 <= antwoord.status_code < 500
    controleer_probleem(antwoord)


_waarden = st.one_of(
    st.sampled_from([w for waarden in _LASTIG.values() for w in waarden]),
    st.text(max_size=20),
    st.just("\x00"),
    st.integers().map(str),
)
_vragen = st.dictionaries(
    st.sampled_from([
        "domein", "gemeente", "aanbieder", "bsn", "toewijzingnummer", "product", "toestand", "levering", "geldig_op",
        "gewijzigdNa", "limiet", "na", "limit",
    ]),
    _waarden,
    max_size=3,
)  # fmt: skip


@given(_vragen)
def test_strange_questions(bezoeker: Paar, vraag: dict[str, Any]) -> None:
    for pad in ("/v1/toewijzingen", "/v1/postvak/berichten"):
        assert bezoeker.gemeente.get(pad, params=vraag).status_code in (200, 400, 422)
