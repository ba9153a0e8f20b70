"""The tables.

``bericht`` holds every message that was taken in, with its bytes unchanged: the truth. ``gebeurtenis``, ``toewijzing``,
``verzoek``, ``declaratie`` and ``prestatie`` are derived from those that count and can be rebuilt (``herbouw``), and so is
``signaal``, from what was found in them; ``vervallen`` holds what once was derived and no longer is; ``dossierbeeld`` saves folding a dossier from its beginning.
``geweigerd`` holds what was refused before it could be judged, so that nothing a party sent is lost. ``zending`` is the
envelope in which a message came in through one of the doors of the chain, and what became of it. ``bezorging`` holds the
attempts to push what lies ready to an endpoint, ``webhook`` whom a party wants to be told of what, with how far it was told, and
``notificatie`` what is still to be told. ``productcode``,
``tarief`` and ``instelling`` are what a gemeente and an aanbieder agreed outside the messages. ``schakelaar`` says which
functies take part when.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from ..klok import NEDERLAND
from .personen import Berichtbytes, Bsntekst, Dossiersleuteltekst, Zegelbytes, Zegeljson, Zegeltekst


class Moment(TypeDecorator[datetime]):
    """A moment in time: kept in UTC, for SQLite has no time zones, and read in Dutch time, for its day is a Dutch day."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value).astimezone(NEDERLAND)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

