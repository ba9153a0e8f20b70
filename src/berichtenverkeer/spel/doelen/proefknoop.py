"""A node to play flows against with parties of our own: in this process, or one that runs elsewhere on a database at hand."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from ...instellingen import Instellingen
from ...klok import systeemklok
from ...opslag.database import maak_engine, maak_gereed
from .dienst import Dienst
from .doel import DoelFout
from .eigen import Eigen

_GEDULD = 60.0
"""Seconds that a node elsewhere may take to answer: it may just have been started."""


@contextmanager
def proefknoop(xsd_dir: Path, database_url: str | None = None) -> Iterator[Eigen]:
    """A node in this process in proefmodus, for as long as the block lasts, on a database of its own unless one is named.

    ``BV_DATABASE_URL`` does not count: it may well be that of a node in use. Raises ``StartNiet``.
    """
    with tempfile.TemporaryDirectory(prefix="berichtenverkeer-", ignore_cleanup_errors=True) as map_:
        url = database_url or f"sqlite:///{Path(map_) / 'replay.db'}"
        instellingen = Instellingen(database_url=url, proefmodus=True, xsd_dir=xsd_dir, port=0)
        engine = maak_engine(url)
        maak_gereed(engine)
        try:
            with Dienst(instellingen, systeemklok) as dienst:
                yield Eigen(dienst.url, engine)
        finally:
            engine.dispose()


@contextmanager
def elders(base_url: str, database_url: str) -> Iterator[Eigen]:
    """The node at this address, in proefmodus, with its database. Raises ``DoelFout``."""
    try:
        proef = httpx.get(f"{base_url.rstrip('/')}/v1/proef/klok", timeout=_GEDULD).status_code
    except httpx.HTTPError as fout:
        raise DoelFout(f"Het knooppunt op {base_url} antwoordt niet: {fout}.") from None
    if proef == httpx.codes.NOT_FOUND:
        raise DoelFout(f"Het knooppunt op {base_url} draait niet in proefmodus; start het met serve --proefmodus.")
    engine = maak_engine(database_url)
    try:
        yield Eigen(base_url, engine)
    finally:
        engine.dispose()
