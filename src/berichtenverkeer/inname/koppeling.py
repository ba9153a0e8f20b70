"""What the envelopes of messages ask of the transaction that takes those in: a port, for the inname knows no envelopes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection

from ..oordeel.weigering import Weigering
from .aanname import Aangeboden
from .ontvangst import Uitkomst


class Koppeling(Protocol):
    """Who knows the envelopes. It is asked about a group at a time, within the transaction of the group."""

    def weiger(
        self, verbinding: Connection, groep: Sequence[Aangeboden], bekend: Collection[str]
    ) -> Mapping[int, Weigering]:
        """What of a group is refused for its envelope, by place. ``bekend`` are the ids of the messages in it that were taken
        in before."""

    def koppel(self, verbinding: Connection, uitkomsten: Sequence[tuple[Aangeboden, Uitkomst]]) -> None:
        """Note on the envelopes what came of their messages."""


class GeenEnveloppen:
    """Of who takes in only what comes without an envelope."""

    def weiger(
        self, verbinding: Connection, groep: Sequence[Aangeboden], bekend: Collection[str]
    ) -> Mapping[int, Weigering]:
        """Nothing is."""
        assert all(a.zending is None for a in groep)
        return {}

    def koppel(self, verbinding: Connection, uitkomsten: Sequence[tuple[Aangeboden, Uitkomst]]) -> None:
        """There is none to note it on."""
