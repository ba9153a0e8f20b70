"""An amount as one fills it in, by the same reading as in a sheet: whole eurocent, or euros with a comma or a euro sign."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...voorstel.declareren.cellen import lees_tarief
from .formulier import Onjuist

HINT = "Euro's met een komma, zoals 54,00; een getal zonder komma is in eurocent"


def in_eurocent(ingevuld: Mapping[str, str], namen: Iterable[str]) -> dict[str, Any]:
    """What was filled in, with the amounts in these fields in eurocent. Raises ``Onjuist``."""
    uit: dict[str, Any] = dict(ingevuld)
    fouten = {}
    for naam in namen:
        if naam not in ingevuld:
            continue
        try:
            bedrag = lees_tarief(ingevuld[naam])
        except ValueError as fout:
            fouten[naam] = str(fout)
            continue
        uit[naam] = int(bedrag.waarde * 100 if bedrag.in_euro else bedrag.waarde)
    if fouten:
        raise Onjuist(fouten)
    return uit
