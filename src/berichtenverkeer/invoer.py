"""What a caller asks, as a model: the base of all questions, and the values that more of them have."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from .standaard.tekst import te_bewaren

TEKEN_ONJUIST = "teken_onjuist"
"""The type of the error about text that no database can keep."""

GETYPT = "getypt"
"""The context of validation for what a person types: some values may then be written in more ways."""


class Invoer(BaseModel):
    """A question; a name that is not known is refused, and so is text that cannot be kept."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _eis_tekst(cls, waarde: Any) -> Any:
        if not te_bewaren(waarde):
            raise PydanticCustomError(TEKEN_ONJUIST, "Een teken is geen tekst (NUL of een half teken); laat het weg.")
        return waarde


def _dag(waarde: Any) -> Any:
    """pydantic would take a number for seconds since 1970, and 20260302 for one."""
    if isinstance(waarde, date) or (isinstance(waarde, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", waarde)):
        return waarde
    raise ValueError("schrijf een dag als EEJJ-MM-DD")


EIS_DAG = BeforeValidator(_dag)
Dag = Annotated[date, EIS_DAG]
Nummer = Annotated[int, Field(ge=1, le=999_999_999)]
Gemeentecode = Annotated[str, Field(pattern="^[0-9]{4}$")]
Bsn = Annotated[str, Field(pattern="^[0-9]{9}$", examples=["999900006"])]
TweeCijfers = Annotated[str, Field(pattern="^[0-9]{2}$")]
Bedrag = Annotated[int, Field(ge=0, le=99_999_999)]
