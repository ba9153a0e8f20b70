"""The rows of the facts of steering figures: asked for, read, made, and written where they changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect

from ...stuurinformatie.spannen import Geleverd, Span, Stop, Waarop
from ...stuurinformatie.toewijzingfeit import Gestart, Toewijzingfeit
from ...stuurinformatie.traject import Leverfeit, Zicht
from .. import samen
from ..samen import Gereed, Rij, Rijen, Vraag, maak_gereed
from ..tabellen.stuurinformatie import leverfeit as l
from ..tabellen.stuurinformatie import toewijzingfeit as t
from .stuurpaar import PER_GEMEENTE, Client, grenzen, paar, uit_paar

_NAMEN = tuple(kolom.name for kolom in l.c)
LEVERFEITEN = Vraag(
    f"SELECT {', '.join(f'l.{naam}' for naam in _NAMEN)} FROM {{sleutels}} {{join}} leverfeit AS l "
    "ON l.client = {n0} AND l.paar BETWEEN {n1} AND {n2}",
    personen=(0,),
    over=1,
)
"""Of these (Bsn, least and greatest paar) the facts that there are."""

_SLEUTEL = "paar, client, toewijzingnummer"
"""That of a toewijzing's facts."""

_PLEK = "client, paar, zicht, toewijzingnummer, start"
"""What tells the facts of spans on toewijzingen apart, as long as no two starts of one begin on the same day."""

_plek = itemgetter(*map(_NAMEN.index, _PLEK.split(", ")))

_WEG = Vraag("DELETE FROM leverfeit WHERE (client, paar) IN (SELECT {n0}, {n1} FROM {sleutels})", personen=(0,))
_WEG_TOEWIJZING = Vraag(
    "DELETE FROM toewijzingfeit WHERE (paar, client, toewijzingnummer) IN (SELECT {n0}, {n1}, {n2} FROM {sleutels})",
    personen=(1,),
)


def sleutel(client: Client) -> tuple[int, int, int]:
    """A client as ``LEVERFEITEN`` is asked about it."""
    return int(client.bsn), *grenzen(client.domein, client.gemeente)


@dataclass(slots=True)
class Wijziging:
    """What is to be written, and what goes first: of ``leverfeit`` by (Bsn, paar), of ``toewijzingfeit`` by its key. Of ``gestart``
    only what starts and stops change is written, and of ``veranderd`` these columns of ``leverfeit``."""

    leverfeiten: list[dict[str, Any]] = field(default_factory=list)
    veranderd: dict[tuple[str, ...], list[dict[str, Any]]] = field(default_factory=dict)
    toewijzingfeiten: list[dict[str, Any]] = field(default_factory=list)
    gestart: list[dict[str, Any]] = field(default_factory=list)
    weg: set[tuple[int, int]] = field(default_factory=set)
    weg_toewijzingen: set[tuple[int, int, int]] = field(default_factory=set)

    def gereed(self, dialect: Dialect) -> list[Gereed]:
        """The statements of it, as this database takes them."""
        uit = [samen.met_sleutels(_WEG, sorted(self.weg), dialect)] if self.weg else []
        if self.weg_toewijzingen:
            uit.append(samen.met_sleutels(_WEG_TOEWIJZING, sorted(self.weg_toewijzingen), dialect))
        rijen = [
            Rijen(l, self.leverfeiten),
            *(Rijen(l, rijen, _PLEK, alleen=kolommen) for kolommen, rijen in self.veranderd.items()),
            Rijen(t, self.toewijzingfeiten, _SLEUTEL),
            Rijen(t, self.gestart, _SLEUTEL, alleen=Gestart._fields),
        ]
        return uit + maak_gereed(rijen, dialect)

    def zet_leverfeiten(self, bestaand: Sequence[Rij], nieuw: Sequence[Rij]) -> None:
        """Let the rows of a client be these instead of those: where that can be said only the columns that changed, and what came to be."""
        eerst, dan = _op_plek(bestaand), _op_plek(nieuw)
        if eerst is not None and dan is not None and eerst.keys() <= dan.keys():
            for plek, rij in dan.items():
                self._zet(eerst.get(plek), rij)
        elif not zelfde(bestaand, nieuw):  # something went, or cannot be told apart
            self.weg |= {(rij[1], rij[0]) for rij in bestaand}
            self.leverfeiten += map(_met_namen, nieuw)

    def _zet(self, was: Rij | None, rij: Rij) -> None:
        if was is None:
            self.leverfeiten.append(_met_namen(rij))
        elif was != rij:
            kolommen = tuple(naam for naam, voor, na in zip(_NAMEN, was, rij, strict=True) if voor != na)
            self.veranderd.setdefault(kolommen, []).append(_met_namen(rij))


