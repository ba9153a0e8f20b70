"""Declaraties made again from the bytes of their messages: what a 323 declares, and what its 325 says of it.

The steps behind a refusal are those of the findings that are kept with the 323, for the 325 does not have them. Where the
findings were too many to keep, those that are no longer told stay with their Prestatie.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, RowMapping

from ..levensloop.dossier import Dossiersleutel
from ..levensloop.overgangen import Prestatietoestand
from ..oordeel.declaratie import Declaratieuitslag, Prestatieuitslag, ingediend, uitslag_van
from ..oordeel.naast import paden_van
from ..opslag.database import schrijvend, vergrendel
from ..opslag.declaraties import declaratiebron, declaraties
from ..opslag.declaraties.declaratiebron import Paar
from ..partijen.partij import Beoordelaar
from ..regels.bevinding import MEER, UIT_RETOUR
from ..standaard.berichten.declaratie import Bericht323, Bericht325
from ..standaard.domein import Domein
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from .aanname import slot_declaraties
from .declaratierij import rij_declaratie, rijen_prestatie

Debetregel = tuple[Dossiersleutel, str]
"""The dossier and the ReferentieNummer of a debetregel."""

Rijen = tuple[dict[str, Any], Mapping[str, Dossiersleutel], Declaratieuitslag]
"""The row of a declaratie, and what the rows of its Prestaties are made of."""


class Herbouwd(NamedTuple):
    """How many declaraties there are, how many had other rows than they should, and of how many the bytes cannot be read any more, for their
    keys were destroyed: these stay as they are."""

    aantal: int
    afwijkend: int
    vernietigd: int


def herbouw_declaraties(engine: Engine, schemas: Schemas) -> Herbouwd:
    """Make the rows of all declaraties again and put right those that differ.

    One aanbieder at a time, one 323 in memory. The service may run on: an aanbieder of whom something seems to differ is
    locked, and then looked at once more.
    """
    with engine.connect() as verbinding:
        alle = declaratiebron.per_aanbieder(verbinding)
        weg = declaratiebron.vernietigd(verbinding)
    hersteld = 0
    for wie, paren in ((wie, [paar for paar in paren if not weg & set(paar)]) for wie, paren in alle.items()):
        with engine.connect() as verbinding:
            verdacht = any(True for _ in _afwijkend(verbinding, paren, schemas))
        if verdacht:
            with schrijvend(engine) as verbinding:
                vergrendel(verbinding, {slot_declaraties(*wie)})
                nu = [paar for paar in declaratiebron.per_aanbieder(verbinding, wie)[wie] if not weg & set(paar)]
                for rij, sleutels, gevolg in _afwijkend(verbinding, nu, schemas):
                    declaraties.bewaar(verbinding, rij, rijen_prestatie(rij["id"], sleutels, gevolg))
                    hersteld += 1
    with schrijvend(engine) as verbinding:
        hersteld += declaratiebron.wis_vreemde(verbinding)
    aantal = sum(map(len, alle.values()))
    return Herbouwd(aantal, hersteld, sum(1 for paren in alle.values() for paar in paren if weg & set(paar)))


def _afwijkend(verbinding: Connection, paren: Sequence[Paar], schemas: Schemas) -> Iterator[Rijen]:
    """Which declaraties of one aanbieder have other rows than they should, with those they should have. ``paren`` are
    all of them, the last that was settled first: so the credits on a debetregel are known before it comes by."""
    gecrediteerd: set[Debetregel] = set()
    for paar in paren:
        rijen = _rijen(verbinding, paar, gecrediteerd, schemas)
        if not declaratiebron.staat_er(verbinding, rijen[0], rijen_prestatie(paar.declaratie, *rijen[1:])):
            yield rijen


def _rijen(verbinding: Connection, paar: Paar, gecrediteerd: set[Debetregel], schemas: Schemas) -> Rijen:
    """What the rows of one declaratie are. What it credits is added to ``gecrediteerd``."""
    heen = declaratiebron.met_bytes(verbinding, paar.declaratie)
    vraag = lees(heen["inhoud"], schemas).bericht
    assert isinstance(vraag, Bericht323)
    if paar.antwoord is None:
        door, gevolg = None, ingediend(vraag)
    else:
        door = declaratiebron.met_bytes(verbinding, paar.antwoord)
        antwoord = lees(door["inhoud"], schemas).bericht
        assert isinstance(antwoord, Bericht325)
        gevolg = uitslag_van(antwoord, vraag)
    wie = Domein(heen["domein"]), heen["bestemming"], heen["verzender"]
    sleutels = {client.Bsn: Dossiersleutel(*wie, client.Bsn) for client in vraag.Declaratie.Clienten}
    gecrediteerd |= {(sleutels[bsn], nummer) for bsn, nummer in gevolg.gecrediteerd}
    stappen = _stappen(heen, vraag)
    if stappen and any(bevinding["regel"] == MEER for bevinding in heen["bevindingen"]):
        stappen = declaratiebron.stappen(verbinding, paar.declaratie) | stappen
    prestaties = (_met(p, n, sleutels, gecrediteerd, stappen) for n, p in enumerate(gevolg.prestaties))
    return rij_declaratie(heen, door, vraag, gevolg), sleutels, replace(gevolg, prestaties=tuple(prestaties))


def _met(
    prestatie: Prestatieuitslag,
    nummer: int,
    sleutels: Mapping[str, Dossiersleutel],
    gecrediteerd: set[Debetregel],
    stappen: Mapping[int, tuple[str, ...]],
) -> Prestatieuitslag:
    """A Prestatie with what the bytes of its own 323 and 325 do not say."""
    regel = prestatie.regel
    later = (sleutels[prestatie.bsn], regel.referentienummer) in gecrediteerd
    if later and regel.toestand is Prestatietoestand.TOEGEKEND:
        regel = regel.na_credit()
    return replace(prestatie, regel=regel, berekening=stappen.get(nummer, ()))


def _stappen(heen: RowMapping, vraag: Bericht323) -> dict[int, tuple[str, ...]]:
    """The steps behind the refusals, by the place of the Prestatie in the message; those of who judged it."""
    zelf = heen["beoordeling"] == Beoordelaar.PARTIJ
    op_pad: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for bevinding in heen["bevindingen"]:
        if bevinding["klasse"] == "Prestatie" and (bevinding["regel"] == UIT_RETOUR) is zelf:
            deel, _, nummer = bevinding["pad"].partition("/Prestatie[")
            op_pad[f"{deel}/Prestatie[{nummer.partition(']')[0]}]"] += tuple(bevinding["berekening"])
    return {nummer: op_pad[pad] for nummer, pad in enumerate(paden_van(vraag)) if pad in op_pad}
