"""What stands once in a flow and is meant many times: ``keer: 500`` in a step, a row or a name with ``#`` in it. Pure.

A ``#`` is the number of each: 1 to 500, and with ``keer: 0-499`` those. All keep the line of the one that was written.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from .bron import Bron, FlowFout, Lezer

_KEER = "keer"
_TEKEN = "#"
_REEKS = re.compile(r"(?:(\d{1,5})-)?(\d{1,5})", re.ASCII)
_HOOGSTENS = 10_000


def vermenigvuldigd(bron: Bron) -> Bron:
    """The same with every ``keer`` written out. Raises ``FlowFout``."""
    if bron.knoop is None:
        return bron
    knoop = _uitgeschreven(bron.pad, bron.knoop)
    return Bron(bron.pad, Lezer("").construct_document(knoop), knoop)


def _uitgeschreven(pad: Path, knoop: yaml.Node) -> yaml.Node:
    if isinstance(knoop, yaml.SequenceNode):
        items = [kopie for item in knoop.value for kopie in _keren(pad, None, _uitgeschreven(pad, item))]
        return _met(knoop, [item for _, item in items])
    if isinstance(knoop, yaml.MappingNode):
        paren = [(naam, _uitgeschreven(pad, waarde)) for naam, waarde in knoop.value]
        namen = [kopie for naam, waarde in paren for kopie in _namen(pad, naam, waarde)]
        return _met(knoop, namen)
    return knoop


def _namen(pad: Path, naam: yaml.Node, waarde: yaml.Node) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    if _TEKEN in str(naam.value):
        yield from _keren(pad, naam, waarde)
    else:
        yield naam, waarde


def _keren(pad: Path, naam: yaml.Node | None, knoop: yaml.Node) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    """So many copies as it says, each with its number; itself when it says nothing."""
    gezegd = (
        next((waarde for sleutel, waarde in knoop.value if sleutel.value == _KEER), None)
        if isinstance(knoop, yaml.MappingNode)
        else None
    )
    if gezegd is None:
        yield naam, knoop
        return
    gevonden = _REEKS.fullmatch(str(gezegd.value)) if isinstance(gezegd, yaml.ScalarNode) else None
    van, tot = (int(gevonden[1] or 1), int(gevonden[2])) if gevonden else (1, 0)
    if not van <= tot < van + _HOOGSTENS:
        raise FlowFout(
            pad, gezegd.start_mark.line + 1, "keer is geen aantal.", f"Schrijf keer: 500, of keer: 0-499; hoogstens {_HOOGSTENS}."
        )  # fmt: skip
    rest = _met(knoop, [(sleutel, waarde) for sleutel, waarde in knoop.value if sleutel.value != _KEER])
    for nummer in range(van, tot + 1):
        yield (None if naam is None else _genummerd(naam, str(nummer))), _genummerd(rest, str(nummer))


def _genummerd(knoop: yaml.Node, nummer: str) -> yaml.Node:
    if isinstance(knoop, yaml.ScalarNode):
        return _met(knoop, knoop.value.replace(_TEKEN, nummer)) if _TEKEN in knoop.value else knoop
    if isinstance(knoop, yaml.SequenceNode):
        return _met(knoop, [_genummerd(item, nummer) for item in knoop.value])
    return _met(knoop, [(_genummerd(naam, nummer), _genummerd(waarde, nummer)) for naam, waarde in knoop.value])


def _met(knoop: yaml.Node, waarde: object) -> yaml.Node:
    return type(knoop)(knoop.tag, waarde, knoop.start_mark, knoop.end_mark)
