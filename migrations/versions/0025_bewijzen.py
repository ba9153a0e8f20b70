"""Credentials have a name, an end and when they were last used."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0026"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_GEBRUIKT = "ongeveer wanneer er het laatst mee is aangemeld"


def upgrade() -> None:
    """Those there are have no name and no end, and when they were used was not kept."""
    op.add_column("token", sa.Column("naam", sa.String(80), comment="waaraan een mens het herkent"))
    op.add_column("token", sa.Column("geldig_tot", _MOMENT, comment="het laatste moment waarop het geldt"))
    op.add_column("token", sa.Column("gebruikt_op", _MOMENT, comment=_GEBRUIKT))
    op.add_column("certificaat", sa.Column("gebruikt_op", _MOMENT, comment=_GEBRUIKT))


def downgrade() -> None:
    for tabel, kolom in (
        ("certificaat", "gebruikt_op"), ("token", "gebruikt_op"), ("token", "geldig_tot"), ("token", "naam"),
    ):  # fmt: skip
        op.drop_column(tabel, kolom)
