"""A body of several parts (multipart/form-data, RFC 7578), byte for byte and in bounded memory.

The framework's own reading turns a part without a filename into text, and a payload must come through unchanged.
"""

from collections.abc import AsyncIterable, Collection
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_KOP = 8192
"""The most bytes that the headers of one part may have."""


class NietMeerdelig(ValueError):
    """The body is not of this form, or has other parts than asked for."""


async def lees_delen(soort: str, stroom: AsyncIterable[bytes], namen: Collection[str]) -> dict[str, bytes]:
    """The parts of these names, each at most once. ``soort`` is the Content-Type, ``stroom`` bounds the size.

    Raises ``NietMeerdelig``. What remains of the body is read first, so that who sends it hears the answer.
    """
    lezer = _Lezer(namen)
    grens = parse_options_header(soort)[1].get(b"boundary", b"")
    fout = None if 1 <= len(grens) <= 70 else NietMeerdelig("boundary")
    parser = MultipartParser(grens or b"-", lezer.callbacks())
    async for deel in stroom:
        if fout is None:
            try:
                parser.write(deel)
            except (MultipartParseError, NietMeerdelig) as een:
                fout = NietMeerdelig(str(een))
    if fout is not None or not lezer.af:
        raise fout or NietMeerdelig("end")
    return {naam: bytes(inhoud) for naam, inhoud in lezer.delen.items()}


class _Lezer:
    def __init__(self, namen: Collection[str]) -> None:
        self.delen: dict[str, bytearray] = {}
        self.af = False
        self._namen = namen
        self._deel = bytearray()
        self._naam, self._waarde = bytearray(), bytearray()
        self._kop: dict[bytes, bytes] = {}

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, van, tot: self._kopdeel(self._naam, data[van:tot]),
            "on_header_value": lambda data, van, tot: self._kopdeel(self._waarde, data[van:tot]),
            "on_header_end": self._kopregel,
            "on_headers_finished": self._benoem,
            "on_part_data": lambda data, van, tot: self._deel.extend(data[van:tot]),
            "on_end": self._eind,
        }

    def _begin(self) -> None:
        self._kop.clear()

    def _kopdeel(self, waar: bytearray, data: bytes) -> None:
        if len(waar) + len(data) > _KOP or len(self._kop) > 10:
            raise NietMeerdelig("headers")
        waar.extend(data)

    def _kopregel(self) -> None:
        self._kop[bytes(self._naam).lower()] = bytes(self._waarde)
        self._naam.clear()
        self._waarde.clear()

    def _benoem(self) -> None:
        _, opties = parse_options_header(self._kop.get(b"content-disposition"))
        naam = opties.get(b"name", b"").decode("latin-1")
        if naam not in self._namen or naam in self.delen:
            raise NietMeerdelig("part")
        self._deel = self.delen[naam] = bytearray()

    def _eind(self) -> None:
        self.af = True
