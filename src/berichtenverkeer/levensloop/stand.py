"""The present stand of a toewijzing: what its versions, starts and stops come to, without a date."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..standaard.berichten.toewijzing import ToegewezenProduct
from .dossier import Dossier
from .gebeurtenis import Gebeurtenis
from .overgangen import Leveringstoestand
from .toewijzing import inhoud


@dataclass(frozen=True, slots=True)
class Stand:
    """The version that counts, the state of its levering, and how many contents the number has had.

    Whether it runs today follows from the product and the day (``toewijzing.toestand``).
    """

    product: ToegewezenProduct
    levering: Leveringstoestand
    versie: int


def stand(dossier: Dossier, nummer: int) -> Stand | None:
    """The stand of one ToewijzingNummer; None when it is not known."""
    bekend = dossier.toewijzingen.get(nummer)
    if bekend is None:
        return None
    return Stand(bekend.product, dossier.levering((nummer,)).toestand, bekend.aantal_versies)


def voer_door(dossier: Dossier, gebeurtenissen: Iterable[Gebeurtenis]) -> tuple[Dossier, dict[int, Stand]]:
    """The dossier after the gebeurtenissen of one message, and the stands that it changed, by ToewijzingNummer."""
    gevallen = list(gebeurtenissen)
    na = dossier.met(gevallen)
    geraakt = dict.fromkeys(geval.feit.ToewijzingNummer for geval in gevallen)
    nieuw = {nummer: stand(na, nummer) for nummer in geraakt if nummer is not None}
    return na, {nummer: s for nummer, s in nieuw.items() if s is not None and _anders(s, stand(dossier, nummer))}


def _anders(nieuw: Stand, oud: Stand | None) -> bool:
    """A repeat may leave out why or for whom a version was sent (IV097, IV099): that changes nothing."""
    if oud is None or (nieuw.levering, nieuw.versie) != (oud.levering, oud.versie):
        return True
    return inhoud(nieuw.product) != inhoud(oud.product)
