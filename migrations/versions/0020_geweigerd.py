"""What was refused at a door of the chain is found by who sent it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_WAAR = sa.text("status = 'AfgekeurdDoorDienst'")


def upgrade() -> None:
    op.create_index(
        "ix_zending_geweigerd", "zending", ["zender", "ontvangen_op"], sqlite_where=_WAAR, postgresql_where=_WAAR
    )


def downgrade() -> None:
    op.drop_index("ix_zending_geweigerd", "zending")
