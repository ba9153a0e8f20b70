"""Taking messages in: a whole group through one transaction.

Lock, load dossiers, judge one by one, write in bulk. What this returns is committed when the transaction is. A retourbericht
of a party that judges for itself settles an earlier message: that is ``beantwoording``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import Connection

from ..opslag.berichten import berichten
from ..opslag.database import vergrendel
from ..opslag.dossiers import dossiers
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .antwoord325 import beantwoord_declaraties
from .apart import leg_vast
from .beantwoording import beantwoord, sloten_van_heen
from .declaratie import declareer
from .heen import beslis
from .koppeling import GeenEnveloppen, Koppeling
from .ontvangst import Ontvangst, Uitkomst, van_rij
from .opzoeken import zoek_op

_Weg = Callable[[Connection, Sequence[Aangeboden], Schemas], Mapping[str, Uitkomst]]
_ZONDER = GeenEnveloppen()


def verwerk(
    verbinding: Connection,
    groep: Sequence[Aangeboden],
    schemas: Schemas,
    koppeling: Koppeling = _ZONDER,
    *,
    apart: bool = False,
) -> list[Uitkomst]:
    """Judge, apply, answer and store a group of messages within the transaction of this connection.

    The answers are in the order of the group. A message whose bytes are known, or stand earlier in the group, gets the
    answer it had and does nothing. What came in an envelope is noted on it in the same transaction. ``apart``: one about a large
    dossier is not judged here, and gets ``Apart``.
    """
    sloten = _sloten(verbinding, groep, schemas)
    voorraad = zoek_op(verbinding, groep, sorted(sloten), apart=apart) if {*map(_weg, groep)} == {None} else None
    if voorraad is None:
        vergrendel(verbinding, sloten)
    ids = {a.id for a in groep} if voorraad is None else voorraad.bekend
    bekend: dict[str, Uitkomst] = {id_: van_rij(rij) for id_, rij in berichten.zoek(verbinding, ids).items()}
    geweigerd = koppeling.weiger(verbinding, groep, bekend)
    nieuw = {a.id: a for plek, a in enumerate(groep) if a.id not in bekend and plek not in geweigerd}
    gedaan: dict[str, Uitkomst] = {}
    for weg, deel in groupby(nieuw.values(), key=_weg):
        leden = list(deel)
        if weg is None:  # what stands before it in the group may have changed what it must know
            besluit = beslis(verbinding, leden, schemas, voorraad or zoek_op(verbinding, leden, apart=apart))
            gedaan |= besluit.schrijf(verbinding)
        else:
            gedaan |= weg(verbinding, leden, schemas)
    antwoorden = []
    for plek, aangeboden in enumerate(groep):
        antwoord = geweigerd.get(plek) or bekend.get(aangeboden.id) or gedaan[aangeboden.id]
        antwoorden.append(antwoord)
        if plek not in geweigerd:
            bekend[aangeboden.id] = replace(antwoord, nieuw=False) if isinstance(antwoord, Ontvangst) else antwoord
    koppeling.koppel(verbinding, list(zip(groep, antwoorden, strict=True)))
    return antwoorden


def _weg(a: Aangeboden) -> _Weg | None:
    """What takes a message of this kind in; None for a heenbericht that changes a dossier, and is judged here."""
    if a.besluit is not None:
        return leg_vast
    if a.soort.is_retour:
        return beantwoord
    wegen: dict[str, _Weg] = {"323": declareer, "325": beantwoord_declaraties}
    return wegen.get(a.soort.nummer)


def _sloten(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> set[str]:
    """What to lock, all at once: everything that these messages read and write, the dossiers and what must be unique over
    them."""
    gevraagd = {referentie for a in groep if a.dossier is None for referentie in a.referenties}
    van_verzoeken = dossiers.referenties_in_gebruik(verbinding, gevraagd)
    sleutels = {dossiers.tekst(dossier) for dossier in van_verzoeken.values()}
    sleutels |= sloten_van_heen(verbinding, [a for a in groep if a.soort.is_retour], schemas)
    return sleutels.union(*(a.sloten for a in groep))
