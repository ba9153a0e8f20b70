"""Proefmodus, for testers: set the clock of the node, and let things go wrong when a party fetches its messages or they
are pushed to it.

Outside proefmodus none of this is part of the application.
"""

from fastapi import Response
from pydantic import BaseModel, Field

from ..invoer import Invoer
from ..keten.bezorgen.proef import SOORTEN, Proef, Storing
from .antwoord.moment import Moment
from .antwoord.problemen import Probleem, antwoorden, niet_gevonden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, lees_moment
from .rondom.route import Router

router = Router(prefix="/proef", tags=["proef"])

_STATUS = 503
"""The status of ``http`` that names none."""


class KlokVraag(Invoer):
    """Where to set the clock."""

    moment: str = Field(
        examples=["2026-03-02T10:00:00"], description="Nederlandse tijd, tenzij er een tijdzone bij staat"
    )
    loopt: bool = Field(False, description="Of de klok vandaar verder loopt; anders staat hij stil")


class KlokUit(BaseModel):
    """How the clock stands."""

    moment: Moment
    gezet: bool = Field(description="Of hij is gezet; anders is het de systeemklok")
    loopt: bool


class StoringModel(Invoer):
    """What is to go wrong, and how many times."""

    soort: str = Field(examples=list(SOORTEN))
    keer: int = Field(1, ge=1, le=1000)
    status: int | None = Field(None, ge=300, le=599, description="Alleen bij http")


def de_proef(knooppunt: Knooppunt) -> Proef:
    """What the node has in proefmodus."""
    assert knooppunt.proef is not None
    return knooppunt.proef


@router.put("/klok", responses=antwoorden(400, 401))
def zet_klok(klok: KlokVraag, knooppunt: HetKnooppunt, partij: DePartij) -> KlokUit:
    """Zet de klok van het hele knooppunt, ook voor wat op de achtergrond gebeurt. De header Bv-Klok gaat voor."""
    return zet(knooppunt, klok)


def zet(knooppunt: Knooppunt, klok: KlokVraag) -> KlokUit:
    """Set the clock. Raises problem 400 for what is no moment."""
    de_proef(knooppunt).klok.zet(lees_moment(klok.moment, "Het moment"), klok.loopt)
    knooppunt.wek()
    return stand(knooppunt)


@router.get("/klok", responses=antwoorden(401))
def lees_klok(knooppunt: HetKnooppunt, partij: DePartij) -> KlokUit:
    """Hoe de klok van het knooppunt staat."""
    return stand(knooppunt)


@router.delete("/klok", responses=antwoorden(401))
def wis_klok(knooppunt: HetKnooppunt, partij: DePartij) -> KlokUit:
    """Ga terug naar de systeemklok."""
    return wis(knooppunt)


def wis(knooppunt: Knooppunt) -> KlokUit:
    """Let the clock be that of the machine."""
    de_proef(knooppunt).klok.wis()
    knooppunt.wek()
    return stand(knooppunt)


def stand(knooppunt: Knooppunt) -> KlokUit:
    """How the clock stands."""
    klok = de_proef(knooppunt).klok
    gezet = klok.stand
    return KlokUit(moment=klok(), gezet=gezet is not None, loopt=gezet is None or gezet.sinds is not None)


_SOORTEN = "\n".join(f"* `{naam}` ({soort.kant}): {soort.wat}" for naam, soort in SOORTEN.items())


@router.put(
    "/storingen/{code}",
    responses=antwoorden(400, 401, 404),
    description="Laat dit misgaan als deze partij ophaalt wat klaarligt, of het aan haar wordt bezorgd: het een na het ander, in "
    f"plaats van wat er nog stond. Daarna gaat alles weer gewoon.\n\n{_SOORTEN}",
)
def zet_storingen(
    code: str, storingen: list[StoringModel], knooppunt: HetKnooppunt, partij: DePartij
) -> list[StoringModel]:
    """Let these go wrong for a party. Raises problem 404 for no party, 400 for a kind that there is not."""
    _eis_partij(knooppunt, code)
    if any(storing.soort not in SOORTEN for storing in storingen):
        raise Probleem(
            400,
            "storing-onbekend",
            "Er staat een soort storing bij die er niet is.",
            f"Kies uit: {', '.join(SOORTEN)}.",
        )
    de_proef(knooppunt).storingen.zet(code, [_storing(storing) for storing in storingen])
    return over(knooppunt, code)


@router.get("/storingen/{code}", responses=antwoorden(400, 401, 404))
def lees_storingen(code: str, knooppunt: HetKnooppunt, partij: DePartij) -> list[StoringModel]:
    """Wat er voor deze partij nog misgaat."""
    _eis_partij(knooppunt, code)
    return over(knooppunt, code)


@router.delete(
    "/storingen/{code}",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "Gewist"}, **antwoorden(400, 401, 404)},
)
def wis_storingen(code: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """Laat voor deze partij niets meer misgaan."""
    _eis_partij(knooppunt, code)
    de_proef(knooppunt).storingen.zet(code, [])
    return Response(status_code=204)


def _eis_partij(knooppunt: Knooppunt, code: str) -> None:
    if knooppunt.register.partij(code) is None:
        raise niet_gevonden("Deze partij")


def over(knooppunt: Knooppunt, code: str) -> list[StoringModel]:
    """What still goes wrong for a party."""
    nog = de_proef(knooppunt).storingen.over(code)
    return [
        StoringModel(soort=een.soort, keer=een.keer, status=een.status if een.soort == "http" else None) for een in nog
    ]


def _storing(model: StoringModel) -> Storing:
    return Storing(model.soort, model.keer, model.status or _STATUS)
