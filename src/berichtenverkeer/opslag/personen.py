"""The kinds of columns that hold a person. Whoever reads one is noted by that (``optreden``); what is kept is the same."""

import re

from sqlalchemy import Dialect, Integer, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

from ..optreden import gaande

_BSN = re.compile(rb"[:<]Bsn>\s*([0-9]{9})\s*<")

CIJFERS = 9
"""Of a Bsn."""


def personen_in(data: bytes) -> list[str]:
    """Every Bsn in a message, once."""
    return [bsn.decode() for bsn in dict.fromkeys(_BSN.findall(data))]


class Dossiersleuteltekst(TypeDecorator[str]):
    """The key of a dossier, of which the last is the Bsn."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value and (nu := gaande()) is not None:
            nu.zag(value[-CIJFERS:])
        return value


class Bsntekst(TypeDecorator[str]):
    """A Bsn."""

    impl = String(CIJFERS)
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value and (nu := gaande()) is not None:
            nu.zag(value)
        return value


class Bsngetal(TypeDecorator[int]):
    """A Bsn as a number."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        if value is not None and (nu := gaande()) is not None:
            nu.zag(f"{value:0{CIJFERS}}")
        return value


class Berichtbytes(TypeDecorator[bytes]):
    """The bytes of a message, as they came."""

    impl = LargeBinary
    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and (nu := gaande()) is not None:
            for bsn in personen_in(value):
                nu.zag(bsn)
        return value
