"""From a sheet with what was delivered to the 323s to send."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..levensloop.rekenen.tekst import euro, hoeveelheid
from ..voorstel.declareren.aandelen import aandelen
from ..voorstel.declareren.volumes import Volumefout, lees_bestand, lees_clienten, lees_namen
from ..voorstel.vragen import Declaratiewijze
from .bestanden import lees, maak_map, schrijf_prive
from .melden import stop
from .opties import met_opties
from .vraag import Aanbieder, AlsJson, Plek

if TYPE_CHECKING:
    from ..voorstel.declaratievoorstel import Resultaat
    from ..voorstel.declareren.voorstel import Declaratievoorstel, Regel

NIET_ALLES_GOED = 1
"""Exit code when a row or a Prestatie is at fault."""


@met_opties
def declareer(
    volumes: Annotated[Path, typer.Argument(help="CSV of XLSX met een kop: toewijzingnummer;datum;hoeveelheid…")],
    vraag: Declaratiewijze,
    aanbieder: Aanbieder,
    plek: Plek,
    kolom: Annotated[
        list[str] | None,
        typer.Option("--kolom", help="'Naam in het bestand=kolom'; zonder kolom telt zij niet. Mag vaker."),
    ] = None,
    clienten: Annotated[
        Path | None, typer.Option("--clienten", help="CSV of XLSX met client;bsn, bij eigen nummers.")
    ] = None,
    uit: Annotated[Path | None, typer.Option("--uit", help="Schrijf de berichten in deze map.")] = None,
    als_json: AlsJson = False,
) -> None:
    """Maak declaratieberichten van wat er is geleverd, één per gemeente en wet; er wordt niets bewaard of verstuurd.

    Wat zou worden afgewezen staat erbij, met de regels van het bestand. Eindigt met 1 als er iets fout is.
    """
    from ..voorstel.declaratievoorstel import declareer_volumes

    try:
        gelezen = lees_bestand(lees(volumes), lees_namen(kolom or ()))
        bsn_van = lees_clienten(lees(clienten)) if clienten is not None else {}
    except Volumefout as fout:
        stop(f"{volumes} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    with plek.bureau(aanbieder) as bureau:
        resultaat = declareer_volumes(bureau, gelezen.rijen, vraag, bsn_van)
    bestanden = [_schrijf(voorstel, uit) for voorstel in resultaat.voorstellen] if uit is not None else []
    if als_json:
        from ..api.declaratievoorstel import declaraties_uit

        typer.echo(declaraties_uit(resultaat, gelezen.ongebruikt).model_dump_json(indent=2))
    else:
        if gelezen.ongebruikt:
            typer.echo(f"Niet gebruikt: kolom {', '.join(gelezen.ongebruikt)}.")
        for regel in verslag(resultaat):
            typer.echo(regel)
        for bestand in filter(None, bestanden):
            typer.echo(f"{bestand} is geschreven; er is niets verstuurd.")
    if resultaat.fouten or any(v.bevindingen or any(r.bevindingen for r in v.regels) for v in resultaat.voorstellen):
        raise typer.Exit(NIET_ALLES_GOED)


def verslag(resultaat: "Resultaat") -> Iterator[str]:
    """What was made, in words: a line each."""
    for fout in resultaat.fouten:
        yield f"{fout} Van deze toewijzing is in die maand niets gedeclareerd."
    for voorstel in resultaat.voorstellen:
        g = voorstel.grondslag
        yield f"{g.soort} voor gemeente {g.gemeente}, DeclaratieNummer {g.nummering.declaratienummer}:"
        yield from (f"  {regel}" for regel in voorstel.uitleg)
        op_prestatie = {id(bevinding) for regel in voorstel.regels for bevinding in regel.bevindingen}
        for bevinding in voorstel.bevindingen:
            if id(bevinding) not in op_prestatie:
                yield f"  {bevinding.regel} {bevinding.melding} {bevinding.advies}"
        for regel in voorstel.regels:
            yield from _prestatie(regel)
    delen = aandelen(resultaat.voorstellen)
    if any(deel.onderaannemer for deel in delen):
        yield "Per onderaannemer:"
        for deel in delen:
            afgewezen = f", waarvan {euro(deel.afgewezen)} zou worden afgewezen" if deel.afgewezen else ""
            yield f"  {deel.onderaannemer or '(geen)'}: {euro(deel.bedrag)}{afgewezen}"


def _prestatie(regel: "Regel") -> Iterator[str]:
    """A Prestatie in a line, and what is wrong or odd about it below."""
    p, regels = regel.opgeteld.prestatie, ", ".join(map(str, regel.opgeteld.regels))
    waar = f"regel {regels}" if len(regel.opgeteld.regels) == 1 else f"regels {regels}"
    tarief = f" à {euro(p.ProductTarief)}" if p.ProductTarief is not None else ""
    yield (
        f"  {waar}: toewijzing {p.ToewijzingNummer}, {p.ProductCategorie} {p.ProductCode}, {p.ProductPeriode.Begindatum} tot en met "
        f"{p.ProductPeriode.Einddatum}: {hoeveelheid(p.GeleverdVolume, p.Eenheid)}{tarief}, {euro(p.IngediendBedrag.Bedrag)}"
        f"{'' if regel.in_bericht else ' (niet in het bericht)'}"
    )
    yield from (f"    {stap}" for stap in regel.opgeteld.omgerekend)
    yield from (f"    Let op: {zin}" for zin in regel.waarschuwingen)
    for bevinding in regel.bevindingen:
        yield f"    {bevinding.regel} {bevinding.melding} {bevinding.advies}"
        yield from (f"      {stap}" for stap in bevinding.berekening)


def _schrijf(voorstel: "Declaratievoorstel", map_: Path) -> Path | None:
    """The message in a file of its own."""
    if voorstel.data is None:
        return None
    g = voorstel.grondslag
    bestand = map_ / f"{g.soort}-{g.gemeente}-{g.maand.begin:%Y-%m}.xml"
    schrijf_prive(bestand, voorstel.data)
    return bestand
