"""Product conversions as they are asked for and told."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from ...bedrijfsbureau.omzettingen import Omgezet, Uitkomst, Welke
from ...hoofdaannemer.omzetting import Begonnen
from ...invoer import Dag, Gemeentecode, Invoer
from ...levensloop.overgangen import Leveringstoestand
from ...standaard.domein import Domein
from ...voorstel.omzetting import Leveringsbericht, Omzettingsberichtsoort
from ...woord import Woord
from ..antwoord.lijst import GEMEENTECODE
from ..antwoord.problemen import BevindingUit
from ..antwoord.toewijzing_uit import ToegewezenProduct
from .velden import Klassenaam, Segmentnaam


class Omzettingenvraag(Invoer):
    """Which conversions to list."""

    per: Dag | None = Field(None, description="de eerste dag van de nieuwe toewijzingen; leeg: van iedere dag")
    gemeente: str | None = Field(None, pattern=GEMEENTECODE, description="CBS-code")
    segment: str | None = Field(None, max_length=100, description="het segment van de oude toewijzing")

    @property
    def welke(self) -> Welke:
        """The same, as the back-office asks it."""
        return Welke(self.per, self.gemeente, self.segment)


class Omzetdag(Invoer):
    """Which conversions to act on."""

    per: Dag = Field(description="de eerste dag van de nieuwe toewijzingen", examples=["2026-04-01"])
    gemeente: Gemeentecode | None = Field(None, description="CBS-code; leeg: alle")
    segment: Segmentnaam | None = Field(None, description="het segment van de oude toewijzing; leeg: alle")

    @property
    def welke(self) -> Welke:
        """The same, as the back-office asks it."""
        return Welke(self.per, self.gemeente, self.segment)


class Klassevertaling(Invoer):
    """What a klasse is called in the new segment."""

    oud: Klassenaam
    nieuw: Klassenaam


class Overzetvraag(Omzetdag):
    """Carrying inzetten over."""

    klassen: list[Klassevertaling] = Field(
        default_factory=list,
        max_length=100,
        description="welke klasse welke wordt; wat er niet bij staat, houdt haar klasse",
    )


class Omzetstand(Woord):
    """How far a conversion is."""

    OVER_TE_ZETTEN = "over-te-zetten", "er zijn inzetten die nog over moeten"
    OVERGEZET = "overgezet", "de inzetten zijn over"
    GEEN_INZET = "geen-inzet", "er was geen inzet die verdergaat"
    GEEN_OPVOLGER = "geen-opvolger", "er begint niets voor in de plaats"
    NIET_EENDUIDIG = "niet-eenduidig", "er begint meer dan één; kies zelf"


class OmzettingKant(BaseModel):
    """One of the two toewijzingen."""

    toewijzing: str
    toewijzingnummer: int
    gemeente: str = Field(description="na een herindeling heeft wat verdergaat een andere", examples=["0855"])
    product: ToegewezenProduct
    segment: str | None
    ingangsdatum: date
    einddatum: date | None
    levering: Leveringstoestand


class OmzettingInzet(BaseModel):
    """An inzet on the old toewijzing that is to go on, or does."""

    id: str
    partner: str
    klasse: str
    van: date
    tot: date | None
    naar: str | None = Field(description="de inzet die verdergaat; leeg: nog niet overgezet")


class OmzettingBijHoofdaannemer(BaseModel):
    """A toewijzing that the gemeente ended, and the one that goes on in its place."""

    per: date
    gemeente: str
    domein: Domein
    client: str = Field(description="Bsn", examples=["999900006"])
    reden: str = Field(description="RedenWijziging waarmee de oude eindigde", examples=["03"])
    stand: Omzetstand
    oud: OmzettingKant
    nieuw: OmzettingKant | None
    inzetten: list[OmzettingInzet]


class Omzettingenlijst(BaseModel):
    """The conversions, by day, gemeente and number."""

    items: list[OmzettingBijHoofdaannemer]


class Overzetuitkomst(Woord):
    """What becomes of an inzet."""

    OVERGEZET = "overgezet", "gaat verder op de nieuwe toewijzing"
    EERDER_OVERGEZET = "eerder-overgezet", "ging al eerder over"
    KAN_NIET = "kan-niet", "gaat niet over; de bezwaren zeggen waarom"


class OmzettingBezwaar(BaseModel):
    """Why an inzet is not carried over."""

    veld: str
    melding: str
    advies: str


class OvergezetteInzet(BaseModel):
    """One inzet, and what becomes of it."""

    gemeente: str
    domein: Domein
    toewijzingnummer: int = Field(description="van de oude toewijzing")
    nieuw_toewijzingnummer: int | None
    inzet: str
    partner: str
    klasse: str = Field(description="zoals zij verdergaat")
    uitkomst: Overzetuitkomst
    naar: str | None = Field(description="de inzet die verdergaat")
    bezwaren: list[OmzettingBezwaar]
    let_op: list[str]


class Overzetting(BaseModel):
    """What carrying over comes to; with `proef` what it would come to."""

    proef: bool
    overgezet: int
    eerder_overgezet: int
    kan_niet: int
    items: list[OvergezetteInzet]


class Omzettingsbericht(BaseModel):
    """A 307 or 305 that a conversion asks for. ``klaar``: it can be sent; else ``uitleg``, ``vragen`` and ``bevindingen`` say why not.
    ``bericht`` and ``oordeel`` are there once it was sent."""

    soort: Omzettingsberichtsoort
    berichtsoort: str = Field(examples=["WMO307"])
    gemeente: str
    domein: Domein
    toewijzing: str
    toewijzingnummer: int
    datum: date
    klaar: bool
    uitleg: list[str]
    vragen: list[str]
    bevindingen: list[BevindingUit]
    bericht: str | None = Field(None, description="het id, als het is verstuurd")
    oordeel: str | None = Field(None, examples=["goedgekeurd"])


class Omzettingsberichten(BaseModel):
    """What is to be reported."""

    items: list[Omzettingsbericht]


class Verzending(BaseModel):
    """What was sent, and what was not."""

    verstuurd: int
    niet_verstuurd: int
    items: list[Omzettingsbericht]


def omzetting_uit(een: Omgezet) -> OmzettingBijHoofdaannemer:
    """A conversion as an answer."""
    oud, nieuw = een.omzetting.oud, een.omzetting.nieuw
    gemeente, domein, _ = oud.toegewezen.kenmerk
    return OmzettingBijHoofdaannemer(
        per=oud.per,
        gemeente=gemeente,
        domein=domein,
        client=oud.toegewezen.bsn,
        reden=oud.reden,
        stand=_stand(een),
        oud=_kant(oud, een.levering_oud),
        nieuw=_kant(nieuw, een.levering_nieuw or Leveringstoestand.NIET_GESTART) if nieuw is not None else None,
        inzetten=[
            OmzettingInzet(
                id=ingezet.inzet.id,
                partner=ingezet.inzet.partner,
                klasse=ingezet.inzet.klasse,
                van=ingezet.inzet.van,
                tot=ingezet.inzet.tot,
                naar=naar,
            )
            for ingezet, naar in (*((open_, None) for open_ in een.open), *een.over)
        ],
    )


def _stand(een: Omgezet) -> Omzetstand:
    if een.omzetting.zonder is not None:
        return Omzetstand(een.omzetting.zonder)
    if een.open:
        return Omzetstand.OVER_TE_ZETTEN
    return Omzetstand.OVERGEZET if een.over else Omzetstand.GEEN_INZET


def _kant(een: Begonnen, levering: str) -> OmzettingKant:
    wat = een.toegewezen
    return OmzettingKant(
        toewijzing=wat.id,
        toewijzingnummer=wat.kenmerk.toewijzingnummer,
        gemeente=wat.kenmerk.gemeente,
        product=ToegewezenProduct(categorie=wat.categorie, code=wat.code),
        segment=een.segment,
        ingangsdatum=wat.ingangsdatum,
        einddatum=wat.einddatum,
        levering=Leveringstoestand(levering),
    )


def overzetting_uit(uitkomsten: Iterable[Uitkomst], *, proef: bool) -> Overzetting:
    """What carrying over comes to, as an answer."""
    items = [_overgezet(een) for een in uitkomsten]
    aantal = {soort: sum(item.uitkomst is soort for item in items) for soort in Overzetuitkomst}
    return Overzetting(
        proef=proef,
        overgezet=aantal[Overzetuitkomst.OVERGEZET],
        eerder_overgezet=aantal[Overzetuitkomst.EERDER_OVERGEZET],
        kan_niet=aantal[Overzetuitkomst.KAN_NIET],
        items=items,
    )


def _overgezet(een: Uitkomst) -> OvergezetteInzet:
    gemeente, domein, nummer = een.omzetting.oud.toegewezen.kenmerk
    nieuw = een.omzetting.nieuw
    gezet = Overzetuitkomst.EERDER_OVERGEZET if een.eerder else Overzetuitkomst.OVERGEZET
    return OvergezetteInzet(
        gemeente=gemeente,
        domein=domein,
        toewijzingnummer=nummer,
        nieuw_toewijzingnummer=nieuw.toegewezen.kenmerk.toewijzingnummer if nieuw is not None else None,
        inzet=een.ingezet.inzet.id,
        partner=een.ingezet.inzet.partner,
        klasse=een.klasse,
        uitkomst=gezet if een.naar is not None else Overzetuitkomst.KAN_NIET,
        naar=een.naar,
        bezwaren=[OmzettingBezwaar(veld=b.veld, melding=b.melding, advies=b.advies) for b in een.bezwaren],
        let_op=list(een.let_op),
    )


def bericht_uit(een: Leveringsbericht) -> Omzettingsbericht:
    """A message that is to be sent, as an answer."""
    gemeente, domein, nummer = een.toegewezen.kenmerk
    voorstel = een.voorstel
    return Omzettingsbericht(
        soort=een.soort,
        berichtsoort=voorstel.soort.code,
        gemeente=gemeente,
        domein=domein,
        toewijzing=een.toegewezen.id,
        toewijzingnummer=nummer,
        datum=een.datum,
        klaar=een.klaar,
        uitleg=list(voorstel.uitleg),
        vragen=[vraag.vraag for vraag in voorstel.vragen],
        bevindingen=[BevindingUit.model_validate(b, from_attributes=True) for b in voorstel.bevindingen],
    )
