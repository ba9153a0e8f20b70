"""Toewijzingen: the list, and one with its timeline as a picture and its story."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from markupsafe import Markup

from ...api import toewijzingen
from ...api.antwoord.toewijzing_uit import Leveringstart, ToewijzingUit
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.tabel import Gedaante
from ...standaard.codelijst import REDEN_BEEINDIGING
from ...standaard.domein import Domein
from .. import opmaak
from ..beelden import tijdbeeld
from ..beelden.tijdbanen import banen
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt
from ..scherm import met_partijnaam, toon
from ..toegang import Ik, Lezer, noteer_inzage
from . import handelingen

MENU = Menupunt("Toewijzingen", "/toewijzingen", 30)

LIJST = Lijstpagina(
    pad="/toewijzingen",
    titel="Toewijzingen",
    haal=toewijzingen.zoek,
    vraag=toewijzingen.Toewijzingenvraag,
    haal_client=toewijzingen.zoek_client,
    zoekvraag=toewijzingen.Toewijzingenzoekvraag,
    item=ToewijzingUit,
    koppen=(
        Kop("Nummer", "toewijzingnummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Bsn", "bsn"),
        Kop("Gemeente", "gemeente"),
        Kop("Aanbieder", "aanbieder"),
        Kop("Categorie", "product_categorie"),
        Kop("Product", "product_code"),
        Kop("Begin", "ingangsdatum"),
        Kop("Eind", "einddatum"),
        Kop("Toestand", "toestand"),
        Kop("Levering", "levering"),
    ),
    filters=(
        Filter("Wet", "domein"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Aanbieder", "aanbieder", "AGB-code van 8 cijfers"),
        Filter("Nummer", "toewijzingnummer"),
        Filter("Product", "product", "categorie of code"),
        Filter("Toestand", "toestand"),
        Filter("Levering", "levering"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een toewijzing verschijnt hier zodra de gemeente een 301 heeft gestuurd en dat is goedgekeurd.",
    nieuwste_eerst=True,
)

router = LIJST.router()

_GEGEVENS = (
    ("Wet", "domein"),
    ("Gemeente", "gemeente"),
    ("Productcategorie", "product_categorie"),
    ("Productcode", "product_code"),
    ("Ingangsdatum", "ingangsdatum"),
    ("Einddatum", "einddatum"),
    ("Volume", "omvang_volume"),
    ("Eenheid", "omvang_eenheid"),
    ("Frequentie", "omvang_frequentie"),
    ("Budget", "budget"),
    ("Commentaar", "commentaar"),
    ("Laatst gewijzigd", "gewijzigd_op"),
)
"""What is told of a toewijzing, with the columns of its model."""

PUNTEN_PER_BLAD = 40
"""Events of a story on a page; the last come first."""


@router.get("/toewijzingen/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, tot: int = 0) -> Response:
    """One toewijzing. ``tot``: how many of the last events are passed over."""
    return _toon(request, id, knooppunt, ik, nu, tot, getoond=False)


@router.post("/toewijzingen/{id}/bsn")
def met_bsn(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The same with the Bsn; that is logged."""
    antwoord = _toon(request, id, knooppunt, ik, nu, 0, getoond=True)
    noteer_inzage("bsn getoond", ik, f"/toewijzingen/{id}")
    return antwoord


def _toon(
    request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, tot: int, *, getoond: bool
) -> Response:
    toewijzing, verhaal = toewijzingen.met_verhaal(id_, knooppunt, ik.partij, nu)
    gedeclareerd = toewijzingen.gedeclareerd(id_, knooppunt, ik.partij, Gedaante.JSON)
    assert not isinstance(gedeclareerd, Response)
    stroken = banen(toewijzing, verhaal.alle, gedeclareerd.items)
    pad = f"/toewijzingen/{id_}"
    laatste = verhaal.alle[::-1]
    tot = min(max(tot, 0), len(laatste))
    return toon(
        request,
        "toewijzing.html",
        f"Toewijzing {toewijzing.toewijzingnummer}",
        kruimels=[("Toewijzingen", "/toewijzingen")],
        toewijzing=toewijzing,
        adres=pad,
        getoond=getoond,
        gegevens_=LIJST.gegevens(toewijzing, _GEGEVENS, partial(met_partijnaam, knooppunt)),
        aanbieder=toewijzing.aanbieder,
        banen=stroken,
        tekening=tijdbeeld.teken(stroken, nu.date()),
        breedte=tijdbeeld.BREEDTE,
        links=tijdbeeld.LINKS,
        punten=verhaal.uit(laatste[tot : tot + PUNTEN_PER_BLAD]),
        aantal=len(laatste),
        eerder=f"{pad}?{urlencode({'tot': tot + PUNTEN_PER_BLAD})}" if tot + PUNTEN_PER_BLAD < len(laatste) else None,
        begin=pad if tot else None,
        prestaties=gedeclareerd.items,
        handelingen=handelingen.voor(toewijzing, ik),
        waarde=_waarde,
        eindes=lambda start: _eindes(start, toewijzing.domein),
        lijst_wijziging=_REDEN_WIJZIGING[toewijzing.domein],
    )


_REDEN_WIJZIGING = {Domein.IWMO: "WMO002", Domein.IJW: "JZ002"}


def _waarde(waarde: Any) -> str | Markup:
    """A value that changed: of a group its elements with their names."""
    if isinstance(waarde, dict):
        return ", ".join(f"{naam} {deel}" for naam, deel in waarde.items() if deel is not None)
    return opmaak.toon(waarde)


def _eindes(start: Leveringstart, domein: Domein) -> Markup:
    """When and why a delivery ended."""
    lijst = REDEN_BEEINDIGING[domein]
    return Markup(", ").join(
        Markup("{}: {}").format(opmaak.datum(stop.einddatum), opmaak.code(stop.reden_beeindiging, lijst, domein))
        for stop in start.stops
    )
