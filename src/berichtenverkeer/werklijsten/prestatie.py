"""Prestaties on a work list."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, literal

from ..levensloop.kalender import plus_dagen
from ..opslag.tabellen.declaraties import declaratie as d
from ..opslag.tabellen.declaraties import prestatie as p
from .lijst import Peil, Rij, Voorstelvraag, bsn_uit


@dataclass(frozen=True, slots=True, kw_only=True)
class Prestatierij(Rij):
    """A Prestatie; ``begin`` and ``eind`` are its ProductPeriode."""

    domein: str
    declaratie: str
    referentienummer: str
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str

    def __str__(self) -> str:
        return f"Prestatie {self.referentienummer} over {self.begin} tot en met {self.eind}"

    def voorstel(self, wat: str) -> Voorstelvraag:
        """The question for the 323 that puts it right."""
        vraag = {"declaratie": self.declaratie, "referentienummer": self.referentienummer, "wat": wat}
        return Voorstelvraag("/v1/voorstellen/prestatie", vraag)


_NUMMER = cast(p.c.nummer, String)

OP_VOLGORDE = (d.c.id, _NUMMER)
"""The parts of the id of a Prestatie, of which the first stands in an index after the day on which its declaratie was answered."""

EIGEN = {
    "id": p.c.declaratie.concat(literal("/")).concat(_NUMMER),
    "bsn": bsn_uit(p.c.dossier),
}
"""The columns of a Prestatie that have no name of their own in the table."""


def volgende_declaratie(dag: date, _: Peil) -> date:
    """The last day of the month after this one. What was refused or changed goes with the next declaratie (OP354 sets no term;
    this one is afgeleid)."""
    volgende = plus_dagen(dag.replace(day=monthrange(dag.year, dag.month)[1]), 1)
    return volgende.replace(day=monthrange(volgende.year, volgende.month)[1])
