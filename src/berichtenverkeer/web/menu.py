"""The main navigation: a module of pages says where it stands in it."""

from dataclasses import dataclass

from ..partijen.partij import Partijrol
from .toegang import LEZER, Eis, Ik


@dataclass(frozen=True, slots=True)
class Menupunt:
    """A word of the main navigation; who may not open it does not see it, and neither does who is none of ``voor``, as there is nothing
    for him. ``plek``: 0 is first."""

    titel: str
    pad: str
    plek: int
    eis: Eis = LEZER
    voor: frozenset[Partijrol] = frozenset(Partijrol)
    proefmodus: bool = False
    """Whether it is there in proefmodus only."""

    def ziet(self, ik: Ik) -> bool:
        """Whether it stands there for this person."""
        return ik.mag(self.eis) and (ik.gekozen is None or ik.gekozen.rol in self.voor)
