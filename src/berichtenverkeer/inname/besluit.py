"""What a group of heenberichten comes to, as it is to be written: judged here, or elsewhere against one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ..levensloop.dossier import Dossiersleutel
from ..opslag import berichten, dossierbeeld, dossiers, samen, teller
from ..standaard.domein import Domein
from .ontvangst import Uitkomst


@dataclass(frozen=True, slots=True)
class Gezien:
    """What a message was judged against: all up to the number ``sinds``, and whose the names were that are unique over dossiers."""

    sinds: int
    gebruikt: frozenset[tuple[str, str, str]]
    eigenaars: Mapping[tuple[Domein, str, int], Dossiersleutel]
    van_verzoek: Mapping[tuple[Domein, str, str], Dossiersleutel]


@dataclass(slots=True)
class Besluit:
    """The rows to write and the answers to give. Until it is written numbers count from 0. ``gezien`` is what it rests on, when that
    may have changed since."""

    rijen: list[dict[str, Any]]
    afgeleid: dossiers.Afgeleid
    beelden: list[dict[str, Any]]
    ontvangsten: dict[str, Uitkomst]
    gezien: Gezien | None = None

    def schrijf(self, verbinding: Connection) -> dict[str, Uitkomst]:
        """Give out the numbers and write it. From here to the commit nobody else can have numbers. It stays as it is, for it may
        have to be written again."""
        eerste = teller.volgnummers(verbinding, len(self.rijen))
        rijen = [_vanaf(eerste, rij, "volgnummer") for rij in self.rijen]
        afgeleid = dossiers.Afgeleid(
            [_vanaf(eerste, rij, "volgnummer") for rij in self.afgeleid.gebeurtenissen],
            {id_: _vanaf(eerste, rij, "wijziging") for id_, rij in self.afgeleid.toewijzingen.items()},
            {id_: _vanaf(eerste, rij, "wijziging") for id_, rij in self.afgeleid.verzoeken.items()},
        )
        beelden = dossierbeeld.als_rijen([_vanaf(eerste, rij, "tot") for rij in self.beelden])
        samen.schrijf(verbinding, [*berichten.nieuwe(rijen), *afgeleid.als_rijen(), beelden])
        return self.ontvangsten


def _vanaf(eerste: int, rij: Mapping[str, Any], kolom: str) -> dict[str, Any]:
    return {**rij, kolom: rij[kolom] + eerste}
