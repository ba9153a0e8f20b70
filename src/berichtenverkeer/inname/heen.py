"""The verdict on heenberichten that change a dossier: 301, 305, 307, 315, 317 and 319."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from ..levensloop.declaratie import Declaratieboek
from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.gebeurtenis import Feit
from ..levensloop.stand import voer_door
from ..oordeel.oordeel import Oordeel, beoordeel
from ..oordeel.retour import schrijf_retour
from ..opslag.declaraties import declaraties
from ..opslag.dossiers import dossierbeeld, dossiers
from ..opslag.stuurinformatie import stuurfeiten
from ..regels.kennis import Kennis
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .berichtrij import GROOTSTE_ANTWOORD, antwoordnummer, rij_antwoord, rij_heen
from .besluit import Besluit, maak_besluit
from .gevolgen import gevolgen
from .ontvangst import Apart, Uitkomst, retour_van, van_rij
from .opzoeken import Voorraad


def beslis(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, voorraad: Voorraad) -> Besluit:
    """Judge heenberichten that were not seen before, one after the other, each against what those before it brought about. Those
    about a dossier that was not loaded get ``Apart``."""
    gebruikt, eigenaars, van_verzoek = voorraad.gebruikt, voorraad.eigenaars, voorraad.van_verzoek
    boeken = declaraties.boeken(verbinding, {a.dossier for a in groep if a.dossier and a.verwijdert})
    stapel = {
        sleutel: replace(stand.dossier, boek=boeken.get(sleutel, Declaratieboek()))
        for sleutel, stand in voorraad.dossiers.items()
    }

    ontvangsten: dict[str, Uitkomst] = {}
    rijen: list[dict[str, Any]] = []
    afgeleid = dossiers.Afgeleid()
    doorgegeven: set[int] = set()
    geraakt: dict[Dossiersleutel, list[Feit]] = defaultdict(list)
    for a in groep:
        sleutel = voorraad.dossier_van(a)
        if sleutel in voorraad.zwaar:
            ontvangsten[a.id] = Apart()
            continue
        dubbel = a.identificatie in gebruikt
        gebruikt.add(a.identificatie)
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
            geraakt[sleutel] += oordeel.feiten
            afgeleid.neem_op(sleutel, gevallen, heen["volgnummer"], gevolg, heen["volgnummer"], a.nu)
            eigenaars |= dict.fromkeys(a.nummers, sleutel)
            doorgegeven |= {heen["volgnummer"]} if a.geeft_door else set()
            van_verzoek |= dict.fromkeys(a.referenties, sleutel)
        retour = None if a.zelf else _rij_retour(a, heen, oordeel, schemas)
        rijen += [retour] if retour else []
        ontvangsten[a.id] = van_rij({**heen, **retour_van(retour)}, nieuw=True)
    beelden = dossierbeeld.nieuwe(voorraad.dossiers, stapel, afgeleid)
    voor = {sleutel: voorraad.dossiers[sleutel].dossier for sleutel in geraakt}
    wijziging = stuurfeiten.volg(voor, stapel, geraakt, voorraad.leverfeiten or ())
    return maak_besluit(verbinding.dialect, rijen, afgeleid, beelden, wijziging, ontvangsten, doorgegeven)


def _rij_retour(a: Aangeboden, heen: dict[str, Any], oordeel: Oordeel, schemas: Schemas) -> dict[str, Any]:
    """The retourbericht on a heenbericht as a message of its own."""
    assert a.soort.retour is not None
    nummer = antwoordnummer(a)
    data = schrijf_retour(a.gelezen, oordeel.treffers, nummer, a.nu.date(), schemas, GROOTSTE_ANTWOORD)
    return rij_antwoord(heen, data, heen["afzender"], heen["ontvanger"], a.soort.retour, nummer, a.nu)
