"""What the pure middle costs in process: read, rules, life cycle and retour, beside lxml's parse and XSD validation."""

import time
from datetime import date, datetime

from lxml import etree

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.stand import voer_door
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.lezen import herken, lees
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.uitwisseling.gevolgen import gevolgen
from berichtenverkeer.verwerking.oordeel import Uitslag, beoordeel
from berichtenverkeer.verwerking.retour import maak_retour

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
                wortel = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
                assert schemas.geldig(herken(wortel), wortel)

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
                assert oordeel.uitslag is Uitslag.GOEDGEKEURD
                dossier = voer_door(dossier, gevolgen("id", bericht, oordeel.feiten, _NU)).dossier
                retour = maak_retour(bericht, oordeel.treffers, "R1", _VANDAAG, schemas)
                assert bericht.soort.retour is not None
                schrijf(retour, bericht.soort.retour, schemas)

    uit: dict[str, float] = {}
    aantal = sum(len(berichten) for berichten in alle)
    for naam, deel in {"kaal": kaal, "lezen": lezen, "niveau_2": niveau_2, "geheel": geheel}.items():
        tijden = []
        for _ in range(rondes):
            begin = time.perf_counter()
            deel()
            tijden.append(time.perf_counter() - begin)
        uit[naam] = min(tijden) / aantal * 1e6
    uit["verhouding"] = uit["geheel"] / uit["kaal"]
    uit["verhouding_controle"] = (uit["lezen"] + uit["niveau_2"]) / uit["kaal"]
    return uit
