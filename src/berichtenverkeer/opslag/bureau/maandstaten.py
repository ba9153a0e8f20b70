"""Maandstaten that were fixed, as they were fixed: they are added, and never changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from ...hoofdaannemer.keuzes import Deelmaand
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.maandstaat import Bijdrageregel, Correctie, Maandstaat, Maandstaattoestand, Regel, Samenvatting
from ...hoofdaannemer.tarief import Eenheid
from ...standaard.domein import Domein
from ..personen import als_in
from ..tabellen.bureau import maandstaat

m = maandstaat
_DOMEIN: Mapping[str, Domein] = {str(domein): domein for domein in Domein}
_EENHEID: Mapping[str | None, Eenheid | None] = {None: None, **{str(eenheid): eenheid for eenheid in Eenheid}}


def samengevat(verbinding: Connection, code: str, partner: str | None = None) -> dict[str, list[Samenvatting]]:
    """All that was fixed of a hoofdaannemer, by partner, in the order of fixing; of one partner only, when it is given."""
    vraag = select(m.c.maand, m.c.partner, m.c.nummer, m.c.deelmaand, m.c.per_inzet, m.c.correcties, m.c.bijdragen)
    uit: dict[str, list[Samenvatting]] = defaultdict(list)
    for rij in verbinding.execute(_van(vraag, code, partner).order_by(m.c.vastgesteld_op, m.c.maand)).all():
        staat = Samenvatting(
            Maand.lees(rij.maand), rij.nummer, Deelmaand(rij.deelmaand), rij.per_inzet, _correcties(rij), _bijdragen(rij)
        )  # fmt: skip
        uit[rij.partner].append(staat)
    return uit


def van_maand(verbinding: Connection, code: str, maand: Maand, partner: str | None = None) -> dict[str, Maandstaat]:
    """The maandstaten of a month that were fixed, whole, by partner; of one partner only, when it is given."""
    vraag = _van(select(m), code, partner).where(m.c.maand == str(maand))
    return {
        rij.partner: Maandstaat(
            maand, rij.partner, Maandstaattoestand.VASTGESTELD, rij.nummer, Deelmaand(rij.deelmaand), tuple(map(_regel, rij.regels)),
            _correcties(rij), _bijdragen(rij),
        )
        for rij in verbinding.execute(vraag)
    }  # fmt: skip


def _van(vraag: Select[Any], code: str, partner: str | None) -> Select[Any]:
    vraag = vraag.where(m.c.hoofdaannemer == code)
    return vraag if partner is None else vraag.where(m.c.partner == partner)


def vastgesteld_door(verbinding: Connection, partner: str) -> list[str]:
    """The hoofdaannemers that fixed a month for a partner."""
    return sorted(verbinding.execute(select(m.c.hoofdaannemer).where(m.c.partner == partner).distinct()).scalars())


def gefixeerd(verbinding: Connection, code: str) -> dict[tuple[str, Maand], Deelmaand]:
    """Which months of which partners were fixed, and by which rule."""
    vraag = select(m.c.partner, m.c.maand, m.c.deelmaand).where(m.c.hoofdaannemer == code)
    return {(rij.partner, Maand.lees(rij.maand)): Deelmaand(rij.deelmaand) for rij in verbinding.execute(vraag)}


def stel_vast(verbinding: Connection, code: str, staat: Maandstaat, wie: str, op: datetime) -> None:
    """Keep a maandstaat that was fixed. Raises ``IntegrityError`` when its month was fixed before."""
    assert staat.nummer is not None
    rij = {
        "hoofdaannemer": code, "partner": staat.partner, "maand": str(staat.maand), "nummer": staat.nummer,
        "deelmaand": str(staat.deelmaand), "regels": _los(staat.regels), "per_inzet": dict(staat.per_inzet),
        "correcties": _los(staat.correcties), "bijdragen": _los(staat.bijdragen), "vastgesteld_op": op, "wie": wie,
    }  # fmt: skip
    verbinding.execute(insert(maandstaat).values(**als_in(maandstaat, rij)))


def _los(delen: Sequence[Any]) -> list[list[object]]:
    """The fields of each, in their order."""
    return [[_waarde(waarde) for waarde in (getattr(deel, veld.name) for veld in fields(deel))] for deel in delen]


def _waarde(waarde: object) -> object:
    if isinstance(waarde, Maand):
        return str(waarde)
    if isinstance(waarde, tuple):
        return list(waarde)
    if isinstance(waarde, (str, Decimal)):
        return str(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else waarde


def _correcties(rij: Any) -> tuple[Correctie, ...]:
    return tuple(
        Correctie(Maand.lees(maand), inzet, bedrag, tuple(zin)) for maand, inzet, bedrag, zin in rij.correcties
    )


def _bijdragen(rij: Any) -> tuple[Bijdrageregel, ...]:
    return tuple(
        Bijdrageregel(Maand.lees(maand), segment, Decimal(deel) if deel is not None else None, grondslag, bedrag)
        for maand, segment, deel, grondslag, bedrag in rij.bijdragen
    )


def _regel(los: Sequence[Any]) -> Regel:
    inzet, gemeente, domein, nummer, segment, klasse, eenheid, van, tot, dagen, aantal, tarief, bedrag, zinnen = los
    dag = date.fromisoformat
    return Regel(
        inzet, gemeente, _DOMEIN[domein], nummer, segment, klasse, _EENHEID[eenheid], dag(van), dag(tot), dagen, aantal, tarief,
        bedrag, tuple(zinnen),
    )  # fmt: skip
