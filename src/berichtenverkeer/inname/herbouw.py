"""Rebuilding what is derived: every dossier and every declaratie is made anew from the bytes of its messages."""

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Engine

from ..opslag import dossiers, inzetstand, signalen, teller
from ..opslag.bulk import batched
from ..opslag.database import schrijvend, vergrendel
from ..standaard.schema import Schemas
from .vouw import afwijkend, herstel
from .vouw_declaraties import herbouw_declaraties

_TEGELIJK = 100


@dataclass(frozen=True, slots=True)
class Herbouwd:
    """How many dossiers and declaraties were rebuilt, and how many of them, of messages with signalen and of inzetten, had other
    rows than they should."""

    dossiers: int
    declaraties: int
    afwijkend: int


def herbouw(engine: Engine, schemas: Schemas) -> Herbouwd:
    """Make the derived rows of all dossiers, declaraties, signalen and inzetten again and put right those that differ.

    The service may run on: only dossiers that seem to differ are locked, and then looked at once more.
    """
    with engine.connect() as verbinding:
        sleutels = dossiers.alle(verbinding)
    hersteld = 0
    for deel in batched(sleutels, _TEGELIJK):
        with engine.connect() as verbinding:
            verdacht = afwijkend(verbinding, deel, schemas)
        if verdacht:
            with schrijvend(engine) as verbinding:
                vergrendel(verbinding, set(verdacht))
                hersteld += len(herstel(verbinding, list(verdacht), schemas))
    aantal, anders = herbouw_declaraties(engine, schemas)
    return Herbouwd(len(sleutels), aantal, hersteld + anders + _signalen(engine) + _inzetten(engine))


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
