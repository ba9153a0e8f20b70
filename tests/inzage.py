"""Whoever asks a node for anything in a test gets no Bsn that is not in its log: seen in every answer of every test that asks over HTTP.

A question carries a trace of its own; when the node stops, each Bsn that was in the answer must stand in the log under that trace. Who is
in the files of an export was noted when those were made: whoever fetches one is noted with the export.
"""

import re
import secrets
from dataclasses import dataclass, field

import httpx
from sqlalchemy import Engine, select

from berichtenverkeer.opslag.logboeklezen import controleer as loop_na
from berichtenverkeer.opslag.tabellen.logboek import logboek
from berichtenverkeer.sleutels import sleutelring

_BSN = re.compile(r"(?<![0-9])9999[0-9]{5}(?![0-9])")
_EXPORT = re.compile("export/[0-9a-f-]{36}")
_PER_KEER = 500


@dataclass
class Inzage:
    """What was asked of one node, and of whom something came. ``letop``: a test that breaks the node itself says so."""

    kreeg: dict[str, tuple[str, set[str]]] = field(default_factory=dict)
    letop: bool = True

    def vraag(self, verzoek: httpx.Request) -> None:
        """Give a question a trace, unless it has one."""
        verzoek.headers.setdefault("traceparent", f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01")

    def antwoord(self, antwoord: httpx.Response) -> None:
        """Remember of whom something is in an answer; not what the caller himself said a moment before."""
        verzoek = antwoord.request
        voorbeelden = verzoek.url.path.rpartition("/")[2].startswith("openapi.")  # of nobody
        if antwoord.status_code >= httpx.codes.BAD_REQUEST or voorbeelden:
            return
        antwoord.read()
        zelf = verzoek.content.decode("utf-8", "replace") if _is_gelezen(verzoek) else ""
        bsns = set(_BSN.findall(antwoord.text)) - set(_BSN.findall(zelf))
        if bsns:
            trace = verzoek.headers["traceparent"].split("-")[1]
            self.kreeg[trace] = (f"{verzoek.method} {verzoek.url.path}", bsns)

    def controleer(self, engine: Engine) -> None:
        """All of them stand in the log, and the log is as it was written."""
        if not self.letop:
            return
        traces = list(self.kreeg)
        gelogd: dict[str, set[str | None]] = {}
        engine.dispose()  # its connections may have been broken off
        with engine.connect() as verbinding:
            for begin in range(0, len(traces), _PER_KEER):
                deel = logboek.c.trace.in_(traces[begin : begin + _PER_KEER])
                gevraagd = verbinding.execute(select(logboek.c.trace, logboek.c.object, logboek.c.persoon).where(deel))
                for trace, object_, persoon in gevraagd:
                    gelogd.setdefault(trace, set()).add(persoon)
                    if export := _EXPORT.match(object_):
                        wie = select(logboek.c.persoon).where(logboek.c.object == export[0])
                        gelogd[trace].update(verbinding.execute(wie).scalars())
            _, breuken = loop_na(verbinding, sleutelring())
        assert breuken == []
        ring = sleutelring()
        mist = [
            (weg, bsn)
            for trace, (weg, bsns) in self.kreeg.items()
            for bsn in bsns
            if not gelogd.get(trace, set()) & set(ring.personen(bsn))
        ]
        assert not mist, f"seen and not logged: {mist[:20]}"


def _is_gelezen(verzoek: httpx.Request) -> bool:
    """Whether its body is in memory, and not a stream that went out."""
    try:
        return bool(verzoek.content) or True
    except httpx.RequestNotRead:
        return False
