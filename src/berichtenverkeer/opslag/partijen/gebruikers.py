"""People in the database: who may log in and for whom, their sessions, and what went wrong when someone tried.

What is here is kept by fingerprint; the secrets themselves are with who shows them. The moments are those of the system, whatever
the clock of a node in proefmodus says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from ..tabellen.gebruikers import aanmeldpoging, formulier, gebruiker, gebruiker_partij, sessie, toestel


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """A person; ``partijen`` is the role by the code of each party that he or she may act for."""

    id: str
    login: str
    naam: str
    tijdelijk: bool
    operator: bool
    geblokkeerd_op: datetime | None
    partijen: Mapping[str, str]
    totp_stap: int | None = None
    wachtwoord: str | None = field(default=None, repr=False)
    totp: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sessie:
    """Where someone is logged in."""

    hash: str
    gebruiker: Gebruiker
    partij: str | None
    bevestigd: bool
    begonnen_op: datetime
    gezien_op: datetime


def voeg_toe(verbinding: Connection, rij: Mapping[str, Any], partijen: Mapping[str, str]) -> None:
    """Store a new person. Raises ``IntegrityError`` for a login that is taken, and for an unknown party."""
    verbinding.execute(insert(gebruiker).values(**rij))
    geef_partijen(verbinding, rij["id"], partijen)


def geef_partijen(verbinding: Connection, id_: str, partijen: Mapping[str, str]) -> None:
    """Say for whom someone may act from now on, and as what."""
    verbinding.execute(delete(gebruiker_partij).where(gebruiker_partij.c.gebruiker == id_))
    if rijen := [{"gebruiker": id_, "partij": code, "rol": rol} for code, rol in partijen.items()]:
        verbinding.execute(insert(gebruiker_partij), rijen)


def zet(verbinding: Connection, id_: str, **waarden: Any) -> None:
    """Note these columns of a person."""
    verbinding.execute(update(gebruiker).where(gebruiker.c.id == id_).values(**waarden))


def alle(verbinding: Connection) -> list[Gebruiker]:
    """Everyone, in order of login."""
    rijen = verbinding.execute(select(gebruiker).order_by(gebruiker.c.login)).mappings().all()
    return _gebruikers(verbinding, rijen)


def met_login(verbinding: Connection, login: str) -> Gebruiker | None:
    """Who logs in by this name."""
    rijen = verbinding.execute(select(gebruiker).where(gebruiker.c.login == login)).mappings().all()
    return next(iter(_gebruikers(verbinding, rijen)), None)


def neem_totp_stap(verbinding: Connection, id_: str, stap: int) -> bool:
    """Use up the codes of this step of time and of all before it. False when they were already."""
    vrij = (gebruiker.c.totp_stap.is_(None)) | (gebruiker.c.totp_stap < stap)
    genomen = update(gebruiker).where(gebruiker.c.id == id_, vrij).values(totp_stap=stap)
    return verbinding.execute(genomen).rowcount == 1


def begin(verbinding: Connection, hash_: str, id_: str, partij: str | None, bevestigd: bool, nu: datetime) -> None:
    """A new session."""
    rij = {"hash": hash_, "gebruiker": id_, "partij": partij, "bevestigd": bevestigd}
    verbinding.execute(insert(sessie).values(**rij, begonnen_op=nu, gezien_op=nu))


def sessie_met(verbinding: Connection, hash_: str) -> Sessie | None:
    """The session of this fingerprint, with who it is of."""
    rij = verbinding.execute(select(sessie).where(sessie.c.hash == hash_)).mappings().one_or_none()
    if rij is None:
        return None
    wie = select(gebruiker).where(gebruiker.c.id == rij["gebruiker"])
    (van,) = _gebruikers(verbinding, verbinding.execute(wie).mappings().all())
    return Sessie(hash_, van, rij["partij"], rij["bevestigd"], rij["begonnen_op"], rij["gezien_op"])


def zet_sessie(verbinding: Connection, hash_: str, **waarden: Any) -> None:
    """Note these columns of a session."""
    verbinding.execute(update(sessie).where(sessie.c.hash == hash_).values(**waarden))


def sessies_van(verbinding: Connection, id_: str) -> list[RowMapping]:
    """Where someone is logged in, the newest first."""
    van = select(sessie).where(sessie.c.gebruiker == id_).order_by(sessie.c.gezien_op.desc(), sessie.c.hash)
    return list(verbinding.execute(van).mappings())


def beeindig(verbinding: Connection, hash_: str) -> None:
    """End a session."""
    verbinding.execute(delete(sessie).where(sessie.c.hash == hash_))


def beeindig_van(verbinding: Connection, id_: str, behalve: str = "") -> None:
    """End every session of someone, but this one."""
    verbinding.execute(delete(sessie).where(sessie.c.gebruiker == id_, sessie.c.hash != behalve))


def laat_partij_los(verbinding: Connection, id_: str, partij: str) -> None:
    """Someone acts for this party no more, wherever he or she is logged in."""
    van = (sessie.c.gebruiker == id_) & (sessie.c.partij == partij)
    verbinding.execute(update(sessie).where(van).values(partij=None))


def ruim_op(verbinding: Connection, gezien_voor: datetime, begonnen_voor: datetime, poging_voor: datetime) -> None:
    """Forget the sessions that are over, and the failures of long ago."""
    over = (sessie.c.gezien_op < gezien_voor) | (sessie.c.begonnen_op < begonnen_voor)
    verbinding.execute(delete(sessie).where(over))
    verbinding.execute(delete(aanmeldpoging).where(aanmeldpoging.c.laatst_op < poging_voor))


def neem_formulier(verbinding: Connection, sessie_: str, sleutel: str, nu: datetime) -> None:
    """Begin on a form. Raises ``IntegrityError`` when it was sent before."""
    verbinding.execute(insert(formulier).values(sessie=sessie_, sleutel=sleutel, gezonden_op=nu))


def antwoord_op_formulier(verbinding: Connection, sessie_: str, sleutel: str) -> str | None:
    """Where the answer to a form that was sent referred to; None while it is being handled."""
    van_dit = (formulier.c.sessie == sessie_) & (formulier.c.sleutel == sleutel)
    return verbinding.execute(select(formulier.c.naar).where(van_dit)).scalar()


def beantwoord_formulier(verbinding: Connection, sessie_: str, sleutel: str, naar: str | None) -> None:
    """Note where the answer refers to; None lets it be sent again, for nothing was done."""
    van_dit = (formulier.c.sessie == sessie_) & (formulier.c.sleutel == sleutel)
    if naar is None:
        verbinding.execute(delete(formulier).where(van_dit))
    else:
        verbinding.execute(update(formulier).where(van_dit).values(naar=naar))


def mislukt(verbinding: Connection, sleutel: str) -> tuple[int, datetime] | None:
    """How many times after each other it went wrong by this key, and when last."""
    kolommen = select(aanmeldpoging.c.mislukt, aanmeldpoging.c.laatst_op)
    rij = verbinding.execute(kolommen.where(aanmeldpoging.c.sleutel == sleutel)).one_or_none()
    return None if rij is None else (rij.mislukt, rij.laatst_op)


def tel_mislukt(verbinding: Connection, sleutel: str, nu: datetime) -> None:
    """Once more."""
    van = aanmeldpoging.c.sleutel == sleutel
    meer = update(aanmeldpoging).where(van).values(mislukt=aanmeldpoging.c.mislukt + 1, laatst_op=nu)
    if verbinding.execute(meer).rowcount == 0:
        verbinding.execute(insert(aanmeldpoging).values(sleutel=sleutel, mislukt=1, laatst_op=nu))


def vergeet_mislukt(verbinding: Connection, sleutel: str) -> None:
    """It went well."""
    verbinding.execute(delete(aanmeldpoging).where(aanmeldpoging.c.sleutel == sleutel))


def kent_toestel(verbinding: Connection, hash_: str, id_: str) -> bool:
    """Whether someone logged in on this device before."""
    van = (toestel.c.hash == hash_) & (toestel.c.gebruiker == id_)
    return verbinding.execute(select(func.count()).select_from(toestel).where(van)).scalar_one() == 1


def onthoud_toestel(verbinding: Connection, hash_: str, id_: str, nu: datetime) -> None:
    """Someone logged in on this device."""
    van = (toestel.c.hash == hash_) & (toestel.c.gebruiker == id_)
    if verbinding.execute(update(toestel).where(van).values(gezien_op=nu)).rowcount == 0:
        verbinding.execute(insert(toestel).values(hash=hash_, gebruiker=id_, gezien_op=nu))


def _gebruikers(verbinding: Connection, rijen: Sequence[RowMapping]) -> list[Gebruiker]:
    ids = [rij["id"] for rij in rijen]
    van: dict[str, dict[str, str]] = {id_: {} for id_ in ids}
    namens = select(gebruiker_partij).where(gebruiker_partij.c.gebruiker.in_(ids)).order_by(gebruiker_partij.c.partij)
    for een in verbinding.execute(namens):
        van[een.gebruiker][een.partij] = een.rol
    return [
        Gebruiker(
            id=rij["id"],
            login=rij["login"],
            naam=rij["naam"],
            tijdelijk=rij["tijdelijk"],
            operator=rij["operator"],
            geblokkeerd_op=rij["geblokkeerd_op"],
            partijen=van[rij["id"]],
            totp_stap=rij["totp_stap"],
            wachtwoord=rij["wachtwoord"],
            totp=rij["totp"],
        )
        for rij in rijen
    ]
