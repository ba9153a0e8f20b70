"""Who did what with data of whom: a log that only grows, sealed row by row."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_NUL = "0" * 64


def upgrade() -> None:
    """It begins empty: what was done before is not known."""
    op.create_table(
        "logboek",
        sa.Column("keten", sa.String(8), primary_key=True, comment="inname, of inzage voor al het andere"),
        sa.Column(
            "nummer", sa.BigInteger(), primary_key=True, autoincrement=False, comment="plaats in de keten, vanaf 1"
        ),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partij", sa.String(8), comment="namens wie; leeg: het knooppunt zelf"),
        sa.Column("gebruiker", sa.String(80), comment="id van de gebruiker, of wie op de machine een opdracht gaf"),
        sa.Column("bewijs", sa.String(30), comment="token, certificaat of sessie, met het begin van zijn vingerafdruk"),
        sa.Column("activiteit", sa.String(40), nullable=False),
        sa.Column("actie", sa.String(1), nullable=False, comment="C, R, U, D of E"),
        sa.Column("object", sa.String(90), nullable=False, comment="soort en nummer van wat het betrof"),
        sa.Column("persoon", sa.String(32), comment="het Bsn, met een sleutel onherkenbaar gemaakt"),
        sa.Column("uitkomst", sa.String(20), nullable=False),
        sa.Column("trace", sa.String(32), nullable=False),
        sa.Column("span", sa.String(16), nullable=False),
        sa.Column("sleutel", sa.String(8), nullable=False, comment="waarmee persoon en zegel zijn gemaakt"),
        sa.Column("zegel", sa.String(64), nullable=False, comment="over deze rij en het zegel van de vorige"),
        comment="Wie wat deed met gegevens van wie; er komt alleen bij",
    )
    op.create_index("ix_logboek_partij", "logboek", ["partij", "moment"])
    op.create_index("ix_logboek_persoon", "logboek", ["persoon"])
    keten = op.create_table(
        "logketen",
        sa.Column("keten", sa.String(8), primary_key=True),
        sa.Column("nummer", sa.BigInteger(), nullable=False, comment="van de laatste rij"),
        sa.Column("zegel", sa.String(64), nullable=False, comment="van de laatste rij"),
        sa.Column(
            "vanaf",
            sa.BigInteger(),
            nullable=False,
            comment="tot en met deze rij is de keten na haar termijn opgeruimd",
        ),
        sa.Column("vanaf_zegel", sa.String(64), nullable=False, comment="het zegel van die rij"),
        comment="Het einde van iedere keten van het logboek, en waar zij nog begint",
    )
    leeg = {"nummer": 0, "zegel": _NUL, "vanaf": 0, "vanaf_zegel": _NUL}
    op.bulk_insert(keten, [{"keten": "inname", **leeg}, {"keten": "inzage", **leeg}])
    for opdracht in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(opdracht)


_SQLITE = (
    "CREATE TRIGGER logboek_vast BEFORE UPDATE ON logboek BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END",
    "CREATE TRIGGER logboek_blijft BEFORE DELETE ON logboek WHEN OLD.moment > datetime('now', '-5 years') "
    "BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION logboek_weiger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND OLD.moment <= now() - interval '5 years' THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'het logboek verandert niet'; END $$",
    "CREATE TRIGGER logboek_vast BEFORE UPDATE OR DELETE ON logboek FOR EACH ROW EXECUTE FUNCTION logboek_weiger()",
    "CREATE TRIGGER logboek_blijft BEFORE TRUNCATE ON logboek FOR EACH STATEMENT EXECUTE FUNCTION logboek_weiger()",
)


def downgrade() -> None:
    op.drop_table("logketen")
    op.drop_table("logboek")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION logboek_weiger()")
