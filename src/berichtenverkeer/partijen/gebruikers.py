"""The people of this node: who may log in, for which parties and as what.

A password is kept as argon2 makes it. The second step (TOTP) is asked of who has one, and must be set by who can change what others
may do: a beheerder and an operator.
"""

import re
import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache

import pyotp
from pwdlib import PasswordHash
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from ..opslag.database import schrijvend
from ..opslag.partijen import gebruikers as tabel
from ..opslag.partijen.gebruikers import Gebruiker as Gebruiker
from ..zegbaar import Zegbaar
from .partij import eis_bekend

MINSTE, MEESTE = 12, 200
"""Characters of a password. A longer one would only cost time."""

_TOTP_STAP = 30
"""Seconds in which a code of the second step is valid (RFC 6238)."""


class Rol(StrEnum):
    """What someone may do for a party; each may do what those before it may."""

    LEZER = "lezer"
    MEDEWERKER = "medewerker"
    BEHEERDER = "beheerder"

    def mag(self, gevraagd: "Rol") -> bool:
        """Whether this is enough for what asks for that."""
        rollen = list(Rol)
        return rollen.index(self) >= rollen.index(gevraagd)


class GebruikerFout(Zegbaar):
    """Someone cannot be registered or changed so. The text is Dutch and says what to do."""


@cache
def _argon2() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _van_niemand() -> str:
    """What a password is held against when nobody has the login: it takes as long as when someone has."""
    return _argon2().hash(secrets.token_urlsafe())


def registreer(
    engine: Engine,
    login: str,
    naam: str,
    partijen: Mapping[str, Rol],
    nu: datetime,
    *,
    operator: bool = False,
    wachtwoord: str | None = None,
    elders: bool = False,
    toeval: Callable[[int], str] = secrets.token_urlsafe,
) -> str:
    """Add someone; the password, which without ``wachtwoord`` is made and is to be changed at first login. ``elders``: he or she logs
    in with an account of elsewhere only, and there is none. Raises ``GebruikerFout`` and ``PartijFout``."""
    login = login.strip().lower()
    if not login or len(login) > 80 or not login.isprintable() or " " in login:
        raise GebruikerFout("Kies een naam of e-mailadres zonder spaties, van hoogstens 80 tekens.", veld="login")
    if not naam.strip() or len(naam) > 80 or not naam.isprintable():
        raise GebruikerFout("Geef de gebruiker een naam van hoogstens 80 tekens.", veld="naam")
    if not partijen and not operator:
        raise GebruikerFout("Noem een partij met een rol (--partij 0344:medewerker), of maak er een operator van.")
    if wachtwoord is not None:
        eis_sterk(wachtwoord, login)
    gekozen = "" if elders else wachtwoord or toeval(15)
    rij = {
        "id": str(uuid.uuid4()),
        "login": login,
        "naam": naam.strip(),
        "wachtwoord": _argon2().hash(gekozen) if gekozen else None,
        "tijdelijk": wachtwoord is None and not elders,
        "operator": operator,
        "aangemaakt_op": nu,
    }
    try:
        with schrijvend(engine) as verbinding:
            eis_bekend(verbinding, *partijen, veld="partij")
            tabel.voeg_toe(verbinding, rij, {code: str(rol) for code, rol in partijen.items()})
    except IntegrityError:
        raise GebruikerFout(f"Er is al een gebruiker {login}.", veld="login") from None
    return gekozen


def alle(engine: Engine) -> list[Gebruiker]:
    """Everyone, in order of login."""
    with engine.connect() as verbinding:
        return tabel.alle(verbinding)


def zoek(engine: Engine, login: str) -> Gebruiker | None:
    """Who logs in by this name."""
    with engine.connect() as verbinding:
        return tabel.met_login(verbinding, login.strip().lower())


def geef(engine: Engine, id_: str) -> Gebruiker | None:
    """Who has this id."""
    return next((wie for wie in alle(engine) if wie.id == id_), None)


def zet_rol(engine: Engine, login: str, partij: str, rol: Rol | None) -> None:
    """Say what someone may do for a party from now on; None is nothing. Where that leaves nothing at all he or she can only look at the own
    account. Raises ``GebruikerFout`` for an unknown login, ``PartijFout`` for an unknown party."""
    with schrijvend(engine) as verbinding:
        wie = _bekend(verbinding, login)
        eis_bekend(verbinding, partij)
        partijen = {code: van for code, van in wie.partijen.items() if code != partij}
        tabel.geef_partijen(verbinding, wie.id, partijen | ({partij: str(rol)} if rol is not None else {}))
        tabel.laat_partij_los(verbinding, wie.id, partij if rol is None else "")


