"""Large bodies come in a few at a time and of one party not all of them, and no body comes in further than its bound."""

import asyncio
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message
from tests.conftest import MaakDatabase
from tests.knoop import knoop

from berichtenverkeer.api.antwoord.problemen import Probleem
from berichtenverkeer.api.rondom.toestroom import GROOT, Lichaam, Toestroom

DEEL = 300_000
GROOT_LICHAAM = 3_000_000
GRENS = 12 * DEEL


class Proef:
    """Senders and what becomes of their bodies: how many large ones there are at once, in all and of one party."""

    def __init__(self, plekken: int, geduld: float = 60.0) -> None:
        self.toestroom = Toestroom(plekken, geduld)
        self.nu: Counter[str] = Counter()
        self.meest = self.meest_van_een = 0
        self.gelezen: dict[int, int] = {}

    async def stuur(self, wie: int, delen: int, partij: str = "een") -> None:
        """One body of so many parts."""
        over = delen

        async def receive() -> Message:
            nonlocal over
            await asyncio.sleep(0)
            over -= 1
            return {"type": "http.request", "body": b"x" * DEEL, "more_body": over > 0}

        lichaam, meer, gelezen, geteld = Lichaam(receive, GRENS, self.toestroom, partij), True, 0, False
        try:
            while meer:
                bericht = await lichaam()
                gelezen, meer = gelezen + len(bericht["body"]), bericht["more_body"]
                if gelezen > GROOT + DEEL and not geteld:
                    geteld = True
                    self.nu[partij] += 1
                    self.meest = max(self.meest, self.nu.total())
                    self.meest_van_een = max(self.meest_van_een, *self.nu.values())
            self.gelezen[wie] = gelezen
        finally:
            self.nu[partij] -= geteld
            lichaam.klaar()


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from("abc")), max_size=12), st.integers(1, 5))
def test_no_more_than_the_places_at_once_and_everything_is_read(delen: list[tuple[int, str]], plekken: int) -> None:
    proef = Proef(plekken)

    async def allen() -> None:
        await asyncio.gather(*(proef.stuur(wie, aantal, partij) for wie, (aantal, partij) in enumerate(delen)))

    asyncio.run(allen())
    assert proef.meest <= plekken
    assert proef.meest_van_een <= max(plekken // 2, 1)
    assert proef.gelezen == {wie: aantal * DEEL for wie, (aantal, _) in enumerate(delen)}


def test_who_waits_too_long_for_a_place_hears_so() -> None:
    proef = Proef(2, geduld=0.01)

    async def allen() -> None:
        bezet = await proef.toestroom.neem("een")
        await proef.stuur(0, 12, "ander")
        with pytest.raises(Probleem) as fout:
            await proef.stuur(1, 12, "een")
        assert (fout.value.status, "Retry-After" in (fout.value.headers or {})) == (503, True)
        proef.toestroom.geef(bezet)
        await proef.stuur(2, 12, "een")

    asyncio.run(allen())
    assert proef.gelezen.keys() == {0, 2}


@given(st.integers(1, 100))
def test_of_a_body_that_is_too_large_a_part_is_read_and_nothing_given_on(delen: int) -> None:
    proef = Proef(1)
    if delen <= GRENS // DEEL:
        asyncio.run(proef.stuur(0, delen))
        return
    with pytest.raises(Probleem) as fout:
        asyncio.run(proef.stuur(0, delen))
    assert fout.value.status == 413
    assert proef.gelezen == {}


@pytest.mark.parametrize("pad", ["/v1/berichten", "/ggk/ws/OntvangAsynchroon"])
def test_over_http_a_large_body_that_hangs_keeps_no_small_one_waiting_and_all_are_answered(
    maak_database: MaakDatabase, pad: str
) -> None:
    with knoop(maak_database.gereed(), grote_lichamen=1) as k, ThreadPoolExecutor(1) as draad:
        paar = k.paar()
        waar = urlsplit(k.url)
        token = paar.gemeente.headers["Authorization"]
        kop = f"POST {pad} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nContent-Type: text/xml\r\n"
        inhoud, soort = b"x" * GROOT_LICHAAM, {"Content-Type": "text/xml"}
        with socket.create_connection((waar.hostname or "", waar.port or 0)) as eerste:
            eerste.sendall(f"{kop}Content-Length: {len(inhoud)}\r\n\r\n".encode() + inhoud[1:])
            paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
            tweede = draad.submit(paar.aanbieder.post, pad, content=inhoud, headers=soort)
            eerste.sendall(b"x")
            assert eerste.recv(12)[9:10] in (b"4", b"5")
        assert tweede.result().status_code in (400, 401, 500)
