"""Of which request a message and an envelope came (W3C Trace Context), so that what is delivered later is part of the same trace."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What came before has none; without a default no row is written anew."""
    wat = "traceparent van het verzoek waarmee het kwam; een antwoord heeft die van wat het beantwoordt"
    op.add_column("bericht", sa.Column("trace", sa.String(55), comment=wat))
    op.add_column("zending", sa.Column("trace", sa.String(55), comment="traceparent van het verzoek waarmee zij kwam"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("zending", "trace")
    op.drop_column("bericht", "trace")
