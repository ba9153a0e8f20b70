"""Requests, declarations and contract data; what a toewijzing shows of its levering and its request."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instelling",
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False, comment="leeg: geldt voor alle aanbieders"),
        sa.Column("naam", sa.String(length=40), nullable=False),
        sa.Column("waarde", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("gemeente", "aanbieder", "naam", name=op.f("pk_instelling")),
        comment="Keuzes waarin een gemeente afwijkt van de strenge lezing",
    )
    op.create_table(
        "productcode",
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("categorie", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("eenheid", sa.String(length=2), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("variant", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("gemeente", "categorie", "code", "van", "eenheid", name=op.f("pk_productcode")),
        comment="De productcodelijst van een gemeente",
    )
    op.create_table(
        "tarief",
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("productcode", sa.String(length=5), nullable=False),
        sa.Column("eenheid", sa.String(length=2), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("eurocent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gemeente", "aanbieder", "productcode", "eenheid", "van", name=op.f("pk_tarief")),
    )
    op.create_table(
        "declaratie",
        sa.Column("id", sa.String(length=36), nullable=False, comment="het 323"),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("declaratienummer", sa.String(length=12), nullable=False),
        sa.Column("begin", sa.Date(), nullable=False, comment="DeclaratiePeriode"),
        sa.Column("eind", sa.Date(), nullable=False),
        sa.Column("ingediend", sa.BigInteger(), nullable=False, comment="eurocent; credit is negatief"),
        sa.Column("toegekend", sa.BigInteger(), nullable=True, comment="eurocent; leeg zolang er geen 325 is"),
        sa.Column("toestand", sa.String(length=20), nullable=False),
        sa.Column("antwoord", sa.String(length=36), nullable=True, comment="het 325"),
        sa.Column(
            "wijziging", sa.BigInteger(), nullable=False, comment="volgnummer van het bericht dat deze stand gaf"
        ),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["antwoord"], ["bericht.id"], name=op.f("fk_declaratie_antwoord")),
        sa.ForeignKeyConstraint(["id"], ["bericht.id"], name=op.f("fk_declaratie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaratie")),
    )
    with op.batch_alter_table("declaratie", schema=None) as batch_op:
        batch_op.create_index("ix_declaratie_aanbieder", ["aanbieder", "wijziging", "id"], unique=False)
        batch_op.create_index("ix_declaratie_gemeente", ["gemeente", "wijziging", "id"], unique=False)
        batch_op.create_index("ix_declaratie_nummer", ["domein", "aanbieder", "declaratienummer"], unique=False)

    op.create_table(
        "verwerking",
        sa.Column("bericht", sa.String(length=36), nullable=False, comment="een 323 in verwerking"),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False, comment="op volgorde van binnenkomst"),
        sa.Column("gedaan", sa.Integer(), nullable=False, comment="zoveel cliënten zijn beoordeeld"),
        sa.Column("totaal", sa.Integer(), nullable=False, comment="zoveel cliënten zijn er"),
        sa.ForeignKeyConstraint(["bericht"], ["bericht.id"], name=op.f("fk_verwerking_bericht")),
        sa.PrimaryKeyConstraint("bericht", name=op.f("pk_verwerking")),
        comment="De rij van declaraties die nog beoordeeld worden",
    )
    op.create_table(
        "verzoek",
        sa.Column(
            "id", sa.String(length=36), nullable=False, comment="UUID, afgeleid van domein, aanbieder en referentie"
        ),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("gemeente", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("bsn", sa.String(length=9), nullable=False),
        sa.Column("soort", sa.String(length=3), nullable=False, comment="VOT of VOW"),
        sa.Column("referentie", sa.String(length=36), nullable=False, comment="ReferentieAanbieder"),
        sa.Column("toestand", sa.String(length=20), nullable=False),
        sa.Column("toewijzingnummers", sa.JSON(), nullable=False, comment="die het noemt, en die het honoreren"),
        sa.Column("bericht", sa.String(length=36), nullable=False, comment="het 315 of 317"),
        sa.Column("ingediend_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dagtekening", sa.Date(), nullable=False),
        sa.Column(
            "wijziging", sa.BigInteger(), nullable=False, comment="volgnummer van het bericht dat deze stand gaf"
        ),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bericht"], ["bericht.id"], name=op.f("fk_verzoek_bericht")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verzoek")),
        sa.UniqueConstraint("domein", "aanbieder", "referentie", name=op.f("uq_verzoek_domein_aanbieder_referentie")),
    )
    with op.batch_alter_table("verzoek", schema=None) as batch_op:
        batch_op.create_index("ix_verzoek_aanbieder", ["aanbieder", "wijziging", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verzoek_dossier"), ["dossier"], unique=False)
        batch_op.create_index("ix_verzoek_gemeente", ["gemeente", "wijziging", "id"], unique=False)

    op.create_table(
        "prestatie",
        sa.Column("declaratie", sa.String(length=36), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False, comment="plaats in het bericht, van 0 af"),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("domein", sa.String(length=4), nullable=False),
        sa.Column("aanbieder", sa.String(length=8), nullable=False),
        sa.Column("referentienummer", sa.String(length=20), nullable=False),
        sa.Column("vorig_referentienummer", sa.String(length=20), nullable=True),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False),
        sa.Column("categorie", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("begin", sa.Date(), nullable=False, comment="ProductPeriode"),
        sa.Column("eind", sa.Date(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False, comment="GeleverdVolume, in eenheid"),
        sa.Column("eenheid", sa.String(length=2), nullable=False),
        sa.Column("tarief", sa.Integer(), nullable=True, comment="eurocent"),
        sa.Column("bedrag", sa.Integer(), nullable=False, comment="eurocent, zonder teken"),
        sa.Column("debet_credit", sa.String(length=1), nullable=False),
        sa.Column("toestand", sa.String(length=20), nullable=False),
        sa.Column("retourcodes", sa.JSON(), nullable=False),
        sa.Column("berekening", sa.JSON(), nullable=False, comment="de stappen achter een afwijzing"),
        sa.ForeignKeyConstraint(["declaratie"], ["declaratie.id"], name=op.f("fk_prestatie_declaratie")),
        sa.PrimaryKeyConstraint("declaratie", "nummer", name=op.f("pk_prestatie")),
    )
    with op.batch_alter_table("prestatie", schema=None) as batch_op:
        batch_op.create_index("ix_prestatie_dossier", ["dossier", "toewijzingnummer"], unique=False)
        batch_op.create_index("ix_prestatie_referentie", ["domein", "aanbieder", "referentienummer"], unique=False)

    with op.batch_alter_table("partij", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "beoordeling",
                sa.String(length=10),
                server_default="knooppunt",
                nullable=False,
                comment="wie oordeelt: knooppunt of partij",
            )
        )

    with op.batch_alter_table("bericht", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "beoordeling",
                sa.String(length=10),
                server_default="knooppunt",
                nullable=False,
                comment="wie oordeelt over het heenbericht",
            )
        )

    onbeantwoord = sa.text("oordeel IN ('voorlopig', 'in_verwerking')")
    for kant in ("verzender", "bestemming"):
        op.create_index(
            f"ix_bericht_open_{kant}", "bericht", [kant], sqlite_where=onbeantwoord, postgresql_where=onbeantwoord
        )

    with op.batch_alter_table("toewijzing", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("geleverd_van", sa.Date(), nullable=True, comment="Begindatum van de eerste start die staat")
        )
        batch_op.add_column(
            sa.Column(
                "geleverd_tot",
                sa.Date(),
                nullable=True,
                comment="Einddatum van de laatste stop; leeg zolang een start open is",
            )
        )
        batch_op.add_column(
            sa.Column("einde_reden", sa.String(length=2), nullable=True, comment="RedenBeeindiging van de laatste stop")
        )
        batch_op.add_column(
            sa.Column(
                "start_gemeld_op",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="wanneer het bericht met de eerste start binnenkwam",
            )
        )
        batch_op.add_column(
            sa.Column(
                "verzoek",
                sa.String(length=20),
                nullable=True,
                comment="toestand van het laatste verzoek dat haar noemt",
            )
        )
        batch_op.add_column(
            sa.Column("bericht", sa.String(length=36), nullable=True, comment="het bericht met de geldende versie")
        )
        batch_op.add_column(
            sa.Column(
                "bekend_op",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="wanneer het eerste 301 met dit nummer binnenkwam",
            )
        )


def downgrade() -> None:
    raise NotImplementedError("terug zou verzoeken en declaraties wissen")
