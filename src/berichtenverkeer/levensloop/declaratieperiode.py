"""The months an aanbieder declares one after the other, and in which of them it delivered (TR318, IV090)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .dossier import Dossier
from .rekenen.periode import Periode, maand
from .toewijzing import is_verwijderd


def overgeslagen(laatste: date | None, begin: date) -> Periode | None:
    """The days between the last month declared and the month that is declared now, both given by any day in them; None
    when nothing was skipped."""
    if laatste is None:
        return None
    eerste, einde = maand(laatste).eind, maand(begin).begin
    if (einde - eerste).days <= 1:
        return None
    return Periode(eerste + timedelta(days=1), einde - timedelta(days=1))


def geleverde_maanden(dossiers: Iterable[Dossier], binnen: Periode) -> frozenset[date]:
    """The first days of the months of this period in which, by start and stop, something was delivered."""
    stukken = (
        stuk for dossier in dossiers for levering in leveringsperioden(dossier) if (stuk := levering.doorsnede(binnen))
    )
    return frozenset(maand(deel.begin).begin for stuk in stukken for deel in stuk.per_maand())


def leveringsperioden(dossier: Dossier) -> Iterator[Periode]:
    """When was delivered, by start and stop: from each start to its first stop, which may be a temporary one.

    What has no stop ends with its toewijzing (afgeleid: after that nothing can be declared). What was delivered on a
    deleted toewijzing cannot be declared either (TR384).
    """
    for sleutel, levering in dossier.leveringen.items():
        toewijzing = dossier.toewijzingen.get(sleutel[0]) if isinstance(sleutel[0], int) else None
        if toewijzing is not None and is_verwijderd(toewijzing.product):
            continue
        einde = (toewijzing.product.Einddatum if toewijzing else None) or date.max
        for start in levering.starts:
            laatste = min([einde, *(stop.Einddatum for stop in levering.stops_van(start))])
            if start.Begindatum <= laatste:
                yield Periode(start.Begindatum, laatste)
