"""Webhooks: a party says where it wants to hear what happens to what is its own."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from ..opslag.berichten.webhooks import Webhook
from ..partijen.partij import Partij
from ..webhooks import beheer
from ..webhooks.adres import AdresFout
from ..webhooks.soorten import SOORTEN
from .antwoord import cursor
from .antwoord.problemen import Probleem, antwoorden, niet_gevonden
from .antwoord.webhook_uit import (
    Notificatielijst,
    NotificatiesOpnieuw,
    OpnieuwAantal,
    Proefaanroep,
    Webhooklijst,
    WebhookMetGeheim,
    WebhookRotatie,
    Webhooksoorten,
    WebhooksoortUit,
    WebhookUit,
    WebhookVraag,
    met_geheim,
    notificatie_uit,
    webhook_uit,
)
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import DeGedaante, in_gedaante, lijst_antwoorden

router = Router(prefix="/webhooks", tags=["webhooks"])

_LIJST = "notificaties"
_PLEK = re.compile("([0-9]{1,12})[.]([0-9]{6})[.]([0-9a-f-]{36})")
_WAT = "Deze webhook"


@router.get("", summary="Bekijk uw webhooks", response_model=Webhooklijst, responses=lijst_antwoorden(400, 401))
def lijst(knooppunt: HetKnooppunt, partij: DePartij, gedaante: DeGedaante) -> Webhooklijst | Response:
    """Uw webhooks, de oudste eerst. De geheimen staan er niet bij."""
    uit = Webhooklijst(items=[webhook_uit(webhook) for webhook in beheer.alle(knooppunt.engine, partij.code)])
    return in_gedaante(gedaante, "webhooks", uit)


@router.post("", status_code=201, summary="Maak een webhook", responses=antwoorden(400, 401, 409, 429))
async def maak(vraag: WebhookVraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> WebhookMetGeheim:
    """Vanaf nu roept het knooppunt deze URL aan als er iets gebeurt van de soorten die u noemt.

    Het geheim in het antwoord krijgt u één keer te zien: bewaar het. De URL begint met https:// en leidt naar een openbaar
    adres; dat wordt hier gecontroleerd en bij iedere aanroep opnieuw.
    """
    return await maak_met(vraag, knooppunt, partij, nu, secrets.token_bytes)


async def maak_met(
    vraag: WebhookVraag, knooppunt: Knooppunt, partij: Partij, nu: datetime, entropie: beheer.Entropie
) -> WebhookMetGeheim:
    """Make a webhook with this chance; with the same once more it is the same webhook. Raises problems 400, 409 and 429."""
    with _een_tegelijk(knooppunt, partij.code):
        try:
            await knooppunt.webhooks.adressen(vraag.url)
        except AdresFout as fout:
            raise Probleem(
                400, "webhook-adres", str(fout), "Noem een openbaar adres dat met https:// begint."
            ) from None
    try:
        webhook = await run_in_threadpool(
            beheer.maak, knooppunt.engine, partij.code, vraag.url, set(vraag.soorten), nu, knooppunt.peil, entropie
        )
    except beheer.TeVeel as fout:
        raise Probleem(
            409, "webhooks-vol", str(fout), "Verwijder een webhook, of laat één webhook meer horen."
        ) from None
    knooppunt.webhooks.wek()
    return met_geheim(webhook)


@router.get(
    "/soorten",
    summary="Bekijk wat een webhook kan horen",
    response_model=Webhooksoorten,
    responses=lijst_antwoorden(400, 401),
)
def soorten(_: DePartij, gedaante: DeGedaante) -> Webhooksoorten | Response:
    """Alle soorten, met het type waaronder zij in een aanroep staan."""
    uit = Webhooksoorten(
        items=[
            WebhooksoortUit(naam=soort.naam, type=soort.type, omschrijving=soort.omschrijving)
            for soort in SOORTEN.values()
        ]
    )
    return in_gedaante(gedaante, "soorten", uit)


@router.get("/{id}", summary="Bekijk een webhook", responses=antwoorden(400, 401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> WebhookUit:
    """Een webhook en hoe het ermee gaat."""
    return webhook_uit(_geef(knooppunt, partij.code, id))


@router.delete("/{id}", status_code=204, summary="Verwijder een webhook", responses=antwoorden(400, 401, 404))
def verwijder(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """De webhook wordt niet meer aangeroepen; wat hij nog moest horen, vervalt."""
    _geef(knooppunt, partij.code, id)
    beheer.verwijder(knooppunt.engine, partij.code, id)
    return Response(status_code=204)


@router.post("/{id}/pauzeer", summary="Pauzeer een webhook", responses=antwoorden(400, 401, 404))
def pauzeer(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> WebhookUit:
    """De webhook wordt niet meer aangeroepen tot u hem hervat. Wat er intussen gebeurt, hoort hij daarna."""
    _geef(knooppunt, partij.code, id)
    return webhook_uit(beheer.pauzeer(knooppunt.engine, partij.code, id, nu))


@router.post("/{id}/hervat", summary="Hervat een webhook", responses=antwoorden(400, 401, 404))
def hervat(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> WebhookUit:
    """De webhook wordt weer aangeroepen, ook als hij was uitgeschakeld of met rust werd gelaten, en hoort wat hij miste."""
    _geef(knooppunt, partij.code, id)
    webhook = beheer.hervat(knooppunt.engine, partij.code, id, nu)
    knooppunt.webhooks.wek()
    return webhook_uit(webhook)


@router.post("/{id}/roteer", summary="Geef een webhook een nieuw geheim", responses=antwoorden(400, 401, 404))
def roteer(
    id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: WebhookRotatie | None = None
) -> WebhookMetGeheim:
    """Het nieuwe geheim krijgt u één keer te zien. Zo lang als u vraagt, ondertekent het knooppunt met het nieuwe en met het
    vorige; wat daarvoor gold, vervalt meteen."""
    _geef(knooppunt, partij.code, id)
    overlap = timedelta(hours=(vraag or WebhookRotatie()).overlap_uren)
    return met_geheim(beheer.roteer(knooppunt.engine, partij.code, id, overlap, nu))


@router.post("/{id}/test", summary="Roep een webhook aan als proef", responses=antwoorden(400, 401, 404, 429))
async def test(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> Proefaanroep:
    """Het knooppunt roept de webhook één keer aan, met type `nl.berichtenverkeer.webhook.proef.v1`, en zegt wat ervan kwam. Dat kan
    ook als hij is gepauzeerd."""
    webhook = await run_in_threadpool(_geef, knooppunt, partij.code, id)
    with _een_tegelijk(knooppunt, partij.code):
        [uitkomst] = await knooppunt.webhooks.roep_aan(webhook, [beheer.proef(webhook, nu)])
    return Proefaanroep(gelukt=uitkomst.gelukt, status=uitkomst.status, reden=uitkomst.reden)


@router.get(
    "/{id}/notificaties",
    summary="Bekijk wat een webhook niet hoorde",
    response_model=Notificatielijst,
    responses=lijst_antwoorden(400, 401, 404),
)
def mislukt(
    id: str,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    gedaante: DeGedaante,
    na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limiet: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Notificatielijst | Response:
    """Wat na een poging nog niet is aangekomen, het oudste eerst: wat opnieuw wordt geprobeerd en wat is opgegeven. Wat is
    opgegeven, blijft dertig dagen staan."""
    _geef(knooppunt, partij.code, id)
    delen = cursor.lees(na, "na", _LIJST, _PLEK)
    plek = None if delen is None else (_moment(int(delen[0]), int(delen[1])), delen[2])
    rijen = beheer.onbezorgd(knooppunt.engine, partij.code, id, plek, limiet)
    einde = (rijen[-1].notificatie.moment, rijen[-1].notificatie.id) if rijen else plek
    uit = Notificatielijst(
        items=[notificatie_uit(rij) for rij in rijen],
        volgende=cursor.schrijf(_LIJST, *(_plek(*einde) if einde else ())),
    )
    return in_gedaante(gedaante, "notificaties", uit)


@router.post(
    "/{id}/notificaties/opnieuw",
    summary="Laat een webhook opnieuw horen wat mislukte",
    responses=antwoorden(400, 401, 404),
)
def opnieuw(
    id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: NotificatiesOpnieuw | None = None
) -> OpnieuwAantal:
    """Wat mislukte, wordt opnieuw geprobeerd alsof het nog niet was geprobeerd: alles, of wat u noemt."""
    _geef(knooppunt, partij.code, id)
    ids = None if vraag is None else vraag.ids
    aantal = beheer.opnieuw(knooppunt.engine, partij.code, id, ids, nu, knooppunt.webhooks.systeem())
    knooppunt.webhooks.wek()
    return OpnieuwAantal(aantal=aantal)


@contextmanager
def _een_tegelijk(knooppunt: Knooppunt, partij: str) -> Iterator[None]:
    """What goes outside for a party that waits for it, goes one at a time. Raises problem 429."""
    bezig = knooppunt.webhooks.bezig
    if partij in bezig:
        raise Probleem(
            429, "webhook-bezig", "Er wordt voor u al een adres opgezocht of aangeroepen.", "Wacht op dat antwoord",
            {"Retry-After": "1"},
        )  # fmt: skip
    bezig.add(partij)
    try:
        yield
    finally:
        bezig.remove(partij)


def _geef(knooppunt: Knooppunt, partij: str, id_: str) -> Webhook:
    """One of this party. Raises problem 404."""
    eis_id(id_, _WAT)
    try:
        return beheer.geef(knooppunt.engine, partij, id_)
    except beheer.Onbekend:
        raise niet_gevonden(_WAT) from None


def _plek(moment: datetime, id_: str) -> tuple[str, str, str]:
    return str(int(moment.replace(microsecond=0).timestamp())), f"{moment.microsecond:06}", id_


def _moment(seconden: int, micros: int) -> datetime:
    """The moment in a cursor. Raises problem 400 for none."""
    try:
        return datetime.fromtimestamp(seconden, UTC) + timedelta(microseconds=micros)
    except (OverflowError, OSError, ValueError):
        raise cursor.onbekend("na") from None
