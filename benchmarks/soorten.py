"""The kinds of message that are not in the mix, each by itself beside the bare ceiling: a request (317), its answer (319), a declaratie
(323), and a retourbericht (302) of an aanbieder that judges for itself."""

import time
from collections.abc import Sequence
from datetime import date
from itertools import islice

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.oordeel.retour import maak_retour
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling
from berichtenverkeer.standaard.berichten import basis as b
from berichtenverkeer.standaard.berichten.antwoord import Antwoord319, Bericht319
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Client323, Declaratie, Prestatie
from berichtenverkeer.standaard.berichten.kop import Bericht
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Bericht317, Client317, TeWijzigenProduct, Verzoek
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import serialiseer

from .klant import stuur, verzoek
from .mix import AANBIEDER, GEMEENTE, bsns, gang, header
from .server import APPS, Database, meld_aan, server

_MAAND = b.GeslotenPeriode(Begindatum=date(2026, 2, 1), Einddatum=date(2026, 2, 28))
_DAG = date(2026, 3, 2)
_TARIEF = 5000

_ANDER_OORDEELT = "301, de ontvanger oordeelt"
_TOT_GEZIEN = 3.0
"""Seconds in which every process has seen that a party changed."""

Verzonden = tuple[str, bytes]
"""Who sends it, and the message."""


def meet_soorten(database: Database, verbindingen: int, gangen: int) -> dict[str, float]:
    """Messages a second of each kind, by the bare ceiling (A) and by the service (B), and B/A. What they are about is sent before."""
    uit: dict[str, float] = {}
    a, b_ = (_ronde(kant, database(), verbindingen, gangen) for kant in ("A", "B"))
    for soort in a:
        uit |= {f"{soort}_A": a[soort], f"{soort}_B": b_[soort], f"{soort}_B/A": b_[soort] / a[soort]}
    return uit


def _ronde(kant: str, url: str, verbindingen: int, gangen: int) -> dict[str, float]:
    tokens = meld_aan(url) if kant == "B" else dict.fromkeys((GEMEENTE, AANBIEDER), "-")
    reeksen = _reeksen(gangen)
    uit: dict[str, float] = {}
    with server(APPS[kant], url) as (poort, _):
        for soort, berichten in reeksen.items():
            if kant == "B" and soort == _ANDER_OORDEELT:
                _laat_oordelen(url)
                time.sleep(_TOT_GEZIEN)
            figuren = stuur(poort, _verdeeld(berichten, tokens, verbindingen), 202)
            uit[soort] = figuren["per_seconde"]
    return {soort: uit[soort] for soort in ("317", "319", "323", "302")}


def _laat_oordelen(url: str) -> None:
    engine = maak_engine(url)
    zet_beoordeling(engine, AANBIEDER, Beoordelaar.PARTIJ)
    engine.dispose()


def _verdeeld(berichten: Sequence[Verzonden], tokens: dict[str, str], verbindingen: int) -> list[list[bytes]]:
    alle = [verzoek("/v1/berichten", tokens[van], data) for van, data in berichten]
    return [alle[eerste::verbindingen] for eerste in range(verbindingen)]


def _reeksen(gangen: int) -> dict[str, list[Verzonden]]:
    """What is sent, in order: each series is about what came before it."""
    schemas = Schemas(Instellingen().xsd_dir)
    clienten = list(enumerate(islice(bsns(), gangen)))
    toewijzingen = [gang(nummer * 2 + 1, bsn, 1)[0] for nummer, bsn in clienten]  # all of them iWmo: an odd number
    later = [gang((gangen + nummer) * 2 + 1, bsn, 1)[0] for nummer, bsn in clienten]
    return {
        "301": toewijzingen,
        "317": [_schrijf("317", nummer, _verzoek(nummer, bsn)) for nummer, bsn in clienten],
        "319": [_schrijf("319", nummer, _antwoord(nummer)) for nummer, _ in clienten],
        "323": [_schrijf("323", nummer, _declaratie(nummer, bsn)) for nummer, bsn in clienten],
        _ANDER_OORDEELT: later,
        "302": [(AANBIEDER, _retour(nummer, data, schemas)) for nummer, (_, data) in enumerate(later)],
    }


def _toewijzing(nummer: int) -> int:
    return (nummer * 2 + 1) * 10 + 1


def _product(nummer: int) -> str:
    return f"02A{_toewijzing(nummer) % 10:02}"


def _schrijf(soort: str, nummer: int, bericht: tuple[type[Bericht], dict[str, object]]) -> Verzonden:
    klasse, inhoud = bericht
    van: Berichtsoort = berichtsoort(Domein.IWMO, soort)
    kop = header(van, nummer, dag=_DAG)
    return kop.Afzender, serialiseer(klasse.model_validate({"Header": kop} | inhoud), van)


def _verzoek(nummer: int, bsn: str) -> tuple[type[Bericht], dict[str, object]]:
    anders = TeWijzigenProduct(
        ToewijzingNummer=_toewijzing(nummer),
        GewensteIngangsdatum=date(2026, 6, 1),
        Omvang=b.Omvang(Volume=6, Eenheid="04", Frequentie="4"),
    )
    wens = Verzoek(ReferentieAanbieder=f"R{nummer}", RedenVerzoek="1", TeWijzigenProducten=(anders,))
    return Bericht317, {"Client": Client317(Bsn=bsn, Verzoek=wens)}


def _antwoord(nummer: int) -> tuple[type[Bericht], dict[str, object]]:
    nee = Antwoord319(ReferentieAanbieder=f"R{nummer}", VerzoekAntwoord="1", RedenAfwijzingVerzoek="1")
    return Bericht319, {"Antwoord": nee}


def _declaratie(nummer: int, bsn: str) -> tuple[type[Bericht], dict[str, object]]:
    prestatie = Prestatie(
        ProductReferentie=b.Referentie(ReferentieNummer=f"P{nummer}"),
        ToewijzingNummer=_toewijzing(nummer),
        ProductCategorie="02",
        ProductCode=_product(nummer),
        ProductPeriode=_MAAND,
        GeleverdVolume=4,
        Eenheid="04",
        ProductTarief=_TARIEF,
        IngediendBedrag=b.BedragMetDC(Bedrag=4 * _TARIEF, DebetCredit="D"),
    )
    declaratie = Declaratie(
        DeclaratieNummer=f"D{nummer}",
        DeclaratiePeriode=_MAAND,
        DeclaratieDagtekening=_DAG,
        TotaalIngediendBedrag=b.TotaalBedragMetDC(TotaalBedrag=4 * _TARIEF, DebetCredit="D"),
        Clienten=(Client323(Bsn=bsn, Prestaties=(prestatie,)),),
    )
    return Bericht323, {"Declaratie": declaratie}


def _retour(nummer: int, data: bytes, schemas: Schemas) -> bytes:
    heen = lees(data, schemas)
    assert heen.soort.retour is not None
    return serialiseer(maak_retour(heen, (), f"Z{nummer}", _DAG, schemas), heen.soort.retour)
