"""From a sheet with what was delivered to the 323s to send; and the 323 that puts one Prestatie right."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..levensloop.rekenen.periode import Periode
from ..levensloop.rekenen.tekst import euro, hoeveelheid
from ..standaard.domein import Domein
from ..voorstel.declareren.aandelen import aandelen
from ..voorstel.declareren.cellen import lees_maand
from ..voorstel.declareren.herstel import Wat
from ..voorstel.declareren.verbetering import Correctie
from ..voorstel.declareren.volumes import Volumefout, lees_bestand, lees_clienten, lees_namen
from .bestanden import schrijf_prive
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, maak_map, stop
from .voorstel import toon, voorstel_app
from .vraag import AlsJson, Identificatie, Moment, bureau

if TYPE_CHECKING:
    from ..voorstel.declaratievoorstel import Resultaat
    from ..voorstel.declareren.voorstel import Declaratievoorstel, Regel

NIET_ALLES_GOED = 1
"""Exit code when a row or a Prestatie is at fault."""

Aanbieder = Annotated[
    str, typer.Option("--aanbieder", envvar="BV_AANBIEDER", help="AGB-code van de aanbieder die declareert.")
]


def declareer(
    volumes: Annotated[Path, typer.Argument(help="CSV of XLSX met een kop: toewijzingnummer;datum;hoeveelheid…")],
    aanbieder: Aanbieder,
    maand: Annotated[
        str, typer.Option("--maand", envvar="BV_MAAND", help="De DeclaratiePeriode: 2026-02, of 'februari 2026'.")
    ],
    gemeente: Annotated[
        str, typer.Option("--gemeente", envvar="BV_GEMEENTE", help="CBS-code, van rijen die geen gemeente noemen.")
    ] = "",
    domein: Annotated[
        Domein | None, typer.Option("--domein", envvar="BV_DOMEIN", help="De wet, van rijen die er geen noemen.")
    ] = None,
    alleen_goed: Annotated[
        bool, typer.Option("--alleen-goed", envvar="BV_ALLEEN_GOED", help="Laat weg wat zou worden afgewezen.")
    ] = False,
    hele_uren: Annotated[
        bool, typer.Option("--hele-uren", envvar="BV_HELE_UREN", help="Rond minuten af op hele uren (IV079).")
    ] = False,
    voorvoegsel: Annotated[
        str,
        typer.Option("--voorvoegsel", envvar="BV_VOORVOEGSEL", help="Begin van elk DeclaratieNummer, tot 8 tekens."),
    ] = "",
    tarief_eenheid: Annotated[
        str,
        typer.Option(
            "--tarief-eenheid", envvar="BV_TARIEF_EENHEID", help="Waarvoor een tarief is dat het niet zegt: 04, 01."
        ),
    ] = "",
    kolom: Annotated[
        list[str] | None,
        typer.Option(
            "--kolom", envvar="BV_KOLOM", help="'Naam in het bestand=kolom'; zonder kolom telt zij niet. Mag vaker."
        ),
    ] = None,
    clienten: Annotated[
        Path | None,
        typer.Option("--clienten", envvar="BV_CLIENTEN", help="CSV of XLSX met client;bsn, bij eigen nummers."),
    ] = None,
    uit: Annotated[
        Path | None, typer.Option("--uit", envvar="BV_UIT", help="Schrijf de berichten in deze map.")
    ] = None,
    moment: Moment = None,
    als_json: AlsJson = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Maak declaratieberichten van wat er is geleverd, één per gemeente en wet; er wordt niets bewaard of verstuurd.

    Wat zou worden afgewezen staat erbij, met de regels van het bestand. Eindigt met 1 als er iets fout is.
    """
    from ..voorstel.declaratievoorstel import Opdracht, declareer_volumes

    periode = _maand(maand)
    try:
        gelezen = lees_bestand(_bytes(volumes), lees_namen(kolom or ()))
        bsn_van = lees_clienten(_bytes(clienten)) if clienten is not None else {}
    except Volumefout as fout:
        stop(f"{volumes} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    if not re.fullmatch("[A-Za-z0-9]{0,8}", voorvoegsel) or not re.fullmatch("([0-9]{4})?", gemeente):
        stop("Een gemeente heeft 4 cijfers, en een voorvoegsel hoogstens 8 letters en cijfers.")
    keuzes = (voorvoegsel or None, alleen_goed, hele_uren, tarief_eenheid or None, bsn_van)
    opdracht = Opdracht(periode, gemeente or None, domein, *keuzes)
    with bureau(aanbieder, moment, "", database_url, xsd_dir) as b:
        resultaat = declareer_volumes(b, gelezen.rijen, opdracht)
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


@voorstel_app.command("prestatie")
def prestatie(
    declaratie: Annotated[str, typer.Argument(help="DeclaratieNummer, of id van de declaratie.")],
    referentienummer: Annotated[str, typer.Argument(help="ReferentieNummer van de prestatie.")],
    wat: Annotated[Wat, typer.Option("--wat", envvar="BV_WAT", help="Wat er moet gebeuren.")],
    partij: Aanbieder,
    maand: Annotated[
        str, typer.Option("--maand", envvar="BV_MAAND", help="DeclaratiePeriode, JJJJ-MM; anders de laatste.")
    ] = "",
    toewijzingnummer: Annotated[
        int | None, typer.Option("--toewijzingnummer", envvar="BV_TOEWIJZINGNUMMER", min=1, help="Een ander.")
    ] = None,
    categorie: Annotated[str, typer.Option("--categorie", envvar="BV_CATEGORIE", help="Een andere.")] = "",
    code: Annotated[str, typer.Option("--code", envvar="BV_CODE", help="Een andere productcode.")] = "",
    volume: Annotated[
        int | None, typer.Option("--volume", envvar="BV_VOLUME", min=0, help="Een ander GeleverdVolume.")
    ] = None,
    eenheid: Annotated[str, typer.Option("--eenheid", envvar="BV_EENHEID", help="Een andere.")] = "",
    tarief: Annotated[
        int | None, typer.Option("--tarief", envvar="BV_TARIEF", min=0, help="Een ander tarief, in eurocent.")
    ] = None,
    tarief_eenheid: Annotated[
        str, typer.Option("--tarief-eenheid", envvar="BV_TARIEF_EENHEID", help="Waarvoor dat is: 04 uur, 01 minuut.")
    ] = "",
    identificatie: Identificatie = "",
    moment: Moment = None,
    als_json: AlsJson = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Aanbieder: dien een afgewezen prestatie verbeterd in, of crediteer een toegekende."""
    from ..voorstel.declaratievoorstel import herstel_prestatie

    gegeven = (categorie or None, code or None, volume, eenheid or None, tarief, tarief_eenheid or None)
    correctie = Correctie(toewijzingnummer, *gegeven)
    periode = _maand(maand) if maand else None
    with bureau(partij, moment, identificatie, database_url, xsd_dir) as b:
        toon(herstel_prestatie(b, declaratie, referentienummer, wat, periode, correctie), als_json)


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


def _maand(tekst: str) -> Periode:
    try:
        return lees_maand(tekst)
    except ValueError as fout:
        stop(str(fout))


def _bytes(bestand: Path) -> bytes:
    try:
        return bestand.read_bytes()
    except OSError:
        stop(f"{bestand}: niet te lezen; controleer de naam en de rechten.")


def _schrijf(voorstel: "Declaratievoorstel", map_: Path) -> Path | None:
    """The message in a file of its own."""
    if voorstel.data is None:
        return None
    g = voorstel.grondslag
    bestand = map_ / f"{g.soort}-{g.gemeente}-{g.maand.begin:%Y-%m}.xml"
    try:
        schrijf_prive(bestand, voorstel.data)
    except OSError:
        stop(f"{bestand}: hier is niet te schrijven; controleer de map en de rechten.")
    return bestand
