"""What was taken in stands in the log: whose message it is, who handed it in, about whom it is and what came of it, in the transaction of
its group."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from ..opslag import logboek
from ..opslag.berichten import berichten
from ..opslag.logboek import Regel
from ..opslag.personen import personen_in
from ..opslag.verborgen import CIJFERS
from ..optreden import Actie, Activiteit, Optreden, Wie
from ..trace import begin
from .aanname import Aangeboden
from .ontvangst import Ontvangst, Uitkomst

OPNEMEN = Activiteit("bericht-opnemen", Actie.MAKEN, "bericht")
"""To take in, judge and keep a message, with all that follows from it."""

BEKEND = "al bekend"
"""The same bytes were taken in before: nothing was changed."""


def noteer(
    verbinding: Connection,
    groep: Sequence[tuple[Aangeboden, Optreden | None]],
    uitkomsten: Sequence[Uitkomst],
) -> None:
    """Note what came of these; to be called last in their transaction. What is first to be judged elsewhere is not taken in yet."""
    gedaan = [
        (a, optreden, uitkomst)
        for (a, optreden), uitkomst in zip(groep, uitkomsten, strict=True)
        if isinstance(uitkomst, Ontvangst)
    ]
    van_dossier = _dossiers(verbinding, [a.id for a, _, _ in gedaan if not _noemt_client(a)])
    regels: list[Regel] = []
    for a, optreden, uitkomst in gedaan:
        regels += _regels(a, optreden, uitkomst, van_dossier)
    logboek.schrijf(verbinding, logboek.INNAME, regels)


BEOORDELEN = Activiteit("declaratie-beoordelen", Actie.WIJZIGEN, "bericht")
"""To judge a large declaratie that was taken in before: of whom it is stands there."""


def noteer_oordeel(verbinding: Connection, bericht: str, oordeel: str, trace: str | None) -> None:
    """Note the verdict on a declaratie; to be called last in its transaction."""
    stap = begin(trace)
    regel = Regel(Wie(), BEOORDELEN, f"bericht/{bericht}", None, oordeel, stap.id, stap.span)
    logboek.schrijf(verbinding, logboek.INZAGE, [regel])


def _noemt_client(a: Aangeboden) -> bool:
    return a.wie.bsn is not None or a.soort.nummer in _MET_CLIENTEN


_MET_CLIENTEN = ("323", "325")
"""Of these each client is read from the bytes."""


def _dossiers(verbinding: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """The dossier of each of these messages: a 319 and a clean retourbericht name no client."""
    return berichten.dossiers_van(verbinding, ids) if ids else {}


def _regels(
    a: Aangeboden, optreden: Optreden | None, uitkomst: Ontvangst, van_dossier: Mapping[str, str]
) -> Iterator[Regel]:
    bekend = optreden.wie() if optreden is not None else Wie()
    wie = Wie(a.wie.verzender, bekend.gebruiker, bekend.bewijs)
    gang = optreden.stap if optreden is not None else a.trace or begin()
    oordeel = uitkomst.oordeel if uitkomst.nieuw else BEKEND
    for bsn in _personen(a, van_dossier.get(a.id)) or (None,):
        yield Regel(wie, OPNEMEN, f"bericht/{a.id}", bsn, oordeel, gang.id, gang.span)


def _personen(a: Aangeboden, dossier: str | None) -> Sequence[str]:
    if a.wie.bsn is not None:
        return [a.wie.bsn]
    if a.soort.nummer in _MET_CLIENTEN:
        return personen_in(a.data)
    return [dossier[-CIJFERS:]] if dossier else []
