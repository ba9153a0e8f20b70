"""Judging a declaratie that was only stored: a large one, or one behind it.

It is judged against one moment, while others write on: nothing is locked. What comes in after that moment counts as later,
also when it was committed first. Two things could not be put after it: a toewijzing that was taken back because nothing was
granted on it, and another declaratie that was settled. Has one of those come, then it is judged anew. All of it is written
in one transaction, so after a crash it is done again, whole. Other declaraties of the aanbieder wait until it is done.
"""

from collections.abc import Callable

from sqlalchemy import Engine

from .. import trace
from ..oordeel.betrokken import betrokken
from ..opslag import teller
from ..opslag.berichten import berichten, signalen
from ..opslag.database import alleen, momentopname, schrijvend, vergrendel
from ..opslag.declaraties import declaraties, verwerkingen
from ..partijen.partij import Beoordelaar
from ..regels.toetsen import toets_bericht
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from .aanname import Aangeboden, ContractVan, slot_declaraties
from .declaratie import crediteer
from .declaratievonnis import Vonnis, vel
from .noteren import noteer_oordeel
from .ontvangst import Ontvangst, retour_van, van_rij

Meld = Callable[[int], None]


def eerste(engine: Engine, overslaan: frozenset[str] = frozenset()) -> list[verwerkingen.Wachtend]:
    """Of every aanbieder with work the declaratie that is first in turn under a law."""
    with engine.connect() as verbinding:
        wachtend = verwerkingen.rij(verbinding)
    per_aanbieder = {(een.domein, een.aanbieder): een for een in reversed(wachtend)}
    return [een for een in reversed(per_aanbieder.values()) if een.id not in overslaan]


def handel_af(
    engine: Engine, id_: str, domein: str, aanbieder: str, schemas: Schemas, contract_van: ContractVan, meld: Meld
) -> Ontvangst | None:
    """Judge the declaratie that is first in turn and store what comes of it; None when another process does or did.
    The findings, which may be many, are not in the answer."""
    with alleen(engine, slot_declaraties(domein, aanbieder)) as vrij:
        if not vrij:
            return None
        while True:
            with momentopname(engine) as verbinding:
                sinds = verwerkingen.stand(verbinding)
                rij = verwerkingen.bericht_van(verbinding, id_)
                if rij is None:
                    return None
                gelezen = lees(rij["inhoud"], schemas)
                wie = betrokken(gelezen.bericht, gelezen.soort)
                a = Aangeboden(
                    id=id_,
                    data=rij["inhoud"],
                    gelezen=gelezen,
                    wie=wie,
                    binnen_bericht=tuple(toets_bericht(gelezen.bericht, gelezen.soort, gelezen.data)),
                    contract=contract_van(wie.gemeente, wie.aanbieder),
                    zelf=rij["beoordeling"] == Beoordelaar.PARTIJ,
                    nu=rij["ontvangen_op"],
                    groot=True,
                    trace=trace.lees(rij["trace"]),
                )
                vonnis = vel(verbinding, a, rij["dubbel"], schemas, meld)
            if _leg_vast(engine, vonnis, domein, aanbieder, sinds):
                return van_rij({**vonnis.heen, **retour_van(vonnis.antwoord), "bevindingen": ()})


def _leg_vast(engine: Engine, vonnis: Vonnis, domein: str, aanbieder: str, sinds: int) -> bool:
    """Write it all; False when what it was judged against no longer holds. The numbers, for which others wait, come last."""
    heen = vonnis.heen
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, {slot_declaraties(domein, aanbieder)})
        if verwerkingen.veranderd(verbinding, domein, aanbieder, sinds):
            return False
        if verwerkingen.voortgang(verbinding, heen["id"]) is None:
            return True  # on SQLite another process may have done it meanwhile
        rij = vonnis.declaratie()
        declaraties.bewaar(verbinding, rij | {"antwoord": None}, vonnis.prestaties())
        crediteer(verbinding, vonnis.sleutels, vonnis.gevolg)
        vonnis.nummer(teller.volgnummers(verbinding, vonnis.aantal))
        if vonnis.antwoord is not None:
            berichten.bewaar(verbinding, [vonnis.antwoord])
        waarden = {naam: heen[naam] for naam in ("oordeel", "bevindingen", "aangeboden", "volgnummer")}
        verwerkingen.rond_af(verbinding, heen["id"], waarden)
        signalen.bewaar(verbinding, [heen])
        declaraties.werk_bij(verbinding, vonnis.declaratie())
        noteer_oordeel(verbinding, heen["id"], heen["oordeel"], heen["trace"])
    return True
