"""What figures need of one toewijzing, as it stands."""

from typing import NamedTuple

from ..levensloop.dossier import Dossier
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
    if bekend is None or is_verwijderd(bekend.product):
        return None
    product, levering = bekend.product, dossier.levering((nummer,))
    eerste = min((toegewezen(versie) for versie in bekend.versies), key=vastgesteld)
    eerste_start = levering.eerste_start
    eersten = (
        [start for start in levering.starts if start.Begindatum == eerste_start.Begindatum] if eerste_start else []
    )
    omvang = product.Omvang
    return Toewijzingfeit(
        waarop(aanbieder, product),
        product.Ingangsdatum.toordinal(),
        product.Einddatum.toordinal() if product.Einddatum is not None else None,
        max(eerste.Toewijzingsdatum, eerste.Ingangsdatum).toordinal(),
        dag_van(bekend.eerste.ontvangen_op),
        eerste_start.Begindatum.toordinal() if eerste_start is not None else None,
        eerste_ontvangst(levering, eersten),
        laatste_definitief_op(levering),
        product.Budget,
        omvang.Volume if omvang else None,
        omvang.Eenheid if omvang else None,
        omvang.Frequentie if omvang else None,
    )
