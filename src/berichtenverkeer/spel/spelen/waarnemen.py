"""What there is to see after a step, each thing asked with the token of a party."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from ...levensloop.overgangen import Declaratietoestand
from ...standaard.domein import Domein
from ..deuren.deur import Ontvangst, json_van
from ..deuren.lijst import lees_lijst, lees_postvak
from ..doelen.doel import Doel
from ..schrijven.retourcodes import codes_van
from .zicht import is_melding

_TELT_NIET = (Declaratietoestand.NIET_VERZONDEN, Declaratietoestand.AFGEKEURD)
_NAAM_BIJ = {"verzoek": "referentie", "declaratie": "declaratienummer", "bericht": "berichtsoort"}
"""What names the thing that a work list links to."""


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """What a step wants to know: numbers and references as they are, and the work lists of each party."""

    toewijzingen: tuple[str, ...] = ()
    verzoeken: tuple[str, ...] = ()
    declaraties: tuple[str, ...] = ()
    werklijsten: Mapping[str, Iterable[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waarneming:
    """What was seen. The tables of ``toewijzingen``, ``verzoeken`` and ``declaraties`` are by number, then by party."""

    ontvangst: Ontvangst | None
    retour: Mapping[str, tuple[str, ...]] | None
    postvak: Mapping[str, tuple[str, ...]]
    toewijzingen: Mapping[str, Mapping[str, str]]
    verzoeken: Mapping[str, Mapping[str, str]]
    declaraties: Mapping[str, Mapping[str, Mapping[str, Any]]]
    werklijsten: Mapping[str, Mapping[str, tuple[str, ...]]]


class Postvakken:
    """What came into the postvak of each of these parties since the last look, or since an earlier play began; ``gelezen`` is how
    far each was read."""

    def __init__(self, doel: Doel, namen: Iterable[str]) -> None:
        self._doel = doel
        self.gelezen = {naam: doel.gelezen.get(doel.spelers[naam].code, "0") for naam in namen}

    def nieuw(self, naam: str, moment: datetime) -> list[dict[str, Any]]:
        """The items, oldest first. Raises ``DeurFout``."""
        klant = self._doel.klant(naam, moment)
        items, self.gelezen[naam] = lees_postvak(klant, self.gelezen[naam], meldingen=True)
        return items


class Waarnemer:
    """Looks at the node for ``namen``, parties of one play; what lay in a postvak before it began does not count, nor what
    ``telt_niet``."""

    def __init__(
        self,
        doel: Doel,
        wet: Domein,
        begin: datetime,
        namen: Sequence[str],
        telt_niet: Callable[[Mapping[str, Any]], bool],
    ) -> None:
        self._doel = doel
        self._wet = wet
        self._namen = namen
        self._telt_niet = telt_niet
        self._postvakken = Postvakken(doel, namen)
        for naam in namen:
            self._nieuw(naam, begin)
            doel.gelezen[doel.spelers[naam].code] = self._postvakken.gelezen[naam]

    def kijk(
        self, ontvangst: Ontvangst | None, gevraagd: Gevraagd, moment: datetime, *, postvak: bool = True
    ) -> Waarneming:
        """What there is to see now; what came into a postvak since the last look into it, if asked. Raises ``DeurFout``."""
        retour = codes_van(ontvangst.retour) if ontvangst and ontvangst.retour else None
        return Waarneming(
            ontvangst,
            retour,
            {naam: self._nieuw(naam, moment) for naam in self._namen} if postvak else {},
            {nummer: self._van_ieder(moment, self._toewijzing, nummer) for nummer in gevraagd.toewijzingen},
            {nummer: self._van_ieder(moment, self._verzoek, nummer) for nummer in gevraagd.verzoeken},
            {nummer: self._van_ieder(moment, self._declaratie, nummer) for nummer in gevraagd.declaraties},
            {
                naam: {lijst: _werk(self._doel.klant(naam, moment), lijst) for lijst in lijsten}
                for naam, lijsten in gevraagd.werklijsten.items()
            },
        )

    def _nieuw(self, naam: str, moment: datetime) -> tuple[str, ...]:
        """What came in: the number of a message, ``301``, or the kind of a melding, ``inzorgmelding``."""
        nieuw = [item for item in self._postvakken.nieuw(naam, moment) if not self._telt_niet(item)]
        return tuple(
            item["soort"] if is_melding(item) else item["routeringgegevens"]["berichtstroom"]["berichtsubtype"][-3:]
            for item in nieuw
        )

    def _van_ieder(self, moment: datetime, kijk: Any, nummer: str) -> dict[str, Any]:
        """What each party sees of it; who sees nothing is left out."""
        gezien = {naam: kijk(self._doel.klant(naam, moment), nummer) for naam in self._namen}
        return {naam: wat for naam, wat in gezien.items() if wat is not None}

    def _toewijzing(self, klant: httpx.Client, nummer: str) -> str | None:
        for item in self._lijst(klant, "/v1/toewijzingen", {"toewijzingnummer": nummer}):
            if item["gemeente"] in self._codes:
                return " ".join(item[naam] for naam in ("toestand", "levering", "verzoek") if item[naam])
        return None

    def _verzoek(self, klant: httpx.Client, referentie: str) -> str | None:
        for item in self._lijst(klant, "/v1/verzoeken", {"referentie": referentie}):
            if item["aanbieder"] in self._codes:
                return str(item["toestand"])
        return None

    def _declaratie(self, klant: httpx.Client, nummer: str) -> Mapping[str, Any] | None:
        """The one that stands; one that was refused as a whole left its number free for another."""
        gevonden = [
            item
            for item in self._lijst(klant, "/v1/declaraties", {"declaratienummer": nummer})
            if item["aanbieder"] in self._codes
        ]
        if not gevonden:
            return None
        staat = next((item for item in gevonden if item["toestand"] not in _TELT_NIET), gevonden[0])
        heel = json_van(klant.get(f"/v1/declaraties/{staat['id']}"))
        prestaties = {p["referentienummer"]: p["toestand"] for p in heel["prestaties"]}
        return {naam: heel[naam] for naam in ("toestand", "ingediend", "toegekend")} | {"prestaties": prestaties}

    @property
    def _codes(self) -> set[str]:
        return {speler.code for speler in self._doel.spelers.values()}

    def _lijst(self, klant: httpx.Client, pad: str, vraag: Mapping[str, str]) -> list[dict[str, Any]]:
        return lees_lijst(klant, pad, {"domein": self._wet, **vraag})


def _werk(klant: httpx.Client, lijst: str) -> tuple[str, ...]:
    """What stands on a work list: a ToewijzingNummer, or else a reference, DeclaratieNummer or kind of message."""
    return tuple(sorted(_naam(klant, item) for item in lees_lijst(klant, f"/v1/werklijsten/{lijst}", cursor="na")))


def _naam(klant: httpx.Client, item: Mapping[str, Any]) -> str:
    if item["toewijzingnummer"] is not None:
        return str(item["toewijzingnummer"])
    for soort, veld in _NAAM_BIJ.items():
        if pad := item["links"][soort]:
            naam = str(json_van(klant.get(pad))[veld])
            return naam[-3:] if veld == "berichtsoort" else naam
    return "?"
