"""The dossier: everything approved between one gemeente and one aanbieder about one client, under one law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ..standaard.berichten.antwoord import Antwoord319
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.domein import Domein
from .declaratie import Declaratieboek
from .gebeurtenis import Gebeurtenis
from .levering import Levering, Sleutel, toewijzingssleutel
from .toewijzing import Toewijzing, is_actueel
from .verzoek import Aanvraag, laatste

_GEEN: frozenset[str] = frozenset()


class Dossiersleutel(NamedTuple):
    """Whose dossier it is: ``gemeente`` is a CBS code, ``aanbieder`` an AGB code."""

    domein: Domein
    gemeente: str
    aanbieder: str
    bsn: str


_NIETS_GELEVERD = Levering()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The fold of all gebeurtenissen: toewijzingen by ToewijzingNummer, leveringen by ``toewijzingssleutel``, verzoeken by
    ReferentieAanbieder. Beside it ``boek``, the Prestaties sent on these toewijzingen; and ``verwijzingen``, which follows
    from ``verzoeken``: the references of the requests that name a ToewijzingNummer or were honoured by it."""

    toewijzingen: Mapping[int, Toewijzing] = field(default_factory=lambda: MappingProxyType({}))
    leveringen: Mapping[Sleutel, Levering] = field(default_factory=lambda: MappingProxyType({}))
    verzoeken: Mapping[str, Aanvraag] = field(default_factory=lambda: MappingProxyType({}))
    boek: Declaratieboek = field(default_factory=Declaratieboek)
    verwijzingen: Mapping[int, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    @classmethod
    def van(cls, gebeurtenissen: Iterable[Gebeurtenis]) -> "Dossier":
        """The dossier after these gebeurtenissen, in this order."""
        return cls().met(gebeurtenissen)

    @classmethod
    def van_delen(
        cls,
        toewijzingen: Mapping[int, Toewijzing],
        leveringen: Mapping[Sleutel, Levering],
        verzoeken: Mapping[str, Aanvraag],
    ) -> "Dossier":
        """The dossier that has these toewijzingen, leveringen and verzoeken, and no boek."""
        verwijzingen: dict[int, frozenset[str]] = {}
        for referentie, aanvraag in verzoeken.items():
            for nummer in aanvraag.toewijzingnummers:
                verwijzingen[nummer] = verwijzingen.get(nummer, _GEEN) | {referentie}
        return cls(toewijzingen, leveringen, verzoeken, verwijzingen=verwijzingen)

    def met(self, gebeurtenissen: Iterable[Gebeurtenis]) -> "Dossier":
        """The dossier after these gebeurtenissen too, in this order; this one stays as it is."""
        toewijzingen, leveringen, verzoeken = dict(self.toewijzingen), dict(self.leveringen), dict(self.verzoeken)
        verwijzingen = dict(self.verwijzingen)
        for gebeurtenis in gebeurtenissen:
            feit = gebeurtenis.feit
            if isinstance(feit, ToegewezenProduct):
                nummer = feit.ToewijzingNummer
                bekend = toewijzingen.get(nummer)
                toewijzingen[nummer] = bekend.na(gebeurtenis) if bekend else Toewijzing.van(gebeurtenis)
                if feit.ReferentieAanbieder in verzoeken:
                    verzoeken[feit.ReferentieAanbieder] = verzoeken[feit.ReferentieAanbieder].na(gebeurtenis)
                    verwijzingen[nummer] = verwijzingen.get(nummer, _GEEN) | {feit.ReferentieAanbieder}
            elif isinstance(feit, (StartProduct, StopProduct)):
                sleutel = toewijzingssleutel(feit)
                moment = gebeurtenis.herkomst.ontvangen_op
                leveringen[sleutel] = leveringen.get(sleutel, Levering()).na(feit, moment)
            elif isinstance(feit, Antwoord319):
                if feit.ReferentieAanbieder in verzoeken:
                    verzoeken[feit.ReferentieAanbieder] = verzoeken[feit.ReferentieAanbieder].na(gebeurtenis)
            elif feit.ReferentieAanbieder not in verzoeken:
                verzoeken[feit.ReferentieAanbieder] = aanvraag = Aanvraag(gebeurtenis)
                for genoemd in aanvraag.genoemd:
                    verwijzingen[genoemd] = verwijzingen.get(genoemd, _GEEN) | {feit.ReferentieAanbieder}
        return Dossier(toewijzingen, leveringen, verzoeken, self.boek, verwijzingen)

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
        return self.leveringen.get(sleutel, _NIETS_GELEVERD)

    def actueel(self, nummer: int, dag: date) -> ToegewezenProduct | None:
        """The version that counts of a toewijzing that runs on this day or will later; else None."""
        bekend = self.toewijzingen.get(nummer)
        return bekend.product if bekend is not None and is_actueel(bekend.product, dag) else None

    def onderhanden(self) -> tuple[Aanvraag, ...]:
        """The requests that are not settled (TR374)."""
        return tuple(aanvraag for aanvraag in self.verzoeken.values() if aanvraag.onderhanden)

    def verzoek_van(self, nummer: int) -> Aanvraag | None:
        """The request to show on a toewijzing: the last that names or gave it."""
        if not self.verwijzingen:
            return None
        return laatste(self.verzoeken[referentie] for referentie in self.verwijzingen.get(nummer, ()))
