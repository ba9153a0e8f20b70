"""Indexes in the order in which figures group: what is used of toewijzingen, and on which days is delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

_EINDE = [
    "paar",
    "einde",
    "ingang",
    "categorie",
    "code",
    "budget",
    "volume",
    "eenheid",
    "frequentie",
    "client",
    "start",
    "gestopt_op",
]
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
_OUDE_EINDE = ["paar", "einde", "gestopt_op", "start", "client", "categorie", "code"]
_START_OP = ["paar", "start_op", "start", "bekend", "client", "categorie", "code"]
_VAN = ["paar", "van", "tot", "zicht", "client", "categorie", "code"]


def upgrade() -> None:
    op.drop_index("ix_leverfeit_van", "leverfeit")
    op.create_index("ix_leverfeit_dagen", "leverfeit", _DAGEN)
    _vervang("toewijzingfeit", "einde", _EINDE, "einde")
    _vervang("toewijzingfeit", "start_op", _START_OP, "start_op")


def downgrade() -> None:
    _vervang("toewijzingfeit", "start_op", _START_OP, None)
    _vervang("toewijzingfeit", "einde", _OUDE_EINDE, None)
    op.drop_index("ix_leverfeit_dagen", "leverfeit")
    waar = sa.text("van IS NOT NULL")
    op.create_index("ix_leverfeit_van", "leverfeit", _VAN, sqlite_where=waar, postgresql_where=waar)


def _vervang(tabel: str, naam: str, kolommen: list[str], gevuld: str | None) -> None:
    """Make an index anew, of the rows in which this column has a value if one is named."""
    waar = sa.text(f"{gevuld} IS NOT NULL") if gevuld else None
    op.drop_index(f"ix_{tabel}_{naam}", tabel)
    op.create_index(f"ix_{tabel}_{naam}", tabel, kolommen, sqlite_where=waar, postgresql_where=waar)
