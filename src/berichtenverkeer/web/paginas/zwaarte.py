"""Zwaarte bepalen: the questionnaire of the hoofdaannemer, filled in for a toewijzing or only to see what it comes to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Request, Response

from ...api import toewijzingen
from ...api.antwoord.problemen import van_geweigerd
from ...api.hoofdaannemer import zwaarte
from ...api.hoofdaannemer.zwaarte import VragenlijstUit, Vragenlijstvraag, ZwaarteUit, ZwaarteVraag
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...hoofdaannemer.fouten import Geweigerd, NietGevonden
from ..bureau import BEGIN, bureau_bij
from ..formulieren.formulier import Formulierroute, velden
from ..formulieren.veld import Veld
from ..gezegd import gezegd, verder
from ..scherm import toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/zwaarte"


@router.get(PAD)
def vraag(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The questionnaire."""
    return _vraag(request, knooppunt, ik, nu, None, None)


@router.post(PAD)
def reken(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, formulier: HetFormulier) -> Response:
    """What it comes to; nothing is kept."""
    return _vraag(request, knooppunt, ik, nu, None, velden(formulier))


@router.get(PAD + "/{toewijzing}")
def vraag_bij(request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """The questionnaire, for a toewijzing."""
    return _vraag(request, knooppunt, ik, nu, toewijzing, None)


@router.post(PAD + "/{toewijzing}")
def vul_in(
    request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Keep what it comes to on the toewijzing."""
    return _vraag(request, knooppunt, ik, nu, toewijzing, velden(formulier))


def _vraag(
    request: Request, knooppunt: Knooppunt, ik: Ik, nu: datetime, id_: str | None, ingevuld: Mapping[str, str] | None
) -> Response:
    bureau = bureau_bij(knooppunt, ik)
    toewijzing = toewijzingen.bekijk(id_, knooppunt, ik.partij, nu) if id_ is not None else None
    lijst = _vragenlijst(bureau)
    uit, fouten = None, {}
    if ingevuld is not None and lijst is not None:
        plek = {een.code: f"vraag-{nummer}" for nummer, een in enumerate(lijst.vragen, 1)}
        antwoorden = {een.code: _antwoord(een, ingevuld.get(plek[een.code])) for een in lijst.vragen}
        try:
            uit = zwaarte.vul_in(ZwaarteVraag(toewijzing=id_, antwoorden=antwoorden), bureau, nu)
        except Geweigerd as fout:
            onjuist = van_geweigerd(fout).inhoud["onjuist"]
            fouten = {plek[een["veld"].removeprefix("antwoorden.")]: een["melding"] for een in onjuist}
        if uit is not None and id_ is not None:
            return verder(request, f"{PAD}/{id_}", f"{_in_woorden(uit)} Dit is bewaard bij de toewijzing.")
    nummer = toewijzing.toewijzingnummer if toewijzing is not None else None
    return toon(
        request,
        "zwaarte.html",
        "Zwaarte bepalen" if nummer is None else f"Zwaarte bepalen, toewijzing {nummer}",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        lijst=lijst,
        velden=[_veld(nummer, een) for nummer, een in enumerate(lijst.vragen, 1)] if lijst is not None else [],
        ingevuld=ingevuld or {},
        fouten=fouten,
        uitkomst=_in_woorden(uit) if uit is not None else "",
        toewijzing=toewijzing,
        adres=PAD if id_ is None else f"{PAD}/{id_}",
        mag=ik.mag(MEDEWERKER),
        gezegd=gezegd(request),
    )


def _vragenlijst(bureau: Bedrijfsbureau) -> VragenlijstUit | None:
    """The one that was loaded; None when there is none."""
    try:
        return zwaarte.vragenlijst(bureau)
    except NietGevonden:
        return None


def _antwoord(vraag_: Vragenlijstvraag, tekst: str | None) -> str | int | None:
    """An answer as the questionnaire has it: a number where it asks one."""
    if vraag_.getal is None or tekst is None:
        return tekst
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < len("1000000") else tekst


def _veld(nummer: int, vraag_: Vragenlijstvraag) -> Veld:
    naam = f"vraag-{nummer}"
    if vraag_.getal is not None:
        return Veld(naam, vraag_.vraag, f"een getal van {vraag_.getal.van} tot en met {vraag_.getal.tot}", "number")
    antwoorden: Any = vraag_.antwoorden or {}
    return Veld(naam, vraag_.vraag, keuzes=[("", "Kies…"), *((een, een) for een in antwoorden)])


def _in_woorden(uit: ZwaarteUit) -> str:
    return f"De antwoorden zijn {uit.punten} punten: klasse {uit.klasse}."
