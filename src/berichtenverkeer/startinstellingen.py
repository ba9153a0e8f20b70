"""The settings of the service that are options of the command line too. They are apart from the others so that a command which
needs one of them does not import what reads the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from .pakket import meegeleverd


class Startinstellingen(BaseModel, defer_build=True):
    """Where the service runs and on what. The descriptions are the help of the options."""

    host: str = Field("127.0.0.1", description="het adres om op te luisteren")
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(
        8080, description="de poort, van 0 (een die vrij is) tot en met 65535"
    )
    processen: Annotated[int, Field(ge=1)] = Field(1, description="hoeveel processen de poort delen (PostgreSQL)")
    proefmodus: bool = Field(False, description="laat testers de klok zetten en storingen maken; nooit in productie")
    tls_certificaat: Path | None = Field(None, description="spreek TLS, met dit certificaat (PEM)")
    tls_sleutel: Path | None = Field(None, description="de sleutel daarbij (PEM), zonder wachtwoord")
    tls_ca: Path | None = Field(None, description="vraag om clientcertificaten van deze uitgevers (PEM)")
    database_url: str = Field(
        "sqlite:///berichtenverkeer.db", description="database: sqlite:///pad of postgresql://naam@machine/database"
    )
    xsd_dir: Path = Field(
        default_factory=lambda: meegeleverd("xsd"),
        description="map met XSD's (<domein>/3.2/*.xsd) in plaats van de meegeleverde",
    )
