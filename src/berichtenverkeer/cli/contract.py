"""Commands on what was agreed outside the messages: product codes and tariffs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .bestanden import lees
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from ..partijen.productcodeovergang import Gevolg, Gevraagd, Lopend

tarief_app = typer.Typer(help="Tarieven van een contract.", no_args_is_help=True)
productcodes_app = typer.Typer(help="Productcodelijsten van gemeenten.", no_args_is_help=True)

Gemeente = Annotated[str, typer.Argument(help="CBS-code van de gemeente.")]


@tarief_app.command("add")
def voeg_toe(
    gemeente: Gemeente,
    agb: Annotated[str, typer.Argument(help="AGB-code van de aanbieder.")],
    productcode: Annotated[str, typer.Argument(help="De productcode waarvoor het tarief geldt.")],
    eenheid: Annotated[str, typer.Argument(help="Per welke Eenheid: 01 minuut, 04 uur, 14, 16, 82 of 84.")],
    eurocent: Annotated[str, typer.Argument(help="Het tarief in hele eurocenten.")],
    van: Annotated[str, typer.Argument(help="De eerste dag, EEJJ-MM-DD.")],
    tot: Annotated[str, typer.Option("--tot", help="De laatste dag, EEJJ-MM-DD.")] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Leg een afgesproken tarief vast (TR418); een tarief dat op dezelfde dag begint wordt vervangen."""
    from ..levensloop.rekenen.tekst import euro, per
    from ..partijen.contracten import voeg_tarief_toe

    tarief = voeg_tarief_toe(open_database(database_url), gemeente, agb, productcode, eenheid, eurocent, van, tot)
    einde = f" tot en met {tarief.tot}" if tarief.tot else ""
    typer.echo(
        f"{tarief.productcode} kost {euro(tarief.eurocent)} {per(tarief.eenheid)} vanaf {tarief.van}{einde}, "
        f"tussen gemeente {gemeente} en aanbieder {agb}."
    )


@productcodes_app.command("load")
def laad(
    gemeente: Gemeente,
    csv: Annotated[Path, typer.Argument(help="CSV of XLSX met categorie;code;eenheid;variant;van;tot.")],
    vanaf: Annotated[
        str,
        typer.Option(
            "--vanaf",
            help="De lijst begint op deze dag, EEJJ-MM-DD: wat ervoor gold blijft, en wat er niet in staat vervalt.",
        ),
    ] = "",
    proef: Annotated[
        bool, typer.Option("--proef", help="Met --vanaf: zeg alleen wat er verandert en wat er dan niet meer past.")
    ] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laad de productcodelijst van een gemeente (TR381); bij een fout blijft de oude staan.

    Zonder --vanaf komt zij in de plaats van de hele lijst. Met --vanaf is het de lijst van een volgend jaar, ook vooraf: een code die
    vervalt blijft goed op toewijzingen die eerder begonnen.
    """
    from ..partijen.contracten import laad_productcodes, laad_productcodes_vanaf
    from ..partijen.productcodelijst import ContractFout, lees_dag

    if proef and not vanaf:
        stop("--proef hoort bij --vanaf.")
    data = lees(csv)
    try:
        if not vanaf:
            aantal = laad_productcodes(open_database(database_url), gemeente, data)
            typer.echo(
                f"De productcodelijst van gemeente {gemeente} heeft nu {aantal} {'code' if aantal == 1 else 'codes'}."
            )
            return
        overgang, gevolg = laad_productcodes_vanaf(
            open_database(database_url), gemeente, data, lees_dag(vanaf), proef=proef
        )
    except ContractFout as fout:
        stop(f"{csv} is niet geladen.\n{fout}")
    typer.echo(
        f"De lijst van gemeente {gemeente} vanaf {vanaf} {'is niet geladen: dit is een proef' if proef else 'is geladen'}."
    )
    for kop, codes in (
        ("Nieuw", overgang.begint),
        ("Vervalt", overgang.eindigt),
        ("Wijzigt van variant", overgang.anders),
    ):
        if codes:
            typer.echo(f"{kop}: {', '.join(f'{categorie} {code}' for categorie, code in codes)}.")
    for regel in _gevolgen(gevolg, vanaf):
        typer.echo(regel)


def _gevolgen(gevolg: "Gevolg", vanaf: str) -> Iterator[str]:
    """What a list breaks, and what to do: lines that name no client."""
    if gevolg.lopen_door:
        yield f"Lopen door op een code die vervalt: {len(gevolg.lopen_door)}. Zij blijven goed; 'productconversie' zet ze om."
        yield from _genoemd(gevolg.lopen_door)
    if gevolg.beginnen_later:
        yield f"Beginnen op of na {vanaf} op een code die dan weg is: {len(gevolg.beginnen_later)}. Een start erop wordt afgekeurd (TR381)."
        yield from _genoemd(gevolg.beginnen_later)
    if gevolg.verzoeken:
        yield f"Open verzoeken om een code die op {vanaf} weg is: {len(gevolg.verzoeken)}. Zo zijn zij niet te honoreren; wijs een andere code toe."
        yield from _genoemd(gevolg.verzoeken)
    for kop, paren in (
        ("Tarief loopt door voor een code die vervalt", gevolg.tarieven),
        ("Nog geen tarief voor een nieuwe code", gevolg.zonder_tarief),
    ):
        if paren:
            yield f"{kop}: {', '.join(f'{code} van {aanbieder}' for aanbieder, code in paren)}."


def _genoemd(lopend: "Sequence[Lopend | Gevraagd]") -> Iterator[str]:
    per = Counter((een.aanbieder, een.code) for een in lopend)
    yield from (f"  {aantal:6}  {code} bij {aanbieder}" for (aanbieder, code), aantal in sorted(per.items()))
