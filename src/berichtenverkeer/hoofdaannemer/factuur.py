"""Is an invoice of a partner what its months come to? (contract, Money, Invoice check)"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ..levensloop.rekenen.tekst import euro
from .keuzes import Deelmaand
from .looptijd import Maand
from .maandstaat import Feiten, Maandstaat
from .toegewezen import Kenmerk


class Uitkomst(StrEnum):
    """What is said of one line."""

    GOED = "goed"
    BEDRAG_VERSCHILT = "bedrag-verschilt"
    DUBBEL = "dubbel"
    ONBEKEND = "onbekend"


class Post(NamedTuple):
    """What a line is about."""

    partner: str
    maand: Maand
    toewijzing: Kenmerk
    klasse: str


@dataclass(frozen=True, slots=True)
class Factuurregel:
    """One line of an invoice; ``bedrag`` in eurocent, a credit below zero."""

    factuurnummer: str
    post: Post
    bedrag: int


@dataclass(frozen=True, slots=True)
class Beoordeeld:
    """A line with what is said of it, in eurocent. ``eerder`` are the numbers under which it was invoiced before, oldest first;
    ``verwacht`` is None for what is not known."""

    regel: Factuurregel
    uitkomst: Uitkomst
    verwacht: int | None
    eerder: tuple[str, ...]
    uitleg: str

    @property
    def gefactureerd(self) -> int:
        """What the line asks."""
        return self.regel.bedrag


@dataclass(frozen=True, slots=True)
class Ontbreekt:
    """What is not on the invoice while its partner and month are; ``verwacht`` in eurocent."""

    post: Post
    verwacht: int


@dataclass(frozen=True, slots=True)
class Controle:
    """An invoice as it was checked. The totals are eurocent: ``verwacht`` has each post once, and what is missing."""

    regels: tuple[Beoordeeld, ...]
    niet_gefactureerd: tuple[Ontbreekt, ...]
    verwacht: int

    @property
    def gefactureerd(self) -> int:
        """What the invoice asks."""
        return sum(regel.gefactureerd for regel in self.regels)

    @property
    def verschil(self) -> int:
        """How much it asks more than was expected."""
        return self.gefactureerd - self.verwacht


def verwacht(
    feiten: Feiten, partner: str, maand: Maand, vast: Sequence[Maandstaat], deelmaand: Deelmaand
) -> dict[Post, int]:
    """What a month of a partner gives now, by post, in eurocent; a fixed month (``vast``: those of this partner) by its own rule,
    the corrections in it. What was fixed and is no more stands in it with 0, so that it can be credited."""
    gefixeerd = next((staat for staat in vast if staat.maand == maand), None)
    regel = gefixeerd.deelmaand if gefixeerd else deelmaand
    rekenaar = feiten.rekenaar(regel)
    uit: dict[Post, int] = defaultdict(int)
    for oud in gefixeerd.regels if gefixeerd else ():
        uit[Post(partner, maand, Kenmerk(oud.gemeente, oud.domein, oud.toewijzingnummer), oud.klasse)] += 0
    for een, deel in feiten.delen(partner, maand, regel):
        post = Post(partner, maand, een.toegewezen.kenmerk, een.inzet.klasse)
        uit[post] += rekenaar.bedrag(deel)
    return dict(uit)


def controleer(
    regels: Iterable[Factuurregel], eerder: Iterable[Factuurregel], geeft: Callable[[str, Maand], Mapping[Post, int]]
) -> Controle:
    """Check the lines of an invoice. ``eerder`` are the lines that were kept, oldest first; those with a number that is on this
    invoice do not count, for it takes their place. ``geeft`` is ``verwacht`` for a partner and month.
    """
    alle = list(regels)
    nummers = {regel.factuurnummer for regel in alle}
    gehad: dict[Post, list[Factuurregel]] = defaultdict(list)
    for bewaard in eerder:
        if bewaard.factuurnummer not in nummers:
            gehad[bewaard.post].append(bewaard)
    maanden = {(regel.post.partner, regel.post.maand): None for regel in alle}
    nu: dict[Post, int] = {}
    for partner, maand in maanden:
        nu |= geeft(partner, maand)
    open_ = {post: bedrag - sum(regel.bedrag for regel in gehad[post]) for post, bedrag in nu.items()}
    op_factuur = {regel.post for regel in alle}
    ontbreekt = tuple(
        Ontbreekt(post, bedrag) for post, bedrag in sorted(open_.items()) if bedrag and post not in op_factuur
    )
    totaal = sum(open_.get(post, 0) for post in op_factuur) + sum(een.verwacht for een in ontbreekt)
    beoordeeld: list[Beoordeeld] = []
    for regel in alle:
        beoordeeld.append(_beoordeel(regel, open_.get(regel.post), gehad[regel.post]))
        if regel.post in open_:
            open_[regel.post] -= regel.bedrag
        gehad[regel.post].append(regel)
    return Controle(tuple(beoordeeld), ontbreekt, totaal)


def _beoordeel(regel: Factuurregel, nog: int | None, gehad: Sequence[Factuurregel]) -> Beoordeeld:
    nummers = tuple(dict.fromkeys(een.factuurnummer for een in gehad))
    if nog is None:
        waarom = f"Deze partner heeft in {regel.post.maand.naam} geen inzet op deze toewijzing in klasse {regel.post.klasse}."
        return Beoordeeld(regel, Uitkomst.ONBEKEND, None, nummers, waarom)
    if regel.bedrag == nog:
        return Beoordeeld(regel, Uitkomst.GOED, nog, nummers, f"Zoals verwacht: {euro(nog)}.")
    if nummers and nog <= 0 < regel.bedrag:
        waarom = f"Er is niets meer te factureren: dit stond al op {', '.join(nummers)}."
        return Beoordeeld(regel, Uitkomst.DUBBEL, nog, nummers, waarom)
    verschil = regel.bedrag - nog
    meer = "meer" if verschil > 0 else "minder"
    al = f" Eerder gefactureerd op {', '.join(nummers)}." if nummers else ""
    waarom = f"Verwacht is {euro(nog)}, gefactureerd {euro(regel.bedrag)}: {euro(abs(verschil))} {meer}.{al}"
    return Beoordeeld(regel, Uitkomst.BEDRAG_VERSCHILT, nog, nummers, waarom)
