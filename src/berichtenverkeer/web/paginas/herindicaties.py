"""Herindicaties: toewijzingen that end about now, as a board by who has to do the next step, and as a table; and ticking an evaluation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import herindicaties
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.hoofdaannemer.herindicaties import Herindicaties, HerindicatieUit
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante, in_gedaante
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.laden.laden import laad
from ...hoofdaannemer.herindicatie import HerindicatieWachtOp
from ...invoer import Dag, Invoer
from ...tabellen.lezen import Tabel
from .. import opmaak
from ..bureau import BEGIN, bureau_bij, noemer, partnernamen
from ..formulieren.formulier import Formulierroute, Onjuist
from ..formulieren.inzetdaad import Inzetdaad, vraag_of_doe
from ..formulieren.veld import Veld
from ..gezegd import gezegd, verder
from ..lijsten.heeltabel import Kolom, adres, als_bestanden, blad, gevraagde_vorm, veld
from ..opmaak import Keuzes
from ..scherm import Kruimels, Noem, met_partijnaam, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/herindicaties"

_PER_KOLOM = 40
"""Cards in a column of the board; the table has all."""

STAPPEN = (
    ("stop_37", "stopbericht met reden 37"),
    ("evaluatie", "evaluatie"),
    ("opvolger", "nieuwe toewijzing"),
    ("start", "start daarop"),
    ("inzorgmelding", "inzorgmelding"),
)
"""The five steps, with what each is called."""


class Evaluatie(Invoer):
    """The day of an evaluation."""

    datum: Dag


def _vink_af(bureau: Bedrijfsbureau, rij: HerindicatieUit, vraag: Evaluatie, nu: datetime) -> None:
    """Tick it, as a file of one row does. Raises ``Onjuist``."""
    waarden = {
        "gemeente": rij.gemeente,
        "toewijzingnummer": str(rij.toewijzingnummer),
        "domein": str(rij.domein),
        "datum": f"{vraag.datum}",
    }
    rapport = laad(bureau, "evaluaties", Tabel(tuple(waarden), 1, ((2, tuple(waarden.values())),)), nu)
    if rapport.fouten:
        raise Onjuist({"datum": " ".join(f"{fout.melding} {fout.advies}" for fout in rapport.fouten)})


EVALUATIE = Inzetdaad(
    "Evaluatie afvinken",
    "Ja, afvinken",
    "De evaluatie staat dan als gedaan op het bord, met deze dag.",
    Evaluatie,
    (Veld("datum", "Dag van de evaluatie", soort="date"),),
    _vink_af,
)


_GEEN_PARTNER = "nog geen partner"
"""What stands where a partner is still to be found."""


@router.get(PAD)
def bord(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The board; ``als=tabel`` is the same as a table."""
    bureau = bureau_van(knooppunt, ik.partij)
    uit = herindicaties.lijst(bureau, nu, Gedaante.JSON)
    assert isinstance(uit, Herindicaties)
    noem, alle = noemer(knooppunt, partnernamen(bureau)), uit.items
    ingevuld = {
        naam: waarde for naam in ("gemeente", "partner", "wanneer") if (waarde := request.query_params.get(naam))
    }
    uit = Herindicaties(items=[een for een in alle if _past(een, ingevuld)], keuzes=uit.keuzes)
    if isinstance(bestand := in_gedaante(gevraagde_vorm(request), "herindicaties", uit), Response):
        return bestand

    return toon(
        request,
        "herindicaties.html",
        "Herindicaties",
        kruimels=BEGIN,
        als_tabel=request.query_params.get("als") == "tabel",
        bord=adres(request, als="", vanaf="", sorteer=""),
        tabel=adres(request, als="tabel"),
        kolommen=[(wie, [een for een in uit.items if een.wacht_op is wie]) for wie in HerindicatieWachtOp],
        per_kolom=_PER_KOLOM,
        blad=blad(request, uit.items, _kolommen(noem, request.app.state.bladzijde_van)),
        te_laat=sum(een.te_laat for een in uit.items),
        alle=len(alle),
        velden=_filters(alle, noem),
        ingevuld=ingevuld,
        stappen=STAPPEN,
        noem=noem,
        geen_partner=_GEEN_PARTNER,
        daden=_daden if ik.mag(MEDEWERKER) else lambda _: [],
        bestanden=als_bestanden(request),
        gezegd=gezegd(request),
    )  # fmt: skip


