"""How a Prestatie looks to a caller."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel

from ..levensloop.overgangen import Prestatietoestand
from ..opslag.declaratielijst import Prestatierij


class PeriodeUit(BaseModel):
    """Both days inclusive."""

    begin: date
    eind: date


class Prestatiekern(BaseModel):
    """What a Prestatie says, there or proposed. ``bedrag`` is eurocent without a sign."""

    referentienummer: str
    toewijzingnummer: int
    categorie: str
    code: str
    productperiode: PeriodeUit
    geleverd_volume: int
    eenheid: str
    tarief: int | None
    bedrag: int


class PrestatieUit(Prestatiekern):
    """One line of a declaratie; ``berekening`` is how the limit it broke came about."""

    vorig_referentienummer: str | None
    debet_credit: str
    toestand: Prestatietoestand
    retourcodes: list[str]
    berekening: list[str]
    declaratie: str


class Prestaties(BaseModel):
    items: list[PrestatieUit]


def prestaties_uit(rijen: Sequence[Prestatierij]) -> list[PrestatieUit]:
    """How Prestaties look to a caller."""
    zelfde = PrestatieUit.model_fields.keys() - {"productperiode", "geleverd_volume"}
    return [
        PrestatieUit(
            **{naam: getattr(rij, naam) for naam in zelfde},
            productperiode=PeriodeUit(begin=rij.begin, eind=rij.eind),
            geleverd_volume=rij.volume,
        )
        for rij in rijen
    ]
