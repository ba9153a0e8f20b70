"""Parties of a flow that someone else's software plays: their messages are not sent but waited for, in the postvak of who gets them.

The clock of the node is set to the moment of every step, for their software does not know the clock of the flow.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from ...standaard.berichtsoort import Berichtsoort, berichtsoort
from ...standaard.domein import Domein
from ...standaard.lezen import lees
from ..bestand.flow import Flow, Stap
from ..deuren.deur import Ontvangst, json_van
from ..doelen import proefklok
from ..doelen.doel import Doel, DoelFout
from ..schrijven.antwoorden import maak_antwoord
from ..schrijven.inhoud import Inhoud, inhoud_van
from ..schrijven.opstellen import Opgesteld, Schrijver
from ..schrijven.retourcodes import codes_in, codes_van
from .naast import Namen, andere_codes, bsns, houd_naast
from .vergelijken import Verschil
from .waarnemen import Postvakken
from .zicht import Zicht

_EIGEN = "x"
"""The number of an answer that is only held beside the one that came."""
_KIJK_ELKE = 0.1


@dataclass(frozen=True, slots=True)
class Gekomen:
    """What came for a step, and how it differs from what the step says; ``traceer_id`` is the number of its envelope."""

    opgesteld: Opgesteld
    ontvangst: Ontvangst
    traceer_id: str
    verschillen: tuple[Verschil, ...]


@dataclass(frozen=True, slots=True)
class _Kandidaat:
    item: Mapping[str, Any]
    data: bytes
    verschillen: tuple[Verschil, ...]
    namen: Namen


class Tegenspel:
    """For one play. ``speelt`` names the parties that the other side plays, ``geduld`` is how many seconds a message may take. Use
    it in a ``with`` block. Raises ``DoelFout`` when the node is not in proefmodus."""

    def __init__(
        self, flow: Flow, wet: Domein, doel: Doel, schrijver: Schrijver, speelt: Collection[str], geduld: float
    ) -> None:
        self._flow, self._wet, self._doel, self._schrijver = flow, wet, doel, schrijver
        self._geduld = geduld
        self.zicht = zicht = Zicht(flow, speelt, schrijver.codes)
        self._postvakken = Postvakken(doel, zicht.onze)
        self._liggend: dict[str, list[Mapping[str, Any]]] = {naam: [] for naam in zicht.onze}
        self._data: dict[str, bytes] = {}
        if zicht.hunne and not zicht.onze:
            raise DoelFout(f"In {flow.flow} speelt niemand meer aan onze kant; noem bij --speelt een partij minder.")
        if zicht.hunne:
            proefklok.stand(self._klant(schrijver.omgeving.begin))
            for naam in zicht.onze:
                self._postvakken.nieuw(naam, schrijver.omgeving.begin)

    def __enter__(self) -> "Tegenspel":
        return self

    def __exit__(self, *_: object) -> None:
        if self.zicht.hunne:
            proefklok.wis(self._klant(self._schrijver.omgeving.begin))

    def _klant(self, moment: datetime) -> httpx.Client:
        return self._doel.klant(self.zicht.onze[0], moment)

    def zet_klok(self, moment: datetime) -> None:
        """The other side goes on from this moment."""
        if self.zicht.hunne:
            proefklok.zet(self._klant(moment), moment)

    def speelt(self, stap: Stap) -> bool:
        """Whether the other side sends the message of this step."""
        return bool(self.zicht.hunne) and self._schrijver.partijen_van(stap)[0] in self.zicht.hunne

    def wacht(self, stap: Stap) -> "Gekomen | tuple[Verschil, ...]":
        """The message of this step, or why it did not come. Raises ``DeurFout`` and ``FlowFout``."""
        moment = self._schrijver.moment_van(stap)
        van, naar = self._schrijver.partijen_van(stap)
        soort = berichtsoort(self._wet, str(stap.stuur or stap.antwoord))
        self.zet_klok(moment)
        klant, tot = self._doel.klant(naar, moment), time.monotonic() + self._geduld
        while True:
            self._liggend[naar] += [
                item for item in self._postvakken.nieuw(naar, moment) if self.zicht.is_van_hen(item)
            ]
            gevonden = self._beste(stap, soort, van, naar, klant)
            over = tot - time.monotonic()
            if gevonden is not None and (not gevonden.verschillen or over <= 0):
                return self._neem_aan(stap, gevonden, van, naar, moment, klant)
            if over <= 0:
                return (self._niets(soort, van, naar),)
            time.sleep(_KIJK_ELKE)

    def _niets(self, soort: Berichtsoort, van: str, naar: str) -> Verschil:
        wel = [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in self._liggend[naar]]
        uitleg = f"Binnen {self._geduld:g} seconden kwam er in het postvak van {naar} geen {soort} van {van} over deze cliënt. "
        uitleg += (
            f"Wel lag er: {', '.join(wel)}."
            if wel
            else f"Kijk of de software van {van} draait, en of het knooppunt iets weigerde."
        )
        return Verschil("bericht", f"{soort} van {van}", "niets", uitleg)

    def _beste(self, stap: Stap, soort: Berichtsoort, van: str, naar: str, klant: httpx.Client) -> _Kandidaat | None:
        """Of what lies there the message that is most like the step, the oldest first."""
        beste: _Kandidaat | None = None
        for item in self._liggend[naar]:
            routering = item["routeringgegevens"]
            if routering["berichtstroom"]["berichtsubtype"] != soort.code:
                continue
            if routering["afzender"]["code"] != self._doel.spelers[van].code:
                continue
            if (pad := _pad(item)) not in self._data:
                self._data[pad] = klant.get(pad).raise_for_status().content
            data = self._data[pad]
            gevonden = self._naast(stap, item, data)
            if gevonden is not None and (beste is None or len(gevonden.verschillen) < len(beste.verschillen)):
                beste = gevonden
        return beste

    def _naast(self, stap: Stap, item: Mapping[str, Any], data: bytes) -> _Kandidaat | None:
        """None when it is about something else."""
        gelezen, schrijver = lees(data, self._schrijver.schemas), self._schrijver
        inhoud = inhoud_van(gelezen.bericht)
        if not stap.antwoord:
            if not self._over_client(stap, inhoud):
                return None
            verschillen, namen = houd_naast(stap, inhoud, schrijver.omgeving)
            return _Kandidaat(item, data, tuple(verschillen), namen)
        vraag, kop = schrijver.vraag_van(stap), inhoud["Header"]
        genoemd = kop.get("DeclaratieIdentificatie") or kop["BerichtIdentificatie"]
        if vraag is None or genoemd["Identificatie"] != vraag.identificatie:
            return None
        codes = {pad: codes for pad, codes in stap.codes.items() if codes}
        hoort = maak_antwoord(vraag.data, codes, _EIGEN, schrijver.omgeving.moment.date(), schrijver.schemas)
        return _Kandidaat(item, data, tuple(andere_codes(codes_van(hoort.data), codes_in(gelezen))), {})

    def _over_client(self, stap: Stap, inhoud: Inhoud) -> bool:
        """Whether it can be about the client of this step, as far as both are known."""
        schrijver, header = self._schrijver, inhoud["Header"]
        bsn = schrijver.omgeving.namen.get(stap.client or next(iter(self._flow.clienten)))
        if bsn is None:
            return True
        if (antwoord := inhoud.get("Antwoord")) is not None:
            partijen = frozenset((header["Afzender"], header["Ontvanger"]))
            return antwoord["ReferentieAanbieder"] in schrijver.verleden.verzoeken(partijen, bsn)
        return bsn in bsns(inhoud)

    def _neem_aan(
        self, stap: Stap, gevonden: _Kandidaat, van: str, naar: str, moment: datetime, klant: httpx.Client
    ) -> Gekomen:
        self._liggend[naar] = [item for item in self._liggend[naar] if item is not gevonden.item]
        self._schrijver.omgeving.namen |= gevonden.namen
        opgesteld = self._schrijver.neem_over(gevonden.data, van, naar, moment, stap)
        uit = json_van(klant.get(_pad(gevonden.item).removesuffix("/xml")))
        retour = klant.get(f"/v1/berichten/{uit['retour']['id']}/xml") if uit["retour"] else None
        ontvangst = Ontvangst(
            httpx.codes.OK,
            uit["id"],
            oordeel=uit["oordeel"],
            bevindingen=tuple(uit["bevindingen"]),
            retour=retour.content if retour is not None and retour.is_success else None,
        )
        return Gekomen(opgesteld, ontvangst, gevonden.item["referentiegegevens"]["traceerId"], gevonden.verschillen)


def _pad(item: Mapping[str, Any]) -> str:
    return urlsplit(str(item["basisgegevens"]["payload"]["url"])).path
