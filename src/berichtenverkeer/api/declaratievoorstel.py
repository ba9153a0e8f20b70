"""Proposals for declaraties: a 323 made of what was delivered, or one that puts a Prestatie right. Nothing is stored or sent."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from ..inname.aanname import ContractVan
from ..inname.tuig import Tuig
from ..levensloop.kalender import Kalender
from ..opslag.database import lezend
from ..opslag.personen import personen_in
from ..optreden import zag
from ..partijen.contracten import lees_contract
from ..partijen.partij import Partij
from ..partijen.schakelaar import Schakelbord
from ..standaard.domein import Domein
from ..standaard.schema import Schemas
from ..voorstel.declaratievoorstel import Resultaat, declareer_volumes
from ..voorstel.declareren.aandelen import aandelen
from ..voorstel.declareren.voorstel import Declaratievoorstel, Regel
from ..voorstel.voorstellen import Bureau, VoorstelFout
from .antwoord.prestatie_uit import Prestatiekern, Tijdvak
from .antwoord.problemen import BevindingUit, Probleem, RijfoutUit, antwoorden, van_voorstel
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from .rondom.route import Router
from .volumes_in import Gevraagd, lees, lees_vraag, lichaam
from .voorstellen import VoorstelUit

router = Router(prefix="/voorstellen", tags=["voorstellen"])


class VoorgesteldePrestatie(Prestatiekern):
    """One Prestatie of the proposal and the rows it was made of."""

    regels: list[int]
    uitleg: list[str]
    omgerekend: list[str] = Field(
        description="van `uitleg`: wat er werd van een hoeveelheid die een bericht zo niet kent"
    )
    in_bericht: bool
    bevindingen: list[BevindingUit]
    waarschuwingen: list[str] = Field(description="wat start en stop ertegen hebben; geen reden voor afwijzing (OP364)")


class VoorgesteldeDeclaratie(VoorstelUit):
    """The 323 for one gemeente and law."""

    domein: Domein
    gemeente: str
    declaratienummer: str
    bedrag: int
    prestaties: list[VoorgesteldePrestatie]


class AandeelOnderaannemer(BaseModel):
    """What of the amounts comes from one onderaannemer; null is what names none."""

    onderaannemer: str | None
    prestaties: int
    bedrag: int
    afgewezen: int = Field(description="deel van het bedrag dat zou worden afgewezen")


class DeclaratievoorstelUit(BaseModel):
    """A 323 for each gemeente and law; amounts are eurocent."""

    bedrag: int
    declaraties: list[VoorgesteldeDeclaratie]
    fouten: list[RijfoutUit] = Field(
        description="rijen waarvan geen prestatie te maken is; hun toewijzing ontbreekt in die maand"
    )
    per_onderaannemer: list[AandeelOnderaannemer]
    ongebruikte_kolommen: list[str]


@router.post(
    "/declaratie",
    response_model=DeclaratievoorstelUit,
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
    bestand; met `alleen_goed` (in een adres `alleenGoed`) blijft het weg. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /v1/berichten`.
    """
    uit = await maak(gevraagd, knooppunt, partij, nu)
    if isinstance(uit, list):
        raise RequestValidationError(uit)
    inhoud, status, soort = uit
    for bsn in personen_in(inhoud):  # who was read elsewhere, too
        zag(bsn)
    return Response(inhoud, status, media_type=soort)


async def maak(gevraagd: Gevraagd, knooppunt: Knooppunt, partij: Partij, nu: datetime) -> "_Uit":
    """The answer with its status and kind, a problem among them; or what in the question is not as it should be."""
    k, bord = knooppunt, knooppunt.register.bord()
    if gevraagd.is_zwaar(min(_HIER, k.instellingen.direct_tot_bytes)):
        return await k.kinderen.groot.laat_doen(
            _declareer_elders, gevraagd, partij, nu, k.kalender, bord, van=partij.code
        )
    return await run_in_threadpool(_declareer, k.engine, k.schemas, k.contracten.contract, gevraagd, partij, nu, bord)


_HIER = 30_000
"""Bytes of a question that are looked at in this process: some hundreds of rows, each of which is reckoned and judged."""

_Uit = tuple[bytes, int, str] | list[Any]
"""An answer with its status and kind; or what in the question is not as it should be."""


def _declareer_elders(
    tuig: Tuig, gevraagd: Gevraagd, partij: Partij, nu: datetime, kalender: Kalender, bord: Schakelbord
) -> _Uit:
    contract_van = partial(lees_contract, tuig.engine, kalender)
    return _declareer(tuig.engine, tuig.schemas, contract_van, gevraagd, partij, nu, bord)


def _declareer(
    engine: Engine,
    schemas: Schemas,
    contract_van: ContractVan,
    gevraagd: Gevraagd,
    partij: Partij,
    nu: datetime,
    bord: Schakelbord,
) -> _Uit:
    try:
        vraag, volumes, clienten = lees(gevraagd)
        with lezend(engine) as verbinding:
            bureau = Bureau(verbinding, partij, nu, schemas, contract_van, bord=bord)
            uit = declaraties_uit(declareer_volumes(bureau, volumes.rijen, vraag, clienten), volumes.ongebruikt)
    except RequestValidationError as fout:
        return list(fout.errors())
    except (Probleem, VoorstelFout) as fout:
        antwoord = (fout if isinstance(fout, Probleem) else van_voorstel(fout)).antwoord()
        return bytes(antwoord.body), antwoord.status_code, antwoord.media_type or ""
    return uit.model_dump_json().encode(), 200, "application/json"


def declaraties_uit(resultaat: Resultaat, ongebruikt: Sequence[str] = ()) -> DeclaratievoorstelUit:
    """The proposals as an answer."""
    return DeclaratievoorstelUit(
        bedrag=resultaat.bedrag,
        declaraties=[_declaratie(voorstel) for voorstel in resultaat.voorstellen],
        fouten=[_rijfout(fout) for fout in resultaat.fouten],
        per_onderaannemer=[
            AandeelOnderaannemer.model_validate(aandeel, from_attributes=True)
            for aandeel in aandelen(resultaat.voorstellen)
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


def _prestatie(regel: Regel) -> VoorgesteldePrestatie:
    p = regel.opgeteld.prestatie
    return VoorgesteldePrestatie(
        regels=list(regel.opgeteld.regels),
        referentienummer=p.ProductReferentie.ReferentieNummer,
        toewijzingnummer=p.ToewijzingNummer,
        categorie=p.ProductCategorie,
        code=p.ProductCode,
        productperiode=Tijdvak(begin=p.ProductPeriode.Begindatum, eind=p.ProductPeriode.Einddatum),
        geleverd_volume=p.GeleverdVolume,
        eenheid=p.Eenheid,
        tarief=p.ProductTarief,
        bedrag=p.IngediendBedrag.Bedrag,
        uitleg=list(regel.opgeteld.uitleg),
        omgerekend=list(regel.opgeteld.omgerekend),
        in_bericht=regel.in_bericht,
        bevindingen=_bevindingen(regel.bevindingen),
        waarschuwingen=list(regel.waarschuwingen),
    )


def _bevindingen(gevonden: Any) -> list[BevindingUit]:
    return [BevindingUit.model_validate(bevinding, from_attributes=True) for bevinding in gevonden]


def _rijfout(fout: Any) -> RijfoutUit:
    return RijfoutUit.model_validate(fout, from_attributes=True)
