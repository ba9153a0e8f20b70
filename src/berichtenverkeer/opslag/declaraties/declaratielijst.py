"""Declaraties and their Prestaties, as a party searches them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, exists, select

from ..lijst import Lijst
from ..tabellen.declaraties import declaratie as d
from ..tabellen.declaraties import prestatie as p
from ..verborgen import verberg_bsn


@dataclass(frozen=True, slots=True)
class Declaratierij:
    """A 323 with what became of it; amounts are eurocent."""

    id: str
    domein: str
    gemeente: str
    aanbieder: str
    declaratienummer: str
    begin: date
    eind: date
    ingediend: int
    toegekend: int | None
    toestand: str
    antwoord: str | None
    wijziging: int


@dataclass(frozen=True, slots=True)
class Prestatierij:
    """A Prestatie with what became of it; ``bedrag`` is eurocent, without a sign."""

    declaratie: str
    nummer: int
    dossier: str
    domein: str
    aanbieder: str
    referentienummer: str
    vorig_referentienummer: str | None
    toewijzingnummer: int
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    debet_credit: str
    toestand: str
    retourcodes: list[str]
    berekening: list[str]


def _van_client(bsn: str, _: date) -> ColumnElement[bool]:
    dossier = d.c.domein + "/" + d.c.gemeente + "/" + d.c.aanbieder + f"/{verberg_bsn(bsn)}"
    return exists().where(p.c.declaratie == d.c.id, p.c.dossier == dossier)


LIJST = Lijst(
    "declaraties",
    d,
    Declaratierij,
    {"maand": lambda eerste_dag, _: d.c.begin == eerste_dag, "bsn": _van_client},
)


def prestaties(
    verbinding: Connection, declaratie: str, toestand: str | None, na: int, limiet: int
) -> Sequence[Prestatierij]:
    """The Prestaties of a declaratie in the order of the message, after this place."""
    voorwaarden = [p.c.declaratie == declaratie, p.c.nummer > na]
    if toestand is not None:
        voorwaarden.append(p.c.toestand == toestand)
    return _rijen(verbinding, _vraag(*voorwaarden).order_by(p.c.nummer).limit(limiet))


def met_referentie(verbinding: Connection, declaratie: str, referentienummer: str) -> Sequence[Prestatierij]:
    """The Prestaties of a declaratie with this ReferentieNummer: one, unless the message broke TR314."""
    vraag = _vraag(p.c.declaratie == declaratie, p.c.referentienummer == referentienummer)
    return _rijen(verbinding, vraag.order_by(p.c.nummer))


def op_toewijzing(verbinding: Connection, dossier: str, toewijzingnummer: int) -> Sequence[Prestatierij]:
    """Every Prestatie that was sent on a toewijzing, by ProductPeriode."""
    vraag = _vraag(p.c.dossier == dossier, p.c.toewijzingnummer == toewijzingnummer)
    return _rijen(verbinding, vraag.order_by(p.c.begin, p.c.declaratie, p.c.nummer))


def _vraag(*voorwaarden: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return select(*(p.c[veld.name] for veld in fields(Prestatierij))).where(*voorwaarden)


def _rijen(verbinding: Connection, vraag: Select[tuple[object, ...]]) -> Sequence[Prestatierij]:
    return [Prestatierij(**rij) for rij in verbinding.execute(vraag).mappings()]
