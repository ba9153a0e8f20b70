"""The limits of the HTTP front: what a caller may take of one server process, known or not.

They are settings (``BV_…``), part of ``Instellingen``. The descriptions are what docs/beheer.md says of them.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field

VERBINDINGEN = 15
"""How many connections with the database a process has at most, where it is not said."""


class Grenzen(BaseModel):
    """Sizes are bytes, times seconds. Each holds for one process."""

    json_max_bytes: Annotated[
        int,
        Field(
            ge=10_000,
            description="Bytes van een vraag in JSON van wie zich heeft aangemeld; van een conversietabel het viervoud.",
        ),
    ] = 262_144
    open_max_bytes: Annotated[
        int, Field(ge=10_000, description="Bytes die wie zich niet heeft aangemeld naar `/validatie` mag sturen.")
    ] = 1_048_576
    open_per_seconde: Annotated[
        float,
        Field(
            gt=0,
            description="Vragen per seconde van één adres zonder geldig token, certificaat of sessie; daarboven is het antwoord 429.",
        ),
    ] = 20.0
    open_ineens: Annotated[int, Field(ge=1, description="Hoeveel van die vragen ineens mogen komen.")] = 200
    bewijs_per_seconde: Annotated[
        float,
        Field(
            gt=0,
            description="Vragen per seconde met één token, certificaat of sessie, per proces; daarboven is het antwoord 429.",
        ),
    ] = 1_000.0
    bewijs_ineens: Annotated[int, Field(ge=1, description="Hoeveel van die vragen ineens mogen komen.")] = 20_000
    open_lichamen: Annotated[
        int,
        Field(
            ge=2,
            description="Berichten voor `/validatie` van wie zich niet heeft aangemeld die tegelijk binnenkomen, wachten of "
            "worden gecontroleerd; van één adres de helft.",
        ),
    ] = 64
    open_werk: Annotated[int, Field(ge=1, description="Hoeveel daarvan tegelijk worden gecontroleerd.")] = 2
    open_wacht: Annotated[
        float, Field(gt=0, description="Seconden dat zo'n bericht op zijn beurt wacht; daarna is het antwoord 503.")
    ] = 30.0
    onderdelen: Annotated[
        int,
        Field(
            ge=100,
            description="Producten, relaties en contactgegevens samen in een groot bericht over één cliënt; een retourbericht "
            "mag daarnaast evenveel retourcodes hebben. Bij meer is het antwoord 413. Voor declaraties geldt dit niet.",
        ),
    ] = 1_000
    grote_lichamen: Annotated[
        int,
        Field(
            ge=1,
            description="Berichten van meer dan 1 MiB die tegelijk binnenkomen, van één partij de helft; de andere wachten "
            "ongelezen.",
        ),
    ] = 4
    plek_wacht: Annotated[
        float, Field(gt=0, description="Seconden dat een groot bericht daarop wacht; daarna is het antwoord 503.")
    ] = 120.0
    adres_max_bytes: Annotated[int, Field(ge=1_000, description="Bytes van het adres (URL) van een vraag.")] = 8_192
    kop_max_bytes: Annotated[
        int,
        Field(
            ge=2_000, description="Bytes van het adres en alle headers samen, en van wat na het laatste stuk nog komt."
        ),
    ] = 32_768
    kop_tijd: Annotated[
        float,
        Field(
            gt=0, description="Seconden waarin het adres en de headers er zijn, en een TLS-verbinding tot stand komt."
        ),
    ] = 10.0
    rusttijd: Annotated[float, Field(gt=0, description="Seconden dat een verbinding openblijft na een antwoord.")] = 5.0
    lichaam_geduld: Annotated[
        float,
        Field(gt=0, description="Seconden dat een bericht onderweg stil mag liggen of trager mag zijn dan het tempo."),
    ] = 15.0
    schrijf_geduld: Annotated[float, Field(gt=0, description="Hetzelfde voor wie een antwoord afneemt.")] = 30.0
    minste_tempo: Annotated[
        int, Field(ge=1, description="Bytes per seconde: het tempo dat een zender of afnemer ten minste haalt.")
    ] = 16_384
    verbindingen: Annotated[
        int, Field(ge=16, description="Open verbindingen, zolang het systeem zoveel bestanden toestaat.")
    ] = 1_024
    verbindingen_per_adres: Annotated[
        int,
        Field(
            ge=4,
            description="Open verbindingen van één adres, behalve van een vertrouwde proxy; is het vol, dan sluit de langst "
            "wachtende waarop niets wordt gevraagd.",
        ),
    ] = 256
    stoptijd: Annotated[
        float, Field(gt=0, description="Seconden na SIGTERM waarin het proces eindigt, wat er ook nog loopt.")
    ] = 8.0


def regels() -> Iterator[tuple[str, str, str]]:
    """Of each limit its variable, its default and what it limits."""
    for naam, veld in Grenzen.model_fields.items():
        standaard = int(veld.default) if veld.default == int(veld.default) else veld.default
        yield f"BV_{naam.upper()}", str(standaard), veld.description or ""


def markdown() -> str:
    """The table as docs/beheer.md has it."""
    rijen = [("Instelling", "Standaard", "Wat zij begrenst"), ("---", "--:", "---")]
    rijen += [(f"`{naam}`", standaard, uitleg) for naam, standaard, uitleg in regels()]
    return "".join(f"| {' | '.join(rij)} |\n" for rij in rijen)
