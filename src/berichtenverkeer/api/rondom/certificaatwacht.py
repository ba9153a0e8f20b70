"""Warns before a certificate ends: our own, that with which the node shows itself elsewhere, and those of parties; once a day in the log."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import structlog

from ...opslag.wachttijd import brak_af, vergeefs
from ...partijen import certificaten
from ...spoor import spoor
from . import tls
from .knooppunt import Knooppunt

log = structlog.get_logger()

_BEGIN, _OM_DE = 10.0, 24 * 3600.0
"""Seconds: not while a node starts, and then once a day."""


async def waarschuw(knooppunt: Knooppunt) -> None:
    """Every day, until this is cancelled."""
    await asyncio.sleep(_BEGIN)
    while True:
        for wat, tot, partij in await asyncio.to_thread(lambda: list(bijna_verlopen(knooppunt))):
            wie = {"partij": partij} if partij else {}
            log.warning("certificaat verloopt bijna", certificaat=wat, geldig_tot=tot.isoformat(), **wie)
        await asyncio.sleep(_OM_DE)


def eigen(knooppunt: Knooppunt) -> dict[str, datetime]:
    """Until when the certificates of the node itself are good, by what they are for; one that cannot be read is past."""
    uit = {}
    gebruikt = tls.in_gebruik()
    if gebruikt is not None:
        uit["tls"] = gebruikt.geldig_tot
    if knooppunt.instellingen.client_cert is not None:
        try:
            uit["eindpunten"] = tls.einde_van(knooppunt.instellingen.client_cert)
        except (OSError, ValueError):
            uit["eindpunten"] = datetime.fromtimestamp(0, UTC)
    return uit


def bijna_verlopen(knooppunt: Knooppunt) -> Iterator[tuple[str, datetime, str | None]]:
    """What ends within thirty days or did: what it is for, when, and of which party. Those of parties that are past are not told: they
    come in no more."""
    nu = knooppunt.klok()
    for wat, tot in eigen(knooppunt).items():
        if tot - nu <= tls.BIJNA:
            yield wat, tot, None
    try:
        alle = certificaten.alle(knooppunt.engine)
    except Exception as fout:
        if not (vergeefs(fout) or brak_af(fout)):
            raise
        log.warning("certificaten van partijen niet gelezen", fout=spoor(fout))
        return
    for een in alle:
        if een.verloopt_bijna(nu):
            yield f"partij {een.certificaat.vingerafdruk[:16]}", een.certificaat.geldig_tot, een.codes[0]
