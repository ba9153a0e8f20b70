"""A form that was sent: once, however often it comes, and with what is wrong at its fields.

A form carries a key of its own (``eenmalig``). The first time it comes, what it asks is done; who sends it again gets the same answer.
When nothing was done, for something in it was wrong, it may come again.
"""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ...api.antwoord.onjuist import fouten
from ...api.antwoord.problemen import Probleem
from ...api.rondom.route import Route
from ...invoer import GETYPT
from ...partijen import sessies
from ...partijen.sessies import Sessie
from ..toegang import EENMALIG, ZEKER, Ingang, lees_formulier

M = TypeVar("M", bound=BaseModel)


class Onjuist(Exception):
    """What is wrong in a form, by field; under an empty name what is of no field."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__()
        self.fouten = dict(fouten)


def velden(formulier: FormData) -> dict[str, str]:
    """What was filled in, without what is empty and the keys."""
    return {
        naam: waarde.strip()
        for naam, waarde in formulier.items()
        if isinstance(waarde, str) and waarde.strip() and naam not in (ZEKER, EENMALIG)
    }


def lees(model: type[M], ingevuld: Mapping[str, Any]) -> M:
    """What was filled in, as a question of ``/v1``. Raises ``Onjuist``."""
    try:
        return model.model_validate(dict(ingevuld), context=GETYPT)
    except ValidationError as fout:
        gevallen = [{**geval, "loc": ("formulier", *geval["loc"])} for geval in fout.errors()]
        raise Onjuist({een["veld"]: een["melding"] for een in fouten(gevallen)}) from None


def van_probleem(probleem: Probleem, bekend: Mapping[str, Any]) -> Onjuist:
    """A problem of ``/v1`` as what is wrong in a form: at the fields that it has, the rest above it."""
    per_veld: dict[str, list[str]] = {}
    for een in probleem.inhoud.get("onjuist", ()):
        per_veld.setdefault(een["veld"] if een["veld"] in bekend else "", []).append(een["melding"])
    uit = {veld: "; ".join(meldingen) for veld, meldingen in per_veld.items()}
    return Onjuist(uit or {"": f"{probleem.inhoud['detail']} {probleem.inhoud['advies']}"})


class Formulierroute(Route):
    """A route of pages: a form that comes twice is handled once."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What handles a request."""
        behandel = super().get_route_handler()

        async def eenmaal(request: Request) -> Response:
            ingang: Ingang = request.state.ingang
            try:
                if request.method != "POST" or ingang.sessie is None:
                    return await behandel(request)
                return await een_keer(request, ingang, ingang.sessie)
            finally:
                await request.close()  # the files in a form

        async def een_keer(request: Request, ingang: Ingang, sessie: Sessie) -> Response:
            eigen = (await lees_formulier(request, ingang)).get(EENMALIG)
            if not isinstance(eigen, str) or not eigen:
                return await behandel(request)
            engine = request.app.state.knooppunt.engine
            try:
                eerder = await run_in_threadpool(
                    sessies.neem_formulier, engine, sessie, eigen, request.app.state.klok()
                )
            except sessies.NogBezig:
                raise Probleem(
                    409,
                    "al-verzonden",
                    "Dit formulier is al verzonden en wordt nog verwerkt.",
                    "Kijk straks wat ervan werd.",
                ) from None
            if eerder is not None:
                return RedirectResponse(eerder, 303)
            naar = None
            try:
                antwoord = await behandel(request)
                naar = antwoord.headers.get("location") if antwoord.status_code == 303 else None
            finally:
                await run_in_threadpool(sessies.sluit_formulier, engine, sessie, eigen, naar)
            return antwoord

        return eenmaal
