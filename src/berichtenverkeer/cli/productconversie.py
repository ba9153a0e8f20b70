"""The command that converts product codes of a gemeente."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..standaard.domein import Domein
from .bestanden import schrijf_prive
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, maak_map, stop
from .vraag import Moment, bureau

if TYPE_CHECKING:
    from ..voorstel.productconversie import Client, Telling


def productconversie(
    tabel: Annotated[
        Path, typer.Argument(help="CSV of XLSX met oude_code;categorie;code[;eenheid]; 54* is alles wat zo begint.")
    ],
    gemeente: Annotated[str, typer.Option("--gemeente", envvar="BV_GEMEENTE", help="CBS-code van de gemeente.")],
    per: Annotated[
        datetime,
        typer.Option("--per", envvar="BV_PER", formats=["%Y-%m-%d"], help="Eerste dag van de nieuwe toewijzingen."),
    ],
    domein: Annotated[Domein, typer.Option("--domein", envvar="BV_DOMEIN", help="De wet.")] = Domein.IWMO,
    reden: Annotated[
        str, typer.Option("--reden", envvar="BV_REDEN", help="RedenWijziging van wat eindigt; 03 is contractwijziging.")
    ] = "03",
    vanaf_nummer: Annotated[
        int,
        typer.Option("--vanaf-nummer", envvar="BV_VANAF_NUMMER", min=1, max=999_999_999, help="Laagste nieuwe nummer."),
    ] = 1,
    uit: Annotated[
        Path | None,
        typer.Option("--uit", envvar="BV_UIT", help="Schrijf de berichten in deze map; anders alleen tellen."),
    ] = None,
    moment: Moment = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Zet lopende toewijzingen op oude productcodes om naar nieuwe, met toewijzingsberichten die u zelf verstuurt.

    Zonder --uit telt de opdracht alleen wat er zou gebeuren.
    """
    from ..voorstel.opstellen.conversietabel import Tabelfout, lees_tabel
    from ..voorstel.productconversie import Telling, converteer_gemeente

    try:
        regels = lees_tabel(tabel.read_bytes(), domein)
    except OSError:
        stop(f"{tabel}: niet te lezen; controleer de naam en de rechten.")
    except Tabelfout as fout:
        stop(f"{tabel} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    telling = Telling()
    with bureau(gemeente, moment, "", database_url, xsd_dir) as b:
        for client in converteer_gemeente(b, domein, regels, per.date(), reden, vanaf_nummer):
            telling.tel(client)
            if uit is not None:
                _schrijf(client, uit)
    for regel in verslag(telling, gemeente):
        typer.echo(regel)
    if uit is not None:
        typer.echo(f"De berichten staan in {uit}; er is niets verstuurd.")


def verslag(telling: "Telling", gemeente: str) -> Iterator[str]:
    """The counts in words: a line each."""
    yield f"Gemeente {gemeente}, om te zetten: toewijzingen {telling.toewijzingen}, berichten {telling.berichten}."
    yield from _aantallen("Per aanbieder", telling.per_aanbieder)
    yield from _aantallen(
        "Per code", {f"{oud} wordt {nieuw}": aantal for (oud, nieuw), aantal in telling.per_code.items()}
    )
    yield from _aantallen("Overgeslagen", {str(waarom): aantal for waarom, aantal in telling.overgeslagen.items()})
    if telling.vragen:
        yield f"Met een totaal of budget: {telling.vragen}. Het hele totaal gaat mee; kijk of dat zo hoort."


def _aantallen(kop: str, aantallen: Mapping[str, int]) -> Iterator[str]:
    if aantallen:
        yield f"{kop}:"
    yield from (f"  {aantal:6}  {wat}" for wat, aantal in sorted(aantallen.items()))


def _schrijf(client: "Client", map_: Path) -> None:
    """A message in a file of its own; its name says which message it is and nothing of the client."""
    voorstel = client.voorstel
    if voorstel is None or voorstel.data is None or voorstel.bericht is None:
        return
    identificatie = voorstel.bericht.Header.BerichtIdentificatie.Identificatie
    bestand = map_ / f"{voorstel.soort}-{identificatie}.xml"
    try:
        schrijf_prive(bestand, voorstel.data)
    except OSError:
        stop(f"{bestand}: hier is niet te schrijven; controleer de map en de rechten.")
