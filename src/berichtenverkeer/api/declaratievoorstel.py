"""Proposals for declaraties: a 323 made of what was delivered, or one that puts a Prestatie right. Nothing is stored or sent."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from ..standaard.domein import Domein
from ..voorstel.declaratievoorstel import Opdracht, Resultaat, declareer_volumes, herstel_prestatie
from ..voorstel.declareren.aandelen import aandelen
from ..voorstel.declareren.cellen import lees_maand
from ..voorstel.declareren.herstel import Wat
from ..voorstel.declareren.verbetering import Correctie
from ..voorstel.declareren.volumes import Volumes
from ..voorstel.declareren.voorstel import Declaratievoorstel, Regel
from .aanmelding import DePartij
from .knooppunt import HetKnooppunt, Nu
from .prestatie_uit import PeriodeUit
from .problemen import BevindingUit, RijfoutUit, antwoorden
from .tekst import Invoer
from .volumes_in import Maand, lees_vraag, lichaam
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
    responses=antwoorden(400, 401, 403, 413, 415, 422),
    openapi_extra=lichaam(),
)
def declaratie(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    gelezen: Annotated[tuple[Opdracht, Volumes], Depends(lees_vraag)],
    nu: Nu,
) -> DeclaratiesUit:
    """Aanbieder: het declaratiebericht van wat er is geleverd, één per gemeente en wet.

    De rijen komen als JSON, of als CSV of XLSX met een kop; de overige vragen staan dan in het adres. Alles op één toewijzing
    en product in één maand wordt één prestatie. Wat zou worden afgewezen staat bij de prestatie, met de regels van het
    bestand; met `alleen_goed` blijft het weg. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /berichten`.
    """
    opdracht, volumes = gelezen
    with knooppunt.engine.connect() as verbinding, bij_fout():
        bureau = maak_bureau(knooppunt, verbinding, partij, nu)
        return declaraties_uit(declareer_volumes(bureau, volumes.rijen, opdracht), volumes.ongebruikt)


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
