"""Who a client is, as the last 301 of a dossier says, or without one its last 315: no name is kept beside the messages."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from ...oordeel.oordeel import Berichtoordeel
from ...standaard.berichten.toewijzing import Bericht301, Client301
from ...standaard.berichten.verzoek_om_toewijzing import Bericht315, Client315
from ...standaard.berichtsoort import BERICHTSOORTEN
from ...standaard.lezen import lees
from ...standaard.schema import Schemas
from ..tabellen.berichten import bericht as b

_TELT = (Berichtoordeel.GOEDGEKEURD, Berichtoordeel.VOORLOPIG)


def toegewezen(verbinding: Connection, dossiers: Collection[str], schemas: Schemas) -> dict[str, Client301]:
    """The client in the last 301 of each of these dossiers that was not rejected, as far as there is one."""
    gelezen = {dossier: lees(data, schemas).bericht for dossier, data in _laatste(verbinding, dossiers, "301").items()}
    return {dossier: bericht.Client for dossier, bericht in gelezen.items() if isinstance(bericht, Bericht301)}


def clienten(
    verbinding: Connection, dossiers: Collection[str], schemas: Schemas
) -> Mapping[str, Client301 | Client315]:
    """The same, and from its last 315 of a dossier without a 301."""
    uit: dict[str, Client301 | Client315] = dict(toegewezen(verbinding, dossiers, schemas))
    for dossier, data in _laatste(verbinding, set(dossiers) - uit.keys(), "315").items():
        bericht = lees(data, schemas).bericht
        if isinstance(bericht, Bericht315):
            uit[dossier] = bericht.Client
    return uit


def _laatste(verbinding: Connection, dossiers: Collection[str], nummer: str) -> dict[str, bytes]:
    """The bytes of the last message with this number of each of these dossiers that was not rejected."""
    if not dossiers:
        return {}
    soorten = [code for code, soort in BERICHTSOORTEN.items() if soort.nummer == nummer]
    laatste = (
        select(func.max(b.c.volgnummer))
        .where(b.c.dossier.in_(dossiers), b.c.berichtsoort.in_(soorten), b.c.oordeel.in_(_TELT))
        .group_by(b.c.dossier)
    )
    gevonden = verbinding.execute(select(b.c.dossier, b.c.inhoud).where(b.c.volgnummer.in_(laatste)))
    return {rij.dossier: rij.inhoud for rij in gevonden}
