"""A dossier made again from the bytes of its messages: for a rebuild, and when a message stops or begins to count."""

from bisect import insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from sqlalchemy import Connection, RowMapping

from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.gebeurtenis import Gebeurtenis, volgorde
from ..levensloop.stand import verschil
from ..oordeel.oordeel import Berichtoordeel, feiten
from ..opslag.bureau import inzetstand
from ..opslag.dossiers import dossierbeeld, dossiers
from ..opslag.dossiers.dossiers import Afgeleid
from ..opslag.stuurinformatie import stuurfeiten, stuurpaar
from ..partijen.partij import Beoordelaar
from ..regels.bevinding import UIT_RETOUR, fouten_van
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from .gevolgen import gevolgen


def sloten(sleutels: Iterable[str]) -> set[str]:
    """What who puts right these dossiers locks: each, and the client whose it is."""
    alle = set(sleutels)
    return alle | {stuurpaar.slot(stuurpaar.client_van(een)) for een in dossiers.sleutels(alle)}


def herstel(verbinding: Connection, sleutels: Collection[str], schemas: Schemas) -> list[str]:
    """Put right the derived rows of these dossiers, and the inzetten on them; those that differed. Whoever calls holds their
    locks."""
    anders = afwijkend(verbinding, sleutels, schemas)
    dossierbeeld.vergeet(verbinding, sleutels)
    dossiers.wis(verbinding, list(anders))
    for rijen in anders.values():
        dossiers.schrijf(verbinding, rijen)
    inzetstand.volg_dossiers(verbinding, anders)
    stuurfeiten.volg_dossiers(verbinding, dossiers.sleutels(anders))
    return list(anders)


def afwijkend(verbinding: Connection, sleutels: Collection[str], schemas: Schemas) -> dict[str, Afgeleid]:
    """Which of these dossiers have other rows than they should, with the rows they should have."""
    bestaand = dossiers.rijen(verbinding, sleutels)
    berichten = dossiers.berichten_van(verbinding, sleutels)
    nieuw = {sleutel: vouw(sleutel, berichten.get(sleutel, []), schemas) for sleutel in sleutels}
    return {d: rijen for d, rijen in nieuw.items() if dossiers.als_rijen(rijen) != bestaand.get(d, set())}


def vouw(dossier: str, berichten: Sequence[RowMapping], schemas: Schemas) -> Afgeleid:
    """The rows of one dossier, from its messages in order of arrival."""
    if not berichten:
        return Afgeleid()
    verloop = _Verloop(dossiers.sleutel(dossier))
    heen = {rij["id"]: rij for rij in berichten if rij["antwoord_op"] is None}
    for rij in berichten:
        if rij["antwoord_op"] is None:
            if rij["beoordeling"] == Beoordelaar.KNOOPPUNT or not _eigen_fouten(rij):
                verloop.telt(rij, rij, schemas)
        elif heen[rij["antwoord_op"]]["oordeel"] == Berichtoordeel.GOEDGEKEURD:
            verloop.telt(heen[rij["antwoord_op"]], rij, schemas)
        else:
            verloop.telt_niet_meer(rij["antwoord_op"], rij)
    return verloop.rijen


def _eigen_fouten(rij: RowMapping) -> bool:
    """Whether the rules refuse a message whose receiver judges for itself: then it waits to count."""
    return any(bevinding["regel"] != UIT_RETOUR for bevinding in fouten_van(rij["bevindingen"]))


@dataclass(frozen=True, slots=True)
class _Deel:
    """The gebeurtenissen of one message that counts."""

    volgnummer: int
    bericht: str
    gevallen: tuple[Gebeurtenis, ...]


@dataclass(slots=True)
class _Verloop:
    """A dossier as its messages come to count and stop to count."""

    sleutel: Dossiersleutel
    rijen: Afgeleid = field(default_factory=Afgeleid)
    dossier: Dossier = field(default_factory=Dossier)
    delen: list[_Deel] = field(default_factory=list)

    def telt(self, heen: RowMapping, door: RowMapping, schemas: Schemas) -> None:
        """This message counts from the moment that ``door`` came in: itself, or its retourbericht."""
        if any(deel.bericht == heen["id"] for deel in self.delen):
            return
        gelezen = lees(heen["inhoud"], schemas)
        gevallen = gevolgen(heen["id"], gelezen, volgorde(feiten(gelezen.bericht)), heen["ontvangen_op"])
        insort(self.delen, _Deel(heen["volgnummer"], heen["id"], tuple(gevallen)), key=attrgetter("volgnummer"))
        achteraan = self.delen[-1].bericht == heen["id"]
        na = self.dossier.met(gevallen) if achteraan else self._opnieuw()
        gevolg = verschil(self.dossier, na, gevallen)
        self.rijen.neem_op(self.sleutel, gevallen, heen["volgnummer"], gevolg, door["volgnummer"], door["ontvangen_op"])
        self.dossier = na

    def telt_niet_meer(self, bericht: str, door: RowMapping) -> None:
        """This message was rejected by its receiver."""
        weg = [geval for deel in self.delen if deel.bericht == bericht for geval in deel.gevallen]
        self.delen = [deel for deel in self.delen if deel.bericht != bericht]
        na = self._opnieuw()
        gevolg = verschil(self.dossier, na, weg)
        self.rijen.neem_terug(self.sleutel, bericht, gevolg, door["volgnummer"], door["ontvangen_op"])
        self.dossier = na

    def _opnieuw(self) -> Dossier:
        return Dossier.van(geval for deel in self.delen for geval in deel.gevallen)
