"""What must happen in the region for a comparison to say something: at least so often, and how it is seen in the facts."""

_STARTS = "(SELECT domein, gemeente, nummer, count(*) FILTER (status = '1') AS een, count(*) FILTER (status = '3') AS weg FROM {0} GROUP BY ALL)"
_PER_BSN = "SELECT bsn FROM start GROUP BY bsn HAVING count(DISTINCT {0}) > 1"
_GAT = (
    "SELECT 1 FROM stop a JOIN start b ON a.bsn = b.bsn AND a.gemeente = b.gemeente AND a.domein = b.domein AND a.nummer <> b.nummer"
    " AND b.begin - a.eind = {0}"
)
_VERSIES = "SELECT domein, gemeente, nummer FROM versie GROUP BY ALL HAVING {0}"

VOORVALLEN: dict[str, tuple[int, str]] = {
    "start taken back": (10, "SELECT 1 FROM start WHERE status = '3'"),
    "start sent again": (2, f"SELECT 1 FROM {_STARTS.format('start')} WHERE een > 1 AND weg > 0"),
    "stop taken back": (10, "SELECT 1 FROM stop WHERE status = '3'"),
    "temporary stop": (20, "SELECT 1 FROM stop WHERE reden = '20'"),
    "resumed": (5, "SELECT 1 FROM stop a JOIN start b USING (domein, gemeente, nummer) WHERE a.reden = '20' AND b.begin > a.eind"),
    "removed": (10, "SELECT 1 FROM versie WHERE reden = '13'"),
    "shortened or lengthened": (20, _VERSIES.format("count(DISTINCT eind) > 1")),
    "sent once more": (3, _VERSIES.format("count(DISTINCT vast) < count(*)")),
    "generic": (5, "SELECT 1 FROM versie WHERE cat IS NULL"),
    "aspecific": (10, "SELECT 1 FROM versie WHERE cat IS NOT NULL AND code IS NULL"),
    "without toewijzing": (5, "SELECT 1 FROM start WHERE nummer IS NULL"),
    "assigned though taakgericht": (1, "SELECT 1 FROM versie WHERE code IN ('10T01', '50T01')"),
    "at more gemeenten": (10, _PER_BSN.format("gemeente")),
    "at more aanbieders": (20, _PER_BSN.format("aanbieder")),
    "under both laws": (10, _PER_BSN.format("domein")),
    **{f"gap of {dagen} days": (2, _GAT.format(dagen)) for dagen in (1, 2, 3, 4, 5)},
    "back after a year": (2, _GAT.format("365")),
    "back after more": (2, _GAT.format("366")),
    "on after a month": (2, _GAT.format("31")),
    "on after more": (1, _GAT.format("32")),
    "five years ago": (1, _GAT.format("1826")),
    "more than five years ago": (1, _GAT.format("1827")),
    "received on a free day": (100, "SELECT 1 FROM start JOIN kalender k USING (dag) WHERE k.vrij"),
    "credited": (10, "SELECT 1 FROM prestatie WHERE dc = 'C' AND uitkomst = 'toegekend'"),
    "refused, and granted later": (
        10,
        "SELECT 1 FROM prestatie a JOIN prestatie b USING (domein, gemeente, nummer, begin) WHERE a.uitkomst = 'afgewezen' AND b.uitkomst = 'toegekend'"
        " AND b.dc = 'D' AND b.adag > a.adag",
    ),
    "a whole 323 refused": (5, "SELECT 1 FROM prestatie WHERE uitkomst = 'geheel'"),
    "answered late": (10, "SELECT 1 FROM bericht WHERE zelf AND retour > dag + 5"),
    "never answered": (10, "SELECT 1 FROM bericht WHERE zelf AND heen AND retour IS NULL AND nummer <> '323'"),
    "a maximum without tarief": (20, "SELECT 1 FROM versie v WHERE volume IS NOT NULL AND eenheid <> '83' AND code NOT IN (SELECT code FROM tarief)"),
    "moved to another partner": (10, "SELECT nummer FROM inzet_ GROUP BY nummer HAVING count(DISTINCT partner) > 1"),
    "another klasse": (5, "SELECT nummer FROM inzet_ GROUP BY nummer, partner HAVING count(DISTINCT klasse) > 1"),
    "refused by a partner": (5, "SELECT 1 FROM inzet_ WHERE aanname = 'geweigerd'"),
    "withdrawn": (5, "SELECT 1 FROM inzet_ WHERE ingetrokken"),
    "corrected in a later month": (5, "SELECT 1 FROM maandregel WHERE gemeente IS NULL"),
}  # fmt: skip
"""By what it is: how often at least, and the rows."""
