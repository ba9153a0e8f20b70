"""The facts that steering figures rest on: derived from the messages that count, written with what these bring about, and made again by
a rebuild.

Days are numbers (``date.toordinal``) and a Bsn is one too, so that both databases count with them in their indexes. ``paar`` is whose
a fact is: law, gemeente and aanbieder in one number (``stuurpaar``), so that all of a gemeente lies together in an index, and all of an
aanbieder in as many places as it has gemeenten. What a figure counts of many facts stands whole in an index, by the day that says whether it
counts: nothing is looked up beside it, and what is long past is not read. A partial index is used by who asks for days from one to another; who says
besides that there is a day at all, has SQLite begin at the first there is.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, String, Table, text

from ..personen import Bsngetal
from .basis import metadata


def _product() -> tuple[Column[str], ...]:
    return (
        Column("categorie", String(2), comment="leeg bij een generieke toewijzing"),
        Column("code", String(5)),
    )


_START_OP, _EINDE = text("start_op IS NOT NULL"), text("einde IS NOT NULL")

toewijzingfeit = Table(
    "toewijzingfeit",
    metadata,
    Column("paar", BigInteger, primary_key=True, autoincrement=False, comment="wet, gemeente en aanbieder"),
    Column("client", Bsngetal, primary_key=True, autoincrement=False, comment="de Bsn"),
    Column("toewijzingnummer", BigInteger, primary_key=True, autoincrement=False),
    *_product(),
    Column("ingang", Integer, nullable=False, comment="dagen als getal"),
    Column("einde", Integer),
    Column("wacht", Integer, nullable=False, comment="vanaf wanneer de cliënt wacht"),
    Column("bekend", Integer, nullable=False, comment="ontvangst van het eerste 301"),
    Column("start", Integer, comment="eerste Begindatum"),
    Column("start_op", Integer, comment="ontvangst van die start"),
    Column("gestopt_op", Integer, comment="ontvangst van de definitieve stop op de laatste start"),
    Column("budget", Integer, comment="eurocent"),
    Column("volume", Integer),
    Column("eenheid", String(2)),
    Column("frequentie", String(1)),
    Index("ix_toewijzingfeit_start", "paar", "start", "wacht", "ingang", "einde", "client", "categorie", "code"),
    Index(
        "ix_toewijzingfeit_start_op", "paar", "start_op", "start", "bekend", "client", "categorie", "code",
        sqlite_where=_START_OP, postgresql_where=_START_OP,
    ),
    Index(
        "ix_toewijzingfeit_einde", "paar", "einde", "ingang", "categorie", "code", "budget", "volume", "eenheid", "frequentie",
        "client", "start", "gestopt_op",
        sqlite_where=_EINDE, postgresql_where=_EINDE,
    ),
    comment="Wat cijfers van een toewijzing nodig hebben; wat verwijderd is staat er niet in",
)  # fmt: skip

_BEGIN, _LAATSTE = text("begin IS NOT NULL"), text("laatste IS NOT NULL")
_GELEVERD, _STOP = text("geleverd_van IS NOT NULL"), text("stop_op IS NOT NULL")

leverfeit = Table(
    "leverfeit",
    metadata,
    Column("paar", BigInteger, nullable=False, comment="wet, gemeente en aanbieder"),
    Column("client", Bsngetal, nullable=False, comment="de Bsn"),
    Column("toewijzingnummer", BigInteger, comment="leeg bij taakgerichte levering"),
    *_product(),
    Column("zicht", SmallInteger, nullable=False, comment="0 voor beide, 1 voor de gemeente, 2 voor de aanbieder"),
    Column("start", Integer, comment="Begindatum; dagen als getal"),
    Column("einde", Integer, comment="de laatste dag van de span; leeg: open"),
    Column("geleverd_van", Integer, comment="leeg: er is niets geleverd"),
    Column("geleverd_tot", Integer),
    Column("reden", String(2), comment="van de definitieve stop"),
    Column("begin", Integer, comment="de eerste dag van het traject, als dat hiermee begint"),
    Column("laatste", Integer, comment="de laatste dag van het traject, als dat hiermee eindigt"),
    Column("duur", Integer, comment="van dat traject, in dagen"),
    Column("van", Integer, comment="van wanneer tot wanneer dit het traject tekent"),
    Column("tot", Integer),
    Column("stop", Integer, comment="Einddatum van een definitieve stop"),
    Column("stop_op", Integer, comment="ontvangst daarvan"),
    Index("ix_leverfeit_client", "client", "paar", "zicht", "begin", "laatste", "categorie"),
    Index(
        "ix_leverfeit_begin", "paar", "begin", "zicht", "client", "categorie", "code",
        sqlite_where=_BEGIN, postgresql_where=_BEGIN,
    ),
    Index(
        "ix_leverfeit_laatste", "paar", "laatste", "zicht", "client", "categorie", "code", "duur", "reden",
        sqlite_where=_LAATSTE, postgresql_where=_LAATSTE,
    ),
    Index(
        "ix_leverfeit_geleverd", "paar", "geleverd_tot", "geleverd_van", "client", "categorie", "code", "toewijzingnummer",
        sqlite_where=_GELEVERD, postgresql_where=_GELEVERD,
    ),
    Index("ix_leverfeit_tot", "paar", "tot", "van", "zicht", "client", "categorie", "code"),
    Index(
        "ix_leverfeit_stop", "paar", "stop_op", "stop", "client", "categorie", "code",
        sqlite_where=_STOP, postgresql_where=_STOP,
    ),
    comment="Wat er van starts en stops komt: spannen, en de trajecten die zij samen zijn",
)  # fmt: skip
