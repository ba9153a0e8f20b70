"""Declaraties over HTTP: a 323 is answered with a 325, and both sides see what came of every Prestatie."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any

import httpx
import pytest
from tests.berichten import Dossier, bsns, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, antwoord, declaratie
from tests.knoop import XML, Klant, Knoop, Paar, controleer_database, knoop, meld_partijen_aan
from tests.proces import KLOK, adres

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling
from berichtenverkeer.standaard.berichten.declaratie import Bericht325
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees

TE_VEEL = 30
"""More hours than the toewijzing has room for in February."""

JANUARI = ("2026-01-01", "2026-01-31")
VANAF = {"Ingangsdatum": "2026-01-01"}
VOL, FOUT = {"limiet": 10_000}, {"toestand": "afgewezen"}


@pytest.fixture
def d(paar: Paar) -> Dossier:
    """A client with a toewijzing of four hours a week from January on."""
    uit = paar.dossier()
    paar.gemeente.goedgekeurd(uit.toewijzing(**VANAF))
    return uit


def bekijk(klant: Klant, uit: dict[str, Any], **vraag: Any) -> dict[str, Any]:
    """The declaratie of this answer on a 323."""
    gezien: dict[str, Any] = klant.json(f"/v1/declaraties/{uit['id']}", **vraag)
    return gezien


def regels(uit: dict[str, Any]) -> list[str]:
    return [bevinding["regel"] for bevinding in uit["bevindingen"]]


def toestanden(klant: Klant, uit: dict[str, Any]) -> dict[str, str]:
    """The state of every Prestatie of this declaratie, by ReferentieNummer."""
    return {p["referentienummer"]: p["toestand"] for p in bekijk(klant, uit)["prestaties"]}


def ontvangen(klant: Klant) -> list[tuple[str, str]]:
    """What lies in a postvak, oldest first: kind and id."""
    return [
        (item["routeringgegevens"]["berichtstroom"]["berichtsubtype"], item["referentiegegevens"]["traceerId"])
        for item in klant.postvak()
    ]


def antwoord_op(klant: Klant, uit: dict[str, Any]) -> Bericht325:
    """The 325 on this 323, as the provider finds it: valid by its XSD."""
    xml = klant.get(f"/v1/berichten/{uit['retour']['id']}/xml")
    assert xml.status_code == 200
    bericht = lees(xml.content, SCHEMAS).bericht
    assert isinstance(bericht, Bericht325)
    return bericht


@pytest.mark.parametrize("domein", Domein)
def test_a_sound_declaratie_is_granted(paar: Paar, domein: Domein) -> None:
    d = paar.dossier(domein=domein)
    paar.gemeente.goedgekeurd(d.toewijzing())
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    assert uit["retour"]["berichtsoort"] == {"iwmo": "WMO325", "ijw": "JW325"}[domein]
    gezien = bekijk(paar.gemeente, uit)
    assert gezien == bekijk(paar.aanbieder, uit)
    assert {naam: gezien[naam] for naam in ("domein", "gemeente", "aanbieder", "declaratienummer", "periode")} == {
        "domein": domein,
        "gemeente": paar.gemeentecode,
        "aanbieder": paar.agb,
        "declaratienummer": "D1",
        "periode": {"begin": "2026-02-01", "eind": "2026-02-28"},
    }
    assert (gezien["toestand"], gezien["ingediend"], gezien["toegekend"]) == ("beantwoord", 50_000, 50_000)
    assert (gezien["bericht"], gezien["antwoord"]) == (uit["id"], uit["retour"]["id"])
    [prestatie] = gezien["prestaties"]
    assert prestatie == {
        "referentienummer": "R1",
        "vorig_referentienummer": None,
        "toewijzingnummer": d.nummer,
        "categorie": {"iwmo": "02", "ijw": "45"}[domein],
        "code": {"iwmo": "02T01", "ijw": "45T01"}[domein],
        "productperiode": {"begin": "2026-02-01", "eind": "2026-02-28"},
        "geleverd_volume": 10,
        "eenheid": "04",
        "tarief": 5000,
        "bedrag": 50_000,
        "debet_credit": "D",
        "toestand": "toegekend",
        "retourcodes": [],
        "berekening": [],
        "declaratie": uit["id"],
    }


def test_the_answer_is_a_message_in_the_postvak(paar: Paar, d: Dossier) -> None:
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    assert ontvangen(paar.gemeente)[-1] == ("WMO323", uit["id"])
    assert ontvangen(paar.aanbieder)[-1] == ("WMO325", uit["retour"]["id"])
    bericht = antwoord_op(paar.aanbieder, uit)
    assert bericht.DeclaratieAntwoord is not None
    assert (bericht.Header.RetourCodes, bericht.DeclaratieAntwoord.RetourCodes) == (("0200",), ("8001",))
    assert (bericht.Header.Afzender, bericht.Header.Ontvanger) == (paar.gemeentecode, paar.agb)


def test_a_refused_prestatie_leaves_the_rest_standing(paar: Paar, d: Dossier) -> None:
    ander = replace(d, bsn="999900018", nummer=1003)
    paar.gemeente.goedgekeurd(ander.toewijzing())
    uit = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1", TE_VEEL), ook=[(ander, [Regel("R2")])]))
    assert (uit["oordeel"], regels(uit)) == ("deels_goedgekeurd", ["TR321"])
    gezien = bekijk(paar.aanbieder, uit)
    assert (gezien["toestand"], gezien["ingediend"], gezien["toegekend"]) == ("beantwoord", 200_000, 50_000)
    fout, goed = gezien["prestaties"]
    assert (fout["toestand"], fout["retourcodes"]) == ("afgewezen", ["9321"])
    assert fout["berekening"] == uit["bevindingen"][0]["berekening"] != []
    assert (goed["toestand"], goed["retourcodes"], goed["berekening"]) == ("toegekend", [], [])
    terug = antwoord_op(paar.aanbieder, uit).DeclaratieAntwoord
    assert terug is not None
    assert [(c.Bsn, [p.RetourCodes for p in c.Prestaties]) for c in terug.Clienten] == [(d.bsn, [("9321",)])]
    assert terug.TotaalToegekendBedrag.TotaalBedrag == 50_000


def test_a_client_that_is_not_known_loses_its_prestaties(paar: Paar, d: Dossier) -> None:
    vreemd = replace(d, bsn="999900018")
    uit = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1"), ook=[(vreemd, [Regel("R2", toewijzing=9)])]))
    assert (uit["oordeel"], regels(uit)) == ("deels_goedgekeurd", ["TR304"])
    assert [p["retourcodes"] for p in bekijk(paar.aanbieder, uit)["prestaties"]] == [[], ["8187", "0233"]]


def test_nothing_granted_is_refused_and_yet_seen_by_the_gemeente(paar: Paar, d: Dossier) -> None:
    vreemd = replace(d, bsn="999900018")
    uit = paar.aanbieder.aangenomen(declaratie(vreemd, "D1", Regel("R1", toewijzing=9)))
    assert (uit["oordeel"], regels(uit)) == ("afgekeurd", ["TR304"])
    gezien = bekijk(paar.gemeente, uit)
    assert (gezien["toestand"], gezien["toegekend"]) == ("beantwoord", 0)
    assert ("WMO323", uit["id"]) in ontvangen(paar.gemeente)
    [werk] = paar.aanbieder.json("/v1/werklijsten/afgewezen-prestaties")["items"]
    assert "is afgewezen (8187 op de cliënt)" in werk["waarom"]
    tweede = paar.aanbieder.aangenomen(declaratie(vreemd, "D1", Regel("R2", toewijzing=9)))
    assert regels(tweede) == ["TR333"]  # its number is used


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"Header/BerichtIdentificatie/Dagtekening": "2026-02-01"}, "0001"),
        ({"Header/BerichtIdentificatie/Dagtekening": "2026-03-03"}, "8848"),
        ({"Header/Ontvanger": "0001"}, "S300"),
    ],
)
def test_refused_in_the_header_it_was_not_sent(paar: Paar, d: Dossier, anders: dict[str, Any], code: str) -> None:
    uit = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1"), anders=anders))
    assert uit["oordeel"] == "afgekeurd"
    gezien = bekijk(paar.aanbieder, uit)
    assert (gezien["ingediend"], gezien["toegekend"], gezien["prestaties"]) == (50_000, 0, [])
    assert gezien["toestand"] == ("niet_verzonden" if code == "0001" else "afgekeurd")
    bericht = antwoord_op(paar.aanbieder, uit)
    assert (bericht.Header.RetourCodes, bericht.DeclaratieAntwoord) == ((code,), None)
    assert ("WMO323", uit["id"]) not in ontvangen(paar.gemeente)  # not delivered (OP286)
    weer = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))  # the same numbers once more
    assert toestanden(paar.gemeente, weer) == {"R1": "toegekend"}


def test_an_identificatie_that_was_used_before(paar: Paar, d: Dossier) -> None:
    model = declaratie(d, "D1", Regel("R1"))
    paar.aanbieder.goedgekeurd(model)
    uit = paar.aanbieder.aangenomen(model.replace(b">D1<", b">D2<").replace(b">R1<", b">R2<"))
    assert (uit["oordeel"], regels(uit)) == ("afgekeurd", ["TR056"])
    assert antwoord_op(paar.aanbieder, uit).Header.RetourCodes == ("9056",)


def test_a_number_is_used_once(paar: Paar, d: Dossier) -> None:
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", periode=JANUARI), maand=JANUARI))
    uit = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R2")))
    assert (uit["oordeel"], regels(uit)) == ("afgekeurd", ["TR333"])
    gezien = bekijk(paar.gemeente, uit)
    assert (gezien["toestand"], gezien["toegekend"], gezien["prestaties"]) == ("afgekeurd", 0, [])
    terug = antwoord_op(paar.aanbieder, uit).DeclaratieAntwoord
    assert terug is not None
    assert (terug.RetourCodes, terug.TotaalToegekendBedrag.TotaalBedrag) == (("9333",), 0)
    # refused as a whole it used up no ReferentieNummer
    paar.aanbieder.goedgekeurd(declaratie(d, "D2", Regel("R2")))


def test_a_month_before_the_last_one(paar: Paar, d: Dossier) -> None:
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    terug = declaratie(d, "D2", Regel("R2", periode=JANUARI), maand=JANUARI)
    uit = paar.aanbieder.aangenomen(terug)
    assert (uit["oordeel"], regels(uit)) == ("afgekeurd", ["TR318"])
    gezien = antwoord_op(paar.aanbieder, uit).DeclaratieAntwoord
    assert gezien is not None
    assert (gezien.RetourCodes, gezien.TotaalToegekendBedrag.TotaalBedrag) == (("8214",), 0)
    # older delivery goes into the last month, under the same numbers
    paar.aanbieder.goedgekeurd(declaratie(d, "D2", Regel("R2", periode=JANUARI)))


def test_a_refused_debet_comes_again_with_a_new_number(paar: Paar, d: Dossier) -> None:
    paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1", TE_VEEL)))
    oud = paar.aanbieder.aangenomen(declaratie(d, "D2", Regel("R1")))
    assert (oud["oordeel"], regels(oud)) == ("afgekeurd", ["TR314"])
    nieuw = paar.aanbieder.goedgekeurd(declaratie(d, "D3", Regel("R2")))
    assert toestanden(paar.gemeente, nieuw) == {"R2": "toegekend"}
    dubbel = paar.aanbieder.aangenomen(declaratie(d, "D4", Regel("R3")))
    assert regels(dubbel) == ["TR389"]


def test_credit_undoes_a_debet_once(paar: Paar, d: Dossier) -> None:
    debet = Regel("R1")
    eerste = paar.aanbieder.goedgekeurd(declaratie(d, "D1", debet))
    credit = paar.aanbieder.goedgekeurd(declaratie(d, "D2", debet.credit("R2")))
    assert bekijk(paar.gemeente, credit)["toegekend"] == -50_000
    assert toestanden(paar.gemeente, credit) == {"R2": "verwerkt"}
    assert toestanden(paar.gemeente, eerste) == {"R1": "gecrediteerd"}
    weer = paar.aanbieder.aangenomen(declaratie(d, "D3", debet.credit("R3")))
    assert (weer["oordeel"], regels(weer)) == ("afgekeurd", ["TR390"])
    assert bekijk(paar.gemeente, weer)["prestaties"][0]["retourcodes"] == ["9390"]
    paar.aanbieder.goedgekeurd(declaratie(d, "D4", Regel("R4", uren=12)))


def test_a_refused_debet_cannot_be_credited(paar: Paar, d: Dossier) -> None:
    debet = Regel("R1", TE_VEEL)
    paar.aanbieder.aangenomen(declaratie(d, "D1", debet))
    uit = paar.aanbieder.aangenomen(declaratie(d, "D2", debet.credit("R2")))
    assert [b["retourcode"] for b in uit["bevindingen"]] == ["8017"]


def test_credit_and_a_new_debet_in_one_declaratie(paar: Paar, d: Dossier) -> None:
    debet = Regel("R1")
    eerste = paar.aanbieder.goedgekeurd(declaratie(d, "D1", debet))
    beide = paar.aanbieder.goedgekeurd(declaratie(d, "D2", Regel("R3", uren=12), debet.credit("R2")))
    assert bekijk(paar.gemeente, beide)["toegekend"] == 10_000
    assert toestanden(paar.gemeente, beide) == {"R3": "toegekend", "R2": "verwerkt"}
    assert toestanden(paar.gemeente, eerste) == {"R1": "gecrediteerd"}
    van_toewijzing = paar.aanbieder.toewijzingen(toewijzingnummer=d.nummer)[0]["id"]
    items = paar.aanbieder.json(f"/v1/toewijzingen/{van_toewijzing}/prestaties")["items"]
    assert sorted(p["referentienummer"] for p in items) == ["R1", "R2", "R3"]


def test_a_toewijzing_with_granted_prestaties_stays(paar: Paar, d: Dossier) -> None:
    debet = Regel("R1")
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", debet))
    weg = VANAF | {"RedenWijziging": "13", "Einddatum": "2026-01-01", "Toewijzingstijd": "11:00:00"}
    uit = paar.gemeente.aangenomen(d.toewijzing(**weg))
    assert [b["retourcode"] for b in uit["bevindingen"]] == ["9385"]
    paar.aanbieder.goedgekeurd(declaratie(d, "D2", debet.credit("R2")))
    paar.gemeente.goedgekeurd(d.toewijzing(**weg))
    na = paar.aanbieder.aangenomen(declaratie(d, "D3", Regel("R3")))
    assert [b["retourcode"] for b in na["bevindingen"]] == ["9384"]


def test_the_same_bytes_do_nothing_again(paar: Paar, d: Dossier) -> None:
    data = declaratie(d, "D1", Regel("R1"))
    eerste, tweede = paar.aanbieder.bied_aan(data), paar.aanbieder.bied_aan(data)
    assert (eerste.status_code, tweede.status_code) == (202, 200)
    assert eerste.json() == tweede.json()
    assert len(paar.aanbieder.json("/v1/declaraties")["items"]) == 1


def test_numbers_are_unique_over_gemeenten(node: Knoop, paar: Paar, d: Dossier) -> None:
    elders = node.paar()
    daar = Dossier(elders.gemeentecode, paar.agb, bsn="999900018", nummer=5)
    elders.gemeente.goedgekeurd(daar.toewijzing())
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    zelfde = paar.aanbieder.aangenomen(declaratie(daar, "D1", Regel("R2")))
    assert [b["retourcode"] for b in zelfde["bevindingen"]] == ["9333"]
    referentie = paar.aanbieder.aangenomen(declaratie(daar, "D2", Regel("R1")))
    assert [b["retourcode"] for b in referentie["bevindingen"]] == ["8021"]
    # each law has its own numbers
    jeugd = replace(d, domein=Domein.IJW)
    paar.gemeente.goedgekeurd(jeugd.toewijzing())
    paar.aanbieder.goedgekeurd(declaratie(jeugd, "D1", Regel("R1")))
    assert len(paar.aanbieder.json("/v1/declaraties")["items"]) == 4
    assert len(elders.gemeente.json("/v1/declaraties")["items"]) == 2


def test_nobody_else_sees_it(node: Knoop, bezoeker: Paar, paar: Paar, d: Dossier) -> None:
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    for klant in (bezoeker.gemeente, bezoeker.aanbieder):
        assert klant.get(f"/v1/declaraties/{uit['id']}").status_code == 404
        assert klant.json("/v1/declaraties", aanbieder=paar.agb)["items"] == []
        assert klant.get(f"/v1/berichten/{uit['id']}/xml").status_code == 404
        assert klant.get(f"/v1/berichten/{uit['retour']['id']}/xml").status_code == 404
    assert node.klant(None).get(f"/v1/declaraties/{uit['id']}").status_code == 401
    assert paar.aanbieder.get("/v1/declaraties/geen-id").status_code == 404


def test_filters_and_cursor(paar: Paar, d: Dossier) -> None:
    goed = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", periode=JANUARI), maand=JANUARI))
    fout = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R2")))
    later = paar.aanbieder.goedgekeurd(declaratie(d, "D3", Regel("R3")))

    def ids(**vraag: Any) -> list[str]:
        return [item["id"] for item in paar.gemeente.json("/v1/declaraties", **vraag)["items"]]

    alle = [goed["id"], fout["id"], later["id"]]
    assert ids() == alle
    assert ids(declaratienummer="D1") == alle[:2]
    assert ids(toestand="beantwoord") == [alle[0], alle[2]]
    assert ids(toestand="afgekeurd") == [alle[1]]
    assert ids(maand="2026-01") == [alle[0]]
    assert ids(aanbieder=paar.agb, gemeente=paar.gemeentecode, domein="iwmo") == alle
    assert ids(domein="ijw") == ids(gemeente="9999") == ids(aanbieder="00000001") == []
    gezien: list[str] = []
    cursor: dict[str, str] = {}
    while items := (pagina := paar.gemeente.json("/v1/declaraties", limiet=2, **cursor))["items"]:
        gezien += [item["id"] for item in items]
        cursor = {"gewijzigdNa": pagina["volgende"]}
    assert gezien == alle
    laatste = paar.aanbieder.goedgekeurd(declaratie(d, "D4", Regel("R3").credit("R4")))
    assert ids(**cursor) == [laatste["id"]]
    for vraag in ({"maand": "2026-13"}, {"maand": "0000-01"}, {"toestand": "anders"}, {"gewijzigdNa": "x"}):
        assert paar.gemeente.get("/v1/declaraties", params=vraag).status_code in (400, 422)


def test_prestaties_come_in_pages(paar: Paar) -> None:
    clienten = [paar.dossier(bsn, nummer=2000 + n) for n, bsn in enumerate(islice(bsns(), 5))]
    for client in clienten:
        paar.gemeente.goedgekeurd(client.toewijzing())
    ook = [(client, [Regel(f"R{n}", TE_VEEL if n == 3 else 10)]) for n, client in enumerate(clienten[1:], start=1)]
    uit = paar.aanbieder.aangenomen(declaratie(clienten[0], "D1", Regel("R0"), ook=ook))
    gezien: list[str] = []
    na: int | None = -1
    while na is not None:
        pagina = bekijk(paar.aanbieder, uit, limiet=2, na=na)
        gezien += [p["referentienummer"] for p in pagina["prestaties"]]
        na = pagina["volgende_prestatie"]
    assert gezien == [f"R{n}" for n in range(5)]
    assert [p["referentienummer"] for p in bekijk(paar.aanbieder, uit, **FOUT)["prestaties"]] == ["R3"]
    assert bekijk(paar.aanbieder, uit, **VOL)["volgende_prestatie"] is None


@pytest.fixture(scope="module")
def zelf_node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node in which every gemeente of a test judges for itself."""
    with knoop(maak_database.gereed()) as k:
        yield k
        controleer_database(k.engine)


