"""What a party does with its webhooks. Chance is an argument: ``entropie`` gives so many bytes that nobody can guess."""

import base64
import secrets
import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from ..opslag.berichten import notificaties, webhooks
from ..opslag.berichten.notificaties import Genomen, Notificatie, id_van
from ..opslag.berichten.webhooks import Webhook, Webhooktoestand
from ..opslag.database import schrijvend
from ..zegbaar import Zegbaar
from .bronnen import MaakPeil, begin
from .soorten import PROEF

MEESTE = 20
"""How many webhooks a party has at most."""

Entropie = Callable[[int], bytes]
"""Gives so many bytes that nobody can guess."""


class TeVeel(Zegbaar):
    """A party has as many webhooks as it may have."""


class Onbekend(Zegbaar):
    """A party has no such webhook."""


def maak(
    engine: Engine,
    partij: str,
    url: str,
    soorten: Collection[str],
    nu: datetime,
    peil: MaakPeil,
    entropie: Entropie = secrets.token_bytes,
) -> Webhook:
    """Make a webhook that is told these kinds from now on; with chance that was used before it is the one that was made then. Whether one
    may be at this URL is for the caller to see. Raises ``TeVeel``."""
    id_ = str(uuid.UUID(bytes=entropie(16), version=4))
    with schrijvend(engine) as verbinding:
        if (eerder := webhooks.geef(verbinding, id_, partij)) is not None:
            return eerder
        if webhooks.tel(verbinding, partij) >= MEESTE:
            raise TeVeel(f"Een partij heeft hoogstens {MEESTE} webhooks; verwijder er eerst een.")
        rij = {
            "id": id_,
            "partij": partij,
            "url": url,
            "geheim": maak_geheim(entropie),
            "toestand": Webhooktoestand.ACTIEF,
            "aangemaakt_op": nu,
            "gewijzigd_op": nu,
        }
        webhooks.bewaar(verbinding, rij, soorten)
        webhooks.zet_plekken(verbinding, id_, begin(verbinding, soorten, peil(nu.date())))
        return _geef(verbinding, partij, id_)


def alle(engine: Engine, partij: str) -> list[Webhook]:
    """Those of a party, the oldest first."""
    with engine.connect() as verbinding:
        return webhooks.van_partij(verbinding, partij)


def geef(engine: Engine, partij: str, id_: str) -> Webhook:
    """One of a party. Raises ``Onbekend``."""
    with engine.connect() as verbinding:
        return _geef(verbinding, partij, id_)


def pauzeer(engine: Engine, partij: str, id_: str, nu: datetime) -> Webhook:
    """Call a webhook no more; what happens meanwhile it is told later. Raises ``Onbekend``."""
    with schrijvend(engine) as verbinding:
        _geef(verbinding, partij, id_)
        webhooks.zet(verbinding, id_, toestand=Webhooktoestand.GEPAUZEERD, gewijzigd_op=nu)
        return _geef(verbinding, partij, id_)


def hervat(engine: Engine, partij: str, id_: str, nu: datetime) -> Webhook:
    """Call a webhook again, also one that was switched off or counts as dead, and tell it what it missed. Raises ``Onbekend``."""
    with schrijvend(engine) as verbinding:
        _geef(verbinding, partij, id_)
        webhooks.zet(
            verbinding, id_, toestand=Webhooktoestand.ACTIEF, gewijzigd_op=nu, mislukt_achtereen=0, rust_tot=None
        )
        notificaties.vervroeg(verbinding, id_, nu)
        return _geef(verbinding, partij, id_)


def roteer(
    engine: Engine,
    partij: str,
    id_: str,
    overlap: timedelta,
    nu: datetime,
    entropie: Entropie = secrets.token_bytes,
) -> Webhook:
    """Give a webhook a new secret; for so long the one before counts too, and one before that no more. Raises ``Onbekend``."""
    with schrijvend(engine) as verbinding:
        vorig = _geef(verbinding, partij, id_).geheim
        waarden = {"geheim": maak_geheim(entropie), "vorig_geheim": vorig, "vorig_tot": nu + overlap}
        webhooks.zet(verbinding, id_, **waarden, gewijzigd_op=nu)
        return _geef(verbinding, partij, id_)


def verwijder(engine: Engine, partij: str, id_: str) -> None:
    """Let a webhook be gone, with all that it was still to be told. Raises ``Onbekend``."""
    with schrijvend(engine) as verbinding:
        _geef(verbinding, partij, id_)
        webhooks.verwijder(verbinding, id_)


def onbezorgd(
    engine: Engine, partij: str, id_: str, na: tuple[datetime, str] | None, limiet: int
) -> list[notificaties.Onbezorgd]:
    """What an attempt failed of, in order of when it happened, after this moment and id. Raises ``Onbekend``."""
    with engine.connect() as verbinding:
        _geef(verbinding, partij, id_)
        return notificaties.onbezorgd(verbinding, id_, na, limiet)


def opnieuw(engine: Engine, partij: str, id_: str, ids: Collection[str] | None, nu: datetime, systeem: datetime) -> int:
    """Begin anew with what failed, all of it or these. How many there are. Raises ``Onbekend``."""
    with schrijvend(engine) as verbinding:
        _geef(verbinding, partij, id_)
        return notificaties.opnieuw(verbinding, id_, ids, nu, systeem)


def proef(webhook: Webhook, nu: datetime, entropie: Entropie = secrets.token_bytes) -> Genomen:
    """What a test call tells a webhook: that it is one."""
    return Genomen(Notificatie(id_van(PROEF, webhook.id, entropie(16).hex()), PROEF, webhook.id, None, nu), 1)


def _geef(verbinding: Connection, partij: str, id_: str) -> Webhook:
    webhook = webhooks.geef(verbinding, id_, partij)
    if webhook is None:
        raise Onbekend("Deze webhook is er niet; bekijk welke u heeft.")
    return webhook


def maak_geheim(entropie: Entropie) -> str:
    """A secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(entropie(32)).decode()}"
