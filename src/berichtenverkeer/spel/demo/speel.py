"""Plays the region: starts the service, sends the files in their order, lets the receivers poll, and looks back."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine

from ...inname.herbouw import herbouw
from ...instellingen import Instellingen
from ...klok import NEDERLAND, Klok
from ...opslag.database import maak_engine, maak_gereed
from ...pakket import meegeleverd
from ...partijen.partij import Partijrol, maak_token, registreer
from ...regels.bevinding import fouten_van
from ...standaard.schema import Schemas
from . import manifest, verslag
from .dienst import Dienst
from .manifest import Manifest, Verwacht, Zending
from .verslag import Stand, Uitkomst

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def demonstreer(console: Console, *, eenmalig: bool, host: str = "127.0.0.1", port: int = 0) -> bool:
    """Run the demonstration; ``eenmalig`` stops at the end, else the service runs on until Ctrl-C.

    True when everything came out as the manifest says. Raises ``StartNiet`` when the service does not come up.
    """
    map_ = meegeleverd("fixtures") / "regio"
    regio = manifest.lees(map_)
    with tempfile.TemporaryDirectory(prefix="berichtenverkeer-", ignore_cleanup_errors=True) as tijdelijk:
        instellingen = Instellingen(
            database_url=f"sqlite:///{Path(tijdelijk) / 'demo.db'}", proefmodus=True, host=host, port=port
        )
        engine = maak_engine(instellingen.database_url)
        _meld_aan(engine, regio)
        with Dienst(instellingen, _na(regio.einde)) as dienst:
            verslag.begin(console, regio, dienst.url)
            with httpx.Client(base_url=dienst.url, timeout=30) as http:
                spel = Spel(http, map_, regio)
                _speel(console, spel)
                stand = Stand(spel.uitkomsten, list(spel.toewijzingen()), list(spel.verzoeken()))
            gelijk = herbouw(engine, Schemas(instellingen.xsd_dir))
            engine.dispose()
            goed = verslag.slot(console, regio, stand, gelijk, dienst.url, eenmalig=eenmalig) and spel.klopt
            if not eenmalig:
                dienst.wacht()
                console.print("Gestopt.")
    return goed


def token(code: str) -> str:
    """The token of a party in the demonstration; real ones are made by chance."""
    return f"demo-{code}"


@dataclass
class Spel:
    """The parties of the region at work, each with its own token, over HTTP only."""

    http: httpx.Client
    map: Path
    regio: Manifest
    uitkomsten: list[Uitkomst] = field(default_factory=list)
    bevestigd: int = 0
    klopt: bool = True
    _gelezen: dict[str, str] = field(default_factory=dict)
    _gezien: str = "0"

    def stuur(self, zending: Zending) -> Uitkomst:
        """Send one file as it lies there."""
        antwoord = self.http.post(
            "/berichten",
            content=(self.map / zending.bestand).read_bytes(),
            headers={"Content-Type": "application/xml", **_hoofd(zending.van, zending.moment)},
        )
        uitkomst = Uitkomst(zending, antwoord.json(), _gekregen(antwoord))
        self.uitkomsten.append(uitkomst)
        return uitkomst

    def leeg_postvakken(self, moment: datetime) -> int:
        """Every party fetches what is new in its postvak, checks the bytes and confirms them; how many there were."""
        opgehaald = 0
        for deelnemer in self.regio.deelnemers:
            hoofd = _hoofd(deelnemer.code, moment)
            for item in self._nieuw(deelnemer.code, hoofd):
                payload, traceer_id = item["basisgegevens"]["payload"], item["referentiegegevens"]["traceerId"]
                data = self.http.get(payload["url"], headers=hoofd).content
                self.klopt &= hashlib.sha256(data).hexdigest() == payload["checksum"]["waarde"]
                antwoord = self.http.post(f"/postvak/v1/berichten/{traceer_id}/bevestigd", headers=hoofd)
                self.klopt &= antwoord.json().get("status") == "Bezorgd"
                opgehaald += 1
        self.bevestigd += opgehaald
        return opgehaald

    def veranderd(self, moment: datetime) -> int:
        """How many toewijzingen of the hoofdaannemer changed since the last time it asked."""
        hoofdaannemer = next(d.code for d in self.regio.deelnemers if d.rol == "hoofdaannemer")
        lijst = self._lees("/toewijzingen", hoofdaannemer, moment, gewijzigd_na=self._gezien)
        self._gezien = lijst["volgende"]
        return len(lijst["items"])

    def toewijzingen(self) -> Iterator[Mapping[str, Any]]:
        """Every toewijzing as its gemeente sees it in the end, with its ``tijdlijn``."""
        for deelnemer in self.regio.deelnemers:
            if deelnemer.rol != "gemeente":
                continue
            lijst = self._lees("/toewijzingen", deelnemer.code, self.regio.einde, limiet=1000)
            for item in sorted(lijst["items"], key=lambda item: item["toewijzingnummer"]):
                verhaal = self._lees(f"/toewijzingen/{item['id']}/tijdlijn", deelnemer.code, self.regio.einde)
                yield {**item, "tijdlijn": verhaal["items"]}

    def verzoeken(self) -> Iterator[Mapping[str, Any]]:
        """Every request as its gemeente sees it in the end, the oldest first."""
        for deelnemer in self.regio.deelnemers:
            if deelnemer.rol == "gemeente":
                lijst = self._lees("/verzoeken", deelnemer.code, self.regio.einde, limiet=1000)
                yield from sorted(lijst["items"], key=lambda item: (item["ingediend_op"], item["id"]))

    def _nieuw(self, code: str, hoofd: dict[str, str]) -> Iterator[dict[str, Any]]:
        while True:
            vraag = {"na": self._gelezen.get(code, "0")}
            antwoord = self.http.get("/postvak/v1/berichten", params=vraag, headers=hoofd).json()
            self._gelezen[code] = antwoord["volgende"]
            if not antwoord["items"]:
                return
            yield from antwoord["items"]

    def _lees(self, pad: str, code: str, moment: datetime, **vraag: str | int) -> dict[str, Any]:
        antwoord = self.http.get(pad, params=vraag, headers=_hoofd(code, moment))
        antwoord.raise_for_status()
        return dict(antwoord.json())


def _speel(console: Console, spel: Spel) -> None:
    balk = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with balk:
        taak = balk.add_task("berichten", total=len(spel.regio.zendingen))
        for (_, maand), van_maand in groupby(spel.regio.zendingen, key=lambda z: (z.moment.year, z.moment.month)):
            uitkomsten: list[Uitkomst] = []
            opgehaald = 0
            for _, van_week in groupby(van_maand, key=lambda z: z.moment.isocalendar().week):
                for zending in van_week:
                    uitkomsten.append(spel.stuur(zending))
                    balk.advance(taak)
                avond = zending.moment.replace(hour=17, minute=0)
                opgehaald += spel.leeg_postvakken(avond)
            verslag.maand(balk.console, _MAANDEN[maand - 1], uitkomsten, opgehaald, spel.veranderd(avond))


def _gekregen(antwoord: httpx.Response) -> Verwacht:
    """What came of a message, in the words of the manifest."""
    inhoud = antwoord.json()
    regels = tuple(bevinding["regel"] for bevinding in fouten_van(inhoud.get("bevindingen", ())))
    soort = inhoud["type"].rpartition(":")[2] if "type" in inhoud else None
    return Verwacht(antwoord.status_code, inhoud.get("oordeel"), regels, soort)


def _hoofd(code: str, moment: datetime) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(code)}", "Bv-Klok": moment.isoformat()}


def _meld_aan(engine: Engine, regio: Manifest) -> None:
    maak_gereed(engine)
    begin = regio.zendingen[0].moment.replace(tzinfo=NEDERLAND)
    for deelnemer in regio.deelnemers:
        registreer(engine, deelnemer.code, Partijrol(deelnemer.rol), deelnemer.naam, begin)
        maak_token(engine, deelnemer.code, begin, _vast(token(deelnemer.code)))


def _vast(token_: str) -> Callable[[int], str]:
    """Chance that always gives the same token."""
    return lambda _: token_


def _na(einde: datetime) -> Klok:
    """A clock that runs on from the end of the stories."""
    begin = time.monotonic()
    moment = einde.replace(tzinfo=NEDERLAND)
    return lambda: moment + timedelta(seconds=time.monotonic() - begin)
