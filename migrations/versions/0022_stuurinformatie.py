"""The facts that steering figures rest on, made of the messages by ``berichtenverkeer rebuild``."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_HEEN = sa.text("antwoord_op IS NULL")
_BEGIN, _LAATSTE, _VAN = sa.text("begin IS NOT NULL"), sa.text("laatste IS NOT NULL"), sa.text("van IS NOT NULL")
_STOP = sa.text("stop_op IS NOT NULL")
_BEANTWOORD = "wanneer het eerste antwoord binnenkwam: een 319, of een 301 dat het honoreert"


def upgrade() -> None:
    """The facts are made by a rebuild. A beeld of before does not say when stops came in: without it a dossier is folded from its
    beginning."""
    op.add_column("verzoek", sa.Column("beantwoord_op", sa.DateTime(timezone=True), comment=_BEANTWOORD))
    op.create_index(
        "ix_bericht_heen",
        "bericht",
        ["ontvangen_op", "verzender", "bestemming", "berichtsoort", "oordeel"],
        sqlite_where=_HEEN,
        postgresql_where=_HEEN,
    )
    op.execute("DELETE FROM dossierbeeld")
    op.create_table(
        "toewijzingfeit",
        sa.Column("paar", sa.BigInteger(), nullable=False, autoincrement=False, comment="wet, gemeente en aanbieder"),
        sa.Column("client", sa.Integer(), nullable=False, autoincrement=False, comment="de Bsn"),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("categorie", sa.String(2), comment="leeg bij een generieke toewijzing"),
        sa.Column("code", sa.String(5)),
        sa.Column("ingang", sa.Integer(), nullable=False, comment="dagen als getal"),
        sa.Column("einde", sa.Integer()),
        sa.Column("wacht", sa.Integer(), nullable=False, comment="vanaf wanneer de cliënt wacht"),
        sa.Column("bekend", sa.Integer(), nullable=False, comment="ontvangst van het eerste 301"),
        sa.Column("start", sa.Integer(), comment="eerste Begindatum"),
        sa.Column("start_op", sa.Integer(), comment="ontvangst van die start"),
        sa.Column("gestopt_op", sa.Integer(), comment="ontvangst van de definitieve stop op de laatste start"),
        sa.Column("budget", sa.Integer(), comment="eurocent"),
        sa.Column("volume", sa.Integer()),
        sa.Column("eenheid", sa.String(2)),
        sa.Column("frequentie", sa.String(1)),
        sa.PrimaryKeyConstraint("paar", "client", "toewijzingnummer", name="pk_toewijzingfeit"),
        comment="Wat cijfers van een toewijzing nodig hebben; wat verwijderd is staat er niet in",
    )
    for naam, kolommen in (
        ("start", ["start", "wacht", "ingang", "einde"]),
        ("start_op", ["start_op", "start", "bekend"]),
        ("einde", ["einde", "gestopt_op", "start"]),
    ):
        alle = ["paar", *kolommen, "client", "categorie", "code"]
        op.create_index(f"ix_toewijzingfeit_{naam}", "toewijzingfeit", alle)
    op.create_table(
        "leverfeit",
        sa.Column("paar", sa.BigInteger(), nullable=False, comment="wet, gemeente en aanbieder"),
        sa.Column("client", sa.Integer(), nullable=False, comment="de Bsn"),
        sa.Column("toewijzingnummer", sa.BigInteger(), comment="leeg bij taakgerichte levering"),
        sa.Column("categorie", sa.String(2), comment="leeg bij een generieke toewijzing"),
        sa.Column("code", sa.String(5)),
        sa.Column(
            "zicht", sa.SmallInteger(), nullable=False, comment="0 voor beide, 1 voor de gemeente, 2 voor de aanbieder"
        ),
        sa.Column("start", sa.Integer(), comment="Begindatum; dagen als getal"),
        sa.Column("einde", sa.Integer(), comment="de laatste dag van de span; leeg: open"),
        sa.Column("geleverd_van", sa.Integer(), comment="leeg: er is niets geleverd"),
        sa.Column("geleverd_tot", sa.Integer()),
        sa.Column("reden", sa.String(2), comment="van de definitieve stop"),
        sa.Column("begin", sa.Integer(), comment="de eerste dag van het traject, als dat hiermee begint"),
        sa.Column("laatste", sa.Integer(), comment="de laatste dag van het traject, als dat hiermee eindigt"),
        sa.Column("duur", sa.Integer(), comment="van dat traject, in dagen"),
        sa.Column("van", sa.Integer(), comment="van wanneer tot wanneer dit het traject tekent"),
        sa.Column("tot", sa.Integer()),
        sa.Column("stop", sa.Integer(), comment="Einddatum van een definitieve stop"),
        sa.Column("stop_op", sa.Integer(), comment="ontvangst daarvan"),
        comment="Wat er van starts en stops komt: spannen, en de trajecten die zij samen zijn",
    )
    op.create_index("ix_leverfeit_client", "leverfeit", ["client", "paar", "zicht", "begin", "laatste", "categorie"])
    wie = ["client", "categorie", "code"]
    for naam, kolommen, waar in (
        ("begin", ["begin", "zicht", *wie], _BEGIN),
        ("laatste", ["laatste", "zicht", *wie, "duur", "reden"], _LAATSTE),
        ("van", ["van", "tot", "zicht", *wie], _VAN),
        ("stop", ["stop_op", "stop", *wie], _STOP),
    ):
        op.create_index(
            f"ix_leverfeit_{naam}", "leverfeit", ["paar", *kolommen], sqlite_where=waar, postgresql_where=waar
        )


def downgrade() -> None:
    op.drop_table("leverfeit")
    op.drop_table("toewijzingfeit")
    op.execute("DELETE FROM dossierbeeld")
    op.drop_index("ix_bericht_heen", "bericht")
    op.drop_column("verzoek", "beantwoord_op")
