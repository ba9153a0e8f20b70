"""Lists that are put ready as files, and what is no longer in a list."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was taken back before is told after a rebuild."""
    op.create_table(
        "vervallen",
        sa.Column("id", sa.String(36), primary_key=True, comment="wat zij was in de lijst"),
        sa.Column("lijst", sa.String(20), nullable=False, comment="toewijzingen of verzoeken"),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("domein", sa.String(4), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("aanbieder", sa.String(8), nullable=False),
        sa.Column(
            "wijziging",
            sa.BigInteger(),
            nullable=False,
            comment="volgnummer van het bericht dat haar liet vervallen",
        ),
        comment="Wat eens in een lijst stond en er niet meer in staat, tenzij het terugkwam",
    )
    op.create_index("ix_vervallen_dossier", "vervallen", ["dossier"])
    op.create_index("ix_vervallen_aanbieder", "vervallen", ["aanbieder", "lijst", "wijziging"])
    op.create_index("ix_vervallen_gemeente", "vervallen", ["gemeente", "lijst", "wijziging"])
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "uitvoer",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), nullable=False),
        sa.Column("wat", sa.String(20), nullable=False, comment="welke lijst"),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("sinds", sa.BigInteger(), comment="alleen wat na dit volgnummer wijzigde; leeg: alles"),
        sa.Column("sinds_id", sa.String(36), comment="en bij dat volgnummer na deze id"),
        sa.Column("vorm", sa.String(10), nullable=False, comment="ndjson, csv of parquet"),
        sa.Column("toestand", sa.String(10), nullable=False, comment="wacht, bezig, klaar of mislukt"),
        sa.Column("aangevraagd_op", moment, nullable=False),
        sa.Column("moment", moment, comment="waarop de lijst zo stond"),
        sa.Column("hervat", sa.Integer(), nullable=False, comment="hoe vaak er na een onderbreking verder is gegaan"),
        sa.Column("beurt", sa.Integer(), nullable=False, comment="van wie er nu mee bezig is"),
        sa.Column(
            "vergeefs", sa.Integer(), nullable=False, comment="hoe vaak het begon zonder dat er een bestand bij kwam"
        ),
        sa.Column("bezig_tot", moment, comment="tot dan is er iemand mee bezig, naar de klok van het systeem"),
        sa.Column("plek", sa.BigInteger(), comment="volgnummer van het laatste in de bestanden die er zijn"),
        sa.Column("plek_id", sa.String(36), comment="en zijn id"),
        sa.Column("bestanden", sa.JSON(), nullable=False, comment="die af zijn: naam, aantal, bytes, sha256"),
        sa.Column("vervallen", sa.JSON(), nullable=False, comment="ids van wat sinds toen uit de lijst verdween"),
        sa.Column("klaar_op", moment),
        comment="Lijsten die als bestand worden klaargezet",
    )
    op.create_index("ix_uitvoer_partij", "uitvoer", ["partij"])


def downgrade() -> None:
    """What was put ready stays in its folder."""
    op.drop_table("uitvoer")
    op.drop_table("vervallen")
