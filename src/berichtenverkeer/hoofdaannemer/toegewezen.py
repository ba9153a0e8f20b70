"""A toewijzing as it stands, as far as passing it on needs it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..levensloop.toewijzing import is_verwijderd
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.domein import Domein
from .looptijd import Looptijd, looptijd
from .segment import Segmentlijst


class Kenmerk(NamedTuple):
    """By what people name a toewijzing: ``gemeente`` is a CBS code."""

    gemeente: str
    domein: Domein
    toewijzingnummer: int


@dataclass(frozen=True, slots=True)
class Toegewezen:
    """The version of a toewijzing that counts."""

    id: str
    kenmerk: Kenmerk
    bsn: str
    categorie: str | None
    code: str | None
    ingangsdatum: date
    einddatum: date | None
    verwijderd: bool = False

    @classmethod
    def van(cls, id_: str, gemeente: str, domein: Domein, bsn: str, product: ToegewezenProduct) -> "Toegewezen":
        """The toewijzing with this content."""
        wat = product.Product
        return cls(
            id_,
            Kenmerk(gemeente, domein, product.ToewijzingNummer),
            bsn,
            wat.Categorie if wat else None,
            wat.Code if wat else None,
            product.Ingangsdatum,
            product.Einddatum,
            is_verwijderd(product),
        )

    @property
    def geldig(self) -> Looptijd | None:
        """Its validity; None when it was removed."""
        return None if self.verwijderd else looptijd(self.ingangsdatum, self.einddatum)

    def segment(self, lijst: Segmentlijst) -> str | None:
        """The segment of its product; None when it is in none."""
        return lijst.segment(self.categorie, self.code)
