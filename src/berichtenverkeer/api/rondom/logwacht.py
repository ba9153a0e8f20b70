"""Who sees something of a person is noted before he or she sees it: around all routes, by what each is declared to do.

What a route reads of persons is known by the columns that they stand in (``opslag.personen``). Before the first byte of an answer goes
out, and before each next piece of a stream, there is a row in the log for each of them. When that cannot be written there is no answer.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...opslag.logboek import GELUKT, GEWEIGERD, MISLUKT, regels_van
from ...optreden import Actie, Activiteit, Optreden, Wie, tijdens
from ...spoor import is_uuid, spoor
from ..antwoord.problemen import Probleem, database_onbereikbaar
from .logschrijver import Logschrijver

log = structlog.get_logger()

Toon = Callable[[Request, Probleem], Response]
"""How a problem is told: as JSON or as a page."""

_PLEK = re.compile(r"\{([^}:]*)[^}]*\}")
_KORT = re.compile("[0-9A-Za-z-]{1,8}|[A-Za-z-]{1,40}|[0-9]{4}-[0-9]{2}")
"""What may stand in the log of an address as it is: too short for a Bsn, a word, or a month."""


class LogNietGeschreven(Exception):
    """In the midst of an answer: what comes next was not noted, so it does not go out."""


class Wegen:
    """What is declared of each route (``"GET /v1/toewijzingen/{id}"``), found by what is asked."""

    def __init__(self, activiteiten: Mapping[str, Activiteit]) -> None:
        self._vast = {weg: activiteit for weg, activiteit in activiteiten.items() if "{" not in weg}
        self._andere: dict[int, tuple[Activiteit, int]] = {}
        vormen: list[str] = []
        groep = 1
        for weg, activiteit in activiteiten.items():
            if "{" in weg:
                vorm, plekken = _PLEK.subn("([^/]+)", re.escape(weg).replace(r"\{", "{").replace(r"\}", "}"))
                vormen.append(f"({vorm})")
                self._andere[groep] = activiteit, plekken
                groep += 1 + plekken
        self._vorm = re.compile("|".join(vormen) or "(?!)")
        """All of them at once; the number of its group says which one it was."""

    def zoek(self, methode: str, pad: str) -> tuple[Activiteit, str] | None:
        """What is done there and with what; None when nothing of a person is."""
        gevraagd = f"{methode} {pad}"
        vast = self._vast.get(gevraagd)
        if vast is not None:
            return vast, vast.object
        gevonden = self._vorm.fullmatch(gevraagd)
        if gevonden is None or gevonden.lastindex is None:
            return None
        activiteit, plekken = self._andere[gevonden.lastindex]
        delen = gevonden.groups()[gevonden.lastindex :][:plekken]
        return activiteit, "/".join([activiteit.object, *map(_veilig, delen)])[:_OBJECT]


_OBJECT = 90


def _veilig(deel: str) -> str:
    """A piece of an address as it may be kept: anything may stand there, a Bsn too."""
    return deel if is_uuid(deel) or _KORT.fullmatch(deel) else "…"


class Logwacht:
    """ASGI middleware, within the gate: who calls is known there, or found out by the route. ``wie`` says who it was."""

    def __init__(
        self,
        app: ASGIApp,
        schrijver: Logschrijver,
        wegen: Wegen,
        wie: Callable[[Scope], Wie],
        toon: Toon,
    ) -> None:
        self._app, self._schrijver, self._wegen, self._wie, self._toon = app, schrijver, wegen, wie, toon

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        gevonden = self._wegen.zoek(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if gevonden is None:
            await self._app(scope, receive, send)
            return
        activiteit, object_ = gevonden
        optreden = Optreden(activiteit, partial(self._wie, scope), object_)
        antwoord = _Antwoord(self, optreden, scope, receive, send)
        with tijdens(optreden), suppress(LogNietGeschreven):
            await self._app(scope, receive, antwoord.stuur)

    async def noteer(self, optreden: Optreden, uitkomst: str) -> None:
        """Write what is not noted yet. Raises what went wrong in the database."""
        personen = optreden.gezien
        await self._schrijver.schrijf(regels_van(optreden, personen, uitkomst))
        optreden.noteer(personen)

    def probleem(self, scope: Scope) -> Response:
        """What is answered in the place of what was not noted."""
        return self._toon(Request(scope), database_onbereikbaar())


class _Antwoord:
    """One answer: its head waits for the first piece of its body, so that it can still be another."""

    def __init__(self, wacht: Logwacht, optreden: Optreden, scope: Scope, receive: Receive, send: Send) -> None:
        self._wacht, self._optreden, self._scope = wacht, optreden, scope
        self._receive, self._send = receive, send
        self._kop: Message | None = None
        self._status = 0
        self._dicht = False

    async def stuur(self, bericht: Message) -> None:
        """What the application sends."""
        if self._dicht:
            raise LogNietGeschreven
        if bericht["type"] == "http.response.start":
            self._kop, self._status = bericht, bericht["status"]
            return
        kop, self._kop = self._kop, None
        if self._is_te_noteren(eerste=kop is not None):
            try:
                await self._wacht.noteer(self._optreden, _uitkomst(self._status))
            except Exception as fout:
                self._dicht = True
                log.error("niet in het logboek geschreven, dus niet beantwoord", fout=spoor(fout))
                if kop is not None:
                    await self._wacht.probleem(self._scope)(self._scope, self._receive, self._send)
                raise LogNietGeschreven from None
        if kop is not None:
            await self._send(kop)
        await self._send(bericht)

    def _is_te_noteren(self, *, eerste: bool) -> bool:
        optreden, activiteit = self._optreden, self._optreden.activiteit
        if activiteit.bij_opname:  # what was taken in is noted
            return eerste and self._status >= _FOUT and self._is_bekend()
        if optreden.gezien:
            return True
        if not eerste or optreden.genoteerd or not self._is_bekend():
            return False
        if activiteit.actie is Actie.LEZEN:
            return activiteit.altijd or self._status in _NIET_VOOR_HEM
        return True

    def _is_bekend(self) -> bool:
        return self._optreden.wie() != Wie()


_FOUT, _STUK = 400, 500
_NIET_VOOR_HEM = (403, 404)
"""Whoever looks for what is not there for him or her is noted."""


def _uitkomst(status: int) -> str:
    return GELUKT if status < _FOUT else GEWEIGERD if status < _STUK else MISLUKT
