"""A million: what a page of toewijzingen and what one more message cost when there are a million of them, beside a thousand."""

import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from statistics import median

from sqlalchemy import Connection, Engine, text

from berichtenverkeer.opslag.dossiers.toewijzingen import LIJST
from berichtenverkeer.opslag.lijst import Plek

from .dossier import Neemop, maak_node
from .mix import GEMEENTE, bsns, gang

_DAG = date(2026, 3, 2)
ANDER = "99990000"
"""An aanbieder that sends nothing here."""

_REEKS = {
    "postgresql": "generate_series(CAST(:van AS bigint), CAST(:tot AS bigint)) AS r (n)",
    "sqlite": "(WITH RECURSIVE r (n) AS (SELECT :van UNION ALL SELECT n + 1 FROM r WHERE n < :tot) SELECT n FROM r) AS r",
}
_ID = {"postgresql": "lpad(to_hex(n), 32, '0')", "sqlite": "printf('%032x', n)"}
_MOMENT = {"postgresql": "CAST('2026-01-05 12:00:00+00' AS timestamptz)", "sqlite": "'2026-01-05 12:00:00.000000'"}
_LEEG = {"postgresql": "CAST('' AS bytea)", "sqlite": "x''"}


def meet_miljoen(url: str, aantal: int = 1_000_000) -> dict[str, float]:
    """Milliseconds of the first and of the last page of 100 toewijzingen, and of one with a filter that leaves one in a
    thousand; and milliseconds that a message costs with a thousand and with all of them stored."""
    engine, neem_op = maak_node(url)
    try:
        vul(engine, 1, 1000)
        klein = _per_bericht(neem_op, 0)
        vul(engine, 1001, aantal)
        groot = _per_bericht(neem_op, 1000)
        with engine.connect() as verbinding:
            eerste = _ms(lambda: LIJST.zoek(verbinding, ANDER, _DAG, 100, {}))
            laatste = _ms(lambda: LIJST.zoek(verbinding, ANDER, _DAG, 100, {}, Plek(aantal - 100, "")))
            zeldzaam = _ms(lambda: LIJST.zoek(verbinding, ANDER, _DAG, 100, {"product": "02Z99"}))
    finally:
        engine.dispose()
    return {
        "bladzijde_eerste_ms": eerste,
        "bladzijde_laatste_ms": laatste,
        "laatste/eerste": laatste / eerste,
        "een_op_duizend_ms": zeldzaam,
        "een_op_duizend/eerste": zeldzaam / eerste,
        "bericht_bij_1000_ms": klein,
        "bericht_bij_alles_ms": groot,
        "alles/1000": groot / klein,
    }


def _per_bericht(neem_op: Neemop, eerste: int, clienten: int = 60) -> float:
    tijden = []
    for nummer, bsn in zip(range(eerste, eerste + clienten), islice(bsns(), eerste, None), strict=False):
        for van, data in gang(nummer, bsn):
            begin = time.perf_counter()
            neem_op(van, data)
            tijden.append(time.perf_counter() - begin)
    return median(tijden) * 1000


def _ms(vraag: Callable[[], object], keren: int = 15) -> float:
    tijden = []
    for _ in range(keren):
        begin = time.perf_counter()
        vraag()
        tijden.append(time.perf_counter() - begin)
    return median(tijden) * 1000


def vul(engine: Engine, van: int, tot: int) -> None:
    """Messages and toewijzingen of another aanbieder, with these numbers; every thousandth has a product of its own."""
    with engine.connect() as verbinding:
        d = verbinding.dialect.name
        dossier = f"'iwmo/{GEMEENTE}/{ANDER}/' || n"
        bericht = {
            "id": f"{_ID[d]} || 'b'", "volgnummer": "100000000 + n", "domein": "'iwmo'", "berichtsoort": "'WMO301'",
            "identificatie": "'M' || n", "dagtekening": "'2026-01-05'", "afzender": f"'{GEMEENTE}'", "ontvanger": f"'{ANDER}'",
            "verzender": f"'{GEMEENTE}'", "bestemming": f"'{ANDER}'", "dossier": dossier, "ontvangen_op": _MOMENT[d],
            "sha256": _ID[d], "inhoud": _LEEG[d], "oordeel": "'goedgekeurd'", "bevindingen": "'[]'",
            "beoordeling": "'knooppunt'", "dubbel": "false", "aangeboden": "true", "bevestigd_op": _MOMENT[d],
        }  # fmt: skip
        toewijzing = {
            "id": f"{_ID[d]} || 't'", "dossier": dossier, "domein": "'iwmo'", "gemeente": f"'{GEMEENTE}'",
            "aanbieder": f"'{ANDER}'", "bsn": "'999900006'", "toewijzingnummer": "100000000 + n", "categorie": "'02'",
            "code": "CASE WHEN n % 1000 = 0 THEN '02Z99' ELSE '02A01' END", "ingangsdatum": "'2026-01-05'",
            "volume": "4", "eenheid": "'04'", "frequentie": "'2'", "verwijderd": "false", "levering": "'niet_gestart'", "versie": "1",
            "start_vanaf": "'2026-01-05'", "wijziging": "n", "gewijzigd_op": _MOMENT[d],
        }  # fmt: skip
        for tabel, waarden in (("bericht", bericht), ("toewijzing", toewijzing)):
            _voeg_toe(verbinding, tabel, waarden, van, tot)
        verbinding.commit()
        if d == "postgresql":  # which does so by itself; SQLite never does
            verbinding.execute(text("ANALYZE"))
        verbinding.commit()


def _voeg_toe(verbinding: Connection, tabel: str, waarden: dict[str, str], van: int, tot: int) -> None:
    d = verbinding.dialect.name
    als_datum = {"dagtekening", "ingangsdatum", "start_vanaf"} if d == "postgresql" else set()
    kolommen = (f"CAST({w} AS date)" if naam in als_datum else w for naam, w in waarden.items())
    sql = f"INSERT INTO {tabel} ({', '.join(waarden)}) SELECT {', '.join(kolommen)} FROM {_REEKS[d]}"
    verbinding.execute(text(sql), {"van": van, "tot": tot})
