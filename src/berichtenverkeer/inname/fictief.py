"""In proefmodus only Bsn's that nobody has: the test series of the standard (CS002). One check for all doors."""

import re

from ..oordeel.weigering import Reden, Weigering

_ANDER_BSN = re.compile(rb"<(?:[^\s<>:/!?]+:)?Bsn(?:\s[^<>]*)?>(?!\s*9999[0-9]{5}\s*</)")
"""A Bsn that is not of the test series, or is not plainly written. Sought in the bytes, for of a large declaratie there is
no tree."""


def eis_fictief(data: bytes) -> None:
    """Raise ``Weigering`` for a message, of which the bytes were read, with a Bsn that may be somebody's."""
    if _ANDER_BSN.search(data):
        raise Weigering(
            Reden.BSN_NIET_FICTIEF,
            "Dit is een proefomgeving, en er staat een Bsn in dat van iemand kan zijn.",
            "Gebruik fictieve Bsn's, uit de testreeks van de standaard: die beginnen met 9999.",
        )
