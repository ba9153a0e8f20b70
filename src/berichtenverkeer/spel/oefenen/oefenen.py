"""A plan played at a node of its own, through the doors of the chain, with the clock of the node at the moment of every step."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import yaml

from ...partijen.schakelaar import Schakelbord
from ...partijen.schakelaars import bewaar
from ...standaard.domein import Domein
from ...standaard.schema import Schemas
from ..bestand.bibliotheek import vind
from ..bestand.flow import EINDE, Flow, lees
from ..doelen.proefknoop import proefknoop
from ..schrijven.waarden import Nummers
from ..spelen.spelen import KETEN, speel
from ..spelen.verloop import Opties, Verloop
from .plan import Plan
from .uitkomst import Oefening, tel
from .verhaal import maak_verhaal


def schrijf_verhalen(plan: Plan, map_: Path) -> list[Path]:
    """The flows that rehearse a plan, written in this folder: one a law."""
    paden = []
    for wet in Domein:
        verhaal = maak_verhaal(plan, wet)
        paden.append(map_ / f"{verhaal['flow']}{EINDE}")
        paden[-1].write_text(yaml.safe_dump(verhaal, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return paden


def oefen(plan: Plan, pad: Path, map_: Path, xsd_dir: Path, *, zaad: int = 0) -> Oefening:
    """Play a plan. ``pad`` is its file, beside which flows of its own are looked up; in ``map_`` the flows are written that are made of it. Raises
    ``FlowFout``, ``NietGevonden`` and ``StartNiet``."""
    spelen: list[tuple[Flow, datetime | None]] = [(lees(verhaal), None) for verhaal in schrijf_verhalen(plan, map_)]
    for naam, moment in plan.flows.items():
        spelen += [(lees(bestand), moment) for bestand in vind(naam, pad.parent)]
    schakelaars, schemas = plan.schakelaars(), Schemas(xsd_dir)
    with proefknoop(xsd_dir) as bij:
        bewaar(bij.engine, schakelaars)
        verlopen: list[Verloop] = []
        for flow, begin in spelen:
            opties = Opties(KETEN, begin, doorgaan=True, zuinig=True, bord=Schakelbord(schakelaars))
            for wet in flow.wetten:
                verlopen.append(speel(flow, wet, bij, Nummers(zaad + len(verlopen)), schemas, opties))
        return Oefening(plan, verlopen, tel(bij.engine))


def momenten(plan: Plan) -> Sequence[tuple[datetime, str]]:
    """What the plan says, in order of time, as sentences."""
    regels = [(moment, f"{_wie(bereik)} van {plan.van} stoppen") for bereik, moment in plan.stopt.items()]
    regels += [(moment, f"{_wie(bereik)} van {plan.naar} beginnen") for bereik, moment in plan.begint.items()]
    return sorted(regels)


def _wie(bereik: str) -> str:
    wet, _, kant = bereik.rpartition("-")
    namen = {"*": "alle berichten", "heen": "de heenberichten", "retour": "de retourberichten en de 325"}
    if kant not in namen:
        return f"berichten {bereik}"
    return f"{namen[kant]} van {wet}" if wet else namen[kant]
