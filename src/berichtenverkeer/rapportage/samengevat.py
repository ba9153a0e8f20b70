"""Sources of facts of which there are many, told together: the same numbers as their facts one by one, for less."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..opslag.stuurinformatie import stuurlooptijd
from ..opslag.stuurinformatie.stuurpaar import uit_paar
from ..stuurinformatie.kpi import Bron
from ..stuurinformatie.tijd import Tijdvak
from .rekenbronnen import REKENBRONNEN, Namen, Soorten, afgewezen, bezet_door, in_cel, plekken, samen
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


def _afkeur(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitgroep]:
    bedragen: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    clienten: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for regel, sleutel, groep in afgewezen(zicht, tijdvak, namen):
        bedragen[groep].append(regel.bedrag)
        clienten[groep].add(sleutel.bsn)
    for groep, alle in bedragen.items():
        yield Feitgroep(groep, (sum(alle),), len(alle), clienten[groep])


@dataclass(slots=True)
class _Cel:
    """What was delivered in a segment for one ``paar``: the client of each toewijzing, and on how many days together."""

    clienten: list[str] = field(default_factory=list)
    dagen: int = 0

    def vaker(self, wie: Collection[str]) -> set[int]:
        """Of these, who are in it, those with more than one: some of whose days may have been counted twice."""
        if len(wie) == len(self.clienten):
            return set()
        return {int(client) for client, keer in Counter(self.clienten).items() if keer > 1}


_Waar = tuple[int, str]
"""A ``paar`` and a segment."""


def _plek(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitgroep]:
    (hoofdaannemer,) = zicht.hoofdaannemers()
    segment_van, geleverd, paren = bezet_door(zicht, hoofdaannemer)
    cellen: dict[_Waar, _Cel] = defaultdict(_Cel)
    for een in stuurlooptijd.productdagen(zicht.verbinding, paren, *tijdvak, geleverd=geleverd):
        segment = segment_van(een.categorie, een.code)
        if segment is not None:
            cel = cellen[een.paar, segment]
            cel.clienten += een.clienten
            cel.dagen += een.dagen
    wie = {waar: set(cel.clienten) for waar, cel in cellen.items()}
    vaker = {waar: clienten for waar, cel in cellen.items() if (clienten := cel.vaker(wie[waar]))}
    dubbel = dubbel_geteld(_delen(zicht, tijdvak, vaker, segment_van, geleverd=geleverd))
    for waar, cel in cellen.items():
        _, gemeente, _ = uit_paar(waar[0])
        waarden = {"gemeente": gemeente, "segment": waar[1]}
        yield Feitgroep(in_cel(namen, waarden), (cel.dagen - dubbel[waar], 0), len(wie[waar]), wie[waar])
    for feit in plekken(zicht, hoofdaannemer, tijdvak, namen):
        yield Feitgroep(feit.groep, feit.ruw, 1, ())


def _delen(
    zicht: Zicht,
    tijdvak: Tijdvak,
    vaker: Mapping[_Waar, set[int]],
    segment_van: Callable[[str | None, str | None], str | None],
    *,
    geleverd: bool,
) -> Mapping[tuple[_Waar, int], list[tuple[int, int]]]:
    """The days of these clients there, of each toewijzing apart."""
    uit: dict[tuple[_Waar, int], list[tuple[int, int]]] = defaultdict(list)
    per_paar: dict[int, set[int]] = defaultdict(set)
    for (paar, _), clienten in vaker.items():
        per_paar[paar] |= clienten
    for paar, clienten in per_paar.items():
        for deel in stuurlooptijd.dagen(zicht.verbinding, [paar], *tijdvak, geleverd=geleverd, alleen=clienten):
            segment = segment_van(deel.categorie, deel.code)
            if segment is not None and deel.client in vaker.get((paar, segment), ()):
                uit[(paar, segment), deel.client].append(deel.binnen(*tijdvak))
    return uit


def dubbel_geteld(delen_van: Mapping[tuple[_Waar, int], Sequence[tuple[int, int]]]) -> Counter[_Waar]:
    """How many days too many there are when of each client all parts are added up: a day counts once.

    >>> dubbel_geteld({((1, "hulp"), 5): [(0, 9), (5, 14)], ((1, "hulp"), 6): [(0, 3), (4, 5)]})
    Counter({(1, 'hulp'): 5})
    """
    uit: Counter[_Waar] = Counter()
    for (waar, _), delen in delen_van.items():
        uit[waar] += sum(laatste - eerste + 1 for eerste, laatste in delen) - samen(delen)[0]
    return uit


_SAMEN: Mapping[Bron, Callable[[Zicht, Tijdvak, Namen], Iterator[Feitgroep]]] = {
    Bron.LOOPTIJD: _looptijd,
    Bron.AFKEUR: _afkeur,
    Bron.PLEK: _plek,
}
