"""Commands that run the service."""

import os
from typing import Annotated

import typer

from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, stop, xsd_map

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
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Start het knooppunt."""
    import uvicorn

    from ..opslag.database import maak_engine, maak_gereed
    from ..standaard.schema import Schemas

    if processen > 1 and database_url.startswith("sqlite"):
        stop("Meer processen delen geen SQLite; gebruik PostgreSQL, of één proces.")
    if processen > 1 and proefmodus:
        stop("In proefmodus is er één proces: elk proces zou een eigen klok en eigen storingen hebben.")
    Schemas(xsd_map(xsd_dir)).laad_alles()  # what is wrong shows here, and not in each process
    engine = maak_engine(database_url)
    maak_gereed(engine)
    engine.dispose()
    os.environ |= {  # the server processes read their settings from here
        "BV_DATABASE_URL": database_url,
        "BV_XSD_DIR": str(xsd_map(xsd_dir)),
        "BV_PROEFMODUS": str(int(proefmodus)),
    }
    uvicorn.run(
        "berichtenverkeer.api.app:maak_app",
        factory=True,
        host=host,
        port=port,
        workers=processen,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="info",
    )


def demo(
    once: Annotated[bool, typer.Option("--once", envvar="BV_ONCE", help="Stop vanzelf aan het eind.")] = False,
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", envvar="BV_DEMO_PORT", help="De poort; 0 kiest een vrije.")] = 0,
) -> None:
    """Laat een verzonnen regio een halfjaar berichten sturen en toon wat ervan werd."""
    from rich.console import Console

    from ..demo.dienst import StartNiet
    from ..demo.speel import demonstreer

    console = Console() if Console().is_terminal else Console(width=120)
    try:
        goed = demonstreer(console, eenmalig=once, host=host, port=port)
    except StartNiet as fout:
        stop(str(fout))
    except KeyboardInterrupt:
        stop("Gestopt voor het einde.", AFGEBROKEN)
    raise typer.Exit(0 if goed else 1)
