"""The tables, by what they are of: parties, messages, the chain, dossiers, declaraties, what goes out, the back-office of a hoofdaannemer,
people, figures, the log.

What came in and what was done is kept; what follows from that can be made again: the modules say which is which.
"""

from . import (
    basis,
    berichten,
    bureau,
    declaraties,
    dossiers,
    gebruikers,
    keten,
    logboek,
    partijen,
    stuurinformatie,
    uitgaand,
)

KAMERS = (
    basis,
    partijen,
    berichten,
    keten,
    dossiers,
    declaraties,
    uitgaand,
    bureau,
    gebruikers,
    stuurinformatie,
    logboek,
)
"""The modules that hold them: who imports one knows all tables."""
