"""Partners, their contracts, and the days these cover (contract, Inzet, rules 3 and 4)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .fouten import geweigerd
from .looptijd import Looptijd, zonder

_CODE = re.compile(r"[0-9]{8}|[A-Za-z][A-Za-z0-9]{1,7}")
CODE_ADVIES = (
    "Vul een AGB-code van 8 cijfers, of een eigen code van 2 tot en met 8 letters en cijfers die met een letter begint."
)


def is_code(tekst: str) -> bool:
    """Whether a partner may have this code: an AGB code, or an own one."""
    return _CODE.fullmatch(tekst) is not None


class Partnersoort(StrEnum):
    """What a partner is to the hoofdaannemer."""

    COMBINANT = "combinant"
    STRATEGISCH = "strategisch"
    ONDERAANNEMER = "onderaannemer"


@dataclass(frozen=True, slots=True)
class Contractregel:
    """One line of a contract: a gemeente and a segment, None for all, from ``van`` to ``tot``. ``toestemming``: the gemeente
    agreed to this onderaannemer. Raises ``Geweigerd`` when it ends before it begins."""

    gemeente: str | None
    segment: str | None
    van: date
    tot: date | None = None
    toestemming: bool = False

    def __post_init__(self) -> None:
        if self.tot is not None and self.tot < self.van:
            raise geweigerd("tot", f"De contractregel eindigt ({self.tot}) voor zij begint ({self.van}).")


@dataclass(frozen=True, slots=True)
class Partner:
    """Whom the hoofdaannemer works with. ``code`` is an AGB code, or an own code of 2 to 8 letters and digits that begins with a
    letter; raises ``Geweigerd`` for another."""

    code: str
    naam: str
    soort: Partnersoort
    contract: tuple[Contractregel, ...] = ()
    kvk: str | None = None

    def __post_init__(self) -> None:
        if not is_code(self.code):
            raise geweigerd("code", f"{self.code!r} is geen code voor een partner.", CODE_ADVIES)


def gedekt(partner: Partner, gemeente: str, segment: str, *, toestemming_vereist: bool) -> Iterator[Looptijd]:
    """The periods that the contract covers for a gemeente and segment; they may overlap. Where consent is asked for, of an
    onderaannemer only the lines that have it."""
    nodig = toestemming_vereist and partner.soort is Partnersoort.ONDERAANNEMER
    for regel in partner.contract:
        past = regel.gemeente in (None, gemeente) and regel.segment in (None, segment)
        if past and (regel.toestemming or not nodig):
            yield Looptijd(regel.van, regel.tot)


def niet_gedekt(
    partner: Partner, gemeente: str, segment: str, periode: Looptijd, *, toestemming_vereist: bool = False
) -> tuple[Looptijd, ...]:
    """The days of a period without contract, an open end included; empty when every day is covered."""
    return zonder(periode, gedekt(partner, gemeente, segment, toestemming_vereist=toestemming_vereist))


def opgesomd(perioden: Iterable[Looptijd]) -> str:
    """Periods in a sentence."""
    return ", ".join(map(str, perioden))
