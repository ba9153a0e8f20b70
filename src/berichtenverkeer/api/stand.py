"""How the database stands, as it was seen a moment ago: what waits, which certificates there are, whether its tables are ours. For who asks
that every few seconds: to count costs the database something."""

import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from ..inname import wachtend
from ..inname.wachtend import Wachtrij
from ..opslag.database import eis_bij
from ..partijen import certificaten
from ..partijen.certificaten import Geregistreerd
from ..zegbaar import Zegbaar

_OM_DE = 10.0
"""Seconds that it counts."""


@dataclass(frozen=True, slots=True)
class Stand:
    """``past_niet`` says why the tables or the keys are not those of this release and node (Dutch); None when they are. Then the rest is
    not known."""

    wachtrijen: list[Wachtrij]
    certificaten: list[Geregistreerd]
    past_niet: str | None = None


_GEZIEN: WeakKeyDictionary[Engine, tuple[float, Stand]] = WeakKeyDictionary()


def kijk(engine: Engine) -> Stand:
    """How it stands. Raises what the database raises."""
    nu = time.monotonic()
    if (gezien := _GEZIEN.get(engine)) is not None and nu - gezien[0] < _OM_DE:
        return gezien[1]
    try:
        eis_bij(engine)
    except Zegbaar as fout:
        stand = Stand([], [], str(fout))
    else:
        stand = Stand(wachtend.stand(engine, None), certificaten.alle(engine))
    _GEZIEN[engine] = nu, stand
    return stand
