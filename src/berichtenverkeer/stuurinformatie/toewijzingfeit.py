"""What figures need of one toewijzing, as it stands."""

from typing import NamedTuple

from ..levensloop.dossier import Dossier
from ..levensloop.levering import Levering
from ..levensloop.toewijzing import is_verwijderd, toegewezen, vastgesteld
from .spannen import Waarop, dag_van, eerste_ontvangst, laatste_definitief_op, waarop


class Toewijzingfeit(NamedTuple):
    """``ingang`` and ``einde`` are its days; ``wacht`` is the day from which its client waits, ``bekend`` that on which it was received.
    ``start`` is its first Begindatum, ``start_op`` the day that was received, and ``gestopt_op`` the day on which the definitive stop
    of its last start was. ``budget`` is eurocent."""

    op: Waarop
    ingang: int
    einde: int | None
    wacht: int
    bekend: int
    start: int | None
    start_op: int | None
    gestopt_op: int | None
    budget: int | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None


def toewijzingfeit(aanbieder: str, dossier: Dossier, nummer: int) -> Toewijzingfeit | None:
    """That of one ToewijzingNummer; None when it is not known or was removed."""
    bekend = dossier.toewijzingen.get(nummer)
    if bekend is None:
        return None
    product, versies = bekend.product, bekend.versies
    if is_verwijderd(product):
        return None
    eerste, omvang = toegewezen(versies[0]), product.Omvang
    if len(versies) > 1:
        eerste = min(map(toegewezen, versies), key=vastgesteld)
    levering = dossier.leveringen.get((nummer,))
    return Toewijzingfeit(
        waarop(aanbieder, product),
        product.Ingangsdatum.toordinal(),
        product.Einddatum.toordinal() if product.Einddatum is not None else None,
        max(eerste.Toewijzingsdatum, eerste.Ingangsdatum).toordinal(),
        dag_van(bekend.eerste.ontvangen_op),
        *(_gestart(levering) if levering is not None else (None, None, None)),
        product.Budget,
        *((omvang.Volume, omvang.Eenheid, omvang.Frequentie) if omvang is not None else (None, None, None)),
    )


def _gestart(levering: Levering) -> tuple[int | None, int | None, int | None]:
    """``start``, ``start_op`` and ``gestopt_op``."""
    eerste = levering.eerste_start
    if eerste is None:
        return None, None, None
    eersten = [start for start in levering.starts if start.Begindatum == eerste.Begindatum]
    return eerste.Begindatum.toordinal(), eerste_ontvangst(levering, eersten), laatste_definitief_op(levering)
