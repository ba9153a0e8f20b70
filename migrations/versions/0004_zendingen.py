"""Envelopes that come in through the doors of the chain, mandates, and what a party is in VSP."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ONBEVESTIGD = sa.text("aangeboden AND bevestigd_op IS NULL")
_ONTVANGEN = sa.text("status = 'Ontvangen'")
_FOUTBERICHT = sa.text("foutbericht AND bezorgd_op IS NULL")


def upgrade() -> None:
    op.create_table(
        "mandaat",
        sa.Column("indiener", sa.String(length=8), nullable=False),
        sa.Column("afzender", sa.String(length=8), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["afzender"], ["partij.code"], name=op.f("fk_mandaat_afzender")),
        sa.ForeignKeyConstraint(["indiener"], ["partij.code"], name=op.f("fk_mandaat_indiener")),
        sa.PrimaryKeyConstraint("indiener", "afzender", name=op.f("pk_mandaat")),
        comment="Wie er berichten mag indienen voor wie (toestemmingsverklaring)",
    )
    op.create_table(
        "zending",
        sa.Column("zender", sa.String(length=8), nullable=False, comment="wiens bericht het is"),
        sa.Column(
            "traceer_id", sa.String(length=40), nullable=False, comment="traceerId, in StUF het referentienummer"
        ),
        sa.Column("ontvanger", sa.String(length=8), nullable=False, comment="de geadresseerde op de envelop"),
        sa.Column(
            "indiener",
            sa.String(length=8),
            nullable=False,
            comment="wie het aanbood: de zender, of wie mandaat van hem heeft",
        ),
        sa.Column("door", sa.String(length=3), nullable=False, comment="de deur: vsp of ggk"),
        sa.Column(
            "functie",
            sa.String(length=6),
            nullable=False,
            comment="WMO307; van een foutbericht die van wat het afkeurt",
        ),
        sa.Column("foutbericht", sa.Boolean(), nullable=False, comment="een Fo01 in plaats van een bericht"),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("subversie", sa.Integer(), nullable=False),
        sa.Column("applicatie", sa.String(length=50), nullable=False),
        sa.Column("applicatie_versie", sa.String(length=4), nullable=False),
        sa.Column("applicatie_subversie", sa.String(length=4), nullable=False),
        sa.Column("administratie", sa.String(length=50), nullable=True, comment="StUF: samenwerkingsverband"),
        sa.Column("gebruiker", sa.String(length=100), nullable=True),
        sa.Column("conversatie_id", sa.String(length=40), nullable=False),
        sa.Column(
            "als_antwoord_op",
            sa.String(length=40),
            nullable=True,
            comment="traceerId van een ander bericht; in StUF het crossRefnummer",
        ),
        sa.Column("referentie_id", sa.String(length=150), nullable=True, comment="eigen kenmerk van de zender"),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 waaraan herhaling te herkennen is"),
        sa.Column(
            "inhoud", sa.LargeBinary(), nullable=True, comment="zoals aangeboden; leeg zodra het bericht haar heeft"
        ),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("meldingen", sa.JSON(), nullable=False),
        sa.Column("bericht", sa.String(length=36), nullable=True, comment="het bericht dat ervan werd"),
        sa.Column(
            "bezorgd_op",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="van een foutbericht: de ontvanger heeft het opgeslagen",
        ),
        sa.ForeignKeyConstraint(["bericht"], ["bericht.id"], name=op.f("fk_zending_bericht")),
        sa.PrimaryKeyConstraint("zender", "traceer_id", name=op.f("pk_zending")),
        sa.UniqueConstraint("bericht", name=op.f("uq_zending_bericht")),
    )
    for kolom in ("als_antwoord_op", "conversatie_id", "traceer_id"):
        op.create_index(f"ix_zending_{kolom}", "zending", [kolom])
    for naam, tabel, kolommen, waar in (
        ("ix_zending_ontvangen", "zending", ["ontvangen_op"], _ONTVANGEN),
        ("ix_zending_foutbericht", "zending", ["ontvanger", "ontvangen_op"], _FOUTBERICHT),
        ("ix_bericht_onbevestigd", "bericht", ["bestemming", "volgnummer"], _ONBEVESTIGD),
    ):
        op.create_index(naam, tabel, kolommen, sqlite_where=waar, postgresql_where=waar)

    with op.batch_alter_table("partij", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("vsp_rol", sa.String(length=20), nullable=True, comment="rol in VSP; leeg: die bij de rol hoort")
        )
        batch_op.add_column(
            sa.Column(
                "wetten",
                sa.String(length=20),
                server_default="wmo,jw",
                nullable=False,
                comment="grondslagen: wmo, jw",
            )
        )


def downgrade() -> None:
    raise NotImplementedError("terug zou enveloppen en mandaten wissen")
