"""The region comes to be on a node: the plan is carried out in order of time, through the intake that every message takes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from random import Random

from sqlalchemy import Engine, insert
from tests.berichten import bsns
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU
from tests.stuurinformatie.regio import wie
from tests.stuurinformatie.regio.bureau import Bureau
from tests.stuurinformatie.regio.declaraties import declareer
from tests.stuurinformatie.regio.doorgeven import geef_door
from tests.stuurinformatie.regio.plan import Handeling, Plan
from tests.stuurinformatie.regio.verhalen import vertel

from berichtenverkeer.inname.aanname import Aangeboden, neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import contracten, partijen
from berichtenverkeer.opslag.tabellen.partijen import partij, token
from berichtenverkeer.partijen.contracten import Contracten, laad_productcodes, voeg_tarief_toe
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.standaard.xml import MAX_BYTES

CLIENTEN = int(os.environ.get("NAREKENEN_CLIENTEN", "330"))
"""How many clients the region has; with more of them it holds more, and costs more."""

ZAAD = int(os.environ.get("NAREKENEN_ZAAD", "17"))
"""What all chance comes from: with the same seed it is the same region."""

SLOT = datetime(2027, 1, 20, 12, tzinfo=NEDERLAND)
"""The moment at which the clock of the node stands, after all that came in."""

_GROEP = 40


@dataclass(frozen=True)
class Regio:
    """What came in: how many messages, and by kind and oordeel."""

    aantal: int
    oordelen: dict[tuple[str, str], int]
    geweigerd: list[str]
    mislukt: int


def bouw(engine: Engine, register: Register, *, clienten: int = CLIENTEN, zaad: int = ZAAD) -> Regio:
    """Make the region on this database; its pairs of parties are there already (``meld_partijen_aan``)."""
    richt_in(engine)
    register.kijk()
    bureau = Bureau.op(engine)
    plan = beraam(clienten, zaad)
    oordelen: dict[tuple[str, str], int] = {}
    geweigerd: list[str] = []
    contract = Contracten(engine, Kalender())
    aantal = 0
    for is_bericht, deel in groupby(_op_tijd(plan), key=lambda wat: isinstance(wat[1], bytes)):
        while groep := list(islice(deel, _GROEP if is_bericht else 1)):
            if not is_bericht:
                [(moment, handeling)] = groep
                assert not isinstance(handeling, bytes)
                handeling(bureau, moment)
                continue
            for uit in _neem_in(engine, register, contract, groep):
                aantal += 1
                if isinstance(uit, Ontvangst):
                    sleutel = (uit.berichtsoort, uit.oordeel)
                    oordelen[sleutel] = oordelen.get(sleutel, 0) + 1
                else:
                    geweigerd.append(f"{uit}")
    return Regio(aantal, oordelen, geweigerd, bureau.mislukt)


@cache
def beraam(clienten: int, zaad: int) -> Plan:
    """All that is to happen; the same on every database, to the byte."""
    plan = Plan(Random(zaad))
    vertel(plan, list(islice(bsns(), clienten)))
    declareer(plan)
    geef_door(plan)
    return plan


def richt_in(engine: Engine) -> None:
    """Parties, contracts and settings."""
    with schrijvend(engine) as verbinding:
        for code in wie.ZELF:
            partijen.zet(verbinding, code, beoordeling="partij")
        verbinding.execute(
            insert(partij), [{"code": wie.DEKKER, "rol": "onderaannemer", "naam": "Dekker", "aangemaakt_op": NU}]
        )
        hash_ = partijen.vingerafdruk(f"token-van-{wie.DEKKER}")
        verbinding.execute(insert(token), [{"hash": hash_, "partij": wie.DEKKER, "aangemaakt_op": NU}])
        versies.verhoog(verbinding, versies.TOEGANG)
        for gemeente in wie.GEMEENTEN:
            contracten.zet_instelling(verbinding, gemeente, contracten.VOOR_ALLEN, "overgeslagen-maand", "uit")
        for gemeente, naam, waarde in wie.INSTELLINGEN:
            contracten.zet_instelling(verbinding, gemeente, contracten.VOOR_ALLEN, naam, waarde)
    for gemeente in wie.LIJST:
        laad_productcodes(engine, gemeente, wie.productcodes())
    for gemeente in wie.GEMEENTEN:
        for aanbieder in (*wie.AANBIEDERS, wie.HOOFDAANNEMER):
            for (code, eenheid), rijen in wie.TARIEVEN.items():
                for van, eurocent in rijen:
                    voeg_tarief_toe(engine, gemeente, aanbieder, code, eenheid, f"{eurocent}", f"{van}")


def _op_tijd(plan: Plan) -> Iterator[tuple[datetime, bytes | Handeling]]:
    alles: list[tuple[datetime, int, bytes | Handeling]] = [*plan.berichten, *plan.handelingen]
    for moment, _, wat in sorted(alles, key=lambda een: een[:2]):
        yield moment, wat


def _neem_in(
    engine: Engine, register: Register, contract: Contracten, groep: list[tuple[datetime, bytes | Handeling]]
) -> list[object]:
    aangeboden: list[Aangeboden] = []
    for moment, data in groep:
        assert isinstance(data, bytes)
        afzender = register.partij(_verzender(data))
        assert afzender is not None
        aangeboden.append(neem_aan(data, afzender, register, contract.contract, SCHEMAS, moment, MAX_BYTES))
    with schrijvend(engine) as verbinding:
        return list(verwerk(verbinding, aangeboden, SCHEMAS))


def _verzender(data: bytes) -> str:
    """Who sends it: of a retourbericht its Header has the parties of the heenbericht."""
    kant = b":Ontvanger>" if b"IdentificatieRetour>" in data else b":Afzender>"
    return data.partition(kant)[2].partition(b"<")[0].decode()
