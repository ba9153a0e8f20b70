"""A field of a form that does something: how it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .opmaak import Keuzes


@dataclass(frozen=True, slots=True)
class Veld:
    """A field; with ``keuzes`` one chooses, with ``groot`` there is room for more lines."""

    naam: str
    titel: str
    hint: str = ""
    soort: str = "text"
    keuzes: Keuzes | None = None
    groot: bool = False
    verplicht: bool = True


def met_keuzes(velden: tuple[Veld, ...], keuzes: Mapping[str, Keuzes]) -> tuple[Veld, ...]:
    """The same fields, of which some have their choices, by name."""
    return tuple(replace(veld, keuzes=keuzes.get(veld.naam, veld.keuzes)) for veld in velden)
