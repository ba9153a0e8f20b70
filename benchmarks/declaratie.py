"""A large declaratie: how long it takes, how much memory, and what small messages notice of it."""

import http.client
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from datetime import time as tijdstip
from itertools import islice

from berichtenverkeer.inname.aanname import neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.levensloop.rekenen.periode import Periode
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.partijen.partij import Partijrol, registreer
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.berichten import basis as b
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Client323, Declaratie, Prestatie
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301, Client301, ToegewezenProduct
from berichtenverkeer.standaard.berichtsoort import berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import serialiseer

from .klein import Geheugen, Klein, vraag
from .mix import AANBIEDER, GEMEENTE, bsns, contact, header

MAANDEN = tuple(Periode(date(2025, 1, 1), date(2025, 10, 31)).per_maand())
"""Each client has a Prestatie in each of these months."""

_PRODUCT = b.Product(Categorie="02", Code="02A01")
Server = Callable[[str], AbstractContextManager[tuple[int, int]]]
"""Runs the service on a database; gives its port and the id of its process."""


def meet_declaratie(url: str, server: Server, goed: bool = True) -> dict[str, float]:
    """Seconds of 3 000 and of 30 000 Prestaties and their ratio, the most memory (MB) that the server and its child took,
    and p99 (ms) of small messages while nothing else went on and during the large one. ``goed``: all are granted; else all
    are refused."""
    aanbieders = {300: "73730100", 3000: "73730200"}
    tokens = _bereid_voor(url, aanbieders)
    uit: dict[str, float] = {}
    with server(url) as (poort, pid), Geheugen(pid) as geheugen:
        klein = Klein(poort, tokens)
        klein.stuur_tijdens(lambda: time.sleep(5))  # warms up
        uit["p99_rust_ms"] = klein.stuur_tijdens(lambda: time.sleep(10))
        for clienten, aanbieder in aanbieders.items():
            data = _declaratie(clienten, aanbieder, uren=1 if goed else 2000)
            uit[f"bytes_{clienten * len(MAANDEN)}"] = len(data)
            klaar = _Declareerder(poort, tokens[aanbieder], data, "goedgekeurd" if goed else "deels_goedgekeurd")
            uit["p99_tijdens_ms"] = klein.stuur_tijdens(klaar)
            uit[f"seconden_{clienten * len(MAANDEN)}"] = klaar.seconden
        uit["geheugen_MB"], uit["geheugen_kind_MB"] = geheugen.server(), geheugen.kind()
    uit["verhouding"] = uit["seconden_30000"] / uit["seconden_3000"]
    uit["p99_verhouding"] = uit["p99_tijdens_ms"] / uit["p99_rust_ms"]
    return uit


@dataclass
class _Declareerder:
    """Sends a declaratie and waits until it is judged."""

    poort: int
    token: str
    data: bytes
    oordeel: str
    seconden: float = 0.0

    def __call__(self) -> None:
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort)
        begin = time.perf_counter()
        antwoord = vraag(verbinding, "POST", "/v1/berichten", self.token, self.data)
        while antwoord["oordeel"] == "in_verwerking":
            time.sleep(0.1)
            antwoord = vraag(verbinding, "GET", f"/v1/berichten/{antwoord['id']}", self.token)
        self.seconden = time.perf_counter() - begin
        verbinding.close()
        if antwoord["oordeel"] != self.oordeel:
            raise SystemExit(f"de declaratie is {antwoord['oordeel']}, verwacht was {self.oordeel}")


