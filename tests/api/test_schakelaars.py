"""Releases that are switched, at each of the three doors: just before and at the moment, and what was there already."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.ggk import afgekeurd, bevestigd, di01, envelop, postvak
from tests.ggk import wacht as wacht_ggk
from tests.knoop import NU, Knoop, Paar, controleer_database, knoop, meld_partijen_aan
from tests.proces import KLOK, adres
from tests.vsp import Zending, dien_in, ingediend, lijst, wacht, zending

from berichtenverkeer.keten.deuren import ggkdeur
from berichtenverkeer.keten.envelop.stuf import Bevestiging, Envelop, Foutbericht, schrijf_soap
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.partijen.schakelaar import Schakelbord
from berichtenverkeer.partijen.schakelaars import alle, schakel, wis
from berichtenverkeer.standaard.xml import MAX_BYTES

VAN, TOT = NU, NU + timedelta(hours=6)
SECONDE = timedelta(seconds=1)
OPNIEUW = "na de bevriezing opnieuw"

Schakel = Callable[..., None]


@pytest.fixture(scope="module")
def geschakeld(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of this module: what is switched is for everyone at it."""
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        yield k
        controleer_database(k.engine)


@pytest.fixture
def paar(geschakeld: Knoop) -> Paar:
    return geschakeld.paar()


@pytest.fixture
def zet(geschakeld: Knoop) -> Iterator[Schakel]:
    """Switches, and waits until the node sees it; afterwards nothing is switched."""

    def doe(functie: str, stand: str, van: datetime = VAN, tot: datetime | None = None, versie: str = "3.2") -> None:
        einde = tot.isoformat() if tot else ""
        schakel(geschakeld.engine, functie, stand, versie, van.isoformat(), NU, einde)
        geschakeld.binnen.register.kijk()

    yield doe
    for een in {(een.functie, een.versie) for een in alle(geschakeld.engine)}:
        wis(geschakeld.engine, *een)
    geschakeld.binnen.register.kijk()


def op(moment: datetime) -> dict[str, str]:
    """The header that tells the node which moment it is."""
    return {"Bv-Klok": moment.isoformat()}


def toewijzing(paar: Paar, nummer: int = 1001) -> bytes:
    return paar.dossier(nummer=nummer).toewijzing()


def geweigerd_bij_post(paar: Paar, data: bytes, moment: datetime) -> dict[str, str]:
    """The problem with which ``POST /v1/berichten`` refuses it at this moment."""
    antwoord = paar.gemeente.bied_aan(data, **op(moment))
    probleem: dict[str, str] = antwoord.json()
    assert (antwoord.status_code, probleem["type"].rpartition(":")[2]) == (422, "functie-niet-actief")
    return probleem


def test_a_freeze_at_the_plain_door(paar: Paar, zet: Schakel) -> None:
    zet("WMO301", "bevroren", VAN, TOT)
    voor, in_, na = (toewijzing(paar, nummer) for nummer in (1, 2, 3))
    eerste = paar.gemeente.goedgekeurd(voor, **op(VAN - SECONDE))
    for moment in (VAN, TOT - SECONDE):
        probleem = geweigerd_bij_post(paar, in_, moment)
        assert probleem["detail"] == f"WMO301 is bevroren tot {TOT:%Y-%m-%d %H:%M}."
        assert OPNIEUW in probleem["advies"]
    nog_eens = paar.gemeente.bied_aan(voor, **op(VAN))
    assert (nog_eens.status_code, nog_eens.json()) == (200, eerste)
    paar.gemeente.goedgekeurd(in_, **op(TOT))
    paar.gemeente.goedgekeurd(na, **op(TOT + SECONDE))


def niet_aanvaard(klant: httpx.Client, z: Zending, moment: datetime) -> dict[str, str]:
    """The problem with which VSP refuses it at this moment, with code IB023."""
    antwoord = dien_in(klant, z, **op(moment))
    probleem = antwoord.json()
    assert (antwoord.status_code, list(probleem["errors"])) == (422, ["IB023"])
    uit: dict[str, str] = probleem
    return uit


