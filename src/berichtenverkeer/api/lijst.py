"""What the lists of this interface share: what may be asked, a page, its cursor, and who asks for what does not exist.

A list is a ``Lijst`` of ``opslag``. What may be asked of it is a class that extends ``Vraag``: a field is a filter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, Field

from ..opslag.lijst import Lijst, Plek, Rij
from . import cursor
from .knooppunt import Knooppunt
from .problemen import Probleem

R = TypeVar("R", bound=Rij)
U = TypeVar("U")

GEMEENTECODE = "^[0-9]{4}$"
"""The form of a CBS code."""

AGB_CODE = "^[0-9]{8}$"
"""The form of an AGB code."""

_PLEK = re.compile("([0-9]{1,18})[.]([0-9a-f-]{36})")
_NAAM = re.compile("[A-Za-z_-]{1,40}")


class Vraag(BaseModel):
    """What may be asked of every list in order of change."""

    gewijzigd_na: str | None = Field(None, description="`volgende` van een eerder antwoord")
    limiet: int = Field(100, ge=1, le=1000)

    def filters(self) -> dict[str, Any]:
        """What was asked for besides the page."""
        gevraagd = {naam: getattr(self, naam) for naam in type(self).model_fields if naam not in Vraag.model_fields}
        return {naam: waarde for naam, waarde in gevraagd.items() if waarde is not None}


class Bladzijde(BaseModel, Generic[U]):
    """A page, and the cursor that gives what comes after or changes later."""

    items: list[U]
    volgende: str = Field(description="geef mee als `gewijzigd_na`", examples=["toewijzingen.0"])


def blader(
    knooppunt: Knooppunt,
    partij: str,
    lijst: Lijst[R],
    vraag: Vraag,
    dag: date,
    filters: Mapping[str, Any] | None = None,
) -> tuple[list[R], str]:
    """A page of a list for a party, and the cursor after it; ``filters`` in the place of those of the question.

    Raises problem 400 for a cursor that is not of this list.
    """
    delen = cursor.lees(vraag.gewijzigd_na, _naam("gewijzigd_na"), lijst.naam, _PLEK)
    na = None if delen is None else Plek(int(delen[0]), delen[1])
    with knooppunt.engine.connect() as verbinding:
        rijen = lijst.zoek(verbinding, partij, dag, vraag.limiet, vraag.filters() if filters is None else filters, na)
    laatste = lijst.plek(rijen[-1]) if rijen else na
    return rijen, cursor.schrijf(lijst.naam, *(laatste or ()))


def _naam(veld: str) -> str:
    return Vraag.model_fields[veld].alias or veld


async def alleen_bekende_velden(request: Request) -> None:
    """Raise problem 400 for a field of the query that this address does not have: ignored, it would look as if it were answered."""
    bekend = sorted(set(_velden(request.scope["route"].dependant)))
    for naam in request.query_params:
        if naam not in bekend:
            raise _onbekend_veld(naam, bekend)


def _onbekend_veld(naam: str, bekend: Sequence[str]) -> Probleem:
    lijkt = get_close_matches(naam, bekend, 1, 0.5)
    bedoelt = f"Bedoelt u '{lijkt[0]}'? " if lijkt else ""
    kan = f"Er zijn: {', '.join(bekend)}." if bekend else "Er zijn hier geen velden."
    wat = f"het veld '{naam}'" if _NAAM.fullmatch(naam) else "een van de velden"
    return Probleem(400, "veld-onbekend", f"De vraag heeft {wat}, en dat is hier niet bekend.", bedoelt + kan)


def _velden(dependant: Dependant) -> Iterator[str]:
    for veld in dependant.query_params:
        soort = veld.field_info.annotation
        if isinstance(soort, type) and issubclass(soort, BaseModel):
            yield from (info.alias or naam for naam, info in soort.model_fields.items())
        else:
            yield veld.alias
    for dieper in dependant.dependencies:
        yield from _velden(dieper)
