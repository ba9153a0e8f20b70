"""The tables of a hoofdaannemer's back-office; each row belongs to one hoofdaannemer.

What it agreed and counted has the columns of the file it is loaded from (contract, In and out): an empty cell that is part of a
key is an empty text, and euros are eurocent. ``inzet_gebeurtenis`` only grows: ``inzet`` is the fold of it beside the toewijzing
and the segmenten, and can be made again (``inzetstand``). A ``maandstaat`` that was fixed and an ``inzetmelding`` that was given
never change.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from ..personen import Bsntekst, Dossiersleuteltekst, Vrijetekst, Zegeljson
from .basis import Moment, metadata

CODE, MAAND = 8, 7


def _van_wie() -> Column[str]:
    return Column("hoofdaannemer", String(CODE), primary_key=True)


contractregel = Table(
    "contractregel",
    metadata,
    _van_wie(),
    Column("code", String(CODE), primary_key=True, comment="van de partner"),
    Column("gemeente", String(4), primary_key=True, comment="leeg: alle"),
    Column("segment", Text, primary_key=True, comment="leeg: alle"),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
    Column("naam", Text, nullable=False),
    Column("soort", String(13), nullable=False),
    Column("kvk", Text),
    Column("toestemming", Boolean, comment="van de gemeente; leeg: niet gezegd"),
    comment="De partners van een hoofdaannemer en waarvoor zij een contract hebben",
)

segmentregel = Table(
    "segmentregel",
    metadata,
    _van_wie(),
    Column("categorie", Text, primary_key=True),
    Column("code", Text, primary_key=True, comment="leeg: de hele categorie"),
    Column("segment", Text, nullable=False),
    comment="Welke productcodes bij een segment horen",
)

partnertarief = Table(
    "partnertarief",
    metadata,
    _van_wie(),
    Column("segment", Text, primary_key=True),
    Column("klasse", Text, primary_key=True),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
    Column("eenheid", String(5), nullable=False, comment="maand, dag of stuk"),
    Column("euro", BigInteger, nullable=False, comment="eurocent"),
    comment="Wat een partner factureert per segment en klasse",
)

bijdrage = Table(
    "bijdrage",
    metadata,
    _van_wie(),
    Column("segment", Text, primary_key=True),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
    Column("percentage", String(6), nullable=False),
    comment="Wat een partner bijdraagt, als percentage van een segment",
)

plek = Table(
    "plek",
    metadata,
    _van_wie(),
    Column("gemeente", String(4), primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("partner", String(CODE), primary_key=True, comment="leeg: alle samen"),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
    Column("aantal", Integer, nullable=False),
    comment="De plekken die een gemeente toekende",
)

lumpsum = Table(
    "lumpsum",
    metadata,
    _van_wie(),
    Column("gemeente", String(4), primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("jaar", Integer, primary_key=True),
    Column("euro", BigInteger, nullable=False, comment="eurocent"),
)

betaling = Table(
    "betaling",
    metadata,
    _van_wie(),
    Column("gemeente", String(4), primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("maand", String(MAAND), primary_key=True),
    Column("euro", BigInteger, nullable=False, comment="eurocent"),
)

vragenlijst = Table(
    "vragenlijst",
    metadata,
    _van_wie(),
    Column("inhoud", JSON, nullable=False, comment="zoals geladen"),
    comment="De vragenlijst waarmee de zwaarte van een casus bepaald wordt",
)

zwaarte = Table(
    "zwaarte",
    metadata,
    _van_wie(),
    Column("volgnummer", BigInteger, primary_key=True, comment="uit de reeks van bericht.volgnummer"),
    Column("toewijzing", String(36), nullable=False, index=True),
    Column("versie", JSON, nullable=False, comment="van de vragenlijst"),
    Column("antwoorden", Zegeljson("zwaarte.antwoorden", ("hoofdaannemer",)), nullable=False),
    Column("punten", Integer, nullable=False),
    Column("klasse", Text, nullable=False),
    Column("moment", Moment, nullable=False),
    Column("wie", String(CODE), nullable=False),
    comment="Ingevulde vragenlijsten",
)

evaluatie = Table(
    "evaluatie",
    metadata,
    _van_wie(),
    Column("gemeente", String(4), primary_key=True),
    Column("domein", String(4), primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("datum", Date, nullable=False),
    Column("wie", String(CODE), nullable=False),
    comment="Afgevinkte evaluaties voor een herindicatie",
)

factuurregel = Table(
    "factuurregel",
    metadata,
    _van_wie(),
    Column("partner", String(CODE), primary_key=True),
    Column("factuurnummer", Text, primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="plaats op de factuur, van 0 af"),
    Column("volgnummer", BigInteger, nullable=False, comment="op volgorde van bewaren"),
    Column("maand", String(MAAND), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("domein", String(4), nullable=False),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("klasse", Text, nullable=False),
    Column("euro", BigInteger, nullable=False, comment="eurocent; een credit is negatief"),
    comment="Bewaarde facturen van partners",
)

inzet_gebeurtenis = Table(
    "inzet_gebeurtenis",
    metadata,
    Column("inzet", String(36), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="van 0 af"),
    Column("hoofdaannemer", String(CODE), nullable=False, index=True),
    Column("dossier", Dossiersleuteltekst, nullable=False, comment="van de toewijzing"),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("moment", Moment, nullable=False),
    Column("soort", String(20), nullable=False),
    Column("wie", String(CODE), nullable=False),
    Column("waarom", Vrijetekst("inzet_gebeurtenis.waarom"), nullable=False),
    Column("begin", JSON(none_as_null=True), comment="waarmee een inzet begint"),
    Column("voor", Date, comment="de eerste dag die er niet meer in ligt"),
    Column("naar", String(36), comment="de inzet die verder gaat"),
    comment="Wat er met een inzet gebeurde; er komt alleen bij",
)

inzet = Table(
    "inzet",
    metadata,
    Column(
        "id", String(36), primary_key=True, comment="UUID, afgeleid van de toewijzing en de hoeveelste zij daarop is"
    ),
    Column("hoofdaannemer", String(CODE), nullable=False),
    Column("toewijzing", String(36), nullable=False, index=True),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("bsn", Bsntekst, nullable=False),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("partner", String(CODE), nullable=False),
    Column("klasse", Text, nullable=False),
    Column("van", Date, nullable=False),
    Column("tot", Date, comment="de dag voor van als er niets van overbleef"),
    Column("aanname", String(10), nullable=False),
    Column("aangeboden_op", Moment, nullable=False),
    Column("overlap_bedoeld", Boolean, nullable=False),
    Column("ingetrokken", Boolean, nullable=False),
    Column("segment", Text, comment="van het product; leeg: in geen"),
    Column("effectief_van", Date, comment="wat inzet en toewijzing delen; leeg: vervallen"),
    Column("effectief_tot", Date),
    Column("versie", Integer, nullable=False),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van de wijziging die deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    Index("ix_inzet_hoofdaannemer", "hoofdaannemer", "wijziging", "id"),
    Index("ix_inzet_partner", "partner", "wijziging", "id"),
    comment="Een toewijzing, of een periode ervan, die aan een partner is doorgegeven",
)

geleverd = Table(
    "geleverd",
    metadata,
    Column("inzet", String(36), primary_key=True),
    Column("maand", String(MAAND), primary_key=True),
    Column("aantal", Integer, nullable=False),
    comment="Hoeveel dagen of stuks er geleverd zijn",
)

inzetmelding = Table(
    "inzetmelding",
    metadata,
    Column("volgnummer", BigInteger, primary_key=True, comment="uit de reeks van bericht.volgnummer"),
    Column("partner", String(CODE), nullable=False),
    Column("hoofdaannemer", String(CODE), nullable=False),
    Column("inzet", String(36), nullable=False),
    Column("soort", String(14), nullable=False, comment="inzorgmelding of uitzorgmelding"),
    Column("moment", Moment, nullable=False),
    Index("ix_inzetmelding_partner", "partner", "volgnummer"),
    comment="Wat een partner in zijn postvak krijgt",
)

partnermelding = Table(
    "partnermelding",
    metadata,
    Column("volgnummer", BigInteger, primary_key=True, comment="uit de reeks van bericht.volgnummer"),
    Column("inzet", String(36), nullable=False, index=True),
    Column("soort", String(9), nullable=False, comment="start of stop"),
    Column("datum", Date, nullable=False),
    Column("reden", String(2), comment="RedenBeeindiging van een stop"),
    Column("moment", Moment, nullable=False),
    Column("wie", String(CODE), nullable=False),
    comment="Starts en stops die een partner meldde",
)

maandstaat = Table(
    "maandstaat",
    metadata,
    _van_wie(),
    Column("partner", String(CODE), primary_key=True),
    Column("maand", String(MAAND), primary_key=True),
    Column("nummer", Text, nullable=False, comment="JJJJ-MM/partner/n"),
    Column("deelmaand", String(10), nullable=False, comment="de regel waarmee gerekend is"),
    Column("regels", Zegeljson("maandstaat.regels", ("hoofdaannemer",)), nullable=False),
    Column(
        "per_inzet",
        Zegeljson("maandstaat.per_inzet", ("hoofdaannemer",)),
        nullable=False,
        comment="wat de regels per inzet opleveren, in eurocent",
    ),
    Column("correcties", Zegeljson("maandstaat.correcties", ("hoofdaannemer",)), nullable=False),
    Column("bijdragen", JSON, nullable=False),
    Column("vastgesteld_op", Moment, nullable=False),
    Column("wie", String(CODE), nullable=False),
    comment="Vastgestelde maandstaten; zij veranderen nooit",
)
