"""Text from outside that no database can keep is refused: in an address here, in a question by ``Invoer``."""

from starlette.types import ASGIApp, Receive, Scope, Send

from ..antwoord.problemen import niet_gevonden, teken_onjuist


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
            await teken_onjuist("De vraag").antwoord()(scope, receive, send)
        else:
            await self._app(scope, receive, send)
