"""The work lists of one party: what both sides still have to do for the messages between them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from ..levensloop.kalender import plus_dagen
from ..levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..levensloop.verzoek import ONDERHANDEN
from ..opslag import werklijst_prestaties
from ..opslag import werklijsten as tabel
from ..standaard.berichtsoort import BERICHTSOORTEN, Rol
from . import werklijst, werklijst_prestatie
from .werklijst import NASLEEP_WEKEN, TERUGBLIK_WEKEN, WIJZIGINGSVERZOEK, Naam, Peil, Rij, Taak

Plek = tuple[str, str]
"""The place of a row on a list, by its day and id: what is most urgent goes first."""

_MET_RETOUR = [code for code, soort in BERICHTSOORTEN.items() if soort.retour]
_DECLARATIES = [code for code, soort in BERICHTSOORTEN.items() if soort.nummer == "323"]


class Wie(StrEnum):
    """Who must act: the party that asks, or the other one."""

    IK = "ik"
    ANDER = "ander"


@dataclass(frozen=True, slots=True)
class Werk:
    """A row of a work list: the task, and of what it is (``rij`` as ``opslag.werklijsten`` gives it)."""

    taak: Taak
    rij: Rij
    te_laat: bool

    @property
    def partij(self) -> str:
        """The code of who must act."""
        code: str = self.rij["gemeente" if self.taak.wie is Rol.GEMEENTE else "aanbieder"]
        return code

    @property
    def plek(self) -> Plek:
        """Where it stands on its list."""
        return str(self.taak.uiterlijk), self.rij["id"]


def maak(verbinding: Connection, partij: str, naam: Naam, peil: Peil, wie: Wie | None = None) -> list[Werk]:
    """Everything on one list that this party sees, the most urgent first."""
    gevonden = (
        Werk(taak, rij, taak.uiterlijk < peil.vandaag)
        for vraag, beslis in _BRONNEN[naam]
        for rij in vraag(verbinding, partij, peil)
        if (taak := beslis(rij, peil)) is not None
    )
    return sorted((werk for werk in gevonden if _betreft(werk, partij, wie)), key=lambda werk: werk.plek)


def bladzijde(lijst: list[Werk], na: Plek | None, limiet: int) -> list[Werk]:
    """What comes after a place on a list, at most so many."""
    vanaf = (werk for werk in lijst if na is None or werk.plek > na)
    return [werk for werk, _ in zip(vanaf, range(limiet), strict=False)]


def _betreft(werk: Werk, partij: str, wie: Wie | None) -> bool:
    return wie is None or (werk.partij == partij) == (wie is Wie.IK)


_Vraag = Callable[[Connection, str, Peil], Iterable[Rij]]
_Beslis = Callable[[Rij, Peil], Taak | None]


def _onbeantwoord(soorten: list[str]) -> _Vraag:
    return lambda verbinding, partij, _: tabel.onbeantwoord(verbinding, partij, soorten)


def _verzoeken(*toestanden: Verzoektoestand, soort: Verzoeksoort | None = None) -> _Vraag:
    return lambda verbinding, partij, _: tabel.verzoeken(verbinding, partij, toestanden, soort)


def _zonder_start(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Rij]:
    return tabel.zonder_start(verbinding, partij, peil.start_verstreken, plus_dagen(peil.vandaag, -7 * NASLEEP_WEKEN))


def _gestart(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Rij]:
    return tabel.gestart(verbinding, partij, plus_dagen(peil.vandaag, -7 * TERUGBLIK_WEKEN))


def _zonder_stop(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Rij]:
    return tabel.zonder_stop(verbinding, partij, peil.vandaag)


def _eindigend(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Rij]:
    return tabel.eindigend(verbinding, partij, peil.vandaag, plus_dagen(peil.vandaag, 7 * peil.weken))


def _gestopt_om_wijziging(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Rij]:
    einde_vanaf = plus_dagen(peil.vandaag, -7 * NASLEEP_WEKEN)
    return tabel.gestopt_om(verbinding, partij, WIJZIGINGSVERZOEK, einde_vanaf)


def _afgewezen_prestaties(verbinding: Connection, partij: str, _: Peil) -> Iterator[Rij]:
    return werklijst_prestaties.afgewezen(verbinding, partij)


def _gewijzigde_prestaties(verbinding: Connection, partij: str, _: Peil) -> Iterator[Rij]:
    return werklijst_prestaties.gewijzigd(verbinding, partij)


_BRONNEN: Mapping[Naam, tuple[tuple[_Vraag, _Beslis], ...]] = {
    Naam.RETOUR_ONTBREEKT: ((_onbeantwoord(_MET_RETOUR), werklijst.retour),),
    Naam.ANTWOORD_OP_VERZOEK_ONTBREEKT: ((_verzoeken(Verzoektoestand.INGEDIEND), werklijst.verzoek),),
    Naam.ONDERZOEK_LOOPT_AF: ((_verzoeken(Verzoektoestand.IN_ONDERZOEK), werklijst.verzoek),),
    Naam.START_ONTBREEKT: ((_zonder_start, werklijst.start_ontbreekt),),
    Naam.START_TE_LAAT_GEMELD: ((_gestart, werklijst.start_te_laat),),
    Naam.STOP_ONTBREEKT: ((_zonder_stop, werklijst.stop_ontbreekt),),
    Naam.DECLARATIEANTWOORD_ONTBREEKT: ((_onbeantwoord(_DECLARATIES), werklijst.declaratieantwoord),),
    Naam.TOEWIJZING_LOOPT_AF: ((_eindigend, werklijst.loopt_af),),
    Naam.HERINDICATIE_GEVRAAGD: (
        (_gestopt_om_wijziging, werklijst.herindicatie),
        (_verzoeken(*ONDERHANDEN, soort=Verzoeksoort.VOW), werklijst.verzoek),
    ),
    Naam.AFGEWEZEN_PRESTATIES: ((_afgewezen_prestaties, werklijst_prestatie.afgewezen),),
    Naam.TE_CREDITEREN: ((_gewijzigde_prestaties, werklijst_prestatie.te_crediteren),),
}
"""Where the rows of each list come from, and what decides about them."""