def _past(een: HerindicatieUit, ingevuld: Mapping[str, str]) -> bool:
    return (
        ingevuld.get("gemeente") in (None, een.gemeente)
        and ingevuld.get("partner") in (None, een.partner)
        and (ingevuld.get("wanneer") != "te-laat" or een.te_laat)
    )


def _filters(alle: Sequence[HerindicatieUit], noem: Noem) -> list[Veld]:
    gemeenten = sorted({een.gemeente for een in alle})
    partners = sorted({een.partner for een in alle if een.partner}, key=lambda code: noem(code).casefold())
    wanneer: Keuzes = [("", "Alle"), ("te-laat", "Alleen wat te laat is")]
    return [
        Veld("gemeente", "Gemeente", keuzes=[("", "Alle"), *((code, noem(code)) for code in gemeenten)]),
        Veld("partner", "Partner", keuzes=[("", "Alle"), *((code, noem(code)) for code in partners)]),
        Veld("wanneer", "Wanneer", keuzes=wanneer),
    ]


def _kolommen(noem: Noem, bladzijde_van: Callable[[str], str | None]) -> list[Kolom]:
    def stap(welke: str) -> Callable[[HerindicatieUit], Any]:
        return lambda een: getattr(getattr(een.stappen, welke), "op", None)

    return [
        veld("toewijzingnummer", "Toewijzing", lambda een: (een.toewijzingnummer, bladzijde_van(f"/v1/toewijzingen/{een.toewijzing}"))),
        veld("gemeente", "Gemeente", lambda een: noem(een.gemeente)),
        veld("client", "Bsn", lambda een: opmaak.bsn(een.client)),
        Kolom("partner", "Partner", lambda een: noem(een.partner) if een.partner else _GEEN_PARTNER),
        veld("einddatum", "Eindigt op"),
        veld("uiterlijk", "Klaar voor"),
        veld("wacht_op", "Wacht op"),
        veld("te_laat", "Te laat"),
        *(Kolom(welke, titel.capitalize(), stap(welke)) for welke, titel in STAPPEN),
    ]  # fmt: skip


def _daden(een: HerindicatieUit) -> list[tuple[str, str]]:
    """What one can do for the steps that are open, each with its address."""
    open_ = {welke for welke, _ in STAPPEN if getattr(een.stappen, welke) is None}
    mogelijk = (
        ("stop_37", "Stop melden", f"/toewijzingen/{een.toewijzing}/stop"),
        ("evaluatie", "Evaluatie afvinken", f"{PAD}/{een.toewijzing}/evaluatie"),
        ("start", "Start melden", een.opvolger and f"/toewijzingen/{een.opvolger}/start"),
        ("inzorgmelding", "Zwaarte bepalen", een.opvolger and f"/hoofdaannemer/zwaarte/{een.opvolger}"),
        ("inzorgmelding", "Doorgeven", een.opvolger and f"/hoofdaannemer/doorgeven/{een.opvolger}"),
    )
    return [(titel, waar) for welke, titel, waar in mogelijk if welke in open_ and waar]


@router.get(PAD + "/{toewijzing}/evaluatie")
def vraag_evaluatie(request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """Ask when the evaluation was."""
    return _evaluatie(request, toewijzing, knooppunt, ik, nu, None)


@router.post(PAD + "/{toewijzing}/evaluatie")
def vink_af(
    request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Tick the evaluation."""
    return _evaluatie(request, toewijzing, knooppunt, ik, nu, formulier)


def _evaluatie(
    request: Request, toewijzing: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, formulier: Any
) -> Response:
    bureau = bureau_bij(knooppunt, ik)
    alle = herindicaties.lijst(bureau, nu, Gedaante.JSON)
    assert isinstance(alle, Herindicaties)
    rij = next((een for een in alle.items if een.toewijzing == toewijzing), None)
    if rij is None:
        raise niet_gevonden("Deze herindicatie", "Kijk op het bord welke toewijzingen bijna eindigen.")

    def doe(vraag: Evaluatie) -> Response:
        EVALUATIE.doe(bureau, rij, vraag, nu)
        return verder(request, PAD, f"De evaluatie van toewijzing {rij.toewijzingnummer} is afgevinkt.")

    over = [
        ("Toewijzing", rij.toewijzingnummer),
        ("Gemeente", met_partijnaam(knooppunt, rij.gemeente)),
        ("Eindigt op", rij.einddatum),
    ]
    kruimels: Kruimels = [*BEGIN, ("Herindicaties", PAD)]
    return vraag_of_doe(
        request, EVALUATIE, EVALUATIE.velden, formulier, doe, over=over, terug=PAD, kruimels=kruimels
    )  # fmt: skip
