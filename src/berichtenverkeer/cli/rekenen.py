"""What may be declared on a toewijzing in a month, computed step by step. It needs no database."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer

from ..levensloop.rekenen.eenheid import Eenheid, Frequentie
from ..levensloop.rekenen.kader import Kader, omvang
from ..levensloop.rekenen.overzicht import Overzicht, overzicht
from ..levensloop.rekenen.periode import maand as hele_maand
from ..levensloop.rekenen.tekst import hoeveelheid
from ..levensloop.rekenen.uitkomst import Uitkomst
from ..levensloop.rekenen.variant import GebrokenMaand, Variant
from ..standaard.domein import Domein

_DAG = ["%Y-%m-%d"]
_CENTEN = 99_999_999


def rekenen(
    domein: Annotated[Domein, typer.Option("--domein", help="De wet.")],
    ingangsdatum: Annotated[datetime, typer.Option("--ingangsdatum", formats=_DAG, help="Van de toewijzing.")],
    maand: Annotated[datetime, typer.Option("--maand", formats=["%Y-%m"], help="De maand om te declareren.")],
    einddatum: Annotated[datetime | None, typer.Option("--einddatum", formats=_DAG, help="Van de toewijzing.")] = None,
    categorie: Annotated[str | None, typer.Option("--categorie", help="ProductCategorie, zoals 01.")] = None,
    volume: Annotated[
        int | None,
        typer.Option("--volume", min=0, max=_CENTEN, help="Toegewezen per frequentie; euro's in centen."),
    ] = None,
    eenheid: Annotated[Eenheid | None, typer.Option("--eenheid", help="Waarin is toegewezen (WJ756).")] = None,
    frequentie: Annotated[
        Frequentie | None,
        typer.Option("--frequentie", help="1 per dag, 2 per week, 4 per maand, 6 totaal."),
    ] = None,
    budget: Annotated[int | None, typer.Option("--budget", min=0, max=_CENTEN, help="In centen.")] = None,
    variant: Annotated[
        Variant | None,
        typer.Option("--variant", help="De uitvoeringsvariant; anders die van de eenheid."),
    ] = None,
    gebroken_maand: Annotated[
        GebrokenMaand,
        typer.Option("--gebroken-maand", help="Wat zij telt bij output per maand."),
    ] = GebrokenMaand.HEEL,
    gedeclareerd_in: Annotated[
        Eenheid | None,
        typer.Option("--gedeclareerd-in", help="Als anders dan --eenheid: 01 bij 04."),
    ] = None,
    al_gedeclareerd: Annotated[
        int,
        typer.Option("--al-gedeclareerd", min=0, help="Over de looptijd, credit eraf."),
    ] = 0,
    waarvan_in_maand: Annotated[int, typer.Option("--waarvan-in-maand", min=0, help="Het deel in deze maand.")] = 0,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Reken uit wat er op een toewijzing in een maand gedeclareerd mag worden, stap voor stap."""
    gevonden = overzicht(
        Kader(
            domein,
            ingangsdatum.date(),
            einddatum.date() if einddatum else None,
            categorie,
            omvang(volume, eenheid, frequentie),
            budget,
            variant or Variant.van_eenheid(eenheid),
            gebroken_maand,
        ),
        hele_maand(maand.date()),
        eenheid=gedeclareerd_in,
        al_gedeclareerd=al_gedeclareerd,
        in_periode=waarvan_in_maand,
    )
    typer.echo(
        json.dumps(asdict(gevonden), default=date.isoformat, ensure_ascii=False, indent=2)
        if als_json
        else _tekst(gevonden)
    )


def _tekst(gevonden: Overzicht) -> str:
    eenheid = gevonden.eenheid
    uitkomsten = [
        ("Maximum van de periode", gevonden.maximum_periode, eenheid),
        ("Maximum van de looptijd", gevonden.maximum_looptijd, eenheid),
        ("Nog te declareren", gevonden.resterend, eenheid),
    ]
    if gevonden.resterend_budget.waarde is not None:
        uitkomsten.append(("Over van het budget", gevonden.resterend_budget, Eenheid.EURO))
    regels = [f"{'ProductPeriode':25}{gevonden.productperiode or 'geen'}"]
    for naam, uitkomst, in_eenheid in uitkomsten:
        regels.append(f"{naam:25}{_getal(uitkomst, in_eenheid)}")
        regels += [f"  {stap}" for stap in uitkomst.stappen]
    return "\n".join(regels)


def _getal(uitkomst: Uitkomst, eenheid: str | None) -> str:
    if uitkomst.waarde is None:
        return "geen maximum aan volume"
    return hoeveelheid(uitkomst.waarde, eenheid) if eenheid else str(uitkomst.waarde)
