"""Commands that run the service."""

import gc
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..pakket import meegeleverd
from ..startinstellingen import Startinstellingen
from .melden import stop
from .opties import Opties, instelling, met_opties

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ..instellingen import Instellingen

AFGEBROKEN = 130
"""Exit code after Ctrl-C, as shells have it."""


@met_opties
def serve(start: Annotated[Startinstellingen, Opties(variabelen=True)]) -> None:
    """Start het knooppunt."""
    if start.processen > 1 and start.database_url.startswith("sqlite"):
        stop("Meer processen delen geen SQLite; gebruik PostgreSQL, of één proces.")
    if start.processen > 1 and start.proefmodus:
        stop("In proefmodus is er één proces: elk proces zou een eigen klok en eigen storingen hebben.")
    _eis_tls(start.tls_certificaat, start.tls_sleutel, start.tls_ca)
    os.environ |= {  # the server processes read their settings from here
        f"BV_{naam.upper()}": str(waarde) for naam, waarde in start if waarde is not None
    }
    with _zonder_opruimen():
        import uvicorn

        from .. import telemetrie
        from ..api.rondom import tls
        from ..api.rondom.bewaking import meer_bestanden
        from ..api.rondom.server import draai, logt, opties
        from ..instellingen import Instellingen
        from ..opslag.database import maak_engine, maak_gereed
        from ..standaard.schema import Schemas

        instellingen = Instellingen()
        open_ = _eis_sleutels(instellingen)
        telemetrie.eis()
        meer_bestanden()
        schemas = Schemas(start.xsd_dir)
        if start.xsd_dir != meegeleverd("xsd"):
            schemas.laad_alles()  # what is wrong in them shows here
        engine = maak_engine(start.database_url)
        maak_gereed(engine)
        engine.dispose()
        _eis_vrij(start.host, start.port)
        if open_:
            typer.echo(open_, err=True)
        app: FastAPI | str = "berichtenverkeer.web.app:maak_app"
        if start.processen == 1:
            from ..web.app import maak_app

            app = maak_app(instellingen, schemas=schemas)
    config = uvicorn.Config(
        app,
        factory=start.processen > 1,
        host=start.host,
        port=start.port,
        workers=start.processen,
        ssl_certfile=start.tls_certificaat,
        ssl_keyfile=start.tls_sleutel,
        ssl_ca_certs=start.tls_ca,
        ssl_cert_reqs=ssl.CERT_OPTIONAL if start.tls_ca else ssl.CERT_NONE,
        log_level="info",
        log_config=logt(instellingen.log_formaat),
        ssl_context_factory=tls.maak if start.tls_certificaat is not None else None,
        **opties(instellingen, tls=start.tls_certificaat is not None),
    )
    with suppress(KeyboardInterrupt):
        draai(config, _klaar if start.processen == 1 else partial(_klaar, processen=start.processen))


def _eis_sleutels(instellingen: "Instellingen") -> str | None:
    """That what is kept of persons is hidden, unless who starts the node says that it need not be; then the sentence that says so."""
    from ..sleutels import gebruik
    from ..versleuteling.bestand import sleutelbos

    gebruik(instellingen.sleutelplaats)
    if sleutelbos() is not None:
        return None
    if not (instellingen.proefmodus or instellingen.onversleuteld):
        stop(
            "Er zijn geen sleutels: persoonsgegevens zouden leesbaar in de database komen. Maak ze met 'berichtenverkeer sleutel maak' en zet "
            "BV_SLEUTELS op het bestand, start met --proefmodus, of zeg met BV_ONVERSLEUTELD=1 dat het zo mag."
        )
    wat = "alles wordt" if instellingen.proefmodus else "ook Bsn's en namen worden"
    return f"Er zijn geen sleutels (BV_SLEUTELS): {wat} leesbaar bewaard, en personen zijn in het logboek te herkennen."


def _klaar(adres: str, processen: int = 1) -> None:
    """Say that it can be used, and where."""
    hoe = "Klaar" if processen == 1 else f"{processen} processen starten"
    typer.echo(f"{hoe}: het knooppunt luistert op {adres}. Stoppen met Ctrl-C.")


def _eis_vrij(host: str, port: int) -> None:
    """See that it can be listened there: what is in the way shows here, in Dutch."""
    familie = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(familie) as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((host, port))
        except OSError as fout:
            stop(f"Op {host} poort {port} is niet te luisteren: {fout.strerror}. Kies een andere --port of --host.")


@contextmanager
def _zonder_opruimen() -> Iterator[None]:
    """Do not look for garbage while all is loaded: that takes a tenth of the time, and nothing of it is any. What was loaded
    stays, so it is not looked at afterwards either."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _eis_tls(certificaat: Path | None, sleutel: Path | None, ca: Path | None) -> None:
    """That the files for TLS are there and go together: what is wrong shows here, and not in each process."""
    if certificaat is None and sleutel is None and ca is None:
        return
    if certificaat is None or sleutel is None:
        stop("Geef voor TLS zowel --tls-certificaat als --tls-sleutel.")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        tls.load_cert_chain(certificaat, sleutel, "")  # no password: otherwise one would be asked for
    except OSError:
        stop("Het certificaat en de sleutel voor TLS zijn niet te lezen, of horen niet bij elkaar.")
    try:
        if ca is not None:
            tls.load_verify_locations(ca)
    except OSError:
        stop(f"In {ca} staan geen leesbare certificaten van uitgevers.")


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop vanzelf aan het eind.")] = False,
    host: Annotated[str, instelling("host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="De poort; 0 kiest een vrije.")] = 0,
) -> None:
    """Laat een verzonnen regio een halfjaar berichten sturen en toon wat ervan werd."""
    from rich.console import Console

    from ..spel.demo.speel import demonstreer

    console = Console() if Console().is_terminal else Console(width=120)
    try:
        goed = demonstreer(console, eenmalig=once, host=host, port=port)
    except KeyboardInterrupt:
        stop("Gestopt voor het einde.", AFGEBROKEN)
    raise typer.Exit(0 if goed else 1)
