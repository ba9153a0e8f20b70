"""Messages as they came in. ``bericht`` holds every one, with its bytes unchanged: the truth. ``signaal`` follows from what was found in
them. ``geweigerd`` holds what was refused before it could be judged, so that nothing a party sent is lost."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from ..personen import Aangebodenbytes, Berichtbytes, Dossiersleuteltekst
from .basis import Moment, metadata

teller = Table(
    "teller",
    metadata,
    Column("naam", String(20), primary_key=True),
    Column("waarde", BigInteger, nullable=False),
    comment="Eén rij; een transactie houdt haar vast tot zij klaar is, dus volgnummers worden zichtbaar op volgorde",
)

_OPEN = text("oordeel IN ('voorlopig', 'in_verwerking')")

_ONBEVESTIGD = text("aangeboden AND bevestigd_op IS NULL")

_AFGEKEURD = text("oordeel = 'afgekeurd'")

_HEEN = text("antwoord_op IS NULL")

bericht = Table(
    "bericht",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van de inhoud"),
    Column("volgnummer", BigInteger, nullable=False, unique=True),
    Column("domein", String(4), nullable=False),
    Column("berichtsoort", String(6), nullable=False),
    Column("versie", String(9), nullable=False, server_default="3.2", comment="release: 3.2"),
    Column("identificatie", String(12), nullable=False),
    Column("dagtekening", Date, nullable=False),
    Column("afzender", String(8), nullable=False, comment="Header/Afzender"),
    Column("ontvanger", String(8), nullable=False, comment="Header/Ontvanger"),
    Column(
        "verzender", String(8), nullable=False, comment="wie het bericht verstuurt; bij een retour Header/Ontvanger"
    ),
    Column("bestemming", String(8), nullable=False, comment="in wiens postvak het hoort"),
    Column("dossier", Dossiersleuteltekst, comment="domein/gemeente/aanbieder/bsn"),
    Column("ontvangen_op", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column(
        "inhoud",
        Berichtbytes("bericht.inhoud", ("verzender", "bestemming")),
        nullable=False,
        comment="de bytes zoals ze kwamen",
    ),
    Column("oordeel", String(20), nullable=False),
    Column("bevindingen", JSON, nullable=False),
    Column(
        "beoordeling",
        String(10),
        nullable=False,
        server_default="knooppunt",
        comment="wie oordeelt over het heenbericht",
    ),
    Column("antwoord_op", String(36), ForeignKey("bericht.id"), comment="het heenbericht van een retourbericht"),
    Column("dubbel", Boolean, nullable=False, comment="Identificatie was al gebruikt (TR056)"),
    Column("aangeboden", Boolean, nullable=False, comment="staat in het postvak van bestemming"),
    Column("bevestigd_op", Moment, comment="de bestemming heeft het bericht veilig opgeslagen"),
    Column(
        "trace",
        String(55),
        comment="traceparent van het verzoek waarmee het kwam; een antwoord heeft die van wat het beantwoordt",
    ),
    Index("ix_bericht_postvak", "bestemming", "volgnummer"),
    Index("ix_bericht_verzonden", "verzender", "volgnummer"),
    Index(
        "ix_bericht_onbevestigd",
        "bestemming",
        "volgnummer",
        sqlite_where=_ONBEVESTIGD,
        postgresql_where=_ONBEVESTIGD,
    ),
    Index("ix_bericht_dossier", "dossier", "volgnummer"),
    Index("ix_bericht_antwoord_op", "antwoord_op"),
    Index("ix_bericht_open_verzender", "verzender", "berichtsoort", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_bericht_afgekeurd", "verzender", "berichtsoort", sqlite_where=_AFGEKEURD, postgresql_where=_AFGEKEURD),
    Index(
        "ix_bericht_heen",
        "ontvangen_op",
        "verzender",
        "bestemming",
        "berichtsoort",
        "oordeel",
        sqlite_where=_HEEN,
        postgresql_where=_HEEN,
    ),
    Index("ix_bericht_open_bestemming", "bestemming", "berichtsoort", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(
        "uq_bericht_identificatie",
        "verzender",
        "berichtsoort",
        "identificatie",
        unique=True,
        sqlite_where=text("NOT dubbel"),
        postgresql_where=text("NOT dubbel"),
    ),
)

signaal = Table(
    "signaal",
    metadata,
    Column("bericht", String(36), ForeignKey("bericht.id"), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="zijn plaats bij de bevindingen van het bericht, vanaf 0"),
    Column("regel", String(10), nullable=False),
    Column("toewijzingnummer", Integer, comment="in de klasse waar hij over gaat"),
    Column("verzender", String(8), nullable=False, comment="van het bericht"),
    Column("bestemming", String(8), nullable=False, comment="van het bericht"),
    Column("ontvangen_op", Moment, nullable=False, comment="het bericht"),
    Index("ix_signaal_verzender", "verzender", "ontvangen_op"),
    Index("ix_signaal_bestemming", "bestemming", "ontvangen_op"),
    comment="De signalen bij berichten, om op te zoeken; wat zij zeggen staat in bericht.bevindingen",
)

verwerking = Table(
    "verwerking",
    metadata,
    Column("bericht", String(36), ForeignKey("bericht.id"), primary_key=True, comment="een 323 in verwerking"),
    Column("domein", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("volgnummer", BigInteger, nullable=False, comment="op volgorde van binnenkomst"),
    Column("gedaan", Integer, nullable=False, comment="zoveel cliënten zijn beoordeeld"),
    Column("totaal", Integer, nullable=False, comment="zoveel cliënten zijn er"),
    comment="De rij van declaraties die nog beoordeeld worden",
)

geweigerd = Table(
    "geweigerd",
    metadata,
    Column("verzender", String(8), primary_key=True, comment="de partij die het aanbood"),
    Column("sha256", String(64), primary_key=True),
    Column("ontvangen_op", Moment, nullable=False, comment="de eerste keer"),
    Column("inhoud", Aangebodenbytes("aangeboden", ("verzender",)), nullable=False),
    Column("reden", String(40), nullable=False),
    Column("probleem", JSON, nullable=False),
)
