"""What may stand on a work list, for one party: what it may see is part of every query, and each goes by an index.

Every row has ``id, domein, gemeente, aanbieder, bsn, toewijzingnummer`` and the ids of what it is about: ``toewijzing``,
``verzoek`` and ``bericht``, empty where there is none.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, exists, func, null, or_, select, text

from ..levensloop.kalender import plus_dagen
from ..levensloop.overgangen import Leveringstoestand, Verzoektoestand
from ..levensloop.variant import Variant
from .enveloppen import foutbericht_op_bericht
from .tabellen import bericht, productcode, toewijzing, verzoek

_CIJFERS_GEMEENTE = 4

Rij = Mapping[Any, Any]

t, v = toewijzing, verzoek
_opvolger = toewijzing.alias("opvolger")
_antwoord = bericht.alias("antwoord")

_OPEN = text("bericht.oordeel IN ('voorlopig', 'in_verwerking')")
"""In the words of the indexes, else SQLite does not use them."""


def onbeantwoord(verbinding: Connection, partij: str, soorten: Collection[str]) -> Iterator[Rij]:
    """Messages of these kinds that this party sent or is to answer, and that have no answer yet.

    ``in_handen_op`` is since when who is to answer has it: the node at once, a party that judges for itself when it is Bezorgd.
    What a foutbericht of that party refuses counts as never sent (OP286), so nothing answers it.
    """
    b = bericht.c
    van_gemeente = func.length(b.verzender) == _CIJFERS_GEMEENTE
    for kant in (b.verzender, b.bestemming):
        vraag = select(
            b.id,
            b.domein,
            case((van_gemeente, b.verzender), else_=b.bestemming).label("gemeente"),
            case((van_gemeente, b.bestemming), else_=b.verzender).label("aanbieder"),
            b.dossier,
            null().label("toewijzingnummer"),
            null().label("toewijzing"),
            null().label("verzoek"),
            b.id.label("bericht"),
            b.berichtsoort,
            b.ontvangen_op,
            case((b.oordeel == "voorlopig", b.bevestigd_op), else_=b.ontvangen_op).label("in_handen_op"),
        ).where(
            kant == partij, _OPEN, b.berichtsoort.in_(soorten),
            ~exists().where(_antwoord.c.antwoord_op == b.id), ~foutbericht_op_bericht(),
        )  # fmt: skip
        for rij in verbinding.execute(vraag).mappings():
            yield {**rij, "bsn": rij["dossier"].rpartition("/")[2] if rij["dossier"] else None}


def verzoeken(
    verbinding: Connection, partij: str, toestanden: Collection[Verzoektoestand], soort: str | None = None
) -> Iterator[Rij]:
    """Requests in one of these states, of both kinds or of one."""
    vraag = select(
        v, null().label("toewijzingnummer"), null().label("toewijzing"), v.c.id.label("verzoek")
    ).where(_van_partij(v, partij), v.c.toestand.in_(toestanden))  # fmt: skip
    yield from verbinding.execute(vraag if soort is None else vraag.where(v.c.soort == soort)).mappings()


def zonder_start(verbinding: Connection, partij: str, tot: date, einde_vanaf: date) -> Iterator[Rij]:
    """Toewijzingen on which nothing started, that began and came in on ``tot`` or earlier and end on ``einde_vanaf`` or
    later. Those of a product code that the gemeente has delivered taakgericht need no start (OP295)."""
    na_tot = datetime.combine(plus_dagen(tot, 1), time.min, UTC)
    return _toewijzingen(
        verbinding,
        partij,
        t.c.levering == Leveringstoestand.NIET_GESTART,
        t.c.ingangsdatum <= tot,
        or_(t.c.bekend_op.is_(None), t.c.bekend_op < na_tot),
        or_(t.c.einddatum.is_(None), t.c.einddatum >= einde_vanaf),
        ~exists().where(
            productcode.c.gemeente == t.c.gemeente,
            productcode.c.categorie == t.c.categorie,
            productcode.c.code == t.c.code,
            productcode.c.van <= t.c.ingangsdatum,
            or_(productcode.c.tot.is_(None), productcode.c.tot >= t.c.ingangsdatum),
            productcode.c.variant == Variant.TAAKGERICHT,
        ),
    )


def gestart(verbinding: Connection, partij: str, sinds: date) -> Iterator[Rij]:
    """Toewijzingen whose first start was reported on this day or later."""
    vanaf = datetime.combine(sinds, time.min, UTC)
    return _toewijzingen(verbinding, partij, t.c.geleverd_van.is_not(None), t.c.start_gemeld_op >= vanaf)


def zonder_stop(verbinding: Connection, partij: str, vandaag: date) -> Iterator[Rij]:
    """Toewijzingen that ended before today and whose levering did not."""
    lopend = (Leveringstoestand.GESTART, Leveringstoestand.TIJDELIJK_GESTOPT)
    return _toewijzingen(verbinding, partij, t.c.levering.in_(lopend), t.c.einddatum < vandaag)


def eindigend(verbinding: Connection, partij: str, van: date, tot: date) -> Iterator[Rij]:
    """Toewijzingen that end on one of these days, not definitely stopped, and with nothing that follows."""
    return _toewijzingen(
        verbinding,
        partij,
        t.c.levering != Leveringstoestand.DEFINITIEF_GESTOPT,
        t.c.einddatum.between(van, tot),
        ~_gevolgd_na(t.c.einddatum),
    )


def gestopt_om(verbinding: Connection, partij: str, reden: str, einde_vanaf: date) -> Iterator[Rij]:
    """Toewijzingen that end on this day or later, whose levering stopped for this RedenBeeindiging, and with nothing that
    follows."""
    return _toewijzingen(
        verbinding,
        partij,
        t.c.levering == Leveringstoestand.DEFINITIEF_GESTOPT,
        t.c.einde_reden == reden,
        or_(t.c.einddatum.is_(None), t.c.einddatum >= einde_vanaf),
        ~_gevolgd_na(t.c.geleverd_tot),
    )


def _gevolgd_na(einde: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether this client has a toewijzing of the same category at the same aanbieder that begins after ``einde``."""
    return exists().where(
        and_(
            _opvolger.c.dossier == t.c.dossier,
            _opvolger.c.categorie.is_not_distinct_from(t.c.categorie),
            _opvolger.c.ingangsdatum > einde,
            _opvolger.c.verwijderd.is_(False),
        )
    )


def _toewijzingen(verbinding: Connection, partij: str, *voorwaarden: ColumnElement[bool]) -> Iterator[Rij]:
    vraag = select(*(t.c[naam] for naam in _KOLOMMEN), t.c.id.label("toewijzing"), null().label("verzoek"))
    yield from verbinding.execute(
        vraag.where(_van_partij(t, partij), t.c.verwijderd.is_(False), *voorwaarden)
    ).mappings()


_KOLOMMEN = (
    "id", "domein", "gemeente", "aanbieder", "bsn", "toewijzingnummer", "bericht", "ingangsdatum", "einddatum",
    "levering", "geleverd_van", "geleverd_tot", "start_gemeld_op", "bekend_op",
)  # fmt: skip


def _van_partij(tabel: Table, code: str) -> ColumnElement[bool]:
    return (tabel.c.gemeente if len(code) == _CIJFERS_GEMEENTE else tabel.c.aanbieder) == code
