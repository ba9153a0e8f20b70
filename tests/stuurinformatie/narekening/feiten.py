"""The facts of a region in DuckDB: what the messages say, and what the hoofdaannemer and the gemeenten loaded."""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from sqlalchemy import Connection, select
from tests.stuurinformatie.narekening import kalender
from tests.stuurinformatie.narekening.lezer import Feiten, Opgeslagen, Rij, lees, van_json

from berichtenverkeer.opslag.tabellen import bureau as h
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.partijen import instelling, productcode, tarief

_KOP = "bericht VARCHAR, volg BIGINT, domein VARCHAR, gemeente VARCHAR, aanbieder VARCHAR, dag DATE"
_LEVERING = "bsn VARCHAR, nummer BIGINT, cat VARCHAR, code VARCHAR, begin DATE"

TABELLEN = {
    "bericht": f"{_KOP}, nummer VARCHAR, soort VARCHAR, afzender VARCHAR, heen BOOLEAN, oordeel VARCHAR, zelf BOOLEAN, telt BOOLEAN, retour DATE",
    "bevinding": "bericht VARCHAR, regel VARCHAR",
    "versie": f"{_KOP}, bsn VARCHAR, nummer BIGINT, cat VARCHAR, code VARCHAR, vast TIMESTAMP, dagtekening DATE, identificatie VARCHAR,"
    " ingang DATE, eind DATE, volume BIGINT, eenheid VARCHAR, frequentie VARCHAR, budget BIGINT, reden VARCHAR, referentie VARCHAR",
    "start": f"{_KOP}, {_LEVERING}, status VARCHAR",
    "stop": f"{_KOP}, {_LEVERING}, reden VARCHAR, eind DATE, status VARCHAR",
    "verzoek": f"{_KOP}, bsn VARCHAR, referentie VARCHAR",
    "antwoord": f"{_KOP}, referentie VARCHAR",
    "prestatie": f"{_KOP}, bsn VARCHAR, referentie VARCHAR, vorig VARCHAR, nummer BIGINT, cat VARCHAR, code VARCHAR, begin DATE, eind DATE,"
    " bedrag BIGINT, dc VARCHAR, uitkomst VARCHAR, adag DATE, avolg BIGINT",
    "kalender": "dag DATE, n BIGINT, vrij BOOLEAN",
    "tarief": "gemeente VARCHAR, aanbieder VARCHAR, code VARCHAR, eenheid VARCHAR, van DATE, tot DATE, eurocent BIGINT",
    "productcode": "gemeente VARCHAR, cat VARCHAR, code VARCHAR, eenheid VARCHAR, variant VARCHAR, van DATE, tot DATE",
    "instelling": "gemeente VARCHAR, aanbieder VARCHAR, naam VARCHAR, waarde VARCHAR",
    "segment": "h VARCHAR, cat VARCHAR, code VARCHAR, segment VARCHAR",
    "inzet_": "h VARCHAR, id VARCHAR, domein VARCHAR, gemeente VARCHAR, nummer BIGINT, bsn VARCHAR, partner VARCHAR, klasse VARCHAR, van DATE,"
    " tot DATE, aanname VARCHAR, ingetrokken BOOLEAN",
    "plek": "h VARCHAR, gemeente VARCHAR, segment VARCHAR, partner VARCHAR, van DATE, tot DATE, aantal BIGINT",
    "lumpsum": "h VARCHAR, gemeente VARCHAR, segment VARCHAR, jaar BIGINT, eurocent BIGINT",
    "bijdrage": "h VARCHAR, segment VARCHAR, van DATE, tot DATE, procent DECIMAL(9, 4)",
    "maandregel": "h VARCHAR, partner VARCHAR, maand DATE, inzet VARCHAR, gemeente VARCHAR, segment VARCHAR, bedrag BIGINT",
}
"""The columns by table."""


