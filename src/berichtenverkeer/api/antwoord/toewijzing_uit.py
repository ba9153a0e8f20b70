"""How a toewijzing looks to a caller."""

from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from ...hoofdaannemer.zwaarte import Beoordeling
from ...klok import NEDERLAND
from ...levensloop.gebeurtenis import Gebeurtenis
from ...levensloop.levering import Levering
from ...levensloop.overgangen import Leveringstoestand, Toewijzingtoestand, Verzoeksoort, Verzoektoestand
from ...levensloop.tijdlijn import Punt
from ...levensloop.toewijzing import toegewezen, toestand_op
from ...oordeel.oordeel import Berichtoordeel
from ...opslag.dossiers.toewijzingen import Toewijzingrij
from ...regels.bevinding import Ernst, zichtbaar
from ...standaard.berichten.onderdeel import Onderdeel
from ...standaard.berichten.typen import Eenheid, Frequentie, Gemeente, ProductCategorie
from ...standaard.domein import Domein
from ...tabellen.model import Eurocent
from .lijst import Bladzijde
from .moment import Moment
from .problemen import BevindingUit


class ToegewezenProduct(BaseModel):
    """Both are empty for a generic toewijzing."""

    categorie: ProductCategorie | None
    code: str | None


class ToegewezenOmvang(BaseModel):
    """Volume per frequentie, in eenheid; eurocent when eenheid is 83."""

    volume: int
    eenheid: Eenheid
    frequentie: Frequentie


class ToewijzingUit(BaseModel):
    """A toewijzing as it stands: its newest version, its state today, and its levering."""

    id: str
    domein: Domein
    gemeente: Gemeente
    aanbieder: str
    bsn: str
    toewijzingnummer: int
    product: ToegewezenProduct
    ingangsdatum: date
    einddatum: date | None
    omvang: ToegewezenOmvang | None
    budget: Eurocent | None = Field(description="eurocent")
    toestand: Toewijzingtoestand
    levering: Leveringstoestand
    verzoek: Verzoektoestand | None = Field(description="van het laatste verzoek dat haar noemt of gaf")
    commentaar: str | None = Field(description="Commentaar van de gemeente bij de geldende versie")
    versie: int = Field(description="hoeveel verschillende inhouden dit nummer heeft gehad")
    gewijzigd_op: Moment


class Toewijzingenlijst(Bladzijde[ToewijzingUit]):
    """A page of toewijzingen."""


class Toewijzingversie(BaseModel):
    """One version of a toewijzing and the message that brought it."""

    toewijzingsmoment: Moment
    product: ToegewezenProduct
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    omvang: ToegewezenOmvang | None
    budget: int | None
    referentie_aanbieder: str | None
    commentaar: str | None
    geldend: bool
    bericht: str


class Leveringstop(BaseModel):
    einddatum: date
    reden_beeindiging: str


class Leveringstart(BaseModel):
    """A start that has not been taken back, with its stops."""

    begindatum: date
    toestand: Leveringstoestand
    stops: list[Leveringstop]


class GevraagdProduct(BaseModel):
    """What is asked for one product: ``ongewijzigd``, ``te_wijzigen`` or ``nieuw``."""

    wijziging: str
    toewijzingnummer: int | None
    product: ToegewezenProduct | None
    ingangsdatum: date | None
    einddatum: date | None
    omvang: ToegewezenOmvang | None
    budget: int | None = Field(description="eurocent")
    commentaar: str | None = Field(description="Commentaar van de aanbieder bij dit product")


class VerzoekVanToewijzing(BaseModel):
    """The last request that names a toewijzing or gave it, and all that it asks."""

    id: str
    soort: Verzoeksoort
    referentie: str = Field(description="ReferentieAanbieder")
    toestand: Verzoektoestand
    gevraagd: list[GevraagdProduct]


class PartnerVanToewijzing(BaseModel):
    """A partner of the hoofdaannemer that delivers, with the days that count."""

    code: str
    naam: str
    segment: str | None
    van: date
    tot: date | None


class ToewijzingVolledig(ToewijzingUit):
    """A toewijzing with all its versions, its starts and stops, what is asked of it, and who delivers."""

    versies: list[Toewijzingversie]
    starts: list[Leveringstart]
    gevraagd: VerzoekVanToewijzing | None = Field(description="het verzoek waarvan `verzoek` de toestand is")
    partners: list[PartnerVanToewijzing] = Field(
        description="gemeente: aan wie de hoofdaannemer haar doorgaf, als hij dat laat zien; voor een ander leeg"
    )


class BerichtKort(BaseModel):
    id: str
    berichtsoort: str
    identificatie: str
    oordeel: Berichtoordeel


