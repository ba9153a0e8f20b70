"""Productconversies: toewijzingen that a gemeente ended with the ones that go on, carrying inzetten over, and sending the stops and starts."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import omzettingen
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.hoofdaannemer.omzetting_uit import (
    Omzetdag,
    OmzettingBijHoofdaannemer,
    Omzettingenlijst,
    Omzettingenvraag,
    Overzetvraag,
)
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...partijen.afspraken import Aanmelding
from .. import opmaak
from ..bureau import BEGIN, bureau_bij, klassekeuzes, noemer, partnernamen
from ..formulieren.formulier import Formulierroute, Onjuist, lees, velden
from ..formulieren.inzetdaad import BEVESTIGD
from ..formulieren.veld import Veld
from ..gezegd import gezegd, verder
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, veld
from ..scherm import Kruimels, Noem, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker, nog_binnen

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/omzettingen"

_KRUIMELS: Kruimels = [*BEGIN, ("Productconversies", PAD)]

_VELDEN = (
    Veld("per", "Eerste dag van de nieuwe", soort="date"),
    Veld("gemeente", "Gemeente", "CBS-code van 4 cijfers"),
    Veld("segment", "Segment", "van de oude toewijzing"),
)
"""By what one chooses conversions."""

_OUD, _NIEUW = "oud-", "nieuw-"
"""How the fields are called that say what a klasse becomes; their names go on with a number."""

_MEESTE = 200
"""Rows on a page of an act."""


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """The conversions, and by day what one can do."""
    bureau = bureau_van(knooppunt, ik.partij)
    ingevuld = _welke(request.query_params)
    fouten: Mapping[str, str] = {}
    items: list[OmzettingBijHoofdaannemer] = []
    try:
        uit = omzettingen.lijst(bureau, lees(Omzettingenvraag, ingevuld), gevraagde_vorm(request))
        if isinstance(uit, Response):
            return uit
        items = uit.items
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    dagen = Counter(een.per for een in items)
    return toon(
        request,
        "omzettingen.html",
        "Productconversies",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        velden=_VELDEN,
        ingevuld=ingevuld,
        fouten=fouten,
        dagen=[(dag, aantal, urlencode({**ingevuld, "per": f"{dag}"})) for dag, aantal in sorted(dagen.items())],
        mag=ik.mag(MEDEWERKER),
        blad=blad(request, items, _kolommen(noemer(knooppunt, partnernamen(bureau)))),
        bestanden=als_bestanden(request),
        gezegd=gezegd(request),
    )


@router.get(PAD + "/overzetten")
def vraag_over(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """What carrying over would come to."""
    return _overzetten(request, knooppunt, ik, nu, dict(request.query_params))


@router.post(PAD + "/overzetten")
def zet_over(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier) -> Response:
    """The same with other klassen; once that was said yes to, do it."""
    return _overzetten(request, knooppunt, ik, nu, velden(formulier))


@router.get(PAD + "/versturen")
def vraag_berichten(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """What would be sent."""
    bureau, vraag = bureau_bij(knooppunt, ik), _dag(request.query_params)
    gevraagd = Omzettingenvraag(per=vraag.per, gemeente=vraag.gemeente, segment=vraag.segment)
    uit = omzettingen.berichten(knooppunt, ik.partij, bureau, nu, gevraagd, gevraagde_vorm(request))
    if isinstance(uit, Response):
        return uit
    return toon(
        request,
        "omzetting-versturen.html",
        "Stops en starts versturen",
        kruimels=_KRUIMELS,
        items=uit.items[:_MEESTE],
        klaar=sum(een.klaar for een in uit.items),
        aantal=len(uit.items),
        vast=_welke(request.query_params),
        per=vraag.per,
        bestanden=als_bestanden(request),
    )


@router.post(PAD + "/versturen")
async def verstuur(
    request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Send what is ready."""
    bureau, vraag = bureau_bij(knooppunt, ik), _dag(velden(formulier))
    uit = await omzettingen.verstuur_alle(
        vraag.welke, knooppunt, Aanmelding((ik.partij,)), bureau, nu, nog_binnen(request, ik)
    )
    afgekeurd = sum(een.oordeel == "afgekeurd" for een in uit.items)
    zinnen = [f"Verstuurd: {uit.verstuurd} berichten; {uit.niet_verstuurd} konden niet."]
    if afgekeurd:
        zinnen.append(f"Daarvan zijn er {afgekeurd} afgekeurd; kijk bij Berichten waarom.")
    return await run_in_threadpool(verder, request, PAD, *zinnen)


