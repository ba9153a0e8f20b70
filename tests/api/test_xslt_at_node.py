"""The setting ``xslt_at_node``: what the rules inside a message refuse, the node refuses, also for who judges for itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, antwoord, declaratie
from tests.ggk import bevestigd, envelop, haal, postvak
from tests.ggk import wacht as wacht_ggk
from tests.knoop import Klant, Knoop, Paar, controleer_database, knoop
from tests.retouren import retour
from tests.vsp import codes, ingediend, lijst, meldingen, statussen, subtype, zending

from berichtenverkeer.keten.envelop.stuf import Envelop, Foutbericht
from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.lezen import lees

FOUT = {"Einddatum": "2026-01-01"}
"""An Einddatum before the Ingangsdatum: level 2."""

FOUT_STOP = {"Einddatum": "2020-01-01"}
"""An Einddatum before the Begindatum: level 2."""


def _knoop(url: str, **instellingen: Any) -> Iterator[Knoop]:
    with knoop(url, proefmodus=True, **instellingen) as k:
        k.laat_oordelen("gemeente", "aanbieder", "hoofdaannemer")
        yield k
        controleer_database(k.engine, gaten=True)


@pytest.fixture(scope="module")
def streng(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node that is set so, at which everybody judges for itself; a declaratie of some size is a large one."""
    yield from _knoop(maak_database.gereed(), xslt_at_node=True, groot_vanaf_bytes=5000)


@pytest.fixture(scope="module")
def gewoon(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """The same without the setting."""
    yield from _knoop(maak_database.gereed())


@pytest.fixture
def paar(streng: Knoop) -> Paar:
    return streng.paar()


def alleen_kop(data: bytes) -> Bericht:
    """A message that has only a Header with 0001."""
    bericht = lees(data, SCHEMAS).bericht
    assert getattr(bericht.Header, "RetourCodes", None) == ("0001",)
    assert {naam for naam, waarde in bericht if waarde is not None} == {"Header"}
    return bericht


def payload(klant: Klant, item: dict[str, dict[str, dict[str, str]]]) -> bytes:
    """The bytes of what lies ready in VSP."""
    return klant.get(item["basisgegevens"]["payload"]["url"]).content


def test_by_vsp(paar: Paar) -> None:
    d = paar.dossier()
    z = zending(d.stop(**FOUT_STOP))
    status = ingediend(paar.aanbieder, z)
    assert status["berichtstatus"] == "AfgekeurdDoorDienst"
    [melding] = status["meldingen"]
    assert melding["code"] == "BRS28"
    assert "niveau 2" in melding["toelichting"]
    assert "opnieuw aan" in melding["toelichting"]
    [item] = lijst(paar.aanbieder)
    stroom, referentie = item["routeringgegevens"]["berichtstroom"], item["referentiegegevens"]
    assert (stroom["berichtsubtype"], referentie["alsAntwoordOp"]) == ("WMO308", z.id)
    alleen_kop(payload(paar.aanbieder, item))
    assert lijst(paar.gemeente) == postvak(paar.gemeente) == paar.gemeente.postvak() == []
    gezien = statussen(paar.gemeente, traceerId=z.id)  # the answer in its name, not the message
    assert [subtype(een) for een in gezien] == ["WMO308"]
    assert ingediend(paar.aanbieder, z) == status  # the same once more
    nog_eens = ingediend(paar.aanbieder, zending(z.payload))
    assert codes(nog_eens) == ["BRS20"]  # exactly this message came before
    assert ingediend(paar.aanbieder, zending(d.start()))["berichtstatus"] == "WordtAangeboden"


def test_by_the_ggk(paar: Paar) -> None:
    """A Fo01 and a Du01, both on the Di01."""
    e = envelop(paar.dossier().toewijzing(**FOUT))
    nummer = e.stuurgegevens.referentienummer
    bevestigd(paar.gemeente, e)
    status = wacht_ggk(paar.gemeente, nummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB014"])
    gehaald = [haal(paar.gemeente, item) for item in postvak(paar.gemeente)]
    assert [een.stuurgegevens.crossRefnummer for een in gehaald] == [nummer, nummer]
    [fout] = [een for een in gehaald if isinstance(een, Foutbericht)]
    [du01] = [een for een in gehaald if isinstance(een, Envelop)]
    assert (fout.code, fout.stuurgegevens.zender.organisatie) == ("IB014", "VECOZO")
    assert "niveau 2" in fout.omschrijving
    assert len(fout.detailsXML) == 1
    assert du01.stuurgegevens.functie == "WMO302"
    alleen_kop(du01.parameters.payload())
    assert lijst(paar.aanbieder) == []
    bevestigd(paar.gemeente, e)
    assert len(postvak(paar.gemeente)) == 2
    goed = envelop(paar.dossier().toewijzing())
    bevestigd(paar.gemeente, goed)
    assert wacht_ggk(paar.gemeente, goed.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


@pytest.mark.parametrize("prestaties", [1, 20])
def test_a_declaratie_small_and_large(paar: Paar, prestaties: int) -> None:
    """It gets a 325 with 0001; of a large one the worker makes it."""
    regels = [Regel(f"R{nummer}", toewijzing=nummer) for nummer in range(1, prestaties + 1)]
    data = declaratie(paar.dossier(), "D1", *regels)
    assert (len(data) >= 5000) is (prestaties > 1)
    z = zending(data.replace(b"TotaalBedrag>", b"TotaalBedrag>1", 1))
    status = ingediend(paar.aanbieder, z)
    assert (status["berichtstatus"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["BRS28"])
    while not (items := lijst(paar.aanbieder)):  # of a large one the worker says all that is wrong
        assert codes(ingediend(paar.aanbieder, z)) == ["BRS28"]
    [item] = items
    [melding] = meldingen(ingediend(paar.aanbieder, z))
    assert ("niveau 2" in melding["toelichting"], "TotaalIngediendBedrag" in melding["toelichting"]) == (True, True)
    assert item["referentiegegevens"]["alsAntwoordOp"] == z.id
    alleen_kop(payload(paar.aanbieder, item))
    assert lijst(paar.gemeente) == []
    goed = ingediend(paar.aanbieder, zending(data))
    assert goed["berichtstatus"] in ("WordtAangeboden", "WordtVerwerkt"), goed


def test_a_325_that_is_refused_has_no_answer(paar: Paar) -> None:
    data = declaratie(paar.dossier(), "D1", Regel("R1"))
    assert ingediend(paar.aanbieder, zending(data))["berichtstatus"] == "WordtAangeboden"
    stuk = antwoord(data).replace(b"TotaalBedrag>", b"TotaalBedrag>1", 1)
    e = envelop(stuk)
    bevestigd(paar.gemeente, e)
    status = wacht_ggk(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (status["status"], [m["code"] for m in status["meldingen"]]) == ("AfgekeurdDoorDienst", ["IB014"])
    assert lijst(paar.aanbieder) == []


def test_the_plain_door_stays_as_it_is(paar: Paar) -> None:
    data = paar.dossier().toewijzing(**FOUT)
    assert paar.gemeente.aangenomen(data)["oordeel"] == "voorlopig"
    paar.aanbieder.aangenomen(retour(data, "0001", op_kop=True))


def test_without_the_setting_the_receiver_judges(gewoon: Knoop) -> None:
    paar = gewoon.paar()
    e = envelop(paar.dossier().toewijzing(**FOUT))
    bevestigd(paar.gemeente, e)
    assert wacht_ggk(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    z = zending(paar.dossier().stop(**FOUT_STOP))
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    assert len(lijst(paar.aanbieder)) == len(lijst(paar.gemeente)) == 1
