"""Webhooks on the command line, at a node over real HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.berichten import Dossier, gemeenten
from tests.cli.aanmelden import draai, meld_aan
from tests.eindpunt import wacht_tot
from tests.knoop import Knoop, knoop
from tests.ontvanger import GOED, ontvanger

D = Dossier(gemeenten()[0], "98000000")


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Knoop]:
    """A node that may call this machine."""
    with knoop(f"sqlite:///{tmp_path / 'proef.db'}", webhook_netwerken="127.0.0.1/32") as k:
        yield k


def test_a_webhook_from_add_to_verwijder(k: Knoop) -> None:
    meld_aan(k, D.aanbieder)
    assert "geen webhooks" in draai("webhook", "list").stdout
    with ontvanger() as daar:
        id_, geheim = draai("webhook", "add", daar.url, "--soort", "bericht.ontvangen").stdout.split()
        assert draai("webhook", "test", id_).exit_code == 0
        assert daar.gekregen[-1].klopt(geheim)
        _, nieuw = draai("webhook", "roteer", id_, "--overlap-uren", "1").stdout.split()
        draai("webhook", "test", id_)
        assert (daar.gekregen[-1].klopt(geheim), daar.gekregen[-1].klopt(nieuw)) == (True, True)
        assert "gepauzeerd" in draai("webhook", "pauzeer", id_).stdout
        assert [w in draai("webhook", "list").stdout for w in (id_, "gepauzeerd", daar.url)] == [True] * 3
        daar.antwoord = lambda _: (500, {})
        k.klant(D.gemeente).goedgekeurd(D.toewijzing())
        assert "niets mislukt" in draai("webhook", "mislukt", id_).stdout
        assert "actief" in draai("webhook", "hervat", id_).stdout
        wacht_tot(lambda: "HTTP 500" in draai("webhook", "mislukt", id_).stdout)
        [item] = [json.loads(regel) for regel in draai("webhook", "mislukt", id_, "--json").stdout.splitlines()]
        assert item["soort"] == "bericht.ontvangen"
        uit = draai("webhook", "test", id_)
        assert (uit.exit_code, "HTTP 500" in uit.stdout) == (1, True)
        daar.antwoord = lambda _: GOED
        assert "1 notificatie." in draai("webhook", "opnieuw", id_).stdout
        wacht_tot(lambda: "niets mislukt" in draai("webhook", "mislukt", id_).stdout)
        assert id_ in draai("webhook", "verwijder", id_).stdout
    assert draai("webhook", "list", "--json").stdout == ""


def test_what_is_refused_is_told(k: Knoop) -> None:
    meld_aan(k, D.aanbieder)
    for argumenten, tekst in (
        (("add", "https://10.0.0.1/x"), "niet openbaar"),
        (("test", "0f8b6c52-6d2e-4c35-9d0c-0c2b6c8f5a10"), "niet gevonden"),
    ):
        uit = draai("webhook", *argumenten)
        assert (uit.exit_code, tekst in uit.output) == (2, True), uit.output
