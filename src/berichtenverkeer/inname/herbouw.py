"""Rebuilding what is derived: every dossier and every declaratie is made anew from the bytes of its messages."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Engine

from ..levensloop.dossier import Dossiersleutel
from ..opslag import teller
from ..opslag.berichten import signalen
from ..opslag.bulk import batched
from ..opslag.bureau import inzetstand
from ..opslag.database import schrijvend, vergrendel
from ..opslag.dossiers import dossiers
from ..opslag.stuurinformatie import stuurfeiten
from ..opslag.stuurinformatie.stuurpaar import Client, client_van
from ..standaard.schema import Schemas
from .vouw import afwijkend, herstel, sloten
from .vouw_declaraties import herbouw_declaraties

_TEGELIJK = 100


@dataclass(frozen=True, slots=True)
class Herbouwd:
    """How many dossiers and declaraties were rebuilt, and how many of them, of messages with signalen and of inzetten, had other
    rows than they should. ``vernietigd``: so many dossiers and declaraties stay as they are, for the keys of their messages were destroyed."""

    dossiers: int
    declaraties: int
    afwijkend: int
    vernietigd: int = 0


def herbouw(engine: Engine, schemas: Schemas) -> Herbouwd:
    """Make the derived rows of all dossiers, declaraties, signalen, facts of figures and inzetten again and put right those that differ.

    The service may run on: only dossiers that seem to differ are locked, and then looked at once more.
    """
    with engine.connect() as verbinding:
        weg = dossiers.vernietigd(verbinding)
        sleutels = [dossier for dossier in dossiers.alle(verbinding) if dossier not in weg]
    hersteld = 0
    for deel in batched(sleutels, _TEGELIJK):
        with engine.connect() as verbinding:
            verdacht = afwijkend(verbinding, deel, schemas)
        if verdacht:
            with schrijvend(engine) as verbinding:
                vergrendel(verbinding, sloten(verdacht))
                hersteld += len(herstel(verbinding, list(verdacht), schemas))
    declaraties = herbouw_declaraties(engine, schemas)
    hersteld += declaraties.afwijkend + _stuurfeiten(engine, sleutels, weg)
    return Herbouwd(
        len(sleutels),
        declaraties.aantal,
        hersteld + _signalen(engine) + _inzetten(engine),
        len(weg) + declaraties.vernietigd,
    )


def _stuurfeiten(engine: Engine, sleutels: Iterable[str], weg: Collection[str]) -> int:
    """Put right the facts of figures that are not those of the dossiers; of how many clients they were. Those of who has a dossier
    ``weg``, of which the keys were destroyed, stay.

    Facts of a dossier that has no message any more are made again too, and come to nothing.
    """
    blijven = {client_van(dossier) for dossier in dossiers.sleutels(weg)}
    per_client: dict[Client, list[Dossiersleutel]] = defaultdict(list)
    with engine.connect() as verbinding:
        for dossier in {*dossiers.sleutels(sleutels), *stuurfeiten.dossiers(verbinding)}:
            if (client := client_van(dossier)) not in blijven:
                per_client[client].append(dossier)
    hersteld = 0
    for deel in batched(list(per_client), _TEGELIJK):
        with engine.connect() as verbinding:
            verdacht = stuurfeiten.afwijkend(verbinding, {client: per_client[client] for client in deel})
        if verdacht:
            with schrijvend(engine) as verbinding:
                vergrendel(verbinding, sloten(map(dossiers.tekst, chain.from_iterable(verdacht.values()))))
                anders = stuurfeiten.afwijkend(verbinding, verdacht)
                stuurfeiten.volg_dossiers(verbinding, list(chain.from_iterable(anders.values())))
                hersteld += len(anders)
    return hersteld


def _signalen(engine: Engine) -> int:
    """Put right the signalen that are not those of the findings of their message; of how many messages they were."""
    with engine.connect() as verbinding:
        ids = signalen.berichten(verbinding)
    hersteld = 0
    for deel in batched(ids, _TEGELIJK):
        with engine.connect() as verbinding:
            verdacht = list(signalen.afwijkend(verbinding, deel))
        if verdacht:
            with schrijvend(engine) as verbinding:
                anders = signalen.afwijkend(verbinding, verdacht, vast=True)
                signalen.vervang(verbinding, list(anders), chain.from_iterable(anders.values()))
                hersteld += len(anders)
    return hersteld


def _inzetten(engine: Engine) -> int:
    """Put right the inzetten that do not stand as their acts and toewijzingen give; how many they were."""
    with engine.connect() as verbinding:
        verdacht = [
            code
            for code in inzetstand.hoofdaannemers(verbinding)
            if inzetstand.herstel(verbinding, code, schrijf=False)
        ]
    hersteld = 0
    for code in verdacht:
        with schrijvend(engine) as verbinding:
            teller.volgnummers(verbinding, 0)
            hersteld += inzetstand.herstel(verbinding, code, schrijf=True)
    return hersteld