class TijdlijnpuntUit(BaseModel):
    """One event; ``bericht`` is empty when time did it."""

    moment: Moment
    gebeurtenis: str
    van: str
    naar: str
    bericht: BerichtKort | None
    regels: list[str]
    toelichting: str
    commentaar: str | None = Field(description="wat er in het bericht als Commentaar bij staat")
    wijzigingen: dict[str, list[Any]]
    signalen: list[BevindingUit] = Field(
        description="wat in het bericht niet volgens de regels was, en niet werd afgekeurd"
    )


class Tijdlijn(BaseModel):
    items: list[TijdlijnpuntUit]


_ZELFDE = tuple(ToewijzingUit.model_fields.keys() - {"product", "omvang", "toestand", "gewijzigd_op"})
_OMVANG = tuple(ToegewezenOmvang.model_fields)
"""The fields that a row has by the same name."""


def velden(rij: Toewijzingrij, dag: date) -> dict[str, Any]:
    """The fields of ``ToewijzingUit`` for a row, on this day."""
    return {naam: getattr(rij, naam) for naam in _ZELFDE} | {
        "product": {"categorie": rij.categorie, "code": rij.code},
        "omvang": {naam: getattr(rij, naam) for naam in _OMVANG} if rij.eenheid else None,
        "toestand": toestand_op(dag, rij.ingangsdatum, rij.einddatum, rij.verwijderd),
        "gewijzigd_op": rij.gewijzigd_op,
    }


def versie_uit(versie: Gebeurtenis, geldend: bool) -> Toewijzingversie:
    """One version."""
    product = toegewezen(versie)
    return Toewijzingversie(
        toewijzingsmoment=datetime.combine(product.Toewijzingsdatum, product.Toewijzingstijd, NEDERLAND),
        product=ToegewezenProduct(
            categorie=product.Product.Categorie if product.Product else None,
            code=product.Product.Code if product.Product else None,
        ),
        ingangsdatum=product.Ingangsdatum,
        einddatum=product.Einddatum,
        reden_wijziging=product.RedenWijziging,
        omvang=ToegewezenOmvang(**_klein(product.Omvang)) if product.Omvang else None,
        budget=product.Budget,
        referentie_aanbieder=product.ReferentieAanbieder,
        commentaar=product.Commentaar,
        geldend=geldend,
        bericht=versie.herkomst.bericht,
    )


def starts_uit(levering: Levering) -> list[Leveringstart]:
    """The starts of a levering."""
    return [
        Leveringstart(
            begindatum=start.Begindatum,
            toestand=levering.toestand_van(start),
            stops=[
                Leveringstop(einddatum=stop.Einddatum, reden_beeindiging=stop.RedenBeeindiging)
                for stop in levering.stops_van(start)
            ],
        )
        for start in levering.starts
    ]


def punt_uit(punt: Punt, rij: Mapping[Any, Any] | None, nummer: int, signaal_uit: Set[str]) -> TijdlijnpuntUit:
    """One event on the timeline of a ToewijzingNummer; ``rij`` is that of its message. The signalen are those about this number and
    about the message as a whole, without those that the party does not want to see."""
    return TijdlijnpuntUit(
        moment=punt.moment,
        gebeurtenis=punt.gebeurtenis,
        van=punt.van,
        naar=punt.naar,
        bericht=BerichtKort(**{naam: rij[naam] for naam in BerichtKort.model_fields}) if rij else None,
        regels=list(punt.regels),
        toelichting=punt.toelichting,
        commentaar=punt.commentaar,
        wijzigingen={naam.lower(): [_klein(oud), _klein(nieuw)] for naam, (oud, nieuw) in punt.wijzigingen.items()},
        signalen=[
            BevindingUit(**bevinding)
            for bevinding in zichtbaar(rij["bevindingen"] if rij else (), signaal_uit)
            if bevinding["ernst"] == Ernst.SIGNAAL and bevinding["toewijzingnummer"] in (None, nummer)
        ],
    )


def zwaarte_punt(moment: datetime, wie: str, zwaarte: Beoordeling, toestand: str) -> TijdlijnpuntUit:
    """A filled questionnaire on the timeline of a toewijzing in this state."""
    return TijdlijnpuntUit(
        moment=moment,
        gebeurtenis="zwaarte bepaald",
        van=toestand,
        naar=toestand,
        bericht=None,
        regels=[],
        toelichting=f"Vragenlijst {zwaarte.versie}, ingevuld door {wie}: {zwaarte.punten} punten, klasse {zwaarte.klasse}.",
        commentaar=None,
        wijzigingen={},
        signalen=[],
    )


def _klein(waarde: Any) -> Any:
    """A value of the standard as JSON, with the names of this interface: without capitals."""
    if isinstance(waarde, Onderdeel):
        return {naam.lower(): _klein(dieper) for naam, dieper in waarde}
    return waarde
