"""People: who may log in, for which parties, and where they are logged in."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """There are none yet."""
    op.create_table(
        "gebruiker",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "login", sa.String(80), nullable=False, unique=True, comment="naam of e-mailadres, in kleine letters"
        ),
        sa.Column("naam", sa.String(80), nullable=False),
        sa.Column("wachtwoord", sa.Text(), comment="argon2; leeg: meldt zich alleen elders aan (OIDC)"),
        sa.Column("tijdelijk", sa.Boolean(), nullable=False, comment="het wachtwoord moet bij de eerste keer anders"),
        sa.Column("totp", sa.String(64), comment="geheim van de tweede stap; leeg: niet ingesteld"),
        sa.Column("totp_stap", sa.BigInteger(), comment="de laatste tijdstap waarvan een code is gebruikt"),
        sa.Column("operator", sa.Boolean(), nullable=False, comment="beheert het knooppunt"),
        sa.Column("geblokkeerd_op", _MOMENT),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        comment="Mensen die zich bij de pagina's aanmelden",
    )
    op.create_table(
        "gebruiker_partij",
        sa.Column("gebruiker", sa.String(36), sa.ForeignKey("gebruiker.id"), primary_key=True),
        sa.Column("partij", sa.String(8), sa.ForeignKey("partij.code"), primary_key=True),
        sa.Column("rol", sa.String(10), nullable=False, comment="lezer, medewerker of beheerder"),
        comment="Namens welke partijen een gebruiker handelt",
    )
    op.create_table(
        "sessie",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("gebruiker", sa.String(36), sa.ForeignKey("gebruiker.id"), nullable=False),
        sa.Column("partij", sa.String(8), comment="namens wie er nu wordt gewerkt; leeg: nog niet gekozen"),
        sa.Column("bevestigd", sa.Boolean(), nullable=False, comment="de tweede stap is gezet"),
        sa.Column("begonnen_op", _MOMENT, nullable=False),
        sa.Column("gezien_op", _MOMENT, nullable=False),
        comment="Waar een gebruiker is aangemeld",
    )
    op.create_index("ix_sessie_gebruiker", "sessie", ["gebruiker"])
    op.create_table(
        "formulier",
        sa.Column("sessie", sa.String(64), sa.ForeignKey("sessie.hash", ondelete="CASCADE"), primary_key=True),
        sa.Column("sleutel", sa.String(64), primary_key=True),
        sa.Column("gezonden_op", _MOMENT, nullable=False),
        sa.Column("naar", sa.Text(), comment="waar het antwoord heen verwees; leeg: nog bezig"),
        comment="Formulieren die zijn verzonden, zodat tweemaal verzenden er één is",
    )
    op.create_table(
        "aanmeldpoging",
        sa.Column("sleutel", sa.String(64), primary_key=True, comment="van een adres met een login, of een toestel"),
        sa.Column("mislukt", sa.Integer(), nullable=False, comment="hoe vaak achtereen"),
        sa.Column("laatst_op", _MOMENT, nullable=False),
        comment="Mislukte aanmeldingen, en hoe lang er dus gewacht wordt",
    )
    op.create_index("ix_aanmeldpoging_laatst_op", "aanmeldpoging", ["laatst_op"])
    op.create_table(
        "toestel",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("gebruiker", sa.String(36), sa.ForeignKey("gebruiker.id"), primary_key=True),
        sa.Column("gezien_op", _MOMENT, nullable=False),
        comment="Toestellen waarop een gebruiker zich eerder aanmeldde",
    )


def downgrade() -> None:
    for tabel in ("toestel", "aanmeldpoging", "formulier", "sessie", "gebruiker_partij", "gebruiker"):
        op.drop_table(tabel)
