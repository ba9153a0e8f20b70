"""The tables, by what they are of: parties, messages, the chain, dossiers, declaraties, what goes out, the back-office of a hoofdaannemer,
people, figures, the log.

What came in and what was done is kept; what follows from that can be made again: the modules say which is which. All are imported here,
so ``basis.metadata`` knows every table, whichever is asked for.
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

__all__ = [
    "basis",
    "berichten",
    "bureau",
    "declaraties",
    "dossiers",
    "gebruikers",
    "keten",
    "logboek",
    "partijen",
    "stuurinformatie",
    "uitgaand",
]
