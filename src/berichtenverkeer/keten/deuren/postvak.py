"""A postvak: what lies ready for a party, in the shape of VECOZO's VSP with a number and a status beside it."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping

from ...opslag import berichten, enveloppen
from ...partijen.partij import Partij, Partijrol
from ..envelop.vsp import PostvakMetadata, Status, als_json, in_postvak
from ..zendingen.enveloppe import vsp, vsp_foutbericht
from ..zendingen.status import van_bericht, van_zending

NA_BEVESTIGING = timedelta(hours=24)
"""How long a message can still be fetched by VSP or StUF after it was acknowledged."""


def metadata(rij: Mapping[Any, Any], url: str, rol: Callable[[str], str]) -> PostvakMetadata:
    """One message in a postvak: a row of ``opslag.enveloppen``, and where its bytes can be fetched."""
    return in_postvak(vsp(rij, rol), rij["ontvangen_op"], url, rij["grootte"], rij["sha256"])


def metadata_foutbericht(rij: Mapping[Any, Any], url: str, rol: Callable[[str], str]) -> PostvakMetadata:
    """The same of a foutbericht: a row of the table ``zending``."""
    data = rij["inhoud"]
    return in_postvak(vsp_foutbericht(rij, rol), rij["ontvangen_op"], url, len(data), hashlib.sha256(data).hexdigest())


def bladzijde(
    verbinding: Connection, partij: Partij, na: int, limiet: int, basis_url: str, rol: Callable[[str], str]
) -> list[dict[str, Any]]:
    """What lies in a postvak after this number, oldest first, at most ``limiet``: each with its number and status.

    ``basis_url`` is the address of this node, without a slash at its end. The foutberichten of a gemeente are in the postvak
    of the GGK only: what they refuse need not have what VSP asks.
    """
    fouten: list[RowMapping] = []
    if partij.rol is not Partijrol.GEMEENTE:
        fouten = enveloppen.foutberichten_na(verbinding, partij.code, na, limiet)
    items = [
        _item(rij, van_bericht(rij), metadata(rij, f"{basis_url}/berichten/{rij['id']}/xml", rol))
        for rij in berichten.postvak(verbinding, partij.code, na, limiet)
    ]
    items += [
        _item(rij, van_zending(rij), metadata_foutbericht(rij, f"{basis_url}{_VSP}/{rij['traceer_id']}/payload", rol))
        for rij in fouten
    ]
    return sorted(items, key=itemgetter("volgnummer"))[:limiet]


def _item(rij: Mapping[Any, Any], status: Status, inhoud: PostvakMetadata) -> dict[str, Any]:
    return {"volgnummer": rij["volgnummer"], "status": str(status), **als_json(inhoud)}


_VSP = "/vsp/berichten/rest-pull/v1/berichten"
"""Where the bytes of a foutbericht are fetched."""
