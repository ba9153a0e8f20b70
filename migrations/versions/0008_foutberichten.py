"""Foutberichten have a number in the postvak, beside the messages."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_FOUTBERICHT = sa.text("foutbericht")


def upgrade() -> None:
    with op.batch_alter_table("zending", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "volgnummer",
                sa.BigInteger(),
                nullable=True,
                comment="van een foutbericht: zijn plaats in het postvak, uit dezelfde reeks als bericht.volgnummer",
            )
        )
    _nummer_bestaande(op.get_bind())
    op.create_index(
        "ix_zending_postvak",
        "zending",
        ["ontvanger", "volgnummer"],
        sqlite_where=_FOUTBERICHT,
        postgresql_where=_FOUTBERICHT,
    )


def _nummer_bestaande(verbinding: sa.Connection) -> None:
    """What lay ready comes after all that has a number, in the order in which it came: so no cursor passes it by."""
    sleutels = verbinding.execute(
        sa.text("SELECT zender, traceer_id FROM zending WHERE foutbericht ORDER BY ontvangen_op, zender, traceer_id")
    ).all()
    for zender, traceer_id in sleutels:
        nummer = verbinding.execute(
            sa.text("UPDATE teller SET waarde = waarde + 1 WHERE naam = 'stand' RETURNING waarde")
        ).scalar_one()
        verbinding.execute(
            sa.text("UPDATE zending SET volgnummer = :nummer WHERE zender = :zender AND traceer_id = :traceer_id"),
            {"nummer": nummer, "zender": zender, "traceer_id": traceer_id},
        )


def downgrade() -> None:
    raise NotImplementedError("terug zou de plaatsen in het postvak wissen")