versie = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own: the migration that the tables are at."""

partij = Table(
    "partij",
    metadata,
    Column("code", String(8), primary_key=True, comment="CBS-code van een gemeente of AGB-code van een aanbieder"),
    Column("rol", String(20), nullable=False),
    Column("naam", Text, nullable=False),
    Column("aangemaakt_op", Moment, nullable=False),
    Column(
        "beoordeling",
        String(10),
        nullable=False,
        server_default="knooppunt",
        comment="wie oordeelt: knooppunt of partij",
    ),
    Column("vsp_rol", String(20), comment="rol in VSP; leeg: die bij de rol hoort"),
    Column("wetten", String(20), nullable=False, server_default="wmo,jw", comment="grondslagen: wmo, jw"),
    Column("eindpunt", Text, comment="van een gemeente: de URL waar OntvangAsynchroon luistert"),
    Column("signaal_uit", Text, comment="codes van signalen die zij niet wil zien; leeg: zij ziet ze alle"),
)

gemeente = Table(
    "gemeente",
    metadata,
    Column("code", String(4), primary_key=True),
    Column("naam", Text, nullable=False),
    Column("van", Date, comment="de eerste dag van de code; leeg: altijd al"),
    Column("tot", Date, comment="de laatste dag; leeg: nog zonder einde"),
    Column("opgegaan_in", Text, nullable=False, comment="codes van wat ervoor in de plaats kwam"),
    comment="Wat anders is dan in de indeling van het CBS die is meegeleverd",
)

mandaat = Table(
    "mandaat",
    metadata,
    Column("indiener", String(8), ForeignKey("partij.code"), primary_key=True),
    Column("afzender", String(8), ForeignKey("partij.code"), primary_key=True),
    Column("aangemaakt_op", Moment, nullable=False),
    comment="Wie er berichten mag indienen voor wie (toestemmingsverklaring)",
)

GEBRUIKT = "ongeveer wanneer er het laatst mee is aangemeld"

token = Table(
    "token",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256 van het token, hexadecimaal"),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False),
    Column("naam", String(80), comment="waaraan een mens het herkent"),
    Column("geldig_tot", Moment, comment="het laatste moment waarop het geldt"),
    Column("aangemaakt_op", Moment, nullable=False),
    Column("gebruikt_op", Moment, comment=GEBRUIKT),
    Column("ingetrokken_op", Moment, comment="sindsdien werkt het niet meer"),
)

token_partij = Table(
    "token_partij",
    metadata,
    Column("hash", String(64), ForeignKey("token.hash"), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), primary_key=True),
    comment="Voor welke partijen een token mag handelen naast de eigen",
)

certificaat = Table(
    "certificaat",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256 van het certificaat in DER, hexadecimaal"),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False),
    Column("naam", Text, nullable=False, comment="waaraan een mens het herkent: OIN of serienummer"),
    Column("geldig_van", Moment, nullable=False),
    Column("geldig_tot", Moment, nullable=False, comment="het laatste moment waarop het geldt"),
    Column("aangemaakt_op", Moment, nullable=False),
    Column("gebruikt_op", Moment, comment=GEBRUIKT),
    Column("ingetrokken_op", Moment, comment="sindsdien werkt het niet meer"),
    comment="Clientcertificaten waarmee een partij zich aanmeldt, naast tokens",
)

certificaat_partij = Table(
    "certificaat_partij",
    metadata,
    Column("hash", String(64), ForeignKey("certificaat.hash"), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), primary_key=True),
    comment="Voor welke partijen een certificaat mag handelen naast de eigen",
)

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
    Index("ix_bericht_open_verzender", "verzender", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_bericht_afgekeurd", "verzender", sqlite_where=_AFGEKEURD, postgresql_where=_AFGEKEURD),
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
    Index("ix_bericht_open_bestemming", "bestemming", sqlite_where=_OPEN, postgresql_where=_OPEN),
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
        Berichtbytes("aangeboden", ("zender", "ontvanger")),
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

webhook = Table(
    "webhook",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("geheim", Text, nullable=False, comment="whsec_…: waarmee een aanroep wordt ondertekend"),
    Column("vorig_geheim", Text, comment="waarmee hij tot vorig_tot ook wordt ondertekend"),
    Column("vorig_tot", Moment),
    Column("toestand", String(14), nullable=False, comment="actief, gepauzeerd of uitgeschakeld"),
    Column("aangemaakt_op", Moment, nullable=False),
    Column("gewijzigd_op", Moment, nullable=False, comment="wanneer de toestand of het geheim wijzigde"),
    Column("mislukt_achtereen", Integer, nullable=False, comment="zoveel keer na elkaar lukte er niets"),
    Column("rust_tot", Moment, comment="tot dan wordt hij niet aangeroepen"),
    comment="Waar een partij wil horen wat er gebeurt",
)

webhook_soort = Table(
    "webhook_soort",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("soort", String(40), primary_key=True, comment="bericht.ontvangen"),
    comment="Wat een webhook wil horen",
)

webhook_plek = Table(
    "webhook_plek",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("bron", String(20), primary_key=True),
    Column("nummer", BigInteger, nullable=False, comment="volgnummer, of van termijnen een dag"),
    Column("id", String(36), nullable=False, comment="van de laatste rij met dat nummer; leeg: nog geen"),
    comment="Tot waar er van elke bron notificaties zijn gemaakt",
)

_NIET_OPGEGEVEN = text("opgegeven_op IS NULL")

notificatie = Table(
    "notificatie",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van wat er gebeurde: bij herhaling hetzelfde"),
    Column("soort", String(40), nullable=False),
    Column("onderwerp", String(40), nullable=False, comment="het id van waar het over gaat"),
    Column("pad", Text, comment="waar dat te bekijken is"),
    Column("moment", Moment, nullable=False, comment="wanneer het gebeurde"),
    Column("pogingen", Integer, nullable=False, comment="ook de poging die bezig is"),
    Column("volgende_op", Moment, nullable=False, comment="niet eerder dan dit moment"),
    Column("bezig_tot", Moment, comment="tot dan is een proces ermee bezig, naar de klok van het systeem"),
    Column("fout", Text, comment="wat de laatste poging opleverde"),
    Column("opgegeven_op", Moment, comment="vanaf dan geen poging meer"),
    Index(
        "ix_notificatie_open",
        "webhook",
        "volgende_op",
        sqlite_where=_NIET_OPGEGEVEN,
        postgresql_where=_NIET_OPGEGEVEN,
    ),
    comment="Wat een webhook nog moet horen; verdwijnt zodra hij het heeft",
)

gebeurtenis = Table(
    "gebeurtenis",
    metadata,
    Column("bericht", String(36), ForeignKey("bericht.id"), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="plaats in het bericht, in volgorde van verwerking"),
    Column("dossier", Dossiersleuteltekst, nullable=False),
    Column("volgnummer", BigInteger, nullable=False, comment="dat van het bericht"),
    Column("toewijzingnummer", BigInteger, comment="leeg bij taakgerichte levering"),
    Column("soort", String(20), nullable=False, comment="de klasse van feit"),
    Column("feit", Zegeltekst("gebeurtenis.feit"), nullable=False, comment="de klasse uit het bericht, als JSON"),
    Index("ix_gebeurtenis_dossier", "dossier", "volgnummer"),
)

dossierbeeld = Table(
    "dossierbeeld",
    metadata,
    Column("dossier", Dossiersleuteltekst, primary_key=True),
    Column("tot", BigInteger, nullable=False, comment="volgnummer van het laatste bericht dat erin verwerkt is"),
    Column("beeld", Zegelbytes("dossierbeeld.beeld"), nullable=False, comment="het dossier als JSON"),
    comment="Een dossier zoals het staat, om niet alle gebeurtenissen te hoeven lezen; mag altijd weg",
)

_GEZOCHT = ("levering", "categorie", "code", "toewijzingnummer", "verwijderd", "ingangsdatum", "einddatum", "domein")
"""What toewijzingen are searched by: in the index of their order, so that a search for one in a thousand reads the index only."""

_LEVERING_OPEN = text("NOT verwijderd AND levering <> 'definitief_gestopt'")
_GESTART = text("NOT verwijderd AND start_gemeld_op IS NOT NULL")
_GESTOPT_OM = text("NOT verwijderd AND einde_reden = '37'")

toewijzing = Table(
    "toewijzing",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van domein, gemeente en nummer"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("bsn", Bsntekst, nullable=False),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("categorie", String(2)),
    Column("code", String(5)),
    Column("ingangsdatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("volume", Integer),
    Column("eenheid", String(2)),
    Column("frequentie", String(1)),
    Column("budget", Integer, comment="eurocent"),
    Column("verwijderd", Boolean, nullable=False),
    Column("levering", String(20), nullable=False),
    Column("geleverd_van", Date, comment="Begindatum van de eerste start die staat"),
    Column("geleverd_tot", Date, comment="Einddatum van de laatste stop; leeg zolang een start open is"),
    Column("einde_reden", String(2), comment="RedenBeeindiging van de laatste stop"),
    Column("start_gemeld_op", Moment, comment="wanneer het bericht met de eerste start binnenkwam"),
    Column("verzoek", String(20), comment="toestand van het laatste verzoek dat haar noemt"),
    Column("verlenging_gevraagd", Boolean, comment="dat verzoek loopt nog en vraagt een latere Einddatum"),
    Column("commentaar", Zegeltekst("toewijzing.commentaar"), comment="Commentaar bij de geldende versie"),
    Column("versie", Integer, nullable=False),
    Column("bericht", String(36), comment="het bericht met de geldende versie"),
    Column("bekend_op", Moment, comment="wanneer het eerste 301 met dit nummer binnenkwam"),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    UniqueConstraint("domein", "gemeente", "toewijzingnummer"),
    Index("ix_toewijzing_aanbieder", "aanbieder", "wijziging", "id", "gemeente", *_GEZOCHT),
    Index("ix_toewijzing_gemeente", "gemeente", "wijziging", "id", "aanbieder", *_GEZOCHT),
    Index("ix_toewijzing_paar", "gemeente", "aanbieder", "wijziging", "id"),
    Index("ix_toewijzing_bsn", "bsn"),
    Index("ix_toewijzing_nummer", "toewijzingnummer"),
    *(
        Index(f"ix_toewijzing_{naam}_{kant}", kant, *kolommen, sqlite_where=waar, postgresql_where=waar)
        for kant in ("aanbieder", "gemeente")
        for naam, kolommen, waar in (
            ("open", ("levering", "einddatum"), _LEVERING_OPEN),
            ("gestart", ("start_gemeld_op",), _GESTART),
            ("gestopt_om", ("einddatum",), _GESTOPT_OM),
        )
    ),
)

verzoek = Table(
    "verzoek",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van domein, aanbieder en referentie"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("bsn", Bsntekst, nullable=False),
    Column("soort", String(3), nullable=False, comment="VOT of VOW"),
    Column("referentie", String(36), nullable=False, comment="ReferentieAanbieder"),
    Column("toestand", String(20), nullable=False),
    Column("toewijzingnummers", JSON, nullable=False, comment="die het noemt, en die het honoreren"),
    Column("bericht", String(36), ForeignKey("bericht.id"), nullable=False, comment="het 315 of 317"),
    Column("ingediend_op", Moment, nullable=False),
    Column("dagtekening", Date, nullable=False),
    Column(
        "beantwoord_op", Moment, comment="wanneer het eerste antwoord binnenkwam: een 319, of een 301 dat het honoreert"
    ),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    UniqueConstraint("domein", "aanbieder", "referentie"),
    Index("ix_verzoek_aanbieder", "aanbieder", "wijziging", "id"),
    Index("ix_verzoek_gemeente", "gemeente", "wijziging", "id"),
    Index("ix_verzoek_bsn", "bsn"),
)

vervallen = Table(
    "vervallen",
    metadata,
    Column("id", String(36), primary_key=True, comment="wat zij was in de lijst"),
    Column("lijst", String(20), nullable=False, comment="toewijzingen of verzoeken"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat haar liet vervallen"),
    Index("ix_vervallen_aanbieder", "aanbieder", "lijst", "wijziging"),
    Index("ix_vervallen_gemeente", "gemeente", "lijst", "wijziging"),
    comment="Wat eens in een lijst stond en er niet meer in staat, tenzij het terugkwam",
)

_ALS_GEHEEL = text("toestand IN ('niet_verzonden', 'afgekeurd')")

declaratie = Table(
    "declaratie",
    metadata,
    Column("id", String(36), ForeignKey("bericht.id"), primary_key=True, comment="het 323"),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("declaratienummer", String(12), nullable=False),
    Column("begin", Date, nullable=False, comment="DeclaratiePeriode"),
    Column("eind", Date, nullable=False),
    Column("ingediend", BigInteger, nullable=False, comment="eurocent; credit is negatief"),
    Column("toegekend", BigInteger, comment="eurocent; leeg zolang er geen 325 is"),
    Column("toestand", String(20), nullable=False),
    Column("antwoord", String(36), ForeignKey("bericht.id"), comment="het 325"),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    Index("ix_declaratie_nummer", "domein", "aanbieder", "declaratienummer"),
    Index("ix_declaratie_aanbieder", "aanbieder", "wijziging", "id"),
    Index("ix_declaratie_gemeente", "gemeente", "wijziging", "id"),
    Index("ix_declaratie_afgekeurd", "aanbieder", sqlite_where=_ALS_GEHEEL, postgresql_where=_ALS_GEHEEL),
)

_AFGEWEZEN = text("toestand = 'afgewezen' AND debet_credit = 'D'")
_CREDIT_AFGEWEZEN = text("toestand = 'afgewezen' AND debet_credit = 'C'")

prestatie = Table(
    "prestatie",
    metadata,
    Column("declaratie", String(36), ForeignKey("declaratie.id"), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="plaats in het bericht, van 0 af"),
    Column("dossier", Dossiersleuteltekst, nullable=False),
    Column("domein", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("referentienummer", String(20), nullable=False),
    Column("vorig_referentienummer", String(20)),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("categorie", String(2), nullable=False),
    Column("code", String(5), nullable=False),
    Column("begin", Date, nullable=False, comment="ProductPeriode"),
    Column("eind", Date, nullable=False),
    Column("volume", Integer, nullable=False, comment="GeleverdVolume, in eenheid"),
    Column("eenheid", String(2), nullable=False),
    Column("tarief", Integer, comment="eurocent"),
    Column("bedrag", Integer, nullable=False, comment="eurocent, zonder teken"),
    Column("debet_credit", String(1), nullable=False),
    Column("toestand", String(20), nullable=False),
    Column("retourcodes", JSON, nullable=False),
    Column("berekening", JSON, nullable=False, comment="de stappen achter een afwijzing"),
    Index("ix_prestatie_dossier", "dossier", "toewijzingnummer"),
    Index("ix_prestatie_referentie", "domein", "aanbieder", "referentienummer"),
    Index("ix_prestatie_afgewezen", "declaratie", sqlite_where=_AFGEWEZEN, postgresql_where=_AFGEWEZEN),
    Index(
        "ix_prestatie_credit_afgewezen", "aanbieder", sqlite_where=_CREDIT_AFGEWEZEN, postgresql_where=_CREDIT_AFGEWEZEN
    ),
)

productcode = Table(
    "productcode",
    metadata,
    Column("gemeente", String(4), primary_key=True),
    Column("categorie", String(2), primary_key=True),
    Column("code", String(5), primary_key=True),
    Column("van", Date, primary_key=True),
    Column("eenheid", String(2), primary_key=True),
    Column("tot", Date),
    Column("variant", String(12), nullable=False),
    comment="De productcodelijst van een gemeente",
)

tarief = Table(
    "tarief",
    metadata,
    Column("gemeente", String(4), primary_key=True),
    Column("aanbieder", String(8), primary_key=True),
    Column("productcode", String(5), primary_key=True),
    Column("eenheid", String(2), primary_key=True),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
    Column("eurocent", Integer, nullable=False),
)

instelling = Table(
    "instelling",
    metadata,
    Column("gemeente", String(4), primary_key=True),
    Column("aanbieder", String(8), primary_key=True, comment="leeg: geldt voor alle aanbieders"),
    Column("naam", String(40), primary_key=True),
    Column("waarde", String(40), nullable=False),
    comment="Keuzes waarin een gemeente afwijkt van de strenge lezing",
)

schakelaar = Table(
    "schakelaar",
    metadata,
    Column(
        "functie",
        String(10),
        primary_key=True,
        comment="WMO301, WMO-heen, een wet (WMO of JW), heen, retour, of * voor alle",
    ),
    Column("versie", String(9), primary_key=True, comment="release: 3.2"),
    Column("ontvanger", String(8), primary_key=True, comment="de partij die ontvangt; leeg: alle"),
    Column("van", Moment, primary_key=True),
    Column("tot", Moment, comment="telt zelf niet mee; leeg: voorgoed"),
    Column("stand", String(10), nullable=False, comment="aan, uit of bevroren"),
    Column("reden", Text, nullable=False),
    comment="Welke functies wanneer meedoen; wat er niet in staat, doet mee in de release van deze software",
)

geweigerd = Table(
    "geweigerd",
    metadata,
    Column("verzender", String(8), primary_key=True, comment="de partij die het aanbood"),
    Column("sha256", String(64), primary_key=True),
    Column("ontvangen_op", Moment, nullable=False, comment="de eerste keer"),
    Column("inhoud", Berichtbytes("aangeboden", ("verzender",)), nullable=False),
    Column("reden", String(40), nullable=False),
    Column("probleem", JSON, nullable=False),
)

uitvoer = Table(
    "uitvoer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False, index=True),
    Column("wat", String(20), nullable=False, comment="welke lijst"),
    Column("filters", Zegeljson("uitvoer.filters", ("partij",)), nullable=False),
    Column("sinds", BigInteger, comment="alleen wat na dit volgnummer wijzigde; leeg: alles"),
    Column("sinds_id", String(36), comment="en bij dat volgnummer na deze id"),
    Column("vorm", String(10), nullable=False, comment="ndjson, csv of parquet"),
    Column("toestand", String(10), nullable=False, comment="wacht, bezig, klaar of mislukt"),
    Column("aangevraagd_op", Moment, nullable=False),
    Column("moment", Moment, comment="waarop de lijst zo stond"),
    Column("hervat", Integer, nullable=False, comment="hoe vaak er na een onderbreking verder is gegaan"),
    Column("beurt", Integer, nullable=False, comment="van wie er nu mee bezig is"),
    Column("vergeefs", Integer, nullable=False, comment="hoe vaak het begon zonder dat er een bestand bij kwam"),
    Column("bezig_tot", Moment, comment="tot dan is er iemand mee bezig, naar de klok van het systeem"),
    Column("plek", BigInteger, comment="volgnummer van het laatste in de bestanden die er zijn"),
    Column("plek_id", String(36), comment="en zijn id"),
    Column("bestanden", JSON, nullable=False, comment="die af zijn: naam, aantal, bytes, sha256"),
    Column("vervallen", JSON, nullable=False, comment="ids van wat sinds toen uit de lijst verdween"),
    Column("klaar_op", Moment),
    comment="Lijsten die als bestand worden klaargezet",
)
