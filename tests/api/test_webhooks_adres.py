"""A webhook leads to no address of ours: when it is made, and at each call again. Nothing here goes further than this machine."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import Knoop, Paar, knoop
from tests.ontvanger import ontvanger

W = "/v1/webhooks"


@pytest.fixture(scope="module")
def node(sqlite: MaakDatabase) -> Iterator[Knoop]:
    with knoop(sqlite.gereed()) as k:
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


@contextmanager
def _leidt_naar(node: Knoop, *adressen: str) -> Iterator[None]:
    """Meanwhile every name leads to these addresses."""

    async def naslag(_naam: str, _poort: int) -> Sequence[str]:
        return adressen

    wacht = node.binnen.webhooks.wacht
    eerder, wacht.naslag = wacht.naslag, naslag
    yield
    wacht.naslag = eerder


@contextmanager
def _oor() -> Iterator[socket.socket]:
    """A port of this machine at which one hears whether anyone comes."""
    with socket.create_server(("127.0.0.1", 0)) as contact:
        contact.setblocking(False)
        yield contact
        with pytest.raises(BlockingIOError):
            contact.accept()


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "https://0.0.0.0/x",
        "http://93.184.216.34/x",
        "ftp://93.184.216.34/x",
        "file:///etc/passwd",
        "https://wie:wachtwoord@93.184.216.34/x",
    ],
)
def test_when_it_is_made(paar: Paar, url: str) -> None:
    antwoord = paar.aanbieder.post(W, json={"url": url, "soorten": ["bericht.ontvangen"]})
    assert (antwoord.status_code, antwoord.json()["type"]) == (400, "urn:berichtenverkeer:probleem:webhook-adres")
    assert paar.aanbieder.json(W)["items"] == []


@pytest.mark.parametrize("adres", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"])
def test_a_name_that_leads_there(node: Knoop, paar: Paar, adres: str) -> None:
    vraag = {"url": "https://ontvanger.example/x", "soorten": ["bericht.ontvangen"]}
    with _leidt_naar(node, "93.184.216.34", adres):
        assert paar.aanbieder.post(W, json=vraag).status_code == 400


def test_a_name_that_leads_there_later(node: Knoop, paar: Paar) -> None:
    """A test call and a real one: nobody comes at our door."""
    with _oor() as oor:
        url = f"https://ontvanger.example:{oor.getsockname()[1]}/x"
        with _leidt_naar(node, "93.184.216.34"):
            gemaakt = paar.aanbieder.post(W, json={"url": url, "soorten": ["bericht.ontvangen"]})
            assert gemaakt.status_code == 201, gemaakt.text
            pad = f"{W}/{gemaakt.json()['id']}"
        with _leidt_naar(node, "127.0.0.1"):
            proef = paar.aanbieder.post(f"{pad}/test").json()
            assert (proef["gelukt"], proef["status"]) == (False, None)
            assert "niet openbaar" in proef["reden"]
            paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
            node.binnen.webhooks.wek()
            wacht_tot(lambda: paar.aanbieder.json(f"{pad}/notificaties")["items"])
            [item] = paar.aanbieder.json(f"{pad}/notificaties")["items"]
            assert "niet openbaar" in item["reden"]
            assert paar.aanbieder.delete(pad).status_code == 204


def test_a_redirect_there(sqlite: MaakDatabase) -> None:
    """Of a receiver that may be called: where it points is not called, allowed or not."""
    with knoop(sqlite.gereed(), webhook_netwerken="127.0.0.1/32") as k, ontvanger() as daar, _oor() as oor:
        daar.antwoord = lambda _: (307, {"Location": f"http://127.0.0.1:{oor.getsockname()[1]}/"})
        paar = k.paar()
        gemaakt = paar.aanbieder.post(W, json={"url": daar.url, "soorten": ["bericht.ontvangen"]}).json()
        proef = paar.aanbieder.post(f"{W}/{gemaakt['id']}/test").json()
        assert (proef["gelukt"], proef["status"]) == (False, 307)
