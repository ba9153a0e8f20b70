"""The chain. ``zending`` is the envelope in which a message came in through one of its doors, and what became of it; ``bezorging`` holds
the attempts to push what lies ready to an endpoint."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from ..personen import Aangebodenbytes, Zegelbytes
from .basis import Moment, metadata

_ONTVANGEN = text("status = 'Ontvangen'")

_FOUTBERICHT = text("foutbericht AND bezorgd_op IS NULL")

_BIJ_DE_DEUR = text("status = 'AfgekeurdDoorDienst'")

zending = Table(
    "zending",
    metadata,
    Column("zender", String(8), primary_key=True, comment="wiens bericht het is"),
    Column("traceer_id", String(40), primary_key=True, comment="traceerId, in StUF het referentienummer"),
    Column("ontvanger", String(8), nullable=False, comment="de geadresseerde op de envelop"),
    Column("indiener", String(8), nullable=False, comment="wie het aanbood: de zender, of wie mandaat van hem heeft"),
    Column("door", String(3), nullable=False, comment="de deur: vsp of ggk"),
    Column("functie", String(30), nullable=False, comment="WMO307; van een foutbericht die van wat het afkeurt"),
    Column("foutbericht", Boolean, nullable=False, comment="een Fo01 in plaats van een bericht"),
    Column("versie", Integer, nullable=False),
    Column("subversie", Integer, nullable=False),
    Column("applicatie", String(50), nullable=False),
    Column("applicatie_versie", String(4), nullable=False),
    Column("applicatie_subversie", String(4), nullable=False),
    Column("administratie", String(50), comment="StUF: samenwerkingsverband"),
    Column("gebruiker", String(100)),
    Column("conversatie_id", String(40), nullable=False),
    Column("als_antwoord_op", String(40), comment="traceerId van een ander bericht; in StUF het crossRefnummer"),
    Column("referentie_id", String(150), comment="eigen kenmerk van de zender"),
    Column("hash", String(64), nullable=False, comment="SHA-256 waaraan herhaling te herkennen is"),
    Column(
        "inhoud",
        Aangebodenbytes("aangeboden", ("zender", "ontvanger")),
        comment="zoals aangeboden; leeg zodra het bericht haar heeft",
    ),
    Column(
        "omslag",
        Zegelbytes("zending.omslag", ("zender", "ontvanger")),
        comment="het StUF-bericht zonder zijn bestand; leeg zodra het bericht er is",
    ),
    Column("ontvangen_op", Moment, nullable=False),
    Column("status", String(20), nullable=False),
    Column("meldingen", JSON, nullable=False),
    Column("bevindingen", JSON(none_as_null=True), comment="waarom er geen bericht van werd, stuk voor stuk"),
    Column("bekeken_op", Moment, comment="wanneer haar status wijzigde"),
    Column("bericht", String(36), ForeignKey("bericht.id"), unique=True, comment="het bericht dat ervan werd"),
    Column("bezorgd_op", Moment, comment="van een foutbericht: de ontvanger heeft het opgeslagen"),
    Column(
        "volgnummer",
        BigInteger,
        comment="van een foutbericht: zijn plaats in het postvak, uit dezelfde reeks als bericht.volgnummer",
    ),
    Column("trace", String(55), comment="traceparent van het verzoek waarmee zij kwam"),
    Index("ix_zending_traceer_id", "traceer_id"),
    Index("ix_zending_conversatie_id", "conversatie_id"),
    Index("ix_zending_als_antwoord_op", "als_antwoord_op"),
    Index("ix_zending_ontvangen", "ontvangen_op", sqlite_where=_ONTVANGEN, postgresql_where=_ONTVANGEN),
    Index(
        "ix_zending_postvak",
        "ontvanger",
        "volgnummer",
        sqlite_where=text("foutbericht"),
        postgresql_where=text("foutbericht"),
    ),
    Index("ix_zending_geweigerd", "zender", "ontvangen_op", sqlite_where=_BIJ_DE_DEUR, postgresql_where=_BIJ_DE_DEUR),
    Index(
        "ix_zending_foutbericht", "ontvanger", "ontvangen_op", sqlite_where=_FOUTBERICHT, postgresql_where=_FOUTBERICHT
    ),
)

bezorging = Table(
    "bezorging",
    metadata,
    Column("sleutel", String(49), primary_key=True, comment="bericht.id; van een foutbericht zender/traceer_id"),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False, comment="naar wiens eindpunt"),
    Column("pogingen", Integer, nullable=False, comment="ook de poging die bezig is"),
    Column("eerste_poging_op", Moment, nullable=False),
    Column("volgende_op", Moment, nullable=False, comment="niet eerder dan dit moment opnieuw"),
    Column("bezig_tot", Moment, comment="tot dan is een proces ermee bezig, naar de klok van het systeem"),
    Column("fout", Text, comment="wat de laatste poging opleverde; zonder persoonsgegevens"),
    Column("mislukt_op", Moment, comment="wanneer de eerste poging mislukte"),
    Column("afgebroken_op", Moment, comment="vanaf dan geen poging meer"),
    Index("ix_bezorging_partij", "partij"),
    comment="Pogingen om naar een eindpunt te bezorgen wat klaarligt; verdwijnt zodra het bevestigd is",
)
