"""Vandaag: what is to be done, by whom and before when, over all work lists; late first."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from ...api import werklijsten
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...api.werklijsten import Werkregel, WerkregelMetLijst
from ...levensloop.rekenen.tekst import getal
from ...werklijsten.lijst import WieAanZet
from ..formulieren.formulier import Formulierroute
from ..lijsten.lijstpagina import PER_BLAD, VORM, VORMEN
from ..lijsten.werkdaden import Bladzijde, Verder, verder
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import Aangemelde, Ik
from .prestatieherstel import herstelpad, mag_herstellen

router = Router(route_class=Formulierroute)

MENU = Menupunt("Vandaag", "/", 0)

MEESTE = 1000
"""How far what is to be done is counted: who has more has no use for the number, and counting a hundred thousand takes long."""

GEEN_PARTIJ = "/beheer"
"""Where who runs the node, and acts for no party, begins."""


@router.get("/")
def vandaag(
    request: Request,
    knooppunt: HetKnooppunt,
    ik: Aangemelde,
    nu: Nu,
    wie: str = "",
    lijst: str = "",
    na: str | None = None,
    vorm: str = "",
) -> Response:
    """All work, or that of one list; of oneself unless the other is asked for."""
    van = WieAanZet(wie) if wie in list(WieAanZet) else None
    if ik.gekozen is None:
        return RedirectResponse("/partij" if ik.partijen else GEEN_PARTIJ if ik.operator else "/ik", 303)
    peil, gedaante = knooppunt.peil(nu.date()), VORMEN.get(vorm, Gedaante.JSON)
    lijsten = werklijsten.geteld(knooppunt, ik.partij, peil, van, MEESTE)
    if lijst:
        uit: Any = werklijsten.bekijk(
            lijst, knooppunt, ik.partij, nu, wie=van, na=na, limiet=PER_BLAD, gedaante=gedaante
        )
    else:
        leeg = [een.naam for een in lijsten if not een.aantal]
        uit = werklijsten.alle_werk(knooppunt, ik.partij, peil, van, na, PER_BLAD, gedaante=gedaante, leeg=leeg)
    if isinstance(uit, Response):
        return uit
    vraag = {naam: waarde for naam, waarde in (("wie", wie), ("lijst", lijst)) if waarde}
    return toon(
        request,
        "vandaag.html",
        "Vandaag",
        lijsten=[een for een in lijsten if een.aantal],
        gekozen=next((een for een in lijsten if een.naam == lijst), None),
        totaal=sum(een.aantal for een in lijsten),
        te_laat=sum(een.te_laat for een in lijsten),
        geteld=_geteld,
        is_alles=lambda een: een.te_laat == een.aantal <= MEESTE,
        items=uit.items,
        verder=lambda werk: _verder(werk, lijst, ik, request.app.state.bladzijde_van),
        wie=wie,
        dag=nu.date(),
        volgende=f"/?{urlencode({**vraag, 'na': uit.volgende})}" if len(uit.items) == PER_BLAD else None,
        begin=f"/?{urlencode(vraag)}" if na else None,
        bestanden=[(een.upper(), f"/?{urlencode({**vraag, VORM: een})}") for een in VORMEN],
        adres=lambda **anders: "/?" + urlencode({k: w for k, w in {**vraag, **anders}.items() if w}),
    )


def _geteld(aantal: int) -> str:
    """So many, or that there are more than are counted."""
    return f"{getal(MEESTE)}+" if aantal > MEESTE else getal(aantal)


_PRESTATIE = "/v1/voorstellen/prestatie"
"""The proposal of a row about a Prestatie."""


def _verder(werk: Werkregel, lijst: str, ik: Ik, bladzijde_van: Bladzijde) -> Verder | None:
    """The link of a row; ``lijst`` is empty on the page of all lists, where each row says of which it is."""
    voorstel = werk.voorstel
    if voorstel is not None and voorstel.pad == _PRESTATIE and mag_herstellen(ik):
        pad = herstelpad(voorstel.vraag["declaratie"], voorstel.vraag["referentienummer"])
        return Verder("Herstel de prestatie", pad)
    return verder(werk, werk.lijst if isinstance(werk, WerkregelMetLijst) else lijst, ik, bladzijde_van)
