"""VSP, handing in: what is answered at once, and what becomes of it."""

import base64
import hashlib
import json
import uuid
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import httpx
import pytest
from sqlalchemy import func, select
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.knoop import NU, XML, Knoop, Paar, knoop
from tests.retouren import retour
from tests.vsp import PUSH, Zending, codes, dien_in, ingediend, lijst, statussen, van, wacht, zending, zip_met

from berichtenverkeer.keten.envelop.stuf import grootste_lading
from berichtenverkeer.keten.envelop.vertaling import naar_stuf
from berichtenverkeer.keten.envelop.vsp import lees_metadata
from berichtenverkeer.keten.zendingen.poststuk import van_bericht
from berichtenverkeer.opslag.berichten import enveloppen
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import zending as zendingtabel
from berichtenverkeer.partijen.partij import Beoordelaar, VspRol, geef_mandaat, zet_beoordeling, zet_vsp_rol, zet_wetten
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.xml import MAX_BYTES


def _start(paar: Paar) -> bytes:
    """A 305 that is sound, for its toewijzing is there."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    return d.start()


def _aantal(node: Knoop, z: Zending) -> int:
    """How many messages there are with these bytes."""
    with node.engine.connect() as verbinding:
        som = hashlib.sha256(z.payload).hexdigest()
        vraag = select(func.count()).select_from(bericht).where(bericht.c.sha256 == som)
        return verbinding.execute(vraag).scalar_one()


def _bewaard(node: Knoop, z: Zending) -> bool:
    with node.engine.connect() as verbinding:
        return bool(verbinding.execute(select(zendingtabel.c.zender).where(zendingtabel.c.traceer_id == z.id)).all())


def _ververs(node: Knoop) -> None:
    """Let the node read its parties anew."""
    node.binnen.register.kijk()


def _geweigerd(node: Knoop, klant: httpx.Client, z: Zending, code: str) -> dict[str, Any]:
    """It is refused at once, with this code, and nothing of it is kept."""
    antwoord = dien_in(klant, z)
    assert antwoord.status_code == 422, antwoord.text
    probleem: dict[str, Any] = antwoord.json()
    assert probleem["title"] == "Bericht niet geaccepteerd"
    assert list(probleem["errors"]) == [code]
    assert not _bewaard(node, z)
    return probleem


def test_a_message_goes_to_the_gemeente_unchanged(paar: Paar) -> None:
    data = _start(paar)
    z = zending(data)
    assert ingediend(paar.aanbieder, z) == {
        "referentiegegevens": {"conversatieId": z.id, "traceerId": z.id, "referentieId": "dossier 5512"},
        "berichtstroom": {
            "berichttype": "WMO", "berichtsubtype": "WMO305", "berichtversie": 3, "berichtsubversie": 2,
            "actie": "StartZorg",
        },
        "berichtstatus": "WordtAangeboden",
        "berichtstatusGewijzigdOp": NU.isoformat(),
        "berichtOntvangenOp": NU.isoformat(),
    }  # fmt: skip
    [_, item] = paar.gemeente.postvak()
    assert item["referentiegegevens"] == {"conversatieId": z.id, "traceerId": z.id, "referentieId": "dossier 5512"}
    assert item["basisgegevens"]["payload"]["checksum"]["waarde"] == hashlib.sha256(data).hexdigest()
    assert paar.gemeente.get(item["basisgegevens"]["payload"]["url"]).content == data
    assert item["verwerkingscontext"] == [
        {"sleutel": "Applicatie", "waarde": ["ZorgECD"]}, {"sleutel": "ApplicatieVersie", "waarde": ["7"]},
        {"sleutel": "ApplicatieSubversie", "waarde": ["1"]}, {"sleutel": "Referentienummer", "waarde": [z.id]},
    ]  # fmt: skip
    [toewijzing, antwoord] = lijst(paar.aanbieder)
    assert toewijzing["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "WMO301"
    assert antwoord["routeringgegevens"]["berichtstroom"] == {
        "berichttype": "WMO", "berichtsubtype": "WMO306", "berichtversie": 3, "berichtsubversie": 2,
        "actie": "StartZorgRetour",
    }  # fmt: skip
    assert antwoord["referentiegegevens"]["conversatieId"] == antwoord["referentiegegevens"]["alsAntwoordOp"] == z.id


def test_the_same_envelope_goes_on_in_stuf(node: Knoop, paar: Paar) -> None:
    """What the gemeente gets says what the aanbieder handed in; only the moment is that of sending."""
    data, moment = _start(paar), "20260302120000"
    z = zending(data)
    ingediend(paar.aanbieder, z)
    with node.engine.connect() as verbinding:
        [_, rij] = enveloppen.wachtend(verbinding, paar.gemeentecode, 10)
    assert van_bericht(rij).stuf(moment, data) == naar_stuf(lees_metadata(json.dumps(z.metadata)), data, moment)


def test_one_room_with_three_doors(node: Knoop, paar: Paar) -> None:
    """What came in through VSP is the same message as by POST /v1/berichten."""
    data = _start(paar)
    ingediend(paar.aanbieder, zending(data))
    antwoord = paar.aanbieder.bied_aan(data)
    assert antwoord.status_code == 200
    assert antwoord.json()["oordeel"] == "goedgekeurd"
    [item] = paar.aanbieder.toewijzingen()
    assert item["levering"] == "gestart"


def test_a_repeat_is_answered_again_and_does_nothing(node: Knoop, paar: Paar) -> None:
    z = zending(_start(paar))
    ingediend(paar.aanbieder, z)
    andersom = Zending(dict(reversed(z.metadata.items())), z.payload)
    for nog in (z, andersom, z.met(referentiegegevens__traceerId=z.id.upper())):
        assert ingediend(paar.aanbieder, nog)["berichtstatus"] == "WordtAangeboden"
    assert _aantal(node, z) == 1
    assert len(lijst(paar.aanbieder)) == 2


@pytest.mark.parametrize(
    "anders", [{"referentiegegevens__referentieId": "ander"}, {"routeringgegevens__berichtstroom__actie": "Anders"}]
)
def test_a_traceer_id_is_used_once(node: Knoop, paar: Paar, anders: dict[str, str]) -> None:
    z = zending(_start(paar))
    ingediend(paar.aanbieder, z)
    for ander in (z.met(**anders), Zending(z.metadata, z.payload + b"\n")):
        antwoord = dien_in(paar.aanbieder, ander)
        assert (antwoord.status_code, list(antwoord.json()["errors"])) == (422, ["BRS114"])
    assert wacht(paar.aanbieder, z.id)["berichtstatus"] == "WordtAangeboden"


def test_senders_may_have_the_same_traceer_id(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    id_ = str(uuid.uuid4())
    for een in (paar, ander):
        assert ingediend(een.aanbieder, zending(_start(een), traceer_id=id_))["berichtstatus"] == "WordtAangeboden"
        assert lijst(een.gemeente)[-1]["referentiegegevens"]["traceerId"] == id_


def test_a_repeat_is_accepted_when_meanwhile_something_changed(node: Knoop, paar: Paar) -> None:
    z = zending(_start(paar))
    ingediend(paar.aanbieder, z)
    zet_wetten(node.engine, paar.gemeentecode, {Domein.IJW})
    _ververs(node)
    assert dien_in(paar.aanbieder, z).status_code == 204
    _geweigerd(node, paar.aanbieder, zending(paar.dossier().stop()), "BRS05")


VELDEN: dict[str, dict[str, Any]] = {
    "routeringgegevens": {"routeringgegevens": None},
    "referentiegegevens.conversatieId": {"referentiegegevens__conversatieId": None},
    "referentiegegevens.traceerId": {"referentiegegevens__traceerId": "1234"},
    "referentiegegevens.alsAntwoordOp": {"referentiegegevens__alsAntwoordOp": "11111111-1111-1111-8111-111111111111"},
    "referentiegegevens.referentieId": {"referentiegegevens__referentieId": "a\x00b"},
    "routeringgegevens.berichtstroom.berichtversie": {"routeringgegevens__berichtstroom__berichtversie": "3"},
    "routeringgegevens.afzender.rol": {"routeringgegevens__afzender__rol": None},
    "onbekend": {"onbekend": 1},
    "verwerkingscontext.0.waarde": {"verwerkingscontext__0__waarde": []},
}


@pytest.mark.parametrize("veld", VELDEN)
def test_metadata_of_another_form(node: Knoop, bezoeker: Paar, veld: str) -> None:
    z = zending(bezoeker.dossier().start()).met(**VELDEN[veld])
    antwoord = dien_in(bezoeker.aanbieder, z)
    assert antwoord.status_code == 400
    assert list(antwoord.json()["errors"]) == [veld]


def _rauw(grens: str, *delen: tuple[str, bytes]) -> bytes:
    return b"".join(
        f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n'.encode() + data + b"\r\n"
        for naam, data in delen
    ) + (f"--{grens}--\r\n".encode())


@pytest.mark.parametrize(
    ("soort", "lichaam", "status", "velden"),
    [
        ("application/xml", b"<x/>", 415, None),
        ("", b"", 415, None),
        ("multipart/form-data", b"x", 400, ["body"]),
        ("multipart/form-data; boundary=g", b"", 400, ["body"]),
        ("multipart/form-data; boundary=g", b"onzin", 400, ["body"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("payload", b"x"))[:-4], 400, ["body"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("payload", b"x")), 400, ["berichtMetadata"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("berichtMetadata", b"{}")), 400, ["payload"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("payload", b""), ("payload", b"")), 400, ["body"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("ander", b"x")), 400, ["body"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("berichtMetadata", b"{"), ("payload", b"x")), 400, ["berichtMetadata"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("berichtMetadata", b"[]"), ("payload", b"x")), 400, ["berichtMetadata"]),
        ("multipart/form-data; boundary=g", _rauw("g", ("berichtMetadata", b" " * 1_000_001), ("payload", b"x")), 400, ["berichtMetadata"]),
    ],
)  # fmt: skip
def test_a_body_of_another_form(
    bezoeker: Paar, soort: str, lichaam: bytes, status: int, velden: list[str] | None
) -> None:
    antwoord = bezoeker.aanbieder.post(PUSH, content=lichaam, headers={"Content-Type": soort})
    assert antwoord.status_code == status
    assert velden is None or list(antwoord.json()["errors"]) == velden


@pytest.mark.parametrize("filename", ["", '; filename="x.xml"'])
def test_bytes_come_through_whatever_they_are(node: Knoop, paar: Paar, filename: str) -> None:
    """With and without a filename, byte for byte."""
    z = zending(b"\x00\xff\xfe\r\n--x\r\n\x80\xc3\xa9", bericht=paar.dossier().start())
    lichaam = b"".join([
        b'--x-\r\nContent-Disposition: form-data; name="berichtMetadata"\r\n\r\n', json.dumps(z.metadata).encode(),
        f'\r\n--x-\r\nContent-Disposition: form-data; name="payload"{filename}\r\n\r\n'.encode(), z.payload, b"\r\n--x---\r\n",
    ])  # fmt: skip
    kop = {"Content-Type": 'multipart/form-data; boundary="x-"'}
    assert paar.aanbieder.post(PUSH, content=lichaam, headers=kop).status_code == 204
    assert codes(wacht(paar.aanbieder, z.id)) == ["BRS14"]
    with node.engine.connect() as verbinding:
        vraag = select(zendingtabel.c.inhoud).where(zendingtabel.c.traceer_id == z.id)
        assert verbinding.execute(vraag).scalar_one() == z.payload


def test_without_a_token(node: Knoop, bezoeker: Paar) -> None:
    assert dien_in(node.klant(None), zending(bezoeker.dossier().start())).status_code == 401


STROOM = "routeringgegevens__berichtstroom"

GEWEIGERD: dict[str, tuple[str, dict[str, Any]]] = {
    "afzender die er niet is": ("BRS01", {"routeringgegevens__afzender__code": "99999999"}),
    "afzender zonder code": ("BRS01", {"routeringgegevens__afzender__code": None}),
    "afzender met een andere rol": ("BRS01", {"routeringgegevens__afzender__rol": "Praktijk"}),
    "geadresseerde van geen vorm": ("BRS04", {"routeringgegevens__geadresseerden__0__code": "12345"}),
    "geadresseerde met andere cijfers": ("BRS04", {"routeringgegevens__geadresseerden__0__code": "٠٣٤٤"}),
    "geadresseerde met een andere rol": ("BRS04", {"routeringgegevens__geadresseerden__0__rol": "Instelling"}),
    "een aanbieder als geadresseerde": ("BRS04", {"routeringgegevens__geadresseerden__0": {"rol": "Instelling", "code": "98000000"}}),
    "geen geadresseerde": ("BRS04", {"routeringgegevens__geadresseerden": []}),
    "twee geadresseerden": ("BRS04", {"routeringgegevens__geadresseerden": [{"rol": "Gemeente", "code": "0034"}] * 2}),
    "onbekende berichtstroom": ("IB004", {f"{STROOM}__berichtsubtype": "WMO399"}),
    "kleine letters": ("IB004", {f"{STROOM}__berichtsubtype": "wmo305"}),
    "berichttype van de andere wet": ("IB004", {f"{STROOM}__berichttype": "JW"}),
    "zonder berichtsubtype": ("IB004", {f"{STROOM}__berichtsubtype": None}),
    "andere release": ("IB023", {f"{STROOM}__berichtsubversie": 1}),
    "bericht van een gemeente": ("BRS02", {f"{STROOM}__berichtsubtype": "WMO301"}),
    "retour zonder alsAntwoordOp": ("IB021", {f"{STROOM}__berichtsubtype": "WMO302"}),
    "zonder context": ("IB017", {"verwerkingscontext": None}),
    "versie van letters": ("IB017", {"verwerkingscontext__1__waarde": ["zeven"]}),
    "versie van vijf cijfers": ("IB017", {"verwerkingscontext__2__waarde": ["12345"]}),
}  # fmt: skip


@pytest.mark.parametrize("naam", GEWEIGERD)
def test_what_is_refused_at_once(node: Knoop, bezoeker: Paar, naam: str) -> None:
    code, velden = GEWEIGERD[naam]
    _geweigerd(node, bezoeker.aanbieder, zending(bezoeker.dossier().start()).met(**velden), code)


def test_a_retourbericht_says_what_it_answers(node: Knoop, paar: Paar) -> None:
    """Both with a 302 of an aanbieder that judges for itself."""
    zet_beoordeling(node.engine, paar.agb, Beoordelaar.PARTIJ)
    _ververs(node)
    heen = paar.dossier().toewijzing()
    uit = paar.gemeente.aangenomen(heen)
    antwoord = retour(heen)
    _geweigerd(node, paar.aanbieder, zending(antwoord), "IB021")
    z = zending(antwoord, als_antwoord_op=uit["id"])
    status = ingediend(paar.aanbieder, z)
    assert (status["berichtstatus"], van(status)["alsAntwoordOp"]) == ("WordtAangeboden", uit["id"])
    [item] = lijst(paar.gemeente)
    assert item["referentiegegevens"]["alsAntwoordOp"] == uit["id"]
    assert item["routeringgegevens"]["afzender"] == {"rol": "Instelling", "code": paar.agb}
    nog_een = zending(retour(heen), als_antwoord_op=uit["id"])
    assert codes(ingediend(paar.aanbieder, nog_een)) == ["BRS22"]


def test_a_retourbericht_on_nothing(node: Knoop, paar: Paar) -> None:
    z = zending(retour(paar.dossier().toewijzing()), als_antwoord_op=str(uuid.uuid4()))
    assert codes(ingediend(paar.aanbieder, z)) == ["IB021"]
    assert _aantal(node, z) == 0


def test_a_grondslag_by_law(node: Knoop, paar: Paar) -> None:
    zet_wetten(node.engine, paar.agb, {Domein.IWMO})
    zet_wetten(node.engine, paar.gemeentecode, {Domein.IJW})
    _ververs(node)
    _geweigerd(node, paar.aanbieder, zending(paar.dossier(domein=Domein.IJW).start()), "BRS02")
    _geweigerd(node, paar.aanbieder, zending(paar.dossier(domein=Domein.IWMO).start()), "BRS05")
    _geweigerd(node, paar.gemeente, zending(paar.dossier(domein=Domein.IJW).toewijzing()), "BRS05")


def test_the_role_of_a_party(node: Knoop, paar: Paar) -> None:
    zet_vsp_rol(node.engine, paar.agb, VspRol.PRAKTIJK)
    _ververs(node)
    z = zending(_start(paar))
    _geweigerd(node, paar.aanbieder, z, "BRS01")
    goed = z.met(routeringgegevens__afzender__rol="Praktijk")
    assert ingediend(paar.aanbieder, goed)["berichtstatus"] == "WordtAangeboden"
    assert paar.gemeente.postvak()[-1]["routeringgegevens"]["afzender"]["rol"] == "Praktijk"
    assert lijst(paar.aanbieder)[0]["routeringgegevens"]["geadresseerden"] == [{"rol": "Praktijk", "code": paar.agb}]


def test_handing_in_for_another(node: Knoop, paar: Paar) -> None:
    """With a mandate; it gives no sight of the other's postvak."""
    dienst = node.paar()
    z = zending(_start(paar))
    _geweigerd(node, dienst.aanbieder, z, "BRS03")
    geef_mandaat(node.engine, dienst.agb, paar.agb, node.binnen.klok())
    geef_mandaat(node.engine, dienst.agb, paar.agb, node.binnen.klok())
    _ververs(node)
    assert ingediend(dienst.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    assert lijst(dienst.aanbieder) == []
    assert len(lijst(paar.aanbieder)) == 2
    for klant in (dienst.aanbieder, paar.aanbieder, paar.gemeente):
        assert wacht(klant, z.id)["berichtstatus"] == "WordtAangeboden"
    fout = zending(b"<geen/>", bericht=paar.dossier().start())
    assert codes(ingediend(dienst.aanbieder, fout)) == ["BRS13"]
    assert statussen(paar.gemeente, traceerId=fout.id) == []
    _geweigerd(node, paar.aanbieder, zending(dienst.dossier().start()), "BRS03")  # not the other way


def _afgekeurd(node: Knoop, paar: Paar, payload: bytes, code: str, goed: bytes | None = None) -> dict[str, Any]:
    """It is answered, then refused with this code; the gemeente sees nothing, and nothing was taken in."""
    z = zending(payload, bericht=goed or paar.dossier().start())
    status = ingediend(paar.aanbieder, z)
    assert (status["berichtstatus"], codes(status)) == ("AfgekeurdDoorDienst", [code])
    [melding] = status["meldingen"]
    assert melding["omschrijving"]
    assert melding["toelichting"]
    assert "9999" not in json.dumps(melding).replace("die beginnen met 9999", "")
    assert statussen(paar.gemeente, traceerId=z.id) == []
    assert lijst(paar.gemeente) == []
    assert _aantal(node, z) == 0
    assert dien_in(paar.aanbieder, z).status_code == 204  # a repeat, which changes nothing
    assert wacht(paar.aanbieder, z.id) == status
    return status


def test_what_is_no_message(node: Knoop, paar: Paar) -> None:
    goed = paar.dossier().start()
    _afgekeurd(node, paar, b"geen xml", "BRS14")
    _afgekeurd(node, paar, b"", "BRS14")
    _afgekeurd(node, paar, b"<!DOCTYPE x [<!ENTITY y 'z'>]>" + goed.partition(b"?>")[2], "BRS14")
    _afgekeurd(node, paar, b"<x/>", "BRS13")
    status = _afgekeurd(node, paar, goed.replace(b":Begindatum>20", b":Begindatum>x"), "BRS13", goed)
    assert "regel" in status["meldingen"][0]["toelichting"]


def test_another_message_than_on_the_envelope(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    d = paar.dossier()
    _afgekeurd(node, paar, d.stop(), "BRS13")
    _afgekeurd(node, paar, paar.dossier(domein=Domein.IJW).start(), "BRS13")
    _afgekeurd(node, paar, ander.dossier().start(), "CC09")
    aan_ander = d.start().replace(
        f"Ontvanger>{paar.gemeentecode}<".encode(), f"Ontvanger>{ander.gemeentecode}<".encode()
    )
    _afgekeurd(node, paar, aan_ander, "CC09")
    assert lijst(ander.gemeente) == []


def _met_wachtwoord(data: bytes) -> bytes:
    """The ZIP with the flag of a password on its file."""
    zip_ = bytearray(zip_met({"a.xml": data}))
    zip_[6] |= 1
    zip_[zip_.index(b"PK\x01\x02") + 8] |= 1
    return bytes(zip_)


def test_a_zip(node: Knoop, paar: Paar) -> None:
    data = _start(paar)
    z = zending(zip_met({"a.xml": data}), bericht=data)
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    [_, item] = paar.gemeente.postvak()
    assert paar.gemeente.get(item["basisgegevens"]["payload"]["url"]).content == data


def test_zips_that_are_refused(node: Knoop, paar: Paar) -> None:
    data = paar.dossier().start()
    opgepompt = BytesIO()
    with ZipFile(opgepompt, "w", ZIP_STORED) as archief:
        archief.writestr("a.xml", b"")
    for zip_, code in (
        (zip_met({"a.xml": data, "b.xml": data}), "BRS16"),
        (_met_wachtwoord(data), "BRS17"),
        (zip_met({"map/a.xml": data}), "BRS29"),
        (zip_met({}), "BRS21"),
        (zip_met({"a.xml": data})[:-30], "BRS15"),
        (zip_met({"a.xml": b"\n" * (MAX_BYTES + 1)}), "BRS19"),
        (zip_met({"a.xml": b"geen xml"}), "BRS14"),
        (zip_met({"a.xml": data + b" " * grootste_lading()}), "BRS06"),
        (opgepompt.getvalue(), "BRS14"),
    ):
        _afgekeurd(node, paar, zip_, code)


def test_sizes(node: Knoop, paar: Paar) -> None:
    data = _start(paar)
    for grootte, wat in ((MAX_BYTES + 1, str(MAX_BYTES)), (grootste_lading() + 1, "StUF")):
        z = zending(data + b" " * (grootte - len(data)), bericht=data)
        assert wat in _geweigerd(node, paar.aanbieder, z, "BRS06")["detail"]
    te_veel = zending(b" " * (2 * MAX_BYTES), bericht=data)
    assert dien_in(paar.aanbieder, te_veel).status_code == 413
    commentaar = b"<!--" + b" " * 1_000_000 + b"-->"
    aantal, rest = divmod(grootste_lading() - len(data), len(commentaar))
    past = zending(data + commentaar * aantal + b" " * rest, bericht=data)
    assert ingediend(paar.aanbieder, past)["berichtstatus"] == "WordtAangeboden"


def test_a_gemeente_that_does_not_take_part(node: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    weg = d.start().replace(f"Ontvanger>{paar.gemeentecode}<".encode(), b"Ontvanger>9998<")
    _afgekeurd(node, paar, weg, "IB005", weg)


def test_an_aanbieder_that_does_not_take_part(node: Knoop, paar: Paar) -> None:
    z = zending(paar.dossier().toewijzing()).met(routeringgegevens__geadresseerden__0__code="99999999")
    _geweigerd(node, paar.gemeente, z, "BRS04")


def test_a_bsn_that_may_be_of_someone(node: Knoop, paar: Paar) -> None:
    """In the test environment only fictive Bsns are taken. 123456782 passes the 11-proef: of that nothing is stored."""
    goed = paar.dossier().start()
    _afgekeurd(node, paar, goed.replace(b":Bsn>999900006<", b":Bsn>123456783<"), "BRS18", goed)
    for bsn in (b"123456782", b"<![CDATA[123456782]]>", b"<!---->123456782", b"&#49;23456782"):
        z = zending(goed.replace(b":Bsn>999900006<", b":Bsn>" + bsn + b"<"), bericht=goed)
        _geweigerd(node, paar.aanbieder, z, "BRS18")
    assert ingediend(paar.aanbieder, zending(_start(paar)))["berichtstatus"] == "WordtAangeboden"


def test_an_identificatie_is_used_once(node: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    eerst = zending(d.bericht("305", identificatie="EENMALIG"))
    assert ingediend(paar.aanbieder, eerst)["berichtstatus"] == "WordtAangeboden"
    ander = d.bericht("305", {"Header/BerichtIdentificatie/Dagtekening": "2026-03-01"}, identificatie="EENMALIG")
    for nog in (zending(ander), zending(eerst.payload)):
        status = ingediend(paar.aanbieder, nog)
        assert (status["berichtstatus"], codes(status)) == ("AfgekeurdDoorDienst", ["BRS20"])
    assert len(lijst(paar.aanbieder)) == 2


def test_an_identificatie_of_what_was_refused_is_free(node: Knoop, paar: Paar) -> None:
    """What the node refused was never sent (OP286); what the receiver rejected goes on to it, and is answered with 9056."""
    d = paar.dossier()
    goed = d.bericht("305", identificatie="NOGEENS")
    stuk = goed.replace(b":Begindatum>20", b":Begindatum>x")
    assert codes(ingediend(paar.aanbieder, zending(stuk, bericht=goed))) == ["BRS13"]
    status = ingediend(paar.aanbieder, zending(goed))
    assert (status["berichtstatus"], codes(status)) == ("VerwerkingVoltooid", ["TR019"])  # no toewijzing, so rejected
    [afkeuring] = lijst(paar.aanbieder)
    assert afkeuring["referentiegegevens"]["alsAntwoordOp"] == van(status)["traceerId"]
    paar.gemeente.goedgekeurd(d.toewijzing())
    weer = d.bericht("305", {"Header/BerichtIdentificatie/Dagtekening": "2026-03-01"}, identificatie="NOGEENS")
    z = zending(weer)
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "VerwerkingVoltooid"
    assert b">9056<" in paar.aanbieder.get(lijst(paar.aanbieder)[-1]["basisgegevens"]["payload"]["url"]).content


def test_what_came_otherwise_is_not_taken_again(node: Knoop, paar: Paar) -> None:
    data = _start(paar)
    paar.aanbieder.goedgekeurd(data)
    assert codes(ingediend(paar.aanbieder, zending(data))) == ["BRS20"]
    assert len(lijst(paar.aanbieder)) == 2


def test_messages_are_judged_in_the_order_in_which_they_came(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    reeks = [zending(data) for _ in range(5) for data in (d.start(), d.start(StatusAanlevering="3"))]
    for z in reeks:
        assert dien_in(paar.aanbieder, z).status_code == 204
    assert [wacht(paar.aanbieder, z.id)["berichtstatus"] for z in reeks] == ["WordtAangeboden"] * len(reeks)


def test_leading_zeros_survive(maak_database: MaakDatabase) -> None:
    """A gemeente and an AGB-code that begin with a zero, there and back."""
    agb, gemeente = "01023456", "0034"
    with knoop(maak_database.gereed(), proefmodus=True) as node:
        with schrijvend(node.engine) as verbinding:
            partijen.voeg_toe(verbinding, agb, "aanbieder", "Nul", node.binnen.klok())
            partijen.geef_token(verbinding, agb, f"token-van-{agb}", node.binnen.klok())
        node.tokens[agb] = f"token-van-{agb}"
        aanbieder, d = node.klant(agb), Dossier(gemeente, agb)
        node.klant(gemeente).goedgekeurd(d.toewijzing())
        assert ingediend(aanbieder, zending(d.start()))["berichtstatus"] == "WordtAangeboden"
        [_, heen] = [item["routeringgegevens"] for item in node.klant(gemeente).postvak()]
        assert (heen["afzender"]["code"], heen["geadresseerden"][0]["code"]) == (agb, gemeente)
        [_, terug] = [item["routeringgegevens"] for item in lijst(aanbieder)]
        assert (terug["afzender"]["code"], terug["geadresseerden"][0]["code"]) == (gemeente, agb)


def test_the_same_bytes_in_base64_are_no_message(node: Knoop, paar: Paar) -> None:
    _afgekeurd(node, paar, base64.b64encode(paar.dossier().start()), "BRS14")


def test_post_berichten_takes_no_envelope(paar: Paar) -> None:
    z = zending(paar.dossier().start())
    assert paar.aanbieder.post("/v1/berichten", content=json.dumps(z.metadata).encode(), headers=XML).status_code == 400
