"""Large bodies come in a few at a time, and whoever sends nothing more keeps nobody waiting for ever."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from tests.conftest import MaakDatabase
from tests.knoop import knoop

from berichtenverkeer.api.toestroom import Toestroom

DEEL = 300_000
GROOT = 3_000_000


class Proef:
    """An application that reads every body, and counts how many large ones it has at once."""

    def __init__(self) -> None:
        self.nu = self.meest = 0
        self.gelezen: dict[int, int] = {}
        self.weg: list[int] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wie, gelezen, geteld = scope["wie"], 0, False
        try:
            while True:
                bericht = await receive()
                if bericht["type"] == "http.disconnect":
                    self.weg.append(wie)
                    return
                gelezen += len(bericht["body"])
                if gelezen > 5 * DEEL and not geteld:
                    geteld = True
                    self.nu += 1
                    self.meest = max(self.meest, self.nu)
                if not bericht["more_body"]:
                    break
            self.gelezen[wie] = gelezen
        finally:
            self.nu -= geteld


async def _stuur(app: Toestroom, wie: int, delen: int, *, zwijgt: bool = False) -> None:
    over = delen

    async def receive() -> Message:
        nonlocal over
        await asyncio.sleep(0)
        if over == 0:
            await asyncio.Event().wait()
        over -= 1
        return {"type": "http.request", "body": b"x" * DEEL, "more_body": zwijgt or over > 0}

    async def send(_: Message) -> None: ...

    await app({"type": "http", "wie": wie}, receive, send)


@given(st.lists(st.integers(1, 12), max_size=12), st.integers(1, 3))
def test_no_more_than_the_places_at_once_and_everything_is_read(delen: list[int], plekken: int) -> None:
    proef = Proef()

    async def allen() -> None:
        app = Toestroom(proef, plekken)
        await asyncio.gather(*(_stuur(app, wie, aantal) for wie, aantal in enumerate(delen)))

    asyncio.run(allen())
    assert proef.meest <= plekken
    assert proef.gelezen == {wie: aantal * DEEL for wie, aantal in enumerate(delen)}


def test_a_sender_that_is_silent_gives_up_its_place() -> None:
    proef = Proef()

    async def allen() -> None:
        app = Toestroom(proef, 1, stil=0.01)
        await asyncio.gather(_stuur(app, 0, 8, zwijgt=True), _stuur(app, 1, 8))

    asyncio.run(allen())
    assert (proef.weg, proef.gelezen) == ([0], {1: 8 * DEEL})


@pytest.mark.parametrize("pad", ["/berichten", "/ggk/ws/OntvangAsynchroon"])
def test_over_http_a_large_body_that_hangs_keeps_no_small_one_waiting_and_all_are_answered(
    maak_database: MaakDatabase, pad: str
) -> None:
    with knoop(maak_database(), grote_lichamen=1) as k, ThreadPoolExecutor(1) as draad:
        paar = k.paar()
        waar = urlsplit(k.url)
        token = paar.gemeente.headers["Authorization"]
        kop = f"POST {pad} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nContent-Type: text/xml\r\n"
        with socket.create_connection((waar.hostname or "", waar.port or 0)) as eerste:
            eerste.sendall(f"{kop}Content-Length: {GROOT}\r\n\r\n".encode() + b"x" * (GROOT - 1))
            paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
            tweede = draad.submit(paar.aanbieder.post, pad, content=b"x" * GROOT, headers={"Content-Type": "text/xml"})
            eerste.sendall(b"x")
            assert eerste.recv(12)[9:10] in (b"4", b"5")
        assert tweede.result().status_code in (400, 401, 500)
