"""How what is about persons stands in the tables of a node that has keys: a Bsn as another number, and what says more of somebody sealed.

Without keys all of it stands there as it is. Both are read in either case, so a database can be taken over while it is used. A Bsn that is
hidden begins with a letter (or, as a number, is 10⁹ or more), so it cannot be taken for one that is not.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, case, cast, func, literal, type_coerce

from ..versleuteling import bos as zegels
from ..versleuteling.bestand import sleutelbos
from ..versleuteling.bos import MERK, Betrokkenen, Bos, gegeven, generatie_van, is_verzegeld, opgenomen

CIJFERS = 9
"""Of a Bsn."""

LETTERS = "abcdefghij"
"""What the first digit of a hidden Bsn is written as."""

VANAF = 1_000_000_000
"""What a hidden Bsn has on top of it as a number."""


def als_tekst(getal: ColumnElement[int]) -> ColumnElement[str]:
    """A Bsn that stands in one column as a number, as the text that stands in others; of both what is in the table."""
    tekst = String()
    cijfers = func.substr(cast(type_coerce(getal, Integer) % VANAF + VANAF, tekst), 2, CIJFERS, type_=tekst)
    eerste = cast(func.substr(cijfers, 1, 1, type_=tekst), Integer)
    dicht = func.substr(literal(LETTERS, tekst), eerste + 1, 1, type_=tekst) + func.substr(cijfers, 2, type_=tekst)
    return case((type_coerce(getal, Integer) < VANAF, cijfers), else_=dicht)


ZONDER_SLEUTELS = "Deze database is versleuteld, en er zijn geen sleutels gezet. Zet BV_SLEUTELS op het bestand met sleutels dat erbij hoort."
"""What is said when what is hidden is asked for, and there are no keys."""

NIEMAND: Betrokkenen = (0, 0, 0)

_TEKEN = "\x01bv"
"""How a text begins that is sealed: no document has this character."""

_DICHT, _OPEN = f"{_TEKEN}1~", f"{_TEKEN}0~"


class Verzegeld(bytes):
    """A value that was sealed already."""


class Verzegeldetekst(str):
    """The same as a text."""


def is_bsn(tekst: str) -> bool:
    """Whether a text is a Bsn in the open, by its form."""
    return len(tekst) == CIJFERS and tekst.isascii() and tekst.isdigit()


def verberg_bsn(tekst: str) -> str:
    """A Bsn, or a key of a dossier with one at its end, as it stands in a table."""
    bos = sleutelbos()
    begin, bsn = tekst[:-CIJFERS], tekst[-CIJFERS:]
    if bos is None or not is_bsn(bsn) or (begin and not begin.endswith("/")):
        return tekst
    cijfers = bos.cijfers.heen(bsn)
    return f"{begin}{LETTERS[int(cijfers[0])]}{cijfers[1:]}"


def toon_bsn(tekst: str) -> str:
    """What such a value is about."""
    begin, bsn = tekst[:-CIJFERS], tekst[-CIJFERS:]
    eerste = LETTERS.find(bsn[:1]) if is_bsn(f"0{bsn[1:]}") else -1
    if eerste < 0 or (begin and not begin.endswith("/")):
        return tekst
    return begin + _met_sleutels().cijfers.terug(f"{eerste}{bsn[1:]}")


def verberg_getal(bsn: int) -> int:
    """A Bsn as a number, as it stands in a table."""
    bos = sleutelbos()
    if bos is None or not 0 <= bsn < VANAF:
        return bsn
    return VANAF + int(bos.cijfers.heen(f"{bsn:0{CIJFERS}}"))


def toon_getal(getal: int) -> int:
    """What such a number is about."""
    if getal < VANAF:
        return getal
    return int(_met_sleutels().cijfers.terug(f"{getal - VANAF:0{CIJFERS}}"))


def verberg(waarde: Any) -> Any:
    """A Bsn as a text or as a number, or the key of a dossier."""
    return verberg_getal(waarde) if isinstance(waarde, int) else verberg_bsn(waarde)


def toon(waarde: Any) -> Any:
    """What such a value is about; None is about nobody."""
    if waarde is None:
        return None
    return toon_getal(waarde) if isinstance(waarde, int) else toon_bsn(waarde)


def wie(rij: Mapping[Any, Any], partijen: Sequence[str], client: str | None = None) -> Betrokkenen:
    """Whom a row is about: those of its dossier, else the parties in these columns and the client with this Bsn."""
    bos = sleutelbos()
    if bos is None:
        return NIEMAND
    dossier = rij.get("dossier")
    if dossier is not None and dossier.count("/") == 3:
        _, gemeente, aanbieder, bsn = dossier.split("/")
        return bos.betrokkenen((gemeente, aanbieder), bsn if is_bsn(bsn) else None)
    return bos.betrokkenen({rij[naam] for naam in partijen if rij.get(naam) is not None}, client)


def verzegel(waarde: bytes, doel: str, van: Betrokkenen = NIEMAND) -> bytes:
    """A value for a column, as it stands there."""
    if isinstance(waarde, Verzegeld):
        return waarde
    bos = sleutelbos()
    return Verzegeld(opgenomen(waarde) if bos is None else bos.verzegel(waarde, doel, van))


def open_(waarde: bytes, doel: str) -> bytes:
    """What stands in a column. Raises ``OnleesbareGegevens``."""
    return _met_sleutels().open(waarde, doel) if is_verzegeld(waarde) else gegeven(waarde)


def verzegel_tekst(waarde: str, doel: str, van: Betrokkenen = NIEMAND) -> str:
    """A text for a column, as it stands there."""
    if isinstance(waarde, Verzegeldetekst):
        return waarde
    bos = sleutelbos()
    if bos is None:
        return Verzegeldetekst(_OPEN + waarde if waarde.startswith(_TEKEN) else waarde)
    return Verzegeldetekst(_DICHT + base64.b64encode(bos.verzegel(waarde.encode(), doel, van)).decode())


def open_tekst(waarde: str, doel: str) -> str:
    """The text that stands in a column. Raises ``OnleesbareGegevens``."""
    if not waarde.startswith(_TEKEN):
        return waarde
    if waarde.startswith(_DICHT):
        return _met_sleutels().open(base64.b64decode(waarde[len(_DICHT) :]), doel).decode()
    return waarde.removeprefix(_OPEN)


def verzegel_json(waarde: Any, doel: str, van: Betrokkenen = NIEMAND) -> Any:
    """A value of JSON for a column, as it stands there."""
    if waarde is None or isinstance(waarde, Verzegeldetekst) or sleutelbos() is None:
        return waarde
    return verzegel_tekst(json.dumps(waarde), doel, van)


def open_json(waarde: Any, doel: str) -> Any:
    """The value of JSON that stands in a column: what is sealed is a text. Raises ``OnleesbareGegevens``."""
    dicht = isinstance(waarde, str) and waarde.startswith(_DICHT)
    return json.loads(open_tekst(waarde, doel)) if dicht else waarde


def generatie(waarde: Any) -> bytes | None:
    """With which generatie what stands in a column was sealed; None when it is in the open."""
    dicht = _verzegeld(waarde)
    return None if dicht is None else generatie_van(dicht)


def is_vernietigd(waarde: Any) -> bool:
    """Whether the key of what stands in a column was destroyed."""
    dicht = _verzegeld(waarde)
    return dicht is not None and _met_sleutels().is_vernietigd(dicht)


def is_nieuw(waarde: Any) -> bool:
    """Whether what stands in a column is sealed with the newest generatie."""
    return generatie(waarde) == _met_sleutels().generaties[0].id


def _verzegeld(waarde: Any) -> bytes | None:
    """The sealed value that stands in a column as bytes or as a text; None when it is in the open."""
    if isinstance(waarde, str):
        return base64.b64decode(waarde[len(_DICHT) :]) if waarde.startswith(_DICHT) else None
    return waarde if isinstance(waarde, bytes) and is_verzegeld(waarde) else None


def _met_sleutels() -> Bos:
    bos = sleutelbos()
    if bos is None:
        raise zegels.OnleesbareGegevens(ZONDER_SLEUTELS)
    return bos


def heeft_vernietigd() -> bool:
    """Whether any key of this process was destroyed ever."""
    bos = sleutelbos()
    return bos is not None and bos.heeft_vernietigd


KOP = len(MERK) + 1
"""By how many bytes is seen whether a value is sealed."""

VERZEGELD = MERK + b"\1"
"""With which a sealed value begins."""
