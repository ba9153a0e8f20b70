"""What may be declared on a toewijzing in a month, computed step by step. It needs no database."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from ..levensloop.rekenen.eenheid import Eenheid
from ..levensloop.rekenen.overzicht import Rekenoverzicht
from ..levensloop.rekenen.tekst import hoeveelheid
from ..levensloop.rekenen.uitkomst import Rekenuitkomst
from ..levensloop.rekenen.vraag import MaximumVraag
from .opties import met_opties


@met_opties
def rekenen(vraag: MaximumVraag, als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Reken uit wat er op een toewijzing in een maand gedeclareerd mag worden, stap voor stap."""
    gevonden = vraag.antwoord()
    typer.echo(
        json.dumps(asdict(gevonden), default=date.isoformat, ensure_ascii=False, indent=2)
        if als_json
        else _tekst(gevonden)
    )


def _tekst(gevonden: Rekenoverzicht) -> str:
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


def _getal(uitkomst: Rekenuitkomst, eenheid: str | None) -> str:
    if uitkomst.waarde is None:
        return "geen maximum aan volume"
    return hoeveelheid(uitkomst.waarde, eenheid) if eenheid else str(uitkomst.waarde)
