"""Proposals for declaraties: a 323 made of what was delivered, or one that puts a Prestatie right. Nothing is stored or sent."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from ..standaard.domein import Domein
from ..uitwisseling.declaratievoorstel import Opdracht, Resultaat, declareer_volumes, herstel_prestatie
from ..verwerking.declareer.aandelen import aandelen
from ..verwerking.declareer.herstel import Wat
from ..verwerking.declareer.verbetering import Correctie
from ..verwerking.declareer.volumes import OUTPUT, Volume, Volumefout, lees_csv, lees_maand, lees_rijen
from ..verwerking.declareer.voorstel import Declaratievoorstel, Regel
from .knooppunt import DePartij, HetKnooppunt, Nu, eis_id
from .lichaam import lees_bytes
from .prestatie_uit import PeriodeUit
from .problemen import BevindingUit, Probleem, RijfoutUit, antwoorden
from .voorstellen import Invoer, Nummer, VoorstelUit, bij_fout, maak_bureau, voorstel_uit

router = APIRouter(prefix="/voorstellen", tags=["voorstellen"])

Maand = Annotated[str, Field(pattern="^[1-9][0-9]{3}-(0[1-9]|1[0-2])$", examples=["2026-03"])]
Voorvoegsel = Annotated[
    str | None,
    Field(pattern="^[A-Za-z0-9-]{1,8}$", description="begin van het DeclaratieNummer; anders volgt het uit de vraag"),
]
Gemeente = Annotated[str | None, Field(pattern="^[0-9]{4}$", description="van rijen die geen gemeente noemen")]
Wet = Annotated[Literal["iwmo", "ijw"] | None, Field(description="van rijen die geen wet noemen")]
AlleenGoed = Annotated[bool, Field(description="laat weg wat zou worden afgewezen")]
HeleUren = Annotated[bool, Field(description="rond minuten per prestatie af op hele uren (IV079)")]
Cel = str | int | None


class VolumeIn(Invoer):
    """A row, as in a file: a day, a stay of which the amount is for each day, or a whole month."""

    toewijzingnummer: Cel = None
    datum: Cel = Field(None, examples=["2026-03-20"])
    tot: Cel = Field(None, description="laatste dag van een verblijf; de hoeveelheid is dan per dag")
    maand: Cel = Field(None, examples=["2026-03"])
    hoeveelheid: Cel = Field(None, description=f"heel getal, of {OUTPUT} voor de weken van deze maand (IV076)")
    eenheid: Cel = None
    categorie: Cel = None
    code: Cel = None
    tarief: Cel = Field(None, description="eurocent; anders dat van het contract")
    tarief_eenheid: Cel = None
    gemeente: Cel = None
    domein: Cel = None
    onderaannemer: Cel = None


class DeclaratieVraag(Invoer):
    """What was delivered, and which month to declare."""

    maand: Maand
    volumes: Annotated[list[VolumeIn], Field(min_length=1)]
    gemeente: Gemeente = None
    domein: Wet = None
    alleen_goed: AlleenGoed = False
    hele_uren: HeleUren = False
    voorvoegsel: Voorvoegsel = None


class CsvVraag(BaseModel):
    """The same but for the rows, of which there is a file."""

    maand: Maand
    gemeente: Gemeente = None
    domein: Wet = None
    alleen_goed: AlleenGoed = False
    hele_uren: HeleUren = False
    voorvoegsel: Voorvoegsel = None


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


class DeclaratieUit(VoorstelUit):
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
    declaraties: list[DeclaratieUit]
    fouten: list[RijfoutUit] = Field(
        description="rijen waarvan geen prestatie te maken is; hun toewijzing ontbreekt in die maand"
    )
    per_onderaannemer: list[AandeelUit]


class PrestatieVraag(Invoer):
    declaratie: str = Field(description="id, zoals bij /declaraties")
    referentienummer: Annotated[str, Field(min_length=1, max_length=20)]
    wat: Wat
    maand: Maand | None = Field(None, description="DeclaratiePeriode; anders de laatst gedeclareerde maand (IV090)")
    toewijzingnummer: Nummer | None = None
    categorie: Annotated[str | None, Field(pattern="^[0-9]{2}$")] = None
    code: Annotated[str | None, Field(min_length=1, max_length=5)] = None
    geleverd_volume: Annotated[int | None, Field(ge=0, le=99_999_999)] = None
    eenheid: Annotated[str | None, Field(pattern="^[0-9]{2}$")] = None
    tarief: Annotated[int | None, Field(ge=0, le=99_999_999, description="eurocent per eenheid van de toewijzing")] = (
        None
    )


async def _lees_vraag(
    request: Request,
    knooppunt: HetKnooppunt,
    maand: Annotated[str | None, Query(description="bij CSV: de DeclaratiePeriode, JJJJ-MM")] = None,
    gemeente: Annotated[str | None, Query(description="bij CSV: van rijen die geen gemeente noemen")] = None,
    domein: Annotated[str | None, Query(description="bij CSV: van rijen die geen wet noemen")] = None,
    alleen_goed: Annotated[bool, Query(description="bij CSV")] = False,
    hele_uren: Annotated[bool, Query(description="bij CSV")] = False,
    voorvoegsel: Annotated[str | None, Query(description="bij CSV")] = None,
) -> tuple[Opdracht, tuple[Volume, ...]]:
    """The question and the rows, from JSON or from CSV."""
    soort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if soort not in _SOORTEN:
        raise Probleem(
            415,
            "geen-volumes",
            "De inhoud is niet aangekondigd als CSV of JSON.",
            "Geef de header 'Content-Type: text/csv' of 'application/json' mee.",
        )
    data = await lees_bytes(request, knooppunt.instellingen.max_bytes)
    try:
        if soort == "text/csv":
            velden = {"maand": maand, "gemeente": gemeente, "domein": domein, "voorvoegsel": voorvoegsel}
            csv = CsvVraag.model_validate(velden | {"alleen_goed": alleen_goed, "hele_uren": hele_uren})
            return _opdracht(csv), lees_csv(data)
        vraag = DeclaratieVraag.model_validate_json(data)
        return _opdracht(vraag), lees_rijen(rij.model_dump() for rij in vraag.volumes)
    except ValidationError as fout:
        fouten = fout.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([geval | {"loc": ("body", *geval["loc"])} for geval in fouten]) from None
    except Volumefout as fout:
        raise Probleem(
            422,
            "volumes-onjuist",
            str(fout),
            "Verbeter deze regels; er is niets gedeclareerd.",
            fouten=[_rijfout(geval).model_dump() for geval in fout.fouten],
        ) from None


_SOORTEN = ("text/csv", "application/json")


def _schema() -> dict[str, Any]:
    """The form of the JSON, in one piece."""
    schema = DeclaratieVraag.model_json_schema()
    schema["properties"]["volumes"]["items"] = schema.pop("$defs")["VolumeIn"]
    return schema


@router.post(
    "/declaratie",
    responses=antwoorden(400, 401, 403, 413, 415, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _schema()}, "text/csv": {"schema": {"type": "string"}}},
        }
    },
)
def declaratie(
    gelezen: Annotated[tuple[Opdracht, tuple[Volume, ...]], Depends(_lees_vraag)],
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
) -> DeclaratiesUit:
    """Aanbieder: het declaratiebericht van wat er is geleverd, één per gemeente en wet.

    De rijen komen als JSON, of als CSV met `;` en een kop; de overige vragen staan dan in het adres. Alles op één toewijzing
    en product in één maand wordt één prestatie. Wat zou worden afgewezen staat bij de prestatie, met de regels van het
    bestand; met `alleen_goed` blijft het weg. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /berichten`.
    """
    opdracht, volumes = gelezen
    with knooppunt.engine.connect() as verbinding, bij_fout():
        bureau = maak_bureau(knooppunt, verbinding, partij, nu)
        return declaraties_uit(declareer_volumes(bureau, volumes, opdracht))


@router.post("/prestatie", responses=antwoorden(400, 401, 403, 404, 422))
def prestatie(vraag: PrestatieVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het declaratiebericht dat één prestatie herstelt.

    `opnieuw` dient een afgewezen prestatie verbeterd in, `credit` neemt een toegekende terug, en `credit_en_debet` doet dat en
    declareert opnieuw. ProductPeriode, product, eenheid en bedrag volgen uit de toewijzing en het contract zoals die nu zijn;
    wat daaruit niet volgt, is een vraag aan u.
    """
    eis_id(vraag.declaratie, "Deze declaratie")
    correctie = Correctie(
        vraag.toewijzingnummer, vraag.categorie, vraag.code, vraag.geleverd_volume, vraag.eenheid, vraag.tarief
    )
    periode = lees_maand(vraag.maand) if vraag.maand is not None else None
    with knooppunt.engine.connect() as verbinding, bij_fout():
        bureau = maak_bureau(knooppunt, verbinding, partij, nu)
        return voorstel_uit(
            herstel_prestatie(bureau, vraag.declaratie, vraag.referentienummer, vraag.wat, periode, correctie)
        )


def declaraties_uit(resultaat: Resultaat) -> DeclaratiesUit:
    """The proposals as an answer."""
    return DeclaratiesUit(
        bedrag=resultaat.bedrag,
        declaraties=[_declaratie(voorstel) for voorstel in resultaat.voorstellen],
        fouten=[_rijfout(fout) for fout in resultaat.fouten],
        per_onderaannemer=[
            AandeelUit.model_validate(aandeel, from_attributes=True) for aandeel in aandelen(resultaat.voorstellen)
        ],
    )


def _declaratie(voorstel: Declaratievoorstel) -> DeclaratieUit:
    g = voorstel.grondslag
    return DeclaratieUit(
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
    )


def _bevindingen(gevonden: Any) -> list[BevindingUit]:
    return [BevindingUit.model_validate(bevinding, from_attributes=True) for bevinding in gevonden]


def _rijfout(fout: Any) -> RijfoutUit:
    return RijfoutUit.model_validate(fout, from_attributes=True)


def _opdracht(vraag: CsvVraag | DeclaratieVraag) -> Opdracht:
    return Opdracht(
        maand=lees_maand(vraag.maand),
        gemeente=vraag.gemeente,
        domein=Domein(vraag.domein) if vraag.domein is not None else None,
        voorvoegsel=vraag.voorvoegsel,
        alleen_goed=vraag.alleen_goed,
        hele_uren=vraag.hele_uren,
    )
