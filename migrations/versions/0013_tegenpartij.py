"""Indexes for who searches toewijzingen with one other party, or one number."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_toewijzing_paar", "toewijzing", ["gemeente", "aanbieder", "wijziging", "id"])
    op.create_index("ix_toewijzing_nummer", "toewijzing", ["toewijzingnummer"])


def downgrade() -> None:
    for naam in ("nummer", "paar"):
        op.drop_index(f"ix_toewijzing_{naam}", "toewijzing")
