"""What figures need of one toewijzing, as it stands."""

from typing import NamedTuple

from ..levensloop.dossier import Dossier
from ..levensloop.toewijzing import is_verwijderd, toegewezen, vastgesteld
from .spannen import Wie, dag_van, laatste_definitief_op, ontvangen_op


class Toewijzingfeit(NamedTuple):
    """As it is kept: whose it is (``Wie``), ``categorie`` and ``code`` of its Product; ``ingang`` and ``einde`` are its days; ``wacht`` is the day from which its client
    waits, ``bekend`` that on which it was received. ``start`` is its first Begindatum, ``start_op`` the day that was received, and
    ``gestopt_op`` the day on which the definitive stop of its last start was. ``budget`` is eurocent."""

    paar: int
    client: int
    toewijzingnummer: int
    categorie: str | None
    code: str | None
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


def toewijzingfeit(wie: Wie, dossier: Dossier, nummer: int) -> Toewijzingfeit | None:
    """That of one ToewijzingNummer; None when it is not known or was removed."""
    bekend = dossier.toewijzingen.get(nummer)
    if bekend is None or is_verwijderd(product := bekend.product):
        return None
    versies = bekend.versies
    eerste = toegewezen(versies[0])
    if len(versies) > 1:
        eerste = min(map(toegewezen, versies), key=vastgesteld)
    wat, omvang, einde = product.Product, product.Omvang, product.Einddatum
    return Toewijzingfeit(
        *wie,
        nummer,
        wat.Categorie if wat is not None else None,
        wat.Code if wat is not None else None,
        product.Ingangsdatum.toordinal(),
        einde.toordinal() if einde is not None else None,
        max(eerste.Toewijzingsdatum, eerste.Ingangsdatum).toordinal(),
        dag_van(versies[0].herkomst.ontvangen_op),
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
    dag = eerste.Begindatum
    return Gestart(dag.toordinal(), ontvangen_op(levering, dag), laatste_definitief_op(levering))


def bestaat(dossier: Dossier, nummer: int) -> bool:
    """Whether there are facts of this ToewijzingNummer."""
    bekend = dossier.toewijzingen.get(nummer)
    return bekend is not None and not is_verwijderd(bekend.product)
