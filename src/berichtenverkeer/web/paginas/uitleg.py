"""Uitleg: what a rule asks, what a retourcode means, how things go and within what time, each with an address of its own. Open to all."""

from fastapi import Request, Response
from pydantic import BaseModel

from ...api import standaard
from ...api.antwoord.problemen import niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt
from ...api.rondom.route import Router
from ...api.tabel import Gedaante, in_gedaante
from ...hoofdaannemer.levenslopen import TABELLEN
from ...levensloop.termijnen import TERMIJNEN
from ...regels.bevinding import Ernst
from ...standaard.codelijst import codelijsten
from ...standaard.domein import Domein
from ...werklijsten.alle import LIJSTEN
from .. import opmaak
from ..beelden import diagram
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.heeltabel import als_bestanden, blad, gevraagde_vorm
from ..lijsten.lijstpagina import Kop
from ..lijsten.uitlegtabellen import OVERGANGSKOLOMMEN, TERMIJNKOLOMMEN, overgangenlijst, termijnlijst
from ..menu import Menupunt
from ..scherm import Kruimels, toon
from ..toegang import AANGEMELD, Iedereen
from ..woorden import woorden

router = Router()

MENU = Menupunt("Uitleg", "/uitleg", 110, AANGEMELD)

_UITLEG: Kruimels = [("Uitleg", "/uitleg")]
_LEVENSLOPEN = {naam.lower(): naam for naam in TABELLEN}


@router.get("/uitleg")
async def begin(request: Request, ik: Iedereen) -> Response:
    """What there is to look up."""
    return toon(request, "uitleg.html", "Uitleg")


class Regelregel(BaseModel):
    """A rule in the list of them."""

    code: str
    ernst: Ernst
    retourcode: str | None
    berichten: list[str]
    eis: str
    toelichting: str | None


@router.get("/regels")
async def regels(request: Request, ik: Iedereen) -> Response:
    """Every rule, or those in which a word stands."""
    uit = await standaard.regels(Gedaante.JSON)
    assert not isinstance(uit, Response)
    return toon_lijst(
        request,
        "Regels",
        Regelregel,
        [_regelregel(een) for een in uit.items],
        (
            Kop("Regel", "code", naar=True),
            Kop("Ernst", "ernst"),
            Kop("Retourcode", "retourcode"),
            Kop("Berichten", "berichten"),
            Kop("Wat zij vraagt", "eis"),
        ),
        kruimels=_UITLEG,
        leeg="Er zijn geen regels.",
        naar=lambda een: f"/regels/{een.code}",
        zoek_ook=("toelichting",),
        inleiding="Een regel keurt een bericht af, of noemt als signaal wat beter moet.",
    )


def _regelregel(een: standaard.RegelUit) -> Regelregel:
    eis, _, rest = een.eis.partition(". ")
    return Regelregel(
        code=een.code, ernst=een.ernst, retourcode=een.retourcode, berichten=een.berichten,
        eis=f"{eis.removesuffix('.')}.", toelichting=rest or None,
    )  # fmt: skip


@router.get("/regels/{code}")
async def regel(request: Request, code: str, ik: Iedereen) -> Response:
    """One rule."""
    uit = await standaard.regel(code)
    kruimels = [*_UITLEG, ("Regels", "/regels")]
    return toon(request, "regel.html", f"Regel {uit.code}", kruimels=kruimels, regel=uit)


class Retourcoderegel(BaseModel):
    """A retourcode in the list of them."""

    code: str
    betekenis: str
    regels: list[str]
    antwoorden: list[str]
    wat_nu: str


@router.get("/retourcodes")
async def retourcodes(request: Request, ik: Iedereen) -> Response:
    """Every retourcode, or those in which a word stands."""
    uit = await standaard.alle_retourcodes(Gedaante.JSON)
    assert not isinstance(uit, Response)
    return toon_lijst(
        request,
        "Retourcodes",
        Retourcoderegel,
        [
            Retourcoderegel(
                code=een.code,
                betekenis=next(iter(een.betekenis.values())),
                regels=een.regels,
                antwoorden=een.antwoorden,
                wat_nu=een.wat_nu,
            )
            for een in uit.items
        ],
        (
            Kop("Code", "code", naar=True),
            Kop("Betekenis", "betekenis"),
            Kop("Regels", "regels"),
            Kop("Komt terug in", "antwoorden"),
        ),
        kruimels=_UITLEG,
        leeg="Er zijn geen retourcodes.",
        naar=lambda een: f"/retourcodes/{een.code}",
    )


