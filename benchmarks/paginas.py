"""What a page costs the server with a hundred thousand toewijzingen, of two years: every page that a link leads to, for a gemeente and for an
aanbieder.

Processor time of this process, and on PostgreSQL of its servers too, so that a busy machine does not count. The longest story is there as
well: a toewijzing with 150 starts and as many stops.
"""

import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from html import unescape
from pathlib import Path
from statistics import median
from urllib.parse import urldefrag, urljoin

from fastapi import FastAPI
from sqlalchemy import Connection, Engine, text
from starlette.testclient import TestClient

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import NEDERLAND, systeemklok
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen import sessies
from berichtenverkeer.partijen.gebruikers import Rol, alle, registreer
from berichtenverkeer.partijen.partij import Partijrol
from berichtenverkeer.partijen.partij import registreer as registreer_partij
from berichtenverkeer.web.app import maak_app
from berichtenverkeer.web.poort import SESSIEKOEKJE

from .dossier import maak_node, verhaal
from .miljoen import ANDER, vul
from .mix import AANBIEDER, GEMEENTE, bsns

NORM_MS = 200
"""Milliseconds that a page may cost."""

_NU = datetime(2026, 3, 2, 12, tzinfo=NEDERLAND)
_MEESTE, _VAN_EEN_SOORT = 150, 2
_PER_DECLARATIE = 100
_TIKKEN = os.sysconf("SC_CLK_TCK")
_WIE = {"gemeente": GEMEENTE, "veel": ANDER, "lang": AANBIEDER}


def meet_paginas(url: str, aantal: int = 100_000) -> dict[str, float]:
    """Milliseconds of the dearest pages, by user and address without ids, the dearest first; how many pages were looked at, and how many of
    them cost more than they may."""
    engine, neem_op = maak_node(url)
    registreer_partij(engine, ANDER, Partijrol.AANBIEDER, "Ander", _NU)
    vul(engine, 1, aantal)
    _spreid(engine)
    _vul_declaraties(engine, aantal)
    for van, data in verhaal(1, next(bsns()), 150):
        neem_op(van, data)
    engine.dispose()
    app = maak_app(Instellingen(database_url=url, proefmodus=True), lambda: _NU)
    engine = maak_engine(url)
    gemeten: dict[str, float] = {}
    try:
        for wie, code in _WIE.items():
            registreer(engine, wie, wie, {code: Rol.MEDEWERKER}, systeemklok(), wachtwoord="vier fietsen in de regen")
            klant = _klant(app, engine, wie)
            with engine.connect() as verbinding:
                kosten = _kosten(verbinding)
                for pad in _paden(klant):
                    soort = f"{wie} {re.sub(r'[0-9a-f]{8}-?[0-9a-f-]{20,}', '…', pad)}"
                    gemeten[soort] = max(gemeten.get(soort, 0.0), _ms(klant, pad, kosten))
    finally:
        engine.dispose()
        app.state.knooppunt.engine.dispose()
    duurste = sorted(gemeten.items(), key=lambda een: -een[1])
    te_duur = sum(ms > NORM_MS for ms in gemeten.values())
    return {"bladzijden": len(gemeten), f"boven_{NORM_MS}_ms": te_duur, **dict(duurste[:12])}


def _klant(app: FastAPI, engine: Engine, login: str) -> TestClient:
    """Someone who is logged in."""
    wie = next(een for een in alle(engine) if een.login == login)
    geheim = sessies.begin(engine, wie, systeemklok(), bevestigd=True).geheim
    kop = {"Cookie": f"{SESSIEKOEKJE}={geheim}", "Accept": "text/html"}
    return TestClient(app, headers=kop, follow_redirects=False)


def _paden(klant: TestClient) -> Iterator[str]:
    """Every page that links lead to, from the first on: two of each shape."""
    gezien, rij, soorten = {"/"}, deque(["/"]), dict[str, int]()
    while rij and len(gezien) < _MEESTE:
        pad = rij.popleft()
        antwoord = klant.get(pad)
        if not antwoord.headers.get("content-type", "").startswith("text/html"):
            continue
        assert antwoord.status_code < 500, pad
        yield pad
        for link in re.findall(r'<a [^>]*href="([^"]*)"(?![^>]*download)', antwoord.text):
            naar = urldefrag(urljoin(pad, unescape(link)))[0]
            soort = re.sub(r"(?<!onderwerp)=[^&]*|(?<=/)[0-9a-zA-Z-]*[0-9][0-9a-zA-Z-]*", "=", naar)
            nieuw = naar.startswith("/") and not naar.startswith(("/docs", "/statisch", "/v1"))
            if nieuw and naar not in gezien and soorten.get(soort, 0) < _VAN_EEN_SOORT:
                soorten[soort] = soorten.get(soort, 0) + 1
                gezien.add(naar)
                rij.append(naar)


