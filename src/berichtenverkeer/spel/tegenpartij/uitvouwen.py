"""The content of a message that follows, before it is composed: what came in as values, and lists over what came in. Pure."""

import re
from typing import Any

from ..schrijven.inhoud import Inhoud

VOOR_ELK = "voor_elk"
_RIJ = re.compile(r"\$dit(\.\w+)+")
_ELK = re.compile(r"^\$elk(?=\W|$)")


def letterlijk(boom: Any) -> Any:
    """Text of a message is never an expression."""
    if isinstance(boom, dict):
        return {naam: letterlijk(deel) for naam, deel in boom.items()}
    if isinstance(boom, list):
        return [letterlijk(deel) for deel in boom]
    return f"${boom}" if isinstance(boom, str) and boom.startswith("$") else boom


def uitgevouwen(boom: Any, dit: Inhoud) -> Any:
    """An item of a list with ``voor_elk: $dit.NieuweProducten`` becomes one for each, in which ``$elk`` is that one."""
    if isinstance(boom, dict):
        return {naam: uitgevouwen(deel, dit) for naam, deel in boom.items()}
    if not isinstance(boom, list):
        return boom
    uit: list[Any] = []
    for item in boom:
        if not isinstance(item, dict) or VOOR_ELK not in item:
            uit.append(uitgevouwen(item, dit))
            continue
        rij = item[VOOR_ELK]
        rest = {naam: deel for naam, deel in item.items() if naam != VOOR_ELK}
        uit += [_vervangen(rest, f"{rij}.{plek}") for plek in range(len(_lijst(rij, dit)))]
    return uit


def is_rij(rij: object) -> bool:
    """Whether this can stand behind ``voor_elk``."""
    return isinstance(rij, str) and _RIJ.fullmatch(rij) is not None


def _lijst(rij: str, dit: Inhoud) -> list[Any]:
    hier: Any = dit
    for naam in rij.split(".")[1:]:
        hier = hier.get(naam) if isinstance(hier, dict) else None
    return hier if isinstance(hier, list) else []


def _vervangen(boom: Any, door: str) -> Any:
    if isinstance(boom, dict):
        return {naam: _vervangen(deel, door) for naam, deel in boom.items()}
    if isinstance(boom, list):
        return [_vervangen(deel, door) for deel in boom]
    return _ELK.sub(lambda _: door, boom, count=1) if isinstance(boom, str) else boom
