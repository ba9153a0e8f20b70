"""Settings: environment variables with prefix ``BV_``, which the options of the command line set too."""

from datetime import date
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .grenzen import VERBINDINGEN, Grenzen
from .sleutels import Plaats, plaats
from .standaard.xml import MAX_BYTES
from .startinstellingen import Startinstellingen

Logformaat = Literal["tekst", "json"]
Logniveau = Literal["debug", "info", "warning", "error"]

Netwerk = IPv4Network | IPv6Network
"""Addresses that begin the same; one address is a network too."""


def _met_kommas(waarde: Any) -> Any:
    return [deel.strip() for deel in waarde.split(",") if deel.strip()] if isinstance(waarde, str) else waarde


class Instellingen(Grenzen, Startinstellingen, BaseSettings):
    """How one process runs. Sizes are bytes, times seconds."""

    model_config = SettingsConfigDict(env_prefix="BV_", frozen=True)

    database_geduld: Annotated[
        float,
        Field(
            gt=0,
            le=60,
            description="Seconden dat een vraag op een antwoord van de database wacht, of op wat een ander in haar op slot houdt. Daarna is het antwoord 503.",
        ),
    ] = 5.0
    """How long a request waits for an answer of the database, or for what another holds locked in it. Then it is 503."""

    database_verbindingen: Annotated[
        int,
        Field(
            ge=8,
            le=200,
            description="Verbindingen met de database van één proces om mee te werken, en evenveel met de leeskopie; wie er geen krijgt, hoort na 2 seconden 503.",
        ),
    ] = VERBINDINGEN
    """How many connections a process works with at most, and as many with the read replica."""

    database_url_lezen: Annotated[
        str | None,
        Field(
            description="Een leeskopie van PostgreSQL (`postgresql://…`): lijsten, pagina's, exports en cijfers worden daar gelezen zodra zij bij is."
        ),
    ] = None
    """A read replica: what is only read is read there, as soon as it has all that was committed before (``opslag/leeskopie.py``)."""

    releases: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(_met_kommas),
        Field(
            description="Modules van Python die elk een release van de standaard brengen, naast de meegeleverde; zie docs/releases.md."
        ),
    ] = ()
    """Python modules that each bring a release of the standard beside the one that is packaged (``docs/releases.md``)."""

    sleutels: Annotated[
        Path | None,
        Field(
            description="Een bestand met de geheime sleutels van dit knooppunt, één per regel, de nieuwste bovenaan; "
            "'berichtenverkeer sleutel maak' maakt het, met de sleutelbos ernaast."
        ),
    ] = None
    """A file with the secret keys of this node, one a line, the newest first: by which persons are known in the log, by which it is
    sealed, and in which the keys beside it are wrapped that hide what is kept of persons (``docs/versleuteling.md``). All processes of a node have the same."""

    hoofdsleutels: Annotated[
        SecretStr | None,
        Field(
            description="Die geheime sleutels zelf, in plaats van een bestand: met een komma ertussen, de nieuwste vooraan. "
            "Zet dan ook BV_SLEUTELBOS."
        ),
    ] = None
    """Those keys themselves, in the place of a file, for who gives secrets by the environment; not both."""

    sleutelbos: Annotated[
        Path | None,
        Field(description="Het bestand van de sleutelbos, als het niet naast dat van BV_SLEUTELS staat."),
    ] = None
    """The file of the keys that are wrapped in them, when it stands elsewhere: a folder of secrets may be read only."""

    onversleuteld: Annotated[
        bool,
        Field(
            description="Of dit knooppunt buiten proefmodus ook zonder sleutels start: persoonsgegevens staan dan leesbaar in de database."
        ),
    ] = False
    """Whether a node starts without keys outside proefmodus: what it keeps of persons can then be read by who has the database."""

    log_formaat: Annotated[
        Logformaat,
        Field(description="Hoe het knooppunt meldt wat het doet, op stderr: tekst, of json voor een machine."),
    ] = "tekst"
    log_niveau: Annotated[
        Logniveau,
        Field(description="Wat het minstens moet zijn om gemeld te worden: debug, info, warning of error."),
    ] = "info"
    """How a process writes what it tells of itself, a line each on stderr, and from which level."""

    contact_naam: Annotated[
        str, Field(description="Bij wie men terechtkan, zoals de beschrijving van de interface het noemt.")
    ] = "Beheer van dit knooppunt"
    contact_email: Annotated[str, Field(description="Het e-mailadres daarbij.")] = "beheer@knooppunt.example"
    contact_url: Annotated[str, Field(description="De website daarbij.")] = "https://knooppunt.example"
    """Whom to turn to, as the description of the interface names them."""

    vertrouwde_proxy: Annotated[
        tuple[Netwerk, ...],
        NoDecode,
        BeforeValidator(_met_kommas),
        Field(
            description="Adressen en netwerken waarvan de headers `Client-Cert` en `X-Forwarded-For` worden geloofd: `10.0.0.5,10.1.0.0/16`."
        ),
    ] = ()
    """Addresses and networks from which the headers ``Client-Cert`` and ``X-Forwarded-For`` are believed:
    ``10.0.0.5,10.1.0.0/16``."""

    metrics_netwerken: Annotated[
        tuple[Netwerk, ...],
        NoDecode,
        BeforeValidator(_met_kommas),
        Field(
            description="Adressen en netwerken die `/metrics` mogen lezen: `127.0.0.1,10.1.0.0/16`. Leeg: niemand, en voor wie er niet bij staat is het antwoord 404."
        ),
    ] = ()
    """Addresses and networks that may read ``/metrics``; for others it is not there."""

    max_bytes: Annotated[
        int,
        Field(ge=10_000, le=MAX_BYTES, description="Bytes die een payload hoogstens is, en in StUF de hele envelop."),
    ] = MAX_BYTES
    """The limit of 25 MB: of a payload, and in StUF of the whole envelope. The sources do not say whether a MB is 1 000 000 bytes
    or 1 048 576."""

    direct_tot_bytes: Annotated[
        int,
        Field(
            description="Wat groter is, of evenveel onderdelen heeft, wordt in een ander proces gelezen en beoordeeld."
        ),
    ] = 30_000
    """What is larger, or has as many tags as what is larger, is read and judged in another process; the rest at once. A 301 of 50
    products is as large as this."""

    groot_vanaf_bytes: Annotated[
        int,
        Field(
            description="Een declaratie (323) van zoveel bytes of meer krijgt haar antwoord als zij is bewaard; zij wordt daarna beoordeeld."
        ),
    ] = 1_000_000
    """A declaratie (323) of this size or larger is answered when it is stored. A smaller one that is not read at once is judged by the
    worker too, but ``POST /v1/berichten`` waits for that, some twenty seconds at most."""

    werker: Annotated[
        bool,
        Field(description="Of dit proces ook grote declaraties beoordeelt; anders doet `berichtenverkeer worker` het."),
    ] = True
    """Whether this process judges large declaraties beside its other work; without it ``berichtenverkeer worker`` does."""

    uitvoerder: Annotated[bool, Field(description="Of dit proces exports maakt, in een proces ernaast.")] = True
    """Whether this process makes the files of exports, in a process beside it."""

    uitvoer_map: Annotated[
        Path,
        Field(description="De map van de bestanden van exports; machines die een database delen, delen ook deze map."),
    ] = Path("berichtenverkeer-uitvoer")
    """The folder of the files of exports, which only its owner may read. Machines that share a database share it."""

    uitvoer_uren: Annotated[
        float, Field(gt=0, le=24 * 31, description="Uren dat de bestanden van een export blijven staan.")
    ] = 24.0
    """How many hours the files of an export stay."""

    bezorger: Annotated[
        bool, Field(description="Of dit proces bezorgt bij gemeenten met een eindpunt, en webhooks aanroept.")
    ] = True
    """Whether this process pushes what lies ready to the gemeenten that have an endpoint, and calls webhooks."""

    bezorg_geduld: Annotated[
        float,
        Field(
            gt=0, description="Seconden dat een bezorging mag duren, van verbinden tot het laatste van het antwoord."
        ),
    ] = 60.0
    """How long a push may take, from connecting to the last byte of the answer."""

    ca: Annotated[
        Path | None,
        Field(
            description="Certificaten (PEM) die bij een eindpunt worden vertrouwd, in plaats van die van het systeem."
        ),
    ] = None
    """A file of certificates (PEM) to trust in an endpoint, in place of those of the system."""

    client_cert: Annotated[
        Path | None, Field(description="Het certificaat (PEM) dat dit knooppunt aan een eindpunt toont.")
    ] = None
    client_key: Annotated[Path | None, Field(description="De sleutel (PEM) daarbij.")] = None
    """The certificate and key (PEM) with which this node shows itself to an endpoint."""

    webhook_netwerken: Annotated[
        tuple[Netwerk, ...],
        NoDecode,
        BeforeValidator(_met_kommas),
        Field(
            description="Netwerken die niet openbaar zijn en waar een webhook toch mag zijn, ook met http: `10.1.0.0/16`."
        ),
    ] = ()
    """Networks that are not public and where a webhook may be all the same, by http too: ``10.1.0.0/16``."""

    webhook_geduld: Annotated[
        float, Field(gt=0, le=60, description="Seconden dat een aanroep van een webhook mag duren.")
    ] = 20.0
    """How long a call to a webhook may take, from looking up its name to the head of the answer."""

    webhook_ca: Annotated[
        Path | None,
        Field(
            description="Certificaten (PEM) die bij de ontvanger van een webhook worden vertrouwd, in plaats van die van het systeem."
        ),
    ] = None
    """A file of certificates (PEM) to trust in the receiver of a webhook, in place of those of the system."""

    webhook_bron: Annotated[
        str,
        Field(
            pattern="^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$",
            description="Hoe dit knooppunt zich noemt in wat het webhooks vertelt (`source`): een URI.",
        ),
    ] = "urn:berichtenverkeer:knooppunt"
    """What this node calls itself in what it tells webhooks (``source``): a URI, such as
    ``urn:nld:oin:00000001234567890000:systeem:berichtenverkeer``."""

    oidc: Annotated[
        Path | None,
        Field(
            description="Een bestand (TOML) met de diensten waar mensen zich met het account van hun werk aanmelden; zie docs/paginas.md."
        ),
    ] = None
    """A file (TOML) of the services where people may log in with the account of their work; see docs/paginas.md."""

    groep: Annotated[int, Field(ge=1, description="Hoeveel wachtende berichten samen in een transactie gaan.")] = 64
    """How many waiting messages go into one transaction."""

    xslt_at_node: Annotated[
        bool,
        Field(
            description="Of het knooppunt afkeurt wat door een regel binnen het bericht (niveau 2) valt, ook als de ontvanger zelf oordeelt."
        ),
    ] = False
    """Whether the node refuses what came by VSP or StUF when a rule inside the message (level 2) does, also for a receiver that
    judges for itself."""

    antwoord_325: Annotated[
        Literal["Di01", "Du01"],
        Field(description="De envelop van StUF waarin het knooppunt een 325 schrijft; het leest ze allebei."),
    ] = "Di01"
    """The StUF envelope in which the node writes a 325; it takes in both."""

    wacht_hoogstens: Annotated[
        float, Field(description="Seconden dat een vraag op een leeg postvak hoogstens wacht.")
    ] = 60.0
    """The longest long poll on a postvak."""

    vrije_dagen: Annotated[
        frozenset[date],
        NoDecode,
        BeforeValidator(_met_kommas),
        Field(description="Dagen die naast weekenden en feestdagen geen werkdagen zijn: `2026-04-03,2026-05-05`."),
    ] = frozenset()
    """Days besides weekends and holidays that are no working days: ``2026-04-03,2026-05-05``."""

    herindicatie_weken: Annotated[
        int,
        Field(
            ge=0,
            le=52,
            description="Zoveel weken voor haar Einddatum komt een toewijzing op de werklijst om opnieuw te indiceren.",
        ),
    ] = 6
    """How many weeks before its Einddatum a toewijzing is told to run out. The last day for a herindicatie is three weeks
    before it, so tell it earlier."""

    tijdelijke_stop_weken: Annotated[
        int,
        Field(ge=1, le=520, description="Na zoveel weken vraagt de werklijst wat er van een tijdelijke stop wordt."),
    ] = 13
    """How many weeks a levering may be stopped for a time before the work list asks what becomes of it."""

    @property
    def sleutelplaats(self) -> Plaats | None:
        """Where the keys are, by these settings. Raises ``SleutelsOnleesbaar`` when they do not go together."""
        zelf = None if self.hoofdsleutels is None else self.hoofdsleutels.get_secret_value()
        return plaats(self.sleutels, zelf, self.sleutelbos)


