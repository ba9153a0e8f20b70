"""What every command that makes a proposal asks besides its question: for which party, when, and in which database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, xsd_map

if TYPE_CHECKING:
    from ..voorstel.opstellen.voorstel import Voorstel
    from ..voorstel.voorstellen import Bureau
    from ..voorstel.vragen import MetIdentificatie

_MOMENT = ["%Y-%m-%dT%H:%M:%S"]

Partij = Annotated[str, typer.Option("--partij", help="De partij die het bericht verstuurt.")]
Aanbieder = Annotated[str, typer.Option("--aanbieder", help="AGB-code van de aanbieder die declareert.")]
AlsJson = Annotated[bool, typer.Option("--json", help="Alles als JSON, zoals POST /v1/voorstellen.")]


@dataclass(frozen=True, slots=True)
class Plek:
    """Where and when a proposal is made."""

    moment: Annotated[
        datetime | None, typer.Option("--moment", formats=_MOMENT, help="Het moment van het bericht; anders nu.")
    ] = None
    database_url: DatabaseUrl = STANDAARD_DATABASE
    xsd_dir: XsdDir = None

    @contextmanager
    def bureau(self, partij: str) -> "Iterator[Bureau]":
        """What makes proposals for a party; ends the command when there is no such party."""
        from ..instellingen import Instellingen
        from ..klok import NEDERLAND, systeemklok
        from ..levensloop.kalender import Kalender
        from ..partijen.contracten import Contracten
        from ..partijen.register import Register
        from ..standaard.schema import Schemas
        from ..voorstel.voorstellen import Bureau

        engine = open_database(self.database_url)
        bekend = Register(engine).partij(partij)
        if bekend is None:
            stop(f"Partij {partij} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.")
        nu = self.moment.replace(tzinfo=NEDERLAND) if self.moment else systeemklok()
        schemas, contracten = Schemas(xsd_map(self.xsd_dir)), Contracten(engine, Kalender(Instellingen().vrije_dagen))
        with engine.connect() as verbinding:
            yield Bureau(verbinding, bekend, nu, schemas, contracten.contract)

    def voorstel(self, partij: str, vraag: "MetIdentificatie") -> "Voorstel":
        """The proposal that answers a question."""
        from ..voorstel.beantwoorden import beantwoord

        with self.bureau(partij) as bureau:
            return beantwoord(bureau, vraag)
