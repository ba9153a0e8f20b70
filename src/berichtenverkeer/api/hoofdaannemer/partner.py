"""Inzetten of a partner: what was passed on to it, its answer, what it reports, and its melding."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from ...bedrijfsbureau import inzetten as bureau_
from ...bedrijfsbureau import partner as balie_
from ...bedrijfsbureau import partnermeldingen
from ...bedrijfsbureau.partner import Balie
from ...hoofdaannemer.fouten import NietGevonden
from ...hoofdaannemer.overgangen import Zorgmeldingsoort
from ...opslag.bureau.inzetten import VAN_PARTNER, Inzetrij
from ...opslag.database import lezend
from ..antwoord.lijst import Bladzijde
from ..antwoord.problemen import antwoorden
from ..lijstbron import Kijker, Lijstbron
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from ..rondom.route import Router
from ..tabel import DeGedaante, lijst_antwoorden
from .bestand_in import CSV, XLSX, Bestand, beschrijving, eis_soort, lees_bestand, lees_tabel_uit
from .bureau import DeBalie
from .inzet_uit import (
    InzetBijPartner,
    Inzetfilters,
    InzetMelding,
    InzetReden,
    InzettenBijPartner,
    InzetTijdlijn,
    ZorgmeldingUit,
    inzet_bij_partner,
    tijdlijn_uit,
    zorgmelding_uit,
)
from .laden import LaadRapport, rapport_uit
from .zorgmelding import ZORGMELDING, als_antwoord, gevraagde_vorm

router = Router(prefix="/inzetten", tags=["inzetten"])

_VOORBEELD = "gemeente;toewijzingnummer;domein;soort;datum;reden\n0344;1001;iwmo;start;2026-03-02;\n"


class InzettenVraagPartner(Inzetfilters):
    """Which inzetten."""

    hoofdaannemer: str | None = Field(None, max_length=8)


def _items(verbinding: Connection, rijen: Sequence[Inzetrij], kijker: Kijker) -> list[InzetBijPartner]:
    return [inzet_bij_partner(beeld) for beeld in bureau_.beelden(verbinding, rijen, kijker.kalender, kijker.dag)]


BRON = Lijstbron(VAN_PARTNER, InzetBijPartner, InzettenBijPartner, InzettenVraagPartner, _items)


@router.get("", response_model=InzettenBijPartner, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    balie: DeBalie,
    nu: Nu,
    vraag: Annotated[InzettenVraagPartner, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[InzetBijPartner] | Response:
    """Wat hoofdaannemers aan u doorgaven, in volgorde van de laatste wijziging.

    Geef `volgende` mee als `gewijzigdNa` en u krijgt wat daarna veranderde, elke inzet één keer in haar nieuwste vorm.
    """
    return BRON.lever(knooppunt, balie.code, nu.date(), vraag, gedaante)


@router.post(
    "/meldingen",
    response_model=LaadRapport,
    responses=antwoorden(400, 401, 413, 415, 422),
    openapi_extra=beschrijving(voorbeeld=_VOORBEELD),
)
async def meld_alle(
    request: Request,
    knooppunt: HetKnooppunt,
    balie: DeBalie,
    nu: Nu,
    proef: Annotated[bool, Query(description="zeg alleen wat er zou gebeuren; er wordt niets bewaard")] = False,
) -> LaadRapport:
    """Meld starts, stops en evaluaties met een bestand (CSV of XLSX), veel in één keer. Een rij noemt de toewijzing zoals de inzorgmelding.

    Alles wat eraan mankeert staat in één antwoord, met rij en kolom; met een fout wordt niets bewaard. Wat u al meldde, wordt overgeslagen.
    """
    eis_soort(request, CSV, XLSX)
    return await meld_data(await lees_bestand(request), knooppunt, balie, nu, proef=proef)


async def meld_data(bestand: Bestand, knooppunt: Knooppunt, balie: Balie, nu: datetime, *, proef: bool) -> LaadRapport:
    """The same, of a file that was read. Raises problem 400 for what cannot be read, and 422 with every fault."""
    tabel = await lees_tabel_uit(bestand, knooppunt, balie.code)
    return rapport_uit(await run_in_threadpool(partnermeldingen.meld_alle, balie, tabel, nu, proef=proef))


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, balie: DeBalie, nu: Nu) -> InzetBijPartner:
    """Eén inzet, zoals zij vandaag staat."""
    eis_id(id, bureau_.DEZE)
    with lezend(balie.engine) as verbinding:
        return inzet_bij_partner(bureau_.geef(verbinding, VAN_PARTNER, balie.code, balie.kalender, nu.date(), id))


@router.get("/{id}/tijdlijn", responses=antwoorden(400, 401, 404))
def verhaal(id: str, balie: DeBalie, nu: Nu) -> InzetTijdlijn:
    """Alles wat er met een inzet van u gebeurde. Van een toewijzingsbericht staat er niet welk het was."""
    eis_id(id, bureau_.DEZE)
    with lezend(balie.engine) as verbinding:
        rij = bureau_.rij_van(verbinding, VAN_PARTNER, balie.code, id)
        return tijdlijn_uit(bureau_.verhaal(verbinding, rij, nu.date()), zonder=frozenset({rij.gemeente}))


@router.post("/{id}/aannemen", responses=antwoorden(400, 401, 404, 409))
def neem_aan(id: str, balie: DeBalie, nu: Nu) -> InzetBijPartner:
    """Neem een inzet aan. Een tweede antwoord kan niet."""
    return inzet_bij_partner(balie_.neem_aan(balie, id, nu))


@router.post("/{id}/weigeren", responses=antwoorden(400, 401, 404, 409, 422))
def weiger(id: str, vraag: InzetReden, balie: DeBalie, nu: Nu) -> InzetBijPartner:
    """Weiger een inzet, met een reden. Zij vervalt dan, van het begin af."""
    return inzet_bij_partner(balie_.weiger(balie, id, vraag.reden, nu))


@router.post("/{id}/meldingen", responses=antwoorden(400, 401, 404, 409, 422))
def meld(id: str, vraag: InzetMelding, balie: DeBalie, nu: Nu) -> InzetBijPartner:
    """Meld een start, een stop met een RedenBeeindiging, of dat de evaluatie er is.

    Een start of stop komt op de werklijst van de hoofdaannemer, met het bericht aan de gemeente klaar om te versturen.
    """
    return inzet_bij_partner(balie_.meld(balie, id, vraag.soort, vraag.datum, vraag.reden, nu))


@router.get("/{id}/inzorgmelding", response_model=ZorgmeldingUit, responses=ZORGMELDING)
def inzorgmelding(id: str, request: Request, knooppunt: HetKnooppunt, balie: DeBalie) -> Response:
    """De inzorgmelding van een inzet zoals zij nu staat: JSON, een bladzijde om af te drukken (HTML) of PDF, naar de header Accept."""
    return _melding(id, request, knooppunt, balie, Zorgmeldingsoort.INZORG)


@router.get("/{id}/uitzorgmelding", response_model=ZorgmeldingUit, responses=ZORGMELDING)
def uitzorgmelding(id: str, request: Request, knooppunt: HetKnooppunt, balie: DeBalie) -> Response:
    """De uitzorgmelding van een inzet die een einde heeft of is vervallen, in dezelfde vormen."""
    return _melding(id, request, knooppunt, balie, Zorgmeldingsoort.UITZORG)


def _melding(id_: str, request: Request, knooppunt: Knooppunt, balie: Balie, soort: Zorgmeldingsoort) -> Response:
    vorm = gevraagde_vorm(request)
    return als_antwoord(zorgmelding_van(id_, knooppunt, balie, soort), vorm)


def zorgmelding_van(id_: str, knooppunt: Knooppunt, balie: Balie, soort: Zorgmeldingsoort) -> ZorgmeldingUit:
    """The melding of an inzet as it stands. Raises ``NietGevonden``."""
    eis_id(id_, bureau_.DEZE)
    with lezend(balie.engine) as verbinding:
        rij = bureau_.rij_van(verbinding, VAN_PARTNER, balie.code, id_)
        if soort is Zorgmeldingsoort.UITZORG and rij.effectief is not None and rij.effectief.tot is None:
            raise NietGevonden("Een uitzorgmelding van deze inzet")
        return zorgmelding_uit(balie_.melding(verbinding, rij, soort, knooppunt.schemas))
