"""Passing on: a toewijzing, or a period of it, to a partner."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response

from ...api import toewijzingen
from ...api.antwoord.toewijzing_uit import ToewijzingUit
from ...api.hoofdaannemer import inzetten
from ...api.hoofdaannemer.inzet_uit import InzetVraag
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..bureau import BEGIN, bureau_bij, keuzes_bij
from ..formulieren.inzetdaad import Inzetdaad, vraag_of_doe
from ..formulieren.veld import Veld, met_keuzes
from ..gezegd import verder
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..scherm import met_partijnaam
from ..toegang import HetFormulier, Ik, Medewerker
from .inzetten import MAG_REDEN
from .inzetten import PAD as INZETTEN

PAD = "/hoofdaannemer/doorgeven"

LIJST = Lijstpagina(
    pad=PAD,
    titel="Doorgeven",
    inleiding="Kies de toewijzing die u aan een partner doorgeeft. Zoek haar zo nodig op nummer.",
    haal=toewijzingen.zoek,
    vraag=toewijzingen.Toewijzingenvraag,
    item=ToewijzingUit,
    koppen=(
        Kop("Nummer", "toewijzingnummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Gemeente", "gemeente"),
        Kop("Categorie", "product_categorie"),
        Kop("Product", "product_code"),
        Kop("Begin", "ingangsdatum"),
        Kop("Eind", "einddatum"),
        Kop("Toestand", "toestand"),
    ),
    filters=(
        Filter("Nummer", "toewijzingnummer"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Product", "product", "categorie of code"),
        Filter("Toestand", "toestand"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een toewijzing verschijnt hier zodra de gemeente u een 301 heeft gestuurd en dat is goedgekeurd.",
    nieuwste_eerst=True,
    kruimels=BEGIN,
)

router = LIJST.router()

_OVERLAP = [("", "Nee"), ("true", "Ja, dit is de bedoeling")]

PLAATS = Inzetdaad(
    "Toewijzing doorgeven",
    "Ja, doorgeven",
    "De partner krijgt een inzorgmelding en ziet de cliënt op zijn lijst.",
    InzetVraag,
    (
        Veld("partner", "Partner"),
        Veld("klasse", "Klasse"),
        Veld("van", "Eerste dag", soort="date"),
        Veld("tot", "Laatste dag", "leeg: zo lang als de toewijzing", "date", verplicht=False),
        Veld("overlap_bedoeld", "Mag op dezelfde dagen als een andere inzet?", keuzes=_OVERLAP, verplicht=False),
        MAG_REDEN,
    ),
    inzetten.plaats,
)


@router.get(PAD + "/{toewijzing}")
def vraag_plaats(request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """Ask to whom a toewijzing goes."""
    return _plaats(request, toewijzing, knooppunt, ik, nu, None)


@router.post(PAD + "/{toewijzing}")
def plaats(
    request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Pass a toewijzing on."""
    return _plaats(request, toewijzing, knooppunt, ik, nu, formulier)


def _plaats(request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, formulier: Any) -> Response:
    bureau = bureau_bij(knooppunt, ik)
    toewijzing = toewijzingen.bekijk(id_, knooppunt, ik.partij, nu)
    velden_ = met_keuzes(PLAATS.velden, keuzes_bij(bureau))
    over = [
        ("Toewijzing", toewijzing.toewijzingnummer),
        ("Gemeente", met_partijnaam(knooppunt, toewijzing.gemeente)),
        ("Begin", toewijzing.ingangsdatum),
        ("Eind", toewijzing.einddatum),
    ]
    kruimels = [*BEGIN, ("Doorgeven", PAD)]

    def doe(vraag: InzetVraag) -> Response:
        gedaan = inzetten.plaats(vraag, knooppunt, bureau, nu)
        return verder(request, f"{INZETTEN}/{gedaan.id}", "De toewijzing is doorgegeven.", *gedaan.let_op)

    return vraag_of_doe(
        request,
        PLAATS,
        velden_,
        formulier,
        doe,
        vast={"toewijzing": id_},
        over=over,
        terug=PAD,
        kruimels=kruimels,
        ernaast=("Bepaal eerst de klasse met de vragenlijst", f"/hoofdaannemer/zwaarte/{id_}"),
    )
