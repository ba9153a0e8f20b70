"""The manifest beside the messages of the region: who sends which file at which moment, and what must come of it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

NAAM = "manifest.json"


@dataclass(frozen=True, slots=True)
class Deelnemer:
    """A party of the region."""

    code: str
    rol: str
    naam: str


@dataclass(frozen=True, slots=True)
class Verwacht:
    """What must come of a message: the HTTP status, the oordeel (None when it is refused) and the rules that find it at
    fault. ``probleem`` is the kind of refusal."""

    status: int
    oordeel: str | None
    regels: tuple[str, ...] = ()
    probleem: str | None = None


@dataclass(frozen=True, slots=True)
class Zending:
    """One file that is sent. ``moment`` is Dutch time; ``verhaal`` says in Dutch which story it belongs to."""

    bestand: str
    moment: datetime
    van: str
    verhaal: str
    verwacht: Verwacht


@dataclass(frozen=True, slots=True)
class Manifest:
    """The region: its parties, what they send in this order, and the moment at which one looks back."""

    einde: datetime
    deelnemers: tuple[Deelnemer, ...]
    zendingen: tuple[Zending, ...]


def lees(map_: Path) -> Manifest:
    """The manifest in this folder."""
    inhoud = json.loads((map_ / NAAM).read_text(encoding="utf-8"))
    return Manifest(
        datetime.fromisoformat(inhoud["einde"]),
        tuple(Deelnemer(**deelnemer) for deelnemer in inhoud["deelnemers"]),
        tuple(_zending(**zending) for zending in inhoud["zendingen"]),
    )


def als_tekst(manifest: Manifest) -> str:
    """The manifest as JSON, a line for each party and each message."""
    deelnemers = _regels(asdict(deelnemer) for deelnemer in manifest.deelnemers)
    zendingen = _regels(
        {
            "bestand": zending.bestand,
            "moment": zending.moment.isoformat(),
            "van": zending.van,
            "verhaal": zending.verhaal,
            **asdict(zending.verwacht),
        }
        for zending in manifest.zendingen
    )
    return (
        f'{{\n  "einde": "{manifest.einde.isoformat()}",\n'
        f'  "deelnemers": [\n{deelnemers}\n  ],\n  "zendingen": [\n{zendingen}\n  ]\n}}\n'
    )


def _regels(rijen: Any) -> str:
    return ",\n".join(f"    {json.dumps(rij, ensure_ascii=False)}" for rij in rijen)


def _zending(bestand: str, moment: str, van: str, verhaal: str, **verwacht: Any) -> Zending:
    verwacht["regels"] = tuple(verwacht["regels"])
    return Zending(bestand, datetime.fromisoformat(moment), van, verhaal, Verwacht(**verwacht))
