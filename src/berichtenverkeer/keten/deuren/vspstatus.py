"""The status of messages in VSP: of one and those that answer it, or of a whole conversation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from ...partijen.partij import Partij
from ..envelop.functie import FUNCTIES
from ..envelop.poststuk import berichtstroom
from ..envelop.vsp import HOOGSTE_VERSIE, BerichtstatusGegevens, Berichtstroom, Statusreferentie, als_json
from ..zendingen.status import Berichtstand, standen


def statussen(
    verbinding: Connection,
    partijen: Sequence[Partij],
    limiet: int,
    *,
    traceer_id: str | None = None,
    conversatie_id: str | None = None,
) -> list[dict[str, Any]]:
    """The statuses that these parties may see, as JSON, oldest first: by traceerId or by conversatieId, one of the two."""
    gevonden = standen(verbinding, partijen, limiet, traceer_id=traceer_id, conversatie_id=conversatie_id)
    return [als_json(_status(een)) for een in gevonden]


def _status(stand: Berichtstand) -> BerichtstatusGegevens:
    return BerichtstatusGegevens(
        referentiegegevens=Statusreferentie(
            conversatieId=stand.conversatie_id,
            traceerId=stand.traceer_id,
            alsAntwoordOp=stand.als_antwoord_op,
            referentieId=stand.referentie_id,
        ),
        berichtstroom=_stroom(stand),
        berichtstatus=stand.status,
        berichtstatusGewijzigdOp=stand.gewijzigd_op,
        berichtOntvangenOp=stand.ontvangen_op,
        meldingen=tuple(stand.meldingen()) or None,
    )


def _stroom(stand: Berichtstand) -> Berichtstroom:
    """What it is. A message of StUF may have been refused for what VSP has no word for."""
    if stand.functie in FUNCTIES:
        return berichtstroom(stand.functie, stand.versie, foutbericht=stand.foutbericht)
    versie, subversie = (min(deel, HOOGSTE_VERSIE) for deel in stand.versie)
    return Berichtstroom(
        berichttype=_ONBEKEND,
        berichtsubtype=stand.functie or None,
        berichtversie=versie,
        berichtsubversie=subversie,
        actie=_ONBEKEND,
    )


_ONBEKEND = "Onbekend"