_VERTROUWELIJK = frozenset({"hoofdsleutels", "database_url", "database_url_lezen", "tls_sleutel", "client_key", "oidc"})
"""Settings that hold a secret, or say where one is: only whether they are set is told."""

_MEEGELEVERD = frozenset({"xsd_dir"})
"""Settings of which the default is a part of the package, wherever that is installed."""


class Ingesteld(NamedTuple):
    """A setting in words: its variable, its value and its default, whether it was set otherwise, and what it means, in Dutch."""

    naam: str
    waarde: str
    standaard: str
    anders: bool
    betekenis: str


def instellingen_in_woorden(instellingen: Instellingen) -> list[Ingesteld]:
    """Every setting as it is now, by the name of its variable; nothing that is a secret."""
    uit = []
    for naam, veld in Instellingen.model_fields.items():
        waarde, standaard = getattr(instellingen, naam), veld.get_default(call_default_factory=True)
        anders = waarde != standaard
        if naam in _MEEGELEVERD and not anders:
            nu = gewoon = "meegeleverd"
        elif naam in _VERTROUWELIJK:
            nu, gewoon = ("gezet" if anders else "niet gezet"), "niet gezet"
        else:
            nu, gewoon = _in_woorden(waarde), _in_woorden(standaard)
        uit.append(Ingesteld(f"BV_{naam.upper()}", nu, gewoon, anders, veld.description or ""))
    return sorted(uit)


def _in_woorden(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "aan" if waarde else "uit"
    if isinstance(waarde, (tuple, frozenset)):
        return ",".join(sorted(map(str, waarde))) or "geen"
    return "geen" if waarde is None else str(waarde).removesuffix(".0")
