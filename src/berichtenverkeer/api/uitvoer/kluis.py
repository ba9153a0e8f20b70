"""The files of exports on the disk. Of a node that has keys they are sealed, each export with a key of its own that stands sealed in the
database: so they go with the keys of their party, and stay readable when these are changed.

A file is sealed in pieces of one size (AES-256-GCM), so that a part of it is read without the rest. It begins with a salt, and its key follows from
that of the export, its name and the salt: so a file that is begun again, also of a database that was put back, is never sealed with a key that
sealed something else, and the nonce of a piece can be its number.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ...versleuteling.bestand import sleutelbos
from ...versleuteling.bos import OnleesbareGegevens
from ...versleuteling.cijfers import afgeleid

_ALLEEN_EIGENAAR = 0o600
_STUK = 256 * 1024
_ZOUT, _NONCE, _ZEGEL = 32, 12, 16


def nieuwe_sleutel() -> bytes | None:
    """A key for the files of one export; None when this node keeps all in the open."""
    return None if sleutelbos() is None else secrets.token_bytes(32)


def schrijf(pad: Path, sleutel: bytes | None, stukken: Iterable[bytes]) -> tuple[int, str]:
    """Write a file that only its owner may read, whole or not at all; how many bytes who fetches it gets, and their SHA-256."""
    bezig = pad.with_name(f"{pad.name}.deel")
    som, lengte = hashlib.sha256(), 0
    plek = os.open(bezig, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ALLEEN_EIGENAAR)
    with os.fdopen(plek, "wb") as bestand:
        aes = None
        if sleutel is not None:
            zout = secrets.token_bytes(_ZOUT)
            bestand.write(zout)
            aes = _aes(sleutel, pad, zout)
        for nummer, stuk in enumerate(_even_groot(stukken)):
            bestand.write(stuk if aes is None else aes.encrypt(_nonce(nummer), stuk, None))
            som.update(stuk)
            lengte += len(stuk)
        bestand.flush()
        os.fsync(bestand.fileno())
    bezig.replace(pad)
    return lengte, som.hexdigest()


def lees(pad: Path, sleutel: bytes | None, van: int, tot: int) -> Iterator[bytes]:
    """What who fetches a file gets of it, from one place up to another. Raises ``OnleesbareGegevens`` when the file was changed."""
    aes, kop, op_schijf = None, 0, _STUK
    with pad.open("rb") as bestand:
        if sleutel is not None:
            aes = _aes(sleutel, pad, bestand.read(_ZOUT))
            kop, op_schijf = _ZOUT, _STUK + _ZEGEL
        bestand.seek(kop + van // _STUK * op_schijf)
        for nummer in range(van // _STUK, -(-tot // _STUK)):
            stuk = bestand.read(op_schijf)
            if aes is not None:
                stuk = _open(aes, nummer, stuk)
            begin = nummer * _STUK
            yield stuk[max(0, van - begin) : tot - begin]


def _even_groot(stukken: Iterable[bytes]) -> Iterator[bytes]:
    bak = bytearray()
    for stuk in stukken:
        bak += stuk
        while len(bak) >= _STUK:
            yield bytes(bak[:_STUK])
            del bak[:_STUK]
    if bak:
        yield bytes(bak)


def _aes(sleutel: bytes, pad: Path, zout: bytes) -> AESGCM:
    return AESGCM(afgeleid(sleutel, zout + pad.name.encode()))


def _nonce(nummer: int) -> bytes:
    return nummer.to_bytes(_NONCE, "big")


def _open(aes: AESGCM, nummer: int, stuk: bytes) -> bytes:
    try:
        return aes.decrypt(_nonce(nummer), stuk, None)
    except InvalidTag:
        raise OnleesbareGegevens("Dit bestand is veranderd of beschadigd. Vraag de export opnieuw aan.") from None
