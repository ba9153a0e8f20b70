"""A field of a form that does something: how it is asked for."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from ..opmaak import Keuzes


@dataclass(frozen=True, slots=True)
class Veld:
    """A field; with ``keuzes`` one chooses, with ``groot`` there is room for more lines.

    On a page of a proposal a field that is a ``vraag`` of it gets the choices of that; without ``altijd`` it is there only then, and
    ``leeg`` is what it says when nothing is chosen in it. ``bij`` is the name of a question that more fields answer."""

    naam: str
    titel: str
    hint: str = ""
    soort: str = "text"
    keuzes: Keuzes | None = None
    groot: bool = False
    verplicht: bool = True
    altijd: bool = True
    leeg: str = ""
    bij: str = ""

    def antwoordt(self, vragen: Container[str]) -> bool:
        """Whether it answers one of these questions."""
        return self.naam in vragen or self.bij in vragen


def met_keuzes(velden: tuple[Veld, ...], keuzes: Mapping[str, Keuzes]) -> tuple[Veld, ...]:
    """The same fields, of which some have their choices, by name."""
    return tuple(replace(veld, keuzes=keuzes.get(veld.naam, veld.keuzes)) for veld in velden)
