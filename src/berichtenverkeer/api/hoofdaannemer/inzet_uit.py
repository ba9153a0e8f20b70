"""Inzetten as they are asked for and told, to a hoofdaannemer and to a partner."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ...bedrijfsbureau.inzetten import Inzetbeeld
from ...hoofdaannemer.melding import Zorgmelding
from ...hoofdaannemer.overgangen import Inzetaanname, Inzettoestand, Zorgmeldingsoort
from ...hoofdaannemer.partnermelding import Partnermeldingsoort
from ...hoofdaannemer.tijdlijn import Punt
from ...invoer import Dag, Invoer
from ...standaard.domein import Domein
from ..antwoord.lijst import GEMEENTECODE, Bladzijde, Vraag
from ..antwoord.moment import Moment
from ..antwoord.problemen import LooptijdUit
from ..antwoord.toewijzing_uit import ToegewezenProduct
from .velden import Id, Keuzewaarden, Klassenaam, Maandtekst, Partnercode, Redentekst, effectief


class Inzetfilters(Vraag):
    """What both sides may ask of a list of inzetten."""

    gemeente: str | None = Field(None, pattern=GEMEENTECODE, description="CBS-code")
    segment: str | None = Field(None, max_length=100)
    toestand: Inzettoestand | None = None
    geldig_op: Dag | None = Field(None, description="de effectieve periode heeft deze dag")


class InzetVraag(Invoer):
    """An inzet to begin."""

    toewijzing: Id = Field(description="het id van een toewijzing van u")
    partner: Partnercode
    klasse: Klassenaam
    van: Dag
    tot: Dag | None = Field(None, description="laatste dag; leeg: zo lang als de toewijzing")
    overlap_bedoeld: bool = Field(False, description="true: mag op dezelfde dagen als een andere inzet")
    reden: Redentekst = Field("", description="nodig bij een andere klasse dan de vragenlijst geeft")


class InzetEinde(Invoer):
    """How an inzet ends."""

    per: Dag = Field(description="laatste dag")
    reden: Redentekst


class InzetOverdracht(Invoer):
    """To whom an inzet goes."""

    naar: Partnercode
    per: Dag = Field(description="eerste dag bij de andere partner")
    klasse: Klassenaam | None = Field(None, description="leeg: dezelfde")
    reden: Redentekst = ""


class InzetKlasse(Invoer):
    """Another klasse of an inzet."""

    klasse: Klassenaam
    per: Dag = Field(description="eerste dag in deze klasse")
    reden: Redentekst = Field("", description="nodig bij een andere klasse dan de vragenlijst geeft")


class InzetReden(Invoer):
    """Why an inzet is withdrawn or refused."""

    reden: Redentekst


class InzetGeleverd(Invoer):
    """How much was delivered on an inzet in a month."""

    maand: Maandtekst
    aantal: int = Field(ge=0, le=999_999_999, description="dagen of stuks, zoals het tarief telt", examples=[9])


class InzetMelding(Invoer):
    """What a partner reports."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"soort": "start", "datum": "2026-03-02"}]})

    soort: Partnermeldingsoort
    datum: Dag
    reden: str | None = Field(None, max_length=2, description="bij een stop: de RedenBeeindiging")


class _Inzet(BaseModel):
    id: str
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    partner: str
    segment: str | None
    klasse: str
    van: date
    tot: date | None
    effectief: LooptijdUit | None = Field(description="de dagen die zij deelt met haar toewijzing; leeg: vervallen")
    toestand: Inzettoestand
    aanname: Inzetaanname
    aanname_voor: date | None = Field(description="laatste dag waarop de partner antwoordt")
    versie: int
    gewijzigd_op: Moment


class InzetUit(_Inzet):
    """A toewijzing, or a period of it, passed on to one partner in one klasse."""

    toewijzing: str


class InzetGedaan(InzetUit):
    """What an act on an inzet gives: the inzet, and what is told beside it."""

    let_op: list[str]


class InzetBijPartner(_Inzet):
    """An inzet as its partner sees it."""

    hoofdaannemer: str


