"""Steering figures over a million toewijzingen with their starts and stops: all of them in one answer, and one by gemeente."""

import time
from datetime import date

from sqlalchemy import Engine, text

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.partij import Partij, Partijrol
from berichtenverkeer.rapportage.antwoord import antwoord
from berichtenverkeer.rapportage.vraag import Vraag
from berichtenverkeer.rapportage.zicht import voor_rol

AANBIEDER, GEMEENTEN = "99990000", 40
_VAN, _TOT = date(2026, 1, 1), date(2026, 3, 31)
_EERSTE = date(2024, 4, 1).toordinal()
"""The toewijzingen begin on the days of two years, as many on each."""

_DAGEN = 730
_REEKS = {
    "postgresql": "generate_series(CAST(0 AS bigint), CAST(:tot AS bigint)) AS r (n)",
    "sqlite": "(WITH RECURSIVE r (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < :tot) SELECT n FROM r) AS r",
}


def meet_stuurinformatie(url: str, aantal: int = 1_000_000) -> dict[str, float]:
    """Seconds for all figures of a quarter in one answer, and of each that takes a hundredth of a second by gemeente, as a hoofdaannemer sees
    them: on the clock and of the processor (of this process: what PostgreSQL does is not in that), the least of three."""
    engine = maak_engine(url)
    maak_gereed(engine)
    try:
        vul(engine, aantal)
        partij = Partij(AANBIEDER, Partijrol.HOOFDAANNEMER, "Meting")
        klok, processor = _meet(engine, partij, [], [])
        uit = {"alle_s": klok, "alle_cpu": processor}
        for kpi in voor_rol(partij.rol):
            klok, processor = _meet(engine, partij, [kpi.code], ["gemeente"])
            if klok >= 0.01:
                uit |= {f"{kpi.code.lower()}_s": klok, f"{kpi.code.lower()}_cpu": processor}
        return uit
    finally:
        engine.dispose()


def _meet(engine: Engine, partij: Partij, codes: list[str], per: list[str], keren: int = 3) -> tuple[float, float]:
    vraag = Vraag.maak(partij.rol, _VAN, _TOT, codes, per)
    tijden = []
    for _ in range(keren):
        begin, processor = time.perf_counter(), time.process_time()
        antwoord(engine, Kalender(), partij, vraag, _TOT)
        tijden.append((time.perf_counter() - begin, time.process_time() - processor))
    return min(tijden)


def vul(engine: Engine, aantal: int) -> None:
    """The facts of so many toewijzingen of one aanbieder, as their messages would give them: of two in three clients one, of one in three
    two after each other; of every ten nine are started, and eight stopped."""
    paar = f"1000000000000 + (1 + n % {GEMEENTEN}) * 100000000 + {AANBIEDER}"
    begin = f"{_EERSTE} + n % {_DAGEN}"
    gestart, gestopt = "n % 10 < 9", f"n % 10 < 8 AND n % {_DAGEN} < 600"
    start, einde = f"{begin} + 5 + n % 23", f"{begin} + 60 + n % 97"
    client = "100000000 + n - n % 3 + CASE WHEN n % 3 = 2 THEN 1 ELSE n % 3 END"
    categorie, code = (
        "CASE n % 5 WHEN 0 THEN '01' WHEN 1 THEN '02' ELSE '07' END",
        "CASE n % 5 WHEN 0 THEN '01A01' WHEN 1 THEN '02A01' ELSE '07A12' END",
    )
    toewijzing = {
        "paar": paar, "client": client, "toewijzingnummer": "n", "categorie": categorie, "code": code, "ingang": begin,
        "einde": f"{begin} + 365", "wacht": begin, "bekend": f"{begin} - 3", "start": f"CASE WHEN {gestart} THEN {start} END",
        "start_op": f"CASE WHEN {gestart} THEN {start} + n % 11 END",
        "gestopt_op": f"CASE WHEN {gestopt} THEN {einde} + n % 13 END", "volume": "4", "eenheid": "'04'", "frequentie": "'2'",
    }  # fmt: skip
    tot = f"CASE WHEN {gestopt} THEN {einde} ELSE {begin} + 365 END"
    lever = {
        "paar": paar, "client": client, "toewijzingnummer": "n", "categorie": categorie, "code": code, "zicht": "0", "start": start,
        "einde": tot, "geleverd_van": start, "geleverd_tot": tot, "reden": f"CASE WHEN {gestopt} THEN '19' END", "begin": start,
        "laatste": tot, "duur": f"{tot} - ({start}) + 1", "van": start, "tot": tot,
        "stop": f"CASE WHEN {gestopt} THEN {einde} END", "stop_op": f"CASE WHEN {gestopt} THEN {einde} + n % 13 END",
    }  # fmt: skip
    with engine.connect() as verbinding:
        reeks = _REEKS[verbinding.dialect.name]
        for tabel, waarden, waar in (("toewijzingfeit", toewijzing, "1 = 1"), ("leverfeit", lever, gestart)):
            sql = f"INSERT INTO {tabel} ({', '.join(waarden)}) SELECT {', '.join(waarden.values())} FROM {reeks} WHERE {waar}"
            verbinding.execute(text(sql), {"tot": aantal - 1})
        for categorie_, code_, segment in (
            ("01", "", "huishouden"),
            ("02", "", "begeleiding"),
            ("07", "07A12", "dagopvang"),
        ):
            verbinding.execute(
                text("INSERT INTO segmentregel (hoofdaannemer, categorie, code, segment) VALUES (:h, :c, :k, :s)"),
                {"h": AANBIEDER, "c": categorie_, "k": code_, "s": segment},
            )
        verbinding.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE" if verbinding.dialect.name == "postgresql" else "ANALYZE"))
