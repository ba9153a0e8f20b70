"""What a row names and the hoofdaannemer does not have. A row of which another cell is wrong is asked for it too, so that all is told at once."""

from collections.abc import Iterator, Sequence

from ...hoofdaannemer.handelen import onbekende_klasse
from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...hoofdaannemer.laden.soorten import Soort
from ..bureau import Zitting
from .inzetten import kenmerk, toewijzingen
from .uitslag import fout, onbekende_partners, onbekende_segmenten, onbekende_toewijzing

_OP_TOEWIJZING = ("inzetten", "geleverd", "evaluaties")
"""Kinds whose rows are about a toewijzing that is there; an invoice may name any, which its check tells."""


def onbekend(soort: Soort, zitting: Zitting, rijen: Sequence[Rij]) -> Iterator[Fout]:
    """The segment, the partner, the toewijzing and, of an inzet, the klasse of these rows that are not known."""
    if not rijen:
        return
    if soort.naam != "segmenten":
        yield from onbekende_segmenten(zitting, rijen)
    yield from onbekende_partners(zitting, rijen)
    if soort.naam in _OP_TOEWIJZING:
        alle = toewijzingen(zitting)
        for rij in rijen:
            if not {"gemeente", "domein", "toewijzingnummer"} <= rij.waarden.keys():
                continue
            op = alle.get(kenmerk(rij))
            if op is None:
                yield onbekende_toewijzing(rij)
            elif soort.naam == "inzetten" and "klasse" in rij.waarden:
                segment = op.toegewezen.segment(zitting.segmenten)
                for b in onbekende_klasse(rij.waarden["klasse"], segment, zitting.afspraken):
                    yield fout(rij, b.veld, b.melding, b.advies)
