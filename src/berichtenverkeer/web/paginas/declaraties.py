"""Declaraties: the list, and one with its 323 and its 325 side by side; what was refused with the reckoning, and what one does."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from ...api import berichten, declaraties, standaard
from ...api.antwoord.prestatie_uit import PrestatieUit
from ...api.antwoord.problemen import Probleem
from ...api.berichten import BerichtUit
from ...api.declaraties import DeclaratieUit
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt
from ...api.standaard import RetourcodeUit
from ...api.tabel import Gedaante
from ...levensloop.declaratie import CREDIT
from ...levensloop.overgangen import Prestatietoestand
from ...partijen.partij import Partijrol
from ...tabellen.model import kolommen
from .. import opmaak
from ..lijsten.lijstpagina import SORTEER, VORM, VORMEN, Filter, Kop, Lijstpagina, cel
from ..lijsten.volgorde import gesorteerd, kopcel
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import Ik, Lezer
from .prestatieherstel import PAD, TE_HERSTELLEN, herstelpad, mag_herstellen

MENU = Menupunt("Declaraties", PAD, 40, voor=frozenset(Partijrol) - {Partijrol.ONDERAANNEMER})


def _handelingen(ik: Ik) -> Sequence[tuple[str, str]]:
    return [("Declareren", "/declareren")] if mag_herstellen(ik) else []


LIJST = Lijstpagina(
    pad=PAD,
    titel="Declaraties",
    haal=declaraties.zoek,
    vraag=declaraties.Declaratievraag,
    haal_client=declaraties.zoek_client,
    zoekvraag=declaraties.Declaratiezoekvraag,
    item=DeclaratieUit,
    koppen=(
        Kop("Nummer", "declaratienummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Gemeente", "gemeente"),
        Kop("Aanbieder", "aanbieder"),
        Kop("Van", "periode_begin"),
        Kop("Tot en met", "periode_eind"),
        Kop("Ingediend", "ingediend"),
        Kop("Toegekend", "toegekend"),
        Kop("Toestand", "toestand"),
    ),
    filters=(
        Filter("Wet", "domein"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Aanbieder", "aanbieder", "AGB-code van 8 cijfers"),
        Filter("Nummer", "declaratienummer"),
        Filter("Maand", "maand", "zoals 2026-03"),
        Filter("Toestand", "toestand"),
    ),
    leeg="Een declaratie verschijnt hier zodra de aanbieder een 323 heeft gestuurd.",
    nieuwste_eerst=True,
    handelingen=_handelingen,
)

router = LIJST.router()

PER_BLAD = 100
"""Prestaties on a page."""

MEESTE_UITGELEGD = 20
"""Refused Prestaties of which a page tells all."""

_TOEGEKEND = Kop("325: toegekend", "bedrag")
_KOPPEN = (
    Kop("Referentie", "referentienummer"),
    Kop("Toewijzing", "toewijzingnummer"),
    Kop("Product", "code"),
    Kop("Van", "productperiode_begin"),
    Kop("Tot en met", "productperiode_eind"),
    Kop("Volume", "geleverd_volume"),
    Kop("Eenheid", "eenheid"),
    Kop("323: ingediend", "bedrag"),
    _TOEGEKEND,
    Kop("Uitkomst", "toestand"),
    Kop("Retourcodes", "retourcodes"),
)
_KOLOMMEN = {kolom.naam: kolom for kolom in kolommen(PrestatieUit)}

_TELT = frozenset({Prestatietoestand.TOEGEKEND, Prestatietoestand.GECREDITEERD, Prestatietoestand.VERWERKT})

_KEUZES = (
    ("", "Alle"),
    (Prestatietoestand.AFGEWEZEN, "Afgewezen"),
    (Prestatietoestand.TOEGEKEND, "Toegekend"),
    (Prestatietoestand.INGEDIEND, "Nog geen antwoord"),
    (Prestatietoestand.GECREDITEERD, "Gecrediteerd"),
    (Prestatietoestand.VERWERKT, "Creditregels"),
)


@router.get(f"{PAD}/{{id}}")
def een(
    request: Request,
    id: str,
    knooppunt: HetKnooppunt,
    ik: Lezer,
    toestand: str = "",
    na: str = "",
    sorteer: str = "",
    vorm: str = "",
) -> Response:
    """One declaratie. ``na`` is the place after which its Prestaties begin."""
    alleen = Prestatietoestand(toestand) if toestand in list(Prestatietoestand) else None
    vanaf = int(na) if na.isdecimal() and len(na) < 10 else -1
    gedaante = VORMEN.get(vorm, Gedaante.JSON)
    uit = declaraties.bekijk(id, knooppunt, ik.partij, alleen, vanaf, PER_BLAD, gedaante=gedaante)
    if isinstance(uit, Response):
        return uit
    pad = f"{PAD}/{id}"
    vraag = {"toestand": str(alleen)} if alleen else {}

    def adres(**anders: str | int) -> str:
        samen = {naam: waarde for naam, waarde in {**vraag, **anders}.items() if waarde != ""}
        return f"{pad}?{urlencode(samen)}" if samen else pad

    heel = uit.volgende_prestatie is None and vanaf < 0
    items = _in_volgorde(uit.prestaties, sorteer) if heel else uit.prestaties
    afgewezen = [p for p in items if p.toestand is Prestatietoestand.AFGEWEZEN]
    mag = mag_herstellen(ik)
    return toon(
        request,
        "declaratie.html",
        f"Declaratie {uit.declaratienummer}",
        kruimels=[("Declaraties", PAD)],
        declaratie=uit,
        heen=_bericht(uit.bericht, knooppunt, ik),
        antwoord=_bericht(uit.antwoord, knooppunt, ik) if uit.antwoord else None,
        saldo=uit.ingediend - uit.toegekend if uit.toegekend is not None else None,
        koppen=[
            kopcel(kop.veld, kop.titel, sorteer, lambda op: adres(**{SORTEER: op}))
            if heel and kop is not _TOEGEKEND
            else (kop.titel, None, None)
            for kop in _KOPPEN
        ],
        rijen=[_rij(uit, p, mag) for p in items],
        afgewezen=afgewezen[:MEESTE_UITGELEGD],
        niet_uitgelegd=len(afgewezen[MEESTE_UITGELEGD:]),
        code_van=_code,
        herstel=lambda p: herstelpad(p.declaratie, p.referentienummer) if mag else None,
        toewijzing_van=lambda p: _toewijzing(uit, p.toewijzingnummer),
        keuzes=[(naam, adres(toestand=str(waarde)), str(waarde) == toestand) for waarde, naam in _KEUZES],
        gefilterd=alleen is not None,
        volgende=adres(na=uit.volgende_prestatie) if uit.volgende_prestatie is not None else None,
        begin=adres() if vanaf >= 0 else None,
        bestanden=[(naam.upper(), adres(**{VORM: naam})) for naam in VORMEN],
    )


def _in_volgorde(items: list[PrestatieUit], op: str) -> list[PrestatieUit]:
    veld = op.removeprefix("-")
    if veld not in {kop.veld for kop in _KOPPEN}:
        return items
    return gesorteerd(items, _KOLOMMEN[veld].lees, op)


def _rij(declaratie: DeclaratieUit, p: PrestatieUit, mag: bool) -> list[Any]:
    """The cells of a Prestatie, in the order of the headings."""
    teken = -1 if p.debet_credit == CREDIT else 1
    anders = {
        "referentienummer": (
            p.referentienummer,
            herstelpad(p.declaratie, p.referentienummer) if mag and p.toestand in TE_HERSTELLEN else None,
        ),
        "toewijzingnummer": (p.toewijzingnummer, _toewijzing(declaratie, p.toewijzingnummer)),
        "bedrag": opmaak.geld(teken * p.bedrag),
        "toestand": opmaak.woord(p.toestand),
        "retourcodes": ", ".join(p.retourcodes),
    }
    rij = [anders.get(kop.veld, cel(_KOLOMMEN, p, kop.veld)) for kop in _KOPPEN]
    if p.toestand not in _TELT:
        rij[_KOPPEN.index(_TOEGEKEND)] = opmaak.LEEG if p.toestand is Prestatietoestand.INGEDIEND else opmaak.geld(0)
    return rij


def _toewijzing(declaratie: DeclaratieUit, nummer: int) -> str:
    """Where its toewijzing is found: a Prestatie has its number only."""
    vraag = {"toewijzingnummer": nummer, "gemeente": declaratie.gemeente, "domein": declaratie.domein}
    return f"/toewijzingen?{urlencode(vraag)}"


def _bericht(id_: str, knooppunt: Knooppunt, ik: Ik) -> BerichtUit:
    return BerichtUit.model_validate(berichten.een(id_, knooppunt, ik.partij))


def _code(code: str) -> RetourcodeUit | None:
    """What a retourcode means; None for one that the standard does not have."""
    try:
        return standaard.zoek_retourcode(code)
    except Probleem:
        return None
