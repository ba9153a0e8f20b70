"""A dossier as it stands in one row; a gebeurtenis knows the volgnummer of its message.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The beelden come by themselves, as messages come in."""
    op.create_table(
        "dossierbeeld",
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column(
            "tot", sa.BigInteger(), nullable=False, comment="volgnummer van het laatste bericht dat erin verwerkt is"
        ),
        sa.Column("beeld", sa.LargeBinary(), nullable=False, comment="het dossier als JSON"),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_dossierbeeld")),
        comment="Een dossier zoals het staat, om niet alle gebeurtenissen te hoeven lezen; mag altijd weg",
    )
    op.add_column("gebeurtenis", sa.Column("volgnummer", sa.BigInteger(), comment="dat van het bericht"))
    op.execute(
        "UPDATE gebeurtenis SET volgnummer = (SELECT volgnummer FROM bericht WHERE bericht.id = gebeurtenis.bericht)"
    )
    op.drop_index("ix_gebeurtenis_dossier", table_name="gebeurtenis")
    with op.batch_alter_table("gebeurtenis") as tabel:
        tabel.alter_column("volgnummer", existing_type=sa.BigInteger(), nullable=False)
        tabel.create_index("ix_gebeurtenis_dossier", ["dossier", "volgnummer"])


def downgrade() -> None:
    op.drop_index("ix_gebeurtenis_dossier", table_name="gebeurtenis")
    with op.batch_alter_table("gebeurtenis") as tabel:
        tabel.drop_column("volgnummer")
        tabel.create_index("ix_gebeurtenis_dossier", ["dossier"])
    op.drop_table("dossierbeeld")
