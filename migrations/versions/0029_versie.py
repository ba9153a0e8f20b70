"""The release of each message.

Revision ID: 0029
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kolom = sa.Column("versie", sa.String(9), nullable=False, server_default="3.2", comment="release: 3.2")
    op.add_column("bericht", kolom)


def downgrade() -> None:
    op.drop_column("bericht", "versie")
