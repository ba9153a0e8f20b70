"""How PostgreSQL is connected to, with a limit to every wait."""

from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from .wachttijd import TeLangGewacht, Wachttijd

_SPELING = 1.0
"""Seconds that the server has to say itself that a statement took too long: then the connection remains good."""

_NETWERK = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""After some 25 seconds a machine at the other end that is gone is noticed. Seconds, but the last: milliseconds."""

_IN_TRANSACTIE = 60.0
"""Seconds after which the server ends a transaction in which nothing is asked: who began it is gone, and its locks are in the
way."""

_VOORKEUR = {"enable_seqscan": "off"}
"""All that is asked, is asked by way of an index. Of tables that only begin to fill PostgreSQL thinks that it had better read them
whole, and a prepared statement goes on doing so while they grow."""


class TeLang(psycopg.OperationalError, TeLangGewacht):
    """No answer within the limit."""


class Verbinding(psycopg.Connection[Any]):
    """A connection that waits ``hoogstens`` seconds for each answer. Where that is in vain nothing is known of what the server
    does or did, so it is closed."""

    hoogstens: float | None = None

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """What psycopg does wherever it waits. Raises ``TeLang``."""
        try:
            return super().wait(gen, interval, self.hoogstens if timeout is None else timeout)
        except psycopg.OperationalError:
            if timeout is not None or self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
        self.close()
        raise TeLang("no answer within the limit")


def verbind(wachttijd: Wachttijd, *args: Any, **parameters: Any) -> Verbinding:
    """A connection with these limits. What the parameters themselves say of connecting goes before."""
    grenzen = _NETWERK | {"connect_timeout": round(wachttijd.verbinding)}
    verbinding = Verbinding.connect(*args, **grenzen | parameters)
    verbinding.hoogstens = wachttijd.antwoord + _SPELING
    seconden = {
        "statement_timeout": wachttijd.antwoord,
        "lock_timeout": wachttijd.slot,
        "idle_in_transaction_session_timeout": max(_IN_TRANSACTIE, wachttijd.antwoord),
    }
    waarden = {naam: str(round(grens * 1000)) for naam, grens in seconden.items()} | _VOORKEUR
    zet = ", ".join(f"set_config('{naam}', '{waarde}', false)" for naam, waarde in waarden.items())
    try:
        verbinding.execute(f"SELECT {zet}")
        verbinding.commit()
    except BaseException:
        verbinding.close()
        raise
    return verbinding
