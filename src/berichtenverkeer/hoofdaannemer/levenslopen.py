"""All life cycles: every table of transitions, that of an inzet among them, as the docs and the pages show them."""

from collections import defaultdict
from typing import Any

from ..levensloop.overgangen import DECLARATIE, LEVERING, PRESTATIE, TOEWIJZING, VERZOEK, Overgang
from .overgangen import AANNAME, INZET

Tabel = tuple[Overgang[Any], ...]

TABELLEN: dict[str, tuple[Tabel, str]] = {
    "Toewijzing": (
        TOEWIJZING,
        "De toestand van een ToewijzingNummer op een dag. Van meer versies geldt de nieuwste naar Toewijzingsdatum en "
        "Toewijzingstijd, in welke volgorde ze ook binnenkomen.",
    ),
    "Levering": (
        LEVERING,
        "De toestand van de levering op één toewijzing: gestart zolang een start openstaat, anders wat de laatste start werd.",
    ),
    "Verzoek": (
        VERZOEK,
        "De toestand van een verzoek: van ieder product van een VOT (315) afzonderlijk, van een VOW (317) als geheel.",
    ),
    "Declaratie": (DECLARATIE, "De toestand van een 323 als geheel."),
    "Prestatie": (PRESTATIE, "De toestand van één Prestatie in een 323."),
    "Inzet": (
        INZET,
        "De toestand, op een dag, van een toewijzing of een periode ervan die een hoofdaannemer aan een partner doorgeeft. Hier zijn het "
        "handelingen en geen berichten die haar veranderen, en wat een 301 van haar toewijzing maakt; de regels zijn die van "
        "[hoofdaannemer.md](hoofdaannemer.md).",
    ),
    "Aanname": (AANNAME, "Wat de partner van een inzet zegt. Zij telt, ook voor het geld, tot hij weigert."),
}
"""Every table of transitions, with what it is about."""

GEEN = "geen"
"""The state before the first event."""

Rij = tuple[int, Overgang[Any]]
"""A row of a table with its number, from 1."""


def pijlen(tabel: Tabel) -> dict[tuple[str, str], list[Rij]]:
    """The arrows of its diagram: of each pair of different states the rows that lead from the one to the other. A row with the same
    states before and after has none. The first arrow says where it begins, and may be of no row."""
    uit: dict[tuple[str, str], list[Rij]] = defaultdict(list)
    begin = tabel[0].van[0]
    if begin != GEEN:
        uit[GEEN, begin] = []
    for nummer, rij in enumerate(tabel, start=1):
        if rij.van == rij.naar:
            continue
        for van in rij.van:
            for naar in rij.naar:
                if van != naar:
                    uit[van, naar].append((nummer, rij))
    return uit
