"""What one caller may see, as temporary tables of DuckDB: toewijzingen, starts, spans, trajecten, inzetten, Prestaties.

The words are those of the contract: versions that hold (IV013), what was taken back, spans, trajecten with their ``naad``.
"""

from typing import NamedTuple

import duckdb
from tests.stuurinformatie.narekening.cijfers import EXTRA


class Beller(NamedTuple):
    """Who asks: a gemeente, an aanbieder or a hoofdaannemer."""

    code: str
    rol: str

    @property
    def kolom(self) -> str:
        """By which column of a message or toewijzing it is its own."""
        return "gemeente" if self.rol == "gemeente" else "aanbieder"


MACROS = """
CREATE OR REPLACE MACRO wd(a, b) AS CASE WHEN b <= a THEN 0 ELSE
  (SELECT k.n + k.vrij::INT FROM kalender k WHERE k.dag = b) - (SELECT k.n FROM kalender k WHERE k.dag = a) END;
"""

_STAAND = """
CREATE OR REPLACE TEMP TABLE {soort}_s AS
WITH op_plek AS (
  SELECT *, 2 * volg + (status <> '3')::INT AS plek,
    concat_ws('/', domein, gemeente, aanbieder, bsn, nummer, '|', cat, '|', code, '|', begin, {meer}) AS sleutel
  FROM {soort} WHERE {kolom} = $code),
weg AS (SELECT sleutel, max(plek) AS plek FROM op_plek WHERE status = '3' GROUP BY sleutel)
SELECT o.* EXCLUDE (bericht, volg, status), concat_ws('/', domein, gemeente, aanbieder, bsn, nummer, '|', cat, '|', code, '|', begin) AS start
FROM op_plek o LEFT JOIN weg w USING (sleutel)
WHERE o.status = '1' AND (w.plek IS NULL OR o.plek > w.plek)
QUALIFY row_number() OVER (PARTITION BY o.sleutel ORDER BY o.plek) = 1;
"""

_TOEWIJZING = """
CREATE OR REPLACE TEMP TABLE t AS
WITH v AS (SELECT *, concat_ws('/', domein, gemeente, nummer) AS tid FROM versie WHERE {kolom} = $code),
geldend AS (
  SELECT * FROM v QUALIFY row_number() OVER (PARTITION BY tid ORDER BY vast DESC, dagtekening DESC, identificatie DESC) = 1),
eerste AS (
  SELECT tid, greatest(vast::DATE, ingang) AS wacht_vanaf FROM v
  QUALIFY row_number() OVER (PARTITION BY tid ORDER BY vast, volg) = 1),
bekend AS (SELECT tid, min(dag) AS bekend FROM v GROUP BY tid)
SELECT g.tid, g.domein, g.gemeente, g.aanbieder, g.bsn, g.nummer, g.cat, g.code, g.ingang, g.eind, g.volume, g.eenheid,
  g.frequentie, g.budget, e.wacht_vanaf, b.bekend, coalesce(g.reden = '13' AND g.eind = g.ingang, false) AS weg, NULL::VARCHAR AS segment
FROM geldend g JOIN eerste e USING (tid) JOIN bekend b USING (tid);

CREATE OR REPLACE TEMP TABLE seg AS SELECT * EXCLUDE (h) FROM segment WHERE h = $code;
UPDATE t SET segment = coalesce(
  (SELECT s.segment FROM seg s WHERE s.cat = t.cat AND s.code = t.code), (SELECT s.segment FROM seg s WHERE s.cat = t.cat AND s.code = ''));
CREATE OR REPLACE TEMP TABLE t_alle AS SELECT tid, segment FROM t;
CREATE OR REPLACE TEMP TABLE verwijderd AS SELECT tid FROM t WHERE weg;
DELETE FROM t WHERE weg;
"""

