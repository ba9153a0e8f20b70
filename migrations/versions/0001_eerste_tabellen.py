"""First tables: partijen, messages, and what is derived from them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bericht",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUID, afgeleid van de inhoud"),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("berichtsoort", sa.String(length=6), nullable=False),
        sa.Column("identificatie", sa.String(length=12), nullable=False),
        sa.Column("dagtekening", sa.Date(), nullable=False),
        sa.Column("afzender", sa.String(length=8), nullable=False, comment="Header/Afzender"),
        sa.Column("ontvanger", sa.String(length=8), nullable=False, comment="Header/Ontvanger"),
        sa.Column(
            "verzender",
            sa.String(length=8),
            nullable=False,
            comment="wie het bericht verstuurt; bij een retour Header/Ontvanger",
        ),
        sa.Column("bestemming", sa.String(length=8), nullable=False, comment="in wiens postvak het hoort"),
        sa.Column("dossier", sa.Text(), nullable=True, comment="domein/gemeente/aanbieder/bsn"),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False, comment="de bytes zoals ze kwamen"),
        sa.Column("oordeel", sa.String(length=20), nullable=False),
        sa.Column("bevindingen", sa.JSON(), nullable=False),
        sa.Column("antwoord_op", sa.String(length=36), nullable=True, comment="het heenbericht van een retourbericht"),
        sa.Column("dubbel", sa.Boolean(), nullable=False, comment="Identificatie was al gebruikt (TR056)"),
        sa.Column("aangeboden", sa.Boolean(), nullable=False, comment="staat in het postvak van bestemming"),
        sa.Column(
            "bevestigd_op",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="de bestemming heeft het bericht veilig opgeslagen",
        ),
        sa.ForeignKeyConstraint(["antwoord_op"], ["bericht.id"], name=op.f("fk_bericht_antwoord_op")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bericht")),
        sa.UniqueConstraint("volgnummer", name=op.f("uq_bericht_volgnummer")),
    )
    op.create_index("ix_bericht_antwoord_op", "bericht", ["antwoord_op"], unique=False)
    op.create_index("ix_bericht_dossier", "bericht", ["dossier", "volgnummer"], unique=False)
    op.create_index("ix_bericht_postvak", "bericht", ["bestemming", "volgnummer"], unique=False)
    op.create_index(
        "uq_bericht_identificatie",
        "bericht",
        ["verzender", "berichtsoort", "identificatie"],
        unique=True,
        sqlite_where=sa.text("NOT dubbel"),
        postgresql_where=sa.text("NOT dubbel"),
    )

    op.create_table(
        "geweigerd",
        sa.Column("verzender", sa.String(length=8), nullable=False, comment="de partij die het aanbood"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False, comment="de eerste keer"),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("reden", sa.String(length=40), nullable=False),
        sa.Column("probleem", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("verzender", "sha256", name=op.f("pk_geweigerd")),
    )
    op.create_table(
        "partij",
        sa.Column(
            "code",
            sa.String(length=8),
            nullable=False,
            comment="CBS-code van een gemeente of AGB-code van een aanbieder",
        ),
        sa.Column("rol", sa.String(length=20), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_partij")),
    )
    op.create_table(
        "teller",
        sa.Column("naam", sa.String(length=20), nullable=False),
        sa.Column("waarde", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_teller")),
        comment="Eén rij; een transactie houdt haar vast tot zij klaar is, dus volgnummers worden zichtbaar op volgorde",
    )
    op.create_table(
        "toewijzing",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUID, afgeleid van domein, gemeente en nummer"),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("bsn", sa.String(length=9), nullable=False),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False),
        sa.Column("categorie", sa.String(length=2), nullable=True),
        sa.Column("code", sa.String(length=5), nullable=True),
        sa.Column("ingangsdatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("volume", sa.Integer(), nullable=True),
        sa.Column("eenheid", sa.String(length=2), nullable=True),
        sa.Column("frequentie", sa.String(length=1), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True, comment="eurocent"),
        sa.Column("verwijderd", sa.Boolean(), nullable=False),
        sa.Column("levering", sa.String(length=20), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column(
            "wijziging", sa.BigInteger(), nullable=False, comment="volgnummer van het bericht dat deze stand gaf"
        ),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toewijzing")),
        sa.UniqueConstraint(
            "domein", "gemeente", "toewijzingnummer", name=op.f("uq_toewijzing_domein_gemeente_toewijzingnummer")
        ),
    )
    op.create_index("ix_toewijzing_aanbieder", "toewijzing", ["aanbieder", "wijziging", "id"], unique=False)
    op.create_index("ix_toewijzing_dossier", "toewijzing", ["dossier"], unique=False)
    op.create_index("ix_toewijzing_gemeente", "toewijzing", ["gemeente", "wijziging", "id"], unique=False)

    op.create_table(
        "gebeurtenis",
        sa.Column("bericht", sa.String(length=36), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False, comment="plaats in het bericht, in volgorde van verwerking"),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=True, comment="leeg bij taakgerichte levering"),
        sa.Column("soort", sa.String(length=20), nullable=False, comment="de klasse van feit"),
        sa.Column("feit", sa.Text(), nullable=False, comment="de klasse uit het bericht, als JSON"),
        sa.ForeignKeyConstraint(["bericht"], ["bericht.id"], name=op.f("fk_gebeurtenis_bericht")),
        sa.PrimaryKeyConstraint("bericht", "nummer", name=op.f("pk_gebeurtenis")),
    )
    op.create_index("ix_gebeurtenis_dossier", "gebeurtenis", ["dossier"], unique=False)

    op.create_table(
        "token",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 van het token, hexadecimaal"),
        sa.Column("partij", sa.String(length=8), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["partij"], ["partij.code"], name=op.f("fk_token_partij")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_token")),
    )
    op.execute("INSERT INTO teller (naam, waarde) VALUES ('stand', 0)")


def downgrade() -> None:
    raise NotImplementedError("terug naar een lege database zou berichten wissen")
