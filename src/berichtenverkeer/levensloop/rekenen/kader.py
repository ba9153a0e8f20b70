"""What of a toewijzing says how much may be declared on it."""

from dataclasses import dataclass
from datetime import date

from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.domein import Domein
from .periode import Periode
from .uitkomst import Rekenfout
from .variant import GebrokenMaand, Uitvoeringsvariant


@dataclass(frozen=True, slots=True)
class Kader:
    """How long, how much, under which law and in which variant.

    ``einddatum`` is None for a toewijzing without end, ``categorie`` for a generic one; ``budget`` is eurocent.
    ``gebroken_maand`` matters at output per month only.
    """

    domein: Domein
    ingangsdatum: date
    einddatum: date | None = None
    categorie: str | None = None
    omvang: Omvang | None = None
    budget: int | None = None
    variant: Uitvoeringsvariant = Uitvoeringsvariant.INSPANNING
    gebroken_maand: GebrokenMaand = GebrokenMaand.HEEL

    @classmethod
    def van(
        cls,
        product: ToegewezenProduct,
        domein: Domein,
        variant: Uitvoeringsvariant,
        gebroken_maand: GebrokenMaand = GebrokenMaand.HEEL,
    ) -> "Kader":
        """The frame that this version of a toewijzing sets."""
        return cls(
            domein,
            product.Ingangsdatum,
            product.Einddatum,
            product.Product.Categorie if product.Product else None,
            product.Omvang,
            product.Budget,
            variant,
            gebroken_maand,
        )

    @property
    def looptijd(self) -> Periode:
        """From Ingangsdatum to Einddatum; without one, to the last of all days."""
        return Periode(self.ingangsdatum, self.einddatum or date.max)

    def productperiode(self, maand: Periode) -> Periode | None:
        """What of this month is assigned: the ProductPeriode to declare with, whatever was started or stopped (IV089)."""
        return self.looptijd.doorsnede(maand)


def omvang(volume: int | None, eenheid: str | None, frequentie: str | None) -> Omvang | None:
    """An Omvang of its three parts; None without them. Raises ``Rekenfout`` when one is missing (IV042)."""
    if volume is None and eenheid is None and frequentie is None:
        return None
    if volume is None or eenheid is None or frequentie is None:
        raise Rekenfout("Volume, eenheid en frequentie horen bij elkaar: vul ze alle drie, of geen (IV042).")
    return Omvang(Volume=volume, Eenheid=eenheid, Frequentie=frequentie)
