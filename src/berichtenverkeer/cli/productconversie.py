"""The command that converts product codes of a gemeente."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..standaard.domein import Domein
from ..voorstel.vragen import Conversiewijze
from .bestanden import lees, maak_map, schrijf_prive
from .melden import stop
from .opties import Opties, met_opties
from .vraag import Plek

if TYPE_CHECKING:
    from ..voorstel.productconversie import Client, Telling


@met_opties
def productconversie(
    tabel: Annotated[
        Path, typer.Argument(help="CSV of XLSX met oude_code;categorie;code[;eenheid]; 54* is alles wat zo begint.")
    ],
    gemeente: Annotated[str, typer.Option("--gemeente", help="CBS-code van de gemeente.")],
    vraag: Annotated[Conversiewijze, Opties(standaard={"domein": Domein.IWMO})],
    plek: Plek,
    uit: Annotated[
        Path | None,
        typer.Option("--uit", help="Schrijf de berichten in deze map; anders alleen tellen."),
    ] = None,
) -> None:
    """Zet lopende toewijzingen op oude productcodes om naar nieuwe, met toewijzingsberichten die u zelf verstuurt.

    Zonder --uit telt de opdracht alleen wat er zou gebeuren.
    """
    from ..voorstel.opstellen.conversietabel import Tabelfout, lees_tabel
    from ..voorstel.productconversie import Telling, converteer_gemeente

    try:
        regels = lees_tabel(lees(tabel), vraag.domein)
    except Tabelfout as fout:
        stop(f"{tabel} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    telling = Telling()
    with plek.bureau(gemeente) as bureau:
        for client in converteer_gemeente(bureau, vraag, regels):
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
    schrijf_prive(bestand, voorstel.data)
