"""A YAML file read as text, with the line of everything in it.

Every scalar stays text, as it does in the XML: ``02`` is not a number and ``1950-05-17`` not a timestamp. Only an empty value
or ``~`` is None. A key that stands twice is a fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from ...zegbaar import Zegbaar


class FlowFout(Zegbaar):
    """A flow file that cannot be read or composed: which file, which line, what is wrong and what to do about it."""

    def __init__(self, pad: Path, regel: int, melding: str, advies: str = "") -> None:
        self.pad, self.regel, self.melding, self.advies = pad, regel, melding, advies
        super().__init__(f"{pad}:{regel}: {melding}" + (f" {advies}" if advies else ""))


class Lezer(yaml.SafeLoader):
    """The failsafe schema, and null."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML has it so)
        letter: [
            (tag, patroon) for tag, patroon in regels if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
        ]
        for letter, regels in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class Bron:
    """What a file says, and the tree it was read from."""

    pad: Path
    inhoud: Any
    knoop: yaml.Node | None

    def regel(self, plek: Iterable[str | int]) -> int:
        """The line, from 1, of the deepest part of this place that stands in the file."""
        regel, hier = 1, self.knoop
        for stap in plek:
            if isinstance(hier, yaml.MappingNode):
                paar = next((paar for paar in hier.value if paar[0].value == str(stap)), None)
                if paar is None:
                    break
                regel, hier = paar[0].start_mark.line + 1, paar[1]
            elif isinstance(hier, yaml.SequenceNode) and isinstance(stap, int) and stap < len(hier.value):
                hier = hier.value[stap]
                regel = hier.start_mark.line + 1
            else:
                break
        return regel


def lees_bron(pad: Path) -> Bron:
    """The file as text. Raises ``FlowFout``."""
    try:
        tekst = pad.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fout:
        raise FlowFout(pad, 1, "dit bestand is niet te lezen.", "Controleer de naam; de inhoud is UTF-8.") from fout
    try:
        lezer = Lezer(tekst)
        knoop = lezer.get_single_node()
        _enkel(pad, knoop)
        return Bron(pad, None if knoop is None else lezer.construct_document(knoop), knoop)
    except yaml.YAMLError as fout:
        plek = getattr(fout, "problem_mark", None)
        melding = getattr(fout, "problem", None) or "het teken is niet toegestaan"
        raise FlowFout(
            pad, plek.line + 1 if plek else 1, f"dit is geen YAML: {melding}.",
            "Let op inspringen, en zet tekst met : of { tussen aanhalingstekens.",
        ) from fout  # fmt: skip


def _enkel(pad: Path, knoop: yaml.Node | None) -> None:
    if isinstance(knoop, yaml.MappingNode):
        gezien: set[str] = set()
        for sleutel, waarde in knoop.value:
            if sleutel.value in gezien and sleutel.value != "<<":
                raise FlowFout(
                    pad, sleutel.start_mark.line + 1, f"{sleutel.value} staat hier voor de tweede keer.",
                    "Laat er een staan.",
                )  # fmt: skip
            gezien.add(str(sleutel.value))
            _enkel(pad, waarde)
        _heel(pad, knoop)
    elif isinstance(knoop, yaml.SequenceNode):
        for item in knoop.value:
            _enkel(pad, item)


def _heel(pad: Path, knoop: yaml.MappingNode) -> None:
    """No amount was cut at its comma: between braces YAML reads ``€ 363,50`` as two things."""
    for (_, bedrag), (sleutel, waarde) in pairwise(knoop.value):
        if str(bedrag.value).startswith("€") and str(sleutel.value).isdigit() and waarde.value == "":
            raise FlowFout(
                pad, sleutel.start_mark.line + 1, f"{bedrag.value},{sleutel.value} is hier in tweeën gelezen.",
                f'Zet het tussen aanhalingstekens: "{bedrag.value},{sleutel.value}".',
            )  # fmt: skip
