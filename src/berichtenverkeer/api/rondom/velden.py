"""A question has only the fields that its address knows: one that is ignored looks as if it were answered."""

from collections.abc import Iterator, Sequence

from fastapi import Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel

from ..antwoord.onjuist import VELDNAAM, kort, lijkt
from ..antwoord.problemen import Probleem


async def alleen_bekende_velden(request: Request) -> None:
    """Raise problem 400 for the fields of the query that this address does not have, all at once."""
    gevraagd = list(request.query_params)
    bekend = sorted(set(_velden(request.scope["route"].dependant))) if gevraagd else []
    onbekend = [naam for naam in gevraagd if naam not in bekend]
    if onbekend:
        raise _onbekende_velden(onbekend, bekend)


def _onbekende_velden(onbekend: Sequence[str], bekend: Sequence[str]) -> Probleem:
    leesbaar = [naam for naam in onbekend if VELDNAAM.fullmatch(naam)]
    bedoeld = sorted({gevonden for naam in leesbaar for gevonden in lijkt(naam, bekend)})
    if not leesbaar:
        wat = "een van de velden, en dat is"
    elif len(leesbaar) == 1:
        wat = f"het veld {_genoemd(leesbaar)}, en dat is"
    else:
        wat = f"de velden {_genoemd(leesbaar)}, en die zijn"
    bedoelt = f"Bedoelt u {_genoemd(bedoeld)}? " if bedoeld else ""
    if "bsn" in onbekend:
        bedoelt += "Een Bsn staat nooit in een adres: vraag met POST en JSON op het adres met /zoeken erachter. "
    kan = f"Er zijn: {', '.join(bekend)}." if bekend else "Er zijn hier geen velden."
    return Probleem(400, "veld-onbekend", f"De vraag heeft {wat} hier niet bekend.", bedoelt + kan)


def _genoemd(namen: Sequence[str]) -> str:
    return kort(f"'{naam}'" for naam in namen)


def _velden(dependant: Dependant) -> Iterator[str]:
    for veld in dependant.query_params:
        soort = veld.field_info.annotation
        if isinstance(soort, type) and issubclass(soort, BaseModel):
            yield from (info.alias or naam for naam, info in soort.model_fields.items())
        else:
            yield veld.alias
    for dieper in dependant.dependencies:
        yield from _velden(dieper)