def _welke(gegeven: Mapping[str, str]) -> dict[str, str]:
    """Of an address or form which conversions it is about."""
    return {een.naam: waarde for een in _VELDEN if (waarde := gegeven.get(een.naam, "").strip())}


def _dag(gegeven: Mapping[str, str]) -> Omzetdag:
    """Which conversions to act on. Raises problem 404 when the address does not say it."""
    try:
        return lees(Omzetdag, _welke(gegeven))
    except Onjuist:
        raise niet_gevonden("Deze bladzijde", "Kies bij Productconversies eerst een dag.") from None


def _overzetten(request: Request, knooppunt: Knooppunt, ik: Ik, nu: datetime, gegeven: Mapping[str, str]) -> Response:
    bureau, dag = bureau_bij(knooppunt, ik), _dag(gegeven)
    klassen = {
        oud: gegeven.get(_NIEUW + naam.removeprefix(_OUD), "") for naam, oud in gegeven.items() if naam.startswith(_OUD)
    }
    vraag = Overzetvraag(
        per=dag.per,
        gemeente=dag.gemeente,
        segment=dag.segment,
        klassen=[{"oud": oud, "nieuw": nieuw} for oud, nieuw in klassen.items() if nieuw],
    )
    doe = BEVESTIGD in gegeven
    alle = omzettingen.lijst(bureau, Omzettingenvraag(**dict(dag)), Gedaante.JSON)
    assert isinstance(alle, Omzettingenlijst)
    vorm = Gedaante.JSON if doe else gevraagde_vorm(request)
    uit = omzettingen.zet_over(vraag, knooppunt, bureau, nu, vorm, not doe)
    if isinstance(uit, Response):
        return uit
    if doe:
        zin = f"Overgezet: {uit.overgezet} inzetten; {uit.kan_niet} konden niet."
        return verder(request, PAD, zin)
    oude = sorted({inzet.klasse for een in alle.items for inzet in een.inzetten if inzet.naar is None})
    keuzes = [("", "dezelfde klasse"), *list(klassekeuzes(bureau))[1:]]
    return toon(
        request,
        "omzetting-overzetten.html",
        "Inzetten overzetten",
        kruimels=_KRUIMELS,
        uit=uit,
        items=sorted(uit.items, key=lambda een: not een.bezwaren)[:_MEESTE],
        noem=noemer(knooppunt, partnernamen(bureau)),
        vast=_welke(gegeven),
        klassen=[
            (f"{_OUD}{nr}", oud, klassen.get(oud, ""), Veld(f"{_NIEUW}{nr}", f"Klasse {oud} wordt", keuzes=keuzes))
            for nr, oud in enumerate(oude, 1)
        ],
        per=dag.per,
        bevestigd=BEVESTIGD,
        bestanden=als_bestanden(request) if request.method == "GET" else [],
    )


def _kolommen(noem: Noem) -> list[Kolom]:
    def kant(welke: str) -> Any:
        def toon_(een: OmzettingBijHoofdaannemer) -> Any:
            deel = getattr(een, welke)
            return (deel.toewijzingnummer, f"/toewijzingen/{deel.toewijzing}") if deel is not None else None

        return toon_

    def product(een: OmzettingBijHoofdaannemer) -> str:
        nieuw = een.nieuw.product.code if een.nieuw is not None else None
        return f"{een.oud.product.code or een.oud.product.categorie} wordt {nieuw or 'nog niets'}"

    def partners(een: OmzettingBijHoofdaannemer) -> str | None:
        return ", ".join(sorted({noem(inzet.partner) for inzet in een.inzetten})) or None

    return [
        veld("per", "Eerste dag van de nieuwe"),
        veld("gemeente", "Gemeente", lambda een: noem(een.gemeente)),
        veld("client", "Bsn", lambda een: opmaak.bsn(een.client)),
        Kolom("oud", "Oude toewijzing", lambda een: een.oud.toewijzingnummer, kant("oud")),
        Kolom("nieuw", "Nieuwe", lambda een: een.nieuw and een.nieuw.toewijzingnummer, kant("nieuw")),
        Kolom("product", "Product", product),
        Kolom("partners", "Partners", partners),
        veld("stand", "Hoe ver", lambda een: een.stand.betekenis),
    ]
