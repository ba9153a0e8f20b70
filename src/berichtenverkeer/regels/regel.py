"""How a rule is declared, and the register of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from inspect import cleandoc
from typing import Any, TypeVar

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.domein import RELEASE, Domein
from ..standaard.geldig import op_volgorde
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
    a signaal. With ``vanaf`` or ``tot`` it holds for what begins on or after, or on or before that day (``begin_van``). A rule that
    changed on a day is declared once for each period; ``eerder`` are those before this one.
    """

    code: str
    niveau: Niveau
    retourcode: str | None
    berichten: tuple[str, ...]
    klassen: tuple[type[Onderdeel], ...]
    functie: Regelfunctie
    domein: Domein | None = None
    ernst: Ernst = Ernst.FOUT
    vanaf: date | None = None
    tot: date | None = None
    eerder: "tuple[Regel, ...]" = ()

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
"""Every rule by its code, as in the release that is packaged."""

REGELS_IN: dict[str, dict[str, Regel | None]] = {}
"""By release: the rules that it has otherwise by their code, and None for one that it has no more."""


def regels_van(release: str) -> Iterator[Regel]:
    """The rules of a release, in order of their code."""
    alle: dict[str, Regel | None] = {**REGELS, **REGELS_IN.get(release, {})}
    return (een for _, regel in sorted(alle.items()) if regel is not None for een in (*regel.eerder, regel))


def zoek(code: str, release: str | None = None) -> Regel | None:
    """The rule with this code in a release, in the period that it has last; without a release that of the one that is packaged, else of
    any other that has it."""
    if release is None:
        daar = (regels[code] for regels in REGELS_IN.values() if regels.get(code) is not None)
        return REGELS.get(code) or next(daar, None)
    hier = REGELS_IN.get(release, {})
    return hier[code] if code in hier else REGELS.get(code)


def regel(
    niveau: Niveau,
    retourcode: str | None,
    berichten: str,
    *klassen: type[Onderdeel],
    domein: Domein | None = None,
    release: str = RELEASE,
    vanaf: date | None = None,
    tot: date | None = None,
    code: str | None = None,
) -> Callable[[Functie], Functie]:
    """Declare the function as the rule of its name, or of another ``code``. ``berichten`` are message numbers, separated by spaces. In
    another ``release`` it takes the place of the rule of that name, or is one more. A rule that changes on a day is declared for the days
    until then and for those from then on, in that order. Raises ``ValueError`` for a rule that is declared for these days already."""

    return _verklaar(niveau, retourcode, berichten, klassen, domein, Ernst.FOUT, release, (vanaf, tot), code)


def vervalt(release: str, code: str) -> None:
    """Say that a release has this rule no more. Raises ``KeyError`` for a code that is none."""
    REGELS_IN.setdefault(release, {})[REGELS[code].code] = None


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
    release: str = RELEASE,
    dagen: tuple[date | None, date | None] = (None, None),
    naam: str | None = None,
) -> Callable[[Functie], Functie]:
    def verklaar(functie: Functie) -> Functie:
        code = naam or functie.__name__
        hier = REGELS if release == RELEASE else REGELS_IN.setdefault(release, {})
        ander = hier.get(code)
        eerder = (*ander.eerder, ander) if ander is not None else ()
        if eerder and not op_volgorde(eerder[-1].tot, dagen[0]):
            raise ValueError(f"regel {code} is al verklaard voor deze dagen")
        nummers = tuple(berichten.split())
        hier[code] = Regel(code, niveau, retourcode, nummers, klassen, functie, domein, ernst, *dagen, eerder)
        return functie

    return verklaar
