"""Judging elsewhere what would keep others waiting: a message that is large, or one about a dossier that is.

The process beside the server judges it against one moment, with a connection of its own and without a lock. The writer then takes
it like any other message, sees that nothing has changed of what it rests on, and writes. Has something changed, then it is
judged anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from ..oordeel.betrokken import betrokken
from ..opslag.berichten import berichten
from ..opslag.database import momentopname
from ..opslag.declaraties import verwerkingen
from ..regels.contract import Contract
from ..regels.toetsen import toets_bericht
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from ..trace import Trace
from .aanname import Aangeboden
from .besluit import Besluit, Gezien
from .heen import beslis
from .ontvangst import Apart, Uitkomst
from .opzoeken import Voorraad, zoek_op
from .tuig import Tuig

_GROOT = 30_000
"""A message of so many bytes is judged elsewhere at once."""

_ZWARE_RIJEN, ZWARE_BYTES = 400, 1_000_000
"""From so many rows that come of a message, or so many bytes of it, writing it takes more than some ten milliseconds."""

_ZO_NIET = ("323", "325")
"""Declaraties go their own way when they are large."""


def kan_apart(a: Aangeboden) -> bool:
    """Whether a message can be judged elsewhere."""
    return not a.soort.is_retour and a.soort.nummer not in _ZO_NIET


def is_groot(a: Aangeboden) -> bool:
    """Whether a message is large enough to be judged elsewhere, whatever its dossier, or was read there."""
    return kan_apart(a) and (a.elders is not None or len(a.data) > _GROOT)


def is_zwaar_werk(a: Aangeboden) -> bool:
    """Whether writing a message keeps others waiting. What is large and answers another is judged while it is written."""
    if not kan_apart(a) and not a.groot and len(a.data) > _GROOT:
        return True
    return len(a.data) >= ZWARE_BYTES or (a.besluit is not None and a.besluit.rijen >= _ZWARE_RIJEN)


@dataclass(frozen=True, slots=True)
class Opdracht:
    """A message that may be taken in, as it goes to another process: ``Aangeboden`` without what can be made of its bytes."""

    id: str
    data: bytes
    contract: Contract
    zelf: bool
    nu: datetime
    geeft_door: bool
    trace: Trace | None

    @classmethod
    def van(cls, a: Aangeboden) -> "Opdracht":
        """That of this message."""
        return cls(a.id, a.data, a.contract, a.zelf, a.nu, a.geeft_door, a.trace)

    def aangeboden(self, schemas: Schemas) -> Aangeboden:
        """The message again."""
        gelezen = lees(self.data, schemas, len(self.data))
        wie = betrokken(gelezen.bericht, gelezen.soort)
        binnen = tuple(toets_bericht(gelezen.bericht, gelezen.soort, self.data))
        a = Aangeboden(self.id, self.data, gelezen, wie, binnen, self.contract, self.zelf, self.nu)
        return replace(a, geeft_door=self.geeft_door, trace=self.trace)


def oordeel(tuig: Tuig, opdracht: Opdracht) -> Besluit:
    """Judge a heenbericht against this moment, with these tools."""
    a = opdracht.aangeboden(tuig.schemas)
    with momentopname(tuig.engine) as verbinding:
        sinds = verwerkingen.stand(verbinding)
        voorraad = zoek_op(verbinding, [a])
        gezien = _gezien(sinds, voorraad)
        return replace(beslis(verbinding, [a], tuig.schemas, voorraad), gezien=gezien)


def leg_vast(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> dict[str, Uitkomst]:
    """Write what was judged elsewhere, one after the other; ``Apart`` for what no longer holds."""
    gedaan: dict[str, Uitkomst] = {}
    for a in groep:
        assert a.besluit is not None
        gedaan |= {a.id: Apart()} if _veranderd(verbinding, a) else a.besluit.schrijf(verbinding)
    return gedaan


def _gezien(sinds: int, voorraad: Voorraad) -> Gezien:
    leverfeiten = frozenset(map(tuple, voorraad.leverfeiten)) if voorraad.leverfeiten is not None else None
    return Gezien(
        sinds, frozenset(voorraad.gebruikt), dict(voorraad.eigenaars), dict(voorraad.van_verzoek), leverfeiten
    )


def _veranderd(verbinding: Connection, a: Aangeboden) -> bool:
    """Whether something came of its dossier since, or of what is unique over dossiers. Its locks are held."""
    assert a.besluit is not None
    gezien = a.besluit.gezien
    assert gezien is not None
    sinds, nu = gezien.sinds, zoek_op(verbinding, [a])
    if _gezien(sinds, nu) != gezien:
        return True
    dossier = nu.dossier_van(a)
    if dossier is not None and berichten.later(verbinding, dossier, sinds):
        return True
    return a.verwijdert and verwerkingen.veranderd(verbinding, a.soort.domein, a.wie.aanbieder, sinds)
