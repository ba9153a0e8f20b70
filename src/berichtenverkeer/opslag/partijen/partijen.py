"""Partijen, their tokens and their mandates in the database. A token is kept as its SHA-256 only: it cannot be read back.

Every change raises the version ``TOEGANG``, for who keeps them in memory.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

from .. import versies
from ..tabellen.partijen import mandaat, partij, token, token_partij


def vingerafdruk(token_: str) -> str:
    """What is kept of a token. Tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token_.encode()).hexdigest()


def voeg_toe(verbinding: Connection, code: str, rol: str, naam: str, nu: datetime) -> None:
    """Register a party. Raises ``IntegrityError`` when its code is taken."""
    verbinding.execute(insert(partij).values(code=code, rol=rol, naam=naam, aangemaakt_op=nu))
    versies.verhoog(verbinding, versies.TOEGANG)


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: the codes it acts for, the one it was made for first, and until when."""

    hash: str
    codes: tuple[str, ...]
    naam: str | None
    geldig_tot: datetime | None
    aangemaakt_op: datetime
    gebruikt_op: datetime | None
    ingetrokken_op: datetime | None


def geef_token(
    verbinding: Connection,
    code: str,
    token_: str,
    nu: datetime,
    ook: Sequence[str] = (),
    naam: str | None = None,
    geldig_tot: datetime | None = None,
) -> None:
    """Let a token act for a party, and for these as well. Raises ``IntegrityError`` for an unknown party."""
    hash_ = vingerafdruk(token_)
    verder = {"naam": naam, "geldig_tot": geldig_tot}
    rij = {"hash": hash_, "partij": code, "aangemaakt_op": nu, **{n: w for n, w in verder.items() if w is not None}}
    verbinding.execute(insert(token).values(rij))
    if anderen := [{"hash": hash_, "partij": andere} for andere in dict.fromkeys(ook) if andere != code]:
        verbinding.execute(insert(token_partij), anderen)
    versies.verhoog(verbinding, versies.TOEGANG)


def trek_in(verbinding: Connection, hash_: str, nu: datetime) -> bool:
    """Let the token of this fingerprint act for nobody any more. False when there is none such that still did."""
    van_dit = (token.c.hash == hash_) & token.c.ingetrokken_op.is_(None)
    gedaan = verbinding.execute(update(token).where(van_dit).values(ingetrokken_op=nu)).rowcount == 1
    versies.verhoog(verbinding, versies.TOEGANG)
    return gedaan


def gebruikt(verbinding: Connection, wanneer: Mapping[str, datetime]) -> None:
    """Note when tokens were last used, by their fingerprints; never earlier than what is there."""
    noteer_gebruik(verbinding, token, wanneer)


def noteer_gebruik(verbinding: Connection, tabel: Table, wanneer: Mapping[str, datetime]) -> None:
    """Note in a table of credentials when they were last used. In order of fingerprint, so that two processes never wait for each
    other."""
    for hash_, moment in sorted(wanneer.items()):
        eerder = tabel.c.gebruikt_op.is_(None) | (tabel.c.gebruikt_op < moment)
        verbinding.execute(update(tabel).where(tabel.c.hash == hash_, eerder).values(gebruikt_op=moment))


def zet(verbinding: Connection, code: str, **waarden: str | None) -> None:
    """Note these columns of a party."""
    verbinding.execute(update(partij).where(partij.c.code == code).values(**waarden))
    versies.verhoog(verbinding, versies.TOEGANG)


def geef_mandaat(verbinding: Connection, indiener: str, afzender: str, nu: datetime) -> None:
    """Let one party send for another. Raises ``IntegrityError`` for an unknown party, or when it already may."""
    verbinding.execute(insert(mandaat).values(indiener=indiener, afzender=afzender, aangemaakt_op=nu))
    versies.verhoog(verbinding, versies.TOEGANG)


def trek_mandaat_in(verbinding: Connection, indiener: str, afzender: str) -> bool:
    """Let one party send for another no more. False when it could not."""
    van_deze = (mandaat.c.indiener == indiener) & (mandaat.c.afzender == afzender)
    gedaan = verbinding.execute(delete(mandaat).where(van_deze)).rowcount == 1
    versies.verhoog(verbinding, versies.TOEGANG)
    return gedaan


def mandaten(verbinding: Connection) -> set[tuple[str, str]]:
    """Every mandate: (indiener, afzender)."""
    return {(rij.indiener, rij.afzender) for rij in verbinding.execute(select(mandaat.c.indiener, mandaat.c.afzender))}


def alle(verbinding: Connection) -> list[RowMapping]:
    """Every party, in order of its code."""
    return list(verbinding.execute(select(partij).order_by(partij.c.code)).mappings())


def tokens(verbinding: Connection) -> list[Token]:
    """Every token, also those withdrawn, in order of their party and of when they were made."""
    ook: dict[str, list[str]] = {}
    for rij in verbinding.execute(select(token_partij).order_by(token_partij.c.partij)):
        ook.setdefault(rij.hash, []).append(rij.partij)
    return [
        Token(
            rij.hash,
            (rij.partij, *ook.get(rij.hash, ())),
            rij.naam,
            rij.geldig_tot,
            rij.aangemaakt_op,
            rij.gebruikt_op,
            rij.ingetrokken_op,
        )
        for rij in verbinding.execute(select(token).order_by(token.c.partij, token.c.aangemaakt_op, token.c.hash))
    ]
