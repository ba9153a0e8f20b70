"""Herindicaties: toewijzingen that end about now, as a board by who has to do the next step, and as a table; and ticking an evaluation."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from ...api.hoofdaannemer import herindicaties
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.hoofdaannemer.herindicaties import HerindicatieUit
from ...api.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.problemen import niet_gevonden
from ...api.tabel import Gedaante
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.laden.laden import laad
from ...hoofdaannemer.herindicatie import HerindicatieWachtOp
from ...invoer import Dag, Invoer
from ...tabellen.lezen import STRENG, lees_tabel
from ..bureau import BEGIN, bureau_bij, met_naam, partnernamen
from ..formulier import Formulierroute, Onjuist
from ..gezegd import gezegd, verder
from ..inzetdaad import Inzetdaad, vraag_of_doe
from ..lijstpagina import PER_BLAD, VORM, VORMEN
from ..scherm import Kruimels, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker
from ..veld import Veld

router = APIRouter(route_class=Formulierroute)

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


EVALUATIE = Inzetdaad(
    "Evaluatie afvinken",
    "Ja, afvinken",
    "De evaluatie staat dan als gedaan op het bord, met deze dag.",
    Evaluatie,
    (Veld("datum", "Dag van de evaluatie", soort="date"),),
    laad,
)


@router.get(PAD)
def bord(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The board; ``als=tabel`` is the same as a table, in which ``vanaf`` is the first row of the page."""
    gegeven = request.query_params
    bureau = bureau_van(knooppunt, ik.partij)
    uit = herindicaties.lijst(bureau, nu, VORMEN.get(gegeven.get(VORM, ""), Gedaante.JSON))
    if isinstance(uit, Response):
        return uit
    namen = partnernamen(bureau) if bureau is not None else {}
    vanaf = int(tekst) if (tekst := gegeven.get("vanaf", "")).isdecimal() and len(tekst) < len("1000000") else 0
    als_tabel = gegeven.get("als") == "tabel"
    verder_ = vanaf + PER_BLAD
    return toon(
        request,
        "herindicaties.html",
        "Herindicaties",
        kruimels=BEGIN,
        als_tabel=als_tabel,
        kolommen=[(wie, [een for een in uit.items if een.wacht_op is wie]) for wie in HerindicatieWachtOp],
        per_kolom=_PER_KOLOM,
        items=uit.items[vanaf:verder_],
        aantal=len(uit.items),
        te_laat=sum(een.te_laat for een in uit.items),
        stappen=STAPPEN,
        naam=lambda code: met_naam(namen, code) if code else "nog geen partner",
        mag=ik.mag(MEDEWERKER),
        volgende=f"{PAD}?als=tabel&vanaf={verder_}" if verder_ < len(uit.items) else None,
        begin=f"{PAD}?als=tabel" if vanaf else None,
        bestanden=[(een.upper(), f"{PAD}?{VORM}={een}") for een in VORMEN],
        gezegd=gezegd(request),
    )


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
    assert isinstance(alle, herindicaties.Herindicaties)
    rij = next((een for een in alle.items if een.toewijzing == toewijzing), None)
    if rij is None:
        raise niet_gevonden("Deze herindicatie", "Kijk op het bord welke toewijzingen bijna eindigen.")

    def doe(vraag: Evaluatie) -> Response:
        _laad(bureau, rij, vraag, nu)
        return verder(request, PAD, f"De evaluatie van toewijzing {rij.toewijzingnummer} is afgevinkt.")

    over = [("Toewijzing", rij.toewijzingnummer), ("Gemeente", rij.gemeente), ("Eindigt op", rij.einddatum)]
    kruimels: Kruimels = [*BEGIN, ("Herindicaties", PAD)]
    return vraag_of_doe(
        request, EVALUATIE, EVALUATIE.velden, formulier, doe, over=over, terug=PAD, kruimels=kruimels
    )  # fmt: skip


def _laad(bureau: Bedrijfsbureau, rij: HerindicatieUit, vraag: Evaluatie, nu: datetime) -> None:
    """Tick it as a file of one row does. Raises ``Onjuist``."""
    waarden = {
        "gemeente": rij.gemeente,
        "toewijzingnummer": rij.toewijzingnummer,
        "domein": rij.domein,
        "datum": vraag.datum,
    }
    bestand = f"{';'.join(waarden)}\n{';'.join(map(str, waarden.values()))}\n"
    rapport = laad(bureau, "evaluaties", lees_tabel(bestand.encode(), STRENG), nu)
    if rapport.fouten:
        raise Onjuist({"datum": " ".join(f"{fout.melding} {fout.advies}" for fout in rapport.fouten)})
