"""One token may act for several parties, and can be withdrawn.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every token that exists keeps acting for its own party."""
    op.add_column(
        "token", sa.Column("ingetrokken_op", sa.DateTime(timezone=True), comment="sindsdien werkt het niet meer")
    )
    op.create_table(
        "token_partij",
        sa.Column("hash", sa.String(64), sa.ForeignKey("token.hash"), primary_key=True),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), primary_key=True),
        comment="Voor welke partijen een token mag handelen naast de eigen",
    )


def downgrade() -> None:
    """Tokens stay for their own party; a withdrawn one goes, for it would work again."""
    op.drop_table("token_partij")
    op.execute("DELETE FROM token WHERE ingetrokken_op IS NOT NULL")
    with op.batch_alter_table("token") as tabel:
        tabel.drop_column("ingetrokken_op")
