"""A postvak: what lies ready for a party, in the shape of VECOZO's VSP with a number and a status beside it;
and among it, for a partner of a hoofdaannemer, what it is told of inzetten."""

from collections.abc import Callable
from datetime import timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping

from ...klok import in_utc
from ...opslag.berichten import berichten, enveloppen
from ...opslag.bureau import inzetten
from ...partijen.partij import Partij, Partijrol
from ..envelop.poststuk import Poststuk
from ..envelop.vsp import Berichtstatus
from ..zendingen import poststuk, status

NA_BEVESTIGING = timedelta(hours=24)
"""How long a message can still be fetched by VSP or StUF after it was acknowledged."""


def bladzijde(
    verbinding: Connection,
    partij: Partij,
    na: int,
    limiet: int,
    basis_url: str,
    rol: Callable[[str], str],
) -> list[dict[str, Any]]:
    """What lies in a postvak after this number, oldest first, at most ``limiet``: each with its number and status.

    ``basis_url`` is the address of this node, without a slash at its end. The foutberichten of a gemeente are in the postvak
    of the GGK only: what they refuse need not have what VSP asks.
    """

    def item(rij: RowMapping, stuk: Poststuk, hoe_ver: Berichtstatus, pad: str) -> dict[str, Any]:
        return {"volgnummer": rij["volgnummer"], "status": str(hoe_ver), **stuk.vsp(f"{basis_url}{pad}", rol)}

    fouten: list[RowMapping] = []
    if partij.rol is not Partijrol.GEMEENTE:
        fouten = enveloppen.foutberichten_na(verbinding, partij.code, na, limiet)
    items = [
        item(rij, poststuk.van_bericht(rij), status.van_bericht(rij), f"/v1/berichten/{rij['id']}/xml")
        for rij in berichten.postvak(verbinding, partij.code, na, limiet)
    ]
    items += [
        item(rij, poststuk.van_foutbericht(rij), status.van_zending(rij), f"{_VSP}/{rij['traceer_id']}/payload")
        for rij in fouten
    ]
    items += [_melding(een) for een in inzetten.postvak(verbinding, partij.code, na, limiet)]
    return sorted(items, key=itemgetter("volgnummer"))[:limiet]


def tel(verbinding: Connection, partij: Partij) -> int:
    """How much lies in a postvak, as ``bladzijde`` gives it."""
    fouten = enveloppen.aantal_foutberichten(verbinding, partij.code) if partij.rol is not Partijrol.GEMEENTE else 0
    meldingen = inzetten.aantal_in_postvak(verbinding, partij.code)
    return berichten.aantal_in_postvak(verbinding, partij.code) + fouten + meldingen


def _melding(een: inzetten.Postmelding) -> dict[str, Any]:
    """What a partner of a hoofdaannemer is told. It came by no message: it is there at once, and is not acknowledged."""
    return {
        "volgnummer": een.volgnummer,
        "status": str(Berichtstatus.BEZORGD),
        "soort": str(een.soort),
        "inzet": een.inzet,
        "hoofdaannemer": een.hoofdaannemer,
        "moment": in_utc(een.moment),
        "pad": f"/v1/inzetten/{een.inzet}/{een.soort}",
    }


_VSP = "/vsp/berichten/rest-pull/v1/berichten"
"""Where the bytes of a foutbericht are fetched."""
