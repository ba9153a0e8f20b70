"""What a hoofdaannemer or partner asks and does not get."""

from collections.abc import Iterable
from dataclasses import dataclass

from .looptijd import Looptijd


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """One thing that is wrong: the field it is about, what is wrong and what to do, in Dutch without personal data."""

    veld: str
    melding: str
    advies: str = ""

    def __str__(self) -> str:
        return f"{self.melding} {self.advies}".rstrip()


class Geweigerd(ValueError):
    """What breaks a rule is refused and changes nothing (contract, Inzet: 422). All that is wrong is told at once.

    ``niet_gedekt`` are the days without contract (rules 3 and 4).
    """

    def __init__(self, bezwaren: Iterable[Bezwaar], niet_gedekt: Iterable[Looptijd] = ()) -> None:
        self.bezwaren = tuple(bezwaren)
        self.niet_gedekt = tuple(niet_gedekt)
        super().__init__(" ".join(map(str, self.bezwaren)))


class Botsing(Exception):
    """What is asked does not go with how things stand: done before, or on what is vervallen (contract: 409). The text says
    so in Dutch."""


class NietGevonden(LookupError):
    """What is asked about is not there, or belongs to others: the two are not told apart (contract, rule 7: 404). ``wat`` is its
    name in Dutch, ``advies`` what to do when it cannot be of others."""

    def __init__(self, wat: str, advies: str = "") -> None:
        super().__init__(f"{wat} is niet gevonden. {advies}".rstrip())
        self.wat = wat
        self.advies = advies


def geweigerd(veld: str, melding: str, advies: str = "") -> Geweigerd:
    """A refusal for one reason."""
    return Geweigerd((Bezwaar(veld, melding, advies),))