def _bereid_voor(url: str, aanbieders: dict[int, str]) -> dict[str, str]:
    """Parties, and a toewijzing for each client; the tokens by code."""
    engine, nu = maak_engine(url), systeemklok()
    maak_gereed(engine)
    codes = {GEMEENTE: Partijrol.GEMEENTE} | dict.fromkeys((AANBIEDER, *aanbieders.values()), Partijrol.AANBIEDER)
    for code, rol in codes.items():
        registreer(engine, code, rol, code, nu)
    register, schemas = Register(engine), Schemas(Instellingen().xsd_dir)
    gemeente = register.partij(GEMEENTE)
    assert gemeente is not None
    for aantal, aanbieder in aanbieders.items():
        berichten = [_toewijzing(*client, aanbieder) for client in _clienten(aantal)]
        for begin in range(0, aantal, 64):
            groep = [
                neem_aan(data, gemeente, register, lambda *_: Contract(), schemas, nu, len(data))
                for data in berichten[begin : begin + 64]
            ]
            with schrijvend(engine) as verbinding:
                verwerk(verbinding, groep, schemas)
    tokens = {code: maak_token(engine, code, nu) for code in codes}
    engine.dispose()
    return tokens


def _clienten(aantal: int) -> Sequence[tuple[int, str]]:
    """So many clients, each with the number of its toewijzing."""
    return [(aantal * 10_000 + plaats, bsn) for plaats, bsn in enumerate(islice(bsns(), aantal))]


def _toewijzing(nummer: int, bsn: str, aanbieder: str) -> bytes:
    soort, begin = berichtsoort(Domein.IWMO, "301"), MAANDEN[0].begin
    product = ToegewezenProduct(
        ToewijzingNummer=nummer,
        Product=_PRODUCT,
        Toewijzingsdatum=begin,
        Toewijzingstijd=tijdstip(9),
        Ingangsdatum=begin,
        Omvang=b.Omvang(Volume=1000, Eenheid="04", Frequentie="6"),
    )
    client = Client301(
        Bsn=bsn,
        Geboortedatum=b.Geboortedatum(Datum=date(1950, 1, 1)),
        Geslacht="1",
        Naam=b.VolledigeNaam(Geslachtsnaam=b.Achternaam(Achternaam="Testpersoon"), NaamGebruik="1"),
        Contactgegevens=(contact("01"),),
        ToegewezenProducten=(product,),
    )
    return serialiseer(Bericht301(Header=header(soort, nummer, aanbieder), Client=client), soort)


def _declaratie(aantal: int, aanbieder: str, uren: int) -> bytes:
    """A 323 of so many clients, without indentation: 30 000 Prestaties then fit in the 25 MB of a message (OP179)."""
    soort, tarief = berichtsoort(Domein.IWMO, "323"), 5000
    clienten = tuple(
        Client323(
            Bsn=bsn,
            Prestaties=tuple(
                Prestatie(
                    ProductReferentie=b.Referentie(ReferentieNummer=f"{nummer}-{plaats}"),
                    ToewijzingNummer=nummer,
                    ProductCategorie=_PRODUCT.Categorie,
                    ProductCode=_PRODUCT.Code or "",
                    ProductPeriode=b.GeslotenPeriode(Begindatum=maand.begin, Einddatum=maand.eind),
                    GeleverdVolume=uren,
                    Eenheid="04",
                    ProductTarief=tarief,
                    IngediendBedrag=b.BedragMetDC(Bedrag=uren * tarief, DebetCredit="D"),
                )
                for plaats, maand in enumerate(MAANDEN)
            ),
        )
        for nummer, bsn in _clienten(aantal)
    )
    totaal = aantal * len(MAANDEN) * uren * tarief
    laatste = b.GeslotenPeriode(Begindatum=MAANDEN[-1].begin, Einddatum=MAANDEN[-1].eind)
    declaratie = Declaratie(
        DeclaratieNummer="D1",
        DeclaratiePeriode=laatste,
        DeclaratieDagtekening=date(2026, 1, 5),
        TotaalIngediendBedrag=b.TotaalBedragMetDC(TotaalBedrag=totaal, DebetCredit="D"),
        Clienten=clienten,
    )
    data = serialiseer(Bericht323(Header=header(soort, 1, aanbieder), Declaratie=declaratie), soort)
    return b"\n".join(regel.strip() for regel in data.splitlines())
