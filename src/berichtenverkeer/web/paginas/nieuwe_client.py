"""The request (315) of an aanbieder for a client of whom it has no toewijzing yet: a proposal of ``/v1``."""

from datetime import datetime
from functools import partial

from fastapi import Request, Response

from ...api import voorstellen
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...partijen.partij import Partijrol
from ...standaard.domein import Domein
from ...voorstel.opstellen.aanvraag import GESLACHTEN
from ...voorstel.verzoekvragen import NieuweClientVraag
from .. import opmaak
from ..formulieren.bedrag import in_eurocent
from ..formulieren.formulier import Formulierroute
from ..formulieren.veld import Veld
from ..formulieren.verzoekvelden import BEDRAGEN, productvelden
from ..formulieren.voorstelblad import Voorstelblad, beantwoord
from ..toegang import MEDEWERKER, HetFormulier, Ik, Medewerker
from .verzoekantwoord import PAD as VERZOEKEN

router = Router(route_class=Formulierroute)

PAD = "/voorstellen/verzoek-nieuwe-client"
TITEL = "Zorg vragen voor een nieuwe cliënt"

_WETTEN = [("", "Kies"), (str(Domein.IWMO), "Wmo"), (str(Domein.IJW), "Jeugdwet")]
_VELDEN = (
    Veld("domein", "Wet", keuzes=_WETTEN),
    Veld("gemeente", "Gemeente", "CBS-code van 4 cijfers"),
    Veld("bsn", "Bsn", "9 cijfers"),
    Veld("geslachtsnaam", "Geslachtsnaam", "Zonder voorvoegsel; bekend als u eerder een bericht over deze cliënt had"),
    Veld("voorvoegsel", "Voorvoegsel", "Zoals van der"),
    Veld("voornamen", "Voornamen"),
    Veld("voorletters", "Voorletters", "Zonder punten"),
    Veld("geboortedatum", "Geboortedatum", soort="date"),
    Veld("geslacht", "Geslacht", keuzes=opmaak.keuzes_uit(GESLACHTEN, Domein.IWMO, "Kies")),
    *productvelden(None),
)


def voor(ik: Ik) -> list[tuple[str, str]]:
    """The way to it, for who may ask."""
    vraagt = ik.mag(MEDEWERKER) and ik.partij.rol in (Partijrol.AANBIEDER, Partijrol.HOOFDAANNEMER)
    return [(TITEL, PAD)] if vraagt else []


@router.get(PAD)
def vraag(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """The form."""
    return beantwoord(request, _blad(knooppunt, ik, nu), None)


@router.post(PAD)
def stel_voor(request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier) -> Response:
    """What comes of it."""
    return beantwoord(request, _blad(knooppunt, ik, nu), formulier)


def _blad(knooppunt: Knooppunt, ik: Ik, nu: datetime) -> Voorstelblad:
    return Voorstelblad(
        TITEL,
        PAD,
        [("Verzoeken", VERZOEKEN)],
        [],
        _VELDEN,
        NieuweClientVraag,
        lambda vraag: voorstellen.verzoek_nieuwe_client(vraag, knooppunt, ik.partij, nu),
        vul=partial(in_eurocent, namen=BEDRAGEN),
        vooraf=False,
        inleiding="Voor een cliënt van wie u nog geen toewijzing hebt. Heeft u er al een, vraag het dan bij die toewijzing.",
    )
