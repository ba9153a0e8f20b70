"""What follows from messages about a client, and can be rebuilt from them (``herbouw``). ``vervallen`` holds what once followed and no
longer does; ``dossierbeeld`` saves folding a dossier from its beginning."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from ..personen import Bsntekst, Dossiersleuteltekst, Vrijetekst, Zegelbytes, Zegeltekst
from .basis import Moment, metadata

FEIT = "gebeurtenis.feit"
"""What a feit is sealed for."""

gebeurtenis = Table(
    "gebeurtenis",
    metadata,
    Column("bericht", String(36), ForeignKey("bericht.id"), primary_key=True),
    Column("nummer", Integer, primary_key=True, comment="plaats in het bericht, in volgorde van verwerking"),
    Column("dossier", Dossiersleuteltekst, nullable=False),
    Column("volgnummer", BigInteger, nullable=False, comment="dat van het bericht"),
    Column("toewijzingnummer", BigInteger, comment="leeg bij taakgerichte levering"),
    Column("soort", String(20), nullable=False, comment="de klasse van feit"),
    Column("feit", Zegeltekst(FEIT), nullable=False, comment="de klasse uit het bericht, als JSON"),
    Index("ix_gebeurtenis_dossier", "dossier", "volgnummer"),
)

dossierbeeld = Table(
    "dossierbeeld",
    metadata,
    Column("dossier", Dossiersleuteltekst, primary_key=True),
    Column("tot", BigInteger, nullable=False, comment="volgnummer van het laatste bericht dat erin verwerkt is"),
    Column("beeld", Zegelbytes("dossierbeeld.beeld"), nullable=False, comment="het dossier als JSON"),
    comment="Een dossier zoals het staat, om niet alle gebeurtenissen te hoeven lezen; mag altijd weg",
)

_GEZOCHT = ("levering", "categorie", "code", "toewijzingnummer", "verwijderd", "ingangsdatum", "einddatum", "domein")
"""What toewijzingen are searched by: in the index of their order, so that a search for one in a thousand reads the index only."""

_LEVERING_OPEN = text("NOT verwijderd AND levering <> 'definitief_gestopt'")

_NIET_GESTART = text("NOT verwijderd AND levering = 'niet_gestart'")

_GESTART = text("NOT verwijderd AND start_gemeld_op IS NOT NULL")

_GESTOPT_OM = text("NOT verwijderd AND einde_reden = '37'")

_GEWIJZIGD = text("versie > 1")

toewijzing = Table(
    "toewijzing",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van domein, gemeente en nummer"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("bsn", Bsntekst, nullable=False),
    Column("toewijzingnummer", BigInteger, nullable=False),
    Column("categorie", String(2)),
    Column("code", String(5)),
    Column("ingangsdatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("volume", Integer),
    Column("eenheid", String(2)),
    Column("frequentie", String(1)),
    Column("budget", Integer, comment="eurocent"),
    Column("verwijderd", Boolean, nullable=False),
    Column("levering", String(20), nullable=False),
    Column("geleverd_van", Date, comment="Begindatum van de eerste start die staat"),
    Column("geleverd_tot", Date, comment="Einddatum van de laatste stop; leeg zolang een start open is"),
    Column("einde_reden", String(2), comment="RedenBeeindiging van de laatste stop"),
    Column("start_gemeld_op", Moment, comment="wanneer het bericht met de eerste start binnenkwam"),
    Column("verzoek", String(20), comment="toestand van het laatste verzoek dat haar noemt"),
    Column("verlenging_gevraagd", Boolean, comment="dat verzoek loopt nog en vraagt een latere Einddatum"),
    Column("commentaar", Vrijetekst("toewijzing.commentaar"), comment="Commentaar bij de geldende versie"),
    Column("versie", Integer, nullable=False),
    Column("bericht", String(36), comment="het bericht met de geldende versie"),
    Column("bekend_op", Moment, comment="wanneer het eerste 301 met dit nummer binnenkwam"),
    Column(
        "start_vanaf",
        Date,
        comment="vanaf wanneer de termijn van de start telt: Ingangsdatum, of bekend_op als die later is",
    ),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    UniqueConstraint("domein", "gemeente", "toewijzingnummer"),
    Index("ix_toewijzing_aanbieder", "aanbieder", "wijziging", "id", "gemeente", *_GEZOCHT),
    Index("ix_toewijzing_gemeente", "gemeente", "wijziging", "id", "aanbieder", *_GEZOCHT),
    Index("ix_toewijzing_paar", "gemeente", "aanbieder", "wijziging", "id"),
    Index("ix_toewijzing_bsn", "bsn"),
    Index("ix_toewijzing_nummer", "toewijzingnummer"),
    *(
        Index(f"ix_toewijzing_{naam}_{kant}", kant, *kolommen, sqlite_where=waar, postgresql_where=waar)
        for kant in ("aanbieder", "gemeente")
        for naam, kolommen, waar in (
            ("open", ("levering", "einddatum"), _LEVERING_OPEN),
            ("niet_gestart", ("start_vanaf", "id", "einddatum"), _NIET_GESTART),
            ("gestart", ("start_gemeld_op",), _GESTART),
            ("gestopt_om", ("einddatum",), _GESTOPT_OM),
            ("gewijzigd", (), _GEWIJZIGD),
        )
    ),
)

verzoek = Table(
    "verzoek",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van domein, aanbieder en referentie"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("bsn", Bsntekst, nullable=False),
    Column("soort", String(3), nullable=False, comment="VOT of VOW"),
    Column("referentie", String(36), nullable=False, comment="ReferentieAanbieder"),
    Column("toestand", String(20), nullable=False),
    Column("toewijzingnummers", JSON, nullable=False, comment="die het noemt, en die het honoreren"),
    Column("bericht", String(36), ForeignKey("bericht.id"), nullable=False, comment="het 315 of 317"),
    Column("ingediend_op", Moment, nullable=False),
    Column("dagtekening", Date, nullable=False),
    Column(
        "beantwoord_op", Moment, comment="wanneer het eerste antwoord binnenkwam: een 319, of een 301 dat het honoreert"
    ),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat deze stand gaf"),
    Column("gewijzigd_op", Moment, nullable=False),
    UniqueConstraint("domein", "aanbieder", "referentie"),
    Index("ix_verzoek_aanbieder", "aanbieder", "wijziging", "id"),
    Index("ix_verzoek_gemeente", "gemeente", "wijziging", "id"),
    Index("ix_verzoek_bsn", "bsn"),
)

vervallen = Table(
    "vervallen",
    metadata,
    Column("id", String(36), primary_key=True, comment="wat zij was in de lijst"),
    Column("lijst", String(20), nullable=False, comment="toewijzingen of verzoeken"),
    Column("dossier", Dossiersleuteltekst, nullable=False, index=True),
    Column("domein", String(4), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("aanbieder", String(8), nullable=False),
    Column("wijziging", BigInteger, nullable=False, comment="volgnummer van het bericht dat haar liet vervallen"),
    Index("ix_vervallen_aanbieder", "aanbieder", "lijst", "wijziging"),
    Index("ix_vervallen_gemeente", "gemeente", "lijst", "wijziging"),
    comment="Wat eens in een lijst stond en er niet meer in staat, tenzij het terugkwam",
)
