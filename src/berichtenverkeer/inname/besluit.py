"""What a group of heenberichten comes to, as it is to be written: judged here, or elsewhere against one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ..levensloop.dossier import Dossiersleutel
from ..opslag import berichten, dossierbeeld, dossiers, inzetstand, samen, teller
from ..standaard.domein import Domein
from .ontvangst import Uitkomst

_TOEWIJZING = "301"


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
        alles = [*berichten.nieuwe(rijen), *afgeleid.als_rijen(), beelden]
        for gevolgd in samen.schrijf(verbinding, alles, _doorgegeven(rijen, afgeleid)):
            inzetstand.volg(verbinding, [id_ for (id_,) in gevolgd])
        return self.ontvangsten


def _doorgegeven(
    rijen: Sequence[Mapping[str, Any]], afgeleid: dossiers.Afgeleid
) -> list[tuple[samen.Vraag, Sequence[Sequence[object]]]]:
    """Which inzetten lie on the toewijzingen that a 301 changed: nothing else changes an inzet. It is asked in the round trip of the
    writing, so a node without hoofdaannemers waits for nothing more."""
    van_301 = {rij["volgnummer"] for rij in rijen if rij["berichtsoort"].endswith(_TOEWIJZING)}
    ids = [(id_,) for id_, rij in afgeleid.toewijzingen.items() if rij["wijziging"] in van_301]
    return [(inzetstand.GEVOLGD, ids)] if ids else []


def _vanaf(eerste: int, rij: Mapping[str, Any], kolom: str) -> dict[str, Any]:
    return {**rij, kolom: rij[kolom] + eerste}
