"""What a proposal needs besides the dossier: free numbers, and who is on an old product code."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, not_, or_, select

from ...levensloop.kalender import plus_dagen
from ...standaard.domein import Domein
from ..tabellen.dossiers import toewijzing as t


def hoogste_nummer(verbinding: Connection, domein: Domein, gemeente: str) -> int:
    """The highest ToewijzingNummer of a gemeente under this law that is known here; 0 when there is none."""
    hoogste = select(func.max(t.c.toewijzingnummer)).where(t.c.domein == domein, t.c.gemeente == gemeente)
    return int(verbinding.execute(hoogste).scalar() or 0)


def dossiers_op_codes(
    verbinding: Connection,
    domein: Domein,
    gemeente: str,
    codes: Collection[str],
    beginnen: Collection[str],
    limiet: int,
    na: str = "",
) -> list[str]:
    """The dossiers of a gemeente with a toewijzing on one of these product codes, or on a code that begins so; in order,
    those after ``na``."""
    op_code = or_(t.c.code.in_(codes), *(t.c.code.startswith(begin, autoescape=True) for begin in beginnen))
    vraag = select(t.c.dossier).where(t.c.domein == domein, t.c.gemeente == gemeente, op_code, t.c.dossier > na)
    return list(verbinding.execute(vraag.distinct().order_by(t.c.dossier).limit(limiet)).scalars())


def dossiers_over(
    verbinding: Connection, domein: Domein, gemeente: str, per: date, limiet: int, na: str = ""
) -> list[str]:
    """The dossiers of a gemeente with a toewijzing that was not taken back and runs on the day before ``per`` or begins later; in
    order, those after ``na``."""
    loopt = or_(t.c.einddatum.is_(None), t.c.einddatum >= plus_dagen(per, -1))
    vraag = select(t.c.dossier).where(
        t.c.domein == domein, t.c.gemeente == gemeente, loopt, not_(t.c.verwijderd), t.c.dossier > na
    )
    return list(verbinding.execute(vraag.distinct().order_by(t.c.dossier).limit(limiet)).scalars())
