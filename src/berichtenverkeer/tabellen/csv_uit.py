"""A table as CSV, as a Dutch spreadsheet opens it: ``;`` between columns, a byte order mark, a decimal comma, days as 2026-03-02.

A text that a spreadsheet would take for a formula gets a ``'`` before it; ``lezen`` takes that away again.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from ..klok import NEDERLAND
from .kolom import Kolom, Soort, rijen

MEDIATYPE = "text/csv; charset=utf-8"

_STUK = 64 * 1024
_GEVAARLIJK = re.compile(r"[\s']*[=+\-@]")


def schrijf(kolommen: Sequence[Kolom], items: Iterable[Any]) -> Iterator[bytes]:
    """The file, piece by piece."""
    bak = StringIO(newline="")
    schrijver = csv.writer(bak, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([kolom.naam for kolom in kolommen])
    als = [(plek, _ALS[kolom.soort]) for plek, kolom in enumerate(kolommen) if kolom.soort in _ALS]
    eerste = True
    for rij in rijen(kolommen, items):
        for plek, schrijf_waarde in als:
            if rij[plek] is not None:
                rij[plek] = schrijf_waarde(rij[plek])
        schrijver.writerow(rij)
        if bak.tell() > _STUK:
            yield _geef(bak, eerste)
            eerste = False
    yield _geef(bak, eerste)


def _geef(bak: StringIO, eerste: bool) -> bytes:
    stuk = bak.getvalue().encode()
    bak.seek(0)
    bak.truncate()
    return BOM_UTF8 + stuk if eerste else stuk


def euros(eurocent: int) -> str:
    """An amount as euros with a decimal comma."""
    heel, cent = divmod(abs(eurocent), 100)
    return f"{'-' if eurocent < 0 else ''}{heel},{cent:02}"


def _tekst(waarde: str) -> str:
    return waarde if waarde[:1].isalnum() or not _GEVAARLIJK.match(waarde) else f"'{waarde}"


def _getal(waarde: int | Decimal) -> str:
    return str(waarde) if isinstance(waarde, int) else f"{waarde:f}".replace(".", ",")


def _moment(waarde: datetime) -> str:
    return waarde.astimezone(NEDERLAND).replace(tzinfo=None).isoformat(" ", "seconds")


_ALS: Mapping[Soort, Callable[[Any], object]] = {
    Soort.TEKST: _tekst,
    Soort.GETAL: _getal,
    Soort.EUROCENT: euros,
    Soort.MOMENT: _moment,
    Soort.JA_NEE: lambda waarde: "ja" if waarde else "nee",
}
"""How a value is written; a day is so already."""
