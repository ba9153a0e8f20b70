"""Maandstaten that were fixed, as they were fixed: they are added, and never changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from ..hoofdaannemer.keuzes import Deelmaand
from ..hoofdaannemer.looptijd import Maand
from ..hoofdaannemer.maandstaat import Bijdrageregel, Correctie, Maandstaat, Regel, Staattoestand
from ..hoofdaannemer.tarief import Eenheid
from ..standaard.domein import Domein
from .hoofdaannemertabellen import maandstaat as m

_DOMEIN: Mapping[str, Domein] = {str(domein): domein for domein in Domein}
_EENHEID: Mapping[str | None, Eenheid | None] = {None: None, **{str(eenheid): eenheid for eenheid in Eenheid}}


def vast(verbinding: Connection, code: str, partner: str | None = None) -> dict[str, list[Maandstaat]]:
    """All that was fixed of a hoofdaannemer, by partner, in the order of fixing; of one partner only, when it is given."""
    vraag = select(m.c.maand, m.c.partner, m.c.nummer, m.c.deelmaand, m.c.inhoud).where(m.c.hoofdaannemer == code)
    if partner is not None:
        vraag = vraag.where(m.c.partner == partner)
    uit: dict[str, list[Maandstaat]] = defaultdict(list)
    for rij in verbinding.execute(vraag.order_by(m.c.vastgesteld_op, m.c.maand)):
        uit[rij.partner].append(_uit(rij))
    return uit


def gefixeerd(verbinding: Connection, code: str) -> dict[tuple[str, Maand], Deelmaand]:
    """Which months of which partners were fixed, and by which rule."""
    vraag = select(m.c.partner, m.c.maand, m.c.deelmaand).where(m.c.hoofdaannemer == code)
    return {(rij.partner, Maand.lees(rij.maand)): Deelmaand(rij.deelmaand) for rij in verbinding.execute(vraag)}


def stel_vast(verbinding: Connection, code: str, staat: Maandstaat, wie: str, op: datetime) -> None:
    """Keep a maandstaat that was fixed. Raises ``IntegrityError`` when its month was fixed before."""
    assert staat.nummer is not None
    verbinding.execute(
        insert(m).values(
            hoofdaannemer=code, partner=staat.partner, maand=str(staat.maand), nummer=staat.nummer, deelmaand=str(staat.deelmaand),
            inhoud=[_los(staat.regels), _los(staat.correcties), _los(staat.bijdragen)], vastgesteld_op=op, wie=wie,
        )
    )  # fmt: skip


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


def _uit(rij: Any) -> Maandstaat:
    regels, correcties, bijdragen = rij.inhoud
    return Maandstaat(
        Maand.lees(rij.maand),
        rij.partner,
        Staattoestand.VASTGESTELD,
        rij.nummer,
        Deelmaand(rij.deelmaand),
        tuple(map(_regel, regels)),
        tuple(Correctie(Maand.lees(maand), inzet, bedrag, tuple(zin)) for maand, inzet, bedrag, zin in correcties),
        tuple(
            Bijdrageregel(Maand.lees(maand), segment, Decimal(deel) if deel is not None else None, grondslag, bedrag)
            for maand, segment, deel, grondslag, bedrag in bijdragen
        ),
    )


def _regel(los: Sequence[Any]) -> Regel:
    inzet, gemeente, domein, nummer, segment, klasse, eenheid, van, tot, dagen, aantal, tarief, bedrag, zinnen = los
    dag = date.fromisoformat
    return Regel(
        inzet, gemeente, _DOMEIN[domein], nummer, segment, klasse, _EENHEID[eenheid], dag(van), dag(tot), dagen, aantal, tarief,
        bedrag, tuple(zinnen),
    )  # fmt: skip
