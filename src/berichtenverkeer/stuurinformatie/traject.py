"""Trajecten: the spans of one client at one gemeente, under one law, in one form, merged (contract, Words).

A gemeente sees them over all its aanbieders, an aanbieder those of its own spans. Mostly the two are the same, and then they are kept
once. Each span gives one fact, with what of its traject goes by it: the first day, the last, and the days on which it speaks for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from ..standaard.domein import Domein
from .spannen import Geleverd, Span, Waarop

NAAD = {Domein.IJW: 1, Domein.IWMO: 4}
"""A span that begins at most so many days after the latest day so far goes on with the traject."""


class Zicht(IntEnum):
    """For whom a fact is."""

    BEIDE = 0
    GEMEENTE = 1
    AANBIEDER = 2


_Dagen = tuple[int | None, int | None]
_NOOIT: _Dagen = None, None

_BEIDE, _GEMEENTE, _AANBIEDER = map(int, Zicht)
"""As they are kept."""


class Leverfeit(NamedTuple):
    """What one span gives, as it is kept: of ``Waarop`` all, then for whom it is. ``start`` to ``einde`` is the span itself,
    ``geleverd_van`` and ``geleverd_tot`` its delivered days, ``reden`` that of its definitive stop; without ``start`` it is told by
    another fact. ``begin``: the traject begins with it, on that day. ``laatste``: it ends with it, after ``duur`` days. From ``van`` to
    ``tot`` it is the span that the traject has. ``stop`` and ``stop_op`` are a definitive stop and the day it was received."""

    paar: int
    client: int
    toewijzingnummer: int | None
    categorie: str | None
    code: str | None
    zicht: int
    start: int | None = None
    einde: int | None = None
    geleverd_van: int | None = None
    geleverd_tot: int | None = None
    reden: str | None = None
    begin: int | None = None
    laatste: int | None = None
    duur: int | None = None
    van: int | None = None
    tot: int | None = None
    stop: int | None = None
    stop_op: int | None = None

    @property
    def op(self) -> Waarop:
        """On what, and whose that is."""
        return Waarop(*self[:5])


def leverfeiten(domein: Domein, delen: Iterable[Geleverd]) -> list[Leverfeit]:
    """Those of one client at one gemeente under this law, of what each aanbieder delivered."""
    per_vorm: dict[str | None, list[Span]] = defaultdict(list)
    uit: list[Leverfeit] = []
    for spannen, losse_stops in delen:
        for span in spannen:
            per_vorm[span.op.categorie].append(span)
        for op, (einddatum, ontvangen) in losse_stops:
            uit.append(Leverfeit(*op, _BEIDE, stop=einddatum, stop_op=ontvangen))
    for spannen in per_vorm.values():
        if len(spannen) == 1:  # as of most: it is a traject by itself
            uit.append(_alleen(spannen[0], _BEIDE))
        else:
            uit += _van_vorm(spannen, NAAD[domein])
    return uit


def _van_vorm(spannen: Sequence[Span], naad: int) -> Iterator[Leverfeit]:
    per_aanbieder: dict[int, list[Span]] = defaultdict(list)
    for span in spannen:
        per_aanbieder[span.op.paar].append(span)
    if len(per_aanbieder) == 1:
        yield from _trajecten(spannen, naad, _BEIDE)
        return
    for eigen in per_aanbieder.values():
        yield from _trajecten(eigen, naad, _AANBIEDER)
    yield from _trajecten(spannen, naad, _GEMEENTE)


def _trajecten(spannen: Sequence[Span], naad: int, zicht: int) -> Iterator[Leverfeit]:
    for traject in trajecten(spannen, naad):
        yield from _feiten(traject, zicht)


def trajecten(spannen: Iterable[Span], naad: int) -> list[list[Span]]:
    """The spans of each traject, in order of Begindatum and ToewijzingNummer.

    >>> op = Waarop(1085599990001, 999900006, 1, "02", None)
    >>> def span(begin, einde):
    ...     return Span(op, begin, einde, begin, einde, None, None)
    >>> [len(traject) for traject in trajecten([span(1, 10), span(11, 20), span(22, None)], NAAD[Domein.IJW])]
    [2, 1]
    >>> [len(traject) for traject in trajecten([span(1, 10), span(14, 20), span(25, 30)], NAAD[Domein.IWMO])]
    [2, 1]
    """
    uit: list[list[Span]] = []
    grens: int | None = None
    for span in sorted(spannen, key=lambda span: (span.begin, span.op.rang)):
        if uit and (grens is None or span.begin <= grens + naad):
            uit[-1].append(span)
            grens = None if grens is None or span.einde is None else max(grens, span.einde)
        else:
            uit.append([span])
            grens = span.einde
    return uit


def _feiten(traject: Sequence[Span], zicht: int) -> Iterator[Leverfeit]:
    eerste = traject[0]
    if len(traject) == 1:
        yield _alleen(eerste, zicht)
        return
    begin = eerste.begin
    open_ = any(span.einde is None for span in traject)
    laatste = None if open_ else max(traject, key=lambda span: (span.einde or 0, span.op.rang))
    stukken: dict[int, list[_Dagen]] = defaultdict(list)
    for span, van, tot in spreekt(traject):
        stukken[id(span)].append((van, tot))
    for span in traject:
        eigen, *los = stukken.get(id(span), [_NOOIT])
        yield from (Leverfeit(*span.op, zicht, van=van, tot=tot) for van, tot in los)
        feit = _feit(span, zicht, begin, begint=span is eerste, eindigt=span is laatste, spreekt=eigen)
        if zicht != _GEMEENTE or (feit.begin, feit.laatste, feit.van) != (None, None, None):
            yield feit


def _alleen(span: Span, zicht: int) -> Leverfeit:
    """That of a traject of one span."""
    return _feit(span, zicht, span.begin, begint=True, eindigt=True, spreekt=(span.begin, span.einde))


def _feit(span: Span, zicht: int, begin: int, *, begint: bool, eindigt: bool, spreekt: _Dagen) -> Leverfeit:
    op, start, einde, geleverd_van, geleverd_tot, reden, stop = span
    laatste = einde if eindigt else None
    uit = Leverfeit(
        *op,
        zicht,
        start,
        einde,
        geleverd_van,
        geleverd_tot,
        reden,
        begin if begint else None,
        laatste,
        laatste - begin + 1 if laatste is not None else None,
        *spreekt,
        *(stop or (None, None)),
    )
    if zicht != _GEMEENTE:
        return uit
    return uit._replace(start=None, einde=None, geleverd_van=None, geleverd_tot=None, stop=None, stop_op=None)


def spreekt(traject: Sequence[Span]) -> list[tuple[Span, int, int | None]]:
    """Which span a traject has on which days: the one that began last, of those that still run if any; of equals that with the
    highest ToewijzingNummer. From the first day of the traject to its last, None when it is open.

    >>> a, b = (Span(Waarop(1085599990001, 999900006, n, "02", None), *dagen, None, None, None, None) for n, dagen in ((1, (1, 9)), (2, (3, 5))))
    >>> [(span.op.toewijzingnummer, van, tot) for span, van, tot in spreekt([a, b])]
    [(1, 1, 2), (2, 3, 5), (1, 6, 9)]
    """
    eindes = [span.einde for span in traject]
    laatste = None if None in eindes else max(einde for einde in eindes if einde is not None)
    knippen = {span.begin for span in traject} | {einde + 1 for einde in eindes if einde is not None}
    dagen = sorted(dag for dag in knippen if laatste is None or dag <= laatste)
    uit: list[tuple[Span, int, int | None]] = []
    for plek, dag in enumerate(dagen):
        tot = dagen[plek + 1] - 1 if plek + 1 < len(dagen) else laatste
        begonnen = [span for span in traject if span.begin <= dag]
        lopend = [span for span in begonnen if span.einde is None or span.einde >= dag]
        heeft = max(lopend or begonnen, key=lambda span: (span.begin, span.op.rang))
        if uit and uit[-1][0] is heeft:
            uit[-1] = (heeft, uit[-1][1], tot)
        else:
            uit.append((heeft, dag, tot))
    return uit
