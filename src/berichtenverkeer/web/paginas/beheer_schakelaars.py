"""Schakelaars: which functie of which release takes part, and when (IB023)."""

from datetime import datetime

from fastapi import Request, Response
from pydantic import BaseModel

from ...api.rondom.knooppunt import HetKnooppunt
from ...api.rondom.route import Router
from ...klok import NEDERLAND, systeemklok
from ...partijen import schakelaars
from ...partijen.schakelaar import BEREIKEN, Stand
from ...partijen.schakelaars import SchakelFout
from ...standaard.domein import RELEASE
from ..beheer import BEGIN, PAD
from ..formulieren.formulier import Formulierroute, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..opmaak import Keuzes
from ..scherm import Kruimels, toon
from ..toegang import HetFormulier, Operator

router = Router(route_class=Formulierroute)

_PAD = f"{PAD}/schakelaars"
_KRUIMELS: Kruimels = [*BEGIN, ("Schakelaars", _PAD)]


class Schakelregel(BaseModel):
    """A switch in the list."""

    functie: str
    versie: str
    van: datetime
    tot: datetime | None
    stand: str
    ontvanger: str
    reden: str


@router.get(_PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Operator) -> Response:
    """Every switch."""
    items = [
        Schakelregel(
            functie=een.functie,
            versie=een.versie,
            van=een.van,
            tot=een.tot,
            stand=een.stand,
            ontvanger=een.ontvanger,
            reden=een.reden,
        )
        for een in schakelaars.alle(knooppunt.engine)
    ]
    return toon_lijst(
        request,
        "Schakelaars",
        Schakelregel,
        items,
        (
            Kop("Functie", "functie", naar=True), Kop("Release", "versie"), Kop("Stand", "stand"), Kop("Vanaf", "van"), Kop("Tot", "tot"),
            Kop("Naar", "ontvanger"), Kop("Reden", "reden"),
        ),
        kruimels=BEGIN,
        leeg=f"Er is niets geschakeld: alles doet mee in release {RELEASE}, en niets in een andere.",
        inleiding=f"Wat niet geschakeld is, doet mee in release {RELEASE} en niet in een andere. De meest precieze schakelaar telt.",
        naar=lambda een: f"{_PAD}/{een.functie.replace('*', 'alle')}/{een.versie}/{een.van.astimezone(NEDERLAND):%Y-%m-%dT%H:%M:%S}"
        + (f"/{een.ontvanger}" if een.ontvanger else ""),
        knoppen=[("Schakelen", f"{_PAD}/nieuw")],
        gezegd=gezegd(request),
    )  # fmt: skip


@router.get(_PAD + "/nieuw")
def vraag(request: Request, ik: Operator) -> Response:
    """Ask what to switch."""
    return _vraag(request, {"versie": RELEASE}, {})


@router.post(_PAD + "/nieuw")
def zet(request: Request, knooppunt: HetKnooppunt, ik: Operator, formulier: HetFormulier) -> Response:
    """Switch."""
    ingevuld = velden(formulier)
    functie, stand, versie, van, tot, reden, ontvanger = (
        ingevuld.get(naam, "") for naam in ("functie", "stand", "versie", "van", "tot", "reden", "ontvanger")
    )
    fouten = {naam: "kies er een" for naam in ("functie", "stand") if naam not in ingevuld}
    if not fouten:
        try:
            nieuw = schakelaars.schakel(
                knooppunt.engine, functie, stand, versie, van, systeemklok(), tot, reden, ontvanger
            )
        except SchakelFout as fout:
            fouten[fout.veld] = str(fout)
    if fouten:
        return _vraag(request, ingevuld, fouten)
    gezet = f"{nieuw.functie} in release {nieuw.versie} is geschakeld: {nieuw.stand}."
    let_op = schakelaars.ongelezen(nieuw)
    return verder(request, _PAD, gezet, *([let_op] if let_op else []))


@router.get(_PAD + "/{functie}/{versie}/{van}")
@router.get(_PAD + "/{functie}/{versie}/{van}/{ontvanger}")
def vraag_weg(request: Request, functie: str, versie: str, van: str, ik: Operator, ontvanger: str = "") -> Response:
    """Ask whether a switch may go."""
    return _weg(request, functie, versie, van, {})


@router.post(_PAD + "/{functie}/{versie}/{van}")
@router.post(_PAD + "/{functie}/{versie}/{van}/{ontvanger}")
def haal_weg(
    request: Request,
    functie: str,
    versie: str,
    van: str,
    knooppunt: HetKnooppunt,
    ik: Operator,
    formulier: HetFormulier,
    ontvanger: str = "",
) -> Response:
    """Take it away."""
    try:
        schakelaars.wis(knooppunt.engine, functie.replace("alle", "*"), versie, van, ontvanger)
    except SchakelFout as fout:
        return _weg(request, functie, versie, van, {"": str(fout)})
    return verder(request, _PAD, "De schakelaar is weg.")


def _weg(request: Request, functie: str, versie: str, van: str, fouten: dict[str, str]) -> Response:
    titel = f"Schakelaar van {functie} in release {versie} weghalen"
    return toon(
        request, "schakelaar-weg.html", titel, kruimels=_KRUIMELS, status=422 if fouten else 200, fouten=fouten, van=van
    )


def _vraag(request: Request, ingevuld: dict[str, str], fouten: dict[str, str]) -> Response:
    functies: Keuzes = [("", "Kies…"), *((een, "alle functies" if een == "*" else een) for een in BEREIKEN)]
    standen: Keuzes = [
        ("", "Kies…"),
        (str(Stand.AAN), "aan"),
        (str(Stand.UIT), "uit"),
        (str(Stand.BEVROREN), "bevroren: uit, met het advies het later te sturen"),
    ]
    return toon(
        request,
        "schakelaar-nieuw.html",
        "Schakelen",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        ingevuld=ingevuld,
        fouten=fouten,
        functies=functies,
        standen=standen,
    )