def meld_overal_af(engine: Engine, login: str) -> int:
    """End all sessions of someone; how many there were. Raises ``GebruikerFout`` for an unknown login."""
    with schrijvend(engine) as verbinding:
        wie = _bekend(verbinding, login)
        aantal = len(tabel.sessies_van(verbinding, wie.id))
        tabel.beeindig_van(verbinding, wie.id)
    return aantal


def blokkeer(engine: Engine, login: str, nu: datetime | None) -> None:
    """Let someone in no more, and end all sessions; None lets in again. Raises ``GebruikerFout`` for an unknown login."""
    with schrijvend(engine) as verbinding:
        wie = _bekend(verbinding, login)
        tabel.zet(verbinding, wie.id, geblokkeerd_op=nu)
        tabel.beeindig_van(verbinding, wie.id)


def geef_nieuw_wachtwoord(engine: Engine, login: str, toeval: Callable[[int], str] = secrets.token_urlsafe) -> str:
    """A new password that is to be changed at first login; the second step is to be set again, and all sessions end."""
    nieuw = toeval(15)
    with schrijvend(engine) as verbinding:
        wie = _bekend(verbinding, login)
        tabel.zet(verbinding, wie.id, wachtwoord=_argon2().hash(nieuw), tijdelijk=True, totp=None)
        tabel.beeindig_van(verbinding, wie.id)
    return nieuw


def wijzig_wachtwoord(engine: Engine, wie: Gebruiker, nieuw: str, sessie: str) -> None:
    """Take another password; all other sessions end. Raises ``GebruikerFout`` for one that is too weak."""
    eis_sterk(nieuw, wie.login)
    if klopt(wie, nieuw):
        raise GebruikerFout("Kies een ander wachtwoord dan het vorige.")
    with schrijvend(engine) as verbinding:
        tabel.zet(verbinding, wie.id, wachtwoord=_argon2().hash(nieuw), tijdelijk=False)
        tabel.beeindig_van(verbinding, wie.id, behalve=sessie)


def eis_sterk(wachtwoord: str, login: str) -> None:
    """Raise ``GebruikerFout`` for a password that is easily guessed."""
    if not MINSTE <= len(wachtwoord) <= MEESTE:
        raise GebruikerFout(f"Kies een wachtwoord van {MINSTE} tot {MEESTE} tekens, zoals een zin.")
    if len(set(wachtwoord)) < 5 or login.partition("@")[0] in wachtwoord.lower():
        raise GebruikerFout("Dit wachtwoord is makkelijk te raden; kies een zin zonder uw naam erin.")


def klopt(wie: Gebruiker | None, wachtwoord: str) -> bool:
    """Whether it is the password of this person; for nobody it takes as long."""
    bewaard = wie.wachtwoord if wie is not None else None
    goed = _argon2().verify(wachtwoord[:MEESTE], bewaard or _van_niemand())
    return goed and bewaard is not None and len(wachtwoord) <= MEESTE


def moet_tweede_stap(wie: Gebruiker) -> bool:
    """Whether someone may not do without the second step."""
    return wie.operator or Rol.BEHEERDER in wie.partijen.values()


def nieuw_geheim() -> str:
    """A secret for the second step."""
    return pyotp.random_base32()


def is_geheim(tekst: str) -> bool:
    """Whether it can be a secret of ours."""
    return re.fullmatch("[A-Z2-7]{32}", tekst) is not None


def adres_van_geheim(wie: Gebruiker, geheim: str) -> str:
    """The secret as an app takes it (otpauth)."""
    return pyotp.TOTP(geheim).provisioning_uri(name=wie.login, issuer_name="berichtenverkeer")


def neem_code(engine: Engine, wie: Gebruiker, geheim: str, code: str, nu: datetime) -> bool:
    """Whether it is a code of this moment, or of just before or after it, that was not used before; it is used up by this."""
    stap = next(
        (
            stap
            for stap in range(int(nu.timestamp()) // _TOTP_STAP - 1, int(nu.timestamp()) // _TOTP_STAP + 2)
            if secrets.compare_digest(pyotp.TOTP(geheim).at(stap * _TOTP_STAP).encode(), code.encode())
        ),
        None,
    )
    if stap is None:
        return False
    with schrijvend(engine) as verbinding:
        return tabel.neem_totp_stap(verbinding, wie.id, stap)


def stel_totp_in(engine: Engine, wie: Gebruiker, geheim: str, code: str, nu: datetime) -> bool:
    """Ask for the second step from now on, when this is a code of it."""
    if not neem_code(engine, wie, geheim, code, nu):
        return False
    with schrijvend(engine) as verbinding:
        tabel.zet(verbinding, wie.id, totp=geheim)
    return True


def _bekend(verbinding: Connection, login: str) -> Gebruiker:
    wie = tabel.met_login(verbinding, login.strip().lower())
    if wie is None:
        raise GebruikerFout("Deze gebruiker is er niet; 'berichtenverkeer gebruiker list' toont wie er zijn.")
    return wie
