"""What may be declared on a toewijzing, computed step by step. Open to all: nothing is looked up, nothing stored."""

from datetime import date
from typing import Annotated

from fastapi import Query

from ..levensloop.rekenen.overzicht import Rekenoverzicht
from ..levensloop.rekenen.periode import Periode
from ..levensloop.rekenen.uitkomst import Rekenfout
from ..levensloop.rekenen.verdeling import Leveringsverdeling, verdeel
from ..levensloop.rekenen.vraag import MaximumVraag
from .antwoord.lijst import Camel
from .antwoord.problemen import Probleem, antwoorden
from .rondom.route import Router

router = Router(prefix="/rekenen", tags=["rekenen"])

MEESTE_MAANDEN = 120
"""The longest delivery that is divided, so that an answer stays small."""


class MaximumvraagInAdres(MaximumVraag, Camel):
    """What is asked, as it stands in an address."""


@router.get("/maximum", responses=antwoorden(400))
def maximum(vraag: Annotated[MaximumvraagInAdres, Query()]) -> Rekenoverzicht:
    """Wat er op een toewijzing in een maand gedeclareerd mag worden: de ProductPeriode, de maxima en wat daarvan over is.

    `alGedeclareerd` is wat over de hele looptijd al is gedeclareerd, debet min credit, in `gedeclareerdIn`; bij een
    budget in centen. `waarvanInMaand` is het deel daarvan in deze maand. Elke uitkomst heeft haar `stappen`; een
    `waarde` zonder getal is: geen maximum.
    """
    try:
        return vraag.antwoord()
    except Rekenfout as fout:
        raise _probleem(fout) from None


@router.get("/productperioden", responses=antwoorden(400))
def productperioden(
    begin: date, eind: date, ingangsdatum: date | None = None, einddatum: date | None = None
) -> Leveringsverdeling:
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
    return Probleem(400, "rekenvraag-onjuist", str(fout), "Pas de vraag aan; bij /docs staat wat elk veld betekent.")
