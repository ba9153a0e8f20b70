"""What every command that makes a proposal asks: for which party, when, and in which database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, stop, xsd_map

if TYPE_CHECKING:
    from ..voorstel.voorstellen import Bureau

_MOMENT = ["%Y-%m-%dT%H:%M:%S"]

Partij = Annotated[str, typer.Option("--partij", envvar="BV_PARTIJ", help="De partij die het bericht verstuurt.")]
Moment = Annotated[
    datetime | None,
    typer.Option("--moment", envvar="BV_MOMENT", formats=_MOMENT, help="Het moment van het bericht; anders nu."),
]
Identificatie = Annotated[
    str, typer.Option("--identificatie", envvar="BV_IDENTIFICATIE", help="Van het bericht, hoogstens 12 tekens.")
]
AlsJson = Annotated[bool, typer.Option("--json", envvar="BV_JSON", help="Alles als JSON, zoals POST /voorstellen.")]


@dataclass(frozen=True, slots=True)
class Vraag:
    """The options that all proposals share: each field is one, declared here only."""

    partij: Partij
    identificatie: Identificatie = ""
    moment: Moment = None
    als_json: AlsJson = False
    database_url: DatabaseUrl = STANDAARD_DATABASE
    xsd_dir: XsdDir = None

    def bureau(self, nummers: list[int] | None = None) -> "AbstractContextManager[Bureau]":
        """What makes the proposals that are asked for."""
        return bureau(self.partij, self.moment, self.identificatie, self.database_url, self.xsd_dir, nummers)


def met_vraag(opdracht: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of ``Vraag`` after its own; it gets them together, as ``vraag``."""
    eigen = [optie for naam, optie in signature(opdracht).parameters.items() if naam != "vraag"]
    gedeeld = signature(Vraag).parameters
    opties = [optie.replace(kind=Parameter.KEYWORD_ONLY) for optie in (*eigen, *gedeeld.values())]

    @wraps(opdracht)
    def samen(**waarden: Any) -> None:
        vraag = Vraag(**{naam: waarden.pop(naam) for naam in gedeeld})
        opdracht(**waarden, vraag=vraag)

    samen.__signature__ = Signature(opties)  # type: ignore[attr-defined]  # what typer reads
    samen.__annotations__ = {optie.name: optie.annotation for optie in opties}
    return samen


@contextmanager
def bureau(
    partij: str,
    moment: datetime | None,
    identificatie: str,
    database_url: str,
    xsd_dir: Path | None,
    nummers: list[int] | None = None,
) -> "Iterator[Bureau]":
    """What makes proposals for a party; ends the command when there can be none."""
    from ..instellingen import Instellingen
    from ..klok import NEDERLAND, systeemklok
    from ..levensloop.kalender import Kalender
    from ..partijen.contracten import Contracten
    from ..partijen.register import Register
    from ..standaard.schema import Schemas
    from ..voorstel.voorstellen import Bureau, NietGevonden, VoorstelFout

    engine = open_database(database_url)
    bekend = Register(engine).partij(partij)
    if bekend is None:
        stop(f"Partij {partij} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.")
    nu = moment.replace(tzinfo=NEDERLAND) if moment else systeemklok()
    schemas, contracten = Schemas(xsd_map(xsd_dir)), Contracten(engine, Kalender(Instellingen().vrije_dagen))
    with engine.connect() as verbinding:
        try:
            yield Bureau(verbinding, bekend, nu, schemas, contracten.contract, nummers or [], identificatie or None)
        except NietGevonden as fout:
            stop(f"{fout} is niet gevonden.")
        except VoorstelFout as fout:
            stop(str(fout))
