"""Plays every conformance case against this software and counts them: ``python -m tests.conformance``."""

import sys
from collections import Counter

from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.standaard.domein import Domein

from .gevallen import gevallen
from .test_conformance import speel


def main() -> int:
    """The number of cases that fail, after a table of all of them by rule and law."""
    geteld: Counter[tuple[str, Domein, bool]] = Counter()
    gefaald = []
    for geval in gevallen():
        geteld[geval.regel, geval.domein, geval.goed] += 1
        try:
            speel(geval)
        except AssertionError:
            gefaald.append(geval.id)
    kolommen = [(domein, goed) for domein in Domein for goed in (True, False)]
    print("regel  " + "".join(f"{domein} {'goed' if goed else 'fout'}".rjust(11) for domein, goed in kolommen))
    for regel in catalogus():
        print(f"{regel.code:7}" + "".join(str(geteld[regel.code, *kolom]).rjust(11) for kolom in kolommen))
    print(f"{len(gevallen())} gevallen over {len(catalogus())} regels, {len(gefaald)} gefaald")
    if gefaald:
        print(*gefaald, sep="\n")
    return len(gefaald)


if __name__ == "__main__":
    sys.exit(main() > 0)
