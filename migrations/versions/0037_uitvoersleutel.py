"""Files of exports are sealed with a key that stands beside them in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there already stays open until its time is over."""
    op.add_column(
        "uitvoer",
        sa.Column("sleutel", sa.LargeBinary(), comment="waarmee de bestanden zijn verzegeld; leeg: zij staan open"),
    )


def downgrade() -> None:
    op.drop_column("uitvoer", "sleutel")
