"""A file of parties for flows of the library, made with what the commands ``partij``, ``tarief`` and ``productcodes`` do."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen import bewijzen, contracten
from berichtenverkeer.partijen import partij as partijen
from berichtenverkeer.spel.bestand.flow import Deelnemer, Flow
from berichtenverkeer.standaard.berichtsoort import Ketenrol
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

_KOLOMMEN = ("categorie", "code", "eenheid", "variant", "van", "tot")
NU = datetime(2026, 1, 1, tzinfo=NEDERLAND)
_agb = count(73_000_000)


def partijenbestand(flows: Iterable[Flow], database_url: str, map_: Path, per_naam: int) -> Path:
    """Register what the flows need, of every aanbieder ``per_naam``, and write down their codes and tokens."""
    nodig = {naam: partij for flow in flows for naam, partij in flow.partijen.items()}
    gemeenten = reversed(list(codelijst("CBS", Domein.IWMO).codes.items()))
    vrij = (code for code, item in gemeenten if item.geldig_op(NU.date()))
    engine = maak_engine(database_url)
    codes: dict[str, list[str]] = {}
    regels: list[str] = []
    for naam, deelnemer in nodig.items():
        codes[naam] = [_code(deelnemer, vrij) for _ in range(1 if deelnemer.kant is Ketenrol.GEMEENTE else per_naam)]
        regels.append(f"{naam}:")
        regels += (f"  - {{code: '{code}', token: {_meld_aan(engine, code, deelnemer)}}}" for code in codes[naam])
    for naam, deelnemer in nodig.items():
        _contract(engine, deelnemer, codes[naam][0], codes)
    engine.dispose()
    bestand = map_ / "partijen.yaml"
    bestand.write_text("\n".join(regels))
    return bestand


def _code(deelnemer: Deelnemer, gemeenten: Iterator[str]) -> str:
    """An onderaannemer has a code of its own."""
    if deelnemer.kant is Ketenrol.GEMEENTE:
        return next(gemeenten)
    agb = str(next(_agb))
    return agb if deelnemer.kant is Ketenrol.AANBIEDER else f"z{agb[-7:]}"


def _meld_aan(engine: Engine, code: str, deelnemer: Deelnemer) -> str:
    partijen.registreer(engine, code, deelnemer.rol, "Testpartij", NU)
    partijen.zet_beoordeling(engine, code, partijen.Beoordelaar(deelnemer.beoordeling))
    return bewijzen.maak_token(engine, code, NU, secrets.token_urlsafe)


def _contract(engine: Engine, deelnemer: Deelnemer, gemeente: str, codes: Mapping[str, list[str]]) -> None:
    for rij in deelnemer.tarieven:
        waarden = (rij["productcode"], rij["eenheid"], rij["eurocent"], rij["van"], rij.get("tot", ""))
        for aanbieder in codes[rij["aanbieder"]]:
            contracten.voeg_tarief_toe(engine, gemeente, aanbieder, *waarden)
    if deelnemer.productcodes:
        rijen = [_KOLOMMEN, *([rij.get(kolom, "") for kolom in _KOLOMMEN] for rij in deelnemer.productcodes)]
        contracten.laad_productcodes(engine, gemeente, "\n".join(map(";".join, rijen)).encode())
