"""The rows behind every figure, a query each, for all periods in ``deel`` at once; each says the contract's line in SQL.

Columns that a row may have: ``domein, gemeente, aanbieder, form, product, segment, partner, berichtsoort`` (to group by), the own
keys of the figure, ``bsn``, and ``waarde`` or ``teller`` and ``noemer``. ``apart``: it is
counted apart.
"""

from dataclasses import dataclass

CLIENT = ("domein", "gemeente", "aanbieder", "form", "product", "segment", "partner")
BERICHT = ("domein", "gemeente", "aanbieder", "berichtsoort")
PERIODE = ("maand", "kwartaal")


@dataclass(frozen=True, slots=True)
class Cijfer:
    """How a figure is made of its rows: ``soort`` is its eenheid, ``namen`` what it groups by, ``eigen`` its own keys."""

    code: str
    soort: str
    namen: tuple[str, ...]
    sql: str
    eigen: tuple[str, ...] = ()
    termijn: int | None = None
    verbergt: bool = True
    alleen_hoofdaannemer: bool = False


def _client(tabel: str, dag: str, *, tid: str = "tid") -> str:
    """The columns to group by of a row on clients, of which this is the day."""
    return (
        f"d.van AS van, d.tot AS tot, {tabel}.domein, {tabel}.gemeente, {tabel}.aanbieder, {tabel}.form, {tabel}.product, {tabel}.segment,"
        f" partner_op({tabel}.{tid}, {dag}) AS partner, {tabel}.bsn"
    )


_T = "(SELECT *, cat AS form, code AS product FROM {0})"
_VRAAGT = "d.van AS van, d.tot AS tot, b.domein, b.gemeente, b.aanbieder, b.soort AS berichtsoort"

_OP_P = """
(SELECT j.domein, j.gemeente, j.bsn, j.form, s.aanbieder, s.product, s.segment, s.tid, d.van, d.tot
 FROM deel d JOIN traject j ON j.begin <= d.tot AND j.eind >= d.tot JOIN span_j s ON s.j = j.j AND s.begin <= d.tot
 QUALIFY row_number() OVER (PARTITION BY j.j, d.van, d.tot ORDER BY s.eind >= d.tot DESC, s.begin DESC, s.nummer DESC NULLS LAST) = 1)
"""

_WACHTENDEN = f"""
SELECT {_client("x", "d.tot")}, d.tot - x.wacht_vanaf AS waarde,
  (d.tot - x.wacht_vanaf > coalesce(
    (SELECT try_cast(i.waarde AS BIGINT) FROM instelling i WHERE i.gemeente = x.gemeente AND i.aanbieder = '' AND i.naam = 'wachtnorm-' || x.form), 42))::INT
    AS teller, 1 AS noemer
FROM deel d JOIN {_T.format("t")} x
  ON x.ingang <= d.tot AND (x.eind IS NULL OR x.eind >= d.tot) AND x.wacht_vanaf <= d.tot
WHERE NOT EXISTS (SELECT 1 FROM tstart s WHERE s.tid = x.tid AND s.begin <= d.tot)
  AND NOT EXISTS (SELECT 1 FROM productcode p WHERE p.gemeente = x.gemeente AND p.cat = x.cat AND p.code = x.code AND p.variant = 'taakgericht')
"""

_UITVAL = """
(list_contains(string_split(coalesce((SELECT i.waarde FROM instelling i WHERE i.gemeente = x.gemeente AND i.aanbieder = ''
  AND i.naam = 'uitval-' || x.domein), CASE x.domein WHEN 'ijw' THEN '32' ELSE '21' END), ','), x.reden))
"""

_MAXIMUM = """
CASE x.frequentie WHEN '6' THEN 1 WHEN '1' THEN x.eind - x.ingang + 1
  WHEN '4' THEN (year(x.eind) - year(x.ingang)) * 12 + month(x.eind) - month(x.ingang) + 1
  WHEN '2' THEN CASE WHEN x.eenheid IN ('82', '83')
    THEN (SELECT count(*) FROM kalender k WHERE k.dag BETWEEN x.ingang AND x.eind AND isodow(k.dag) = 7) + (isodow(x.eind) <> 7)::INT
    ELSE (SELECT count(DISTINCT yearweek(k.dag)) FROM kalender k WHERE k.dag BETWEEN x.ingang AND x.eind) END END
"""

