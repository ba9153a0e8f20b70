"""The messages of which declaraties are made, and what was made of them: for a rebuild."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, select

from .. import bulk, verborgen
from ..personen import zegelkop
from ..tabellen.berichten import bericht
from ..tabellen.declaraties import declaratie, prestatie
from .declaratielijst import Prestatierij, prestaties

_ANTWOORD = bericht.alias("antwoord")
_323 = bericht.c.berichtsoort.in_(("WMO323", "JW323"))


class Wie(NamedTuple):
    """Whose declaratie it is: its law and the aanbieder."""

    domein: str
    aanbieder: str


class Paar(NamedTuple):
    """The ids of a 323 and of the 325 on it."""

    declaratie: str
    antwoord: str | None


def per_aanbieder(verbinding: Connection, wie: Wie | None = None) -> dict[Wie, list[Paar]]:
    """Every 323 that is not still being judged, of one aanbieder or of all; what was settled last comes first."""
    gevraagd = (
        select(bericht.c.domein, bericht.c.verzender, bericht.c.id, _ANTWOORD.c.id)
        .outerjoin(_ANTWOORD, _ANTWOORD.c.antwoord_op == bericht.c.id)
        .where(_323, bericht.c.oordeel != "in_verwerking")
        .order_by(func.coalesce(_ANTWOORD.c.volgnummer, bericht.c.volgnummer).desc())
    )
    if wie is not None:
        gevraagd = gevraagd.where(bericht.c.domein == wie.domein, bericht.c.verzender == wie.aanbieder)
    gevonden: dict[Wie, list[Paar]] = {}
    for domein, aanbieder, id_, antwoord in verbinding.execute(gevraagd):
        gevonden.setdefault(Wie(domein, aanbieder), []).append(Paar(id_, antwoord))
    return gevonden


def met_bytes(verbinding: Connection, id_: str) -> RowMapping:
    """A message with its bytes."""
    return verbinding.execute(select(bericht).where(bericht.c.id == id_)).mappings().one()


def vernietigd(verbinding: Connection) -> set[str]:
    """The ids of declaraties, and of their answers, of which the bytes cannot be read any more, for their key was destroyed."""
    if not verborgen.heeft_vernietigd():
        return set()
    vraag = select(bericht.c.id, zegelkop(bericht.c.inhoud).label("kop")).where(bericht.c.dossier.is_(None))
    rijen = verbinding.execute(vraag.execution_options(yield_per=1000))
    return {rij.id for rij in rijen if verborgen.is_vernietigd(rij.kop)}


def staat_er(verbinding: Connection, rij: Mapping[str, Any], verwacht: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the row of a declaratie and those of its Prestaties are these."""
    bestaand = verbinding.execute(select(declaratie).where(declaratie.c.id == rij["id"])).mappings().first()
    if bestaand is None or dict(bestaand) != rij:
        return False
    laatste, rijen = -1, iter(verwacht)
    while deel := list(islice(rijen, bulk.PER_VRAAG)):
        if prestaties(verbinding, rij["id"], None, laatste, len(deel)) != [Prestatierij(**p) for p in deel]:
            return False
        laatste = deel[-1]["nummer"]
    return not prestaties(verbinding, rij["id"], None, laatste, 1)


def stappen(verbinding: Connection, id_: str) -> dict[int, tuple[str, ...]]:
    """The steps behind the refusals of a declaratie, by the place of the Prestatie, as they were stored."""
    gevraagd = select(prestatie.c.nummer, prestatie.c.berekening).where(prestatie.c.declaratie == id_)
    return {nummer: tuple(berekening) for nummer, berekening in verbinding.execute(gevraagd) if berekening}


def wis_vreemde(verbinding: Connection) -> int:
    """Forget declaraties that are of no 323; how many there were."""
    vreemd = select(declaratie.c.id).join(bericht, bericht.c.id == declaratie.c.id).where(~_323)
    verbinding.execute(delete(prestatie).where(prestatie.c.declaratie.in_(vreemd)))
    return verbinding.execute(delete(declaratie).where(declaratie.c.id.in_(vreemd))).rowcount
