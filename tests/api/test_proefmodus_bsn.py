"""In proefmodus nothing is kept of what may hold a Bsn of somebody: at no door, in no form, whatever else is wrong with it."""

import base64
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, true
from tests import ggk, vsp
from tests.knoop import Knoop, Paar
from tests.vsp import Zending

from berichtenverkeer.inname.fictief import _ALS_NUL, _CIJFERS, Inhoud, kijk_na
from berichtenverkeer.keten.envelop.stuf import schrijf_soap
from berichtenverkeer.opslag.tabellen.basis import metadata
from berichtenverkeer.opslag.tabellen.logboek import logboek

ECHT, FICTIEF = "123456782", "999900006"
"""Both pass the 11-proef."""

NUL = "012345672"
"""One that begins with a nought."""


def _zip(data: bytes, soort: int = ZIP_DEFLATED, naam: str = "bericht.xml") -> bytes:
    uit = BytesIO()
    with ZipFile(uit, "w", soort) as archief:
        archief.writestr(naam, data)
    return uit.getvalue()


def _bsn(goed: bytes, bsn: str) -> bytes:
    return goed.replace(b":Bsn>999900006<", f":Bsn>{bsn}<".encode())


def _tekst(goed: bytes, tekst: str) -> bytes:
    """Free text that the XSD allows."""
    return goed.replace(b">Voorbeeldstraat<", f">{tekst}<".encode())


VORMEN: dict[str, Callable[[bytes, str], bytes]] = {
    "in its element": _bsn,
    "in text": lambda goed, bsn: _tekst(goed, f"bsn {bsn}"),
    "in text, in groups": lambda goed, bsn: _tekst(goed, f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}"),
    "in text, against its name": lambda goed, bsn: _tekst(goed, f"bsn{bsn}"),
    "in text, by reference": lambda goed, bsn: _tekst(goed, f"&#{ord(bsn[0])};&#x{ord(bsn[1]):x};{bsn[2:]}"),
    "in text, cut by a comment": lambda goed, bsn: _tekst(goed, f"{bsn[:4]}<!-- -->{bsn[4:]}"),
    "in a comment": lambda goed, bsn: goed + f"<!-- {bsn} -->".encode(),
    "in an attribute": lambda goed, bsn: goed.replace(b":Client>", f':Client bsn="{bsn}">'.encode(), 1),
    "in an unknown element": lambda goed, bsn: goed.replace(
        b":Plaatsnaam>Voorbeeldstad<", f":Woonplaats>{bsn}<".encode()
    ).replace(b"/iwmo:Plaatsnaam>", b"/iwmo:Woonplaats>"),
    "invalid by the XSD": lambda goed, bsn: _bsn(goed, bsn).replace(b":Geslacht>2<", b":Geslacht>7<"),
    "no XML any more": lambda goed, bsn: _bsn(goed, bsn)[:-9],
    "an older release": lambda goed, bsn: _bsn(goed, bsn).replace(b"/3_2/", b"/3_1/"),
    "in UTF-16": lambda goed, bsn: _bsn(goed, bsn).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "in UTF-32": lambda goed, bsn: _bsn(goed, bsn).decode().encode("utf-32-be"),
    "in JSON": lambda _, bsn: json.dumps({"client": {"bsn": bsn}}).encode(),
    "in JSON, as a number": lambda _, bsn: f'{{"bsn": {bsn}}}'.encode(),
    "in JSON, by escapes": lambda _, bsn: f'{{"bsn": "\\u003{bsn[0]}{bsn[1:]}"}}'.encode(),
    "in CSV": lambda _, bsn: f"naam;bsn\r\nJansen;{bsn}\r\n".encode(),
    "in a SOAP envelope": lambda goed, bsn: schrijf_soap(ggk.envelop(_bsn(goed, bsn), bericht=goed)),
    "in base64, halfway": lambda goed, bsn: base64.b64encode(b"x" + _bsn(goed, bsn))[1:],
    "in a ZIP": lambda goed, bsn: _zip(_bsn(goed, bsn)),
    "in a ZIP as it is": lambda goed, bsn: _zip(_bsn(goed, bsn), ZIP_STORED),
    "in a ZIP that is cut off": lambda goed, bsn: _zip(_bsn(goed, bsn))[:-60],
    "in the name of a file": lambda goed, bsn: _zip(goed, naam=f"{bsn}.xml"),
    "in a ZIP in a ZIP": lambda goed, bsn: _zip(_zip(_bsn(goed, bsn))),
    "in a ZIP in base64": lambda goed, bsn: base64.b64encode(_zip(_bsn(goed, bsn))),
}  # fmt: skip


def _lever_plat(paar: Paar, data: bytes, _: bytes) -> Any:
    return paar.gemeente.bied_aan(data)


def _lever_vsp(paar: Paar, data: bytes, goed: bytes) -> Any:
    return vsp.dien_in(paar.gemeente, vsp.zending(data, bericht=goed))


def _lever_ggk(paar: Paar, data: bytes, goed: bytes) -> Any:
    return ggk.lever(paar.gemeente, ggk.envelop(data, bericht=goed))


def _lever_ggk_los(paar: Paar, data: bytes, goed: bytes) -> Any:
    """As it is in the place of the base64."""
    e = ggk.envelop(goed)
    return ggk.lever(paar.gemeente, schrijf_soap(e).replace(e.parameters.bestand.encode(), data))


