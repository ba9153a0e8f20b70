"""One number, two senders, one receiver: the second is refused, so that nothing lies in a postvak that cannot be had."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import update
from tests.ggk import POSTVAK, afgekeurd, bevestigd, di01, haal, postvak, stop_bij, wacht
from tests.knoop import NU, Knoop, Paar
from tests.vsp import PULL, Zending, codes, dien_in, ingediend, lijst, statussen, van, zending

from berichtenverkeer.keten.envelop.stuf import Foutbericht, Stuurgegevens, Systeem, keur_af
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen
from berichtenverkeer.opslag.tabellen.keten import zending as tabel


@pytest.fixture
def paren(ggk: Knoop) -> tuple[Paar, Paar]:
    return ggk.paar(), ggk.paar()


def _aan(een: Paar, ander: Paar) -> Paar:
    """The gemeente of the one, with the aanbieder of the other."""
    return Paar(een.gemeente, ander.aanbieder, een.gemeentecode, ander.agb)


def test_two_gemeenten_one_aanbieder(paren: tuple[Paar, Paar]) -> None:
    """IB016 for the second; with a number of its own it goes on."""
    een, ander = paren
    ander = _aan(ander, een)
    nummer = str(uuid.uuid4())
    bevestigd(een.gemeente, di01(een, referentienummer=nummer))
    assert wacht(een.gemeente, nummer)["status"] == "WordtAangeboden"
    tweede = di01(ander, referentienummer=nummer)
    bevestigd(ander.gemeente, tweede)
    fout = afgekeurd(ander.gemeente, nummer)
    assert (fout.code, fout.stuurgegevens.zender.organisatie) == ("IB016", "VECOZO")
    assert "van een ander" in fout.omschrijving
    bevestigd(ander.gemeente, tweede)  # a repeat changes nothing
    assert wacht(een.gemeente, nummer)["status"] == "WordtAangeboden"
    eigen = replace(tweede, stuurgegevens=replace(tweede.stuurgegevens, referentienummer=str(uuid.uuid4())))
    bevestigd(ander.gemeente, eigen)
    assert wacht(ander.gemeente, eigen.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    items = lijst(een.aanbieder)
    assert [van(item)["traceerId"] for item in items] == [nummer, eigen.stuurgegevens.referentienummer]
    for item in items:
        assert een.aanbieder.get(item["basisgegevens"]["payload"]["url"]).status_code == 200
        assert een.aanbieder.delete(f"{PULL}/{van(item)['traceerId']}").status_code == 202
    assert lijst(een.aanbieder) == []


def test_two_aanbieders_one_gemeente(paren: tuple[Paar, Paar]) -> None:
    """BRS114 for the second, of which nothing is kept."""
    een, ander = paren
    ander = _aan(een, ander)
    eerste = zending(een.dossier().start())
    assert ingediend(een.aanbieder, eerste)["berichtstatus"] == "WordtAangeboden"
    tweede = zending(ander.dossier().start(), traceer_id=eerste.id)
    for _ in range(2):
        antwoord = dien_in(ander.aanbieder, tweede)
        assert (antwoord.status_code, list(antwoord.json()["errors"])) == (422, ["BRS114"])
        assert "van een ander" in antwoord.json()["detail"]
    assert statussen(ander.aanbieder, traceerId=eerste.id) == []
    [item] = postvak(een.gemeente)
    haal(een.gemeente, item)
    assert een.gemeente.delete(f"{POSTVAK}/{eerste.id}").status_code == 202


def test_the_same_at_the_same_moment(ggk: Knoop, paren: tuple[Paar, Paar]) -> None:
    """Whoever is first; never both."""
    een, ander = paren
    ander = _aan(een, ander)
    start = threading.Barrier(2)

    def post(paar: Paar, z: Zending) -> int:
        with ggk.klant(paar.agb) as klant:
            start.wait()
            return dien_in(klant, z).status_code

    for _ in range(5):
        eerste = zending(een.dossier().start())
        tweede = zending(ander.dossier().start(), traceer_id=eerste.id)
        with ThreadPoolExecutor(2) as pool:
            gegeven = pool.map(post, (een, ander), (eerste, tweede))
            assert sorted(gegeven) == [204, 422]


def test_the_number_of_what_came_without_an_envelope(paren: tuple[Paar, Paar]) -> None:
    een, ander = paren
    ander = _aan(een, ander)
    id_ = een.aanbieder.aangenomen(een.dossier().start())["id"]
    antwoord = dien_in(ander.aanbieder, zending(ander.dossier().start(), traceer_id=id_))
    assert list(antwoord.json()["errors"]) == ["BRS114"]


def test_what_went_nowhere_leaves_its_number_free(paren: tuple[Paar, Paar]) -> None:
    een, ander = paren
    ander = _aan(een, ander)
    goed = een.dossier().start()
    stuk = zending(b"<geen/>", bericht=goed)
    assert codes(ingediend(een.aanbieder, stuk)) == ["BRS13"]
    assert (
        ingediend(ander.aanbieder, zending(ander.dossier().start(), traceer_id=stuk.id))["berichtstatus"]
        == "WordtAangeboden"
    )


def test_a_number_goes_both_ways(paren: tuple[Paar, Paar]) -> None:
    """What a party sent under a number does not lie in its own postvak."""
    een, _ = paren
    z = zending(een.dossier().start())
    ingediend(een.aanbieder, z)
    bevestigd(een.gemeente, di01(een, referentienummer=z.id))
    assert wacht(een.gemeente, z.id)["status"] == "WordtAangeboden"
    assert [van(item)["traceerId"] for item in lijst(een.aanbieder)] == [z.id]


def test_a_fo01_under_a_number_that_the_aanbieder_has(paren: tuple[Paar, Paar]) -> None:
    """It is refused in its own status; there is no Fo01 on a Fo01."""
    een, ander = paren
    stop_id, _ = stop_bij(een)
    bezet = di01(_aan(ander, een))
    bevestigd(ander.gemeente, bezet)
    nummer = bezet.stuurgegevens.referentienummer
    zender = Systeem(een.gemeentecode, "Voorbeeldsuite")
    heen = Stuurgegevens("Di01", Systeem(een.agb, "GGk"), zender, stop_id, "20260302101502", None, "JW307")
    fout: Foutbericht = keur_af("StUF055", heen, lambda: nummer, NU, zender=zender)
    bevestigd(een.gemeente, fout)
    status = wacht(een.gemeente, nummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB016"])
    assert all(item["berichtcode"] != "Fo01" for item in postvak(een.gemeente))


@pytest.fixture
def dubbel(ggk: Knoop, paren: tuple[Paar, Paar]) -> tuple[Paar, str]:
    """Two messages of one number in one postvak, as they may be from before it was held; and that number."""
    een, ander = paren
    ander = _aan(ander, een)
    alle = [di01(een), di01(ander)]
    for paar, e in zip((een, ander), alle, strict=True):
        bevestigd(paar.gemeente, e)
        wacht(paar.gemeente, e.stuurgegevens.referentienummer)
    nummer, ook = (e.stuurgegevens.referentienummer for e in alle)
    with schrijvend(ggk.engine) as verbinding:
        verbinding.execute(update(tabel).where(tabel.c.traceer_id == ook).values(traceer_id=nummer))
    return een, nummer


def test_what_is_twice_from_before_can_be_had_one_after_the_other(dubbel: tuple[Paar, str]) -> None:
    paar, nummer = dubbel
    gezien = []
    while items := lijst(paar.aanbieder):
        assert {van(item)["traceerId"] for item in items} == {nummer}
        gezien.append(paar.aanbieder.get(f"{PULL}/{nummer}/payload").content)
        assert paar.aanbieder.delete(f"{PULL}/{nummer}").status_code == 202
    assert len(set(gezien)) == 2
    assert paar.aanbieder.delete(f"{PULL}/{nummer}").status_code == 202


def test_a_credential_for_two_receivers_gets_both(ggk: Knoop, paren: tuple[Paar, Paar]) -> None:
    """Each has the number once, from another."""
    een, ander = paren
    nummer = str(uuid.uuid4())
    for paar in paren:
        bevestigd(paar.gemeente, di01(paar, referentienummer=nummer))
        assert wacht(paar.gemeente, nummer)["status"] == "WordtAangeboden"
    with schrijvend(ggk.engine) as verbinding:
        partijen.geef_token(verbinding, een.agb, "token-van-beide", NU, [ander.agb])
    ggk.tokens["beide"] = "token-van-beide"
    klant = ggk.klant("beide")
    gezien = set()
    while lijst(klant):
        gezien.add(klant.get(f"{PULL}/{nummer}/payload").content)
        assert klant.delete(f"{PULL}/{nummer}").status_code == 202
    assert len(gezien) == 2
