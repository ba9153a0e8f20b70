"""The main navigation: a module of pages says where it stands in it."""

from dataclasses import dataclass

from .toegang import LEZER, Eis


@dataclass(frozen=True, slots=True)
class Menupunt:
    """A word of the main navigation; who may not open it does not see it. ``plek``: 0 is first."""

    titel: str
    pad: str
    plek: int
    eis: Eis = LEZER
