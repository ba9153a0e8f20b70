"""What an answer of an endpoint comes to. Nothing of its text goes on: who wrote it, may have quoted the message."""

from dataclasses import dataclass
from enum import StrEnum

from ...standaard.fouten import Berichtfout
from ..envelop.codes import FO03, Plek
from ..envelop.stuf import Bevestiging, Foutbericht, SoapFout, lees_antwoord
from .kanaal import GROOTSTE_ANTWOORD, Antwoord

_LEEG_IS_GOED = (200, 202)


class Gevolg(StrEnum):
    """What an attempt comes to."""

    BEZORGD = "bezorgd"
    """The endpoint has stored it."""
    MISLUKT = "mislukt"
    """Later perhaps."""
    AFGEBROKEN = "afgebroken"
    """The same request will not be taken: no next attempt."""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What an attempt comes to, and why: a Dutch sentence, empty when it was delivered."""

    gevolg: Gevolg
    reden: str = ""


BEZORGD = Uitkomst(Gevolg.BEZORGD)


def mislukt(reden: str) -> Uitkomst:
    """Later perhaps."""
    return Uitkomst(Gevolg.MISLUKT, reden)


def beoordeel(antwoord: Antwoord, nummer: str) -> Uitkomst:
    """What this answers to the message with this referentienummer.

    Delivered is a Bv03 on that number, or nothing at all with status 200 or 202. A Fo03 that puts the cause with us ends it,
    if it is about that number (afgeleid); all else is tried again.
    """
    goed = 200 <= antwoord.status < 300
    if not antwoord.inhoud.strip():
        return BEZORGD if antwoord.status in _LEEG_IS_GOED else mislukt(f"{_http(antwoord)}, zonder inhoud.")
    try:
        inhoud = lees_antwoord(antwoord.inhoud, GROOTSTE_ANTWOORD)
    except Berichtfout:
        return mislukt(f"{_http(antwoord)}, en niet met een Bv03 of een fout van StUF.")
    if isinstance(inhoud, SoapFout):
        return mislukt(f"{_http(antwoord)} en een soap:Fault.")
    past = inhoud.stuurgegevens.crossRefnummer == nummer
    if isinstance(inhoud, Foutbericht):
        return _geweigerd(inhoud, antwoord, past)
    assert isinstance(inhoud, Bevestiging)
    if goed and past:
        return BEZORGD
    return mislukt(f"{_http(antwoord)} en een Bv03{'' if past else ' op een ander bericht'}.")


def _geweigerd(fout: Foutbericht, antwoord: Antwoord, past: bool) -> Uitkomst:
    bekend = FO03.get(fout.code)
    wat = f"Fo03 {bekend.code} ({bekend.betekenis})" if bekend else "Fo03 met een onbekende code"
    reden = f"{_http(antwoord)} en een {wat}, plek {fout.plek}{'' if past else ', op een ander bericht'}."
    return Uitkomst(Gevolg.AFGEBROKEN if past and fout.plek is Plek.CLIENT else Gevolg.MISLUKT, reden)


def _http(antwoord: Antwoord) -> str:
    return f"Het eindpunt antwoordde met HTTP {antwoord.status}"
