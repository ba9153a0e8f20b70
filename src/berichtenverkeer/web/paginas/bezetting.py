"""Bezetting: how full the awarded places are in a quarter, with what threatens."""

from datetime import date

from fastapi import Request, Response
from markupsafe import Markup

from ...api.hoofdaannemer import bezetting
from ...api.hoofdaannemer.bezetting import BezettingCijfers, Bezettingen, Bezettingsvraag, BezettingUit
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...hoofdaannemer.bezetting import Kwartaal
from .. import opmaak
from ..beelden import bezettingbeeld
from ..bureau import BEGIN, noemer, partnernamen
from ..formulieren.formulier import Onjuist, lees
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, veld
from ..scherm import Noem, toon
from ..toegang import Lezer

router = Router()

PAD = "/hoofdaannemer/bezetting"

_PER = (
    ("gemeente,segment", "Gemeente en segment"),
    ("gemeente", "Gemeente"),
    ("segment", "Segment"),
    ("partner", "Partner"),
    ("gemeente,segment,partner", "Gemeente, segment en partner"),
)


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """That of a quarter, of the one of today when none is asked for."""
    gegeven = request.query_params
    vandaag = _kwartaal_van(nu.date())
    ingevuld = {"kwartaal": gegeven.get("kwartaal") or str(vandaag), "per": gegeven.get("per") or _PER[0][0]}
    bureau = bureau_van(knooppunt, ik.partij)
    noem = noemer(knooppunt, partnernamen(bureau))
    uit, fouten = Bezettingen(items=[], keuzes={}), {}
    try:
        gevraagd = bezetting.lijst(bureau, nu, lees(Bezettingsvraag, ingevuld), gevraagde_vorm(request))
        if isinstance(gevraagd, Response):
            return gevraagd
        uit = gevraagd
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    return toon(
        request,
        "bezetting.html",
        "Bezetting",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        ingevuld=ingevuld,
        per=_PER,
        kwartalen=_rond(vandaag),
        in_woorden=_in_woorden,
        beeld=bezettingbeeld.teken(uit.items, noem),
        blad=blad(request, uit.items, _kolommen(noem, ingevuld["per"].split(","))),
        signalen=sum(_signaal(een) is not None for een in uit.items),
        keuzes=uit.keuzes,
        fouten=fouten,
        bestanden=als_bestanden(request),
    )


def _kolommen(noem: Noem, per: list[str]) -> list[Kolom]:
    alle = [
        Kolom("gemeente", "Gemeente", lambda een: een.gemeente and noem(een.gemeente)),
        veld("segment", "Segment"),
        Kolom("partner", "Partner", lambda een: een.partner and noem(een.partner)),
    ]
    return [
        *(kolom for kolom in alle if kolom.naam in per),
        veld("clientdagen", "Cliëntdagen"),
        veld("bezetting", "Bezetting"),
        veld("plekken", "Plekken"),
        veld("graad", "Graad", lambda een: procent(een)),
        Kolom("signaal", "Signaal", lambda een: een.signaal and een.signaal.betekenis),
        Kolom("prognose", "Graad van het hele kwartaal", _graad_straks, lambda een: procent(een.prognose)),
        Kolom("straks", "Wat er dan dreigt", lambda een: een.prognose and een.prognose.signaal and een.prognose.signaal.betekenis),
    ]  # fmt: skip


def _graad_straks(een: BezettingUit) -> object:
    return een.prognose.graad if een.prognose is not None else None


def _signaal(een: BezettingUit) -> object:
    return een.signaal or (een.prognose and een.prognose.signaal)


def procent(cijfers: BezettingCijfers | None) -> str | Markup:
    """A degree as one reads it: ``95,5 %``."""
    if cijfers is None or cijfers.graad is None:
        return opmaak.LEEG
    return f"{cijfers.graad * 100:.1f}".replace(".", ",") + f"{opmaak.VAST}%"


def _kwartaal_van(dag: date) -> Kwartaal:
    return Kwartaal(dag.year, (dag.month + 2) // 3)


def _rond(vandaag: Kwartaal) -> list[tuple[str, str]]:
    """The quarters to choose from: some before that of today, and the next."""
    nummer = vandaag.jaar * 4 + vandaag.nummer - 1
    rij = [Kwartaal(een // 4, een % 4 + 1) for een in range(nummer + 1, nummer - 9, -1)]
    return [(str(een), _in_woorden(str(een))) for een in rij]


def _in_woorden(kwartaal: str) -> str:
    een = Kwartaal.lees(kwartaal)
    return f"{een.nummer}e kwartaal {een.jaar}"