_SPAN = """
CREATE OR REPLACE TEMP TABLE span AS
WITH s AS (SELECT *, concat_ws('/', domein, gemeente, nummer) AS tid FROM start_s),
stops AS (
  SELECT start, max(eind) FILTER (reden <> '20') AS eind, max_by(reden, eind) FILTER (reden <> '20') AS reden,
    min(eind) AS eerste FROM stop_s GROUP BY start),
met AS (
  SELECT s.domein, s.gemeente, s.aanbieder, s.bsn, s.nummer, CASE WHEN s.nummer IS NULL THEN NULL ELSE s.tid END AS tid, s.begin, s.dag,
    CASE WHEN s.nummer IS NULL THEN s.cat ELSE t.cat END AS form, CASE WHEN s.nummer IS NULL THEN s.code ELSE t.code END AS product,
    CASE WHEN s.nummer IS NULL THEN coalesce(
      (SELECT g.segment FROM seg g WHERE g.cat = s.cat AND g.code = s.code), (SELECT g.segment FROM seg g WHERE g.cat = s.cat AND g.code = ''))
      ELSE t.segment END AS segment,
    x.reden, t.eind AS t_eind, t.ingang AS t_ingang, x.eerste AS eerste_stop,
    CASE WHEN x.eind IS NOT NULL THEN x.eind
      WHEN x.eerste IS NOT NULL AND s.nummer IS NOT NULL
        THEN (SELECT min(n.begin) - 1 FROM s n WHERE n.tid = s.tid AND n.nummer IS NOT NULL AND n.begin > s.begin) END AS uit
  FROM s LEFT JOIN t ON s.nummer IS NOT NULL AND t.tid = s.tid LEFT JOIN stops x ON x.start = s.start
  WHERE s.nummer IS NULL OR t.tid IS NOT NULL)
SELECT * EXCLUDE (uit), least(coalesce(uit, DATE '9999-12-31'), coalesce(t_eind, DATE '9999-12-31')) AS eind,
  least(coalesce(eerste_stop, DATE '9999-12-31'), coalesce(uit, DATE '9999-12-31'), coalesce(t_eind, DATE '9999-12-31')) AS geleverd_tot
FROM met WHERE least(coalesce(uit, DATE '9999-12-31'), coalesce(t_eind, DATE '9999-12-31')) >= begin;
"""

_TRAJECT = """
CREATE OR REPLACE TEMP TABLE span_j AS
WITH hiervoor AS (
  SELECT *, max(eind) OVER (PARTITION BY domein, gemeente, bsn, form ORDER BY begin, eind
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS tot_nu_toe FROM span),
nieuw AS (
  SELECT *, CASE WHEN tot_nu_toe IS NULL OR begin - tot_nu_toe > CASE domein WHEN 'ijw' THEN 1 ELSE 4 END THEN 1 ELSE 0 END AS is_nieuw
  FROM hiervoor),
genummerd AS (
  SELECT *, sum(is_nieuw) OVER (PARTITION BY domein, gemeente, bsn, form ORDER BY begin, eind ROWS UNBOUNDED PRECEDING) AS volg FROM nieuw)
SELECT * EXCLUDE (tot_nu_toe, is_nieuw, volg), concat_ws('/', domein, gemeente, bsn, coalesce(form, '-'), volg) AS j FROM genummerd;

CREATE OR REPLACE TEMP TABLE traject AS
SELECT j, any_value(domein) AS domein, any_value(gemeente) AS gemeente, any_value(bsn) AS bsn, any_value(form) AS form,
  min(begin) AS begin, max(eind) AS eind FROM span_j GROUP BY j;

CREATE OR REPLACE TEMP TABLE eerst AS
SELECT j.*, s.aanbieder, s.product, s.segment, s.tid FROM traject j JOIN span_j s USING (j)
QUALIFY row_number() OVER (PARTITION BY j.j ORDER BY s.begin, s.nummer, s.eind) = 1;

CREATE OR REPLACE TEMP TABLE laatst AS
SELECT j.*, s.aanbieder, s.product, s.segment, s.tid, s.reden FROM traject j JOIN span_j s USING (j) WHERE j.eind < DATE '9999-12-31'
QUALIFY row_number() OVER (PARTITION BY j.j ORDER BY s.eind DESC, s.nummer DESC NULLS LAST, s.begin DESC) = 1;
"""

