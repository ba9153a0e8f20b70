"""What a declaratie starts from: the parties, the month, the toewijzingen and the contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ...levensloop.dossier import Dossier
from ...levensloop.rekenen.kader import Kader
from ...levensloop.rekenen.periode import Periode
from ...regels.contract import Contract
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichtsoort import Berichtsoort, berichtsoort
from ...standaard.domein import RELEASE, Domein
from ...standaard.schema import Schemas


@dataclass(frozen=True, slots=True)
class Nummering:
    """The numbers of one 323: its Identificatie and DeclaratieNummer (at most 12 characters each, the latter letters and
    digits), and the ReferentieNummer (at most 20) of its Prestaties, counted from 1."""

    identificatie: str
    declaratienummer: str

    def referentie(self, nummer: int) -> str:
        """The ReferentieNummer of the Prestatie with this number."""
        return f"{self.declaratienummer}-{nummer}"


@dataclass(frozen=True, slots=True)
class Grondslag:
    """One gemeente, one aanbieder, one law and one month.

    ``maand`` is the DeclaratiePeriode, ``vandaag`` the day on which the 323 is dated. ``dossiers`` are those of the clients
    by Bsn; ``bsn_van`` tells of each known ToewijzingNummer whose it is.
    """

    domein: Domein
    gemeente: str
    aanbieder: str
    maand: Periode
    vandaag: date
    nummering: Nummering
    schemas: Schemas
    dossiers: Mapping[str, Dossier]
    bsn_van: Mapping[int, str]
    contract: Contract = field(default_factory=Contract)
    release: str = RELEASE

    @property
    def soort(self) -> Berichtsoort:
        """The kind of message, in the release in which it is written."""
        return berichtsoort(self.domein, "323", self.release)

    def toewijzing(self, nummer: int) -> ToegewezenProduct | None:
        """The version that counts of this toewijzing; None when there is none."""
        bsn = self.bsn_van.get(nummer)
        bekend = self.dossiers[bsn].toewijzingen.get(nummer) if bsn is not None else None
        return bekend.product if bekend is not None else None

    def kader(self, product: ToegewezenProduct, dag: date) -> Kader:
        """How much may be declared on a toewijzing, as was agreed for this day."""
        return self.contract.kader(product, self.domein, dag)
