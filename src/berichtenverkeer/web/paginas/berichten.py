"""Berichten: what was sent and received, and of one what was found in it, beside its lines."""

from fastapi import Request, Response

from ...api import berichten, berichtenlijst, standaard
from ...api.antwoord.problemen import BevindingUit, Probleem
from ...api.berichten import BerichtUit
from ...api.berichtenlijst import BerichtInLijst, Berichtrichting
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, is_id
from ...api.standaard import RetourcodeUit
from ...api.tabel import Gedaante
from ..beelden import xmlblik
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import MEDEWERKER, Ik, Lezer, noteer_inzage

MENU = Menupunt("Berichten", "/berichten", 20)

LIJST = Lijstpagina(
    pad="/berichten",
    titel="Berichten",
    haal=berichtenlijst.zoek,
    vraag=berichtenlijst.Berichtenvraag,
    haal_client=berichtenlijst.zoek_client,
    zoekvraag=berichtenlijst.Berichtenzoekvraag,
    item=BerichtInLijst,
    koppen=(
        Kop("Bericht", "berichtsoort", naar=True),
        Kop("Ontvangen", "ontvangen_op"),
        Kop("Richting", "richting"),
        Kop("Met", "tegenpartij"),
        Kop("Identificatie", "identificatie"),
        Kop("Oordeel", "oordeel"),
        Kop("Status", "status"),
        Kop("Retourcodes", "retourcodes"),
    ),
    filters=(
        Filter("Soort", "berichtsoort", "zoals 305 of WMO305"),
        Filter("Richting", "richting"),
        Filter("Oordeel", "oordeel"),
        Filter("Met", "tegenpartij", "CBS- of AGB-code"),
        Filter("Wet", "domein"),
        Filter("Ontvangen vanaf", "ontvangen_van"),
        Filter("Ontvangen tot en met", "ontvangen_tot"),
    ),
    leeg="Een bericht verschijnt hier zodra u er een verstuurt of ontvangt.",
    nieuwste_eerst=True,
)

router = LIJST.router()


@router.get("/berichten/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """One message, with the Bsn in it masked."""
    return _toon(request, id, knooppunt, ik, getoond=False)


@router.post("/berichten/{id}/bsn")
def met_bsn(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """The same with the Bsn in it; that is logged."""
    antwoord = _toon(request, id, knooppunt, ik, getoond=True)
    noteer_inzage("bsn getoond", ik, f"/berichten/{id}")
    return antwoord


@router.get("/berichten/{id}/xml")
def xml(id: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """The bytes of a message; that they were taken is logged, for a Bsn is in them."""
    antwoord = berichten.haal_op(id, knooppunt, ik.partij)
    noteer_inzage("xml opgehaald", ik, f"/berichten/{id}")
    return antwoord


def mag_verbeteren(bericht: BerichtUit, gesprek: list[BerichtInLijst], ik: Ik) -> bool:
    """Whether someone may mend this message and send it again: the party sent it, and it was refused."""
    eigen = any(ander.id == bericht.id and ander.richting is Berichtrichting.VERZONDEN for ander in gesprek)
    return eigen and bericht.oordeel == "afgekeurd" and ik.mag(MEDEWERKER)


def haal_gesprek(id_: str, knooppunt: Knooppunt, ik: Ik) -> list[BerichtInLijst]:
    """What was said around a message; nothing of what was refused before it was one."""
    if not is_id(id_):
        return []
    try:
        uit = berichtenlijst.gesprek(id_, knooppunt, ik.partij, Gedaante.JSON)
    except Probleem as probleem:
        if probleem.status != 404:
            raise
        return []
    assert not isinstance(uit, Response)
    return uit.items


def haal_xml(id_: str, knooppunt: Knooppunt, ik: Ik) -> bytes | None:
    """The bytes of a message; None of what was refused before it was one."""
    try:
        return bytes(berichten.haal_op(id_, knooppunt, ik.partij).body)
    except Probleem as probleem:
        if probleem.status != 404:
            raise
        return None


def codes_van(bevindingen: list[BevindingUit]) -> list[RetourcodeUit]:
    """What the retourcodes among these findings mean."""
    genoemd = dict.fromkeys(een.retourcode for een in bevindingen if een.retourcode)
    return [standaard.zoek_retourcode(code) for code in list(genoemd)[: xmlblik.MEESTE_BEVINDINGEN]]


def _toon(request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, *, getoond: bool) -> Response:
    bericht = BerichtUit.model_validate(berichten.een(id_, knooppunt, ik.partij))
    gesprek = haal_gesprek(bericht.id, knooppunt, ik)
    hier = next((ander for ander in gesprek if ander.id == bericht.id), None)
    data = haal_xml(bericht.id, knooppunt, ik)
    return toon(
        request,
        "bericht.html",
        f"{bericht.berichtsoort} {bericht.identificatie or bericht.id}",
        kruimels=[("Berichten", "/berichten")],
        bericht=bericht,
        hier=hier,
        heen=hier.antwoord_op if hier else None,
        antwoorden=hier.antwoorden if hier else [],
        gesprek=gesprek,
        blik=None if data is None else xmlblik.kijk(data, bericht.bevindingen, met_bsn=getoond),
        grootte=len(data or b""),
        codes=codes_van(bericht.bevindingen),
        getoond=getoond,
        verbeteren=mag_verbeteren(bericht, gesprek, ik),
    )
