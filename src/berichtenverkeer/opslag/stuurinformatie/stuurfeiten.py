"""The facts of steering figures in the database: what a group of messages changes in them, and making them again.

Facts of trajecten are about a client at a gemeente under a law, over all its aanbieders: who writes them holds the lock ``slot`` of that
client besides that of the dossier.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from ...levensloop.dossier import Dossier, Dossiersleutel
from ...levensloop.gebeurtenis import TIJDELIJK, Feit
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import StopProduct
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...stuurinformatie.spannen import Geleverd, geleverd
from ...stuurinformatie.toewijzingfeit import bestaat, gestart, toewijzingfeit
from ...stuurinformatie.traject import leverfeiten
from .. import samen
from ..dossiers import dossierbeeld
from ..samen import Rij
from ..tabellen.stuurinformatie import leverfeit as l
from ..tabellen.stuurinformatie import toewijzingfeit as t
from .stuurpaar import Client, client_van, dossier_van, paar_van, uit_paar
from .stuurrijen import (
    LEVERFEITEN,
    Wijziging,
    per_plaats,
    plaats,
    rij_lever,
    rij_toewijzing,
    sleutel,
    uit_rijen,
    zelfde,
)


def volg(
    voor: Mapping[Dossiersleutel, Dossier],
    na: Mapping[Dossiersleutel, Dossier],
    geraakt: Mapping[Dossiersleutel, Iterable[Feit]],
    bestaand: Iterable[Rij],
) -> Wijziging:
    """What a group of messages changed: ``geraakt`` are the classes that came to count, by dossier, and ``bestaand`` the rows of
    ``LEVERFEITEN`` about their clients."""
    uit = Wijziging()
    geleverd_nu: dict[Client, dict[str, Geleverd]] = defaultdict(dict)
    for dossier, feiten in geraakt.items():
        oud, nieuw = voor[dossier], na[dossier]
        toegewezen, op, levert = _genoemd(feiten)
        eigen = paar_van(dossier), int(dossier.bsn)
        for nummer in toegewezen:
            _zet_toewijzing(uit, eigen, nummer, oud, nieuw)
        for nummer in op:
            if nummer not in toegewezen:
                _zet_gestart(uit, eigen, nummer, oud, nieuw)
        if levert or any((nummer,) in nieuw.leveringen for nummer in toegewezen):
            geleverd_nu[client_van(dossier)][dossier.aanbieder] = geleverd(dossier.aanbieder, nieuw)
    if geleverd_nu:
        rijen = per_plaats(bestaand)
        for client, nu in geleverd_nu.items():
            _zet_levering(uit, client, rijen.get(plaats(client), []), nu)
    return uit


def _genoemd(feiten: Iterable[Feit]) -> tuple[dict[int, None], dict[int, None], bool]:
    """The ToewijzingNummers of toewijzingen, those of starts and definitive stops, and whether something is delivered or no longer."""
    toegewezen: dict[int, None] = {}
    op: dict[int, None] = {}
    levert = False
    for feit in feiten:
        if isinstance(feit, ToegewezenProduct):
            toegewezen[feit.ToewijzingNummer] = None
        elif isinstance(feit, (StartProduct, StopProduct)):
            levert = True
            tijdelijk = isinstance(feit, StopProduct) and feit.RedenBeeindiging == TIJDELIJK
            if feit.ToewijzingNummer is not None and not tijdelijk:
                op[feit.ToewijzingNummer] = None
    return toegewezen, op, levert


def _zet_toewijzing(uit: Wijziging, eigen: tuple[int, int], nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    feit, bekend = toewijzingfeit(nieuw, nummer), nummer in oud.toewijzingen
    if feit is None and bekend:
        uit.weg_toewijzingen.add((*eigen, nummer))
    elif feit is not None and not (bekend and feit == toewijzingfeit(oud, nummer)):
        uit.toewijzingfeiten.append(rij_toewijzing(eigen, feit))


def _zet_gestart(uit: Wijziging, eigen: tuple[int, int], nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    """What starts and stops changed in the facts of a toewijzing that stayed as it was."""
    if not bestaat(nieuw, nummer) or (nu := gestart(nieuw, nummer)) == gestart(oud, nummer):
        return
    uit.gestart.append({"paar": eigen[0], "client": eigen[1], "toewijzingnummer": nummer, **nu._asdict()})


def _zet_levering(uit: Wijziging, client: Client, bestaand: Sequence[Rij], nu: Mapping[str, Geleverd]) -> None:
    anderen = [rij for rij in bestaand if uit_paar(rij[0])[2] not in nu]
    alle = [*nu.values(), *uit_rijen(anderen)]
    nieuw = [rij_lever(client, feit) for feit in leverfeiten(client.domein, alle)]
    uit.zet_leverfeiten(bestaand, nieuw)


def volg_dossiers(verbinding: Connection, sleutels: Collection[Dossiersleutel]) -> None:
    """Put right the facts of these dossiers, as they stand now. Whoever calls holds the locks of their clients."""
    per_client: dict[Client, list[Dossiersleutel]] = defaultdict(list)
    for dossier in sleutels:
        per_client[client_van(dossier)].append(dossier)
    geladen = dossierbeeld.laad(verbinding, list(sleutels))
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in per_client])])
    rijen = per_plaats(bestaand)
    uit = Wijziging()
    for client, dossiers in per_client.items():
        nu = {dossier.aanbieder: geleverd(dossier.aanbieder, geladen[dossier].dossier) for dossier in dossiers}
        _zet_levering(uit, client, rijen.get(plaats(client), []), nu)
    nieuw = [rij for dossier in sleutels for rij in _rijen_toewijzing(dossier, geladen[dossier].dossier)]
    for dossier in sleutels:
        verbinding.execute(delete(t).where(*_van_dossier(dossier)))
    uit.toewijzingfeiten += nieuw
    samen.schrijf_gereed(verbinding, uit.gereed(verbinding.dialect), 0)


def _van_dossier(dossier: Dossiersleutel) -> tuple[Any, ...]:
    return t.c.paar == paar_van(dossier), t.c.client == int(dossier.bsn)


def _rijen_toewijzing(sleutel_: Dossiersleutel, dossier: Dossier) -> list[dict[str, Any]]:
    feiten = (toewijzingfeit(dossier, nummer) for nummer in dossier.toewijzingen)
    eigen = paar_van(sleutel_), int(sleutel_.bsn)
    return [rij_toewijzing(eigen, feit) for feit in feiten if feit is not None]


def afwijkend(
    verbinding: Connection, clienten: Mapping[Client, Collection[Dossiersleutel]]
) -> dict[Client, set[Dossiersleutel]]:
    """Of which of these clients other facts are kept than their messages give, each with its dossiers: those that are given, and those that
    its facts name, for one may have begun since."""
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in clienten])])
    alle_rijen = per_plaats(bestaand)
    rijen = {client: alle_rijen.get(plaats(client), []) for client in clienten}
    van = {client: {*clienten[client], *(dossier_van(rij[0], rij[1]) for rij in rijen[client])} for client in clienten}
    geladen = dossierbeeld.laad(verbinding, [dossier for alle in van.values() for dossier in alle])
    anders = {}
    for client, dossiers in van.items():
        alle = [geleverd(dossier.aanbieder, geladen[dossier].dossier) for dossier in dossiers]
        nieuw = [rij_lever(client, feit) for feit in leverfeiten(client.domein, alle)]
        if not zelfde(rijen[client], nieuw) or any(
            _wijkt_af(verbinding, dossier, geladen[dossier].dossier) for dossier in dossiers
        ):
            anders[client] = dossiers
    return anders


def _wijkt_af(verbinding: Connection, sleutel_: Dossiersleutel, dossier: Dossier) -> bool:
    gevonden = {tuple(rij) for rij in verbinding.execute(select(t).where(*_van_dossier(sleutel_)))}
    return gevonden != {tuple(rij.values()) for rij in _rijen_toewijzing(sleutel_, dossier)}


def dossiers(verbinding: Connection) -> set[Dossiersleutel]:
    """Of which dossiers facts are kept."""
    vragen = (select(tabel.c.paar, tabel.c.client).distinct() for tabel in (l, t))
    return {dossier_van(nummer, bsn) for vraag in vragen for nummer, bsn in verbinding.execute(vraag)}
