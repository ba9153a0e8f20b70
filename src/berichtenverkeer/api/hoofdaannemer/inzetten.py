"""Inzetten of a hoofdaannemer: what there is, the acts on them, and the story of one."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from ...bedrijfsbureau import handelingen
from ...bedrijfsbureau import inzetten as bureau_
from ...bedrijfsbureau.bureau import kijkend
from ...bedrijfsbureau.handelingen import Gedaan
from ...hoofdaannemer.handelen import Aanvraag
from ...hoofdaannemer.looptijd import Maand
from ...opslag.bureau.inzetten import VAN_HOOFDAANNEMER, Inzetrij
from ...opslag.database import lezend
from ..antwoord.lijst import Bladzijde
from ..antwoord.problemen import antwoorden
from ..lijstbron import Kijker, Lijstbron
from ..rondom.aanmelding import DePartij
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from ..rondom.route import Router
from ..tabel import DeGedaante, lijst_antwoorden
from .bureau import WORTEL, BureauOfNiets, HetBureau
from .inzet_uit import (
    InzetEinde,
    Inzetfilters,
    InzetGedaan,
    InzetGeleverd,
    InzetKlasse,
    InzetOverdracht,
    InzetReden,
    Inzettenlijst,
    InzetTijdlijn,
    InzetUit,
    InzetVraag,
    inzet_gedaan,
    inzet_uit,
    tijdlijn_uit,
)

router = Router(prefix=f"{WORTEL}/inzetten", tags=["hoofdaannemer inzetten"])

_KEUZES = ("aanname", "aanname-termijn")
"""The settings that ``aanname_voor`` rests on."""


class Inzettenvraag(Inzetfilters):
    """Which inzetten."""

    toewijzing: str | None = Field(None, max_length=64, description="het id van een toewijzing")
    partner: str | None = Field(None, max_length=8)


def _items(verbinding: Connection, rijen: Sequence[Inzetrij], kijker: Kijker) -> list[InzetUit]:
    return [inzet_uit(beeld) for beeld in bureau_.beelden(verbinding, rijen, kijker.kalender, kijker.dag)]


BRON = Lijstbron(VAN_HOOFDAANNEMER, InzetUit, Inzettenlijst, Inzettenvraag, _items)


@router.get("", response_model=Inzettenlijst, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    bureau: BureauOfNiets,
    nu: Nu,
    vraag: Annotated[Inzettenvraag, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[InzetUit] | Response:
    """Uw inzetten, in volgorde van hun laatste wijziging.

    Geef `volgende` mee als `gewijzigdNa` en u krijgt wat daarna veranderde, ook door een 301, elke inzet één keer in haar nieuwste
    vorm. Dat een inzet begint of afloopt doordat een dag verstrijkt, is geen wijziging.
    """
    uit = BRON.lever(knooppunt, partij.code, nu.date(), vraag, gedaante)
    if bureau is not None and isinstance(uit, Inzettenlijst):
        with kijkend(bureau.engine, bureau.code) as zitting:
            uit.keuzes = zitting.keuzes.toon(*_KEUZES)
    return uit


@router.post("", status_code=201, responses=antwoorden(400, 401, 404, 422))
def plaats(vraag: InzetVraag, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Geef een toewijzing, of een periode ervan, door aan een partner. De partner krijgt een inzorgmelding."""
    aanvraag = Aanvraag(vraag.partner, vraag.klasse, vraag.van, vraag.tot, vraag.overlap_bedoeld)
    return _gedaan(knooppunt, handelingen.plaats(bureau, vraag.toewijzing, aanvraag, vraag.reden, nu))


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, bureau: HetBureau, nu: Nu) -> InzetUit:
    """Eén inzet, zoals zij vandaag staat."""
    eis_id(id, bureau_.DEZE)
    with lezend(bureau.engine) as verbinding:
        return inzet_uit(bureau_.geef(verbinding, VAN_HOOFDAANNEMER, bureau.code, bureau.kalender, nu.date(), id))


@router.get("/{id}/tijdlijn", responses=antwoorden(400, 401, 404))
def verhaal(id: str, bureau: HetBureau, nu: Nu) -> InzetTijdlijn:
    """Alles wat er met een inzet gebeurde: wie het deed en waarom, wat een 301 ervan maakte, en wat vanzelf kwam."""
    eis_id(id, bureau_.DEZE)
    with lezend(bureau.engine) as verbinding:
        rij = bureau_.rij_van(verbinding, VAN_HOOFDAANNEMER, bureau.code, id)
        return tijdlijn_uit(bureau_.verhaal(verbinding, rij, nu.date()))


@router.post("/{id}/beeindigen", responses=antwoorden(400, 401, 404, 409, 422))
def beeindig(id: str, vraag: InzetEinde, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Beëindig een inzet; `per` is de laatste dag. De partner krijgt een uitzorgmelding."""
    return _gedaan(knooppunt, handelingen.beeindig(bureau, id, vraag.per, vraag.reden, nu))


@router.post("/{id}/overdragen", status_code=201, responses=antwoorden(400, 401, 404, 409, 422))
def draag_over(id: str, vraag: InzetOverdracht, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Draag een inzet over aan een andere partner, vanaf `per`. Beide partners krijgen een melding; het antwoord is de nieuwe inzet."""
    gedaan = handelingen.draag_over(bureau, id, vraag.naar, vraag.per, vraag.klasse, nu, vraag.reden)
    return _gedaan(knooppunt, gedaan)


@router.post("/{id}/klasse", status_code=201, responses=antwoorden(400, 401, 404, 409, 422))
def wijzig_klasse(id: str, vraag: InzetKlasse, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Geef een inzet vanaf `per` een andere klasse, bij dezelfde partner. Het antwoord is de nieuwe inzet."""
    return _gedaan(knooppunt, handelingen.wijzig_klasse(bureau, id, vraag.klasse, vraag.per, vraag.reden, nu))


@router.post("/{id}/intrekken", responses=antwoorden(400, 401, 404, 409, 422))
def trek_in(id: str, vraag: InzetReden, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Trek een inzet in, van het begin af."""
    return _gedaan(knooppunt, handelingen.trek_in(bureau, id, vraag.reden, nu))


@router.post("/{id}/geleverd", responses=antwoorden(400, 401, 404, 409, 422))
def boek_geleverd(id: str, vraag: InzetGeleverd, knooppunt: HetKnooppunt, bureau: HetBureau, nu: Nu) -> InzetGedaan:
    """Leg vast hoeveel dagen of stuks in een maand zijn geleverd, in plaats van wat er stond."""
    return _gedaan(knooppunt, handelingen.boek_geleverd(bureau, id, Maand.lees(vraag.maand), vraag.aantal, nu))


def _gedaan(knooppunt: Knooppunt, gedaan: Gedaan) -> InzetGedaan:
    """The answer to an act; whose postvak may have got something is woken."""
    knooppunt.bel.lui_bij({gedaan.inzet.rij.partner})
    return inzet_gedaan(gedaan.inzet, gedaan.let_op)
