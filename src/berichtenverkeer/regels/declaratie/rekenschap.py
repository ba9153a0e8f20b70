"""How the node reckons what a retourcode is about, whether or not its own rule finds a fault in it."""

from collections.abc import Callable, Mapping

from ...levensloop.rekenen.eenheid import Eenheid
from ...levensloop.rekenen.tekst import euro, per
from ...standaard.berichten.declaratie import Prestatie
from ..kennis import Kennis
from .prestatie_bedrag import binnen_budget, verwacht_bedrag
from .prestatie_volume import in_periode, over_looptijd
from .rekening import Rekening
from .tarief import afgesproken

_Rekenwijze = Callable[[Prestatie, Kennis], tuple[str, ...]]


def rekenschap(retourcode: str, prestatie: Prestatie, kennis: Kennis) -> tuple[str, ...]:
    """The steps, and what they come to; nothing for a code that is not about what can be reckoned, or where there is nothing to
    reckon with. ``kennis`` is that of the client, with what was declared before this Prestatie."""
    reken = _BIJ.get(retourcode)
    return reken(prestatie, kennis) if reken is not None else ()


def _van(reken: Callable[[Prestatie, Kennis], Rekening | None]) -> _Rekenwijze:
    def zinnen(prestatie: Prestatie, kennis: Kennis) -> tuple[str, ...]:
        rekening = reken(prestatie, kennis)
        return () if rekening is None else (*rekening.stappen, rekening.slot)

    return zinnen


def _bedrag(prestatie: Prestatie, kennis: Kennis) -> tuple[str, ...]:
    verwacht = verwacht_bedrag(prestatie, kennis)
    if verwacht is None or verwacht.waarde is None:
        return ()
    ingediend = euro(prestatie.IngediendBedrag.Bedrag)
    return (*verwacht.stappen, f"Wij rekenen {euro(verwacht.waarde)}; ingediend is {ingediend}.")


def _tarief(prestatie: Prestatie, kennis: Kennis) -> tuple[str, ...]:
    tarief, stappen = afgesproken(kennis.contract, prestatie)
    if tarief is None or prestatie.ProductTarief is None or prestatie.Eenheid == Eenheid.EURO:
        return ()
    gedeclareerd = euro(prestatie.ProductTarief)
    return (
        *stappen,
        f"Wij kennen een tarief van {euro(tarief)} {per(prestatie.Eenheid)}; gedeclareerd is {gedeclareerd}.",
    )


_BIJ: Mapping[str, _Rekenwijze] = {
    "9321": _van(in_periode),
    "9322": _van(over_looptijd),
    "9346": _bedrag,
    "9369": _van(binnen_budget),
    "0611": _tarief,
}

TE_REKENEN = frozenset(_BIJ)
"""The retourcodes that are about what can be reckoned."""
