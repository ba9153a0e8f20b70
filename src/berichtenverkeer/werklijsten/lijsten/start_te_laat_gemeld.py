"""Starts that came in after their term (OP271)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Date, case, literal, text

from ...levensloop.kalender import plus_dagen
from ...levensloop.termijnen import START
from ...opslag.dag import begin_van
from ...opslag.tabellen.dossiers import toewijzing as t
from ..lijst import Bron, Peil, Taak, Voorwaarden, Werklijst, kolommen
from ..toewijzing import Toewijzingrij, sinds_bekend

TERUGBLIK_WEKEN = 13
"""How far back a start that was reported late shows: a quarter (afgeleid)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Startrij(Toewijzingrij):
    """A toewijzing with its first start, and when that came in."""

    start_gemeld_op: datetime


_GESTART = text("NOT toewijzing.verwijderd AND toewijzing.start_gemeld_op IS NOT NULL")
"""In the words of the index, else SQLite does not use it."""

_VANAF = sinds_bekend(t.c.geleverd_van)


def _waar(peil: Peil) -> Voorwaarden:
    # what came on a day is late when its term ran from this day or an earlier one; the first of the days is the latest
    dagen = [plus_dagen(peil.vandaag, -dag) for dag in range(7 * TERUGBLIK_WEKEN + 1)]
    gemeld = t.c.start_gemeld_op
    verstreken = case(
        *((gemeld >= begin_van(dag), literal(START.laatst_verstreken(dag, peil.kalender), Date)) for dag in dagen)
    )
    return _GESTART, gemeld >= begin_van(dagen[-1]), verstreken >= _VANAF


def _taak(rij: Startrij, _: Peil) -> Taak:
    gemeld = rij.start_gemeld_op.date()
    waarom = f"De levering begon op {rij.geleverd_van} en het 305 kwam op {gemeld}; dat hoort binnen {START} ({START.regel})."
    return Taak(START.regel, waarom)


LIJST = Werklijst(
    "start-te-laat-gemeld",
    f"Starts die in de laatste {TERUGBLIK_WEKEN} weken binnenkwamen, na de termijn.",
    "Er hoeft geen bericht meer te komen; de lijst laat zien waar het melden van starts stokt.",
    (
        Bron(
            rij=Startrij,
            tabel=t,
            kolommen=kolommen(Startrij, t, toewijzing=t.c.id, bericht=t.c.bericht),
            wie=t.c.aanbieder,
            vanaf=lambda _: _VANAF,
            uiterlijk=lambda dag, peil: START.uiterlijk(dag, peil.kalender),
            waar=_waar,
            taak=_taak,
        ),
    ),
)
