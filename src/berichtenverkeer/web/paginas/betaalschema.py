"""Betaalschema: what a gemeente pays in a year, in twelve parts, and what it paid."""

from functools import partial

from fastapi import Request, Response

from ...api.hoofdaannemer import betaalschema
from ...api.hoofdaannemer.betaalschema import BetaalschemaUit, Betaalvraag
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from .. import opmaak
from ..bureau import BEGIN, bureau_bij, geladen
from ..formulieren.formulier import Onjuist, lees
from ..formulieren.veld import Veld
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, veld
from ..opmaak import Keuzes
from ..scherm import Noem, met_partijnaam, toon
from ..toegang import Lezer

router = Router()

PAD = "/hoofdaannemer/betaalschema"


@router.get(PAD)
def schema(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """That of a gemeente and year; of the first gemeente and this year when none is asked for."""
    bureau = bureau_bij(knooppunt, ik)
    gemeenten, jaren = _keuzes(bureau, nu.year, partial(met_partijnaam, knooppunt))
    ingevuld = {
        "gemeente": request.query_params.get("gemeente") or next((code for code, _ in gemeenten), ""),
        "jaar": request.query_params.get("jaar") or str(nu.year),
    }
    uit, fouten = None, {}
    if ingevuld["gemeente"]:
        try:
            gevraagd = betaalschema.schema(bureau, lees(Betaalvraag, ingevuld), gevraagde_vorm(request))
            if isinstance(gevraagd, Response):
                return gevraagd
            uit = gevraagd
        except Onjuist as onjuist:
            fouten = onjuist.fouten
    return toon(
        request,
        "betaalschema.html",
        "Betaalschema",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        velden=[Veld("gemeente", "Gemeente", keuzes=gemeenten), Veld("jaar", "Jaar", keuzes=jaren)],
        ingevuld=ingevuld,
        fouten=fouten,
        schema=uit,
        blad=blad(request, uit.maanden, _MAANDEN) if uit else None,
        segmenten=_per_segment(uit) if uit else [],
        bestanden=als_bestanden(request),
    )


_MAANDEN = [
    veld("maand", "Maand", lambda een: opmaak.maand(een.maand)),
    veld("bedrag", "Te betalen", lambda een: opmaak.geld(een.bedrag)),
    veld("betaald", "Betaald", lambda een: opmaak.geld(een.betaald)),
    Kolom("open", "Nog open", lambda een: een.bedrag - een.betaald, lambda een: opmaak.geld(een.bedrag - een.betaald)),
]


def _per_segment(schema_: BetaalschemaUit) -> list[list[object]]:
    """What a year comes to by segment."""
    alle: dict[str, tuple[int, int]] = {}
    for maand in schema_.maanden:
        for deel in maand.segmenten:
            bedrag, betaald = alle.get(deel.segment, (0, 0))
            alle[deel.segment] = bedrag + deel.bedrag, betaald + deel.betaald
    return [
        [segment, opmaak.geld(bedrag), opmaak.geld(betaald), opmaak.geld(bedrag - betaald)]
        for segment, (bedrag, betaald) in sorted(alle.items())
    ]


def _keuzes(bureau: Bedrijfsbureau, jaar: int, noem: Noem) -> tuple[Keuzes, Keuzes]:
    """The gemeenten and the years of which something was loaded."""
    lumpsum, betalingen = geladen(bureau, "lumpsum"), geladen(bureau, "betalingen")
    gemeenten = sorted({rij["gemeente"] for rij in (*lumpsum, *betalingen)})
    jaren = sorted({jaar, *(int(rij["jaar"]) for rij in lumpsum), *(int(rij["maand"][:4]) for rij in betalingen)})
    return [(code, noem(code)) for code in gemeenten], [(str(een), str(een)) for een in reversed(jaren)]
