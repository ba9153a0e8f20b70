"""Commands that run the service."""

import gc
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, stop, xsd_map

if TYPE_CHECKING:
    from fastapi import FastAPI

AFGEBROKEN = 130
"""Exit code after Ctrl-C, as shells have it."""

Host = Annotated[str, typer.Option("--host", envvar="BV_HOST", help="Het adres om op te luisteren.")]


def serve(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", envvar="BV_PORT", help="De poort.")] = 8080,
    processen: Annotated[
        int,
        typer.Option(
            "--processen", envvar="BV_PROCESSEN", min=1, help="Hoeveel processen de poort delen (PostgreSQL)."
        ),
    ] = 1,
    proefmodus: Annotated[
        bool,
        typer.Option(
            "--proefmodus",
            envvar="BV_PROEFMODUS",
            help="Laat testers de klok zetten en storingen maken; nooit in productie.",
        ),
    ] = False,
    tls_certificaat: Annotated[
        Path | None,
        typer.Option("--tls-certificaat", envvar="BV_TLS_CERTIFICAAT", help="Spreek TLS, met dit certificaat (PEM)."),
    ] = None,
    tls_sleutel: Annotated[
        Path | None,
        typer.Option("--tls-sleutel", envvar="BV_TLS_SLEUTEL", help="De sleutel daarbij (PEM), zonder wachtwoord."),
    ] = None,
    tls_ca: Annotated[
        Path | None,
        typer.Option("--tls-ca", envvar="BV_TLS_CA", help="Vraag om clientcertificaten van deze uitgevers (PEM)."),
    ] = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Start het knooppunt."""
    if processen > 1 and database_url.startswith("sqlite"):
        stop("Meer processen delen geen SQLite; gebruik PostgreSQL, of één proces.")
    if processen > 1 and proefmodus:
        stop("In proefmodus is er één proces: elk proces zou een eigen klok en eigen storingen hebben.")
    _eis_tls(tls_certificaat, tls_sleutel, tls_ca)
    os.environ |= {  # the server processes read their settings from here
        "BV_DATABASE_URL": database_url,
        "BV_XSD_DIR": str(xsd_map(xsd_dir)),
        "BV_PROEFMODUS": str(int(proefmodus)),
    }
    with _zonder_opruimen():
        import uvicorn

        from ..api.bewaking import meer_bestanden
        from ..api.server import opties
        from ..instellingen import Instellingen
        from ..opslag.database import maak_engine, maak_gereed
        from ..standaard.schema import Schemas

        instellingen = Instellingen()
        meer_bestanden()
        schemas = Schemas(xsd_map(xsd_dir))
        schemas.laad_alles()  # what is wrong shows here, and not in each process
        engine = maak_engine(database_url)
        maak_gereed(engine)
        engine.dispose()
        app: FastAPI | str = "berichtenverkeer.api.app:maak_app"
        if processen == 1:
            from ..api.app import maak_app

            app = maak_app(instellingen, schemas=schemas)
    uvicorn.run(
        app,
        factory=processen > 1,
        host=host,
        port=port,
        workers=processen,
        ssl_certfile=tls_certificaat,
        ssl_keyfile=tls_sleutel,
        ssl_ca_certs=tls_ca,
        ssl_cert_reqs=ssl.CERT_OPTIONAL if tls_ca else ssl.CERT_NONE,
        log_level="info",
        **opties(instellingen, tls=tls_certificaat is not None),
    )


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
    once: Annotated[bool, typer.Option("--once", envvar="BV_ONCE", help="Stop vanzelf aan het eind.")] = False,
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", envvar="BV_DEMO_PORT", help="De poort; 0 kiest een vrije.")] = 0,
) -> None:
    """Laat een verzonnen regio een halfjaar berichten sturen en toon wat ervan werd."""
    from rich.console import Console

    from ..spel.demo.speel import demonstreer
    from ..spel.doelen.dienst import StartNiet

    console = Console() if Console().is_terminal else Console(width=120)
    try:
        goed = demonstreer(console, eenmalig=once, host=host, port=port)
    except StartNiet as fout:
        stop(str(fout))
    except KeyboardInterrupt:
        stop("Gestopt voor het einde.", AFGEBROKEN)
    raise typer.Exit(0 if goed else 1)