class Inzettenlijst(Bladzijde[InzetUit]):
    """A page of inzetten."""

    keuzes: Keuzewaarden = Field(default_factory=dict)


class InzettenBijPartner(Bladzijde[InzetBijPartner]):
    """A page of inzetten of a partner."""


class InzetPunt(BaseModel):
    """One event in the life of an inzet; what came about by itself has no ``wie``."""

    moment: Moment
    gebeurtenis: str = Field(examples=["ingezet"])
    wie: str | None
    waarom: str
    van: Inzettoestand
    naar: Inzettoestand
    effectief: LooptijdUit | None


class InzetTijdlijn(BaseModel):
    """The life of an inzet."""

    items: list[InzetPunt]


class GenoemdePartij(BaseModel):
    """A party by its code and name."""

    code: str
    naam: str


class ZorgmeldingClient(BaseModel):
    """As much of a client as a partner needs."""

    bsn: str
    naam: str
    geboortedatum: date | None


class ZorgmeldingUit(BaseModel):
    """An inzorgmelding or uitzorgmelding, as the inzet stands."""

    soort: Zorgmeldingsoort
    inzet: str
    hoofdaannemer: GenoemdePartij
    partner: GenoemdePartij
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    client: ZorgmeldingClient
    product: ToegewezenProduct
    segment: str | None
    klasse: str
    van: date
    tot: date | None


def _velden(beeld: Inzetbeeld) -> Mapping[str, Any]:
    rij = beeld.rij
    zelfde = _Inzet.model_fields.keys() - {"effectief", "toestand", "aanname_voor"}
    return {naam: getattr(rij, naam) for naam in zelfde} | {
        "effectief": effectief(rij),
        "toestand": beeld.toestand,
        "aanname_voor": beeld.aanname_voor,
    }


def inzet_uit(beeld: Inzetbeeld) -> InzetUit:
    """An inzet for its hoofdaannemer."""
    return InzetUit(**_velden(beeld), toewijzing=beeld.rij.toewijzing)


def inzet_gedaan(beeld: Inzetbeeld, let_op: Iterable[str]) -> InzetGedaan:
    """What an act gives."""
    return InzetGedaan(**_velden(beeld), toewijzing=beeld.rij.toewijzing, let_op=list(let_op))


def inzet_bij_partner(beeld: Inzetbeeld) -> InzetBijPartner:
    """An inzet for its partner: of the toewijzing what the melding says, and so not its id (rule 7)."""
    return InzetBijPartner(**_velden(beeld), hoofdaannemer=beeld.rij.hoofdaannemer)


def tijdlijn_uit(punten: Iterable[Punt], *, zonder: frozenset[str] = frozenset()) -> InzetTijdlijn:
    """The life of an inzet; of what those of ``zonder`` did it is not said why."""
    return InzetTijdlijn(
        items=[
            InzetPunt(
                moment=punt.moment,
                gebeurtenis=punt.gebeurtenis,
                wie=punt.wie,
                waarom="" if punt.wie in zonder else punt.waarom,
                van=punt.van,
                naar=punt.naar,
                effectief=LooptijdUit(van=punt.effectief.van, tot=punt.effectief.tot) if punt.effectief else None,
            )
            for punt in punten
        ]
    )


def zorgmelding_uit(melding: Zorgmelding) -> ZorgmeldingUit:
    """A melding as an answer."""
    zelfde = ZorgmeldingUit.model_fields.keys() - {"hoofdaannemer", "partner", "client", "product"}
    return ZorgmeldingUit(
        **{naam: getattr(melding, naam) for naam in zelfde},
        hoofdaannemer=GenoemdePartij(code=melding.hoofdaannemer.code, naam=melding.hoofdaannemer.naam),
        partner=GenoemdePartij(code=melding.partner.code, naam=melding.partner.naam),
        client=ZorgmeldingClient(
            bsn=melding.client.bsn, naam=melding.client.naam, geboortedatum=melding.client.geboortedatum
        ),
        product=ToegewezenProduct(categorie=melding.categorie, code=melding.code),
    )
