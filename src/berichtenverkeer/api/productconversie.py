"""Product conversion of a gemeente: what it would come to, and the messages that do it. Nothing is stored or sent."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from ..invoer import Invoer, TweeCijfers
from ..voorstel.opstellen.conversietabel import Conversietabel, Regel, Tabelfout
from ..voorstel.productconversie import Client, Telling, converteer_gemeente
from ..voorstel.voorstellen import VoorstelFout
from ..voorstel.vragen import Conversiewijze
from .antwoord.problemen import BevindingUit, antwoorden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu
from .rondom.route import Router
from .voorstellen import bureau

router = Router(prefix="/voorstellen", tags=["voorstellen"])


class Conversieregel(Invoer):
    """One row of the table; an ``oude_code`` with ``*`` at its end stands for all codes that begin so."""

    oude_code: Annotated[str, Field(min_length=1, max_length=6, examples=["54*"])]
    categorie: TweeCijfers
    code: Annotated[str, Field(min_length=1, max_length=5, examples=["54Z01"])]
    eenheid: TweeCijfers | None = None


class ProductconversieVraag(Conversiewijze):
    """The same with the table."""

    tabel: Annotated[list[Conversieregel], Field(min_length=1, max_length=10_000)]
    limiet: Annotated[int, Field(ge=1, le=1000, description="van hoeveel cliënten het antwoord vertelt")] = 100


class Productomzetting(BaseModel):
    toewijzingnummer: int
    oude_code: str
    nieuwe_code: str
    nieuw_toewijzingnummer: int | None
    overgeslagen: str | None = Field(description="waarom niet")


class ConversieClient(BaseModel):
    """What becomes of one client at one aanbieder; ``xml`` only when it was asked for."""

    aanbieder: str
    bsn: str
    omzettingen: list[Productomzetting]
    uitleg: list[str]
    vragen: list[str]
    bevindingen: list[BevindingUit]
    xml: str | None


class Conversieaantal(BaseModel):
    wat: str
    aantal: int


class Productconversie(BaseModel):
    """The counts are of all clients; ``clienten`` are the first ones."""

    berichten: int
    toewijzingen: int
    vragen: int = Field(
        description="van hoeveel toewijzingen een totaal of budget in zijn geheel meegaat; kijk of dat zo hoort"
    )
    per_aanbieder: list[Conversieaantal]
    per_code: list[Conversieaantal]
    overgeslagen: list[Conversieaantal]
    clienten: list[ConversieClient]


@router.post("/productconversie", responses=antwoorden(400, 401, 403, 422))
def productconversie(
    vraag: ProductconversieVraag,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    uit: Annotated[Literal["xml"] | None, Query(description="xml: met de berichten erbij")] = None,
) -> Productconversie:
    """Gemeente: zet toewijzingen op oude productcodes om naar nieuwe.

    Iedere lopende toewijzing op een oude code eindigt op de dag vóór `per`; vanaf `per` gaat zij onder een nieuw nummer verder
    met dezelfde Einddatum en Omvang. Het antwoord telt wat er zou gebeuren; er wordt niets bewaard of verstuurd.
    """
    telling, clienten = Telling(), list[ConversieClient]()
    with bureau(knooppunt, partij, nu) as b:
        for client in converteer_gemeente(b, vraag, _tabel(vraag)):
            telling.tel(client)
            if len(clienten) < vraag.limiet:
                clienten.append(_client(client, met_xml=uit == "xml"))
    return Productconversie(
        berichten=telling.berichten,
        toewijzingen=telling.toewijzingen,
        vragen=telling.vragen,
        per_aanbieder=[Conversieaantal(wat=wat, aantal=n) for wat, n in sorted(telling.per_aanbieder.items())],
        per_code=[
            Conversieaantal(wat=f"{oud} → {nieuw}", aantal=n) for (oud, nieuw), n in sorted(telling.per_code.items())
        ],
        overgeslagen=[Conversieaantal(wat=wat, aantal=n) for wat, n in sorted(telling.overgeslagen.items())],
        clienten=clienten,
    )


def _tabel(vraag: ProductconversieVraag) -> Conversietabel:
    regels = (Regel(rij.oude_code, rij.categorie, rij.code, rij.eenheid) for rij in vraag.tabel)
    try:
        return Conversietabel.van(regels, vraag.domein)
    except Tabelfout as fout:
        raise VoorstelFout(str(fout)) from None


def _client(client: Client, *, met_xml: bool) -> ConversieClient:
    voorstel = client.voorstel
    return ConversieClient(
        aanbieder=client.aanbieder,
        bsn=client.bsn,
        omzettingen=[
            Productomzetting(
                toewijzingnummer=omzetting.nummer,
                oude_code=omzetting.oude_code,
                nieuwe_code=omzetting.nieuwe_code,
                nieuw_toewijzingnummer=omzetting.nieuw_nummer,
                overgeslagen=omzetting.overgeslagen,
            )
            for omzetting in client.omzettingen
        ],
        uitleg=list(voorstel.uitleg) if voorstel else [],
        vragen=[vraag.vraag for vraag in voorstel.vragen] if voorstel else [],
        bevindingen=[BevindingUit.model_validate(b, from_attributes=True) for b in voorstel.bevindingen]
        if voorstel
        else [],
        xml=voorstel.data.decode() if met_xml and voorstel and voorstel.data is not None else None,
    )
