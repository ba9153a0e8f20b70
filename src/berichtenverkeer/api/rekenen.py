"""What may be declared on a toewijzing, computed step by step. Open to all: nothing is looked up, nothing stored."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from ..levensloop.rekenen.eenheid import Eenheid, Frequentie
from ..levensloop.rekenen.kader import Kader, omvang
from ..levensloop.rekenen.overzicht import Overzicht, overzicht
from ..levensloop.rekenen.periode import Periode
from ..levensloop.rekenen.periode import maand as hele_maand
from ..levensloop.rekenen.uitkomst import Rekenfout
from ..levensloop.rekenen.variant import GebrokenMaand, Variant
from ..levensloop.rekenen.verdeling import Verdeling, verdeel
from ..standaard.domein import Domein
from .problemen import Probleem, antwoorden

router = APIRouter(prefix="/rekenen", tags=["rekenen"])

MEESTE_MAANDEN = 120
"""The longest delivery that is divided, so that an answer stays small."""

Maand = Annotated[str, Query(pattern="^[1-9][0-9]{3}-(0[1-9]|1[0-2])$", examples=["2026-03"])]
Volume = Annotated[
    int | None, Query(ge=0, le=99_999_999, description="in `eenheid`, per `frequentie`; euro's in centen")
]
Gedeclareerd = Annotated[int, Query(ge=0, le=10**12)]


@router.get("/maximum", responses=antwoorden(422))
def maximum(
    domein: Domein,
    ingangsdatum: date,
    maand: Maand,
    einddatum: date | None = None,
    categorie: Annotated[str | None, Query(pattern="^[0-9]{2}$")] = None,
    volume: Volume = None,
    eenheid: Eenheid | None = None,
    frequentie: Frequentie | None = None,
    budget: Annotated[int | None, Query(ge=0, le=99_999_999, description="in centen")] = None,
    variant: Annotated[Variant | None, Query(description="anders die van `eenheid`: 82 en 83 zijn output")] = None,
    gebroken_maand: Annotated[GebrokenMaand, Query(description="bij output per maand")] = GebrokenMaand.HEEL,
    gedeclareerd_in: Annotated[Eenheid | None, Query(description="als anders dan `eenheid`: 01 bij 04")] = None,
    al_gedeclareerd: Gedeclareerd = 0,
    waarvan_in_maand: Gedeclareerd = 0,
) -> Overzicht:
    """Wat er op een toewijzing in een maand gedeclareerd mag worden: de ProductPeriode, de maxima en wat daarvan over is.

    `al_gedeclareerd` is wat over de hele looptijd al is gedeclareerd, debet min credit, in `gedeclareerd_in`; bij een
    budget in centen. `waarvan_in_maand` is het deel daarvan in deze maand. Elke uitkomst heeft haar `stappen`; een
    `waarde` zonder getal is: geen maximum.
    """
    try:
        kader = Kader(
            domein,
            ingangsdatum,
            einddatum,
            categorie,
            omvang(volume, eenheid, frequentie),
            budget,
            variant or Variant.van_eenheid(eenheid),
            gebroken_maand,
        )
        return overzicht(
            kader,
            hele_maand(date.fromisoformat(f"{maand}-01")),
            eenheid=gedeclareerd_in,
            al_gedeclareerd=al_gedeclareerd,
            in_periode=waarvan_in_maand,
        )
    except Rekenfout as fout:
        raise _probleem(fout) from None


@router.get("/productperioden", responses=antwoorden(422))
def productperioden(
    begin: date, eind: date, ingangsdatum: date | None = None, einddatum: date | None = None
) -> Verdeling:
    """Verdeel een verblijf of andere levering over de maanden: welke dagen in welke ProductPeriode worden gedeclareerd.

    `ingangsdatum` en `einddatum` zijn die van de toewijzing; laat weg wat u niet weet. De ProductPeriode is alles wat in
    die maand is toegewezen, niet alleen de dagen van de levering.
    """
    try:
        levering = Periode(begin, eind)
        if levering.maanden > MEESTE_MAANDEN:
            raise Rekenfout(f"Een levering van meer dan {MEESTE_MAANDEN} maanden wordt niet verdeeld.")
        return verdeel(levering, Periode(ingangsdatum or date.min, einddatum or date.max))
    except Rekenfout as fout:
        raise _probleem(fout) from None


def _probleem(fout: Rekenfout) -> Probleem:
    return Probleem(422, "rekenvraag-onjuist", str(fout), "Pas de vraag aan; bij /docs staat wat elk veld betekent.")
