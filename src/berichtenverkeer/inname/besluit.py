"""What a group of heenberichten comes to, as it is to be written: judged here, or elsewhere against one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect

from ..levensloop.dossier import Dossiersleutel
from ..opslag import samen, teller
from ..opslag.berichten import berichten
from ..opslag.bureau import inzetstand
from ..opslag.dossiers import dossierbeeld, dossiers
from ..opslag.samen import Gereed, Rij
from ..opslag.stuurinformatie.stuurrijen import Wijziging
from ..standaard.domein import Domein
from .ontvangst import Uitkomst


@dataclass(frozen=True, slots=True)
class Gezien:
    """What a message was judged against: all up to the number ``sinds``, whose the names were that are unique over dossiers, and what
    was kept of deliveries to its client, if that mattered."""

    sinds: int
    gebruikt: frozenset[tuple[str, str, str]]
    eigenaars: Mapping[tuple[Domein, str, int], Dossiersleutel]
    van_verzoek: Mapping[tuple[Domein, str, str], Dossiersleutel]
    leverfeiten: frozenset[Rij] | None


@dataclass(frozen=True, slots=True)
class Besluit:
    """The rows to write, as the database takes them, and the answers to give. Numbers, of which there are ``aantal``, count from 0
    until it is written. ``doorgegeven`` are the toewijzingen of hoofdaannemers that a 301 changed: nothing else changes an inzet.
    ``gezien`` is what it rests on, when that may have changed since."""

    aantal: int
    delen: Sequence[Gereed]
    doorgegeven: Sequence[str]
    ontvangsten: Mapping[str, Uitkomst]
    gezien: Gezien | None = None

    @property
    def rijen(self) -> int:
        """How many rows there are to write."""
        return sum(deel.aantal for deel in self.delen)

    def schrijf(self, verbinding: Connection) -> Mapping[str, Uitkomst]:
        """Give out the numbers and write it. From here to the commit nobody else can have numbers. It stays as it is, for it may
        have to be written again."""
        eerste = teller.volgnummers(verbinding, self.aantal)
        samen.schrijf_gereed(verbinding, self.delen, eerste)
        inzetstand.volg(verbinding, self.doorgegeven)
        return self.ontvangsten


def maak_besluit(
    dialect: Dialect,
    rijen: Sequence[dict[str, Any]],
    afgeleid: dossiers.Afgeleid,
    beelden: Sequence[Mapping[str, Any]],
    wijziging: Wijziging,
    ontvangsten: Mapping[str, Uitkomst],
    aan_hoofdaannemer: Collection[int] = (),
) -> Besluit:
    """That of these messages and what follows from them, with numbers that count from 0, for such a database. ``aan_hoofdaannemer``
    are the numbers of the 301s to a hoofdaannemer."""
    doorgegeven = tuple(id_ for id_, rij in afgeleid.toewijzingen.items() if rij["wijziging"] in aan_hoofdaannemer)
    alles = [*berichten.nieuwe(rijen), *afgeleid.als_rijen(), dossierbeeld.als_rijen(beelden)]
    delen = samen.maak_gereed(alles, dialect) + wijziging.gereed(dialect)
    return Besluit(len(rijen), delen, doorgegeven, ontvangsten)