def open_feiten(feiten: Feiten, geladen: dict[str, list[Rij]] | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory with these facts, and with what was loaded, by table."""
    db = duckdb.connect(":memory:", config={"threads": 1})
    db.execute("SET TimeZone = 'UTC'")
    rijen: dict[str, Sequence[Rij]] = {naam: getattr(feiten, naam) for naam in Feiten.__dataclass_fields__}
    rijen |= {"kalender": kalender.dagen()} | (geladen or {})
    for naam, kolommen in TABELLEN.items():
        db.execute(f"CREATE TABLE {naam} ({kolommen})")
        _vul(db, naam, rijen.get(naam, ()))
    return db


def uit_database(verbinding: Connection) -> tuple[Feiten, dict[str, list[Rij]]]:
    """The facts of a node: its table of messages, and what was loaded into it by table."""
    b = bericht.c
    vraag = select(b.id, b.volgnummer, b.inhoud, b.ontvangen_op, b.oordeel, b.beoordeling, b.bevindingen, b.antwoord_op)
    berichten = [
        Opgeslagen(r.id, r.volgnummer, r.inhoud, r.ontvangen_op, r.oordeel, r.beoordeling, van_json(r.bevindingen), r.antwoord_op)
        for r in verbinding.execute(vraag)
    ]  # fmt: skip
    return lees(berichten), _geladen(verbinding)


def _geladen(verbinding: Connection) -> dict[str, list[Rij]]:
    def alles(*kolommen: Any) -> list[Rij]:
        return sorted((tuple(rij) for rij in verbinding.execute(select(*kolommen))), key=str)

    i, p, s, z = instelling.c, productcode.c, h.segmentregel.c, h.inzet.c
    ta, pl, lu, bi = tarief.c, h.plek.c, h.lumpsum.c, h.bijdrage.c
    return {
        "tarief": alles(ta.gemeente, ta.aanbieder, ta.productcode, ta.eenheid, ta.van, ta.tot, ta.eurocent),
        "productcode": alles(p.gemeente, p.categorie, p.code, p.eenheid, p.variant, p.van, p.tot),
        "instelling": alles(i.gemeente, i.aanbieder, i.naam, i.waarde),
        "segment": alles(s.hoofdaannemer, s.categorie, s.code, s.segment),
        "inzet_": alles(
            z.hoofdaannemer, z.id, z.domein, z.gemeente, z.toewijzingnummer, z.bsn, z.partner, z.klasse, z.van, z.tot, z.aanname, z.ingetrokken
        ),
        "plek": alles(pl.hoofdaannemer, pl.gemeente, pl.segment, pl.partner, pl.van, pl.tot, pl.aantal),
        "lumpsum": alles(lu.hoofdaannemer, lu.gemeente, lu.segment, lu.jaar, lu.euro),
        "bijdrage": alles(bi.hoofdaannemer, bi.segment, bi.van, bi.tot, bi.percentage),
        "maandregel": sorted(_maandregels(verbinding), key=str),
    }  # fmt: skip


def _maandregels(verbinding: Connection) -> Iterable[Rij]:
    """Of fixed maandstaten the lines, and the corrections in the month that they are over."""
    for m in verbinding.execute(select(h.maandstaat)):
        for regel in van_json(m.regels):
            inzet, gemeente, _, _, segment, *_, bedrag, _ = regel
            yield m.hoofdaannemer, m.partner, f"{m.maand}-01", inzet, gemeente, segment, bedrag
        for correctie in van_json(m.correcties):
            maand, inzet, bedrag, _ = correctie
            yield m.hoofdaannemer, m.partner, f"{maand}-01", inzet, None, None, bedrag


def _vul(db: duckdb.DuckDBPyConnection, naam: str, rijen: Sequence[Rij]) -> None:
    """All rows at once: one by one they take long."""
    if rijen:
        kolommen = pa.table({f"k{plek}": list(kolom) for plek, kolom in enumerate(zip(*rijen, strict=True))})
        db.register("nieuw", kolommen)
        db.execute(f"INSERT INTO {naam} SELECT * FROM nieuw")
        db.unregister("nieuw")
