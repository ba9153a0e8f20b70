"""Plays the region: starts the service, plays the flows, empties the postvakken, rebuilds, and looks back."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
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
from ...standaard.schema import Schemas
from ..deuren.deur import json_van, klok
from ..doelen.dienst import Dienst
from ..schrijven.waarden import Nummers
from ..spelen.spelen import speel
from ..spelen.verloop import Opties, Verloop
from . import verslag
from .regio import Deelnemer, Regio, Regiodoel, lees_regio
from .verslag import Stand

_BLADZIJDE = 250
_LIJST = 1000


def demonstreer(console: Console, *, eenmalig: bool, host: str = "127.0.0.1", port: int = 0) -> bool:
    """Run the demonstration; ``eenmalig`` stops at the end, else the service runs on until Ctrl-C.

    True when everything came out as the flows say. Raises ``StartNiet`` when the service does not come up.
    """
    regio = lees_regio(meegeleverd("fixtures") / "regio.yaml")
    with tempfile.TemporaryDirectory(prefix="berichtenverkeer-", ignore_cleanup_errors=True) as tijdelijk:
        instellingen = Instellingen(
            database_url=f"sqlite:///{Path(tijdelijk) / 'demo.db'}", proefmodus=True, host=host, port=port
        )
        engine, schemas = maak_engine(instellingen.database_url), Schemas(instellingen.xsd_dir)
        _meld_aan(engine, regio)
        with Dienst(instellingen, _na(regio.einde)) as dienst:
            verslag.begin(console, regio, dienst.url)
            verlopen = list(_speel(console, regio, dienst.url, schemas))
            with httpx.Client(base_url=dienst.url, timeout=30) as http:
                stand = _kijk(http, regio)
            gelijk = herbouw(engine, schemas)
            engine.dispose()
            goed = verslag.slot(console, regio, verlopen, stand, gelijk, dienst.url, eenmalig=eenmalig)
            if not eenmalig:
                dienst.wacht()
                console.print("Gestopt.")
    return goed


def _speel(console: Console, regio: Regio, url: str, schemas: Schemas) -> Iterator[Verloop]:
    balk = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    bij, zaden = Regiodoel(regio, url), count()
    with balk:
        for flow, wet, begin in balk.track(list(regio.verteld()), description="verhalen"):
            yield speel(flow, wet, bij, Nummers(next(zaden)), schemas, Opties(klok=begin, doorgaan=True, zuinig=True))


def _kijk(http: httpx.Client, regio: Regio) -> Stand:
    """Every party empties its postvak; what there is, is told as its gemeente sees it in the end."""
    opgehaald = [_leeg_postvak(http, deelnemer, regio.einde) for deelnemer in regio.deelnemers]
    gemeenten = regio.van_rol("gemeente")
    return Stand(
        opgehaald=sum(aantal for aantal, _ in opgehaald),
        heel=all(heel for _, heel in opgehaald),
        toewijzingen=[
            {**item, "tijdlijn": _lees(http, f"/toewijzingen/{item['id']}/tijdlijn", gemeente, regio.einde)}
            for gemeente in gemeenten
            for item in sorted(_lees(http, "/toewijzingen", gemeente, regio.einde), key=lambda i: i["toewijzingnummer"])
        ],
        verzoeken=[
            item
            for gemeente in gemeenten
            for item in sorted(
                _lees(http, "/verzoeken", gemeente, regio.einde), key=lambda i: (i["ingediend_op"], i["id"])
            )
        ],
        declaraties=[item for gemeente in gemeenten for item in _lees(http, "/declaraties", gemeente, regio.einde)],
    )


def _leeg_postvak(http: httpx.Client, deelnemer: Deelnemer, moment: datetime) -> tuple[int, bool]:
    """Fetch what lies there, hold the bytes against their checksum, and confirm; how many, and whether all was well."""
    hoofd, aantal, heel, na = _hoofd(deelnemer, moment), 0, True, "0"
    while True:
        vraag = {"na": na, "limit": str(_BLADZIJDE)}
        bladzijde = json_van(http.get("/postvak/v1/berichten", params=vraag, headers=hoofd))
        for item in bladzijde["items"]:
            payload, traceer_id = item["basisgegevens"]["payload"], item["referentiegegevens"]["traceerId"]
            data = http.get(payload["url"], headers=hoofd).content
            antwoord = http.post(f"/postvak/v1/berichten/{traceer_id}/bevestigd", headers=hoofd)
            heel &= hashlib.sha256(data).hexdigest() == payload["checksum"]["waarde"]
            heel &= json_van(antwoord)["status"] == "Bezorgd"
            aantal += 1
        if len(bladzijde["items"]) < _BLADZIJDE:
            return aantal, heel
        na = bladzijde["volgende"]


def _lees(http: httpx.Client, pad: str, wie: Deelnemer, moment: datetime) -> list[Mapping[str, Any]]:
    antwoord = http.get(pad, params={} if pad.endswith("tijdlijn") else {"limiet": _LIJST}, headers=_hoofd(wie, moment))
    return list(json_van(antwoord)["items"])


def _hoofd(deelnemer: Deelnemer, moment: datetime) -> dict[str, str]:
    return {"Authorization": f"Bearer {deelnemer.token}", **klok(moment)}


def _meld_aan(engine: Engine, regio: Regio) -> None:
    maak_gereed(engine)
    begin = min(verhaal.klok for verhaal in regio.verhalen if verhaal.klok).replace(month=1, day=1, tzinfo=NEDERLAND)
    for deelnemer in regio.deelnemers:
        registreer(engine, deelnemer.code, Partijrol(deelnemer.rol), deelnemer.naam, begin)
        maak_token(engine, deelnemer.code, begin, _vast(deelnemer.token))


def _vast(token: str) -> Callable[[int], str]:
    """Chance that always gives the same token."""
    return lambda _: token


def _na(einde: datetime) -> Klok:
    """A clock that runs on from the end of the stories."""
    begin = time.monotonic()
    moment = einde.replace(tzinfo=NEDERLAND)
    return lambda: moment + timedelta(seconds=time.monotonic() - begin)
