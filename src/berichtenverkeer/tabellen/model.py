"""The columns that a model has: a field is a column, what is nested is joined by ``_``, and a code has its meaning beside it.

So the model of a list is its one declaration: what is in the JSON is in the table too, by the same names. What a field holds is
said by its type: ``Eurocent`` is an amount, and a type with a ``Codelijst`` is a code (``standaard.berichten.typen``). Of more values in
one field (a list) all are in one cell.
"""

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel

from ..standaard.berichten.typen import Codelijst
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein
from .kolom import Kolom, Soort

OMSCHRIJVING = "omschrijving"
"""What the column beside a code is called, after that code."""

_TUSSEN = ", "
_TUSSEN_OMSCHRIJVINGEN = "; "


@dataclass(frozen=True, slots=True)
class Bedrag:
    """The number is an amount in eurocent."""


Eurocent = Annotated[int, Bedrag()]

_SOORTEN: Sequence[tuple[type, Soort]] = (
    (bool, Soort.JA_NEE),
    (int, Soort.GETAL),
    (Decimal, Soort.GETAL),
    (datetime, Soort.MOMENT),
    (AwareDatetime, Soort.MOMENT),
    (date, Soort.DAG),
    (str, Soort.TEKST),
)
"""By type, the more precise first."""


@dataclass(frozen=True, slots=True)
class _Soort:
    """What a field is, without that it may be empty: its type, its marks, and whether there may be more of it."""

    kern: Any
    merken: tuple[Any, ...] = ()
    meer: bool = False


@cache
def kolommen(model: type[BaseModel]) -> tuple[Kolom, ...]:
    """The columns of a model, in the order of its fields."""
    return tuple(_velden(model, (), meer=False))


def _velden(model: type[BaseModel], pad: tuple[str, ...], *, meer: bool) -> Iterator[Kolom]:
    for naam, veld in model.model_fields.items():
        soort = _ontleed(veld.annotation, tuple(veld.metadata))
        soort = replace(soort, meer=soort.meer or meer)
        hier = (*pad, naam)
        if isinstance(soort.kern, type) and issubclass(soort.kern, BaseModel):
            yield from _velden(soort.kern, hier, meer=soort.meer)
        else:
            yield from _kolom(hier, soort)


def _ontleed(annotatie: Any, merken: tuple[Any, ...] = ()) -> _Soort:
    oorsprong, delen = get_origin(annotatie), get_args(annotatie)
    if oorsprong is Annotated:
        return _ontleed(delen[0], (*merken, *delen[1:]))
    if oorsprong in (Union, types.UnionType):
        [een] = [deel for deel in delen if deel is not types.NoneType]
        return _ontleed(een, merken)
    if oorsprong in (list, tuple):
        return replace(_ontleed(delen[0], merken), meer=True)
    return _Soort(dict if oorsprong is dict else annotatie, merken)


def _kolom(pad: tuple[str, ...], soort: _Soort) -> Iterator[Kolom]:
    naam, lees = "_".join(pad), _lezer(pad)
    lijst = next((merk for merk in soort.merken if isinstance(merk, Codelijst)), None)
    if soort.meer or soort.kern is dict:
        yield Kolom(naam, Soort.TEKST, lambda item: _samen(lees(item)))
    else:
        bedrag = any(isinstance(merk, Bedrag) for merk in soort.merken)
        yield Kolom(naam, Soort.EUROCENT if bedrag else _soort(soort.kern), lees)
    if lijst is not None:
        yield Kolom(f"{naam}_{OMSCHRIJVING}", Soort.TEKST, _toelichting(lees, lijst))


def _soort(kern: Any) -> Soort:
    return next(soort for klasse, soort in _SOORTEN if isinstance(kern, type) and issubclass(kern, klasse))


def _lezer(pad: tuple[str, ...]) -> Callable[[Any], Any]:
    """What stands at a path: a list of all there is when a part of it is one."""
    eerste = attrgetter(pad[0])
    if len(pad) == 1:
        return eerste
    rest = _lezer(pad[1:])

    def lees(item: Any) -> Any:
        deel = eerste(item)
        if isinstance(deel, (list, tuple)):
            return [rest(een) for een in deel]
        return None if deel is None else rest(deel)

    return lees


def _samen(waarden: Any) -> str | None:
    if not waarden:
        return None
    if isinstance(waarden, Mapping):
        return _TUSSEN.join(f"{naam}={waarde}" for naam, waarde in waarden.items())
    return _TUSSEN.join(str(waarde) for waarde in _los(waarden) if waarde is not None)


def _los(waarden: Iterable[Any]) -> Iterator[Any]:
    """All values, of lists in the list too."""
    for waarde in waarden:
        if isinstance(waarde, (list, tuple)):
            yield from _los(waarde)
        else:
            yield waarde


def _toelichting(lees: Callable[[Any], Any], lijst: Codelijst) -> Callable[[Any], str | None]:
    labels = {
        domein: {code: een.omschrijving for code, een in codelijst(lijst.voor(domein), domein).codes.items()}
        for domein in Domein
    }

    def toelichting(item: Any) -> str | None:
        codes = labels[getattr(item, "domein", None) or Domein.IWMO]  # what is of no law is the same in both
        waarde = lees(item)
        if isinstance(waarde, (list, tuple)):
            return _TUSSEN_OMSCHRIJVINGEN.join(codes[code] for code in waarde if code in codes) or None
        return codes.get(waarde)

    return toelichting
