"""What a proposal needs besides the dossier: the last 301 of a client, free numbers, and who is on an old product code."""

from collections.abc import Collection

from sqlalchemy import Connection, func, or_, select

from ..oordeel.oordeel import Uitslag
from ..standaard.berichtsoort import berichtsoort
from ..standaard.domein import Domein
from .tabellen import bericht as b
from .tabellen import toewijzing as t

_TELT = (Uitslag.GOEDGEKEURD, Uitslag.VOORLOPIG)
_301 = [berichtsoort(domein, "301").code for domein in Domein]


def laatste_toewijzingsbericht(verbinding: Connection, dossiers: Collection[str]) -> dict[str, bytes]:
    """The bytes of the last 301 of each of these dossiers that was not rejected, as far as there is one."""
    laatste = (
        select(func.max(b.c.volgnummer))
        .where(b.c.dossier.in_(dossiers), b.c.berichtsoort.in_(_301), b.c.oordeel.in_(_TELT))
        .group_by(b.c.dossier)
    )
    gevonden = verbinding.execute(select(b.c.dossier, b.c.inhoud).where(b.c.volgnummer.in_(laatste)))
    return {rij.dossier: rij.inhoud for rij in gevonden}


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
