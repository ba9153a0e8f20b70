"""What a hoofdaannemer of 4 100 clients and 150 partners waits for: loading its inzetten, and the maandstaten of a month after three
years of months that were fixed."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Engine

from berichtenverkeer.bedrijfsbureau.bezetting import bezetting
from berichtenverkeer.bedrijfsbureau.bureau import Bedrijfsbureau, Zitting, handelend
from berichtenverkeer.bedrijfsbureau.herindicaties import herindicaties
from berichtenverkeer.bedrijfsbureau.laden.laden import laad
from berichtenverkeer.bedrijfsbureau.maandstaten import grondslag, maandstaten
from berichtenverkeer.hoofdaannemer import maandstaat
from berichtenverkeer.hoofdaannemer.bezetting import Kwartaal
from berichtenverkeer.hoofdaannemer.looptijd import Maand, maanden
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag import bulk
from berichtenverkeer.opslag.bureau import maandstaten as vaste
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.dossiers.dossiers import toewijzing_id
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import gebeurtenis, toewijzing
from berichtenverkeer.partijen.partij import Partijrol, registreer
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel

from .mix import bsns

T = TypeVar("T")

CLIENTEN, PARTNERS, RIJEN, FOUTEN = 4_100, 150, 10_000, 100
GEMEENTEN = ("0855", "0809", "0785", "0766", "0797", "0828", "0867", "0824", "1719")
HOOFD = "99990001"
_NU = datetime(2026, 1, 6, 12, tzinfo=NEDERLAND)
_LAATSTE = Maand(2025, 12)


def meet_hoofdaannemer(url: str) -> dict[str, float]:
    """Seconds: of loading 10 000 inzetten with 100 faults, of which all must be found and none that is not there; of loading them
    without; of the maandstaten of a month for all partners, when a tariff changed under three years that were fixed; and of the
    occupancy of a quarter and the renewals of a day."""
    engine = maak_engine(url)
    maak_gereed(engine)
    try:
        bureau = Bedrijfsbureau(engine, HOOFD, Kalender())
        registreer(engine, HOOFD, Partijrol.HOOFDAANNEMER, "De coalitie", _NU)
        toewijzingen = list(_toewijzingen())
        _vul(engine, toewijzingen)
        for soort, inhoud in _AFSPRAKEN.items():
            assert not _laad(bureau, soort, inhoud).fouten
        goed = [_rij(een, nummer) for nummer, een in enumerate(toewijzingen)]
        slecht, waar = _met_fouten(goed)
        met_fouten, rapport = _tijd(lambda: _laad(bureau, "inzetten", slecht))
        assert {fout.rij for fout in rapport.fouten} == waar
        zonder, rapport = _tijd(lambda: _laad(bureau, "inzetten", _KOP + "".join(goed)))
        assert (rapport.nieuw, rapport.fouten) == (RIJEN, ())
        _stel_vast(bureau)
        assert not _laad(bureau, "tarieven", _ANDER_TARIEF).fouten
        maand, (staten, _) = _tijd(lambda: maandstaten(bureau, _LAATSTE))
        assert len(staten) == PARTNERS
        assert sum(staat.correctie for staat in staten)
        kwartaal, _ = _tijd(lambda: bezetting(bureau, Kwartaal(2025, 4), _NU.date()))
        herindicatie, _ = _tijd(lambda: herindicaties(bureau, _NU.date()))
    finally:
        engine.dispose()
    return {
        "laden_met_100_fouten_s": met_fouten,
        "laden_s": zonder,
        "maandstaten_s": maand,
        "bezetting_s": kwartaal,
        "herindicaties_s": herindicatie,
    }


def _tijd(doe: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    uit = doe()
    return time.perf_counter() - begin, uit


def _laad(bureau: Bedrijfsbureau, soort: str, inhoud: str) -> Any:
    return laad(bureau, soort, lees_tabel(inhoud.encode(), STRENG), _NU)


_AFSPRAKEN = {
    "segmenten": "segment;categorie;code\nbegeleiding;02;\nvervoer;08;\n",
    "partners": "code;naam;soort;gemeente;segment;van\n"
    + "".join(f"{51_510_000 + nummer};Partner {nummer};onderaannemer;;;2020-01-01\n" for nummer in range(PARTNERS))
    + "51519999;Zonder contract;onderaannemer;;;2040-01-01\n",
    "tarieven": "segment;klasse;eenheid;euro;van;tot\n"
    "begeleiding;licht;maand;363;2020-01-01;2023-06-30\nbegeleiding;licht;maand;200;2023-07-01;\n"
    "begeleiding;midden;maand;409;2020-01-01;2023-06-30\nbegeleiding;midden;maand;420;2023-07-01;\n"
    "begeleiding;zwaar;maand;454;2020-01-01;2023-06-30\nbegeleiding;zwaar;maand;625;2023-07-01;\n"
    "vervoer;rolstoel;dag;32,82;2020-01-01;\n",
    "bijdragen": "segment;percentage;van;tot\nbegeleiding;15;2020-01-01;\n",
}
_ANDER_TARIEF = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;zwaar;maand;600;2023-07-01;\n"
_KOP = "gemeente;toewijzingnummer;domein;partner;klasse;van;tot\n"


def _toewijzingen() -> Iterator[dict[str, Any]]:
    """Two of each client that follow on each other, and transport for some."""
    looptijden = (
        ("02", date(2023, 1, 1), date(2024, 6, 17)),
        ("02", date(2024, 6, 18), date(2026, 1, 31)),
        ("08", date(2023, 3, 1), date(2025, 12, 31)),
    )
    for nummer in range(RIJEN):
        categorie, van, tot = looptijden[nummer // CLIENTEN]
        client = nummer % CLIENTEN
        gemeente = GEMEENTEN[client % len(GEMEENTEN)]
        yield {"nummer": nummer, "client": client, "gemeente": gemeente, "categorie": categorie, "van": van, "tot": tot}


def _vul(engine: Engine, toewijzingen: list[dict[str, Any]]) -> None:
    wie = list(islice(bsns(), CLIENTEN))
    leeg = dict.fromkeys(kolom.name for kolom in toewijzing.c)
    rijen = [
        {
            **leeg,
            "id": toewijzing_id(Domein.IWMO, een["gemeente"], een["nummer"]),
            "dossier": f"iwmo/{een['gemeente']}/{HOOFD}/{wie[een['client']]}",
            "domein": "iwmo",
            "gemeente": een["gemeente"],
            "aanbieder": HOOFD,
            "bsn": wie[een["client"]],
            "toewijzingnummer": een["nummer"],
            "categorie": een["categorie"],
            "ingangsdatum": een["van"],
            "einddatum": een["tot"],
            "verwijderd": False,
            "levering": "niet_gestart",
            "versie": 1,
            "wijziging": een["nummer"],
            "gewijzigd_op": _NU,
        }
        for een in toewijzingen
    ]
    with schrijvend(engine) as verbinding:
        bulk.voeg_toe(verbinding, toewijzing, rijen)
        bulk.voeg_toe(verbinding, bericht, [_bericht(rij) for rij in rijen])
        bulk.voeg_toe(verbinding, gebeurtenis, [feit for rij in rijen for feit in _feiten(rij)])


def _bericht(rij: dict[str, Any]) -> dict[str, Any]:
    """The 301 that brought a toewijzing, without its bytes."""
    leeg = dict.fromkeys(kolom.name for kolom in bericht.c)
    partijen = {"afzender": rij["gemeente"], "ontvanger": HOOFD, "verzender": rij["gemeente"], "bestemming": HOOFD}
    return {
        **leeg,
        **partijen,
        "id": rij["id"],
        "volgnummer": 1_000_000 + rij["toewijzingnummer"],
        "domein": "iwmo",
        "berichtsoort": "WMO301",
        "identificatie": str(rij["toewijzingnummer"]),
        "dagtekening": rij["ingangsdatum"],
        "dossier": rij["dossier"],
        "ontvangen_op": _NU,
        "sha256": "",
        "inhoud": b"",
        "oordeel": "goedgekeurd",
        "bevindingen": [],
        "beoordeling": "knooppunt",
        "dubbel": False,
        "aangeboden": True,
    }


def _feiten(rij: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Its product, and a start on its first day."""
    wat = {"ToewijzingNummer": rij["toewijzingnummer"], "Product": Product(Categorie=rij["categorie"])}
    product = ToegewezenProduct(
        **wat,
        Toewijzingsdatum=rij["ingangsdatum"],
        Toewijzingstijd=_NU.time(),
        Ingangsdatum=rij["ingangsdatum"],
        Einddatum=rij["einddatum"],
    )
    start = StartProduct(
        **wat,
        ToewijzingIngangsdatum=rij["ingangsdatum"],
        Begindatum=rij["ingangsdatum"],
        StatusAanlevering="1",
    )
    for nummer, feit in enumerate((product, start)):
        yield {
            "bericht": rij["id"],
            "nummer": nummer,
            "dossier": rij["dossier"],
            "volgnummer": 1_000_000 + rij["toewijzingnummer"],
            "toewijzingnummer": rij["toewijzingnummer"],
            "soort": type(feit).__name__,
            "feit": feit.model_dump_json(exclude_defaults=True),
        }


