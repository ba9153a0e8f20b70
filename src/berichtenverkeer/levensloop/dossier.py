"""The dossier: everything approved between one gemeente and one aanbieder about one client, under one law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.domein import Domein
from .gebeurtenis import Gebeurtenis
from .levering import Levering, Sleutel, toewijzingssleutel
from .toewijzing import Toewijzing


class Dossiersleutel(NamedTuple):
    """Whose dossier it is: ``gemeente`` is a CBS code, ``aanbieder`` an AGB code."""

    domein: Domein
    gemeente: str
    aanbieder: str
    bsn: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The fold of all gebeurtenissen: toewijzingen by ToewijzingNummer, leveringen by ``toewijzingssleutel``."""

    toewijzingen: Mapping[int, Toewijzing] = field(default_factory=lambda: MappingProxyType({}))
    leveringen: Mapping[Sleutel, Levering] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def van(cls, gebeurtenissen: Iterable[Gebeurtenis]) -> "Dossier":
        """The dossier after these gebeurtenissen, in this order."""
        dossier = cls()
        for gebeurtenis in gebeurtenissen:
            dossier = dossier.na(gebeurtenis)
        return dossier

    def na(self, gebeurtenis: Gebeurtenis) -> "Dossier":
        """The dossier after one more gebeurtenis; this one stays as it is."""
        feit = gebeurtenis.feit
        if isinstance(feit, ToegewezenProduct):
            nummer = feit.ToewijzingNummer
            bekend = self.toewijzingen.get(nummer)
            versies = (*bekend.versies, gebeurtenis) if bekend else (gebeurtenis,)
            return replace(self, toewijzingen={**self.toewijzingen, nummer: Toewijzing(nummer, versies)})
        return self.met_levering(feit)

    def met_levering(self, product: StartProduct | StopProduct) -> "Dossier":
        """The dossier after this start or stop."""
        sleutel = toewijzingssleutel(product)
        return replace(self, leveringen={**self.leveringen, sleutel: self.levering(sleutel).na(product)})

    def levering(self, sleutel: Sleutel) -> Levering:
        """The levering under this key; an empty one when nothing started yet."""
        return self.leveringen.get(sleutel, Levering())
