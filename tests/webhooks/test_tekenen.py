"""What goes over the wire is verified by the libraries of Standard Webhooks, that in Python and that in JavaScript."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.gereedschap import npm_map
from tests.knoop import NU

from berichtenverkeer.opslag.berichten.notificaties import Notificatie, over_bericht, over_zending
from berichtenverkeer.webhooks.beheer import maak_geheim
from berichtenverkeer.webhooks.soorten import SOORTEN
from berichtenverkeer.webhooks.tekenen import cloudevent, koppen

ID = "c0a7f4f2-3f2d-5a39-8f7e-2b8c7a1d9e64"
EEN = over_bericht("ontvangen", ID, NU)
BRON = "urn:nld:oin:00000001234567890000:systeem:berichtenverkeer"
OUD, NIEUW = maak_geheim(lambda aantal: b"a" * aantal), maak_geheim(lambda aantal: b"b" * aantal)


def _nu() -> datetime:
    return datetime.now(UTC)  # the libraries go by the clock of the machine


@given(st.sampled_from([*SOORTEN, "webhook.proef"]), st.uuids(), st.datetimes(), st.binary(min_size=32, max_size=32))
def test_whatever_is_told_is_verified(soort: str, onderwerp: object, moment: datetime, sleutel: bytes) -> None:
    een = Notificatie(str(onderwerp), soort, str(onderwerp), None, moment.replace(tzinfo=UTC))
    data, geheim = cloudevent(een, BRON), maak_geheim(lambda _: sleutel)
    inhoud = Webhook(geheim).verify(data, koppen(een.id, data, [geheim], _nu()))
    assert (inhoud["subject"], inhoud["type"]) == (een.onderwerp, f"nl.berichtenverkeer.{soort}.v1")
    assert inhoud["time"].endswith("Z")


def test_a_cloudevent_is_the_same_each_time_and_thin() -> None:
    assert json.loads(cloudevent(EEN, BRON)) == {
        "specversion": "1.0",
        "id": EEN.id,
        "source": BRON,
        "type": "nl.berichtenverkeer.bericht.ontvangen.v1",
        "subject": ID,
        "time": "2026-03-02T11:00:00Z",
        "dataref": f"/v1/berichten/{ID}",
    }
    assert cloudevent(EEN, BRON) == cloudevent(replace(EEN), BRON)
    assert over_bericht("ontvangen", ID, NU + timedelta(hours=1)).id == EEN.id
    assert over_bericht("bezorgd", ID, NU).id != EEN.id


@pytest.mark.parametrize("nummer", ["999900006", "Jansen", "x" * 40, ""])
def test_a_number_of_a_sender_that_may_be_free_text_is_not_told(nummer: str) -> None:
    een = over_zending("ontvangen", "0855", nummer, NU)
    assert nummer == "" or nummer.encode() not in cloudevent(een, BRON)
    assert een.onderwerp == over_zending("ontvangen", "0855", nummer, NU).onderwerp
    assert over_zending("ontvangen", "0855", ID, NU).onderwerp == ID


Controle = Callable[[str, dict[str, str], bytes], Any]
"""Verifies a call with a secret: the body, or None."""


def _python(geheim: str, kop: dict[str, str], data: bytes) -> Any:
    try:
        return Webhook(geheim).verify(data, kop)
    except WebhookVerificationError:
        return None


@pytest.fixture(scope="module")
def javascript() -> Controle:
    map_ = npm_map()

    def controleer(geheim: str, kop: dict[str, str], data: bytes) -> Any:
        invoer = json.dumps({"geheim": geheim, "koppen": kop, "inhoud": data.decode()})
        uit = subprocess.run(
            ["node", "verifieer.js"], cwd=map_, input=invoer, capture_output=True, text=True, check=True
        )
        return json.loads(uit.stdout).get("goed")

    return controleer


@pytest.fixture(params=["python", "javascript"])
def controle(request: pytest.FixtureRequest) -> Controle:
    """Both libraries in turn."""
    if request.param == "python":
        return _python
    controle: Controle = request.getfixturevalue("javascript")
    return controle


def test_a_call_is_verified(controle: Controle) -> None:
    data = cloudevent(EEN, BRON)
    assert controle(NIEUW, koppen(EEN.id, data, [NIEUW], _nu()), data) == json.loads(data)


def test_while_a_secret_is_replaced_either_is_good(controle: Controle) -> None:
    data = cloudevent(EEN, BRON)
    kop = koppen(EEN.id, data, [NIEUW, OUD], _nu())
    assert [controle(geheim, kop, data) for geheim in (NIEUW, OUD)] == [json.loads(data)] * 2


@pytest.mark.parametrize("wat", ["inhoud", "id", "geheim", "oud"])
def test_what_is_not_ours_is_not_good(controle: Controle, wat: str) -> None:
    data = cloudevent(EEN, BRON)
    kop = koppen(EEN.id, data, [NIEUW], _nu() - timedelta(minutes=6 if wat == "oud" else 0))
    if wat == "inhoud":
        data = data.replace(b"ontvangen", b"bezorgd")
    if wat == "id":
        kop["webhook-id"] = ID
    assert controle(OUD if wat == "geheim" else NIEUW, kop, data) is None


def test_the_lock_names_no_place_to_download_from() -> None:
    pakketten = json.loads((npm_map() / "package-lock.json").read_text())["packages"]
    for naam, pakket in pakketten.items():
        assert not naam or ("resolved" not in pakket and pakket["integrity"].startswith("sha512-"))