@pytest.fixture
def zelf(zelf_node: Knoop) -> Paar:
    """A gemeente that judges declaraties for itself, and an aanbieder."""
    paar = zelf_node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(**VANAF))
    zet_beoordeling(zelf_node.engine, paar.gemeentecode, Beoordelaar.PARTIJ)
    zelf_node.binnen.register.kijk()
    return paar


def voorlopig(klant: Klant, data: bytes) -> dict[str, Any]:
    """Send a 323 that waits for its 325."""
    uit = klant.aangenomen(data)
    assert (uit["oordeel"], uit["retour"]) == ("voorlopig", None)
    return uit


def test_a_gemeente_that_judges_for_itself_grants(zelf: Paar) -> None:
    data = declaratie(zelf.dossier(), "D1", Regel("R1"))
    uit = voorlopig(zelf.aanbieder, data)
    gezien = bekijk(zelf.aanbieder, uit)
    assert (gezien["toestand"], gezien["toegekend"], gezien["antwoord"]) == ("verzonden", None, None)
    assert toestanden(zelf.gemeente, uit) == {"R1": "ingediend"}
    assert ontvangen(zelf.gemeente)[-1] == ("WMO323", uit["id"])
    retour = zelf.gemeente.goedgekeurd(antwoord(data))
    gezien = bekijk(zelf.aanbieder, uit)
    assert (gezien["toestand"], gezien["toegekend"], gezien["antwoord"]) == ("beantwoord", 50_000, retour["id"])
    assert toestanden(zelf.gemeente, uit) == {"R1": "toegekend"}
    assert ontvangen(zelf.aanbieder)[-1] == ("WMO325", retour["id"])
    na = zelf.aanbieder.json(f"/v1/berichten/{uit['id']}")
    assert (na["oordeel"], na["retour"]) == ("goedgekeurd", {"id": retour["id"], "berichtsoort": "WMO325"})
    nog_een = zelf.gemeente.bied_aan(antwoord(data))
    assert (nog_een.status_code, nog_een.json()["type"].rpartition(":")[2]) == (409, "retour-bestaat-al")


