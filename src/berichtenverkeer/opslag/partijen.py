"""Partijen, their tokens and their mandates in the database. A token is kept as its SHA-256 only: it cannot be read back.

Every change raises the version ``TOEGANG``, for who keeps them in memory.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from . import versies
from .tabellen import mandaat, partij, token, token_partij


def vingerafdruk(token_: str) -> str:
    """What is kept of a token. Tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token_.encode()).hexdigest()


def voeg_toe(verbinding: Connection, code: str, rol: str, naam: str, nu: datetime) -> None:
    """Register a party. Raises ``IntegrityError`` when its code is taken."""
    verbinding.execute(insert(partij).values(code=code, rol=rol, naam=naam, aangemaakt_op=nu))
    versies.verhoog(verbinding, versies.TOEGANG)


def geef_token(verbinding: Connection, code: str, token_: str, nu: datetime, ook: Sequence[str] = ()) -> None:
    """Let a token act for a party, and for these as well. Raises ``IntegrityError`` for an unknown party."""
    hash_ = vingerafdruk(token_)
    verbinding.execute(insert(token).values(hash=hash_, partij=code, aangemaakt_op=nu))
    if anderen := [{"hash": hash_, "partij": andere} for andere in dict.fromkeys(ook) if andere != code]:
        verbinding.execute(insert(token_partij), anderen)
    versies.verhoog(verbinding, versies.TOEGANG)


def trek_in(verbinding: Connection, token_: str, nu: datetime) -> bool:
    """Let a token act for nobody any more. False when there is none such that still did."""
    van_dit = (token.c.hash == vingerafdruk(token_)) & token.c.ingetrokken_op.is_(None)
    gedaan = verbinding.execute(update(token).where(van_dit).values(ingetrokken_op=nu)).rowcount == 1
    versies.verhoog(verbinding, versies.TOEGANG)
    return gedaan


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


def tokens(verbinding: Connection) -> dict[str, tuple[str, ...]]:
    """The codes that each token acts for, by its hash; the one it was made for first. Without those withdrawn."""
    geldig = select(token.c.hash, token.c.partij).where(token.c.ingetrokken_op.is_(None))
    uit: dict[str, tuple[str, ...]] = {rij.hash: (rij.partij,) for rij in verbinding.execute(geldig)}
    for rij in verbinding.execute(select(token_partij).order_by(token_partij.c.partij)):
        if rij.hash in uit:
            uit[rij.hash] += (rij.partij,)
    return uit
