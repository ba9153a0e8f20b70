"""The tables of the log: who did what with data of whom (NEN 7513). It only grows.

Each row is sealed together with the one before it in its ``keten``, so that a row which was changed, put in or taken out shows. The
database itself refuses to change or delete a row, until it is older than it must be kept.
"""

from sqlalchemy import DDL, BigInteger, Column, Index, String, Table, event

from .basis import Moment, metadata

JAREN = 5
"""How long a row is kept at least (NEN 7513); the triggers say so too."""

logboek = Table(
    "logboek",
    metadata,
    Column("keten", String(8), primary_key=True, comment="inname, of inzage voor al het andere"),
    Column("nummer", BigInteger, primary_key=True, autoincrement=False, comment="plaats in de keten, vanaf 1"),
    Column("moment", Moment, nullable=False),
    Column("partij", String(8), comment="namens wie; leeg: het knooppunt zelf"),
    Column("gebruiker", String(80), comment="id van de gebruiker, of wie op de machine een opdracht gaf"),
    Column("bewijs", String(30), comment="token, certificaat of sessie, met het begin van zijn vingerafdruk"),
    Column("activiteit", String(40), nullable=False),
    Column("actie", String(1), nullable=False, comment="C, R, U, D of E"),
    Column("object", String(90), nullable=False, comment="soort en nummer van wat het betrof"),
    Column("persoon", String(32), comment="het Bsn, met een sleutel onherkenbaar gemaakt"),
    Column("uitkomst", String(20), nullable=False),
    Column("trace", String(32), nullable=False),
    Column("span", String(16), nullable=False),
    Column("sleutel", String(8), nullable=False, comment="waarmee persoon en zegel zijn gemaakt"),
    Column("zegel", String(64), nullable=False, comment="over deze rij en het zegel van de vorige"),
    Index("ix_logboek_partij", "partij", "moment"),
    Index("ix_logboek_persoon", "persoon"),
    comment="Wie wat deed met gegevens van wie; er komt alleen bij",
)

logketen = Table(
    "logketen",
    metadata,
    Column("keten", String(8), primary_key=True),
    Column("nummer", BigInteger, nullable=False, comment="van de laatste rij"),
    Column("zegel", String(64), nullable=False, comment="van de laatste rij"),
    Column("vanaf", BigInteger, nullable=False, comment="tot en met deze rij is de keten na haar termijn opgeruimd"),
    Column("vanaf_zegel", String(64), nullable=False, comment="het zegel van die rij"),
    comment="Het einde van iedere keten van het logboek, en waar zij nog begint",
)

_WEIGER = "het logboek verandert niet"

_SQLITE = (
    f"CREATE TRIGGER logboek_vast BEFORE UPDATE ON logboek BEGIN SELECT RAISE(ABORT, '{_WEIGER}'); END",
    "CREATE TRIGGER logboek_blijft BEFORE DELETE ON logboek "
    f"WHEN OLD.moment > datetime('now', '-{JAREN} years') BEGIN SELECT RAISE(ABORT, '{_WEIGER}'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION logboek_weiger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' AND OLD.moment <= now() - interval '{JAREN} years' THEN RETURN OLD; END IF; "
    f"RAISE EXCEPTION '{_WEIGER}'; END $$",
    "CREATE TRIGGER logboek_vast BEFORE UPDATE OR DELETE ON logboek FOR EACH ROW EXECUTE FUNCTION logboek_weiger()",
    "CREATE TRIGGER logboek_blijft BEFORE TRUNCATE ON logboek FOR EACH STATEMENT EXECUTE FUNCTION logboek_weiger()",
)

for _dialect, _opdrachten in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _opdracht in _opdrachten:
        _ddl = DDL(_opdracht)  # type: ignore[no-untyped-call]
        event.listen(logboek, "after_create", _ddl.execute_if(dialect=_dialect))
