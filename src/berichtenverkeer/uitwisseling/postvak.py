"""A postvak: what lies ready for a party, in the shape of VECOZO's VSP with a number and a status beside it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from ..koppelvlak.vsp import PostvakMetadata, als_json, in_postvak
from .deuren.enveloppe import vsp
from .deuren.zendingstatus import van_bericht

NA_BEVESTIGING = timedelta(hours=24)
"""How long a message can still be fetched by VSP or StUF after it was acknowledged."""


def metadata(rij: Mapping[Any, Any], url: str, rol: Callable[[str], str]) -> PostvakMetadata:
    """One message in a postvak: a row of ``opslag.enveloppen``, and where its bytes can be fetched."""
    return in_postvak(vsp(rij, rol), rij["ontvangen_op"], url, rij["grootte"], rij["sha256"])


def item(rij: Mapping[Any, Any], basis_url: str, rol: Callable[[str], str]) -> dict[str, Any]:
    """The same with its number and status. ``basis_url`` is the address of this node, without a slash at its end."""
    url = f"{basis_url}/berichten/{rij['id']}/xml"
    return {
        "volgnummer": rij["volgnummer"],
        "status": str(van_bericht(rij)),
        **als_json(metadata(rij, url, rol)),
    }
