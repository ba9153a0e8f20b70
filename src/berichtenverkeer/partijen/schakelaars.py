"""Switching releases: what an operator writes.

A switch is for what comes in through a door, at the moment at which it comes in. What came in before is processed, and the
answer that this node makes on it is made and delivered, also when the functie of that answer is off: a heenbericht that
was taken in has one retourbericht (IV028; afgeleid).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from ..klok import gezet
from ..opslag.database import lees, schrijvend
from ..opslag.partijen import partijen
from ..opslag.partijen import schakelaars as tabel
from ..standaard.release import RELEASES
from ..zegbaar import Zegbaar
from .schakelaar import BEREIKEN, Schakelaar, Stand

_VERSIE = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")


class SchakelFout(Zegbaar):
    """Nothing can be switched so. The text is Dutch and says what to do."""


def schakel(
    engine: Engine,
    functie: str,
    stand: str,
    versie: str,
    van: str,
    nu: datetime,
    tot: str = "",
    reden: str = "",
    ontvanger: str = "",
) -> Schakelaar:
    """Keep a switch, as the operator wrote it; an empty ``van`` is ``nu``, an empty ``ontvanger`` everyone. Raises
    ``SchakelFout``."""
    if stand not in list(Stand):
        raise SchakelFout(f"{stand} is geen stand; kies {', '.join(Stand)}.", veld="stand")
    nieuw = Schakelaar(
        _functie(functie),
        _release(versie),
        _moment(van, "van") if van else nu.replace(microsecond=0),  # so that it can be written to wipe it
        _moment(tot, "tot") if tot else None,
        Stand(stand),
        reden,
        ontvanger,
    )
    if nieuw.tot is not None and nieuw.tot <= nieuw.van:
        raise SchakelFout("Het einde ligt niet na het begin.", veld="tot")
    bewaar(engine, [nieuw])
    return nieuw


def bewaar(engine: Engine, nieuw: Iterable[Schakelaar]) -> None:
    """Keep these switches, all of them or none. Raises ``SchakelFout`` for a receiver that is no party."""
    with schrijvend(engine) as verbinding:
        bekend = {rij["code"] for rij in partijen.alle(verbinding)}
        for een in nieuw:
            if een.ontvanger and een.ontvanger not in bekend:
                raise SchakelFout(f"Partij {een.ontvanger} bestaat niet op dit knooppunt.", veld="ontvanger")
            tabel.zet(verbinding, asdict(een) | {"stand": str(een.stand)})


def ongelezen(schakelaar: Schakelaar) -> str:
    """That nothing of its release is read, however it is switched; empty when it is."""
    if schakelaar.versie in RELEASES:
        return ""
    return f"Let op: gelezen wordt release {', '.join(RELEASES)}; {schakelaar.versie} blijft geweigerd (BV_RELEASES)."


def wis(engine: Engine, functie: str, versie: str, van: str = "", ontvanger: str = "") -> int:
    """Take a switch away, or without ``van`` all of this functie, release and receiver; how many. Raises ``SchakelFout``."""
    waar = _functie(functie), _release(versie), _moment(van, "van") if van else None
    with schrijvend(engine) as verbinding:
        gewist = tabel.wis(verbinding, *waar, ontvanger)
    if not gewist:
        raise SchakelFout("Er is geen schakelaar die zo begint; 'berichtenverkeer functie list' toont ze.")
    return gewist


def alle(engine: Engine) -> list[Schakelaar]:
    """Every switch there is."""
    return [schakelaar_van(rij) for rij in lees(engine, tabel.alle)]


def schakelaar_van(rij: Mapping[Any, Any]) -> Schakelaar:
    """The switch that a row of the table holds."""
    return Schakelaar(**{**rij, "stand": Stand(rij["stand"])})


def _functie(tekst: str) -> str:
    if tekst not in BEREIKEN:
        raise SchakelFout(
            f"{tekst} is geen functie; schrijf WMO301, een wet (WMO, JW), heen, retour (ook WMO-heen) of * voor alle.",
            veld="functie",
        )
    return tekst


def _release(tekst: str) -> str:
    if not _VERSIE.fullmatch(tekst):
        raise SchakelFout(f"{tekst} is geen release; schrijf bijvoorbeeld 3.2.", veld="versie")
    return tekst


def _moment(tekst: str, veld: str) -> datetime:
    try:
        moment = gezet(tekst)
        moment.astimezone(UTC)  # at the ends of the calendar a moment may have no other time zone
    except (ValueError, OverflowError):
        raise SchakelFout(f"{tekst} is geen moment; schrijf 2026-04-01 of 2026-04-01T18:00:00.", veld=veld) from None
    return moment
