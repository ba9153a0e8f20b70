"""The postvak: polling with a cursor, waiting for what comes, and acknowledging."""

import hashlib
import threading
import time

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU, Klant, Knoop, Paar

from berichtenverkeer.inname.aanname import neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.standaard.xml import MAX_BYTES

PAD = "/v1/postvak/berichten"


def _alles(klant: Klant, limit: int) -> list[int]:
    """The numbers of all messages, page by page."""
    nummers: list[int] = []
    na = None
    while items := (pagina := klant.json(PAD, limit=limit, **({"na": na} if na else {})))["items"]:
        assert len(items) <= limit
        nummers += [item["volgnummer"] for item in items]
        na = pagina["volgende"]
    assert pagina["volgende"] == (na or "0")
    return nummers


def test_an_approved_message_lies_ready_with_its_retour(paar: Paar) -> None:
    data = paar.dossier().toewijzing()
    uit = paar.gemeente.goedgekeurd(data)
    [heen] = paar.aanbieder.postvak()
    [retour] = paar.gemeente.postvak()
    assert heen["volgnummer"] + 1 == retour["volgnummer"]
    assert heen["status"] == "WordtAangeboden"
    assert heen["basisgegevens"]["ontvangenOp"] == paar.aanbieder.json(f"/v1/berichten/{uit['id']}")["ontvangen_op"]
    assert heen["basisgegevens"]["payload"] == {
        "url": f"{str(paar.aanbieder.base_url).rstrip('/')}/v1/berichten/{uit['id']}/xml",
        "grootte": len(data),
        "checksum": {"algoritme": "SHA256", "waarde": hashlib.sha256(data).hexdigest()},
    }
    assert paar.aanbieder.get(heen["basisgegevens"]["payload"]["url"]).content == data
    assert heen["routeringgegevens"] == {
        "afzender": {"rol": "Gemeente", "code": paar.gemeentecode},
        "geadresseerden": [{"rol": "Instelling", "code": paar.agb}],
        "berichtstroom": {
            "berichttype": "WMO", "berichtsubtype": "WMO301", "berichtversie": 3, "berichtsubversie": 2,
            "actie": "Toewijzing",
        },
    }  # fmt: skip
    assert heen["referentiegegevens"] == {"conversatieId": uit["id"], "traceerId": uit["id"]}
    assert retour["referentiegegevens"] == {
        "conversatieId": uit["id"], "traceerId": uit["retour"]["id"], "alsAntwoordOp": uit["id"],
    }  # fmt: skip
    assert retour["routeringgegevens"]["afzender"] == {"rol": "Instelling", "code": paar.agb}


def test_a_rejected_message_is_not_delivered_its_retour_is(paar: Paar) -> None:
    uit = paar.aanbieder.aangenomen(paar.dossier().start())
    assert uit["oordeel"] == "afgekeurd"
    assert paar.gemeente.postvak() == []
    [retour] = paar.aanbieder.postvak()
    assert retour["referentiegegevens"]["traceerId"] == uit["retour"]["id"]


