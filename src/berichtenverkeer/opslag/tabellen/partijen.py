"""Parties: who they are, by what they make themselves known, and what a gemeente and an aanbieder agreed outside the messages.
``schakelaar`` says which functies take part when."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from .basis import Moment, metadata

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
