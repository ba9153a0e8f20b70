"""Rebuilding what is derived: every dossier is folded anew from the bytes of its approved messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, RowMapping

from ..levensloop.dossier import Dossier
from ..levensloop.gebeurtenis import volgorde
from ..levensloop.stand import voer_door
from ..opslag import dossiers
from ..opslag.bulk import batched
from ..opslag.database import schrijvend, vergrendel
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from ..verwerking.oordeel import feiten
from .inname import gevolgen

_TEGELIJK = 100


@dataclass(frozen=True, slots=True)
class Herbouwd:
    """How many dossiers were rebuilt, and how many of them had other rows than they should."""

    dossiers: int
    afwijkend: int


def herbouw(engine: Engine, schemas: Schemas) -> Herbouwd:
    """Make the derived rows of all dossiers again and put right those that differ.

    A hundred dossiers a transaction, each locked meanwhile, so that the service may run on.
    """
    with engine.connect() as verbinding:
        sleutels = dossiers.alle(verbinding)
    afwijkend = 0
    for deel in batched(sleutels, _TEGELIJK):
        with schrijvend(engine) as verbinding:
            vergrendel(verbinding, set(deel))
            bestaand = dossiers.rijen(verbinding, deel)
            goedgekeurd = dossiers.goedgekeurd(verbinding, deel)
            nieuw = {dossier: _vouw(dossier, goedgekeurd.get(dossier, []), schemas) for dossier in deel}
            anders = [d for d in deel if dossiers.als_rijen(*nieuw[d]) != bestaand.get(d, set())]
            dossiers.wis(verbinding, anders)
            for dossier in anders:
                dossiers.schrijf(verbinding, *nieuw[dossier])
            afwijkend += len(anders)
    return Herbouwd(len(sleutels), afwijkend)


def _vouw(
    dossier: str, berichten: Sequence[RowMapping], schemas: Schemas
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of one dossier, of gebeurtenis and of toewijzing, from its approved messages in order of arrival."""
    if not berichten:
        return [], []
    sleutel = dossiers.sleutel(dossier)
    stand = Dossier()
    gebeurtenissen: list[dict[str, Any]] = []
    toewijzingen: dict[int, dict[str, Any]] = {}
    for rij in berichten:
        gelezen = lees(rij["inhoud"], schemas)
        gevallen = gevolgen(rij["id"], gelezen, volgorde(feiten(gelezen.bericht)), rij["ontvangen_op"])
        stand, veranderd = voer_door(stand, gevallen)
        gebeurtenissen += (dossiers.rij_gebeurtenis(sleutel, geval) for geval in gevallen)
        for nummer, nieuw in veranderd.items():
            toewijzingen[nummer] = dossiers.rij_toewijzing(sleutel, nieuw, rij["volgnummer"], rij["ontvangen_op"])
    return gebeurtenissen, list(toewijzingen.values())
