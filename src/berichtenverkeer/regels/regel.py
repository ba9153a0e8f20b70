"""How a rule is declared, and the register of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, TypeVar

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.domein import Domein
from .bevinding import Ernst, Niveau, Overtreding
from .instelling import Instelling, van_regel

Functie = TypeVar("Functie", bound=Callable[..., Iterator[Overtreding]])


Regelfunctie = Callable[[Any, Any], Iterator[Overtreding]]
"""What a rule is written as."""


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule of the standard and its declaration: ``regel`` or ``signaal``.

    ``functie`` takes an instance of one of ``klassen`` and a ``Context`` (level 2) or ``Kennis`` (above), and yields an
    ``Overtreding`` for each thing that is wrong. ``berichten`` are the numbers of the messages it is held against;
    ``domein`` is set when only one law has the rule; ``retourcode`` is None for what no message can answer (325) and for
    a signaal.
    """

    code: str
    niveau: Niveau
    retourcode: str | None
    berichten: tuple[str, ...]
    klassen: tuple[type[Onderdeel], ...]
    functie: Regelfunctie
    domein: Domein | None = None
    ernst: Ernst = Ernst.FOUT

    def geldt_voor(self, soort: Berichtsoort) -> bool:
        """Whether the rule is held against this kind of message of this law."""
        return soort.nummer in self.berichten and soort.domein in self.domeinen

    @property
    def domeinen(self) -> tuple[Domein, ...]:
        """The laws that have the rule."""
        return (self.domein,) if self.domein else tuple(Domein)

    @property
    def eis(self) -> str:
        """What the rule asks and where its boundary lies: the docstring of its function."""
        return cleandoc(self.functie.__doc__ or "")

    @property
    def instellingen(self) -> tuple[Instelling, ...]:
        """The choices in how the rule is held."""
        return van_regel(self.code)


REGELS: dict[str, Regel] = {}
"""Every rule by its code."""


def regel(
    niveau: Niveau, retourcode: str | None, berichten: str, *klassen: type[Onderdeel], domein: Domein | None = None
) -> Callable[[Functie], Functie]:
    """Declare the function as the rule of its name. ``berichten`` are message numbers, separated by spaces."""

    return _verklaar(niveau, retourcode, berichten, klassen, domein, Ernst.FOUT)


def signaal(
    niveau: Niveau, berichten: str, *klassen: type[Onderdeel], domein: Domein | None = None
) -> Callable[[Functie], Functie]:
    """Declare the function as the operational rule of its name: what it finds is told, and refuses nothing."""
    return _verklaar(niveau, None, berichten, klassen, domein, Ernst.SIGNAAL)


def _verklaar(
    niveau: Niveau,
    retourcode: str | None,
    berichten: str,
    klassen: tuple[type[Onderdeel], ...],
    domein: Domein | None,
    ernst: Ernst,
) -> Callable[[Functie], Functie]:
    def verklaar(functie: Functie) -> Functie:
        code = functie.__name__
        if code in REGELS:
            raise ValueError(f"regel {code} is al verklaard")
        REGELS[code] = Regel(code, niveau, retourcode, tuple(berichten.split()), klassen, functie, domein, ernst)
        return functie

    return verklaar
