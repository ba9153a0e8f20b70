"""Switches of releases; a functie as long as StUF allows."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schakelaar",
        sa.Column(
            "functie", sa.String(length=6), nullable=False, comment="WMO301, een wet (WMO of JW), of * voor alle"
        ),
        sa.Column("versie", sa.String(length=9), nullable=False, comment="release: 3.2"),
        sa.Column("van", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=True, comment="telt zelf niet mee; leeg: voorgoed"),
        sa.Column("stand", sa.String(length=10), nullable=False, comment="aan, uit of bevroren"),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("functie", "versie", "van", name=op.f("pk_schakelaar")),
        comment="Welke functies wanneer meedoen; wat er niet in staat, doet mee in de release van deze software",
    )
    with op.batch_alter_table("zending") as zending:
        zending.alter_column(
            "functie",
            existing_type=sa.String(length=6),
            type_=sa.String(length=30),
            existing_nullable=False,
            existing_comment="WMO307; van een foutbericht die van wat het afkeurt",
        )
