"""Proposals: the message that would answer what came in. Nothing is stored or sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pydantic import BaseModel, Field

from ..opslag.database import lezend
from ..partijen.partij import Partij
from ..voorstel.beantwoorden import beantwoord
from ..voorstel.opstellen.voorstel import Voorstel
from ..voorstel.verzoekvragen import AanvraagVraag, NieuweClientVraag, WijzigingVraag
from ..voorstel.voorstellen import Bureau
from ..voorstel.vragen import (
    MetIdentificatie,
    PrestatieVraag,
    StartVraag,
    StopVraag,
    ToewijzingVraag,
    VerzoekAntwoordVraag,
)
from .antwoord.problemen import BevindingUit, antwoorden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from .rondom.route import Router

router = Router(prefix="/voorstellen", tags=["voorstellen"])


class Antwoordkeuze(BaseModel):
    waarde: str
    omschrijving: str


class OpenVraag(BaseModel):
    """What you must decide; give it in the field ``naam`` and ask again."""

    naam: str
    vraag: str
    keuzes: list[Antwoordkeuze]
    verplicht: bool = Field(description="zonder antwoord is er geen voorstel")


class VoorstelUit(BaseModel):
    """The proposal: ``xml`` is empty when there is none, and then the rest says why."""

    berichtsoort: str
    xml: str | None
    uitleg: list[str]
    vragen: list[OpenVraag]
    bevindingen: list[BevindingUit]


@router.post("/toewijzing", responses=antwoorden(400, 401, 403, 404, 422))
def toewijzing(vraag: ToewijzingVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Gemeente: het toewijzingsbericht dat een verzoek honoreert.

    Een verzoek om wijziging (VOW) gaat in zijn geheel en zoals gevraagd. Van een verzoek om toewijzing (VOT) noemt u ieder
    product dat u toekent, met wat u anders toekent. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /v1/berichten`.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/antwoord", responses=antwoorden(400, 401, 403, 404, 422))
def antwoord(vraag: VerzoekAntwoordVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Gemeente: het antwoordbericht dat een verzoek afwijst, of meldt dat het in onderzoek is."""
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/start", responses=antwoorden(400, 401, 403, 404, 422))
def start(vraag: StartVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het startbericht op een toewijzing, of de verbetering van een start (IV008).

    Met `corrigeert` en zonder `begindatum` wordt de start alleen teruggenomen.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/stop", responses=antwoorden(400, 401, 403, 404, 422))
def stop(vraag: StopVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het stopbericht op een toewijzing, of de verbetering van de laatste stop (IV008).

    De reden volgt uit de toewijzing: uit de RedenWijziging als zij is ingetrokken, anders op haar Einddatum 19 (iWmo) of 31
    (iJw). Geeft de toewijzing geen reden, dan kiest u er een. Met `corrigeert` en zonder einddatum en reden wordt de stop
    alleen teruggenomen.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/verzoek-wijziging", responses=antwoorden(400, 401, 403, 404, 422))
def verzoek_wijziging(vraag: WijzigingVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het verzoek om wijziging (317) op een toewijzing.

    Noem wat er anders moet: volume, budget, einddatum, of een ander product; wat u niet noemt, blijft zoals het is. De andere
    actuele toewijzingen van de cliënt gaan ongewijzigd mee (TR349). Vanaf welke dag het kan, volgt uit wat u vraagt (IV092).
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/verzoek-toewijzing", responses=antwoorden(400, 401, 403, 404, 422))
def verzoek_toewijzing(vraag: AanvraagVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het verzoek om toewijzing (315) van een product, voor de cliënt van een toewijzing die u al hebt.

    Naam en geboortedatum van de cliënt komen uit het laatste toewijzingsbericht. Wat u nog moet zeggen, is een vraag.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/verzoek-nieuwe-client", responses=antwoorden(400, 401, 403, 422))
def verzoek_nieuwe_client(vraag: NieuweClientVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het verzoek om toewijzing (315) van een product, voor een cliënt van wie u nog geen toewijzing hebt.

    Naam, geboortedatum en geslacht van de cliënt zijn vragen, tenzij u eerder een bericht over hem had. Wat u zelf zegt, gaat voor.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


@router.post("/prestatie", responses=antwoorden(400, 401, 403, 404, 422))
def prestatie(vraag: PrestatieVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het declaratiebericht dat één prestatie herstelt.

    `opnieuw` dient een afgewezen prestatie verbeterd in, `credit` neemt een toegekende terug, en `credit_en_debet` doet dat en
    declareert opnieuw. ProductPeriode, product, eenheid en bedrag volgen uit de toewijzing en het contract zoals die nu zijn;
    wat daaruit niet volgt, is een vraag aan u.
    """
    return _antwoord(knooppunt, partij, nu, vraag)


def voorstel_uit(voorstel: Voorstel) -> VoorstelUit:
    """A proposal as an answer."""
    return VoorstelUit(
        berichtsoort=voorstel.soort.code,
        xml=voorstel.data.decode() if voorstel.data is not None else None,
        uitleg=list(voorstel.uitleg),
        vragen=[
            OpenVraag(
                naam=vraag.naam,
                vraag=vraag.vraag,
                keuzes=[Antwoordkeuze(waarde=k.waarde, omschrijving=k.omschrijving) for k in vraag.keuzes],
                verplicht=vraag.verplicht,
            )
            for vraag in voorstel.vragen
        ],
        bevindingen=[BevindingUit.model_validate(b, from_attributes=True) for b in voorstel.bevindingen],
    )


@contextmanager
def bureau(knooppunt: Knooppunt, partij: Partij, nu: datetime) -> Iterator[Bureau]:
    """What makes the proposals of a party at this node."""
    with lezend(knooppunt.engine) as verbinding:
        yield Bureau(
            verbinding, partij, nu, knooppunt.schemas, knooppunt.contracten.contract, bord=knooppunt.register.bord()
        )


def _antwoord(knooppunt: Knooppunt, partij: Partij, nu: datetime, vraag: MetIdentificatie) -> VoorstelUit:
    with bureau(knooppunt, partij, nu) as b:
        return voorstel_uit(beantwoord(b, vraag))
