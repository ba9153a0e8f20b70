"""A row of the log in the form of the Dutch standard Logboek Dataverwerkingen (Logius): what another log can take in.

Its fields are those of the standard, its attributes those of the namespace ``dpl.core``; what the standard has no name for is in a
namespace of our own.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from ... import __version__
from ...opslag.logboek import MISLUKT

_EIGEN = "dpl.berichtenverkeer"


class Bron(BaseModel):
    """Of what software the row is."""

    attributes: dict[str, str] = Field(examples=[{"service.name": "berichtenverkeer"}])


class Dataverwerking(BaseModel):
    """A row as the standard has it: identifiers in hexadecimal, times in milliseconds since 1970."""

    trace_id: str = Field(examples=["4bf92f3577b34da6a3ce929d0e0e4736"])
    span_id: str = Field(examples=["00f067aa0ba902b7"])
    status_code: str = Field(examples=["STATUS_CODE_UNSET"])
    name: str = Field(examples=["toewijzing-inzien"])
    start_time: int = Field(examples=[1_772_438_400_000])
    end_time: int = Field(examples=[1_772_438_400_000])
    resource: Bron
    attributes: dict[str, str] = Field(
        examples=[{"dpl.core.processing_activity_id": "urn:berichtenverkeer:knooppunt#toewijzing-inzien"}]
    )


def als_dataverwerking(rij: Mapping[Any, Any], knooppunt: str) -> Dataverwerking:
    """A row of the log as the standard has it; ``knooppunt`` is the URI of this node. A refusal is no error of the node (4xx)."""
    moment: datetime = rij["moment"]
    milliseconden = int(moment.timestamp() * 1000)
    attributen = {"dpl.core.processing_activity_id": f"{knooppunt}#{rij['activiteit']}"}
    if rij["persoon"] is not None:
        attributen |= {"dpl.core.data_subject_id": rij["persoon"], "dpl.core.data_subject_id_type": "BSN"}
    eigen = {naam: rij[naam] for naam in ("actie", "object", "partij", "gebruiker", "bewijs", "uitkomst")}
    attributen |= {f"{_EIGEN}.{naam}": waarde for naam, waarde in eigen.items() if waarde is not None}
    return Dataverwerking(
        trace_id=rij["trace"],
        span_id=rij["span"],
        status_code="STATUS_CODE_ERROR" if rij["uitkomst"] == MISLUKT else "STATUS_CODE_UNSET",
        name=rij["activiteit"],
        start_time=milliseconden,
        end_time=milliseconden,
        resource=Bron(attributes={"service.name": "berichtenverkeer", "service.version": __version__}),
        attributes=attributen,
    )
