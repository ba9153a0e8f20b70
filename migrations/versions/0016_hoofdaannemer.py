"""The back-office of a hoofdaannemer: what it agreed, its inzetten, and what was fixed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contractregel",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("code", sa.String(8), primary_key=True, comment="van de partner"),
        sa.Column("gemeente", sa.String(4), primary_key=True, comment="leeg: alle"),
        sa.Column("segment", sa.Text(), primary_key=True, comment="leeg: alle"),
        sa.Column("van", sa.Date(), primary_key=True),
        sa.Column("tot", sa.Date()),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("soort", sa.String(13), nullable=False),
        sa.Column("kvk", sa.Text()),
        sa.Column("toestemming", sa.Boolean(), comment="van de gemeente; leeg: niet gezegd"),
        comment="De partners van een hoofdaannemer en waarvoor zij een contract hebben",
    )
    op.create_table(
        "segmentregel",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("categorie", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), primary_key=True, comment="leeg: de hele categorie"),
        sa.Column("segment", sa.Text(), nullable=False),
        comment="Welke productcodes bij een segment horen",
    )
    op.create_table(
        "partnertarief",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("segment", sa.Text(), primary_key=True),
        sa.Column("klasse", sa.Text(), primary_key=True),
        sa.Column("van", sa.Date(), primary_key=True),
        sa.Column("tot", sa.Date()),
        sa.Column("eenheid", sa.String(5), nullable=False, comment="maand, dag of stuk"),
        sa.Column("euro", sa.BigInteger(), nullable=False, comment="eurocent"),
        comment="Wat een partner factureert per segment en klasse",
    )
    op.create_table(
        "bijdrage",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("segment", sa.Text(), primary_key=True),
        sa.Column("van", sa.Date(), primary_key=True),
        sa.Column("tot", sa.Date()),
        sa.Column("percentage", sa.String(6), nullable=False),
        comment="Wat een partner bijdraagt, als percentage van een segment",
    )
    op.create_table(
        "plek",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("gemeente", sa.String(4), primary_key=True),
        sa.Column("segment", sa.Text(), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True, comment="leeg: alle samen"),
        sa.Column("van", sa.Date(), primary_key=True),
        sa.Column("tot", sa.Date()),
        sa.Column("aantal", sa.Integer(), nullable=False),
        comment="De plekken die een gemeente toekende",
    )
    op.create_table(
        "lumpsum",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("gemeente", sa.String(4), primary_key=True),
        sa.Column("segment", sa.Text(), primary_key=True),
        sa.Column("jaar", sa.Integer(), primary_key=True),
        sa.Column("euro", sa.BigInteger(), nullable=False, comment="eurocent"),
    )
    op.create_table(
        "betaling",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("gemeente", sa.String(4), primary_key=True),
        sa.Column("segment", sa.Text(), primary_key=True),
        sa.Column("maand", sa.String(7), primary_key=True),
        sa.Column("euro", sa.BigInteger(), nullable=False, comment="eurocent"),
    )
    op.create_table(
        "vragenlijst",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("inhoud", sa.JSON(), nullable=False, comment="zoals geladen"),
        comment="De vragenlijst waarmee de zwaarte van een casus bepaald wordt",
    )
    op.create_table(
        "zwaarte",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("volgnummer", sa.BigInteger(), primary_key=True, comment="uit de reeks van bericht.volgnummer"),
        sa.Column("toewijzing", sa.String(36), nullable=False),
        sa.Column("versie", sa.JSON(), nullable=False, comment="van de vragenlijst"),
        sa.Column("antwoorden", sa.JSON(), nullable=False),
        sa.Column("punten", sa.Integer(), nullable=False),
        sa.Column("klasse", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
        comment="Ingevulde vragenlijsten",
    )
    op.create_index("ix_zwaarte_toewijzing", "zwaarte", ["toewijzing"])
    op.create_table(
        "evaluatie",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("gemeente", sa.String(4), primary_key=True),
        sa.Column("domein", sa.String(4), primary_key=True),
        sa.Column("toewijzingnummer", sa.BigInteger(), primary_key=True),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
        comment="Afgevinkte evaluaties voor een herindicatie",
    )
    op.create_table(
        "factuurregel",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("factuurnummer", sa.Text(), primary_key=True),
        sa.Column("nummer", sa.Integer(), primary_key=True, comment="plaats op de factuur, van 0 af"),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False, comment="op volgorde van bewaren"),
        sa.Column("maand", sa.String(7), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("domein", sa.String(4), nullable=False),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False),
        sa.Column("klasse", sa.Text(), nullable=False),
        sa.Column("euro", sa.BigInteger(), nullable=False, comment="eurocent; een credit is negatief"),
        comment="Bewaarde facturen van partners",
    )
    op.create_table(
        "inzet_gebeurtenis",
        sa.Column("inzet", sa.String(36), primary_key=True),
        sa.Column("nummer", sa.Integer(), primary_key=True, comment="van 0 af"),
        sa.Column("hoofdaannemer", sa.String(8), nullable=False),
        sa.Column("dossier", sa.Text(), nullable=False, comment="van de toewijzing"),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
        sa.Column("waarom", sa.Text(), nullable=False),
        sa.Column("begin", sa.JSON(), comment="waarmee een inzet begint"),
        sa.Column("voor", sa.Date(), comment="de eerste dag die er niet meer in ligt"),
        sa.Column("naar", sa.String(36), comment="de inzet die verder gaat"),
        comment="Wat er met een inzet gebeurde; er komt alleen bij",
    )
    op.create_index("ix_inzet_gebeurtenis_hoofdaannemer", "inzet_gebeurtenis", ["hoofdaannemer"])
    op.create_table(
        "inzet",
        sa.Column(
            "id",
            sa.String(36),
            primary_key=True,
            comment="UUID, afgeleid van de toewijzing en de hoeveelste zij daarop is",
        ),
        sa.Column("hoofdaannemer", sa.String(8), nullable=False),
        sa.Column("toewijzing", sa.String(36), nullable=False),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("domein", sa.String(4), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("bsn", sa.String(9), nullable=False),
        sa.Column("toewijzingnummer", sa.BigInteger(), nullable=False),
        sa.Column("partner", sa.String(8), nullable=False),
        sa.Column("klasse", sa.Text(), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), comment="de dag voor van als er niets van overbleef"),
        sa.Column("aanname", sa.String(10), nullable=False),
        sa.Column("aangeboden_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overlap_bedoeld", sa.Boolean(), nullable=False),
        sa.Column("ingetrokken", sa.Boolean(), nullable=False),
        sa.Column("segment", sa.Text(), comment="van het product; leeg: in geen"),
        sa.Column("effectief_van", sa.Date(), comment="wat inzet en toewijzing delen; leeg: vervallen"),
        sa.Column("effectief_tot", sa.Date()),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column(
            "wijziging", sa.BigInteger(), nullable=False, comment="volgnummer van de wijziging die deze stand gaf"
        ),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        comment="Een toewijzing, of een periode ervan, die aan een partner is doorgegeven",
    )
    op.create_index("ix_inzet_dossier", "inzet", ["dossier"])
    op.create_index("ix_inzet_hoofdaannemer", "inzet", ["hoofdaannemer", "wijziging", "id"])
    op.create_index("ix_inzet_partner", "inzet", ["partner", "wijziging", "id"])
    op.create_index("ix_inzet_toewijzing", "inzet", ["toewijzing"])
    op.create_table(
        "geleverd",
        sa.Column("inzet", sa.String(36), primary_key=True),
        sa.Column("maand", sa.String(7), primary_key=True),
        sa.Column("aantal", sa.Integer(), nullable=False),
        comment="Hoeveel dagen of stuks er geleverd zijn",
    )
    op.create_table(
        "inzetmelding",
        sa.Column("volgnummer", sa.BigInteger(), primary_key=True, comment="uit de reeks van bericht.volgnummer"),
        sa.Column("partner", sa.String(8), nullable=False),
        sa.Column("hoofdaannemer", sa.String(8), nullable=False),
        sa.Column("inzet", sa.String(36), nullable=False),
        sa.Column("soort", sa.String(14), nullable=False, comment="inzorgmelding of uitzorgmelding"),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        comment="Wat een partner in zijn postvak krijgt",
    )
    op.create_index("ix_inzetmelding_partner", "inzetmelding", ["partner", "volgnummer"])
    op.create_table(
        "partnermelding",
        sa.Column("volgnummer", sa.BigInteger(), primary_key=True, comment="uit de reeks van bericht.volgnummer"),
        sa.Column("inzet", sa.String(36), nullable=False),
        sa.Column("soort", sa.String(9), nullable=False, comment="start of stop"),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("reden", sa.String(2), comment="RedenBeeindiging van een stop"),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
        comment="Starts en stops die een partner meldde",
    )
    op.create_index("ix_partnermelding_inzet", "partnermelding", ["inzet"])
    op.create_table(
        "maandstaat",
        sa.Column("hoofdaannemer", sa.String(8), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("maand", sa.String(7), primary_key=True),
        sa.Column("nummer", sa.Text(), nullable=False, comment="JJJJ-MM/partner/n"),
        sa.Column("deelmaand", sa.String(10), nullable=False, comment="de regel waarmee gerekend is"),
        sa.Column("inhoud", sa.JSON(), nullable=False, comment="regels, correcties en bijdragen"),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(8), nullable=False),
        comment="Vastgestelde maandstaten; zij veranderen nooit",
    )


def downgrade() -> None:
    op.drop_table("maandstaat")
    op.drop_table("partnermelding")
    op.drop_table("inzetmelding")
    op.drop_table("geleverd")
    op.drop_table("inzet")
    op.drop_table("inzet_gebeurtenis")
    op.drop_table("factuurregel")
    op.drop_table("evaluatie")
    op.drop_table("zwaarte")
    op.drop_table("vragenlijst")
    op.drop_table("betaling")
    op.drop_table("lumpsum")
    op.drop_table("plek")
    op.drop_table("bijdrage")
    op.drop_table("partnertarief")
    op.drop_table("segmentregel")
    op.drop_table("contractregel")
