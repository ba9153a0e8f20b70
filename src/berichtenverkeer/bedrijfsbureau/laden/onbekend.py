"""What a row names and the hoofdaannemer does not have. A row of which another cell is wrong is asked for it too, so that all is told at once."""

from collections.abc import Iterator, Sequence

from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...hoofdaannemer.laden.soorten import Soort
from ..bureau import Zitting
from .inzetten import kenmerk, toewijzingen
from .uitslag import onbekende_partners, onbekende_segmenten, onbekende_toewijzing

_OP_TOEWIJZING = ("inzetten", "geleverd", "evaluaties")
"""Kinds whose rows are about a toewijzing that is there; an invoice may name any, which its check tells."""


def onbekend(soort: Soort, zitting: Zitting, rijen: Sequence[Rij]) -> Iterator[Fout]:
    """The segment, the partner and the toewijzing of these rows that are not known."""
    if not rijen:
        return
    if soort.naam != "segmenten":
        yield from onbekende_segmenten(zitting, rijen)
    yield from onbekende_partners(zitting, rijen)
    if soort.naam in _OP_TOEWIJZING:
        alle = toewijzingen(zitting)
        genoemd = [rij for rij in rijen if {"gemeente", "domein", "toewijzingnummer"} <= rij.waarden.keys()]
        yield from (onbekende_toewijzing(rij) for rij in genoemd if kenmerk(rij) not in alle)
