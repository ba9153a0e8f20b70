"""Switches for one receiver, and for one side of the exchange.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TOEN = "WMO301, een wet (WMO of JW), of * voor alle"
_NU = "WMO301, WMO-heen, een wet (WMO of JW), heen, retour, of * voor alle"


def upgrade() -> None:
    with op.batch_alter_table("schakelaar") as tabel:
        tabel.add_column(
            sa.Column(
                "ontvanger",
                sa.String(8),
                nullable=False,
                server_default="",
                comment="de partij die ontvangt; leeg: alle",
            )
        )
        tabel.alter_column(
            "functie",
            existing_type=sa.String(6),
            type_=sa.String(10),
            existing_nullable=False,
            existing_comment=_TOEN,
            comment=_NU,
        )
        tabel.drop_constraint("pk_schakelaar", type_="primary")
        tabel.create_primary_key("pk_schakelaar", ["functie", "versie", "ontvanger", "van"])
    with op.batch_alter_table("schakelaar") as tabel:  # what there was is for all; from now on it is said
        tabel.alter_column(
            "ontvanger",
            existing_type=sa.String(8),
            existing_nullable=False,
            existing_comment="de partij die ontvangt; leeg: alle",
            server_default=None,
        )


def downgrade() -> None:
    op.execute("DELETE FROM schakelaar WHERE ontvanger <> '' OR length(functie) > 6")
    with op.batch_alter_table("schakelaar") as tabel:
        tabel.drop_constraint("pk_schakelaar", type_="primary")
        tabel.create_primary_key("pk_schakelaar", ["functie", "versie", "van"])
        tabel.alter_column(
            "functie",
            existing_type=sa.String(10),
            type_=sa.String(6),
            existing_nullable=False,
            existing_comment=_NU,
            comment=_TOEN,
        )
        tabel.drop_column("ontvanger")
