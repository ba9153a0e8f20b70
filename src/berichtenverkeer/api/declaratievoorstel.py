"""Proposals for declaraties: a 323 made of what was delivered, or one that puts a Prestatie right. Nothing is stored or sent."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from ..inname.aanname import ContractVan
from ..inname.tuig import Tuig
from ..levensloop.kalender import Kalender
from ..partijen.contracten import lees_contract
from ..partijen.partij import Partij
from ..standaard.domein import Domein
from ..standaard.schema import Schemas
from ..voorstel.declaratievoorstel import Resultaat, declareer_volumes, herstel_prestatie
from ..voorstel.declareren.aandelen import aandelen
from ..voorstel.declareren.cellen import lees_maand
from ..voorstel.declareren.herstel import Wat
from ..voorstel.declareren.verbetering import Correctie
from ..voorstel.declareren.voorstel import Declaratievoorstel, Regel
from ..voorstel.voorstellen import Bureau
from .aanmelding import DePartij
from .knooppunt import HetKnooppunt, Nu
from .prestatie_uit import PeriodeUit
from .problemen import BevindingUit, Probleem, RijfoutUit, antwoorden
from .tekst import Invoer
from .volumes_in import Gevraagd, Maand, lees, lees_vraag, lichaam
from .voorstellen import Nummer, VoorstelUit, bij_fout, maak_bureau, voorstel_uit

router = APIRouter(prefix="/voorstellen", tags=["voorstellen"])


class PrestatieVoorstelUit(BaseModel):
    """One Prestatie of the proposal and the rows it was made of."""

    regels: list[int]
    referentienummer: str
    toewijzingnummer: int
    categorie: str
    code: str
    productperiode: PeriodeUit
    geleverd_volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    uitleg: list[str]
    in_bericht: bool
    bevindingen: list[BevindingUit]
    waarschuwingen: list[str] = Field(description="wat start en stop ertegen hebben; geen reden voor afwijzing (OP364)")


class VoorgesteldeDeclaratie(VoorstelUit):
    """The 323 for one gemeente and law."""

    domein: Domein
    gemeente: str
    declaratienummer: str
    bedrag: int
    prestaties: list[PrestatieVoorstelUit]


class AandeelUit(BaseModel):
    """What of the amounts comes from one onderaannemer; null is what names none."""

    onderaannemer: str | None
    prestaties: int
    bedrag: int
    afgewezen: int = Field(description="deel van het bedrag dat zou worden afgewezen")


class DeclaratiesUit(BaseModel):
    """A 323 for each gemeente and law; amounts are eurocent."""

    bedrag: int
    declaraties: list[VoorgesteldeDeclaratie]
    fouten: list[RijfoutUit] = Field(
        description="rijen waarvan geen prestatie te maken is; hun toewijzing ontbreekt in die maand"
    )
    per_onderaannemer: list[AandeelUit]
    ongebruikte_kolommen: list[str]


class PrestatieVraag(Invoer):
    declaratie: str = Field(min_length=1, max_length=36, description="DeclaratieNummer, of id zoals bij /declaraties")
    referentienummer: Annotated[str, Field(min_length=1, max_length=20)]
    wat: Wat
    maand: Maand | None = Field(None, description="DeclaratiePeriode; anders de laatst gedeclareerde maand (IV090)")
    toewijzingnummer: Nummer | None = None
    categorie: Annotated[str | None, Field(pattern="^[0-9]{2}$")] = None
    code: Annotated[str | None, Field(min_length=1, max_length=5)] = None
    geleverd_volume: Annotated[int | None, Field(ge=0, le=99_999_999)] = None
    eenheid: Annotated[str | None, Field(pattern="^[0-9]{2}$")] = None
    tarief: Annotated[int | None, Field(ge=0, le=99_999_999, description="eurocent")] = None
    tarief_eenheid: Annotated[
        str | None, Field(pattern="^[0-9]{2}$", description="waarvoor `tarief` is: 04 uur, 01 minuut")
    ] = None


@router.post(
    "/declaratie",
    response_model=DeclaratiesUit,
    responses=antwoorden(400, 401, 403, 413, 415, 422),
    openapi_extra=lichaam(),
)
async def declaratie(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    gevraagd: Annotated[Gevraagd, Depends(lees_vraag)],
    nu: Nu,
) -> Response:
    """Aanbieder: het declaratiebericht van wat er is geleverd, één per gemeente en wet.

    De rijen komen als JSON, of als CSV of XLSX met een kop; de overige vragen staan dan in het adres. Alles op één toewijzing
    en product in één maand wordt één prestatie. Wat zou worden afgewezen staat bij de prestatie, met de regels van het
    bestand; met `alleen_goed` blijft het weg. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /berichten`.
    """
    k = knooppunt
    if gevraagd.is_zwaar(min(_HIER, k.instellingen.direct_tot_bytes)):
        uit = await k.kind.laat_doen(_declareer_elders, gevraagd, partij, nu, k.kalender)
    else:
        uit = await run_in_threadpool(_declareer, k.engine, k.schemas, k.contracten.contract, gevraagd, partij, nu)
    if isinstance(uit, list):
        raise RequestValidationError(uit)
    inhoud, status, soort = uit
    return Response(inhoud, status, media_type=soort)


_HIER = 30_000
"""Bytes of a question that are looked at in this process: some hundreds of rows, each of which is reckoned and judged."""

_Uit = tuple[bytes, int, str] | list[Any]
"""An answer with its status and kind; or what in the question is not as it should be."""


def _declareer_elders(tuig: Tuig, gevraagd: Gevraagd, partij: Partij, nu: datetime, kalender: Kalender) -> _Uit:
    contract_van = partial(lees_contract, tuig.engine, kalender)
    return _declareer(tuig.engine, tuig.schemas, contract_van, gevraagd, partij, nu)


def _declareer(
    engine: Engine, schemas: Schemas, contract_van: ContractVan, gevraagd: Gevraagd, partij: Partij, nu: datetime
) -> _Uit:
    try:
        opdracht, volumes = lees(gevraagd)
        with engine.connect() as verbinding, bij_fout():
            bureau = Bureau(verbinding, partij, nu, schemas, contract_van)
            uit = declaraties_uit(declareer_volumes(bureau, volumes.rijen, opdracht), volumes.ongebruikt)
    except RequestValidationError as fout:
        return list(fout.errors())
    except Probleem as probleem:
        antwoord = probleem.antwoord()
        return bytes(antwoord.body), antwoord.status_code, antwoord.media_type or ""
    return uit.model_dump_json().encode(), 200, "application/json"


@router.post("/prestatie", responses=antwoorden(400, 401, 403, 404, 422))
def prestatie(vraag: PrestatieVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het declaratiebericht dat één prestatie herstelt.

    `opnieuw` dient een afgewezen prestatie verbeterd in, `credit` neemt een toegekende terug, en `credit_en_debet` doet dat en
    declareert opnieuw. ProductPeriode, product, eenheid en bedrag volgen uit de toewijzing en het contract zoals die nu zijn;
    wat daaruit niet volgt, is een vraag aan u.
    """
    correctie = Correctie(
        vraag.toewijzingnummer,
        vraag.categorie,
        vraag.code,
        vraag.geleverd_volume,
        vraag.eenheid,
        vraag.tarief,
        vraag.tarief_eenheid,
    )
    periode = lees_maand(vraag.maand) if vraag.maand is not None else None
    with knooppunt.engine.connect() as verbinding, bij_fout():
        bureau = maak_bureau(knooppunt, verbinding, partij, nu)
        return voorstel_uit(
            herstel_prestatie(bureau, vraag.declaratie, vraag.referentienummer, vraag.wat, periode, correctie)
        )


def declaraties_uit(resultaat: Resultaat, ongebruikt: Sequence[str] = ()) -> DeclaratiesUit:
    """The proposals as an answer."""
    return DeclaratiesUit(
        bedrag=resultaat.bedrag,
        declaraties=[_declaratie(voorstel) for voorstel in resultaat.voorstellen],
        fouten=[_rijfout(fout) for fout in resultaat.fouten],
        per_onderaannemer=[
            AandeelUit.model_validate(aandeel, from_attributes=True) for aandeel in aandelen(resultaat.voorstellen)
        ],
        ongebruikte_kolommen=list(ongebruikt),
    )


def _declaratie(voorstel: Declaratievoorstel) -> VoorgesteldeDeclaratie:
    g = voorstel.grondslag
    return VoorgesteldeDeclaratie(
        berichtsoort=g.soort.code,
        xml=voorstel.data.decode() if voorstel.data is not None else None,
        uitleg=list(voorstel.uitleg),
        vragen=[],
        bevindingen=_bevindingen(voorstel.bevindingen),
        domein=g.domein,
        gemeente=g.gemeente,
        declaratienummer=g.nummering.declaratienummer,
        bedrag=voorstel.bedrag,
        prestaties=[_prestatie(regel) for regel in voorstel.regels],
    )


def _prestatie(regel: Regel) -> PrestatieVoorstelUit:
    p = regel.opgeteld.prestatie
    return PrestatieVoorstelUit(
        regels=list(regel.opgeteld.regels),
        referentienummer=p.ProductReferentie.ReferentieNummer,
        toewijzingnummer=p.ToewijzingNummer,
        categorie=p.ProductCategorie,
        code=p.ProductCode,
        productperiode=PeriodeUit(begin=p.ProductPeriode.Begindatum, eind=p.ProductPeriode.Einddatum),
        geleverd_volume=p.GeleverdVolume,
        eenheid=p.Eenheid,
        tarief=p.ProductTarief,
        bedrag=p.IngediendBedrag.Bedrag,
        uitleg=list(regel.opgeteld.uitleg),
        in_bericht=regel.in_bericht,
        bevindingen=_bevindingen(regel.bevindingen),
        waarschuwingen=list(regel.waarschuwingen),
    )


def _bevindingen(gevonden: Any) -> list[BevindingUit]:
    return [BevindingUit.model_validate(bevinding, from_attributes=True) for bevinding in gevonden]


def _rijfout(fout: Any) -> RijfoutUit:
    return RijfoutUit.model_validate(fout, from_attributes=True)
