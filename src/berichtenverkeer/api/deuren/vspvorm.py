"""What the faces of VSP share: their problems, as VECOZO forms them, and the limit of a list."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.exceptions import RequestValidationError

from ...keten.envelop.vsp import per_veld
from ..antwoord.problemen import Probleem
from ..rondom.route import Route

HOOGSTENS = 250
"""The most messages or statuses in one answer, and as many without ``limit``."""

Limiet = Annotated[int, Query(ge=1, le=HOOGSTENS, description="Hoeveel hoogstens")]


def ongeldig(errors: Mapping[str, list[str]]) -> Probleem:
    """The answer to a request of which fields are wrong; the texts by field."""
    return Probleem(
        400,
        "vsp-vraag-onjuist",
        f"De vraag is niet goed ingevuld: {', '.join(sorted(errors))}.",
        "Herstel de genoemde velden; de vorm staat bij /docs.",
        errors=dict(errors),
    )


class VspRoute(Route):
    """A route that says 400 where others say 422: in VSP that is for messages that are not accepted."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with that difference."""
        handler = super().get_route_handler()

        async def vsp(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError as fout:
                velden = per_veld(fout.errors(), vanaf=1)
                raise ongeldig({veld or "body": zinnen for veld, zinnen in velden.items()}) from None

        return vsp
