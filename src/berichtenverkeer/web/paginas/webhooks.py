"""Webhooks of a party: making one, trying it, what it did not hear, and letting it hear that again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from ...api import webhooks
from ...api.antwoord.problemen import Probleem, niet_gevonden
from ...api.antwoord.webhook_uit import NotificatieUit, WebhookVraag
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...webhooks.soorten import SOORTEN
from ..beheer import BEGIN, toeval
from ..formulieren.formulier import Formulierroute, Onjuist, lees, van_probleem, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import PER_BLAD, Kop
from ..scherm import Kruimels, toon
from ..toegang import Beheerder, HetFormulier

router = Router(route_class=Formulierroute)

_PAD = "/webhooks"
_KRUIMELS: Kruimels = [*BEGIN, ("Webhooks", _PAD)]
_SOORTEN = [(naam, soort.omschrijving) for naam, soort in SOORTEN.items()]


class Webhookregel(BaseModel):
    """A webhook in the list."""

    id: str
    url: str
    toestand: str
    soorten: str
    aangemaakt_op: datetime
    rust_tot: datetime | None


@router.get(_PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Beheerder) -> Response:
    """Those of a party."""
    uit = webhooks.lijst(knooppunt, ik.partij, Gedaante.JSON)
    assert not isinstance(uit, Response)
    items = [
        Webhookregel(
            **een.model_dump(include={"id", "url", "aangemaakt_op", "rust_tot"}),
            toestand=een.toestand,
            soorten=_soorten(een.soorten),
        )
        for een in uit.items
    ]
    return toon_lijst(
        request,
        "Webhooks",
        Webhookregel,
        items,
        (Kop("URL", "url", naar=True), Kop("Toestand", "toestand"), Kop("Hoort", "soorten"), Kop("Gemaakt", "aangemaakt_op")),
        kruimels=BEGIN,
        leeg="Er is nog geen webhook. Maak er een, dan hoort uw software meteen wat er gebeurt.",
        naar=lambda een: f"{_PAD}/{een.id}",
        knoppen=[("Webhook maken", f"{_PAD}/nieuw")],
        gezegd=gezegd(request),
    )  # fmt: skip


@router.get(_PAD + "/nieuw")
def vraag_nieuwe(request: Request, ik: Beheerder) -> Response:
    """Ask where it is, and what it wants to hear."""
    return _nieuw(request, "", list(SOORTEN), {})


@router.post(_PAD + "/nieuw")
async def maak(request: Request, knooppunt: HetKnooppunt, ik: Beheerder, nu: Nu, formulier: HetFormulier) -> Response:
    """Make one and show its secret, this once."""
    url, gekozen = velden(formulier).get("url", ""), [str(een) for een in formulier.getlist("soorten")]
    try:
        vraag = lees(WebhookVraag, {"url": url, "soorten": gekozen})
        kans = toeval(request, formulier, "webhook")
        uit = await _probeer(webhooks.maak_met, vraag, knooppunt, ik.partij, nu, kans)
    except Onjuist as onjuist:
        return _nieuw(
            request,
            url,
            gekozen,
            {veld.partition("[")[0].partition(".")[0]: zin for veld, zin in onjuist.fouten.items()},
        )
    return _toon_geheim(request, uit)


@router.get(_PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheerder, na: str | None = None) -> Response:
    """One, with what it did not hear."""
    return _een(request, id, knooppunt, ik, na, {})


@router.post(_PAD + "/{id}/roteer")
def roteer(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheerder, nu: Nu, formulier: HetFormulier
) -> Response:
    """Give it a new secret and show that, this once; a day long the one before counts too."""
    return _toon_geheim(request, webhooks.roteer(id, knooppunt, ik.partij, nu))


@router.post(_PAD + "/{id}/test")
async def test(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheerder, nu: Nu, formulier: HetFormulier
) -> Response:
    """Call it once."""
    try:
        uit = await _probeer(webhooks.test, id, knooppunt, ik.partij, nu)
    except Onjuist as onjuist:
        return verder(request, f"{_PAD}/{id}", *onjuist.fouten.values())
    return verder(
        request,
        f"{_PAD}/{id}",
        "De proef is gelukt: de ontvanger heeft het." if uit.gelukt else f"De proef is mislukt: {uit.reden}",
    )


@router.post(_PAD + "/{id}/{daad}")
def doe(
    request: Request, id: str, daad: str, knooppunt: HetKnooppunt, ik: Beheerder, nu: Nu, formulier: HetFormulier
) -> Response:
    """Pause it, go on, let it hear again what failed, or remove it."""
    match daad:
        case "pauzeer":
            webhooks.pauzeer(id, knooppunt, ik.partij, nu)
            zin = "De webhook is gepauzeerd; wat er intussen gebeurt, hoort hij daarna."
        case "hervat":
            webhooks.hervat(id, knooppunt, ik.partij, nu)
            zin = "De webhook wordt weer aangeroepen."
        case "opnieuw":
            aantal = webhooks.opnieuw(id, knooppunt, ik.partij, nu).aantal
            zin = f"Het knooppunt begint opnieuw met {aantal} {'melding' if aantal == 1 else 'meldingen'}."
        case "verwijder":
            webhooks.verwijder(id, knooppunt, ik.partij)
            return verder(request, _PAD, "De webhook is weg.")
        case _:
            raise niet_gevonden("Deze handeling")
    return verder(request, f"{_PAD}/{id}", zin)


async def _probeer(doe_: Callable[..., Any], *wat: Any) -> Any:
    """What a function of ``/v1`` gives; what is wrong with the question as what is wrong in the form."""
    try:
        return await doe_(*wat)
    except Probleem as probleem:
        if probleem.status not in (400, 409, 429):
            raise
        veld = "url" if probleem.status == 400 else ""
        raise Onjuist({veld: " ".join(van_probleem(probleem, {}).fouten.values())}) from None


def _soorten(namen: list[str]) -> str:
    return "alles" if len(namen) == len(SOORTEN) else ", ".join(namen)


def _nieuw(request: Request, url: str, gekozen: list[str], fouten: dict[str, str]) -> Response:
    return toon(
        request,
        "webhook-nieuw.html",
        "Webhook maken",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        url=url,
        gekozen=gekozen,
        soorten=_SOORTEN,
        fouten=fouten,
    )


def _toon_geheim(request: Request, uit: Any) -> Response:
    return toon(
        request,
        "geheim.html",
        "Geheim van de webhook",
        kruimels=_KRUIMELS,
        geheim=uit.geheim,
        wat="Het geheim",
        voor=uit.url,
        uitleg="Hiermee controleert uw software of een aanroep van dit knooppunt komt; zie docs/webhooks.md.",
        terug=f"{_PAD}/{uit.id}",
    )


def _een(request: Request, id_: str, knooppunt: Any, ik: Any, na: str | None, fouten: dict[str, str]) -> Response:
    uit = webhooks.bekijk(id_, knooppunt, ik.partij)
    mislukt = webhooks.mislukt(id_, knooppunt, ik.partij, Gedaante.JSON, na, PER_BLAD)
    assert not isinstance(mislukt, Response)
    items: list[NotificatieUit] = mislukt.items
    return toon(
        request,
        "webhook.html",
        "Webhook",
        kruimels=_KRUIMELS,
        webhook=uit,
        soorten=_soorten(uit.soorten),
        items=items,
        volgende=f"{_PAD}/{id_}?na={mislukt.volgende}" if len(items) == PER_BLAD else None,
        begin=f"{_PAD}/{id_}" if na else None,
        pad_=f"{_PAD}/{id_}",
        fouten=fouten,
        gezegd=gezegd(request),
    )