def test_its_325_may_refuse_in_part(zelf: Paar) -> None:
    d = zelf.dossier()
    data = declaratie(d, "D1", Regel("R1"), Regel("R2", periode=JANUARI))
    uit = voorlopig(zelf.aanbieder, data)
    zelf.gemeente.goedgekeurd(antwoord(data, {"R2": "9346"}))
    assert toestanden(zelf.aanbieder, uit) == {"R1": "toegekend", "R2": "afgewezen"}
    assert bekijk(zelf.aanbieder, uit)["prestaties"][1]["retourcodes"] == ["9346"]
    assert bekijk(zelf.aanbieder, uit)["toegekend"] == 50_000
    assert zelf.aanbieder.json(f"/v1/berichten/{uit['id']}")["oordeel"] == "deels_goedgekeurd"


@pytest.mark.parametrize(
    ("op_client", "zin"), [("8187", "8187 op de cliënt"), ("0200", "0233, zonder code die zegt waarom")]
)
def test_a_prestatie_that_was_not_judged_says_why_as_far_as_its_325_does(zelf: Paar, op_client: str, zin: str) -> None:
    d = zelf.dossier()
    data = declaratie(d, "D1", Regel("R1"))
    voorlopig(zelf.aanbieder, data)
    zelf.gemeente.goedgekeurd(antwoord(data, {"R1": "0233"}, clienten={d.bsn: op_client}))
    [rij] = zelf.aanbieder.json("/v1/werklijsten/afgewezen-prestaties")["items"]
    assert f"is afgewezen ({zin})" in rij["waarom"]


