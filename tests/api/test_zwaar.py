"""What may take long is done in another process, with a limit: nothing of it on the event loop or its threads."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.ggk import afgekeurd, bevestigd, envelop, geweigerd, vervang, wacht
from tests.knoop import Knoop, controleer_probleem, knoop, zonder_trace
from tests.werkmappen import van_rijen

from berichtenverkeer.inname.kind import KindBezet, KindGestopt, TaakTeZwaar
from berichtenverkeer.keten.envelop.stuf import SoapFout, schrijf_soap
from berichtenverkeer.standaard.xml import is_zwaar

NS = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
ONGELDIG = f"<Bericht xmlns='{NS}'>{'<a/>' * 50_000}</Bericht>".encode()


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of these tests."""
    with knoop(maak_database.gereed()) as k:
        yield k


@pytest.fixture
def hier_niet(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process no large document is read."""
    lezers = (
        "volumes_in.lees_bestand",
        "volumes_in.lees_rijen",
        "declaratievoorstel.declareer_volumes",
    )
    for plek in (
        "regels.controle.lees",
        "inname.aanname.lees",
        "keten.zendingen.inhoud.lees",
        "keten.deuren.ggkdeur.haal_uiteen",
        "keten.deuren.ggkdeur.zonder_soap",
        *(f"api.{lezer}" for lezer in lezers),
    ):
        monkeypatch.setattr(f"berichtenverkeer.{plek}", lambda *_: pytest.fail("it was read here"))


@pytest.mark.usefixtures("hier_niet")
def test_a_large_document_is_validated_elsewhere(node: Knoop) -> None:
    antwoord = node.paar().gemeente.post("/validatie", content=ONGELDIG, headers={"Content-Type": "application/xml"})
    assert antwoord.status_code == 200
    fouten = antwoord.json()["Fouten"]
    assert (len(fouten), fouten[-1]["Code"]) == (1001, "MEER")
    assert fouten[-1]["Details"].startswith("En nog 49002 fouten;")


@pytest.mark.usefixtures("hier_niet")
def test_what_is_wrong_with_a_large_message_is_found_elsewhere(node: Knoop) -> None:
    antwoord = node.paar().gemeente.bied_aan(ONGELDIG)
    controleer_probleem(antwoord)
    assert antwoord.status_code == 422
    assert len(antwoord.json()["bevindingen"]) == 1001


@pytest.mark.usefixtures("hier_niet")
def test_what_is_wrong_with_a_large_message_in_an_envelope_is_found_elsewhere(node: Knoop) -> None:
    paar = node.paar()
    e = envelop(ONGELDIG, bericht=paar.dossier().toewijzing())
    bevestigd(paar.gemeente, e)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB014"


@pytest.mark.usefixtures("hier_niet")
def test_a_large_message_that_is_sound_is_read_and_judged_elsewhere(
    node: Knoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every door: here there is only what is written, in the transaction of the writer."""
    monkeypatch.setattr("berichtenverkeer.inname.inname.beslis", lambda *_: pytest.fail("it was judged here"))
    uitkomsten = set()
    for stuur in ("berichten", "ggk"):
        paar = node.paar()
        data = veel(paar.dossier(), 150)
        if stuur == "berichten":
            uitkomsten.add(paar.gemeente.aangenomen(data)["oordeel"])
        else:
            e = envelop(data)
            bevestigd(paar.gemeente, e)
            assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
            assert bevestigd(paar.gemeente, e).berichtcode == "Bv03"  # the same again
        assert len(paar.aanbieder.toewijzingen(limiet=200)) == 150
        assert len(paar.gemeente.postvak()) == 1
    assert uitkomsten == {"goedgekeurd"}


@pytest.mark.usefixtures("hier_niet")
def test_what_is_wrong_with_a_large_envelope_is_found_elsewhere(node: Knoop) -> None:
    paar = node.paar()
    goed = envelop(veel(paar.dossier(), 150))
    for oud, nieuw, code in ((">WMO301<", ">WMO399<", "IB004"), (">0007<", ">7<", "IB001")):
        e = replace(goed, stuurgegevens=replace(goed.stuurgegevens, referentienummer=str(uuid.uuid4())))
        bevestigd(paar.gemeente, vervang(e, oud, nieuw))
        assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == code
    soap = schrijf_soap(goed)
    for data in (soap.replace(b"Body", b"Lijf"), soap[:-10]):
        fout = geweigerd(paar.gemeente, data)
        assert isinstance(fout, SoapFout)


def veel(d: Dossier, aantal: int) -> bytes:
    """A 301 of so many toewijzingen that do not touch."""
    kop, open_, rest = d.toewijzing().partition(b"<wmo301:ToegewezenProduct>")
    product, sluit, staart = rest.partition(b"</wmo301:ToegewezenProduct>")
    alle = (
        product.replace(b">1001<", f">{5_000 + plek}<".encode()).replace(
            b">02T01<", f">02{'AB'[plek // 100]}{plek % 100:02}<".encode()
        )
        for plek in range(aantal)
    )
    return kop + b"".join(open_ + een + sluit for een in alle) + staart


def zo_vaak(data: bytes, aantal: int) -> bytes:
    """A 301 with its product so many times."""
    kop, open_, rest = data.partition(b"<wmo301:ToegewezenProduct>")
    product, sluit, staart = rest.partition(b"</wmo301:ToegewezenProduct>")
    return kop + (open_ + product + sluit) * aantal + staart


def test_a_message_about_one_client_has_a_bound_on_what_is_in_it(node: Knoop) -> None:
    paar = node.paar()
    data = paar.dossier().toewijzing()
    antwoord = paar.gemeente.bied_aan(zo_vaak(data, 1_200))
    controleer_probleem(antwoord)
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (413, "te-groot")
    assert "onderdelen" in antwoord.json()["detail"]
    assert "hoogstens 1000 mag" in antwoord.json()["detail"]
    assert "Verdeel de producten" in antwoord.json()["advies"]
    e = envelop(zo_vaak(data, 1_200), bericht=data)
    bevestigd(paar.gemeente, e)
    assert afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer).code == "IB012"
    groot = paar.gemeente.aangenomen(zo_vaak(data, 900))
    assert groot["oordeel"] == "afgekeurd"  # they are all the same


