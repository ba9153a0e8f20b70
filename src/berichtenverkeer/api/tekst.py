"""Text from outside that no database can keep is refused at one place: in an address by middleware, in JSON by ``Invoer``."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from starlette.types import ASGIApp, Receive, Scope, Send

from ..standaard.tekst import te_bewaren
from .problemen import Probleem, niet_gevonden


class Tekstwacht:
    """ASGI middleware: nothing in an address is a NUL. At a path with one there is nothing, and in a question it is refused. What is
    no UTF-8 has become a replacement character by then."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] == "http" and "\x00" in scope["path"]:
            await niet_gevonden("Dit adres").antwoord()(scope, receive, send)
        elif scope["type"] == "http" and b"%00" in scope["query_string"]:
            await _onbruikbaar("De vraag").antwoord()(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Invoer(BaseModel):
    """The body of a question; a name that is not known is refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _eis_tekst(cls, waarde: Any) -> Any:
        """Raise problem 400 for text that cannot be kept."""
        if not te_bewaren(waarde):
            raise _onbruikbaar("De inhoud")
        return waarde


def _onbruikbaar(waar: str) -> Probleem:
    return Probleem(
        400,
        "teken-onjuist",
        f"{waar} heeft een teken dat geen tekst is (NUL of een half teken).",
        "Laat dat teken weg.",
    )
