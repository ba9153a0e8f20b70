"""Proposals: the message that would answer what came in. Nothing is stored or sent."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from ..partijen.partij import Partij
from ..standaard.berichten.basis import Omvang, Product
from ..standaard.berichten.toewijzing import Contact
from ..standaard.domein import Domein
from ..voorstel.opstellen.voorstel import Voorstel
from ..voorstel.opstellen.vot import Afwijking
from ..voorstel.voorstellen import Bureau, NietGevonden, NietVanPartij, Vindplaats, VoorstelFout
from .aanmelding import DePartij
from .knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from .problemen import BevindingUit, Probleem, antwoorden, niet_gevonden
from .tekst import Invoer

router = APIRouter(prefix="/voorstellen", tags=["voorstellen"])

Nummer = Annotated[int, Field(ge=1, le=999_999_999)]
Reden = Annotated[str | None, Field(pattern="^[0-9]{1,2}$")]


class MetIdentificatie(Invoer):
    identificatie: Annotated[
        str | None, Field(min_length=1, max_length=12, description="van het bericht; anders volgt zij uit de vraag")
    ] = None


class Toekenning(Invoer):
    """A request to honour. Of a VOT the gemeente may assign otherwise (IV094): name only what differs; null empties."""

    verzoek: str = Field(description="id, zoals bij /verzoeken")
    product: Product | None = None
    ingangsdatum: date | None = None
    einddatum: date | None = None
    omvang: Omvang | None = None
    budget: Annotated[int | None, Field(ge=0, le=99_999_999, description="eurocent")] = None


class ToewijzingVraag(MetIdentificatie):
    verzoeken: Annotated[list[Toekenning], Field(min_length=1, max_length=100)]
    vanaf: date | Literal["gewenst"] | None = Field(
        None,
        description="Alleen bij een VOW: vanaf welke dag u toewijst wat vanaf een voorbije dag is gevraagd (IV093)",
    )
    contactgegevens: Annotated[list[Contact], Field(max_length=10)] = Field(
        [], description="van de cliënt, in de vorm van het 301; nodig als er nog geen toewijzingsbericht is"
    )
    nummers: Annotated[list[Nummer], Field(max_length=1000)] = Field(
        [], description="ToewijzingNummers voor nieuwe toewijzingen; daarna het eerste vrije nummer van de gemeente"
    )


class AntwoordVraag(MetIdentificatie):
    verzoek: str = Field(description="id, zoals bij /verzoeken")
    antwoord: Literal["afwijzen", "onderzoek"]
    reden: Reden = Field(None, description="RedenAfwijzingVerzoek (WJ759)")
    gemeente: Annotated[str | None, Field(pattern="^[0-9]{4}$", description="CBS-code, alleen bij reden 8")] = None


class OpToewijzing(MetIdentificatie):
    toewijzing: str = Field(description="ToewijzingNummer, of id zoals bij /toewijzingen", coerce_numbers_to_str=True)
    gemeente: Annotated[str | None, Field(pattern="^[0-9]{4}$", description="als meer gemeenten dit nummer hebben")] = (
        None
    )
    domein: Domein | None = Field(None, description="als het nummer onder beide wetten voorkomt")

    @property
    def waar(self) -> Vindplaats:
        """Where the toewijzing is looked for."""
        return Vindplaats(self.gemeente, self.domein)


class StartVraag(OpToewijzing):
    begindatum: date | None = Field(None, description="de dag waarop de levering begon")
    corrigeert: date | None = Field(
        None, description="Begindatum van een gemelde start die fout is: die wordt teruggenomen"
    )


class StopVraag(OpToewijzing):
    einddatum: date | None = Field(None, description="anders de Einddatum van de toewijzing, zodra die is bereikt")
    reden: Reden = Field(None, description="RedenBeeindiging; anders wat uit de toewijzing volgt")
    corrigeert: bool = Field(False, description="neem de laatste stop terug, en meld haar opnieuw als u iets verbetert")


class KeuzeUit(BaseModel):
    waarde: str
    omschrijving: str


class VraagUit(BaseModel):
    """What you must decide; give it in the field ``naam`` and ask again."""

    naam: str
    vraag: str
    keuzes: list[KeuzeUit]
    verplicht: bool = Field(description="zonder antwoord is er geen voorstel")


class VoorstelUit(BaseModel):
    """The proposal: ``xml`` is empty when there is none, and then the rest says why."""

    berichtsoort: str
    xml: str | None
    uitleg: list[str]
    vragen: list[VraagUit]
    bevindingen: list[BevindingUit]


@router.post("/toewijzing", responses=antwoorden(400, 401, 403, 404, 422))
def toewijzing(vraag: ToewijzingVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Gemeente: het toewijzingsbericht dat een verzoek honoreert.

    Een verzoek om wijziging (VOW) gaat in zijn geheel en zoals gevraagd. Van een verzoek om toewijzing (VOT) noemt u ieder
    product dat u toekent, met wat u anders toekent. Er wordt niets bewaard of verstuurd: bied het bericht aan met
    `POST /berichten`.
    """
    toekenningen = {toekenning.verzoek: afwijking(toekenning) for toekenning in vraag.verzoeken}
    if len(toekenningen) < len(vraag.verzoeken):
        raise Probleem(
            422, "voorstel-onmogelijk", "Een verzoek staat er meer dan één keer in.", "Noem ieder verzoek één keer."
        )
    with _bureau(knooppunt, partij, nu, vraag, list(toekenningen), "Dit verzoek", vraag.nummers) as bureau:
        return voorstel_uit(bureau.toewijzing(toekenningen, vraag.vanaf, vraag.contactgegevens))


