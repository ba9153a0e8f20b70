"""The columns that a model has: a field is a column, what is nested is joined by ``_``, and a code or a word has its meaning beside it.

So the model of a list is its one declaration: what is in the JSON is in the table too, by the same names. What a field holds is
said by its type: ``Eurocent`` is an amount, a type with a ``Codelijst`` is a code (``standaard.berichten.typen``), and a ``Woord`` has its
meaning itself. Of more values in one field (a list) all are in one cell.
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
from ..standaard.codelijst import in_enige_release
from ..standaard.domein import Domein
from ..woord import Woord
from .kolom import Kolom, Soort

OMSCHRIJVING = "omschrijving"
"""What the column beside a code or a word is called, after it."""

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
    if soort.meer or soort.kern is dict:
        yield Kolom(naam, Soort.TEKST, lambda item: _samen(lees(item)))
    else:
        bedrag = any(isinstance(merk, Bedrag) for merk in soort.merken)
        yield Kolom(naam, Soort.EUROCENT if bedrag else _soort(soort.kern), lees)
    if (betekenissen := _betekenissen(soort)) is not None:
        yield Kolom(f"{naam}_{OMSCHRIJVING}", Soort.TEKST, _toelichting(lees, betekenissen))


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


def _betekenissen(soort: _Soort) -> Mapping[Domein, Mapping[str, str]] | None:
    """What each value means, under each law; None of what has no fixed row of values."""
    if isinstance(soort.kern, type) and issubclass(soort.kern, Woord):
        return {domein: {woord: woord.betekenis for woord in soort.kern} for domein in Domein}
    for merk in soort.merken:
        if isinstance(merk, Codelijst):
            codes = {domein: in_enige_release(merk.voor(domein), domein).codes for domein in Domein}
            return {domein: {code: een.omschrijving for code, een in van.items()} for domein, van in codes.items()}
    return None


def _toelichting(
    lees: Callable[[Any], Any], betekenissen: Mapping[Domein, Mapping[str, str]]
) -> Callable[[Any], str | None]:
    def toelichting(item: Any) -> str | None:
        van = betekenissen[getattr(item, "domein", None) or Domein.IWMO]  # what is of no law is the same in both
        waarde = lees(item)
        if isinstance(waarde, (list, tuple)):
            return _TUSSEN_OMSCHRIJVINGEN.join(van[een] for een in waarde if een in van) or None
        return van.get(waarde)

    return toelichting
