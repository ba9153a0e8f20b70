"""The content of a message as plain data, and changes in it by indexed path.

A path is that of a bevinding without ``/Bericht/`` in front: ``Client/StartProducten/StartProduct[2]/Begindatum``.
"""

from copy import deepcopy
from typing import TypeAlias

from berichtenverkeer.standaard.berichtsoort import Berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.vorm import Veld, Vorm, vorm

Boom: TypeAlias = "str | list[Boom] | dict[str, Boom]"
"""Text, a list of items, or the elements of a class by name."""

WEG = "~"
"""The value that removes an element."""

ZOALS = "zoals"
"""In an item that is added: the number of the item it is a copy of."""


class OnjuistPad(ValueError):
    """A path names an element that the message does not have, or cannot have there."""


def voor_domein(boom: Boom, domein: Domein) -> Boom:
    """The tree with every ``{iwmo: …, ijw: …}`` replaced by the value for this law; a copy."""
    if isinstance(boom, dict):
        if boom.keys() == set(Domein):
            return voor_domein(boom[domein], domein)
        return {naam: voor_domein(waarde, domein) for naam, waarde in boom.items()}
    if isinstance(boom, list):
        return [voor_domein(waarde, domein) for waarde in boom]
    return boom


def wijzig(inhoud: dict[str, Boom], soort: Berichtsoort, pad: str, waarde: Boom) -> None:
    """Set, add or remove what is at the path, in place.

    A group that is missing on the way is made; index one past the last adds an item; ``WEG`` removes. Raises
    ``OnjuistPad``.
    """
    stappen = pad.split("/")
    hier, vorm_ = inhoud, vorm(soort)
    while True:
        veld = _veld(vorm_, stappen.pop(0), pad)
        if not stappen:
            _zet(hier, veld.naam, waarde, pad)
            return
        if veld.item_tag is None:
            onder = hier.setdefault(veld.naam, {})
        else:
            lijst = hier.setdefault(veld.naam, [])
            assert isinstance(lijst, list)
            index = _index(veld, stappen.pop(0), lijst, pad)
            if not stappen:
                _zet_item(lijst, index, waarde, pad)
                return
            if index == len(lijst):
                raise OnjuistPad(f"{pad}: dit onderdeel is er niet")
            onder = lijst[index]
        if veld.vorm is None or not isinstance(onder, dict):
            raise OnjuistPad(f"{pad}: {veld.naam} heeft geen elementen")
        hier, vorm_ = onder, veld.vorm


def _veld(vorm_: Vorm, naam: str, pad: str) -> Veld:
    for veld in vorm_.velden:
        if veld.naam == naam:
            return veld
    raise OnjuistPad(f"{pad}: {vorm_.klasse.__name__} kent geen {naam}")


def _index(veld: Veld, stap: str, lijst: list[Boom], pad: str) -> int:
    item = (veld.item_tag or "").rpartition("}")[2]
    naam, _, nummer = stap.rstrip("]").partition("[")
    if naam != item or not nummer.isdigit() or not 1 <= int(nummer) <= len(lijst) + 1:
        raise OnjuistPad(f"{pad}: verwacht {item}[1] tot en met {item}[{len(lijst) + 1}]")
    return int(nummer) - 1


def _zet(klasse: dict[str, Boom], naam: str, waarde: Boom, pad: str) -> None:
    if waarde != WEG:
        klasse[naam] = deepcopy(waarde)
    elif naam in klasse:
        del klasse[naam]
    else:
        raise OnjuistPad(f"{pad}: er is niets om weg te halen")


def _zet_item(lijst: list[Boom], index: int, waarde: Boom, pad: str) -> None:
    if isinstance(waarde, dict) and isinstance(nummer := waarde.get(ZOALS), str):
        voorbeeld = lijst[int(nummer) - 1]
        assert isinstance(voorbeeld, dict)
        anders = {naam: ander for naam, ander in waarde.items() if naam != ZOALS}
        waarde = {naam: ander for naam, ander in (voorbeeld | anders).items() if ander != WEG}
    if waarde != WEG:
        lijst[index : index + 1] = [deepcopy(waarde)]
    elif index < len(lijst):
        del lijst[index]
    else:
        raise OnjuistPad(f"{pad}: er is niets om weg te halen")