def _ms(klant: TestClient, pad: str, kosten: Callable[[], float], keren: int = 3) -> float:
    tijden = []
    for _ in range(keren):
        begin = kosten()
        klant.get(pad)
        tijden.append((kosten() - begin) * 1000)
    return median(tijden)


def _kosten(verbinding: Connection) -> Callable[[], float]:
    """Seconds of processor time that this process and the servers of its database have used."""
    if verbinding.dialect.name != "postgresql":
        return time.process_time

    def samen() -> float:
        pids = verbinding.execute(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).scalars()
        return time.process_time() + sum(_van(pid) for pid in pids)

    return samen


def _van(pid: int) -> float:
    """Seconds of processor time of another process; it may be gone."""
    with suppress(FileNotFoundError):
        velden = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(velden[11]) + int(velden[12])) / _TIKKEN
    return 0.0


_OP = {
    "postgresql": "CAST('2024-03-05 12:00:00+00' AS timestamptz) + volgnummer % 727 * interval '1 day'",
    "sqlite": "datetime('2024-03-05 12:00:00', '+' || (volgnummer % 727) || ' days') || '.000000'",
}


def _spreid(engine: Engine) -> None:
    """The messages over two years."""
    with engine.connect() as verbinding:
        op = _OP[verbinding.dialect.name]
        verbinding.execute(text(f"UPDATE bericht SET ontvangen_op = {op} WHERE volgnummer > 100000000"))
        verbinding.commit()


def _vul_declaraties(engine: Engine, aantal: int) -> None:
    """As many Prestaties, in declaraties of a hundred, of which one in ten was refused."""
    with engine.connect() as verbinding:
        d = verbinding.dialect.name
        bron = "(SELECT id, volgnummer - 100000000 AS n FROM bericht WHERE volgnummer > 100000000)"
        moment = (
            "CAST('2026-02-20 12:00:00+00' AS timestamptz)" if d == "postgresql" else "'2026-02-20 12:00:00.000000'"
        )
        dag = "CAST('2026-{}' AS date)" if d == "postgresql" else "'2026-{}'"
        begin, eind, beantwoord = dag.format("01-01"), dag.format("01-31"), dag.format("02-20")
        declaratie = {
            "id": "id", "domein": "'iwmo'", "gemeente": f"'{GEMEENTE}'", "aanbieder": f"'{ANDER}'", "declaratienummer": "'D' || n",
            "begin": begin, "eind": eind, "ingediend": "500000", "toegekend": "450000", "toestand": "'beantwoord'",
            "antwoord": "id", "beantwoord": beantwoord, "wijziging": "n", "gewijzigd_op": moment,
        }  # fmt: skip
        prestatie = {
            "declaratie": "id", "nummer": "k", "dossier": f"'iwmo/{GEMEENTE}/{ANDER}/' || (n + k)", "domein": "'iwmo'",
            "aanbieder": f"'{ANDER}'", "referentienummer": "'R' || (n + k)", "toewijzingnummer": "100000000 + n + k",
            "categorie": "'02'", "code": "'02A01'", "begin": begin, "eind": eind, "volume": "1", "eenheid": "'04'", "tarief": "5000",
            "bedrag": "5000", "debet_credit": "'D'", "toestand": "CASE WHEN k % 10 = 0 THEN 'afgewezen' ELSE 'toegekend' END",
            "retourcodes": "CASE WHEN k % 10 = 0 THEN '[\"9321\"]' ELSE '[]' END", "berekening": "'[]'",
        }  # fmt: skip
        if d == "postgresql":
            prestatie |= {naam: f"CAST({prestatie[naam]} AS json)" for naam in ("retourcodes", "berekening")}
        elke = f"{bron} AS b WHERE n % {_PER_DECLARATIE} = 0 AND n < :tot"
        reeks = f"(SELECT volgnummer - 100000001 AS k FROM bericht WHERE volgnummer BETWEEN 100000001 AND {100_000_000 + _PER_DECLARATIE}) AS r"
        verbinding.execute(text(_sql("declaratie", declaratie, elke)), {"tot": aantal})
        verbinding.execute(
            text(_sql("prestatie", prestatie, f"{bron} AS b, {reeks} WHERE n % {_PER_DECLARATIE} = 0 AND n < :tot")),
            {"tot": aantal},
        )
        verbinding.commit()
        if d == "postgresql":
            verbinding.execute(text("ANALYZE"))
        verbinding.commit()


def _sql(tabel: str, waarden: dict[str, str], van: str) -> str:
    return f"INSERT INTO {tabel} ({', '.join(waarden)}) SELECT {', '.join(waarden.values())} FROM {van}"
