"""Webhooks, and what they are still to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There are none yet."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("geheim", sa.Text(), nullable=False, comment="whsec_…: waarmee een aanroep wordt ondertekend"),
        sa.Column("vorig_geheim", sa.Text(), comment="waarmee hij tot vorig_tot ook wordt ondertekend"),
        sa.Column("vorig_tot", moment),
        sa.Column("toestand", sa.String(14), nullable=False, comment="actief, gepauzeerd of uitgeschakeld"),
        sa.Column("aangemaakt_op", moment, nullable=False),
        sa.Column("gewijzigd_op", moment, nullable=False, comment="wanneer de toestand of het geheim wijzigde"),
        sa.Column("mislukt_achtereen", sa.Integer(), nullable=False, comment="zoveel keer na elkaar lukte er niets"),
        sa.Column("rust_tot", moment, comment="tot dan wordt hij niet aangeroepen"),
        comment="Waar een partij wil horen wat er gebeurt",
    )
    op.create_index("ix_webhook_partij", "webhook", ["partij"])
    op.create_table(
        "webhook_soort",
        sa.Column("webhook", sa.String(36), sa.ForeignKey("webhook.id"), primary_key=True),
        sa.Column("soort", sa.String(40), primary_key=True, comment="bericht.ontvangen"),
        comment="Wat een webhook wil horen",
    )
    op.create_table(
        "webhook_plek",
        sa.Column("webhook", sa.String(36), sa.ForeignKey("webhook.id"), primary_key=True),
        sa.Column("bron", sa.String(20), primary_key=True),
        sa.Column("nummer", sa.BigInteger(), nullable=False, comment="volgnummer, of van termijnen een dag"),
        sa.Column("id", sa.String(36), nullable=False, comment="van de laatste rij met dat nummer; leeg: nog geen"),
        comment="Tot waar er van elke bron notificaties zijn gemaakt",
    )
    op.create_table(
        "notificatie",
        sa.Column("webhook", sa.String(36), sa.ForeignKey("webhook.id"), primary_key=True),
        sa.Column(
            "id",
            sa.String(36),
            primary_key=True,
            comment="UUID, afgeleid van wat er gebeurde: bij herhaling hetzelfde",
        ),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("onderwerp", sa.String(40), nullable=False, comment="het id van waar het over gaat"),
        sa.Column("pad", sa.Text(), comment="waar dat te bekijken is"),
        sa.Column("moment", moment, nullable=False, comment="wanneer het gebeurde"),
        sa.Column("pogingen", sa.Integer(), nullable=False, comment="ook de poging die bezig is"),
        sa.Column("volgende_op", moment, nullable=False, comment="niet eerder dan dit moment"),
        sa.Column("bezig_tot", moment, comment="tot dan is een proces ermee bezig, naar de klok van het systeem"),
        sa.Column("fout", sa.Text(), comment="wat de laatste poging opleverde"),
        sa.Column("opgegeven_op", moment, comment="vanaf dan geen poging meer"),
        comment="Wat een webhook nog moet horen; verdwijnt zodra hij het heeft",
    )
    waar = sa.text("opgegeven_op IS NULL")
    op.create_index(
        "ix_notificatie_open", "notificatie", ["webhook", "volgende_op"], sqlite_where=waar, postgresql_where=waar
    )


def downgrade() -> None:
    """Who was told, hears nothing any more."""
    for tabel in ("notificatie", "webhook_plek", "webhook_soort", "webhook"):
        op.drop_table(tabel)
