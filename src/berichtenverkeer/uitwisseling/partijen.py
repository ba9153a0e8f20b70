"""The parties of this node, and which token acts for which."""

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from ..opslag import partijen as tabel
from ..opslag.database import schrijvend


class Partijrol(StrEnum):
    """What a party is. A hoofdaannemer is an aanbieder that works with onderaannemers."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"
    HOOFDAANNEMER = "hoofdaannemer"


class Beoordeling(StrEnum):
    """Who judges the messages that a party receives: this node at once on its behalf, or the party by its own retour."""

    KNOOPPUNT = "knooppunt"
    PARTIJ = "partij"


@dataclass(frozen=True, slots=True)
class Partij:
    """A party: ``code`` is the CBS code of a gemeente (4 digits) or the AGB code of an aanbieder (8 digits)."""

    code: str
    rol: Partijrol
    naam: str
    beoordeling: Beoordeling = Beoordeling.KNOOPPUNT


class PartijFout(ValueError):
    """A party cannot be registered so. The text is Dutch and says what to do."""


def registreer(engine: Engine, code: str, rol: Partijrol, naam: str, nu: datetime) -> Partij:
    """Add a party. Raises ``PartijFout`` for a code that does not fit the role, or that is taken."""
    cijfers = 4 if rol is Partijrol.GEMEENTE else 8
    if not re.fullmatch(rf"[0-9]{{{cijfers}}}", code):
        soort = "CBS-code van 4 cijfers" if rol is Partijrol.GEMEENTE else "AGB-code van 8 cijfers"
        raise PartijFout(f"{code} past niet bij de rol {rol}: gebruik een {soort}, met voorloopnullen.")
    if not naam.strip():
        raise PartijFout("Geef de partij een naam.")
    try:
        with schrijvend(engine) as verbinding:
            tabel.voeg_toe(verbinding, code, rol, naam, nu)
    except IntegrityError:
        raise PartijFout(f"Partij {code} bestaat al.") from None
    return Partij(code, rol, naam)


def maak_token(engine: Engine, code: str, nu: datetime, toeval: Callable[[int], str] = secrets.token_urlsafe) -> str:
    """A new token for a party; only its hash is kept. Raises ``PartijFout`` for an unknown party."""
    token = toeval(32)
    try:
        with schrijvend(engine) as verbinding:
            tabel.geef_token(verbinding, code, token, nu)
    except IntegrityError:
        raise PartijFout(f"Partij {code} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.") from None
    return token


def alle(engine: Engine) -> list[Partij]:
    """Every party, in order of its code."""
    with engine.connect() as verbinding:
        return [_partij(rij) for rij in tabel.alle(verbinding)]


def zet_beoordeling(engine: Engine, code: str, beoordeling: Beoordeling) -> None:
    """Say who judges what this party receives from now on. Raises ``PartijFout`` for an unknown party.

    What waits for a retourbericht of the party keeps waiting for it.
    """
    with schrijvend(engine) as verbinding:
        if not tabel.zet_beoordeling(verbinding, code, beoordeling):
            raise PartijFout(f"Partij {code} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.")


def _partij(rij: RowMapping) -> Partij:
    return Partij(rij["code"], Partijrol(rij["rol"]), rij["naam"], Beoordeling(rij["beoordeling"]))


class Register:
    """The parties and tokens in memory, so that a message costs no query for them.

    Read anew when older than ``houdbaar`` seconds, and at once (but at most every ``rust`` seconds) when a code or token
    is not found: a party that was just added can act. A token that was withdrawn works for ``houdbaar`` seconds more.
    """

    def __init__(
        self, engine: Engine, houdbaar: float = 5.0, rust: float = 0.2, seconden: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._houdbaar = houdbaar
        self._rust = rust
        self._seconden = seconden
        self._slot = threading.Lock()
        self._gelezen = float("-inf")
        self._partijen: dict[str, Partij] = {}
        self._tokens: dict[str, str] = {}

    def partij(self, code: str) -> Partij | None:
        """The party with this code."""
        self._ververs(self._houdbaar)
        if code not in self._partijen:
            self._ververs(self._rust)
        return self._partijen.get(code)

    def van_token(self, token: str) -> Partij | None:
        """The party this token acts for."""
        hash_ = tabel.vingerafdruk(token)
        self._ververs(self._houdbaar)
        if hash_ not in self._tokens:
            self._ververs(self._rust)
        return self._partijen.get(self._tokens.get(hash_, ""))

    def _ververs(self, houdbaar: float) -> None:
        if self._seconden() - self._gelezen <= houdbaar:
            return
        with self._slot:
            if self._seconden() - self._gelezen <= houdbaar:
                return
            with self._engine.connect() as verbinding:
                partijen = [_partij(rij) for rij in tabel.alle(verbinding)]
                tokens = tabel.tokens(verbinding)
            self._partijen = {partij.code: partij for partij in partijen}
            self._tokens = tokens
            self._gelezen = self._seconden()
