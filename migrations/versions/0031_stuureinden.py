"""What is delivered stands by the day it ends: what is past is not read to know what runs."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_DAGEN = [
    "paar",
    "categorie",
    "code",
    "client",
    "geleverd_van",
    "geleverd_tot",
    "van",
    "tot",
    "zicht",
    "toewijzingnummer",
]
_GELEVERD = ["paar", "geleverd_tot", "geleverd_van", "client", "categorie", "code", "toewijzingnummer"]
_TOT = ["paar", "tot", "van", "zicht", "client", "categorie", "code"]


def upgrade() -> None:
    op.drop_index("ix_leverfeit_dagen", "leverfeit")
    waar = sa.text("geleverd_van IS NOT NULL")
    op.create_index("ix_leverfeit_geleverd", "leverfeit", _GELEVERD, sqlite_where=waar, postgresql_where=waar)
    op.create_index("ix_leverfeit_tot", "leverfeit", _TOT)


def downgrade() -> None:
    op.drop_index("ix_leverfeit_tot", "leverfeit")
    op.drop_index("ix_leverfeit_geleverd", "leverfeit")
    op.create_index("ix_leverfeit_dagen", "leverfeit", _DAGEN)
