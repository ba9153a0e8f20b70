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
from ..versleuteling.bos import ERBIJ, Vernietigd
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
        if waarde is None:
            return None
        return verborgen.verzegel(waarde, self.doel, verborgen.wie(rij, self.partijen, self._client_in(waarde)))

    def _client_in(self, waarde: bytes) -> str | None:
        """The client whom a value is about, when the row does not say."""
        return None


class Berichtbytes(Zegelbytes):
    """The bytes of a message, as they came."""

    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        value = super().process_result_value(value, dialect)
        if value is not None and (nu := gaande()) is not None:
            for bsn in personen_in(value):
                nu.zag(bsn)
        return value


class Aangebodenbytes(Berichtbytes):
    """Bytes that were offered and are no message, or not yet: about the one client whose Bsn can be read in them. What is about more clients
    is sealed for the parties alone; of all messages only declaraties are, and these hold no more of a client than the Bsn."""

    cache_ok = True

    def _client_in(self, waarde: bytes) -> str | None:
        clienten = personen_in(waarde)
        return clienten[0] if len(clienten) == 1 else None


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


class Vrijetekst(Zegeltekst):
    """A free text beside what stands in the open: when its key was destroyed it says so, and the rest can still be read."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        try:
            return super().process_result_value(value, dialect)
        except Vernietigd as fout:
            return f"(vernietigd op {fout.op})"


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
    """A row as it stands in the table. SQLAlchemy leaves it as it is: who hands it a row that is not sealed yet has it sealed for
    nobody."""
    return {**rij, **{naam: zet(rij) for naam, zet in zetters(tabel) if naam in rij}}


def zegelkop(kolom: Column[bytes]) -> ColumnElement[bytes]:
    """What is needed of such a column to know whether its key was destroyed (``verborgen.is_vernietigd``)."""
    ruw: TypeEngine[bytes] = LargeBinary()
    return func.substr(kolom, 1, ERBIJ, type_=ruw)


def lengte(kolom: Column[bytes]) -> ColumnElement[int]:
    """How many bytes the value of such a column has."""
    ruw: TypeEngine[bytes] = LargeBinary()
    merk = func.substr(kolom, 1, verborgen.KOP, type_=ruw) == literal(verborgen.VERZEGELD, ruw)
    return func.length(kolom) - case((merk, ERBIJ), else_=0)
