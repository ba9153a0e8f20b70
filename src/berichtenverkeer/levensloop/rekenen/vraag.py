"""What can be asked about a toewijzing in a month: the model is the query over HTTP and the options of the command line."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from ...invoer import Bedrag, Dag, TweeCijfers
from ...standaard.domein import Domein
from .eenheid import Eenheid, Frequentie
from .kader import Kader, omvang
from .overzicht import Rekenoverzicht, overzicht
from .periode import maand
from .variant import GebrokenMaand, Uitvoeringsvariant

Gedeclareerd = Annotated[int, Field(ge=0, le=10**12)]


class MaximumVraag(BaseModel):
    """The toewijzing, the month, and what was declared before."""

    domein: Domein = Field(description="de wet")
    ingangsdatum: Dag = Field(description="van de toewijzing")
    maand: Annotated[str, Field(pattern="^[1-9][0-9]{3}-(0[1-9]|1[0-2])$")] = Field(
        description="de maand om te declareren, JJJJ-MM", examples=["2026-03"]
    )
    einddatum: Dag | None = Field(None, description="van de toewijzing")
    categorie: TweeCijfers | None = Field(None, description="ProductCategorie, zoals 01")
    volume: Bedrag | None = Field(None, description="toegewezen in `eenheid`, per `frequentie`; euro's in centen")
    eenheid: Eenheid | None = Field(None, description="waarin is toegewezen (WJ756)")
    frequentie: Frequentie | None = Field(None, description="1 per dag, 2 per week, 4 per maand, 6 totaal")
    budget: Bedrag | None = Field(None, description="in centen")
    variant: Uitvoeringsvariant | None = Field(
        None, description="de uitvoeringsvariant; anders die van `eenheid`: 82 en 83 zijn output"
    )
    gebroken_maand: GebrokenMaand = Field(GebrokenMaand.HEEL, description="wat zij telt bij output per maand")
    gedeclareerd_in: Eenheid | None = Field(None, description="als anders dan `eenheid`: 01 bij 04")
    al_gedeclareerd: Gedeclareerd = Field(0, description="over de looptijd, credit eraf")
    waarvan_in_maand: Gedeclareerd = Field(0, description="het deel daarvan in deze maand")

    def antwoord(self) -> Rekenoverzicht:
        """What may be declared. Raises ``Rekenfout``."""
        kader = Kader(
            self.domein,
            self.ingangsdatum,
            self.einddatum,
            self.categorie,
            omvang(self.volume, self.eenheid, self.frequentie),
            self.budget,
            self.variant or Uitvoeringsvariant.van_eenheid(self.eenheid),
            self.gebroken_maand,
        )
        return overzicht(
            kader,
            maand(date.fromisoformat(f"{self.maand}-01")),
            eenheid=self.gedeclareerd_in,
            al_gedeclareerd=self.al_gedeclareerd,
            in_periode=self.waarvan_in_maand,
        )
