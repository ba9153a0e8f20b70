"""What a transition between releases left behind: pairs of a message and its answer, and envelopes of which nothing came."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, case, func, select

from ...standaard.berichtsoort import BERICHTSOORTEN
from ..tabellen.berichten import bericht
from ..tabellen.keten import zending
from .zendingen import AFGEKEURD

_antwoord = bericht.alias("antwoord")
_HEEN = [code for code, soort in BERICHTSOORTEN.items() if not soort.beantwoordt]


def paren(verbinding: Connection) -> Sequence[Row[tuple[str, str, str, int, int, int]]]:
    """The heenberichten by law, release and kind: how many there are, how many have an answer, and how many of those in another
    release."""
    heen = (bericht.c.domein, bericht.c.versie, bericht.c.berichtsoort)
    anders = func.sum(case((_antwoord.c.versie != bericht.c.versie, 1), else_=0))
    vraag = (
        select(
            *heen, func.count().label("aantal"), func.count(_antwoord.c.id).label("beantwoord"), anders.label("anders")
        )
        .outerjoin(_antwoord, _antwoord.c.antwoord_op == bericht.c.id)
        .where(bericht.c.berichtsoort.in_(_HEEN))
    )
    return verbinding.execute(vraag.group_by(*heen).order_by(*heen)).all()


def kwijt(verbinding: Connection) -> list[str]:
    """The functies of envelopes that were taken in, and of which neither a message nor a refusal came."""
    vraag = select(zending.c.functie).where(
        zending.c.bericht.is_(None), ~zending.c.foutbericht, zending.c.status != AFGEKEURD
    )
    return list(verbinding.execute(vraag.order_by(zending.c.functie)).scalars())
