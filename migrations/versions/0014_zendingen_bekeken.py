"""What was found in a zending that did not become a message, when it was looked at, and its envelope beside its payload.

A message of StUF that waits from before has no ``omslag``: its envelope is still around its payload.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was looked at before, nobody knows when."""
    with op.batch_alter_table("zending", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "omslag",
                sa.LargeBinary,
                nullable=True,
                comment="het StUF-bericht zonder zijn bestand; leeg zodra het bericht er is",
            )
        )
        batch_op.add_column(
            sa.Column("bevindingen", sa.JSON, nullable=True, comment="waarom er geen bericht van werd, stuk voor stuk")
        )
        batch_op.add_column(
            sa.Column("bekeken_op", sa.DateTime(timezone=True), nullable=True, comment="wanneer haar status wijzigde")
        )
    with op.batch_alter_table("bezorging", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mislukt_op", sa.DateTime(timezone=True), nullable=True, comment="wanneer de eerste poging mislukte"
            )
        )


def downgrade() -> None:
    """What waits in two parts, nobody can read then."""
    wachtend = op.get_bind().execute(
        sa.text("SELECT count(*) FROM zending WHERE status = 'Ontvangen' AND omslag IS NOT NULL")
    )
    if wachtend.scalar_one():
        raise NotImplementedError("er wachten zendingen; start het knooppunt eerst, dan verwerkt het ze")
    with op.batch_alter_table("bezorging", schema=None) as batch_op:
        batch_op.drop_column("mislukt_op")
    with op.batch_alter_table("zending", schema=None) as batch_op:
        for naam in ("bekeken_op", "bevindingen", "omslag"):
            batch_op.drop_column(naam)
