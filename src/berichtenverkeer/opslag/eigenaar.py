"""Whose rows a party may see: the one condition that every list, search and look-up has."""

from sqlalchemy import ColumnElement, Table, or_

from ..standaard.berichtsoort import Ketenrol, rol_met
from .tabellen.berichten import bericht


def van_partij(tabel: Table, code: str, ziet: str | None = None) -> ColumnElement[bool]:
    """A gemeente sees what is between it and its aanbieders, an aanbieder what is its own; of messages each sees what it
    sent and what is meant for it. ``ziet`` is the column that has the party where the table has it otherwise: of an inzet the
    hoofdaannemer or the partner, each in a list of its own."""
    return or_(*kanten(tabel, code, ziet))


def kanten(tabel: Table, code: str, ziet: str | None = None) -> tuple[ColumnElement[bool], ...]:
    """The same in parts that share no row, each of which goes by an index of its own, in order."""
    if ziet is not None:
        return (tabel.c[ziet] == code,)
    if tabel is bericht:
        return bericht.c.verzender == code, (bericht.c.bestemming == code) & (bericht.c.verzender != code)
    kolom: ColumnElement[str] = tabel.c.gemeente if rol_met(code) is Ketenrol.GEMEENTE else tabel.c.aanbieder
    return (kolom == code,)
