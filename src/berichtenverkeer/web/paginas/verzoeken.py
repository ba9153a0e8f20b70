"""Verzoeken: the list, and one with its answers."""

from datetime import datetime

from fastapi import Request, Response

from ...api import verzoeken
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.verzoeken import VerzoekUit
from ...partijen.partij import Partijrol
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import Ik, Lezer, noteer_inzage
from . import nieuwe_client, verzoekantwoord
from .verzoekantwoord import PAD

MENU = Menupunt("Verzoeken", PAD, 35, voor=frozenset(Partijrol) - {Partijrol.ONDERAANNEMER})

LIJST = Lijstpagina(
    pad=PAD,
    titel="Verzoeken",
    haal=verzoeken.zoek,
    vraag=verzoeken.Verzoekenvraag,
    haal_client=verzoeken.zoek_client,
    zoekvraag=verzoeken.Verzoekenzoekvraag,
    item=VerzoekUit,
    koppen=(
        Kop("Referentie", "referentie", naar=True),
        Kop("Soort", "soort"),
        Kop("Wet", "domein"),
        Kop("Bsn", "bsn"),
        Kop("Gemeente", "gemeente"),
        Kop("Aanbieder", "aanbieder"),
        Kop("Ingediend", "ingediend_op"),
        Kop("Antwoord voor", "antwoord_voor"),
        Kop("Toestand", "toestand"),
    ),
    filters=(
        Filter("Wet", "domein"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Aanbieder", "aanbieder", "AGB-code van 8 cijfers"),
        Filter("Soort", "soort"),
        Filter("Referentie", "referentie"),
        Filter("Toestand", "toestand"),
    ),
    inleiding="Verzoeken om toewijzing (315) en om wijziging (317). Een aanbieder vraagt er een bij een toewijzing, of voor een nieuwe cliënt.",
    leeg="Een verzoek verschijnt hier zodra een aanbieder een 315 of 317 heeft gestuurd.",
    nieuwste_eerst=True,
    handelingen=nieuwe_client.voor,
)

router = LIJST.router()


@router.get(f"{PAD}/{{id}}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One request."""
    return _toon(request, id, knooppunt, ik, nu, getoond=False)


@router.post(f"{PAD}/{{id}}/bsn")
def met_bsn(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The same with the Bsn; that is logged."""
    antwoord = _toon(request, id, knooppunt, ik, nu, getoond=True)
    noteer_inzage("bsn getoond", ik, f"{PAD}/{id}")
    return antwoord


def _toon(request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, *, getoond: bool) -> Response:
    verzoek = verzoeken.bekijk(id_, knooppunt, ik.partij, nu)
    return toon(
        request,
        "verzoek.html",
        f"Verzoek {verzoek.referentie}",
        kruimels=[("Verzoeken", PAD)],
        verzoek=verzoek,
        adres=f"{PAD}/{id_}",
        getoond=getoond,
        handelingen=verzoekantwoord.voor(verzoek, ik),
        toewijzing_van=lambda nummer: (
            f"/toewijzingen?toewijzingnummer={nummer}&gemeente={verzoek.gemeente}&domein={verzoek.domein}"
        ),
    )
