"""The columns of a kind of file as they are written, so that what is written is read as the same."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ...tabellen.kolom import Kolom, Soort
from . import cel, soorten

_SOORTEN: Mapping[cel.Lezer, Soort] = {
    cel.dag: Soort.DAG,
    cel.eurocent: Soort.EUROCENT,
    cel.ja_nee: Soort.JA_NEE,
    cel.aantal: Soort.GETAL,
    cel.jaar: Soort.GETAL,
    cel.nummer: Soort.GETAL,
    cel.percentage: Soort.GETAL,
}
"""What a column holds, by how its cells are read; others hold text."""


def uitkolom(kolom: soorten.Kolom) -> Kolom:
    """The column of rows by name."""
    naam = kolom.naam
    lees = _als_getal if kolom.lees is cel.percentage else _zoals_het_is
    return Kolom(naam, _SOORTEN.get(kolom.lees, Soort.TEKST), lambda rij: lees(rij[naam]))


def _zoals_het_is(waarde: Any) -> Any:
    return waarde


def _als_getal(waarde: Any) -> Decimal | None:
    """A percentage is kept as text."""
    return None if waarde is None else Decimal(waarde)
