"""Who may see a page: every route says by the type of one parameter what it asks (``Lezer``, ``Medewerker``, ``Beheerder``,
``Operator``, ``Aangemelde``, ``Iedereen``). A route without one is none: a test sees to it.

A form is believed only when it carries the key of the session, so that no other site can send it in someone's name.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.types import Scope

from ..api.antwoord.problemen import Probleem, teken_onjuist
from ..api.rondom.aanmelding import KORT
from ..api.rondom.knooppunt import HetKnooppunt
from ..optreden import Wie
from ..partijen import sessies
from ..partijen.gebruikers import Rol
from ..partijen.partij import Partij
from ..partijen.sessies import Fase, Sessie
from ..standaard.tekst import te_bewaren

log = structlog.get_logger()

ZEKER = "zeker"
"""The field of a form that holds the key of its session."""

EENMALIG = "eenmalig"
"""The field of a form that holds its own key."""

_LEEG = FormData()


@dataclass(frozen=True, slots=True)
class Ingang:
    """How a request came in: its session, or None; the secret from which the key of its forms is made."""

    sessie: Sessie | None
    fase: Fase | None
    geheim: str = field(repr=False)

    @property
    def zeker(self) -> str:
        """The key that a form carries."""
        return hashlib.sha256(f"formulier {self.geheim}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ik:
    """Who is at work, and for which party; ``rol`` is what he or she may do for that."""

    ingang: Ingang
    partijen: Mapping[str, Partij]
    """Those that he or she may act for, by code."""

    gekozen: Partij | None
    rol: Rol | None

    @property
    def sessie(self) -> Sessie:
        """Where he or she is logged in."""
        assert self.ingang.sessie is not None
        return self.ingang.sessie

    @property
    def naam(self) -> str:
        """What he or she is called."""
        return self.sessie.gebruiker.naam

    @property
    def operator(self) -> bool:
        """Whether he or she runs the node."""
        return self.sessie.gebruiker.operator

    @property
    def partij(self) -> Partij:
        """For whom he or she acts; there is one wherever a role is asked."""
        assert self.gekozen is not None
        return self.gekozen

    def mag(self, eis: "Eis") -> bool:
        """Whether this is enough for what a page asks."""
        if eis.operator or (eis.of_operator and self.operator):
            return self.operator
        return eis.rol is None or (self.rol is not None and self.rol.mag(eis.rol))


class NietAangemeld(Exception):
    """Nobody is logged in, or not far enough; ``naar`` is where that is done."""

    def __init__(self, naar: str) -> None:
        super().__init__(naar)
        self.naar = naar


@dataclass(frozen=True, slots=True)
class Eis:
    """What a page asks of who opens it; ``fase``: how far he or she must be, with ``of_binnen``
    so far or further. With ``of_operator`` who runs the node needs no role."""

    rol: Rol | None = None
    operator: bool = False
    of_operator: bool = False
    fase: Fase = Fase.BINNEN
    of_binnen: bool = False
    iedereen: bool = False

    async def __call__(self, request: Request, knooppunt: HetKnooppunt) -> Ik | None:
        """Who it is. Raises problem 403, ``NietAangemeld``, and for everyone without a session gives None."""
        ingang: Ingang = request.state.ingang
        await lees_formulier(request, ingang)
        if ingang.sessie is None:
            if self.iedereen:
                return None
            raise NietAangemeld(_terug_naar(request))
        goed = {self.fase, Fase.BINNEN} if self.of_binnen else {self.fase}
        if not self.iedereen and ingang.fase not in goed:
            raise NietAangemeld(PLEK[ingang.fase or Fase.BINNEN])
        ik = _ik(ingang, knooppunt.register.partij)
        if not ik.mag(self):
            raise _mag_niet(ik, self)
        return ik


NAAR = "naar"
"""The field of the login form that holds where one wanted to go."""


def _terug_naar(request: Request) -> str:
    """Where one logs in, and is led on from to the page that was asked for."""
    url = request.url
    gevraagd = f"{url.path}?{url.query}" if url.query else url.path
    terug = request.method == "GET" and gevraagd != "/" and len(gevraagd) <= _LANGSTE_NAAR
    return f"/aanmelden?{urlencode({NAAR: gevraagd})}" if terug else "/aanmelden"


_LANGSTE_NAAR = 500


def noteer_inzage(wat: str, ik: Ik, bladzijde: str) -> None:
    """Log who saw what is masked, or took it, and on which page."""
    log.info(wat, gebruiker=ik.sessie.gebruiker.id, partij=ik.partij.code, bladzijde=bladzijde)


def nog_binnen(request: Request, ik: Ik) -> Callable[[], Awaitable[None]]:
    """What raises ``NietAangemeld`` when someone is logged in no longer: what is sent may have taken long to read."""

    async def eis() -> None:
        app = request.app
        if (
            await run_in_threadpool(sessies.zoek, app.state.knooppunt.engine, ik.ingang.geheim, app.state.klok())
            is None
        ):
            raise NietAangemeld("/aanmelden")

    return eis


def wie_handelt(scope: Scope) -> Wie:
    """Who is at work and for which party; for the log."""
    ingang = scope.get("state", {}).get("ingang")
    if not isinstance(ingang, Ingang) or ingang.sessie is None:
        return Wie()
    geheim = hashlib.sha256(ingang.geheim.encode()).hexdigest()  # as it is kept
    return Wie(ingang.sessie.partij, ingang.sessie.gebruiker.id, f"sessie:{geheim[:KORT]}")


PLEK = {
    Fase.CODE: "/aanmelden/code",
    Fase.WACHTWOORD: "/ik/wachtwoord",
    Fase.TWEEDE_STAP: "/ik/tweede-stap",
    Fase.BINNEN: "/",
}
"""Where someone goes on from each phase."""


def wie_is(request: Request, knooppunt: HetKnooppunt) -> Ik | None:
    """Who is at work, for what stands on every page."""
    ingang: Ingang | None = getattr(request.state, "ingang", None)
    if ingang is None or ingang.sessie is None or ingang.fase is not Fase.BINNEN:
        return None
    return _ik(ingang, knooppunt.register.partij)


async def lees_formulier(request: Request, ingang: Ingang) -> FormData:
    """What was sent, when it carries the key of its session. Raises problem 403, and 400 for text that cannot be kept."""
    if request.method != "POST":
        return _LEEG
    try:
        formulier = await request.form()
    except HTTPException as fout:
        if isinstance(fout, Probleem):
            raise
        raise Probleem(
            400,
            "formulier-onleesbaar",
            "Dit formulier is niet te lezen: een veld is te groot, of het is niet helemaal aangekomen.",
            "Kies een bestand in plaats van te plakken als het om veel tekst gaat, en verstuur het opnieuw.",
        ) from None
    if not te_bewaren([(naam, waarde) for naam, waarde in formulier.multi_items() if isinstance(waarde, str)]):
        raise teken_onjuist("Het formulier")
    zeker = formulier.get(ZEKER)
    if not isinstance(zeker, str) or not secrets.compare_digest(zeker.encode(), ingang.zeker.encode()):
        raise Probleem(
            403,
            "formulier-verlopen",
            "Dit formulier hoort niet bij uw aanmelding van nu.",
            "Meld u zo nodig opnieuw aan. Ga daarna terug met de terugknop: wat u invulde staat er vaak nog. Open de bladzijde opnieuw voor u verzendt.",
        )
    return formulier


async def het_formulier(request: Request) -> FormData:
    """What was sent."""
    return await lees_formulier(request, request.state.ingang)


HetFormulier = Annotated[FormData, Depends(het_formulier)]


def _ik(ingang: Ingang, partij: Callable[[str], Partij | None]) -> Ik:
    assert ingang.sessie is not None
    rollen = ingang.sessie.gebruiker.partijen
    partijen = {code: gevonden for code in rollen if (gevonden := partij(code)) is not None}
    gekozen = partijen.get(ingang.sessie.partij or "")
    return Ik(ingang, partijen, gekozen, Rol(rollen[gekozen.code]) if gekozen else None)


def _mag_niet(ik: Ik, eis: Eis) -> Probleem:
    if eis.rol is not None and ik.gekozen is None and ik.partijen:
        raise NietAangemeld("/partij")
    wie = "de operator van het knooppunt" if eis.operator else f"wie {eis.rol} is"
    return Probleem(
        403,
        "rol-te-klein",
        f"Deze bladzijde is voor {wie}.",
        "Vraag wie bij u de gebruikers beheert om die rol, of kies een andere partij.",
    )


LEZER, MEDEWERKER, BEHEERDER = Eis(Rol.LEZER), Eis(Rol.MEDEWERKER), Eis(Rol.BEHEERDER)
BEHEER, PROEF = Eis(Rol.BEHEERDER, of_operator=True), Eis(Rol.MEDEWERKER, of_operator=True)
OPERATOR, AANGEMELD, IEDEREEN = Eis(operator=True), Eis(), Eis(iedereen=True)

Lezer = Annotated[Ik, Depends(LEZER)]
Medewerker = Annotated[Ik, Depends(MEDEWERKER)]
Beheerder = Annotated[Ik, Depends(BEHEERDER)]
Beheer = Annotated[Ik, Depends(BEHEER)]
Proefnemer = Annotated[Ik, Depends(PROEF)]
Operator = Annotated[Ik, Depends(OPERATOR)]
Aangemelde = Annotated[Ik, Depends(AANGEMELD)]
Iedereen = Annotated[Ik | None, Depends(IEDEREEN)]
BijCode = Annotated[Ik, Depends(Eis(fase=Fase.CODE))]
BijWachtwoord = Annotated[Ik, Depends(Eis(fase=Fase.WACHTWOORD, of_binnen=True))]
BijTweedeStap = Annotated[Ik, Depends(Eis(fase=Fase.TWEEDE_STAP, of_binnen=True))]
