"""What a gemeente takes over of one that became a part of it. Nothing is stored or sent."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from ..voorstel.herindeling import Client, Telling, neem_over
from ..voorstel.opstellen.voorstel import Voorstel
from ..voorstel.vragen import Herindelingsvraag
from .antwoord.problemen import BevindingUit, antwoorden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu
from .rondom.route import Router
from .voorstellen import bureau

router = Router(prefix="/voorstellen", tags=["voorstellen"])


class HerindelingVraag(Herindelingsvraag):
    """The same, and how much is told."""

    limiet: Annotated[int, Field(ge=1, le=1000, description="van hoeveel cliënten het antwoord vertelt")] = 100


class OvernameUit(BaseModel):
    toewijzingnummer: int
    stappen: list[str] = Field(
        description="wat er nog te doen is: `beeindigen` (de oude gemeente), `toewijzen` (de nieuwe), of `klaar`"
    )
    nieuw_toewijzingnummer: int | None
    overgeslagen: str | None = Field(description="waarom niet")


class HerindelingVoorstel(BaseModel):
    """One of the two messages; ``xml`` only when it was asked for, and when the rules have nothing against it."""

    uitleg: list[str]
    vragen: list[str]
    bevindingen: list[BevindingUit]
    goed: bool = Field(description="de regels van nu laten het toe")
    xml: str | None


class HerindelingClient(BaseModel):
    """What becomes of one client at one aanbieder."""

    aanbieder: str
    bsn: str
    overnames: list[OvernameUit]
    einde: HerindelingVoorstel | None = Field(description="het 301 van de oude gemeente, dat beëindigt")
    begin: HerindelingVoorstel | None = Field(
        description="het 301 van de nieuwe gemeente; het kan pas vanaf haar eerste dag"
    )


class Overslag(BaseModel):
    wat: str
    aantal: int


class HerindelingUit(BaseModel):
    """The counts are of all clients; ``clienten`` are the first ones."""

    beeindigen: int = Field(description="toewijzingen die nog te beëindigen zijn")
    toewijzen: int = Field(description="toewijzingen die de nieuwe gemeente nog te geven heeft")
    klaar: int = Field(description="toewijzingen die al zijn overgenomen")
    berichten_oud: int
    berichten_nieuw: int
    geweigerd: int = Field(description="berichten die nu niet kunnen; de bevindingen zeggen waarom")
    overgeslagen: list[Overslag]
    clienten: list[HerindelingClient]


@router.post("/herindeling", responses=antwoorden(400, 401, 403, 422))
def herindeling(
    vraag: HerindelingVraag,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    uit: Annotated[Literal["xml"] | None, Query(description="xml: met de berichten erbij")] = None,
) -> HerindelingUit:
    """Gemeente: neem de lopende toewijzingen over van een gemeente die in u opgaat.

    Iedere toewijzing die op uw eerste dag nog loopt, eindigt bij de oude gemeente op de dag ervoor (RedenWijziging 11) en gaat bij u
    onder een nieuw nummer verder met dezelfde Einddatum en Omvang. U dient beide in: het eerste voor en na 1 januari, het tweede
    vanaf die dag. Wat al gedaan is, komt niet terug. Er wordt niets bewaard of verstuurd.
    """
    register = knooppunt.register
    telling, clienten = Telling(), list[HerindelingClient]()
    with bureau(knooppunt, partij, nu) as b:
        for client in neem_over(b, vraag, register.indeling, register.mag_indienen(partij, vraag.oud)):
            telling.tel(client)
            if len(clienten) < vraag.limiet:
                clienten.append(_client(client, met_xml=uit == "xml"))
    return HerindelingUit(
        beeindigen=telling.beeindigen,
        toewijzen=telling.toewijzen,
        klaar=telling.klaar,
        berichten_oud=telling.berichten_oud,
        berichten_nieuw=telling.berichten_nieuw,
        geweigerd=telling.geweigerd,
        overgeslagen=[Overslag(wat=wat, aantal=n) for wat, n in sorted(telling.overgeslagen.items())],
        clienten=clienten,
    )


def _client(client: Client, *, met_xml: bool) -> HerindelingClient:
    return HerindelingClient(
        aanbieder=client.aanbieder,
        bsn=client.bsn,
        overnames=[
            OvernameUit(
                toewijzingnummer=een.nummer,
                stappen=list(een.stappen),
                nieuw_toewijzingnummer=een.nieuw_nummer,
                overgeslagen=een.overgeslagen,
            )
            for een in client.uitkomst.overnames
        ],
        einde=_voorstel(client.uitkomst.einde, met_xml),
        begin=_voorstel(client.uitkomst.begin, met_xml),
    )


def _voorstel(voorstel: Voorstel | None, met_xml: bool) -> HerindelingVoorstel | None:
    if voorstel is None:
        return None
    return HerindelingVoorstel(
        uitleg=list(voorstel.uitleg),
        vragen=[vraag.vraag for vraag in voorstel.vragen],
        bevindingen=[BevindingUit.model_validate(b, from_attributes=True) for b in voorstel.bevindingen],
        goed=voorstel.data is not None,
        xml=voorstel.data.decode() if met_xml and voorstel.data is not None else None,
    )
