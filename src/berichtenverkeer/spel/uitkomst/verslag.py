"""The outcome for people: per flow a line, and of one that differs its steps up to what differs, and why."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..spelen.belasting import Belasting
from ..spelen.vergelijken import Verschil
from ..spelen.verloop import ROEP, StapVerloop, Verloop

_WET = {"iwmo": "iWmo", "ijw": "iJw"}
_TEKEN = {"geslaagd": "[green]✓[/]", "verschil": "[red]✗[/]", "fout": "[red]![/]", "overgeslagen": "[yellow]–[/]"}

_GENOEMD = 40
"""So many codes and numbers are told of; the rest stands in the JSON."""


def toon(console: Console, verloop: Verloop) -> None:
    """One flow under one law."""
    kop = f"{_TEKEN[verloop.uitkomst]} [bold]{escape(verloop.naam)}[/] {_WET[verloop.wet]}"
    reden = verloop.fout or verloop.overgeslagen or verloop.flow.omschrijving
    console.print(f"{kop}  {escape(reden)}", highlight=False, soft_wrap=True)
    if gebruikt := [f"{naam} {waarde}" for naam, waarde in (*verloop.codes.items(), *verloop.namen.items())]:
        meer = f" en nog {len(gebruikt) - _GENOEMD}" if len(gebruikt) > _GENOEMD else ""
        console.print(f"  [dim]met {escape(', '.join(gebruikt[:_GENOEMD]))}{meer}[/]", highlight=False, soft_wrap=True)
    for wat, keer in Counter(verloop.niet_bekeken).items():
        vaker = f" ({keer} keer)" if keer > 1 else ""
        console.print(f"  [yellow]niet bekeken:[/] {escape(wat)}{vaker}", highlight=False, soft_wrap=True)
    if verloop.uitkomst in ("verschil", "fout"):
        for _, reeks in groupby(verloop.stappen, key=lambda stap: (stap.regel, stap.uitkomst, bool(stap.verschillen))):
            eerste, *rest = reeks
            _stap(console, eerste)
            if rest:
                console.print(f"      en nog {len(rest)} keer", highlight=False)
    if verloop.afwijking:
        console.print(
            "  De bewaarde tijdlijn is anders; klopt de nieuwe, bewaar haar dan met --update.", highlight=False
        )
        for regel in verloop.afwijking.splitlines():
            kleur = {"-": "red", "+": "green"}.get(regel[0], "dim") if regel else "dim"
            console.print(f"    [{kleur}]{escape(regel)}[/]", highlight=False, soft_wrap=True)


def slot(console: Console, verlopen: Sequence[Verloop]) -> None:
    """How many there were of each outcome."""
    geteld = Counter(verloop.uitkomst for verloop in verlopen)
    delen = [f"{geteld[uitkomst]} {woord}" for uitkomst, woord in _WOORDEN.items() if geteld[uitkomst]]
    console.print(f"{len(verlopen)} gespeeld: {', '.join(delen) or 'niets'}.", highlight=False)


def belasting(console: Console, gemeten: Belasting) -> None:
    """How much, how fast, and per kind of message how long it took."""
    console.print(
        f"{gemeten.berichten} berichten in {gemeten.seconden:.1f} s: {gemeten.per_seconde:.0f} per seconde.",
        highlight=False,
    )
    tabel = Table(box=None, pad_edge=False)
    tabel.add_column("soort")
    for kop in ("aantal", "p50 ms", "p95 ms", "hoogste ms"):
        tabel.add_column(kop, justify="right")
    for soort in gemeten.soorten:
        tijden = (f"{1000 * tijd:.0f}" for tijd in (soort.p50, soort.p95, soort.hoogste))
        tabel.add_row(soort.soort, str(soort.aantal), *tijden)
    console.print(tabel, highlight=False)


_WOORDEN = {
    "geslaagd": "geslaagd",
    "verschil": "met een verschil",
    "fout": "met een fout",
    "overgeslagen": "overgeslagen",
}


def _stap(console: Console, stap: StapVerloop) -> None:
    teken = "[red]→[/]" if stap.verschillen else " "
    wie = f"{stap.van} → {stap.naar}" if stap.naar else stap.van
    wat, uitkomst = stap.wat, stap.uitkomst
    if stap.deur == ROEP:  # an address is longer than what came of it
        wat, _, adres = stap.wat.partition(" ")
        uitkomst = f"{uitkomst}  {adres}"
    console.print(
        f"  {teken} {stap.moment:%d-%m-%Y %H:%M}  {escape(wat):14} {escape(wie):26} {escape(uitkomst)}",
        highlight=False,
        soft_wrap=True,
    )
    for verschil in stap.verschillen:
        _verschil(console, stap, verschil)


def _verschil(console: Console, stap: StapVerloop, verschil: Verschil) -> None:
    console.print(
        f"      [red]{escape(verschil.wat)}[/] (regel {verschil.regel or stap.regel} van de flow): verwacht "
        f"[bold]{escape(verschil.verwacht)}[/], gekregen [bold]{escape(verschil.gekregen)}[/]",
        highlight=False,
        soft_wrap=True,
    )
    if verschil.uitleg:
        console.print(f"      [dim]{escape(verschil.uitleg)}[/]", highlight=False, soft_wrap=True)
