"""The made-up release at both doors of the chain: taken in, put in envelopes, delivered, pushed, answered and searched, under both laws."""

from dataclasses import replace
from typing import Any

import pytest
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS
from tests.eindpunt import eindpunt, wacht_tot
from tests.ggk import afgekeurd, bevestigd, envelop, haal, postvak
from tests.ggk import wacht as wacht_ggk
from tests.knoop import Klant, Knoop, Paar
from tests.releases.gevallen import bericht
from tests.retouren import retour
from tests.vsp import PULL, dien_in, ingediend, lijst, zending

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.keten.envelop.stuf import Envelop, Foutbericht
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen.schakelaars import schakel
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees

STROOM = "routeringgegevens__berichtstroom__"
BEIDE = pytest.mark.parametrize("domein", Domein)


@pytest.fixture
def paar(k: Knoop) -> Paar:
    """A pair at a node on which 3.3 is on beside 3.2."""
    schakel(k.engine, "*", "aan", "3.3", "2026-01-01", systeemklok())
    k.binnen.register.kijk()
    return k.paar()


def versie(e: Envelop | Foutbericht) -> tuple[str, str]:
    """The version that stands on an envelope of StUF."""
    assert isinstance(e, Envelop)
    return e.parameters.functieVersie, e.parameters.functieSubversie


def stromen(items: list[dict[str, Any]]) -> set[tuple[str, int, int]]:
    """What VSP says that lies ready."""
    gevonden = [(item.get("berichtstroom") or item["routeringgegevens"]["berichtstroom"]) for item in items]
    return {(een["berichtsubtype"], een["berichtversie"], een["berichtsubversie"]) for een in gevonden}


def gezocht(klant: Klant, domein: Domein, **stroom: Any) -> list[dict[str, Any]]:
    """What lies ready that fits."""
    antwoord = klant.post(
        f"{PULL}/zoeken", json={"zoekpadType": "ZoekpadOpBerichtstroom", "berichttype": domein.voorvoegsel, **stroom}
    )
    assert antwoord.status_code == 200, antwoord.text
    items: list[dict[str, Any]] = antwoord.json()
    return items


def lever_301(paar: Paar, d: Dossier, data: bytes) -> str:
    """A toewijzing by StUF, delivered: its number."""
    e = envelop(data)
    bevestigd(paar.gemeente, e)
    nummer = e.stuurgegevens.referentienummer
    assert wacht_ggk(paar.gemeente, nummer)["status"] == "WordtAangeboden"
    return nummer


@BEIDE
def test_from_a_gemeente_by_stuf_to_an_aanbieder_by_vsp(paar: Paar, domein: Domein) -> None:
    d = paar.dossier(domein=domein)
    wet = domein.voorvoegsel
    nummer = lever_301(paar, d, bericht(d, "301", "1"))
    [antwoord] = [item for item in postvak(paar.gemeente) if item["crossRefnummer"] == nummer]
    du01 = haal(paar.gemeente, antwoord)
    assert versie(du01) == ("0003", "0003")
    assert isinstance(du01, Envelop)
    assert lees(du01.parameters.payload(), SCHEMAS).soort.release == "3.3"
    lever_301(paar, d, paar.dossier("999900018", domein, 1002).toewijzing())
    assert stromen(lijst(paar.aanbieder)) == {(f"{wet}301", 3, 3), (f"{wet}301", 3, 2)}
    [nieuw] = gezocht(paar.aanbieder, domein, berichtversie=3, berichtsubversie=3)
    assert stromen([nieuw]) == {(f"{wet}301", 3, 3)}
    assert len(gezocht(paar.aanbieder, domein, berichtversie=3)) == 2
    assert gezocht(paar.aanbieder, domein, berichtsubversie=4) == []
    payload = paar.aanbieder.get(f"{PULL}/{nummer}/payload").content
    assert lees(payload, SCHEMAS).soort.release == "3.3"


@BEIDE
def test_from_an_aanbieder_by_vsp_to_a_gemeente_by_stuf(paar: Paar, domein: Domein) -> None:
    d = paar.dossier(domein=domein)
    wet = domein.voorvoegsel
    paar.gemeente.goedgekeurd(bericht(d, "301", "1"))
    z = zending(bericht(d, "305"))
    status = ingediend(paar.aanbieder, z)
    assert stromen([status]) == {(f"{wet}305", 3, 3)}
    [antwoord] = gezocht(paar.aanbieder, domein, berichtsubtype=f"{wet}306")
    assert stromen([antwoord]) == {(f"{wet}306", 3, 3)}
    [start] = [item for item in postvak(paar.gemeente) if item["functie"] == f"{wet}305"]
    assert versie(haal(paar.gemeente, start)) == ("0003", "0003")


def test_who_judges_for_itself_answers_in_an_envelope_of_the_release_of_the_question(k: Knoop, paar: Paar) -> None:
    k.laat_oordelen("aanbieder")
    d = paar.dossier()
    data = bericht(d, "301", "1")
    nummer = lever_301(paar, d, data)
    terug = zending(retour(data), als_antwoord_op=nummer)
    assert ingediend(paar.aanbieder, terug)["berichtstatus"] == "WordtAangeboden"
    [du01] = [item for item in postvak(paar.gemeente) if item["functie"] == "WMO302"]
    assert versie(haal(paar.gemeente, du01)) == ("0003", "0003")


