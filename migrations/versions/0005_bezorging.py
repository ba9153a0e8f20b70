"""The endpoint of a gemeente, and the attempts to push to it what lies ready."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bezorging",
        sa.Column(
            "sleutel",
            sa.String(length=49),
            nullable=False,
            comment="bericht.id; van een foutbericht zender/traceer_id",
        ),
        sa.Column("partij", sa.String(length=8), nullable=False, comment="naar wiens eindpunt"),
        sa.Column("pogingen", sa.Integer(), nullable=False, comment="ook de poging die bezig is"),
        sa.Column("eerste_poging_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "volgende_op",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="niet eerder dan dit moment opnieuw",
        ),
        sa.Column(
            "bezig_tot",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="tot dan is een proces ermee bezig, naar de klok van het systeem",
        ),
        sa.Column(
            "fout",
            sa.Text(),
            nullable=True,
            comment="wat de laatste poging opleverde; zonder persoonsgegevens",
        ),
        sa.Column("afgebroken_op", sa.DateTime(timezone=True), nullable=True, comment="vanaf dan geen poging meer"),
        sa.ForeignKeyConstraint(["partij"], ["partij.code"], name=op.f("fk_bezorging_partij")),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_bezorging")),
        comment="Pogingen om naar een eindpunt te bezorgen wat klaarligt; verdwijnt zodra het bevestigd is",
    )
    op.create_index("ix_bezorging_partij", "bezorging", ["partij"])
    with op.batch_alter_table("partij", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "eindpunt",
                sa.Text(),
                nullable=True,
                comment="van een gemeente: de URL waar OntvangAsynchroon luistert",
            )
        )


def downgrade() -> None:
    raise NotImplementedError("terug zou eindpunten en pogingen wissen")
