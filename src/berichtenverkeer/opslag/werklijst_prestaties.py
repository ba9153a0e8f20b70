"""Prestaties that may stand on a work list, for one party; rows as in ``werklijsten``, with the Prestatie and, of its
toewijzing as it is now, ``ingangsdatum``, ``einddatum``, ``verwijderd`` and the columns with ``t_`` before their name."""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, null, or_, select, text, tuple_

from ..levensloop.overgangen import Prestatietoestand
from .eigenaar import van_partij
from .tabellen import bericht, declaratie, prestatie, toewijzing
from .werklijsten import Rij

p, d, t = prestatie, declaratie, toewijzing
_ander = prestatie.alias("ander")
_van_ander = bericht.alias("van_ander")
_van_deze = bericht.alias("van_deze")
_van_toewijzing = bericht.alias("van_toewijzing")

_AFGEWEZEN = text("prestatie.toestand = 'afgewezen' AND prestatie.debet_credit = 'D'")
"""In the words of the index, else SQLite does not use it."""

_STAAT = (str(Prestatietoestand.INGEDIEND), str(Prestatietoestand.TOEGEKEND))

_VAN_PRESTATIE = (
    "dossier", "declaratie", "nummer", "referentienummer", "toewijzingnummer", "categorie", "code", "begin", "eind", "volume",
    "eenheid", "retourcodes",
)  # fmt: skip


def afgewezen(verbinding: Connection, partij: str) -> Iterator[Rij]:
    """Refused debetregels in whose place nothing was declared.

    What was declared in its place (afgeleid): another debetregel of the client in the same period, on the same toewijzing
    and, where that has no product code, of the same code; when the toewijzing is not known, of the same product. One that
    stands counts whenever it came, one that was credited only when it came later.
    """
    vraag = (
        select(
            *(p.c[naam] for naam in _VAN_PRESTATIE),
            d.c.domein,
            d.c.gemeente,
            d.c.aanbieder,
            t.c.id.label("toewijzing"),
            null().label("verzoek"),
            d.c.antwoord.label("bericht"),
        )
        .select_from(d)
        .join(p, p.c.declaratie == d.c.id)
        .join(_van_deze, _van_deze.c.id == d.c.id)
        .outerjoin(t, and_(t.c.dossier == p.c.dossier, t.c.toewijzingnummer == p.c.toewijzingnummer))
        .where(van_partij(d, partij), _AFGEWEZEN, ~_vervangen())
    )
    return _rijen(verbinding.execute(vraag).mappings())


def gewijzigd(verbinding: Connection, partij: str) -> Iterator[Rij]:
    """Granted debetregels whose toewijzing was changed after they were declared."""
    vraag = (
        select(
            *(p.c[naam] for naam in _VAN_PRESTATIE),
            *(t.c[naam].label(f"t_{naam}") for naam in ("categorie", "code", "volume", "eenheid", "frequentie")),
            *(
                t.c[naam]
                for naam in ("domein", "gemeente", "aanbieder", "ingangsdatum", "einddatum", "verwijderd", "bericht")
            ),
            t.c.id.label("toewijzing"),
            null().label("verzoek"),
        )
        .select_from(t)
        .join(p, and_(p.c.dossier == t.c.dossier, p.c.toewijzingnummer == t.c.toewijzingnummer))
        .join(_van_deze, _van_deze.c.id == p.c.declaratie)
        .join(_van_toewijzing, _van_toewijzing.c.id == t.c.bericht)
        .where(
            van_partij(t, partij),
            t.c.versie > 1,
            p.c.toestand == str(Prestatietoestand.TOEGEKEND),
            _van_toewijzing.c.volgnummer > _van_deze.c.volgnummer,
        )
    )
    return _rijen(verbinding.execute(vraag).mappings())


def _vervangen() -> ColumnElement[bool]:
    zelfde_product = and_(_ander.c.categorie == p.c.categorie, _ander.c.code == p.c.code)
    op_toewijzing = and_(
        _ander.c.toewijzingnummer == p.c.toewijzingnummer, or_(_ander.c.code == p.c.code, t.c.code.is_not(None))
    )
    later = tuple_(_van_ander.c.volgnummer, _ander.c.nummer) > tuple_(_van_deze.c.volgnummer, p.c.nummer)
    return (
        exists()
        .where(
            _ander.c.dossier == p.c.dossier,
            _van_ander.c.id == _ander.c.declaratie,
            _ander.c.debet_credit == "D",
            _ander.c.begin <= p.c.eind,
            _ander.c.eind >= p.c.begin,
            or_(op_toewijzing, and_(t.c.id.is_(None), zelfde_product)),
            or_(
                _ander.c.toestand.in_(_STAAT),
                and_(_ander.c.toestand == str(Prestatietoestand.GECREDITEERD), later),
            ),
        )
        .correlate(p, t, _van_deze)
    )


def _rijen(rijen: Any) -> Iterator[Rij]:
    """The rows with an id of their own, which follows from the place of the Prestatie, and the Bsn."""
    for rij in rijen:
        id_ = str(uuid.uuid5(uuid.UUID(rij["declaratie"]), str(rij["nummer"])))
        yield {**rij, "id": id_, "bsn": rij["dossier"].rpartition("/")[2]}
