"""Steering figures over HTTP: the figures of a period, and the rows behind one of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sqlalchemy import Connection

from ..invoer import Dag
from ..opslag.stuurinformatie.stuurvragen import Plek as InDeel
from ..opslag.stuurinformatie.stuurvragen import PlekOnjuist
from ..partijen.partij import Partij, Partijrol
from ..rapportage import antwoord as rapport
from ..rapportage.vraag import NietVoorRol, Vraag, bezwaren
from ..stuurinformatie.catalogus import KPIS, uit_tekst
from ..tabellen.kolom import Kolom, Soort
from .antwoord import cursor
from .antwoord.lijst import Camel
from .antwoord.onjuist import fouten
from .antwoord.problemen import Probleem, antwoorden, vraag_onjuist
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu
from .rondom.route import Router
from .tabel import PER_BLAD, DeGedaante, Gedaante, als_tabel, lijst_antwoorden, stroom

router = Router(prefix="/stuurinformatie", tags=["stuurinformatie"])

_LIJST = "onderliggend"
_DAG: TypeAdapter[date] = TypeAdapter(Dag)
_PLEK = re.compile(r"([0-9]{1,4})\.([0-9]{1,9})((?:\.[0-9]{1,18}|\.[0-9a-f-]{36})*)")
_GETALLEN = (
    "aantal", "clienten", "waarde", "mediaan", "p90", "aandeel", "teller", "noemer", "apart", "plan", "signaal", "onderdrukt",
)  # fmt: skip
"""The fields of a group, in the order of the columns of a table."""


class Periodevraag(Camel):
    """Over which days, by what."""

    van: Dag = Field(description="de eerste dag", examples=["2026-01-01"])
    tot: Dag = Field(description="de laatste dag; cijfers op een dag (P) gaan over deze", examples=["2026-03-31"])
    per: str = Field(
        "",
        max_length=200,
        description="waarnaar wordt gegroepeerd, met komma's ertussen: domein, gemeente, aanbieder, form, product, segment, partner, "
        "berichtsoort, maand, kwartaal",
        examples=["gemeente,form"],
    )
    toon_klein: bool = Field(False, description="toon ook cellen van 1 tot en met 9 cliënten")


class Stuurvraag(Periodevraag):
    """Which figures."""

    kpi: str = Field(
        "",
        max_length=500,
        description="codes met komma's ertussen; zonder: alle voor uw rol",
        examples=["WACHTTIJD,INSTROOM"],
    )


class Rijvraag(Periodevraag):
    """Which rows: those behind small cells too, for a caller may see each of them."""

    na: str | None = Field(None, description="`volgende` van een eerder antwoord")
    limiet: int = Field(1000, ge=1, le=10_000)


class GroepUit(BaseModel):
    """One cell. Which fields it has depends on the eenheid of the figure; in a hidden one all numbers are empty."""

    groep: dict[str, str | None] = Field(examples=[{"gemeente": "0855", "form": "07"}])
    aantal: int | None = Field(description="het aantal rijen waarop de waarde rust")
    clienten: int | None = Field(description="cliënten (Bsn) daarin; leeg bij cijfers over berichten en contracten")
    waarde: float | int | None = Field(description="het cijfer: een aantal, een gemiddelde, een aandeel of eurocenten")
    mediaan: float | int | None = None
    p90: int | None = Field(None, description="de waarde op plaats ⌈0,9 n⌉")
    aandeel: float | None = None
    teller: int | None = None
    noemer: int | None = None
    apart: int | None = Field(None, description="wat is weggelaten omdat het tarief niet bekend is")
    plan: float | None = Field(None, description="MIX: het geplande aandeel")
    signaal: bool | None = Field(None, description="BESTEDINGSRUIMTE: 0,70 of meer")
    onderdrukt: bool = Field(description="de cel rust op te weinig cliënten om te tonen")


class KpiUit(BaseModel):
    """A figure with its groups."""

    code: str = Field(examples=["WACHTTIJD"])
    naam: str
    definitie: str
    bron: str = Field(description="waar de definitie vandaan komt")
    eenheid: str = Field(examples=["dagen"])
    per: list[str] = Field(description="waarnaar gegroepeerd is")
    groepen: list[GroepUit]


class StuurUit(BaseModel):
    """The figures of a period."""

    van: date
    tot: date
    zicht: str = Field(description="waarover de cijfers gaan: wat u mag zien")
    kpis: list[KpiUit]
    onvolledig: list[str] = Field(
        description="de maanden of kwartalen waarvan de periode maar een deel heeft, of die nog niet voorbij zijn",
        examples=[["2026-03"]],
    )


class RijUit(BaseModel):
    """A row behind a figure."""

    groep: dict[str, str | None]
    gemeente: str | None
    aanbieder: str | None
    bsn: str | None = Field(examples=["999900006"])
    toewijzing: str | None = Field(description="zie `/v1/toewijzingen/{id}`")
    bericht: str | None = Field(description="zie `/v1/berichten/{id}`")
    datums: dict[str, date | None] = Field(examples=[{"wacht": "2026-01-05", "start": "2026-01-12"}])
    waarde: int | None
    teller: int | None
    noemer: int | None


class RijenUit(BaseModel):
    """A page of rows; ``volgende`` is None when there is no more."""

    items: list[RijUit]
    volgende: str | None = Field(
        description="geef mee als `na`; leeg: dit was alles", examples=["onderliggend.0.1.1085599990001.739617.12"]
    )


async def _eis_cijfers(request: Request, partij: DePartij) -> None:
    """Before a field that has not its form is refused by itself."""
    eis_goed(partij.rol, Stuurvraag, request.query_params)


async def _eis_rijen(request: Request, partij: DePartij, code: str) -> None:
    eis_goed(partij.rol, Rijvraag, request.query_params, [code])


@router.get(
    "",
    response_model=StuurUit,
    response_model_exclude_unset=True,
    responses=lijst_antwoorden(400, 401, 403),
    dependencies=[Depends(_eis_cijfers)],
)
def cijfers(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    gevraagd: Annotated[Stuurvraag, Query()],
    gedaante: DeGedaante,
) -> StuurUit | Response:
    """Stuurinformatie over een periode: wachten, in- en uitstroom, tijdigheid, bezetting en besteding, over wat u mag zien."""
    vraag = _vraag(partij, gevraagd, uit_tekst(gevraagd.kpi), toon_klein=gevraagd.toon_klein)
    uit = rapport.antwoord(knooppunt.engine, knooppunt.kalender, partij, vraag, nu.date())
    if gedaante is not Gedaante.JSON:
        kolommen, rijen = als_rijen(uit.kpis)
        return als_tabel(gedaante, "stuurinformatie", kolommen, rijen)
    return StuurUit.model_validate(uit, from_attributes=True)


@router.get(
    "/{code}/onderliggend",
    response_model=RijenUit,
    responses=lijst_antwoorden(400, 401, 403, 404) | antwoorden(503),
    dependencies=[Depends(_eis_rijen)],
)
def rijen(
    code: str,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    gevraagd: Annotated[Rijvraag, Query()],
    gedaante: DeGedaante,
) -> RijenUit | Response:
    """De rijen achter één cijfer: samen zijn zij de getallen ervan.

    Geef `volgende` mee als `na` voor de volgende bladzijde, tot die leeg is. Als tabel (CSV of XLSX) krijgt u alle rijen ineens.
    """
    na = cursor.lees(gevraagd.na, "na", _LIJST, _PLEK)
    vraag = _vraag(partij, gevraagd, [code])
    if gedaante is not Gedaante.JSON:

        def bladen(verbinding: Connection) -> Iterator[list[RijUit]]:
            for blad in rapport.alle_rijen(verbinding, knooppunt.kalender, partij, vraag, PER_BLAD):
                yield [RijUit(**item) for item in blad]

        return stroom(knooppunt, gedaante, code.lower(), RijUit, bladen)
    try:
        blad = rapport.onderliggend(
            knooppunt.engine, knooppunt.kalender, partij, vraag, _plek(na) if na else rapport.BEGIN, gevraagd.limiet
        )
    except PlekOnjuist:
        raise cursor.onbekend("na") from None
    return RijenUit(items=[RijUit(**item) for item in blad.items], volgende=_cursor(blad.volgende))


def _plek(na: tuple[str, ...]) -> rapport.Plek:
    deel, gehad, waarden = na
    los = (int(waarde) if waarde.isdigit() else waarde for waarde in waarden.split(".")[1:])
    return rapport.Plek(int(deel), InDeel(tuple(los), int(gehad)))


def _cursor(plek: rapport.Plek | None) -> str | None:
    if plek is None:
        return None
    return cursor.schrijf(_LIJST, plek.deel, plek.in_deel.gehad, *plek.in_deel.waarden)


def onjuist(
    rol: Partijrol, model: type[Periodevraag], gegeven: Mapping[str, str], codes: Sequence[str] | None = None
) -> list[dict[str, str]]:
    """All that is wrong with a question as it came: with the form of its fields, and with what the others ask; each with ``veld`` and
    ``melding``. ``codes`` are the figures where these stand elsewhere than in ``kpi``."""
    gevallen: list[dict[str, Any]] = []
    try:
        model.model_validate(dict(gegeven))
    except ValidationError as fout:
        gevallen = [{**geval, "loc": ("vraag", *geval["loc"])} for geval in fout.errors(include_url=False)]
    uit = fouten(gevallen)
    goed = {naam: waarde for naam, waarde in gegeven.items() if naam not in {een["veld"] for een in uit}}
    van, tot = (_DAG.validate_python(goed[naam]) if naam in goed else None for naam in ("van", "tot"))
    gevraagd = uit_tekst(goed.get("kpi", "")) if codes is None else codes
    gevonden = bezwaren(rol, van, tot, gevraagd, uit_tekst(goed.get("per", "")))
    return [*uit, *({"veld": een.veld, "melding": een.melding} for een in gevonden)]


def eis_goed(
    rol: Partijrol, model: type[Periodevraag], gegeven: Mapping[str, str], codes: Sequence[str] | None = None
) -> None:
    """Raise problem 400 with all that is wrong with a question as it came."""
    if alles := onjuist(rol, model, gegeven, codes):
        waar = "/v1/standaard/kpis noemt ieder cijfer, met waarnaar het gegroepeerd kan worden"
        raise vraag_onjuist(alles, waar)


def _vraag(partij: Partij, gevraagd: Periodevraag, codes: Sequence[str], *, toon_klein: bool = False) -> Vraag:
    """A question that is good. Raises problem 403 for a figure of another rol."""
    try:
        return Vraag.maak(partij.rol, gevraagd.van, gevraagd.tot, codes, uit_tekst(gevraagd.per), toon_klein=toon_klein)
    except NietVoorRol as fout:
        rollen = sorted({rol for een in fout.codes for rol in KPIS[een].voor})
        raise Probleem(
            403,
            "niet-voor-u",
            f"{', '.join(fout.codes)} is er niet voor een {partij.rol}, wel voor: {', '.join(rollen)}.",
            "Vraag een cijfer dat er voor u is; zonder kpi krijgt u die alle.",
        ) from None


def als_rijen(kpis: Sequence[dict[str, Any]]) -> tuple[list[Kolom], list[dict[str, Any]]]:
    """The groups of figures as rows of a table, and its columns: the code, the keys, and the fields of a group."""
    namen = list(dict.fromkeys(naam for kpi in kpis for naam in kpi["per"]))
    alle = [
        {
            "code": kpi["code"],
            **{f"groep {naam}": waarde for naam, waarde in groep["groep"].items()},
            **_getallen(groep),
        }
        for kpi in kpis
        for groep in kpi["groepen"]
    ]
    gebruikt = [naam for naam in _GETALLEN if naam == "onderdrukt" or any(naam in rij for rij in alle)]
    kolommen = [Kolom("code", Soort.TEKST, itemgetter("code"))]
    kolommen += (Kolom(naam, Soort.TEKST, _lezer(f"groep {naam}")) for naam in namen)
    kolommen += (
        Kolom(naam, Soort.JA_NEE if naam in ("onderdrukt", "signaal") else Soort.GETAL, _lezer(naam))
        for naam in gebruikt
    )
    return kolommen, alle


def _getallen(groep: dict[str, Any]) -> dict[str, Any]:
    getallen = ((naam, waarde) for naam, waarde in groep.items() if naam != "groep")
    return {naam: _plat(waarde) if isinstance(waarde, float) else waarde for naam, waarde in getallen}


def _plat(waarde: float) -> Decimal | int:
    """As a table has it: without decimals where there are none."""
    return int(waarde) if waarde.is_integer() else Decimal(str(waarde))


def _lezer(naam: str) -> Any:
    return lambda rij: rij.get(naam)