def test_fetching_takes_nothing_away(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    assert paar.aanbieder.postvak() == paar.aanbieder.postvak() != []


@pytest.mark.parametrize("limit", [1, 2, 250])
def test_pages(paar: Paar, limit: int) -> None:
    d = paar.dossier()
    for data in (d.toewijzing(), d.toewijzing(), d.toewijzing()):
        paar.gemeente.goedgekeurd(data)
    nummers = _alles(paar.aanbieder, limit)
    assert len(nummers) == 3
    assert nummers == sorted(nummers)
    assert _alles(paar.gemeente, limit) == [nummer + 1 for nummer in nummers]


def test_acknowledging(paar: Paar) -> None:
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    plek = f"{PAD}/{uit['id']}/bevestigd"
    for _ in range(2):
        antwoord = paar.aanbieder.post(plek)
        assert (antwoord.status_code, antwoord.json()) == (200, {"traceerId": uit["id"], "status": "Bezorgd"})
    [item] = paar.aanbieder.postvak()
    assert item["status"] == "Bezorgd"
    assert paar.gemeente.postvak()[0]["status"] == "WordtAangeboden"


def test_only_what_lies_in_ones_own_postvak_can_be_acknowledged(node: Knoop, paar: Paar) -> None:
    goed = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    afgekeurd = paar.aanbieder.aangenomen(paar.dossier("999900018").start())
    for klant, id_ in (
        (paar.gemeente, goed["id"]),
        (paar.aanbieder, goed["retour"]["id"]),
        (node.paar().aanbieder, goed["id"]),
        (paar.gemeente, afgekeurd["id"]),
        (paar.gemeente, "00000000-0000-4000-8000-000000000000"),
        (paar.gemeente, "%00"),
    ):
        assert klant.post(f"{PAD}/{id_}/bevestigd").status_code == 404
    assert {item["status"] for item in paar.aanbieder.postvak() + paar.gemeente.postvak()} == {"WordtAangeboden"}


@pytest.mark.parametrize("na", ["x", "-1", "1.0", " 1", "1" * 19, "٣", "1e3", "0x1", "1&", "null"])
def test_a_cursor_that_is_none(bezoeker: Paar, na: str) -> None:
    antwoord = bezoeker.gemeente.get(PAD, params={"na": na})
    assert antwoord.status_code == 400
    assert antwoord.json()["type"].endswith("cursor-onjuist")


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [("limit=0", "limit"), ("limit=251", "limit"), ("limit=x", "limit"), ("wacht=-1", "wacht"), ("wacht=nan", "wacht"), ("wacht=", "wacht")],
)  # fmt: skip
def test_what_cannot_be_asked(bezoeker: Paar, vraag: str, naam: str) -> None:
    antwoord = bezoeker.gemeente.get(f"{PAD}?{vraag}")
    assert antwoord.status_code == 400
    assert naam in antwoord.json()["detail"]


def _wacht(klant: Klant) -> tuple[threading.Thread, list[str]]:
    """Someone who waits longer than a test may last; the ids of what came in the end."""
    ids: list[str] = []

    def wacht() -> None:
        ids.extend(item["referentiegegevens"]["traceerId"] for item in klant.postvak(wacht=50))

    draad = threading.Thread(target=wacht)
    draad.start()
    time.sleep(0.2)  # usually it waits by now; the tests hold either way
    return draad, ids


def test_waiting_ends_when_a_message_comes(paar: Paar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichtenverkeer.api.postvak._KIJK_ELKE", 1000.0)
    draad, ids = _wacht(paar.aanbieder)
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    draad.join(30)
    assert ids == [uit["id"]]


def test_waiting_ends_when_another_process_takes_a_message_in(
    node: Knoop, paar: Paar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichtenverkeer.api.postvak._KIJK_ELKE", 0.05)
    draad, ids = _wacht(paar.aanbieder)
    data = paar.dossier().toewijzing()
    binnen = node.binnen
    gemeente = binnen.register.partij(paar.gemeentecode)
    assert gemeente is not None
    aangeboden = neem_aan(data, gemeente, binnen.register, binnen.contracten.contract, SCHEMAS, NU, MAX_BYTES)
    with schrijvend(node.engine) as verbinding:
        verwerk(verbinding, [aangeboden], SCHEMAS)
    draad.join(30)
    assert ids == [aangeboden.id]


def test_waiting_in_vain_gives_an_empty_page_and_the_same_cursor(paar: Paar) -> None:
    assert paar.aanbieder.json(PAD, wacht=0.05) == {"items": [], "volgende": "0"}
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    volgende = paar.aanbieder.json(PAD, wacht=50)["volgende"]
    assert paar.aanbieder.json(PAD, na=volgende, wacht=0.05) == {"items": [], "volgende": volgende}


def test_many_wait_at_once(node: Knoop) -> None:
    """More than the thread pool and the connections of the database together."""
    paren = [node.paar() for _ in range(45)]
    klaar: list[int] = []

    def wacht(paar: Paar) -> None:
        klaar.append(len(paar.aanbieder.json(PAD, wacht=50)["items"]))

    draden = [threading.Thread(target=wacht, args=(paar,)) for paar in paren]
    for draad in draden:
        draad.start()
    for paar in paren:
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    for draad in draden:
        draad.join(45)
    assert klaar == [1] * 45
