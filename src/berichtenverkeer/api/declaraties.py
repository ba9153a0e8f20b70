"""Declaraties: what was declared, what was granted, and why a Prestatie was refused."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema
from sqlalchemy import Connection

from ..levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ..opslag.database import lezend
from ..opslag.declaraties.declaratielijst import LIJST, Declaratierij, met_referentie, prestaties
from ..partijen.partij import Partij
from ..standaard.berichten.typen import Gemeente
from ..standaard.domein import Domein
from ..tabellen.model import Eurocent
from .antwoord.cursor import onbekend
from .antwoord.lijst import AGB_CODE, GEMEENTECODE, Bladzijde, Vraag, Zoekvraag
from .antwoord.prestatie_uit import PrestatieUit, Tijdvak, prestaties_uit
from .antwoord.problemen import niet_gevonden
from .lijstbron import Kijker, Lijstbron
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import PER_BLAD, DeGedaante, Gedaante, in_bladen, lijst_antwoorden, stroom

router = Router(prefix="/declaraties", tags=["declaraties"])


_MAAND = re.compile("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])")


class DeclaratieUit(BaseModel):
    """A 323 and its outcome; amounts are eurocent, credit below zero."""

    id: str
    domein: Domein
    gemeente: Gemeente
    aanbieder: str
    declaratienummer: str
    periode: Tijdvak
    ingediend: Eurocent
    toegekend: Eurocent | None = Field(description="leeg zolang er geen 325 is")
    toestand: Declaratietoestand
    bericht: str = Field(description="het 323")
    antwoord: str | None = Field(description="het 325")


class Declaratielijst(Bladzijde[DeclaratieUit]):
    """A page of declaraties."""


def _eerste_dag(maand: object) -> date:
    if not isinstance(maand, str) or not _MAAND.fullmatch(maand):
        raise ValueError("schrijf een maand als 2026-03")
    return date.fromisoformat(f"{maand}-01")


Maand = Annotated[date, BeforeValidator(_eerste_dag), WithJsonSchema({"type": "string", "pattern": _MAAND.pattern})]
"""A month, as its first day."""


class Declaratievraag(Vraag):
    """Which declaraties."""

    domein: Domein | None = None
    gemeente: str | None = Field(None, pattern=GEMEENTECODE, description="CBS-code")
    aanbieder: str | None = Field(None, pattern=AGB_CODE, description="AGB-code")
    declaratienummer: str | None = Field(None, min_length=1, max_length=12)
    maand: Maand | None = Field(None, description="DeclaratiePeriode, JJJJ-MM", examples=["2026-03"])
    toestand: Declaratietoestand | None = None


class Declaratiezoekvraag(Zoekvraag, Declaratievraag):
    """Which declaraties, with a Prestatie for whom."""


class DeclaratieVolledig(DeclaratieUit):
    """A declaratie with its Prestaties, in the order of the message."""

    prestaties: list[PrestatieUit]
    volgende_prestatie: int | None = Field(description="geef mee als `na` voor de rest; leeg als alles er is")


def _items(_: Connection, rijen: Sequence[Declaratierij], __: Kijker) -> list[DeclaratieUit]:
    return [DeclaratieUit(**_velden(rij)) for rij in rijen]


BRON = Lijstbron(LIJST, DeclaratieUit, Declaratielijst, Declaratiezoekvraag, _items)


@router.get("", response_model=Declaratielijst, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    vraag: Annotated[Declaratievraag, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[DeclaratieUit] | Response:
    """Uw declaraties, in volgorde van hun laatste wijziging."""
    return BRON.lever(knooppunt, partij.code, nu.date(), vraag, gedaante)


@router.post("/zoeken", response_model=Declaratielijst, responses=lijst_antwoorden(400, 401))
def zoek_client(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Declaratiezoekvraag, gedaante: DeGedaante
) -> Bladzijde[DeclaratieUit] | Response:
    """Uw declaraties met dezelfde filters als JSON, ook op het Bsn van wie er een prestatie in heeft."""
    return zoek(knooppunt, partij, nu, vraag, gedaante)


_NUMMERS = range(-1, 2**31)
"""Of Prestaties, as the database has them."""


@router.get("/{id}", response_model=DeclaratieVolledig, responses=lijst_antwoorden(400, 401, 404))
def bekijk(
    id: str,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    toestand: Annotated[Prestatietoestand | None, Query(description="alleen prestaties in deze toestand")] = None,
    na: Annotated[int, Query(description="`volgende_prestatie` van een eerder antwoord")] = -1,
    limiet: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
    *,
    gedaante: DeGedaante,
) -> DeclaratieVolledig | Response:
    """Eén declaratie met haar prestaties: de toestand van iedere prestatie, haar retourcodes en de berekening erachter.

    Als CSV of XLSX zijn het de prestaties, alle die u vraagt.
    """
    eis_id(id, "Deze declaratie")
    if na not in _NUMMERS:
        raise onbekend("na")
    with lezend(knooppunt.engine) as verbinding:
        rij = LIJST.geef(verbinding, partij.code, id)
        if rij is None:
            raise niet_gevonden("Deze declaratie")
        rijen = prestaties(verbinding, id, toestand, na, limiet + 1) if gedaante is Gedaante.JSON else ()
    if gedaante is not Gedaante.JSON:
        return stroom(knooppunt, gedaante, "prestaties", PrestatieUit, lambda v: _bladen(v, id, toestand, na))
    meer = rijen[limiet - 1].nummer if len(rijen) > limiet else None
    return DeclaratieVolledig(**_velden(rij), prestaties=prestaties_uit(rijen[:limiet]), volgende_prestatie=meer)


def met_prestatie(
    id_: str, referentienummer: str, knooppunt: Knooppunt, partij: Partij
) -> tuple[DeclaratieUit, PrestatieUit]:
    """A declaratie, and the Prestatie in it with this ReferentieNummer; of more the one that can be put right. Raises problem 404."""
    eis_id(id_, "Deze declaratie")
    with lezend(knooppunt.engine) as verbinding:
        rij = LIJST.geef(verbinding, partij.code, id_)
        if rij is None:
            raise niet_gevonden("Deze declaratie")
        gevonden = prestaties_uit(met_referentie(verbinding, id_, referentienummer))
    if not gevonden:
        raise niet_gevonden("Deze prestatie")
    te_doen = (Prestatietoestand.TOEGEKEND, Prestatietoestand.AFGEWEZEN)
    return DeclaratieUit(**_velden(rij)), next((p for p in gevonden if p.toestand in te_doen), gevonden[0])


def _bladen(
    verbinding: Connection, id_: str, toestand: Prestatietoestand | None, na: int
) -> Iterator[list[PrestatieUit]]:
    def haal(vanaf: int | None) -> list[tuple[int, PrestatieUit]]:
        rijen = prestaties(verbinding, id_, toestand, -1 if vanaf is None else vanaf, PER_BLAD)
        return list(zip((rij.nummer for rij in rijen), prestaties_uit(rijen), strict=True))

    return in_bladen(haal, na)


def _velden(rij: Declaratierij) -> dict[str, Any]:
    zelfde = DeclaratieUit.model_fields.keys() - {"periode", "bericht"}
    periode = Tijdvak(begin=rij.begin, eind=rij.eind)
    return {naam: getattr(rij, naam) for naam in zelfde} | {"periode": periode, "bericht": rij.id}
