"""The bare ceiling as a server: receive, lxml parse and XSD validation, one transaction with the bytes and an outbox row.

Nothing of the service is in it but the XSDs: raw drivers, a thread a connection, as a plain application would do it.
"""

import hashlib
import os
import sqlite3
import threading
from typing import Any

import psycopg
from lxml import etree
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.standaard.lezen import herken
from berichtenverkeer.standaard.schema import Schemas

_URL = make_url(os.environ["BV_DATABASE_URL"])
_SCHEMAS = Schemas(Instellingen().xsd_dir)
_EIGEN = threading.local()
_TABELLEN = (
    "CREATE TABLE IF NOT EXISTS bericht (id TEXT PRIMARY KEY, inhoud {blob} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS outbox (id TEXT NOT NULL, bestemming TEXT NOT NULL)",
)


def _verbind() -> Any:
    if _URL.get_backend_name() == "sqlite":
        verbinding = sqlite3.connect(_URL.database or "", timeout=60, isolation_level=None)
        verbinding.execute("PRAGMA journal_mode=WAL")
        verbinding.execute("PRAGMA synchronous=FULL")
        return verbinding
    return psycopg.connect(_URL.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)


def _bewaar(id_: str, data: bytes, bestemming: str) -> None:
    if not hasattr(_EIGEN, "verbinding"):
        _EIGEN.verbinding = _verbind()
    sqlite = _URL.get_backend_name() == "sqlite"
    teken = "?" if sqlite else "%s"
    _EIGEN.verbinding.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
    _EIGEN.verbinding.execute(f"INSERT INTO bericht VALUES ({teken}, {teken})", (id_, data))
    _EIGEN.verbinding.execute(f"INSERT INTO outbox VALUES ({teken}, {teken})", (id_, bestemming))
    _EIGEN.verbinding.execute("COMMIT")


async def bied_aan(request: Request) -> JSONResponse:
    data = await request.body()
    wortel = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    soort = herken(wortel)
    if not _SCHEMAS.geldig(soort, wortel):
        return JSONResponse({}, 422)
    id_ = hashlib.sha256(data).hexdigest()
    await run_in_threadpool(_bewaar, id_, data, wortel[0][4].text or "")
    return JSONResponse({"id": id_}, 202)


def maak_app() -> Starlette:
    """The application; makes its tables."""
    verbinding = _verbind()
    for tabel in _TABELLEN:
        verbinding.execute(tabel.format(blob="BLOB" if _URL.get_backend_name() == "sqlite" else "BYTEA"))
    verbinding.close()
    _SCHEMAS.laad_alles()
    return Starlette(routes=[Route("/v1/berichten", bied_aan, methods=["POST"])])
