"""Settings: environment variables with prefix ``BV_``, which the options of the command line set too."""

from datetime import date
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .grenzen import Grenzen
from .standaard.xml import MAX_BYTES
from .startinstellingen import Startinstellingen

Netwerk = IPv4Network | IPv6Network
"""Addresses that begin the same; one address is a network too."""


def _met_kommas(waarde: Any) -> Any:
    return [deel.strip() for deel in waarde.split(",") if deel.strip()] if isinstance(waarde, str) else waarde


class Instellingen(Grenzen, Startinstellingen, BaseSettings):
    """How one process runs. Sizes are bytes, times seconds."""

    model_config = SettingsConfigDict(env_prefix="BV_", frozen=True)

    database_geduld: Annotated[float, Field(gt=0, le=60)] = 5.0
    """How long a request waits for an answer of the database, or for what another holds locked in it. Then it is 503."""

    releases: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_met_kommas)] = ()
    """Python modules that each bring a release of the standard beside the one that is packaged (``docs/releases.md``)."""

    contact_naam: str = "Beheer van dit knooppunt"
    contact_email: str = "beheer@knooppunt.example"
    contact_url: str = "https://knooppunt.example"
    """Whom to turn to, as the description of the interface names them."""

    vertrouwde_proxy: Annotated[tuple[Netwerk, ...], NoDecode, BeforeValidator(_met_kommas)] = ()
    """Addresses and networks from which the headers ``Client-Cert`` and ``X-Forwarded-For`` are believed:
    ``10.0.0.5,10.1.0.0/16``."""

    max_bytes: Annotated[int, Field(ge=10_000, le=MAX_BYTES)] = MAX_BYTES
    """The limit of 25 MB: of a payload, and in StUF of the whole envelope. The sources do not say whether a MB is 1 000 000 bytes
    or 1 048 576."""

    direct_tot_bytes: int = 30_000
    """What is larger, or has as many tags as what is larger, is read and judged in another process; the rest at once. A 301 of 50
    products is as large as this."""

    groot_vanaf_bytes: int = 1_000_000
    """A declaratie (323) of this size or larger is answered when it is stored. A smaller one that is not read at once is judged by the
    worker too, but ``POST /v1/berichten`` waits for that, some twenty seconds at most."""

    werker: bool = True
    """Whether this process judges large declaraties beside its other work; without it ``berichtenverkeer worker`` does."""

    uitvoerder: bool = True
    """Whether this process makes the files of exports, in a process beside it."""

    uitvoer_map: Path = Path("berichtenverkeer-uitvoer")
    """The folder of the files of exports, which only its owner may read. Machines that share a database share it."""

    uitvoer_uren: Annotated[float, Field(gt=0, le=24 * 31)] = 24.0
    """How many hours the files of an export stay."""

    bezorger: bool = True
    """Whether this process pushes what lies ready to the gemeenten that have an endpoint, and calls webhooks."""

    bezorg_geduld: Annotated[float, Field(gt=0)] = 60.0
    """How long a push may take, from connecting to the last byte of the answer."""

    ca: Path | None = None
    """A file of certificates (PEM) to trust in an endpoint, in place of those of the system."""

    client_cert: Path | None = None
    client_key: Path | None = None
    """The certificate and key (PEM) with which this node shows itself to an endpoint."""

    webhook_netwerken: Annotated[tuple[Netwerk, ...], NoDecode, BeforeValidator(_met_kommas)] = ()
    """Networks that are not public and where a webhook may be all the same, by http too: ``10.1.0.0/16``."""

    webhook_geduld: Annotated[float, Field(gt=0, le=60)] = 20.0
    """How long a call to a webhook may take, from looking up its name to the head of the answer."""

    webhook_ca: Path | None = None
    """A file of certificates (PEM) to trust in the receiver of a webhook, in place of those of the system."""

    webhook_bron: Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$")] = "urn:berichtenverkeer:knooppunt"
    """What this node calls itself in what it tells webhooks (``source``): a URI, such as
    ``urn:nld:oin:00000001234567890000:systeem:berichtenverkeer``."""

    oidc: Path | None = None
    """A file (TOML) of the services where people may log in with the account of their work; see docs/paginas.md."""

    groep: Annotated[int, Field(ge=1)] = 64
    """How many waiting messages go into one transaction."""

    xslt_at_node: bool = False
    """Whether the node refuses what came by VSP or StUF when a rule inside the message (level 2) does, also for a receiver that
    judges for itself."""

    antwoord_325: Literal["Di01", "Du01"] = "Di01"
    """The StUF envelope in which the node writes a 325; it takes in both."""

    wacht_hoogstens: float = 60.0
    """The longest long poll on a postvak."""

    vrije_dagen: Annotated[frozenset[date], NoDecode, BeforeValidator(_met_kommas)] = frozenset()
    """Days besides weekends and holidays that are no working days: ``2026-04-03,2026-05-05``."""

    herindicatie_weken: Annotated[int, Field(ge=0, le=52)] = 6
    """How many weeks before its Einddatum a toewijzing is told to run out. The last day for a herindicatie is three weeks
    before it, so tell it earlier."""

    tijdelijke_stop_weken: Annotated[int, Field(ge=1, le=520)] = 13
    """How many weeks a levering may be stopped for a time before the work list asks what becomes of it."""
