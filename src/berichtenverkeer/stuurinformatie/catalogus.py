"""All figures: every module of ``kpis`` is one, so that adding one takes its module only."""

from collections.abc import Mapping
from importlib import import_module

from . import kpis
from .kpi import Kpi

_VOLGORDE = (
    "instroom", "uitstroom", "in_zorg", "wachttijd", "wachtenden", "wacht_te_lang", "start_tijdig", "stop_tijdig", "stop_ontbreekt",
    "responsetijd", "doorlooptijd_verzoek", "trajectduur", "uitval", "uitstroom_reden", "terugkeer", "herhaald_beroep", "doorstroom",
    "verzilvering", "eerste_keer_goed", "afkeur_reden", "afkeurbedrag", "mix", "bezetting", "marge", "bestedingsruimte",
)  # fmt: skip
"""In the order in which they are shown: that of a client's way, then messages and money."""


def _kpi(module: str) -> Kpi:
    kpi = import_module(f"{kpis.__name__}.{module}").KPI
    assert isinstance(kpi, Kpi)
    return kpi


KPIS: Mapping[str, Kpi] = {kpi.code: kpi for kpi in map(_kpi, _VOLGORDE)}
"""Every figure by its code."""


def namen() -> list[str]:
    """The names by which some figure can be grouped."""
    return sorted({naam for kpi in KPIS.values() for naam in kpi.per})


def uit_tekst(tekst: str) -> list[str]:
    """The names in a text with commas between them. A comma or a space too many names nothing; who writes only these named something that
    does not exist.

    >>> uit_tekst("INSTROOM, UITSTROOM,"), uit_tekst(","), uit_tekst("")
    (['INSTROOM', 'UITSTROOM'], [','], [])
    """
    gevonden = [naam for deel in tekst.split(",") if (naam := deel.strip())]
    return gevonden or ([tekst] if tekst else [])
