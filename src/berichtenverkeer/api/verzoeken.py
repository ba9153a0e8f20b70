"""Requests: what was asked, how it stands, and before when an answer must come."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from ..klok import NEDERLAND
from ..levensloop.dossier import Dossier
from ..levensloop.kalender import Kalender
from ..levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..levensloop.termijnen import antwoord_voor
from ..levensloop.verzoek import Aanvraag, antwoord
from ..opslag import dossiers
from ..opslag import verzoeken as tabel
from ..standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ..standaard.domein import Domein
from .aanmelding import DePartij
from .cursor import GewijzigdNa, Limiet, plaats, volgende
from .knooppunt import HetKnooppunt, Nu, eis_id
from .problemen import antwoorden, niet_gevonden
from .toewijzing_uit import GevraagdUit
from .toewijzingen import Agbcode, Bsn, Gemeentecode
from .verzoek_uit import gevraagd_uit

router = APIRouter(prefix="/verzoeken", tags=["verzoeken"])


class VerzoekUit(BaseModel):
    """A product of a VOT, or a VOW as a whole."""

    id: str
    domein: Domein
    gemeente: str
    aanbieder: str
    bsn: str
    soort: Verzoeksoort
    referentie: str = Field(description="ReferentieAanbieder")
    toestand: Verzoektoestand
    toewijzingnummers: list[int] = Field(description="die het noemt, en die het honoreren")
    ingediend_op: datetime
    antwoord_voor: date | None = Field(description="uiterste dag voor het volgende antwoord; leeg als het is afgedaan")


class Lijst(BaseModel):
    """A page, and the cursor that gives what comes after or changes later."""

    items: list[VerzoekUit]
    volgende: str


class AntwoordUit(BaseModel):
    """A 319 on the request."""

    verzoekantwoord: str = Field(description="1 afgewezen, 2 in onderzoek")
    reden_afwijzing: str | None
    verantwoordelijke_gemeente: str | None = Field(description="bij afwijzing op het woonplaatsbeginsel (iJw)")
    ontvangen_op: datetime
    bericht: str


class VerzoekVolledig(VerzoekUit):
    """A request with all that it asks and all answers to it."""

    reden_verzoek: str | None = Field(description="van een VOW")
    gevraagd: list[GevraagdUit]
    antwoorden: list[AntwoordUit]
    bericht: str = Field(description="het 315 of 317")


@router.get("", responses=antwoorden(400, 401, 422))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    domein: Domein | None = None,
    gemeente: Gemeentecode = None,
    aanbieder: Agbcode = None,
    bsn: Bsn = None,
    soort: Verzoeksoort | None = None,
    referentie: Annotated[str | None, Query(min_length=1, max_length=36)] = None,
    toestand: Verzoektoestand | None = None,
    gewijzigd_na: GewijzigdNa = None,
    limiet: Limiet = 100,
) -> Lijst:
    """Uw verzoeken om toewijzing (VOT) en om wijziging (VOW), in volgorde van hun laatste wijziging."""
    filter_ = tabel.Filter(domein, gemeente, aanbieder, bsn, soort, referentie, toestand, plaats(gewijzigd_na))
    with knooppunt.engine.connect() as verbinding:
        rijen = tabel.zoek(verbinding, partij.code, filter_, limiet)
    items = [VerzoekUit(**_velden(rij, knooppunt.kalender)) for rij in rijen]
    return Lijst(items=items, volgende=volgende(rijen, gewijzigd_na))


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> VerzoekVolledig:
    """Eén verzoek: wat het vraagt, en wat erop is geantwoord."""
    eis_id(id, "Dit verzoek")
    with knooppunt.engine.connect() as verbinding:
        rij = tabel.geef(verbinding, partij.code, id)
        if rij is None:
            raise niet_gevonden("Dit verzoek")
        sleutel = dossiers.sleutel(rij["dossier"])
        dossier = Dossier.van(dossiers.laad(verbinding, [sleutel])[sleutel])
    aanvraag = dossier.verzoeken[rij["referentie"]]
    vraag = aanvraag.vraag
    return VerzoekVolledig(
        **_velden(rij, knooppunt.kalender),
        reden_verzoek=None if isinstance(vraag, AangevraagdProduct) else vraag.RedenVerzoek,
        gevraagd=gevraagd_uit(aanvraag),
        antwoorden=_antwoorden(aanvraag),
        bericht=rij["bericht"],
    )


def _velden(rij: Mapping[Any, Any], kalender: Kalender) -> dict[str, Any]:
    """The fields of ``VerzoekUit`` for a row."""
    ingediend_op = rij["ingediend_op"].astimezone(NEDERLAND)
    termijn = antwoord_voor(rij["soort"], rij["toestand"], ingediend_op.date(), rij["dagtekening"], kalender)
    zelfde = ("id", "domein", "gemeente", "aanbieder", "bsn", "soort", "referentie", "toestand", "toewijzingnummers")
    return {naam: rij[naam] for naam in zelfde} | {"ingediend_op": ingediend_op, "antwoord_voor": termijn}


def _antwoorden(aanvraag: Aanvraag) -> list[AntwoordUit]:
    uit = []
    for gebeurtenis in aanvraag.antwoorden:
        gegeven = antwoord(gebeurtenis)
        uit.append(
            AntwoordUit(
                verzoekantwoord=gegeven.VerzoekAntwoord,
                reden_afwijzing=gegeven.RedenAfwijzingVerzoek,
                verantwoordelijke_gemeente=gegeven.Woonplaatsbeginsel.Gemeente if gegeven.Woonplaatsbeginsel else None,
                ontvangen_op=gebeurtenis.herkomst.ontvangen_op.astimezone(NEDERLAND),
                bericht=gebeurtenis.herkomst.bericht,
            )
        )
    return uit