DEUREN = {"berichten": _lever_plat, "vsp": _lever_vsp, "ggk": _lever_ggk, "ggk, los": _lever_ggk_los}


def _rijen(node: Knoop) -> dict[str, int]:
    """How much is kept, in every table; of the log, which has that something was refused, how much is of a person."""
    with node.engine.connect() as verbinding:
        return {
            naam: verbinding.execute(
                select(func.count())
                .select_from(tabel)
                .where(logboek.c.persoon.is_not(None) if tabel is logboek else true())
            ).scalar_one()
            for naam, tabel in metadata.tables.items()
        }


@pytest.mark.parametrize("deur", DEUREN)
def test_nothing_is_kept(node: Knoop, paar: Paar, deur: str) -> None:
    goed = paar.dossier().toewijzing()
    assert b">Voorbeeldstraat<" in goed
    voor = _rijen(node)
    for vorm, maak in VORMEN.items():
        antwoord = DEUREN[deur](paar, maak(goed, ECHT), goed)
        assert antwoord.status_code in (400, 422, 500), (vorm, antwoord.text)
        assert ECHT not in antwoord.text
        assert _rijen(node) == voor, vorm


@pytest.mark.parametrize("vorm", VORMEN)
def test_what_is_seen_and_what_is_not(paar: Paar, vorm: str) -> None:
    """The same with a Bsn of the test series may be kept, and with a number that is no Bsn."""
    goed = paar.dossier().toewijzing()
    for bsn, gezien in (
        (ECHT, Inhoud.ECHT),
        (NUL, Inhoud.ECHT),
        (FICTIEF, Inhoud.FICTIEF),
        ("123456783", Inhoud.FICTIEF),
    ):
        assert kijk_na(VORMEN[vorm](goed, bsn)) is gezien, bsn


def test_a_bsn_of_which_the_nought_was_lost(paar: Paar) -> None:
    goed = paar.dossier().toewijzing()
    assert kijk_na(_bsn(goed, NUL[1:])) is Inhoud.ECHT
    assert kijk_na(_tekst(goed, NUL[1:])) is Inhoud.FICTIEF  # eight digits are an AGB code, or whatever


def test_another_number_that_looks_like_one_is_no_bsn(paar: Paar) -> None:
    d = paar.dossier(nummer=int(ECHT))
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())


@pytest.mark.parametrize(
    "velden",
    [
        {"referentiegegevens__referentieId": f"dossier van {ECHT}"},
        {"verwerkingscontext__0__waarde": [ECHT]},
    ],
)
def test_nor_in_what_goes_with_a_message(node: Knoop, paar: Paar, velden: dict[str, Any]) -> None:
    voor = _rijen(node)
    z: Zending = vsp.zending(paar.dossier().toewijzing()).met(**velden)
    assert vsp.dien_in(paar.gemeente, z).status_code == 422
    e = ggk.envelop(paar.dossier().toewijzing())
    data = schrijf_soap(e).replace(b"Voorbeeldsuite", ECHT.encode())
    assert ggk.lever(paar.gemeente, data).status_code == 500
    assert _rijen(node) == voor


@pytest.mark.parametrize(
    ("vlaggen", "methode", "gezien"),
    [
        (1, ZIP_DEFLATED, Inhoud.ONBEKEND),
        (1, 99, Inhoud.ONBEKEND),  # AES
        (0, 12, Inhoud.ONBEKEND),  # bzip2
        (0, 20, Inhoud.ONBEKEND),
        (0, 21, Inhoud.FICTIEF),
        (0, 0x0504, Inhoud.FICTIEF),
        (1, 0x0504, Inhoud.FICTIEF),
    ],
)
def test_a_zip_that_cannot_be_unpacked(paar: Paar, vlaggen: int, methode: int, gezien: Inhoud) -> None:
    """What is packed or locked may hold anything; what only begins as a ZIP holds what can be read in it."""
    data = bytearray(_zip(b"<x/>"))
    data[6] |= vlaggen
    data[8:10] = methode.to_bytes(2, "little")
    assert kijk_na(bytes(data)) is gezien
    assert kijk_na(bytes(data) + f" {ECHT} ".encode()) is Inhoud.ECHT


def test_a_payload_that_nobody_can_look_into_is_not_kept(node: Knoop, paar: Paar) -> None:
    """Its status says why, as elsewhere."""
    goed = paar.dossier().toewijzing()
    dicht = bytearray(_zip(_bsn(goed, ECHT)))
    for plek in (dicht.index(b"PK\x03\x04") + 6, dicht.index(b"PK\x01\x02") + 8):
        dicht[plek] |= 1
    z = vsp.zending(bytes(dicht), bericht=goed)
    status = vsp.ingediend(paar.gemeente, z)
    assert (status["berichtstatus"], [melding["code"] for melding in status["meldingen"]]) == (
        "AfgekeurdDoorDienst",
        ["BRS17"],
    )
    zending = metadata.tables["zending"]
    with node.engine.connect() as verbinding:
        bewaard = verbinding.execute(select(zending.c.inhoud).where(zending.c.traceer_id == z.id)).scalar_one()
    assert bewaard == b""


@given(st.lists(st.sampled_from([b"1", b"22", b"333", b"4444", b".", b" ", b"a"])))
def test_what_may_be_a_bsn_holds_what_is_sought_first(stukken: list[bytes]) -> None:
    data = b"".join(stukken)
    for deel, vorm in _CIJFERS.items():
        assert deel in data.translate(_ALS_NUL) or not vorm.search(data)
