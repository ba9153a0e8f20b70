"""What a step says of a message, held beside a message that someone else made of it. Pure.

A value that the step says must be there as it says. A name that has no value yet, ``$t1`` for a ToewijzingNummer, takes the one
that came. What the step does not say makes no difference, nor does the order of a list.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..bestand.flow import Stap
from ..schrijven.inhoud import Inhoud
from ..schrijven.retourcodes import fouten_in
from ..schrijven.waarden import Omgeving
from .vergelijken import Verschil

_NAAM = re.compile(r"\$([A-Za-z_]\w*)")
_MEER_MAG = "ToegewezenProducten"
"""The list that holds, beside what a step names, all that is still valid (OP087)."""

_PERSOON = ("Bsn", "Naam", "Geboortedatum", "Adres")
"""Elements of which no value is told."""

_NIETS = "niets"
Namen = dict[str, str]


def houd_naast(stap: Stap, kwam: Inhoud, omgeving: Omgeving) -> tuple[list[Verschil], Namen]:
    """The differences, and the value of each name that takes one. Raises ``WaardeFout``."""
    naast = _Naast(omgeving, stap.alleen)
    return naast.groep("", stap.inhoud, kwam, {})


class _Naast:
    """One look at a message. Nothing takes a value in ``omgeving`` by it."""

    def __init__(self, omgeving: Omgeving, alleen: bool) -> None:
        self._omgeving, self._alleen = omgeving, alleen

    def groep(
        self, pad: str, gezegd: Mapping[str, Any], kwam: Mapping[str, Any], namen: Namen
    ) -> tuple[list[Verschil], Namen]:
        verschillen: list[Verschil] = []
        for naam, hoort in gezegd.items():
            meer, namen = self._element(f"{pad}/{naam}".lstrip("/"), naam, hoort, kwam.get(naam), namen)
            verschillen += meer
        return verschillen, namen

    def _element(self, pad: str, naam: str, hoort: Any, kwam: Any, namen: Namen) -> tuple[list[Verschil], Namen]:
        if self._is_vrij(naam, hoort, namen) and isinstance(kwam, str):
            return [], namen | {hoort[1:]: kwam}
        if isinstance(hoort, str) or self._van_wet(hoort):
            hoort = self._omgeving.waarde(hoort, naam, namen)
        if hoort is None:
            return ([Verschil(pad, _NIETS, _kort(kwam))] if kwam is not None else []), namen
        if isinstance(hoort, dict) and isinstance(kwam, dict):
            return self.groep(pad, hoort, kwam, namen)
        if isinstance(hoort, list) and isinstance(kwam, list):
            return self._lijst(pad, naam, hoort, kwam, namen)
        if isinstance(hoort, (dict, list)) or str(hoort) != kwam:
            persoonlijk = any(deel in _PERSOON for deel in pad.split("/"))
            return [
                Verschil(pad, *(("wat de flow zegt", "anders") if persoonlijk else (_kort(hoort), _kort(kwam))))
            ], namen
        return [], namen

    def _lijst(
        self, pad: str, naam: str, hoort: list[Any], kwam: list[Any], namen: Namen
    ) -> tuple[list[Verschil], Namen]:
        """Each item beside the one that is most like it."""
        over, verschillen = list(kwam), list[Verschil]()
        for plek, item in enumerate(hoort, 1):
            hier = f"{pad}[{plek}]"
            if not over:
                verschillen.append(Verschil(hier, _kort(item), _NIETS))
                continue
            pogingen = [self._item(hier, naam, item, een, namen) for een in over]
            beste = min(range(len(over)), key=lambda nummer: len(pogingen[nummer][0]))
            over.pop(beste)
            meer, namen = pogingen[beste]
            verschillen += meer
        if over and (naam != _MEER_MAG or self._alleen):
            verschillen.append(Verschil(pad, f"{len(hoort)} keer", f"{len(kwam)} keer"))
        return verschillen, namen

    def _item(self, pad: str, naam: str, hoort: Any, kwam: Any, namen: Namen) -> tuple[list[Verschil], Namen]:
        if isinstance(kwam, dict) and (hoort is None or (isinstance(hoort, dict) and not self._van_wet(hoort))):
            return self.groep(pad, hoort or {}, kwam, namen)
        return self._element(pad, naam, hoort, kwam, namen)

    def _is_vrij(self, element: str, hoort: Any, namen: Namen) -> bool:
        """Whether it is a name without a value, in an element that has numbers."""
        gevonden = _NAAM.fullmatch(hoort) if isinstance(hoort, str) else None
        return gevonden is not None and gevonden[1] not in namen and self._omgeving.is_vrij(gevonden[1], element)

    def _van_wet(self, boom: Any) -> bool:
        return isinstance(boom, dict) and bool(boom) and boom.keys() <= {"iwmo", "ijw"}


def _kort(waarde: Any) -> str:
    """A value in a few words."""
    if waarde is None:
        return _NIETS
    if isinstance(waarde, dict):
        return " ".join(f"{naam} {_kort(deel)}" for naam, deel in waarde.items()) or "iets"
    return ", ".join(map(_kort, waarde)) if isinstance(waarde, list) else str(waarde)


def andere_codes(hoort: Mapping[str, tuple[str, ...]], kwam: Mapping[str, tuple[str, ...]]) -> Iterator[Verschil]:
    """Where a retourbericht or 325 finds other faults than it should."""
    for pad in sorted({*hoort, *kwam}):
        wens, kreeg = (sorted(fouten_in({pad: codes.get(pad, ())})) for codes in (hoort, kwam))
        if wens != kreeg:
            yield Verschil(f"retourcode {pad}", ", ".join(wens) or "geen", ", ".join(kreeg) or "geen")


def bsns(boom: Any) -> set[str]:
    """Every client that a message names."""
    if isinstance(boom, dict):
        return {boom["Bsn"]} if "Bsn" in boom else set[str]().union(*map(bsns, boom.values()))
    return set[str]().union(*map(bsns, boom)) if isinstance(boom, list) else set()