def test_a_freeze_at_vsp(paar: Paar, zet: Schakel) -> None:
    paar.gemeente.goedgekeurd(toewijzing(paar))
    zet("WMO305", "bevroren", VAN, TOT)
    voor, in_ = (zending(paar.dossier().start()) for _ in range(2))
    assert dien_in(paar.aanbieder, voor, **op(VAN - SECONDE)).status_code == 204
    assert wacht(paar.aanbieder, voor.id)["berichtstatus"] == "WordtAangeboden"
    for moment in (VAN, TOT - SECONDE):
        assert OPNIEUW in niet_aanvaard(paar.aanbieder, in_, moment)["advies"]
    assert dien_in(paar.aanbieder, voor, **op(VAN)).status_code == 204  # a repeat is answered as the first time
    ander = zending(paar.dossier().stop())
    assert dien_in(paar.aanbieder, ander, **op(VAN)).status_code == 204  # another functie goes on
    assert dien_in(paar.aanbieder, in_, **op(TOT)).status_code == 204
    assert wacht(paar.aanbieder, in_.id)["berichtstatus"] in ("WordtAangeboden", "VerwerkingVoltooid")


def nieuw_nummer(e: Envelop) -> Envelop:
    """The same message in a new envelope."""
    return replace(e, stuurgegevens=replace(e.stuurgegevens, referentienummer=str(uuid.uuid4())))


def bij_ggk(paar: Paar, e: Envelop, moment: datetime) -> Foutbericht | None:
    """Hand it in at this moment: the Fo01 that came of it, or None when it was delivered."""
    bevestigd(paar.gemeente, e, **op(moment))
    nummer = e.stuurgegevens.referentienummer
    if wacht_ggk(paar.gemeente, nummer)["status"] == "WordtAangeboden":
        return None
    return afgekeurd(paar.gemeente, nummer)


def test_a_freeze_at_the_ggk(paar: Paar, zet: Schakel) -> None:
    """A Bv03 all the same; the Fo01 says when to send it again, in a new envelope."""
    zet("WMO", "bevroren", VAN, TOT)
    voor, in_ = di01(paar), envelop(toewijzing(paar, 2))
    assert bij_ggk(paar, voor, VAN - SECONDE) is None
    for moment in (VAN, TOT - SECONDE):
        fout = bij_ggk(paar, nieuw_nummer(in_), moment)
        assert fout is not None
        assert (fout.code, fout.stuurgegevens.zender.organisatie) == ("IB023", "IB")
        assert f"bevroren tot {TOT:%Y-%m-%d %H:%M}" in fout.omschrijving
        assert fout.omschrijving.endswith("met een nieuw nummer op de envelop.")  # nothing was cut off
        assert fout.details == "WMO301-00070001"
    assert len(lijst(paar.aanbieder)) == 1
    assert bij_ggk(paar, nieuw_nummer(in_), TOT) is None


def test_a_transition_is_rehearsed(paar: Paar, zet: Schakel) -> None:
    """Off until a moment, then on: refused before and taken in from then on, at each door."""
    zet("*", "uit", VAN - timedelta(days=60))
    zet("*", "aan", VAN)
    for moment, aan in ((VAN - SECONDE, False), (VAN, True)):
        bericht = toewijzing(paar, 10 + aan)
        if aan:
            paar.gemeente.goedgekeurd(bericht, **op(moment))
        else:
            assert geweigerd_bij_post(paar, bericht, moment)["detail"] == "WMO301 staat uit."
        z = zending(toewijzing(paar, 20 + aan))
        if aan:
            assert dien_in(paar.gemeente, z, **op(moment)).status_code == 204
        else:
            assert niet_aanvaard(paar.gemeente, z, moment)["detail"] == "WMO301 staat uit."
        fout = bij_ggk(paar, envelop(toewijzing(paar, 30 + aan)), moment)
        assert (fout is None) is aan
        assert fout is None or "WMO301 staat uit" in fout.omschrijving


def test_one_law_and_one_functie_of_it(paar: Paar, zet: Schakel) -> None:
    zet("WMO", "uit")
    zet("WMO301", "aan", VAN - SECONDE)
    paar.gemeente.goedgekeurd(toewijzing(paar))
    uit = paar.aanbieder.bied_aan(paar.dossier().start())
    assert (uit.status_code, uit.json()["detail"]) == (422, "WMO305 staat uit.")


