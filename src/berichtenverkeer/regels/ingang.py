"""From when to when a rule holds: by the day on which that begins which a class is about, not by the day of receipt."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.geldig import op_dag
from .bevinding import Overtreding
from .kennis import Context
from .regel import Regel, Regelfunctie

_INGANG = ("Ingangsdatum", "ToewijzingIngangsdatum", "GewensteIngangsdatum", "Begindatum")
"""Where a class says when the care began, or is to begin; what comes first goes before."""


def begin_van(deel: Onderdeel, context: Context) -> date:
    """The day by which the rules for a class are chosen: that on which its care begins; of a Prestatie the first of its
    ProductPeriode; of what says none, such as a Header, the Dagtekening (afgeleid)."""
    for naam in _INGANG:
        if isinstance(dag := getattr(deel, naam, None), date):
            return dag
    periode = getattr(deel, "ProductPeriode", None)
    return periode.Begindatum if periode is not None else context.dagtekening


def in_de_tijd(regel: Regel) -> Regelfunctie:
    """The function of a rule, silent where it does not hold. A rule that always holds is asked without a detour."""
    if regel.vanaf is None and regel.tot is None:
        return regel.functie
    vanaf, tot, functie = regel.vanaf, regel.tot, regel.functie

    def toets(deel: Any, context: Any) -> Iterator[Overtreding]:
        if op_dag(vanaf, tot, begin_van(deel, context)):
            yield from functie(deel, context)

    return toets
