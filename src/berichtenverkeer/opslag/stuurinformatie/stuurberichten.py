"""Of which facts a figure on messages or requests is made."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, or_, text, true

from ...standaard.domein import Domein
from ...stuurinformatie.kpi import Bron, Kpi
from ...stuurinformatie.tijd import Tijdvak
from ..dag import begin_van, dag_van
from ..tabellen.berichten import bericht
from ..tabellen.dossiers import verzoek
from .stuurbronnen import Kijker, Vraag

HEEN = tuple(f"{wet}{nummer}" for wet in ("WMO", "JW") for nummer in ("301", "305", "307", "315", "317", "319", "323"))
_323 = ("WMO323", "JW323")


def _tussen(moment: ColumnElement[Any], tijdvak: Tijdvak) -> ColumnElement[bool]:
    """Whether a moment lies on a day of a period, in the words of an index."""
    begin, na = (begin_van(date.fromordinal(dag)) for dag in (tijdvak.van, tijdvak.tot + 1))
    return and_(moment >= begin, moment < na)


def _gemeente_of_aanbieder(kolommen: Sequence[ColumnElement[Any]], lengte: int) -> ColumnElement[Any]:
    een, ander = kolommen
    return case((func.length(een) == lengte, een), else_=ander)


def van_bericht(verbinding: Connection, kpi: Kpi, wie: Kijker, tijdvak: Tijdvak) -> Vraag:
    """The messages received in a period, their retour or their bevindingen."""
    c = bericht.c
    waar: list[Any] = [
        text("bericht.antwoord_op IS NULL"),
        c.berichtsoort.in_([soort for soort in HEEN if kpi.bron is not Bron.ANTWOORD or soort not in _323]),
        or_(c.verzender == wie.code, c.bestemming == wie.code),
        _tussen(c.ontvangen_op, tijdvak),
    ]
    f = SimpleNamespace(ontvangen=dag_van(c.ontvangen_op), oordeel=c.oordeel)
    kanten = (c.verzender, c.bestemming)
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": case((c.berichtsoort.like("WMO%"), str(Domein.IWMO)), else_=str(Domein.IJW)),
        "gemeente": _gemeente_of_aanbieder(kanten, 4),
        "aanbieder": _gemeente_of_aanbieder(kanten, 8),
        "berichtsoort": c.berichtsoort,
        "afzender": c.verzender,
    }
    van: FromClause = bericht
    if kpi.bron is Bron.ANTWOORD:
        retour = bericht.alias("retour")
        van = van.join(retour, retour.c.antwoord_op == c.id)
        f.antwoord = dag_van(retour.c.ontvangen_op)
        waar.append(c.beoordeling == "partij")
    else:
        waar.append(c.oordeel.not_in(("voorlopig", "in_verwerking")))
    plek: tuple[ColumnElement[Any], ...] = ()
    if kpi.bron is Bron.BEVINDING:
        waar.append(c.oordeel.in_(("afgekeurd", "deels_goedgekeurd")))
        if verbinding.dialect.name == "postgresql":
            los = (
                func.json_array_elements(c.bevindingen)
                .table_valued("value", with_ordinality="key", name="los")
                .render_derived()
            )
            regel: Any = los.c.value.op("->>")("regel")
            ernst: Any = los.c.value.op("->>")("ernst")
        else:
            los = func.json_each(c.bevindingen).table_valued("value", "key", name="los")
            regel = func.json_extract(los.c.value, "$.regel")
            ernst = func.json_extract(los.c.value, "$.ernst")
        van = van.join(los, true())
        sleutels["regel"] = regel
        waar.append(func.coalesce(ernst, "fout") == "fout")
        plek = (los.c.key,)
    return Vraag(f, van, tuple(waar), sleutels, c.dossier, (c.dossier, c.id, *kanten), (c.volgnummer, *plek))


def van_verzoek(wie: Kijker, tijdvak: Tijdvak) -> Vraag:
    """The requests of which the first answer was received in a period."""
    c = verzoek.c
    f = SimpleNamespace(ingediend=dag_van(c.ingediend_op), beantwoord=dag_van(c.beantwoord_op))
    voorvoegsel = case((c.domein == str(Domein.IWMO), "WMO"), else_="JW")
    nummer = case((c.soort == "VOT", "315"), else_="317")
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": c.domein,
        "gemeente": c.gemeente,
        "aanbieder": c.aanbieder,
        "berichtsoort": voorvoegsel + nummer,
    }
    waar = (
        (c.gemeente if wie.is_gemeente else c.aanbieder) == wie.code,
        _tussen(c.beantwoord_op, tijdvak),
    )
    return Vraag(f, verzoek, waar, sleutels, c.bsn, (c.gemeente, c.aanbieder, c.bsn, c.bericht), (c.id,))
