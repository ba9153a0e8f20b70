"""Signalen at messages, and those that a party does not want to see."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was judged before has no signalen."""
    comment = "codes van signalen die zij niet wil zien; leeg: zij ziet ze alle"
    op.add_column("partij", sa.Column("signaal_uit", sa.Text(), comment=comment))
    op.create_table(
        "signaal",
        sa.Column("bericht", sa.String(36), sa.ForeignKey("bericht.id"), primary_key=True),
        sa.Column(
            "nummer",
            sa.Integer(),
            primary_key=True,
            comment="zijn plaats bij de bevindingen van het bericht, vanaf 0",
        ),
        sa.Column("regel", sa.String(10), nullable=False),
        sa.Column("toewijzingnummer", sa.Integer(), comment="in de klasse waar hij over gaat"),
        sa.Column("verzender", sa.String(8), nullable=False, comment="van het bericht"),
        sa.Column("bestemming", sa.String(8), nullable=False, comment="van het bericht"),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False, comment="het bericht"),
        comment="De signalen bij berichten, om op te zoeken; wat zij zeggen staat in bericht.bevindingen",
    )
    op.create_index("ix_signaal_verzender", "signaal", ["verzender", "ontvangen_op"])
    op.create_index("ix_signaal_bestemming", "signaal", ["bestemming", "ontvangen_op"])


def downgrade() -> None:
    """Signalen go from the findings too: the software of before would take them for faults."""
    verbinding = op.get_bind()
    bericht = sa.table("bericht", sa.column("id", sa.String), sa.column("bevindingen", sa.JSON))
    signaal = sa.table("signaal", sa.column("bericht", sa.String))
    met_signaal = sa.select(bericht).where(bericht.c.id.in_(sa.select(signaal.c.bericht)))
    for id_, bevindingen in verbinding.execute(met_signaal).all():
        fouten = [bevinding for bevinding in bevindingen if bevinding.get("ernst") != "signaal"]
        verbinding.execute(sa.update(bericht).where(bericht.c.id == id_).values(bevindingen=fouten))
    op.drop_table("signaal")
    op.drop_column("partij", "signaal_uit")