@pytest.mark.usefixtures("hier_niet")
def test_a_large_file_is_read_elsewhere(node: Knoop) -> None:
    csv = b"toewijzingnummer;datum;hoeveelheid\n" + b"0;geen;x\n" * 20_000
    vraag = {"maand": "2026-03"}
    kop = {"Content-Type": "text/csv"}
    antwoord = node.paar().aanbieder.post("/v1/voorstellen/declaratie", params=vraag, content=csv, headers=kop)
    assert antwoord.status_code == 422
    assert len(antwoord.json()["fouten"]) == 1000


@pytest.mark.usefixtures("hier_niet")
def test_a_workbook_is_read_elsewhere_however_small(node: Knoop) -> None:
    kop = {"Content-Type": "text/csv"}
    blad = van_rijen(("toewijzingnummer", "datum", "hoeveelheid"), ("0", "geen", "x"))
    antwoord = node.paar().aanbieder.post(
        "/v1/voorstellen/declaratie", params={"maand": "2026-03"}, content=blad, headers=kop
    )
    assert (antwoord.status_code, len(antwoord.json()["fouten"])) == (422, 3)


def test_what_was_delivered_is_declared_elsewhere_when_it_is_much(node: Knoop, monkeypatch: pytest.MonkeyPatch) -> None:
    paar = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    rij = {"toewijzingnummer": 1001, "maand": "2026-02", "hoeveelheid": 1, "tarief": 5000}
    vragen = [
        {"maand": "2026-02", "volumes": [rij]},
        {"maand": "2026", "volumes": [rij]},
        {"maand": "2026-02", "volumes": [{}]},
    ]

    def vraag(veel: bytes = b"") -> list[tuple[int, object]]:
        kop = {"Content-Type": "application/json"}
        stuur = partial(paar.aanbieder.post, "/v1/voorstellen/declaratie", headers=kop)
        antwoorden = [stuur(content=json.dumps(een).encode() + veel) for een in vragen]
        return [(antwoord.status_code, zonder_trace(antwoord)) for antwoord in antwoorden]

    hier = vraag()
    assert [status for status, _ in hier] == [200, 400, 422]
    monkeypatch.setattr("berichtenverkeer.api.declaratievoorstel.lees", lambda *_: pytest.fail("it was read here"))
    assert vraag(b" " * 40_000) == hier


@pytest.mark.parametrize(("fout", "status"), [(KindGestopt(), 503), (KindBezet(), 503), (TaakTeZwaar(), 413)])
def test_what_cannot_be_done_is_told(
    node: Knoop, monkeypatch: pytest.MonkeyPatch, fout: Exception, status: int
) -> None:
    async def mislukt(*_: object, **__: object) -> None:
        raise fout

    monkeypatch.setattr(node.binnen.kinderen.klein, "laat_doen", mislukt)
    antwoord = node.paar().gemeente.bied_aan(ONGELDIG)
    controleer_probleem(antwoord)
    assert antwoord.status_code == status
    assert ("Retry-After" in antwoord.headers) == (status == 503)


def test_small_and_plain_is_read_at_once() -> None:
    assert not is_zwaar(b"<a/>" * 2_000, 100_000)
    assert not is_zwaar(b"<Geboortedatum>1950-01-01</Geboortedatum>\n" * 2_300, 100_000)
    assert is_zwaar(b"<a/>" * 20_000, 100_000)
    assert is_zwaar(b" " * 100_001, 100_000)