CIJFERS = (
    Cijfer("INSTROOM", "aantal", (*CLIENT, *PERIODE), f"SELECT {_client('x', 'x.begin')} FROM deel d JOIN eerst x ON x.begin BETWEEN d.van AND d.tot"),
    Cijfer("UITSTROOM", "aantal", (*CLIENT, *PERIODE), f"SELECT {_client('x', 'x.eind')} FROM deel d JOIN laatst x ON x.eind BETWEEN d.van AND d.tot"),
    Cijfer("IN_ZORG", "aantal", (*CLIENT, *PERIODE), f"SELECT {_client('d', 'd.tot')} FROM {_OP_P} d"),
    Cijfer(
        "WACHTTIJD", "dagen", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.begin')}, greatest(0, x.begin - x.wacht_vanaf) AS waarde FROM deel d JOIN {_T.format('eerste_start')} x"
        " ON x.begin BETWEEN d.van AND d.tot",
    ),
    Cijfer("WACHTENDEN", "dagen", (*CLIENT, *PERIODE), _WACHTENDEN),
    Cijfer("WACHT_TE_LANG", "aandeel", (*CLIENT, *PERIODE), _WACHTENDEN),
    Cijfer(
        "START_TIJDIG", "aandeel", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.begin')}, (wd(greatest(x.begin, x.bekend), x.gemeld) <= 5)::INT AS teller, 1 AS noemer"
        f" FROM deel d JOIN {_T.format('eerste_start')} x ON x.gemeld BETWEEN d.van AND d.tot",
    ),
    Cijfer(
        "STOP_TIJDIG", "aandeel", (*CLIENT, *PERIODE),
        f"""SELECT {_client('x', 'x.gestopt')}, (wd(x.gestopt, x.gemeld) <= 5)::INT AS teller, 1 AS noemer
        FROM deel d JOIN (SELECT t.*, t.cat AS form, t.code AS product, s.eind AS gestopt, s.dag AS gemeld FROM stop_s s JOIN t
            ON s.nummer IS NOT NULL AND t.tid = concat_ws('/', s.domein, s.gemeente, s.nummer)
          WHERE s.reden <> '20' AND NOT EXISTS (SELECT 1 FROM stop_s o WHERE o.start = s.start AND o.reden = '20')) x
        ON x.gemeld BETWEEN d.van AND d.tot""",
    ),
    Cijfer(
        "STOP_ONTBREEKT", "aantal", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')} FROM deel d JOIN {_T.format('laatste_start')} x ON x.eind IS NOT NULL AND x.eind < d.tot AND wd(x.eind, d.tot) > 5"
        " WHERE NOT EXISTS (SELECT 1 FROM stop_s s WHERE s.start = x.start AND s.reden <> '20' AND s.dag <= d.tot)",
    ),
    Cijfer(
        "RESPONSETIJD", "werkdagen", (*BERICHT, *PERIODE),
        f"SELECT {_VRAAGT}, NULL AS bsn, wd(b.dag, b.retour) AS waarde FROM deel d JOIN b ON b.dag BETWEEN d.van AND d.tot"
        " WHERE b.heen AND b.nummer <> '323' AND b.zelf AND b.retour IS NOT NULL",
        termijn=3, verbergt=False,
    ),
    Cijfer(
        "DOORLOOPTIJD_VERZOEK", "werkdagen", (*BERICHT, *PERIODE),
        f"""SELECT {_VRAAGT}, b.bsn, wd(b.dag, b.eerste) AS waarde FROM deel d JOIN (
          SELECT v.*, (SELECT soort FROM bericht m WHERE m.bericht = v.bericht) AS soort, (SELECT min(a.dag) FROM antwoorden a
            WHERE (a.domein, a.gemeente, a.aanbieder, a.referentie) = (v.domein, v.gemeente, v.aanbieder, v.referentie)) AS eerste
          FROM verzoek_z v) b ON b.eerste BETWEEN d.van AND d.tot""",
        termijn=5,
    ),
    Cijfer(
        "TRAJECTDUUR", "dagen", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')}, x.eind - x.begin + 1 AS waarde FROM deel d JOIN laatst x ON x.eind BETWEEN d.van AND d.tot",
    ),
    Cijfer(
        "UITVAL", "aandeel", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')}, coalesce({_UITVAL}, false)::INT AS teller, 1 AS noemer FROM deel d JOIN laatst x ON x.eind BETWEEN d.van AND d.tot",
    ),
    Cijfer(
        "UITSTROOM_REDEN", "aantal", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')}, x.reden FROM deel d JOIN laatst x ON x.eind BETWEEN d.van AND d.tot", eigen=("reden",),
    ),
    Cijfer(
        "TERUGKEER", "aandeel", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')}, (EXISTS (SELECT 1 FROM traject n WHERE n.domein = x.domein AND n.bsn = x.bsn"
        " AND n.begin - x.eind BETWEEN 2 AND 365))::INT AS teller, 1 AS noemer"
        " FROM deel d JOIN laatst x ON x.eind BETWEEN d.van - 365 AND d.tot - 365",
    ),
    Cijfer(
        "HERHAALD_BEROEP", "aandeel", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.begin')}, (EXISTS (SELECT 1 FROM traject n WHERE n.domein = x.domein AND n.bsn = x.bsn"
        " AND x.begin - n.eind BETWEEN 2 AND 1826))::INT AS teller, 1 AS noemer FROM deel d JOIN eerst x ON x.begin BETWEEN d.van AND d.tot",
    ),
    Cijfer(
        "DOORSTROOM", "aandeel", (*CLIENT, *PERIODE),
        f"SELECT {_client('x', 'x.eind')}, (EXISTS (SELECT 1 FROM traject n WHERE n.domein = x.domein AND n.bsn = x.bsn"
        " AND n.form IS DISTINCT FROM x.form AND n.begin - x.eind BETWEEN 0 AND 31))::INT AS teller, 1 AS noemer"
        " FROM deel d JOIN laatst x ON x.eind BETWEEN d.van AND d.tot",
    ),
    Cijfer(
        "VERZILVERING", "aandeel", (*CLIENT, *PERIODE),
        f"""SELECT {_client('x', 'x.eind')}, x.noemer IS NULL AS apart, coalesce((SELECT sum(saldo) FROM toegekend g WHERE g.tid = x.tid), 0) AS teller, x.noemer
        FROM deel d JOIN (SELECT x.*, coalesce(x.budget, x.volume * {_MAXIMUM} * CASE WHEN x.eenheid = '83' THEN 1 ELSE (
            SELECT r.eurocent FROM tarief r WHERE r.gemeente = x.gemeente AND r.aanbieder = x.aanbieder AND r.code = x.code AND r.eenheid = x.eenheid
              AND r.van <= x.ingang AND (r.tot IS NULL OR r.tot >= x.ingang) ORDER BY r.van DESC LIMIT 1) END) AS noemer
          FROM {_T.format('t')} x WHERE x.eind IS NOT NULL AND (x.budget IS NOT NULL OR x.volume IS NOT NULL)) x
        ON x.eind BETWEEN d.van AND d.tot""",
    ),
    Cijfer(
        "EERSTE_KEER_GOED", "aandeel", (*BERICHT, *PERIODE),
        f"SELECT {_VRAAGT}, b.afzender, NULL AS bsn, (b.oordeel = 'goedgekeurd')::INT AS teller, 1 AS noemer FROM deel d JOIN b"
        " ON b.dag BETWEEN d.van AND d.tot WHERE b.heen AND b.oordeel NOT IN ('voorlopig', 'in_verwerking')",
        eigen=("berichtsoort", "afzender"), verbergt=False,
    ),
    Cijfer(
        "AFKEUR_REDEN", "aantal", (*BERICHT, *PERIODE),
        f"SELECT {_VRAAGT}, f.regel, NULL AS bsn FROM deel d JOIN b ON b.dag BETWEEN d.van AND d.tot JOIN bevinding f USING (bericht)"
        " WHERE b.heen AND b.oordeel IN ('afgekeurd', 'deels_goedgekeurd')",
        eigen=("regel",), verbergt=False,
    ),
    Cijfer(
        "AFKEURBEDRAG", "eurocent", (*CLIENT, *PERIODE),
        f"""SELECT {_client('x', 'd.tot')}, x.bedrag AS waarde,
          CASE WHEN d.tot - x.adag <= 30 THEN '0-30' WHEN d.tot - x.adag <= 90 THEN '31-90' ELSE '91+' END AS leeftijd
        FROM (SELECT van, tot FROM deel) d JOIN LATERAL (
          SELECT p.*, p.cat AS form, p.code AS product FROM pr p
          WHERE p.uitkomst = 'afgewezen' AND p.dc = 'D' AND p.adag <= d.tot
          QUALIFY row_number() OVER (PARTITION BY p.combinatie ORDER BY p.adag DESC, p.avolg DESC) = 1) x ON true
        WHERE NOT EXISTS (SELECT 1 FROM pr g WHERE g.combinatie = x.combinatie AND g.dc = 'D' AND g.uitkomst = 'toegekend' AND g.adag <= d.tot
          AND (g.adag >= x.adag OR NOT EXISTS (SELECT 1 FROM pr c WHERE c.dc = 'C' AND c.uitkomst = 'toegekend' AND c.adag <= d.tot
            AND (c.domein, c.aanbieder, c.bsn, c.vorig) = (g.domein, g.aanbieder, g.bsn, g.referentie))))""",
        eigen=("leeftijd",),
    ),
    Cijfer(
        "MIX", "aandeel", ("gemeente", "partner", *PERIODE),
        "SELECT DISTINCT d.van, d.tot, i.gemeente, i.partner, i.segment, i.klasse, i.bsn FROM deel d JOIN inzet i ON d.tot BETWEEN i.van AND i.tot",
        eigen=("segment", "klasse"), alleen_hoofdaannemer=True,
    ),
    Cijfer("BEZETTING", "aandeel", ("gemeente", "segment", "partner", *PERIODE), "", alleen_hoofdaannemer=True),
    Cijfer(
        "MARGE", "eurocent", ("gemeente", "segment", *PERIODE),
        """SELECT d.van, d.tot, x.* FROM deel d JOIN (
          SELECT gemeente, segment, date_trunc('month', begin)::DATE AS maand_, saldo AS waarde, 0::DECIMAL(18, 6) AS bijdrage, NULL AS bsn FROM toegekend
          UNION ALL
          SELECT m.gemeente, m.segment, m.maand, -m.bedrag, m.bedrag::DECIMAL(14) * coalesce((SELECT b.procent FROM bijdrage b WHERE b.h = m.h AND b.segment = m.segment
            AND b.van <= m.maand AND (b.tot IS NULL OR b.tot >= m.maand)), 0) * 0.01, NULL
          FROM (SELECT r.h, r.maand, r.bedrag, coalesce(r.gemeente, z.gemeente) AS gemeente, coalesce(r.segment, t.segment) AS segment
            FROM maandregel r JOIN inzet_ z ON z.id = r.inzet LEFT JOIN t_alle t ON t.tid = concat_ws('/', z.domein, z.gemeente, z.nummer)) m
          WHERE m.h = $code) x
        ON x.maand_ BETWEEN d.van AND d.tot""",
        verbergt=False, alleen_hoofdaannemer=True,
    ),
    Cijfer(
        "BESTEDINGSRUIMTE", "aandeel", ("gemeente", "segment"),
        """SELECT d.van, d.tot, x.gemeente, x.segment, x.saldo AS teller, 0 AS noemer, NULL AS bsn FROM deel d JOIN toegekend x
            ON year(x.begin) = year(d.tot) AND x.begin <= d.tot
          UNION ALL
          SELECT d.van, d.tot, l.gemeente, l.segment, 0, l.eurocent, NULL FROM deel d JOIN lumpsum l ON l.h = $code AND l.jaar = year(d.tot)""",
        verbergt=False, alleen_hoofdaannemer=True,
    ),
)  # fmt: skip
"""Every figure, in the order of the contract."""

