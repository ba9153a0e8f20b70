"""The keys of a node in a file, wrapped by its newest master key; and those that this process uses.

The file stands beside that of the master keys (``BV_SLEUTELS``) and has its name with ``.bos`` behind it, or where ``BV_SLEUTELBOS`` says. It is not in the database, so a
back-up of the database has no keys: what was destroyed here cannot be read from any. Who changes the file puts another in its place, and every process
that runs sees that within a second.
"""

import base64
import json
import os
import time
from collections.abc import Collection
from pathlib import Path
from threading import Lock

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .. import sleutels
from ..sleutels import OMGEVING, ZELF, Sleutel, Sleutelring, SleutelsOnleesbaar
from .bos import Bos

log = structlog.get_logger()

_DOEL = b"sleutelbos"
_NONCE = 12
_KIJK = 1.0
"""Seconds after which the file is looked at again."""

_ALLEEN_EIGENAAR = 0o600


def schrijf(pad: Path, bos: Bos, sleutel: Sleutel) -> None:
    """Put these keys in the place of those there were, wrapped by this one: whole or not at all, also when power fails."""
    nonce = os.urandom(_NONCE)
    inhoud = json.dumps(bos.als_json(), separators=(",", ":")).encode()
    dicht = AESGCM(sleutel.wikkel).encrypt(nonce, inhoud, _DOEL)
    uit = {"sleutel": sleutel.id, "inhoud": base64.b64encode(nonce + dicht).decode()}
    vervang(pad, json.dumps(uit) + "\n")
    opnieuw()


def ingepakt_met(pad: Path) -> str:
    """The id of the master key in which the keys in this file are wrapped; empty when it has none."""
    try:
        return str(json.loads(pad.read_text("utf-8"))["sleutel"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def lees(pad: Path, ring: Sleutelring) -> Bos | None:
    """The keys in a file; None when there is no such file. Raises ``SleutelsOnleesbaar``."""
    try:
        tekst = pad.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        tekst = ""
    try:
        uit = json.loads(tekst)
        sleutel = ring.met_id(uit["sleutel"])
        if sleutel is None:
            raise SleutelsOnleesbaar(
                f"De sleutelbos ({pad.name}) is ingepakt met een sleutel die niet meer bij {OMGEVING} of {ZELF} staat. Zet die "
                "sleutel terug."
            )
        dicht = base64.b64decode(uit["inhoud"])
        return Bos.van_json(json.loads(AESGCM(sleutel.wikkel).decrypt(dicht[:_NONCE], dicht[_NONCE:], _DOEL)))
    except (ValueError, KeyError, TypeError, InvalidTag):
        raise SleutelsOnleesbaar(
            f"De sleutelbos ({pad.name}) is beschadigd of van een ander knooppunt. Zet de back-up ervan terug."
        ) from None


def vervang(pad: Path, tekst: str) -> None:
    """Put a file in the place of another, that only its owner may read."""
    nieuw = Path(f"{pad}.{os.getpid()}")
    nieuw.unlink(missing_ok=True)
    with os.fdopen(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ALLEEN_EIGENAAR), "w") as bestand:
        bestand.write(tekst)
        bestand.flush()
        os.fsync(bestand.fileno())
    nieuw.replace(pad)
    map_ = os.open(pad.parent, os.O_RDONLY)
    try:
        os.fsync(map_)
    finally:
        os.close(map_)


class _Nu:
    """The keys of this process, and which file they were read from."""

    slot = Lock()
    bos: Bos | None = None
    van: sleutels.Plaats | None = None
    stand: tuple[int, int, int] | None = None
    kijk: float = 0.0
    """When to look again."""


def sleutelbos() -> Bos | None:
    """The keys of this process; None when it keeps everything in the open. Raises ``SleutelsOnleesbaar`` when they were never
    readable."""
    if time.monotonic() >= _Nu.kijk:
        with _Nu.slot:
            if time.monotonic() >= _Nu.kijk:
                _kijk()
                _Nu.kijk = time.monotonic() + _KIJK
    return _Nu.bos


def vergeet_oude_generaties(in_gebruik: Collection[bytes], op: str) -> int:
    """Throw away, on this day, the generaties of this process's file that are not the newest and not in use; how many."""
    van, ring = sleutels.hier(), sleutels.sleutelring()
    bos = lees(van.bos, ring) if van is not None else None
    if van is None or bos is None:
        return 0
    nieuw = bos.met_generaties(in_gebruik, op)
    if weg := len(bos.generaties) - len(nieuw.generaties):
        schrijf(van.bos, nieuw, ring.nieuwste)
    return weg


def opnieuw() -> None:
    """Look at the file again before anything else is asked."""
    _Nu.kijk = 0.0


def _kijk() -> None:
    van = sleutels.hier()
    stand = _stand(van.bos) if van is not None else None
    if (van, stand) == (_Nu.van, _Nu.stand):
        return
    if van is None or stand is None:
        if van == _Nu.van and _Nu.bos is not None:
            return  # the file was taken away: what is hidden stays so
        _Nu.bos, _Nu.van, _Nu.stand = None, van, stand
        return
    try:
        bos = lees(van.bos, sleutels.gebruik(van))
    except SleutelsOnleesbaar:
        if van != _Nu.van or _Nu.bos is None:
            raise
        log.exception("de sleutelbos is veranderd en niet te lezen; het knooppunt gaat verder met wat het had")
        return
    _Nu.bos, _Nu.van, _Nu.stand = bos, van, stand


def _stand(pad: Path) -> tuple[int, int, int] | None:
    try:
        stat = pad.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
