"""A client certificate that may act for one or more parties.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is filled in."""
    op.create_table(
        "certificaat",
        sa.Column("hash", sa.String(64), primary_key=True, comment="SHA-256 van het certificaat in DER, hexadecimaal"),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), nullable=False),
        sa.Column("naam", sa.Text, nullable=False, comment="waaraan een mens het herkent: OIN of serienummer"),
        sa.Column("geldig_van", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "geldig_tot",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="het laatste moment waarop het geldt",
        ),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), comment="sindsdien werkt het niet meer"),
        comment="Clientcertificaten waarmee een partij zich aanmeldt, naast tokens",
    )
    op.create_table(
        "certificaat_partij",
        sa.Column("hash", sa.String(64), sa.ForeignKey("certificaat.hash"), primary_key=True),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), primary_key=True),
        comment="Voor welke partijen een certificaat mag handelen naast de eigen",
    )


def downgrade() -> None:
    """Certificates go."""
    op.drop_table("certificaat_partij")
    op.drop_table("certificaat")
