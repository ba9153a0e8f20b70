"""The division into gemeenten in time.

Revision ID: 0026
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gemeente",
        sa.Column("code", sa.String(4), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("van", sa.Date(), comment="de eerste dag van de code; leeg: altijd al"),
        sa.Column("tot", sa.Date(), comment="de laatste dag; leeg: nog zonder einde"),
        sa.Column("opgegaan_in", sa.Text(), nullable=False, comment="codes van wat ervoor in de plaats kwam"),
        sa.PrimaryKeyConstraint("code", name="pk_gemeente"),
        comment="Wat anders is dan in de indeling van het CBS die is meegeleverd",
    )


def downgrade() -> None:
    op.drop_table("gemeente")
