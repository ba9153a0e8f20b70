"""Declaraties and their Prestaties: they follow from messages too."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, text

from ..personen import Dossiersleuteltekst
from .basis import Moment, metadata

_ALS_GEHEEL = text("toestand IN ('niet_verzonden', 'afgekeurd')")

declaratie = Table(
    "declaratie",
    metadata,
    Column("id", String(36), ForeignKey("bericht.id"), primary_key=True, comment="het 323"),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("declaratienummer", String(12), nullable=False),
    Column("begin", Date, nullable=False, comment="DeclaratiePeriode"),
    Column("eind", Date, nullable=False),
    Column("ingediend", BigInteger, nullable=False, comment="eurocent; credit is negatief"),
    Column("toegekend", BigInteger, comment="eurocent; leeg zolang er geen 325 is"),
    Column("toestand", String(20), nullable=False),
    Column("antwoord", String(36), ForeignKey("bericht.id"), comment="het 325"),
    Column("beantwoord", Date, comment="de dag waarop dat binnenkwam"),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    Index("ix_declaratie_nummer", "domein", "aanbieder", "declaratienummer"),
    Index("ix_declaratie_aanbieder", "aanbieder", "wijziging", "id"),
    Index("ix_declaratie_gemeente", "gemeente", "wijziging", "id"),
    Index("ix_declaratie_beantwoord_aanbieder", "aanbieder", "beantwoord", "id"),
    Index("ix_declaratie_beantwoord_gemeente", "gemeente", "beantwoord", "id"),
    Index("ix_declaratie_afgekeurd", "aanbieder", sqlite_where=_ALS_GEHEEL, postgresql_where=_ALS_GEHEEL),
)

_AFGEWEZEN = text("toestand = 'afgewezen' AND debet_credit = 'D'")

_CREDIT_AFGEWEZEN = text("toestand = 'afgewezen' AND debet_credit = 'C'")

prestatie = Table(
    "prestatie",
    metadata,
    Column("declaratie", String(36), ForeignKey("declaratie.id"), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="plaats in het bericht, van 0 af"),
    Column("dossier", Dossiersleuteltekst, nullable=False),
    Column("domein", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("referentienummer", String(20), nullable=False),
    Column("vorig_referentienummer", String(20)),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("categorie", String(2), nullable=False),
    Column("code", String(5), nullable=False),
    Column("begin", Date, nullable=False, comment="ProductPeriode"),
    Column("eind", Date, nullable=False),
    Column("volume", Integer, nullable=False, comment="GeleverdVolume, in eenheid"),
    Column("eenheid", String(2), nullable=False),
    Column("tarief", Integer, comment="eurocent"),
    Column("bedrag", Integer, nullable=False, comment="eurocent, zonder teken"),
    Column("debet_credit", String(1), nullable=False),
    Column("toestand", String(20), nullable=False),
    Column("retourcodes", JSON, nullable=False),
    Column("berekening", JSON, nullable=False, comment="de stappen achter een afwijzing"),
    Index("ix_prestatie_dossier", "dossier", "toewijzingnummer"),
    Index("ix_prestatie_referentie", "domein", "aanbieder", "referentienummer"),
    Index("ix_prestatie_afgewezen", "declaratie", sqlite_where=_AFGEWEZEN, postgresql_where=_AFGEWEZEN),
    Index(
        "ix_prestatie_credit_afgewezen", "aanbieder", sqlite_where=_CREDIT_AFGEWEZEN, postgresql_where=_CREDIT_AFGEWEZEN
    ),
)
