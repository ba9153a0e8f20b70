"""A step that calls the interface as a program of a party would: a method, a path and what goes along, and what it gave."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from ..bestand.flow import Flow, Stap
from ..deuren.deur import uitleg
from ..deuren.lijst import lees_lijst
from ..doelen.doel import Doel
from ..schrijven.bedrag import eurocent, kaal
from ..schrijven.waarden import Omgeving, WaardeFout
from .antwoord import houd_antwoord_naast
from .vergelijken import Verschil

_IN_ADRES = ("GET", "DELETE")
"""Methods of which the fields stand in the address."""

_TOEWIJZING = "toewijzing"
"""``$toewijzing.t1`` is the id at the node of the toewijzing with the number ``$t1``."""

_FOUTEN = 3
"""How many faults in a file are told of."""


@dataclass(frozen=True, slots=True)
class Geroepen:
    """What a call gave: ``inhoud`` as JSON says it, or text; ``melding`` is what an error says of itself."""

    http: int
    inhoud: Any
    melding: str = ""

    @property
    def kort(self) -> str:
        """What came of it in a few words."""
        return f"HTTP {self.http}"


class Roeper:
    """Calls for the parties of one play."""

    def __init__(self, flow: Flow, doel: Doel, omgeving: Omgeving) -> None:
        self._flow, self._doel, self._omgeving = flow, doel, omgeving
        self._ids: dict[tuple[str, str], str] = {}

    def roep(self, stap: Stap, moment: datetime) -> Geroepen:
        """Call, and keep the answer when the step says so. Raises ``WaardeFout``, ``DeurFout`` and ``httpx.HTTPError``."""
        assert stap.roep is not None
        assert stap.van is not None
        klant = self._doel.klant(stap.van, moment)
        self._omgeving.bewaard[_TOEWIJZING] = _Toewijzingen(self._ids, stap.van, klant, self._omgeving)
        methode, adres = stap.roep.split(" ", 1)
        met = self._omgeving.waarde(stap.met)
        antwoord = klant.request(methode, self._adres(adres), **_meegegeven(methode, met))
        try:
            inhoud = antwoord.json()
        except ValueError:
            inhoud = antwoord.text or None
        if stap.bewaar:
            self._omgeving.bewaard[stap.bewaar] = inhoud
        return Geroepen(antwoord.status_code, inhoud, _melding(antwoord, inhoud) if antwoord.is_error else "")

    def verschillen(self, stap: Stap, geroepen: Geroepen) -> Iterator[Verschil]:
        """How it differs from what the step expects. Raises ``WaardeFout``."""
        verwacht = stap.verwacht
        if verwacht.http != geroepen.http if verwacht.http is not None else bool(geroepen.melding):
            regel = self._flow.regel_van(stap, "verwacht", "http")
            hoort = f"HTTP {verwacht.http}" if verwacht.http is not None else "gelukt"
            yield Verschil(f"antwoord op {stap.roep}", hoort, geroepen.kort, geroepen.melding, regel=regel)
            return
        if verwacht.geeft is None:
            return
        hoort = self._omgeving.waarde(verwacht.geeft)
        ruim = stap.van not in self._doel.vers
        for een in houd_antwoord_naast(hoort, geroepen.inhoud, ruim=ruim):
            regel = self._flow.regel_van(stap, "verwacht", "geeft", *een.plek)
            yield Verschil(een.waar or "antwoord", een.verwacht, een.gekregen, een.uitleg, regel=regel)

    def _adres(self, adres: str) -> str:
        """Every part of the path that is an expression, as its value."""
        delen = [self._omgeving.waarde(deel) for deel in adres.split("/")]
        if not all(isinstance(deel, str) for deel in delen):
            raise WaardeFout(
                f"{adres} is geen adres: er staat iets in dat geen tekst is.", "Noem een veld, als $inzet.id."
            )
        return "/".join(delen)


class _Toewijzingen(Mapping[str, str]):
    """The ids of toewijzingen by the name of their number, asked by one party when they are needed."""

    def __init__(self, ids: dict[tuple[str, str], str], van: str, klant: httpx.Client, omgeving: Omgeving) -> None:
        self._ids, self._van, self._klant, self._omgeving = ids, van, klant, omgeving

    def __getitem__(self, naam: str) -> str:
        if (self._van, naam) not in self._ids:
            vraag = {"toewijzingnummer": str(self._omgeving.namen.get(naam, "")), "domein": str(self._omgeving.wet)}
            gevonden = lees_lijst(self._klant, "/v1/toewijzingen", vraag) if vraag["toewijzingnummer"] else []
            if len(gevonden) != 1:
                raise WaardeFout(
                    f"${_TOEWIJZING}.{naam} is er bij {self._van} niet.", "Noem een nummer uit een 301 aan haar."
                )
            self._ids[self._van, naam] = gevonden[0]["id"]
        return self._ids[self._van, naam]

    def __iter__(self) -> Iterator[str]:
        return iter(self._omgeving.namen)

    def __len__(self) -> int:
        return len(self._omgeving.namen)


def _meegegeven(methode: str, met: Any) -> dict[str, Any]:
    """What goes along: fields in the address or as JSON, rows as a CSV, a text as it is."""
    if met is None:
        return {}
    if isinstance(met, str):
        soort = "application/xml" if met.lstrip().startswith("<") else "text/csv"
        return {"content": met.encode(), "headers": {"Content-Type": soort}}
    if isinstance(met, list):
        return {"content": _csv(met).encode(), "headers": {"Content-Type": "text/csv"}}
    velden = _eurocenten(met)
    if methode in _IN_ADRES:
        return {"params": {naam: str(waarde) for naam, waarde in velden.items() if waarde is not None}}
    return {"json": velden}


def _csv(rijen: list[Any]) -> str:
    """The rows as a file, with every column that one of them has."""
    kolommen = list(dict.fromkeys(naam for rij in rijen for naam in rij))
    uit = io.StringIO()
    tabel = csv.DictWriter(uit, kolommen, restval="", delimiter=";", lineterminator="\n")
    tabel.writeheader()
    tabel.writerows({naam: _cel(waarde) for naam, waarde in rij.items()} for rij in rijen)
    return uit.getvalue()


def _cel(waarde: Any) -> Any:
    bedrag = eurocent(waarde)
    return kaal(bedrag) if bedrag is not None else waarde


def _eurocenten(boom: Any) -> Any:
    """Amounts as JSON has them."""
    if isinstance(boom, dict):
        return {naam: _eurocenten(deel) for naam, deel in boom.items()}
    if isinstance(boom, list):
        return [_eurocenten(deel) for deel in boom]
    bedrag = eurocent(boom)
    return boom if bedrag is None else bedrag


def _melding(antwoord: httpx.Response, inhoud: Any) -> str:
    """What an error says of itself, with the first faults of a file or of fields."""
    zinnen = [uitleg(antwoord)]
    fouten = inhoud.get("fouten") if isinstance(inhoud, dict) else None
    zinnen += [
        f"Rij {fout['rij']}, {fout['kolom']}: {fout['melding']} {fout['advies']}" for fout in (fouten or [])[:_FOUTEN]
    ]
    return " ".join(zinnen)
