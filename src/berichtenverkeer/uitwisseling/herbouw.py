"""Rebuilding what is derived: every dossier is folded anew from the bytes of its approved messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping

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

_Rijen = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""Of gebeurtenis and of toewijzing."""


@dataclass(frozen=True, slots=True)
class Herbouwd:
    """How many dossiers were rebuilt, and how many of them had other rows than they should."""

    dossiers: int
    afwijkend: int


def herbouw(engine: Engine, schemas: Schemas) -> Herbouwd:
    """Make the derived rows of all dossiers again and put right those that differ.

    The service may run on: only dossiers that seem to differ are locked, and then looked at once more.
    """
    with engine.connect() as verbinding:
        sleutels = dossiers.alle(verbinding)
    afwijkend = 0
    for deel in batched(sleutels, _TEGELIJK):
        with engine.connect() as verbinding:
            verdacht = _afwijkend(verbinding, deel, schemas)
        if verdacht:
            with schrijvend(engine) as verbinding:
                vergrendel(verbinding, set(verdacht))
                anders = _afwijkend(verbinding, list(verdacht), schemas)
                dossiers.wis(verbinding, list(anders))
                for rijen in anders.values():
                    dossiers.schrijf(verbinding, *rijen)
            afwijkend += len(anders)
    return Herbouwd(len(sleutels), afwijkend)


def _afwijkend(verbinding: Connection, deel: Sequence[str], schemas: Schemas) -> dict[str, _Rijen]:
    """Which of these dossiers have other rows than they should, with the rows they should have."""
    bestaand = dossiers.rijen(verbinding, deel)
    goedgekeurd = dossiers.goedgekeurd(verbinding, deel)
    nieuw = {dossier: _vouw(dossier, goedgekeurd.get(dossier, []), schemas) for dossier in deel}
    return {d: rijen for d, rijen in nieuw.items() if dossiers.als_rijen(*rijen) != bestaand.get(d, set())}


def _vouw(dossier: str, berichten: Sequence[RowMapping], schemas: Schemas) -> _Rijen:
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
