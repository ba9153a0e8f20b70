"""GGK, fetching: envelopes that lie ready, acknowledging, and the status of messages."""

import uuid

import pytest
from lxml import etree
from tests.ggk import (
    BERICHTEN,
    POSTVAK,
    afgekeurd,
    bevestigd,
    di01,
    haal,
    lever,
    postvak,
    stop_bij,
    vervang,
    wacht,
)
from tests.keten.envelop.voorbeelden import OFFICIEEL
from tests.knoop import NU, Knoop, Paar
from tests.vsp import lijst, statussen
from tests.vsp import wacht as wacht_vsp
from tests.vsp import zending as vsp_zending

from berichtenverkeer.keten.envelop.stuf import Envelop

_NIETS = "00000000-0000-4000-8000-000000000000"
met_officiele = pytest.mark.skipif(not OFFICIEEL.exists(), reason="the official XSDs are not beside the repository")


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    return ggk.paar()


def test_fetching_and_acknowledging(ggk: Knoop, paar: Paar) -> None:
    stop_id, stop = stop_bij(paar)
    e = di01(paar)
    bevestigd(paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
    afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    items = postvak(paar.gemeente)
    assert [(i["berichtcode"], i["functie"]) for i in items] == [
        ("Du01", "JW302"), ("Di01", "JW305"), ("Di01", "JW307"), ("Fo01", "WMO399"),
    ]  # fmt: skip
    heen = haal(paar.gemeente, items[2])
    assert isinstance(heen, Envelop)
    assert (heen.stuurgegevens.referentienummer, heen.parameters.payload()) == (stop_id, stop)
    assert postvak(paar.gemeente, limit=2) == items[:2]
    for item in items:
        assert paar.gemeente.get(item["url"]).content == paar.gemeente.get(item["url"]).content
        for _ in range(2):
            assert paar.gemeente.delete(item["url"]).status_code == 202
        assert paar.gemeente.get(item["url"]).status_code == 200
        laat = {"Bv-Klok": NU.replace(day=NU.day + 1).isoformat()}
        assert paar.gemeente.get(item["url"], headers=laat).status_code == 404
        for klant in (paar.aanbieder, ggk.paar().gemeente):
            assert klant.get(item["url"]).status_code == klant.delete(item["url"]).status_code == 404
    assert postvak(paar.gemeente) == []
    assert wacht_vsp(paar.aanbieder, stop_id)["berichtstatus"] == "Bezorgd"
    for limit in ("0", "251", "x"):
        assert paar.gemeente.get(POSTVAK, params={"limit": limit}).status_code == 400


def test_vsp_shows_no_fo01_of_the_ggk(paar: Paar) -> None:
    """A gemeente may look by VSP as well; what its envelope was refused for need not have what VSP asks."""
    e = di01(paar)
    bevestigd(paar.gemeente, vervang(e, e.stuurgegevens.referentienummer, "kenmerk 1"))
    assert afgekeurd(paar.gemeente, "kenmerk 1").code == "IB001"
    assert lijst(paar.gemeente) == []


def test_what_is_of_others_or_nobody(ggk: Knoop, paar: Paar) -> None:
    e = di01(paar)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    wacht(paar.gemeente, nummer)
    for klant in (ggk.paar().gemeente, ggk.paar().aanbieder):
        assert klant.get(f"{BERICHTEN}/{nummer}").status_code == 404
    for id_ in (_NIETS, "x"):
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
    e = di01(paar)
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    wacht(paar.gemeente, nummer)
    z = vsp_zending(paar.dossier().toewijzing(), traceer_id=nummer)
    assert z.id == nummer
    assert statussen(paar.gemeente, traceerId=nummer)[0]["berichtstatus"] == "WordtAangeboden"


@met_officiele
def test_all_that_is_written_is_valid_by_the_official_xsd(paar: Paar) -> None:
    """Check 40."""
    xsd = etree.XMLSchema(etree.parse(str(OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_msg_ggkberichten.xsd")))
    stuf = etree.XMLSchema(etree.parse(str(OFFICIEEL / "0301" / "stuf0301.xsd")))
    stop_bij(paar)
    e = di01(paar)
    bv03 = lever(paar.gemeente, vervang(e, ">WMO301<", ">WMO399<"))
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
