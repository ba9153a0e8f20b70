"""The rows of the facts of steering figures: asked for, read, made, and written where they changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import itemgetter, ne
from typing import Any, TypeVar

from sqlalchemy import Dialect, Table

from ...stuurinformatie.spannen import Geleverd, Span, Stop, Wie
from ...stuurinformatie.toewijzingfeit import Gestart, Toewijzingfeit
from ...stuurinformatie.traject import Leverfeit
from .. import samen
from ..samen import Gereed, Rij, Rijen, Vraag, maak_gereed
from ..tabellen.stuurinformatie import leverfeit as l
from ..tabellen.stuurinformatie import toewijzingfeit as t
from .stuurpaar import PER_GEMEENTE, Client, grenzen

LEVERFEITEN = Vraag(
    f"SELECT {', '.join(f'l.{naam}' for naam in Leverfeit._fields)} FROM {{sleutels}} {{join}} leverfeit AS l "
    "ON l.client = {n0} AND l.paar BETWEEN {n1} AND {n2}",
    personen=(0,),
    over=1,
)
"""Of these (Bsn, least and greatest paar) the facts that there are."""

_SLEUTEL = "paar, client, toewijzingnummer"
"""That of a toewijzing's facts."""

_PLEK = "client, paar, zicht, toewijzingnummer, start"
"""What tells the facts of spans on toewijzingen apart, as long as no two starts of one begin on the same day."""

_plek = itemgetter(*map(Leverfeit._fields.index, _PLEK.split(", ")))

_WEG = Vraag("DELETE FROM leverfeit WHERE (client, paar) IN (SELECT {n0}, {n1} FROM {sleutels})", personen=(0,))
_WEG_TOEWIJZING = Vraag(
    "DELETE FROM toewijzingfeit WHERE (paar, client, toewijzingnummer) IN (SELECT {n0}, {n1}, {n2} FROM {sleutels})",
    personen=(1,),
)


def sleutel(client: Client) -> tuple[int, int, int]:
    """A client as ``LEVERFEITEN`` is asked about it."""
    return int(client.bsn), *grenzen(client.domein, client.gemeente)


_R = TypeVar("_R", bound=Rij)

Plek = tuple[Table, str | None, tuple[str, ...]]
"""Where rows go: the table, their key when they take the place of what has it, and the columns when only these are written."""

_NIEUW: Plek = l, None, ()
_TOEWIJZING: Plek = t, _SLEUTEL, ()
_GESTART: Plek = t, _SLEUTEL, Gestart._fields


@dataclass(slots=True)
class Wijziging:
    """What is to be written, and what goes first: of ``leverfeit`` by (Bsn, paar), of ``toewijzingfeit`` by its key."""

    rijen: dict[Plek, list[dict[str, Any]]] = field(default_factory=dict)
    weg: set[tuple[int, int]] = field(default_factory=set)
    weg_toewijzingen: set[tuple[int, int, int]] = field(default_factory=set)

    def gereed(self, dialect: Dialect) -> list[Gereed]:
        """The statements of it, as this database takes them."""
        uit = [samen.met_sleutels(_WEG, sorted(self.weg), dialect)] if self.weg else []
        if self.weg_toewijzingen:
            uit.append(samen.met_sleutels(_WEG_TOEWIJZING, sorted(self.weg_toewijzingen), dialect))
        rijen = [Rijen(tabel, rijen, sleutel, alleen=alleen) for (tabel, sleutel, alleen), rijen in self.rijen.items()]
        return uit + maak_gereed(rijen, dialect)

    def zet_toewijzing(self, feit: Toewijzingfeit) -> None:
        """Let these be the facts of a toewijzing."""
        self._zet(_TOEWIJZING, feit)

    def zet_gestart(self, wie: Wie, nummer: int, gestart: Gestart) -> None:
        """Let starts and stops have done this to a toewijzing of which the other facts stay as they were."""
        rij = {"paar": wie.paar, "client": wie.client, "toewijzingnummer": nummer, **gestart._asdict()}
        self.rijen.setdefault(_GESTART, []).append(rij)

    def zet_leverfeiten(self, bestaand: Sequence[Rij], nieuw: Sequence[Leverfeit]) -> None:
        """Let the rows of a client be these instead of those: where that can be said only the columns that changed, and what came to be."""
        eerst, dan = _op_plek(bestaand), _op_plek(nieuw)
        if eerst is not None and dan is not None and eerst.keys() <= dan.keys():
            for plek, feit in dan.items():
                was = eerst.get(plek)
                if was is None:
                    self._zet(_NIEUW, feit)
                elif was != feit:
                    anders = tuple(compress(feit._fields, map(ne, was, feit)))
                    self._zet((l, _PLEK, anders), feit)
        elif not zelfde(bestaand, nieuw):  # something went, or cannot be told apart
            self.weg |= {(client, paar) for paar, client, *_ in bestaand}
            for feit in nieuw:
                self._zet(_NIEUW, feit)

    def _zet(self, plek: Plek, feit: Toewijzingfeit | Leverfeit) -> None:
        self.rijen.setdefault(plek, []).append(feit._asdict())


def _op_plek(rijen: Sequence[_R]) -> dict[Rij, _R] | None:
    """These rows by what tells them apart; None when that does not."""
    uit = {_plek(rij): rij for rij in rijen}
    return uit if len(uit) == len(rijen) and None not in chain.from_iterable(uit) else None


def zelfde(bestaand: Sequence[Rij], nieuw: Sequence[Rij]) -> bool:
    """Whether these are the same rows, in whatever order."""
    return Counter(bestaand) == Counter(nieuw)


Plaats = tuple[int, int]
"""Whose rows they are over all aanbieders: law and gemeente in one number, and the Bsn."""


def plaats(paar: int, client: int) -> Plaats:
    """That of whose rows they are."""
    return paar // PER_GEMEENTE, client


def per_plaats(rijen: Iterable[Rij]) -> Mapping[Plaats, list[Rij]]:
    """Rows by their ``plaats``; of one that is not there none."""
    uit: dict[Plaats, list[Rij]] = defaultdict(list)
    for rij in rijen:
        uit[plaats(*rij[:2])].append(tuple(rij))
    return uit


def uit_rijen(rijen: Iterable[Rij]) -> list[Geleverd]:
    """What other aanbieders delivered, as their facts have it."""
    per_aanbieder: dict[int, Geleverd] = defaultdict(lambda: Geleverd([], []))
    for feit in map(Leverfeit._make, rijen):
        deel = per_aanbieder[feit.paar]
        stop = Stop(feit.stop, feit.stop_op) if feit.stop is not None else None
        if feit.start is not None:
            deel.spannen.append(
                Span(feit.op, feit.start, feit.einde, feit.geleverd_van, feit.geleverd_tot, feit.reden, stop)
            )
        elif stop is not None:
            deel.losse_stops.append((feit.op, stop))
    return list(per_aanbieder.values())
