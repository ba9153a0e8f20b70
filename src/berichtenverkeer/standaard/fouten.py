"""What can be wrong with bytes before they are a message.

``Berichtfout``
 ├─ ``Onleesbaar``       not XML that we take in: broken, not UTF-8, a DTD, too large, too deep (exit 2, HTTP 400)
 │    └─ ``TeGroot``     over the size limit (HTTP 413)
 ├─ ``OnbekendBericht``  XML, but not a message of iWmo 3.2 or iJw 3.2 (HTTP 422)
 └─ ``OngeldigBericht``  such a message, but not valid by its XSD; carries its errors (HTTP 422)

Every error says in Dutch what is wrong, where, and what to do. Texts never hold a value from the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_FOUTEN = 1_000
"""The most faults that are told of one document, wherever they are told; the others are counted only. More than this nobody
reads, and of a hostile document they would fill the memory and the answer."""


class Berichtfout(Exception):
    """Something is wrong with a received document. ``melding`` and ``advies`` are Dutch sentences."""

    def __init__(self, melding: str, advies: str, regelnummer: int | None = None, pad: str = "") -> None:
        super().__init__(melding)
        self.melding = melding
        self.advies = advies
        self.regelnummer = regelnummer
        self.pad = pad

    def __reduce__(self) -> tuple[object, ...]:
        """It may come from another process, as it was made here: each kind is made of something else."""
        return _opnieuw, (type(self), self.args), self.__dict__


def _opnieuw(soort: type[Berichtfout], args: tuple[object, ...]) -> Berichtfout:
    fout = soort.__new__(soort)
    fout.args = args
    return fout


class Onleesbaar(Berichtfout):
    """The bytes are not XML that this software takes in."""


class TeGroot(Onleesbaar):
    """There are more bytes than a message may have."""


class OnbekendBericht(Berichtfout):
    """The XML is not a message of a release that this software knows."""


@dataclass(frozen=True, slots=True)
class XsdFout:
    """One place where a document is not what its XSD asks (level 1, so there is no retourbericht).

    ``pad`` is the indexed path of the element at fault or, where one is missing, of the element that should hold it;
    ``element`` its name; ``melding`` and ``advies`` Dutch sentences.
    """

    pad: str
    element: str
    regelnummer: int
    melding: str
    advies: str


class OngeldigBericht(Berichtfout):
    """The document is not valid by its XSD. ``fouten`` are its errors in document order, at most ``MAX_FOUTEN`` of them;
    ``aantal`` is how many there are."""

    def __init__(self, berichtsoort: str, fouten: Sequence[XsdFout], aantal: int | None = None) -> None:
        fouten, aantal = tuple(fouten[:MAX_FOUTEN]), len(fouten) if aantal is None else aantal
        super().__init__(
            f"Het bericht voldoet niet aan het XSD van {berichtsoort}: {'1 fout' if aantal == 1 else f'{aantal} fouten'}.",
            "Herstel alle genoemde fouten en bied het bericht opnieuw aan; er volgt geen retourbericht.",
            fouten[0].regelnummer if fouten else None,
            fouten[0].pad if fouten else "",
        )
        self.berichtsoort = berichtsoort
        self.fouten = fouten
        self.aantal = aantal
