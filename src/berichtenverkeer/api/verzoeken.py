"""Requests: what was asked, how it stands, and before when an answer must come."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from ..klok import NEDERLAND
from ..levensloop.dossier import Dossier
from ..levensloop.kalender import Kalender
from ..levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..levensloop.termijnen import antwoord_voor
from ..levensloop.verzoek import Aanvraag, antwoord
from ..opslag.database import lezend
from ..opslag.dossiers import dossiers
from ..opslag.dossiers.verzoeken import LIJST, Verzoekrij
from ..standaard.berichten.typen import Gemeente
from ..standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ..standaard.domein import Domein
from .antwoord.lijst import AGB_CODE, GEMEENTECODE, Bladzijde, Vraag, Zoekvraag
from .antwoord.moment import Moment
from .antwoord.problemen import antwoorden, niet_gevonden
from .antwoord.toewijzing_uit import GevraagdProduct
from .antwoord.verzoek_uit import gevraagd_uit
from .lijstbron import Kijker, Lijstbron
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import DeGedaante, lijst_antwoorden

router = Router(prefix="/verzoeken", tags=["verzoeken"])


class VerzoekUit(BaseModel):
    """A product of a VOT, or a VOW as a whole."""

    id: str
    domein: Domein
    gemeente: Gemeente
    aanbieder: str
    bsn: str
    soort: Verzoeksoort
    referentie: str = Field(description="ReferentieAanbieder")
    toestand: Verzoektoestand
    toewijzingnummers: list[int] = Field(description="die het noemt, en die het honoreren")
    ingediend_op: Moment
    antwoord_voor: date | None = Field(description="uiterste dag voor het volgende antwoord; leeg als het is afgedaan")


class Verzoekenlijst(Bladzijde[VerzoekUit]):
    """A page of requests."""


class Verzoekenvraag(Vraag):
    """Which requests."""

    domein: Domein | None = None
    gemeente: str | None = Field(None, pattern=GEMEENTECODE, description="CBS-code")
    aanbieder: str | None = Field(None, pattern=AGB_CODE, description="AGB-code")
    soort: Verzoeksoort | None = None
    referentie: str | None = Field(None, min_length=1, max_length=36, description="ReferentieAanbieder")
    toestand: Verzoektoestand | None = None


class Verzoekenzoekvraag(Zoekvraag, Verzoekenvraag):
    """Which requests, about whom."""


class AntwoordOpVerzoek(BaseModel):
    """A 319 on the request."""

    verzoekantwoord: str = Field(description="1 afgewezen, 2 in onderzoek")
    reden_afwijzing: str | None
    verantwoordelijke_gemeente: str | None = Field(description="bij afwijzing op het woonplaatsbeginsel (iJw)")
    ontvangen_op: Moment
    bericht: str


class VerzoekVolledig(VerzoekUit):
    """A request with all that it asks and all answers to it."""

    reden_verzoek: str | None = Field(description="van een VOW")
    gevraagd: list[GevraagdProduct]
    antwoorden: list[AntwoordOpVerzoek]
    bericht: str = Field(description="het 315 of 317")


def _items(_: Connection, rijen: Sequence[Verzoekrij], kijker: Kijker) -> list[VerzoekUit]:
    return [VerzoekUit(**_velden(rij, kijker.kalender)) for rij in rijen]


BRON = Lijstbron(LIJST, VerzoekUit, Verzoekenlijst, Verzoekenzoekvraag, _items)


@router.get("", response_model=Verzoekenlijst, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    vraag: Annotated[Verzoekenvraag, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[VerzoekUit] | Response:
    """Uw verzoeken om toewijzing (VOT) en om wijziging (VOW), in volgorde van hun laatste wijziging."""
    return BRON.lever(knooppunt, partij.code, nu.date(), vraag, gedaante)


@router.post("/zoeken", response_model=Verzoekenlijst, responses=lijst_antwoorden(400, 401))
def zoek_client(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Verzoekenzoekvraag, gedaante: DeGedaante
) -> Bladzijde[VerzoekUit] | Response:
    """Uw verzoeken met dezelfde filters als JSON, ook op het Bsn: dat staat nooit in een adres."""
    return zoek(knooppunt, partij, nu, vraag, gedaante)


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VerzoekVolledig:
    """Eén verzoek: wat het vraagt, en wat erop is geantwoord."""
    eis_id(id, "Dit verzoek")
    with lezend(knooppunt.engine) as verbinding:
        rij = LIJST.geef(verbinding, partij.code, id)
        if rij is None:
            raise niet_gevonden("Dit verzoek")
        sleutel = dossiers.sleutel(rij.dossier)
        dossier = Dossier.van(dossiers.laad(verbinding, [sleutel])[sleutel])
    aanvraag = dossier.verzoeken[rij.referentie]
    vraag = aanvraag.vraag
    return VerzoekVolledig(
        **_velden(rij, knooppunt.kalender),
        reden_verzoek=None if isinstance(vraag, AangevraagdProduct) else vraag.RedenVerzoek,
        gevraagd=gevraagd_uit(aanvraag),
        antwoorden=_antwoorden(aanvraag),
        bericht=rij.bericht,
    )


def _velden(rij: Verzoekrij, kalender: Kalender) -> dict[str, Any]:
    """The fields of ``VerzoekUit`` for a row."""
    ingediend_op = rij.ingediend_op.astimezone(NEDERLAND)
    termijn = antwoord_voor(rij.soort, rij.toestand, ingediend_op.date(), rij.dagtekening, kalender)
    zelfde = VerzoekUit.model_fields.keys() - {"ingediend_op", "antwoord_voor"}
    return {naam: getattr(rij, naam) for naam in zelfde} | {"ingediend_op": ingediend_op, "antwoord_voor": termijn}


def _antwoorden(aanvraag: Aanvraag) -> list[AntwoordOpVerzoek]:
    uit = []
    for gebeurtenis in aanvraag.antwoorden:
        gegeven = antwoord(gebeurtenis)
        uit.append(
            AntwoordOpVerzoek(
                verzoekantwoord=gegeven.VerzoekAntwoord,
                reden_afwijzing=gegeven.RedenAfwijzingVerzoek,
                verantwoordelijke_gemeente=gegeven.Woonplaatsbeginsel.Gemeente if gegeven.Woonplaatsbeginsel else None,
                ontvangen_op=gebeurtenis.herkomst.ontvangen_op,
                bericht=gebeurtenis.herkomst.bericht,
            )
        )
    return uit