@pytest.mark.parametrize(("versie", "subversie"), [(3, 1), (3, 3), (2, 4), (0, 0), (999, 999)])
def test_a_release_that_cannot_be_read_is_refused_also_when_it_is_on(
    paar: Paar, zet: Schakel, versie: int, subversie: int
) -> None:
    zet("*", "aan", VAN - timedelta(days=1), versie=f"{versie}.{subversie}")
    stroom = {
        "routeringgegevens__berichtstroom__berichtversie": versie,
        "routeringgegevens__berichtstroom__berichtsubversie": subversie,
    }
    probleem = niet_aanvaard(paar.gemeente, zending(toewijzing(paar)).met(**stroom), VAN)
    assert "berichtversie 3, berichtsubversie 2" in probleem["advies"]
    e = di01(paar)
    anders = replace(e.parameters, functieVersie=f"{versie:04}", functieSubversie=f"{subversie:04}")
    fout = bij_ggk(paar, replace(e, parameters=anders), VAN)
    assert fout is not None
    assert fout.code == "IB023"
    data = toewijzing(paar).replace(b"/3_2/", f"/{versie}_{subversie}/".encode())
    antwoord = paar.gemeente.bied_aan(data)
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (422, "onbekend-bericht")


def test_the_answer_of_the_node_is_made_while_its_functie_is_off(paar: Paar, zet: Schakel) -> None:
    """The switch is for what comes in."""
    zet("WMO302", "uit")
    e = di01(paar)
    assert bij_ggk(paar, e, VAN) is None
    assert [item["functie"] for item in postvak(paar.gemeente)] == ["WMO302"]


def test_other_faults_come_in_their_order(paar: Paar, zet: Schakel) -> None:
    """What is off is told before who may send it, and after what is no functie at all."""
    zet("*", "uit")
    z = zending(paar.dossier().start())
    assert niet_aanvaard(paar.gemeente, zending(toewijzing(paar)), VAN)
    onbekend = dien_in(paar.aanbieder, z.met(routeringgegevens__berichtstroom__berichtsubtype="WMO399"))
    assert list(onbekend.json()["errors"]) == ["IB004"]
    for functie, code in (("WMO399", "IB004"), ("WMO308", "IB023")):
        fout = bij_ggk(paar, nieuw_nummer(di01(paar, functie=functie)), VAN)
        assert fout is not None
        assert fout.code == code


def test_what_came_in_before_a_freeze_is_processed(maak_database: MaakDatabase) -> None:
    """Two that were confirmed when a process ended, before anybody looked in them: one of just before the freeze, one of its
    beginning."""
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, aantal=1)
    gemeente, agb = tokens
    register = Register(engine)
    indiener = register.partij(gemeente)
    assert indiener is not None
    voor, in_ = (envelop(Dossier(gemeente, agb, nummer=n).toewijzing()) for n in (1, 2))
    schakel(engine, "*", "bevroren", "3.2", VAN.isoformat(), NU)
    for e, moment in ((voor, VAN - SECONDE), (in_, VAN)):
        bord = Schakelbord.van(alle(engine))
        antwoord = ggkdeur.neem_aan(engine, register, indiener, schrijf_soap(e), moment, MAX_BYTES, bord)
        assert isinstance(antwoord.bericht, Bevestiging)
    with adres(url) as hier:
        hier.start()
        headers = KLOK | {"Authorization": f"Bearer {tokens[gemeente]}"}
        with httpx.Client(base_url=hier.url, headers=headers, timeout=120, verify=False) as klant:
            assert wacht_ggk(klant, voor.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
            assert afgekeurd(klant, in_.stuurgegevens.referentienummer).code == "IB023"
    controleer_database(engine)
    engine.dispose()


def test_a_large_declaratie(maak_database: MaakDatabase) -> None:
    """It is read elsewhere, and refused as a small one is."""
    with knoop(maak_database.gereed(), proefmodus=True, groot_vanaf_bytes=1000) as k:
        paar = k.paar()
        schakel(k.engine, "WMO323", "uit", "3.2", VAN.isoformat(), NU)
        time.sleep(0.3)
        data = paar.dossier().bericht("323")
        assert len(data) > 1000
        antwoord = paar.aanbieder.bied_aan(data, **op(VAN))
        assert (antwoord.status_code, antwoord.json()["detail"]) == (422, "WMO323 staat uit.")
        assert paar.aanbieder.bied_aan(data, **op(VAN - SECONDE)).json()["oordeel"] == "in_verwerking"
        assert paar.aanbieder.bied_aan(data, **op(VAN)).status_code == 200
        assert ingediend(paar.aanbieder, zending(paar.dossier().start()))["berichtstatus"] == "VerwerkingVoltooid"
