"""What the pure middle costs in process: read, rules, life cycle and retour, beside lxml's parse and XSD validation."""

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime

from lxml import etree

from berichtenverkeer.inname.gevolgen import gevolgen
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.stand import voer_door
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, beoordeel
from berichtenverkeer.oordeel.retour import schrijf_retour
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.lezen import herken, lees
from berichtenverkeer.standaard.schema import Schemas

from .mix import bsns, gang

_VANDAAG = date(2026, 1, 6)
_NU = datetime(2026, 1, 6, 12, tzinfo=NEDERLAND)


def meet(gangen: int = 200, rondes: int = 7) -> dict[str, float]:
    """Microseconds a message (the best of some rounds), of each part and of the whole, and their ratio to the bare."""
    schemas = Schemas(Instellingen().xsd_dir)
    alle = [[data for _, data in gang(nummer, bsn)] for nummer, bsn in zip(range(gangen), bsns(), strict=False)]

    def kaal() -> None:
        for berichten in alle:
            for data in berichten:
                _kaal(data, schemas)

    def lezen() -> None:
        for berichten in alle:
            for data in berichten:
                lees(data, schemas)

    gelezen = [lees(data, schemas) for berichten in alle for data in berichten]

    def niveau_2() -> None:
        for bericht in gelezen:
            assert not toets_bericht(bericht.bericht, bericht.soort)

    def geheel() -> None:
        for berichten in alle:
            dossier = Dossier()
            for data in berichten:
                bericht = lees(data, schemas)
                treffers = toets_bericht(bericht.bericht, bericht.soort)
                kennis = Kennis(bericht.soort, bericht.bericht, _VANDAAG, dossier)
                oordeel = beoordeel(bericht, treffers, kennis)
                assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD
                dossier = voer_door(dossier, gevolgen("id", bericht, oordeel.feiten, _NU)).dossier
                schrijf_retour(bericht, oordeel.treffers, "R1", _VANDAAG, schemas)

    delen = {"kaal": kaal, "lezen": lezen, "niveau_2": niveau_2, "geheel": geheel}
    uit = _gemeten(delen, rondes, sum(len(berichten) for berichten in alle))
    uit["verhouding"] = uit["geheel"] / uit["kaal"]
    return uit


def meet_controle(aantal: int = 200, rondes: int = 15) -> dict[str, float]:
    """The same of one kind of message, a sound 301 of 7 kB: what reading it with its XSD and judging it inside (level 2)
    costs beside the bare parse and validation. ``bytes`` is its mean size."""
    schemas = Schemas(Instellingen().xsd_dir)
    berichten = [gang(nummer, bsn, 8)[0][1] for nummer, bsn in zip(range(aantal), bsns(), strict=False)]

    def kaal() -> None:
        for data in berichten:
            _kaal(data, schemas)

    def controle() -> None:
        for data in berichten:
            gelezen = lees(data, schemas)
            assert not toets_bericht(gelezen.bericht, gelezen.soort)

    uit = _gemeten({"kaal": kaal, "controle": controle}, rondes, aantal)
    uit["bytes"] = sum(map(len, berichten)) / aantal
    uit["verhouding"] = uit["controle"] / uit["kaal"]
    return uit


def _kaal(data: bytes, schemas: Schemas) -> None:
    wortel = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert schemas.geldig(herken(wortel), wortel)


def _gemeten(delen: Mapping[str, Callable[[], None]], rondes: int, aantal: int) -> dict[str, float]:
    """Microseconds a message of each part, its best round. The parts take turns, so that a machine that changes pace
    changes all of them."""
    tijden: dict[str, list[float]] = {naam: [] for naam in delen}
    for _ in range(rondes):
        for naam, deel in delen.items():
            begin = time.perf_counter()
            deel()
            tijden[naam].append(time.perf_counter() - begin)
    return {naam: min(gemeten) / aantal * 1e6 for naam, gemeten in tijden.items()}
