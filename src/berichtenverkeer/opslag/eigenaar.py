"""Whose rows a party may see: a condition in every query."""

from sqlalchemy import ColumnElement, Table

_CIJFERS_GEMEENTE = 4


def van_partij(tabel: Table, code: str) -> ColumnElement[bool]:
    """A gemeente (4 digits) sees what is between it and its aanbieders, an aanbieder (8 digits) what is its own."""
    return (tabel.c.gemeente if len(code) == _CIJFERS_GEMEENTE else tabel.c.aanbieder) == code
