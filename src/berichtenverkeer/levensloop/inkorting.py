"""How a toewijzing came to end earlier than it was to: by which RedenWijziging, and what its Einddatum was."""

from dataclasses import dataclass
from datetime import date, datetime

from .gebeurtenis import Gebeurtenis
from .toewijzing import Toewijzing, inhoud, toegewezen, vastgesteld

_VERLENGD = "04"
"""RedenWijziging of a longer toewijzing (tegenstrijdigheid 22)."""


@dataclass(frozen=True, slots=True)
class Inkorting:
    """``reden`` is the RedenWijziging with which the Einddatum came earlier; ``eerder`` the version before, None when it is not known
    here."""

    reden: str | None
    eerder: Gebeurtenis | None

    @property
    def einddatum(self) -> date | None:
        """The Einddatum there was; None when it had none, or is not known."""
        return toegewezen(self.eerder).Einddatum if self.eerder is not None else None


def inkorting(toewijzing: Toewijzing) -> Inkorting | None:
    """How the toewijzing got the Einddatum it has, when that came earlier than it was; else None.

    A repeat leaves RedenWijziging empty (IV099), so the version that brought the Einddatum is looked for. A first version
    with a RedenWijziging changed one that is not known here: unless that lengthened it, the reason counts (derived).
    """
    uit: Inkorting | None = None
    vorige: Gebeurtenis | None = None
    for versie in sorted((*toewijzing.versies, toewijzing.geldend), key=_moment):
        product = toegewezen(versie)
        if vorige is not None and inhoud(toegewezen(vorige)) == inhoud(product):
            continue
        if vorige is None:
            if product.RedenWijziging not in (None, _VERLENGD):
                uit = Inkorting(product.RedenWijziging, None)
        else:
            oud, nieuw = toegewezen(vorige).Einddatum or date.max, product.Einddatum or date.max
            if nieuw < oud:
                uit = Inkorting(product.RedenWijziging, vorige)
            elif nieuw > oud:
                uit = None
        vorige = versie
    return uit


def _moment(versie: Gebeurtenis) -> tuple[datetime, date, str]:
    return vastgesteld(toegewezen(versie)), versie.herkomst.dagtekening, versie.herkomst.identificatie