def _rij(een: dict[str, Any], nummer: int) -> str:
    klasse = "rolstoel" if een["categorie"] == "08" else ("licht", "midden", "midden", "zwaar", "licht")[nummer % 5]
    partner = 51_510_000 + een["client"] % PARTNERS
    return f"{een['gemeente']};{een['nummer']};iwmo;{partner};{klasse};{een['van']};\n"


def _met_fouten(goed: list[str]) -> tuple[str, set[int]]:
    """The rows with every hundredth spoilt, each in one of ten ways; and the numbers of those, as a spreadsheet counts."""
    uit, waar = [_KOP], set()
    for plek, rij in enumerate(goed):
        if plek % (RIJEN // FOUTEN) == 50:
            gemeente, nummer, domein, partner, klasse, van, _ = rij.strip().split(";")
            soort = plek // (RIJEN // FOUTEN) % 10
            rij = ";".join(
                (
                    (gemeente, "999999", domein, partner, klasse, van, ""),
                    ("0363", nummer, domein, partner, klasse, van, ""),
                    (gemeente, nummer, "ijw", partner, klasse, van, ""),
                    (gemeente, nummer, domein, "51519998", klasse, van, ""),
                    (gemeente, nummer, domein, "51519999", klasse, van, ""),
                    (gemeente, nummer, domein, partner, "onbekend", van, ""),
                    (gemeente, nummer, domein, partner, klasse, "2022-12-31", ""),
                    (gemeente, nummer, domein, partner, klasse, van, "2027-01-01"),
                    (gemeente, nummer, domein, partner, klasse, "31-02-2023", ""),
                    (gemeente, nummer, domein, partner, klasse, van, "2020-01-01"),
                )[soort]
            )
            rij += "\n"
            waar.add(plek + 2)
        uit.append(rij)
    return "".join(uit), waar


def _stel_vast(bureau: Bedrijfsbureau) -> None:
    """Three years of months but for the last, all partners: reckoned from one set of facts, for else it takes hours."""
    with handelend(bureau.engine, bureau.code) as zitting:
        basis = grondslag(Zitting(zitting.verbinding, bureau.code))
        for partner in basis.partners():
            vast: list[maandstaat.Vast] = []
            for maand in maanden(Maand(2023, 1), Maand(2025, 11)):
                staat = maandstaat.stel_vast(basis.feiten, partner, maand, vast, basis.deelmaand, _NU.date())
                vast.append(staat)
                vaste.stel_vast(zitting.verbinding, bureau.code, staat, bureau.code, _NU)
