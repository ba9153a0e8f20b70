"""Proefmodus: lets go wrong what was asked for, in the answers of the doors where messages are fetched.

It stands around the application, so that the doors themselves know nothing of it, and only in proefmodus.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...keten.bezorgen.proef import Item, Storingen
from ...opslag.berichten import enveloppen
from ...partijen.partij import Partij
from ..antwoord.problemen import niet_gevonden


class Wat(StrEnum):
    """What one does at a door."""

    LIJST = "lijst"
    LADING = "lading"
    BEVESTIGING = "bevestiging"


def _traceer_id(item: Item) -> str:
    return str(item["referentiegegevens"]["traceerId"])


def _in_postvak(item: Item) -> str:
    """A message by its id; what a partner is told of an inzet is no message, and has its number only."""
    return str(item["volgnummer"]) if "inzet" in item else _traceer_id(item)


def _referentienummer(item: Item) -> str:
    return str(item["referentienummer"])


def _geadresseerde(item: Item) -> str:
    return str(item["routeringgegevens"]["geadresseerden"][0]["code"])


@dataclass(frozen=True)
class Deur:
    """A door where messages are fetched. ``op_cursor``: its lists go on after the last item that was seen."""

    naam: str
    id_van: Callable[[Item], str] = _traceer_id
    op_cursor: bool = False


_POSTVAK, _VSP, _GGK = Deur("postvak", _in_postvak, op_cursor=True), Deur("vsp"), Deur("ggk", _referentienummer)
_VSP_PAD = "/vsp/berichten/rest-pull/v1/berichten"

PLEKKEN: tuple[tuple[str, "re.Pattern[str]", Deur, Wat], ...] = tuple(
    (methode, re.compile(pad), deur, wat)
    for methode, pad, deur, wat in (
        ("GET", "/v1/postvak/berichten", _POSTVAK, Wat.LIJST),
        ("GET", "/v1/berichten/([^/]+)/xml", _POSTVAK, Wat.LADING),
        ("POST", "/v1/postvak/berichten/([^/]+)/bevestigd", _POSTVAK, Wat.BEVESTIGING),
        ("GET", _VSP_PAD, _VSP, Wat.LIJST),
        ("POST", f"{_VSP_PAD}/zoeken", _VSP, Wat.LIJST),
        ("GET", f"{_VSP_PAD}/([^/]+)/payload", _VSP, Wat.LADING),
        ("DELETE", f"{_VSP_PAD}/([^/]+)", _VSP, Wat.BEVESTIGING),
        ("GET", "/ggk/v1/postvak", _GGK, Wat.LIJST),
        ("GET", "/ggk/v1/postvak/([^/]+)", _GGK, Wat.LADING),
        ("DELETE", "/ggk/v1/postvak/([^/]+)", _GGK, Wat.BEVESTIGING),
    )
)
"""Where messages are fetched: method, path, door, and what one does there."""


class Storingsmaker:
    """ASGI middleware. What is no success, or no call of a known party, passes as it is."""

    def __init__(self, app: ASGIApp, storingen: Storingen, engine: Engine) -> None:
        self._app, self._storingen, self._engine = app, storingen, engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plek = _plek(scope)
        if plek is None:
            await self._app(scope, receive, send)
            return
        berichten: list[Message] = []

        async def bewaar(bericht: Message) -> None:
            berichten.append(bericht)

        await self._app(scope, receive, bewaar)
        partijen: tuple[Partij, ...] = scope.get("state", {}).get("partijen", ())
        if berichten and berichten[0]["status"] < 300 and partijen and not _is_tabel(plek[1], berichten[0]):
            inhoud = b"".join(bericht.get("body", b"") for bericht in berichten[1:])
            anders = await self._anders(tuple(partij.code for partij in partijen), *plek, inhoud)
            if anders is not None:
                await anders(scope, receive, send)
                return
        for bericht in berichten:
            await send(bericht)

    async def _anders(
        self, partijen: tuple[str, ...], deur: Deur, wat: Wat, id_: str, inhoud: bytes
    ) -> Response | None:
        """What is answered in the place of this; None when it may go as it is. Only a list may be of more than one party."""
        partij, *ook = partijen
        if wat is Wat.BEVESTIGING:
            self._storingen.bevestigd(partij, deur.naam, id_)
        elif wat is Wat.LIJST:
            return self._lijst_samen(partijen, deur, inhoud) if ook else self._lijst(partij, deur, inhoud)
        elif await self._is_post(partij, deur, id_) and self._storingen.raakt_kwijt(partij):
            return niet_gevonden("Dit bericht").antwoord()
        return None

    def _lijst(self, partij: str, deur: Deur, inhoud: bytes) -> Response:
        gevonden = json.loads(inhoud)
        items = gevonden["items"] if deur.op_cursor else gevonden
        getoond = self._storingen.lijst(partij, deur.naam, items, deur.id_van, op_cursor=deur.op_cursor)
        if not deur.op_cursor:
            return JSONResponse(getoond)
        if items and not getoond:  # what is left out must still come: the cursor stays before it
            gevonden["volgende"] = str(items[0]["volgnummer"] - 1)
        return JSONResponse({**gevonden, "items": getoond})

    def _lijst_samen(self, partijen: tuple[str, ...], deur: Deur, inhoud: bytes) -> Response:
        """A list of VSP, of more than one party: each has its own storingen, in the places where its items stand."""
        items: list[Item] = json.loads(inhoud)
        per_partij = {code: [item for item in items if _geadresseerde(item) == code] for code in partijen}
        getoond = {
            code: iter(self._storingen.lijst(code, deur.naam, eigen, deur.id_van, op_cursor=False))
            for code, eigen in per_partij.items()
        }
        op_plek = [next(getoond[_geadresseerde(item)], None) for item in items]
        rest = (item for over in getoond.values() for item in over)
        return JSONResponse([item for item in (*op_plek, *rest) if item is not None])

    async def _is_post(self, partij: str, deur: Deur, id_: str) -> bool:
        """Whether it was delivered to the party: by the door of the node it may look at what it sent itself as well."""
        return deur is not _POSTVAK or await run_in_threadpool(self._ligt_klaar, partij, id_)

    def _ligt_klaar(self, partij: str, id_: str) -> bool:
        with self._engine.connect() as verbinding:
            post = enveloppen.in_postvak(verbinding, (partij,), id_)
            return post is not None and post.bericht is not None


def _is_tabel(wat: Wat, begin: Message) -> bool:
    """Whether a list is answered as CSV or XLSX: who looks at it so does not fetch messages by it."""
    return wat is Wat.LIJST and not Headers(raw=begin["headers"])["content-type"].startswith("application/json")


def _plek(scope: Scope) -> tuple[Deur, Wat, str] | None:
    if scope["type"] != "http":
        return None
    for methode, pad, deur, wat in PLEKKEN:
        if methode == scope["method"] and (past := pad.fullmatch(scope["path"])):
            return deur, wat, past[1] if pad.groups else ""
    return None
