"""Where people are logged in: a session begins with a password, and ends by logging out, after some rest, or after a day.

Who guesses waits longer each time, by the address and the login together, or by the device for who logged in there before: so nobody
can keep another out.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from ..opslag.database import lees, schrijvend
from ..opslag.partijen import gebruikers as tabel
from ..opslag.partijen.gebruikers import Gebruiker
from ..opslag.partijen.gebruikers import Sessie as Sessie
from .gebruikers import klopt, moet_tweede_stap

RUST = timedelta(minutes=30)
"""How long a session stays when nothing is asked."""

DUUR = timedelta(hours=12)
"""And how long in all."""

_ZIEN = timedelta(minutes=1)
"""How old it may be when a session was seen last, so that not every question writes."""

_ONTHOUD = timedelta(days=1)

_VRIJ, _LANGSTE = 5, 900
"""How often one may fail without waiting, and the seconds that one waits at most."""


_GEDULD = 10.0
"""Seconds that a form waits for the answer to the same one."""


class NogBezig(Exception):
    """A form was sent before and is still being handled."""


class Fase(StrEnum):
    """What is still to be done before someone is in, in this order."""

    CODE = "code"
    WACHTWOORD = "wachtwoord"
    TWEEDE_STAP = "tweede-stap"
    BINNEN = "binnen"


@dataclass(frozen=True, slots=True)
class Aangemeld:
    """A new session: its secret, which is kept nowhere, and that of the device."""

    geheim: str
    toestel: str


@dataclass(frozen=True, slots=True)
class Wacht:
    """It went wrong too often: so many seconds until the next attempt."""

    seconden: int


def vingerafdruk(geheim: str) -> str:
    """What is kept of a secret; they are long and random, so a plain hash is enough."""
    return hashlib.sha256(geheim.encode()).hexdigest()


def fase(sessie: Sessie, *, streng: bool) -> Fase:
    """How far someone is; ``streng``: who may change what others may, must have a second step."""
    wie = sessie.gebruiker
    if wie.totp is not None and not sessie.bevestigd:
        return Fase.CODE
    if wie.tijdelijk:
        return Fase.WACHTWOORD
    if streng and not sessie.bevestigd and wie.totp is None and moet_tweede_stap(wie):
        return Fase.TWEEDE_STAP
    return Fase.BINNEN


def meld_aan(
    engine: Engine, login: str, wachtwoord: str, adres: str, toestel: str, nu: datetime
) -> Aangemeld | Wacht | None:
    """Begin a session with a password; None when it is not that of the login, or who has it is not let in."""
    login = login.strip().lower()
    with engine.connect() as verbinding:
        wie = tabel.met_login(verbinding, login)
        bekend = wie is not None and bool(toestel) and tabel.kent_toestel(verbinding, vingerafdruk(toestel), wie.id)
        sleutel = vingerafdruk(f"toestel {toestel}" if bekend else f"adres {adres} {login}")
        if wacht := _wacht(tabel.mislukt(verbinding, sleutel), nu):
            return Wacht(wacht)
    goed = klopt(wie, wachtwoord)
    if not goed or wie is None or wie.geblokkeerd_op is not None:
        tel_mislukt(engine, sleutel, nu)
        return None
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.vergeet_mislukt(verbinding, sleutel)
    return begin(engine, wie, nu, toestel)


def begin(engine: Engine, wie: Gebruiker, nu: datetime, toestel: str = "", *, bevestigd: bool = False) -> Aangemeld:
    """A new session of someone who has shown who he or she is."""
    geheim, toestel = secrets.token_urlsafe(32), toestel or secrets.token_urlsafe(32)
    enige = next(iter(wie.partijen)) if len(wie.partijen) == 1 else None
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.ruim_op(verbinding, nu - RUST, nu - DUUR, nu - _ONTHOUD)
        tabel.begin(verbinding, vingerafdruk(geheim), wie.id, enige, bevestigd, nu)
        tabel.onthoud_toestel(verbinding, vingerafdruk(toestel), wie.id, nu)
    return Aangemeld(geheim, toestel)


def bevestig(engine: Engine, sessie: Sessie, nu: datetime) -> str:
    """The second step was taken: the secret of the session that takes the place of this one."""
    geheim = secrets.token_urlsafe(32)
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.beeindig(verbinding, sessie.hash)
        tabel.begin(verbinding, vingerafdruk(geheim), sessie.gebruiker.id, sessie.partij, True, nu)
    return geheim


def bevestigd(engine: Engine, sessie: Sessie) -> None:
    """The second step was set in this session, so it is not asked in it again."""
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.zet_sessie(verbinding, sessie.hash, bevestigd=True)


def zoek(engine: Engine, geheim: str, nu: datetime) -> Sessie | None:
    """The session of this secret, when it is not over."""
    hash_ = vingerafdruk(geheim)
    sessie = lees(engine, lambda verbinding: tabel.sessie_met(verbinding, hash_))
    if sessie is None or sessie.gebruiker.geblokkeerd_op is not None:
        return None
    if nu - sessie.gezien_op > RUST or nu - sessie.begonnen_op > DUUR:
        return None
    if nu - sessie.gezien_op > _ZIEN:
        with schrijvend(engine, noteer=False) as verbinding:
            tabel.zet_sessie(verbinding, hash_, gezien_op=nu)
    return sessie


def kies_partij(engine: Engine, sessie: Sessie, partij: str) -> bool:
    """Act for this party from now on. False when one may not."""
    if partij not in sessie.gebruiker.partijen:
        return False
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.zet_sessie(verbinding, sessie.hash, partij=partij)
    return True


def meld_af(engine: Engine, sessie: Sessie, *, overal: bool = False) -> None:
    """End this session; or everywhere."""
    with schrijvend(engine, noteer=False) as verbinding:
        if overal:
            tabel.beeindig_van(verbinding, sessie.gebruiker.id)
        else:
            tabel.beeindig(verbinding, sessie.hash)


def aantal(engine: Engine, sessie: Sessie) -> int:
    """In how many places someone is logged in."""
    with engine.connect() as verbinding:
        return len(tabel.sessies_van(verbinding, sessie.gebruiker.id))


def neem_formulier(engine: Engine, sessie: Sessie, eigen: str, nu: datetime) -> str | None:
    """Begin on the form with this key of its own; or where the answer referred to that it got before. Raises ``NogBezig``."""
    sleutel, tot = vingerafdruk(eigen), time.monotonic() + _GEDULD
    while True:
        try:
            with schrijvend(engine, noteer=False) as verbinding:
                tabel.neem_formulier(verbinding, sessie.hash, sleutel, nu)
            return None
        except IntegrityError:
            with engine.connect() as verbinding:
                naar = tabel.antwoord_op_formulier(verbinding, sessie.hash, sleutel)
        if naar is not None:
            return naar
        if time.monotonic() > tot:
            raise NogBezig
        time.sleep(0.1)


def sluit_formulier(engine: Engine, sessie: Sessie, eigen: str, naar: str | None) -> None:
    """A form was handled, and its answer refers there; without one nothing was done, and it may come again."""
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.beantwoord_formulier(verbinding, sessie.hash, vingerafdruk(eigen), naar)


def wacht_op_code(engine: Engine, sessie: Sessie, nu: datetime) -> int:
    """Seconds until the next attempt at a code of the second step."""
    with engine.connect() as verbinding:
        return _wacht(tabel.mislukt(verbinding, _code_van(sessie)), nu)


def code_mislukt(engine: Engine, sessie: Sessie, nu: datetime) -> None:
    """A code of the second step was wrong. Who comes here has the password, so this counts by person (no other is kept out by it)."""
    tel_mislukt(engine, _code_van(sessie), nu)


def code_gelukt(engine: Engine, sessie: Sessie) -> None:
    """A code of the second step was right."""
    with schrijvend(engine, noteer=False) as verbinding:
        tabel.vergeet_mislukt(verbinding, _code_van(sessie))


def tel_mislukt(engine: Engine, sleutel: str, nu: datetime) -> None:
    """Count a failure; two at the same moment may count as one."""
    try:
        with schrijvend(engine, noteer=False) as verbinding:
            tabel.tel_mislukt(verbinding, sleutel, nu)
    except IntegrityError:
        return


def _code_van(sessie: Sessie) -> str:
    return vingerafdruk(f"code {sessie.gebruiker.id}")


def _wacht(mislukt: tuple[int, datetime] | None, nu: datetime) -> int:
    if mislukt is None or mislukt[0] < _VRIJ:
        return 0
    keer, laatst = mislukt
    tot = laatst + timedelta(seconds=min(2 ** min(keer - _VRIJ, 20), _LANGSTE))
    return max(round((tot - nu).total_seconds() + 0.5), 0)
