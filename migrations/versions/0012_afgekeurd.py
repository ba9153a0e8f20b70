"""What a toewijzing says besides, whether it is asked to run longer, and indexes for what was refused."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "toewijzing",
        sa.Column("verlenging_gevraagd", sa.Boolean(), comment="dat verzoek loopt nog en vraagt een latere Einddatum"),
    )
    op.add_column("toewijzing", sa.Column("commentaar", sa.Text(), comment="Commentaar bij de geldende versie"))
    for naam, tabel, kolom, waar in (
        ("ix_bericht_afgekeurd", "bericht", "verzender", "oordeel = 'afgekeurd'"),
        ("ix_declaratie_afgekeurd", "declaratie", "aanbieder", "toestand IN ('niet_verzonden', 'afgekeurd')"),
        ("ix_prestatie_credit_afgewezen", "prestatie", "aanbieder", "toestand = 'afgewezen' AND debet_credit = 'C'"),
    ):
        op.create_index(naam, tabel, [kolom], sqlite_where=sa.text(waar), postgresql_where=sa.text(waar))


def downgrade() -> None:
    for naam, tabel in (
        ("ix_prestatie_credit_afgewezen", "prestatie"),
        ("ix_declaratie_afgekeurd", "declaratie"),
        ("ix_bericht_afgekeurd", "bericht"),
    ):
        op.drop_index(naam, tabel)
    for kolom in ("commentaar", "verlenging_gevraagd"):
        op.drop_column("toewijzing", kolom)
