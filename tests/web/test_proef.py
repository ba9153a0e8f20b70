"""Proef on the pages: the clock, what goes wrong, a counterpart that answers, and a flow with its outcome."""

import re
import time
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, knoop
from tests.web.conftest import Web
from tests.web.test_beheer import Mens
from tests.web.test_toegang import zeker_van

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.partijen import gebruikers as tabel
from berichtenverkeer.partijen import bewijzen, sessies
from berichtenverkeer.partijen.gebruikers import Rol, alle, nieuw_geheim, registreer
from berichtenverkeer.web.poort import SESSIEKOEKJE
from berichtenverkeer.web.proefspel import Spel, Spelkamer


@pytest.fixture
def tester(web: Web) -> Iterator[Mens]:
    """Works for an aanbieder; the clock is left as it was."""
    assert web.knoop.binnen.proef is not None
    stand = web.knoop.binnen.proef.klok.stand
    yield Mens(web, "medewerker")
    web.knoop.binnen.proef.klok.stand = stand


def test_the_clock_is_set_and_goes_back(web: Web, tester: Mens) -> None:
    fout = tester.stuur("/proef", {"moment": "morgen"}, "/proef/klok")
    assert fout.status_code == 422
    assert 'id="fout-moment"' in fout.text
    assert "staat daar stil" in tester.klik("/proef", "/proef/klok", moment="2026-05-01T09:30")
    assert "1 mei\u00a02026, 09:30".replace("1 mei", "1\u00a0mei") in tester.ga("/proef").text
    assert "die van de machine" in tester.klik("/proef", "/proef/klok", wis="ja")


def test_something_goes_wrong_for_an_own_party(web: Web, tester: Mens) -> None:
    pad = f"/proef/storingen/{web.paar.agb}"
    fout = tester.stuur(pad, {"soort": "brand", "keer": "0"})
    assert fout.status_code == 422
    assert 'id="fout-keer"' in fout.text
    fout = tester.stuur(pad, {"soort": "brand", "keer": "7"})
    assert 'id="fout-soort"' in fout.text
    assert 'value="7"' in fout.text
    tester.klik(pad, pad, soort="verberg", keer="2")
    assert "2 × verberg" in tester.ga("/proef/storingen").text
    assert "niets meer mis" in tester.klik(pad, pad, wis="ja")
    assert tester.ga(f"/proef/storingen/{web.ander.agb}").status_code == 404


def _wacht(mens: Mens, pad: str, op: str) -> str:
    tot = time.monotonic() + 240
    while time.monotonic() < tot:
        tekst = mens.ga(pad).text
        if re.search(op, tekst):
            return tekst
        time.sleep(1)
    raise AssertionError(tekst)


def test_a_counterpart_answers_until_it_is_stopped(web: Web, tester: Mens) -> None:
    pad, agb = "/proef/tegenpartijen", web.paar.agb
    assert tester.stuur(pad, {"partij": web.ander.agb}).status_code == 422
    antwoord = tester.stuur(pad, {"partij": agb}, keer=2)
    een = antwoord.headers["location"].partition("?")[0]
    assert tester.stuur(pad, {"partij": agb}).status_code == 422
    assert "speelt aanbieder" in _wacht(tester, een, "speelt aanbieder")
    assert Mens(web, "hoofdaannemer").ga(een).status_code == 404
    assert "is gestopt" in tester.klik(een, een)
    tokens = [b for b in bewijzen.alle(web.knoop.engine, agb) if b.naam == "tegenpartij (proef)"]
    assert [b.ingetrokken_op is not None for b in tokens] == [True]


def _tokens(k: Knoop, agb: str) -> list[bool]:
    """Of each token of a counterpart of this party, whether it was withdrawn."""
    return [b.ingetrokken_op is not None for b in bewijzen.alle(k.engine, agb) if b.naam == "tegenpartij (proef)"]


def test_a_counterpart_that_ends_by_itself_leaves_no_token(web: Web) -> None:
    """Its process is gone, or the node ends."""
    kamer, engine, agb = Spelkamer(), web.knoop.engine, web.ander.agb

    def begin() -> Spel:
        token = bewijzen.maak_token(engine, agb, systeemklok(), naam="tegenpartij (proef)")
        trek_in = partial(bewijzen.trek_token_in, engine, token, systeemklok())
        return kamer.laat_antwoorden("aanbieder", agb, token, web.url, systeemklok(), trek_in)

    een, twee = begin(), begin()
    een.proces.kill()
    een.wacht()
    assert sorted(_tokens(web.knoop, agb)) == [False, True]
    assert twee.bezig
    kamer.sluit()
    assert _tokens(web.knoop, agb) == [True, True]
    twee.wacht()
    assert not twee.bezig


def test_when_a_node_ends_its_counterparts_have_ended(maak_database: MaakDatabase) -> None:
    url = maak_database.gereed()
    with knoop(url, proefmodus=True) as k:
        paar = k.paar()
        registreer(
            k.engine, "tester", "T", {paar.agb: Rol.BEHEERDER}, systeemklok(), wachtwoord="vier fietsen in de regen"
        )
        [wie] = alle(k.engine)
        kop = {
            "Cookie": f"{SESSIEKOEKJE}={sessies.begin(k.engine, wie, systeemklok(), bevestigd=True).geheim}",
            "Origin": k.url,
        }
        velden = zeker_van(httpx.get(f"{k.url}/proef/tegenpartijen", headers=kop, timeout=60).text)
        antwoord = httpx.post(
            f"{k.url}/proef/tegenpartijen", data={**velden, "partij": paar.agb}, headers=kop, timeout=60
        )
        assert antwoord.status_code == 303, antwoord.text
        assert _tokens(k, paar.agb) == [False]
    engine = maak_engine(url)
    assert [
        b.ingetrokken_op is not None for b in bewijzen.alle(engine, paar.agb) if b.naam == "tegenpartij (proef)"
    ] == [True]
    engine.dispose()


def test_a_flow_is_played_with_its_outcome(tester: Mens) -> None:
    assert "declaraties/correctie" in tester.ga("/proef/flows?zoek=correctie").text
    pad = "/proef/flows/declaraties/correctie"
    tester.klik(pad, pad)
    tekst = _wacht(tester, pad, "geslaagd|Zij was niet te spelen")
    assert tekst.count("geslaagd") == 2
    assert "goedgekeurd" in tekst
    assert tester.ga("/proef/flows/bestaat/niet").status_code == 404
    assert tester.ga("/proef/flows/..%2F..%2Fregio").status_code == 404


def test_outside_proefmodus_there_is_none_of_it(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed()) as k:
        registreer(k.engine, "operator", "O", {}, systeemklok(), operator=True, wachtwoord="vier fietsen in de regen")
        [wie] = alle(k.engine)
        with schrijvend(k.engine) as verbinding:
            tabel.zet(verbinding, wie.id, totp=nieuw_geheim())
        [wie] = alle(k.engine)
        geheim = sessies.begin(k.engine, wie, systeemklok(), bevestigd=True).geheim
        kop = {"Cookie": f"{SESSIEKOEKJE}={geheim}", "Accept": "text/html"}
        assert 'href="/proef"' not in httpx.get(f"{k.url}/beheer", headers=kop, timeout=60).text
        for pad in (
            "/proef",
            "/proef/flows",
            "/proef/flows/declaraties/correctie",
            "/proef/tegenpartijen",
            "/proef/storingen",
        ):
            assert httpx.get(k.url + pad, headers=kop, timeout=60).status_code == 404
