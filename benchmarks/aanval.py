"""What small messages notice of who means harm, or sends the largest there can be: p99 while it lasts beside p99 before it, and the
most memory of the server and of what it started.

An attack is a row of requests, made beforehand; a process of its own sends them again and again for some seconds. What is answered
to them is printed.
"""

import json
import multiprocessing
import random
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as tijdstip
from itertools import cycle, islice
from typing import Any

from berichtenverkeer.standaard.berichten import basis as b
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301, Client301, ToegewezenProduct
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schrijven import serialiseer

from .keten import als_stuf
from .klant import verzoek
from .klein import Geheugen, Klein
from .mix import AANBIEDER, GEMEENTE, bsns, contact, header
from .server import dienst, meld_aan

MB = 1_000_000
_JSON = "application/json"
_BEGIN = date(2026, 1, 1)
_DUUR, _RUST = 6.0, 4.0
"""Seconds of an attack at least, and of what it is held against."""

_NS = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
_LANG = 60.0
"""Seconds that an attacker waits for an answer, and may take to make its requests."""

Tokens = dict[str, str]
Verzoeken = Callable[[Tokens], Sequence[bytes]]
"""Makes what is sent in turn, each over a connection of its own, to the end and again."""


def meet_aanvallen(url: str, alleen: Sequence[str] = ()) -> Iterator[tuple[str, dict[str, float]]]:
    """Of each attack, or of those that are named, what it does. A server is begun anew for each."""
    tokens = meld_aan(url)
    for naam in alleen or AANVALLEN:
        with dienst(url) as (poort, pid), Geheugen(pid) as geheugen:
            klein = Klein(poort, tokens)
            klein.stuur_tijdens(lambda: time.sleep(2))  # warms up
            with _aanvaller(naam, poort, tokens) as val_aan:
                rust = klein.stuur_tijdens(lambda: time.sleep(_RUST))
                tijden = sorted(klein.tijden(val_aan))
            p99 = tijden[len(tijden) * 99 // 100] * 1000
            yield (
                naam,
                {
                    "p99_rust_ms": rust,
                    "p99_tijdens_ms": p99,
                    "verhouding": p99 / rust,
                    "langste_ms": tijden[-1] * 1000,
                    "kleine": len(tijden),
                    "geheugen_MB": geheugen.server(),
                    "geheugen_kind_MB": geheugen.kind(),
                },
            )


@contextmanager
def _aanvaller(naam: str, poort: int, tokens: Tokens) -> Iterator[Callable[[], None]]:
    """A process that has made its requests; what is given lets it go, and waits until it is done."""
    spawn = multiprocessing.get_context("spawn")
    begin, gereed = spawn.Event(), spawn.Event()
    proces = spawn.Process(target=_steeds, args=(naam, poort, tokens, gereed, begin), daemon=True)
    proces.start()
    if not gereed.wait(_LANG):
        raise SystemExit(f"{naam}: de verzoeken zijn niet op tijd gemaakt")

    def val_aan() -> None:
        begin.set()
        proces.join()

    yield val_aan
    proces.kill()


def _steeds(naam: str, poort: int, tokens: Tokens, gereed: Any, begin: Any) -> None:
    aanval = AANVALLEN[naam]
    verzoeken = aanval.verzoeken(tokens)
    gereed.set()
    begin.wait()
    tot = time.monotonic() + _DUUR
    with ThreadPoolExecutor(aanval.tegelijk) as draden:
        uitkomsten = draden.map(lambda _: _keer_op_keer(aanval, verzoeken, poort, tot), range(aanval.tegelijk))
        print(f"    {naam}: {dict(sum(uitkomsten, Counter()))}", flush=True)


def _keer_op_keer(aanval: "Aanval", verzoeken: Sequence[bytes], poort: int, tot: float) -> Counter[str]:
    zegt: Counter[str] = Counter()
    for een in cycle(verzoeken):
        zegt[aanval.stuur(poort, een).decode()] += 1
        if time.monotonic() > tot:
            return zegt
    return zegt


def _stuur(poort: int, data: bytes) -> bytes:
    """The first line of what is answered to this, by a front that may hang up before all is sent."""
    antwoord = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", poort), _LANG) as lijn:
        with suppress(OSError):
            lijn.sendall(data)
        while deel := lijn.recv(65536):
            antwoord += deel
            kop, _, inhoud = antwoord.partition(b"\r\n\r\n")
            if len(inhoud) >= int(kop.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0):
                break
    return antwoord.partition(b"\r\n")[0]


def _traag(poort: int, data: bytes) -> bytes:
    """Send the rest of it hardly."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", poort), _LANG) as lijn:
        lijn.sendall(data)
        for _ in range(10):
            time.sleep(0.5)
            lijn.sendall(b" " * 100)
    return b"-"


def _zwijg(poort: int, data: bytes) -> bytes:
    """A hundred connections on which nothing is said, or this."""
    lijnen = []
    with suppress(OSError):
        for nummer in range(100):
            lijnen.append(socket.create_connection(("127.0.0.1", poort), 2))
            lijnen[-1].sendall(data * (nummer % 2))
        time.sleep(_DUUR)
    return f"{len(lijnen)} lijnen".encode()


def _post(pad: str, token: str | None, data: bytes, soort: str = "application/xml") -> bytes:
    heel = verzoek(pad, token or "", data, soort)
    return heel if token else heel.replace(b"Authorization: Bearer \r\n", b"")


def _anoniem(maak: Callable[[], bytes]) -> Verzoeken:
    """One request, for which no credential is needed."""
    return lambda _: [maak()]


def _van(code: str, pad: str, maak: Callable[[], bytes], soort: str = "application/xml", keren: int = 1) -> Verzoeken:
    """So many requests of one party, each with a body of its own."""
    return lambda tokens: [_post(pad, tokens[code], maak(), soort) for _ in range(keren)]


def _attributen(aantal: int) -> bytes:
    alle = "".join(f" a{i}=''" for i in range(aantal))
    return f"<Bericht xmlns='{_NS}'><a{alle}/></Bericht>".encode()


def _elementen(mb: int) -> bytes:
    return f"<Bericht xmlns='{_NS}'>".encode() + b"<a>1234567890123</a>\n" * (mb * MB // 21) + b"</Bericht>"


def _namen() -> bytes:
    eigen = uuid.uuid4().hex[:8]
    alle = "".join(f"<a{eigen}{i}/>" for i in range(1_200_000))
    return f"<Bericht xmlns='{_NS}'>{alle}</Bericht>".encode()


def _csv(rijen: int) -> bytes:
    return b"toewijzingnummer;datum;hoeveelheid\n" + b"1;2026-03-02;1:30\n" * rijen


def _volumes(rijen: int) -> bytes:
    rij = {"toewijzingnummer": 1, "datum": "2026-03-02", "hoeveelheid": "1:30"}
    return json.dumps({"maand": "2026-03", "volumes": [rij] * rijen}).encode()


def _soap() -> bytes:
    s = "http://schemas.xmlsoap.org/soap/envelope/"
    return f"<s:Envelope xmlns:s='{s}'><s:Body>{'<a/>' * 99_000}</s:Body></s:Envelope>".encode()


def _stuf(aantal: int, keren: int = 1) -> Verzoeken:
    return lambda tokens: [als_stuf(tokens[GEMEENTE], GEMEENTE, toewijzingen(aantal)) for _ in range(keren)]


def toewijzingen(aantal: int, bsn: str = "") -> bytes:
    """A sound 301 of so many toewijzingen that do not touch, of this client or of any, without indentation."""
    soort, nummer = berichtsoort(Domein.IWMO, "301"), random.randrange(10**9)
    eerste = random.randrange(10**8, 9 * 10**8)
    producten = tuple(
        ToegewezenProduct(
            ToewijzingNummer=eerste + plek,
            Product=b.Product(Categorie="02", Code=f"02A{plek % 100:02}"),
            Toewijzingsdatum=_BEGIN,
            Toewijzingstijd=tijdstip(9),
            Ingangsdatum=_BEGIN + timedelta(days=2 * (plek // 100)),
            Einddatum=_BEGIN + timedelta(days=2 * (plek // 100) + 1),
            Omvang=b.Omvang(Volume=10, Eenheid="04", Frequentie="6"),
        )
        for plek in range(aantal)
    )
    client = Client301(
        Bsn=bsn or next(islice(bsns(), nummer % 5_000, None)),
        Geboortedatum=b.Geboortedatum(Datum=date(1950, 1, 1)),
        Geslacht="1",
        Naam=b.VolledigeNaam(Geslachtsnaam=b.Achternaam(Achternaam="Testpersoon"), NaamGebruik="1"),
        Contactgegevens=(contact("01"),),
        ToegewezenProducten=producten,
    )
    return _kaal(Bericht301(Header=header(soort, nummer), Client=client), soort)


def _kaal(bericht: Bericht301, soort: Berichtsoort) -> bytes:
    return b"\n".join(regel.strip() for regel in serialiseer(bericht, soort).splitlines())


@dataclass(frozen=True)
class Aanval:
    """What is sent, by how many at once, and how."""

    verzoeken: Verzoeken
    tegelijk: int = 1
    stuur: Callable[[int, bytes], bytes] = _stuur


_POST = b"POST /validatie HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\n"
_BERICHTEN, _VALIDATIE, _DECLARATIE = "/v1/berichten", "/validatie", "/v1/voorstellen/declaratie"
_ZOEKEN = "/vsp/berichten/rest-pull/v1/berichten/zoeken"
_CSV = f"{_DECLARATIE}?maand=2026-03"

AANVALLEN: dict[str, Aanval] = {
    "1 MB attributen, anoniem": Aanval(_anoniem(lambda: _post(_VALIDATIE, None, _attributen(85_000)))),
    "100 kB attributen": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: _attributen(9_000))),
    "24 MB attributen": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: _attributen(1_900_000))),
    "100 MB JSON, anoniem": Aanval(
        _anoniem(lambda: _post("/v1/voorstellen/start", None, b"[" + b"1," * 50_000_000 + b"1]", _JSON))
    ),
    "1 MB JSON": Aanval(_van(AANBIEDER, "/v1/voorstellen/start", lambda: b"[" + b"1," * 524_000 + b"1]", _JSON)),
    "1 MB zoeken": Aanval(_van(AANBIEDER, _ZOEKEN, lambda: b'{"zoekpaden":[' + b'{"a":1},' * 130_000 + b"{}]}", _JSON)),
    "100 MB headers, anoniem": Aanval(_anoniem(lambda: b"GET /status HTTP/1.1\r\n" + b"a: b\r\n" * 16_000_000)),
    "header van 100 MB, anoniem": Aanval(_anoniem(lambda: b"GET /status HTTP/1.1\r\na: " + b"b" * 100 * MB)),
    "adres van 100 MB, anoniem": Aanval(_anoniem(lambda: b"GET /" + b"b" * 100 * MB)),
    "100 MB trailers, anoniem": Aanval(
        _anoniem(lambda: _POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 16_000_000)
    ),
    "40 trage zenders, anoniem": Aanval(_anoniem(lambda: _POST + b"Content-Length: 1000000\r\n\r\n"), 40, _traag),
    "800 stille lijnen, anoniem": Aanval(_anoniem(lambda: b"GET /st"), 8, _zwijg),
    "10 x 1 MB elementen, anoniem": Aanval(_anoniem(lambda: _post(_VALIDATIE, None, _elementen(1))), 10),
    "4 x 24 MB elementen": Aanval(_van(GEMEENTE, _VALIDATIE, lambda: _elementen(24)), 4),
    "24 MB namen": Aanval(_van(GEMEENTE, _VALIDATIE, _namen)),
    "tokens die er niet zijn": Aanval(_anoniem(lambda: _post(_BERICHTEN, "x" * 40, b"<a/>")), 2),
    "CSV van 100 kB": Aanval(_van(AANBIEDER, _CSV, lambda: _csv(5_500), "text/csv")),
    "CSV van 1 MB": Aanval(_van(AANBIEDER, _CSV, lambda: _csv(55_000), "text/csv")),
    "CSV van 24 MB": Aanval(_van(AANBIEDER, _CSV, lambda: _csv(1_300_000), "text/csv")),
    "volumes van 100 kB": Aanval(_van(AANBIEDER, _DECLARATIE, lambda: _volumes(1_300), _JSON)),
    "volumes van 1 MB": Aanval(_van(AANBIEDER, _DECLARATIE, lambda: _volumes(13_000), _JSON)),
    "volumes van 24 MB": Aanval(_van(AANBIEDER, _DECLARATIE, lambda: _volumes(300_000), _JSON)),
    "SOAP, 99 000 elementen": Aanval(_van(GEMEENTE, "/ggk/ws/OntvangAsynchroon", _soap, "text/xml")),
    "StUF, 301 van 90": Aanval(_stuf(90, 40)),
    "StUF, 301 van 300": Aanval(_stuf(300, 30)),
    "StUF, 301 van 900": Aanval(_stuf(900, 10)),
    "StUF, 301 van 32 000": Aanval(_stuf(32_000)),
    "301 van 160": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: toewijzingen(160), keren=60)),
    "301 van 400": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: toewijzingen(400), keren=30)),
    "301 van 990": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: toewijzingen(990), keren=15)),
    "301 van 42 000": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: toewijzingen(42_000))),
    "een client met steeds meer": Aanval(_van(GEMEENTE, _BERICHTEN, lambda: toewijzingen(900, "999900006"), keren=15)),
}
"""Every attack by what it sends."""
