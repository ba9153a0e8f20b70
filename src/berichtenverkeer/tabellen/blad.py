"""The inside of a sheet, read as a stream: nothing of it is kept but the rows it has.

A sheet comes from outside and may be unpacked to much more than came in; a tree of it would be ten times as much again. So it
goes through expat piece by piece. A DOCTYPE is refused, so there are no entities.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from re import fullmatch
from xml.parsers import expat

from .fouten import MEESTE_KOLOMMEN, te_breed
from .opmaak import Opmaak

Rij = tuple[int, list[str]]
"""The number of a row as a spreadsheet counts, and its cells from the first column on."""

_MEESTE_DIEPTE = 50
"""A sheet has its elements some eight deep; for each that is open something is kept."""

FORMULE = "="
"""What a cell begins with that has a formula in the place of a value."""


class Stuk(ValueError):
    """This is no sheet."""


class _Lezer:
    """What the two kinds of part share: names without their prefix, and the text between tags that counts."""

    def __init__(self) -> None:
        self._tekst: list[str] = []
        self._klank = self._diepte = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._eind
        parser.CharacterDataHandler = self._tekst.append
        parser.StartDoctypeDeclHandler = _weiger_doctype
        self._parser = parser

    def lees(self, stukken: Iterable[bytes]) -> Iterator[None]:
        """Once after each piece."""
        try:
            for stuk in stukken:
                self._parser.Parse(stuk, False)
                yield
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise Stuk from None
        yield

    def _begin(self, naam: str, eigenschappen: dict[str, str]) -> None:
        self._diepte += 1
        if self._diepte > _MEESTE_DIEPTE:
            raise Stuk
        kaal = naam.rpartition(":")[2]
        if kaal in ("v", "t", "f"):
            self._tekst.clear()
        elif kaal == "rPh":  # how Japanese sounds is left out
            self._klank += 1
        else:
            self.begin(kaal, eigenschappen)

    def _eind(self, naam: str) -> None:
        self._diepte -= 1
        kaal = naam.rpartition(":")[2]
        if kaal == "rPh":
            self._klank -= 1
        elif not (self._klank and kaal == "t"):
            self.eind(kaal, "".join(self._tekst) if kaal in ("v", "t", "f") else "")
        self._tekst.clear()

    def begin(self, naam: str, eigenschappen: dict[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def eind(self, naam: str, tekst: str) -> None:
        """An element ends; ``tekst`` is what stands in a value, a text or a formula."""
        raise NotImplementedError


def _weiger_doctype(*_: object) -> None:
    raise Stuk


class _Teksten(_Lezer):
    def __init__(self) -> None:
        super().__init__()
        self.teksten: list[str] = []
        self._delen: list[str] = []

    def begin(self, naam: str, eigenschappen: dict[str, str]) -> None:
        if naam == "si":
            self._delen.clear()

    def eind(self, naam: str, tekst: str) -> None:
        if naam == "t":
            self._delen.append(tekst)
        elif naam == "si":
            self.teksten.append("".join(self._delen).strip())


class _Rijen(_Lezer):
    def __init__(self, teksten: list[str], opmaak: Opmaak, formules: bool) -> None:
        super().__init__()
        self.klaar: list[Rij] = []
        self._teksten, self._opmaak, self._formules = teksten, opmaak, formules
        self._nummer = self._plek = 0
        self._cellen: list[str] = []
        self._soort, self._stijl = "n", 0
        self._waarde: list[str] = []
        self._formule: str | None = None

    def begin(self, naam: str, eigenschappen: dict[str, str]) -> None:
        if naam == "row":
            self._nummer = int(eigenschappen.get("r", self._nummer + 1))
            self._cellen, self._plek = [], 0
        elif naam == "c":
            self._plek = kolomnummer(eigenschappen.get("r", "")[:10].rstrip("0123456789")) or self._plek + 1
            self._soort, self._stijl = eigenschappen.get("t", "n"), int(eigenschappen.get("s", 0))
            self._waarde.clear()
            self._formule = None

    def eind(self, naam: str, tekst: str) -> None:
        if naam in ("v", "t"):
            self._waarde.append(tekst)
        elif naam == "f":
            self._formule = FORMULE + tekst
        elif naam == "c":
            self._zet(self._cel().strip())
        elif naam == "row" and self._cellen:
            self.klaar.append((self._nummer, self._cellen))

    def _zet(self, tekst: str) -> None:
        if not tekst:
            return
        if self._plek > MEESTE_KOLOMMEN:
            raise te_breed(self._nummer)
        self._cellen.extend([""] * (self._plek - len(self._cellen)))
        self._cellen[self._plek - 1] = tekst

    def _cel(self) -> str:
        waarde = "".join(self._waarde)
        if self._formule is not None and (self._formules or not waarde):
            return self._formule
        if not waarde or self._soort in ("str", "e", "d", "inlineStr"):
            return waarde
        if self._soort == "s":
            return self._teksten[int(waarde)]
        if self._soort == "b":
            return "WAAR" if waarde == "1" else "ONWAAR"
        return self._opmaak.getal(Decimal(waarde), self._stijl)


def lees_teksten(stukken: Iterable[bytes]) -> list[str]:
    """The texts that cells name by their number; each is one text, however many cells have it. Raises ``Stuk``."""
    lezer = _Teksten()
    for _ in lezer.lees(stukken):
        pass
    return lezer.teksten


def lees_blad(stukken: Iterable[bytes], teksten: list[str], opmaak: Opmaak, formules: bool) -> Iterator[Rij]:
    """The rows that are not empty. A formula counts as what Excel last made of it, and stands there itself (``FORMULE``) where there
    is no such thing, or with ``formules``. Raises ``Stuk``, ``GeenTabel``, and what comes of numbers that are none."""
    lezer = _Rijen(teksten, opmaak, formules)
    for _ in lezer.lees(stukken):
        yield from lezer.klaar
        lezer.klaar.clear()


@lru_cache(1000)
def kolomnummer(letters: str) -> int:
    """The number of a column by its letters, from 1; 0 for none, and for more than there are."""
    if not fullmatch("[A-Z]{1,3}", letters):
        return 0
    nummer = 0
    for letter in letters:
        nummer = nummer * 26 + ord(letter) - 64
    return nummer