@pytest.mark.parametrize(
    ("hoe", "toestand"),
    [({"kop": "0001"}, "niet_verzonden"), ({"kop": "9056"}, "afgekeurd"), ({"geheel": "9333"}, "afgekeurd")],
)
def test_its_325_may_refuse_the_whole(zelf: Paar, hoe: dict[str, str], toestand: str) -> None:
    data = declaratie(zelf.dossier(), "D1", Regel("R1"))
    uit = voorlopig(zelf.aanbieder, data)
    zelf.gemeente.goedgekeurd(antwoord(data, **hoe))  # type: ignore[arg-type]
    gezien = bekijk(zelf.aanbieder, uit)
    assert (gezien["toestand"], gezien["toegekend"], gezien["prestaties"]) == (toestand, 0, [])
    assert zelf.aanbieder.json(f"/v1/berichten/{uit['id']}")["oordeel"] == "afgekeurd"


def test_a_325_with_a_fault_settles_nothing(zelf: Paar) -> None:
    data = declaratie(zelf.dossier(), "D1", Regel("R1"))
    uit = voorlopig(zelf.aanbieder, data)
    fout = zelf.gemeente.aangenomen(antwoord(data, anders={"DeclaratieNummer": "D9"}))
    assert (fout["oordeel"], regels(fout), fout["retour"]) == ("afgekeurd", ["TR376"], None)
    assert zelf.aanbieder.json(f"/v1/berichten/{fout['id']}") == zelf.gemeente.json(f"/v1/berichten/{fout['id']}")
    assert ("WMO325", fout["id"]) not in ontvangen(zelf.aanbieder)
    assert toestanden(zelf.aanbieder, uit) == {"R1": "ingediend"}
    zelf.gemeente.goedgekeurd(antwoord(data))
    assert toestanden(zelf.aanbieder, uit) == {"R1": "toegekend"}