def test_an_answer_of_another_release_than_the_question_is_refused(k: Knoop, paar: Paar) -> None:
    """By whichever door; in its own it is taken in."""
    k.laat_oordelen("aanbieder", "gemeente")
    for domein in Domein:
        d = paar.dossier(domein=domein)
        data = bericht(d, "301", "1")
        nummer = lever_301(paar, d, data)
        goed = retour(data)
        fout = goed.replace(b"/3_3/", b"/3_2/").replace(b"Subversie>3<", b"Subversie>2<")
        antwoord = paar.aanbieder.bied_aan(fout)
        assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (422, "retour-zonder-heenbericht")
        assert "release 3.3" in antwoord.json()["detail"]
        assert antwoord.json()["advies"].endswith(f"{domein.voorvoegsel}302 in 3.3.")
        status = ingediend(paar.aanbieder, zending(fout, als_antwoord_op=nummer))
        assert status["berichtstatus"] == "AfgekeurdDoorDienst"
        assert ingediend(paar.aanbieder, zending(goed, als_antwoord_op=nummer))["berichtstatus"] == "WordtAangeboden"


def test_a_field_of_its_own_comes_through_and_is_kept(k: Knoop, paar: Paar) -> None:
    for domein in Domein:
        d = paar.dossier(domein=domein)
        paar.gemeente.goedgekeurd(bericht(d, "301", "1"))
        data = bericht(d, "305")
        assert b"OpAfstand>1<" in data
        z = zending(data)
        ingediend(paar.aanbieder, z)
        [start] = [item for item in postvak(paar.gemeente) if item["functie"] == f"{domein.voorvoegsel}305"]
        e = haal(paar.gemeente, start)
        assert isinstance(e, Envelop)
        assert e.parameters.payload() == data
    gedaan = herbouw(k.engine, SCHEMAS)
    assert (gedaan.dossiers, gedaan.afwijkend) == (2, 0)


def test_what_is_pushed_says_its_release(k: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(bericht(d, "301", "1"))
    with eindpunt(k.engine, paar.gemeentecode) as e:
        assert dien_in(paar.aanbieder, zending(bericht(d, "305"))).status_code == 204
        wacht_tot(lambda: [een for een in e.gekregen if een.stuurgegevens.functie == "WMO305"])
        [start] = [een for een in e.gekregen if een.stuurgegevens.functie == "WMO305"]
        assert versie(start) == ("0003", "0003")


def test_a_release_that_is_off_is_refused_with_the_one_that_is_on(k: Knoop) -> None:
    paar = k.paar()
    data = bericht(paar.dossier(), "301", "1")
    antwoord = dien_in(paar.gemeente, zending(data))
    assert list(antwoord.json()["errors"]) == ["IB023"]
    assert antwoord.json()["advies"] == "Lever aan in release 3.2."
    e = envelop(data)
    bevestigd(paar.gemeente, e)
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert fout.code == "IB023"
    assert fout.omschrijving is not None
    assert fout.omschrijving.endswith("Lever aan in release 3.2.")


def test_an_envelope_of_another_release_than_what_is_in_it(paar: Paar) -> None:
    for domein in Domein:
        d = paar.dossier(domein=domein)
        z = zending(bericht(d, "301", "1")).met(**{f"{STROOM}berichtsubversie": 2})
        assert ingediend(paar.gemeente, z)["berichtstatus"] == "AfgekeurdDoorDienst"
        e = envelop(d.toewijzing())
        bevestigd(paar.gemeente, e := replace(e, parameters=replace(e.parameters, functieSubversie="0003")))
        fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
        assert fout.code == "IB014"
        assert fout.omschrijving is not None
        assert "release 3.3" in fout.omschrijving


def test_a_version_that_no_release_has(paar: Paar) -> None:
    z = zending(bericht(paar.dossier(), "301", "1")).met(**{f"{STROOM}berichtsubversie": 4})
    advies = dien_in(paar.gemeente, z).json()["advies"]
    assert advies == (
        "Lever aan in release 3.2: berichtversie 3, berichtsubversie 2, of release 3.3: berichtversie 3, berichtsubversie 3."
    )


def test_what_waits_while_its_release_goes_is_refused(k: Knoop, paar: Paar) -> None:
    """It was confirmed, and its release is read no more when somebody looks in it."""
    from berichtenverkeer.keten.envelop.fouten import Afgekeurd
    from berichtenverkeer.keten.zendingen.inhoud import Lezer

    register = k.binnen.register
    lezer = Lezer(register, k.binnen.contracten.contract, SCHEMAS, register.bord)
    rij = {"door": "vsp", "omslag": None, "inhoud": b"", "functie": "WMO301", "versie": 3, "subversie": 9}
    with pytest.raises(Afgekeurd) as fout:
        lezer.open(rij)
    assert fout.value.code == "IB023"
