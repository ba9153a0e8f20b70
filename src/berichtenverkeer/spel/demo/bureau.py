"""What the demonstration tells of the hoofdaannemer: what a partner may invoice over a month, and what is to be renewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...hoofdaannemer.looptijd import Maand
from ...standaard.getal import geschreven
from ..schrijven.bedrag import euro
from .opmaak import WET, kort, maak_tabel

_STAPPEN = {
    "stop_37": "stop 37", "evaluatie": "evaluatie", "opvolger": "opvolger", "start": "start", "inzorgmelding": "inzet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bureau:
    """One fixed maandstaat, and the list of herindicaties, as the hoofdaannemer sees them."""

    maandstaat: Mapping[str, Any]
    herindicaties: Sequence[Mapping[str, Any]]


def toon(console: Console, naam: str, bureau: Bureau) -> None:
    """Both as tables."""
    console.print(_maandstaat(naam, bureau.maandstaat))
    console.print(_herindicaties(naam, bureau.herindicaties))


def _maandstaat(naam: str, staat: Mapping[str, Any]) -> Table:
    maand = Maand.lees(staat["maand"]).naam
    uit = maak_tabel(
        f"{naam}: wat partner {staat['partner']} over {maand} factureert (maandstaat {staat['nummer']}, {staat['toestand']})"
    )
    uit.add_column("Toewijzing", no_wrap=True)
    uit.add_column("Klasse", no_wrap=True)
    uit.add_column("Berekening", ratio=1)
    uit.add_column("Bedrag", justify="right", no_wrap=True)
    for regel in staat["regels"]:
        uit.add_row(str(regel["toewijzingnummer"]), regel["klasse"], _zinnen(regel), euro(regel["bedrag"]))
    for een in staat["correcties"]:
        over = Maand.lees(een["maand"]).naam
        uit.add_row("correctie", over, _zinnen(een), euro(een["bedrag"]))
    for een in staat["bijdragen"]:
        over = Maand.lees(een["maand"]).naam
        deel = f"{geschreven(Decimal(str(een['percentage'] or 0)))} % van {euro(een['grondslag'])}, {een['segment']}"
        uit.add_row("bijdrage", over, deel, euro(-een["bedrag"]))
    uit.add_section()
    uit.add_row("[bold]totaal[/bold]", "", "", f"[bold]{euro(staat['totaal'])}[/bold]")
    return uit


def _zinnen(deel: Mapping[str, Any]) -> str:
    return escape(" ".join(deel["berekening"]))


def _herindicaties(naam: str, rijen: Sequence[Mapping[str, Any]]) -> Table:
    uit = maak_tabel(f"{naam}: herindicaties")
    for kop in ("Toewijzing", "Partner", "Einddatum", "Partner klaar"):
        uit.add_column(kop, no_wrap=True)
    uit.add_column("Gedaan", ratio=1)
    uit.add_column("Wacht op", no_wrap=True)
    for rij in rijen:
        gedaan = [
            f"{woord} {date.fromisoformat(stap['op']):%d-%m}"
            for veld, woord in _STAPPEN.items()
            if (stap := rij["stappen"][veld])
        ]
        uit.add_row(
            f"{rij['toewijzingnummer']} {WET[rij['domein']]}", rij["partner"] or "–", kort(rij["einddatum"]), kort(rij["uiterlijk"]),
            " · ".join(gedaan) or "–", f"{rij['wacht_op']}{', [red]te laat[/red]' if rij['te_laat'] else ''}",
        )  # fmt: skip
    return uit
