"""A message as one reads it on a page: its lines, and beside each what was found there. Pure: bytes and findings in, lines out.

However large the message is, there is an end to what of it is shown: then the lines around what was found, and their neighbours are
told as left out. A Bsn is masked unless it is asked for. What would turn the order of a line or cannot be seen, is written as its number.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ...api.antwoord.problemen import BevindingUit
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import op_pad
from ...standaard.regelnummer import regelnummer
from ...standaard.xml import ontleed

MEESTE_REGELS, MEESTE_TEKENS = 400, 40_000
"""How much of a message is shown."""

MEESTE_BEVINDINGEN = 100
"""How many findings are written out beside it."""

_LANGSTE = 400
"""Characters of a line that are shown."""

_EROMHEEN = 3
"""Lines before and after one with a finding, where not all are shown."""

_BEGIN = 25
"""Lines at the beginning that are shown always: the Header."""

_OPMAKEN, _EEN_REGEL = 300_000, 1_000
"""A message of at most so many bytes is laid out anew when it has a line of so many: in one line nothing can be pointed at."""

_BSN = re.compile(rb"(<(?:[\w.-]+:)?Bsn\b[^>]*>)([^<]+)")
_VOOR_DE_LAATSTE_DRIE = re.compile(rb"\d(?=(?:\D*\d){3})")


@dataclass(frozen=True, slots=True)
class Regel:
    """A line; ``verder`` is how many of its characters are left out."""

    nummer: int
    tekst: str
    bevindingen: tuple[BevindingUit, ...] = ()
    verder: int = 0


@dataclass(frozen=True, slots=True)
class Gat:
    """Lines that are left out, both included."""

    van: int
    tot: int


@dataclass(frozen=True, slots=True)
class Blik:
    """What is shown. ``los`` are the findings that are on no line, ``meer`` how many findings are not written out, ``opgemaakt``: the
    lines are not those of the file, for it was laid out anew."""

    regels: tuple[Regel | Gat, ...]
    los: tuple[BevindingUit, ...] = ()
    meer: int = 0
    opgemaakt: bool = False

    @property
    def bevindingen(self) -> Iterator[tuple[int | None, BevindingUit]]:
        """The findings that are written out, each with its line."""
        for los in self.los:
            yield None, los
        for regel in self.regels:
            if isinstance(regel, Regel):
                for bevinding in regel.bevindingen:
                    yield regel.nummer, bevinding


def kijk(data: bytes, bevindingen: Sequence[BevindingUit], *, met_bsn: bool = False) -> Blik:
    """The lines of a message, with what was found beside them."""
    genoemd, meer = bevindingen[:MEESTE_BEVINDINGEN], max(0, len(bevindingen) - MEESTE_BEVINDINGEN)
    nieuw = _opgemaakt(data, genoemd)
    bytes_, plekken = nieuw or (data, [bevinding.regelnummer for bevinding in genoemd])
    per_regel: dict[int, list[BevindingUit]] = defaultdict(list)
    kaal = bytes_ if met_bsn else _BSN.sub(_afgeschermd, bytes_)
    alle = kaal.removesuffix(b"\n").split(b"\n")
    los = []
    for bevinding, plek in zip(genoemd, plekken, strict=True):
        if plek is not None and 1 <= plek <= len(alle):
            per_regel[plek].append(bevinding)
        else:
            los.append(bevinding)
    return Blik(tuple(_regels(alle, per_regel)), tuple(los), meer, nieuw is not None)


def _afgeschermd(gevonden: re.Match[bytes]) -> bytes:
    """What holds a Bsn, without any digit but the last three of it; its lines stay."""
    return gevonden[1] + _VOOR_DE_LAATSTE_DRIE.sub(b"*", gevonden[2])


def _regels(alle: Sequence[bytes], per_regel: Mapping[int, Sequence[BevindingUit]]) -> Iterator[Regel | Gat]:
    gekozen = _gekozen(len(alle), per_regel)
    over, vorige = MEESTE_TEKENS, 0
    for nummer in gekozen:
        regel = _regel(nummer, alle[nummer - 1], tuple(per_regel.get(nummer, ())))
        if over < len(regel.tekst) and not regel.bevindingen:
            continue
        over -= len(regel.tekst)
        if nummer > vorige + 1:
            yield Gat(vorige + 1, nummer - 1)
        yield regel
        vorige = nummer
    if vorige < len(alle):
        yield Gat(vorige + 1, len(alle))


def _gekozen(aantal: int, per_regel: Mapping[int, object]) -> list[int]:
    """The numbers of the lines that are shown."""
    if aantal <= MEESTE_REGELS:
        return list(range(1, aantal + 1))
    kring = {n for plek in per_regel for n in range(plek - _EROMHEEN, plek + _EROMHEEN + 1)} if per_regel else set()
    begin = range(1, (_BEGIN if per_regel else MEESTE_REGELS) + 1)
    ruim = sorted(n for n in kring | set(begin) if 1 <= n <= aantal)
    return sorted({*ruim[:MEESTE_REGELS], *per_regel})


def _regel(nummer: int, data: bytes, bevindingen: tuple[BevindingUit, ...]) -> Regel:
    begin = data[: 4 * _LANGSTE].removesuffix(b"\r").decode("utf-8", "replace")[:_LANGSTE]
    verder = max(0, len(data) - 1 - len(begin.encode()))
    return Regel(nummer, "".join(map(_zichtbaar, begin)), bevindingen, verder)


def _zichtbaar(teken: str) -> str:
    """What one cannot see or what turns the order of what stands around it, as its number."""
    if teken == "\t" or unicodedata.category(teken) not in ("Cc", "Cf", "Zl", "Zp"):
        return teken
    return f"[U+{ord(teken):04X}]"


def _opgemaakt(data: bytes, bevindingen: Sequence[BevindingUit]) -> tuple[bytes, list[int | None]] | None:
    """A message that stands in one line, laid out anew, and on which line each finding is then. None when it needs none, or cannot be."""
    if len(data) > _OPMAKEN or max(map(len, data.split(b"\n"))) <= _EEN_REGEL:
        return None
    try:
        wortel = ontleed(data)
        etree.indent(wortel)
        nieuw = etree.tostring(wortel, xml_declaration=True, encoding="UTF-8")
        wortel = ontleed(nieuw)
    except Berichtfout:
        return None
    return nieuw, [regelnummer(op_pad(wortel, een.pad), {}) if een.pad else None for een in bevindingen]
