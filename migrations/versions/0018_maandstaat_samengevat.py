"""What was fixed is kept in its parts, so that later months need not read the lines."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _kolommen(*midden: sa.Column[Any]) -> list[sa.Column[Any]]:
    return [
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("maand", sa.String(7), primary_key=True),
        sa.Column("nummer", sa.Text(), nullable=False, comment="JJJJ-MM/partner/n"),
        sa.Column("deelmaand", sa.String(10), nullable=False, comment="de regel waarmee gerekend is"),
        *midden,
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
    ]


def _geheel() -> list[sa.Column[Any]]:
    return _kolommen(sa.Column("inhoud", sa.JSON(), nullable=False, comment="regels, correcties en bijdragen"))


def _delen() -> list[sa.Column[Any]]:
    return _kolommen(
        sa.Column("regels", sa.JSON(), nullable=False),
        sa.Column("per_inzet", sa.JSON(), nullable=False, comment="wat de regels per inzet opleveren, in eurocent"),
        sa.Column("correcties", sa.JSON(), nullable=False),
        sa.Column("bijdragen", sa.JSON(), nullable=False),
    )


_INZET, _BEDRAG = 0, 12
"""Where a line has its inzet and its amount."""


def upgrade() -> None:
    _vervang(_geheel(), _delen(), _in_delen)


def downgrade() -> None:
    _vervang(_delen(), _geheel(), lambda rij: {"inhoud": [rij["regels"], rij["correcties"], rij["bijdragen"]]})


def _in_delen(rij: dict[str, Any]) -> dict[str, Any]:
    regels, correcties, bijdragen = rij["inhoud"]
    per_inzet: dict[str, int] = {}
    for regel in regels:
        per_inzet[regel[_INZET]] = per_inzet.get(regel[_INZET], 0) + regel[_BEDRAG]
    return {"regels": regels, "per_inzet": per_inzet, "correcties": correcties, "bijdragen": bijdragen}


def _vervang(
    oud: list[sa.Column[Any]], nieuw: list[sa.Column[Any]], maak: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Make the table anew, with what was in it."""
    tabel = sa.table("maandstaat", *(sa.column(kolom.name, kolom.type) for kolom in oud))
    rijen = [dict(rij) for rij in op.get_bind().execute(sa.select(tabel)).mappings()]
    op.drop_table("maandstaat")
    gemaakt = op.create_table("maandstaat", *nieuw, comment="Vastgestelde maandstaten; zij veranderen nooit")
    namen = {kolom.name for kolom in nieuw}
    if rijen:
        op.bulk_insert(gemaakt, [{n: w for n, w in (rij | maak(rij)).items() if n in namen} for rij in rijen])
