"""Plays the region: starts the service, plays the flows, empties the postvakken, rebuilds, and looks back."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine

from ...inname.herbouw import herbouw
from ...instellingen import Instellingen
from ...klok import NEDERLAND, Klok
from ...opslag.database import maak_engine, maak_gereed
from ...pakket import meegeleverd
from ...partijen import gebruikers
from ...partijen.bewijzen import maak_token
from ...partijen.partij import Partijrol, registreer
from ...standaard.schema import Schemas
from ..deuren.deur import json_van
from ..deuren.lijst import POSTVAK, lees_lijst, lees_postvak
from ..doelen.dienst import Dienst
from ..schrijven.waarden import Nummers
from ..spelen.spelen import speel
from ..spelen.verloop import Opties, Verloop
from . import verslag
from .bureau import Bureau
from .regio import Regio, Regiodoel, lees_regio
from .verslag import Stand


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
            bij = Regiodoel(regio, dienst.url)
            verlopen = list(_speel(console, regio, bij, schemas))
            stand = _kijk(bij, regio)
            gelijk = herbouw(engine, schemas)
            engine.dispose()
            goed = verslag.slot(console, regio, verlopen, stand, gelijk, dienst.url, eenmalig=eenmalig)
            if not eenmalig:
                dienst.wacht()
                console.print("Gestopt.")
    return goed


def _speel(console: Console, regio: Regio, bij: Regiodoel, schemas: Schemas) -> Iterator[Verloop]:
    balk = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    zaden = count()
    with balk:
        for flow, wet, begin in balk.track(list(regio.verteld()), description="verhalen"):
            yield speel(flow, wet, bij, Nummers(next(zaden)), schemas, Opties(klok=begin, doorgaan=True, zuinig=True))


def _kijk(bij: Regiodoel, regio: Regio) -> Stand:
    """Every party empties its postvak; what there is, is told as its gemeente sees it in the end."""
    with bij.ieder() as doel:
        klanten = {deelnemer.code: doel.klant(deelnemer.code, regio.einde) for deelnemer in regio.deelnemers}
        opgehaald = [_leeg_postvak(klant) for klant in klanten.values()]
        gemeenten = [klanten[gemeente.code] for gemeente in regio.van_rol("gemeente")]
        return Stand(
            opgehaald=sum(aantal for aantal, _ in opgehaald),
            heel=all(heel for _, heel in opgehaald),
            toewijzingen=[
                {**item, "tijdlijn": json_van(klant.get(f"/v1/toewijzingen/{item['id']}/tijdlijn"))["items"]}
                for klant in gemeenten
                for item in sorted(lees_lijst(klant, "/v1/toewijzingen"), key=lambda i: i["toewijzingnummer"])
            ],
            verzoeken=[
                item
                for klant in gemeenten
                for item in sorted(lees_lijst(klant, "/v1/verzoeken"), key=lambda i: (i["ingediend_op"], i["id"]))
            ],
            declaraties=[item for klant in gemeenten for item in lees_lijst(klant, "/v1/declaraties")],
            bureau=_bureau(klanten[regio.hoofdaannemer.code], regio),
        )


def _bureau(klant: httpx.Client, regio: Regio) -> Bureau:
    """The hoofdaannemer looks at the month that is over, which it fixed for one partner, and at what is to be renewed."""
    maand = f"{regio.einde.replace(day=1) - timedelta(days=1):%Y-%m}"
    staten = json_van(klant.get("/v1/hoofdaannemer/maandstaten", params={"maand": maand}))["items"]
    return Bureau(
        next(staat for staat in staten if staat["nummer"] is not None),
        json_van(klant.get("/v1/hoofdaannemer/herindicaties"))["items"],
    )


def _leeg_postvak(klant: httpx.Client) -> tuple[int, bool]:
    """Fetch what lies there, hold the bytes against their checksum, and confirm; how many, and whether all was well."""
    items, _ = lees_postvak(klant, "0")
    heel = True
    for item in items:
        payload, traceer_id = item["basisgegevens"]["payload"], item["referentiegegevens"]["traceerId"]
        data = klant.get(payload["url"]).content
        antwoord = json_van(klant.post(f"{POSTVAK}/{traceer_id}/bevestigd"))
        heel &= hashlib.sha256(data).hexdigest() == payload["checksum"]["waarde"] and antwoord["status"] == "Bezorgd"
    return len(items), heel


def _meld_aan(engine: Engine, regio: Regio) -> None:
    maak_gereed(engine)
    begin = min(verhaal.klok for verhaal in regio.verhalen if verhaal.klok).replace(month=1, day=1, tzinfo=NEDERLAND)
    for deelnemer in regio.deelnemers:
        registreer(engine, deelnemer.code, Partijrol(deelnemer.rol), deelnemer.naam, begin)
        maak_token(engine, deelnemer.code, begin, _vast(deelnemer.token))
    for een in regio.gebruikers:
        gebruikers.registreer(
            engine, een.login, een.naam, een.partijen, begin, operator=een.operator, wachtwoord=regio.wachtwoord
        )


def _vast(token: str) -> Callable[[int], str]:
    """Chance that always gives the same token."""
    return lambda _: token


def _na(einde: datetime) -> Klok:
    """A clock that runs on from the end of the stories."""
    begin = time.monotonic()
    moment = einde.replace(tzinfo=NEDERLAND)
    return lambda: moment + timedelta(seconds=time.monotonic() - begin)