def test_a_325_on_the_323_of_another(zelf_node: Knoop, zelf: Paar) -> None:
    data = declaratie(zelf.dossier(), "D1", Regel("R1"))
    uit = voorlopig(zelf.aanbieder, data)
    ander = zelf_node.paar()
    # to the aanbieder whose 323 it was, from a gemeente that never had it
    vreemd = antwoord(data).replace(
        f":Afzender>{zelf.gemeentecode}<".encode(), f":Afzender>{ander.gemeentecode}<".encode()
    )
    fout = ander.gemeente.aangenomen(vreemd)
    assert (fout["oordeel"], regels(fout)) == ("afgekeurd", ["TR337"])
    assert toestanden(zelf.aanbieder, uit) == {"R1": "ingediend"}
    assert zelf.aanbieder.bied_aan(antwoord(data)).status_code == 403


def test_a_325_of_a_gemeente_that_does_not_judge_for_itself(paar: Paar, d: Dossier) -> None:
    data = declaratie(d, "D1", Regel("R1"))
    paar.aanbieder.goedgekeurd(data)
    assert paar.gemeente.bied_aan(antwoord(data)).status_code == 409


def test_credit_waits_for_the_answer(zelf: Paar) -> None:
    d, debet = zelf.dossier(), Regel("R1")
    eerste = declaratie(d, "D1", debet)
    uit = voorlopig(zelf.aanbieder, eerste)
    te_vroeg = declaratie(d, "D2", debet.credit("R2"))
    vroeg = voorlopig(zelf.aanbieder, te_vroeg)
    assert [b["retourcode"] for b in vroeg["bevindingen"]] == ["8017"]
    zelf.gemeente.goedgekeurd(antwoord(te_vroeg, {"R2": "8017"}))
    zelf.gemeente.goedgekeurd(antwoord(eerste))
    assert toestanden(zelf.aanbieder, uit) == {"R1": "toegekend"}
    credit = declaratie(d, "D3", debet.credit("R3"))
    assert voorlopig(zelf.aanbieder, credit)["bevindingen"] == []
    assert toestanden(zelf.aanbieder, uit) == {"R1": "toegekend"}
    zelf.gemeente.goedgekeurd(antwoord(credit))
    assert toestanden(zelf.aanbieder, uit) == {"R1": "gecrediteerd"}


