"""Taking messages in: a whole group through one transaction.

Lock, load dossiers, judge one by one, write in bulk. What this returns is committed when the transaction is. A retourbericht
of a party that judges for itself settles an earlier message: that is ``beantwoording``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from ..levensloop.declaratie import Declaratieboek
from ..levensloop.dossier import Dossier
from ..levensloop.stand import voer_door
from ..oordeel.oordeel import Oordeel, beoordeel
from ..oordeel.retour import schrijf_retour
from ..opslag import berichten, declaraties, dossierbeeld, dossiers, samen, teller
from ..opslag.database import vergrendel
from ..regels.kennis import Kennis
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .antwoord325 import beantwoord_declaraties
from .beantwoording import beantwoord, sloten_van_heen
from .berichtrij import GROOTSTE_ANTWOORD, antwoordnummer, rij_antwoord, rij_heen
from .declaratie import declareer
from .gevolgen import gevolgen
from .koppeling import GeenEnveloppen, Koppeling
from .ontvangst import Ontvangst, Uitkomst, retour_van, van_rij
from .opzoeken import Voorraad, zoek_op

_Weg = Callable[[Connection, Sequence[Aangeboden], Schemas], Mapping[str, Uitkomst]]
_ZONDER = GeenEnveloppen()


def verwerk(
    verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, koppeling: Koppeling = _ZONDER
) -> list[Uitkomst]:
    """Judge, apply, answer and store a group of messages within the transaction of this connection.

    The answers are in the order of the group. A message whose bytes are known, or stand earlier in the group, gets the
    answer it had and does nothing. What came in an envelope is noted on it in the same transaction.
    """
    sloten = _sloten(verbinding, groep, schemas)
    voorraad = zoek_op(verbinding, groep, sorted(sloten)) if {*map(_weg, groep)} == {None} else None
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
            gedaan |= _verwerk_heen(verbinding, leden, schemas, voorraad or zoek_op(verbinding, leden))
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
    """What takes a message of this kind in; None for a heenbericht that changes a dossier."""
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


def _verwerk_heen(
    verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, voorraad: Voorraad
) -> dict[str, Uitkomst]:
    """Heenberichten that were not seen before, one after the other, each against what those before it brought about.

    While judging, ``volgnummer`` and ``wijziging`` are places in the group.
    """
    gebruikt, eigenaars, van_verzoek = voorraad.gebruikt, voorraad.eigenaars, voorraad.van_verzoek
    boeken = declaraties.boeken(verbinding, {a.dossier for a in groep if a.dossier and a.verwijdert})
    stapel = {
        sleutel: replace(stand.dossier, boek=boeken.get(sleutel, Declaratieboek()))
        for sleutel, stand in voorraad.dossiers.items()
    }

    ontvangsten: dict[str, Uitkomst] = {}
    rijen: list[dict[str, Any]] = []
    afgeleid = dossiers.Afgeleid()
    for a in groep:
        dubbel = a.identificatie in gebruikt
        gebruikt.add(a.identificatie)
        sleutel = voorraad.dossier_van(a)
        kennis = Kennis(
            soort=a.soort,
            bericht=a.gelezen.bericht,
            vandaag=a.nu.date(),
            dossier=stapel[sleutel] if sleutel else Dossier(),
            identificatie_bekend=dubbel,
            nummers_elders=frozenset(n[2] for n in a.nummers if eigenaars.get(n, sleutel) != sleutel),
            referenties_elders=frozenset(r[2] for r in a.referenties if van_verzoek.get(r, sleutel) != sleutel),
            contract=a.contract,
        )
        oordeel = beoordeel(a.gelezen, a.binnen_bericht, kennis, voorlopig=a.zelf)
        heen = rij_heen(a, sleutel, oordeel.uitslag, oordeel.bevindingen, dubbel, len(rijen))
        rijen.append(heen)
        if sleutel is not None and oordeel.feiten:
            gevallen = gevolgen(a.id, a.gelezen, oordeel.feiten, a.nu)
            gevolg = voer_door(stapel[sleutel], gevallen)
            stapel[sleutel] = gevolg.dossier
            afgeleid.neem_op(sleutel, gevallen, heen["volgnummer"], gevolg, heen["volgnummer"], a.nu)
            eigenaars |= dict.fromkeys(a.nummers, sleutel)
            van_verzoek |= dict.fromkeys(a.referenties, sleutel)
        retour = None if a.zelf else _rij_retour(a, heen, oordeel, schemas)
        rijen += [retour] if retour else []
        ontvangsten[a.id] = van_rij({**heen, **retour_van(retour)}, nieuw=True)
    eerste = teller.volgnummers(verbinding, len(rijen))  # only now: until the commit nobody else can have numbers
    for rij in rijen:
        rij["volgnummer"] += eerste
    for gebeurtenis in afgeleid.gebeurtenissen:
        gebeurtenis["volgnummer"] += eerste
    for afgeleide in (*afgeleid.toewijzingen.values(), *afgeleid.verzoeken.values()):
        afgeleide["wijziging"] += eerste
    beelden = dossierbeeld.nieuwe(voorraad.dossiers, stapel, afgeleid)
    samen.schrijf(verbinding, [*berichten.nieuwe(rijen), *afgeleid.als_rijen(), beelden])
    return ontvangsten


def _rij_retour(a: Aangeboden, heen: dict[str, Any], oordeel: Oordeel, schemas: Schemas) -> dict[str, Any]:
    """The retourbericht on a heenbericht as a message of its own."""
    assert a.soort.retour is not None
    nummer = antwoordnummer(a)
    data = schrijf_retour(a.gelezen, oordeel.treffers, nummer, a.nu.date(), schemas, GROOTSTE_ANTWOORD)
    return rij_antwoord(heen, data, heen["afzender"], heen["ontvanger"], a.soort.retour, nummer, a.nu)