def _op_plek(rijen: Sequence[Rij]) -> dict[Rij, Rij] | None:
    """These rows by what tells them apart; None when that does not."""
    uit = {_plek(rij): rij for rij in rijen}
    return uit if len(uit) == len(rijen) and not any(None in plek for plek in uit) else None


def zelfde(bestaand: Sequence[Rij], nieuw: Sequence[Rij]) -> bool:
    """Whether these are the same rows, in whatever order."""
    return Counter(bestaand) == Counter(nieuw)


def per_plaats(rijen: Iterable[Rij]) -> dict[tuple[int, int], list[Rij]]:
    """Rows by their ``plaats``."""
    uit: dict[tuple[int, int], list[Rij]] = defaultdict(list)
    for rij in rijen:
        uit[rij[0] // PER_GEMEENTE, rij[1]].append(tuple(rij))
    return uit


def plaats(client: Client) -> tuple[int, int]:
    """Whose rows they are: law and gemeente in one number, and the Bsn."""
    return paar(client.domein, client.gemeente, "0") // PER_GEMEENTE, int(client.bsn)


def uit_rijen(rijen: Iterable[Rij]) -> list[Geleverd]:
    """What other aanbieders delivered, as their facts have it."""
    per_aanbieder: dict[str, Geleverd] = {}
    for rij in rijen:
        feit = _feit_van(rij)
        deel = per_aanbieder.setdefault(feit.op.aanbieder, Geleverd([], []))
        stop = Stop(feit.stop, feit.stop_op) if feit.stop is not None else None
        if feit.start is not None:
            deel.spannen.append(
                Span(feit.op, feit.start, feit.einde, feit.geleverd_van, feit.geleverd_tot, feit.reden, stop)
            )
        elif stop is not None:
            deel.losse_stops.append((feit.op, stop))
    return list(per_aanbieder.values())


def _feit_van(rij: Rij) -> Leverfeit:
    """The fact of a row of ``leverfeit``."""
    nummer, _, toewijzingnummer, categorie, code, zicht, *dagen = rij
    return Leverfeit(Waarop(uit_paar(nummer)[2], toewijzingnummer, categorie, code), Zicht(zicht), *dagen)


def rij_lever(client: Client, feit: Leverfeit) -> Rij:
    """The row of a fact."""
    op, zicht, *dagen = feit
    paar_ = paar(client.domein, client.gemeente, op.aanbieder)
    return (paar_, int(client.bsn), op.nummer, op.categorie, op.code, int(zicht), *dagen)


def _met_namen(rij: Rij) -> dict[str, Any]:
    return dict(zip(_NAMEN, rij, strict=True))


_NAMEN_TOEWIJZING = tuple(kolom.name for kolom in t.c)


def rij_toewijzing(eigen: tuple[int, int], feit: Toewijzingfeit) -> dict[str, Any]:
    """The row of a toewijzing's facts; ``eigen`` are the paar and the Bsn."""
    return dict(zip(_NAMEN_TOEWIJZING, (*eigen, *feit), strict=True))
