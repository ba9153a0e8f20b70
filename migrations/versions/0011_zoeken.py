"""Indexes for who searches toewijzingen, messages and requests, and for the work lists of toewijzingen."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_GEZOCHT = ("levering", "categorie", "code", "toewijzingnummer", "verwijderd", "ingangsdatum", "einddatum", "domein")
_DEEL = (
    ("open", ("levering", "einddatum"), sa.text("NOT verwijderd AND levering <> 'definitief_gestopt'")),
    ("gestart", ("start_gemeld_op",), sa.text("NOT verwijderd AND start_gemeld_op IS NOT NULL")),
    ("gestopt_om", ("einddatum",), sa.text("NOT verwijderd AND einde_reden = '37'")),
)


def upgrade() -> None:
    for kant, ander in (("aanbieder", "gemeente"), ("gemeente", "aanbieder")):
        op.drop_index(f"ix_toewijzing_{kant}", "toewijzing")
        op.create_index(f"ix_toewijzing_{kant}", "toewijzing", [kant, "wijziging", "id", ander, *_GEZOCHT])
        for naam, kolommen, waar in _DEEL:
            op.create_index(
                f"ix_toewijzing_{naam}_{kant}",
                "toewijzing",
                [kant, *kolommen],
                sqlite_where=waar,
                postgresql_where=waar,
            )
    op.create_index("ix_toewijzing_bsn", "toewijzing", ["bsn"])
    op.create_index("ix_verzoek_bsn", "verzoek", ["bsn"])
    op.create_index("ix_bericht_verzonden", "bericht", ["verzender", "volgnummer"])


def downgrade() -> None:
    for tabel, naam in (("bericht", "verzonden"), ("verzoek", "bsn"), ("toewijzing", "bsn")):
        op.drop_index(f"ix_{tabel}_{naam}", tabel)
    for kant in ("aanbieder", "gemeente"):
        for naam, _, _ in _DEEL:
            op.drop_index(f"ix_toewijzing_{naam}_{kant}", "toewijzing")
        op.drop_index(f"ix_toewijzing_{kant}", "toewijzing")
        op.create_index(f"ix_toewijzing_{kant}", "toewijzing", [kant, "wijziging", "id"])