BEZETTING = """
WITH geleverd AS (
  SELECT s.gemeente, s.segment, s.bsn, s.tid, greatest(s.begin, s.t_ingang) AS van, s.geleverd_tot AS tot FROM span s
  WHERE s.nummer IS NOT NULL AND s.segment IS NOT NULL),
dagen AS (
  SELECT DISTINCT d.van, d.tot, g.gemeente, g.segment, g.bsn, k.dag {partner} FROM deel d
  JOIN geleverd g ON g.van <= d.tot AND g.tot >= d.van JOIN kalender k ON k.dag BETWEEN greatest(d.van, g.van) AND least(d.tot, g.tot) {join}),
plekdagen AS (
  SELECT d.van, d.tot, p.gemeente, p.segment {plek}, p.aantal * (least(d.tot, coalesce(p.tot, DATE '9999-12-31')) - greatest(d.van, p.van) + 1) AS noemer
  FROM deel d JOIN plek p ON p.h = $code AND p.van <= d.tot AND coalesce(p.tot, DATE '9999-12-31') >= d.van WHERE p.partner {welke} '')
SELECT van, tot, gemeente, segment, bsn {kolom}, count(*) AS teller, 0 AS noemer FROM dagen GROUP BY ALL
UNION ALL SELECT van, tot, gemeente, segment, NULL {kolom}, 0, noemer FROM plekdagen
"""


def bezetting(per_partner: bool) -> str:
    """The rows of ``BEZETTING``: by partner of its own places and the days within its inzetten, else of all."""
    if not per_partner:
        return BEZETTING.format(partner="", join="", plek="", welke="=", kolom="")
    return BEZETTING.format(
        partner=", i.partner",
        join="JOIN inzet i ON i.tid = g.tid AND k.dag BETWEEN i.van AND i.tot",
        plek=", p.partner",
        welke="<>",
        kolom=", partner",
    )


EXTRA = """
CREATE OR REPLACE TEMP TABLE b AS SELECT * FROM bericht WHERE {kolom} = $code;
CREATE OR REPLACE TEMP TABLE verzoek_z AS SELECT * FROM verzoek WHERE {kolom} = $code;
CREATE OR REPLACE TEMP TABLE antwoorden AS SELECT domein, gemeente, aanbieder, referentie, dag FROM antwoord
  UNION ALL SELECT domein, gemeente, aanbieder, referentie, dag FROM versie WHERE referentie IS NOT NULL;
"""
"""What the figures on messages read."""
