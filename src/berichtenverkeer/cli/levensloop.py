"""The life cycles: every state, every transition, and the rules that guard it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from ..hoofdaannemer.levenslopen import GEEN, TABELLEN, Rij, Tabel, pijlen
from ..levensloop.overgangen import BUITEN_DE_REGELS

_KOPPEN = ("Nr", "Gebeurtenis", "Van", "Naar", "Regels", "Toelichting")


def levensloop(
    als_markdown: Annotated[
        bool, typer.Option("--markdown", help="Als Markdown, de inhoud van docs/levensloop.md.")
    ] = False,
) -> None:
    """Toon de toestanden van toewijzing, levering, verzoek, declaratie en inzet, en wat van de ene naar de andere leidt."""
    if als_markdown:
        typer.echo(markdown(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for naam, (tabel, _) in TABELLEN.items():
        uit = Table(*_KOPPEN, title=naam, title_justify="left", box=None, pad_edge=False)
        for cellen in _rijen(tabel):
            uit.add_row(*cellen)
        console.print(uit)


def markdown() -> str:
    """The tables and their diagrams as docs/levensloop.md has them."""
    delen = [_INLEIDING]
    for naam, (tabel, uitleg) in TABELLEN.items():
        rijen = [_rij(_KOPPEN), _rij("---" for _ in _KOPPEN), *(_rij(cellen) for cellen in _rijen(tabel))]
        toestanden = [_rij(("Toestand", "Betekenis")), _rij(("---", "---")), *_betekenissen(tabel)]
        delen += [f"## {naam}\n\n{uitleg}\n", *toestanden, f"\n{_diagram(tabel)}\n", *rijen, ""]
    return "\n".join(delen)


_INLEIDING = f"""\
# Levensloop

Gemaakt uit de code met `berichtenverkeer levensloop --markdown`; de tests houden dit bestand ernaast.

Alleen een goedgekeurd bericht leidt naar een andere toestand. Iedere rij zegt van welke toestand een gebeurtenis naar welke
leidt, en welke regels haar tegenhouden of voorschrijven; wat een regel vraagt staat in [regels.md](regels.md). Een rij met (a)
is afgeleid: de standaard zegt haar niet met zoveel woorden. De tijdlijn van een toewijzing noemt dezelfde namen.

In de diagrammen staan de pijlen naar een andere toestand. Een rij met dezelfde toestanden bij Van en Naar heeft er geen pijl:
zij kan van ieder daarvan naar ieder ander leiden, of alles laten zoals het was.

Een ontvanger kan zelf oordelen; wat hij beslist, geldt. Leidt dat ergens heen waar geen rij voor is, dan zegt de tijdlijn:

> {BUITEN_DE_REGELS}
"""


def _diagram(tabel: Tabel) -> str:
    """The state diagram: one arrow for each pair of states."""
    regels = [f"    {_punt(van)} --> {_punt(naar)}{_bij(rijen)}" for (van, naar), rijen in pijlen(tabel).items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *regels, "```"])


def _bij(rijen: Iterable[Rij]) -> str:
    tekst = ", ".join(dict.fromkeys(rij.gebeurtenis for _, rij in rijen))
    return f": {tekst}" if tekst else ""


def _punt(toestand: str) -> str:
    return "[*]" if toestand == GEEN else toestand


def _rijen(tabel: Tabel) -> Iterator[tuple[str, ...]]:
    for nummer, rij in enumerate(tabel, start=1):
        yield (
            str(nummer), rij.gebeurtenis, _toestanden(rij.van), _toestanden(rij.naar), ", ".join(rij.regels), rij.toelichting,
        )  # fmt: skip


def _betekenissen(tabel: Tabel) -> Iterator[str]:
    return (_rij((f"`{woord}`", woord.betekenis)) for woord in type(tabel[0].van[0]))


def _toestanden(toestanden: Iterable[str]) -> str:
    return ", ".join(toestand.replace("_", " ") for toestand in toestanden)


def _rij(cellen: Iterable[str]) -> str:
    return f"| {' | '.join(cellen)} |"