_INZET = """
CREATE OR REPLACE TEMP TABLE inzet AS
SELECT i.id, t.tid, t.domein, t.gemeente, t.bsn, i.partner, i.klasse, t.segment, greatest(i.van, t.ingang) AS van,
  least(coalesce(i.tot, DATE '9999-12-31'), coalesce(t.eind, DATE '9999-12-31')) AS tot
FROM inzet_ i JOIN t ON t.tid = concat_ws('/', i.domein, i.gemeente, i.nummer)
WHERE i.h = $code AND NOT i.ingetrokken AND i.aanname <> 'geweigerd' AND t.segment IS NOT NULL
  AND greatest(i.van, t.ingang) <= least(coalesce(i.tot, DATE '9999-12-31'), coalesce(t.eind, DATE '9999-12-31'));

CREATE OR REPLACE MACRO partner_op(tid_, dag_) AS (SELECT min(i.partner) FROM inzet i WHERE i.tid = tid_ AND dag_ BETWEEN i.van AND i.tot);
"""

_EERSTE_START = """
CREATE OR REPLACE TEMP TABLE tstart AS
SELECT t.*, s.begin, s.dag AS gemeld, s.start FROM t JOIN start_s s ON s.nummer IS NOT NULL
  AND t.tid = concat_ws('/', s.domein, s.gemeente, s.nummer);
CREATE OR REPLACE TEMP TABLE eerste_start AS
SELECT * FROM tstart QUALIFY row_number() OVER (PARTITION BY tid ORDER BY begin, gemeld) = 1;
CREATE OR REPLACE TEMP TABLE laatste_start AS
SELECT * FROM tstart QUALIFY row_number() OVER (PARTITION BY tid ORDER BY begin DESC) = 1;
"""

_GELD = """
CREATE OR REPLACE TEMP TABLE pr AS
SELECT p.*, coalesce((SELECT g.segment FROM seg g WHERE g.cat = p.cat AND g.code = p.code), (SELECT g.segment FROM seg g WHERE g.cat = p.cat AND g.code = '')) AS segment,
  concat_ws('/', p.domein, p.gemeente, p.nummer) AS tid, concat_ws('/', p.domein, p.gemeente, p.nummer, p.begin, p.eind, p.cat, p.code) AS combinatie
FROM prestatie p WHERE p.{kolom} = $code AND concat_ws('/', p.domein, p.gemeente, p.nummer) NOT IN (SELECT tid FROM verwijderd);
CREATE OR REPLACE TEMP TABLE toegekend AS
SELECT *, CASE dc WHEN 'C' THEN -bedrag ELSE bedrag END AS saldo FROM pr WHERE uitkomst = 'toegekend';
"""


def kijk(db: duckdb.DuckDBPyConnection, beller: Beller) -> None:
    """Make the tables of this caller."""
    stop = "reden, eind"
    delen = (
        MACROS, _STAAND.format(soort="start", meer="''", kolom=beller.kolom), _STAAND.format(soort="stop", meer=stop, kolom=beller.kolom),
        _TOEWIJZING.format(kolom=beller.kolom), _SPAN, _TRAJECT, _INZET, _EERSTE_START, _GELD.format(kolom=beller.kolom),
        EXTRA.format(kolom=beller.kolom),
    )  # fmt: skip
    for deel in delen:
        for opdracht in deel.split(";"):
            if opdracht.strip():
                db.execute(opdracht, {"code": beller.code} if "$code" in opdracht else {})
