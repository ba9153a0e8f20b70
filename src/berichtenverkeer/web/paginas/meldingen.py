"""Meldingen van een partner uit een bestand: starts, stops and evaluations, many at once, with what is wrong by row and column. Its address
stands before that of one inzet, which any word would fit."""

from fastapi import Request, Response

from ...api.antwoord.problemen import Probleem
from ...api.hoofdaannemer import partner
from ...api.hoofdaannemer.bestand_in import Bestand
from ...api.hoofdaannemer.bureau import balie_van
from ...api.hoofdaannemer.laden import LaadRapport
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...hoofdaannemer.laden.soorten import MELDINGEN
from ..formulieren.formulier import Formulierroute, Onjuist
from ..formulieren.kolomuitleg import kolommen_van
from ..formulieren.tabelbestand import MEESTE_FOUTEN, Verslag, in_woorden, lees_gegeven, verslag_van
from ..gezegd import gezegd, verder
from ..scherm import Kruimels, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/inzetten/meldingen"

_KRUIMELS: Kruimels = [("Mijn cliënten", "/inzetten")]


@router.get(PAD)
def vraag(request: Request, ik: Lezer) -> Response:
    """Ask for a file."""
    return _toon(request, ik, Verslag())


@router.post(PAD)
async def meld(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier) -> Response:
    """Report what is in it, or only say what would come of it."""
    try:
        gegeven = await lees_gegeven(formulier)
    except Onjuist as onjuist:
        return _toon(request, ik, Verslag(onjuist.fouten))
    balie = balie_van(knooppunt, ik.partij)
    try:
        uit: LaadRapport = await partner.meld_data(Bestand(gegeven.data), knooppunt, balie, nu, proef=gegeven.proef)
    except Probleem as probleem:
        return _toon(request, ik, verslag_van(probleem, gegeven))
    if gegeven.proef:
        return _toon(request, ik, Verslag(tekst=gegeven.tekst, opnieuw=not gegeven.tekst), in_woorden(uit))
    return verder(request, PAD, in_woorden(uit))


def _toon(request: Request, ik: Ik, verslag: Verslag, geprobeerd: str = "") -> Response:
    return toon(
        request,
        "meldingen.html",
        "Meldingen uit een bestand",
        kruimels=_KRUIMELS,
        status=422 if verslag.fouten else 200,
        mag=ik.mag(MEDEWERKER),
        verslag=verslag,
        fouten=verslag.fouten,
        meeste=MEESTE_FOUTEN,
        geprobeerd=geprobeerd,
        kolommen=kolommen_van(MELDINGEN),
        voorbeeld=";".join(kolom.naam for kolom in MELDINGEN.kolommen),
        gezegd=gezegd(request),
    )
