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
        return cls().met(gebeurtenissen)

    def met(self, gebeurtenissen: Iterable[Gebeurtenis]) -> "Dossier":
        """The dossier after these gebeurtenissen too, in this order; this one stays as it is."""
        toewijzingen, leveringen = dict(self.toewijzingen), dict(self.leveringen)
        for gebeurtenis in gebeurtenissen:
            feit = gebeurtenis.feit
            if isinstance(feit, ToegewezenProduct):
                nummer = feit.ToewijzingNummer
                bekend = toewijzingen.get(nummer)
                versies = (*bekend.versies, gebeurtenis) if bekend else (gebeurtenis,)
                toewijzingen[nummer] = Toewijzing(nummer, versies)
            else:
                sleutel = toewijzingssleutel(feit)
                leveringen[sleutel] = leveringen.get(sleutel, Levering()).na(feit)
        return Dossier(toewijzingen, leveringen)

    def na(self, gebeurtenis: Gebeurtenis) -> "Dossier":
        """The dossier after one more gebeurtenis; this one stays as it is."""
        return self.met((gebeurtenis,))

    def met_levering(self, product: StartProduct | StopProduct) -> "Dossier":
        """The dossier after this start or stop."""
        sleutel = toewijzingssleutel(product)
        return replace(self, leveringen={**self.leveringen, sleutel: self.levering(sleutel).na(product)})

    def alleen(self, sleutel: Sleutel) -> "Dossier":
        """This dossier with of its leveringen only the one under this key."""
        return replace(self, leveringen={sleutel: self.levering(sleutel)})

    def levering(self, sleutel: Sleutel) -> Levering:
        """The levering under this key; an empty one when nothing started yet."""
        return self.leveringen.get(sleutel, Levering())
