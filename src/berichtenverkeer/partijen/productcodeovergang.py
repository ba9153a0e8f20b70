"""The product codes of a gemeente from one year to the next: what begins, what ends, and what that breaks.

A list that begins on a day says which codes there are from that day on. Before it nothing changes: a code that is on the new list
goes on, one that is not ends the day before, and one that is new begins on the day. What was assigned on a code that ended stays
good (TR381).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..regels.contract import Productcode, Tarief
from ..standaard.geldig import laatste, op_dag

_DAG = timedelta(days=1)

Codesleutel = tuple[str, str]
"""ProductCategorie and ProductCode."""


@dataclass(frozen=True, slots=True)
class Overgang:
    """``lijst`` is the whole list as it then is; the others are the codes that begin, end, or are delivered otherwise from the
    day on."""

    lijst: tuple[Productcode, ...]
    begint: tuple[Codesleutel, ...]
    eindigt: tuple[Codesleutel, ...]
    anders: tuple[Codesleutel, ...]


def overgang(huidig: Iterable[Productcode], nieuw: Iterable[Productcode], vanaf: date) -> Overgang:
    """What the list becomes when ``nieuw`` is what there is from this day on. The same day again takes the place of what was
    said then: of ``huidig`` counts what began before it."""
    oude = [rij for rij in huidig if rij.van < vanaf]
    straks = {_sleutel(rij): rij for rij in nieuw if laatste(rij.tot) >= vanaf}
    liepen = {_sleutel(rij): rij for rij in oude if laatste(rij.tot) >= vanaf - _DAG}
    door = {sleutel for sleutel, rij in liepen.items() if sleutel in straks and straks[sleutel].variant == rij.variant}
    lijst = []
    for rij in oude:
        sleutel = _sleutel(rij)
        if liepen.get(sleutel) is not rij:
            lijst.append(rij)
        elif sleutel in door and straks[sleutel].van <= vanaf:
            lijst.append(replace(rij, tot=straks[sleutel].tot))
        else:
            lijst.append(replace(rij, tot=min(laatste(rij.tot), vanaf - _DAG)))
    lijst += (
        replace(rij, van=max(rij.van, vanaf))
        for sleutel, rij in straks.items()
        if sleutel not in door or rij.van > vanaf
    )
    voor, na = (_codes(rijen) for rijen in (liepen.values(), straks.values()))
    anders = {
        (rij.categorie, rij.code)
        for sleutel, rij in liepen.items()
        if (rij.categorie, rij.code) in na and sleutel not in door
    }
    return Overgang(
        tuple(sorted(lijst, key=lambda rij: (rij.categorie, rij.code, rij.eenheid, rij.van))),
        tuple(sorted(na - voor)),
        tuple(sorted(voor - na)),
        tuple(sorted(anders)),
    )


def _sleutel(rij: Productcode) -> tuple[str, str, str]:
    return rij.categorie, rij.code, rij.eenheid


def _codes(rijen: Collection[Productcode]) -> set[Codesleutel]:
    return {(rij.categorie, rij.code) for rij in rijen}


@dataclass(frozen=True, slots=True)
class Lopend:
    """A toewijzing on a code. ``van`` and ``tot`` are its days."""

    aanbieder: str
    nummer: int
    categorie: str
    code: str
    van: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """A code that an open request asks for, from the day ``van`` on."""

    aanbieder: str
    referentie: str
    categorie: str
    code: str
    van: date


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What a list breaks.

    ``lopen_door``: toewijzingen on a code that ends, which go on and stay good. ``beginnen_later``: those that begin when the code
    is gone; a start on them will be refused. ``verzoeken``: open requests for a code that is gone by then, which cannot be honoured so.
    ``tarieven``: of which aanbieder a tariff holds on for a code that ends.
    ``zonder_tarief``: codes that begin, by aanbieder that has tariffs of this gemeente and none of the code.
    """

    lopen_door: tuple[Lopend, ...]
    beginnen_later: tuple[Lopend, ...]
    tarieven: tuple[tuple[str, str], ...]
    zonder_tarief: tuple[tuple[str, str], ...]
    verzoeken: tuple[Gevraagd, ...] = ()


def gevolg(
    overgang_: Overgang,
    vanaf: date,
    lopend: Sequence[Lopend],
    tarieven: Iterable[tuple[str, Tarief]],
    gevraagd: Iterable[Gevraagd] = (),
) -> Gevolg:
    """What comes of it, for these toewijzingen of the gemeente, these tariffs by aanbieder, and these open requests."""
    weg = set(overgang_.eindigt)
    geraakt = [een for een in lopend if (een.categorie, een.code) in weg and laatste(een.tot) >= vanaf]
    codes_weg = {code for _, code in weg} - {rij.code for rij in overgang_.lijst if op_dag(rij.van, rij.tot, vanaf)}
    paren = list(tarieven)
    aanbieders = {aanbieder for aanbieder, _ in paren}
    met = {(aanbieder, tarief.productcode) for aanbieder, tarief in paren if laatste(tarief.tot) >= vanaf}
    return Gevolg(
        tuple(een for een in geraakt if een.van < vanaf),
        tuple(een for een in geraakt if een.van >= vanaf),
        tuple(sorted(paar for paar in met if paar[1] in codes_weg)),
        tuple(sorted({(a, code) for a in aanbieders for _, code in overgang_.begint} - met)),
        tuple(een for een in gevraagd if (een.categorie, een.code) in weg and een.van >= vanaf),
    )
