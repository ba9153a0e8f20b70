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
from ...stuurinformatie.spannen import Geleverd, Wie, geleverd
from ...stuurinformatie.toewijzingfeit import Toewijzingfeit, bestaat, gestart, toewijzingfeit
from ...stuurinformatie.traject import leverfeiten
from .. import samen
from ..dossiers import dossierbeeld
from ..samen import Rij
from ..tabellen.stuurinformatie import leverfeit as l
from ..tabellen.stuurinformatie import toewijzingfeit as t
from .stuurpaar import Client, client_van, domein_van, dossier_van, wie_van
from .stuurrijen import LEVERFEITEN, Plaats, Wijziging, per_plaats, plaats, sleutel, uit_rijen, zelfde


def volg(
    voor: Mapping[Dossiersleutel, Dossier],
    na: Mapping[Dossiersleutel, Dossier],
    geraakt: Mapping[Dossiersleutel, Iterable[Feit]],
    bestaand: Iterable[Rij],
) -> Wijziging:
    """What a group of messages changed: ``geraakt`` are the classes that came to count, by dossier, and ``bestaand`` the rows of
    ``LEVERFEITEN`` about their clients."""
    uit = Wijziging()
    geleverd_nu: dict[Plaats, dict[int, Geleverd]] = defaultdict(dict)
    for dossier, feiten in geraakt.items():
        oud, nieuw, wie = voor[dossier], na[dossier], wie_van(dossier)
        toegewezen, op, levert = _genoemd(feiten)
        for nummer in toegewezen:
            _zet_toewijzing(uit, wie, nummer, oud, nieuw)
        for nummer in op - toegewezen:
            _zet_gestart(uit, wie, nummer, oud, nieuw)
        if levert or any((nummer,) in nieuw.leveringen for nummer in toegewezen):
            geleverd_nu[plaats(*wie)][wie.paar] = geleverd(wie, nieuw)
    if geleverd_nu:
        rijen = per_plaats(bestaand)
        for waar, nu in geleverd_nu.items():
            _zet_levering(uit, rijen[waar], nu)
    return uit


def _genoemd(feiten: Iterable[Feit]) -> tuple[set[int], set[int], bool]:
    """The ToewijzingNummers of toewijzingen, those of starts and definitive stops, and whether something is delivered or no longer."""
    toegewezen: set[int] = set()
    op: set[int] = set()
    levert = False
    for feit in feiten:
        if isinstance(feit, ToegewezenProduct):
            toegewezen.add(feit.ToewijzingNummer)
        elif isinstance(feit, (StartProduct, StopProduct)):
            levert = True
            tijdelijk = isinstance(feit, StopProduct) and feit.RedenBeeindiging == TIJDELIJK
            if feit.ToewijzingNummer is not None and not tijdelijk:
                op.add(feit.ToewijzingNummer)
    return toegewezen, op, levert


def _zet_toewijzing(uit: Wijziging, wie: Wie, nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    feit, bekend = toewijzingfeit(wie, nieuw, nummer), nummer in oud.toewijzingen
    if feit is None:
        if bekend:
            uit.weg_toewijzingen.add((*wie, nummer))
    elif not (bekend and feit == toewijzingfeit(wie, oud, nummer)):
        uit.zet_toewijzing(feit)


def _zet_gestart(uit: Wijziging, wie: Wie, nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    """What starts and stops changed in the facts of a toewijzing that stayed as it was."""
    if bestaat(nieuw, nummer) and (nu := gestart(nieuw, nummer)) != gestart(oud, nummer):
        uit.zet_gestart(wie, nummer, nu)


def _zet_levering(uit: Wijziging, bestaand: Sequence[Rij], nu: Mapping[int, Geleverd]) -> None:
    """Let what is delivered to a client be this: of each aanbieder that is named (``paar``) as it is now, of others as it was."""
    anderen = uit_rijen(rij for rij in bestaand if rij[0] not in nu)
    uit.zet_leverfeiten(bestaand, leverfeiten(domein_van(next(iter(nu))), [*nu.values(), *anderen]))


def volg_dossiers(verbinding: Connection, sleutels: Collection[Dossiersleutel]) -> None:
    """Put right the facts of these dossiers, as they stand now. Whoever calls holds the locks of their clients."""
    geladen = dossierbeeld.laad(verbinding, list(sleutels))
    clienten = {client_van(dossier) for dossier in sleutels}
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in clienten])])
    rijen = per_plaats(bestaand)
    uit = Wijziging()
    per_client: dict[Plaats, dict[int, Geleverd]] = defaultdict(dict)
    for sleutel_ in sleutels:
        wie, dossier = wie_van(sleutel_), geladen[sleutel_].dossier
        per_client[plaats(*wie)][wie.paar] = geleverd(wie, dossier)
        verbinding.execute(delete(t).where(*_van(wie)))
        for feit in _toewijzingfeiten(wie, dossier):
            uit.zet_toewijzing(feit)
    for waar, nu in per_client.items():
        _zet_levering(uit, rijen[waar], nu)
    samen.schrijf_gereed(verbinding, uit.gereed(verbinding.dialect), 0)


def _van(wie: Wie) -> tuple[Any, ...]:
    return t.c.paar == wie.paar, t.c.client == wie.client


def _toewijzingfeiten(wie: Wie, dossier: Dossier) -> list[Toewijzingfeit]:
    feiten = (toewijzingfeit(wie, dossier, nummer) for nummer in dossier.toewijzingen)
    return [feit for feit in feiten if feit is not None]


def afwijkend(
    verbinding: Connection, clienten: Mapping[Client, Collection[Dossiersleutel]]
) -> dict[Client, set[Dossiersleutel]]:
    """Of which of these clients other facts are kept than their messages give, each with its dossiers: those that are given, and those that
    its facts name, for one may have begun since."""
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in clienten])])
    per_client: dict[Client, list[Rij]] = defaultdict(list)
    for rij in bestaand:
        per_client[client_van(dossier_van(*rij[:2]))].append(tuple(rij))
    van = {client: {*clienten[client], *(dossier_van(*rij[:2]) for rij in per_client[client])} for client in clienten}
    geladen = dossierbeeld.laad(verbinding, [dossier for alle in van.values() for dossier in alle])
    anders = {}
    for client, dossiers in van.items():
        nu = [(wie_van(dossier), geladen[dossier].dossier) for dossier in dossiers]
        nieuw = leverfeiten(client.domein, [geleverd(wie, dossier) for wie, dossier in nu])
        if not zelfde(per_client[client], nieuw) or any(_wijkt_af(verbinding, *een) for een in nu):
            anders[client] = dossiers
    return anders


def _wijkt_af(verbinding: Connection, wie: Wie, dossier: Dossier) -> bool:
    gevonden = {tuple(rij) for rij in verbinding.execute(select(t).where(*_van(wie)))}
    return gevonden != set(_toewijzingfeiten(wie, dossier))


def dossiers(verbinding: Connection) -> set[Dossiersleutel]:
    """Of which dossiers facts are kept."""
    vragen = (select(tabel.c.paar, tabel.c.client).distinct() for tabel in (l, t))
    return {dossier_van(nummer, bsn) for vraag in vragen for nummer, bsn in verbinding.execute(vraag)}
