"""How a Prestatie looks to a caller."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, Field

from ...levensloop.overgangen import Prestatietoestand
from ...opslag.declaraties.declaratielijst import Prestatierij
from ...standaard.berichten.typen import DebetCredit, Eenheid, ProductCategorie, RetourCode
from ...standaard.domein import Domein
from ...tabellen.model import Eurocent


class Tijdvak(BaseModel):
    """Both days inclusive."""

    begin: date
    eind: date


class Prestatiekern(BaseModel):
    """What a Prestatie says, there or proposed. ``bedrag`` is eurocent without a sign."""

    referentienummer: str
    toewijzingnummer: int
    categorie: ProductCategorie
    code: str
    productperiode: Tijdvak
    geleverd_volume: int
    eenheid: Eenheid
    tarief: Eurocent | None
    bedrag: Eurocent


class PrestatieUit(Prestatiekern):
    """One line of a declaratie; ``berekening`` is how the limit it broke came about."""

    vorig_referentienummer: str | None
    debet_credit: DebetCredit
    toestand: Prestatietoestand
    retourcodes: list[RetourCode]
    berekening: list[str]
    declaratie: str
    domein: Domein = Field(exclude=True)


class Prestaties(BaseModel):
    items: list[PrestatieUit]


def prestaties_uit(rijen: Sequence[Prestatierij]) -> list[PrestatieUit]:
    """How Prestaties look to a caller."""
    zelfde = PrestatieUit.model_fields.keys() - {"productperiode", "geleverd_volume"}
    return [
        PrestatieUit(
            **{naam: getattr(rij, naam) for naam in zelfde},
            productperiode=Tijdvak(begin=rij.begin, eind=rij.eind),
            geleverd_volume=rij.volume,
        )
        for rij in rijen
    ]
