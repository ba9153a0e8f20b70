"""How values are written on a page: the filters of the templates.

Days as ``2 maart 2026``, amounts as ``€ 363,00``, codes with their meaning, a Bsn masked. What others wrote is isolated, so that marks
for writing from right to left in it change nothing around it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from ..klok import NEDERLAND
from ..levensloop.rekenen.tekst import getal
from ..regels.catalogus import catalogus
from ..standaard.codelijst import REDEN_BEEINDIGING, OnbekendeCodelijst, codelijst, in_enige_release
from ..standaard.domein import Domein
from ..tabellen.kolom import Soort

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

VAST = "\u00a0"
"""A space at which no line ends."""

LEEG = Markup('<span class="leeg">geen</span>')
"""What stands where there is nothing: a screen reader says it too."""

Keuzes = Sequence[tuple[str, str]]
"""What one chooses from in a form: values, with what one reads."""

_ANDERS_OM = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
"""Classes of characters (UAX 9) that turn the order of those around them."""


def datum(dag: date | None) -> str | Markup:
    """``2 maart 2026``."""
    return LEEG if dag is None else f"{dag.day}{VAST}{MAANDEN[dag.month - 1]}{VAST}{dag.year}"


def maand(maand_: str) -> str:
    """``2026-07`` as ``juli 2026``; what is no month as it is."""
    jaar, _, nummer = maand_.partition("-")
    return (
        f"{MAANDEN[int(nummer) - 1]}{VAST}{jaar}" if nummer.isdecimal() and 1 <= int(nummer) <= len(MAANDEN) else maand_
    )


def moment(moment_: datetime | None) -> str | Markup:
    """``2 maart 2026, 10:00``, in Dutch time."""
    if moment_ is None:
        return LEEG
    hier = moment_.astimezone(NEDERLAND)
    return f"{datum(hier.date())}, {hier:%H:%M}"


def geld(eurocent: int | None) -> str | Markup:
    """``€ 363,00``."""
    if eurocent is None:
        return LEEG
    heel, cent = divmod(abs(eurocent), 100)
    return f"{'−' if eurocent < 0 else ''}€{VAST}{getal(heel)},{cent:02}"


def bsn(nummer: str | None) -> Markup:
    """A Bsn of which only the last three digits show; all of it is shown by an act, which is logged."""
    if nummer is None:
        return LEEG
    return Markup(
        '<span class="bsn"><span aria-hidden="true">••••••{0}</span><span class="voorlezen">eindigt op {0}</span></span>'
    ).format(nummer[-3:])


def tekst(waarde: str | None) -> Markup:
    """What someone wrote; nothing in it changes the order of what stands around it."""
    if not waarde:
        return LEEG
    if not waarde.isascii() and any(unicodedata.bidirectional(teken) in _ANDERS_OM for teken in waarde):
        return Markup("<bdi>{}</bdi>").format(waarde)
    return escape(waarde)


def los(naam: str) -> str:
    """A name that stands in a sentence of ours: nothing in it changes the order of what stands around it."""
    if not any(unicodedata.bidirectional(teken) in _ANDERS_OM for teken in naam):
        return naam
    return f"{_LOS}{naam.replace(_WEER_VAST, '')}{_WEER_VAST}"


_LOS, _WEER_VAST = "\u2068", "\u2069"
"""Between these (FSI and PDI of UAX 9) the order is one of its own."""


def zin(waarde: str | None) -> Markup:
    """A sentence of ours, with its days as one reads them, and what stands between backticks as what one types."""
    return Markup(_TYPEN.sub(r'<span class="code">\1</span>', tekst(waarde and _DAG.sub(_als_dag, waarde))))


_TYPEN = re.compile(r"`([^`<>]+)`")
_DAG = re.compile(r"\b([12][0-9]{3})-([01][0-9])-([0-3][0-9])\b")


def _als_dag(gevonden: re.Match[str]) -> str:
    try:
        return str(datum(date.fromisoformat(gevonden[0])))
    except ValueError:
        return gevonden[0]


def woord(waarde: str | Enum | None) -> Markup:
    """A word of our own as one reads it: ``niet_gestart`` is niet gestart."""
    if waarde is None:
        return LEEG
    kaal = str(waarde.value if isinstance(waarde, Enum) else waarde)
    return escape(_WOORDEN.get(kaal, kaal.replace("_", " ")))


def werklijst(naam: str) -> str:
    """The name of a work list as one reads it: ``start-ontbreekt`` is Start ontbreekt."""
    return naam.replace("-", " ").capitalize()


_WOORDEN = {"iwmo": "Wmo", "ijw": "Jeugdwet", "beeindigd": "beëindigd"}


def code(waarde: str | None, lijst: str, domein: str = "iwmo") -> Markup:
    """A code of a code list with its meaning."""
    if waarde is None:
        return LEEG
    try:
        return met_betekenis(waarde, in_enige_release(lijst, domein).label(waarde))
    except (KeyError, OnbekendeCodelijst):
        return tekst(waarde)


def gemeentenaam(code_: str) -> str | None:
    """What the CBS calls a gemeente; None for what is no gemeente."""
    gevonden = in_enige_release("CBS", "iwmo").codes.get(code_)
    return gevonden.omschrijving if gevonden else None


def met_betekenis(waarde: str, betekenis: str | None) -> Markup:
    """A code and what it means."""
    return Markup('<span class="code">{}</span> {}').format(waarde, betekenis or "")


def keuzes_uit(lijst: str, domein: Domein, zonder: str) -> Keuzes:
    """The codes of a list to choose from; ``zonder`` is what is read for none."""
    codes = codelijst(lijst, domein)
    return [("", zonder), *((code_, f"{code_} {codes.label(code_)}") for code_ in sorted(codes.codes))]


def redenen_beeindiging(domein: Domein, zonder: str) -> Keuzes:
    """The reasons for which a delivery ends under this law, to choose from; ``zonder`` is what is read for none."""
    return keuzes_uit(REDEN_BEEINDIGING[domein], domein, zonder)


@cache
def _regels() -> frozenset[str]:
    return frozenset(regel.code for regel in catalogus())


def regelpad(code_: str) -> str | None:
    """Where a rule is explained; None for what is none of ours."""
    return f"/regels/{code_}" if code_ in _regels() else None


def toon(waarde: Any) -> str | Markup:
    """A value by what it is."""
    return next((schrijf(waarde) for soort, schrijf in _PER_TYPE if isinstance(waarde, soort)), escape(waarde))


_PER_TYPE: tuple[tuple[type, Callable[[Any], str | Markup]], ...] = (
    (type(None), lambda _: LEEG),
    (Markup, lambda waarde: waarde),
    (Enum, woord),
    (str, tekst),
    (bool, lambda waarde: "ja" if waarde else "nee"),
    (datetime, moment),
    (date, datum),
    (int, str),
    (Decimal, lambda waarde: str(waarde).replace(".", ",")),
)

PER_SOORT: Mapping[Soort, Callable[[Any], str | Markup]] = {
    Soort.EUROCENT: geld,
    Soort.DAG: datum,
    Soort.MOMENT: moment,
}
"""How the columns of a model are written whose type alone does not say it."""

FILTERS: Mapping[str, Callable[..., Any]] = {
    "bsn": bsn,
    "code": code,
    "datum": datum,
    "geld": geld,
    "getal": getal,
    "maand": maand,
    "moment": moment,
    "regelpad": regelpad,
    "tekst": tekst,
    "toon": toon,
    "werklijst": werklijst,
    "woord": woord,
    "zin": zin,
}
"""What a template may use."""
