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
    if not bestaat(dossier, nummer):
        return None
    bekend = dossier.toewijzingen[nummer]
    product, versies = bekend.product, bekend.versies
    eerste, omvang = toegewezen(versies[0]), product.Omvang
    if len(versies) > 1:
        eerste = min(map(toegewezen, versies), key=vastgesteld)
    return Toewijzingfeit(
        waarop(aanbieder, product),
        product.Ingangsdatum.toordinal(),
        product.Einddatum.toordinal() if product.Einddatum is not None else None,
        max(eerste.Toewijzingsdatum, eerste.Ingangsdatum).toordinal(),
        dag_van(bekend.eerste.ontvangen_op),
        *gestart(dossier, nummer),
        product.Budget,
        *((omvang.Volume, omvang.Eenheid, omvang.Frequentie) if omvang is not None else (None, None, None)),
    )


class Gestart(NamedTuple):
    """What a start or a stop changes in the facts of a toewijzing."""

    start: int | None
    start_op: int | None
    gestopt_op: int | None


_NIET = Gestart(None, None, None)


def gestart(dossier: Dossier, nummer: int) -> Gestart:
    """That of one ToewijzingNummer."""
    levering = dossier.leveringen.get((nummer,))
    eerste = levering.eerste_start if levering is not None else None
    if levering is None or eerste is None:
        return _NIET
    eersten = [start for start in levering.starts if start.Begindatum == eerste.Begindatum]
    return Gestart(eerste.Begindatum.toordinal(), eerste_ontvangst(levering, eersten), laatste_definitief_op(levering))


def bestaat(dossier: Dossier, nummer: int) -> bool:
    """Whether there are facts of this ToewijzingNummer."""
    bekend = dossier.toewijzingen.get(nummer)
    return bekend is not None and not is_verwijderd(bekend.product)
