"""The kinds of columns that hold a person, or what says more of one. Whoever reads a person is noted by that (``optreden``), and what
stands in the table is hidden when the node has keys (``verborgen``)."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Dialect,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    case,
    func,
    literal,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from ..optreden import gaande
from ..versleuteling.bos import ERBIJ
from . import verborgen
from .verborgen import CIJFERS

_BSN = re.compile(rb"[:<]Bsn>\s*([0-9]{9})\s*<")


def personen_in(data: bytes) -> list[str]:
    """Every Bsn in a message, once."""
    return [bsn.decode() for bsn in dict.fromkeys(_BSN.findall(data))]


class Dossiersleuteltekst(TypeDecorator[str]):
    """The key of a dossier, of which the last is the Bsn."""

    impl: TypeEngine[str] | type[TypeEngine[str]] = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return verborgen.verberg_bsn(value) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value:
            value = verborgen.toon_bsn(value)
            if (nu := gaande()) is not None:
                nu.zag(value[-CIJFERS:])
        return value


class Bsntekst(Dossiersleuteltekst):
    """The Bsn alone."""

    impl = String(CIJFERS)
    cache_ok = True


class Bsngetal(TypeDecorator[int]):
    """A Bsn as a number."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return verborgen.verberg_getal(value) if value is not None else None

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        if value is not None:
            value = verborgen.toon_getal(value)
            if (nu := gaande()) is not None:
                nu.zag(f"{value:0{CIJFERS}}")
        return value


class Zegelbytes(TypeDecorator[bytes]):
    """Bytes that are sealed. ``doel`` is what they are for, the column or what stands in more of them; ``partijen`` are the columns that say whom a row is about
    when it has no dossier."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, doel: str, partijen: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.doel = doel
        self.partijen = partijen

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return verborgen.verzegel(value, self.doel) if value is not None else None

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return verborgen.open_(bytes(value), self.doel) if value is not None else None

    def van_rij(self, waarde: bytes | None, rij: Mapping[Any, Any]) -> bytes | None:
        """The value of a row, sealed for those whom the row is about."""
        return verborgen.verzegel(waarde, self.doel, verborgen.wie(rij, self.partijen)) if waarde is not None else None


class Berichtbytes(Zegelbytes):
    """The bytes of a message, as they came."""

    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        value = super().process_result_value(value, dialect)
        if value is not None and (nu := gaande()) is not None:
            for bsn in personen_in(value):
                nu.zag(bsn)
        return value


class Zegeltekst(TypeDecorator[str]):
    """A text that is sealed."""

    impl = Text
    cache_ok = True

    def __init__(self, doel: str) -> None:
        super().__init__()
        self.doel = doel

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return verborgen.verzegel_tekst(value, self.doel) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return verborgen.open_tekst(value, self.doel) if value is not None else None

    def van_rij(self, waarde: str | None, rij: Mapping[Any, Any]) -> str | None:
        """The value of a row, sealed for those whom the row is about."""
        return verborgen.verzegel_tekst(waarde, self.doel, verborgen.wie(rij, ())) if waarde is not None else None


class Zegeljson(TypeDecorator[Any]):
    """A value of JSON that is sealed: it stands there as a text. ``partijen`` are the columns that say whose it is."""

    impl = JSON
    cache_ok = True

    def __init__(self, doel: str, partijen: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.doel = doel
        self.partijen = partijen

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return verborgen.verzegel_json(value, self.doel)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return verborgen.open_json(value, self.doel)

    def van_rij(self, waarde: Any, rij: Mapping[Any, Any]) -> Any:
        """The value of a row, sealed for those whom the row is about."""
        return verborgen.verzegel_json(waarde, self.doel, verborgen.wie(rij, self.partijen))


Zetter = Callable[[Mapping[Any, Any]], Any]


def zetter(kolom: Column[Any]) -> Zetter | None:
    """What makes of a row the value that stands in this column, where that is not the value itself."""
    naam, soort = kolom.name, kolom.type
    if isinstance(soort, (Zegelbytes, Zegeltekst, Zegeljson)):
        return lambda rij: soort.van_rij(rij[naam], rij)
    if isinstance(soort, (Dossiersleuteltekst, Bsntekst, Bsngetal)):
        return lambda rij: verborgen.verberg(rij[naam]) if rij[naam] is not None else None
    return None


@cache
def zetters(tabel: Table) -> tuple[tuple[str, Zetter], ...]:
    """The columns of a table in which a value stands in another form."""
    return tuple((kolom.name, zet) for kolom in tabel.c if (zet := zetter(kolom)) is not None)


def als_in(tabel: Table, rij: Mapping[Any, Any]) -> dict[Any, Any]:
    """A row as it stands in the table."""
    return {**rij, **{naam: zet(rij) for naam, zet in zetters(tabel) if naam in rij}}


def verzegeld(tabel: Table, rij: Mapping[Any, Any]) -> dict[Any, Any]:
    """A row of which the bytes are sealed for whom it is about, for who hands it to SQLAlchemy."""
    bytes_ = (kolom for kolom in tabel.c if isinstance(kolom.type, Zegelbytes) and kolom.name in rij)
    return {**rij, **{kolom.name: kolom.type.van_rij(rij[kolom.name], rij) for kolom in bytes_}}  # type: ignore[attr-defined]


def lengte(kolom: Column[bytes]) -> ColumnElement[int]:
    """How many bytes the value of such a column has."""
    ruw: TypeEngine[bytes] = LargeBinary()
    merk = func.substr(kolom, 1, verborgen.KOP, type_=ruw) == literal(verborgen.VERZEGELD, ruw)
    return func.length(kolom) - case((merk, ERBIJ), else_=0)
