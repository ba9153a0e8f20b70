"""In which release a message is written: by its receiver, its functie and the moment; an answer in that of what it answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conformance.knooppunt import Knooppunt
from tests.knoop import NU, Klant, Knoop
from tests.releases.gevallen import bericht, dossiers, model
from tests.releases.test_drie_drie import VANDAAG

from berichtenverkeer.klok import NEDERLAND, systeemklok
from berichtenverkeer.partijen.schakelaar import LEEG, Schakelaar, Schakelbord, Stand
from berichtenverkeer.partijen.schakelaars import SchakelFout, schakel
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import in_release, schrijf

SECONDE = timedelta(seconds=1)
HEEN_STOPT, RETOUR_STOPT, BEGINT = (
    datetime(2027, 3, 26, 18, tzinfo=NEDERLAND),
    datetime(2027, 3, 31, 18, tzinfo=NEDERLAND),
    datetime(2027, 4, 1, 8, tzinfo=NEDERLAND),
)
"""A transition: heenberichten stop first, what answers them later, then silence, then all of the new."""

WISSEL = (
    Schakelaar("heen", "3.2", HEEN_STOPT, None, Stand.UIT),
    Schakelaar("retour", "3.2", RETOUR_STOPT, None, Stand.UIT),
    Schakelaar("*", "3.3", BEGINT, None, Stand.AAN),
)
WMO301, WMO302, JW323, JW325 = (BERICHTSOORTEN[code] for code in ("WMO301", "WMO302", "JW323", "JW325"))


@pytest.mark.parametrize(
    ("moment", "heen", "retour"),
    [
        (HEEN_STOPT - SECONDE, {"3.2"}, {"3.2"}),
        (HEEN_STOPT, set(), {"3.2"}),
        (RETOUR_STOPT - SECONDE, set(), {"3.2"}),
        (RETOUR_STOPT, set(), set()),
        (BEGINT - SECONDE, set(), set()),
        (BEGINT, {"3.3"}, {"3.3"}),
    ],
)
def test_each_side_has_its_moments(moment: datetime, heen: set[str], retour: set[str]) -> None:
    bord = Schakelbord(WISSEL)
    for soorten, aan in (((WMO301, JW323), heen), ((WMO302, JW325), retour)):
        for soort in soorten:
            assert {v for v in ("3.2", "3.3") if bord.stand(soort, v, moment) is Stand.AAN} == aan


@pytest.mark.parametrize(
    ("moment", "release"),
    [(HEEN_STOPT - SECONDE, "3.2"), (HEEN_STOPT, "3.3"), (BEGINT - SECONDE, "3.3"), (BEGINT, "3.3")],
)
def test_what_is_written_is_of_the_newest_that_is_on_or_the_first_that_will_be(moment: datetime, release: str) -> None:
    assert Schakelbord(WISSEL).te_schrijven(WMO301, moment, "99990001").release == release
    assert LEEG.te_schrijven(WMO301, moment, "99990001").release == "3.2"
    voorgoed = Schakelbord((Schakelaar("*", "3.2", HEEN_STOPT, None, Stand.UIT),))
    assert voorgoed.te_schrijven(WMO301, BEGINT, "99990001").release == "3.2"


def test_a_freeze_is_waited_for() -> None:
    bord = Schakelbord((Schakelaar("*", "3.2", HEEN_STOPT, BEGINT, Stand.BEVROREN),))
    assert bord.te_schrijven(WMO301, HEEN_STOPT, "99990001").release == "3.2"


def test_one_receiver_may_be_earlier_or_later_than_all() -> None:
    vroeg = Schakelaar("heen", "3.3", HEEN_STOPT, None, Stand.AAN, ontvanger="99990001")
    laat = Schakelaar("*", "3.3", HEEN_STOPT, None, Stand.UIT, ontvanger="99990002")
    bord = Schakelbord((*WISSEL[2:], vroeg, laat))

    def release(soort: Any, moment: datetime, ontvanger: str) -> str:
        return bord.te_schrijven(soort, moment, ontvanger).release

    assert [release(WMO301, HEEN_STOPT, code) for code in ("99990001", "99990003")] == ["3.3", "3.2"]
    assert [release(WMO302, HEEN_STOPT, code) for code in ("99990001", "99990003")] == ["3.2", "3.2"]
    assert [release(WMO301, BEGINT, code) for code in ("99990001", "99990002", "99990003")] == ["3.3", "3.2", "3.3"]


def test_what_comes_from_another_release_is_of_this_one_when_it_is_written() -> None:
    """Both ways: an element that is gone is left out, and one that is new stays empty."""
    for d in dossiers():
        oud, soort_oud = d.model("301", {"Client/JuridischeStatus": "01"})
        nieuw, soort_nieuw = model(d, "301", "1")
        assert isinstance(oud, Bericht301)
        assert isinstance(nieuw, Bericht301)
        naar_nieuw = in_release(oud, soort_nieuw)
        assert naar_nieuw.Client.ToegewezenProducten[0].Voorrang is None  # type: ignore[attr-defined]
        kop = naar_nieuw.model_copy(update={"Header": nieuw.Header})
        assert b"JuridischeStatus" not in schrijf(kop, soort_nieuw, SCHEMAS)
        naar_oud = in_release(nieuw, soort_oud).model_copy(update={"Header": oud.Header})
        assert b"Voorrang" not in schrijf(naar_oud, soort_oud, SCHEMAS)
        assert in_release(oud, soort_oud) == oud


def vraag(klant: Klant, pad: str, **velden: Any) -> bytes:
    """The message that is proposed."""
    antwoord = klant.post(f"/v1/voorstellen/{pad}", json=velden)
    assert antwoord.status_code == 200, antwoord.text
    uit = antwoord.json()
    if pad == "declaratie":
        [uit] = uit["declaraties"]
    assert (uit["bevindingen"], bool(uit["xml"])) == ([], True), uit
    xml: str = uit["xml"]
    return xml.encode()


def release(data: bytes) -> str:
    """The release in which a message is."""
    gelezen = lees(data, SCHEMAS)
    assert gelezen.bericht.Header.BerichtSubversie == gelezen.soort.versie[1]
    return gelezen.soort.release


def aan(k: Knoop, functie: str, ontvanger: str = "", van: datetime = NU) -> None:
    schakel(k.engine, functie, "aan", "3.3", van.isoformat(), systeemklok(), ontvanger=ontvanger)
    k.binnen.register.kijk()


def test_a_proposal_is_of_the_release_of_its_receiver_and_its_functie(k: Knoop) -> None:
    een, ander = k.paar(), k.paar()
    aan(k, "WMO305", een.gemeentecode)
    for paar, verwacht in ((een, "3.3"), (ander, "3.2")):
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
        start = vraag(paar.aanbieder, "start", toewijzing="1001", begindatum="2026-02-02")
        assert release(start) == verwacht
        paar.aanbieder.goedgekeurd(start)
        stop = vraag(paar.aanbieder, "stop", toewijzing="1001", einddatum="2026-02-20", reden="19")
        assert release(stop) == "3.2"


@pytest.mark.parametrize(("na", "verwacht"), [(timedelta(0), "3.3"), (SECONDE, "3.2")])
def test_a_proposal_is_of_the_release_of_its_moment(k: Knoop, na: timedelta, verwacht: str) -> None:
    paar = k.paar()
    aan(k, "heen", van=NU + na)
    paar.aanbieder.goedgekeurd(paar.dossier().bericht("315"))
    [verzoek] = paar.gemeente.json("/v1/verzoeken")["items"]
    antwoord = vraag(paar.gemeente, "antwoord", verzoek=verzoek["id"], antwoord="onderzoek")
    assert release(antwoord) == verwacht
    paar.gemeente.goedgekeurd(antwoord)


def test_a_declaratie_is_of_its_release_and_so_is_its_answer(k: Knoop) -> None:
    paar = k.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    aan(k, "WMO323")
    volume = {"toewijzingnummer": 1001, "hoeveelheid": 1, "tarief": 5000, "maand": "2026-02"}
    data = vraag(paar.aanbieder, "declaratie", maand="2026-02", volumes=[volume])
    assert release(data) == "3.3"
    uit = paar.aanbieder.aangenomen(data)
    antwoord = paar.aanbieder.get(f"/v1/berichten/{uit['retour']['id']}/xml").content
    assert release(antwoord) == "3.3"


def test_what_was_assigned_in_the_new_release_is_changed_in_the_old_for_who_has_that(k: Knoop) -> None:
    paar = k.paar()
    aan(k, "*", paar.agb)
    paar.gemeente.goedgekeurd(bericht(paar.dossier(), "301", "1"))
    start = vraag(paar.aanbieder, "start", toewijzing="1001", begindatum="2026-02-02")
    assert release(start) == "3.2"  # the gemeente is not there yet
    paar.aanbieder.goedgekeurd(start)


def test_every_answer_of_the_node_is_of_the_release_of_the_question() -> None:
    for d in dossiers():
        node = Knooppunt(VANDAAG)
        for nummer in ("301", "305", "323"):
            _, antwoord = node.lees(bericht(d, nummer, "1"))
            assert antwoord is not None
            assert (antwoord.soort.release, antwoord.bericht.Header.BerichtSubversie) == ("3.3", 3)


def test_a_switch_for_a_party_that_is_none(k: Knoop) -> None:
    with pytest.raises(SchakelFout, match="bestaat niet"):
        schakel(k.engine, "*", "aan", "3.3", "", systeemklok(), ontvanger="12345678")
