"""What the log of who saw what adds to taking messages in: two nodes take the same groups, one of which keeps no log, in turn.

Processor time of this process and, on PostgreSQL, of the server process that works for it, so that a busy machine counts for both alike.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, text

from berichtenverkeer.inname.aanname import Aangeboden, neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.noteren import noteer
from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.schema import Schemas

from .dossier import maak_node
from .mix import bsns, gang
from .server import Database

AANLOOP = 3
"""Groups of which nothing is counted: the first messages of a process cost more."""

_TIK = os.sysconf("SC_CLK_TCK")


def meet_loginname(database: Database, groepen: int = 40) -> dict[str, float]:
    """Milliseconds of a message with and without the log and how many times the one is the other, for groups of one and of sixteen."""
    uit: dict[str, float] = {}
    for grootte in (1, 16):
        met, zonder = _meet(database, grootte, groepen * (4 if grootte == 1 else 1))
        uit |= {f"{grootte}: met_ms": met, f"{grootte}: zonder_ms": zonder, f"{grootte}: met/zonder": met / zonder}
    return uit


def _meet(database: Database, grootte: int, groepen: int) -> tuple[float, float]:
    nodes = [Node(database(), log=log) for log in (True, False)]
    try:
        clienten = zip(range((groepen + AANLOOP) * grootte), bsns(), strict=False)
        for ronde, leden in enumerate(groepen_van([gang(nummer, bsn) for nummer, bsn in clienten], grootte)):
            beurt = nodes if ronde % 2 else nodes[::-1]
            for node in beurt:
                node.neem(leden, telt=ronde >= AANLOOP * 3)
        met, zonder = (node.ms() for node in nodes)
        return met, zonder
    finally:
        for node in nodes:
            node.engine.dispose()


def groepen_van(gangen: Sequence[list[tuple[str, bytes]]], grootte: int) -> list[list[tuple[str, bytes]]]:
    """Of so many clients the first message, then the second, and so on."""
    delen = (gangen[begin : begin + grootte] for begin in range(0, len(gangen), grootte))
    return [list(leden) for deel in delen for leden in zip(*deel, strict=True)]


class Node:
    """A node without HTTP, and what it cost."""

    def __init__(self, url: str, *, log: bool) -> None:
        self.engine, _ = maak_node(url)
        self._log = log
        self._register, self._schemas = Register(self.engine), Schemas(Instellingen().xsd_dir)
        self._contract = Contract()
        self._tijd, self._aantal = 0.0, 0

    def neem(self, leden: Sequence[tuple[str, bytes]], *, telt: bool) -> None:
        """Take these in, as one group."""
        server = _server(self.engine)
        begin, vooraf = time.process_time(), _van(server)
        groep = [self._aangeboden(van, data) for van, data in leden]
        with schrijvend(self.engine) as verbinding:
            uitkomsten = verwerk(verbinding, groep, self._schemas)
            if self._log:
                noteer(verbinding, [(een, None) for een in groep], uitkomsten)
        tijd = time.process_time() - begin + _van(server) - vooraf
        assert all(isinstance(een, Ontvangst) and een.oordeel == "goedgekeurd" for een in uitkomsten)
        if telt:
            self._tijd += tijd
            self._aantal += len(leden)

    def ms(self) -> float:
        """Milliseconds of a message."""
        return self._tijd / self._aantal * 1000

    def _aangeboden(self, van: str, data: bytes) -> Aangeboden:
        partij = self._register.partij(van)
        assert partij is not None
        nu = systeemklok()
        return neem_aan(data, partij, self._register, lambda *_: self._contract, self._schemas, nu, 1_000_000)


def _server(engine: Engine) -> int | None:
    """The process of PostgreSQL that works for the one connection of this engine."""
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as verbinding:
        return int(verbinding.execute(text("SELECT pg_backend_pid()")).scalar_one())


def _van(proces: int | None) -> float:
    """Processor time of a process until now, in seconds."""
    if proces is None:
        return 0.0
    velden = Path(f"/proc/{proces}/stat").read_text().rpartition(")")[2].split()
    return (int(velden[11]) + int(velden[12])) / _TIK