@router.get("/retourcodes/{code}")
async def retourcode(request: Request, code: str, ik: Iedereen) -> Response:
    """One retourcode."""
    uit = await standaard.een_retourcode(code)
    kruimels = [*_UITLEG, ("Retourcodes", "/retourcodes")]
    return toon(request, "retourcode.html", f"Retourcode {uit.code}", kruimels=kruimels, code=uit)


class Codelijstregel(BaseModel):
    """A code list of a law."""

    codelijst: str
    naam: str
    domein: Domein
    codes: int


@router.get("/codelijsten")
async def alle_codelijsten(request: Request, ik: Iedereen) -> Response:
    """Every code list, of each law."""
    return toon_lijst(
        request,
        "Codelijsten",
        Codelijstregel,
        [
            Codelijstregel(codelijst=een.naam_code, naam=een.naam, domein=domein, codes=len(een.codes))
            for domein in Domein
            for een in codelijsten(domein)
        ],
        (Kop("Lijst", "codelijst", naar=True), Kop("Naam", "naam"), Kop("Wet", "domein"), Kop("Codes", "codes")),
        kruimels=_UITLEG,
        leeg="Er zijn geen codelijsten.",
        naar=lambda een: f"/codelijsten/{een.codelijst}?domein={een.domein}",
    )


@router.get("/codelijsten/{code}")
async def een_codelijst(
    request: Request, code: str, knooppunt: HetKnooppunt, ik: Iedereen, domein: Domein = Domein.IWMO
) -> Response:
    """One code list of a law."""
    uit = await standaard.lijst(code, Gedaante.JSON, knooppunt, domein)
    assert not isinstance(uit, Response)
    return toon_lijst(
        request,
        f"{uit.codelijst} {uit.naam}",
        standaard.CodelijstcodeUit,
        uit.codes,
        (
            Kop("Code", "code"),
            Kop("Betekenis", "omschrijving"),
            Kop("Geldig vanaf", "geldig_van"),
            Kop("Geldig tot en met", "geldig_tot"),
        ),
        kruimels=[*_UITLEG, ("Codelijsten", "/codelijsten")],
        leeg="Deze lijst heeft geen codes.",
        inleiding=f"Zoals zij geldt onder de {opmaak.woord(uit.domein)}.",
    )


@router.get("/levensloop")
async def levenslopen(request: Request, ik: Iedereen) -> Response:
    """What has a life cycle."""
    soorten = [(naam, f"/levensloop/{plek}", TABELLEN[naam][1]) for plek, naam in _LEVENSLOPEN.items()]
    return toon(request, "levenslopen.html", "Levensloop", kruimels=_UITLEG, soorten=soorten)


@router.get("/levensloop/{soort}")
async def levensloop(request: Request, soort: str, ik: Iedereen) -> Response:
    """One life cycle, as a picture and as a table that says the same."""
    if (naam := _LEVENSLOPEN.get(soort)) is None:
        raise niet_gevonden("Deze levensloop")
    tabel, uitleg = TABELLEN[naam]
    uit = in_gedaante(gevraagde_vorm(request), f"levensloop-{soort}", overgangenlijst(tabel))
    if isinstance(uit, Response):
        return uit
    kruimels = [*_UITLEG, ("Levensloop", "/levensloop")]
    return toon(
        request,
        "levensloop.html",
        f"Levensloop van een {naam.lower()}",
        kruimels=kruimels,
        blad=blad(request, uit.items, OVERGANGSKOLOMMEN),
        bestanden=als_bestanden(request),
        uitleg=uitleg,
        tekening=diagram.teken(tabel),
    )


@router.get("/termijnen")
async def termijnen(request: Request, ik: Iedereen) -> Response:
    """Within what time what must be done, and the work lists that watch over it."""
    uit = in_gedaante(gevraagde_vorm(request), "termijnen", termijnlijst(TERMIJNEN))
    if isinstance(uit, Response):
        return uit
    return toon(
        request,
        "termijnen.html",
        "Termijnen",
        kruimels=_UITLEG,
        blad=blad(request, uit.items, TERMIJNKOLOMMEN),
        bestanden=als_bestanden(request),
        lijsten=LIJSTEN.values(),
    )


@router.get("/woorden")
async def lijst_van_woorden(request: Request, ik: Iedereen) -> Response:
    """What the words mean that are ours."""
    return toon(request, "woorden.html", "Woorden", kruimels=_UITLEG, woorden=woorden())
