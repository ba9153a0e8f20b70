"""Senders that go on until they hear 2xx, whatever happens to the node: messages, exports, and a webhook that must hear of all."""

import itertools
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from tests.berichten import Dossier, gemeenten
from tests.ontvanger import Ontvanger
from tests.proces import KLOK

BSNS = ("999900006", "999990482", "999999990")
PAREN = 8
_ZENDERS = 6
_VAAK = 0.1
"""How often a message that was taken in is offered again."""


class Opgegeven(Exception):
    """A sender stops: what it sent is refused, or the node is given up."""


@dataclass
class Belasting:
    """What was sent to the node at this address, and what it answered."""

    url: str
    tokens: dict[str, str]
    bevestigd: dict[str, int] = field(default_factory=dict)
    """The id of each message that got 2xx, and how often it was offered."""

    exports: list[tuple[str, str]] = field(default_factory=list)
    """The party and the id of each export that was promised."""

    anders: list[str] = field(default_factory=list)
    """What no sender may hear: a refusal of what is sound, or an error of the node."""

    pogingen: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _bevroren: threading.Event = field(default_factory=threading.Event)
    _opgegeven: threading.Event = field(default_factory=threading.Event)
    _nummers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _slot: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def bezig(self) -> Iterator[None]:
        """While this lasts, there are senders; each finishes what it began."""
        draden = [threading.Thread(target=self._zend, args=(zaad,)) for zaad in range(_ZENDERS)]
        draden.append(threading.Thread(target=self._exporteer))
        for draad in draden:
            draad.start()
        try:
            yield
        except BaseException:
            self._opgegeven.set()
            raise
        finally:
            self._stop.set()
            for draad in draden:
                draad.join()
            self._stop.clear()

    def klant(self, code: str) -> httpx.Client:
        """Who calls for a party."""
        koppen = {**KLOK, "Authorization": f"Bearer {self.tokens[code]}"}
        return httpx.Client(base_url=self.url, headers=koppen, timeout=30, verify=False)

    def hoort(self, code: str, daar: Ontvanger) -> None:
        """Register a webhook for a party."""
        with self.klant(code) as klant:
            uit = klant.post("/v1/webhooks", json={"url": daar.url, "soorten": ["bericht.ontvangen"]})
            uit.raise_for_status()

    @contextmanager
    def bevroren(self) -> Iterator[None]:
        """While this lasts all functies may be frozen: a sender then waits, and offers the same again."""
        self._bevroren.set()
        try:
            yield
        finally:
            self._bevroren.clear()

    def vraag_export(self) -> None:
        """Ask for an export."""
        code = gemeenten()[len(self.exports) % PAREN]
        try:
            with self.klant(code) as klant:
                antwoord = klant.post("/v1/exports", json={"wat": "toewijzingen", "vorm": "ndjson"})
        except httpx.TransportError:
            return
        if antwoord.is_success:
            self.exports.append((code, antwoord.json()["id"]))
        elif antwoord.status_code not in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS):
            self.anders.append(f"export: {antwoord.status_code} {antwoord.text[:200]}")

    def _zend(self, zaad: int) -> None:
        toeval = random.Random(zaad)
        while not self._stop.is_set():
            with self._slot:
                nummer = next(self._nummers)
            paar, bsn = nummer % PAREN, BSNS[nummer // PAREN % len(BSNS)]
            gemeente = gemeenten()[paar]
            data = Dossier(gemeente, str(98_000_000 + paar), bsn, nummer=nummer).toewijzing()
            for _ in range(2 if toeval.random() < _VAAK else 1):
                try:
                    antwoord = self._tot_het_er_is(gemeente, data)
                except Opgegeven:
                    return
                id_ = antwoord.json()["id"]
                with self._slot:
                    self.bevestigd[id_] = self.bevestigd.get(id_, 0) + 1

    def _tot_het_er_is(self, code: str, data: bytes) -> httpx.Response:
        while not self._opgegeven.is_set():
            with self._slot:
                self.pogingen += 1
            bevroren = self._bevroren.is_set()
            try:
                with self.klant(code) as klant:
                    antwoord = klant.post("/v1/berichten", content=data, headers={"Content-Type": "application/xml"})
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if antwoord.is_success:
                return antwoord
            wacht = bevroren and "bevroren" in antwoord.text
            if antwoord.status_code != httpx.codes.SERVICE_UNAVAILABLE and not wacht:
                self.anders.append(f"{antwoord.status_code} {antwoord.text[:200]}")
                break
            time.sleep(0.1)
        raise Opgegeven

    def _exporteer(self) -> None:
        while not self._stop.wait(1):
            self.vraag_export()
