"""The status of messages in VSP: of one and those that answer it, or of a whole conversation."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection, RowMapping

from ...opslag import enveloppen
from ..envelop.vsp import Melding, Status
from ..zendingen.enveloppe import FOUTBERICHT
from ..zendingen.status import bezorgmeldingen, van_bericht, van_zending


class Berichtstatus(BaseModel):
    """How far a message has come, and what was found wrong with it."""

    traceerId: str
    conversatieId: str
    alsAntwoordOp: str | None = None
    referentieId: str | None = None
    berichtsubtype: str = Field(examples=["WMO301", "Fo01"])
    status: Status
    meldingen: list[Melding]


def statussen(
    verbinding: Connection,
    partijen: tuple[str, ...],
    limiet: int,
    *,
    traceer_id: str | None = None,
    conversatie_id: str | None = None,
) -> list[Berichtstatus]:
    """The statuses that these parties may see, oldest first: by traceerId or by conversatieId, one of the two.

    Of a message that a foutbericht refuses after it was delivered, the meldingen are those of the foutbericht.
    """
    berichten: dict[str, RowMapping] = {}  # what one sent to another, both of them see
    los: dict[tuple[str, str], RowMapping] = {}
    for partij in partijen:
        if traceer_id is not None:
            gezien = enveloppen.van_traceer(verbinding, partij, traceer_id, limiet)
        else:
            assert conversatie_id is not None
            gezien = enveloppen.van_conversatie(verbinding, partij, conversatie_id, limiet)
        berichten |= {rij["id"]: rij for rij in gezien}
        zonder = enveloppen.zonder_bericht(verbinding, partij, limiet, traceer_id, conversatie_id)
        los |= {(rij["zender"], rij["traceer_id"]): rij for rij in zonder}
    fouten = [rij for rij in los.values() if rij["foutbericht"]]
    alle = sorted([*berichten.values(), *los.values()], key=lambda rij: rij["ontvangen_op"])[:limiet]
    return [_van(rij, fouten) for rij in alle]


def _van(rij: Mapping[Any, Any], fouten: Iterable[Mapping[Any, Any]]) -> Berichtstatus:
    is_bericht = "berichtsoort" in rij
    eigen = rij["zendingmeldingen"] or [] if is_bericht else [] if rij["foutbericht"] else rij["meldingen"]
    return Berichtstatus(
        traceerId=rij["traceer_id"],
        conversatieId=rij["conversatie_id"],
        alsAntwoordOp=rij["als_antwoord_op"],
        referentieId=rij["referentie_id"],
        berichtsubtype=_subtype(rij, is_bericht),
        status=van_bericht(rij) if is_bericht else van_zending(rij),
        meldingen=[
            Melding(**melding) for melding in (*eigen, *_achteraf(rij["traceer_id"], fouten), *bezorgmeldingen(rij))
        ],
    )


def _subtype(rij: Mapping[Any, Any], is_bericht: bool) -> str:
    subtype: str = rij["berichtsoort"] if is_bericht else FOUTBERICHT[0] if rij["foutbericht"] else rij["functie"]
    return subtype


def _achteraf(traceer_id: str, fouten: Iterable[Mapping[Any, Any]]) -> Iterator[dict[str, str]]:
    for fout in fouten:
        if fout["als_antwoord_op"] == traceer_id:
            yield from fout["meldingen"]
