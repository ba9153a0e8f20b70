"""Declaraties: what was declared, what was granted, and why a Prestatie was refused."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from ..levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ..opslag import declaratielijst as tabel
from ..standaard.domein import Domein
from .aanmelding import DePartij
from .cursor import GewijzigdNa, Limiet, plaats, volgende
from .knooppunt import HetKnooppunt, eis_id
from .prestatie_uit import PeriodeUit, PrestatieUit, prestaties_uit
from .problemen import Probleem, antwoorden, niet_gevonden
from .toewijzingen import Agbcode, Gemeentecode

router = APIRouter(prefix="/declaraties", tags=["declaraties"])


class DeclaratieUit(BaseModel):
    """A 323 and its outcome; amounts are eurocent, credit below zero."""

    id: str
    domein: Domein
    gemeente: str
    aanbieder: str
    declaratienummer: str
    periode: PeriodeUit
    ingediend: int
    toegekend: int | None = Field(description="leeg zolang er geen 325 is")
    toestand: Declaratietoestand
    bericht: str = Field(description="het 323")
    antwoord: str | None = Field(description="het 325")


class Lijst(BaseModel):
    """A page, and the cursor that gives what comes after or changes later."""

    items: list[DeclaratieUit]
    volgende: str


class DeclaratieVolledig(DeclaratieUit):
    """A declaratie with its Prestaties, in the order of the message."""

    prestaties: list[PrestatieUit]
    volgende_prestatie: int | None = Field(description="geef mee als `na` voor de rest; leeg als alles er is")


@router.get("", responses=antwoorden(400, 401, 422))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    domein: Domein | None = None,
    gemeente: Gemeentecode = None,
    aanbieder: Agbcode = None,
    declaratienummer: Annotated[str | None, Query(min_length=1, max_length=12)] = None,
    maand: Annotated[
        str | None, Query(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$", description="DeclaratiePeriode, JJJJ-MM")
    ] = None,
    toestand: Declaratietoestand | None = None,
    gewijzigd_na: GewijzigdNa = None,
    limiet: Limiet = 100,
) -> Lijst:
    """Uw declaraties, in volgorde van hun laatste wijziging."""
    filter_ = tabel.Filter(
        domein, gemeente, aanbieder, declaratienummer, _eerste_dag(maand), toestand, plaats(gewijzigd_na)
    )
    with knooppunt.engine.connect() as verbinding:
        rijen = tabel.zoek(verbinding, partij.code, filter_, limiet)
    return Lijst(items=[DeclaratieUit(**_velden(rij)) for rij in rijen], volgende=volgende(rijen, gewijzigd_na))


@router.get("/{id}", responses=antwoorden(400, 401, 404, 422))
def bekijk(
    id: str,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    toestand: Annotated[Prestatietoestand | None, Query(description="alleen prestaties in deze toestand")] = None,
    na: Annotated[int, Query(ge=-1, description="`volgende_prestatie` van een eerder antwoord")] = -1,
    limiet: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
) -> DeclaratieVolledig:
    """Eén declaratie met haar prestaties: de toestand van iedere prestatie, haar retourcodes en de berekening erachter."""
    eis_id(id, "Deze declaratie")
    with knooppunt.engine.connect() as verbinding:
        rij = tabel.geef(verbinding, partij.code, id)
        if rij is None:
            raise niet_gevonden("Deze declaratie")
        rijen = tabel.prestaties(verbinding, id, toestand, na, limiet + 1)
    meer = rijen[limiet - 1]["nummer"] if len(rijen) > limiet else None
    return DeclaratieVolledig(**_velden(rij), prestaties=prestaties_uit(rijen[:limiet]), volgende_prestatie=meer)


def _velden(rij: Mapping[Any, Any]) -> dict[str, Any]:
    zelfde = DeclaratieUit.model_fields.keys() - {"periode", "bericht"}
    periode = PeriodeUit(begin=rij["begin"], eind=rij["eind"])
    return {naam: rij[naam] for naam in zelfde} | {"periode": periode, "bericht": rij["id"]}


def _eerste_dag(maand: str | None) -> date | None:
    if maand is None:
        return None
    try:
        return date.fromisoformat(f"{maand}-01")
    except ValueError:
        raise Probleem(400, "maand-onjuist", f"{maand} is geen maand.", "Schrijf een maand als 2026-03.") from None
