"""The tables of people: who may log in, for which parties, and where they are logged in now.

Of what gives access only a fingerprint is kept, of a password what argon2 makes of it. Of ``totp`` the secret itself, for codes are
reckoned from it.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from .basis import Moment, metadata

VINGERAFDRUK = 64

gebruiker = Table(
    "gebruiker",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("login", String(80), nullable=False, unique=True, comment="naam of e-mailadres, in kleine letters"),
    Column("naam", String(80), nullable=False),
    Column("wachtwoord", Text, comment="argon2; leeg: meldt zich alleen elders aan (OIDC)"),
    Column("tijdelijk", Boolean, nullable=False, comment="het wachtwoord moet bij de eerste keer anders"),
    Column("totp", String(64), comment="geheim van de tweede stap; leeg: niet ingesteld"),
    Column("totp_stap", BigInteger, comment="de laatste tijdstap waarvan een code is gebruikt"),
    Column("operator", Boolean, nullable=False, comment="beheert het knooppunt"),
    Column("geblokkeerd_op", Moment),
    Column("aangemaakt_op", Moment, nullable=False),
    comment="Mensen die zich bij de pagina's aanmelden",
)

gebruiker_partij = Table(
    "gebruiker_partij",
    metadata,
    Column("gebruiker", ForeignKey("gebruiker.id"), primary_key=True),
    Column("partij", ForeignKey("partij.code"), primary_key=True),
    Column("rol", String(10), nullable=False, comment="lezer, medewerker of beheerder"),
    comment="Namens welke partijen een gebruiker handelt",
)

sessie = Table(
    "sessie",
    metadata,
    Column("hash", String(VINGERAFDRUK), primary_key=True),
    Column("gebruiker", ForeignKey("gebruiker.id"), nullable=False, index=True),
    Column("partij", String(8), comment="namens wie er nu wordt gewerkt; leeg: nog niet gekozen"),
    Column("bevestigd", Boolean, nullable=False, comment="de tweede stap is gezet"),
    Column("begonnen_op", Moment, nullable=False),
    Column("gezien_op", Moment, nullable=False),
    comment="Waar een gebruiker is aangemeld",
)

formulier = Table(
    "formulier",
    metadata,
    Column("sessie", ForeignKey("sessie.hash", ondelete="CASCADE"), primary_key=True),
    Column("sleutel", String(VINGERAFDRUK), primary_key=True),
    Column("gezonden_op", Moment, nullable=False),
    Column("naar", Text, comment="waar het antwoord heen verwees; leeg: nog bezig"),
    comment="Formulieren die zijn verzonden, zodat tweemaal verzenden er één is",
)

aanmeldpoging = Table(
    "aanmeldpoging",
    metadata,
    Column("sleutel", String(VINGERAFDRUK), primary_key=True, comment="van een adres met een login, of een toestel"),
    Column("mislukt", Integer, nullable=False, comment="hoe vaak achtereen"),
    Column("laatst_op", Moment, nullable=False, index=True),
    comment="Mislukte aanmeldingen, en hoe lang er dus gewacht wordt",
)

toestel = Table(
    "toestel",
    metadata,
    Column("hash", String(VINGERAFDRUK), primary_key=True),
    Column("gebruiker", ForeignKey("gebruiker.id"), primary_key=True),
    Column("gezien_op", Moment, nullable=False),
    comment="Toestellen waarop een gebruiker zich eerder aanmeldde",
)
