"""Sources of facts of which there are many, told together: the same numbers as their facts one by one, for less."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..opslag import stuurlooptijd
from ..opslag.stuurfeiten import PER_GEMEENTE, uit_paar
from ..opslag.stuurlooptijd import Pak
from ..stuurinformatie.kpi import Bron
from ..stuurinformatie.tijd import Tijdvak
from .rekenbronnen import REKENBRONNEN, Namen, Soorten, bezet_door, in_cel, plekken, samen
from .zicht import Zicht


class Feitgroep(NamedTuple):
    """So many facts of a group: what was taken of them added up, and their clients."""

    groep: tuple[Any, ...]
    ruw: tuple[Any, ...]
    aantal: int
    clienten: Iterable[object]


def feitgroepen(zicht: Zicht, bron: Bron, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitgroep]:
    """The facts of a source over a part of the period; of partners they are told one by one."""
    bij_partner = "partner" in namen or zicht.als_partner is not None
    if bron in _SAMEN and not bij_partner:
        yield from _SAMEN[bron](zicht, tijdvak, namen)
        return
    for feit in REKENBRONNEN[bron](zicht, tijdvak, namen):
        yield Feitgroep(feit.groep, feit.ruw, 1, () if feit.bsn is None else (feit.bsn,))


def _looptijd(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitgroep]:
    soorten = Soorten(zicht, namen)
    for soort, clienten, toegekend in stuurlooptijd.geeindigden(zicht.verbinding, zicht.wie, zicht.paren, *tijdvak):
        maximum = soorten[soort]
        if maximum is not None:
            hoogste = maximum.eurocent * len(clienten) if maximum.eurocent is not None else None
            yield Feitgroep(in_cel(namen, maximum.waarden), (toegekend, hoogste), len(clienten), clienten)


def _plek(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitgroep]:
    (hoofdaannemer,) = zicht.hoofdaannemers()
    segment_van, geleverd, paren = bezet_door(zicht, hoofdaannemer)
    bezet: dict[tuple[int, str], list[int]] = defaultdict(list)
    for paar, categorie, code, pakken in stuurlooptijd.productdagen(
        zicht.verbinding, paren, *tijdvak, geleverd=geleverd
    ):
        segment = segment_van(categorie, code)
        if segment is not None:
            bezet[paar // PER_GEMEENTE, segment] += pakken
    for (waar, segment), pakken in bezet.items():
        _, gemeente, _ = uit_paar(waar * PER_GEMEENTE)
        dagen, clienten = _dagen(pakken)
        waarden = {"gemeente": gemeente, "segment": segment}
        yield Feitgroep(in_cel(namen, waarden), (dagen, 0), len(clienten), clienten)
    for feit in plekken(zicht, hoofdaannemer, tijdvak, namen):
        yield Feitgroep(feit.groep, feit.ruw, 1, ())


def _dagen(pakken: Sequence[int]) -> tuple[int, set[int]]:
    """On how many days clients had something, each day of a client once, and which clients.

    >>> def pak(client, eerste, laatste):
    ...     return (client * Pak.DAGEN + eerste) * Pak.DAGEN + laatste
    >>> _dagen([pak(1, 0, 9), pak(2, 0, 0), pak(1, 5, 14)])
    (16, {1, 2})
    """
    clienten = [pak // Pak.PER_CLIENT for pak in pakken]
    uniek = set(clienten)
    som = sum([pak % Pak.DAGEN - pak // Pak.DAGEN % Pak.DAGEN for pak in pakken]) + len(pakken)
    if len(uniek) < len(clienten):
        vaker = {client for client, keer in Counter(clienten).items() if keer > 1}
        delen_van: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for client, pak in zip(clienten, pakken, strict=True):
            if client in vaker:
                delen_van[client].append(_van_tot(pak))
        for delen in delen_van.values():
            som += samen(delen)[0] - sum(laatste - eerste + 1 for eerste, laatste in delen)
    return som, uniek


def _van_tot(pak: int) -> tuple[int, int]:
    return Pak.eerste(pak), Pak.laatste(pak)


_SAMEN: Mapping[Bron, Callable[[Zicht, Tijdvak, Namen], Iterator[Feitgroep]]] = {
    Bron.LOOPTIJD: _looptijd,
    Bron.PLEK: _plek,
}
