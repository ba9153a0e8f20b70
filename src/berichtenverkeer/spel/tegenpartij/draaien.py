"""Running a counterpart until it is stopped, or until nothing lies ready any more."""

from collections.abc import Callable

import httpx

from ..deuren.deur import DeurFout
from .tegenpartij import Tegenpartij


def draai(
    tegenpartij: Tegenpartij,
    slaap: Callable[[float], object],
    meld: Callable[[str], None],
    *,
    eenmaal: bool,
    elke: float,
) -> None:
    """Look every ``elke`` seconds. A node that does not answer is asked again, unless it is ``eenmaal``: that ends when there is
    nothing to do before the clock of the node moves on, and raises what ``ronde`` raises and the first of ``fouten``."""
    storing = ""
    while True:
        try:
            gedaan = tegenpartij.ronde()
            storing = ""
        except (DeurFout, httpx.HTTPError) as fout:
            if eenmaal:
                raise
            gedaan = False
            if str(fout) != storing:
                storing = str(fout)
                meld(f"Het knooppunt antwoordt niet zoals het hoort: {fout} Opnieuw over {elke:g} seconden.")
        if gedaan:
            continue
        if eenmaal and not tegenpartij.wacht_even:
            if tegenpartij.fouten:
                raise tegenpartij.fouten[0]
            return
        slaap(elke)
