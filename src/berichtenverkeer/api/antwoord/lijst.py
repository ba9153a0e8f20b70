"""What the lists of this interface share: what may be asked, a page and its cursor.

A list is a ``Lijst`` of ``opslag``. What may be asked of it is a class that extends ``Vraag``: a field is a filter. With ``Zoekvraag``
beside it, it may be asked about a client too. ``lijstbron`` puts them together.
"""

import re
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic.alias_generators import to_camel

from ...invoer import Invoer
from ...opslag.lijst import Plek
from ...optreden import zag
from . import cursor

U = TypeVar("U")

GEMEENTECODE = "^[0-9]{4}$"
"""The form of a CBS code."""

AGB_CODE = "^[0-9]{8}$"
"""The form of an AGB code."""

_PLEK = re.compile("([0-9]{1,18})[.]([0-9a-f-]{36})")


BSN = "^[0-9]{9}$"
"""The form of a Bsn."""


AANTAL: Any = Field(
    None,
    description="hoeveel het er zijn op alle bladzijden samen, als daarom is gevraagd",
    exclude_if=lambda n: n is None,
)
"""The field of a page that says how many there are on all of them."""


Aantal = Annotated[bool, Query(description="tel ook hoeveel het er zijn op alle bladzijden samen (JSON)")]
"""What asks for it, where the question is no ``Vraag``."""


class Camel(BaseModel):
    """A question in an address: there the names are in camelCase (Logius API Design Rules: query-keys-camel-case)."""

    model_config = ConfigDict(alias_generator=to_camel)


class Vraag(Camel):
    """What may be asked of every list in order of change."""

    gewijzigd_na: str | None = Field(None, description="`volgende` van een eerder antwoord")
    limiet: int = Field(100, ge=1, le=1000)
    aantal: bool = Field(False, description="tel ook hoeveel het er zijn op alle bladzijden samen (JSON)")
    nieuwste_eerst: bool = Field(
        False,
        description="begin bij het nieuwste; `volgende` geeft dan wat daarvoor komt, en niets dat later verandert",
    )

    def filters(self) -> dict[str, Any]:
        """What was asked for besides the page."""
        gevraagd = {naam: getattr(self, naam) for naam in type(self).model_fields if naam not in Vraag.model_fields}
        return {naam: waarde for naam, waarde in gevraagd.items() if waarde is not None}


def _gevraagd(bsn: str | None) -> str | None:
    """Who asks about a person is noted, also when there is nothing."""
    if bsn is not None:
        zag(bsn)
    return bsn


class Zoekvraag(Invoer):
    """The same as JSON, with what never stands in an address (Logius API Design Rules: no-sensitive-uris)."""

    bsn: Annotated[str | None, AfterValidator(_gevraagd)] = Field(None, pattern=BSN, examples=["999900006"])


class Bladzijde(BaseModel, Generic[U]):
    """A page, and the cursor that gives what comes after or changes later."""

    items: list[U]
    volgende: str = Field(description="geef mee als `gewijzigdNa`", examples=["toewijzingen.0"])
    aantal: int | None = AANTAL


def niet_voor(begin: str) -> AfterValidator:
    """That a last day is not before the first one, which stands in the field ``begin``."""

    def eis(dag: date | None, info: ValidationInfo) -> date | None:
        eerste = info.data.get(begin)
        if dag is not None and eerste is not None and dag < eerste:
            raise ValueError(f"deze dag ligt vóór die in {to_camel(begin)}; draai de twee om")
        return dag

    return AfterValidator(eis)


def plek_van(vraag: Vraag, lijst: str) -> Plek | None:
    """After which place of this list is asked. Raises problem 400 for a cursor that is not of it."""
    return lees_plek(vraag.gewijzigd_na, _naam("gewijzigd_na"), lijst)


def lees_plek(gegeven: str | None, veld: str, lijst: str) -> Plek | None:
    """The place in a cursor of this list; None before the first row. Raises problem 400 for a cursor that is not of this list."""
    delen = cursor.lees(gegeven, veld, lijst, _PLEK)
    return None if delen is None else Plek(int(delen[0]), delen[1])


def _naam(veld: str) -> str:
    return Vraag.model_fields[veld].alias or veld
