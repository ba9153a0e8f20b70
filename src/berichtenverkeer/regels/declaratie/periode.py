"""Rules on the periods of a declaratie (323) and of its answer (325)."""

from collections.abc import Iterator
from datetime import date, timedelta

from ...standaard.berichten.basis import GeslotenPeriode
from ...standaard.berichten.declaratie import Bericht323, Declaratie, Prestatie
from ..algemeen.datums import einde_na_begin, jaren_eerder
from ..bevinding import Niveau, Overtreding
from ..kennis import Context
from ..regel import regel

_EERSTE_DAG = date(2021, 1, 1)
"""No period of a declaratie lies before this day (CS100)."""

_MET_PERIODE = (Declaratie, Prestatie)
_MetPeriode = Declaratie | Prestatie


@regel(Niveau.BERICHT, "0001", "323 325", *_MET_PERIODE)
def TR137(deel: _MetPeriode, context: Context) -> Iterator[Overtreding]:
    """De Einddatum van een periode ligt niet vóór Begindatum en niet na Dagtekening; gelijk mag.

    De bron noemt geen element (afgeleid): DeclaratiePeriode en ProductPeriode in 323, ProductPeriode in 325. Een
    declaratie over een maand is dus op zijn vroegst op de laatste dag van die maand gedagtekend.
    """
    naam, periode = _periode(deel)
    yield from einde_na_begin(deel, f"{naam}/Einddatum", periode.Einddatum, "Begindatum", periode.Begindatum)
    if periode.Einddatum > context.dagtekening:
        yield Overtreding(
            deel,
            f"{naam}/Einddatum",
            f"Einddatum {periode.Einddatum} ligt na Dagtekening {context.dagtekening}.",
            "Declareer een periode pas als zij voorbij is.",
        )


@regel(Niveau.BERICHT, "0001", "323", Prestatie)
def TR335(prestatie: Prestatie, context: Context) -> Iterator[Overtreding]:
    """ProductPeriode/Einddatum ligt hoogstens 5 jaar vóór DeclaratieDagtekening; precies 5 jaar mag.

    De bron noemt alleen Einddatum (afgeleid: die van ProductPeriode).
    """
    assert isinstance(context.bericht, Bericht323)
    dagtekening = context.bericht.Declaratie.DeclaratieDagtekening
    einde = prestatie.ProductPeriode.Einddatum
    if einde < jaren_eerder(dagtekening, 5):
        yield Overtreding(
            prestatie,
            "ProductPeriode/Einddatum",
            f"Einddatum {einde} ligt meer dan 5 jaar vóór DeclaratieDagtekening {dagtekening}.",
            "Levering van meer dan 5 jaar geleden kan niet meer worden gedeclareerd.",
        )


@regel(Niveau.BERICHT, "0001", "323", *_MET_PERIODE)
def CS100(deel: _MetPeriode, context: Context) -> Iterator[Overtreding]:
    """De datums van DeclaratiePeriode en ProductPeriode liggen op of na 01-01-2021."""
    naam, periode = _periode(deel)
    for element, datum in (("Begindatum", periode.Begindatum), ("Einddatum", periode.Einddatum)):
        if datum < _EERSTE_DAG:
            yield Overtreding(
                deel,
                f"{naam}/{element}",
                f"{element} {datum} ligt vóór {_EERSTE_DAG}.",
                "Declareer levering van vóór 2021 buiten deze berichten.",
            )


@regel(Niveau.BERICHT, "0001", "323", Prestatie)
def CS337(prestatie: Prestatie, context: Context) -> Iterator[Overtreding]:
    """ProductPeriode/Einddatum ligt in dezelfde kalendermaand en hetzelfde jaar als ProductPeriode/Begindatum."""
    begin, einde = prestatie.ProductPeriode.Begindatum, prestatie.ProductPeriode.Einddatum
    if (begin.year, begin.month) != (einde.year, einde.month):
        yield Overtreding(
            prestatie,
            "ProductPeriode/Einddatum",
            f"De periode van {begin} tot en met {einde} ligt niet in één kalendermaand.",
            "Gebruik voor iedere kalendermaand een eigen prestatie.",
        )


@regel(Niveau.BERICHT, "0001", "323", Declaratie)
def CS340(declaratie: Declaratie, context: Context) -> Iterator[Overtreding]:
    """DeclaratiePeriode is precies één hele kalendermaand."""
    begin, einde = declaratie.DeclaratiePeriode.Begindatum, declaratie.DeclaratiePeriode.Einddatum
    heel = begin.day == 1 and (begin.year, begin.month) == (einde.year, einde.month) and _laatste_dag(einde)
    if not heel:
        yield Overtreding(
            declaratie,
            "DeclaratiePeriode",
            f"De periode van {begin} tot en met {einde} is niet precies één kalendermaand.",
            "Vul de eerste en de laatste dag van de maand.",
        )


def _periode(deel: _MetPeriode) -> tuple[str, GeslotenPeriode]:
    if isinstance(deel, Declaratie):
        return "DeclaratiePeriode", deel.DeclaratiePeriode
    return "ProductPeriode", deel.ProductPeriode


def _laatste_dag(dag: date) -> bool:
    return dag == date.max or (dag + timedelta(days=1)).day == 1