def test_one_of_two_processes_gets_the_number(postgresql: MaakDatabase) -> None:
    """To two gemeenten at the same moment, on two processes: one DeclaratieNummer and one ReferentieNummer."""
    url = postgresql()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, 2)
    agb, keren, samen = "98000000", 8, threading.Barrier(2)
    dossiers = [Dossier(gemeente, agb) for gemeente in gemeenten()[:2]]
    with adres(url) as een, adres(url) as twee, ThreadPoolExecutor(2) as pool:
        een.start()
        twee.start()

        def stuur(adres_: str, van: str, data: bytes) -> dict[str, Any]:
            headers = XML | KLOK | {"Authorization": f"Bearer {tokens[van]}"}
            antwoord = httpx.post(f"{adres_}/v1/berichten", content=data, headers=headers, timeout=60)
            assert antwoord.status_code == 202, antwoord.text
            uit: dict[str, Any] = antwoord.json()
            return uit

        def declareer(kant: int) -> list[list[str]]:
            d, waar = dossiers[kant], (een.url, twee.url)[kant]
            stuur(waar, d.gemeente, d.toewijzing())
            codes = []
            for keer in range(keren):
                data = declaratie(d, f"D{keer}", Regel(f"R{keer}", TE_VEEL))  # refused, so that the next is not TR389
                samen.wait()
                codes.append(regels(stuur(waar, agb, data)))
            return codes

        for beide in zip(*pool.map(declareer, range(2)), strict=True):
            assert sorted(beide) == [["TR321"], ["TR333"]]
    controleer_database(engine)
    engine.dispose()
