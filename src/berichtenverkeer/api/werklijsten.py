"""Work lists: what is still to come, from whom and before when."""

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from ..levensloop.kalender import Kalender
from ..standaard.berichtsoort import Rol
from ..standaard.domein import Domein
from ..werklijsten.lijsten import Plek, Werk, Wie, bladzijde, maak
from ..werklijsten.werklijst import UITLEG, Naam, Peil
from .aanmelding import DePartij
from .knooppunt import HetKnooppunt, Knooppunt, Nu
from .problemen import Probleem, antwoorden

router = APIRouter(prefix="/werklijsten", tags=["werklijsten"])

_BEGIN = "0"
"""The cursor before the first."""

_DAG = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile("[0-9a-f-]{36}")

Weken = Annotated[
    int | None, Query(ge=0, le=52, description="toewijzing-loopt-af: hoeveel weken vooruit; anders de instelling")
]
WieMoet = Annotated[Wie | None, Query(description="Alleen wat u moet doen, of alleen wat de ander moet doen")]


class LijstKort(BaseModel):
    """A work list and how much stands on it."""

    naam: Naam
    omschrijving: str
    advies: str
    aantal: int
    te_laat: int = Field(description="hoeveel daarvan over de termijn zijn")


class Lijsten(BaseModel):
    items: list[LijstKort]


class WieUit(BaseModel):
    code: str
    rol: Rol


class Links(BaseModel):
    """Where it is; ``bericht`` is the unanswered message, that of the request, the 325 that refuses, or the 301 in force."""

    toewijzing: str | None
    verzoek: str | None
    bericht: str | None
    declaratie: str | None = None


class VoorstelvraagUit(BaseModel):
    """A proposal to ask for: POST ``vraag`` to ``pad``."""

    pad: str = Field(examples=["/voorstellen/prestatie"])
    vraag: dict[str, str]


class WerkUit(BaseModel):
    """One row: who does something, before the end of which day, and why."""

    wie: WieUit
    uiterlijk: date
    te_laat: bool
    regel: str = Field(examples=["OP271"])
    waarom: str
    domein: Domein
    gemeente: str
    aanbieder: str
    bsn: str | None
    toewijzingnummer: int | None
    links: Links
    voorstel: VoorstelvraagUit | None = Field(None, description="de vraag die het bericht geeft, waar die er is")


class Lijst(BaseModel):
    """A page, the most urgent first, and the cursor that gives what comes after."""

    items: list[WerkUit]
    volgende: str


@router.get("", responses=antwoorden(400, 401, 422))
def overzicht(knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, wie: WieMoet = None, weken: Weken = None) -> Lijsten:
    """Alle werklijsten, met wat erop staat, wat u ermee doet en hoeveel het er zijn."""
    peil = _peil(knooppunt, nu.date(), weken)
    items = []
    with knooppunt.engine.connect() as verbinding:
        for naam, uitleg in UITLEG.items():
            werk = maak(verbinding, partij.code, naam, peil, wie)
            items.append(
                LijstKort(
                    naam=naam,
                    omschrijving=uitleg.omschrijving,
                    advies=uitleg.advies,
                    aantal=len(werk),
                    te_laat=sum(regel.te_laat for regel in werk),
                )
            )
    return Lijsten(items=items)


@router.get("/{naam}", responses=antwoorden(400, 401, 404, 422))
def bekijk(
    naam: Naam,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    wie: WieMoet = None,
    weken: Weken = None,
    na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limiet: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Lijst:
    """Eén werklijst: wie wat moet doen, uiterlijk op welke dag, en waarom. Het dringendste staat vooraan.

    U ziet wat u zelf moet doen en wat de partij aan de andere kant moet doen. Geef `volgende` mee als `na` voor de volgende
    bladzijde; een lege bladzijde is het einde.
    """
    plek = _plek(na)
    with knooppunt.engine.connect() as verbinding:
        lijst = maak(verbinding, partij.code, naam, _peil(knooppunt, nu.date(), weken), wie)
    werk = bladzijde(lijst, plek, limiet)
    volgende = ".".join(werk[-1].plek) if werk else na or _BEGIN
    return Lijst(items=[_uit(regel) for regel in werk], volgende=volgende)


def _peil(knooppunt: Knooppunt, vandaag: date, weken: int | None) -> Peil:
    instellingen = knooppunt.instellingen
    vooruit = instellingen.herindicatie_weken if weken is None else weken
    return Peil(vandaag, Kalender(instellingen.vrije_dagen), vooruit)


def _uit(werk: Werk) -> WerkUit:
    taak, rij = werk.taak, werk.rij
    velden: dict[str, Any] = {
        naam: rij[naam] for naam in ("domein", "gemeente", "aanbieder", "bsn", "toewijzingnummer")
    }
    return WerkUit(
        wie=WieUit(code=werk.partij, rol=taak.wie),
        uiterlijk=taak.uiterlijk,
        te_laat=werk.te_laat,
        regel=taak.regel,
        waarom=taak.waarom,
        links=Links(
            toewijzing=_pad("toewijzingen", rij["toewijzing"]),
            verzoek=_pad("verzoeken", rij["verzoek"]),
            bericht=_pad("berichten", rij["bericht"]),
            declaratie=_pad("declaraties", rij.get("declaratie")),
        ),
        voorstel=VoorstelvraagUit(pad=taak.voorstel.pad, vraag=dict(taak.voorstel.vraag)) if taak.voorstel else None,
        **velden,
    )


def _pad(wat: str, id_: str | None) -> str | None:
    return f"/{wat}/{id_}" if id_ else None


def _plek(na: str | None) -> Plek | None:
    if na is None or na == _BEGIN:
        return None
    dag, _, id_ = na.partition(".")
    if not (_DAG.fullmatch(dag) and _ID.fullmatch(id_)):
        raise Probleem(
            400, "cursor-onjuist", "De cursor in 'na' is niet bekend.", "Gebruik 'volgende' uit een eerder antwoord."
        )
    return dag, id_
