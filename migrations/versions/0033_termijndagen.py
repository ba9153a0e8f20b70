"""The day from which a term runs stands in the row, so that a page of a work list reads no more rows than it has.

The small indexes of messages that wait or were refused have the berichtsoort as well: SQLite, which has no figures about rows, else took
one of all messages of a party for as good.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_NIET_GESTART = sa.text("NOT verwijderd AND levering = 'niet_gestart'")
_GEWIJZIGD = sa.text("versie > 1")
_KANTEN = ("aanbieder", "gemeente")
_OPEN = "oordeel IN ('voorlopig', 'in_verwerking')"
_VAN_BERICHT = {
    "ix_bericht_open_verzender": ("verzender", _OPEN),
    "ix_bericht_open_bestemming": ("bestemming", _OPEN),
    "ix_bericht_afgekeurd": ("verzender", "oordeel = 'afgekeurd'"),
}


def upgrade() -> None:
    op.add_column(
        "toewijzing",
        sa.Column(
            "start_vanaf",
            sa.Date(),
            comment="vanaf wanneer de termijn van de start telt: Ingangsdatum, of bekend_op als die later is",
        ),
    )
    op.add_column("declaratie", sa.Column("beantwoord", sa.Date(), comment="de dag waarop dat binnenkwam"))
    bekend, binnen = _dag("bekend_op"), _dag("bericht.ontvangen_op")
    op.execute(
        f"UPDATE toewijzing SET start_vanaf = CASE WHEN {bekend} > ingangsdatum THEN {bekend} ELSE ingangsdatum END"
    )
    op.execute(
        f"UPDATE declaratie SET beantwoord = (SELECT {binnen} FROM bericht WHERE bericht.id = declaratie.antwoord)"
    )
    for kant in _KANTEN:
        op.create_index(
            f"ix_toewijzing_niet_gestart_{kant}",
            "toewijzing",
            [kant, "start_vanaf", "id", "einddatum"],
            sqlite_where=_NIET_GESTART,
            postgresql_where=_NIET_GESTART,
        )
        op.create_index(
            f"ix_toewijzing_gewijzigd_{kant}",
            "toewijzing",
            [kant],
            sqlite_where=_GEWIJZIGD,
            postgresql_where=_GEWIJZIGD,
        )
        op.create_index(f"ix_declaratie_beantwoord_{kant}", "declaratie", [kant, "beantwoord", "id"])
    _maak_anders("berichtsoort")


def downgrade() -> None:
    _maak_anders()
    for kant in _KANTEN:
        op.drop_index(f"ix_declaratie_beantwoord_{kant}", "declaratie")
        op.drop_index(f"ix_toewijzing_gewijzigd_{kant}", "toewijzing")
        op.drop_index(f"ix_toewijzing_niet_gestart_{kant}", "toewijzing")
    op.drop_column("declaratie", "beantwoord")
    op.drop_column("toewijzing", "start_vanaf")


def _maak_anders(*kolommen: str) -> None:
    """Make the small indexes of messages anew, with these columns after the first."""
    for naam, (kant, welke) in _VAN_BERICHT.items():
        op.drop_index(naam, "bericht")
        waar = sa.text(welke)
        op.create_index(naam, "bericht", [kant, *kolommen], sqlite_where=waar, postgresql_where=waar)


def _dag(moment: str) -> str:
    """The Dutch day of a moment; SQLite, which knows no time zones, has a function for it on every connection of ours."""
    if op.get_bind().dialect.name == "sqlite":
        return f"nederlandse_dag({moment})"
    return f"CAST({moment} AT TIME ZONE 'Europe/Amsterdam' AS DATE)"