@router.post("/antwoord", responses=antwoorden(400, 401, 403, 404, 422))
def antwoord(vraag: AntwoordVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Gemeente: het antwoordbericht dat een verzoek afwijst, of meldt dat het in onderzoek is."""
    with _bureau(knooppunt, partij, nu, vraag, [vraag.verzoek], "Dit verzoek") as bureau:
        if vraag.antwoord == "onderzoek":
            if vraag.reden is not None or vraag.gemeente is not None:
                raise VoorstelFout("Een onderzoek heeft geen reden en geen gemeente (CD086).")
            return voorstel_uit(bureau.onderzoek(vraag.verzoek))
        return voorstel_uit(bureau.afwijzing(vraag.verzoek, vraag.reden, vraag.gemeente))


@router.post("/start", responses=antwoorden(400, 401, 403, 404, 422))
def start(vraag: StartVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het startbericht op een toewijzing, of de verbetering van een start (IV008).

    Met `corrigeert` en zonder `begindatum` wordt de start alleen teruggenomen.
    """
    _eis_toewijzing(vraag.toewijzing)
    with _bureau(knooppunt, partij, nu, vraag, [], "") as bureau:
        return voorstel_uit(bureau.start(vraag.toewijzing, vraag.begindatum, vraag.corrigeert, vraag.waar))


@router.post("/stop", responses=antwoorden(400, 401, 403, 404, 422))
def stop(vraag: StopVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VoorstelUit:
    """Aanbieder: het stopbericht op een toewijzing, of de verbetering van de laatste stop (IV008).

    De reden volgt uit de toewijzing: uit de RedenWijziging als zij is ingetrokken, anders op haar Einddatum 19 (iWmo) of 31
    (iJw). Geeft de toewijzing geen reden, dan kiest u er een. Met `corrigeert` en zonder einddatum en reden wordt de stop
    alleen teruggenomen.
    """
    _eis_toewijzing(vraag.toewijzing)
    with _bureau(knooppunt, partij, nu, vraag, [], "") as bureau:
        return voorstel_uit(bureau.stop(vraag.toewijzing, vraag.einddatum, vraag.reden, vraag.corrigeert, vraag.waar))


def _eis_toewijzing(tekst: str) -> None:
    if not (tekst.isascii() and tekst.isdigit()):
        eis_id(tekst, "Deze toewijzing")


def voorstel_uit(voorstel: Voorstel) -> VoorstelUit:
    """A proposal as an answer."""
    return VoorstelUit(
        berichtsoort=voorstel.soort.code,
        xml=voorstel.data.decode() if voorstel.data is not None else None,
        uitleg=list(voorstel.uitleg),
        vragen=[
            VraagUit(
                naam=vraag.naam,
                vraag=vraag.vraag,
                keuzes=[KeuzeUit(waarde=k.waarde, omschrijving=k.omschrijving) for k in vraag.keuzes],
                verplicht=vraag.verplicht,
            )
            for vraag in voorstel.vragen
        ],
        bevindingen=[BevindingUit.model_validate(b, from_attributes=True) for b in voorstel.bevindingen],
    )


@contextmanager
def bij_fout() -> Iterator[None]:
    """Make what cannot be proposed a problem."""
    try:
        yield
    except NietGevonden as fout:
        raise niet_gevonden(str(fout)) from None
    except NietVanPartij as fout:
        raise Probleem(
            403, "niet-van-u", str(fout), "Laat de partij die dit bericht verstuurt het voorstel vragen."
        ) from None
    except VoorstelFout as fout:
        raise Probleem(422, "voorstel-onmogelijk", str(fout), "Pas de vraag aan.") from None


@contextmanager
def _bureau(
    knooppunt: Knooppunt,
    partij: Partij,
    nu: datetime,
    vraag: MetIdentificatie,
    ids: Sequence[str],
    wat: str,
    nummers: Sequence[int] = (),
) -> Iterator[Bureau]:
    for id_ in ids:
        eis_id(id_, wat)
    with knooppunt.engine.connect() as verbinding, bij_fout():
        yield maak_bureau(knooppunt, verbinding, partij, nu, nummers, vraag.identificatie)


def maak_bureau(
    knooppunt: Knooppunt,
    verbinding: Connection,
    partij: Partij,
    nu: datetime,
    nummers: Sequence[int] = (),
    identificatie: str | None = None,
) -> Bureau:
    """What makes the proposals of a party at this node."""
    return Bureau(verbinding, partij, nu, knooppunt.schemas, knooppunt.contracten.contract, nummers, identificatie)


_VELDEN = {
    "product": "Product",
    "ingangsdatum": "Ingangsdatum",
    "einddatum": "Einddatum",
    "omvang": "Omvang",
    "budget": "Budget",
}


def afwijking(toekenning: Toekenning) -> Afwijking:
    """What a Toekenning says otherwise than was asked."""
    genoemd: dict[str, Any] = {
        _VELDEN[naam]: getattr(toekenning, naam) for naam in _VELDEN if naam in toekenning.model_fields_set
    }
    if genoemd.get("Ingangsdatum", date.min) is None:
        raise Probleem(422, "voorstel-onmogelijk", "Een toewijzing heeft een ingangsdatum.", "Laat het veld weg.")
    anders: Afwijking = Afwijking(**genoemd)  # type: ignore[typeddict-item]
    return anders
