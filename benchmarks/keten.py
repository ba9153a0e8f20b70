"""The doors of the chain beside ``POST /v1/berichten``: the same messages until all of them are judged and answered.

A gemeente delivers its 301 by StUF, an aanbieder its 305 and 307 by VSP. What came by the chain is answered before it is judged, so
time runs until the last retourbericht is there.
"""

import json
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select

from berichtenverkeer.keten.envelop.stuf import (
    SOAPACTIES,
    Envelop,
    StufBerichtcode,
    Stuurgegevens,
    Systeem,
    parameters,
    schrijf_soap,
    schrijf_tijdstip,
)
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.standaard.lezen import herken
from berichtenverkeer.standaard.xml import ontleed

from .klant import stuur, verzoek
from .mix import AANBIEDER, GEMEENTE, bsns, gang
from .server import APPS, Database, meld_aan, server

_GRENS = "grens"
_NU = datetime(2026, 1, 6, 12, tzinfo=NEDERLAND)
_NAMEN = {GEMEENTE: "Gemeente", AANBIEDER: "Instelling"}


def meet_keten(database: Database, verbindingen: int, gangen: int) -> dict[str, float]:
    """Seconds of the 301s and of the 305s and 307s, by each door, and the ratio to ``POST /v1/berichten``."""
    gewoon = _ronde(
        database(), verbindingen, gangen, {"301": (_bericht, 202), "305": (_bericht, 202), "307": (_bericht, 202)}
    )
    keten = _ronde(database(), verbindingen, gangen, {"301": (als_stuf, 200), "305": (_vsp, 204), "307": (_vsp, 204)})
    return {
        "berichten_301_s": gewoon["301"],
        "stuf_301_s": keten["301"],
        "stuf/berichten": keten["301"] / gewoon["301"],
        "berichten_305_307_s": gewoon["305"] + gewoon["307"],
        "vsp_305_307_s": keten["305"] + keten["307"],
        "vsp/berichten": (keten["305"] + keten["307"]) / (gewoon["305"] + gewoon["307"]),
    }


_Maker = Callable[[str, str, bytes], bytes]


def _ronde(url: str, verbindingen: int, gangen: int, deuren: dict[str, tuple[_Maker, int]]) -> dict[str, float]:
    tokens, engine = meld_aan(url), maak_engine(url)
    uit: dict[str, float] = {}
    verwacht = 0
    clienten = [gang(nummer, bsn) for nummer, bsn in enumerate(islice(bsns(), gangen))]
    try:
        with server(APPS["B"], url) as (poort, _):
            for plek, (soort, (maak, status)) in enumerate(deuren.items()):
                per_verbinding: list[list[bytes]] = [[] for _ in range(verbindingen)]
                for nummer, berichten in enumerate(clienten):
                    van, data = berichten[plek]
                    per_verbinding[nummer % verbindingen].append(maak(tokens[van], van, data))
                verwacht += 2 * gangen
                begin = time.perf_counter()
                stuur(poort, per_verbinding, status)
                while True:
                    with engine.connect() as verbinding:
                        if verbinding.execute(select(func.count()).select_from(bericht)).scalar_one() >= verwacht:
                            break
                    time.sleep(0.02)
                uit[soort] = time.perf_counter() - begin
    finally:
        engine.dispose()
    return uit


def _bericht(token: str, van: str, data: bytes) -> bytes:
    return verzoek("/v1/berichten", token, data)


def als_stuf(token: str, van: str, data: bytes) -> bytes:
    soort = herken(ontleed(data))
    stuurgegevens = Stuurgegevens(
        StufBerichtcode.DI01,
        Systeem(van, "Berichtenverkeer"),
        Systeem(AANBIEDER, "GGk"),
        str(uuid.uuid4()),
        schrijf_tijdstip(_NU),
        None,
        soort.code,
    )
    soap = schrijf_soap(Envelop(stuurgegevens, parameters(data, "0001", "0000", "0003", "0002")))
    actie = SOAPACTIES[StufBerichtcode.DI01]
    return verzoek("/ggk/ws/OntvangAsynchroon", token, soap, "text/xml; charset=utf-8", [f'SOAPAction: "{actie}"'])


def _vsp(token: str, van: str, data: bytes) -> bytes:
    soort, id_ = herken(ontleed(data)), str(uuid.uuid4())
    metadata = {
        "routeringgegevens": {
            "afzender": {"rol": _NAMEN[van], "code": van},
            "geadresseerden": [{"rol": _NAMEN[GEMEENTE], "code": GEMEENTE}],
            "berichtstroom": {
                "berichttype": soort.code[:-3],
                "berichtsubtype": soort.code,
                "berichtversie": 3,
                "berichtsubversie": 2,
                "actie": "Aanleveren",
            },
        },
        "referentiegegevens": {"conversatieId": id_, "traceerId": id_},
        "verwerkingscontext": [
            {"sleutel": naam, "waarde": [waarde]}
            for naam, waarde in (("Applicatie", "Bench"), ("ApplicatieVersie", "1"), ("ApplicatieSubversie", "0"))
        ],
    }
    delen = [
        ("berichtMetadata", "application/json", json.dumps(metadata).encode()),
        ("payload", "application/octet-stream", data),
    ]
    lichaam = b"".join(
        f'--{_GRENS}\r\nContent-Disposition: form-data; name="{naam}"\r\nContent-Type: {soort_}\r\n\r\n'.encode()
        + inhoud
        + b"\r\n"
        for naam, soort_, inhoud in delen
    )
    lichaam += f"--{_GRENS}--\r\n".encode()
    return verzoek("/vsp/berichten/rest-push/v1/berichten", token, lichaam, f"multipart/form-data; boundary={_GRENS}")
