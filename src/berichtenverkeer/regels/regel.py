"""How a rule is declared, and the register of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, TypeVar

from ..standaard.berichten.onderdeel import Onderdeel
from .bevinding import Niveau, Overtreding

Functie = TypeVar("Functie", bound=Callable[..., Iterator[Overtreding]])


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule of the standard and its declaration.

    ``functie`` takes an instance of one of ``klassen`` and a ``Context`` (level 2) or ``Kennis`` (above), and yields an
    ``Overtreding`` for each thing that is wrong. ``berichten`` are the numbers of the messages it is held against.
    """

    code: str
    niveau: Niveau
    retourcode: str
    berichten: tuple[str, ...]
    klassen: tuple[type[Onderdeel], ...]
    functie: Callable[[Any, Any], Iterator[Overtreding]]

    @property
    def eis(self) -> str:
        """What the rule asks and where its boundary lies: the docstring of its function."""
        return cleandoc(self.functie.__doc__ or "")


REGELS: dict[str, Regel] = {}
"""Every rule by its code."""


def regel(niveau: Niveau, retourcode: str, berichten: str, *klassen: type[Onderdeel]) -> Callable[[Functie], Functie]:
    """Declare the function as the rule of its name. ``berichten`` are message numbers, separated by spaces."""

    def verklaar(functie: Functie) -> Functie:
        code = functie.__name__
        if code in REGELS:
            raise ValueError(f"regel {code} is al verklaard")
        REGELS[code] = Regel(code, niveau, retourcode, tuple(berichten.split()), klassen, functie)
        return functie

    return verklaar
