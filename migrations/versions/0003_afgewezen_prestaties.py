"""An index for the Prestaties that were refused."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AFGEWEZEN = sa.text("toestand = 'afgewezen' AND debet_credit = 'D'")


def upgrade() -> None:
    op.create_index(
        "ix_prestatie_afgewezen",
        "prestatie",
        ["declaratie"],
        unique=False,
        sqlite_where=_AFGEWEZEN,
        postgresql_where=_AFGEWEZEN,
    )
