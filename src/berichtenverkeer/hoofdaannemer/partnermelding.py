"""What a partner reports to the hoofdaannemer, and what it is held against (contract, Paths and fields, Partner)."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from ..standaard.codelijst import REDEN_BEEINDIGING, codelijst
from .fouten import Bezwaar
from .inzet import Ingezet


class Partnermeldingsoort(StrEnum):
    """What a partner reports."""

    START = "start"
    STOP = "stop"
    EVALUATIE = "evaluatie"


def bezwaren(
    een: Ingezet, soort: Partnermeldingsoort, datum: date, reden: str | None, vandaag: date
) -> Iterator[Bezwaar]:
    """What is wrong with a report on an inzet that counts: an evaluation is one that was held, a start and a stop are of a day on
    which the toewijzing runs, and ``reden`` is the RedenBeeindiging of a stop."""
    if soort is Partnermeldingsoort.EVALUATIE:
        if datum > vandaag:
            yield Bezwaar("datum", f"{datum} moet nog komen.", "Meld de evaluatie als zij er is geweest.")
        return
    geldig = een.toegewezen.geldig
    if geldig is None or datum not in geldig:
        yield Bezwaar("datum", f"{datum} valt buiten de toewijzing.", f"Die loopt van {geldig}.")
    if soort is Partnermeldingsoort.STOP and reden is not None:
        domein = een.toegewezen.kenmerk.domein
        bekend = codelijst(REDEN_BEEINDIGING[domein], domein).codes
        if reden not in bekend:
            yield Bezwaar("reden", "Dit is geen RedenBeeindiging.", f"Kies uit: {', '.join(sorted(bekend))}.")


def gaat_over(mogelijk: Iterable[Ingezet], datum: date) -> Ingezet | None:
    """Of the inzetten of a partner on one toewijzing that which a report of this day is about: the one that has the day, else the last
    before it, else the first; None when none counts."""
    tellen = [(een.effectief, een) for een in mogelijk if een.effectief is not None]
    tellen.sort(key=lambda paar: paar[0].van)
    for periode, een in tellen:
        if datum in periode:
            return een
    begonnen = [een for periode, een in tellen if periode.van <= datum]
    return begonnen[-1] if begonnen else tellen[0][1] if tellen else None
